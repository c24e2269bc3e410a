"""Several pairs of texts, or sections of one pair, side by side in the arrays of the dynamic programme (``beads``).

``stacked`` puts their evidence side by side, a ``Grid`` holds what the programme finds for each position.

>>> from tm.alignment.beads import Evidence
>>> def evidence(rows):
...     starts, pairs = np.zeros(rows + 1, dtype=np.int64), np.zeros((rows, 1, 2), dtype=np.float32)
...     return Evidence(((1, 1),), pairs, np.zeros(rows), np.zeros(1), np.zeros((3, 3)), starts, width=2)
>>> stack = stacked([evidence(2), evidence(3)])
>>> stack.pairs.shape, stack.source[0].tolist(), stack.ends[0].tolist()
((2, 3, 1, 2), [0.0, 0.0, -inf], [2, 3])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.beads import Evidence

    Array = NDArray[np.float64]

LARGEST = 8
"""Most segments on a side of a bead; only memory depends on it."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The evidence for several pairs of texts side by side, so that each step of the dynamic programme is one for all.
    Each array has the axis of the pairs of texts in front; smaller ones are filled up with -inf.

    Attributes:
        types, pairs, source, starts, width: as in ``Evidence``.
        passed: what speaks for the target segment before each position being alone; 0 at the beginning.
        steps: as in ``Evidence``, the same for all.
        ends: of each pair of texts, the source position behind its last segment, and the target position, counted
            from where the corridor begins there.
        beyond: -inf where a row is wider than the corridor of its pair of texts, 0 within it.
    """

    types: tuple[tuple[int, int], ...]
    pairs: NDArray[np.float32]
    source: Array
    passed: Array
    steps: Array
    starts: NDArray[np.int64]
    width: int
    ends: tuple[NDArray[np.int64], NDArray[np.int64]]
    beyond: Array

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The numbers of the pairs of texts."""
        return np.arange(len(self.starts))

    @property
    def rows(self) -> int:
        """Source positions."""
        return int(self.starts.shape[1])


def stacked(parts: Sequence[Evidence]) -> Stack:
    """Evidence with the same types and steps side by side."""
    count, width = len(parts), max(part.width for part in parts)
    rows = max(len(part.source) for part in parts)
    columns = max(len(part.target) for part in parts)
    types = parts[0].types
    pairs = np.full((count, rows, len(types), width), -np.inf, dtype=np.float32)
    source = np.full((count, rows), -np.inf)
    passed = np.full((count, columns + 1 + 2 * width), -np.inf)
    starts = np.zeros((count, rows + 1), dtype=np.int64)
    passed[:, 0] = 0.0
    for k, part in enumerate(parts):
        size = len(part.source)
        pairs[k, :size, :, : part.width] = part.pairs
        source[k, :size] = part.source
        passed[k, 1 : len(part.target) + 1] = part.target
        starts[k, : size + 1] = part.starts
        starts[k, size + 1 :] = part.starts[-1]
    last = np.array([len(part.source) for part in parts])
    at_end = np.array([len(part.target) - int(part.starts[-1]) for part in parts])
    widths = np.array([[part.width] for part in parts])
    beyond = np.where(np.arange(width) < widths, 0.0, -np.inf)
    return Stack(
        types,
        pairs,
        source,
        passed,
        parts[0].steps,
        starts,
        width,
        (last, at_end),
        beyond,
    )


class Grid:
    """A row of weights for each source position of each pair of texts, as wide as the corridor; -inf beyond its
    ends.

    Attributes:
        cells: the rows, to be read or set.
    """

    def __init__(self, stack: Stack) -> None:
        """Make a grid of -inf."""
        self._margin = stack.width + LARGEST
        self._numbers = stack.numbers[:, None]
        shape = (*stack.starts.shape, stack.width + 2 * self._margin)
        padded = np.full(shape, -np.inf)
        self.cells = padded[:, :, self._margin : self._margin + stack.width]
        self._windows = np.lib.stride_tricks.sliding_window_view(padded, stack.width, axis=2)

    def window(self, by: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the windows that stand so many positions further on in their row."""
        return np.clip(by, -self._margin, self._margin) + self._margin

    def seen(self, i: int | NDArray[np.int64], window: NDArray[np.int64]) -> Array:
        """The cells of row i, or of each of several rows, seen through these windows; of each pair of texts."""
        cells: Array = self._windows[self._numbers, i, window]
        return cells
