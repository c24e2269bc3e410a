"""Excel workbooks (Office Open XML, ECMA-376): units or a glossary on the first sheet, with the columns of TSV and CSV.

Written straight, each cell as text, so that ``=1+1`` stays what it is and the same input gives the same
bytes; read with openpyxl.
"""

from __future__ import annotations

import itertools
import logging
import re
import warnings
import zipfile
import zlib
from datetime import datetime, time
from typing import TYPE_CHECKING, BinaryIO, cast

from tm.errors import FormatError, MissingExtraError
from tm.formats import _glossary, _package, _unit_rows, _xml
from tm.formats._format import Format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.formats._format import Chunks, Reading, Writing
    from tm.formats._rows import Row
    from tm.model import Concept, Unit

log = logging.getLogger(__name__)

MAX_CELL = 32_767
"""Characters of a cell; Excel's limit, like the next one."""
MAX_ROWS = 1_048_576

_BATCH = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # both XML parsers' errors are one
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)
"""What openpyxl raises over a workbook whose parts do not belong together: whatever it runs into."""


# ------------------------------------------------------------------------------------------------- reading


def read_units(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """One unit a row."""
    return _unit_rows.read(_rows(chunks, reading), reading)


def read_concepts(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """The concepts in the order in which they first appear."""
    return _glossary.read(_rows(chunks, reading), reading)


def _rows(chunks: Chunks, reading: Reading) -> Iterator[Row]:
    """The rows of the first sheet that have a cell with something in it. Of a formula, the value that was last seen."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("reading XLSX", "office") from error
    package = _package.opened(chunks, reading)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about charts, themes and other things of no interest here
            assert package.fp is not None
            book = openpyxl.load_workbook(package.fp, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is often wrong
        rows = sheet.iter_rows(values_only=True)
        for first in itertools.count(1, _BATCH):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(itertools.islice(rows, _BATCH))
            if not batch:
                break
            for number, values in enumerate(batch, first):
                cells = [_text(value) for value in values]
                while cells and not cells[-1].strip():
                    cells.pop()
                if cells:
                    yield number, cells
    except _DAMAGED as error:
        raise reading.error(f"a damaged workbook: {' '.join(str(error).split())[:200]}") from error
    if unread := [sheet_.title for sheet_ in book.worksheets[1:]]:
        log.warning("%s: only the first sheet is read; not %s", reading.path, ", ".join(unread))


def _text(value: object) -> str:
    """A cell as text: numbers without needless decimals, dates as ISO 8601 has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime | time) else str(value)


# ------------------------------------------------------------------------------------------------- writing


def write_units(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """A header with the languages, then one unit a row."""
    return _unit_rows.write(units, writing, lambda rows: _write(stream, rows, writing))


def write_concepts(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """A header, then the concepts in order."""
    return _glossary.write(concepts, writing, lambda rows: _write(stream, rows, writing))


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Ponte" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
"""The workbook but for its sheet. Style 1 is a text that stays one when it is edited, style 2 a column's name."""
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="2" width="48" customWidth="1"/></cols><sheetData>'
)


def _write(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing) -> None:
    """A workbook of one sheet."""
    sheet = _Sheet(writing)
    with zipfile.ZipFile(cast("BinaryIO", _Forwards(stream)), "w") as package:
        for name, content in _PARTS.items():
            package.writestr(_entry(name), _HEAD + content)
        with package.open(_entry("xl/worksheets/sheet1.xml"), "w") as part:
            part.write((_HEAD + _SHEET).encode())
            part.writelines(sheet.row(number, cells).encode() for number, cells in enumerate(rows, 1))
            part.write(b"</sheetData></worksheet>")
    sheet.report()


class _Forwards:
    """A stream that is only written to: a zip otherwise goes back in it, which packed files and pipes cannot."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write = stream.write
        self.flush = stream.flush


def _entry(name: str) -> zipfile.ZipInfo:
    """With the first date that a zip can have, since the clock has no place in an output."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Sheet:
    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._escaper = _xml.Escaper()
        self._cut = 0

    def row(self, number: int, cells: list[str]) -> str:
        if number > MAX_ROWS:
            raise FormatError(
                f"more than {MAX_ROWS} rows, the most that a sheet can have; write TSV",
                path=self._writing.path,
            )
        return f"<row>{''.join([self._cell(text, 2 if number == 1 else 1) for text in cells])}</row>"

    def _cell(self, text: str, style: int) -> str:
        if not text:
            return "<c/>"
        if len(text) > MAX_CELL:
            text = text[:MAX_CELL]
            self._cut += 1
        text = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
        return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{self._escaper.text(text)}</t></is></c>'

    def report(self) -> None:
        if self._cut:
            log.warning(
                "%s: cut %d cells to %d characters, the most that one can hold",
                self._writing.path,
                self._cut,
                MAX_CELL,
            )
        self._escaper.report(self._writing.path)


XLSX = Format(
    "xlsx",
    (".xlsx",),
    "Excel workbook: units, or a glossary with its decisions",
    read_units=read_units,
    write_units=write_units,
    read_concepts=read_concepts,
    write_concepts=write_concepts,
    holds=_unit_rows.HOLDS,
    holds_of_terms=_unit_rows.HOLDS_OF_TERMS,
)
