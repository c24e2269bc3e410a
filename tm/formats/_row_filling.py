r"""Translations put into the target column of a table; the lines of other rows stay as they are.

In: a table's bytes and the fillings. Out: the table with the translations, in its own encoding where that has
all their characters. A table with a header gets two more columns, for percent and origin.

1. ``fill`` finds the columns from the first rows; ``_target_column`` chooses the one to fill.
2. ``_Table.filled`` puts a filling into each row that is a unit; ``_header`` adds the columns.
3. ``_replaced`` puts the rows that changed in the place of their old lines.

>>> from io import BytesIO
>>> from tm.formats.authoring import Filling, Reading, Writing
>>> from tm.model import Segment
>>> fillings = [Filling(Segment("sim"), 101, "day"), None]
>>> def write(stream, rows):
...     _rows.write_tsv(stream, rows, Writing("a.tsv"))
>>> out = BytesIO()
>>> fill(iter([b"fr\tpt\r\noui\t\r\nnon\t"]), out, fillings, Reading("a.tsv"), _rows.tsv_rows, write)
1
>>> out.getvalue()
b'fr\tpt\tmatch\tmatch-origin\r\noui\tsim\t101\tday\r\nnon\t'
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, BinaryIO, cast

from tm import bcp47
from tm.formats import _bytes, _rows
from tm.formats._columns import SAMPLE, find_columns
from tm.formats._unit_rows import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._columns import Columns
    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._rows import Row

MARKS = ("match", "match-origin")
"""The columns that a filled table gets: the percent, and the origin of the translation."""


def fill(
    chunks: Chunks,
    stream: BinaryIO,
    fillings: Iterable[Filling | None],
    reading: Reading,
    rows_of: Callable[[Chunks, Reading], Iterator[Row]],
    write_rows: Callable[[BinaryIO, Iterator[list[str]]], object],
) -> int:
    """Write a table again with the fillings in its target column; see ``tm.formats.fill``.

    Args:
        chunks: the table's bytes.
        stream: where it is written.
        fillings: one for each row that is a unit.
        reading: how the table is read.
        rows_of: reads the rows.
        write_rows: writes rows, each by one element of ``writelines``.

    Returns:
        The number of fillings put in.
    """
    file = _bytes.TextFile.read(chunks, reading)
    rows = rows_of(iter([file.data]), reading)
    first = list(itertools.islice(rows, SAMPLE))
    if not first:
        stream.write(file.data)
        return 0
    table = _Table(find_columns(first, reading), reading)
    changed = dict(table.filled(itertools.chain(first, rows), iter(fillings)))
    if not table.written:
        stream.write(file.data)
        return 0
    pieces = _Pieces()
    write_rows(cast("BinaryIO", pieces), iter(changed.values()))
    new = _replaced(file.text, dict(zip(changed, pieces.written, strict=True)), table.begun)
    stream.write(file.encoded(new))
    return table.written


class _Pieces:
    """What ``write_rows`` writes into: the bytes of each row apart."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Take the rows."""
        self.written.extend(lines)


def _replaced(text: str, changed: dict[int, bytes], begun: list[int]) -> str:
    r"""The text of a table with new rows in the place of the lines of the old ones.

    Args:
        text: the table.
        changed: new rows by the 1-based line where the old one begins.
        begun: the lines where rows begin, in order.

    >>> _replaced("fr\r\noui\r\n\r\n", {2: b"non\n"}, [1, 2])
    'fr\r\nnon\r\n\r\n'
    """
    break_ = _rows.line_break(text)
    lines = text.split(break_)
    following = dict(zip(begun, [*begun[1:], len(lines) + 1], strict=True))
    for line in reversed(changed):
        end = following[line]
        while end > line + 1 and not lines[end - 2].strip():
            end -= 1
        row = changed[line].decode().removesuffix("\n").removesuffix("\r")
        lines[line - 1 : end - 1] = [row + ("\r" if lines[end - 2].endswith("\r") else "")]
    return break_.join(lines)


class _Table:
    """A table whose target column is filled."""

    def __init__(self, columns: Columns, reading: Reading) -> None:
        self.columns = columns
        self.target = _target_column(columns, reading)
        self.marks: list[int] = []
        self.begun: list[int] = []
        self.written = 0

    def filled(self, rows: Iterator[Row], fillings: Iterator[Filling | None]) -> Iterator[Row]:
        """The rows that change: the header where there is one, and those of the fillings."""
        if self.columns.header:
            line, names = next(rows)
            self.begun.append(line)
            yield line, self._header(names)
        for line, cells in rows:
            self.begun.append(line)
            filling = next(fillings, None) if unit_of(cells, self.columns) else None
            if filling is None:
                continue
            self.written += 1
            figures = f"{filling.percent}", filling.origin
            for number, text in [
                (self.target, filling.target.text),
                *zip(self.marks, figures, strict=False),
            ]:
                cells.extend([""] * (number + 1 - len(cells)))
                cells[number] = text
            yield line, cells

    def _header(self, names: list[str]) -> list[str]:
        """The header with the columns that are missing; finds the marks' columns."""
        named = {name: number for number, name in self.columns.named}
        for mark in MARKS:
            if mark not in named:
                names.append(mark)
            self.marks.append(named.get(mark, len(names) - 1))
        return names


def _target_column(columns: Columns, reading: Reading) -> int:
    """The column of the target language asked for, else the second text column."""
    numbers = {language: number for number, language in columns.languages}
    tag = bcp47.choose(reading.target, list(numbers)) if reading.target else None
    return numbers[tag] if tag else columns.languages[1][0]
