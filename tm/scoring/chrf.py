"""The counts that chrF++ is computed from: the n-grams of characters and words that translations share with references.

Popović (2015, 2017). The counts are sacrebleu's, made for many segments at once. A text becomes a row of numbers; at each
place the longest n-gram is packed, with the number of its segment before it, into one integer, and all are sorted once.
The shorter n-grams are the upper bits of the longer, hence in order too, and equal ones stand side by side: what is left
is counting runs.
"""

from __future__ import annotations

import string
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

CHARACTERS = 6
WORDS = 2
"""The longest n-grams of chrF2++."""
BATCH = 2000
"""Segments at a time: some tens of megabytes."""
_BITS = 63
"""Of a signed integer, without its sign."""
_PUNCTUATION = frozenset(string.punctuation)


def statistics(translations: Sequence[str], references: Sequence[str]) -> Numbers:
    """For each pair and each order, characters first: n-grams of the translation, of the reference, of both.

    Where a reference has no n-gram of an order, those of the translation count as none, as in sacrebleu.

    >>> statistics(["rio ao"], ["rio"])[0, :12].tolist()
    [5, 3, 3, 4, 2, 2, 3, 1, 1, 0, 0, 0]
    """
    blocks = [
        _batch(translations[first : first + BATCH], references[first : first + BATCH])
        for first in range(0, len(translations), BATCH)
    ]
    return np.vstack(blocks)


class _Rows(NamedTuple):
    """Sequences of numbers, one behind the other."""

    numbers: Numbers
    lengths: Numbers

    def between(self, first: int, last: int) -> _Rows:
        ends = np.concatenate([[0], np.cumsum(self.lengths)])
        return _Rows(self.numbers[ends[first] : ends[last]], self.lengths[first:last])


def _batch(translations: Sequence[str], references: Sequence[str]) -> Numbers:
    numbers: dict[str, list[int]] = {}
    vocabulary: dict[str, int] = {}
    for word in dict.fromkeys(word for text in chain(translations, references) for word in text.split()):
        numbers[word] = [vocabulary.setdefault(part, len(vocabulary)) for part in _separate(word)]
    characters = _counts(_characters(translations), _characters(references), CHARACTERS)
    words = _counts(_words(translations, numbers), _words(references, numbers), WORDS)
    return np.hstack([characters, words])


def _characters(texts: Sequence[str]) -> _Rows:
    bare = ["".join(text.split()) for text in texts]
    encoded = "".join(bare).encode("utf-32-le", "surrogatepass")
    return _Rows(np.frombuffer(encoded, "<u4").astype(np.int64), np.array([len(text) for text in bare]))


def _words(texts: Sequence[str], numbers: dict[str, list[int]]) -> _Rows:
    rows = [[number for word in text.split() for number in numbers[word]] for text in texts]
    return _Rows(np.array(list(chain.from_iterable(rows)), np.int64), np.array([len(row) for row in rows]))


def _separate(word: str) -> list[str]:
    """A word and one punctuation mark at its end, or else at its beginning, as chrF++ has it.

    >>> _separate("rio."), _separate("(rio"), _separate("(rio).")
    (['rio', '.'], ['(', 'rio'], ['(rio)', '.'])
    """
    if len(word) == 1:
        return [word]
    if word[-1] in _PUNCTUATION:
        return [word[:-1], word[-1]]
    return [word[0], word[1:]] if word[0] in _PUNCTUATION else [word]


def _counts(ours: _Rows, theirs: _Rows, longest: int) -> Numbers:
    """Pairs × (n-grams of ours, of theirs, of both, for n from 1 to the longest)."""
    orders = np.arange(longest)
    of_ours, of_theirs = (np.maximum(side.lengths[:, None] - orders, 0) for side in (ours, theirs))
    of_ours[of_theirs == 0] = 0
    found = np.stack([of_ours, of_theirs, _shared(ours, theirs, longest)], axis=2)
    return found.reshape(len(found), 3 * longest)


def _shared(ours: _Rows, theirs: _Rows, longest: int) -> Numbers:
    """Pairs × n-grams in both, for n from 1 to the longest."""
    pairs = len(ours.lengths)
    numbers, bits = _narrowed(np.concatenate([ours.numbers, theirs.numbers]))
    if (pairs - 1).bit_length() + longest * bits + 1 > _BITS:
        if pairs == 1:
            return _shared_by_one(ours.numbers.tolist(), theirs.numbers.tolist(), longest)
        halves = [(0, pairs // 2), (pairs // 2, pairs)]
        return np.vstack([_shared(ours.between(*half), theirs.between(*half), longest) for half in halves])
    split = len(ours.numbers)
    keys = [
        _packed(_Rows(side, lengths), longest, bits) << 1 | is_theirs
        for is_theirs, (side, lengths) in enumerate(
            [(numbers[:split], ours.lengths), (numbers[split:], theirs.lengths)]
        )
    ]
    return _runs(np.sort(np.concatenate(keys)), pairs, longest, bits)


def _narrowed(numbers: Numbers) -> tuple[Numbers, int]:
    """The numbers as 1, 2, 3 … in their order, and how many bits they take."""
    if not len(numbers):
        return numbers, 1
    there = np.zeros(int(numbers.max()) + 1, np.int64)
    there[numbers] = 1
    ranks = np.cumsum(there)
    return ranks[numbers], int(ranks[-1]).bit_length()


def _packed(rows: _Rows, longest: int, bits: int) -> Numbers:
    """For each place: the number of its row, then the ``longest`` numbers from there, 0 beyond the row's end."""
    ends = np.repeat(np.cumsum(rows.lengths), rows.lengths)
    left = ends - np.arange(len(rows.numbers))
    padded = np.concatenate([rows.numbers, np.zeros(longest, np.int64)])
    key = np.repeat(np.arange(len(rows.lengths)), rows.lengths)
    for place in range(longest):
        key = key << bits | np.where(left > place, padded[place : place + len(key)], 0)
    return key


def _runs(keys: Numbers, pairs: int, longest: int, bits: int) -> Numbers:
    """How many n-grams both sides of each pair have, from sorted keys whose last bit is the side."""
    shared = np.zeros((pairs, longest), np.int64)
    if not len(keys):
        return shared
    theirs_before = np.concatenate([[0], np.cumsum(keys & 1)])
    # Runs of equal n-grams by where they begin; runs of a shorter n-gram begin where some of these do.
    bounds = np.arange(len(keys) + 1)
    grams = keys >> 1
    for order in range(longest, 0, -1):
        begins = np.flatnonzero(np.concatenate([[True], grams[1:] != grams[:-1], [True]]))
        bounds, grams = bounds[begins], grams[begins[:-1]]
        theirs = np.diff(theirs_before[bounds])
        both = np.minimum(theirs, np.diff(bounds) - theirs)
        both[grams & ((1 << bits) - 1) == 0] = 0  # it runs over the end of its row: no n-gram
        some = np.flatnonzero(both)
        shared[:, order - 1] = np.bincount(grams[some] >> bits * order, weights=both[some], minlength=pairs)
        grams = grams >> bits
    return shared


def _shared_by_one(ours: list[int], theirs: list[int], longest: int) -> Numbers:
    """The same for one pair of too many different characters to be packed (ten bits each)."""
    shared = [sum((_grams(ours, order) & _grams(theirs, order)).values()) for order in range(1, longest + 1)]
    return np.array([shared], np.int64)


def _grams(numbers: list[int], order: int) -> Counter[tuple[int, ...]]:
    return Counter(tuple(numbers[start : start + order]) for start in range(len(numbers) - order + 1))
