"""The index inside the memory, for one query at a time: which segments of a run share enough tokens, and how near they are.

For a query of m tokens a match at base T shares at least ⌈T·m⌉ of them, so that one token or two of all but its ⌈T·m⌉ - 1
most frequent ones are enough to find it (Chaudhuri, Ganti & Kaushik 2006, "A primitive operator for similarity joins in
data cleaning"). The long lists are looked at only where that leaves something to compare.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.store.ragged import offsets, stretches
from tm.store.records import DamagedError
from tm.store.runs import lengths_of, posting_id, unpacked
from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

    Hits = list[tuple[float, int]]
    Slots = Sequence[Sequence[int]]

WANTED = 2
"""Shared tokens that make a segment worth a look at the longer lists; more means longer lists for fewer segments."""

TEXT = 50_000
"""Bytes of lists that are read in the time in which one segment is compared by its text."""

KEPT = 1 << 23
"""Places that are kept for the next look-up, four bytes each: the parts of a text are looked up one after another."""


class Layout:
    """How the segments of a run lie: all of one length together, ranked by length."""

    def __init__(self, lengths: Numbers, counts: Numbers) -> None:
        """Different lengths, ascending, and how many segments have each."""
        self.lengths = lengths
        self.ranks = np.r_[0, np.cumsum(counts)]
        self.places = np.r_[0, np.cumsum(lengths * counts)]

    def rank_from(self, length: int) -> int:
        """The first segment that is not shorter."""
        return int(self.ranks[np.searchsorted(self.lengths, length)])

    def starts(self, ranks: Numbers) -> tuple[Numbers, Numbers]:
        """The first place of each segment, and its length."""
        block = np.searchsorted(self.ranks, ranks, "right") - 1
        block = np.minimum(block, len(self.lengths) - 1)
        lengths = self.lengths[block]
        return self.places[block] + (ranks - self.ranks[block]) * lengths, lengths

    def ranks_of(self, places: NDArray[np.int64 | np.uint32]) -> Numbers:
        """The segment of each place; the places ascend."""
        counts = np.diff(np.searchsorted(places, self.places))
        first, rank = np.repeat(self.places[:-1], counts), np.repeat(self.ranks[:-1], counts)
        rank += (places - first) // np.repeat(self.lengths, counts)
        return rank


class _Run(NamedTuple):
    number: int
    after: int
    layout: Layout


@dataclass(frozen=True)
class Postings:
    """The runs of one language, for looking up one query at a time.

    Attributes:
        connection: of the memory.
        runs: the oldest first.
        lists: places read lately, by row.
    """

    connection: sqlite3.Connection
    runs: list[_Run]
    lists: dict[int, Array] = field(default_factory=dict)

    @staticmethod
    def read(connection: sqlite3.Connection, base: str) -> Postings:
        """The runs that are there now."""
        rows = connection.execute("SELECT id, after, sizes FROM run WHERE base = ? ORDER BY last", (base,))
        runs = [_Run(number, after, Layout(*lengths_of(sizes))) for number, after, sizes in rows]
        return Postings(connection, runs)

    def similar(self, query: Sequence[int], minimum: float) -> tuple[Hits, list[int]]:
        """(base, unit) of segments at or above the least base, in no order, and the units that may have more of them: so few
        that they are sooner compared by their texts than the lists of all tokens read."""
        hits: Hits = []
        unsure: list[int] = []
        for run in self.runs:
            low = run.layout.rank_from(math.ceil(minimum * len(query) - EPSILON))
            high = run.layout.rank_from(int(len(query) / minimum + EPSILON) + 1)
            if low == high:
                continue
            search = _Search(self, run, query, minimum)
            ranks = search.near(low, high)
            if not len(ranks):
                continue
            units = self._units(run)[ranks]
            if search.sizes:
                unsure += units.tolist()
            else:
                places, bases = search.compared(ranks)
                hits += zip(bases.tolist(), units[places].tolist(), strict=True)
        return hits, unsure

    def containing(self, query: Slots, below: int) -> tuple[list[int], int] | None:
        """The units of the next run in which the query's tokens stand one after another, the newest first, and where that run
        begins.

        Args:
            query: of each token its hash, or those of all tokens that will do; one token at least.
            below: only units before this one are looked at.

        Returns:
            None when no run is left.
        """
        return self._next(query, below, _in_a_row)

    def holding(self, query: Slots, below: int) -> tuple[list[int], int] | None:
        """``containing``, but the tokens may stand anywhere in the segment."""
        return self._next(query, below, _together)

    def _next(
        self,
        query: Slots,
        below: int,
        ranks_of: Callable[[Layout, int, Iterable[tuple[int, Array]]], Numbers],
    ) -> tuple[list[int], int] | None:
        run = next((run for run in reversed(self.runs) if run.after + 1 < below), None)
        if run is None:
            return None
        ranks = ranks_of(run.layout, len(query), self._rarest_first(run, query))
        units = {*self._units(run)[ranks].tolist()}
        return sorted((unit for unit in units if unit < below), reverse=True), run.after + 1

    def _rarest_first(self, run: _Run, query: Slots) -> Iterator[tuple[int, Array]]:
        """Each place of the query with the places of its tokens in the run, the shortest list first, read as they are asked for."""
        sizes = self.sizes(run, [token for slot in query for token in slot])
        there = [[token for token in slot if token in sizes] for slot in query]
        order = sorted(range(len(query)), key=lambda place: sum(map(sizes.__getitem__, there[place])))
        for place in order:
            lists = [np.empty(0, np.uint32), *self.places(run, there[place]).values()]
            yield place, lists[1] if len(lists) == 2 else np.sort(np.concatenate(lists))

    def lengthen(self, ends: list[int], query: Sequence[int], seeds: Sequence[int]) -> None:
        """Put further away, for each place of the query, the end of the longest stretch from there that a segment has.

        Stretches with no seed in them are passed over, and those within a longer one. So in each run and from each place only
        stretches matter that go one token further than what is known, and most have a token too rare to go on with.
        """
        following = [next((seed for seed in seeds if seed >= place), None) for place in range(len(query))]
        for run in self.runs:
            stretch = _Stretch(run.layout, query, self.places(run, [*self.sizes(run, query)]))
            reach = 0  # the token that a stretch must have to be new
            for start, seed in enumerate(following):
                if seed is None:
                    break
                reach = max(reach, ends[start], seed, start + 1)
                while reach < len(query) and stretch.stands(start, reach + 1):
                    reach += 1
                    ends[start] = reach

    def sizes(self, run: _Run, tokens: Iterable[int]) -> dict[int, int]:
        """How many bytes the list of each token has; a token without one is left out."""
        rows = self.connection.execute(
            "SELECT id, length(gaps) FROM posting WHERE id IN (SELECT value FROM json_each(?))",
            (_rows(run, set(tokens)),),
        )
        return {number & 0xFFFFFFFF: size for number, size in rows}

    def places(self, run: _Run, tokens: Sequence[int]) -> dict[int, Array]:
        """The places of each of these tokens, all of which the run has."""
        missing = [token for token in tokens if posting_id(run.number, token) not in self.lists]
        if missing:
            if sum(map(len, self.lists.values())) > KEPT:
                self.lists.clear()
                missing = list(tokens)
            rows = self.connection.execute(
                "SELECT id, width, gaps FROM posting WHERE id IN (SELECT value FROM json_each(?))",
                (_rows(run, missing),),
            )
            size = int(run.layout.places[-1])
            self.lists.update((number, unpacked(width, gaps, size)) for number, width, gaps in rows)
        return {token: self.lists[posting_id(run.number, token)] for token in tokens}

    def _units(self, run: _Run) -> Array:
        row = self.connection.execute("SELECT units FROM run WHERE id = ?", (run.number,)).fetchone()
        if len(row[0]) != 4 * run.layout.ranks[-1]:
            raise DamagedError
        return np.frombuffer(row[0], "<u4")


class _Search:
    """One query in one run: first which segments share enough tokens, then how near they are.

    Attributes:
        times: how often the query has each token.
        rarest_first: those of the tokens that the run has.
        places: of the tokens whose lists have been read.
        sizes: in bytes, of the lists that have not.
    """

    def __init__(self, postings: Postings, run: _Run, query: Sequence[int], minimum: float) -> None:
        self.postings, self.run, self.query, self.minimum = postings, run, query, minimum
        self.times = Counter(query)
        self.sizes = postings.sizes(run, self.times)
        self.rarest_first = sorted(self.sizes, key=self.sizes.__getitem__)
        self.places: dict[int, Array] = {}

    def _read(self, tokens: list[int]) -> None:
        self.places |= self.postings.places(self.run, tokens)
        for token in tokens:
            del self.sizes[token]

    def near(self, low: int, high: int) -> Numbers:
        """The ranks from low to high that share as many tokens as their lengths ask for, as far as lists have been read: of all
        tokens, or until what is left is sooner compared by its texts."""
        least = math.ceil(self.minimum * len(self.query) - EPSILON)
        unread = sum(map(self.times.__getitem__, self.rarest_first))
        tokens = iter(self.rarest_first)
        first: list[int] = []
        while unread > max(0, least - WANTED):
            first.append(next(tokens))
            unread -= self.times[first[-1]]
        self._read(first)
        counts = np.bincount(self._ranks(first, low, high) - low, minlength=high - low)
        ranks = np.flatnonzero(counts >= least - unread) + low
        shared = counts[ranks - low]
        starts, lengths = self.run.layout.starts(ranks)
        need = np.ceil(self.minimum * np.maximum(lengths, len(self.query)) - EPSILON)
        near = shared + unread >= need
        for token in tokens:
            ranks, shared, starts, lengths, need = (
                each[near] for each in (ranks, shared, starts, lengths, need)
            )
            if len(ranks) * TEXT <= sum(self.sizes.values()):
                return ranks
            self._read([token])
            begin, end = self._standing(token, starts, lengths)
            shared = shared + np.minimum(end - begin, self.times[token])
            unread -= self.times[token]
            near = shared + unread >= need
        return ranks[near]

    def _ranks(self, tokens: list[int], low: int, high: int) -> Numbers:
        """The segments that have a token, each as often as it has tokens of the query."""
        (begin, end), _ = self.run.layout.starts(np.array([low, high]))
        found = [np.empty(0, np.int64)]
        for token in tokens:
            places = self.places[token]
            window = places[slice(*np.searchsorted(places, (begin, end)))]
            ranks, times = self.run.layout.ranks_of(window), self.times[token]
            found += ranks[:times], ranks[times:][ranks[times:] != ranks[:-times]]
        return np.concatenate(found)

    def _standing(self, token: int, starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
        """From where to where the list of a token is about each segment."""
        places = self.places[token]
        return np.searchsorted(places, starts), np.searchsorted(places, starts + lengths)

    def compared(self, ranks: Numbers) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Which of these are at or above the least base, and the base of each of them.

        Of a stored segment only the query's tokens are known, and where they stand; all others differ from the query's anyway.
        """

        from tm.store import distance  # rapidfuzz, which many look-ups do without

        starts, lengths = self.run.layout.starts(ranks)
        own = offsets(lengths)
        codes = np.full(int(lengths.sum()), distance.NOTHING, np.uint32)
        numbers = {token: number for number, token in enumerate(self.rarest_first)}
        alphabet = distance.characters(np.arange(len(numbers)))
        for token, number in numbers.items():
            begin, end = self._standing(token, starts, lengths)
            where = self.places[token][stretches(begin, end - begin)]
            codes[where - np.repeat(starts - own, end - begin)] = alphabet[number]
        unknown = len(numbers)  # of no stored segment, and no code of theirs
        query = distance.decoded(
            distance.characters(np.array([numbers.get(token, unknown) for token in self.query], np.int64))
        )
        stored = distance.cut(distance.decoded(codes), own, lengths)
        return distance.near([query] * len(stored), stored, self.minimum)


class _Stretch:
    """A query of which stretches are looked for in a run."""

    def __init__(self, layout: Layout, query: Sequence[int], lists: dict[int, Array]) -> None:
        self.layout, self.lists = layout, [lists.get(token) for token in query]
        self.sizes = [-1 if places is None else len(places) for places in self.lists]

    def stands(self, start: int, end: int) -> bool:
        """Whether the tokens of a stretch stand one after another in a segment."""
        order = sorted(range(start, end), key=self.sizes.__getitem__)
        slots = [(place - start, here) for place in order if (here := self.lists[place]) is not None]
        return len(slots) == end - start and len(_in_a_row(self.layout, end - start, slots)) > 0


def _in_a_row(layout: Layout, size: int, slots: Iterable[tuple[int, Array]]) -> Numbers:
    """The segments in which the tokens of all slots stand one after another, each slot's place in the query beside it."""
    starts: Numbers | None = None
    for place, here in slots:
        if starts is None:
            starts = here.astype(np.int64) - place
            starts = starts[starts >= 0]
        else:
            starts = starts[_present((starts + place).astype(np.uint32), here)]
        if not len(starts):
            return starts
    assert starts is not None
    ranks = layout.ranks_of(starts)
    within: Numbers = ranks[ranks == layout.ranks_of(starts + size - 1)]
    return within


def _together(layout: Layout, _: int, slots: Iterable[tuple[int, Array]]) -> Numbers:
    """The segments that have a token of each slot."""
    ranks: Numbers | None = None
    for _, here in slots:
        own = layout.ranks_of(here)
        ranks = own if ranks is None else ranks[_present(ranks, own)]
        if not len(ranks):
            return ranks
    assert ranks is not None
    return ranks


def _rows(run: _Run, tokens: Iterable[int]) -> str:
    return json.dumps([posting_id(run.number, token) for token in tokens])


def _present(few: NDArray[Any], many: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of the one stand in the other; both ascend. The shorter one is looked up in the longer one."""
    if len(few) <= len(many):
        found: NDArray[np.bool_] = many[np.minimum(many.searchsorted(few), len(many) - 1)] == few
        return found
    places = np.minimum(few.searchsorted(many), len(few) - 1)
    found = np.zeros(len(few), np.bool_)
    found[places[few[places] == many]] = True
    return found
