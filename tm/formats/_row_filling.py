r"""Translations put into the target column of a table.

In: the rows of a table and the fillings. Out: the rows with the translations, given to what writes them. A
table with a header gets two more columns, for percent and origin.

1. ``fill`` finds the columns from the first rows; ``_target_column`` chooses the one to fill.
2. ``_Table.filled`` puts a filling into each row that is a unit; ``_header`` adds the columns.

>>> from tm.formats.authoring import Filling, Reading
>>> from tm.model import Segment
>>> rows = iter([(1, ["fr", "pt"]), (2, ["oui", ""]), (3, ["non", ""])])
>>> fillings = [Filling(Segment("sim"), 101, "day"), None]
>>> fill(rows, fillings, Reading("a.tsv"), lambda filled: print(*filled, sep="\n"))
['fr', 'pt', 'match', 'match-origin']
['oui', 'sim', '101', 'day']
['non', '']
1
"""

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
"""The columns that a filled table gets: the percent, and the origin of the translation."""


def fill(
    rows: Iterator[Row],
    fillings: Iterable[Filling | None],
    reading: Reading,
    write_rows: Callable[[Iterator[list[str]]], object],
) -> int:
    """Give the rows to a function that writes them, with the fillings in the target column.

    Returns:
        The number of fillings put in.
    """
    first = list(itertools.islice(rows, SAMPLE))
    if not first:
        return 0
    table = _Table(find_columns(first, reading), reading)
    write_rows(table.filled(itertools.chain(first, rows), iter(fillings)))
    return table.written


class _Table:
    """A table whose target column is filled."""

    def __init__(self, columns: Columns, reading: Reading) -> None:
        self.columns = columns
        self.target = _target_column(columns, reading)
        self.marks: list[int] = []
        self.written = 0

    def filled(self, rows: Iterator[Row], fillings: Iterator[Filling | None]) -> Iterator[list[str]]:
        """The rows, with the fillings in those that are units."""
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
