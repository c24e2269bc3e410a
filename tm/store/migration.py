"""A memory of an older version brought up to date: all of it in one transaction, or nothing.

1. ``steps`` changes the tables by the scripts of ``schema.py`` that the memory has not been through.
2. Of a memory whose version computed identities otherwise, ``_identify_again`` computes what units are compared
   by; texts, numbers and history stay. The index is made again, run by run.
3. Rows get their seals (``seals.py``). From then on a program of the version before that has the memory open
   can write no more into it.

Who waits for it may watch: the steps are counted by ``count``.

>>> from tm.store.index import Index
>>> from tm.store.opening import connect
>>> connection = connect(":memory:", create=True)
>>> [*steps(connection, Index(connection, None), 0)], connection.execute("PRAGMA user_version").fetchone()
([], (4,))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.store import index as index_module
from tm.store import seals, variants
from tm.store.identity import identify
from tm.store.ledger import kept_records
from tm.store.records import restored
from tm.store.schema import APPLICATION_ID, GUARDS, MIGRATIONS, SOURCES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

UNITS = 20_000
"""Units whose identities are computed together: half a second."""

IDENTIFIED = 3
"""The version since which identities are as they are."""


def count(connection: sqlite3.Connection, version: int) -> int:
    """How many steps it takes: those of the identities, then the runs of the index."""
    if version >= IDENTIFIED:
        return 1
    newest = _newest(connection)
    runs, rest = divmod(newest, variants.RUN)
    return -(-newest // UNITS) + runs + (rest >= index_module.LEAST)


def steps(connection: sqlite3.Connection, index: index_module.Index, version: int) -> Iterator[int]:
    """Bring a memory up to date inside the caller's transaction; the number of each step when it is done."""
    for script in MIGRATIONS[version:]:
        for statement in script.split(";"):
            connection.execute(statement)
    if version <= IDENTIFIED:
        seals.seal_texts(connection)
    starts = range(0, _newest(connection) if version < IDENTIFIED else 0, UNITS)
    for number, after in enumerate(starts):
        _identify_again(connection, after)
        yield number
    if version < IDENTIFIED:
        connection.execute(SOURCES)
    if version <= IDENTIFIED:
        seals.seal_all(connection)
    last = connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0]
    for guard in GUARDS if version < IDENTIFIED else ():
        connection.execute(guard.format(last=last))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    if version >= IDENTIFIED:
        yield 0
        return
    yield from (number for number, _ in enumerate(index.growing(index_module.LEAST), len(starts)))


def _newest(connection: sqlite3.Connection) -> int:
    tables = connection.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'unit'").fetchone()[0]
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0]) if tables else 0


def _identify_again(connection: sqlite3.Connection, after: int) -> None:
    """Write the identities of some units as this version computes them."""
    kept = list(kept_records(connection, "unit.id > ? AND unit.id <= ?", (after, after + UNITS)))
    connection.executemany(
        "UPDATE unit SET source = ?, content = ?, whole = ? WHERE id = ?",
        ((*identify(restored(record), record), number) for number, record in kept),
    )
