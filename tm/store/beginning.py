"""A new memory, made whole before anybody sees it.

It is made in the computer's memory and written like any other output: aside, to disk, then under its name if no
other program was faster; then that one's is used. So it is there with all its tables or not there, and who begins
it at the same time finds one memory.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "news.tm")
...     begin(path), begin(path), path.read_bytes()[:15]
(True, False, b'SQLite format 3')
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from tm import files
from tm.errors import FormatError, StoreError
from tm.store import migration
from tm.store.copying import is_empty
from tm.store.index import Index
from tm.store.opening import MEMORY, connect
from tm.store.records import DamagedError

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = slice(18, 20)
"""Where the head of an SQLite file says with which log it is written and read."""

_WAL = b"\2\2"


def begin(path: Path) -> bool:
    """Write an empty memory; False when there is a file of that name, which stays as it is.

    Raises:
        StoreError: it cannot be written.
    """
    with contextlib.closing(connect(MEMORY, create=True)) as connection:
        connection.execute("BEGIN")
        for _ in migration.steps(connection, Index(connection, None), 0):
            pass
        connection.execute("COMMIT")
        content = bytearray(connection.serialize())
    content[_KINDS] = _WAL
    try:
        return files.write_new(path, content)
    except FormatError as error:
        raise StoreError(f"{path}: {error.what}") from error


def take_back(path: Path) -> bool:
    """Remove a memory that was begun for nothing; False when it has or had anything, notes too, or another program has
    it open.

    Who opens the file in the moment before it is gone finds the mark of no memory in it, and adds nothing to it.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "news.tm")
    ...     begin(path), take_back(path), path.exists()
    (True, True, False)
    """
    try:
        address = f"{path.absolute().as_uri()}?mode=rw"
        with contextlib.closing(
            sqlite3.connect(address, uri=True, isolation_level=None, timeout=0)
        ) as database:
            if not _is_marked_as_none(database):
                return False
            path.unlink(missing_ok=True)
            return True
    except (sqlite3.Error, DamagedError):
        return False


def _is_marked_as_none(database: sqlite3.Connection) -> bool:
    """Mark an empty memory that nobody else has open as no memory; whether that could be done."""
    # SQLite gives up the log beside a database only when nobody else is connected.
    if database.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
        return False
    database.execute("BEGIN EXCLUSIVE")
    if not is_empty(database):
        database.execute("ROLLBACK")
        database.execute("PRAGMA journal_mode = WAL")
        return False
    database.execute("PRAGMA application_id = 1")
    database.execute("COMMIT")
    return True
