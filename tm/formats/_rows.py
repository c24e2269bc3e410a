r"""Tables as rows of cells with their line numbers: TSV and CSV, read and written.

In: a file's bytes. Out: rows. ``text_lines`` parts the text into lines, ``tsv_rows`` a line at its tabs.
``separated_rows`` finds the separator of a CSV file (``_delimiter``) and parses its records (``_records``).
``write_tsv`` and ``write_csv`` go the other way.

>>> from tm.formats._format import Reading
>>> list(csv_rows(iter([b'fr;pt\n"un; deux";dois']), Reading("a.csv")))
[(1, ['fr', 'pt']), (2, ['un; deux', 'dois'])]
>>> list(tsv_rows(iter([b'fr\tpt\n"un" mot\tdois']), Reading("a.tsv")))
[(1, ['fr', 'pt']), (2, ['"un" mot', 'dois'])]
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from tm.formats import _bytes
from tm.formats._format import MAX_CHARACTERS
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Reading, Writing


Row: TypeAlias = tuple[int, list[str]]
"""The 1-based line where the row begins, and its cells."""

_SAMPLE = 20
_CSV_FAULTS = {
    "unexpected end of data": "a quotation mark is never closed",
    "new-line character seen in unquoted field": "a carriage return inside a cell without quotes",
}
"""The messages of Python's csv module, and what they mean."""
_SEPARATOR = re.compile(r'"?sep=([^"])"?', re.IGNORECASE)
"""The line above a table by which spreadsheets are told its separator."""
_FORMULA = frozenset("=+-@\t\r")
"""Characters that begin a formula in a spreadsheet, or that it skips before one."""


def tsv_rows(chunks: Chunks, reading: Reading) -> Iterator[Row]:
    """The rows of a tab-separated file: one a line, cells as they are.

    Quotation marks belong to the text. Only a cell as a spreadsheet writes it, wholly in quotes with the
    quotes inside it doubled, loses them.
    """
    for number, line in enumerate(text_lines(chunks, reading), 1):
        if line.strip():
            cells = line.removesuffix("\n").removesuffix("\r").split("\t")
            yield number, [_unquoted(cell) for cell in cells] if '"' in line else cells


def text_lines(chunks: Chunks, reading: Reading) -> Iterator[str]:
    r"""The lines of a text with their ends.

    Old Mac programs end lines with a carriage return: a file that begins so, without a line feed, is read so.

    >>> from tm.formats._format import Reading
    >>> list(text_lines(iter([b"oui\rnon\rsi"]), Reading("a.txt")))
    ['oui\n', 'non\n', 'si']
    """
    rest, end = "", ""
    for piece in _bytes.text_pieces(chunks, reading):
        end = end or line_break(piece)
        *lines, rest = (rest + piece).split(end)
        yield from (f"{line}\n" for line in lines)
        if len(rest) > MAX_CHARACTERS:
            raise reading.error(f"a line of more than {MAX_CHARACTERS} characters; this is no table")
    if rest:
        yield rest


def line_break(text: str) -> str:
    r"""What ends the lines of a table: a line feed, or the carriage return of old Mac programs.

    >>> line_break("oui\r\nnon"), line_break("oui\rnon")
    ('\n', '\r')
    """
    return "\r" if "\r" in text.rstrip("\r") and "\n" not in text else "\n"


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _is_quoted(cell) else cell


def _is_quoted(cell: str) -> bool:
    """Whether a spreadsheet wrote the cell in quotes: there are doubled quotes inside, and no single ones.

    >>> _is_quoted('"un ""pont"" neuf"'), _is_quoted('"un" mot "neuf"')
    (True, False)
    """
    inner = cell[1:-1]
    return cell[:1] == cell[-1:] == '"' and '""' in inner and '"' not in inner.replace('""', "")


def write_tsv(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing) -> None:
    r"""Write one row a line.

    A line break or tab in a cell becomes a space; the number of such cells is logged.

    >>> from io import BytesIO
    >>> from tm.formats._format import Writing
    >>> table = BytesIO()
    >>> write_tsv(table, [["un\tpont", "uma ponte"]], Writing("a.tsv"))
    >>> table.getvalue()
    b'un pont\tuma ponte\n'
    """
    changed = 0

    def lines() -> Iterator[str]:
        """The rows as lines; counts the cells that changed."""
        nonlocal changed
        for row in rows:
            text = "".join(row)
            if text.isprintable() and '""' not in text:  # nearly all
                yield "\t".join(row) + "\n"
                continue
            flat = [cell if cell.isprintable() else re.sub(r"\r\n|[\t\r\n]", " ", cell) for cell in row]
            changed += sum(new != old for new, old in zip(flat, row, strict=True))
            cells = (f'"{cell.replace(chr(34), chr(34) * 2)}"' if _is_quoted(cell) else cell for cell in flat)
            yield "\t".join(cells) + "\n"

    stream.writelines(_bytes.encoded(lines(), writing.path))
    notice(
        "{path}: a line break or tab became a space in {cells}; CSV keeps them",
        path=writing.path,
        cells=changed,
    )


def csv_rows(chunks: Chunks, reading: Reading) -> Iterator[Row]:
    """The rows of a file separated by commas, semicolons or tabs, quoted as in RFC 4180.

    A tab that keeps a spreadsheet from taking a cell for a formula is taken off.

    Raises:
        FormatError: a quotation mark is never closed, or text follows a closed one.
    """
    return separated_rows(chunks, reading)[1]


def separated_rows(chunks: Chunks, reading: Reading) -> tuple[str, Iterator[Row]]:
    """The separator of a file, found from its first rows, and all its rows as ``csv_rows`` gives them.

    >>> from tm.formats._format import Reading
    >>> separator, rows = separated_rows(iter([b"oui;sim, claro"]), Reading("a.csv"))
    >>> separator, list(rows)
    (';', [(1, ['oui', 'sim, claro'])])
    """
    lines = text_lines(chunks, reading)
    first = list(itertools.islice(lines, _SAMPLE))
    said = _SEPARATOR.fullmatch(first[0].rstrip("\r\n")) if first else None
    delimiter = said[1] if said else _delimiter(first)
    rows = itertools.chain(first[1:] if said else first, lines)
    return delimiter, _records(rows, delimiter, reading, 2 if said else 1)


def _records(lines: Iterator[str], delimiter: str, reading: Reading, line: int) -> Iterator[Row]:
    # Python's limit of 131,072 characters a cell holds for the whole process; this only ever raises it.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    above = line - 1
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
        line = above + rows.line_num + 1


def _delimiter(first: list[str]) -> str:
    """The separator that gives all the first rows the same number of cells.

    Of several it is the one that cuts the fewest quoted cells in two. When none does, as below a title, it is the
    one that gives most rows the same number, then the one that the first row has most often; else a comma.

    >>> _delimiter(["un, deux;um, dois", "neuf;nove"]), _delimiter(["un;um", "deux"]), _delimiter(["un"])
    (';', ';', ',')
    >>> _delimiter(['pain,"pão; broa",FR']), _delimiter(["Glossary, 3", "fr;pt", "un;um"])
    (',', ';')
    """
    cut: dict[str, int] = {}
    alike = Counter[str]()
    for delimiter in "\t;,|":
        rows: list[list[str]] = []
        try:
            rows.extend(row for row in csv.reader(first, delimiter=delimiter, strict=True) if row)
        except csv.Error as error:
            if not str(error).startswith("unexpected end"):  # there the sample ends, inside a cell
                continue
        widths = Counter(len(row) for row in rows)
        alike[delimiter] = max((count for width, count in widths.items() if width > 1), default=0)
        if len(widths) == 1 and 1 not in widths:
            cut[delimiter] = sum(cell.count('"') % 2 for row in rows for cell in row)
    if cut:
        return min(cut, key=cut.__getitem__)
    start = first[0] if first else ""
    return max(",;\t", key=lambda delimiter: (alike[delimiter], start.count(delimiter)))


def write_csv(stream: BinaryIO, rows: Iterable[list[str]], writing: Writing, delimiter: str = ",") -> None:
    r"""Write RFC 4180 in UTF-8.

    A cell that a spreadsheet would take for a formula gets a tab before it, inside the quotes.

    >>> from io import BytesIO
    >>> from tm.formats._format import Writing
    >>> table = BytesIO()
    >>> write_csv(table, [["=1+1", "un, deux"]], Writing("a.csv"))
    >>> table.getvalue()
    b'"\t=1+1","un, deux"\r\n'
    """
    lines = (delimiter.join(map(_csv_cell, row)) + "\r\n" for row in rows)
    stream.writelines(_bytes.encoded(lines, writing.path))


def _csv_cell(cell: str) -> str:
    if cell[:1] in _FORMULA:
        cell = f"\t{cell}"
    if any(mark in cell for mark in ',"\n\r\t;|') or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell
