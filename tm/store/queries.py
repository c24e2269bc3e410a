"""Many queries at once, as arrays: each different word is looked at once, and all hits are put in order together.

1. ``Words`` are the key tokens of all queries, each different one once.
2. ``Words.hashed`` makes ``Queries`` of them for ``arrays.py``, ``Words.letters`` the bits by which
   ``compounds.py`` finds compounds.
3. ``Found`` holds the hits of all queries, ``Found.by_query`` gives them query by query, the best first.

>>> words = Words([["le", "pont"], ["pont"]])
>>> words.different, words.tokens.tolist(), words.lengths.tolist()
(['le', 'pont'], [0, 1, 1], [2, 1])
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.store import compounds
from tm.store.ragged import offsets, ranges
from tm.store.variants import hashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.store.protocol import Hits
    from tm.store.ragged import Array, Numbers


class Queries(NamedTuple):
    """Queries whose tokens are numbers.

    Attributes:
        hashes: the different ones, ascending.
        tokens: those of all queries, one after the other, by their index in ``hashes``.
        lengths: how many each query has.
    """

    hashes: Array
    tokens: Numbers
    lengths: Numbers

    def some(self, which: Numbers) -> Queries:
        """Only these queries.

        >>> queries = Queries(np.array([7, 8], np.uint32), np.array([0, 1, 1]), np.array([2, 1]))
        >>> queries.some(np.array([1])).tokens.tolist()
        [1]
        """
        if len(which) == len(self.lengths):
            return self
        lengths = self.lengths[which]
        return Queries(self.hashes, self.tokens[ranges(offsets(self.lengths)[which], lengths)], lengths)


class Words:
    """The key tokens of queries.

    Attributes:
        different: each once.
        tokens: of all queries, one after the other, by their index in ``different``.
        lengths: how many each query has.
    """

    def __init__(self, queries: Sequence[Sequence[str]]) -> None:
        """Number the different tokens."""
        self.lengths = np.fromiter(map(len, queries), np.int64, len(queries))
        numbers = dict.fromkeys(chain.from_iterable(queries), 0)
        self.different = [*numbers]
        numbers.update(zip(self.different, range(len(numbers)), strict=True))
        each = map(numbers.__getitem__, chain.from_iterable(queries))
        self.tokens = np.fromiter(each, np.int64, int(self.lengths.sum()))

    def hashed(self, base: str) -> Queries:
        """The queries by the hashes of their tokens in a language.

        >>> queries = Words([["été", "ete"]]).hashed("fr")
        >>> queries.hashes.tolist() == [hashed("ete", "fr")], queries.tokens.tolist()
        (True, [0, 0])
        """
        bits = [hashed(token, base) for token in self.different]
        hashes, numbers = np.unique(np.array(bits, np.uint32), return_inverse=True)
        return Queries(hashes, numbers[self.tokens], self.lengths)

    def letters(self) -> list[int]:
        """``compounds.of_keys`` of each query.

        >>> queries = [["e", "mail"], ["?", "!"], [], ["email"]]
        >>> Words(queries).letters() == [compounds.of_keys(query) for query in queries]
        True
        """
        of_each = chain.from_iterable(map(compounds.of_key, self.different))
        spelled = np.fromiter(of_each, np.uint64, 2 * len(self.different)).reshape(-1, 2)
        owners = np.repeat(np.arange(len(self.lengths)), self.lengths)
        bits = compounds.bits_of_rows(owners, spelled.T[:, self.tokens], len(self.lengths))
        begins = offsets(self.lengths)
        asked = np.flatnonzero(self.lengths)
        has_words = np.zeros(len(self.lengths), np.bool_)
        has_words[asked] = spelled[self.tokens[begins[asked]], 1] > 0
        of_queries: list[int] = np.where(has_words, bits, np.uint64(0)).tolist()
        return of_queries


class Found(NamedTuple):
    """Hits of many queries, in no order."""

    query: Numbers
    likeness: NDArray[np.float64]
    unit: Numbers

    @staticmethod
    def joined(parts: Sequence[Found]) -> Found:
        """The hits of all parts."""
        nothing = Found(np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))
        return Found(*(np.concatenate(arrays) for arrays in zip(nothing, *parts, strict=True)))

    @staticmethod
    def equal(units: Sequence[Sequence[int]]) -> Found:
        """Hits with the likeness 1, from the units that each query has.

        >>> Found.equal([[], [7, 8]]).query.tolist()
        [1, 1]
        """
        query = np.repeat(np.arange(len(units)), np.fromiter(map(len, units), np.int64, len(units)))
        unit = np.fromiter(chain.from_iterable(units), np.int64, len(query))
        return Found(query, np.ones(len(query)), unit)

    @staticmethod
    def of(hits: Sequence[Hits]) -> Found:
        """The hits that each query has.

        >>> Found.of([[], [(0.5, 7)]]).unit.tolist()
        [7]
        """
        query = np.repeat(np.arange(len(hits)), [*map(len, hits)])
        pairs = [*chain.from_iterable(hits)]
        likeness = np.array([likeness for likeness, _ in pairs], np.float64)
        return Found(query, likeness, np.array([unit for _, unit in pairs], np.int64))

    def by_query(self, queries: int) -> list[Hits]:
        """For each of so many queries its hits, each unit once, with the best of its variants; best first, then
        newest first.

        >>> found = Found(np.array([1, 1, 1]), np.array([0.5, 0.75, 0.75]), np.array([1, 2, 1]))
        >>> found.by_query(2)
        [[], [(0.75, 2), (0.75, 1)]]
        """
        order = np.lexsort((-self.likeness, self.unit, self.query))
        query, unit = self.query[order], self.unit[order]
        is_new = np.ones(len(order), np.bool_)
        is_new[1:] = (query[1:] != query[:-1]) | (unit[1:] != unit[:-1])
        order = order[is_new]
        order = order[np.lexsort((-self.unit[order], -self.likeness[order], self.query[order]))]
        hits = [*zip(self.likeness[order].tolist(), self.unit[order].tolist(), strict=True)]
        ends = np.searchsorted(self.query[order], np.arange(queries + 1)).tolist()
        return [hits[begin:end] for begin, end in pairwise(ends)]
