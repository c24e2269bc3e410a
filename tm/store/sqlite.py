"""The memory as one SQLite file. Every file beside it can be deleted; it is made again."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47, databases
from tm.errors import StoreError
from tm.progress import unwatched
from tm.store import index, run_table, sessions, turns
from tm.store.addresses import Backend
from tm.store.opening import MEMORY, Naming, name_of
from tm.store.schema import APPLICATION_ID, MIGRATIONS, NEWER, RENEWED
from tm.store.tables import TableStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.progress import Progress
    from tm.store.database import Tables
    from tm.store.inspection import Damage
    from tm.store.opening import Connection
    from tm.store.protocol import Hits, Numbered
    from tm.store.sessions import ConnectionLoan, Loan, Session
    from tm.store.texts import Texts

HEADER = struct.Struct(">60xI4xI")
"""The head of an SQLite file, as far as it has the version of the tables and the number of the program."""

RENEWING = 600.0
"""Seconds to wait for another program that brings the same memory up to date: a million units take 70."""

CACHE = 100_000
"""Kilobytes that SQLite may hold in memory while units are added: they go to pages all over its tables."""


INTERRUPTED = 10_000
"""Units without an index that are indexed before the first search: an addition that goes on to its end leaves fewer.
To read them for one process takes longer."""


class SQLiteStore(TableStore):
    """A ``tm.store.protocol.Store`` in an SQLite file."""

    _is_caught_up = False
    _is_copy = False

    def __init__(self, path: str, *, create: bool = False, progress: Progress = unwatched) -> None:
        """Open the file; see ``tm.store.open_store``. One of an older version is brought up to date."""
        self.name = path
        with Naming(self.name):
            if create and path != MEMORY and _may_begin(Path(path)):
                from tm.store.beginning import begin

                begin(Path(path))
            self._sessions = sessions.Sessions(path, create=create, is_copy=self._is_copy)
            try:
                self._prepare(create, progress)
            except BaseException:
                self._sessions.close()
                raise

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._sessions.first.connection

    @property
    def _index(self) -> index.Index:
        return self._sessions.first.index

    def _prepare(self, create: bool, progress: Progress) -> None:  # noqa: FBT001 - both are the caller's
        with turns.Snapshot(self._connection):
            version = self._checked_version(create=create)
        if version == len(MIGRATIONS):
            return
        from tm.store import migration

        if not version:
            turns.execute_when_free(self._connection, "PRAGMA journal_mode = WAL")
        try:
            with turns.transaction(self._connection, RENEWING):
                # Another program may have done it meanwhile.
                version = self._checked_version(create=create)
                if version < len(MIGRATIONS):
                    steps = migration.steps(self._connection, self._index, version)
                    for _ in progress(steps, migration.count(self._connection, version)):
                        pass
        except sqlite3.OperationalError as error:
            if not name_of(error).startswith("SQLITE_READONLY"):
                raise
            raise StoreError(
                f"{self.name}: of an older version, and may not be written; copy it to a folder that may be "
                "written, where it is brought up to date when it is opened"
            ) from error

    def _checked_version(self, *, create: bool) -> int:
        """The version of the memory's tables, 0 of an empty file that may become a memory."""
        application, version = (
            self._sessions.first.value("PRAGMA application_id"),
            self._sessions.first.value("PRAGMA user_version"),
        )
        if (application, version) == (APPLICATION_ID, len(MIGRATIONS)):
            return version
        empty = not application and not self._sessions.first.value("SELECT count(*) FROM sqlite_schema")
        if empty and not create:
            raise StoreError(f"{self.name}: an empty file, not a memory; tm add makes one")
        if not empty and application != APPLICATION_ID:
            raise StoreError(f"{self.name}: an SQLite database of another program, not a memory")
        if version > len(MIGRATIONS):
            raise StoreError(f"{self.name}: {NEWER.format(version, len(MIGRATIONS))}")
        return version

    def close(self) -> None:
        """Let go of the file; SQLite puts the log into it and removes it."""
        with Naming(self.name):
            self._sessions.close()

    # --------------------------------------------------------------------------------------------- searching

    def similar(self, queries: Sequence[Sequence[str]], language: str, minimum: float) -> Iterator[Hits]:
        """For each query all units with a variant of this language whose words are like it, best first."""
        with self._searching() as session:
            yield from session.index.similar(queries, bcp47.base(language), minimum)

    def exact(self, texts: Texts, language: str) -> list[Numbered | None]:
        """For each text the units that have it in a variant of this language; None where only a search tells."""
        with self._searching() as session:
            return session.index.exact(texts, bcp47.base(language))

    def spelled(self, texts: Texts, language: str) -> list[list[int] | None]:
        """The numbers alone of ``exact``, those of units that are gone among them."""
        with self._searching() as session:
            return session.index.spelled(texts, bcp47.base(language))

    def containing(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens one after another, the newest first."""
        with self._searching() as session:
            yield from session.index.containing(query, bcp47.base(language))

    def holding(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens anywhere, the newest first."""
        with self._searching() as session:
            yield from session.index.holding(query, bcp47.base(language))

    def words(self, wildcard: str, language: str) -> list[str]:
        """The words for which a wildcard stands, in order; of units that are gone, too."""
        with self._searching() as session:
            return session.index.words(wildcard, bcp47.base(language))

    def stretches(self, query: Sequence[str], language: str, seeds: Sequence[int]) -> list[int]:
        """For each of the query's key tokens the end of the longest stretch from there that some unit has."""
        with self._searching() as session:
            return session.index.stretches(query, bcp47.base(language), seeds)

    # --------------------------------------------------------------------------------------------- inside

    @contextlib.contextmanager
    def _session(self) -> Iterator[Session]:
        """The connection with which the calling thread changes the memory."""
        with Naming(self.name), self._sessions.borrowed() as session:
            yield session

    def _searching(self) -> Loan:
        """A connection of one's own. The first time the units are indexed that an interrupted addition left."""
        if not self._is_caught_up:
            self._is_caught_up = True
            if self._sessions.path and os.access(self._sessions.path, os.W_OK):
                with contextlib.suppress(StoreError):  # those who search compare them
                    self._grow(INTERRUPTED)
        return self._sessions.lent()

    def _reading(self) -> ConnectionLoan:
        return sessions.ConnectionLoan(self._sessions)

    @contextlib.contextmanager
    def _moment(self) -> Iterator[Connection]:
        with self._reading() as connection, turns.Snapshot(connection):
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._session() as session:
            yield session.connection

    @contextlib.contextmanager
    def _transaction(self, tables: Tables) -> Iterator[None]:  # noqa: ARG002 - the thread has one connection
        with self._session() as session, turns.transaction(session.connection):
            self._sessions.check_place()
            if session.value("PRAGMA user_version") > len(MIGRATIONS):
                raise StoreError(f"{self.name}: {RENEWED}")
            yield

    def _expect_many(self, tables: Tables) -> None:
        tables.execute(f"PRAGMA cache_size = {-CACHE}")

    def _damages_of_engine(self, tables: Tables) -> Iterator[Damage]:
        from tm.store import inspection

        yield from inspection.structure(tables)

    def _damages_of_index(self) -> Iterator[Damage]:
        from tm.store import inspection

        with self._reading() as tables:
            yield from inspection.index(tables)

    def _grow(self, least: int) -> None:
        """Index the units that wait, if no other program does it; others may write meanwhile."""
        with self._session() as session:
            last, newest = run_table.waiting(session.connection)
            if newest - last < least:
                return
            from tm.store import growth

            with growth.turn(self._sessions.path) as is_free:
                while is_free and (new_runs := session.grown(least)):
                    with self._transaction(session.connection):
                        growth.put(session.connection, new_runs)


def _may_begin(path: Path) -> bool:
    return not os.path.exists(path) and os.path.isdir(path.resolve().parent)


def _renew(path: str, progress: Progress) -> None:
    """Bring a memory of an older version up to date; any other file is left alone, unopened."""
    try:
        header = databases.head(path, HEADER.size)
    except OSError:
        return
    if len(header) == HEADER.size:
        version, application = HEADER.unpack(header)
        if application == APPLICATION_ID and version < len(MIGRATIONS):
            SQLiteStore(path, progress=progress).close()


def _take_back(path: str) -> None:
    from tm.store.beginning import take_back

    take_back(Path(path))


SQLITE = Backend(
    "sqlite", lambda path, create: SQLiteStore(path, create=create), _renew, os.path.exists, _take_back
)
