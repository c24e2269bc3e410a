"""HTML as a document: blocks of text in reading order, with their inline codes.

In: a file's bytes. Out: a document. ``_encoding`` finds the encoding; ``_Blocks`` collects text and inline
elements between the tags that begin or end a block; ``_lines`` makes paragraphs of them.

Codes are as OmegaT has them: an inline element that has text inside and outside is a pair, named after its first
letter (``<b0>``, ``</b0>``); one that encloses the whole block is none.

>>> from tm.formats._format import Reading
>>> file = b'<html lang="fr"><h1>Le pont</h1><p>Il <b>tient</b>.</p></html>'
>>> page = HTML.read_document(iter([file]), Reading("a.html"))
>>> page.language, [(paragraph.kind, paragraph.text) for paragraph in page.paragraphs]
('fr', [('heading', 'Le pont'), ('text', 'Il tient.')])
>>> [code.content.text for code in page.paragraphs[1].codes]
['<b0>', '</b0>']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm import bcp47, files
from tm.document import Document, Paragraph
from tm.formats import _bytes
from tm.formats._format import Format
from tm.language import omegat_tags
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.document import BlockKind
    from tm.formats._format import Chunks, Reading
    from tm.model import Code

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"))
_ITEMS = frozenset(("li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    frozenset(
        "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure"
        " footer form head header hr html legend main menu nav ol optgroup option p section summary table"
        " tbody tfoot thead tr ul".split()
    )
    | _HEADINGS
    | _ITEMS
    | _CELLS
)
_NOT_TEXT = frozenset("script style template noscript svg math textarea select object iframe".split())
_VERBATIM = frozenset(("pre",))
_VOID = frozenset("area base br col embed img input link meta param source track wbr".split())
_CONTAINERS = frozenset(("table", "ul", "ol", "dl"))
_TELLING = _HEADINGS | _ITEMS | _CELLS | _VERBATIM | _CONTAINERS
"""Elements that tell the kind of the text inside.

The end of a container also ends the items and cells in it whose end tags are missing.
"""
_SEEN = ("alt", "title", "placeholder", "aria-label", "label", "summary")
"""Attributes that a reader sees or hears."""
_BUTTONS = frozenset(("submit", "button", "reset"))
_DESCRIPTIONS = frozenset(
    "description keywords og:title og:description twitter:title twitter:description".split()
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE)


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs, list items and table cells; a ``<br>`` ends a block.

    Texts in attributes (``alt``, ``placeholder``, the description of the page) come behind the block that they
    stand in. Scripts, styles, what stands in form fields, and blocks with ``translate="no"`` are left out. The caller decides the encoding, then the byte order mark, then
    ``<meta charset>``; else it is found as for plain text.
    """
    data = b"".join(files.short_lines(chunks, reading.path))
    encoding, mark = _encoding(data, reading)
    blocks = _Blocks()
    blocks.feed("".join(_bytes.decoded(filter(None, iter([data[mark:]])), encoding, reading)))
    blocks.close()
    blocks.end_block()
    if not blocks.paragraphs:
        raise reading.error("there is no text in the file", 1, 1)
    language = bcp47.canonical(blocks.language) if bcp47.is_tag(blocks.language) else ""
    return Document(reading.path, tuple(blocks.paragraphs), encoding, language)


def _encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    declared = _CHARSET.search(data[:4096])
    if (
        declared
        and not reading.encoding
        and not _bytes.unicode_signature(data)[0]
        and not _bytes.looks_like_utf8(data)
    ):
        return _bytes.known_encoding(declared[1].decode("ascii"), reading), 0
    return _bytes.text_encoding(data, reading)


@dataclass(frozen=True, slots=True)
class _Text:
    """A piece of text, and the line of the file where it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Tag:
    """An inline tag; "alone" is one that is never closed."""

    element: str
    kind: Literal["open", "close", "alone"]
    has_slash: bool = False


_Item: TypeAlias = "_Text | _Tag"


class _Blocks(HTMLParser):
    """Collects text and inline tags until a block begins or ends.

    ``_open`` holds the open elements that tell the kind of the text.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.language = ""
        self._open: list[str] = []
        self._items: list[_Item] = []
        self._beside: list[_Text] = []
        self._hidden = 0
        self._as_is: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the block before, and remember what kind of text begins; or note an inline element."""
        named = dict(attrs)
        if self._as_is or (named.get("translate") == "no" and tag in _BLOCKS):
            self._pass_over(tag)
            return
        if not self._hidden:
            self._beside += [_Text(text, self.getpos()[0]) for text in _seen(tag, named)]
        if tag == "html":
            self.language = named.get("lang") or ""
        if tag in _NOT_TEXT:
            self._hidden += 1
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in _TELLING:
                self._open.append(tag)
        elif not self._hidden:
            self._items.append(_Tag(tag, "alone" if tag in _VOID else "open"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an inline element that ends where it begins."""
        if self._as_is:
            return
        if tag in _BLOCKS or tag in _VERBATIM or tag in _NOT_TEXT:
            super().handle_startendtag(tag, attrs)
        elif not self._hidden:
            self._beside += [_Text(text, self.getpos()[0]) for text in _seen(tag, dict(attrs))]
            self._items.append(_Tag(tag, "alone", has_slash=True))

    def handle_endtag(self, tag: str) -> None:
        """End the block, and forget the element; or note the end of an inline element."""
        if self._as_is:
            if tag == self._as_is[-1]:
                self._as_is.pop()
        elif tag in _NOT_TEXT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif not self._hidden:
            self._items.append(_Tag(tag, "close"))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - html.parser's own
        """Pass over a marked section; to a browser one that is not whole is a comment up to the next ``>``."""
        if self.rawdata.startswith("<![CDATA[", i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        """Collect text; its first word gives its line."""
        if self._hidden or self._as_is:
            return
        line = self.getpos()[0]
        if "pre" in self._open:
            for number, text in enumerate(data.split("\n")):
                if number:
                    self.end_block()
                self._items.append(_Text(text, line + number))
            return
        lead = data[: len(data) - len(data.lstrip())]
        self._items.append(_Text(data, line + lead.count("\n")))

    def end_block(self) -> None:
        """Make paragraphs of what was collected, unless it is blank."""
        for segment, line in _lines(self._items):
            self.paragraphs.append(Paragraph(segment.text, line, self._kind(), segment.codes))
        self.paragraphs += [Paragraph(beside.text, beside.line) for beside in self._beside]
        self._items.clear()
        self._beside.clear()

    def _pass_over(self, tag: str) -> None:
        """Remember an element of a block that is not to be translated, until the block ends."""
        if not self._as_is:
            self.end_block()
            self._as_is.append(tag)
        elif tag == self._as_is[-1]:
            self._as_is.append(tag)

    def _kind(self) -> BlockKind:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return "heading"
            if tag in _ITEMS:
                return "item"
            if tag in _CELLS:
                return "cell"
        return "text"


def _seen(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    """The texts for a reader among the attributes of an element, their white space folded.

    >>> list(_seen("img", {"src": "a.png", "alt": "Vue  du pont"}))
    ['Vue du pont']
    """
    names = list(_SEEN)
    if tag == "meta":
        names = ["content"] if (attributes.get("name") or attributes.get("property")) in _DESCRIPTIONS else []
    elif tag == "input" and attributes.get("type") in _BUTTONS:
        names.append("value")
    for name in names:
        if text := " ".join((attributes.get(name) or "").split()):
            yield text


def _lines(items: Sequence[_Item]) -> Iterator[tuple[Segment, int]]:
    """The lines of a block with their codes, and where each begins; a ``<br>`` ends one and belongs to it."""
    texts = [number for number, item in enumerate(items) if isinstance(item, _Text) and item.text.strip()]
    if not texts:
        return
    partners = _partners(items)
    start, end = _bounds(items, partners, texts[0], texts[-1])
    line = _Line()
    count = 0
    numbers: dict[int, int] = {}
    for place, item in enumerate(items[start:end], start):
        if isinstance(item, _Text):
            line.add(item)
            continue
        number = numbers.get(partners.get(place, -1), count)
        if item.kind != "close":
            numbers[place] = count
            count += 1
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
    number: int = 0

    def add(self, item: _Text) -> None:
        """Append text; white space behind white space is left out, and so is that at the beginning."""
        text = _SPACE.sub(" ", item.text)
        if text.startswith(" ") and (not self.text or self.text.endswith(" ")):
            text = text[1:]
        if text.strip() and not self.number:
            self.number = item.line
        self.text += text

    def finished(self) -> Iterator[tuple[Segment, int]]:
        """The line, if it has text."""
        text = self.text.strip()
        if text:
            lead = len(self.text) - len(self.text.lstrip())
            codes = (
                replace(code, position=min(max(code.position - lead, 0), len(text))) for code in self.codes
            )
            yield Segment(text, tuple(codes)), self.number


def _partners(items: Sequence[_Item]) -> dict[int, int]:
    """Of tags that open and close an element the place of the other one, either way."""
    partners: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item, _Text):
            continue
        if item.kind == "open":
            waiting.setdefault(item.element, []).append(place)
        elif item.kind == "close" and waiting.get(item.element):
            partner = waiting[item.element].pop()
            partners[place], partners[partner] = partner, place
    return partners


def _bounds(items: Sequence[_Item], partners: dict[int, int], first: int, last: int) -> tuple[int, int]:
    """Which items belong to the text: from the first word, or an element before it that ends within, to the
    last word, or an element behind it that begins within, or a ``<br>``."""
    across = [place for place, partner in partners.items() if first < partner < last]
    end = max([last, *across])
    breaks = (place for place in range(end + 1, len(items)) if _is_break(items[place]))
    return min([first, *across]), next(breaks, end) + 1


def _is_break(item: _Item) -> bool:
    return isinstance(item, _Tag) and item.element == "br"


def _code(tag: _Tag, position: int, number: int, *, is_paired: bool) -> Code:
    """The code of a tag, as OmegaT has it."""
    name = tag.element if tag.element == "br" else tag.element[:1]
    if is_paired:
        make = omegat_tags.opening if tag.kind == "open" else omegat_tags.closing
        return make(position, name, number, tag.element)
    if tag.has_slash:
        return omegat_tags.alone(position, name, number, tag.element)
    if tag.kind == "close":
        return omegat_tags.ended(position, name, number, tag.element)
    return omegat_tags.begun(position, name, number, tag.element)


HTML = Format("html", (".html", ".htm", ".xhtml"), "HTML page, its blocks of text", read_document=read)
