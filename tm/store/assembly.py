"""Arrays of any number of runs, put together in a stream, block by block: what that takes of the computer's memory
does not grow with them.

1. ``_pieces`` tells from the lengths alone where the segments of each run stand among all.
2. ``_Assembly.take`` writes the units and the signatures of a run there, and puts two things aside: its tokens, and
   its posting lists as sorted entries.
3. ``_Assembly.merge`` joins the entries of all runs (``_merged``): they are the posting lists of all.
4. Now it is told how frequent each token is: ``_Assembly.spell`` makes characters of the tokens that were put aside.

Segments of one length lie run after run, as ``runs.ranked`` would put them. Two runs, of the segments "7 8" and "8",
"7":

>>> from tm.store.runs import Run
>>> def run(*segments):
...     lengths = np.array([*map(len, segments)], np.uint32)
...     return Run(lengths, np.arange(1, 1 + len(lengths), dtype=np.uint32), np.concatenate(segments))
>>> first, second = (np.array(tokens, np.uint32) for tokens in ([7, 8], [8]))
>>> arrays = in_memory([run(first), run(second, np.array([7], np.uint32))])
>>> arrays.lengths.tolist(), arrays.vocabulary.tolist(), arrays.ranks.tolist(), arrays.firsts.tolist()
([1, 1, 2], [7, 8], [1, 2, 0, 2], [0, 2, 4])
"""

from __future__ import annotations

from io import BytesIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.store import distance
from tm.store.arrays import SIGNATURE, Arrays, apart, signatures_of
from tm.store.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

    from tm.store.ragged import Array, Numbers
    from tm.store.runs import Run

SEGMENTS = 1 << 15
"""Segments whose entries are made together: it bounds the memory that is needed only then."""

ENTRIES = 1 << 21
"""Entries that are merged together: 16 MB."""

ALIGNED = 64
"""Bytes: each array begins at a multiple of so many."""


class Content(NamedTuple):
    """Where an array lies in the stream."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    offset: int


def in_memory(runs: Sequence[Run]) -> Arrays:
    """The arrays of some runs, without a file."""
    layouts = (np.unique(run.lengths, return_counts=True) for run in runs)
    return made_in_memory([Layout(*(part.tolist() for part in layout)) for layout in layouts], runs)


def made_in_memory(layouts: Sequence[Layout], runs: Iterable[Run]) -> Arrays:
    """The same, of runs that are read one by one."""
    stream = BytesIO()
    contents, _ = assemble(stream, BytesIO(), layouts, runs)
    return restored(contents, stream.getbuffer())


def restored(contents: Iterable[Content], buffer: memoryview | NDArray[np.uint8]) -> Arrays:
    """The arrays that were written to a stream, from its bytes."""
    return Arrays.restored(
        {
            name: np.frombuffer(buffer, dtype, int(np.prod(shape)), offset).reshape(shape)
            for name, dtype, shape, offset in contents
        }
    )


def assemble(
    stream: BinaryIO, scratch: BinaryIO, layouts: Sequence[Layout], runs: Iterable[Run]
) -> tuple[list[Content], int]:
    """Write the arrays of runs to a stream.

    Args:
        stream: written from where it is, at a multiple of ``ALIGNED`` bytes.
        scratch: an empty stream for what is needed in between.
        layouts: of the runs.
        runs: each taken once; its segments lie as its layout says.

    Returns:
        What lies where behind the beginning, and how many bytes it is all together.

    >>> stream = BytesIO()
    >>> contents, size = assemble(stream, BytesIO(), [], [])
    >>> restored(contents, stream.getbuffer()).firsts.tolist(), len(stream.getvalue()) == size
    ([0], True)
    """
    assembly = _Assembly(stream, scratch, layouts)
    for run, pieces in zip(runs, assembly.pieces, strict=True):
        assembly.take(run, pieces)
    assembly.spell(*assembly.merge())
    return assembly.contents, assembly.size


class _Piece(NamedTuple):
    """Segments of one length in a run, and where they go.

    Attributes:
        segments, tokens: which they are in their run.
        rank, place: of the first of them, among all.
    """

    segments: slice
    tokens: slice
    rank: int
    place: int


def _pieces(layouts: Sequence[Layout]) -> tuple[Layout, list[list[_Piece]]]:
    """How the segments of all runs lie together, and the pieces of each run.

    >>> layout, ((one,), pieces) = _pieces([Layout([2], [3]), Layout([1, 2], [4, 5])])
    >>> layout.lengths, layout.ranks, one.rank, [(piece.rank, piece.place) for piece in pieces]
    ([1, 2], [0, 4, 12], 4, [(0, 0), (7, 10)])
    """
    pieces: list[list[_Piece]] = [[] for _ in layouts]
    blocks = sorted(
        [
            (length, number, block)
            for number, run in enumerate(layouts)
            for block, length in enumerate(run.lengths)
        ]
    )
    counts = dict.fromkeys(map(itemgetter(0), blocks), 0)
    rank = place = 0
    for length, number, block in blocks:
        layout = layouts[number]
        segments, tokens = (slice(*ends[block : block + 2]) for ends in (layout.ranks, layout.places))
        pieces[number].append(_Piece(segments, tokens, rank, place))
        rank, place = rank + segments.stop - segments.start, place + tokens.stop - tokens.start
        counts[length] += segments.stop - segments.start
    return Layout([*counts], [*counts.values()]), pieces


class _Assembly:
    """Arrays on their way into a stream.

    Attributes:
        pieces: of each run.
        contents: the arrays that have their place in the stream.
        size: how many bytes these take.
    """

    def __init__(self, stream: BinaryIO, scratch: BinaryIO, layouts: Sequence[Layout]) -> None:
        layout, self.pieces = _pieces(layouts)
        self._stream, self._begin, self.size = stream, stream.tell(), 0
        self.contents: list[Content] = []
        self._aside = _Aside(scratch)
        self._tokens: list[slice] = []
        self._entries: list[slice] = []
        self._vocabularies: list[Array] = []
        segments, tokens = layout.ranks[-1], layout.places[-1]
        self._write("sizes", np.array([layout.lengths, np.diff(layout.ranks)], "<u4"))
        self._units = self._room("units", np.uint32, segments)
        self._signatures = self._room("signatures", np.uint64, segments, SIGNATURE)
        self._words = self._room("words", np.uint32, tokens)
        self._ranks = self._room("ranks", np.uint32, tokens)

    def _room(self, name: str, kind: type[np.unsignedinteger[Any]] | np.dtype[Any], *shape: int) -> int:
        """Where an array begins that has its place now."""
        dtype, begin = np.dtype(kind).newbyteorder("<"), self.size
        self.contents.append(Content(name, dtype.str, shape, begin))
        self.size += -(-dtype.itemsize * int(np.prod(shape)) // ALIGNED) * ALIGNED
        return begin

    def _put(self, offset: int, values: NDArray[Any]) -> None:
        self._stream.seek(self._begin + offset)
        self._stream.write(np.ascontiguousarray(values).data)

    def _write(self, name: str, values: NDArray[Any]) -> None:
        """Put a whole array behind the others, and zeros up to where the next begins."""
        self._put(self._room(name, values.dtype, *values.shape), values)
        self._stream.write(bytes(-values.nbytes % ALIGNED))

    def take(self, run: Run, pieces: Sequence[_Piece]) -> None:
        """Write what is told of a run by itself."""
        ranks = np.concatenate(
            [np.empty(0, np.uint64)]
            + [np.arange(count, dtype=np.uint64) + np.uint64(rank) for rank, count in map(_ranks_of, pieces)]
        )
        entries = np.empty(len(run.tokens), np.uint64)
        signatures = np.zeros((len(ranks), SIGNATURE), np.uint64)
        ends = np.cumsum(run.lengths, dtype=np.int64)
        for first in range(0, len(ranks), SEGMENTS):
            lengths = run.lengths[first : first + SEGMENTS]
            part = slice(int(ends[first] - lengths[0]), int(ends[first + len(lengths) - 1]))
            owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
            tokens, owners = apart(run.tokens[part], owners)
            signatures[first : first + SEGMENTS] = signatures_of(tokens, owners, len(lengths))
            entries[part] = tokens.astype(np.uint64) << np.uint64(32) | ranks[first + owners.astype(np.int64)]
        entries.sort()
        self._tokens.append(self._aside.put(run.tokens))
        self._entries.append(self._aside.put(entries))
        self._vocabularies.append(_different((entries >> np.uint64(32)).astype(np.uint32)))
        for piece in pieces:
            self._put(self._units + 4 * piece.rank, run.units[piece.segments])
            self._put(self._signatures + 8 * SIGNATURE * piece.rank, signatures[piece.segments])

    def merge(self) -> tuple[Array, Numbers]:
        """Write the posting lists; the different tokens, ascending, and how often each stands somewhere."""
        vocabulary, firsts = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
        last, count = -1, 0
        for entries in _merged(self._aside, self._entries):
            tokens = (entries >> np.uint64(32)).astype(np.uint32)
            self._put(self._ranks + 4 * count, entries.astype(np.uint32))
            is_new = np.r_[True, tokens[1:] != tokens[:-1]]
            is_new[0] = int(tokens[0]) != last
            vocabulary.append(tokens[is_new])
            firsts.append(np.flatnonzero(is_new) + count)
            last, count = int(tokens[-1]), count + len(tokens)
        all_firsts = np.r_[np.concatenate(firsts), count]
        self._write("vocabulary", np.concatenate(vocabulary))
        self._write("firsts", all_firsts)
        return np.concatenate(vocabulary), np.diff(all_firsts)

    def spell(self, vocabulary: Array, times: Numbers) -> None:
        """Write the tokens as characters: the more frequent one is, the smaller is its number."""
        letters = np.empty(len(vocabulary), np.uint32)
        letters[np.argsort(-times, kind="stable")] = np.arange(len(vocabulary))
        self._write("letters", letters)
        for own, tokens, pieces in zip(self._vocabularies, self._tokens, self.pieces, strict=True):
            characters = distance.characters(letters[np.searchsorted(vocabulary, own)].astype(np.int64))
            words = characters[np.searchsorted(own, self._aside.get(tokens, np.uint32))]
            for piece in pieces:
                self._put(self._words + 4 * piece.place, words[piece.tokens])


def _ranks_of(piece: _Piece) -> tuple[int, int]:
    return piece.rank, piece.segments.stop - piece.segments.start


def _different(ascending: Array) -> Array:
    """Each number once.

    >>> _different(np.array([7, 7, 8], np.uint32)).tolist()
    [7, 8]
    """
    different: Array = ascending[np.r_[True, ascending[1:] != ascending[:-1]][: len(ascending)]]
    return different


class _Aside:
    """Arrays in a stream, one after the other, found again by the bytes that they take.

    >>> aside = _Aside(BytesIO())
    >>> first, second = aside.put(np.array([7], np.uint64)), aside.put(np.array([8, 9], np.uint32))
    >>> aside.get(second, np.uint32).tolist(), aside.get(first, np.uint64).tolist()
    ([8, 9], [7])
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._size = stream, 0

    def put(self, values: NDArray[Any]) -> slice:
        self._stream.seek(self._size)
        self._stream.write(np.ascontiguousarray(values).data)
        begin, self._size = self._size, self._size + values.nbytes
        return slice(begin, self._size)

    def get(self, place: slice, kind: type[Any]) -> NDArray[Any]:
        self._stream.seek(place.start)
        return np.frombuffer(self._stream.read(place.stop - place.start), kind)


def _merged(aside: _Aside, lists: Sequence[slice]) -> Iterator[NDArray[np.uint64]]:
    """The entries of ascending lists, ascending, block after block; what is read of each list at once is bounded.

    Each time the beginnings of all lists are read. All entries up to the least of their ends can be told: none of
    what is not read comes before it.

    >>> aside = _Aside(BytesIO())
    >>> lists = [aside.put(np.array(entries, np.uint64)) for entries in ([1, 4, 5], [2, 3])]
    >>> [entries.tolist() for entries in _merged(aside, lists)]
    [[1, 2, 3, 4, 5]]
    """
    while lists := [place for place in lists if place.start < place.stop]:
        size = 8 * max(1, ENTRIES // len(lists))
        read = [
            aside.get(slice(place.start, min(place.stop, place.start + size)), np.uint64) for place in lists
        ]
        ends = [
            begun[-1]
            for begun, place in zip(read, lists, strict=True)
            if begun.nbytes < place.stop - place.start
        ]
        if ends:
            least = min(ends)
            read = [begun[: np.searchsorted(begun, least, "right")] for begun in read]
        yield np.sort(np.concatenate(read))
        lists = [
            slice(place.start + begun.nbytes, place.stop) for begun, place in zip(read, lists, strict=True)
        ]
