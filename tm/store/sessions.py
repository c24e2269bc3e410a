"""The connections of an open memory: each is used by one thread at a time, and goes to the next that asks.

A thread that has one gets the same again until it is done with all that it began. What connections have read of the
index stays with them; the arrays of its runs are one for all (``kept_arrays.py``).

>>> sessions = Sessions(":memory:", create=True)
>>> with sessions.borrowed() as session, sessions.borrowed() as again:
...     session is again, session.connection.execute("SELECT 1").fetchone()
(True, (1,))
>>> sessions.close()
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tm.store import index, turns
from tm.store.opening import MEMORY, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.store.growth import Growth
    from tm.store.opening import Connection


class Session:
    """A connection with its index.

    Attributes:
        connection: to the memory.
        index: what this connection has read of it.
        uses: how many times it is borrowed by its thread.
    """

    def __init__(self, connection: Connection, path: Path | None, arrays: index.SharedArrays) -> None:
        """Nothing is read yet."""
        self.connection = connection
        connection.execute("PRAGMA synchronous = FULL")
        self.index = index.Index(connection, path, arrays)
        self.uses = 0

    def value(self, query: str) -> int:
        """The number that a query asks for."""
        return int(self.connection.execute(query).fetchone()[0])

    def grown(self, least: int) -> Growth | None:
        """New runs of the units that wait, as the memory is at one moment; None when fewer wait."""
        from tm.store import growth

        with turns.snapshot(self.connection):
            units = growth.due(self.connection, least)
            return units and growth.made(self.connection, self.index.encoders, units)


class Sessions:
    """All connections of an open memory.

    Attributes:
        path: of its file; None when it has none, and one connection only.
    """

    def __init__(self, name: str, *, create: bool) -> None:
        """Open the first connection.

        Raises:
            StoreError: there is no memory, or another file.
        """
        self.path = None if name == MEMORY else Path(name)
        self._name, self._arrays = name, index.SharedArrays()
        self._lock = threading.Lock()
        self._of_threads: dict[int, Session] = {}
        self.first = Session(connect(name, create=create), self.path, self._arrays)
        self._all, self._free = [self.first], [self.first]
        self._is_closed = False

    @contextlib.contextmanager
    def borrowed(self) -> Iterator[Session]:
        """The connection of the calling thread; the one used last of those that are free, or a new one.

        No lock keeps other threads from using it: what a thread begins to read inside (an iterator) it must read to
        the end itself.
        """
        thread = threading.get_ident()
        session = self._taken(thread)
        try:
            yield session
        finally:
            with self._lock:
                session.uses -= 1
                if not session.uses:
                    self._of_threads = {
                        owner: taken for owner, taken in self._of_threads.items() if taken is not session
                    }
                    self._free.append(session)

    def _taken(self, thread: int) -> Session:
        with self._lock:
            session = self._of_threads.get(thread)
            if session is None and self._free:
                session = self._free.pop()
            if session is None and (self.path is None or self._is_closed):
                session = self.first  # SQLite says what is wrong
            if session is not None:
                session.uses += 1
                self._of_threads[thread] = session
                return session
        session = Session(connect(self._name, create=False), self.path, self._arrays)
        session.uses = 1
        with self._lock:
            self._all.append(session)
            self._of_threads[thread] = session
            if self._is_closed:
                session.connection.close()
        return session

    def close(self) -> None:
        """Close all connections, also those that other threads use."""
        with self._lock:
            self._is_closed = True
            for session in self._all:
                session.connection.close()
