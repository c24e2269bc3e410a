"""How the segments of a run lie, and which of them have a phrase, or all of some words.

A run's segments lie by length, so that a token's place tells its segment (``Layout.ranks_of``) although no
place of a segment is stored. ``in_a_row`` and ``together`` intersect lists of places.

Three segments, "un pont", "le pont" and "le vieux pont": "le" has the places 2 and 4, "pont" 1, 3 and 6.

>>> layout = Layout(lengths=np.array([2, 3]), counts=np.array([2, 1]))
>>> layout.ranks_of(np.array([2, 4])).tolist()
[1, 2]
>>> le, pont = np.array([2, 4]), np.array([1, 3, 6])
>>> together(layout, 2, [(0, le), (1, pont)]).tolist()
[1, 2]
>>> in_a_row(layout, 2, [(0, le), (1, pont)]).tolist()
[1]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

    Places: TypeAlias = Iterable[tuple[int, Array]]
    """Positions in a query, each with the places where its tokens stand in a run."""


class Layout:
    """How the segments of a run lie: all of one length together, ranked by length."""

    def __init__(self, lengths: Numbers, counts: Numbers) -> None:
        """Different lengths, ascending, and how many segments have each."""
        self.lengths = lengths
        self.ranks = np.r_[0, np.cumsum(counts)]
        self.places = np.r_[0, np.cumsum(lengths * counts)]

    def rank_from(self, length: int) -> int:
        """The first segment that is not shorter.

        >>> Layout(np.array([2, 5]), np.array([10, 1])).rank_from(3)
        10
        """
        return int(self.ranks[np.searchsorted(self.lengths, length)])

    def starts(self, ranks: Numbers) -> tuple[Numbers, Numbers]:
        """The first place of each segment, and its length.

        >>> [part.tolist() for part in Layout(np.array([2, 5]), np.array([10, 1])).starts(np.array([3, 10]))]
        [[6, 20], [2, 5]]
        """
        block = np.searchsorted(self.ranks, ranks, "right") - 1
        block = np.minimum(block, len(self.lengths) - 1)
        lengths = self.lengths[block]
        return self.places[block] + (ranks - self.ranks[block]) * lengths, lengths

    def ranks_of(self, places: NDArray[np.int64 | np.uint32]) -> Numbers:
        """The segment of each place; the places ascend.

        >>> Layout(np.array([2, 5]), np.array([10, 1])).ranks_of(np.array([6, 7, 8, 24])).tolist()
        [3, 3, 4, 10]
        """
        counts = np.diff(np.searchsorted(places, self.places))
        first, rank = np.repeat(self.places[:-1], counts), np.repeat(self.ranks[:-1], counts)
        rank += (places - first) // np.repeat(self.lengths, counts)
        return rank


def in_a_row(layout: Layout, size: int, lists: Places) -> Numbers:
    """The segments in which tokens of all lists stand one after another, as their positions say."""
    starts: Numbers | None = None
    for position, places in lists:
        if starts is None:
            starts = places.astype(np.int64) - position
            starts = starts[starts >= 0]
        else:
            starts = starts[_is_in((starts + position).astype(np.uint32), places)]
        if not len(starts):
            return starts
    assert starts is not None
    ranks = layout.ranks_of(starts)
    within: Numbers = ranks[ranks == layout.ranks_of(starts + size - 1)]
    return within


def together(layout: Layout, _: int, lists: Places) -> Numbers:
    """The segments that have a token of each list."""
    common: Numbers | None = None
    for _, places in lists:
        ranks = layout.ranks_of(places)
        common = ranks if common is None else common[_is_in(common, ranks)]
        if not len(common):
            return common
    assert common is not None
    return common


def _is_in(values: NDArray[Any], pool: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of the values stand in the pool; both ascend. The shorter array is looked up in the longer one.

    >>> _is_in(np.array([1, 4, 6]), np.array([4, 5])).tolist()
    [False, True, False]
    """
    if len(values) <= len(pool):
        is_in: NDArray[np.bool_] = pool[np.minimum(pool.searchsorted(values), len(pool) - 1)] == values
        return is_in
    indexes = np.minimum(values.searchsorted(pool), len(values) - 1)
    is_in = np.zeros(len(values), np.bool_)
    is_in[indexes[values[indexes] == pool]] = True
    return is_in
