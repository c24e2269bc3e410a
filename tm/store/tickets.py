"""Who writes next: those who want to write into one file queue up, whichever programs they are.

A ticket is one byte far behind the end of the file, locked for as long as the ticket is held: the first behind all
that are. Who has none before it may write. So nobody needs a file of his own for it, and the system gives back the
tickets of a program that dies. The locks are of an open file (``F_OFD_SETLK``), not of the process, so that neither
threads nor what else opens and closes the file disturb them. Where the system has no such locks nobody queues up.

>>> import tempfile
>>> with tempfile.TemporaryFile() as file, open(f"/proc/self/fd/{file.fileno()}", "r+b") as other:
...     first, second = Queue(file.fileno()), Queue(other.fileno())
...     with first.ticket() as one, second.ticket() as two:
...         one.take(), two.take()
...         before = one.is_first(), two.is_first(), two.is_next()
...         one.give_back()
...         before, two.is_first()
(None, None)
((True, False, True), True)
"""

from __future__ import annotations

import contextlib
import os
import struct
from typing import TYPE_CHECKING, Self

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from tm.databases import Held

IS_KNOWN = hasattr(fcntl, "F_OFD_SETLK")
"""Whether the system has locks of open files."""

_FIRST = 1 << 60
"""The place of the first ticket: no file is so long, and SQLite's own locks are far before it."""

_FLOCK = "@hhqqi4x"
"""The system's ``struct flock``: kind, from where the place counts, place, length (0 = to the end), process."""


def queue_of(held: Held | None) -> Queue | None:
    """The queue of a file; None where it is not held, or nothing may be written."""
    if held is None or not IS_KNOWN:
        return None
    try:
        return Queue(held.writable())
    except OSError:
        return None


class Queue:
    """Those who wait for their turn to write into a file, as one of them sees it."""

    def __init__(self, handle: int) -> None:
        """By a handle that nobody else uses, open for writing."""
        self._handle = handle

    def ticket(self) -> Ticket:
        """The next ticket, as a context in which it is held."""
        return Ticket(self)

    def lock(self, place: int) -> None:
        """Lock a byte.

        Raises:
            OSError: somebody else has it.
        """
        self._set(fcntl.F_WRLCK, place)

    def unlock(self, place: int) -> None:
        """Let go of a byte."""
        self._set(fcntl.F_UNLCK, place)

    def _set(self, kind: int, place: int) -> None:
        fcntl.fcntl(self._handle, fcntl.F_OFD_SETLK, struct.pack(_FLOCK, kind, os.SEEK_SET, place, 1, 0))

    def locked_from(self, place: int, end: int = 0) -> int:
        """The end of some lock of others between two places (0 = from there on); 0 where there is none."""
        length = end - place if end else 0
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, place, length, 0)
        kind, _, begin, size, _ = struct.unpack(_FLOCK, fcntl.fcntl(self._handle, fcntl.F_OFD_GETLK, asked))
        return 0 if kind == fcntl.F_UNLCK else begin + size


class Ticket:
    """A place in a queue, once it is taken."""

    def __init__(self, queue: Queue) -> None:
        """Not taken yet."""
        self._queue = queue
        self._place = 0

    def __enter__(self) -> Self:
        """What is taken inside is given back at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the queue."""
        self.give_back()

    @property
    def is_taken(self) -> bool:
        """Whether its holder has queued up."""
        return self._place > 0

    def take(self) -> None:
        """Queue up behind all who are there."""
        place = self._place or _FIRST
        while not self._place:
            while end := self._queue.locked_from(place):
                place = end
            with contextlib.suppress(OSError):  # somebody may be faster
                self._queue.lock(place)
                self._place = place

    def give_back(self) -> None:
        """Let the next one have his turn."""
        if self._place:
            self._queue.unlock(self._place)
            self._place = 0

    def is_first(self) -> bool:
        """Whether nobody is before it; before one that is not taken is everybody."""
        return self._place == _FIRST or not self._queue.locked_from(_FIRST, self._place)

    def is_next(self) -> bool:
        """Whether at most one is before it, which is taken."""
        return self._place <= _FIRST + 1 or not self._queue.locked_from(_FIRST, self._place - 1)
