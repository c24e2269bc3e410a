"""The index of one language as arrays, for jobs: many queries go through each step together.

``assembly.py`` makes the arrays of some runs once; ``Arrays.similar`` answers. For a query of m tokens, a
match at likeness T shares at least ⌈T·m⌉ of them. So among the query's tokens without its ⌈T·m⌉ - k most
frequent ones, a match has at least k (Sarawagi & Kirpal 2004, "Efficient set joins on similarity predicates";
Bayardo, Ma & Srikant 2007, "Scaling up all pairs similarity search"). Only the posting lists of these tokens
are read:

1. ``_shared`` chooses k; ``_Job`` looks the queries' tokens up and puts each query's lists in order, shortest
   first.
2. ``_Job._longest`` says up to which length of segments each list must be read, ``_bisect`` where that is.
3. ``_Job._pairs`` merges the lists: a pair of a query and a segment goes on when the segment is in k lists.
4. ``_Job._near`` compares signatures (``signatures_of``): each bit that only one of the two has is one edit at
   least.
5. ``_Job._compared`` gives the pairs that are left to rapidfuzz, with each token as one character
   (``distance.py``).

Steps 3 and 4 drop only pairs that cannot match.

Three segments with 7 for "le", 8 "pont", 9 "vieux", 10 "dort": "le pont", "le vieux pont", "le vieux dort".
At 0.6 the query "le pont dort" matches the first and the last, with two tokens of three each:

>>> from tm.store import assembly
>>> from tm.store.runs import Run
>>> def numbers(*values):
...     return np.array(values, np.uint32)
>>> arrays = assembly.in_memory([Run(numbers(2, 3, 3), numbers(1, 2, 3), numbers(7, 8, 7, 9, 8, 7, 9, 10))])
>>> hits = arrays.similar(Queries(numbers(7, 8, 10), np.array([0, 1, 2]), np.array([3])), 0.6)
>>> hits.likeness.round(2).tolist(), hits.unit.tolist()
([0.67, 0.67], [1, 3])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tm.store import distance
from tm.store.queries import Found, Queries
from tm.store.ragged import offsets, ranges
from tm.store.tolerance import EPSILON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

ENTRIES = 1 << 18
"""Entries of posting lists that are merged in one pass: they stay in the processor's cache while they are
sorted."""

SIGNATURE = 8
"""64-bit words of a signature: one line of the processor's cache. Four of them let three times as many pairs
through at 0.5."""

FEW = 100
"""Fewer lists than this are bisected faster one by one than all together."""

SHORT = 64
"""Lists that are shorter than this on the average are read faster entry by entry than list by list."""

_AGAIN = 0x9E3779B1
"""Added to a token's hash for each earlier occurrence in its segment: the second "le" is another token than
the first. So the number of tokens that a query and a segment share, repeated ones too, is the number of the
query's posting lists that the segment is in. Odd, so that all multiples are different."""


def _shared(minimum: float) -> int:
    """k: more means longer lists to read, but fewer pairs to compare. Measured at 100,000 and 1,000,000
    segments."""
    return 3 if minimum < 0.75 else 2


@dataclass(frozen=True)
class Arrays:
    """The segments of one language, ranked by length.

    Attributes:
        lengths: of each segment, in tokens, ascending.
        units: the unit of each.
        vocabulary: the hashes of all different tokens (``apart``), ascending; a token's number is
            its index here.
        letters: for each token number its rank by frequency, from 0: its character is made of that.
        words: the tokens of all segments, one character each.
        starts: where each segment begins in ``words``.
        ranks: the posting lists, one after the other: ranks of segments, ascending.
        firsts: where each token's list begins in ``ranks``; at the end, where the last list ends.
        signatures: of each segment, ``SIGNATURE`` words.
    """

    lengths: Array
    units: Array
    vocabulary: Array
    letters: Array
    words: Array
    starts: Numbers
    ranks: Array
    firsts: Numbers
    signatures: NDArray[np.uint64]

    @staticmethod
    def restored(stored: dict[str, NDArray[Any]]) -> Arrays:
        """The arrays by name, as ``assembly.py`` writes them; the lengths as the different ones and how often each
        stands there."""
        lengths = np.repeat(*stored["sizes"])
        return Arrays(
            lengths=lengths,
            units=stored["units"],
            vocabulary=stored["vocabulary"],
            letters=stored["letters"],
            words=stored["words"],
            starts=offsets(lengths),
            ranks=stored["ranks"],
            firsts=stored["firsts"],
            signatures=stored["signatures"],
        )

    def similar(self, queries: Queries, minimum: float) -> Found:
        """The hits of all queries among these segments, in no order."""
        found = []
        shared = np.minimum(_shared(minimum), _ceil(np.float64(minimum) * queries.lengths))
        for least in np.unique(shared).tolist():
            which = np.flatnonzero(shared == least)
            if least:
                hits = _Job(self, queries.some(which), minimum, least).hits() if len(self.vocabulary) else []
                found += [of_part._replace(query=which[of_part.query]) for of_part in hits]
            else:
                empty = self.units[self.lengths == 0]
                query = np.repeat(which, len(empty))
                found.append(Found(query, np.ones(len(query)), np.tile(empty, len(which)).astype(np.int64)))
        return Found.joined(found)

    def numbers_of(self, tokens: Array) -> tuple[Numbers, NDArray[np.bool_]]:
        """The tokens' numbers, and which tokens are in the vocabulary; the number of any other means
        nothing. In order they are found twice as fast."""
        numbers = np.searchsorted(self.vocabulary[:-1], tokens)
        return numbers, self.vocabulary[numbers] == tokens


def apart(tokens: Array, owners: NDArray[np.uint64]) -> tuple[Array, NDArray[np.uint64]]:
    """The tokens, each with ``_AGAIN`` added for each earlier occurrence in its segment, and their owners; segment
    after segment, in another order than they stood there.

    >>> tokens, owners = apart(np.array([7, 8, 7, 7], np.uint32), np.array([0, 0, 0, 1], np.uint64))
    >>> tokens.tolist() == [7, 7 + _AGAIN, 8, 7], owners.tolist()
    (True, [0, 0, 0, 1])
    """
    keys = owners << np.uint64(32) | tokens
    keys.sort()
    return _again(keys), keys >> np.uint64(32)


def _with_repetitions(tokens: Array, owners: NDArray[np.uint64]) -> Array:
    """``apart``, in the order in which they stand there.

    >>> tokens, owners = np.array([7, 8, 7, 7], np.uint32), np.array([0, 0, 0, 1], np.uint64)
    >>> _with_repetitions(tokens, owners).tolist() == [7, 8, 7 + _AGAIN, 7]
    True
    """
    keys = owners << np.uint64(32) | tokens
    order = np.argsort(keys, kind="stable")
    in_place = np.empty(len(tokens), np.uint32)
    in_place[order] = _again(keys[order])
    return in_place


def _again(keys: NDArray[np.uint64]) -> Array:
    """The lower halves of ascending numbers, each with ``_AGAIN`` added for each earlier number that is equal."""
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: len(keys)])
    before = np.arange(len(keys), dtype=np.uint64)
    before -= np.repeat(first.astype(np.uint64), np.diff(np.r_[first, len(keys)]))
    return (keys + before * np.uint64(_AGAIN)).astype(np.uint32)


def signatures_of(tokens: Array, owners: NDArray[Any], segments: int) -> NDArray[np.uint64]:
    """For each segment one bit per token, of tokens that were told ``apart``.

    >>> [bits.bit_count() for bits in signatures_of(np.array([7, 8], np.uint32), np.array([1, 1]), 2).sum(1).tolist()]
    [0, 2]
    """
    bits = (tokens * np.uint32(0x9E3779B1) >> np.uint32(16)) % np.uint32(64 * SIGNATURE)
    signatures = np.zeros((segments, SIGNATURE), dtype=np.uint64)
    masks = np.uint64(1) << (bits % np.uint32(64)).astype(np.uint64)
    np.bitwise_or.at(signatures.ravel(), owners.astype(np.int64) * SIGNATURE + bits // np.uint32(64), masks)
    return signatures


def _ones(signatures: NDArray[np.uint64]) -> Numbers:
    """How many bits of each signature are set; of exactly 256 and more, 256 less.

    Eight counts of a byte each are added up by one multiplication, in a third of the time that numpy's sum
    takes.
    """
    counts = np.bitwise_count(signatures).view(np.uint64)[:, 0]
    return (counts * np.uint64(0x0101010101010101) >> np.uint64(56)).astype(np.int64)


def _ceil(numbers: NDArray[np.float64]) -> Numbers:
    return np.ceil(numbers - EPSILON).astype(np.int64)


def _floor(numbers: NDArray[np.float64]) -> Numbers:
    return np.floor(numbers + EPSILON).astype(np.int64)


class _Job:
    """Queries that must share the same number of tokens, as arrays.

    Attributes:
        shared: k, the number of posting lists that a segment must be in.
        lengths, starts: of each query, in tokens; where it begins in ``text``.
        text: the tokens of all queries, one character each.
        signatures: of each query.
        owners: for each list to read, its query; ascending.
        begin, end: the part of ``arrays.ranks`` to read for each list.
    """

    def __init__(self, arrays: Arrays, queries: Queries, minimum: float, shared: int) -> None:
        self.arrays, self.minimum, self.shared = arrays, minimum, shared
        self.lengths, self.starts = queries.lengths, offsets(queries.lengths)
        owners = np.repeat(np.arange(len(self.lengths)), self.lengths)
        of_hash, in_vocabulary = arrays.numbers_of(queries.hashes)
        letters = distance.characters(arrays.letters[of_hash].astype(np.int64))
        letters[~in_vocabulary] = distance.NOTHING
        self.text = distance.decoded(letters[queries.tokens])
        least = _ceil(np.float64(minimum) * self.lengths)
        hashed = queries.hashes[queries.tokens]
        tokens = _with_repetitions(hashed, owners.astype(np.uint64))
        self.signatures = signatures_of(tokens, owners, len(self.lengths))
        numbers, known = of_hash[queries.tokens], in_vocabulary[queries.tokens]
        again = np.flatnonzero(tokens != hashed)
        numbers[again], known[again] = arrays.numbers_of(tokens[again])
        frequencies = np.where(known, arrays.firsts[numbers + 1] - arrays.firsts[numbers], 0)
        order = np.argsort(owners << 32 | frequencies, kind="stable")
        rarity = np.arange(len(order)) - self.starts[owners]  # 0 for the rarest token of each query
        is_read = (rarity < (self.lengths - least + shared)[owners]) & known[order]
        chosen = order[is_read]
        self.owners = owners[chosen]
        # In the arrays' own type: numpy would convert all lengths otherwise.
        longest = self._longest(rarity[is_read]).astype(np.uint32)
        low = np.searchsorted(arrays.lengths, least.astype(np.uint32))[self.owners]
        high = np.searchsorted(arrays.lengths, longest, "right")
        first, last = arrays.firsts[numbers[chosen]], arrays.firsts[numbers[chosen] + 1]
        self.begin = _bisect(arrays.ranks, first, last, low)
        self.end = _bisect(arrays.ranks, self.begin, last, high)

    def _longest(self, rarity: Numbers) -> Numbers:
        """The longest segment for which each list must be read; longer ones are found in the query's earlier
        lists.

        A segment of L > m tokens must share ⌈T·L⌉ tokens, and has k of them among all but ⌈T·L⌉ - k.
        """
        lengths = self.lengths[self.owners]
        needed = lengths - rarity + self.shared - 1
        return _floor(np.minimum(lengths, needed + EPSILON) / self.minimum)

    def hits(self) -> Iterator[Found]:
        """Every hit, in no order."""
        total = np.cumsum(self.end - self.begin)
        of_query = np.searchsorted(self.owners, np.arange(len(self.lengths) + 1))
        read = np.r_[0, total][of_query]
        most = (1 << 32) // len(self.arrays.lengths)
        first = 0
        while first < len(self.lengths):
            end = int(np.searchsorted(read, read[first] + ENTRIES, "right")) - 1
            end = min(max(end, first + 1), first + most, len(self.lengths))
            pairs = self._pairs(slice(of_query[first], of_query[end]), first)
            yield self._compared(*self._near(*pairs))
            first = end

    def _pairs(self, lists: slice, first: int) -> tuple[Numbers, Numbers]:
        """Query and rank of all pairs that share k of the tokens whose lists are read.

        Args:
            lists: of these lists.
            first: the first query that has one of them.
        """
        ranks, size = self.arrays.ranks, len(self.arrays.lengths)
        begin, end = self.begin[lists], self.end[lists]
        sizes = end - begin
        if int(sizes.sum()) < SHORT * len(sizes):
            pairs = ranks[ranges(begin, sizes)]
        else:
            parts = [ranks[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
            pairs = np.concatenate([np.empty(0, np.uint32), *parts])
        pairs += np.repeat(((self.owners[lists] - first) * size).astype(np.uint32), sizes)
        pairs.sort()
        often = pairs[np.flatnonzero(pairs[self.shared - 1 :] == pairs[: len(pairs) - self.shared + 1])]
        different = np.r_[True, often[1:] != often[:-1]][: len(often)]
        pairs = often[different].astype(np.int64)
        return pairs // size + first, pairs % size

    def _near(self, query: Numbers, rank: Numbers) -> tuple[Numbers, Numbers]:
        """The pairs that may match, by their signatures."""
        longer = np.maximum(self.lengths[query], self.arrays.lengths[rank])
        allowed = longer - _ceil(self.minimum * longer)
        of_query = self.signatures.take(query, axis=0)
        of_segment = self.arrays.signatures.take(rank, axis=0)
        near = (_ones(of_query & ~of_segment) <= allowed) & (_ones(of_segment & ~of_query) <= allowed)
        return query[near], rank[near]

    def _compared(self, query: Numbers, rank: Numbers) -> Found:
        """The pairs that do match, as hits."""
        arrays = self.arrays
        lengths = arrays.lengths[rank]
        words = distance.decoded(arrays.words[ranges(arrays.starts[rank], lengths)])
        near, likenesses = distance.near(
            distance.cut(self.text, self.starts[query], self.lengths[query]),
            distance.cut(words, offsets(lengths), lengths),
            self.minimum,
        )
        return Found(query[near], likenesses, arrays.units[rank[near]].astype(np.int64))


def _bisect(ranks: Array, low: Numbers, high: Numbers, least: Numbers) -> Numbers:
    """For each part low to high of the ranks, which ascends, the index of the first that is not below
    ``least``.

    >>> ranks = np.array([3, 5, 9, 2, 4], np.uint32)
    >>> _bisect(ranks, np.array([0, 3]), np.array([3, 5]), np.array([5, 5])).tolist()
    [1, 5]
    """
    if len(low) < FEW:
        parts = zip(low.tolist(), high.tolist(), least.astype(np.uint32), strict=True)
        return np.array([a + ranks[a:b].searchsorted(rank) for a, b, rank in parts], np.int64)
    # All parts are halved together until one rank is left of each, or none: no part needs a branch of its own.
    first, sizes, least = low.copy(), np.maximum(high - low, 0), least.astype(ranks.dtype)
    for _ in range(int(sizes.max()).bit_length()):
        half = sizes >> 1
        first += half * (ranks[first + half - 1] < least)
        sizes -= half
    open_ = np.flatnonzero(sizes)
    first[open_] += ranks[first[open_]] < least[open_]
    return first
