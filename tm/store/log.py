"""When SQLite's log (WAL) is put into the file, and who does it.

SQLite itself does so in each commit from the one on that makes the log a thousand pages long: where somebody always
reads, the log never begins anew, so that each commit brings the file to disk too. Here a commit does it that makes the
log longer than a multiple of ``STEP``, once others may write again; and when it is ``LARGE`` writers wait a moment for
those who read, so that it can begin anew. What fails of that is tried again by a later one: nothing is lost, since what
is committed is in the log.

>>> log = Log(sqlite3.connect(":memory:"))
>>> log.begin(), log.end()
(None, None)
>>> log.has_grown(), log.is_large()
(False, False)
"""

from __future__ import annotations

import contextlib
import os
import sqlite3

from tm.store import opening

STEP = 1 << 22
"""Bytes of the log that are put into the file together: a thousand pages, as SQLite does it."""

LARGE = 4 * STEP
"""Bytes from which on it is worth a moment of all writers."""

MOMENT = 0.1
"""Seconds: most look-ups have read by then."""


def prepare(connection: sqlite3.Connection) -> None:
    """Leave the log to ``Log``; when it begins anew its file becomes short."""
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA journal_size_limit = 0")


class Log:
    """The log of a memory, as a transaction sees it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Of the transaction's connection."""
        self._connection = connection
        path = connection.path if isinstance(connection, opening.Connection) else None
        self._path = f"{path}-wal" if path else ""
        self._before = self._after = 0

    def begin(self) -> None:
        """Note how long the log is: nobody else writes now."""
        self._before = self._size()

    def end(self) -> None:
        """Note how long it has become."""
        self._after = self._size()

    def _size(self) -> int:
        try:
            return os.stat(self._path).st_size if self._path else 0
        except OSError:
            return 0

    def has_grown(self) -> bool:
        """Whether it has become longer than a multiple of ``STEP``."""
        return self._after // STEP > self._before // STEP

    def is_large(self) -> bool:
        """Whether it has grown, and to ``LARGE`` and more."""
        return self.has_grown() and self._after >= LARGE

    def put_into_file(self) -> None:
        """Put into the file what nobody reads in an earlier state; others may read and write meanwhile."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def begin_anew(self) -> None:
        """Put all into the file and let the log begin anew, if all who read are done within a moment."""
        with contextlib.suppress(sqlite3.Error):
            self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * MOMENT)}")
            self._connection.execute("PRAGMA wal_checkpoint(RESTART)")
        self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * opening.WAIT)}")
