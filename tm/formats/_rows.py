r"""Tables as rows of cells with their line numbers: TSV and CSV, read and written.

>>> from tm.formats._format import Reading
>>> list(csv_rows(iter([b'fr;pt\n"un; deux";dois']), Reading("a.csv")))
[(1, ['fr', 'pt']), (2, ['un; deux', 'dois'])]
>>> list(tsv_rows(iter([b'fr\tpt\n"un" mot\tdois']), Reading("a.tsv")))
[(1, ['fr', 'pt']), (2, ['"un" mot', 'dois'])]
"""

from __future__ import annotations

import csv
import itertools
import logging
import re
from typing import TYPE_CHECKING, TypeAlias

from tm.formats import _bytes
from tm.formats._format import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Reading, Writing

log = logging.getLogger(__name__)

Row: TypeAlias = tuple[int, list[str]]
"""The 1-based line where it begins, and its cells."""

_SAMPLE = 20
_CSV_FAULTS = {
    "unexpected end of data": "a quotation mark is never closed",
    "new-line character seen in unquoted field": "a carriage return inside a cell without quotes",
}
"""What Python says, and what it means."""
_FORMULA = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the start of a formula, or skips before one."""


def tsv_rows(chunks: Chunks, reading: Reading) -> Iterator[Row]:
    r"""The rows of a tab-separated file: one a line, cells as they are.

    Quotation marks belong to the text, but for a cell that a spreadsheet wrote: wholly in quotes, those
    inside it doubled.
    """
    for number, line in enumerate(text_lines(chunks, reading), 1):
        if line.strip():
            cells = line.removesuffix("\n").removesuffix("\r").split("\t")
            yield number, [_unquoted(cell) for cell in cells] if '"' in line else cells


def text_lines(chunks: Chunks, reading: Reading) -> Iterator[str]:
    """Lines with their ends; a file that begins with carriage returns and no line feed has its lines end so (old Mac programs)."""
    rest, end = "", ""
    for piece in _bytes.text_pieces(chunks, reading):
        end = end or ("\r" if "\r" in piece.rstrip("\r") and "\n" not in piece else "\n")
        *lines, rest = (rest + piece).split(end)
        yield from (f"{line}\n" for line in lines)
        if len(rest) > MAX_CHARACTERS:
            raise reading.error(f"a line of more than {MAX_CHARACTERS} characters; this is no table")
    if rest:
        yield rest


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell


def _is_quoted(cell: str) -> bool:
    inner = cell[1:-1]
    return cell[:1] == cell[-1:] == '"' and '""' in inner and '"' not in inner.replace('""', "")


def write_tsv(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing) -> None:
    """One row a line; a line break or tab in a cell becomes a space, and their number is told."""
    changed = 0

    def lines() -> Iterator[str]:
        nonlocal changed
        for row in rows:
            flat = [re.sub(r"\r\n|[\t\r\n]", " ", cell) for cell in row]
            changed += sum(new != old for new, old in zip(flat, row, strict=True))
            cells = (f'"{cell.replace(chr(34), chr(34) * 2)}"' if _is_quoted(cell) else cell for cell in flat)
            yield "\t".join(cells) + "\n"

    stream.writelines(_bytes.encoded(lines(), writing.path))
    if changed:
        log.warning(
            "%s: a line break or tab became a space in %d cells; CSV keeps them", writing.path, changed
        )


def csv_rows(chunks: Chunks, reading: Reading) -> Iterator[Row]:
    """The rows of a file separated by commas, semicolons or tabs, quoted as RFC 4180 says.

    The tab that keeps a spreadsheet from taking a cell for a formula is taken off.

    Raises:
        FormatError: a quotation mark never closed, or text after a closed one.
    """
    return separated_rows(chunks, reading)[1]


def separated_rows(chunks: Chunks, reading: Reading) -> tuple[str, Iterator[Row]]:
    """The separator, found from the first rows, and the rows (``csv_rows``)."""
    lines = text_lines(chunks, reading)
    first = list(itertools.islice(lines, _SAMPLE))
    delimiter = _delimiter(first)
    return delimiter, _records(itertools.chain(first, lines), delimiter, reading)


def _records(lines: Iterator[str], delimiter: str, reading: Reading) -> Iterator[Row]:
    # Python's limit of 131,072 characters a cell is of the whole process; it is only ever raised here.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            what = _CSV_FAULTS.get(str(error).split(" - ")[0], str(error))
            raise reading.error(
                f"{what}; a quoted cell ends with a quote, quotes in it are doubled", line
            ) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell[1:] if cell[:1] == "\t" and cell[1:2] in _FORMULA else cell for cell in cells]
        line = rows.line_num + 1


def _delimiter(first: list[str]) -> str:
    """The separator that gives all the first rows the same number of cells; a comma when none does."""
    for delimiter in "\t;,":
        try:
            widths = {len(row) for row in csv.reader(first, delimiter=delimiter) if row}
        except csv.Error:
            continue
        if len(widths) == 1 and widths != {1}:
            return delimiter
    start = first[0] if first else ""
    return max(",;\t", key=start.count)


def write_csv(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing, delimiter: str = ",") -> None:
    """RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula gets a tab before it, inside the quotes."""
    lines = (delimiter.join(map(_csv_cell, row)) + "\r\n" for row in rows)
    stream.writelines(_bytes.encoded(lines, writing.path))


def _csv_cell(cell: str) -> str:
    if cell[:1] in _FORMULA:
        cell = f"\t{cell}"
    if any(mark in cell for mark in ',"\n\r\t;') or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell
