"""A file's untranslated texts filled from the memories: what is looked up, and what is put where.

1. ``pretranslate_file`` reads a file (``read_segments``), decides the direction, and writes the file once
   more.
2. ``pretranslate`` decides what becomes of each part of each unit: ``queries`` says what is looked up,
   ``_filling`` what is put there.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice, tee
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import bcp47
from tm.choices import check_percent
from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.formats import Account, Filling, fill, find_format, formats_of, look_up, read_document, states
from tm.formats.demands import forms
from tm.formats.parts import parts
from tm.language import detect
from tm.memory import leverage
from tm.memory.adaptation import with_ends
from tm.memory.matching import find_all
from tm.memory.query import Query
from tm.model import Segment, Unit, Variant
from tm.progress import unwatched
from tm.store import records
from tm.store.addresses import short_name
from tm.store.protocol import listed
from tm.work.document_filling import parted_document
from tm.work.memories import direction_in, languages_of, sources_in
from tm.work.sources import is_document, read_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.document import Document
    from tm.model import Match
    from tm.progress import Progress
    from tm.store.protocol import Stores
    from tm.work.document_filling import Parted


# -------------------------------------------------------------------------------- what is translated


def read_segments(
    path: str,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    encoding: str = "",
    known: Sequence[str] = (),
    account: Account | None = None,
    progress: Progress = unwatched,
) -> list[Unit]:
    """The units of a file that is to be translated, in order: of a text without units one for each segment.

    Plain text has a segment a line, other documents are segmented. The arguments and errors are those of
    ``tm.formats.read_units``; ``known`` are the languages of the memory, one of which a text is probably in;
    a text without letters is taken to be in the first. ``account`` takes the languages the file declares.
    ``progress`` takes the pieces of a file of units as they are read, and their number.
    """
    parted = read_parted(path, format=format, source=direction.source, encoding=encoding, known=known)
    if parted is not None:
        return parted.units
    if not is_document(path, format=format, direction=direction, encoding=encoding):
        units = read_units(
            path, format=format, direction=direction, encoding=encoding, account=account, progress=progress
        )
        return list(units)
    document = read_document(path, format=format, encoding=encoding)
    language = _language(document, direction.source, known)
    return [Unit((Variant(language, Segment(paragraph.text)),)) for paragraph in document.paragraphs]


def read_parted(
    path: str,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    source: str = "",
    encoding: str = "",
    known: Sequence[str] = (),
) -> Parted | None:
    """A document with its segments; None for a file that has units, and for plain text, a segment a line.

    Args:
        path: the file.
        format: of the file; "" = by the extension.
        source: the language it is in; "" = what it says, else which of the known ones it looks like.
        encoding: of the file; "" = found.
        known: the languages of the memory; a text without letters is taken to be in the first.
    """
    form = look_up(path, "read_document", format)
    if form is None or form.is_by_line or not is_document(path, format=format, encoding=encoding):
        return None
    document = read_document(path, format=format, encoding=encoding)
    return parted_document(document, _language(document, source, known))


def _language(document: Document, source: str, known: Sequence[str]) -> str:
    texts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return source or document.language or detect(texts, known).language or next(iter(known), "")


def check_source(path: str, units: Sequence[Unit], source: str, *, said: bool) -> None:
    """Refuse a file that has units, but no text in the language that is translated from.

    Args:
        path: the file.
        units: of the file.
        source: the language that was decided for.
        said: whether the user said so.

    Raises:
        FormatError: it has none; its languages are named.
    """
    variants = [unit.variant(source) for unit in units]
    if not units or any(variant and (variant.segment.text or variant.segment.codes) for variant in variants):
        return
    languages = ", ".join(languages_of(units))
    what = f"0 of {len(units)} units are in {source}" + (f"; found: {languages}" if languages else "")
    raise FormatError(what + ("" if said else "; if that is wrong, say what they are in with -s"), path=path)


def check_target(path: str, declared: Sequence[str], direction: Direction) -> None:
    """Refuse a file that says what it is translated into, when that is none of the memories' languages.

    Raises:
        FormatError: names what the file says.

    >>> check_target("menu.po", ["fr", "de"], Direction("fr", "pt-BR"))
    Traceback (most recent call last):
    tm.errors.FormatError: menu.po: is translated into de; no memory has fr → de; say -t pt-BR if that is wrong
    """
    targets = [tag for tag in declared if bcp47.base(tag) != bcp47.base(direction.source)]
    if targets and not bcp47.choose(direction.target, targets):
        raise FormatError(
            f"is translated into {bcp47.canonical(targets[0])}; no memory has "
            f"{Direction(direction.source, bcp47.canonical(targets[0]))}; "
            f"say -t {direction.target} if that is wrong",
            path=path,
        )


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


# -------------------------------------------------------------------------------- what is put there

KEPT, UNKNOWN, HALF = "kept", "nothing found", "one form of a plural found"
"""Outcomes without a filling: a translation that is there, or a text that is not to be translated; the memory
has nothing; it has not all forms of a message with a plural."""


REMARKABLE = ("several translations", "variety")
"""Penalties that a translator cannot see by comparing the texts."""


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
    stores: Stores,
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
    all_parts = (part for unit in units for part in parts(unit))
    asked, looked_up = tee(
        query if _is_open(part, direction, overwrite=overwrite) else None
        for part, query in zip(all_parts, queries(units, direction.source), strict=True)
    )
    queried = filter(None, looked_up)
    matched = find_all(stores, queried, direction, minimum=minimum, limit=1, with_edits=False)
    for unit in units:
        decisions = []
        for query in islice(asked, len(parts(unit))):
            if query is None:
                decisions.append(Decision(KEPT))
            elif matches := next(matched):
                filling = _filling(query, matches[0])
                decisions.append(Decision(leverage.band(filling.percent), filling))
            else:
                decisions.append(Decision(UNKNOWN))
        is_complete = all(decision.filling or decision.outcome == KEPT for decision in decisions)
        if len(forms(unit.variants[0])) > 1 and not is_complete:
            outcome = HALF if any(decision.filling for decision in decisions) else UNKNOWN
            decisions = [
                decision if decision.outcome == KEPT else Decision(outcome) for decision in decisions
            ]
        yield from decisions


@dataclass(frozen=True, slots=True)
class Pretranslation:
    """A file that was filled.

    Attributes:
        direction: from which language into which.
        outcomes: how many segments have each outcome (``Decision.outcome``), the best bands first.
        remarks: how many fillings have each remark, in the order of their first ones.
    """

    direction: Direction
    outcomes: dict[str, int]
    remarks: dict[str, int] = field(default_factory=dict)

    @property
    def segments(self) -> int:
        """How many segments the file has."""
        return sum(self.outcomes.values())

    @property
    def filled(self) -> int:
        """How many of them were filled."""
        return sum(self.outcomes.get(band, 0) for band in leverage.BANDS)


def pretranslate_file(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    stores: Stores,
    asked: Direction = UNDECIDED,
    *,
    minimum: int = 70,
    overwrite: bool = False,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    progress: Progress = unwatched,
) -> Pretranslation:
    """Write a file once more, filled from memories, all else in it as it was; whole or not at all.

    Args:
        path: the file; it is read twice, so it cannot be stdin.
        out: the filled file, which may be the same; "-" is stdout.
        stores: an open memory, or several that are searched as one.
        asked: from which language into which; a side that is not said is the file's, else the memory's.
        minimum: the least percent of a match, 1–102.
        overwrite: whether finished translations are replaced too.
        format: of the file; "" = by the extension.
        encoding: of the file; "" = found.
        progress: takes the pieces of the file as they are read, then the decisions as they are made, and their number.

    Raises:
        OptionError: an option makes no sense, or nothing can be put into the format.
        FormatError: the file cannot be used, or the memories lack the languages.

    >>> import pathlib, tempfile
    >>> from tm.store import open_store
    >>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
    ...     pair = Variant("fr", Segment("Page 12.")), Variant("pt", Segment("Página 12."))
    ...     _ = store.add([Unit(pair)])
    ...     path, out = pathlib.Path(folder, "menu.txt"), pathlib.Path(folder, "out.txt")
    ...     _ = path.write_text("Page 13.\\n")
    ...     done = pretranslate_file(path, out, store)
    ...     out.read_text()
    'Página 13.\\n'
    >>> done.filled, done.outcomes
    (1, {'95–99': 1})
    """
    path, out = os.fspath(path), os.fspath(out)
    check_percent("minimum", minimum, highest=102)
    _check_formats(path, out, format)
    memories = listed(stores)
    sources = sources_in(memories, asked.target)
    account = Account()
    parted = read_parted(path, format=format, source=asked.source, encoding=encoding, known=sources)
    units = (
        parted.units
        if parted
        else read_segments(
            path,
            direction=asked,
            format=format,
            encoding=encoding,
            known=sources,
            account=account,
            progress=progress,
        )
    )
    direction = direction_in(memories, asked, [*languages_of(units), *account.languages])
    if not asked.target:
        check_target(path, account.languages, direction)
    check_source(path, units, direction.source, said=bool(asked.source))
    decisions = pretranslate(units, memories, direction, minimum=minimum, overwrite=overwrite)
    counts: Counter[str] = Counter()
    remarks: Counter[str] = Counter()
    fillings = _counted(progress(decisions, len(units)), counts, remarks)
    reading = Direction(asked.source, direction.target)
    if parted:
        fillings = parted.fillings(fillings)
    fill(path, out, fillings, direction=reading, format=format, encoding=encoding)
    order = (*leverage.BANDS, KEPT, HALF, UNKNOWN)
    return Pretranslation(direction, {name: counts[name] for name in order if counts[name]}, dict(remarks))


def _check_formats(path: str, out: str, format_: str) -> None:
    """Refuse an input that cannot be filled, and an output whose name promises another format."""
    if path == "-":
        raise OptionError("the file is read twice; give it a name")
    form = find_format(path, "fill", format_)
    if form.read_document and not is_document(path, format=format_):
        raise OptionError(
            f"{path}: a table of units; translations are put into one as .tsv or .csv (tm convert)"
        )
    same_name = PurePath(out).suffix.lower() == PurePath(path).suffix.lower()
    promised = [] if same_name else formats_of(out)
    if promised and form not in promised:
        raise OptionError(
            f"{out}: the output is {path} with translations put in, {form.name} as it is; "
            f"name it {form.extensions[0]}, or convert the input first (tm convert)"
        )


def _counted(
    decisions: Iterable[Decision], outcomes: Counter[str], remarks: Counter[str]
) -> Iterator[Filling | None]:
    for decision in decisions:
        outcomes[decision.outcome] += 1
        remarks.update(decision.filling.remarks if decision.filling else ())
        yield decision.filling


def _is_open(part: Unit, direction: Direction, *, overwrite: bool) -> bool:
    """Whether a part is to be filled: nobody says that it is not, and it has no translation that stays."""
    if states.is_locked(part):
        return False
    pair = part.pair(direction.source, direction.target)
    return overwrite or not (pair and pair.target.text.strip()) or states.is_guess(part)


def _filling(query: Query, match: Match) -> Filling:
    source = match.pair.source
    proposal = with_ends(Segment(match.target, match.codes), source, query.segment)
    remarks = [kind for kind, _ in match.penalties if kind in REMARKABLE]
    remarks += [f"{what} not adapted" for what in match.unadapted]
    return Filling(proposal, match.percent, short_name(match.memory), source, tuple(remarks))
