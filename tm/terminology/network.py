"""A small neural network, evaluated in numpy (Rumelhart, Hinton & Williams 1986, "Learning representations by
back-propagating errors").

Each unit of its one hidden layer weighs all columns of a row and is silent where the sum is below nothing;
the log-odds are the weighed sum of the units. Where trees ask for one column after the other, a network adds
many up: the two err in other places. Several networks learnt side by side are one with all their units.

The steps of ``log_odds``, in the order in which they work:

1. ``_scaled`` makes the columns comparable. What lies far outside of all that was learnt from counts as its
   edge.
2. ``_units`` sums them up for each unit.

A network of two units that looks at one column. Both see how far it is from 10, one above and one below:

>>> import numpy as np
>>> means, deviations, weights = np.array([10.0]), np.array([2.0]), np.array([[1.0, -1.0]])
>>> network = Network(means, deviations, weights, np.zeros(2), np.array([3.0, 1.0]), -1.0)
>>> network.log_odds(np.array([[10.0], [12.0], [8.0]])).tolist()
[-1.0, 2.0, 0.0]
>>> network.shares(np.array([[12.0]])).tolist()
[[3.0]]
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

FARTHEST = 4.0
"""Standard deviations beyond which a column counts as if it were so far from its mean."""

_STEPS = 127
"""The weights of a unit are written as whole numbers from -127 to 127."""


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer.

    Attributes:
        means: of the columns, in what was learnt from.
        deviations: their standard deviations; not 0.
        weights: column × unit.
        thresholds: what is added to the sum of each unit.
        outputs: the weight of each unit.
        bias: the log-odds where every unit is silent.
    """

    means: Floats
    deviations: Floats
    weights: Floats
    thresholds: Floats
    outputs: Floats
    bias: float

    def log_odds(self, rows: Floats) -> Floats:
        """What the network says of each row."""
        import numpy as np

        log_odds: Floats = np.maximum(self._units(self._scaled(rows)), 0.0) @ self.outputs + self.bias
        return log_odds

    def shares(self, rows: Floats) -> Floats:
        """What each column adds to the log-odds of each row, against a column at its mean.

        The units that are not silent only add up: so the shares are exact. What the thresholds and the bias
        add is nobody's.
        """
        columns = self._scaled(rows)
        slopes = ((self._units(columns) > 0) * self.outputs) @ self.weights.T
        shares: Floats = columns * slopes
        return shares

    def times(self, slope: float, offset: float = 0.0) -> Network:
        """The network whose log-odds are those of this one times the slope, and the offset.

        >>> import numpy as np
        >>> one = Network(np.zeros(1), np.ones(1), np.ones((1, 1)), np.zeros(1), np.ones(1), 0.0)
        >>> one.times(0.5, 2.0).log_odds(np.array([[3.0]])).tolist()
        [3.5]
        """
        return replace(self, outputs=slope * self.outputs, bias=slope * self.bias + offset)

    def _scaled(self, rows: Floats) -> Floats:
        """The columns in standard deviations from their means."""
        import numpy as np

        columns: Floats = np.clip((rows - self.means) / self.deviations, -FARTHEST, FARTHEST)
        return columns

    def _units(self, columns: Floats) -> Floats:
        """The sum of each unit."""
        sums: Floats = columns @ self.weights + self.thresholds
        return sums

    def to_bytes(self) -> bytes:
        """The content of a file: how many columns there are, then the arrays, xz-compressed; the weights one
        byte each.

        >>> import numpy as np
        >>> weights = np.array([[0.5], [-1.0]])
        >>> network = Network(np.zeros(2), np.ones(2), weights, np.zeros(1), np.ones(1), 0.25)
        >>> Network.from_bytes(network.to_bytes()).log_odds(np.array([[2.0, 0.0]])).round(2).tolist()
        [1.26]
        """
        import numpy as np

        step = np.maximum(np.abs(self.weights).max(0), 1e-9) / _STEPS
        numbers = (
            self.means,
            self.deviations,
            step,
            self.thresholds,
            self.outputs,
            np.array([self.bias]),
        )
        return lzma.compress(
            len(self.means).to_bytes(4, "little")
            + b"".join(array.astype("<f4").tobytes() for array in numbers)
            + np.rint(self.weights / step).astype("i1").tobytes(),
            preset=9,
        )

    @staticmethod
    def from_bytes(content: bytes) -> Network:
        """The network whose file has this content (see ``to_bytes``)."""
        import numpy as np

        body = lzma.decompress(content)
        columns = int.from_bytes(body[:4], "little")
        # After the number: eight bytes a column, twelve a unit, four for the bias, and a weight for each two.
        units = (len(body) - 8 - 8 * columns) // (12 + columns)
        numbers = np.frombuffer(body, "<f4", 2 * columns + 3 * units + 1, 4).astype(np.float64)
        means, deviations, step, thresholds, outputs, bias = np.split(
            numbers, np.cumsum([columns, columns, units, units, units])
        )
        weights = np.frombuffer(body, "i1", offset=4 + 4 * len(numbers)).reshape(columns, units)
        return Network(means, deviations, weights * step, thresholds, outputs, float(bias[0]))
