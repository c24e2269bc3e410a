"""Threads that take work from one queue, with something that is open for all of them.

Whoever asks waits without holding a thread (``Threads.ask``). What many ask in the same way is done at once
(``Threads.ask_together``): thirty texts are looked up together in a fifth of the time that they take one by one.

>>> async def shout():
...     threads = Threads("reader", 2, "opened")
...     threads.start()
...     try:
...         both = [threads.ask_together("upper", word, lambda _, words: [w.upper() for w in words]) for word in "ab"]
...         return await threads.ask(len), await asyncio.gather(*both)
...     finally:
...         threads.close()
>>> asyncio.run(shout())
(6, ['A', 'B'])
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import defaultdict, deque
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tm.errors import TMError
from tm.store.asking import asked_once

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
Item = TypeVar("Item")

WAITING = 256
"""Works that may wait, when nobody says another number."""

TOGETHER = 64
"""Items that are done at once: more would let the first of them wait."""


class BusyError(TMError):
    """More is asked than can be done soon; the same may be asked again later."""


class Waiter:
    """Who waits for a result."""

    def __init__(self) -> None:
        """Nothing is there yet."""
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()

    def give(self, result: object) -> None:
        """Hand over a result, or an error; in the loop's thread."""
        if self.future.done():
            return
        if isinstance(result, BaseException):
            self.future.set_exception(result)
        else:
            self.future.set_result(result)


class Threads(Generic[T]):
    """Threads that take work from one queue."""

    def __init__(self, name: str, count: int, opened: T, *, waiting: int = WAITING) -> None:
        """Nothing runs before ``start``.

        Args:
            name: of the threads.
            count: how many.
            opened: what they work with.
            waiting: works that may wait.
        """
        self.opened, self._most = opened, waiting
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._together: dict[Hashable, deque[tuple[Waiter, Any]]] = defaultdict(deque)
        self._threads = [
            threading.Thread(target=self._live, name=f"{name}-{number}") for number in range(1, count + 1)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    @property
    def depth(self) -> int:
        """How many works wait."""
        return self._queue.qsize() + sum(map(len, list(self._together.values())))

    def add(self, work: Callable[[T], None]) -> None:
        """Have a work done for whose end nobody waits; the log has its error."""

        def run() -> None:
            result = _result(work, self.opened)
            if isinstance(result, BaseException):
                log.error("what nobody waits for has failed: %s", result, exc_info=result)

        self._queue.put(run)

    async def ask(self, work: Callable[[T], R]) -> R:
        """What a work gives that one of the threads does.

        Raises:
            BusyError: too many works wait.
        """
        waiter = self._waiter()

        def run() -> None:
            if not waiter.future.cancelled():
                _tell([(waiter, _result(work, self.opened))])

        self._queue.put(run)
        result: R = await waiter.future
        return result

    async def ask_together(
        self, key: Hashable, item: Item, work: Callable[[T, Sequence[Item]], Sequence[R]]
    ) -> R:
        """What a work gives for an item; the items that wait under the same key are done at once.

        Args:
            key: of the work; under one key it is always the same.
            item: what is asked about.
            work: gives a result for each item, in order; a result that is an error is raised.

        Raises:
            BusyError: too many works wait.
        """
        waiter = self._waiter()
        waiting = self._together[key]
        waiting.append((waiter, item))
        if len(waiting) == 1:
            self._queue.put(lambda: self._run_together(key, work))
        result: R = await waiter.future
        return result

    def _run_together(self, key: Hashable, work: Callable[[T, Sequence[Any]], Sequence[Any]]) -> None:
        """Do what waits under a key. The first item stays until then, so that nobody begins a second time."""
        waiting = self._together[key]
        taken = list(waiting)[:TOGETHER]
        results = results_of(work, self.opened, [item for _, item in taken])
        pairs = [(waiter, result) for (waiter, _), result in zip(taken, results, strict=True)]

        def finish() -> None:
            """In the loop's thread, where items come in."""
            for waiter, result in pairs:
                waiting.popleft()
                waiter.give(result)
            if waiting:
                self._queue.put(lambda: self._run_together(key, work))
            else:
                self._together.pop(key, None)

        _in_loop(taken[0][0], finish)

    def _waiter(self) -> Waiter:
        if self.depth >= self._most:
            raise BusyError("too many requests wait; try again soon")
        return Waiter()

    def close(self) -> None:
        """Do what waits, then end; returns when all threads have."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _live(self) -> None:
        while (run := self._queue.get()) is not None:
            run()


def _result(work: Callable[[T], R], opened: T) -> R | BaseException:
    """What a work gives, or the error that it raises, which is raised again where it is waited for."""
    try:
        with asked_once():  # whether a memory on a server has anything new
            return work(opened)
    except BaseException as error:
        return error


def results_of(
    work: Callable[[T, Sequence[Any]], Sequence[R]], opened: T, items: Sequence[Any]
) -> Sequence[R | BaseException]:
    """What a work gives for each item; the error that it raises for all of them, if it does.

    >>> results_of(lambda _, words: [word.upper() for word in words], None, ["a", "b"])
    ['A', 'B']
    """
    results = _result(lambda opened: work(opened, items), opened)
    return [results] * len(items) if isinstance(results, BaseException) else results


def _tell(pairs: Sequence[tuple[Waiter, Any]]) -> None:
    for waiter, result in pairs:
        _in_loop(waiter, lambda waiter=waiter, result=result: waiter.give(result))  # type: ignore[misc]


def _in_loop(waiter: Waiter, what: Callable[[], None]) -> None:
    try:
        waiter.loop.call_soon_threadsafe(what)
    except RuntimeError:  # the loop is closed: the server has gone
        return
