"""The index inside the memory: for each token the segments it stands in, as runs of up to some ten thousand units.

A run covers a stretch of units in one language. Its segments are ranked by length, then by unit; ``run`` keeps their
lengths, units and hashed tokens in that order, ``posting`` the ranks that have a token, two bytes each, ascending, so that
a window of lengths is a slice. The second time a token stands in a segment it counts as a token of its own, so that the
number of shared tokens (of the multisets) is how many of a query's posting lists a segment is in.

Tokens are hashed to 32 bits. A collision makes two segments look more alike than they are, never less: nothing is missed,
and who asked sees the texts in the end.
"""

from __future__ import annotations

import functools
import hashlib
import math
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from tm.memory.index import EPSILON, SLACK, segments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.uint32]
    Numbers = NDArray[np.int64]

_AGAIN = 0x9E3779B1
"""Added to a token's hash for each time it stood in the segment before; odd, so that all are different."""

FEW = 16
"""Segments of a run whose tokens are sooner made from their texts than looked up in it."""

KEPT = 100
"""Posting lists that are kept; each is two bytes a segment at most, 2 MB in a million segments."""


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


class _Hashes(dict[str, int]):
    """The 32 bits of each token of one language; the languages have different ones, so that their lists do not mix."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self.seed = zlib.crc32(base.encode())

    def __missing__(self, token: str) -> int:
        if len(self) == 1 << 18:
            self.clear()
        self[token] = bits = zlib.crc32(token.encode("utf-8", "surrogatepass"), self.seed)
        return bits


_hashes_of = functools.cache(_Hashes)


def hashes(tokens: Iterable[str], base: str) -> Iterator[int]:
    """The hashes of a segment's key tokens, in order."""
    return map(_hashes_of(base).__getitem__, tokens)


# ------------------------------------------------------------------------------------------------- writing


def write_runs(connection: sqlite3.Connection, after: int, upto: int) -> None:
    """Index a stretch of units, each language by itself, inside the caller's transaction."""
    languages: dict[str, _Collector] = {}
    for base, unit, tokens in segments(connection, after, upto):
        if base not in languages:
            languages[base] = _Collector(base)
        languages[base].take(unit, tokens)
    for base, collector in languages.items():
        _write_run(connection, base, upto, collector.run())


def as_run(stored: Iterable[tuple[int, Sequence[str]]], base: str) -> Run:
    """Segments (unit, key tokens) as a run."""
    collector = _Collector(base)
    for unit, tokens in stored:
        collector.take(unit, tokens)
    return collector.run()


class _Collector:
    def __init__(self, base: str) -> None:
        self.hashes = _hashes_of(base)
        self.units, self.lengths, self.tokens = array("I"), array("I"), array("I")

    def take(self, unit: int, tokens: Sequence[str]) -> None:
        self.units.append(unit)
        self.lengths.append(len(tokens))
        self.tokens.extend(map(self.hashes.__getitem__, tokens))

    def run(self) -> Run:
        return ranked(Run(*(np.array(some, np.uint32) for some in (self.lengths, self.units, self.tokens))))


def ranked(run: Run) -> Run:
    """The same segments by length, then by unit."""
    order = np.lexsort((run.units, run.lengths))
    lengths = run.lengths[order]
    return Run(lengths, run.units[order], run.tokens[stretches(offsets(run.lengths)[order], lengths)])


def postings(run: Run) -> tuple[Array, Numbers, Array]:
    """The posting lists of a run: its tokens, numbered by repetition, ascending; where the list of each begins, and one
    end more; the ranks, list after list.
    """
    owners = np.repeat(np.arange(len(run.lengths), dtype=np.uint64), run.lengths)
    entries = numbered(run.tokens, owners)
    entries <<= np.uint64(32)
    entries |= owners
    entries.sort()
    found, first = np.unique((entries >> np.uint64(32)).astype(np.uint32), return_index=True)
    return found, np.r_[first, len(entries)], entries.astype(np.uint32)  # the lower halves


def _write_run(connection: sqlite3.Connection, base: str, upto: int, run: Run) -> None:
    blobs = [some.tobytes() for some in run]
    digest = hashlib.blake2b(b"".join([last_digest(connection, base).encode(), *blobs]), digest_size=16)
    number = connection.execute(
        "INSERT INTO run (base, last, digest, lengths, units, tokens) VALUES (?, ?, ?, ?, ?, ?)",
        (base, upto, digest.hexdigest(), *blobs),
    ).lastrowid
    found, bounds, ranks = postings(run)
    packed = ranks.astype(_rank_type(len(run.lengths)))
    connection.executemany(
        "INSERT INTO posting VALUES (?, ?, ?)",
        (
            (token, number, packed[start:end].tobytes())
            for token, start, end in zip(
                found.tolist(), bounds[:-1].tolist(), bounds[1:].tolist(), strict=True
            )
        ),
    )


def _rank_type(segments: int) -> type[np.unsignedinteger[Any]]:
    return np.uint16 if segments <= 1 << 16 else np.uint32


def offsets(lengths: Array | Numbers) -> NDArray[np.int64]:
    """Where each segment's tokens begin in the array of all."""
    starts = np.cumsum(lengths, dtype=np.int64)
    starts -= lengths
    return starts


def stretches(starts: NDArray[np.int64], counts: NDArray[Any]) -> NDArray[np.int64]:
    """The numbers start, start + 1, … of each stretch, one stretch after the other."""
    counts = counts.astype(np.int64)
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def numbered(tokens: Array, ranks: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The tokens, each with the number of times it stood in its segment before added in (``_AGAIN``)."""
    together = ranks << np.uint64(32) | tokens
    order = np.argsort(together, kind="stable")
    ordered = together[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.array([], int)
    before = np.arange(len(ordered)) - np.repeat(first, np.diff(np.r_[first, len(ordered)]))
    again = np.empty(len(tokens), dtype=np.uint64)
    again[order] = before
    return (tokens + again * np.uint64(_AGAIN)) & np.uint64(0xFFFFFFFF)


# ------------------------------------------------------------------------------------------------- searching


def last_digest(connection: sqlite3.Connection, base: str) -> str:
    """Stands for all runs of a language; "" when there are none."""
    row = connection.execute("SELECT digest FROM run WHERE base = ? ORDER BY id DESC", (base,)).fetchone()
    return row[0] if row else ""


def runs(connection: sqlite3.Connection, base: str, after: str = "") -> list[Run] | None:
    """The runs of a language that came after the one with that digest; None when there is no such run."""
    row = connection.execute("SELECT id FROM run WHERE base = ? AND digest = ?", (base, after)).fetchone()
    if after and row is None:
        return None
    rows = connection.execute(
        "SELECT lengths, units, tokens FROM run WHERE base = ? AND id > ? ORDER BY id",
        (base, row[0] if row else 0),
    )
    return [Run(*(np.frombuffer(blob, np.uint32) for blob in row)) for row in rows]


@dataclass(frozen=True)
class Postings:
    """The runs of one language, for looking up one query at a time.

    Attributes:
        connection: of the memory.
        base: the language.
        runs: the number of each run, and the lengths of its segments.
        lists: posting lists read lately, by token: the parts of a text are looked up one after another.
    """

    connection: sqlite3.Connection
    base: str
    runs: dict[int, Array]
    lists: dict[int, list[tuple[int, NDArray[Any]]]] = field(default_factory=dict)

    @staticmethod
    def read(connection: sqlite3.Connection, base: str) -> Postings:
        """The runs that are there now."""
        rows = connection.execute("SELECT id, lengths FROM run WHERE base = ? ORDER BY id", (base,))
        return Postings(connection, base, {number: np.frombuffer(blob, np.uint32) for number, blob in rows})

    def similar(self, query: Sequence[int], minimum: float) -> Iterator[tuple[float, int]]:
        """(base, unit) of every segment at or above the least base, in no order.

        A match shares at least ``minimum`` of the longer's tokens: one pass over the posting lists of all the query's
        tokens counts what each segment shares, and leaves few to compare.
        """
        shared = self._lists(query)
        for run, lengths in self.runs.items():
            low = int(np.searchsorted(lengths, math.ceil(minimum * len(query) - EPSILON)))
            high = int(np.searchsorted(lengths, int(len(query) / minimum + EPSILON), "right"))
            if low == high:
                continue
            lists = shared.get(run, [np.array([], np.uint16)])
            overlap = np.bincount(np.concatenate(lists), minlength=len(lengths))[low:high]
            longer = np.maximum(lengths[low:high], len(query))
            near = np.flatnonzero(overlap >= np.ceil(minimum * longer - EPSILON)) + low
            if len(near):
                yield from self._compared(run, near.tolist(), query, minimum)

    def containing(self, query: Sequence[int]) -> Iterator[int]:
        """The units of all segments in which the query's tokens stand one after another, the newest first."""
        shared, phrase = self._lists(query), np.array(query, np.uint32).tobytes()
        for run in reversed(self.runs):
            lists = sorted(shared.get(run, []), key=len)
            if len(lists) < len(query):
                continue
            ranks = functools.reduce(_in_both, lists)
            if not len(ranks):
                continue
            newest_first = ranks[np.argsort(-self._units(run)[ranks].astype(np.int64), kind="stable")]
            read = self._segments(run, newest_first.tolist())
            yield from (unit for unit, tokens in read if _holds(tokens, phrase))

    def _lists(self, query: Sequence[int]) -> dict[int, list[NDArray[Any]]]:
        """The posting lists of the query's tokens, by run."""
        found: dict[int, list[NDArray[Any]]] = {}
        for token, times in Counter(query).items():
            for again in range(times):
                for run, ranks in self._list((token + again * _AGAIN) & 0xFFFFFFFF):
                    found.setdefault(run, []).append(ranks)
        return found

    def _list(self, token: int) -> list[tuple[int, NDArray[Any]]]:
        """Run by run the ranks of the segments that have a token."""
        if token not in self.lists:
            if len(self.lists) == KEPT:
                self.lists.clear()
            rows = self.connection.execute("SELECT run, ranks FROM posting WHERE token = ?", (token,))
            self.lists[token] = [
                (run, np.frombuffer(ranks, _rank_type(len(self.runs[run]))))
                for run, ranks in rows
                if run in self.runs
            ]
        return self.lists[token]

    def _compared(
        self, run: int, ranks: list[int], query: Sequence[int], minimum: float
    ) -> Iterator[tuple[float, int]]:
        for unit, blob in self._segments(run, ranks):
            tokens = np.frombuffer(blob, np.uint32).tolist()
            base = Levenshtein.normalized_similarity(query, tokens, score_cutoff=minimum - SLACK)
            if base >= minimum - EPSILON:
                yield base, unit

    def _units(self, run: int) -> Array:
        row = self.connection.execute("SELECT units FROM run WHERE id = ?", (run,)).fetchone()
        return np.frombuffer(row[0], np.uint32)

    def _segments(self, run: int, ranks: list[int]) -> Iterator[tuple[int, bytes]]:
        """The unit and the hashed tokens, four bytes each, of these segments, read as they are asked for.

        Few come from the texts, with whatever else their units have in this language: to find a place in a long blob
        SQLite goes through all of it that is before.
        """
        units = self._units(run)[ranks].tolist()
        if len(ranks) <= FEW:
            for number in units:
                for _, unit, tokens in segments(self.connection, number - 1, number, self.base):
                    yield unit, array("I", hashes(tokens, self.base)).tobytes()
            return
        lengths = self.runs[run]
        starts = offsets(lengths)
        with self.connection.blobopen("run", "tokens", run, readonly=True) as blob:
            for rank, unit in zip(ranks, units, strict=True):
                blob.seek(4 * int(starts[rank]))
                yield unit, blob.read(4 * int(lengths[rank]))


def _in_both(few: NDArray[Any], many: NDArray[Any]) -> NDArray[Any]:
    """What stands in both lists, which are ascending; quick when the first is short."""
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    found: NDArray[Any] = few[many[places] == few]
    return found


def _holds(tokens: bytes, phrase: bytes) -> bool:
    """Whether the phrase stands in the tokens, at the beginning of one."""
    place = tokens.find(phrase)
    while place > 0 and place % 4:
        place = tokens.find(phrase, place + 1)
    return place >= 0
