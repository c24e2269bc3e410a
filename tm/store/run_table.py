"""The table of runs: what is kept of each run beside its lists, and that none of it is lost.

A row has a run's language, the range of its units, how its segments lie (``layout.Layout``) and the unit of each
segment, or their letters (``compounds.py``).

>>> import sqlite3
>>> from tm.store.sqlite import SQLiteStore
>>> connection = SQLiteStore(":memory:", create=True)._connection
>>> replace(connection, [], [NewRun(StoredRun(1, "fr", 0, 7, "d1", b"sizes"), b"units")])
>>> [(run.after, run.last, run.sizes) for run in runs(connection, "fr")], units(connection, 1)
([(0, 7, b'sizes')], b'units')
>>> waiting(connection)
(7, 0)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tm.store.records import DamagedError
from tm.store.seals import Kept, check, seal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


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


class NewRun(NamedTuple):
    """A row with its units.

    Attributes:
        described: all else.
        units: of each segment, or their letters.
    """

    described: StoredRun
    units: bytes


def replace(connection: sqlite3.Connection, old: Iterable[int], new: Iterable[NewRun]) -> None:
    """Put runs into the table, in the place of those of some numbers."""
    connection.executemany("DELETE FROM run WHERE id = ?", [(number,) for number in old])
    rows = [(*run[:-1], seal(*run), seal(run.id, run_units), run.sizes, run_units) for run, run_units in new]
    connection.executemany(
        "INSERT INTO run (id, base, after, last, digest, seal, unit_seal, sizes, units)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    (number,) = connection.execute("SELECT count(*) FROM run").fetchone()
    Kept.read(connection)._replace(runs=number).write(connection)


def waiting(connection: sqlite3.Connection) -> tuple[int, int]:
    """The last unit that is in the index, and the last unit of the memory."""
    last, newest = connection.execute(
        "SELECT coalesce((SELECT last FROM run ORDER BY id DESC LIMIT 1), 0), coalesce((SELECT max(id) FROM unit), 0)"
    ).fetchone()
    return last, newest


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
