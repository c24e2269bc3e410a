"""Inline codes of a bead: which code of the translation is which of the source.

The two documents of a pair count their codes apart. In a unit both sides must count alike, as in OmegaT, where
the translation has the codes of its source; they are counted from 0, wherever the segment stands, and codes that
mean nothing to a reader are left out, so that the same sentence is the same. ``joined`` puts the segments of a
side together; ``matched`` puts for each code of the translation the source's code that does the same:

1. ``_items`` takes both halves of a pair as one item.
2. ``_partners`` gives an item of the translation the first free one of the source with the same type; those that
   are left, when there are as many on both sides, in their order.
3. An item without a partner is left out of the translation. So are all codes of an element around text (a link),
   where some of them are left out: one end of it alone would damage a document (``_whole``).

>>> kinds = ("+b", "", "-b")  # bold begins; a run without meaning; bold ends
>>> source = Segment("le pont", tuple(omegat_tags.alone(3, "t", 4 + at, kind) for at, kind in enumerate(kinds)))
>>> target = Segment("a ponte", (omegat_tags.alone(2, "t", 0, "+b"), omegat_tags.alone(7, "t", 1, "-b")))
>>> [omegat_tags.shown(segment) for segment in matched(source, target)]
['le <t0/><t1/>pont', 'a <t0/>ponte<t1/>']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.language import omegat_tags
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.document import Text
    from tm.model import Code

_AROUND = re.compile(r"[+-](hyperlink|ins|sdt|smartTag|fldSimple|moveTo|customXml|dir|bdo)")
"""Elements of Word around text, at whose ends a code stands."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A code by itself, or both halves of a pair: their places, number and type."""

    places: tuple[int, ...]
    number: int
    type: str


def joined(text: Text, numbers: Iterable[int]) -> Segment:
    """Some segments of a text as one, parted by a space, without those that are empty.

    >>> from tm.document import Text
    >>> from tm.model import Code
    >>> text = Text(("Oui.", " ", "Non."), codes=((), (), (Code(4, "alone", "ph"),)))
    >>> joined(text, (0, 1, 2))
    Segment(text='Oui. Non.', codes=(Code(position=9, kind='alone', name='ph', attributes=(), content=None),))
    """
    whole = ""
    codes: list[Code] = []
    for number in numbers:
        segment = text.segment(number)
        if not (stripped := segment.text.strip()):
            continue
        whole = f"{whole} {stripped}" if whole else stripped
        shift = len(whole) - len(stripped) - (len(segment.text) - len(segment.text.lstrip()))
        codes += [replace(code, position=min(code.position + shift, len(whole))) for code in segment.codes]
    return Segment(whole, tuple(_counted_on(codes)))


def _counted_on(codes: list[Code]) -> list[Code]:
    """The codes, numbered anew where segments of several paragraphs count the same."""
    items = _items(codes)
    if len({item.number for item in items}) == len(items):
        return codes
    for number, item in enumerate(items):
        for place in item.places:
            codes[place] = omegat_tags.renumbered(codes[place], number)
    return codes


def matched(source: Segment, target: Segment) -> tuple[Segment, Segment]:
    """Both sides with their codes counted alike, from 0, and without what only their documents had to say."""
    if not (source.codes or target.codes):
        return source, target
    source, target = _seen(source), _seen(target)
    items, others = _items(source.codes), _items(target.codes)
    partners = _whole(_partners(items, others), items, others)
    places = {
        place: source_place
        for other, partner in partners.items()
        for place, source_place in zip(others[other].places, items[partner].places, strict=True)
    }
    codes = (
        replace(source.codes[places[place]], position=code.position)
        for place, code in enumerate(target.codes)
        if place in places
    )
    counts = omegat_tags.counts(source.codes)
    target = Segment(target.text, tuple(codes))
    return omegat_tags.counted(source, counts), omegat_tags.counted(target, counts)


def _seen(segment: Segment) -> Segment:
    """The segment without codes that mean nothing to a reader: Word begins new runs where nothing changes."""
    return replace(segment, codes=tuple(code for code in segment.codes if omegat_tags.type_of(code)))


def _items(codes: Sequence[Code]) -> list[_Item]:
    """The items in order of their beginnings."""
    items: list[_Item] = []
    waiting: dict[int, int] = {}
    for place, code in enumerate(codes):
        number = omegat_tags.number_of(code)
        if number is None:
            continue
        if code.kind == "close" and number in waiting:
            at = waiting.pop(number)
            items[at] = replace(items[at], places=(*items[at].places, place))
            continue
        if code.kind == "open":
            waiting[number] = len(items)
        items.append(_Item((place,), number, f"{code.kind} {omegat_tags.type_of(code)}"))
    return items


def _partners(source: Sequence[_Item], target: Sequence[_Item]) -> dict[int, int]:
    """For items of the translation the item of the source that each stands for."""
    free = dict.fromkeys(range(len(source)))
    partners: dict[int, int] = {}
    for other, item in enumerate(target):
        alike = (
            number
            for number in free
            if source[number].type == item.type and len(source[number].places) == len(item.places)
        )
        if (partner := next(alike, None)) is not None:
            partners[other] = partner
            del free[partner]
    rest = [other for other in range(len(target)) if other not in partners]
    if len(rest) == len(free) and all(
        len(source[number].places) == len(target[other].places)
        for other, number in zip(rest, free, strict=True)
    ):
        partners |= dict(zip(rest, free, strict=True))
    return partners


def _whole(partners: dict[int, int], source: Sequence[_Item], target: Sequence[_Item]) -> dict[int, int]:
    """The partners without those of elements around text that are not there from end to end."""
    damaged = {
        element
        for items, kept in ((source, set(partners.values())), (target, set(partners)))
        for number, item in enumerate(items)
        if number not in kept
        for element in _AROUND.findall(item.type)
    }
    return {
        other: partner
        for other, partner in partners.items()
        if not damaged.intersection(_AROUND.findall(source[partner].type))
        and not damaged.intersection(_AROUND.findall(target[other].type))
    }
