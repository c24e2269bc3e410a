"""Inline codes of a bead: which code of the translation is which of the source.

The two documents of a pair count their codes apart. In a unit both sides must count alike, as in OmegaT, where
the translation has the codes of its source. ``joined`` puts the segments of a side together; ``matched`` gives
each code of the translation the number of the source's code that does the same:

1. ``_items`` takes both halves of a pair as one item.
2. ``_partners`` gives an item of the translation the first free one of the source with the same type; those that
   are left, when there are as many on both sides, in their order.
3. An item without a partner is left out of the translation. So are all codes of an element around text (a link),
   where some of them are left out: one end of it alone would damage a document (``_whole``).

>>> from tm.model import Code
>>> source = Segment("le pont", (Code(0, "alone", "ph", (("x", "4"), ("type", "+b"))),))
>>> target = Segment("a ponte", (Code(0, "alone", "ph", (("x", "0"), ("type", "+b"))),))
>>> [segment.codes[0].attributes for segment in matched(source, target)]
[(('x', '4'),), (('x', '4'),)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.model import Code, Text

_NUMBERS = ("i", "x")
"""The attributes that hold the number of a code."""
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

    >>> from tm.model import Code, Text
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
            codes[place] = _numbered(codes[place], number)
    return codes


def matched(source: Segment, target: Segment) -> tuple[Segment, Segment]:
    """Both sides with their codes counted alike, and without what only the documents had to say of them."""
    if not (source.codes or target.codes):
        return source, target
    items, others = _items(source.codes), _items(target.codes)
    partners = _whole(_partners(items, others), items, others)
    numbers = {
        place: items[partner].number for other, partner in partners.items() for place in others[other].places
    }
    return (
        Segment(source.text, tuple(_plain(code) for code in source.codes)),
        Segment(
            target.text,
            tuple(
                _plain(_numbered(code, numbers[place]))
                for place, code in enumerate(target.codes)
                if place in numbers
            ),
        ),
    )


def _items(codes: Sequence[Code]) -> list[_Item]:
    """The items in order of their beginnings."""
    items: list[_Item] = []
    waiting: dict[int, int] = {}
    for place, code in enumerate(codes):
        number = _number(code)
        if code.kind == "close" and number in waiting:
            at = waiting.pop(number)
            items[at] = replace(items[at], places=(*items[at].places, place))
            continue
        if code.kind == "open":
            waiting[number] = len(items)
        items.append(_Item((place,), number, f"{code.kind} {dict(code.attributes).get('type', '')}"))
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


def _number(code: Code) -> int:
    attributes = dict(code.attributes)
    value = next((attributes[name] for name in _NUMBERS if name in attributes), "")
    return int(value) if value.isdecimal() else -1


def _numbered(code: Code, number: int) -> Code:
    """The code with another number, in its attributes and in its tag."""
    attributes = tuple((name, str(number) if name in _NUMBERS else value) for name, value in code.attributes)
    content = code.content and Segment(re.sub("[0-9]+", str(number), code.content.text))
    return replace(code, attributes=attributes, content=content)


def _plain(code: Code) -> Code:
    """The code without its type, so that it is the same when it comes back from OmegaT, which knows none."""
    return replace(code, attributes=tuple(pair for pair in code.attributes if pair[0] != "type"))
