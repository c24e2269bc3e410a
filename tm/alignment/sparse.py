"""Sparse matrices, as far as a lexicon needs them: ``table`` makes one, ``Table`` has what is done with it.

>>> import numpy as np
>>> matrix = table(np.array([0, 1]), np.array([1, 2]), np.array([0.5, 2.0]), (2, 3))
>>> matrix.transposed().rows().tolist(), matrix.capped(1.0).values.tolist()
([1, 2], [0.5, 1.0])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """A sparse matrix by rows: row r has ``values[bounds[r]:bounds[r + 1]]`` in ``columns`` of the same
    range, rising.

    >>> import numpy as np
    >>> matrix = table(np.array([1, 0, 1]), np.array([2, 0, 2]), np.array([0.25, 1, 0.5]), (2, 3))
    >>> matrix.columns.tolist(), matrix.values.tolist(), matrix.sums().tolist()
    ([0, 2], [1.0, 0.75], [1.0, 0.75])
    >>> matrix.at(np.array([1, 1]), np.array([2, 1])).tolist()
    [0.75, 0.0]
    """

    bounds: Integers
    columns: Integers
    values: Array
    width: int

    def rows(self) -> Integers:
        """The row number of each value.

        >>> table(np.array([0, 2, 2]), np.array([0, 0, 1]), np.ones(3), (3, 2)).rows().tolist()
        [0, 2, 2]
        """
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def sums(self) -> Array:
        """The sum of each row.

        >>> table(np.array([0, 2, 2]), np.array([0, 0, 1]), np.ones(3), (3, 2)).sums().tolist()
        [1.0, 0.0, 2.0]
        """
        return bin_sums(self.rows(), self.values, len(self.bounds) - 1)

    def at(self, rows: Integers, columns: Integers) -> Array:
        """The values at these places, 0 where there is none."""
        if not len(self.values):
            return np.zeros(len(rows))
        filled = self.rows() * self.width + self.columns
        asked = rows * self.width + columns
        places = np.minimum(np.searchsorted(filled, asked), len(filled) - 1)
        return np.where(filled[places] == asked, self.values[places], 0.0)

    def scaled(self, factors: Array) -> Table:
        """Each value times its factor.

        >>> matrix = table(np.array([0, 1]), np.array([0, 0]), np.ones(2), (2, 1))
        >>> matrix.scaled(np.array([2.0, 3.0])).values.tolist()
        [2.0, 3.0]
        """
        return Table(self.bounds, self.columns, self.values * factors, self.width)

    def capped(self, most: float) -> Table:
        """The matrix with rows that add up to more than ``most`` scaled down to it.

        >>> matrix = table(np.array([0, 0]), np.array([0, 1]), np.array([1.0, 3.0]), (1, 2))
        >>> matrix.capped(1.0).values.tolist()
        [0.25, 0.75]
        """
        sums = self.sums()
        return self.scaled((most / np.maximum(sums, most))[self.rows()])

    def summed(self, rows: Integers, bounds: Integers, *, among: NDArray[np.bool_] | None = None) -> Table:
        """Sums of rows: row i of the result is the sum of ``rows[bounds[i]:bounds[i + 1]]`` of this matrix.

        Args:
            rows: their numbers.
            bounds: where the rows of each sum begin, and where the last one ends.
            among: for each column whether it is asked for; the others are left out.

        >>> import numpy as np
        >>> matrix = table(np.array([0, 1, 1]), np.array([0, 0, 2]), np.array([1.0, 2.0, 4.0]), (2, 3))
        >>> matrix.summed(np.array([0, 1, 1]), np.array([0, 2, 3])).values.tolist()
        [3.0, 4.0, 2.0, 4.0]
        """
        sizes = self.bounds[rows + 1] - self.bounds[rows]
        begins = np.repeat(self.bounds[rows] - (np.cumsum(sizes) - sizes), sizes)
        places = begins + np.arange(len(begins))
        to = np.repeat(np.repeat(np.arange(len(bounds) - 1), np.diff(bounds)), sizes)
        if among is not None:
            asked = among[self.columns[places]]
            places, to = places[asked], to[asked]
        return table(to, self.columns[places], self.values[places], (len(bounds) - 1, self.width))

    def transposed(self) -> Table:
        """The matrix with columns for rows.

        >>> table(np.array([0]), np.array([2]), np.ones(1), (1, 3)).transposed().rows().tolist()
        [2]
        """
        return table(self.columns, self.rows(), self.values, (self.width, len(self.bounds) - 1))


def table(rows: Integers, columns: Integers, values: Array, shape: tuple[int, int]) -> Table:
    """The matrix with these values; those at one place are added up, and zeros are left out.

    >>> matrix = table(np.array([0, 0, 1]), np.array([1, 1, 0]), np.array([1.0, 2.0, 0.0]), (2, 2))
    >>> matrix.bounds.tolist(), matrix.columns.tolist(), matrix.values.tolist()
    ([0, 1, 1], [1], [3.0])
    """
    keys, where = np.unique(rows * shape[1] + columns, return_inverse=True)
    sums = bin_sums(where, values, len(keys))
    keys, sums = keys[sums > 0], sums[sums > 0]
    bounds = np.searchsorted(keys, np.arange(shape[0] + 1) * shape[1])
    return Table(bounds, keys % max(shape[1], 1), sums, shape[1])


def bin_sums(bins: Integers, values: Array, count: int) -> Array:
    """The sum of the values in each of so many bins.

    >>> import numpy as np
    >>> bin_sums(np.array([0, 2, 0]), np.array([1.0, 2.0, 4.0]), 3).tolist()
    [5.0, 0.0, 2.0]
    """
    return np.bincount(bins, values, minlength=count).astype(np.float64, copy=False)
