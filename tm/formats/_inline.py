"""Texts with inline markup: text and tags become lines with codes, and it is known where all of it stands.

In: the text and the tags of a block in order (``TextItem``, ``TagItem``), with their offsets in the file.
Out: the lines of the block (``lines``), and for each its ``Place``, into which ``_inline_filling.py`` puts a
translation. Readers of HTML, Markdown, OpenDocument and subtitles share it.

>>> page = "Il <b>tient</b>."
>>> items = [
...     TextItem("Il ", 1, 0, 3), TagItem("b", "open", 3, 6), TextItem("tient", 1, 6, 11),
...     TagItem("b", "close", 11, 15), TextItem(".", 1, 15, 16),
... ]
>>> ((line, place),) = lines(items)
>>> omegat_tags.shown(place.segment), place.tags
('Il <b0>tient</b0>.', {'<b0>': (3, 6), '</b0>': (11, 15)})
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm.language import omegat_tags
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Code

VOID = frozenset("area base br col embed img input link meta param source track wbr".split())
"""The elements of HTML that are never closed."""
WIDE = frozenset(("img", "input", "embed"))
"""Those of them that a reader sees between two words."""
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class TextItem:
    """A piece of text, its line in the file, and where it stands; -1 where nobody can tell."""

    text: str
    line: int
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class TagItem:
    """An inline tag, "alone" if it is never closed; spaces on both sides of one that has width stay.

    ``shown`` is how OmegaT calls its code; "" = by the first letter of the element.
    """

    element: str
    kind: Literal["open", "close", "alone"]
    start: int
    end: int
    has_slash: bool = False
    has_width: bool = False
    shown: str = ""


Item: TypeAlias = "TextItem | TagItem"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a paragraph stands in the file.

    Attributes:
        segment: the text with its codes.
        start: the offset where its markup begins, -1 where nothing can be put.
        end: the offset behind it.
        tags: where the tag of each code stands, by the text that OmegaT shows for the code.
        between: where something stands between its texts and tags, such as a comment or a script.
        syntax: how texts are written there, in a word of the format; "" = as its texts usually are.
        follow: what changes when the text does: from offset, to offset, new markup.
    """

    segment: Segment
    start: int
    end: int
    tags: dict[str, tuple[int, int]] = field(default_factory=dict)
    between: tuple[tuple[int, int], ...] = ()
    syntax: str = ""
    follow: tuple[tuple[int, int, str], ...] = ()


def lines(items: Sequence[Item], syntax: str = "") -> Iterator[tuple[int, Place]]:
    """The lines of a block that have text: where each begins, and its place; a ``<br>`` ends one."""
    for segment, line, of_line in _lines(items):
        yield line, _place(segment, of_line, syntax)


def _place(segment: Segment, items: Sequence[Item], syntax: str) -> Place:
    spans = [(item.start, item.end) for item in items if isinstance(item, TagItem)]
    shown = [code.content.text for code in segment.codes if code.content]
    is_known = all(item.start >= 0 for item in items)
    gaps = ((item.end, following.start) for item, following in pairwise(items) if is_known)
    between = tuple((start, stop) for start, stop in gaps if start < stop)
    tags = dict(zip(shown, spans, strict=True))
    return Place(segment, items[0].start if is_known else -1, items[-1].end, tags, between, syntax)


def _lines(items: Sequence[Item]) -> Iterator[tuple[Segment, int, list[Item]]]:
    """The lines of a block with their codes, where each begins, and what it is made of."""
    texts = [number for number, item in enumerate(items) if isinstance(item, TextItem) and item.text.strip()]
    if not texts:
        return
    partners = _partners(items)
    start, end = _bounds(items, partners, texts[0], texts[-1])
    line = _Line()
    count = 0
    numbers: dict[int, int] = {}
    ended: set[tuple[str, int]] = set()
    for place, item in enumerate(items[start:end], start):
        line.items.append(item)
        if isinstance(item, TextItem):
            line.add(item)
            continue
        while (_letter(item), count) in ended:
            count += 1
        number = numbers.get(partners.get(place, -1), count)
        if item.kind != "close":
            numbers[place] = count
            count += 1
        elif partners.get(place) not in numbers:
            ended.add((_letter(item), number))
        line.codes.append(_code(item, len(line.text), number, is_paired=place in partners))
        if item.element == "br":
            yield from line.finished()
            line = _Line()
    yield from line.finished()


@dataclass(slots=True)
class _Line:
    """A line so far, its white space folded."""

    text: str = ""
    codes: list[Code] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    number: int = 0

    def add(self, item: TextItem) -> None:
        """Append text; white space behind white space is left out, and so is that at the beginning."""
        text = _SPACE.sub(" ", item.text)
        before = self.items[-2] if len(self.items) > 1 else None
        stays = isinstance(before, TagItem) and before.has_width and self.text
        if text.startswith(" ") and not stays and (not self.text or self.text.endswith(" ")):
            text = text[1:]
        if text.strip() and not self.number:
            self.number = item.line
        self.text += text

    def finished(self) -> Iterator[tuple[Segment, int, list[Item]]]:
        """The line, if it has text."""
        text = self.text.strip()
        if text:
            lead = len(self.text) - len(self.text.lstrip())
            codes = (
                replace(code, position=min(max(code.position - lead, 0), len(text))) for code in self.codes
            )
            yield Segment(text, tuple(codes)), self.number, self.items


def _partners(items: Sequence[Item]) -> dict[int, int]:
    """Of tags that open and close an element the place of the other one, either way."""
    partners: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item, TextItem):
            continue
        if item.kind == "open":
            waiting.setdefault(item.element, []).append(place)
        elif item.kind == "close" and waiting.get(item.element):
            partner = waiting[item.element].pop()
            partners[place], partners[partner] = partner, place
    return partners


def _bounds(items: Sequence[Item], partners: dict[int, int], first: int, last: int) -> tuple[int, int]:
    """Which items belong to the text: from the first word, or an element before it that ends within, to the
    last word, or an element behind it that begins within, or a ``<br>``."""
    across = [place for place, partner in partners.items() if first < partner < last]
    end = max([last, *across])
    breaks = (place for place in range(end + 1, len(items)) if _is_break(items[place]))
    return min([first, *across]), next(breaks, end) + 1


def _is_break(item: Item) -> bool:
    return isinstance(item, TagItem) and item.element == "br"


def _code(tag: TagItem, position: int, number: int, *, is_paired: bool) -> Code:
    """The code of a tag, as OmegaT has it."""
    name = _letter(tag)
    if is_paired:
        make = omegat_tags.opening if tag.kind == "open" else omegat_tags.closing
        return make(position, name, number, tag.element)
    if tag.has_slash:
        return omegat_tags.alone(position, name, number, tag.element)
    if tag.kind == "close":
        return omegat_tags.ended(position, name, number, tag.element)
    return omegat_tags.begun(position, name, number, tag.element)


def _letter(tag: TagItem) -> str:
    return tag.shown or (tag.element if tag.element == "br" else tag.element[:1])
