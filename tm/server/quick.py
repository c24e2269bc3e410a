"""Look-ups that take less time than a thread would need to begin with them.

An exact look-up takes a tenth of a millisecond. Handing it to a thread costs as much again, and while a thread computes
the loop gets its turn late, once for each request that it reads or answers. So these are done in the loop itself, all
that wait at once (``Quick.ask``). Where they turn out to be slow (a memory on another machine, one without what finds
equal texts, a cold disk), and before the first one, readers do them.

>>> import asyncio
>>> async def shout():
...     readers = Threads("reader", 1, "opened")
...     readers.start()
...     try:
...         quick = Quick(readers)
...         both = [quick.ask("upper", word, lambda _, words: [w.upper() for w in words]) for word in "ab"]
...         return await asyncio.gather(*both)
...     finally:
...         readers.close()
>>> asyncio.run(shout())
['A', 'B']
"""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tm.server.threads import Threads, Waiter, results_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")
R = TypeVar("R")
Item = TypeVar("Item")

SLOW, FAR_TOO_SLOW = 0.01, 0.5
"""Seconds for one look-up: what takes longer would keep all others waiting; and seconds that are too many even once."""

IN_A_ROW = 3
"""Slow times, one after another, that say more than that the machine was busy."""

AWAY = 1000
"""Look-ups that readers do after slow ones, before the loop tries again."""


class Quick(Generic[T]):
    """Does in the loop what readers would do, as long as it is quick."""

    def __init__(self, readers: Threads[T], clock: Callable[[], float] = time.perf_counter) -> None:
        """The first is done by the readers."""
        self._readers, self._clock = readers, clock
        self._away, self._slow_times = 1, 0
        self._waiting: dict[Hashable, list[tuple[Waiter, Any]]] = defaultdict(list)

    async def ask(self, key: Hashable, item: Item, work: Callable[[T, Sequence[Item]], Sequence[R]]) -> R:
        """See ``Threads.ask_together``."""
        if self._away > 0:
            try:
                return await self._readers.ask_together(key, item, work)
            finally:
                self._away -= 1
        waiter = Waiter()
        self._waiting[key].append((waiter, item))
        if len(self._waiting[key]) == 1:
            waiter.loop.call_soon(self._run, key, work)
        result: R = await waiter.future
        return result

    def _run(self, key: Hashable, work: Callable[[T, Sequence[Any]], Sequence[Any]]) -> None:
        """Do what came in until now."""
        taken = self._waiting.pop(key)
        began = self._clock()
        results = results_of(work, self._readers.opened, [item for _, item in taken])
        seconds = self._clock() - began
        self._slow_times = self._slow_times + 1 if seconds > SLOW * len(taken) else 0
        if self._slow_times == IN_A_ROW or seconds > FAR_TOO_SLOW:
            self._away, self._slow_times = AWAY, 0
        for (waiter, _), result in zip(taken, results, strict=True):
            waiter.give(result)
