"""Inline codes as OmegaT shows them: ``<t0/>`` alone, ``<b0>`` and ``</b0>`` around text.

In OmegaT they are part of the text; here they stand beside it, as the codes that OmegaT itself writes into
its "level 2" TMX files. The documents that are read here have them in that form from the start
(``tm.formats.docx``, ``tm.formats.html``), so that one segment is the same on either way: ``shown`` writes
the codes into the text, ``hidden`` takes them out again. OmegaT counts codes in each paragraph, a memory in
each segment (``counts``, ``counted``).

>>> segment = hidden("Le <b0>pont</b0><t1/> tient.")
>>> segment.text, shown(segment)
('Le pont tient.', 'Le <b0>pont</b0><t1/> tient.')
>>> [(code.position, code.kind, code.name, code.attributes) for code in segment.codes][::2]
[(3, 'open', 'bpt', (('i', '0'), ('x', '0'))), (7, 'alone', 'ph', (('x', '1'),))]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.model import Code, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{1,9})(?P<number>[0-9]{1,5})(?P<alone>/?)>")


def alone(position: int, name: str, number: int, kind: str = "") -> Code:
    """A code by itself.

    Args:
        position: see ``Code``.
        name: a letter.
        number: counted from 0 in its paragraph.
        kind: what it does in its document, which says by which code of a translation it is translated
            (``tm.alignment``); "" when not known.

    >>> alone(3, "t", 0).content.text
    '<t0/>'
    """
    return Code(position, "alone", "ph", _attributes(kind, x=number), Segment(f"<{name}{number}/>"))


def begun(position: int, name: str, number: int, kind: str = "") -> Code:
    """A code that begins something and never ends it, as in HTML an image.

    >>> begun(3, "i", 0).content.text
    '<i0>'
    """
    attributes = (("pos", "begin"), *_attributes(kind, x=number))
    return Code(position, "alone", "it", attributes, Segment(f"<{name}{number}>"))


def ended(position: int, name: str, number: int, kind: str = "") -> Code:
    """A code that ends what never began.

    >>> ended(3, "b", 0).content.text
    '</b0>'
    """
    attributes = (("pos", "end"), *_attributes(kind, x=number))
    return Code(position, "alone", "it", attributes, Segment(f"</{name}{number}>"))


def opening(position: int, name: str, number: int, kind: str = "") -> Code:
    """The first half of a pair."""
    return Code(position, "open", "bpt", _attributes(kind, i=number, x=number), Segment(f"<{name}{number}>"))


def closing(position: int, name: str, number: int, kind: str = "") -> Code:
    """The second half of a pair."""
    return Code(position, "close", "ept", _attributes(kind, i=number), Segment(f"</{name}{number}>"))


def _attributes(kind: str, **numbers: int) -> tuple[tuple[str, str], ...]:
    named = tuple((name, str(number)) for name, number in numbers.items())
    return (*named, ("type", kind)) if kind else named


def number_of(code: Code) -> int | None:
    """The number of a code that is a tag of OmegaT; None for any other code.

    >>> number_of(closing(0, "b", 7)), number_of(Code(0, "open", "g"))
    (7, None)
    """
    match = _TAG.fullmatch(code.content.text) if code.content and not code.content.codes else None
    return int(match["number"]) if match else None


def type_of(code: Code) -> str:
    """What a code does in its document; "" when it does nothing that a reader sees, or is of a unit.

    >>> type_of(alone(0, "t", 0, "+b")), type_of(alone(0, "t", 0))
    ('+b', '')
    """
    return dict(code.attributes).get("type", "")


def counts(codes: Iterable[Code]) -> dict[int, int]:
    """For each number of codes its place in their order, from 0: as a memory counts, wherever a text stands.

    >>> counts(hidden("a<t4/>b<b7>c</b7>").codes)
    {4: 0, 7: 1}
    """
    numbers = dict.fromkeys(number for code in codes if (number := number_of(code)) is not None)
    return {number: place for place, number in enumerate(numbers)}


def counted(segment: Segment, numbers: Mapping[int, int]) -> Segment:
    """The segment with other numbers for its codes, without their types; a code without one is left out.

    Codes of other formats stay as they are.

    >>> shown(counted(hidden("a<t4/>b<t7/>c"), {4: 0}))
    'a<t0/>bc'
    """
    codes = []
    for code in segment.codes:
        number = number_of(code)
        if number is None:
            codes.append(code)
        elif number in numbers:
            plain = replace(code, attributes=tuple(pair for pair in code.attributes if pair[0] != "type"))
            codes.append(renumbered(plain, numbers[number]))
    return Segment(segment.text, tuple(codes))


def renumbered(code: Code, number: int) -> Code:
    """A code of OmegaT with another number."""
    attributes = tuple(
        (name, str(number) if name in ("i", "x") else value) for name, value in code.attributes
    )
    return replace(code, attributes=attributes, content=Segment(re.sub("[0-9]+", str(number), _text(code))))


def _text(code: Code) -> str:
    return code.content.text if code.content else ""


def shown(segment: Segment) -> str:
    """The text with its codes as OmegaT shows them.

    Codes of other formats are numbered, after the first letter of their names.

    >>> shown(Segment("Le pont", (Code(3, "open", "g"), Code(7, "close", "g"))))
    'Le <g0>pont</g0>'
    """
    if not segment.codes:
        return segment.text
    tags = _tags(segment.codes)
    pieces, position = [], 0
    for code, tag in sorted(zip(segment.codes, tags, strict=True), key=lambda pair: pair[0].position):
        pieces += [segment.text[position : code.position], tag]
        position = max(position, code.position)
    return "".join([*pieces, segment.text[position:]])


def _tags(codes: Sequence[Code]) -> list[str]:
    """The tags of codes in order."""
    taken = [number for code in codes if (number := number_of(code)) is not None]
    free, waiting, tags = max(taken, default=-1) + 1, list[tuple[str, int]](), []
    for code in codes:
        if number_of(code) is not None and code.content:
            tags.append(code.content.text)
            continue
        letter = code.name[:1] if code.name[:1].isalpha() else "x"
        partner = next((pair for pair in reversed(waiting) if pair[0] == code.name), None)
        if code.kind == "close" and partner:
            waiting.remove(partner)
            tags.append(f"</{letter}{partner[1]}>")
            continue
        if code.kind == "open":
            waiting.append((code.name, free))
        tags.append(f"<{letter}{free}{'' if code.kind == 'open' else '/'}>")
        free += 1
    return tags


def hidden(text: str) -> Segment:
    """A text of OmegaT with its codes beside it. What only looks like half a pair stands alone.

    >>> hidden("1 <2 et 3> 2"), hidden("un</b0> pont").codes[0].kind
    (Segment(text='1 <2 et 3> 2', codes=()), 'alone')
    """
    if "<" not in text:
        return Segment(text)
    matches = list(_TAG.finditer(text))
    halves = Counter(
        (match["name"], match["number"], bool(match["close"])) for match in matches if not match["alone"]
    )
    pieces, codes, end, length = [], [], 0, 0
    for match in matches:
        pieces.append(text[end : match.start()])
        length += len(pieces[-1])
        end = match.end()
        key = match["name"], match["number"]
        is_pair = halves[*key, True] == halves[*key, False] == 1
        codes.append(_code(match, length, is_pair=is_pair))
    return Segment("".join([*pieces, text[end:]]), tuple(codes))


def _code(match: re.Match[str], position: int, *, is_pair: bool) -> Code:
    name, number = match["name"], int(match["number"])
    if match["alone"]:
        return alone(position, name, number)
    if is_pair:
        return (closing if match["close"] else opening)(position, name, number)
    return (ended if match["close"] else begun)(position, name, number)
