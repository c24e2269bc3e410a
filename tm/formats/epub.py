"""Books in EPUB (2 and 3) as a document: the chapters in reading order, contents, and what the book is about.

In: a file's bytes. Out: a document (``read``), or the book again with translations in place of its texts
(``fill``). A chapter is a page of XHTML and is read and filled as one (``_html_blocks.py``); ``_parts`` finds
the chapters.

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file, space = io.BytesIO(), "http://www.idpf.org/2007/opf"
>>> with zipfile.ZipFile(file, "w") as book:
...     book.writestr("META-INF/container.xml", '<c><rootfile full-path="book.opf"/></c>')
...     item, ref = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>', '<itemref idref="a"/>'
...     book.writestr("book.opf", f'<package xmlns="{space}">{item}<spine>{ref}</spine></package>')
...     book.writestr("a.xhtml", "<html><p>Le <b>pont</b> tient.</p></html>")
>>> [paragraph.text for paragraph in read(iter([file.getvalue()]), Reading("a.epub")).paragraphs]
['Le pont tient.']
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tm import bcp47
from tm.document import Document, Paragraph
from tm.formats import _bytes, _inline, _inline_filling, _package, _xml
from tm.formats._format import Filling, Format
from tm.formats._html_blocks import blocks_of
from tm.formats._html_language import with_language
from tm.formats._inline import TextItem
from tm.formats._xml_markup import tags, text_of
from tm.formats.filling import for_xml
from tm.model import Segment

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.document import BlockKind
    from tm.formats._format import Chunks, Reading
    from tm.formats._inline import Place

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_CONTENTS = "application/x-dtbncx+xml"
_OF_CONTENTS = frozenset(("text", "ncx:text"))
_OF_BOOK = frozenset(("dc:title", "dc:description", "dc:subject"))


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the chapters as pages are read. The number of a paragraph in the book stands for its line."""
    package = _package.opened(chunks, reading)
    book = _book(package, reading)
    texts = [text for part in _parts(package, book, reading) for text in part.texts]
    paragraphs = tuple(
        Paragraph(place.segment.text, number, kind, place.segment.codes)
        for number, (kind, place) in enumerate(texts, 1)
    )
    if not paragraphs:
        raise reading.error("there is no text in the book")
    return Document(reading.path, paragraphs, language=book.language)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the book again with the fillings, one for each paragraph of ``read``; see ``tm.formats.fill``.

    All but the texts stays byte for byte, but for the language that the book and its pages say where any is filled.
    """
    package = _package.opened(chunks, reading)
    supply = iter(fillings)
    book = _book(package, reading)
    parts = list(_parts(package, book, reading))
    filled = [_filled(part, supply) for part in parts]
    written = sum(count for _, count in filled)
    changed: dict[str, bytes] = {}
    for part, (new, _) in zip(parts, filled, strict=True):
        if written and reading.target:
            new = _with_language(part, new, reading.target)  # noqa: PLW2901
        if new != part.file.text:
            changed[part.path] = part.file.encoded(new, "xmlcharrefreplace")
    _package.rewrite(package, changed, stream, reading)
    return written


def _filled(part: _Part, supply: Iterator[Filling | None]) -> tuple[str, int]:
    """A part with its fillings, and how many were put in."""
    given = [next(supply, None) for _ in part.texts]
    return _inline_filling.put(part.file.text, [place for _, place in part.texts], given)


def _with_language(part: _Part, page: str, language: str) -> str:
    """A part whose page, or whose book, says another language."""
    if part.root[0] >= 0:
        return with_language(page, part.root, language)
    places = list(_elements(page, frozenset(("dc:language",))))
    return _inline_filling.put(page, places[:1], [Filling(Segment(language), 100)])[0]


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book is made of.

    Attributes:
        path: the part that says it.
        pages: the chapters in reading order, then pages outside of it, such as a table of contents.
        contents: the table of contents of EPUB 2.
        language: a tag, "" when it says none.
    """

    path: str
    pages: tuple[str, ...]
    contents: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with texts: its name, content, texts with their kinds and places, and its ``<html>`` tag."""

    path: str
    file: _bytes.TextFile
    texts: list[tuple[BlockKind, Place]]
    root: tuple[int, int] = (-1, -1)


def _book(package: zipfile.ZipFile, reading: Reading) -> _Book:
    container = _package.part(package, _CONTAINER, reading)
    roots = container.iter("{*}rootfile") if container is not None else ()
    path = next((root.get("full-path", "") for root in roots), "")
    opf = _package.part(package, path, reading)
    if opf is None:
        raise reading.error(f"no book in it; {_CONTAINER} names the part that lists the chapters of one")
    named = {item.get("id", ""): item for item in opf.iter("{*}item")}
    order = [named[id_] for ref in opf.iter("{*}itemref") if (id_ := ref.get("idref", "")) in named]
    folder = posixpath.dirname(path)
    pages = [
        _path(folder, item.get("href", ""))
        for item in (*order, *named.values())
        if _is_page(item.get("media-type"))
    ]
    contents = [
        _path(folder, item.get("href", "")) for item in named.values() if item.get("media-type") == _CONTENTS
    ]
    language = next(
        (each.text or "" for each in opf.iter("{http://purl.org/dc/elements/1.1/}language")), ""
    ).strip()
    tag = bcp47.canonical(language) if bcp47.is_tag(language) else ""
    return _Book(path, tuple(dict.fromkeys(pages)), tuple(contents), tag)


def _is_page(media_type: str | None) -> bool:
    return media_type in _PAGES


def _path(folder: str, address: str) -> str:
    """The name of the part at an address.

    >>> _path("OEBPS", "text/pr%C3%A9face.xhtml#un")
    'OEBPS/text/préface.xhtml'
    """
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _parts(package: zipfile.ZipFile, book: _Book, reading: Reading) -> Iterator[_Part]:
    for path in book.pages:
        if path in package.NameToInfo:
            file = _file(package, path, reading)
            blocks = blocks_of(file.text)
            kinds = [paragraph.kind for paragraph in blocks.paragraphs]
            yield _Part(path, file, list(zip(kinds, blocks.places, strict=True)), blocks.root)
    for path, names in (*((path, _OF_CONTENTS) for path in book.contents), (book.path, _OF_BOOK)):
        if path in package.NameToInfo:
            file = _file(package, path, reading)
            yield _Part(path, file, [("text", place) for place in _elements(file.text, names)])


def _file(package: zipfile.ZipFile, path: str, reading: Reading) -> _bytes.TextFile:
    data = _package.content(package, path, reading)
    own = replace(reading, path=f"{reading.path}, {path} in it", encoding="")
    return _bytes.TextFile.read(iter([data]), own, _xml.text_encoding)


def _elements(page: str, names: frozenset[str]) -> Iterator[Place]:
    """The places of the texts of elements that hold text alone.

    >>> [place.segment.text for place in _elements("<a><text>Le pont</text></a>", frozenset(("text",)))]
    ['Le pont']
    """
    before = None
    for tag in tags(page):
        if before and before.kind == "open" and before.name in names and tag.name == before.name:
            text = TextItem(text_of(page, before.end, tag.start), 1, before.end, tag.start)
            yield from (place for _, place in _inline.lines([text]))
        before = tag


EPUB = Format("epub", (".epub",), "Book in EPUB, its blocks of text", read_document=read, fill=for_xml(fill))
