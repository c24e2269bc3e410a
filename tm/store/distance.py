"""Distances of many pairs of segments at once, by rapidfuzz.

rapidfuzz compares strings fastest, so a segment becomes a string and each of its tokens one character:

1. ``characters`` gives each token number its character.
2. ``decoded`` makes one string of the characters of many segments; ``cut`` cuts it into segments again.
3. ``near`` compares pairs of such strings and keeps those that are alike enough.

>>> le, vieux, pont, dort = range(4)
>>> text = decoded(characters(np.array([le, pont, dort, le, vieux, pont])))
>>> sleeping, old = cut(text, np.array([0, 3]), np.array([3, 3]))
>>> pairs, likenesses = near([sleeping, old], [old, old], 0.3)
>>> pairs.tolist(), likenesses.round(2).tolist()
([0, 1], [0.33, 1.0])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tm.store.tolerance import EPSILON, SLACK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

NOTHING = 0
"""The character of a token that the text it is compared with does not have."""


def characters(numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The character of each token number: 1 and up, without the surrogates.

    After the last character they begin again at 1. Two tokens with one character only make pairs look more
    alike than they are.

    >>> [hex(code) for code in characters(np.array([0, 0xD7FF, 0x10F7FE, 0x10F7FF]))]
    ['0x1', '0xe000', '0x10ffff', '0x1']
    """
    codes = numbers % (0x110000 - 0x801) + 1
    codes[codes >= 0xD800] += 0x800
    return codes.astype(np.uint32)


def decoded(codes: NDArray[Any]) -> str:
    """Characters as a string.

    >>> decoded(np.array([0x70, 0x6F, 0x6E, 0x74]))
    'pont'
    """
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def cut(text: str, starts: NDArray[Any], lengths: NDArray[Any]) -> list[str]:
    """The segments of a string that holds many.

    >>> cut("pontrive", np.array([0, 4]), np.array([4, 4]))
    ['pont', 'rive']
    """
    return [text[a : a + b] for a, b in zip(starts.tolist(), lengths.tolist(), strict=True)]


def near(
    queries: Sequence[str], stored: Sequence[str], minimum: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Which pairs reach the minimum, and the likeness of each: 1 - Levenshtein / the longer length.

    >>> pairs, likenesses = near(["abcd", "abcd"], ["abxd", "xyzd"], 0.5)
    >>> pairs.tolist(), likenesses.tolist()
    ([0], [0.75])
    """
    likenesses = process.cpdist(
        queries,
        stored,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=minimum - SLACK,
        dtype=np.float64,
    )
    pairs = np.flatnonzero(likenesses >= minimum - EPSILON)
    return pairs, likenesses[pairs]
