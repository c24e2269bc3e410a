"""The key tokens of many segments as numbers: what the index is made of.

Of some ten thousand segments most stretches between white space stand in several. Equal ones are found by arrays, as bytes, and
only one of each is tokenised.
"""

from __future__ import annotations

import functools
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.language import key_tokens
from tm.language.tokens import ChunkCache, keys_of, tag_reaches_across
from tm.model import Segment
from tm.store.ragged import offsets, stretches
from tm.store.variants import hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

LONGEST = 64
"""Characters of a stretch that is compared with others. A segment with a longer one is tokenised by itself."""

_MASKS = np.array([(1 << 16 * size) - 1 for size in range(5)], np.uint64)
"""Of the eight bytes from a place on those that are of a stretch, by how many of its characters are left."""

_MIXING, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


class Encoder:
    """The hashed ``key_tokens`` of segments of one language, many at a time; ``hashes`` has every token that was met.

    >>> lengths, tokens = Encoder("fr")(["L’an 2018", "AN"], {})
    >>> lengths.tolist(), tokens.tolist() == [hashed(token, "fr") for token in ("l'", "an", "\\x02", "an")]
    ([3, 1], True)
    """

    def __init__(self, base: str) -> None:
        """For the language of this tag without region."""
        self.base = base
        self.hashes = hashes = _Hashes(base)
        self._stretches = ChunkCache(lambda chunk: hashes.of(keys_of(chunk, base)))

    def __call__(self, texts: Sequence[str], coded: Mapping[int, Segment]) -> tuple[Array, Array]:
        """How many tokens each segment has, and the tokens of all, one after the other.

        Args:
            texts: of the segments, as a memory holds them: without lone surrogates.
            coded: those with inline codes, by their place.
        """
        alone = np.fromiter(map(tag_reaches_across, texts), np.bool_, len(texts))
        alone[list(coded)] = True
        text = _split(texts)
        alone[text.owners[text.lengths > LONGEST]] = True
        text = text.without(alone)
        first, same = _alike(text)
        alone[text.owners[~same]] = True
        own = [
            self.hashes.of(key_tokens(coded.get(place) or Segment(texts[place]), self.base))
            for place in np.flatnonzero(alone).tolist()
        ]
        new = first == np.arange(len(first))
        different = [self._stretches[stretch] for stretch in text.read(np.flatnonzero(new))]
        numbers = (np.cumsum(new) - 1)[first]
        kept = ~alone[text.owners]
        return _joined(alone, own, text.owners[kept], different, numbers[kept])


class _Hashes(dict[str, int]):
    """``hashed`` of each token that was met."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def __missing__(self, token: str) -> int:
        self[token] = bits = hashed(token, self.base)
        return bits

    def of(self, tokens: list[str]) -> array[int]:
        return array("I", map(self.__getitem__, tokens))


def _joined(
    alone: NDArray[np.bool_],
    own: list[array[int]],
    owners: Numbers,
    different: list[array[int]],
    numbers: Numbers,
) -> tuple[Array, Array]:
    """How many tokens each segment has, and all of them.

    Args:
        alone: which segments have tokens of their own.
        own: the tokens of each of these.
        owners: of each stretch of all others the segment.
        different: the tokens of each different stretch.
        numbers: which of them each stretch is.
    """
    counts = np.array([len(tokens) for tokens in different], np.int64)
    lengths = np.bincount(owners, counts[numbers], len(alone)).astype(np.uint32)
    lengths[alone] = [len(tokens) for tokens in own]
    tokens = np.empty(int(lengths.sum(dtype=np.int64)), np.uint32)
    theirs = np.repeat(alone, lengths)
    tokens[theirs] = np.frombuffer(b"".join(own), np.uint32)
    places = stretches(offsets(counts)[numbers], counts[numbers])
    tokens[~theirs] = np.frombuffer(b"".join(different), np.uint32)[places]
    return lengths, tokens


# ------------------------------------------------------------------------------------------------- stretches


class _Text(NamedTuple):
    """Some segments' stretches between white space, those with digits on both sides of it together: 10 000.

    Attributes:
        utf16: the segments, one after the other.
        starts: where each stretch begins, in characters of two bytes.
        lengths: of each stretch, likewise.
        owners: the segment of each, ascending.
    """

    utf16: bytes
    starts: Numbers
    lengths: Numbers
    owners: Numbers

    def without(self, segments: NDArray[np.bool_]) -> _Text:
        """What stands in other segments."""
        kept = ~segments[self.owners]
        return _Text(self.utf16, self.starts[kept], self.lengths[kept], self.owners[kept])

    def read(self, numbers: Numbers) -> Iterator[str]:
        """The stretches of these numbers."""
        starts, ends = 2 * self.starts[numbers], 2 * (self.starts + self.lengths)[numbers]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield self.utf16[start:end].decode("utf-16-le")


def _split(texts: Sequence[str]) -> _Text:
    """The stretches of some texts. Behind the last there is room for one more: who compares two reads as far as the longer one."""
    utf16 = "\n".join([*texts, " " * LONGEST]).encode("utf-16-le")
    sizes = list(map(len, texts))
    if len(utf16) != 2 * (sum(sizes) + len(sizes) + LONGEST):  # some characters have four bytes
        sizes = [len(text.encode("utf-16-le")) // 2 for text in texts]
    characters = np.frombuffer(utf16, "<u2")
    edges = np.flatnonzero(np.diff(_which(str.isspace).take(characters), prepend=True))
    starts, ends = edges[::2], edges[1::2]
    counts = np.diff(np.searchsorted(starts, np.cumsum(np.array(sizes) + 1)), prepend=0)
    owners = np.repeat(np.arange(len(texts)), counts)
    digits = _which(_may_be_a_digit)
    parted = ~(digits[characters[ends[:-1] - 1]] & digits[characters[starts[1:]]])
    parted |= owners[1:] != owners[:-1]
    last, first = np.r_[parted, True], np.r_[True, parted]  # of what stays together
    starts = starts[first[: len(starts)]]
    return _Text(utf16, starts, ends[last[: len(ends)]] - starts, owners[first[: len(owners)]])


@functools.cache
def _which(test: Callable[[str], bool]) -> NDArray[np.bool_]:
    """The answer for each character of two bytes."""
    return np.array([test(chr(code)) for code in range(1 << 16)])


def _may_be_a_digit(character: str) -> bool:
    return character.isdecimal() or "\ud800" <= character < "\ue000"  # half of one of four bytes


def _alike(text: _Text) -> tuple[Numbers, NDArray[np.bool_]]:
    """For each stretch the first of those that have the same half of a hash, and whether it really is the same."""
    hashes = text.lengths.astype(np.uint64)
    for which, block in _blocks(text, text.starts):
        mixed = (hashes[which] ^ block) * _MIXING
        hashes[which] = mixed ^ mixed >> _HALF
    # Half a hash and a number in one, since sorting that takes a third less than finding out what order hashes have.
    entries = hashes >> _HALF << _HALF | np.arange(len(hashes), dtype=np.uint64)
    entries.sort()
    order = (entries & np.uint64(0xFFFFFFFF)).astype(np.int64)
    new = np.flatnonzero(np.diff(entries >> _HALF, prepend=np.uint64(1 << 32)))
    first = np.empty(len(order), np.int64)
    first[order] = np.repeat(order[new], np.diff(new, append=len(order)))
    same = (hashes == hashes[first]) & (text.lengths == text.lengths[first])
    # Each step of the hash can be undone: when all other blocks are the same, so is the first.
    pairs = zip(_blocks(text, text.starts, 4), _blocks(text, text.starts[first], 4), strict=True)
    for (which, block), (_, other) in pairs:
        same[which] &= block == other
    return first, same


def _blocks(text: _Text, starts: Numbers, place: int = 0) -> Iterator[tuple[Numbers, NDArray[np.uint64]]]:
    """Four characters after another, from a place on: the number of each stretch that goes so far, and what stands there."""
    everywhere = np.ndarray(len(text.utf16) // 2 - 3, "<u8", text.utf16, strides=(2,))
    which = np.flatnonzero(text.lengths > place)
    starts, left = starts.take(which) + place, text.lengths.take(which) - place
    while len(which):
        yield which, everywhere[starts] & _MASKS.take(left, mode="clip")
        longer = np.flatnonzero(left > 4)
        which, starts, left = which.take(longer), starts.take(longer) + 4, left.take(longer) - 4
