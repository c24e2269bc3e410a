"""Excel workbooks (Office Open XML, ECMA-376) as documents: the texts of all sheets, with inline codes.

In: a file's bytes. Out: a document (``read``), or the workbook again with translations in place of its texts
(``fill``). ``xlsx.py`` reads and writes workbooks that are tables of units or of terms.

1. ``_parts`` gives the parts with text: the strings that all cells share, cells that have their own,
   comments, drawings and charts, what the file says of itself; ``_texts`` gives the texts of one. Each line of a
   cell is a text; numbers and formulas are none.
2. ``_workbook_tables.rename`` brings the columns of tables and the formulas that name them after their cells,
   since Excel mends a workbook in which they differ.

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as package:
...     strings = "<si><t>Le pont&#10;tient.</t></si><si><r><t>Il </t></r><r><t>est vieux.</t></r></si>"
...     package.writestr("xl/workbook.xml", "<workbook/>")
...     package.writestr("xl/sharedStrings.xml", f"<sst>{strings}</sst>")
>>> [paragraph.text for paragraph in read(iter([file.getvalue()]), Reading("a.xlsx")).paragraphs]
['Le pont', 'tient.', 'Il est vieux.']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _package, _word_filling, _workbook_tables
from tm.formats._drawings import LETTER, descriptions, properties, remark
from tm.formats._format import Format
from tm.formats._office_names import SPACE, name
from tm.formats._word_runs import SKIPPED, lines
from tm.formats.filling import for_xml
from tm.model import Segment

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._word_filling import Fillable

_WORKBOOK = "xl/workbook.xml"
_SHARED = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_OTHERS = re.compile(
    r"xl/(?:comments\d*|drawings/drawing\d+|charts/chart(?:Ex)?\d+|(?:c|threadedC)omments/[^/]+)\.xml"
)


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the texts, each string once for all its cells. The number of a text stands for its line."""
    package = _opened(chunks, reading)
    texts = [
        text
        for path in _parts(package, reading)
        if (root := _package.part(package, path, reading)) is not None
        for text in _texts(root)
    ]
    paragraphs = tuple(
        Paragraph(text.segment.text, number, "cell", text.segment.codes)
        for number, text in enumerate(texts, 1)
    )
    if not paragraphs:
        raise reading.error("there is no text in the workbook")
    return Document(reading.path, paragraphs)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the workbook again with fillings, one for each paragraph of ``read``; see ``tm.formats.fill``.

    Parts in which nothing is filled stay byte for byte.
    """
    package = _opened(chunks, reading)
    supply = iter(fillings)
    written = 0
    changed: dict[str, _Element] = {}
    renamed: dict[str, str] = {}
    for path in _parts(package, reading):
        root = _package.part(package, path, reading)
        if root is None:
            continue
        before = _strings(root)
        filled = _word_filling.put_all(root, _texts, supply, reading.target)
        written += filled.written
        if filled.is_changed:
            changed[path] = root
            pairs = zip(before, _strings(root), strict=True)
            renamed |= {old: new for old, new in pairs if old != new}
    if renamed:
        _workbook_tables.rename(package, changed, renamed, reading)
    _package.rewrite(package, {path: _package.xml(root) for path, root in changed.items()}, stream, reading)
    return written


def _opened(chunks: Chunks, reading: Reading) -> zipfile.ZipFile:
    package = _package.opened(chunks, reading)
    if _WORKBOOK not in package.NameToInfo:
        raise reading.error(f"no {_WORKBOOK} in it; a workbook of Excel has one")
    return package


def _parts(package: zipfile.ZipFile, reading: Reading) -> Iterator[str]:
    if _SHARED in package.NameToInfo:
        yield _SHARED
    yield from sorted(path for path in package.NameToInfo if _SHEET.fullmatch(path))
    yield from sorted(path for path in package.NameToInfo if _OTHERS.fullmatch(path))
    yield from _package.properties(package, reading)


def _texts(element: _Element) -> Iterator[Fillable]:
    """The texts in an element that have letters, in order."""
    for child in element:
        tag = name(child)
        if tag in SKIPPED or tag == "f":
            continue
        if found := [*properties(child), *remark(child)]:
            yield from found
        elif tag in ("si", "is", "text", "p"):
            plain = [each for each in child if name(each) == "t"]
            has_runs = any(name(each) in ("r", "fld") for each in child)
            texts = lines(child) if has_runs or not plain else _lines_of_cell(plain[0])
            yield from (text for text in texts if LETTER.search(text.segment.text))
        elif tag == "cNvPr":
            yield from descriptions(child)
        else:
            yield from _texts(child)


@dataclass(frozen=True, slots=True)
class _CellLine:
    """A line of a cell without runs.

    Attributes:
        segment: its text, without the white space around it.
        element: the text of the cell.
        number: of the line in it, from 0.
    """

    segment: Segment
    element: _Element
    number: int

    def put(self, target: Segment) -> bool:
        """Put a translation in place of the line; whether anything changed."""
        all_lines = (self.element.text or "").split("\n")
        new = " ".join(target.text.split("\n"))
        if new == self.segment.text:
            return False
        all_lines[self.number] = all_lines[self.number].replace(self.segment.text, new, 1)
        self.element.text = "\n".join(all_lines)
        self.element.set(SPACE, "preserve")
        return True


def _lines_of_cell(element: _Element) -> Iterator[_CellLine]:
    for number, line in enumerate((element.text or "").split("\n")):
        if line.strip():
            yield _CellLine(Segment(line.strip()), element, number)


def _strings(root: _Element) -> list[str]:
    """All the text of each string that a cell of a part has."""
    return [
        "".join(each.text or "" for each in string.iter("{*}t")) for string in root.iter("{*}si", "{*}is")
    ]


WORKBOOK = Format(
    "workbook",
    (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "Excel workbook as a document, the texts of its cells",
    read_document=read,
    fill=for_xml(fill),
)
