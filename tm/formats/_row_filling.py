"""Translations put into the target column of a table; a table with a header says percent and origin in columns of their own."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._columns import SAMPLE, find_columns
from tm.formats._unit_rows import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._columns import Columns
    from tm.formats._format import Filling, Reading
    from tm.formats._rows import Row

MARKS = ("match", "match-origin")
"""The columns that a filled table gets, unless it has them: the percent, and whose translation it is."""


def fill(
    rows: Iterator[Row],
    fillings: Iterable[Filling | None],
    reading: Reading,
    write_rows: Callable[[Iterator[list[str]]], object],
) -> int:
    """Give the rows, those with a filling changed, to what writes them; how many were changed."""
    first = list(itertools.islice(rows, SAMPLE))
    if not first:
        return 0
    table = _Table(find_columns(first, reading), reading)
    write_rows(table.filled(itertools.chain(first, rows), iter(fillings)))
    return table.written


class _Table:
    def __init__(self, columns: Columns, reading: Reading) -> None:
        self.columns = columns
        self.target = _target_column(columns, reading)
        self.marks: list[int] = []
        self.written = 0

    def filled(self, rows: Iterator[Row], fillings: Iterator[Filling | None]) -> Iterator[list[str]]:
        if self.columns.header:
            yield self._header(next(rows)[1])
        for _, cells in rows:
            filling = next(fillings, None) if unit_of(cells, self.columns) else None
            if filling is not None:
                self.written += 1
                figures = f"{filling.percent}", filling.origin
                for number, text in [
                    (self.target, filling.target.text),
                    *zip(self.marks, figures, strict=False),
                ]:
                    cells.extend([""] * (number + 1 - len(cells)))
                    cells[number] = text
            yield cells

    def _header(self, names: list[str]) -> list[str]:
        named = {name: number for number, name in self.columns.named}
        for mark in MARKS:
            if mark not in named:
                names.append(mark)
            self.marks.append(named.get(mark, len(names) - 1))
        return names


def _target_column(columns: Columns, reading: Reading) -> int:
    """That of the language asked for, else the second."""
    numbers = {language: number for number, language in columns.languages}
    tag = bcp47.choose(reading.target, list(numbers)) if reading.target else None
    return numbers[tag] if tag else columns.languages[1][0]
