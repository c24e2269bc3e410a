"""The index inside the memory, for one query at a time: which segments of a run are near the query, and how
near.

For a query of m tokens, a match at likeness T shares at least ⌈T·m⌉ of them. So among the query's tokens
without its ⌈T·m⌉ - 1 most frequent ones, a match has at least one (Chaudhuri, Ganti & Kaushik 2006, "A
primitive operator for similarity joins in data cleaning"). ``Postings.similar`` goes through the runs:

1. ``Layout`` tells from the lengths which segments may match, and which segment a place belongs to.
2. A ``_Search`` reads the shortest lists (``near``), so few that only segments with two of their tokens can
   match; ``_ranks`` counts how many tokens each segment shares.
3. It reads the longer lists one by one and keeps the ``_Candidates`` that can still match, until reading on
   costs more than comparing the rest by their texts.
4. ``compared`` computes the likeness of each from the places of the query's tokens alone (``distance.py``).

``Postings.containing`` and ``holding`` look phrases up: ``layout.in_a_row`` and ``layout.together`` intersect
the lists, the shortest first (``_rarest_first``). ``lengthen`` finds the longest parts of a query, by a
``_QueryInRun``.

Where "le" stands at the places 0 and 2 of a run and "pont" at 3, with two segments of 2 tokens each:

>>> layout = Layout(lengths=np.array([2]), counts=np.array([2]))
>>> in_run = _QueryInRun(layout, [7, 8], {7: np.array([0, 2]), 8: np.array([3])})
>>> in_run.has(0, 2), in_run.has(1, 2)
(True, True)
"""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from tm.store.layout import Layout, in_a_row, together
from tm.store.ragged import offsets, ranges
from tm.store.records import DamagedError
from tm.store.runs import lengths_of, posting_id, unpacked
from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.store.layout import Places
    from tm.store.protocol import Hits
    from tm.store.ragged import Array, Numbers

    Slots: TypeAlias = Sequence[Sequence[int]]
    """For each token of a query the hashes that may stand in its place."""

SHARED = 2
"""Tokens of the short lists that a segment must share before longer lists are read; with more of them the
short lists are longer, but fewer segments are left."""

TEXT = 50_000
"""Break-even: reading so many bytes of lists costs as much as comparing one segment by its text."""

KEPT = 1 << 23
"""Places that are kept for the next look-up, four bytes each. The parts of a text are looked up one after
another."""


class Run(NamedTuple):
    """A run: its row, the unit before its first one, and how its segments lie."""

    id: int
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
    runs: list[Run]
    lists: dict[int, Array] = field(default_factory=dict)

    @staticmethod
    def read(connection: sqlite3.Connection, base: str) -> Postings:
        """The runs of a language that the memory has now."""
        rows = connection.execute("SELECT id, after, sizes FROM run WHERE base = ? ORDER BY last", (base,))
        runs = [Run(run_id, after, Layout(*lengths_of(sizes))) for run_id, after, sizes in rows]
        return Postings(connection, runs)

    def similar(self, query: Sequence[int], minimum: float) -> tuple[Hits, list[int]]:
        """The hits, in no order, and the units that must be compared by their texts.

        Args:
            query: hashed tokens.
            minimum: the least likeness.
        """
        hits: Hits = []
        unsure: list[int] = []
        for run in self.runs:
            first = run.layout.rank_from(math.ceil(minimum * len(query) - EPSILON))
            end = run.layout.rank_from(int(len(query) / minimum + EPSILON) + 1)
            if first == end:
                continue
            search = _Search(self, run, query, minimum)
            ranks = search.near(first, end)
            if not len(ranks):
                continue
            units = self.units(run)[ranks]
            if search.sizes:
                unsure += units.tolist()
            else:
                near, likenesses = search.compared(ranks)
                hits += zip(likenesses.tolist(), units[near].tolist(), strict=True)
        return hits, unsure

    def containing(self, query: Slots, below: int) -> tuple[list[int], int] | None:
        """The units of the next run in which the query's tokens stand one after another, the newest first.

        Args:
            query: for each token its hash, or several that may stand in its place; one token at least.
            below: only units before this one are looked at.

        Returns:
            The units, and the first unit of the run: ``below`` for the next call. None after the first run.
        """
        return self._next(query, below, in_a_row)

    def holding(self, query: Slots, below: int) -> tuple[list[int], int] | None:
        """``containing``, but the tokens may stand anywhere in the segment."""
        return self._next(query, below, together)

    def _next(
        self,
        query: Slots,
        below: int,
        ranks_of: Callable[[Layout, int, Places], Numbers],
    ) -> tuple[list[int], int] | None:
        run = next((run for run in reversed(self.runs) if run.after + 1 < below), None)
        if run is None:
            return None
        ranks = ranks_of(run.layout, len(query), self._rarest_first(run, query))
        units = {*self.units(run)[ranks].tolist()}
        return sorted((unit for unit in units if unit < below), reverse=True), run.after + 1

    def _rarest_first(self, run: Run, query: Slots) -> Iterator[tuple[int, Array]]:
        """``Places`` of a query, the shortest list first; a list is read when it is asked for."""
        sizes = self.sizes(run, [token for slot in query for token in slot])
        in_run = [[token for token in slot if token in sizes] for slot in query]
        order = sorted(range(len(query)), key=lambda position: sum(map(sizes.__getitem__, in_run[position])))
        for position in order:
            lists = [np.empty(0, np.uint32), *self.places(run, in_run[position]).values()]
            yield position, lists[1] if len(lists) == 2 else np.sort(np.concatenate(lists))

    def lengthen(self, ends: list[int], query: Sequence[int], seeds: Sequence[int]) -> None:
        """For each token of the query, extend ``ends`` to the longest stretch of tokens found in one segment.

        Only stretches that contain a seed and lie within no longer one are found. So in each run only
        stretches matter that go one token further than what is known, and most of these have a token too rare
        to go on with.
        """
        following = [
            next((seed for seed in seeds if seed >= position), None) for position in range(len(query))
        ]
        for run in self.runs:
            query_in_run = _QueryInRun(run.layout, query, self.places(run, [*self.sizes(run, query)]))
            reach = 0  # the position of the token that a stretch must have to be new
            for start, seed in enumerate(following):
                if seed is None:
                    break
                reach = max(reach, ends[start], seed, start + 1)
                while reach < len(query) and query_in_run.has(start, reach + 1):
                    reach += 1
                    ends[start] = reach

    def sizes(self, run: Run, tokens: Iterable[int]) -> dict[int, int]:
        """How many bytes the list of each token has; a token that the run does not have is left out."""
        rows = self.connection.execute(
            "SELECT id, length(gaps) FROM posting WHERE id IN (SELECT value FROM json_each(?))",
            (_row_ids(run, set(tokens)),),
        )
        return {row_id & 0xFFFFFFFF: size for row_id, size in rows}

    def places(self, run: Run, tokens: Sequence[int]) -> dict[int, Array]:
        """The places of each of these tokens, all of which the run has."""
        missing = [token for token in tokens if posting_id(run.id, token) not in self.lists]
        if missing:
            if sum(map(len, self.lists.values())) > KEPT:
                self.lists.clear()
                missing = list(tokens)
            rows = self.connection.execute(
                "SELECT id, width, gaps FROM posting WHERE id IN (SELECT value FROM json_each(?))",
                (_row_ids(run, missing),),
            )
            size = int(run.layout.places[-1])
            self.lists.update((row_id, unpacked(width, gaps, size)) for row_id, width, gaps in rows)
        return {token: self.lists[posting_id(run.id, token)] for token in tokens}

    def units(self, run: Run) -> Array:
        """The unit of each segment of a run, by rank."""
        row = self.connection.execute("SELECT units FROM run WHERE id = ?", (run.id,)).fetchone()
        if len(row[0]) != 4 * run.layout.ranks[-1]:
            raise DamagedError
        return np.frombuffer(row[0], "<u4")


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
        rarest_first: the tokens that the run has.
        places: of the tokens whose lists have been read.
        sizes: in bytes, of the lists that have not been read.
    """

    def __init__(self, postings: Postings, run: Run, query: Sequence[int], minimum: float) -> None:
        self.postings, self.run, self.query, self.minimum = postings, run, query, minimum
        self.times = Counter(query)
        self.sizes = postings.sizes(run, self.times)
        self.rarest_first = sorted(self.sizes, key=self.sizes.__getitem__)
        self.places: dict[int, Array] = {}

    def _read(self, tokens: list[int]) -> None:
        self.places |= self.postings.places(self.run, tokens)
        for token in tokens:
            del self.sizes[token]

    def near(self, first: int, end: int) -> Numbers:
        """The segments from rank ``first`` to ``end`` that share as many tokens as their lengths ask for.

        Lists are read until it is cheaper to compare the remaining segments by their texts; ``sizes`` is
        empty when all lists were read.
        """
        least = math.ceil(self.minimum * len(self.query) - EPSILON)
        unread = sum(map(self.times.__getitem__, self.rarest_first))
        tokens = iter(self.rarest_first)
        short: list[int] = []
        while unread > max(0, least - SHARED):
            short.append(next(tokens))
            unread -= self.times[short[-1]]
        self._read(short)
        candidates = self._candidates(short, first, end, least - unread)
        may_match = candidates.shared + unread >= candidates.needed
        for token in tokens:
            candidates = candidates.keep(may_match)
            if len(candidates.ranks) * TEXT <= sum(self.sizes.values()):
                return candidates.ranks
            self._read([token])
            begins, behind = np.searchsorted(self.places[token], (candidates.starts, candidates.ends))
            shared = candidates.shared + np.minimum(behind - begins, self.times[token])
            candidates = candidates._replace(shared=shared)
            unread -= self.times[token]
            may_match = shared + unread >= candidates.needed
        return candidates.ranks[may_match]

    def _candidates(self, tokens: list[int], first: int, end: int, least: int) -> _Candidates:
        """The segments from rank ``first`` to ``end`` that share at least so many of these tokens."""
        counts = np.bincount(self._ranks(tokens, first, end) - first, minlength=end - first)
        ranks = np.flatnonzero(counts >= least) + first
        starts, lengths = self.run.layout.starts(ranks)
        needed = np.ceil(self.minimum * np.maximum(lengths, len(self.query)) - EPSILON)
        return _Candidates(ranks, counts[ranks - first], needed, starts, starts + lengths)

    def _ranks(self, tokens: list[int], first: int, end: int) -> Numbers:
        """The segments that have a token, each once for every token that it shares with the query."""
        bounds, _ = self.run.layout.starts(np.array([first, end]))
        all_ranks = [np.empty(0, np.int64)]
        for token in tokens:
            places = self.places[token]
            window = places[slice(*np.searchsorted(places, bounds))]
            ranks, times = self.run.layout.ranks_of(window), self.times[token]
            all_ranks += ranks[:times], ranks[times:][ranks[times:] != ranks[:-times]]
        return np.concatenate(all_ranks)

    def compared(self, ranks: Numbers) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Which of these segments reach the minimum, as indexes, and the likeness of each.

        All that is known of a segment is where the query's tokens stand; its other tokens differ from all of
        them.
        """

        from tm.store import distance  # rapidfuzz, which many look-ups do without

        starts, lengths = self.run.layout.starts(ranks)
        new_starts = offsets(lengths)
        codes = np.full(int(lengths.sum()), distance.NOTHING, np.uint32)
        numbers = {token: number for number, token in enumerate(self.rarest_first)}
        alphabet = distance.characters(np.arange(len(numbers)))
        for token, number in numbers.items():
            begins, behind = np.searchsorted(self.places[token], (starts, starts + lengths))
            places = self.places[token][ranges(begins, behind - begins)]
            codes[places - np.repeat(starts - new_starts, behind - begins)] = alphabet[number]
        in_no_segment = len(numbers)
        query = distance.decoded(
            distance.characters(
                np.array([numbers.get(token, in_no_segment) for token in self.query], np.int64)
            )
        )
        stored = distance.cut(distance.decoded(codes), new_starts, lengths)
        return distance.near([query] * len(stored), stored, self.minimum)


class _QueryInRun:
    """A query whose stretches are looked for in a run."""

    def __init__(self, layout: Layout, query: Sequence[int], lists: dict[int, Array]) -> None:
        self.layout, self.lists = layout, [lists.get(token) for token in query]
        self.sizes = [-1 if places is None else len(places) for places in self.lists]

    def has(self, start: int, end: int) -> bool:
        """Whether the query's tokens from ``start`` to ``end`` stand one after another in a segment.

        >>> layout = Layout(np.array([3]), np.array([1]))  # one segment: 7 8 7
        >>> in_run = _QueryInRun(layout, [7, 8, 9], {7: np.array([0, 2]), 8: np.array([1])})
        >>> in_run.has(0, 2), in_run.has(1, 3)
        (True, False)
        """
        order = sorted(range(start, end), key=self.sizes.__getitem__)
        lists = [
            (position - start, places) for position in order if (places := self.lists[position]) is not None
        ]
        return len(lists) == end - start and len(in_a_row(self.layout, end - start, lists)) > 0


def _row_ids(run: Run, tokens: Iterable[int]) -> str:
    return json.dumps([posting_id(run.id, token) for token in tokens])
