"""The index of one language as arrays, for jobs: many queries go through each step together.

For a query of m tokens a match at base T shares at least ⌈T·m⌉ of them. So it has at least k of the query's rarest tokens, all
but ⌈T·m⌉ - k (Sarawagi & Kirpal 2004, "Efficient set joins on similarity predicates"; Bayardo, Ma & Srikant 2007, "Scaling up
all pairs similarity search"): only their posting lists are read. A segment of L > m tokens must share ⌈T·L⌉, so
that it has k of all but ⌈T·L⌉ - k: the longer lists are read of the shorter segments only. A pair of a query and a segment goes on

1. when the segment is in k of the lists;
2. when a bit signature allows it: each bit that only one of the two has is an edit at least on its side;
3. to rapidfuzz, tokens encoded as one character each.

The first two discard only what cannot match.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from tm.store import distance
from tm.store.ragged import offsets
from tm.store.runs import Run, ranked
from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

    Hits = list[tuple[float, int]]

ENTRIES = 1 << 18
"""Entries of posting lists looked at in one pass: they stay in the processor's cache while they are sorted."""

SIGNATURE = 8
"""64-bit words to a signature: one line of the processor's cache. Four let three times as many pairs through at 0.5."""

FEW = 100
"""Lists that are sooner bisected one by one than all together."""

SEGMENTS = 1 << 15
"""Segments that are worked on together when arrays are made, so that what is only needed then stays small."""

_AGAIN = 0x9E3779B1
"""Added to a token's hash for each time it stood in the segment before, so that the number of shared tokens (of the
multisets) is how many of a query's posting lists a segment is in; odd, so that all are different."""


def _wanted(minimum: float) -> int:
    """k: more of them mean longer lists to read and fewer pairs to compare. Measured at 100,000 and 1,000,000 segments."""
    return 3 if minimum < 0.75 else 2


@dataclass(frozen=True)
class Arrays:
    """The segments of one language, ranked by length.

    Attributes:
        lengths: of each segment, in tokens, ascending.
        units: the unit of each.
        vocabulary: the hashes of all tokens, numbered by repetition (``_numbered``), ascending; a token's number is its
            place here.
        letters: of each of these the place by frequency, from 0: what its character is made of.
        words: the tokens of all segments, one character each.
        starts: where each segment's tokens begin there.
        ranks: the posting lists, one after the other: ranks of segments, ascending.
        firsts: where each token's list begins there, and one end more.
        signatures: of each segment, ``SIGNATURE`` words.
    """

    lengths: Array
    units: Array
    vocabulary: Array
    letters: Array
    words: str
    starts: Numbers
    ranks: Array
    firsts: Numbers
    signatures: NDArray[np.uint64]

    @staticmethod
    def build(runs: Sequence[Run]) -> Arrays:
        """The arrays of some runs."""
        empty = Run(*(np.empty(0, np.uint32) for _ in Run._fields))
        run = ranked(Run(*(np.concatenate(part) for part in zip(empty, *runs, strict=True))))
        signatures = np.zeros((len(run.lengths), SIGNATURE), np.uint64)
        entries = np.empty(len(run.tokens), np.uint64)
        starts = offsets(run.lengths)
        for first, last in _some(len(run.lengths)):
            part = slice(*np.r_[starts, len(run.tokens)][[first, last]])
            owners = np.repeat(np.arange(last - first, dtype=np.uint64), run.lengths[first:last])
            tokens = _numbered(run.tokens[part], owners)
            signatures[first:last] = _signatures(tokens, owners, last - first)
            entries[part] = tokens.astype(np.uint64) << np.uint64(32) | (owners + np.uint64(first))
        vocabulary, firsts, ranks = _lists(entries)
        letters = np.empty(len(vocabulary), np.uint32)
        letters[np.argsort(-np.diff(firsts), kind="stable")] = np.arange(len(vocabulary))
        words = [
            distance.decoded(
                distance.characters(letters[np.searchsorted(vocabulary, tokens)].astype(np.int64))
            )
            for tokens in np.array_split(run.tokens, 1 + len(run.tokens) // (1 << 20))
        ]
        return Arrays(
            run.lengths, run.units, vocabulary, letters, "".join(words), starts, ranks, firsts, signatures
        )

    def stored(self) -> dict[str, NDArray[Any]]:
        """The arrays by name, as a file keeps them: the words as UTF-16, in which the frequent tokens have two bytes."""
        return {
            "sizes": np.stack(np.unique(self.lengths, return_counts=True)).astype("<u4"),
            "units": self.units,
            "vocabulary": self.vocabulary,
            "letters": self.letters,
            "words": np.frombuffer(self.words.encode("utf-16-le"), "<u2"),
            "ranks": self.ranks,
            "firsts": self.firsts,
            "signatures": self.signatures,
        }

    @staticmethod
    def restored(stored: dict[str, NDArray[Any]]) -> Arrays:
        """The arrays that ``stored`` gave."""
        lengths = np.repeat(*stored["sizes"])
        return Arrays(
            lengths=lengths,
            units=stored["units"],
            vocabulary=stored["vocabulary"],
            letters=stored["letters"],
            words=stored["words"].tobytes().decode("utf-16-le"),
            starts=offsets(lengths),
            ranks=stored["ranks"],
            firsts=stored["firsts"],
            signatures=stored["signatures"],
        )

    def similar(self, queries: Sequence[Sequence[int]], minimum: float) -> list[Hits]:
        """For each query, as token hashes, (base, unit) of every segment at or above the least base, in no order."""
        found: list[Hits] = [[] for _ in queries]
        groups: dict[int, list[int]] = {}
        for number, query in enumerate(queries):
            least = math.ceil(minimum * len(query) - EPSILON)
            groups.setdefault(min(_wanted(minimum), least), []).append(number)
        for number in groups.pop(0, ()):
            found[number] = [(1.0, unit) for unit in self.units[self.lengths == 0].tolist()]
        if not len(self.vocabulary):
            return found
        for wanted, numbers in groups.items():
            job = _Job(self, [queries[number] for number in numbers], minimum, wanted)
            for place, base, unit in job.hits():
                found[numbers[place]].append((base, unit))
        return found

    def numbers_of(self, tokens: Array) -> tuple[Numbers, NDArray[np.bool_]]:
        """The tokens' numbers, and which of them are known; the number of one that is not means nothing."""
        different, places = np.unique(tokens, return_inverse=True)  # in order they are found twice as fast
        numbers = np.searchsorted(self.vocabulary[:-1], different)
        return numbers[places], (self.vocabulary[numbers] == different)[places]


def _some(segments: int) -> Iterator[tuple[int, int]]:
    for first in range(0, segments, SEGMENTS):
        yield first, min(first + SEGMENTS, segments)


def _numbered(tokens: Array, owners: NDArray[np.uint64]) -> Array:
    """The tokens, each with the number of times it stood in its segment before added in (``_AGAIN``)."""
    together = owners << np.uint64(32) | tokens
    order = np.argsort(together, kind="stable")
    ordered = together[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], int)
    before = np.arange(len(ordered)) - np.repeat(first, np.diff(np.r_[first, len(ordered)]))
    again = np.empty(len(tokens), np.uint64)
    again[order] = before
    return ((tokens + again * np.uint64(_AGAIN)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def _lists(entries: NDArray[np.uint64]) -> tuple[Array, Numbers, Array]:
    """The different tokens, ascending; where the list of each begins, and one end more; the ranks, list after list.

    Args:
        entries: a token in the upper half, a segment that has it in the lower; sorted here in place.
    """
    entries.sort()
    tokens = (entries >> np.uint64(32)).astype(np.uint32)
    first = np.flatnonzero(np.r_[True, tokens[1:] != tokens[:-1]][: len(tokens)])
    return tokens[first], np.r_[first, len(tokens)], entries.astype(np.uint32)


def _signatures(tokens: Array, owners: NDArray[Any], segments: int) -> NDArray[np.uint64]:
    """One bit per token, numbered by repetition, of each segment."""
    bits = (tokens * np.uint32(0x9E3779B1) >> np.uint32(16)) % np.uint32(64 * SIGNATURE)
    signatures = np.zeros((segments, SIGNATURE), dtype=np.uint64)
    masks = np.uint64(1) << (bits % np.uint32(64)).astype(np.uint64)
    np.bitwise_or.at(signatures.ravel(), owners.astype(np.int64) * SIGNATURE + bits // np.uint32(64), masks)
    return signatures


def _ones(signatures: NDArray[np.uint64]) -> Numbers:
    """How many bits of each signature are set, or some 256 less: numpy would take three times as long to add up the eight counts."""
    counts = np.bitwise_count(signatures).view(np.uint64)[:, 0]
    return (counts * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.int64)


def _ceil(numbers: NDArray[np.float64]) -> Numbers:
    return np.ceil(numbers - EPSILON).astype(np.int64)


def _floor(numbers: NDArray[np.float64]) -> Numbers:
    return np.floor(numbers + EPSILON).astype(np.int64)


class _Job:
    """Queries that want the same number of shared tokens, as arrays: one element per query, or per list to read."""

    def __init__(self, arrays: Arrays, queries: list[Sequence[int]], minimum: float, wanted: int) -> None:
        self.arrays, self.minimum, self.wanted = arrays, minimum, wanted
        self.lengths = np.array([len(query) for query in queries], dtype=np.int64)
        hashed = np.array(list(chain.from_iterable(queries)), dtype=np.uint32)
        owners = np.repeat(np.arange(len(queries)), self.lengths)
        self.starts = offsets(self.lengths)
        numbers, known = arrays.numbers_of(hashed)
        letters = distance.characters(arrays.letters[numbers].astype(np.int64))
        self.words = distance.decoded(np.where(known, letters, np.uint32(distance.NOTHING)))
        least = _ceil(np.float64(minimum) * self.lengths)
        tokens = _numbered(hashed, owners.astype(np.uint64))
        self.signatures = _signatures(tokens, owners, len(queries))
        numbers, known = arrays.numbers_of(tokens)
        frequencies = np.where(known, arrays.firsts[numbers + 1] - arrays.firsts[numbers], 0)
        order = np.argsort(owners << 32 | frequencies)
        place = np.arange(len(order)) - self.starts[owners]
        read = (place < (self.lengths - least + wanted)[owners]) & known[order]
        chosen = order[read]
        self.owners = owners[chosen]
        # As the arrays' own type: numpy would make another array of all lengths.
        most = self._longest(place[read]).astype(np.uint32)
        low = np.searchsorted(arrays.lengths, least.astype(np.uint32))[self.owners]
        high = np.searchsorted(arrays.lengths, most, "right")
        first, last = arrays.firsts[numbers[chosen]], arrays.firsts[numbers[chosen] + 1]
        self.begin = _bisect(arrays.ranks, first, last, low)
        self.end = _bisect(arrays.ranks, self.begin, last, high)

    def _longest(self, place: Numbers) -> Numbers:
        """Of how long segments each list is read, by its place among those of its query: a segment that must share more than this
        allows is found by the lists before, all but need - wanted."""
        lengths = self.lengths[self.owners]
        need = lengths - place + self.wanted - 1
        return _floor(np.minimum(lengths, need + EPSILON) / self.minimum)

    def hits(self) -> Iterator[tuple[int, float, int]]:
        """(query, base, unit) of every hit, in no order."""
        total = np.cumsum(self.end - self.begin)
        of_query = np.searchsorted(self.owners, np.arange(len(self.lengths) + 1))
        read = np.r_[0, total][of_query]
        most = (1 << 32) // len(self.arrays.lengths)
        first = 0
        while first < len(self.lengths):
            last = int(np.searchsorted(read, read[first] + ENTRIES, "right")) - 1
            last = min(max(last, first + 1), first + most, len(self.lengths))
            pairs = self._pairs(slice(of_query[first], of_query[last]), first)
            yield from self._compared(*self._near(*pairs))
            first = last

    def _pairs(self, lists: slice, first: int) -> tuple[Numbers, Numbers]:
        """Query and rank of all pairs that share as many of the tokens read as are wanted."""
        ranks, size = self.arrays.ranks, len(self.arrays.lengths)
        begin, end = self.begin[lists], self.end[lists]
        parts = [ranks[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
        pairs = np.concatenate([np.empty(0, np.uint32), *parts])
        pairs += np.repeat(((self.owners[lists] - first) * size).astype(np.uint32), end - begin)
        pairs.sort()
        often = pairs[np.flatnonzero(pairs[self.wanted - 1 :] == pairs[: len(pairs) - self.wanted + 1])]
        different = np.r_[True, often[1:] != often[:-1]][: len(often)]
        pairs = often[different].astype(np.int64)
        return pairs // size + first, pairs % size

    def _near(self, query: Numbers, rank: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs that may match, by their signatures."""
        longer = np.maximum(self.lengths[query], self.arrays.lengths[rank])
        allowed = longer - _ceil(self.minimum * longer)
        mine, theirs = self.signatures.take(query, axis=0), self.arrays.signatures.take(rank, axis=0)
        near = (_ones(mine & ~theirs) <= allowed) & (_ones(theirs & ~mine) <= allowed)
        return query[near], rank[near]

    def _compared(self, query: Numbers, rank: Numbers) -> Iterator[tuple[int, float, int]]:
        arrays = self.arrays
        good, bases = distance.near(
            distance.cut(self.words, self.starts[query], self.lengths[query]),
            distance.cut(arrays.words, arrays.starts[rank], arrays.lengths[rank]),
            self.minimum,
        )
        units = arrays.units[rank[good]]
        return zip(query[good].tolist(), bases.tolist(), units.tolist(), strict=True)


def _bisect(ranks: Array, low: Numbers, high: Numbers, wanted: Numbers) -> Numbers:
    """For each stretch low to high of ascending ranks the place of the first that is not below the wanted one."""
    if len(low) < FEW:
        each = zip(low.tolist(), high.tolist(), wanted.astype(np.uint32), strict=True)
        return np.array([a + ranks[a:b].searchsorted(least) for a, b, least in each], np.int64)
    low, high = low.copy(), high.copy()
    open_ = np.flatnonzero(low < high)
    while len(open_):
        middle = (low[open_] + high[open_]) // 2
        below = ranks[middle] < wanted[open_]
        low[open_[below]] = middle[below] + 1
        high[open_[~below]] = middle[~below]
        open_ = open_[low[open_] < high[open_]]
    return low
