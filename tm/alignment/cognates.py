"""Words of two languages that are written alike: names, numbers, international words.

The steps of ``cognates``, in the order in which they work:

1. ``_same`` finds the words that both languages have, each with a probability by its kind (``_trust``).
2. ``_similar`` compares words that begin alike (``_by_beginning``); the more alike two are, the likelier they
   translate each other.
3. No word's cognates together get more than ``MOST``; what is left is for words that are written otherwise.

>>> alike = cognates(["nature", "2015", "chien"], ["natureza", "2015", "cão"])
>>> alike.at(np.array([0, 1, 2]), np.array([0, 1, 2])).round(2).tolist()
[0.33, 0.9, 0.0]
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import Table, table
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_NUMBER, SAME_LONG, SAME_SHORT = 0.9, 0.8, 0.4
"""Probability that a word is translated by the same word, if there is one: for numbers, for words of more
than three letters, for shorter words and marks. No measurement is kept: what the texts show soon outweighs
it."""

ALIKE = 0.6
"""Least similarity of cognates: 1 - insertions and deletions / letters of both, accents aside. No measurement
is kept."""

COGNATE = 0.8
"""Probability that a word is translated by its cognate, if the two differ in almost nothing. No measurement
is kept."""

MOST = 0.9
"""Upper bound of a word's total cognate probability. No measurement is kept: something must be left for all
other words."""


def cognates(source: Sequence[str], target: Sequence[str]) -> Table:
    """For each source word the target words that are written like it, with the probability that they
    translate it.

    >>> alike = cognates(["Lyon", "chat"], ["gato", "Lyon"])
    >>> alike.rows().tolist(), alike.columns.tolist(), alike.values.tolist()
    ([0], [1], [0.8])
    """
    return alike(source, target).capped(MOST)


def alike(source: Sequence[str], target: Sequence[str]) -> Table:
    """``cognates``, however much one word has together: how alike two words are depends on no other."""
    places = _same(source, target) + _similar(source, target)
    rows, columns, values = zip(*places, strict=True) if places else ((), (), ())
    shape = (len(source), len(target))
    return table(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(values, dtype=np.float64),
        shape,
    )


def _same(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
    """The words that both languages have: source number, target number, probability."""
    numbers = {word: number for number, word in enumerate(target)}
    return [(row, numbers[word], _trust(word)) for row, word in enumerate(source) if word in numbers]


def _trust(word: str) -> float:
    """How likely a word is translated by itself.

    >>> [_trust(word) for word in ("2015", "Lyon", "la", "%")]
    [0.9, 0.8, 0.4, 0.4]
    """
    if word[:1].isdigit():
        return SAME_NUMBER
    return SAME_LONG if len(word) > 3 else SAME_SHORT


def _similar(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
    """The words that are written alike but not the same: source number, target number, probability."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    places = []
    groups = [_by_beginning(words) for words in (source, target)]
    for beginning, sources in groups[0].items():
        targets = groups[1].get(beginning)
        if targets:
            likenesses = cdist(
                [plain for _, plain in sources],
                [plain for _, plain in targets],
                scorer=Indel.normalized_similarity,
            )
            for row, column in zip(*np.nonzero(likenesses > ALIKE), strict=True):
                word, cognate = sources[row][0], targets[column][0]
                if source[word] != target[cognate]:
                    likeness = (likenesses[row, column] - ALIKE) / (1 - ALIKE)
                    places.append((word, cognate, COGNATE * likeness**2))
    return places


def _by_beginning(words: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """The words of four letters and more, without accents and with their numbers, by their first three
    letters.

    >>> dict(_by_beginning(["été", "État", "étape"]))
    {'Eta': [(1, 'Etat')], 'eta': [(2, 'etape')]}
    """
    groups = defaultdict(list)
    for number, word in enumerate(words):
        plain = without_accents(word)
        if len(plain) > 3 and plain[0].isalpha():
            groups[plain[:3]].append((number, plain))
    return groups
