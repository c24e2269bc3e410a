"""The connections of an open memory: whoever reads has one alone, and it goes to the next that asks.

All are of one file. Where that has gone, or another has its name, what is written would be in no file that anybody
finds: nothing goes on then.

A thread that changes the memory has the same for all that belongs to the change. What connections have read of the
index stays with them; the arrays of its runs are one for all (``kept_arrays.py``).

>>> import tempfile
>>> with tempfile.NamedTemporaryFile(suffix=".tm") as file:
...     sessions = Sessions(file.name, create=True)
...     with sessions.borrowed() as changing, sessions.borrowed() as again, sessions.lent() as reading:
...         changing is again, changing is reading
...     sessions.close()
(True, False)
"""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tm import databases
from tm.store import index, log, turns
from tm.store.opening import MEMORY, MovedError, Naming, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.store.growth import Growth
    from tm.store.opening import Connection


FRESH = 1.0
"""Seconds after which those who read look again whether the file is where it was."""


class Session:
    """A connection with its index.

    Attributes:
        connection: to the memory.
        index: what this connection has read of it.
    """

    def __init__(self, connection: Connection, path: Path | None, arrays: index.SharedArrays) -> None:
        """Nothing is read yet."""
        self.connection = connection
        connection.execute("PRAGMA synchronous = FULL")
        log.prepare(connection)
        self.index = index.Index(connection, path, arrays)

    def value(self, query: str) -> int:
        """The number that a query asks for."""
        return int(self.connection.execute(query).fetchone()[0])

    def grown(self, least: int) -> Growth | None:
        """New runs of the units that wait, as the memory is at one moment; None when fewer wait."""
        from tm.store import growth

        with turns.Snapshot(self.connection):
            units = growth.due(self.connection, least)
            return units and growth.made(self.connection, self.index.encoders, units)


class Sessions:
    """All connections of an open memory.

    Attributes:
        name: as it was given.
        path: of its file; None when it has none, and one connection only.
    """

    def __init__(self, name: str, *, create: bool, is_copy: bool = False) -> None:
        """Open the first connection.

        Args:
            name: the path.
            create: make an empty file where there is none.
            is_copy: all that is in it is elsewhere too, so that it may be gone.

        Raises:
            StoreError: there is no memory, or another file.
        """
        self.path = None if name == MEMORY else Path(name)
        self.name, self._arrays = name, index.SharedArrays()
        self._lock = threading.Lock()
        self._of_threads: dict[int, Session] = {}
        self.first = Session(connect(name, create=create), self.path, self._arrays)
        self._all, self._free = [self.first], [self.first]
        self._is_closed, self._is_copy = False, is_copy
        self._file, self._looked = self._found(), time.monotonic()

    def lent(self) -> Loan:
        """A connection that nobody else uses: the one used last of those that are free, or a new one.

        An iterator keeps it until its end, whichever threads read it on. What fails inside is said as ``Naming`` does.
        """
        return Loan(self)

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[Session]:
        """The connection with which the calling thread changes the memory: within a change always the same.

        It is not for an iterator, which may end in another thread.
        """
        thread = threading.get_ident()
        if session := self._of_threads.get(thread):
            yield session
            return
        with self.lent() as session:
            self._of_threads[thread] = session
            try:
                yield session
            finally:
                del self._of_threads[thread]

    def taken(self) -> Session:
        """A connection that is out of the free ones until ``give_back``."""
        if self.path is None:
            return self.first
        if time.monotonic() > self._looked + FRESH:
            self.check_place()
        try:
            return self._free.pop()
        except IndexError:  # of a closed one SQLite says what is wrong
            return self.first if self._is_closed else self._opened()

    def give_back(self, session: Session) -> None:
        """Let others use a connection."""
        if self.path:  # no lock: an iterator may end anywhere, also while this thread has the lock
            self._free.append(session)

    def check_place(self) -> None:
        """Refuse to go on with a file that is not found by its name any more, unless it is a copy.

        Raises:
            MovedError: it is not, or another one is.
        """
        if not self._is_copy:
            self._refuse_another()
        self._looked = time.monotonic()

    def _refuse_another(self) -> None:
        if self._found() != self._file:
            raise MovedError(
                f"{self.name}: was removed or replaced while it was open; open it again (a server: start it again)"
            )

    def _found(self) -> tuple[int, int] | None:
        return databases.identity(self.path) if self.path else None

    def _opened(self) -> Session:
        self._refuse_another()
        session = Session(connect(self.name, create=False), self.path, self._arrays)
        with self._lock:
            self._all.append(session)
            if self._is_closed:
                session.connection.close()
        return session

    def close(self) -> None:
        """Close all connections, also those that other threads use."""
        with self._lock:
            self._is_closed = True
            for session in self._all:
                session.connection.close()


class _Loan:
    """A use of a connection: no generator, which would take as long as an exact look-up."""

    __slots__ = ("_naming", "_session", "_sessions")

    def __init__(self, sessions: Sessions) -> None:
        self._sessions, self._naming = sessions, Naming(sessions.name)

    def _take(self) -> Session:
        with self._naming:
            self._session = self._sessions.taken()
        return self._session

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._sessions.give_back(self._session)
        self._naming.__exit__(kind, error, trace)


class Loan(_Loan):
    """``Sessions.lent``."""

    def __enter__(self) -> Session:
        """Take it."""
        return self._take()


class ConnectionLoan(_Loan):
    """The same, for those who need no index."""

    def __enter__(self) -> Connection:
        """Take it."""
        return self._take().connection
