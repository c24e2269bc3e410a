"""Words of two languages that are written alike: names, numbers, international words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import Table, table
from tm.language.text import without_accents

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_NUMBER, SAME_LONG, SAME_SHORT = 0.9, 0.8, 0.4
"""Probability that a word is translated by the same word, if there is one: numbers, words of more than three letters,
and shorter words and marks."""

ALIKE = 0.6
"""Least similarity of cognates: 1 - insertions and deletions / letters of both, accents aside."""

COGNATE = 0.8
"""Probability that a word is translated by its cognate, if that differs from it in almost nothing."""

MOST = 0.9
"""Probability for all that is written like a word together."""


def cognates(source: Sequence[str], target: Sequence[str]) -> Table:
    """For each source word the target words that are written like it, with the probability that they translate it.

    >>> found = cognates(["nature", "2015", "chien"], ["natureza", "2015", "cão"])
    >>> list(zip(found.rows().tolist(), found.columns.tolist(), found.values.round(2).tolist()))
    [(0, 0, 0.33), (1, 1, 0.9)]
    """
    places = _same(source, target) + _similar(source, target)
    rows, columns, values = zip(*places, strict=True) if places else ((), (), ())
    shape = (len(source), len(target))
    return table(
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(values, dtype=np.float64),
        shape,
    ).capped(MOST)


def _same(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
    numbers = {word: number for number, word in enumerate(target)}
    return [(row, numbers[word], _trust(word)) for row, word in enumerate(source) if word in numbers]


def _trust(word: str) -> float:
    if word[:1].isdigit():
        return SAME_NUMBER
    return SAME_LONG if len(word) > 3 else SAME_SHORT


def _similar(source: Sequence[str], target: Sequence[str]) -> list[tuple[int, int, float]]:
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import cdist

    places = []
    groups = [_by_beginning(words) for words in (source, target)]
    for beginning, here in groups[0].items():
        there = groups[1].get(beginning)
        if there:
            alike = cdist(
                [word for _, word in here], [word for _, word in there], scorer=Indel.normalized_similarity
            )
            for row, column in zip(*np.nonzero(alike > ALIKE), strict=True):
                one, other = here[row][0], there[column][0]
                if source[one] != target[other]:
                    places.append((one, other, COGNATE * ((alike[row, column] - ALIKE) / (1 - ALIKE)) ** 2))
    return places


def _by_beginning(words: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """The words of four letters and more, by their first three letters without accents."""
    groups = defaultdict(list)
    for number, word in enumerate(words):
        plain = without_accents(word)
        if len(plain) > 3 and plain[0].isalpha():
            groups[plain[:3]].append((number, plain))
    return groups
