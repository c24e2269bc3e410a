"""The table of runs: what is kept of each run beside its lists, and that none of it is lost.

A row has a run's language, the range of its units, how its segments lie (``layout.Layout``) and the unit of each
segment, or their letters (``compounds.py``).

>>> import sqlite3
>>> from tm.store.sqlite import SQLiteStore
>>> connection = SQLiteStore(":memory:", create=True)._connection
>>> number = write(connection, "fr", (0, 7), "d1", b"sizes", b"units")
>>> [(run.after, run.last, run.sizes) for run in runs(connection, "fr")], units(connection, number)
([(0, 7, b'sizes')], b'units')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tm.store.records import DamagedError
from tm.store.seals import Kept, check, seal

if TYPE_CHECKING:
    import sqlite3


class StoredRun(NamedTuple):
    """A row without the units.

    Attributes:
        id: its number.
        base: the language without region; of letters ``compounds`` says what stands here.
        after: the unit before its first one.
        last: its last unit.
        digest: of this run and those before.
        sizes: how its segments lie.
    """

    id: int
    base: str
    after: int
    last: int
    digest: str
    sizes: bytes


def write(
    connection: sqlite3.Connection,
    base: str,
    unit_range: tuple[int, int],
    digest: str,
    sizes: bytes,
    units: bytes,
) -> int:
    """Put a run into the table; its number."""
    fields = (base, *unit_range, digest)
    number = connection.execute(
        "INSERT INTO run (base, after, last, digest, seal, unit_seal, sizes, units) VALUES (?, ?, ?, ?, 0, 0, ?, ?)",
        (*fields, sizes, units),
    ).lastrowid
    assert number is not None
    connection.execute(
        "UPDATE run SET seal = ?, unit_seal = ? WHERE id = ?",
        (seal(number, *fields, sizes), seal(number, units), number),
    )
    _count(connection)
    return number


def drop(connection: sqlite3.Connection, last: int) -> None:
    """Take the runs that end with a unit out of the table."""
    connection.execute("DELETE FROM run WHERE last = ?", (last,))
    _count(connection)


def _count(connection: sqlite3.Connection) -> None:
    (number,) = connection.execute("SELECT count(*) FROM run").fetchone()
    Kept.read(connection)._replace(runs=number).write(connection)


def runs(connection: sqlite3.Connection, base: str, after: int = 0) -> list[StoredRun]:
    """The runs of a language that end after a unit, the oldest first.

    Raises:
        DamagedError: one is not what was written, or is lost.
    """
    (number,) = connection.execute("SELECT count(*) FROM run").fetchone()
    if number != Kept.read(connection).runs:
        raise DamagedError
    rows = connection.execute(
        "SELECT id, base, after, last, digest, sizes, seal FROM run WHERE base = ? AND last > ? ORDER BY last",
        (base, after),
    )
    stored = []
    for *fields, sealed in rows:
        check(sealed, *fields)
        stored.append(StoredRun(*fields))
    return stored


def units(connection: sqlite3.Connection, number: int) -> bytes:
    """The units of a run, or its letters."""
    row = connection.execute("SELECT units, unit_seal FROM run WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise DamagedError
    stored, sealed = row
    check(sealed, number, stored)
    return bytes(stored)
