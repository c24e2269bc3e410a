"""Boosted decision trees, evaluated in numpy (Friedman 2001, "Greedy function approximation: a gradient
boosting machine").

Each tree sorts a row down to one of its leaves; the values of the leaves add up to log-odds. Every inner node
has a value too, the mean of what is below it: so each step down says what the column that it asked for added
or took away (Saabas 2014, "Interpreting random forests"). ``bench/train_terms.py`` grows the trees.

One tree of three nodes, which asks whether column 0 is above 1.5:

>>> import numpy as np
>>> nodes = np.array([0, -1, -1]), np.array([1.5, 0, 0]), np.array([1, 1, 2]), np.array([0.25, -1.0, 2.0])
>>> forest = Forest(("count",), np.array([0]), *nodes)
>>> forest.log_odds(np.array([[1.0], [2.0]])).tolist()
[-1.0, 2.0]
>>> forest.shares(np.array([[2.0]])).tolist()
[[1.75]]
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

_BLOCK = 256
"""Rows that go down the trees together."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that vote together, their nodes in one row.

    Attributes:
        names: of the columns that the trees ask for.
        roots: the first node of each tree.
        columns: which column each node asks for; -1 for a leaf.
        bounds: a row whose value is above this goes to the second child.
        children: number of the first child; the second stands behind it. A leaf is its own child.
        values: log-odds of the rows that come to each node.
    """

    names: tuple[str, ...]
    roots: NDArray[np.integer[Any]]
    columns: NDArray[np.integer[Any]]
    bounds: Floats
    children: NDArray[np.integer[Any]]
    values: Floats

    def log_odds(self, rows: Floats) -> Floats:
        """The sum of the leaves of each row."""
        import numpy as np

        total = np.zeros(len(rows))
        if len(rows) <= _BLOCK:
            *_, leaves = self._ways(rows)
            for values in self.values[leaves]:
                total += values
            return total
        # Of many rows whole columns are compared, from the leaves up: faster than to lead each row down.
        columns = np.asfortranarray(rows).T
        for root in self.roots.tolist():
            total += self._value(root, columns)
        return total

    def _value(self, node: int, columns: Floats) -> Floats | np.floating[Any]:
        """The leaves that the rows come to from a node on."""
        import numpy as np

        column, child = int(self.columns[node]), int(self.children[node])
        if column < 0:
            leaf: np.floating[Any] = self.values[node]
            return leaf
        is_above = columns[column] > self.bounds[node]
        return np.where(is_above, self._value(child + 1, columns), self._value(child, columns))

    def shares(self, rows: Floats) -> Floats:
        """What each column adds to the log-odds of each row; the values of the roots are nobody's."""
        import numpy as np

        width = rows.shape[1]
        shares = np.zeros(rows.shape)
        asked = np.maximum(self.columns, 0).astype(np.intp)
        for start in range(0, len(rows), _BLOCK):
            block = slice(start, start + _BLOCK)
            ways = np.stack([*self._ways(rows[block])], axis=1)  # tree × step × row
            before = ways[:, :-1]
            added = np.diff(self.values[ways], axis=1)  # nothing behind a leaf
            cells = asked[before] + width * np.arange(ways.shape[2])
            sums = np.bincount(cells.ravel(), added.ravel())
            shares[block].flat[: len(sums)] = sums
        return shares

    def _ways(self, rows: Floats) -> Iterator[NDArray[np.integer[Any]]]:
        """The nodes (tree × row) where the rows stand, from the roots on, until all have come to leaves."""
        import numpy as np

        columns, every = rows.T.ravel(), np.arange(len(rows))
        is_inner = self.columns >= 0
        places = np.maximum(self.columns, 0).astype(np.intp) * len(rows)
        bounds = np.where(is_inner, self.bounds, np.inf)  # nothing leads on from a leaf
        children = self.children.astype(np.intp)
        nodes = np.repeat(self.roots.astype(np.intp)[:, None], len(rows), 1)
        yield nodes
        while is_inner[nodes].any():
            nodes = children[nodes] + (columns[places[nodes] + every] > bounds[nodes])
            yield nodes

    def to_bytes(self) -> bytes:
        """The content of a file: a line of JSON, then the arrays, xz-compressed.

        >>> import numpy as np
        >>> leaf = Forest((), np.array([0]), np.array([-1]), np.zeros(1), np.array([0]), np.array([0.5]))
        >>> Forest.from_bytes(leaf.to_bytes()).values.tolist()
        [0.5]
        """
        header = json.dumps({"names": self.names, "trees": len(self.roots)}).encode() + b"\n"
        kinds = zip((self.roots, self.columns, self.bounds, self.children, self.values), _KINDS, strict=True)
        return lzma.compress(
            header + b"".join(array.astype(kind).tobytes() for array, kind in kinds), preset=9
        )

    @staticmethod
    def from_bytes(content: bytes) -> Forest:
        """The forest whose file has this content (see ``to_bytes``)."""
        import numpy as np

        head, _, body = lzma.decompress(content).partition(b"\n")
        header = json.loads(head)
        sizes = [np.dtype(kind).itemsize for kind in _KINDS]
        nodes = (len(body) - header["trees"] * sizes[0]) // sum(sizes[1:])
        arrays, at = [], 0
        for kind, size in zip(_KINDS, sizes, strict=True):
            count = nodes if at else header["trees"]
            arrays.append(np.frombuffer(body, kind, count, at))
            at += count * size
        roots, columns, bounds, children, values = arrays
        return Forest(tuple(header["names"]), roots, columns, bounds, children, values)


_KINDS = ("<i4", "<i2", "<f4", "<i4", "<f4")
"""How the arrays of a forest are written."""
