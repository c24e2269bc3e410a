"""Excel workbooks (Office Open XML, ECMA-376): units or a glossary on a sheet, or on several alike.

In: a workbook's bytes, with the columns of TSV and CSV. Out: units or concepts; and the way back.

1. ``_opened`` takes the sheets from openpyxl, ``_sheets.table`` chooses; ``_text`` gives each cell as text.
2. ``_unit_rows.read`` makes units of the rows, ``_glossary.read`` makes concepts.
3. To write, ``_unit_rows.write`` and ``_glossary_writer.write`` make rows, and ``_write`` packs them.

``_write`` makes the XML itself, each cell a text: ``=1+1`` stays what it is, and the same input gives the
same bytes.

>>> from io import BytesIO
>>> from tm.formats.authoring import Reading, Writing
>>> from tm.model import Segment, Unit, Variant
>>> workbook = BytesIO()
>>> unit = Unit((Variant("fr", Segment("le pont")), Variant("pt", Segment("a ponte"))))
>>> write_units(workbook, [unit], Writing("bridges.xlsx"))
1
>>> [row.variants[1].segment.text for row in read_units(iter([workbook.getvalue()]), Reading("bridges.xlsx"))]
['a ponte']
"""

from __future__ import annotations

import itertools
import re
import warnings
import zipfile
import zlib
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from tm.errors import FormatError, MissingExtraError
from tm.formats import _escaping, _glossary, _glossary_writer, _package, _sheets, _unit_rows
from tm.formats._format import Format
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._format import Chunks, Reading, Writing
    from tm.formats._rows import Row
    from tm.model import Concept, Unit


MAX_CELL = 32_767
"""Excel's limit on the characters of a cell."""
MAX_ROWS = 1_048_576
"""Excel's limit on the rows of a sheet."""

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
"""What openpyxl may raise when the parts of a workbook do not fit together."""


# ------------------------------------------------------------------------------------------------- reading


def read_units(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each row."""
    table = _sheets.table(_opened(chunks, reading), reading)
    yield from _unit_rows.read(table.rows, table.reading)
    table.name_unread()


def read_concepts(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    table = _sheets.table(_opened(chunks, reading), reading)
    yield from _glossary.read(table.rows, table.reading)
    table.name_unread()


def _opened(chunks: Chunks, reading: Reading) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
    """The sheets, each with its title and what gives its rows.

    A cell with a formula gives the value that the spreadsheet stored last.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("reading XLSX", "office") from error
    package = _package.opened(chunks, reading)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # charts and themes are not read
            assert package.fp is not None
            book = openpyxl.load_workbook(package.fp, read_only=True, data_only=True)
        if not book.worksheets:
            raise LookupError("it has no sheet")
        return [(sheet.title, partial(_rows, sheet, reading)) for sheet in book.worksheets]
    except _DAMAGED as error:
        raise _damage(error, reading) from error


def _damage(error: Exception, reading: Reading) -> FormatError:
    return reading.error(f"a damaged workbook: {' '.join(str(error).split())[:200]}")


def _rows(sheet: Any, reading: Reading) -> Iterator[Row]:  # noqa: ANN401 - read-only sheets have no stub
    """The rows of a sheet that are not empty, with their numbers."""
    try:
        sheet.reset_dimensions()  # the size that a file declares is often wrong
        rows = sheet.iter_rows(values_only=True)
        for first_number in itertools.count(1, _BATCH):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(itertools.islice(rows, _BATCH))
            if not batch:
                break
            for number, values in enumerate(batch, first_number):
                cells = [_text(value) for value in values]
                while cells and not cells[-1].strip():
                    cells.pop()
                if cells:
                    yield number, cells
    except _DAMAGED as error:
        raise _damage(error, reading) from error


def _text(value: object) -> str:
    r"""A cell as text: no needless decimals, dates as in ISO 8601.

    >>> [_text(value) for value in (None, True, 12.50, "a_x000A_b", datetime(2024, 3, 1))]
    ['', 'TRUE', '12.5', 'a\nb', '2024-03-01']
    """
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
    """Write a header with the languages, then one unit a row; return the number of units."""
    return _unit_rows.write(units, writing, lambda rows: _write(stream, rows, writing))


def write_concepts(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a header, then the concepts in order; return the number of concepts."""
    return _glossary_writer.write(concepts, writing, lambda rows: _write(stream, rows, writing))


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
"""The parts of the workbook without its sheet.

Style 1 is a text that stays a text when a person edits it; style 2 is the name of a column.
"""

_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="2" width="48" customWidth="1"/></cols><sheetData>'
)


def _write(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing) -> None:
    """Write a workbook of one sheet."""
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
    """A stream that ``zipfile`` can only write to.

    Given a stream that it can seek in, ``zipfile`` goes back to complete what it wrote; a packed file and a
    pipe do not allow that.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.write = stream.write
        self.flush = stream.flush


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of the zip, with the first date that a zip can hold: no output depends on the clock."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Sheet:
    """The rows as XML; it counts what did not fit."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._escaper = _escaping.Escaper()
        self._cut = 0

    def row(self, number: int, cells: list[str]) -> str:
        """A row as XML; the first one is the header.

        Raises:
            FormatError: a sheet cannot have so many rows.
        """
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
        """Log how many cells were cut and how many characters replaced."""
        notice(
            "{path}: cut {cells} to {most} characters, the most that one can hold",
            path=self._writing.path,
            cells=self._cut,
            most=str(MAX_CELL),
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
