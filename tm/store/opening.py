"""An SQLite file opened as a memory, and what SQLite's errors mean for the user."""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tm import databases
from tm.errors import StoreError
from tm.store import tickets
from tm.store.records import DamagedError
from tm.store.seals import seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAMAGED = (
    "damaged; restore a copy, or save what is whole: tm check -m MEMORY says what is hurt, "
    "tm export OUT.tmx -m MEMORY --recover leaves it out"
)

MEMORY = ":memory:"
"""SQLite's name for a database without a file."""

WAIT = 30.0
"""Seconds to wait for another program that is writing: a batch takes two, the index of 131,072 units about
ten."""


class MovedError(StoreError):
    """The file of an open memory has been removed, or another one has its name now."""


class Connection(sqlite3.Connection):
    """A connection whose file keeps its locks until it is closed (``tm.databases``)."""

    held: databases.Held | None = None
    path: Path | None = None

    @functools.cached_property
    def queue(self) -> tickets.Queue | None:
        """Those who want to write into the file, where the system lets them queue up."""
        return tickets.queue_of(self.held)

    stream = sqlite3.Connection.execute
    """SQLite gives rows as they are asked for anyway."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put rows into a table (``tm.store.database.Tables``).

        >>> connection = connect(":memory:", create=True)
        >>> _ = connection.execute("CREATE TABLE pair (a, b)")
        >>> connection.insert("pair", ("a", "b"), [(1, 2), (3, 4)])
        >>> connection.execute("SELECT sum(b) FROM pair").fetchone()
        (6,)
        """
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of ours
        self.executemany(statement, rows)

    def close(self) -> None:
        """Close the database, then let go of its file."""
        super().close()
        if self.held:
            self.held.close()

    def __del__(self) -> None:
        """Close what nobody closed."""
        with contextlib.suppress(sqlite3.Error):
            self.close()


def connect(path: str, *, create: bool) -> Connection:
    """The database at a path, in which nothing is read yet.

    Raises:
        StoreError: there is none, or another file.

    >>> connect("no such.tm", create=False)
    Traceback (most recent call last):
    tm.errors.StoreError: no such.tm: no such memory; tm add FILE -m no such.tm makes it
    """
    if path == MEMORY:
        return _with_seals(sqlite3.connect(path, isolation_level=None, factory=Connection))
    file = Path(path)
    if not os.path.exists(path):  # of a name that is too long Path would not say no
        if not create:
            raise StoreError(f"{path}: no such memory; tm add FILE -m {path} makes it")
        if not os.path.isdir(file.absolute().parent):
            raise StoreError(f"{path}: the folder {file.parent} does not exist")
        held = None
    else:
        held = _held(file)
    try:
        connection = sqlite3.connect(
            _uri(file),
            uri=True,
            isolation_level=None,
            timeout=WAIT,
            factory=Connection,
            check_same_thread=False,  # ``sessions.py`` does
        )
    except sqlite3.Error:
        if held:
            held.close()
        raise
    connection.held, connection.path = held, file
    return _with_seals(connection)


def _with_seals(connection: Connection) -> Connection:
    connection.create_function("seal", -1, seal, deterministic=True)
    return connection


def _uri(file: Path) -> str:
    """The file's address for SQLite, which must be told where nothing may be written, or it would ask for its
    log."""
    folder = file.absolute().parent
    if not os.path.exists(file) or (os.access(file, os.W_OK) and os.access(folder, os.W_OK)):
        return file.absolute().as_uri()
    log = file.with_name(f"{file.name}-wal")
    # The log of an interrupted import must be read; "immutable" would pass it over.
    mode = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return f"{file.absolute().as_uri()}?{mode}"


def _held(file: Path) -> databases.Held:
    """A file that is a memory or may become one."""
    try:
        begin = databases.head(file, len(databases.MAGIC))
        if begin and begin != databases.MAGIC:
            raise StoreError(f"{file}: not a memory; to put a file into one: tm add {file} -m MEMORY.tm")
        return databases.hold(file)
    except IsADirectoryError:
        raise StoreError(f"{file}: a folder, not a memory") from None
    except OSError as error:
        raise StoreError(f"{file}: {(error.strerror or str(error)).lower()}") from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is writing.

    >>> is_busy(sqlite3.OperationalError("no such table"))
    False
    """
    return name_of(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def name_of(error: sqlite3.Error) -> str:
    """SQLite's name of an error, "" when it has none.

    >>> name_of(sqlite3.Error("odd"))
    ''
    """
    return error.sqlite_errorname if hasattr(error, "sqlite_errorname") else ""


class Naming:
    """What fails inside with an error of SQLite's, or since a row is damaged, is said in a line about the memory.

    >>> with Naming("news.tm"):
    ...     raise DamagedError
    Traceback (most recent call last):
    tm.errors.StoreError: news.tm: damaged; restore a copy, ...
    """

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        """Of a memory of this name."""
        self.name = name

    def __enter__(self) -> None:
        """Nothing is done yet."""

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        """Say what failed."""
        if isinstance(error, (sqlite3.Error, DamagedError, UnicodeError)):
            raise StoreError(f"{self.name}: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What an error means, and what to do.

    >>> reason(sqlite3.ProgrammingError("Cannot operate on a closed database."))
    'the memory is closed; open it again'
    """
    if isinstance(error, UnicodeEncodeError):
        return f"cannot keep U+{ord(error.object[error.start]):04X}, which is half a character; take it out"
    if not isinstance(error, sqlite3.Error) or "Could not decode" in str(error):
        return DAMAGED
    match name_of(error):
        case _ if is_busy(error):
            return f"another program is writing to it; waited {WAIT:g} seconds, try again when it is done"
        case name if name.startswith("SQLITE_READONLY"):
            return "may not be written; the file and its folder must be writable"
        case "SQLITE_FULL":
            return "the disk is full; what was acknowledged is safe, make room and run it again"
        case name if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return DAMAGED
        case name if name.startswith("SQLITE_CANTOPEN"):
            return "cannot be opened; the folder must be readable, and writable for a new memory"
    if "same thread" in str(error):
        return "has no file, and belongs to the thread that opened it"
    if "closed database" in str(error):
        return "the memory is closed; open it again"
    return str(error)


def is_damage(error: StoreError) -> bool:
    """Whether an error says that an SQLite file is not what was written.

    >>> is_damage(StoreError("the server does not answer"))
    False
    """
    cause = error.__cause__
    return isinstance(cause, (sqlite3.Error, DamagedError)) and reason(cause) == DAMAGED
