"""PDF as a document: the paragraphs of its text layer.

In: a file's bytes. Out: a document; nothing can be put into a PDF. pdfminer.six gives the lines of each page
with their places (``_lines_of``), ``_pdf_paragraphs.py`` makes paragraphs of them.

A page that is only a picture has no text layer: where all pages are, the file is refused as scanned, else
they are counted.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from typing import TYPE_CHECKING

from tm.document import Document
from tm.errors import MissingExtraError
from tm.formats import _package
from tm.formats._format import Format
from tm.formats._pdf_paragraphs import Line, paragraphs_of
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.layout import LTPage, LTTextBox

    from tm.formats._format import Chunks, Reading


_UNKNOWN = re.compile(r"\(cid:\d+\)")
"""What pdfminer gives for a sign that its font does not name."""
_MOST_BOXES = 150
"""The boxes of a page up to which columns are looked for."""
_DAMAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError,
           RecursionError, struct.error, zlib.error)  # fmt: skip
"""What pdfminer raises, beside errors of its own, where a file is not what it says."""


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the paragraphs: lines joined, running heads and numbers of pages left out.

    The page stands for the line.

    Raises:
        MissingExtraError: pdfminer.six is not installed.
        FormatError: the file is damaged or asks for a password, or has no text layer.
    """
    data = _package.all_bytes(chunks, reading)
    if b"%PDF-" not in data[:1024]:
        raise reading.error("no PDF: it does not begin with %PDF-")
    pages = _pages(data, reading)
    blank = sum(not lines for lines in pages)
    if blank == len(pages):
        raise reading.error(
            "there is no text in the file: its pages are pictures (scanned); have them recognised first (OCR)"
        )
    if blank:
        notice(
            "{path}: no text layer in {blank} of {pages}",
            path=reading.path,
            blank=str(blank),
            pages=len(pages),
        )
    paragraphs = paragraphs_of(pages)
    if not paragraphs:
        raise reading.error("there is no text in the file but heads and numbers of pages")
    return Document(reading.path, paragraphs)


def _pages(data: bytes, reading: Reading) -> list[list[Line]]:
    """The lines of each page, in reading order."""
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.pdfexceptions import PDFException
        from pdfminer.psexceptions import PSException
    except ImportError as error:
        raise MissingExtraError("reading PDF", "pdf") from error
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        pages = extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None))
        return [list(_lines_of(page)) for page in pages]
    except PDFPasswordIncorrect as error:
        raise reading.error("a PDF that asks for a password; save it anew without one") from error
    except (PDFException, PSException, *_DAMAGE) as error:
        what = type(error).__name__ if not str(error) else f"{type(error).__name__}: {error}"
        raise reading.error(f"a damaged PDF ({' '.join(what.split())[:200]})") from error


def _lines_of(page: object) -> Iterator[Line]:
    """The lines of a page; those that belong together have one number of a box."""
    from pdfminer.layout import LTChar, LTPage, LTTextBox, LTTextLine

    assert isinstance(page, LTPage)
    boxes = [element for element in page if isinstance(element, LTTextBox)]
    for box, element in enumerate(_in_reading_order(page, boxes)):
        for line in element:
            text = _UNKNOWN.sub("", line.get_text()) if isinstance(line, LTTextLine) else ""
            text = " ".join(text.split())
            if text:
                size = max((char.size for char in line if isinstance(char, LTChar)), default=0.0)
                yield Line(text, box, line.x0, line.x1, line.y0 / (page.height or 1), size)


def _in_reading_order(page: LTPage, boxes: list[LTTextBox]) -> list[LTTextBox]:
    """The boxes of a page as they are read, column by column; of very many, from the top to the bottom.

    pdfminer compares all pairs of boxes with all others, which takes minutes where a page is a large table.
    """
    from pdfminer.layout import IndexAssigner, LAParams

    if not 1 < len(boxes) <= _MOST_BOXES:
        return boxes
    options, assigner = LAParams(), IndexAssigner()
    for group in page.group_textboxes(options, boxes):
        group.analyze(options)
        assigner.run(group)
    return sorted(boxes, key=lambda box: box.index)


PDF = Format("pdf", (".pdf",), "Text layer of a PDF, its blocks of text", read_document=read)
