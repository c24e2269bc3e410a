r"""The blocks of a Markdown text: paragraphs in reading order, with inline codes, and where all of it stands.

In: the text as a string. Out: its paragraphs and their places (``_inline.Place``).

1. markdown-it finds the blocks; a token of it has the lines of its block, and their text without what leads
   each line, such as the ``>`` of a quotation. ``_Content`` tells where this text is in the file.
2. ``_markdown_inline.items`` finds the markup in it, ``_inline.lines`` makes paragraphs. The description of
   an image is a paragraph behind its block, and so is a title of a link.
3. A block of HTML is read as a page is (``_html_blocks``).

>>> text = "> Le\n> **pont** ![rive](a.png)\n"
>>> [(paragraph.text, text[place.start : place.end]) for paragraph, place in Blocks(text).read()]
[('Le pont', 'Le\n> **pont**'), ('rive', 'rive')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from tm.document import Paragraph
from tm.formats import _html_blocks, _inline
from tm.formats._inline import Place, TagItem
from tm.formats._markdown_inline import items, parser
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    from tm.document import BlockKind
    from tm.formats._inline import Item

_BREAK = r"(?:\r\n?+|\n)"
"""The end of a line. Possessive: taken for two ends too, ``\\r\\n`` doubles the ways to read the text with each line."""
_FRONT_MATTER = re.compile(rf"---[ \t]*{_BREAK}(?:[^\r\n]*+{_BREAK})*?(?:---|\.\.\.)[ \t]*(?:{_BREAK}|\Z)")
_NEWLINE = re.compile(_BREAK)
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_HEADING_MARK = re.compile(r"[^#]*#{1,6}[ \t]*")
_LABEL = re.compile(r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]", re.DOTALL)
_TITLE = re.compile(r"""\s("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\)\Z""", re.DOTALL)
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading",
    "td_open": "cell",
    "th_open": "cell",
    "note_open": "note",
    "list_item_open": "item",
}


@dataclass(frozen=True, slots=True)
class _Content:
    """The text of a block, and where each of its lines stands in the file.

    Attributes:
        text: the lines, without what leads them.
        starts: where they begin in this text.
        offsets: where they begin in the file; () when a line was not found there.
        line: the number of the first one in the file, from 1.
    """

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    line: int

    def at(self, position: int) -> int:
        """Where a position of the text is in the file; -1 when that is not known."""
        if not self.offsets or position < 0:
            return -1
        number = self.text.count("\n", 0, position)
        return self.offsets[number] + position - self.starts[number]


class Blocks:
    """The blocks of one text; front matter, code and link definitions are left out.

    ``definitions`` is what markdown-it knows of its links when they have been read.
    """

    def __init__(self, text: str) -> None:
        """Begin with nothing read of this text."""
        front = _FRONT_MATTER.match(text)
        self._text = text
        self._head = front.end() if front else 0
        ends = [match.span() for match in _NEWLINE.finditer(text)]
        self._lines = list(
            zip([0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)], strict=True)
        )
        self._row = (-1, 0)
        self.definitions: dict[str, Any] = {}

    def read(self) -> Iterator[tuple[Paragraph, Place]]:
        """The paragraphs in order, each with its place."""
        blank = _NEWLINE.sub("\n", self._text[: self._head])
        source = "\n" * blank.count("\n") + self._text[self._head :]
        kinds: list[BlockKind] = []
        for before, token in _with_the_one_before(parser().parse(source, self.definitions)):
            if token.type in _KINDS:
                kinds.append(_KINDS[token.type])
            elif token.type.replace("_close", "_open") in _KINDS:
                kinds.pop()
            elif token.type == "html_block":
                yield from self._page(token)
            elif token.type == "inline":
                yield from self._block(token, before, kinds[-1] if kinds else "text")

    def _block(self, token: Token, before: str, kind: BlockKind) -> Iterator[tuple[Paragraph, Place]]:
        if before in ("td_open", "th_open") and "|" in token.content:
            token = (
                parser()
                .parseInline(token.content.replace("|", "\\|"), self.definitions)[0]
                .copy(map=token.map)
            )
        content = self._content(token, before)
        pieces = list(items(content.text, token.children or ()))
        if kind == "item" and (task := _TASK.match(content.text)):
            text = pieces[0]
            assert isinstance(text, _inline.TextItem)
            text.text, text.start = text.text.removeprefix(task[0]), text.start + task.end()
        syntax = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}.get(before, "text")
        for number, place in _inline.lines([piece for piece in pieces if piece.end > piece.start], syntax):
            syntax_here = f"{syntax} code" if _is_code(content.text, place) else syntax
            follow = tuple(_follow(content.text, pieces, place))
            yield self._made(number, replace(place, syntax=syntax_here, follow=follow), content, kind)
        for tag in pieces:
            if isinstance(tag, TagItem):
                for place in _beside(content.text, tag):
                    yield self._made(content.text.count("\n", 0, tag.start) + 1, place, content, kind)

    def _made(self, number: int, place: Place, content: _Content, kind: BlockKind) -> tuple[Paragraph, Place]:
        """A paragraph and its place in the file, of one in the text of a block."""
        segment = place.segment
        paragraph = Paragraph(segment.text, content.line + number - 1, kind, segment.codes)
        return paragraph, _moved(place, content.at)

    def _content(self, token: Token, before: str) -> _Content:
        """The text of a block and where it stands."""
        first = token.map[0] if token.map else 0
        rows = token.content.split("\n")
        starts = (0, *accumulate(len(row) + 1 for row in rows[:-1]))
        if before in ("td_open", "th_open"):
            offsets = [self._cell(first, token.content)]
        elif before == "heading_open" and token.map and token.map[1] == first + 1:
            start, end = self._lines[first]
            mark = _HEADING_MARK.match(self._text, start, end)
            offsets = [self._text.find(token.content, mark.end() if mark else start, end)]
        else:
            offsets = [self._suffix(number, row) for number, row in enumerate(rows, first)]
        return _Content(token.content, starts, tuple(offsets) if min(offsets) >= 0 else (), first + 1)

    def _suffix(self, number: int, row: str) -> int:
        """Where a line of a block begins in the line of the file, which ends with it."""
        start, end = self._lines[number]
        line = self._text[start:end].rstrip()
        bare = row.rstrip()
        return start + len(line) - len(bare) if line.endswith(bare) else -1

    def _cell(self, number: int, content: str) -> int:
        """Where the next cell of a row stands."""
        row, position = self._row
        start, end = self._lines[number]
        found = self._text.find(content, position if row == number else start, end)
        if found >= 0:
            self._row = number, found + len(content)
        return found

    def _page(self, token: Token) -> Iterator[tuple[Paragraph, Place]]:
        """The blocks of a block of HTML; nothing can be put into one of whose lines something else leads."""
        first = token.map[0] if token.map else 0
        start = self._lines[first][0]
        is_whole = self._text.startswith(token.content, start)
        page = _html_blocks.blocks_of(token.content)
        for paragraph, place in zip(page.paragraphs, page.places, strict=True):
            moved = _moved(place, lambda position: position + start if is_whole and position >= 0 else -1)
            yield (
                replace(paragraph, line=paragraph.line + first),
                replace(moved, syntax="attribute" if place.syntax else "html"),
            )


def _follow(text: str, pieces: Sequence[Item], place: Place) -> Iterator[tuple[int, int, str]]:
    """The ends of links that are named by their own text, as they become when that is translated.

    >>> pieces = [TagItem("a", "open", 0, 1), TagItem("a", "close", 5, 6)]
    >>> list(_follow("[pont]", pieces, Place(Segment("pont"), 1, 5)))
    [(5, 6, '][pont]')]
    """
    start = 0
    for tag in pieces:
        if not isinstance(tag, TagItem) or tag.element != "a":
            continue
        if tag.kind == "open":
            start = tag.end
        elif text[tag.start : tag.end] in ("]", "][]") and start <= place.end and tag.start >= place.start:
            yield tag.start, tag.end, f"][{text[start : tag.start]}]"


def _is_code(text: str, place: Place) -> bool:
    """Whether all of a paragraph is code."""
    return text[: place.start].endswith("`") and text.startswith("`", place.end) and not place.tags


def _with_the_one_before(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    types = ["", *(token.type for token in tokens)]
    return zip(types, tokens, strict=False)


def _moved(place: Place, at: Callable[[int], int]) -> Place:
    """A place in the file, of one in a block; a function tells where each of its positions is."""
    return replace(
        place,
        start=at(place.start),
        end=at(place.end),
        tags={shown: (at(start), at(end)) for shown, (start, end) in place.tags.items()},
        between=tuple((at(start), at(end)) for start, end in place.between),
        follow=tuple((at(start), at(end), new) for start, end, new in place.follow),
    )


def _beside(text: str, tag: TagItem) -> Iterator[Place]:
    """What a reader sees beside the text: the description of an image, the title of an image or a link."""
    markup = text[tag.start : tag.end]
    spans = []
    if tag.element == "img" and markup.startswith("!") and (label := _LABEL.match(markup)):
        spans.append((label.span(1), "label"))
    if tag.element in ("img", "a") and (title := _TITLE.search(markup)) and not markup.startswith("<"):
        start, end = title.span(1)
        spans.append(((start + 1, end - 1), "title"))
    for (start, end), syntax in spans:
        if shown := " ".join(_plain(markup[start:end]).split()):
            yield Place(Segment(shown), tag.start + start, tag.start + end, syntax=syntax)


def _plain(markdown: str) -> str:
    r"""A text without its markup.

    >>> _plain("Le *pont* \\[noir\\] &amp; blanc")
    'Le pont [noir] & blanc'
    """
    tokens = parser().parseInline(markdown)[0].children or ()
    return "".join(item.text for item in items(markdown, tokens) if isinstance(item, _inline.TextItem))
