"""Translations put into a file that exists, everything else in it left as it is.

The fillings come in the order of the file's ``parts``: read the units, part each, decide on each part, then
``fill``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.model import Code, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


def fitted(target: Segment, source: Segment) -> Segment:
    """The target with codes of the source only, so that it fits into the file that the source stands in.

    A code takes the place of the source's equal one, else of one with the same native code, else of the
    next one of its kind; one without any such place is left out.

    >>> mine = Segment("oui", (Code(0, "open", "g", (("id", "7"),)), Code(3, "close", "g")))
    >>> theirs = Segment("sim", (Code(0, "open", "bpt", (("i", "1"),)), Code(3, "close", "ept", (("i", "1"),)), Code(3, "alone", "ph")))
    >>> [(code.kind, code.attributes) for code in fitted(theirs, mine).codes]
    [('open', (('id', '7'),)), ('close', ())]
    """
    free = list(source.codes)
    places: dict[int, Code] = {}
    for likeness in (_as_it_is, _native, _kind):
        for number, code in enumerate(target.codes):
            if number in places:
                continue
            place = _first(free, likeness, likeness(code))
            if place is not None:
                places[number] = free.pop(place)
    return Segment(
        target.text,
        tuple(
            _at(places[number], code.position) for number, code in enumerate(target.codes) if number in places
        ),
    )


def _first(codes: list[Code], likeness: Callable[[Code], Hashable], likeness_of_code: Hashable) -> int | None:
    if likeness_of_code is None:
        return None
    return next((number for number, code in enumerate(codes) if likeness(code) == likeness_of_code), None)


def _as_it_is(code: Code) -> Hashable:
    return code.kind, code.name, code.attributes, code.content


def _native(code: Code) -> Hashable:
    return (code.kind, code.content) if code.content else None


def _kind(code: Code) -> Hashable:
    return code.kind


def _at(code: Code, position: int) -> Code:
    return Code(position, code.kind, code.name, code.attributes, code.content)
