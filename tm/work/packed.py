"""Many values in little memory: blocks of them are compressed, and unpacked again one at a time.

They should be plain: strings, numbers, tuples of them. Objects of classes are packed slowly.

>>> packed = Packed(range(5000))
>>> len(packed), sum(packed), list(packed)[-1]
(5000, 12497500, 4999)
"""

from __future__ import annotations

import pickle
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

BLOCK = 4_000
"""Values of a block: fewer are not packed."""


class Packed(Generic[T]):
    """Values in order, which are read from the first to the last, as often as is wanted."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        """Pack the values as they come."""
        self._blocks: list[bytes] = []
        self._last: list[T] = []
        self.extend(values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._blocks) * BLOCK + len(self._last)

    def __iter__(self) -> Iterator[T]:
        """Each value, from the first on."""
        for block in self._blocks:
            yield from pickle.loads(zlib.decompress(block))  # noqa: S301 - what this object packed itself
        yield from self._last

    def extend(self, values: Iterable[T]) -> None:
        """Put values behind the others.

        >>> packed = Packed("ab")
        >>> packed.extend("c")
        >>> "".join(packed)
        'abc'
        """
        stream = iter(values)
        while more := list(islice(stream, BLOCK - len(self._last))):
            self._last += more
            if len(self._last) == BLOCK:
                self._blocks.append(zlib.compress(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL), 1))
                self._last = []
