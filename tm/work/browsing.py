"""A memory read page by page, oldest or newest first.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     texts = ("un", "um"), ("deux", "dois"), ("trois", "três")
...     units = (Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in texts)
...     _ = store.add(units)
...     first = browse(store, limit=2)
...     second = browse(store, after=first.next)
...     [stored.number for stored in first.units], first.next, [stored.number for stored in second.units]
...     [stored.number for stored in browse_newest(store, limit=2).units]
...     [stored.number for stored in browse_newest(store, words="dois", asked=Direction("fr", "pt")).units]
([1, 2], 2, [3])
[3, 2]
[2]
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from tm.choices import check_count
from tm.direction import UNDECIDED, Direction
from tm.memory import anywhere
from tm.store.where import admitted, parsed_where
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.store import Store
    from tm.store.stored import Stored


@dataclass(frozen=True, slots=True)
class Page:
    """Some units, in order of arrival or the newest first.

    Attributes:
        units: of this page.
        next: the number that the next page begins behind; 0 at the end.
        is_partial: the time was over before the page was full.
    """

    units: tuple[Stored, ...]
    next: int = 0
    is_partial: bool = False


def browse(
    store: Store, where: str = "", *, after: int = 0, limit: int = 50, is_late: Callable[[], bool] = bool
) -> Page:
    """A page of a memory.

    Args:
        store: an open memory.
        where: which units are meant (``tm.store.where``); "" = all.
        after: the number that the page before said.
        limit: how many units at most.
        is_late: asked now and then; once it holds, the page ends.

    Raises:
        OptionError: the conditions are none, or the limit is no count.
    """
    check_count("limit", limit)
    conditions = parsed_where(where)
    units: list[Stored] = []
    last = after
    for stored in store.all_stored(after):
        if len(units) == limit:
            return Page(tuple(units), last)
        last = stored.number
        units += admitted([stored], conditions, Counter())
        if is_late():
            return Page(tuple(units), last, is_partial=True)
    return Page(tuple(units))


AT_ONCE = 200
"""Units that are read in one step on the way from the newest to the oldest."""


def browse_newest(
    store: Store,
    where: str = "",
    *,
    words: str = "",
    asked: Direction = UNDECIDED,
    before: int = 0,
    limit: int = 50,
    is_late: Callable[[], bool] = bool,
) -> Page:
    """A page of a memory, the newest units first; words are looked for in the index.

    Args:
        store: an open memory.
        where: which units are meant (``tm.store.where``); "" = all.
        words: they stand in one of the texts, in any order, accents or not; "" = whatever stands there.
        asked: the two languages in which the words are looked for; UNDECIDED = the memory's own.
        before: the number that the page before said; 0 = from the newest on.
        limit: how many units at most.
        is_late: asked now and then; once it holds, the page ends.

    Raises:
        OptionError: the conditions are none, or the limit is no count.
        FormatError: words are asked for, and the memory lacks the languages, or has more than two.
    """
    check_count("limit", limit)
    conditions = parsed_where(where)
    steps: Iterator[Sequence[int]] = _downwards(store, before)
    if words.strip():
        having = _numbers_with(store, words, direction_in(store, asked))
        below = (number for number in having if not before or number < before)
        steps = iter(lambda: list(islice(below, limit + 1)), [])
    units: list[Stored] = []
    for numbers in steps:
        for stored in admitted(store.stored(numbers), conditions, Counter()):
            if len(units) == limit:
                return Page(tuple(units), units[-1].number)
            units.append(stored)
        if is_late():
            return Page(tuple(units), numbers[-1], is_partial=True)
    return Page(tuple(units))


def _downwards(store: Store, before: int) -> Iterator[range]:
    """The numbers below another one, or all, from the highest to 1, some at a time."""
    top = before or _beyond(store)
    while top > 1:
        lowest = max(top - AT_ONCE, 1)
        yield range(top - 1, lowest - 1, -1)
        top = lowest


def _beyond(store: Store) -> int:
    """The number after the newest unit's, in steps that double and then halve: counting all units takes longer."""
    newest, beyond, step = 0, 0, 1
    while stored := next(store.all_stored(beyond), None):
        newest, beyond, step = stored.number, stored.number + step, step * 2
    while newest < beyond:
        middle = (newest + beyond) // 2
        if stored := next(store.all_stored(middle), None):
            newest = stored.number
        else:
            beyond = middle
    return newest + 1


def _numbers_with(store: Store, words: str, direction: Direction) -> Iterator[int]:
    """The numbers of units in which words stand, on whichever side, the highest first."""
    sides = (
        (passage.number for passage in anywhere(store, words, way, ("accents",), again=True))
        for way in (direction, direction.reversed())
    )
    return (number for number, _ in groupby(heapq.merge(*sides, reverse=True)))
