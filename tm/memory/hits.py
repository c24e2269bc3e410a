"""What stores find for a query, joined, and the units of it.

1. ``Hits.joined`` puts the hits of all stores in order: first those whose words are the query's.
2. ``Units`` fetches the units of many hits together, and keeps them for the next query of a job.

>>> hits = Hits.joined([[(1.0, 7), (0.5, 3)], [(1.0, 2), (0.75, 1)]])
>>> [(hit.store, hit.unit) for hit in hits.equal], [hit.unit for hit in hits.others]
([(0, 7), (1, 2)], [1, 3])
"""

from __future__ import annotations

import heapq
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Unit
    from tm.store.protocol import Hits as StoreHits
    from tm.store.protocol import Store

AHEAD = 8
"""Units that are fetched together when one is asked for that was not fetched before."""


class Hit(NamedTuple):
    """A unit that a store found: the likeness of its words, which store, and its number there."""

    base: float
    store: int
    unit: int


class Hits(NamedTuple):
    """The hits of one query: those whose words are its words, and the others, best first."""

    equal: list[Hit]
    others: list[Hit]

    @staticmethod
    def joined(by_store: Sequence[StoreHits]) -> Hits:
        """The hits of all stores, each store's best first."""
        return Hits(_equal_words(by_store), _other_words(by_store)) if any(by_store) else Hits([], [])

    def first(self, limit: int) -> list[Hit]:
        """Those whose units are asked for in any case."""
        return [*self.equal, *self.others[:limit]]


class Units:
    """The units of hits, many fetched at a time."""

    def __init__(self, stores: list[Store]) -> None:
        """Nothing is fetched before it is asked for."""
        self.stores = stores
        self.units: list[dict[int, Unit | None]] = [{} for _ in stores]

    def fetch(self, hits: Iterable[Hit]) -> None:
        """Fetch the units of some hits together."""
        numbers: list[dict[int, None]] = [{} for _ in self.stores]
        for hit in hits:
            if hit.unit not in self.units[hit.store]:
                numbers[hit.store][hit.unit] = None
        for store, fetched, asked in zip(self.stores, self.units, numbers, strict=True):
            missing = [*asked]
            units: list[Unit | None] = list(store.fetch(missing)) if missing else []
            if len(units) < len(missing):  # some are gone
                units = [next(iter(store.fetch([number])), None) for number in missing]
            fetched.update(zip(missing, units, strict=True))

    def unit(self, hit: Hit, ahead: Iterable[Hit] = ()) -> Unit | None:
        """The unit of a hit, None when it is gone; those of the hits behind it are fetched with it."""
        if hit.unit not in self.units[hit.store]:
            self.fetch([hit, *ahead])
        return self.units[hit.store][hit.unit]


def _equal_words(hits_by_store: Sequence[StoreHits]) -> list[Hit]:
    """The hits whose words are the query's, store after store.

    >>> _equal_words([[(1.0, 7), (0.5, 3)], [(1.0, 2)]])
    [Hit(base=1.0, store=0, unit=7), Hit(base=1.0, store=1, unit=2)]
    """
    return [
        Hit(base, store, unit)
        for store, hits in enumerate(hits_by_store)
        for base, unit in takewhile(lambda hit: hit[0] == 1.0, hits)
    ]


def _other_words(hits_by_store: Sequence[StoreHits]) -> list[Hit]:
    """All other hits, the best of all stores first.

    >>> [hit.unit for hit in _other_words([[(1.0, 7), (0.5, 3)], [(0.75, 2), (0.5, 1)]])]
    [2, 3, 1]
    """
    by_store = [_numbered(store, hits) for store, hits in enumerate(hits_by_store)]
    return list(by_store[0] if len(by_store) == 1 else heapq.merge(*by_store, key=lambda hit: -hit.base))


def _numbered(store: int, hits: StoreHits) -> Iterator[Hit]:
    return (Hit(base, store, unit) for base, unit in hits if base < 1.0)
