"""The memory as one SQLite file. Every file beside it can be deleted; it is made again.

Rows are never deleted and their numbers never used twice. A unit that goes out keeps its row, with the number
of the change that took it out: so every change can be undone, and an index that still has the unit is only
out of date.
"""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tm import bcp47, databases
from tm.errors import StoreError
from tm.progress import unwatched
from tm.store import history, index, records, rows, run_table, seals, sessions, turns, variants
from tm.store.opening import MEMORY, name_of, reason
from tm.store.protocol import Backend
from tm.store.schema import APPLICATION_ID, MIGRATIONS, RENEWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from tm.model import Unit
    from tm.progress import Progress
    from tm.store.addition import Addition, Identified
    from tm.store.inspection import Damage
    from tm.store.ledger import SQLiteLedger
    from tm.store.protocol import Added, Change, Hits, OnSame
    from tm.store.rehearsal import Rehearsal
    from tm.store.sessions import Session
    from tm.store.stored import Stored

HEADER = struct.Struct(">60xI4xI")
"""The head of an SQLite file, as far as it has the version of the tables and the number of the program."""

RENEWING = 600.0
"""Seconds to wait for another program that brings the same memory up to date: a million units take 70."""

CACHE = 100_000
"""Kilobytes that SQLite may hold in memory while units are added: they go to pages all over its tables."""

BATCH = 20_000
"""Units of a transaction. More make it cheaper (their sources go to pages all over an index, and each page is
written once), fewer are acknowledged sooner: so many take two seconds."""


class SQLiteStore:
    """A ``tm.store.protocol.Store`` in an SQLite file."""

    def __init__(self, path: str, *, create: bool = False, progress: Progress = unwatched) -> None:
        """Open the file; see ``tm.store.open_store``. One of an older version is brought up to date."""
        self.name = path
        with self._errors():
            if create and path != MEMORY and _may_begin(Path(path)):
                from tm.store.beginning import begin

                begin(Path(path))
            self._sessions = sessions.Sessions(path, create=create)
            try:
                self._prepare(create, progress)
            except BaseException:
                self._sessions.close()
                raise
        self._rehearsal: Rehearsal | None = None

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._sessions.first.connection

    @property
    def _index(self) -> index.Index:
        return self._sessions.first.index

    def _prepare(self, create: bool, progress: Progress) -> None:  # noqa: FBT001 - both are the caller's
        with turns.snapshot(self._connection):
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
            raise StoreError(
                f"{self.name}: has schema version {version}, this program knows up to {len(MIGRATIONS)}; "
                "a newer ponte-tm is needed"
            )
        return version

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the file; SQLite puts the log into it and removes it."""
        with self._errors():
            self._sessions.close()

    # --------------------------------------------------------------------------------------------- reading

    def __len__(self) -> int:
        """How many units there are."""
        with self._session() as session:
            return rows.count(session.connection)

    def units(self) -> Iterator[Unit]:
        """All units exactly as they were added, in order of arrival."""
        with self._session() as session:
            yield from rows.units(session.connection)

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        """The units of these numbers, in their order; one that is gone is left out."""
        with self._session() as session:
            return rows.fetch(session.connection, numbers)

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        """The units of these numbers with what brought them; one that is gone is left out."""
        with self._session() as session:
            return rows.stored(session.connection, numbers)

    def all_stored(self, after: int = 0) -> Iterator[Stored]:
        """All units after a number with what brought them, in order of arrival."""
        with self._session() as session:
            yield from rows.all_stored(session.connection, after)

    def languages(self) -> dict[str, int]:
        """How many variants there are in each language."""
        with self._session() as session:
            return history.languages(session.connection)

    def log(self) -> list[Change]:
        """The history, oldest first."""
        with self._session() as session:
            return history.changes(session.connection)

    def generation(self) -> int:
        """A number that grows with each change of the units, whoever makes it."""
        with self._session() as session:
            kept = seals.Kept.read(session.connection)
            return kept.units + kept.changes

    def note(self, name: str) -> str:
        """A small string kept with the memory."""
        with self._session() as session:
            return history.note(session.connection, name)

    def similar(self, queries: Sequence[Sequence[str]], language: str, minimum: float) -> Iterator[Hits]:
        """For each query all units with a variant of this language whose words are like it, best first."""
        with self._session() as session:
            yield from session.index.similar(queries, bcp47.base(language), minimum)

    def spelled(self, queries: Sequence[Sequence[str]], language: str) -> list[list[int] | None]:
        """For each query the units with a variant of this language that has its letters; None where it has none."""
        with self._session() as session:
            return session.index.spelled(queries, bcp47.base(language))

    def containing(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens one after another, the newest first."""
        with self._session() as session:
            yield from session.index.containing(query, bcp47.base(language))

    def holding(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens anywhere, the newest first."""
        with self._session() as session:
            yield from session.index.holding(query, bcp47.base(language))

    def words(self, wildcard: str, language: str) -> list[str]:
        """The words for which a wildcard stands, in order; of units that are gone, too."""
        with self._session() as session:
            return session.index.words(wildcard, bcp47.base(language))

    def stretches(self, query: Sequence[str], language: str, seeds: Sequence[int]) -> list[int]:
        """For each of the query's key tokens the end of the longest stretch from there that some unit has."""
        with self._session() as session:
            return session.index.stretches(query, bcp47.base(language), seeds)

    def damages(self) -> Iterator[Damage]:
        """All that is not as it was written."""
        from tm.store import inspection

        with self._session() as session:
            yield from inspection.damages(session.connection)

    def whole_units(self, lost: list[Damage]) -> Iterator[Unit]:
        """The units that are as they were written; ``lost`` takes what is hurt."""
        from tm.store import inspection

        with self._session() as session:
            yield from inspection.whole_units(session.connection, lost)

    # --------------------------------------------------------------------------------------------- writing

    def set_note(self, name: str, value: str) -> None:
        """Keep a small string with the memory; setting what it is already changes nothing."""
        if self.note(name) == value:
            return
        with self._session() as session, self._transaction(session):
            history.write_note(session.connection, name, value)

    def add(
        self,
        units: Iterable[Unit],
        *,
        origin: str = "",
        on_same: OnSame = "keep",
        supersede: bool = False,
        dry_run: bool = False,
        name: str = "",
        date: str = "",
        author: str = "",
        acknowledge: Callable[[int], None] | None = None,
    ) -> Added:
        """Keep units; each batch is on disk before it is acknowledged."""
        from tm.store.addition import Addition, identified
        from tm.store.ledger import SQLiteLedger
        from tm.store.rehearsal import Rehearsal

        stream = identified(units, origin)
        batches = [list(stream)] if supersede else iter(lambda: list(islice(stream, BATCH)), [])
        superseded = name if supersede else None
        with self._session() as session:
            ledger = SQLiteLedger(session.connection, name, date, author=author)
            rehearsal = Rehearsal(ledger) if dry_run else None
            if rehearsal and self._rehearsal:
                rehearsal.follow(self._rehearsal)
            self._rehearsal = rehearsal
            addition = Addition(rehearsal or ledger, on_same)
            if rehearsal:
                for batch in batches:
                    _take(addition, batch, superseded)
                return addition.counted()
            session.connection.execute(f"PRAGMA cache_size = {-CACHE}")
            is_last = False
            for batch in batches:
                is_last = supersede or len(batch) < BATCH
                with self._transaction(session):
                    _take(addition, batch, superseded)
                    if is_last:
                        ledger.finish()
                if acknowledge:
                    acknowledge(addition.counted().written)
                self._extend_index(session, index.LEAST if is_last else variants.RUN)
            if not is_last:
                with self._transaction(session):
                    ledger.finish()
                self._extend_index(session, index.LEAST)
            return addition.counted()

    def remove(
        self,
        numbers: Sequence[int],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> list[int]:
        """Take units out; returns the numbers of those that were there."""
        from tm.store import editing

        with (
            self._session() as session,
            self._changing(session, "remove", name, date, author, dry_run=dry_run) as ledger,
        ):
            units = rows.stored(session.connection, list(dict.fromkeys(numbers)))
            present = [unit.number for unit in units]
            if present and not dry_run:
                editing.remove(ledger, present)
        return present

    def edit(
        self,
        units: Mapping[int, Unit | None],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> dict[int, int]:
        """Put new units in the places of stored ones; returns the number that each has now."""
        from tm.store import editing

        with self._session() as session:
            with self._changing(session, "edit", name, date, author, dry_run=dry_run) as ledger:
                present = rows.stored(session.connection, list(units))
                numbers = editing.edit(ledger, present, units, dry_run=dry_run)
            if not dry_run:
                self._extend_index(session, index.LEAST)
        return numbers

    @contextlib.contextmanager
    def _changing(
        self, session: Session, action: str, name: str, date: str, author: str, *, dry_run: bool
    ) -> Iterator[SQLiteLedger]:
        """A ledger in a transaction; a dry run reads without waiting for its turn to write."""
        from tm.store.ledger import SQLiteLedger

        ledger = SQLiteLedger(session.connection, name, date, action, author=author)
        if dry_run:
            yield ledger
            return
        self._rehearsal = None
        with self._transaction(session):
            yield ledger

    def _extend_index(self, session: Session, least: int) -> None:
        """Index the units that wait, if there are so many and no other program does it; others may write
        meanwhile."""
        last, newest = run_table.waiting(session.connection)
        if newest - last < least:
            return
        from tm.store import growth

        with growth.turn(self._sessions.path) as is_free:
            while is_free and (new_runs := session.grown(least)):
                with self._transaction(session):
                    growth.put(session.connection, new_runs)

    def undo(self, *, date: str = "", author: str = "") -> Change | None:
        """Take back the last change that has not been taken back; None when there is none."""
        with self._session() as session, self._transaction(session):
            return history.undo(session.connection, date, author)

    # --------------------------------------------------------------------------------------------- inside

    @contextlib.contextmanager
    def _session(self) -> Iterator[Session]:
        """The calling thread's connection."""
        with self._errors(), self._sessions.borrowed() as session:
            yield session

    @contextlib.contextmanager
    def _transaction(self, session: Session) -> Iterator[None]:
        """All or nothing."""
        with turns.transaction(session.connection):
            if session.value("PRAGMA user_version") > len(MIGRATIONS):
                raise StoreError(f"{self.name}: {RENEWED}")
            yield

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, records.DamagedError, UnicodeError) as error:
            raise StoreError(f"{self.name}: {reason(error)}") from error


def _may_begin(path: Path) -> bool:
    return not path.exists() and path.resolve().parent.is_dir()


def _take(addition: Addition, units: Sequence[Identified], superseded: str | None) -> None:
    """Add a batch; when a name is given, first take out the units it brought that are not among these."""
    if superseded is not None:
        addition.supersede(superseded, units)
    addition.take(units)


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


SQLITE = Backend("sqlite", lambda path, create: SQLiteStore(path, create=create), _renew)
