"""HTML as a document: blocks of text in reading order, with their inline codes.

In: a file's bytes. Out: a document (``read``), or the page again with translations in place of its texts
(``fill``). ``_encoding`` finds the encoding; ``_html_blocks.py`` finds the blocks, ``_inline_filling.py`` puts
texts into them.

Codes are as OmegaT has them: an inline element that has text inside and outside is a pair, named after its
first letter (``<b0>``, ``</b0>``); one that encloses the whole block is none.

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
from typing import TYPE_CHECKING

from tm import bcp47
from tm.document import Document
from tm.formats import _bytes, _encodings, _inline_filling
from tm.formats._format import Format
from tm.formats._html_blocks import blocks_of
from tm.formats._html_language import with_language
from tm.formats.filling import for_xml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading

_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE)
_CONTROLS = frozenset(range(0x80, 0xA0))
"""The bytes of Latin-1 that no text has, where windows-1252 has quotes and dashes."""
_NOT_OF_WINDOWS = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
"""Those of them that windows-1252 lacks."""


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs, list items and table cells; a ``<br>`` ends a block.

    Texts in attributes (``alt``, ``placeholder``, the description of the page) come behind the block that
    they stand in, and so do the texts of drawings. Scripts, styles, formulas, and what has
    ``translate="no"`` are left out. The caller decides the encoding, then the byte order mark, then
    ``<meta charset>``; else it is found as for plain text.
    """
    file = _bytes.TextFile.read(chunks, reading, _encoding)
    blocks = blocks_of(file.text)
    if not blocks.paragraphs:
        raise reading.error("there is no text in the file", 1, 1)
    language = bcp47.canonical(blocks.language) if bcp47.is_tag(blocks.language) else ""
    return Document(reading.path, tuple(blocks.paragraphs), file.encoding, language)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the page again with the fillings; see ``tm.formats.fill``.

    There is one filling for each paragraph of ``read``. All else stays byte for byte, but for the language that
    the page says it is in; a character that the encoding of the page lacks becomes a reference.
    """
    file = _bytes.TextFile.read(chunks, reading, _encoding)
    blocks = blocks_of(file.text)
    filled, written = _inline_filling.put(file.text, blocks.places, fillings)
    if written:
        filled = with_language(filled, blocks.root, reading.target)
    stream.write(file.encoded(filled, "xmlcharrefreplace"))
    return written


def _encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    r"""What the page declares, unless it is UTF-8. Latin-1 with quotes is windows-1252, as browsers take it.

    >>> from tm.formats._format import Reading
    >>> _encoding(b"<meta charset=iso-8859-1><p>l\x92eau</p>", Reading("a.html"))
    ('windows-1252', 0)
    """
    if _encodings.looks_like_utf8(data):
        return _encodings.text_encoding(data, reading)
    encoding, mark = _encodings.encoding_by(_CHARSET, data, reading)
    controls = (
        _CONTROLS.intersection(data) if encoding == "iso8859-1" and not reading.encoding else frozenset()
    )
    return ("windows-1252" if controls and not controls & _NOT_OF_WINDOWS else encoding), mark


HTML = Format(
    "html",
    (".html", ".htm", ".xhtml"),
    "HTML page, its blocks of text",
    read_document=read,
    fill=for_xml(fill),
)
