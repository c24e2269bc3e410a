"""Translations made fit for the file that they are put into.

To fill a file, read its units, part each of them (``parts.py``), decide on each part, then call
``tm.formats.fill`` with the fillings in the same order. The formats call ``fitted`` for each translation; those
that are XML have what they are given go through ``for_xml``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tm.formats._escaping import FORBIDDEN
from tm.formats.notices import notice
from tm.model import Code, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading

Fill: TypeAlias = "Callable[[Chunks, BinaryIO, Iterable[Filling | None], Reading], int]"
"""What a ``Format`` has as ``fill``."""


def fitted(target: Segment, source: Segment) -> Segment:
    """The target with codes of the source only, so that it fits into the file that the source stands in.

    A code takes the place of an equal code of the source, else of one with the same native code, else of the
    next one of its kind. A code without such a place is left out.

    >>> source = Segment("oui", (Code(0, "open", "g", (("id", "7"),)), Code(3, "close", "g")))
    >>> bold = Code(0, "open", "bpt", (("i", "1"),)), Code(3, "close", "ept", (("i", "1"),))
    >>> target = Segment("sim", (*bold, Code(3, "alone", "ph")))
    >>> [(code.kind, code.attributes) for code in fitted(target, source).codes]
    [('open', (('id', '7'),)), ('close', ())]
    """
    free = dict(enumerate(source.codes))
    places: dict[int, Code] = {}
    for likeness in (_as_it_is, _native, _kind):
        alike: dict[Hashable, deque[int]] = {}
        for place, code in free.items():
            alike.setdefault(likeness(code), deque()).append(place)
        for number, code in enumerate(target.codes):
            like = likeness(code)
            if number not in places and like is not None and alike.get(like):
                places[number] = free.pop(alike[like].popleft())
    return Segment(
        target.text,
        tuple(
            _at(places[number], code.position) for number, code in enumerate(target.codes) if number in places
        ),
    )


def _as_it_is(code: Code) -> Hashable:
    return code.kind, code.name, code.attributes, code.content


def _native(code: Code) -> Hashable:
    return (code.kind, code.content) if code.content else None


def _kind(code: Code) -> Hashable:
    return code.kind


def _at(code: Code, position: int) -> Code:
    return Code(position, code.kind, code.name, code.attributes, code.content)


def for_xml(fill: Fill) -> Fill:
    """A format's ``fill`` that gets what XML can hold: other characters become U+FFFD, and their number is said."""

    def filled(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
        replaced = 0

        def holdable() -> Iterator[Filling | None]:
            """The fillings; counts what is replaced."""
            nonlocal replaced
            for filling in fillings:
                text, count = FORBIDDEN.subn("\ufffd", filling.target.text) if filling else ("", 0)
                replaced += count
                yield (
                    replace(filling, target=replace(filling.target, text=text))
                    if filling and count
                    else filling
                )

        written = fill(chunks, stream, holdable(), reading)
        notice(
            "{path}: {characters} that XML cannot hold became U+FFFD",
            path=reading.path,
            characters=replaced,
        )
        return written

    return filled
