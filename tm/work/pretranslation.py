"""A file's untranslated texts filled from the memory: what is looked up, and what is put where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import tee
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.formats import Filling, look_up, read_document, read_units, states
from tm.formats.demands import forms
from tm.formats.parts import parts
from tm.language import detect, segment
from tm.memory import leverage
from tm.memory.adaptation import adapted_numbers, with_ends
from tm.memory.matching import Query, find_all
from tm.memory.similarity import likeness
from tm.model import Segment, Unit, Variant
from tm.store import records

if TYPE_CHECKING:
    from tm.model import Match
    from tm.store.protocol import Store


# ------------------------------------------------------------------------------------------------- what is translated


def read_segments(
    path: str,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    encoding: str = "",
    known: Sequence[str] = (),
) -> list[Unit]:
    """The units of a file that is to be translated, in order: of a text without units one for each segment.

    Plain text has a segment a line, other documents are segmented. The arguments and errors are those of
    ``tm.formats.read_units``; ``known`` are the languages of the memory, one of which a text is probably in; a text without
    letters is taken to be in the first.
    """
    if look_up(path, "read_units", format) or not look_up(path, "read_document", format):
        return list(read_units(path, format=format, direction=direction, encoding=encoding))
    document = read_document(path, format=format, encoding=encoding)
    texts = [paragraph.text for paragraph in document.paragraphs]
    found = direction.source or document.language or detect("\n".join(texts), known).language
    language = found or next(iter(known), "")
    if not look_up(path, "fill", format):
        texts = list(segment(document, language=language).segments)
    return [Unit((Variant(language, Segment(each)),)) for each in texts]


def queries(units: Iterable[Unit], source: str) -> Iterator[Query]:
    """What to look up for each part of each unit: its text, the one before it, its key.

    A part without a text in the source language is looked up as an empty one, which nothing is like.
    """
    before = ""
    for unit in units:
        for part in parts(unit):
            variant = part.variant(source)
            text = variant.segment if variant else Segment("")
            previous, identifier = records.context(part)
            yield Query(text, previous or before, identifier)
            before = text.text


# ------------------------------------------------------------------------------------------------- what is put there

KEPT, UNKNOWN, HALF = "kept", "nothing found", "one form of a plural found"
"""Outcomes without a filling: a translation that is there, or a text that is not to be translated; the memory has nothing; it has
not all forms of a message with a plural."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a part of a unit.

    Attributes:
        outcome: the band of its match (``tm.memory.leverage.BANDS``), ``KEPT``, ``UNKNOWN`` or ``HALF``.
        filling: what is put there, None where it stays as it is.
    """

    outcome: str
    filling: Filling | None = None


def pretranslate(
    units: Sequence[Unit],
    stores: Store | Sequence[Store],
    direction: Direction,
    *,
    minimum: int = 70,
    overwrite: bool = False,
) -> Iterator[Decision]:
    """What becomes of each part of each unit, in order; ``tm.formats.fill`` takes the fillings.

    A translation that is there stays, unless it is a guess (fuzzy in PO; new in XLIFF). A message with a
    plural is filled when all its forms are known or there.

    Args:
        units: of a file (``read_segments``).
        stores: a memory, or several that are searched as one.
        direction: from which language into which.
        minimum: the least percent.
        overwrite: whether finished translations are replaced too.
    """
    memories = stores if isinstance(stores, Sequence) else [stores]
    origin = ", ".join(PurePath(store.name).name for store in memories)
    asked, looked_up = tee(queries(units, direction.source))
    found = zip(asked, find_all(stores, looked_up, direction, minimum=minimum, limit=1), strict=True)
    for unit in units:
        decisions = []
        for part in parts(unit):
            query, matches = next(found)
            if states.is_locked(part) or (not overwrite and _is_translated(part, direction)):
                decisions.append(Decision(KEPT))
            elif matches:
                filling = _filling(query, matches[0], direction, origin)
                decisions.append(Decision(leverage.band(filling.percent), filling))
            else:
                decisions.append(Decision(UNKNOWN))
        there = [each.filling or each.outcome == KEPT for each in decisions]
        if len(forms(unit.variants[0])) > 1 and not all(there):
            outcome = HALF if any(each.filling for each in decisions) else UNKNOWN
            decisions = [each if each.outcome == KEPT else Decision(outcome) for each in decisions]
        yield from decisions


def _is_translated(part: Unit, direction: Direction) -> bool:
    pair = part.pair(direction.source, direction.target)
    return bool(pair and pair.target.text.strip()) and not states.is_guess(part)


def _filling(query: Query, match: Match, direction: Direction, origin: str) -> Filling:
    stored = match.pair
    proposal = stored.target
    if match.adapted:
        changes = likeness(stored.source, query.segment, direction.source).numbers
        proposal = adapted_numbers(stored, changes, direction) or proposal
    return Filling(with_ends(proposal, stored.source, query.segment), match.percent, origin, stored.source)
