"""Turns: programs that write into one SQLite file do so one after another, each all or nothing.

>>> connection = sqlite3.connect(":memory:", isolation_level=None)
>>> with transaction(connection):
...     _ = connection.execute("CREATE TABLE a (b)")
>>> with Snapshot(connection):
...     connection.in_transaction, connection.execute("SELECT count(*) FROM a").fetchone()
(True, (0,))
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
import time
from typing import TYPE_CHECKING

from tm.store import opening
from tm.store.log import Log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.store.tickets import Ticket

PAUSE = 0.004
"""Seconds between the first attempts to begin a transaction."""

PATIENCE = 0.05
"""Seconds of waiting after which one queues up, so that who came later waits behind. To queue up at once would take
longer for all: each would have to wake up before the next one could write. Where the system knows no queue, attempts
come twice as often after that time: who has waited long is more likely to be next than who came last."""

LEAST_PAUSE = 0.00025

OVERTAKING = 5.0
"""Seconds after which nobody waits for those before him any more: one of them may have been stopped."""


class Snapshot:
    """All that is read inside was there at one moment: that of the transaction around it, if there is one.

    A generator would take as long as the statements: an exact look-up is too short for that.
    """

    __slots__ = ("_connection", "_is_outermost")

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Of a memory."""
        self._connection = connection

    def __enter__(self) -> None:
        """Begin."""
        self._is_outermost = not self._connection.in_transaction
        if self._is_outermost:
            self._connection.execute("BEGIN")

    def __exit__(self, *_: object) -> None:
        """End."""
        if self._is_outermost:
            _roll_back(self._connection)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, wait: float = 0.0) -> Iterator[None]:
    """All that is written inside comes at once or not at all.

    Args:
        connection: of the memory.
        wait: seconds to wait for another program that is writing; 0 = as long as SQLite does.
    """
    log = Log(connection)
    with _ticket(connection) as ticket:
        execute_when_free(connection, "BEGIN IMMEDIATE", wait, ticket)
        try:
            log.begin()
            yield
            connection.execute("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise
        log.end()
    if log.has_grown():
        log.put_into_file()
    if log.is_large():
        with _ticket(connection) as ticket:
            if ticket:
                ticket.take()
            log.begin_anew()


def _ticket(connection: sqlite3.Connection) -> contextlib.AbstractContextManager[Ticket | None]:
    queue = connection.queue if isinstance(connection, opening.Connection) else None
    return queue.ticket() if queue else contextlib.nullcontext()


def _may_begin(ticket: Ticket, waited: float) -> bool:
    """Whether nobody has waited longer, as far as that matters yet."""
    if waited > PATIENCE:
        ticket.take()
    return ticket.is_first()


def execute_when_free(
    connection: sqlite3.Connection, statement: str, wait: float = 0.0, ticket: Ticket | None = None
) -> None:
    """Execute what needs the memory for itself, after waiting for other programs that are writing.

    SQLite itself would try every tenth of a second; a long import leaves less time than that between two
    batches. And it does not try again at all where it believes that two wait for each other.

    Args:
        connection: of the memory.
        statement: in SQL.
        wait: as for ``transaction``.
        ticket: whose turn it must be, once it is taken, if it comes within ``OVERTAKING`` seconds.
    """
    begun = time.monotonic()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            waited = time.monotonic() - begun
            if ticket is None or waited > OVERTAKING or _may_begin(ticket, waited):
                try:
                    connection.execute(statement)
                    break
                except sqlite3.OperationalError as error:
                    if not opening.is_busy(error) or waited > (wait or opening.WAIT):
                        raise
            time.sleep(_pause(waited, ticket))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(1000 * opening.WAIT)}")


def _pause(waited: float, ticket: Ticket | None) -> float:
    """The seconds until the next attempt, not the same for all that wait.

    >>> _pause(1.0, None) < _pause(0.0, None) <= 1.5 * PAUSE
    True
    """
    if ticket and ticket.is_taken and waited <= OVERTAKING:
        return LEAST_PAUSE if ticket.is_next() else PAUSE / 2
    import random  # most need not wait

    chance: float = random.uniform(0.5, 1.5)  # noqa: S311 - nobody needs to be kept from guessing it
    return chance * max(LEAST_PAUSE, PAUSE * math.pow(0.5, waited / PATIENCE))


def _roll_back(connection: sqlite3.Connection) -> None:
    # SQLite has done it already after some errors, a full disk among them.
    if connection.in_transaction:
        connection.execute("ROLLBACK")
