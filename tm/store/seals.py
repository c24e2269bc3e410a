"""Seals: what is read from a memory is what was written, or it is damage and is named.

Disks flip bits and lose pages, and SQLite notices that only where its own structure suffers. So every row has a
*seal*, a CRC-32 of its fields, which is looked at whenever the row is read. A row that is missing has no seal;
that it was never there is known otherwise:

1. Units are numbered from 1 without a gap, and so are changes: one that is not there is lost. A unit's seal
   knows how many variants it has.
2. Of the rows that are there ``Kept`` has the counts, so that none is missed at an end.
3. The list of a token names the next one of its run: between the two there is none (``postings.py``).

What SQLite finds out by itself (``SQLITE_CORRUPT``) is the same to the user.

>>> seal(7, "fr", "oui", None) == seal(7, "fr", "oui", None), seal(7, "fr", "oui", None) == seal(7, "fr", "Oui", None)
(True, False)
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple, Self

from tm.store.records import DamagedError

if TYPE_CHECKING:
    import sqlite3

    from tm.store.database import Database, Rows

    Field = int | str | bytes | None

_MARKED = (
    "SELECT id, source, content, whole, added, extra, (SELECT count(*) FROM variant WHERE unit = id) FROM unit"
    " WHERE id > ? AND {} ORDER BY id LIMIT ?"
)
_CHANGE = "SELECT id, date, action, name, added, removed, finished, undone FROM change WHERE id = ?"
_LANGUAGES = "SELECT tag, base, variants, seal FROM language"
_TOGETHER = 20_000
"""Units that are marked together."""


def seal(*fields: Field) -> int:
    """The seal of a row's fields, in 32 bits; bytes come last, if at all.

    >>> seal("pont", b"12") == seal("pont", b"13")
    False
    """
    last = fields[-1]
    if isinstance(last, bytes):
        return zlib.crc32(last, seal(*fields[:-1]))
    # Not repr: what it escapes differs between versions of Python.
    return zlib.crc32(("%s\x1f" * len(fields) % fields).encode())


def of_text(unit: int, position: int, tag: str, text: str, extra: str | None) -> int:
    """``seal`` of a variant's fields, in six tenths of the time: all texts that are read or written are sealed.

    >>> of_text(7, 0, "fr", "oui", None) == seal(7, 0, "fr", "oui", None)
    True
    """
    return zlib.crc32(f"{unit}\x1f{position}\x1f{tag}\x1f{text}\x1f{extra}\x1f".encode())


def check(kept: int, *fields: Field) -> None:
    """Compare a row with its seal.

    Raises:
        DamagedError: it is not what was written.

    >>> check(seal(1, "a"), 1, "a")
    """
    if seal(*fields) != kept:
        raise DamagedError


class Kept(NamedTuple):
    """How many rows there are, as the memory keeps it beside them.

    Attributes:
        units: all that ever came: the number of the newest.
        present: those that are there now.
        changes: of the history.
        runs: of the index.
    """

    units: int
    present: int
    changes: int
    runs: int

    @classmethod
    def read(cls, connection: Database) -> Self:
        """The counts.

        Raises:
            DamagedError: they are lost, or not what was written.
        """
        rows = connection.execute("SELECT units, present, changes, runs, seal FROM kept").fetchall()
        if len(rows) != 1:
            raise DamagedError
        *counts, sealed = rows[0]
        check(sealed, *counts)
        return cls(*counts)

    def write(self, connection: Database) -> None:
        """Keep the counts in the place of those before."""
        row = (*self, seal(*self))
        counts = "UPDATE kept SET units = ?, present = ?, changes = ?, runs = ?, seal = ?"
        if not connection.execute(counts, row).rowcount:
            connection.execute("INSERT INTO kept VALUES (?, ?, ?, ?, ?)", row)


def seal_changed(connection: Database, change: int, present: int) -> None:
    """Seal a change and what it changed of the counts, inside its transaction.

    Args:
        connection: of the memory.
        change: its number.
        present: how many more units there are now.
    """
    # All is asked before any of it is read: a server answers it together.
    changed, languages = connection.execute(_CHANGE, (change,)), connection.execute(_LANGUAGES)
    units = connection.execute("SELECT coalesce(max(id), 0) FROM unit")
    kept = Kept.read(connection)
    _seal_change(connection, changed)
    _seal_languages(connection, languages)
    (newest,) = units.fetchone()
    kept._replace(units=newest, present=kept.present + present, changes=max(kept.changes, change)).write(
        connection
    )


def _seal_change(connection: Database, rows: Rows) -> None:
    row = rows.fetchone()
    connection.execute("UPDATE change SET seal = ? WHERE id = ?", (seal(*row), row[0]))


def _seal_languages(connection: Database, rows: Rows) -> None:
    resealed = [(seal(*fields), fields[0], sealed) for *fields, sealed in rows.fetchall()]
    connection.executemany(
        "UPDATE language SET seal = ? WHERE tag = ?", [(new, tag) for new, tag, old in resealed if new != old]
    )


def mark(connection: Database, change: int | None, where: str, value: int) -> int:
    """Write into units that a change took them out, or that none did.

    Args:
        connection: of the memory.
        change: its number, None for none.
        where: which units, in SQL; its question mark is the value.
        value: a number of a unit or of a change.

    Returns:
        How many units it were.
    """
    last, marked = 0, 0
    while True:
        rows = connection.execute(_MARKED.format(where), (last, value, _TOGETHER)).fetchall()
        connection.executemany(
            "UPDATE unit SET removed = ?, seal = ? WHERE id = ?",
            [
                (change, seal(*fields, change, extra, variants), fields[0])
                for *fields, extra, variants in rows
            ],
        )
        marked += len(rows)
        if len(rows) < _TOGETHER:
            return marked
        last = rows[-1][0]


def seal_texts(connection: sqlite3.Connection) -> None:
    """Seal the texts of a memory of a version that had no seals."""
    connection.execute(
        "UPDATE variant SET seal ="
        " seal(unit, position, (SELECT tag FROM language WHERE id = variant.language), text, extra)"
    )


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal all else, once the units have their identities."""
    connection.execute(
        "UPDATE unit SET seal = seal(id, source, content, whole, added, removed, extra,"
        " (SELECT count(*) FROM variant WHERE unit = id))"
    )
    connection.execute("UPDATE note SET seal = seal(name, value)")
    _seal_languages(connection, connection.execute(_LANGUAGES))
    for change in connection.execute("SELECT id FROM change").fetchall():
        _seal_change(connection, connection.execute(_CHANGE, change))
    counts = connection.execute(
        "SELECT (SELECT coalesce(max(id), 0) FROM unit), (SELECT count(*) FROM unit WHERE removed IS NULL),"
        " (SELECT coalesce(max(id), 0) FROM change), (SELECT count(*) FROM run)"
    ).fetchone()
    Kept(*counts).write(connection)
