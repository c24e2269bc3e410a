"""How the segments of a run lie, and which of them have a phrase, or all of some words.

A run's segments lie by length, so that a token's place tells its segment (``Layout.ranks_of``) although no
place of a segment is stored. ``in_a_row`` and ``together`` intersect lists of places.

Three segments, "un pont", "le pont" and "le vieux pont": "le" has the places 2 and 4, "pont" 1, 3 and 6.

>>> from tm.store.places import Places
>>> layout = Layout(lengths=[2, 3], counts=[2, 1])
>>> le, pont = Places(1, bytes([2, 2]), 7), Places(1, bytes([1, 2, 3]), 7)
>>> layout.ranks_of(le.all())
[1, 2]
>>> together(layout, 2, [(0, [le]), (1, [pont])])
[1, 2]
>>> in_a_row(layout, 2, [(0, [le]), (1, [pont])])
[1]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, chain, repeat
from operator import floordiv, ge, mul, sub
from typing import TYPE_CHECKING, TypeAlias

from tm.store.places import integers
from tm.store.records import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.store.places import Places

    Slots: TypeAlias = Iterable[tuple[int, Sequence[Places]]]
    """Positions in a query, each with the lists of the tokens that may stand there."""

FEW = 20
"""Break-even: looking up one segment in a list costs as much as telling the segments of so many places."""


class Layout:
    """How the segments of a run lie: all of one length together, ranked by length."""

    def __init__(self, lengths: Sequence[int], counts: Sequence[int]) -> None:
        """Different lengths, ascending, and how many segments have each."""
        self.lengths = lengths
        self.ranks = [0, *accumulate(counts)]
        self.places = [0, *accumulate(map(mul, lengths, counts))]

    @staticmethod
    def read(sizes: bytes) -> Layout:
        """The layout of a run, as the memory keeps it: the lengths, then the counts.

        >>> import struct
        >>> layout = Layout.read(struct.pack("<4I", 2, 3, 1, 4))
        >>> layout.lengths, layout.ranks, layout.places
        ([2, 3], [0, 1, 5], [0, 2, 14])
        """
        if not sizes or len(sizes) % 8:
            raise DamagedError
        numbers = list(integers(4, sizes))
        lengths, counts = numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :]
        layout = Layout(lengths, counts)
        if any(map(ge, lengths, lengths[1:])) or layout.places[-1] >= 1 << 32:
            raise DamagedError
        return layout

    def rank_from(self, length: int) -> int:
        """The first segment that is not shorter.

        >>> Layout([2, 5], [10, 1]).rank_from(3)
        10
        """
        return self.ranks[bisect_left(self.lengths, length)]

    def segment(self, rank: int) -> tuple[int, int]:
        """The first place of a segment, and the place behind its last.

        >>> layout = Layout([2, 5], [10, 1])
        >>> layout.segment(3), layout.segment(10)
        ((6, 8), (20, 25))
        """
        block = bisect_right(self.ranks, rank) - 1
        length = self.lengths[block]
        start = self.places[block] + (rank - self.ranks[block]) * length
        return start, start + length

    def block_of(self, place: int) -> int:
        """Which of the different lengths the segment of a place has.

        >>> Layout([2, 5], [10, 1]).block_of(20)
        1
        """
        return bisect_right(self.places, place) - 1

    def segment_at(self, place: int, block: int) -> tuple[int, int, int]:
        """The segment of a place in this block, its first place, and the place behind its last.

        >>> Layout([2, 5], [10, 1]).segment_at(19, 0)
        (9, 18, 20)
        """
        length = self.lengths[block]
        rank = (place - self.places[block]) // length
        start = self.places[block] + rank * length
        return self.ranks[block] + rank, start, start + length

    def rank_of(self, place: int) -> int:
        """The segment of a place.

        >>> Layout([2, 5], [10, 1]).rank_of(19)
        9
        """
        return self.segment_at(place, self.block_of(place))[0]

    def ranks_of(self, places: list[int]) -> list[int]:
        """The segment of each place; the places ascend.

        >>> Layout([2, 5], [10, 1]).ranks_of([6, 7, 8, 24])
        [3, 3, 4, 10]
        """
        ranks: list[int] = []
        while len(ranks) < len(places):
            begin = len(ranks)
            block = self.block_of(places[begin])
            length, end = self.lengths[block], bisect_left(places, self.places[block + 1], begin)
            # Counted from where the block's first segment would begin if all segments were so long.
            shift = self.places[block] - self.ranks[block] * length
            ranks += map(floordiv, map(sub, places[begin:end], repeat(shift)), repeat(length))
        return ranks

    def within(self, starts: list[int], size: int) -> list[int]:
        """The places from which so many tokens stand in one segment.

        >>> Layout([2, 5], [10, 1]).within([17, 18, 20, 22], 3)
        [20, 22]
        """
        return [start for start in starts if self.rank_of(start) == self.rank_of(start + size - 1)]


def in_a_row(layout: Layout, size: int, slots: Slots) -> list[int]:
    """The segments in which tokens of all lists stand one after another, as their positions say."""
    starts: list[int] | None = None
    for position, lists in slots:
        if starts is None:
            places = {*chain.from_iterable(of_token.all() for of_token in lists)}
            starts = sorted(place - position for place in places if place >= position)
        else:
            starts = sorted({*chain.from_iterable(of_token.of(starts, position) for of_token in lists)})
        if not starts:
            return []
    assert starts is not None
    return sorted({layout.rank_of(start) for start in layout.within(starts, size)})


def together(layout: Layout, _: int, slots: Slots) -> list[int]:
    """The segments that have a token of each list."""
    common: list[int] | None = None
    for _, lists in slots:
        if common is not None and FEW * len(common) < sum(map(len, lists)):
            common = [rank for rank in common if any(places.count(*layout.segment(rank)) for places in lists)]
        else:
            ranks = {*chain.from_iterable(layout.ranks_of(places.all()) for places in lists)}
            common = sorted(ranks if common is None else ranks.intersection(common))
        if not common:
            return []
    assert common is not None
    return common
