"""Threads with memories of their own, which take work from one queue.

An open memory belongs to the thread that opened it. ``Readers`` are several threads, each with all memories
open; ``Writer`` is a single one with the memory that is written, so that changes come one after another.
Whoever asks waits without holding a thread (``Threads.ask``).

>>> async def count():
...     readers = Threads("reader", 2, lambda: open_memories([":memory:"], create=True))
...     readers.start()
...     try:
...         return await readers.ask(lambda stores: len(stores[0]))
...     finally:
...         readers.close()
>>> asyncio.run(count())
0
"""

from __future__ import annotations

import asyncio
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tm.errors import TMError
from tm.work.memories import open_memories

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

__all__ = ["BusyError", "Threads", "open_memories"]

T = TypeVar("T")
R = TypeVar("R")

WAITING = 256
"""Works that may wait, when nobody says another number."""


class BusyError(TMError):
    """More is asked than can be done soon; the same may be asked again later."""


class _Task(Generic[T]):
    """A work that waits for a thread, and who waits for it."""

    def __init__(self, work: Callable[[T], Any]) -> None:
        self.work = work
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()

    def run(self, opened: T) -> None:
        """Do it, and hand the result to who waits; a work that nobody waits for any more is not begun."""
        if self.future.cancelled():
            return
        try:
            result = self.work(opened)
        except BaseException as error:  # raised again where it is waited for
            self._tell(self._fail, error)
        else:
            self._tell(self._succeed, result)

    def _tell(self, how: Callable[[Any], None], what: object) -> None:
        try:
            self.loop.call_soon_threadsafe(how, what)
        except RuntimeError:  # the loop is closed: the server has gone
            return

    def _succeed(self, result: object) -> None:
        if not self.future.done():
            self.future.set_result(result)

    def _fail(self, error: BaseException) -> None:
        if not self.future.done():
            self.future.set_exception(error)


class Threads(Generic[T]):
    """Threads that take work from one queue, each with what it has opened for itself."""

    def __init__(
        self,
        name: str,
        count: int,
        opening: Callable[[], AbstractContextManager[T]],
        *,
        waiting: int = WAITING,
    ) -> None:
        """Nothing is opened before ``start``.

        Args:
            name: of the threads.
            count: how many.
            opening: opens what a thread works with; it is closed in the same thread.
            waiting: works that may wait.
        """
        self._opening, self._waiting = opening, waiting
        self._queue: SimpleQueue[_Task[T] | None] = SimpleQueue()
        self._failures: SimpleQueue[BaseException | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._live, name=f"{name}-{number}") for number in range(1, count + 1)
        ]

    def start(self) -> None:
        """Begin; returns when each thread has opened what it needs.

        Raises:
            StoreError: a memory cannot be opened.
        """
        for thread in self._threads:
            thread.start()
        failures = [self._failures.get() for _ in self._threads]
        for failure in failures:
            if failure is not None:
                self.close()
                raise failure

    @property
    def depth(self) -> int:
        """How many works wait."""
        return self._queue.qsize()

    async def ask(self, work: Callable[[T], R]) -> R:
        """What a work gives that one of the threads does.

        Raises:
            BusyError: too many works wait.
        """
        if self._queue.qsize() >= self._waiting:
            raise BusyError("too many requests wait; try again soon")
        task = _Task(work)
        self._queue.put(task)
        result: R = await task.future
        return result

    def close(self) -> None:
        """Do what waits, then end; returns when all threads have."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _live(self) -> None:
        try:
            with self._opening() as opened:
                self._failures.put(None)
                while (task := self._queue.get()) is not None:
                    task.run(opened)
                    task = None  # lets go of what the work holds, while the thread waits
        except TMError as error:
            self._failures.put(error)
