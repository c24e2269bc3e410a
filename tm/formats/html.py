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

from tm import bcp47, files
from tm.document import Document
from tm.formats import _bytes, _inline_filling
from tm.formats._format import Format
from tm.formats._html_blocks import blocks_of
from tm.formats._html_language import with_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading

_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._-]+)""", re.IGNORECASE)


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs, list items and table cells; a ``<br>`` ends a block.

    Texts in attributes (``alt``, ``placeholder``, the description of the page) come behind the block that
    they stand in, and so do the texts of drawings. Scripts, styles, formulas, and what has
    ``translate="no"`` are left out. The caller decides the encoding, then the byte order mark, then ``<meta charset>``; else it is found
    as for plain text.
    """
    data = b"".join(files.short_lines(chunks, reading.path))
    encoding, mark = _encoding(data, reading)
    blocks = blocks_of(_text(data[mark:], encoding, reading))
    if not blocks.paragraphs:
        raise reading.error("there is no text in the file", 1, 1)
    language = bcp47.canonical(blocks.language) if bcp47.is_tag(blocks.language) else ""
    return Document(reading.path, tuple(blocks.paragraphs), encoding, language)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the page again with the fillings; see ``tm.formats.fill``.

    There is one filling for each paragraph of ``read``. All else stays byte for byte, but for the language that
    the page says it is in; a character that the encoding of the page lacks becomes a reference.
    """
    data = b"".join(chunks)
    encoding, mark = _encoding(data, reading)
    text = _text(data[mark:], encoding, reading)
    blocks = blocks_of(text)
    filled, written = _inline_filling.put(text, blocks.places, fillings)
    if written:
        filled = with_language(filled, blocks.root, reading.target)
    stream.write(data if filled == text else data[:mark] + filled.encode(encoding, "xmlcharrefreplace"))
    return written


def _text(data: bytes, encoding: str, reading: Reading) -> str:
    return "".join(_bytes.decoded(filter(None, iter([data])), encoding, reading))


def _encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    declared = _CHARSET.search(data[:4096])
    if (
        declared
        and not reading.encoding
        and not _bytes.unicode_signature(data)[0]
        and not _bytes.looks_like_utf8(data)
    ):
        return _bytes.declared_encoding(declared[1], data, reading), 0
    return _bytes.text_encoding(data, reading)


HTML = Format(
    "html", (".html", ".htm", ".xhtml"), "HTML page, its blocks of text", read_document=read, fill=fill
)
