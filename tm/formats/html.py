"""HTML as a document: blocks of text in reading order, without their markup.

In: a file's bytes. Out: a document. ``_encoding`` finds the encoding; ``_Blocks`` collects the text
between the tags that begin or end a block.

>>> from tm.formats._format import Reading
>>> file = b'<html lang="fr"><h1>Le pont</h1><p>Il <b>tient</b>.</p></html>'
>>> page = HTML.read_document(iter([file]), Reading("a.html"))
>>> page.language, [(paragraph.kind, paragraph.text) for paragraph in page.paragraphs]
('fr', [('heading', 'Le pont'), ('text', 'Il tient.')])
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from tm import bcp47
from tm.formats import _bytes
from tm.formats._format import Format
from tm.model import Document, Paragraph

if TYPE_CHECKING:
    from tm.formats._format import Chunks, Reading

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
_CONTAINERS = frozenset(("table", "ul", "ol", "dl"))
_TELLING = _HEADINGS | _ITEMS | _CELLS | _VERBATIM | _CONTAINERS
"""Elements that tell the kind of the text inside.

The end of a container also ends the items and cells in it whose end tags are missing.
"""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE)

Kind = Literal["text", "heading", "item", "cell"]


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs, list items and table cells; a ``<br>`` ends a block.

    Scripts, styles and forms are left out. The caller decides the encoding, then the byte order mark, then
    ``<meta charset>``; else it is found as for plain text.
    """
    data = b"".join(chunks)
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


class _Blocks(HTMLParser):
    """Collects text until a block begins or ends.

    ``_open`` holds the open elements that tell the kind of the text.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.language = ""
        self._open: list[str] = []
        self._texts: list[str] = []
        self._line = 1
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the block before, and remember what kind of text begins."""
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag in _NOT_TEXT:
            self._hidden += 1
        elif tag == "br":
            self.end_block()
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in _TELLING:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End the block, and forget the element."""
        if tag in _NOT_TEXT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        """Collect text; the first text of a block gives its line."""
        if self._hidden:
            return
        if not self._texts:
            if not data.strip():
                return
            self._line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        if "pre" in self._open:
            self._verbatim(data)
        else:
            self._texts.append(data)

    def _verbatim(self, data: str) -> None:
        """Collect text of a ``<pre>``, where a line break ends a block."""
        for number, line in enumerate(data.split("\n")):
            if number:
                self.end_block()
                self._line = self.getpos()[0] + number
            self._texts.append(line)

    def end_block(self) -> None:
        """Make a paragraph of what was collected, unless it is blank."""
        text = _SPACE.sub(" ", "".join(self._texts)).strip()
        self._texts.clear()
        if text:
            self.paragraphs.append(Paragraph(text, self._line, self._kind()))

    def _kind(self) -> Kind:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return "heading"
            if tag in _ITEMS:
                return "item"
            if tag in _CELLS:
                return "cell"
        return "text"


HTML = Format("html", (".html", ".htm", ".xhtml"), "HTML page, its blocks of text", read_document=read)
