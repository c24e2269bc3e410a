"""The index inside the memory: for each token the places where it stands, in runs of up to ``variants.RUN`` units.

A run covers a stretch of units in one language. Its segments are ranked by length, then by unit, and their tokens counted
through from 0, segment after segment; that number is a token's place. ``run`` keeps how many segments of each length there
are and the unit of each, ``posting`` the places of each token, ascending, as gaps (``_packed``): 1.65 bytes a token. Where a
query's tokens stand in a segment is all that their distance depends on, so no other form of the texts is kept.

Tokens are hashed to 32 bits. A collision makes two segments look more alike than they are, never less: nothing is missed,
and who asked sees the texts in the end.
"""

from __future__ import annotations

import functools
from array import array
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.store import variants
from tm.store.encoder import Encoder
from tm.store.ragged import offsets, stretches
from tm.store.records import DamagedError, variant_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.model import Segment
    from tm.store.ragged import Array, Numbers
    from tm.store.variants import Row

TYPES: dict[int, np.dtype[Any]] = {width: np.dtype(f"<u{width}") for width in (1, 2, 4)}
"""Of gaps, by their width in bytes."""

TOKENS = 1 << 19
"""Different tokens of one language that are remembered from one run to the next; a hundred megabytes at most."""

ROWS = 1 << 10
"""Variants that are taken from the memory together."""

CHUNK = 1 << 22
"""Characters whose tokens are made together: the more, the fewer stretches of them are different, but the more room they take."""


class Run(NamedTuple):
    """Segments of one language, one after the other.

    Attributes:
        lengths: of each, in tokens.
        units: the unit of each.
        tokens: their hashed tokens.
    """

    lengths: Array
    units: Array
    tokens: Array


_encoder = functools.cache(Encoder)


# ------------------------------------------------------------------------------------------------- writing


def write_runs(connection: sqlite3.Connection, after: int, upto: int) -> None:
    """Index a stretch of units, each language by itself, inside the caller's transaction.

    Neighbours that are no larger are joined with it, so that a memory fed little by little does not fall into small runs.
    """
    after = _take_back(connection, after, upto)
    collectors = _collected(connection, after, upto)
    for base, collector in collectors.items():
        tokens = _write_run(connection, base, (after, upto), collector.run())
        _write_words(connection, collector.encoder, set(tokens))
    if any(len(collector.encoder.hashes) > TOKENS for collector in collectors.values()):
        _encoder.cache_clear()


def _take_back(connection: sqlite3.Connection, after: int, upto: int) -> int:
    """Drop the runs before a new one that are no larger, while all fits into one; the unit after which it now begins."""
    while True:
        rows = connection.execute("SELECT id, after FROM run WHERE last = ?", (after,)).fetchall()
        if not rows or after - rows[0][1] > upto - after or upto - rows[0][1] > variants.RUN:
            return after
        for number, _ in rows:
            connection.execute("DELETE FROM posting WHERE id BETWEEN ? AND ?", _ids(number))
        connection.execute("DELETE FROM run WHERE last = ?", (after,))
        after = rows[0][1]


def posting_id(run: int, token: int) -> int:
    """The row of a token's places in a run."""
    return run << 32 | token


def _ids(run: int) -> tuple[int, int]:
    return posting_id(run, 0), posting_id(run, 0xFFFFFFFF)


def unwritten(connection: sqlite3.Connection, after: int, upto: int, base: str) -> Run:
    """What the run of a language over a stretch of units would be."""
    return _collected(connection, after, upto, base).get(base, _Collector(base)).run()


def _collected(
    connection: sqlite3.Connection, after: int, upto: int, base: str | None = None
) -> dict[str, _Collector]:
    """By language what a stretch of units has in it. Rows come unit by unit, so that each batch of them is sorted by language first."""
    collectors: dict[str, _Collector] = {}
    cursor = variants.between(connection, after, upto, base)
    language = itemgetter(0)
    while rows := cursor.fetchmany(ROWS):
        for found, some in groupby(sorted(rows, key=language), language):
            if found not in collectors:
                collectors[found] = _Collector(found)
            collectors[found].take(some)
    return collectors


class _Collector:
    """Makes the tokens of the segments of one language, a chunk of them at a time."""

    def __init__(self, base: str) -> None:
        self.encoder = _encoder(base)
        self.units = array("I")
        self.parts: list[tuple[Array, Array]] = []
        self._begin()

    def _begin(self) -> None:
        self.texts: list[str] = []
        self.coded: dict[int, Segment] = {}
        self.characters = 0

    def take(self, rows: Iterable[Row]) -> None:
        _, units, tags, texts, extras = zip(*rows, strict=True)
        for place, (tag, text, extra) in enumerate(zip(tags, texts, extras, strict=True), len(self.texts)):
            if extra is not None and (segment := variant_of(tag, text, extra).segment).codes:
                self.coded[place] = segment
        self.units.extend(units)
        self.texts += texts
        self.characters += sum(map(len, texts))
        if self.characters > CHUNK:
            self.parts.append(self.encoder(self.texts, self.coded))
            self._begin()

    def run(self) -> Run:
        parts = zip(*self.parts, self.encoder(self.texts, self.coded), strict=True)
        lengths, tokens = map(np.concatenate, parts)
        return ranked(Run(lengths, np.array(self.units, np.uint32), tokens))


def ranked(run: Run) -> Run:
    """The same segments by length, then by unit."""
    order = np.lexsort((run.units, run.lengths))
    lengths, starts = run.lengths[order], offsets(run.lengths)[order]
    tokens = [np.empty(0, np.uint32)]
    # Some at a time, since their places take more room than the tokens.
    for first in range(0, len(order), variants.RUN):
        some = slice(first, first + variants.RUN)
        tokens.append(run.tokens[stretches(starts[some], lengths[some])])
    return Run(lengths, run.units[order], np.concatenate(tokens))


def _write_run(connection: sqlite3.Connection, base: str, stretch: tuple[int, int], run: Run) -> list[int]:
    """Write a run and its lists; its different tokens."""
    import hashlib

    digest = hashlib.blake2b(last_digest(connection, base).encode(), digest_size=16)
    for part in run:
        digest.update(part.tobytes())
    sizes = np.stack(np.unique(run.lengths, return_counts=True)).astype("<u4")
    number = connection.execute(
        "INSERT INTO run (base, after, last, digest, sizes, units) VALUES (?, ?, ?, ?, ?, ?)",
        (base, *stretch, digest.hexdigest(), sizes.tobytes(), run.units.astype("<u4").tobytes()),
    ).lastrowid
    assert number is not None
    entries = run.tokens.astype(np.uint64) << np.uint64(32) | np.arange(len(run.tokens), dtype=np.uint64)
    entries.sort()
    tokens, firsts = np.unique((entries >> np.uint64(32)).astype(np.uint32), return_index=True)
    places = entries.astype(np.uint32).astype(np.int64)  # the lower halves
    found: list[int] = tokens.tolist()
    connection.executemany(
        "INSERT INTO posting VALUES (?, ?, ?)",
        (
            (posting_id(number, token), width, gaps)
            for token, (width, gaps) in zip(found, _packed(places, firsts), strict=True)
        ),
    )
    return found


def _write_words(connection: sqlite3.Connection, encoder: Encoder, tokens: set[int]) -> None:
    """Add the words among a run's tokens to those of the memory, for look-ups by their beginnings."""
    known = encoder.hashes.copy()  # which another thread may be adding to
    words = sorted(token for token, bits in known.items() if bits in tokens and token[:1].isalnum())
    connection.executemany(
        "INSERT OR IGNORE INTO word VALUES (?, ?)", [(encoder.base, word) for word in words]
    )


def words_with(connection: sqlite3.Connection, base: str, beginning: str) -> list[str]:
    """The words of the memory that begin so; there may be words among them that no run has any more."""
    rows = connection.execute(
        "SELECT text FROM word WHERE base = ? AND text >= ? AND text < ?",
        (base, beginning, f"{beginning}\U0010ffff"),
    )
    return [word for (word,) in rows]


# ------------------------------------------------------------------------------------------------- gaps


def _packed(places: Numbers, firsts: Numbers) -> Iterator[tuple[int, bytes]]:
    """Each list as (width, gaps): the first place, then each place less the one before, in 1, 2 or 4 bytes, whichever is
    the shortest. A gap too large for its width is written as the largest number of that width, which adds up but is no place,
    as often as it goes into the gap, then what is left: 600 in one byte is 255 255 90.

    Args:
        places: of all lists, one after the other, each ascending.
        firsts: where each list begins.
    """
    if not len(firsts):
        return
    gaps = np.diff(places, prepend=0)
    gaps[firsts] = places[firsts]
    counts = np.diff(np.r_[firsts, len(places)])
    sizes = np.stack([width * (counts + np.add.reduceat(gaps // _full(width), firsts)) for width in TYPES])
    best = np.argmin(sizes, axis=0)
    packed = []
    for number, (width, kind) in enumerate(TYPES.items()):
        some = gaps[np.repeat(best == number, counts)]
        values = np.full(int((some // _full(width) + 1).sum()), _full(width), kind)
        values[np.cumsum(some // _full(width) + 1) - 1] = some % _full(width)
        packed.append((width, values.tobytes()))
    ends = [0] * len(packed)
    for number, size in zip(best.tolist(), np.min(sizes, axis=0).tolist(), strict=True):
        width, content = packed[number]
        yield width, content[ends[number] : ends[number] + size]
        ends[number] += size


def _full(width: int) -> int:
    return (1 << 8 * width) - 1


def unpacked(width: int, gaps: bytes, size: int) -> Array:
    """The places of one list, ascending, in a run of so many tokens."""
    values = _values(width, gaps)
    places: Array = np.cumsum(values, dtype=np.uint32)[values != _full(width)]
    if not len(places) or places[-1] >= size:
        raise DamagedError
    return places


def _values(width: int, gaps: bytes) -> NDArray[Any]:
    if width not in TYPES or len(gaps) % width:
        raise DamagedError
    return np.frombuffer(gaps, TYPES[width])


# ------------------------------------------------------------------------------------------------- reading


def last_digest(connection: sqlite3.Connection, base: str) -> str:
    """Stands for all runs of a language; "" when there are none."""
    row = connection.execute("SELECT digest FROM run WHERE base = ? ORDER BY last DESC", (base,)).fetchone()
    return row[0] if row else ""


def runs(connection: sqlite3.Connection, base: str, after: str = "") -> Iterator[Run] | None:
    """The runs of a language that came after the one with that digest, one by one; None when there is no such run."""
    row = connection.execute("SELECT last FROM run WHERE base = ? AND digest = ?", (base, after)).fetchone()
    if after and row is None:
        return None
    rows = connection.execute(
        "SELECT id, sizes, units FROM run WHERE base = ? AND last > ? ORDER BY last",
        (base, row[0] if row else 0),
    ).fetchall()
    return (_read(connection, *each) for each in rows)


def lengths_of(sizes: bytes) -> tuple[Numbers, Numbers]:
    """The different lengths of a run's segments, ascending, and how many segments have each."""
    if not sizes or len(sizes) % 8:
        raise DamagedError
    lengths, counts = np.frombuffer(sizes, "<u4").reshape(2, -1).astype(np.int64)
    if (np.diff(lengths) <= 0).any() or int(lengths @ counts) >= 1 << 32:
        raise DamagedError
    return lengths, counts


def _read(connection: sqlite3.Connection, number: int, sizes: bytes, units: bytes) -> Run:
    lengths, counts = lengths_of(sizes)
    if len(units) != 4 * counts.sum():
        raise DamagedError
    tokens = np.empty(int(lengths @ counts), np.uint32)
    rows = connection.execute("SELECT id, width, gaps FROM posting WHERE id BETWEEN ? AND ?", _ids(number))
    lists: dict[int, list[tuple[int, bytes]]] = {width: [] for width in TYPES}
    for each, width, gaps in rows:
        lists.setdefault(width, []).append((each & 0xFFFFFFFF, gaps))
    for width, some in lists.items():
        _spread(width, some, tokens)
    return Run(np.repeat(lengths, counts).astype(np.uint32), np.frombuffer(units, "<u4"), tokens)


def _spread(width: int, lists: Sequence[tuple[int, bytes]], tokens: Array) -> None:
    """Put the token of each list to its places: ``unpacked`` of all lists of one width together."""
    values = _values(width, b"".join(gaps for _, gaps in lists))
    sizes = np.array([len(gaps) // width for _, gaps in lists], np.int64)
    sums = np.cumsum(values, dtype=np.int64)
    before = np.r_[0, sums][offsets(sizes)] if len(sizes) else sizes
    places = (sums - np.repeat(before, sizes))[values != _full(width)]
    if len(places) and places.max() >= len(tokens):
        raise DamagedError
    owners = np.array([token for token, _ in lists], np.uint32)
    tokens[places] = np.repeat(owners, sizes)[values != _full(width)]
