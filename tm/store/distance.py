"""Distances of many pairs of segments at once, by rapidfuzz: each segment is a string, each token one character."""

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
"""The character of a token that the other side has nowhere."""


def characters(numbers: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The character of each token number: 1 and up, without the surrogates.

    Past the last one they begin again; what is alike by that only is compared in vain.
    """
    codes = numbers % (0x110000 - 0x801) + 1
    codes[codes >= 0xD800] += 0x800
    return codes.astype(np.uint32)


def decoded(codes: NDArray[Any]) -> str:
    """Characters as a string."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def cut(words: str, starts: NDArray[Any], lengths: NDArray[Any]) -> list[str]:
    """The segments that begin there in a string of many."""
    return [words[a : a + b] for a, b in zip(starts.tolist(), lengths.tolist(), strict=True)]


def near(
    queries: Sequence[str], stored: Sequence[str], minimum: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Which pairs are at or above the least base, and the base of each of these: 1 - Levenshtein / the longer length."""
    base = process.cpdist(
        queries,
        stored,
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=minimum - SLACK,
        dtype=np.float64,
    )
    good = np.flatnonzero(base >= minimum - EPSILON)
    return good, base[good]
