r"""Markdown (CommonMark with tables and footnotes) as a document: its blocks, with inline codes.

In: a file's bytes. Out: a document (``read``), or the file again with translations in place of its texts
(``fill``). ``_markdown_blocks.py`` finds the blocks, ``_markdown_inline.py`` the markup in them,
``_markdown_filling.py`` writes a text so that it is read back as it is.

Codes are called as the elements of HTML that they become: ``**`` is ``<s0>`` of strong, a link ``<a0>``.

>>> from tm.formats._format import Reading
>>> document = read(iter([b"# Le **pont** noir\n\n- en [fer](a.html)\n- en\n  bois\n"]), Reading("a.md"))
>>> [(paragraph.line, paragraph.kind, paragraph.text) for paragraph in document.paragraphs]
[(1, 'heading', 'Le pont noir'), (3, 'item', 'en fer'), (4, 'item', 'en bois')]
>>> [code.content.text for code in document.paragraphs[0].codes]
['<s0>', '</s0>']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.document import Document
from tm.formats import _bytes, _inline_filling
from tm.formats._format import Format

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read headings, paragraphs (their lines joined), list items, table cells and footnotes.

    Fenced and indented code, front matter, link definitions and comments are left out.
    """
    from tm.formats._markdown_blocks import Blocks

    file = _bytes.TextFile.read(chunks, reading)
    paragraphs = tuple(paragraph for paragraph, _ in Blocks(file.text).read())
    if not paragraphs:
        raise reading.error("there is no text in the file", 1, 1)
    return Document(reading.path, paragraphs, file.encoding)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the file again with the fillings; see ``tm.formats.fill``.

    There is one filling for each paragraph of ``read``; it is written in one line.
    """
    from tm.formats._markdown_blocks import Blocks
    from tm.formats._markdown_filling import writer

    file = _bytes.TextFile.read(chunks, reading)
    blocks = Blocks(file.text)
    places = [place for _, place in blocks.read()]
    filled, written = _inline_filling.put(file.text, places, fillings, writer(blocks.definitions))
    stream.write(file.encoded(filled, "xmlcharrefreplace"))
    return written


MARKDOWN = Format(
    "markdown", (".md", ".markdown"), "Markdown, its blocks of text", read_document=read, fill=fill
)
