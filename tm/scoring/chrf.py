"""The counts that chrF++ is computed from: the n-grams of characters and words that translations share with
references.

Popović (2015, 2017). The counts are sacrebleu's, made for many segments at once:

1. ``_characters`` and ``_words`` make a row of numbers of each text; ``_separate`` cuts punctuation off
   words.
2. ``_narrowed`` numbers them anew, so that a number takes few bits.
3. ``_packed`` packs the longest n-gram at each place, behind the number of its segment, into one integer.
4. ``_shared`` sorts the integers of both sides together. The shorter n-grams are the upper bits of the longer
   ones, so they are in order too, and equal ones stand side by side.
5. ``_count_equal`` counts how often each stands on both sides. ``_shared_by_one`` does all this, slowly, for
   a pair with too many different characters.

>>> counts = statistics(["le pont"], ["le vieux pont"])[0]
>>> characters, words = counts[:18].reshape(6, 3), counts[18:].reshape(2, 3)
>>> characters[:2].tolist(), words.tolist()
([[6, 11, 6], [5, 10, 4]], [[2, 3, 2], [1, 2, 0]])
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
"""Segments that are counted together: they take some tens of megabytes."""
_BITS = 63
"""The bits of a signed integer without its sign."""
_PUNCTUATION = frozenset(string.punctuation)


def statistics(translations: Sequence[str], references: Sequence[str]) -> Numbers:
    """For each pair and each order, characters first: n-grams of the translation, of the reference, shared
    ones.

    Where a reference has no n-gram of an order, those of the translation count as none, as in sacrebleu.

    >>> statistics(["rio ao"], ["rio"])[0, :12].tolist()
    [5, 3, 3, 4, 2, 2, 3, 1, 1, 0, 0, 0]
    """
    blocks = [
        _batch(translations[first : first + BATCH], references[first : first + BATCH])
        for first in range(0, len(translations), BATCH)
    ]
    return np.vstack(blocks)


def shared_words(
    translations: Sequence[Sequence[str]], references: Sequence[Sequence[str]], longest: int
) -> Numbers:
    """Pairs × n-grams of words that both sides have, for n from 1 to the longest.

    >>> shared_words([["o", "rio", "o"]], [["o", "rio", "e", "o"]], 3).tolist()
    [[3, 1, 0]]
    """
    vocabulary: dict[str, int] = {}
    sides = []
    for texts in (translations, references):
        numbers = [vocabulary.setdefault(word, len(vocabulary)) for words in texts for word in words]
        sides.append(_Rows(np.array(numbers, np.int64), np.array([len(words) for words in texts])))
    return _shared(sides[0], sides[1], longest)


class _Rows(NamedTuple):
    """Rows of numbers, one after the other.

    >>> _Rows(np.array([1, 2, 3]), np.array([2, 1])).between(1, 2).numbers.tolist()
    [3]
    """

    numbers: Numbers
    lengths: Numbers

    def between(self, first: int, end: int) -> _Rows:
        """The rows from ``first`` up to ``end``."""
        bounds = np.concatenate([[0], np.cumsum(self.lengths)])
        return _Rows(self.numbers[bounds[first] : bounds[end]], self.lengths[first:end])


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


def _counts(translations: _Rows, references: _Rows, longest: int) -> Numbers:
    """Pairs × (n-grams of the translation, of the reference, shared ones, for n from 1 to the longest)."""
    orders = np.arange(longest)
    of_translation, of_reference = (
        np.maximum(side.lengths[:, None] - orders, 0) for side in (translations, references)
    )
    of_translation[of_reference == 0] = 0
    counts = np.stack([of_translation, of_reference, _shared(translations, references, longest)], axis=2)
    return counts.reshape(len(counts), 3 * longest)


def _shared(translations: _Rows, references: _Rows, longest: int) -> Numbers:
    """Pairs × shared n-grams, for n from 1 to the longest."""
    pairs = len(translations.lengths)
    numbers, bits = _narrowed(np.concatenate([translations.numbers, references.numbers]))
    if (pairs - 1).bit_length() + longest * bits + 1 > _BITS:
        if pairs == 1:
            return _shared_by_one(translations.numbers.tolist(), references.numbers.tolist(), longest)
        halves = [(0, pairs // 2), (pairs // 2, pairs)]
        return np.vstack(
            [_shared(translations.between(*half), references.between(*half), longest) for half in halves]
        )
    split = len(translations.numbers)
    keys = [
        _packed(_Rows(side, lengths), longest, bits) << 1 | is_reference
        for is_reference, (side, lengths) in enumerate(
            [(numbers[:split], translations.lengths), (numbers[split:], references.lengths)]
        )
    ]
    return _count_equal(np.sort(np.concatenate(keys)), pairs, longest, bits)


def _narrowed(numbers: Numbers) -> tuple[Numbers, int]:
    """The numbers as 1, 2, 3 … in their order, and how many bits they take.

    >>> numbers, bits = _narrowed(np.array([70, 900, 70]))
    >>> numbers.tolist(), bits
    ([1, 2, 1], 2)
    """
    if not len(numbers):
        return numbers, 1
    occurs = np.zeros(int(numbers.max()) + 1, np.int64)
    occurs[numbers] = 1
    ranks = np.cumsum(occurs)
    return ranks[numbers], int(ranks[-1]).bit_length()


def _packed(rows: _Rows, longest: int, bits: int) -> Numbers:
    """For each place: the number of its row, then the ``longest`` numbers from there, 0 beyond the row's
    end."""
    ends = np.repeat(np.cumsum(rows.lengths), rows.lengths)
    remaining = ends - np.arange(len(rows.numbers))
    padded = np.concatenate([rows.numbers, np.zeros(longest, np.int64)])
    key = np.repeat(np.arange(len(rows.lengths)), rows.lengths)
    for place in range(longest):
        key = key << bits | np.where(remaining > place, padded[place : place + len(key)], 0)
    return key


def _count_equal(keys: Numbers, pairs: int, longest: int, bits: int) -> Numbers:
    """How many n-grams the two sides of each pair share, from sorted keys whose last bit is the side."""
    shared = np.zeros((pairs, longest), np.int64)
    if not len(keys):
        return shared
    references_before = np.concatenate([[0], np.cumsum(keys & 1)])
    # Where groups of equal n-grams begin; a group of a shorter n-gram begins where some of these do.
    bounds = np.arange(len(keys) + 1)
    grams = keys >> 1
    for order in range(longest, 0, -1):
        begins = np.flatnonzero(np.concatenate([[True], grams[1:] != grams[:-1], [True]]))
        bounds, grams = bounds[begins], grams[begins[:-1]]
        in_reference = np.diff(references_before[bounds])
        in_both = np.minimum(in_reference, np.diff(bounds) - in_reference)
        in_both[grams & ((1 << bits) - 1) == 0] = 0  # it reaches over the end of its row: no n-gram
        groups = np.flatnonzero(in_both)
        shared[:, order - 1] = np.bincount(
            grams[groups] >> bits * order, weights=in_both[groups], minlength=pairs
        )
        grams = grams >> bits
    return shared


def _shared_by_one(translation: list[int], reference: list[int], longest: int) -> Numbers:
    """``_shared`` for one pair with too many different characters to be packed (more than ten bits each).

    >>> _shared_by_one([1, 2, 3], [2, 3, 1], longest=2).tolist()
    [[3, 1]]
    """
    orders = range(1, longest + 1)
    shared = [(_grams(translation, order) & _grams(reference, order)).total() for order in orders]
    return np.array([shared], np.int64)


def _grams(numbers: list[int], order: int) -> Counter[tuple[int, ...]]:
    return Counter(tuple(numbers[start : start + order]) for start in range(len(numbers) - order + 1))
