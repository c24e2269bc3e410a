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

SLOW = 0.01
"""Seconds for one look-up: what takes longer would keep all others waiting."""

AWAY = 1000
"""Look-ups that readers do after slow ones, before the loop tries again."""


class Quick(Generic[T]):
    """Does in the loop what readers would do, as long as it is quick."""

    def __init__(self, readers: Threads[T], clock: Callable[[], float] = time.perf_counter) -> None:
        """The first is done by the readers."""
        self._readers, self._clock = readers, clock
        self._away = 1
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
        if self._clock() - began > SLOW * len(taken):
            self._away = AWAY
        for (waiter, _), result in zip(taken, results, strict=True):
            waiter.give(result)
