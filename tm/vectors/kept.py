"""The vectors of numbered texts in a file, and which of them are nearest to another.

A file has a line of JSON, with blanks 1,024 bytes long, then four arrays, little-endian: the numbers, ascending; a
hash of each text; the signs of its vector, a bit each, 64 of all vectors after another; the vectors as small
numbers. It is used from where it is. Whoever changes one writes it aside and puts it in the place of the old one;
it may be deleted at any time, which costs the time in which the vectors are made again.

``Kept.nearest`` looks at the signs of all vectors first: how many differ tells the angle, give or take a few
degrees. Only those that are near by their signs are compared in full.

>>> from tm.vectors.small import small
>>> rows = np.random.default_rng(1).normal(size=(5, 128)).astype(np.float32)
>>> kept = EMPTY.grown(np.arange(5), np.arange(5, dtype=np.uint64), small(rows))
>>> [(number, round(cosine, 1)) for cosine, number in kept.nearest(units(rows)[3], 0.5)]
[(3, 1.0)]
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm import files
from tm.vectors.small import units

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

VERSION = "ponte vectors 1"
_HEADER = 1 << 10

AT_FIRST = 2_000
"""Vectors that are compared in full; eight times as many in each further round."""


class Kept(NamedTuple):
    """Vectors, each with the number and the hash of its text."""

    numbers: NDArray[np.int64]
    texts: NDArray[np.uint64]
    signs: NDArray[np.uint64]
    vectors: NDArray[np.int8]

    def grown(self, numbers: NDArray[np.int64], texts: NDArray[np.uint64], vectors: NDArray[np.int8]) -> Kept:
        """These and more, with greater numbers; an example heads the module."""
        more = Kept(numbers, texts, signs(vectors), vectors)
        if not len(self.numbers):
            return more
        return Kept(
            np.concatenate([self.numbers, more.numbers]),
            np.concatenate([self.texts, more.texts]),
            np.concatenate([self.signs, more.signs], axis=1),
            np.concatenate([self.vectors, more.vectors]),
        )

    def nearest(self, vector: NDArray[np.float32], least: float) -> Iterator[tuple[float, int]]:
        """The cosines of at least so much, each with its number: the greatest first, of
        equal ones the last, in rounds."""
        if not len(self.numbers):
            return
        apart = np.zeros(len(self.numbers), dtype=np.uint16)
        for column, bits in zip(self.signs, signs(vector[None])[:, 0], strict=True):
            apart += np.bitwise_count(column ^ bits)
        by_signs = np.argsort(apart, kind="stable")  # as the numbers are small, in linear time
        begin, end = 0, AT_FIRST
        while begin < len(apart):
            near = by_signs[begin:end]
            cosines = units(self.vectors[near]) @ vector
            order = np.lexsort((-near, -cosines))[: int((cosines >= least).sum())]
            if not len(order):
                return
            yield from zip(cosines[order].tolist(), self.numbers[near[order]].tolist(), strict=True)
            begin, end = end, 8 * end

    def columns(self) -> list[NDArray[Any]]:
        """Its arrays as a file has them, of the signs each row by itself: behind each stands that of the next part."""
        return [self.numbers, self.texts, *self.signs, self.vectors]


EMPTY = Kept(
    np.zeros(0, np.int64), np.zeros(0, np.uint64), np.zeros((0, 0), np.uint64), np.zeros((0, 0), np.int8)
)


class Rows:
    """Where texts stand among those of vectors, by their hashes.

    >>> two = EMPTY.grown(np.arange(2), np.array([7, 3], np.uint64), np.ones((2, 8), np.int8))
    >>> Rows(two).of(np.array([3, 4], np.uint64)).tolist()
    [1, -1]

    Attributes:
        vectors: of all the texts.
    """

    def __init__(self, kept: Kept) -> None:
        """Take the vectors; nothing is sorted yet."""
        self.vectors, self._texts = kept.vectors, kept.texts

    @functools.cached_property
    def _order(self) -> NDArray[np.int64]:
        """The rows by their hashes: sorted once, however many are asked for."""
        return np.argsort(self._texts)

    def of(self, texts: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The row of each text's hash; -1 where there is none."""
        if not len(self._texts):
            return np.full(len(texts), -1)
        places = np.searchsorted(self._texts, texts, sorter=self._order)
        rows = self._order[np.minimum(places, len(self._order) - 1)]
        found: NDArray[np.int64] = np.where(self._texts[rows] == texts, rows, -1)
        return found


def signs(vectors: NDArray[np.number]) -> NDArray[np.uint64]:
    """The signs of vectors, 64 numbers of each a row.

    >>> signs(np.array([[1.0, -1.0], [-1.0, 1.0]])).tolist()
    [[128, 64]]
    """
    bits = np.packbits(vectors > 0, axis=1)
    filled = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
    return np.ascontiguousarray(filled.view("<u8").T)


def hashed(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A hash of each text; two of a billion texts share one with a probability of three in a hundred."""
    digests = (
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts
    )
    return np.frombuffer(b"".join(digests), dtype="<u8")


def save(path: Path, parts: Sequence[Kept], about: dict[str, Any]) -> None:
    """Write a file.

    Args:
        path: the file.
        parts: what it has, one behind the other.
        about: what they are of, see ``load``.

    Raises:
        FormatError: the file cannot be written.
    """
    filled = [part for part in parts if len(part.numbers)] or [EMPTY]
    rows, width = sum(len(part.numbers) for part in filled), filled[0].vectors.shape[1]
    header = {"version": VERSION, "rows": rows, "width": width, "about": about}
    with files.writing(path) as stream:
        stream.write(json.dumps(header).encode().ljust(_HEADER - 1) + b"\n")
        for column in zip(*(part.columns() for part in filled), strict=True):
            for array in column:
                stream.write(np.ascontiguousarray(array).data)


def load(path: Path) -> tuple[Kept, dict[str, Any]]:
    """What a file has, mapped into memory, and what it is of; nothing where there is no such file."""
    try:
        with path.open("rb") as stream:
            header = json.loads(stream.read(_HEADER))
            size = os.fstat(stream.fileno()).st_size
            content = np.memmap(stream, np.uint8, "r", _HEADER) if size > _HEADER else np.zeros(0, np.uint8)
        rows, width = int(header["rows"]), int(header["width"])
        words = -(-width // 64)
        sizes = [8 * rows, 8 * rows, 8 * rows * words, rows * width]
        if header["version"] != VERSION or size != _HEADER + sum(sizes):
            return EMPTY, {}
        parts = np.split(content, np.cumsum(sizes)[:-1])
        kept = Kept(
            parts[0].view("<i8"),
            parts[1].view("<u8"),
            parts[2].view("<u8").reshape(words, rows),
            parts[3].view("i1").reshape(rows, width),
        )
        return kept, dict(header["about"])
    except (OSError, ValueError, KeyError, TypeError):
        return EMPTY, {}
