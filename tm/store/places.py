"""The places of one token in a run, unpacked only where they are asked for.

A list is written as gaps (``runs.py``): the first place, then each place less the one before, all in 1, 2 or 4
bytes; the largest number of the width means "add this and go on". ``Places`` knows the place before each
block of ``BLOCK`` gaps: the sum of a block of bytes is half of its Adler-32, at two bytes in a nanosecond.
So a few places of a long list are looked up in a hundredth of the time that unpacking all of it takes, and
nothing but the standard library is needed, which loads sooner than numpy.

>>> places = Places(1, bytes([2, 1, 255, 255, 90]), size=1000)
>>> places.all(), places.between(3, 603), places.count(3, 604)
([2, 3, 603], [3], 2)
>>> places.of([1, 3, 602], shift=1)
[1, 602]
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from itertools import accumulate, compress, repeat
from operator import add, ne, sub

from tm.store.records import DamagedError

BLOCK = 128
"""Gaps of a block: no more than 256, whose sum Adler-32 still tells."""

PROBE = 50
"""Break-even: looking up one place costs as much as unpacking so many gaps."""

_LARGEST = bytes([1] * 255 + [0])
"""Which gaps of one byte end in a place."""

_CODES = {1: "B", 2: "H", 4: "I"}
"""Array types of gaps, by width in bytes."""


class Places:
    """An ascending list of places.

    Attributes:
        width: of each gap, in bytes.
        largest: the gap that means "add this and go on".
        gaps: as numbers.
    """

    def __init__(self, width: int, gaps: bytes, size: int) -> None:
        """Add up the blocks.

        Args:
            width: of each gap, in bytes.
            gaps: the list.
            size: places of the run.

        Raises:
            DamagedError: the list is empty, does not end, or leaves the run.
        """
        if width not in _CODES or not gaps or len(gaps) % width:
            raise DamagedError
        self.width, self.largest = width, (1 << 8 * width) - 1
        self.gaps = integers(width, gaps)
        self._before = [0, *accumulate(_sums(width, gaps))]
        if self._before[-1] >= size or self.gaps[-1] == self.largest:
            raise DamagedError

    def __len__(self) -> int:
        """How many gaps there are: no fewer than places."""
        return len(self.gaps)

    def all(self) -> list[int]:
        """All places."""
        return self._blocks(0, len(self._before) - 1)

    def between(self, low: int, high: int) -> list[int]:
        """The places from ``low`` to ``high``, without ``high``."""
        # The places of a block are greater than the place before it; only a list's first may be equal.
        first = max(0, bisect_left(self._before, low, 1) - 1)
        end = bisect_left(self._before, high, 0, len(self._before) - 1)
        places = self._blocks(first, end)
        return places[bisect_left(places, low) : bisect_left(places, high)]

    def count(self, low: int, high: int) -> int:
        """How many places there are from ``low`` to ``high``."""
        return len(self.between(low, high))

    def counts(self, ranges: list[tuple[int, int]]) -> list[int]:
        """``count`` of each of some ranges."""
        if len(ranges) * PROBE < len(self):
            return [self.count(low, high) for low, high in ranges]
        places = self.all()
        return [bisect_left(places, high) - bisect_left(places, low) for low, high in ranges]

    def of(self, starts: list[int], shift: int) -> list[int]:
        """Those of some ascending numbers that are places when ``shift`` is added."""
        if len(starts) * PROBE < len(self):
            return [start for start in starts if self.count(start + shift, start + shift + 1)]
        both = {*map(add, starts, repeat(shift))}.intersection(self.all())
        return [*map(sub, sorted(both), repeat(shift))]

    def _blocks(self, first: int, end: int) -> list[int]:
        """The places of some blocks."""
        gaps = self.gaps[first * BLOCK : end * BLOCK]
        places = accumulate(gaps, initial=self._before[first])
        next(places)
        if self.largest not in gaps:
            return list(places)
        is_place = (
            gaps.translate(_LARGEST) if isinstance(gaps, bytes) else map(ne, gaps, repeat(self.largest))
        )
        return [*compress(places, is_place)]


def integers(width: int, numbers: bytes) -> bytes | array[int]:
    """Little-endian numbers of 1, 2 or 4 bytes.

    >>> list(integers(2, bytes([1, 0, 0, 1])))
    [1, 256]
    """
    if width == 1:
        return numbers
    values = array(_CODES[width], numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _sums(width: int, gaps: bytes) -> list[int]:
    """The sum of each block.

    >>> _sums(2, bytes([1, 1, 2, 0])), _sums(1, bytes([255]) * (BLOCK + 1)) == [255 * BLOCK, 255]
    ([259], True)
    """
    parts = [_byte_sums(gaps[byte::width]) for byte in range(width)]
    if width == 1:
        return parts[0]
    return [sum(part << 8 * byte for byte, part in enumerate(block)) for block in zip(*parts, strict=True)]


def _byte_sums(gaps: bytes) -> list[int]:
    return [(zlib.adler32(gaps[first : first + BLOCK]) & 0xFFFF) - 1 for first in range(0, len(gaps), BLOCK)]
