"""OpenDocument (ODF 1.3: texts, presentations, drawings, sheets) as a document, with its inline codes.

In: a file's bytes. Out: a document (``read``): its paragraphs, those of objects in it, headers and footers,
what the file says about itself; or the file again with translations in place of its texts (``fill``).
``_open_document.py`` reads a part, ``_open_document_language.py`` says its language, ``_package.py`` opens the zip.

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as package:
...     space = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
...     package.writestr("content.xml", f'<text:p xmlns:text="{space}">Le pont<text:tab/>tient.</text:p>')
>>> [paragraph.text for paragraph in read(iter([file.getvalue()]), Reading("a.odt")).paragraphs]
['Le pont', 'tient.']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _inline_filling, _package
from tm.formats._format import Format
from tm.formats._open_document import WITH_SPANS, paragraphs_of
from tm.formats._open_document_language import says_language, spoken, style_of, with_language, with_style
from tm.formats.filling import for_xml

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tm.document import BlockKind
    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._inline import Place

_OBJECT = re.compile(r"[^/]+/content\.xml")
_LETTER = re.compile(r"[^\W\d_]")


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the paragraphs; a line break or a tab in one ends it. The number of each stands for its line."""
    package = _opened(chunks, reading)
    texts = [(kind, place) for _, _, of_part in _parts(package, reading) for kind, place in of_part]
    paragraphs = tuple(
        Paragraph(place.segment.text, number, kind, place.segment.codes)
        for number, (kind, place) in enumerate(texts, 1)
    )
    if not paragraphs:
        raise reading.error("there is no text in the document")
    return Document(reading.path, paragraphs)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the document again with the fillings; see ``tm.formats.fill``.

    There is one filling for each paragraph of ``read``. All but the texts, and what says their language, stays byte
    for byte.
    """
    package = _opened(chunks, reading)
    supply = iter(fillings)
    parts = [
        (path, page, [(place, next(supply, None)) for _, place in texts])
        for path, page, texts in _parts(package, reading)
    ]
    is_all = all(filling for _, _, texts in parts for _, filling in texts)
    has_language = any(says_language(page) for _, page, _ in parts)
    language = reading.target
    filled = [
        _filled(page, texts, "" if (is_all and has_language) or _OBJECT.fullmatch(path) else language)
        for path, page, texts in parts
    ]
    written = sum(count for _, count in filled)
    changed: dict[str, bytes] = {}
    for (path, page, _), (new, _) in zip(parts, filled, strict=True):
        last = with_language(new, language) if written and is_all else new
        if last != page:
            changed[path] = last.encode("utf-8")
    _package.rewrite(package, changed, stream, reading)
    return written


def _filled(page: str, texts: Sequence[tuple[Place, Filling | None]], language: str) -> tuple[str, int]:
    """A part with its fillings, each in a span that says the language unless that is ""; how many were put in."""
    style = style_of(page, language)

    def markup(place: Place, pieces: Sequence[tuple[str, str]]) -> str:
        plain = _inline_filling.odf_markup(place, pieces)
        return spoken(plain, style) if style and place.syntax == WITH_SPANS else plain

    new, count = _inline_filling.put(
        page, [place for place, _ in texts], [filling for _, filling in texts], markup
    )
    return with_style(new, style, language) if style and style in new else new, count


def _opened(chunks: Chunks, reading: Reading) -> zipfile.ZipFile:
    package = _package.opened(chunks, reading)
    if "content.xml" not in package.NameToInfo:
        raise reading.error("no content.xml in it; an OpenDocument file has one")
    return package


def _parts(
    package: zipfile.ZipFile, reading: Reading
) -> Iterator[tuple[str, str, list[tuple[BlockKind, Place]]]]:
    """The parts with text: their names, the parts themselves, and their paragraphs.

    Of the styles only headers and footers are texts of the document, of an object, such as a chart, what has
    letters.
    """
    objects = sorted(name for name in package.NameToInfo if _OBJECT.fullmatch(name))
    for path in ("content.xml", *objects, "styles.xml", "meta.xml"):
        page = _package.text_of(package, path, reading)
        if page is None:
            continue
        texts = paragraphs_of(page)
        if path == "styles.xml":
            texts = [(kind, place) for kind, place in texts if kind in ("header", "footer")]
        elif path in objects:
            texts = [(kind, place) for kind, place in texts if _LETTER.search(place.segment.text)]
        yield path, page, texts


ODT = Format(
    "odt",
    (".odt", ".ott", ".odp", ".otp", ".odg", ".ods"),
    "OpenDocument text, presentation, drawing or sheet, its blocks of text",
    read_document=read,
    fill=for_xml(fill),
)
