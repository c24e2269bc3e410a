"""Which stretches of a query stand in a run, told without numpy.

``QueryInRun.has`` begins with the two rarest tokens of a stretch: the places of both, so far apart as in the
query, are kept (``_pair``), since most longer stretches have the same two. The places that are left are looked
up in the other lists (``_standing``): a few by the blocks of a list (``places.py``); for many it is unpacked as a
whole, once.

>>> from tm.store.layout import Layout
>>> from tm.store.places import Places
>>> lists = {7: Places(1, bytes([0, 2]), 3), 8: Places(1, bytes([1]), 3)}
>>> in_run = QueryInRun(Layout([3], [1]), [7, 8, 9], lists)  # one segment: 7 8 7
>>> in_run.has(0, 2), in_run.has(1, 3)
(True, False)
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import repeat
from operator import add, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.store.layout import Layout
    from tm.store.places import Places

MANY = 30_000_000
"""Bytes of a query's lists times its tokens that are worth numpy: about what takes as long as loading it."""

PROBE = 100
"""Break-even: looking up one place in a list costs as much as unpacking so many of its gaps."""

SEARCH = 30
"""Break-even: searching an unpacked list for one place costs as much as going through so many places of it."""


class QueryInRun:
    """A query whose stretches are looked for in a run."""

    def __init__(self, layout: Layout, query: Sequence[int], lists: Mapping[int, Places]) -> None:
        """Take the lists that the run has of the query's tokens."""
        self.layout, self.query, self.lists = layout, query, lists
        self._sizes = [len(lists[token]) if token in lists else 0 for token in query]
        self._unpacked: dict[int, list[int]] = {}
        self._pairs: dict[tuple[int, int, int], list[int]] = {}
        self._looked_up: Counter[int] = Counter()

    def has(self, start: int, end: int) -> bool:
        """Whether the query's tokens from ``start`` to ``end``, two or more, stand one after another in a
        segment.
        """
        first, second, *others = sorted(range(start, end), key=self._sizes.__getitem__)
        places = self._pair(first, second) if self._sizes[first] else []
        for position in others:
            if not places:
                return False
            places = self._standing(places, self.query[position], position - first)
        before, last, rank_of = first - start, end - 1 - first, self.layout.rank_of
        return any(place >= before and rank_of(place - before) == rank_of(place + last) for place in places)

    def _pair(self, first: int, second: int) -> list[int]:
        """The places of a token with another one where the query has it."""
        key = self.query[first], self.query[second], second - first
        if key not in self._pairs:
            self._pairs[key] = self._standing(self._all(key[0]), key[1], key[2])
        return self._pairs[key]

    def _standing(self, places: list[int], token: int, distance: int) -> list[int]:
        """Those of some places that have the token so far behind them."""
        if token not in self._unpacked:
            self._looked_up[token] += len(places)
            if self._looked_up[token] * PROBE < len(self.lists[token]):
                count = self.lists[token].count
                return [place for place in places if count(place + distance, place + distance + 1)]
        all_places = self._all(token)
        if len(places) * SEARCH < len(all_places):
            last = len(all_places) - 1
            return [
                place
                for place in places
                if all_places[bisect_left(all_places, place + distance, 0, last)] == place + distance
            ]
        both = {*map(add, places, repeat(distance))}.intersection(all_places)
        return [*map(sub, sorted(both), repeat(distance))]

    def _all(self, token: int) -> list[int]:
        if token not in self._unpacked:
            self._unpacked[token] = self.lists[token].all()
        return self._unpacked[token]
