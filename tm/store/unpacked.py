"""Look-ups that read so many places that numpy is worth loading: ``postings.py`` asks for them.

Lists are unpacked as a whole, as arrays. A query at a low likeness, which asks for long lists, goes this way:

1. A ``_Search`` reads the shortest lists (``near``), so few that only segments with two of their tokens can
   match; ``_ranks`` counts how many tokens each segment shares.
2. It reads the longer lists one by one and keeps the ``_Candidates`` that can still match, until reading on
   costs more than comparing the rest by their texts.
3. ``compared`` computes the likeness of each from the places of the query's tokens alone (``distance.py``).

So do the longest parts of a long text, which need the lists of all its tokens: ``QueryInRun``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.store import distance
from tm.store.ragged import offsets, ranges
from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from tm.store.layout import Layout
    from tm.store.places import Places
    from tm.store.postings import Asked, Slot
    from tm.store.protocol import Hits
    from tm.store.ragged import Array, Numbers

SHARED = 2
"""Tokens of the short lists that a segment must share before longer lists are read; with more of them the
short lists are longer, but fewer segments are left."""


def similar(queries: Sequence[Asked]) -> tuple[Hits, list[int]]:
    """The hits of one query, asked of each run, in no order; and the units that must be compared by their
    texts."""
    hits: Hits = []
    unsure: list[int] = []
    for asked in queries:
        search = _Search(asked)
        first = asked.run.layout.rank_from(asked.needed(0))
        end = asked.run.layout.rank_from(asked.longest + 1)
        ranks = search.near(first, end)
        if not len(ranks):
            continue
        units = np.array(asked.units())[ranks]
        if search.sizes:
            unsure += units.tolist()
        else:
            near, likenesses = search.compared(ranks)
            hits += zip(likenesses.tolist(), units[near].tolist(), strict=True)
    return hits, unsure


class QueryInRun:
    """``stretches.QueryInRun`` of arrays."""

    def __init__(self, layout: Layout, query: Sequence[int], lists: Mapping[int, Places]) -> None:
        """Unpack the lists."""
        arrays = {token: _unpacked(places) for token, places in lists.items()}
        self.layout, self.lists = _Layout(layout), [arrays.get(token) for token in query]
        self.sizes = [-1 if places is None else len(places) for places in self.lists]

    def has(self, start: int, end: int) -> bool:
        """Whether the query's tokens from ``start`` to ``end`` stand one after another in a segment.

        >>> from tm.store.layout import Layout
        >>> from tm.store.places import Places
        >>> lists = {7: Places(1, bytes([0, 2]), 3), 8: Places(1, bytes([1]), 3)}
        >>> in_run = QueryInRun(Layout([3], [1]), [7, 8, 9], lists)  # one segment: 7 8 7
        >>> in_run.has(0, 2), in_run.has(1, 3)
        (True, False)
        """
        order = sorted(range(start, end), key=self.sizes.__getitem__)
        lists = [
            (position - start, places) for position in order if (places := self.lists[position]) is not None
        ]
        return len(lists) == end - start and len(_in_a_row(self.layout, end - start, lists)) > 0


def _unpacked(places: Places) -> Array:
    """All places of a list."""
    gaps = np.frombuffer(places.gaps, f"<u{places.width}")
    unpacked: Array = np.cumsum(gaps, dtype=np.uint32)[gaps != places.largest]
    return unpacked


class _Layout:
    """A ``Layout`` as arrays."""

    def __init__(self, layout: Layout) -> None:
        self.lengths = np.array(layout.lengths)
        self.ranks, self.places = np.array(layout.ranks), np.array(layout.places)

    def starts(self, ranks: Numbers) -> tuple[Numbers, Numbers]:
        """The first place of each segment, and its length.

        >>> from tm.store.layout import Layout
        >>> [part.tolist() for part in _Layout(Layout([2, 5], [10, 1])).starts(np.array([3, 10]))]
        [[6, 20], [2, 5]]
        """
        block = np.searchsorted(self.ranks, ranks, "right") - 1
        block = np.minimum(block, len(self.lengths) - 1)
        lengths = self.lengths[block]
        return self.places[block] + (ranks - self.ranks[block]) * lengths, lengths

    def ranks_of(self, places: NDArray[np.int64 | np.uint32]) -> Numbers:
        """The segment of each place; the places ascend.

        >>> from tm.store.layout import Layout
        >>> _Layout(Layout([2, 5], [10, 1])).ranks_of(np.array([6, 7, 8, 24])).tolist()
        [3, 3, 4, 10]
        """
        counts = np.diff(np.searchsorted(places, self.places))
        first, rank = np.repeat(self.places[:-1], counts), np.repeat(self.ranks[:-1], counts)
        rank += (places - first) // np.repeat(self.lengths, counts)
        return rank


def _in_a_row(layout: _Layout, size: int, lists: Sequence[tuple[int, Array]]) -> Numbers:
    """``layout.in_a_row`` of arrays."""
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


class _Candidates(NamedTuple):
    """Segments that may match, as arrays with one element for each.

    Attributes:
        ranks: which segments.
        shared: how many tokens each is known to share with the query.
        needed: how many it must share.
        starts: its first place.
        ends: the place behind its last.
    """

    ranks: Numbers
    shared: Numbers
    needed: NDArray[np.float64]
    starts: Numbers
    ends: Numbers

    def keep(self, mask: NDArray[np.bool_]) -> _Candidates:
        """The candidates for which the mask is true.

        >>> candidates = _Candidates(*(np.array([1, 2, 3]) for _ in range(5)))
        >>> candidates.keep(candidates.shared > 1).ranks.tolist()
        [2, 3]
        """
        return _Candidates(
            self.ranks[mask], self.shared[mask], self.needed[mask], self.starts[mask], self.ends[mask]
        )


class _Search:
    """One query in one run: first which segments share enough tokens, then how near they are.

    Attributes:
        times: how often the query has each token.
        places: of the tokens whose lists have been read.
        sizes: in bytes, of the lists that have not been read.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked, self.layout = asked, _Layout(asked.run.layout)
        self.times, self.sizes = asked.times, dict(asked.sizes)
        self.places: dict[Slot, Array] = {}

    def _read(self, slots: list[Slot]) -> None:
        for slot, lists in self.asked.places(slots).items():
            arrays = [_unpacked(places) for places in lists]
            self.places[slot] = arrays[0] if len(arrays) == 1 else np.sort(np.concatenate(arrays))
            del self.sizes[slot]

    def near(self, first: int, end: int) -> Numbers:
        """The segments from rank ``first`` to ``end`` that share as many tokens as their lengths ask for.

        Lists are read until it is cheaper to compare the remaining segments by their texts; ``sizes`` is
        empty when all lists were read.
        """
        least = self.asked.needed(0)
        unread = self.asked.unread[0]
        tokens = iter(self.asked.order)
        short: list[Slot] = []
        while unread > max(0, least - SHARED):
            short.append(next(tokens))
            unread -= self.times[short[-1]]
        self._read(short)
        candidates = self._candidates(short, first, end, least - unread)
        may_match = candidates.shared + unread >= candidates.needed
        for token in tokens:
            candidates = candidates.keep(may_match)
            if not self.asked.is_worth_reading(sum(self.sizes.values()), len(candidates.ranks)):
                return candidates.ranks
            self._read([token])
            begins, behind = np.searchsorted(self.places[token], (candidates.starts, candidates.ends))
            shared = candidates.shared + np.minimum(behind - begins, self.times[token])
            candidates = candidates._replace(shared=shared)
            unread -= self.times[token]
            may_match = shared + unread >= candidates.needed
        return candidates.ranks[may_match]

    def _candidates(self, tokens: list[Slot], first: int, end: int, least: int) -> _Candidates:
        """The segments from rank ``first`` to ``end`` that share at least so many of these tokens."""
        counts = np.bincount(self._ranks(tokens, first, end) - first, minlength=end - first)
        ranks = np.flatnonzero(counts >= least) + first
        starts, lengths = self.layout.starts(ranks)
        needed = np.ceil(self.asked.minimum * np.maximum(lengths, len(self.asked.query)) - EPSILON)
        return _Candidates(ranks, counts[ranks - first], needed, starts, starts + lengths)

    def _ranks(self, tokens: list[Slot], first: int, end: int) -> Numbers:
        """The segments that have a token, each once for every token that it shares with the query."""
        bounds, _ = self.layout.starts(np.array([first, end]))
        all_ranks = [np.empty(0, np.int64)]
        for token in tokens:
            places = self.places[token]
            window = places[slice(*np.searchsorted(places, bounds))]
            ranks, times = self.layout.ranks_of(window), self.times[token]
            all_ranks += ranks[:times], ranks[times:][ranks[times:] != ranks[:-times]]
        return np.concatenate(all_ranks)

    def compared(self, ranks: Numbers) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Which of these segments reach the minimum, as indexes, and the likeness of each.

        All that is known of a segment is where the query's tokens stand; its other tokens differ from all of
        them.
        """
        starts, lengths = self.layout.starts(ranks)
        new_starts = offsets(lengths)
        codes = np.full(int(lengths.sum()), distance.NOTHING, np.uint32)
        numbers = {token: number for number, token in enumerate(self.asked.order)}
        alphabet = distance.characters(np.arange(len(numbers)))
        for token, number in numbers.items():
            begins, behind = np.searchsorted(self.places[token], (starts, starts + lengths))
            places = self.places[token][ranges(begins, behind - begins)]
            codes[places - np.repeat(starts - new_starts, behind - begins)] = alphabet[number]
        in_no_segment = len(numbers)
        query = distance.decoded(
            distance.characters(
                np.array([numbers.get(token, in_no_segment) for token in self.asked.query], np.int64)
            )
        )
        stored = distance.cut(distance.decoded(codes), new_starts, lengths)
        return distance.near([query] * len(stored), stored, self.asked.minimum)
