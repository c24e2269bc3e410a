"""The variants of a memory as rows, and the numbers by which the index knows their tokens."""

from __future__ import annotations

import functools
import zlib
from typing import TYPE_CHECKING

from tm.language.keys import unaccented
from tm.store.records import DamagedError
from tm.store.seals import of_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    Row = tuple[str, int, str, str, str | None]
    """Language without region, unit, and the fields of a ``records.Record`` variant."""

RUN = 1 << 17
"""Units of a run, at most: made in about four seconds. With half as many a look-up takes a third longer."""

_SELECT = (
    "SELECT base, unit, tag, text, extra, position, variant.seal"
    " FROM variant LEFT JOIN language ON language.id = language"
)


@functools.lru_cache(maxsize=1 << 16)
def hashed(token: str, base: str) -> int:
    """The 32 bits of a key token in one language, its accents left out, which may be missing on capitals; in
    another language it has other bits, so that lists do not mix.

    >>> hashed("carte", "fr") == hashed("carte", "fr"), hashed("carte", "fr") == hashed("carte", "pt")
    (True, False)
    >>> hashed("école", "fr") == hashed("ecole", "fr")
    True
    """
    return zlib.crc32(unaccented(token).encode("utf-8", "surrogatepass"), _seed(base))


@functools.cache
def _seed(base: str) -> int:
    return zlib.crc32(base.encode())


def between(connection: sqlite3.Connection, after: int, upto: int, base: str | None = None) -> Iterator[Row]:
    """Rows (``Row``) of the variants of neighbouring units, in order.

    Args:
        connection: of the memory.
        after: the unit before the first.
        upto: the last unit.
        base: only this language.
    """
    return _selected(connection, "unit > ? AND unit <= ? AND base = coalesce(?, base)", (after, upto, base))


def of_units(connection: sqlite3.Connection, units: str, base: str) -> Iterator[Row]:
    """Rows of the variants that units of these numbers (a JSON list) have in one language, in order."""
    return _selected(connection, "unit IN (SELECT value FROM json_each(?)) AND base = ?", (units, base))


def _selected(connection: sqlite3.Connection, condition: str, values: tuple[object, ...]) -> Iterator[Row]:
    rows = connection.execute(f"{_SELECT} WHERE {condition} ORDER BY unit, position", values)
    for base, unit, tag, text, extra, position, sealed in rows:
        if of_text(unit, position, tag, text, extra) != sealed:
            raise DamagedError
        yield base, unit, tag, text, extra
