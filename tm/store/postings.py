"""The index inside the memory, for one query at a time: which segments of a run are near the query.

For a query of m tokens, a match at likeness T shares at least ⌈T·m⌉ of them. So among the query's tokens
without its ⌈T·m⌉ - k most frequent ones, a match has at least k (Chaudhuri, Ganti & Kaushik 2006, "A primitive
operator for similarity joins in data cleaning"). ``Postings.similar`` goes through the runs:

1. ``_blocks`` tells from the lengths which segments may match, which lists must be read of them, and how many
   of their places lie in a match.
2. ``_candidates`` joins these lists and looks for places that lie so near to each other.
3. ``_near`` looks the candidates up in the longer lists (``places.py``), one list after the other, until that
   costs more than comparing them by their texts. The caller does that: no distance is computed here.

``Postings.containing`` and ``holding`` look phrases up: ``layout.in_a_row`` and ``layout.together`` intersect
the lists, the shortest first (``_rarest_first``). ``lengthen`` finds the longest parts of a query
(``stretches.py``).

All of it is the standard library's: numpy takes longer to load than most look-ups take. Look-ups that read
very many places have ``unpacked.py``, jobs of many queries ``arrays.py``.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import field
from itertools import accumulate, chain, compress, count, islice, repeat
from operator import gt, neg, sub
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tm.store import run_table, stretches
from tm.store.layout import Layout, in_a_row, together
from tm.store.places import Places, integers
from tm.store.records import DamagedError
from tm.store.seals import check
from tm.store.tolerance import EPSILON
from tm.values import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.store import unpacked
    from tm.store.layout import Slots
    from tm.store.protocol import Hits

    Slot: TypeAlias = tuple[int, ...]
    """A token of a query: the hashes, ascending, that may stand in its place."""

SHARED = 3
"""k: with more of them more lists are read, but fewer segments must be looked at one by one."""

TEXT = 50_000
"""Break-even: reading so many bytes of lists costs as much as comparing one segment by its text."""

MANY_BYTES = 100_000
"""Bytes of lists that are worth numpy: so many take as long without it as it takes to load."""

KEPT = 1 << 12
"""Lists that are kept for the next look-up. The parts of a text are looked up one after another."""


_AT_OR_BEFORE = (
    "SELECT value, posting.id, next, length(gaps) FROM json_each(?) LEFT JOIN posting"
    " ON posting.id = (SELECT max(id) FROM posting WHERE id <= value)"
)
"""For each list that is asked for, it or the one before it, and the one that this one names."""


class Run(NamedTuple):
    """A run: its row and digest, the unit before its first one, and how its segments lie."""

    id: int
    digest: str
    after: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Postings:
    """The runs of one language, for looking up one query at a time.

    Attributes:
        connection: of the memory.
        runs: the oldest first.
        lists: those read lately, by row.
    """

    connection: sqlite3.Connection
    runs: list[Run]
    lists: dict[int, Places] = field(default_factory=dict)

    @staticmethod
    def read(connection: sqlite3.Connection, base: str, before: Postings | None = None) -> Postings:
        """The runs of a language that the memory has now; lists of the runs that are still there are kept."""
        stored = run_table.runs(connection, base)
        read = [Run(run.id, run.digest, run.after, Layout.read(run.sizes)) for run in stored]
        if before is None:
            return Postings(connection, read)
        same = {(run.id, run.digest) for run in before.runs}
        ids = {run.id for run in read if (run.id, run.digest) in same}
        lists = {row_id: places for row_id, places in before.lists.items() if row_id >> 32 in ids}
        return Postings(connection, read, lists)

    def similar(self, query: Sequence[Slot], minimum: float) -> tuple[Hits, list[int]]:
        """Hits, in no order, and the units that must be compared by their texts; all others do not match.

        Args:
            query: two slots have the same hashes or none in common.
            minimum: the least likeness.
        """
        if not query:
            return [], [unit for run in self.runs for unit in self.units(run)[: run.layout.rank_from(1)]]
        in_runs = [asked for run in self.runs if (asked := Asked(self, run, query, minimum)).may_match()]
        if sum(asked.bytes_to_read() for asked in in_runs) > MANY_BYTES:
            from tm.store.unpacked import similar  # numpy

            return similar(in_runs)
        near: list[int] = []
        for asked in in_runs:
            if ranks := _near(asked):
                near += map(asked.units().__getitem__, ranks)
        return [], near

    def containing(self, query: Sequence[Slot], below: int) -> tuple[list[int], int] | None:
        """The units of the next run in which the query's tokens stand one after another, the newest first.

        Args:
            query: for each token its hash, or several that may stand in its place; one token at least.
            below: only units before this one are looked at.

        Returns:
            The units, and the first unit of the run: ``below`` for the next call. None after the first run.
        """
        return self._next(query, below, in_a_row)

    def holding(self, query: Sequence[Slot], below: int) -> tuple[list[int], int] | None:
        """``containing``, but the tokens may stand anywhere in the segment."""
        return self._next(query, below, together)

    def _next(
        self,
        query: Sequence[Slot],
        below: int,
        ranks_of: Callable[[Layout, int, Slots], list[int]],
    ) -> tuple[list[int], int] | None:
        run = next((run for run in reversed(self.runs) if run.after + 1 < below), None)
        if run is None:
            return None
        ranks = ranks_of(run.layout, len(query), self._rarest_first(run, query))
        units = {*map(self.units(run).__getitem__, ranks)} if ranks else set()
        return sorted((unit for unit in units if unit < below), reverse=True), run.after + 1

    def _rarest_first(self, run: Run, query: Sequence[Slot]) -> Iterator[tuple[int, list[Places]]]:
        """``Slots`` of a query, those with the shortest lists first; lists are read when they are asked
        for."""
        sizes = self.sizes(run, [token for slot in query for token in slot])
        in_run = [[token for token in slot if token in sizes] for slot in query]
        order = sorted(range(len(query)), key=lambda position: sum(map(sizes.__getitem__, in_run[position])))
        for position in order:
            yield position, [*self.places(run, in_run[position]).values()]

    def lengthen(self, ends: list[int], query: Sequence[int], seeds: Sequence[int]) -> None:
        """For each token of the query, extend ``ends`` to the longest stretch of tokens found in one segment.

        Only stretches that contain a seed and lie within no longer one are found. So in each run only
        stretches matter that go one token further than what is known, and most of these have a token too rare
        to go on with.
        """
        following = [
            next((seed for seed in seeds if seed >= position), None) for position in range(len(query))
        ]
        sizes = [self.sizes(run, query) for run in self.runs]
        in_run: type[stretches.QueryInRun | unpacked.QueryInRun] = stretches.QueryInRun
        if sum(map(sum, map(dict.values, sizes))) * len(query) > stretches.MANY:
            from tm.store import unpacked  # numpy

            in_run = unpacked.QueryInRun
        for run, of_tokens in zip(self.runs, sizes, strict=True):
            query_in_run = in_run(run.layout, query, self.places(run, [*of_tokens]))
            reach = 0  # the position of the token that a stretch must have to be new
            for start, seed in enumerate(following):
                if seed is None:
                    break
                reach = max(reach, ends[start], seed, start + 1)
                while reach < len(query) and query_in_run.has(start, reach + 1):
                    reach += 1
                    ends[start] = reach

    def sizes(self, run: Run, tokens: Iterable[int]) -> dict[int, int]:
        """How many bytes the list of each token has; a token that the run does not have is left out.

        Raises:
            DamagedError: the run has it, but its list is lost: the list before it does not name the one behind.
        """
        rows = self.connection.execute(_AT_OR_BEFORE, (_row_ids(run, set(tokens)),))
        sizes = {}
        for asked, row_id, following, size in rows:
            if asked != row_id and (row_id is None or row_id >> 32 != run.id or following <= asked):
                raise DamagedError
            if asked == row_id and size:
                sizes[row_id & 0xFFFFFFFF] = size
        return sizes

    def places(self, run: Run, tokens: Sequence[int]) -> dict[int, Places]:
        """The places of each of these tokens, all of which the run has."""
        missing = [token for token in tokens if posting_id(run.id, token) not in self.lists]
        if missing:
            if len(self.lists) > KEPT:
                self.lists.clear()
                missing = list(tokens)
            self._read(run, missing)
        return {token: self.lists[posting_id(run.id, token)] for token in tokens}

    def _read(self, run: Run, tokens: Sequence[int]) -> None:
        rows = self.connection.execute(
            "SELECT id, next, seal, width, gaps FROM posting WHERE id IN (SELECT value FROM json_each(?))",
            (_row_ids(run, tokens),),
        )
        size = run.layout.places[-1]
        for row_id, following, sealed, width, gaps in rows:
            check(sealed, row_id, following, width, gaps)
            self.lists[row_id] = Places(width, gaps, size)
        if any(posting_id(run.id, token) not in self.lists for token in tokens):
            raise DamagedError

    def units(self, run: Run) -> Sequence[int]:
        """The unit of each segment of a run, by rank."""
        units = run_table.units(self.connection, run.id)
        if len(units) != 4 * run.layout.ranks[-1]:
            raise DamagedError
        return integers(4, units)


@dataclass(slots=True)
class _Candidate:
    """A segment that may match.

    Attributes:
        rank: which segment.
        start, end: its places.
        shared: how many tokens it is known to share with the query, or more.
        needed: how many it must share.
        lists: those looked at, from the rarest on.
    """

    rank: int
    start: int
    end: int
    shared: int
    needed: int
    lists: int


class Asked:
    """A query, asked of one run.

    Attributes:
        run: the run.
        query: its slots.
        minimum: the least likeness.
        times: how often the query has each slot.
        sizes: of the lists of the slots that the run has, in bytes.
        order: these slots, the rarest first.
        unread: for each number of slots, how many tokens of the query all later ones are.
        longest: the most tokens that a match has.
    """

    def __init__(self, postings: Postings, run: Run, query: Sequence[Slot], minimum: float) -> None:
        """Look up how long the lists are."""
        self.run, self.query, self.minimum = run, query, minimum
        self._postings = postings
        self.times = Counter(query)
        self._token_sizes = postings.sizes(run, chain.from_iterable(self.times))
        sizes = {slot: sum(self._token_sizes.get(token, 0) for token in slot) for slot in self.times}
        self.sizes = {slot: size for slot, size in sizes.items() if size}
        self.order = sorted(self.sizes, key=self.sizes.__getitem__)
        times = [self.times[slot] for slot in reversed(self.order)]
        self.unread = [*accumulate(times, initial=0)][::-1]
        self.longest = int(len(query) / minimum + EPSILON)

    def places(self, slots: Sequence[Slot]) -> dict[Slot, list[Places]]:
        """The lists of some of the slots that the run has."""
        of_tokens = {slot: [token for token in slot if token in self._token_sizes] for slot in slots}
        lists = self._postings.places(self.run, [*chain.from_iterable(of_tokens.values())])
        return {slot: [lists[token] for token in tokens] for slot, tokens in of_tokens.items()}

    def units(self) -> Sequence[int]:
        """The unit of each segment of the run."""
        return self._postings.units(self.run)

    def needed(self, length: int) -> int:
        """How many tokens a match of this length shares with the query."""
        return math.ceil(self.minimum * max(len(self.query), length) - EPSILON)

    def lists_for(self, needed: int) -> int:
        """How many lists, from the rarest on, must be read of segments that must share so many tokens."""
        return bisect_left(self.unread, min(SHARED, needed) - needed, key=neg)

    def may_match(self) -> bool:
        """Whether the run has enough of the query's tokens, and segments of a fitting length."""
        first, end = self.needed(0), self.longest + 1
        layout = self.run.layout
        return first <= self.unread[0] and layout.rank_from(first) < layout.rank_from(end)

    def is_worth_reading(self, size: int, segments: int) -> bool:
        """Whether lists of so many bytes cost less than comparing so many segments by their texts."""
        return size < segments * TEXT

    def bytes_to_read(self) -> float:
        """About how much of the lists that must be read lies in segments of a fitting length."""
        lengths, places = self.run.layout.lengths, self.run.layout.places
        first, end = bisect_left(lengths, self.needed(0)), bisect_right(lengths, self.longest)
        size = sum(self.sizes[slot] for slot in self.order[: self.lists_for(self.needed(0))])
        share: float = (places[end] - places[first]) / places[-1]
        return size * share


def _near(asked: Asked) -> list[int]:
    """The segments that share as many tokens as their lengths ask for, or are cheaper compared by their
    texts."""
    candidates = [*_candidates(asked)]
    first = min((candidate.lists for candidate in candidates), default=0)
    for number in range(first, len(asked.order)):
        remaining = sum(asked.sizes[slot] for slot in asked.order[number:])
        if not asked.is_worth_reading(remaining, len(candidates)):
            break
        candidates = _sharing(asked, candidates, number)
    return [candidate.rank for candidate in candidates]


def _sharing(asked: Asked, candidates: list[_Candidate], number: int) -> list[_Candidate]:
    """The candidates that may match now that the list of this number is looked at."""
    slot, unread = asked.order[number], asked.unread[number + 1]
    ranges = [(candidate.start, candidate.end) for candidate in candidates]
    counts = [places.counts(ranges) for places in asked.places([slot])[slot]]
    sharing = []
    for candidate, times in zip(candidates, map(sum, zip(*counts, strict=True)), strict=True):
        if candidate.lists <= number:
            candidate.shared += min(times, asked.times[slot])
            if candidate.shared + unread < candidate.needed:
                continue
        sharing.append(candidate)
    return sharing


class _Block(NamedTuple):
    """What the segments of one length need to be candidates.

    Attributes:
        lists: how many must be read, from the rarest on.
        least: how many places in these a match has.
        needed: how many tokens it shares with the query.
    """

    lists: int
    least: int
    needed: int


def _blocks(asked: Asked) -> dict[int, _Block]:
    """What segments need, by the block of the layout, for the lengths that a match may have."""
    lengths = asked.run.layout.lengths
    first = bisect_left(lengths, asked.needed(0))
    behind = bisect_right(lengths, asked.longest)
    blocks = {}
    for block in range(first, bisect_right(lengths, asked.unread[0], first, behind, key=asked.needed)):
        needed = asked.needed(lengths[block])
        lists = asked.lists_for(needed)
        blocks[block] = _Block(lists, needed - asked.unread[lists], needed)
    return blocks


def _candidates(asked: Asked) -> Iterator[_Candidate]:
    """The segments that have enough places in the lists that must be read."""
    blocks, layout = _blocks(asked), asked.run.layout
    if not blocks:
        return
    places = _joined(asked, blocks)
    fewest = min(block.least for block in blocks.values())
    longest = layout.lengths[max(blocks)]
    distances = map(sub, islice(places, fewest - 1, None), places)
    end = 0
    for index in compress(count(), map(gt, repeat(longest), distances)):
        if places[index] < end:
            continue
        block = layout.block_of(places[index])
        rank, start, end = layout.segment_at(places[index], block)
        shared = bisect_left(places, end, index) - index
        if shared >= blocks[block].least:
            yield _Candidate(rank, start, end, shared, blocks[block].needed, blocks[block].lists)


def _joined(asked: Asked, blocks: dict[int, _Block]) -> list[int]:
    """The places of all lists that must be read, of the longest lists only in short segments."""
    first, layout = min(blocks), asked.run.layout
    lists = asked.places(asked.order[: blocks[first].lists])
    behind = {block.lists: number + 1 for number, block in blocks.items()}
    places: list[int] = []
    for number, of_slot in enumerate(lists.values()):
        end = max(end for count_of_lists, end in behind.items() if count_of_lists > number)
        for of_token in of_slot:
            places += of_token.between(layout.places[first], layout.places[end])
    places.sort()
    return places


def posting_id(run_id: int, token: int) -> int:
    """The row of a token's places in a run.

    >>> hex(posting_id(3, 0xABCD))
    '0x30000abcd'
    """
    return run_id << 32 | token


def _row_ids(run: Run, tokens: Iterable[int]) -> str:
    return json.dumps([posting_id(run.id, token) for token in tokens])
