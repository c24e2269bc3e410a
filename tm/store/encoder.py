"""The key tokens of many segments as numbers: what the index is made of.

Most words of a memory stand in it many times, so that an ``Encoder`` tokenises each different chunk once:

1. ``_chunks`` cuts the texts at white space, by arrays, without making strings.
2. ``_first_equal`` finds equal chunks by a hash of their bytes (``_blocks`` reads four characters at a time).
3. ``tm.language.tokens.ChunkCache`` makes the tokens of each different chunk, ``_Hashes`` their numbers.
4. A segment that cannot be cut so (long chunks, tags with spaces), or has no word, is tokenised as a whole.
5. ``_joined`` puts the numbers into the order of the segments, ``compounds.bits_of_rows`` makes the letters of
   segments from those of their chunks.

>>> chunks = _chunks(["un pont", "le pont est long"])
>>> list(chunks.read(np.arange(6)))
['un', 'pont', 'le', 'pont', 'est', 'long']
>>> first, is_equal = _first_equal(chunks)
>>> first.tolist(), chunks.owners.tolist()
([0, 1, 2, 1, 4, 5], [0, 0, 1, 1, 1, 1])
"""

from __future__ import annotations

import functools
from array import array
from codecs import utf_16_le_decode
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.language import key_tokens
from tm.language.keys import keys_of, letters, tag_reaches_across
from tm.language.text import INVISIBLE
from tm.language.tokens import ChunkCache
from tm.model import Segment
from tm.store import compounds
from tm.store.ragged import offsets, ranges
from tm.store.variants import hashed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers

LONGEST = 64
"""Characters of a chunk at most; a segment with a longer one is tokenised as a whole."""

_MASKS = np.array([(1 << 16 * size) - 1 for size in range(5)], np.uint64)
"""Which of eight bytes belong to a chunk, by the number of characters that it still has: 0 to 4 and more."""

_MIXING, _HALF = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


class Encoder:
    """The hashed ``key_tokens`` of segments of one language, many at a time; ``hashes`` has every token that
    was met.

    >>> lengths, tokens, letters = Encoder("fr")(["L’an 2018", "AN"], {})
    >>> lengths.tolist(), tokens.tolist() == [hashed(token, "fr") for token in ("l'", "an", "\\x02", "an")]
    ([3, 1], True)
    """

    def __init__(self, base: str) -> None:
        """For the language of this tag without region."""
        self.base = base
        self.hashes = hashes = _Hashes(base)
        self._chunks = ChunkCache(lambda chunk: hashes.chunk(keys_of(chunk, base)))

    def __call__(
        self, texts: Sequence[str], coded: Mapping[int, Segment]
    ) -> tuple[Array, Array, NDArray[np.uint64]]:
        """How many tokens each segment has, the tokens of all, one after the other, and each segment's letters
        (``compounds.bits``).

        Args:
            texts: of the segments, as a memory holds them: without lone surrogates.
            coded: the segments with inline codes, by their index in ``texts``.
        """
        whole = np.fromiter(map(tag_reaches_across, texts), np.bool_, len(texts))
        chunks = _chunks(texts)
        whole[chunks.owners[chunks.lengths > LONGEST]] = True
        chunks = chunks.without(whole)
        first, is_equal = _first_equal(chunks)
        whole[chunks.owners[~is_equal]] = True
        is_new = first == np.arange(len(first))
        chunk_tokens, spelled = _apart(self._chunks[chunk] for chunk in chunks.read(np.flatnonzero(is_new)))
        numbers = (np.cumsum(is_new) - 1)[first]
        counts = np.array([len(tokens) for tokens in chunk_tokens], np.int64)
        whole[np.bincount(chunks.owners, counts[numbers], len(whole)) == 0] = True
        in_chunks = ~whole[chunks.owners]
        owners, numbers = chunks.owners[in_chunks], numbers[in_chunks]
        all_letters = compounds.bits_of_rows(owners, spelled[:, numbers], len(whole))
        whole_tokens = []
        for index in np.flatnonzero(whole).tolist():
            keys = key_tokens(coded.get(index) or Segment(texts[index]), self.base)
            whole_tokens.append(self.hashes.of(keys))
            all_letters[index] = compounds.of_keys(keys)
        return *_joined(whole, whole_tokens, owners, chunk_tokens, numbers), all_letters


class _Hashes(dict[str, int]):
    """``hashed`` of each token that was met."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.base = base

    def __missing__(self, token: str) -> int:
        self[token] = bits = hashed(token, self.base)
        return bits

    def of(self, tokens: list[str]) -> array[int]:
        """The hashes of some tokens, in their order.

        >>> hashes = _Hashes("fr")
        >>> hashes.of(["le", "pont"]).tolist() == [hashed("le", "fr"), hashed("pont", "fr")], len(hashes)
        (True, 2)
        """
        return array("I", map(self.__getitem__, tokens))

    def chunk(self, tokens: list[str]) -> tuple[array[int], int, int]:
        """The hashes of a chunk's tokens, and its letters: their number, and how many they are.

        >>> _Hashes("fr").chunk(["e", "mail"])[1:] == compounds.spelled("email")
        True
        """
        return self.of(tokens), *compounds.spelled(letters(tokens))


def _apart(
    chunks: Iterable[tuple[array[int], int, int]],
) -> tuple[Sequence[array[int]], NDArray[np.uint64]]:
    """The tokens of some chunks; in two rows the numbers and the lengths of their letters."""
    tokens, numbers, lengths = tuple(zip(*chunks, strict=True)) or ((), (), ())
    spelled = np.frombuffer(array("Q", numbers + lengths), np.uint64).reshape(2, -1)
    return tokens, spelled


def _joined(
    whole: NDArray[np.bool_],
    whole_tokens: list[array[int]],
    owners: Numbers,
    chunk_tokens: Sequence[array[int]],
    numbers: Numbers,
) -> tuple[Array, Array]:
    """How many tokens each segment has, and all of them.

    Args:
        whole: which segments were tokenised as a whole.
        whole_tokens: the tokens of each of these.
        owners: for each chunk of the other segments, its segment.
        chunk_tokens: the tokens of each different chunk.
        numbers: for each chunk, which of the different ones it is.
    """
    counts = np.array([len(tokens) for tokens in chunk_tokens], np.int64)
    lengths = np.bincount(owners, counts[numbers], len(whole)).astype(np.uint32)
    lengths[whole] = [len(tokens) for tokens in whole_tokens]
    tokens = np.empty(int(lengths.sum(dtype=np.int64)), np.uint32)
    in_whole = np.repeat(whole, lengths)
    tokens[in_whole] = np.frombuffer(b"".join(whole_tokens), np.uint32)
    places = ranges(offsets(counts)[numbers], counts[numbers])
    tokens[~in_whole] = np.frombuffer(b"".join(chunk_tokens), np.uint32)[places]
    return lengths, tokens


# ------------------------------------------------------------------------------------------------- chunks


class _Chunks(NamedTuple):
    """Segments cut at white space. White space between two digits does not cut: "10 000" stays one chunk.

    Attributes:
        utf16: the segments, one after the other.
        starts: where each chunk begins, in characters of two bytes.
        lengths: of each chunk, likewise.
        owners: the segment of each chunk, ascending.
    """

    utf16: bytes
    starts: Numbers
    lengths: Numbers
    owners: Numbers

    def without(self, segments: NDArray[np.bool_]) -> _Chunks:
        """The chunks of the segments that are not among these."""
        kept = ~segments[self.owners]
        return _Chunks(self.utf16, self.starts[kept], self.lengths[kept], self.owners[kept])

    def read(self, numbers: Numbers) -> Iterator[str]:
        """The chunks of these numbers.

        >>> list(_chunks(["plus de 10 000 ponts"]).read(np.array([2, 0])))
        ['10 000', 'plus']
        """
        starts, ends = 2 * self.starts[numbers], 2 * (self.starts + self.lengths)[numbers]
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            yield utf_16_le_decode(self.utf16[start:end])[0]


def _chunks(texts: Sequence[str]) -> _Chunks:
    """Cut some texts. ``LONGEST`` spaces follow them, so that ``_blocks`` may read past the end of a
    chunk."""
    utf16 = "\n".join([*texts, " " * LONGEST]).encode("utf-16-le")
    sizes = list(map(len, texts))
    if len(utf16) != 2 * (sum(sizes) + len(sizes) + LONGEST):  # some characters have four bytes
        sizes = [len(text.encode("utf-16-le")) // 2 for text in texts]
    characters = np.frombuffer(utf16, "<u2")
    edges = np.flatnonzero(np.diff(_table(str.isspace).take(characters), prepend=True))
    starts, ends = edges[::2], edges[1::2]
    counts = np.diff(np.searchsorted(starts, np.cumsum(np.array(sizes) + 1)), prepend=0)
    owners = np.repeat(np.arange(len(texts)), counts)
    digits = _table(_may_be_a_digit)
    parted = ~(digits[characters[ends[:-1] - 1]] & digits[characters[starts[1:]]])
    parted |= owners[1:] != owners[:-1]
    first, last = np.r_[True, parted], np.r_[parted, True]  # of the words that one chunk is made of
    starts = starts[first[: len(starts)]]
    return _Chunks(utf16, starts, ends[last[: len(ends)]] - starts, owners[first[: len(owners)]])


@functools.cache
def _table(test: Callable[[str], bool]) -> NDArray[np.bool_]:
    """The answer for each character of two bytes."""
    return np.fromiter(map(test, map(chr, range(1 << 16))), np.bool_, 1 << 16)


def _may_be_a_digit(character: str) -> bool:
    # Invisible characters may stand beside digits; the others are half of one of four bytes.
    return character.isdecimal() or character in INVISIBLE or "\ud800" <= character < "\ue000"


def _first_equal(chunks: _Chunks) -> tuple[Numbers, NDArray[np.bool_]]:
    """For each chunk the first one with the same half of a hash, and whether the two really are equal."""
    hashes = chunks.lengths.astype(np.uint64)
    for numbers, block in _blocks(chunks, chunks.starts):
        mixed = (hashes[numbers] ^ block) * _MIXING
        hashes[numbers] = mixed ^ mixed >> _HALF
    # Half a hash and a chunk's number in one integer: sorting these takes a third less time than argsort.
    entries = hashes >> _HALF << _HALF | np.arange(len(hashes), dtype=np.uint64)
    entries.sort()
    order = (entries & np.uint64(0xFFFFFFFF)).astype(np.int64)
    new = np.flatnonzero(np.diff(entries >> _HALF, prepend=np.uint64(1 << 32)))
    first = np.empty(len(order), np.int64)
    first[order] = np.repeat(order[new], np.diff(new, append=len(order)))
    is_equal = (hashes == hashes[first]) & (chunks.lengths == chunks.lengths[first])
    # Each step of the hash can be undone: when all later blocks are the same, so is the first.
    pairs = zip(_blocks(chunks, chunks.starts, 4), _blocks(chunks, chunks.starts[first], 4), strict=True)
    for (numbers, block), (_, block_of_first) in pairs:
        is_equal[numbers] &= block == block_of_first
    return first, is_equal


def _blocks(
    chunks: _Chunks, starts: Numbers, skipped: int = 0
) -> Iterator[tuple[Numbers, NDArray[np.uint64]]]:
    """Read chunks four characters at a time: the numbers of the chunks that reach so far, and their four.

    Args:
        chunks: whose lengths count.
        starts: where to read for each chunk.
        skipped: characters of each chunk that are passed over.
    """
    everywhere = np.ndarray(len(chunks.utf16) // 2 - 3, "<u8", chunks.utf16, strides=(2,))
    numbers = np.flatnonzero(chunks.lengths > skipped)
    starts, remaining = starts.take(numbers) + skipped, chunks.lengths.take(numbers) - skipped
    while len(numbers):
        yield numbers, everywhere[starts] & _MASKS.take(remaining, mode="clip")
        longer = np.flatnonzero(remaining > 4)
        numbers, starts, remaining = numbers.take(longer), starts.take(longer) + 4, remaining.take(longer) - 4
