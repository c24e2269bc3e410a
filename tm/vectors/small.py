"""Vectors as small numbers: one byte for each of their numbers, a quarter of the room and as good.

>>> kept = small(np.array([[0.5, -1.0], [0.0, 0.0]], dtype=np.float32))
>>> kept.tolist()
[[64, -127], [0, 0]]
>>> units(kept).astype(float).round(2).tolist()
[[0.45, -0.89], [0.0, 0.0]]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Bytes = NDArray[np.int8]

STEPS = 127
"""The greatest number of a vector becomes so many; only directions are kept, not lengths."""


def small(vectors: Vectors) -> Bytes:
    """Vectors as whole numbers, each as fine as a byte allows; an example heads the module."""
    most = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    kept: Bytes = np.rint(vectors * (STEPS / np.maximum(most, 1e-9))).astype(np.int8)
    return kept


def units(vectors: NDArray[np.number]) -> Vectors:
    """The vectors, brought to length 1; a vector of zeros stays as it is."""
    rows = vectors.astype(np.float32)
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    scaled: Vectors = rows / np.maximum(lengths, 1e-9)
    return scaled
