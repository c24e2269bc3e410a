"""Rows of different lengths in one array, one after the other, and the types that arrays have here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.uint32]
    Numbers: TypeAlias = NDArray[np.int64]


def offsets(lengths: Array | Numbers) -> Numbers:
    """Where each row begins.

    >>> offsets(np.array([2, 0, 3])).tolist()
    [0, 2, 2]
    """
    starts = np.cumsum(lengths, dtype=np.int64)
    starts -= lengths
    return starts


def ranges(starts: NDArray[Any], lengths: NDArray[Any]) -> Numbers:
    """The numbers start, start + 1, … of each row: with them an array gives several of its rows at once.

    >>> ranges(np.array([5, 7, 1]), np.array([2, 0, 3])).tolist()
    [5, 6, 1, 2, 3]
    """
    lengths = lengths.astype(np.int64)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)
