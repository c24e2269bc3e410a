"""Twins: units with the same target beside another source. One whose words translate each other much better
speaks against the others.

>>> texts = np.array([[1, 9], [2, 9], [3, 8], [1, 9]], np.uint64)
>>> twins = Twins(texts, np.arange(4))
>>> twins.least(np.array([0.5, -2.0, 0.0, 0.7]), np.array([True] * 4)).tolist()
[-2.0, 0.5, inf, -2.0]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Array = NDArray[np.float64]


class Twins:
    """The units whose target another unit has, too, target by target."""

    def __init__(self, texts: NDArray[np.uint64], units: Places) -> None:
        """Find them.

        Args:
            texts: for each unit a number for its source, and one for its target.
            units: those that are looked at.
        """
        order = units[np.argsort(texts[units, 1], kind="stable")]
        targets = texts[order, 1]
        is_first = np.append(True, targets[1:] != targets[:-1])[: len(order)]
        groups = np.cumsum(is_first) - 1
        is_several = np.bincount(groups)[groups] > 1 if len(groups) else is_first
        self._units, self._sources = order[is_several], texts[order[is_several], 0]
        self._begins = np.flatnonzero(is_first[is_several])
        self._groups = np.cumsum(is_first[is_several]) - 1

    def least(self, scores: Array, is_left: NDArray[np.bool_]) -> Array:
        """For each unit the least score of its twins; inf of one that has none.

        Args:
            scores: of all units.
            is_left: of each whether it still is a twin of others.
        """
        least = np.full(len(scores), np.inf)
        if len(self._units):
            values = np.where(is_left[self._units], scores[self._units], np.inf)
            best = np.lexsort((values, self._groups))[self._begins]
            is_of_best = self._sources == self._sources[best][self._groups]
            others = np.minimum.reduceat(np.where(is_of_best, np.inf, values), self._begins)
            least[self._units] = np.where(is_of_best, others[self._groups], values[best][self._groups])
        return least
