"""What is no word in a new text, put into the stored translation: numbers, dates, placeholders, addresses,
names in code, inline codes, and the white space around it.

1. ``adapt`` takes the changes that ``likeness`` saw between the two sources, kind by kind. ``_date_edits``
   finds dates in the translation (``quantities/dates.py``), ``number_edits`` numbers (``number_changes.py``),
   ``_copies`` what both languages write alike.
2. ``_edited`` makes the edits, and moves inline codes along.
3. ``place_codes`` puts the codes of the new text in (``code_placement.py``).
4. ``with_ends`` gives a proposal the white space that the new text begins and ends with.

A kind is adapted as a whole or not at all, so that a translation never is half of each.

>>> from tm.direction import Direction
>>> from tm.memory.similarity import Change
>>> pair = Pair(Segment("Il y a %s pages le 3 mars."), Segment("Há %s páginas em 3 de março."))
>>> new = Segment("Il y a %d pages le 5 mai.")
>>> changes = (Change("placeholder", "%s", "%d"), Change("number", "3", "5"))
>>> adapted = adapt(pair, new, changes, Direction("fr", "pt"))
>>> adapted.target.text, adapted.adapted, adapted.unadapted
('Há %d páginas em 5 de maio.', ('dates', 'placeholders'), ())
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.language import keyed
from tm.language.quantities.dates import dates
from tm.memory.number_changes import number_edits
from tm.model import Pair, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.language.quantities.dates import Date
    from tm.memory.number_changes import Edit
    from tm.memory.similarity import Change
    from tm.model import Code

_COPIED = {"placeholder": "placeholders", "address": "addresses", "code name": "names in code"}
"""Kinds of changes that all languages write alike, and how a message names them."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """A stored translation made fit for a new text.

    Attributes:
        target: the translation.
        adapted: what in it comes from the new text: "numbers", "dates", "placeholders", "addresses",
            "names in code", "codes".
        unadapted: what should, but nobody can tell where.
    """

    target: Segment
    adapted: tuple[str, ...] = ()
    unadapted: tuple[str, ...] = ()


def adapt(pair: Pair, new: Segment, changes: Sequence[Change], direction: Direction) -> Adaptation:
    """The pair's target with what is no word in the new text.

    Args:
        pair: the stored texts.
        new: the text to be translated.
        changes: what differs between equal words (``tm.memory.similarity.likeness``).
        direction: from which language into which.

    >>> from tm.direction import Direction
    >>> from tm.memory.similarity import Change
    >>> from tm.model import Pair, Segment
    >>> pair = Pair(Segment("3 pages"), Segment("3 páginas"))
    >>> changes = [Change("number", "3", "1 000")]
    >>> adapt(pair, Segment("1 000 pages"), changes, Direction("fr", "pt")).target.text
    '1.000 páginas'
    >>> words = Pair(Segment("3 pages"), Segment("três páginas"))
    >>> adapt(words, Segment("4 pages"), [Change("number", "3", "4")], Direction("fr", "pt")).unadapted
    ('numbers',)
    """
    edits: dict[str, list[Edit] | None] = {}
    numbers = [(change.stored, change.new) for change in changes if change.kind == "number"]
    in_new = dates(new.text, direction.source)
    in_source = dates(pair.source.text, direction.source) if in_new else []
    if in_new and _are_alike(in_source, in_new):
        in_target = dates(pair.target.text, direction.target)
        pairs = [(old, date) for old, date in zip(in_source, in_new, strict=True) if old.value != date.value]
        numbers = _without(numbers, pairs)
        if pairs:
            edits["dates"] = _date_edits(in_source, in_target, pairs)
        taken = [date.span for date in in_source], [date.span for date in in_target]
        if numbers:
            edits["numbers"] = number_edits(pair, numbers, direction, new.text, taken)
    elif numbers:
        edits["numbers"] = number_edits(pair, numbers, direction, new.text)
    for kind, name in _COPIED.items():
        if changed := [(change.stored, change.new) for change in changes if change.kind == kind]:
            edits[name] = _copies(pair, changed, direction)
    target = _edited(pair.target, [edit for made in edits.values() if made for edit in made])
    adapted = [name for name, made in edits.items() if made]
    unadapted = [name for name, made in edits.items() if made is None]
    if new.codes or target.codes:
        target, is_adapted, is_whole = _with_codes(target, new, pair, direction)
        adapted += ["codes"] * is_adapted
        unadapted += ["codes"] * (not is_whole)
    return Adaptation(target, tuple(adapted), tuple(unadapted))


def _with_codes(
    target: Segment, new: Segment, pair: Pair, direction: Direction
) -> tuple[Segment, bool, bool]:
    """The translation with the codes of the new text; whether they differ, and whether all are there."""
    from tm.memory.code_placement import place_codes  # most texts have no codes

    placed = place_codes(new, target, pair, direction)
    return placed, placed.codes != target.codes, len(placed.codes) == len(new.codes)


# ------------------------------------------------------------------------------------------------- dates


def _are_alike(olds: Sequence[Date], news: Sequence[Date]) -> bool:
    """Whether dates can be paired one by one: as many, each written the same way."""
    return [date.has_name for date in olds] == [date.has_name for date in news]


def _without(numbers: Sequence[tuple[str, str]], pairs: Iterable[tuple[Date, Date]]) -> list[tuple[str, str]]:
    """The changed numbers that are no part of a changed date."""
    in_dates = Counter[tuple[str, str]]()
    for dates_of_pair in pairs:
        in_dates.update(zip(*(date.numbers for date in dates_of_pair), strict=True))
    rest = []
    for change in numbers:
        if in_dates[change]:
            in_dates[change] -= 1
        else:
            rest.append(change)
    return rest


def _date_edits(
    in_source: Sequence[Date], in_target: Sequence[Date], pairs: Sequence[tuple[Date, Date]]
) -> list[Edit] | None:
    """What to put where in the target, if each changed date stands there as often as in the source."""
    news = {old.value: new.value for old, new in pairs}
    counts = Counter((old.value, new.value) for old, new in pairs)
    source_counts, target_counts = (Counter(date.value for date in side) for side in (in_source, in_target))
    if any(not source_counts[old] == target_counts[old] == count for (old, _), count in counts.items()):
        return None
    edits: list[Edit] = []
    for date in in_target:
        if date.value in news:
            made = date.replaced(news[date.value])
            if made is None:
                return None
            edits += made
    return edits


# ------------------------------------------------------------------------------------------------- copies


def _copies(pair: Pair, changed: Sequence[tuple[str, str]], direction: Direction) -> list[Edit] | None:
    """What to put where in the target, for what both languages write alike; None when that is not certain.

    It is certain when each stands in the target as often as in the source, and becomes the same everywhere.
    """
    news = dict(changed)
    counts = Counter(changed)
    in_source = Counter(text for _, _, text in _written(pair.source.text, direction.source))
    target_names = _written(pair.target.text, direction.target)
    in_target = Counter(text for _, _, text in target_names)
    if any(not in_source[old] == in_target[old] == count for (old, _), count in counts.items()):
        return None
    return [(start, end, news[text]) for start, end, text in target_names if text in news]


def _written(text: str, language: str) -> list[Edit]:
    """Each token of a text with its place, as it is written."""
    return [(token.start, token.end, text[token.start : token.end]) for token in keyed(text, language)]


# ------------------------------------------------------------------------------------------------- texts


def _edited(segment: Segment, edits: Iterable[Edit]) -> Segment:
    """The segment with parts of its text replaced, its codes moved along."""
    text, codes = segment.text, segment.codes
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
        codes = tuple(_moved(code, start, end, len(new)) for code in codes)
    return Segment(text, codes)


def _moved(code: Code, start: int, end: int, length: int) -> Code:
    """The code where it stands once a part of the text has another length."""
    position = code.position
    if position >= end:
        return replace(code, position=position + start + length - end)
    return replace(code, position=min(position, start + length)) if position > start else code


def with_ends(proposal: Segment, stored: Segment, new: Segment) -> Segment:
    r"""The proposal with the white space around the new text, where the stored texts have equal white space.

    Args:
        proposal: the stored translation, adapted or not.
        stored: its source.
        new: the text that is being translated.

    >>> with_ends(Segment("Fim."), Segment("Fin."), Segment("Fin.\n")).text
    'Fim.\n'
    >>> with_ends(Segment("Fim. "), Segment("Fin."), Segment("Fin.\n")).text
    'Fim. '
    """
    if not proposal.text.strip() or not new.text.strip():
        return proposal
    before, inner, after = _parted(proposal.text)
    stored_before, _, stored_after = _parted(stored.text)
    new_before, _, new_after = _parted(new.text)
    first = new_before if before == stored_before else before
    last = new_after if after == stored_after else after
    text = first + inner + last
    shift = len(first) - len(before)
    codes = (replace(code, position=min(max(code.position + shift, 0), len(text))) for code in proposal.codes)
    return Segment(text, tuple(codes))


def _parted(text: str) -> tuple[str, str, str]:
    """The white space before a text, the text, and the white space behind it."""
    return text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]
