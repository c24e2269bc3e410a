"""Which sheets of a workbook are its table: not the cover before it, but the sheets of the same columns behind it.

In: for each sheet its title and its rows. Out: ``Table``, the rows of one table. ``table`` takes the first sheet with a
row that names two languages, else the first of all; sheets under the same heads follow.

>>> from tm.formats._format import Reading
>>> cover, terms = [(1, ["Version 3"])], [(1, ["fr", "pt"]), (2, ["pont", "ponte"])]
>>> more = [(1, ["fr", "pt"]), (2, ["rive", "margem"])]
>>> sheets = [("Cover", lambda: iter(cover)), ("A", lambda: iter(terms)), ("B", lambda: iter(more))]
>>> [cells for _, cells in table(sheets, Reading("a.xlsx")).rows]
[['fr', 'pt'], ['pont', 'ponte'], ['rive', 'margem']]
"""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._column_languages import text_languages
from tm.formats._columns import SAMPLE, header_row
from tm.formats._term_columns import language_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.formats._format import Reading
    from tm.formats._rows import Row

log = logging.getLogger(__name__)

_BETWEEN = re.compile(r"\s*(?:→|>|/|\bto\b|\bvers\b|\bpara\b|[-_ –—])\s*", re.IGNORECASE)
"""What may stand between two languages in the name of a sheet."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a workbook.

    Attributes:
        rows: of the sheets that make it up, the heads once.
        reading: with the languages that the name of the sheet says, where nothing else does.
        title: the name of its first sheet; "" when that is the first of the workbook.
        unread: the names of sheets with something in them that are no part of it.
    """

    rows: Iterator[Row]
    reading: Reading
    title: str
    unread: list[str]

    def name_unread(self) -> None:
        """Log which sheets are no part of the table."""
        if self.unread:
            which = f"the sheet {self.title}" if self.title else "the first sheet"
            log.warning("%s: only %s is read; not %s", self.reading.path, which, ", ".join(self.unread))


def table(sheets: Sequence[tuple[str, Callable[[], Iterator[Row]]]], reading: Reading) -> Table:
    """The table of a workbook, from the first rows of each sheet.

    Args:
        sheets: the title of each, and what gives its rows from the first one on.
        reading: of the workbook.
    """
    samples = [list(itertools.islice(rows(), SAMPLE)) for _, rows in sheets]
    heads = [_head(sample, reading) for sample in samples]
    first = next((number for number, head in enumerate(heads) if head), 0)
    head = heads[first]
    if not head:
        reading = _named(sheets[first][0], samples[first], reading)
    like = [number for number in range(first + 1, len(sheets)) if head and heads[number] == head]
    parts = [sheets[first][1]()]
    parts += [_below(sheets[number][1](), head) for number in like]
    unread = [
        title
        for number, (title, _) in enumerate(sheets)
        if samples[number] and number != first and number not in like
    ]
    return Table(itertools.chain.from_iterable(parts), reading, sheets[first][0] if first else "", unread)


def _head(sample: Sequence[Row], reading: Reading) -> list[str]:
    """The names of a sheet's columns; none where no row names two languages."""
    number = header_row(sample, reading)
    return [] if number is None else [cell.strip().lower() for cell in sample[number][1]]


def _below(rows: Iterator[Row], head: Sequence[str]) -> Iterator[Row]:
    """The rows below the one with the names of the columns."""
    for _, cells in rows:
        if [cell.strip().lower() for cell in cells] == head:
            break
    yield from rows


def _named(title: str, sample: Sequence[Row], reading: Reading) -> Reading:
    """The reading with the languages that the name of a sheet says, where its texts do not speak against them.

    >>> from tm.formats._format import Reading
    >>> rows = [(1, ["le pont sur la rivière", "a ponte sobre o rio"])]
    >>> named = _named("FR-PT_BR", rows, Reading("a.xlsx"))
    >>> named.source, named.target
    ('fr', 'pt-BR')
    """
    pair = _languages_in(title)
    if not pair or reading.source or reading.target:
        return reading
    detected = text_languages(sample, (0, 1), replace(reading, path=f"{reading.path}, {title}"))
    for tag, said in zip(pair, detected, strict=True):
        if said != "und" and bcp47.base(tag) != bcp47.base(said):
            return reading
    return replace(reading, source=pair[0], target=pair[1])


def _languages_in(title: str) -> tuple[str, str] | None:
    """The two languages that a title names.

    >>> _languages_in("FR-PT_BR"), _languages_in("French to Portuguese (Brazil)"), _languages_in("Glossary")
    (('fr', 'pt-BR'), ('fr', 'pt-BR'), None)
    """
    for match in _BETWEEN.finditer(title):
        pair = language_named(title[: match.start()].strip()), language_named(title[match.end() :].strip())
        if all(pair) and bcp47.base(pair[0]) != bcp47.base(pair[1]):
            return pair
    return None
