"""The index inside the memory: for each token the places where it stands, in runs of up to ``variants.RUN``
units.

A run covers a range of units in one language. It is made in four steps, and written by ``growth.py``:

1. ``collected`` reads the units; a ``Collector`` for each language makes numbers of their tokens.
2. ``ranked`` puts the segments in order of length. Their tokens are then counted from 0 on, segment after
   segment; this number is a token's *place*.
3. ``posting_lists`` gives the places of each different token, ascending.
4. ``packed`` writes each list as gaps, in as few bytes as it can: 1.65 bytes a token.

``runs`` reads whole runs again, for arrays; ``postings.py`` reads the lists that one query needs. The
distance of a query from a segment depends only on where the query's tokens stand there, so the texts are not
kept here.

Tokens are hashed to 32 bits. A collision makes two segments look more alike than they are, never less:
nothing is missed, and the units are compared by their texts in the end.

Two segments, "le vieux pont" of unit 1 and "un pont" of unit 2, with 7 for "le", 8 "pont", 9 "un", 10
"vieux":

>>> def numbers(*values):
...     return np.array(values, np.uint32)
>>> run = ranked(Run(lengths=numbers(3, 2), units=numbers(1, 2), tokens=numbers(7, 10, 8, 9, 8)))
>>> run.units.tolist(), run.tokens.tolist()
([2, 1], [9, 8, 7, 10, 8])
>>> tokens, places, firsts = posting_lists(run)
>>> [(token, part.tolist()) for token, part in zip(tokens, np.split(places, firsts[1:]))]
[(7, [2]), (8, [1, 4]), (9, [0]), (10, [3])]
>>> list(packed(places, firsts))
[(1, b'\\x02'), (1, b'\\x01\\x03'), (1, b'\\x00'), (1, b'\\x03')]
"""

from __future__ import annotations

from array import array
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm.store import compounds, run_table, seals, variants
from tm.store.encoder import Encoder
from tm.store.layout import Layout
from tm.store.postings import posting_id
from tm.store.ragged import offsets, ranges
from tm.store.records import DamagedError, variant_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.model import Segment
    from tm.store.ragged import Array, Numbers
    from tm.store.variants import Row

TYPES: dict[int, np.dtype[Any]] = {width: np.dtype(f"<u{width}") for width in (1, 2, 4)}
"""The types of gaps, by width in bytes."""

TOKENS = 1 << 19
"""Different tokens of one language that are kept from one run to the next: a hundred megabytes at most."""

ROWS = 1 << 10
"""Variants that are taken from the memory together."""

CHARACTERS = 1 << 23
"""Characters whose tokens are made together. More of them have fewer different chunks, but take more room."""


class Run(NamedTuple):
    """Segments of one language, one after the other.

    Attributes:
        lengths: of each segment, in tokens.
        units: the unit of each.
        tokens: the hashed tokens of all.
    """

    lengths: Array
    units: Array
    tokens: Array


class Encoders(dict[str, Encoder]):
    """The encoder of each language, made when it is asked for. A store has these, and they go with it.

    >>> encoders = Encoders()
    >>> encoders["fr"] is encoders["fr"], encoders["fr"].base
    (True, 'fr')
    """

    def __missing__(self, base: str) -> Encoder:
        """A new encoder."""
        self[base] = Encoder(base)
        return self[base]

    def forget_many(self) -> None:
        """Start again once a language has more than ``TOKENS`` different tokens."""
        if any(len(encoder.hashes) > TOKENS for encoder in self.values()):
            self.clear()


# ------------------------------------------------------------------------------------------------- making


def posting_ids(run_id: int) -> tuple[int, int]:
    """The first and the last row that a run's lists can have.

    >>> posting_ids(1)
    (4294967296, 8589934591)
    """
    return posting_id(run_id, 0), posting_id(run_id, 0xFFFFFFFF)


def unwritten(connection: sqlite3.Connection, encoders: Encoders, after: int, upto: int, base: str) -> Run:
    """What the run of a language over a range of units would be."""
    by_language = collected(connection, encoders, after, upto, base)
    return (by_language.get(base) or Collector(encoders[base])).run()[0]


def collected(
    connection: sqlite3.Connection, encoders: Encoders, after: int, upto: int, base: str | None = None
) -> dict[str, Collector]:
    """The segments of a range of units, by language, or of one language only.

    >>> from tm.store.sqlite import SQLiteStore
    >>> collected(SQLiteStore(":memory:", create=True)._connection, Encoders(), 0, 7)
    {}
    """
    # Rows come unit by unit: each batch is sorted by language.
    collectors: dict[str, Collector] = {}
    stream = variants.between(connection, after, upto, base)
    language = itemgetter(0)
    while rows := [*islice(stream, ROWS)]:
        for row_base, of_language in groupby(sorted(rows, key=language), language):
            if row_base not in collectors:
                collectors[row_base] = Collector(encoders[row_base])
            collectors[row_base].take(of_language)
    return collectors


class Collector:
    """Makes the tokens of the segments of one language, ``CHARACTERS`` of text at a time.

    >>> collector = Collector(Encoder("fr"))
    >>> collector.take([("fr", 4, "fr", "un pont", None), ("fr", 5, "fr-CA", "oui", None)])
    >>> run, _ = collector.run()
    >>> run.lengths.tolist(), run.units.tolist()
    ([1, 2], [5, 4])
    """

    def __init__(self, encoder: Encoder) -> None:
        """Nothing is taken yet."""
        self.encoder = encoder
        self.units = array("I")
        self.parts: list[tuple[Array, Array, NDArray[np.uint64]]] = []
        self._begin()

    def _begin(self) -> None:
        self.texts: list[str] = []
        self.coded: dict[int, Segment] = {}
        self.characters = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Add the segments of some rows."""
        _, units, tags, texts, extras = zip(*rows, strict=True)
        for index, (tag, text, extra) in enumerate(zip(tags, texts, extras, strict=True), len(self.texts)):
            if extra is not None and (segment := variant_of(tag, text, extra).segment).codes:
                self.coded[index] = segment
        self.units.extend(units)
        self.texts += texts
        self.characters += sum(map(len, texts))
        if self.characters > CHARACTERS:
            self.parts.append(self.encoder(self.texts, self.coded))
            self._begin()

    def run(self) -> tuple[Run, bytes]:
        """All segments that were taken, ranked; and by their letters (``compounds.entries``)."""
        parts = zip(*self.parts, self.encoder(self.texts, self.coded), strict=True)
        lengths, tokens, letters = map(np.concatenate, parts)
        units = np.array(self.units, np.uint32)
        return ranked(Run(lengths, units, tokens)), compounds.entries(letters, units)


def ranked(run: Run) -> Run:
    """The same segments by length, then by unit."""
    order = np.lexsort((run.units, run.lengths))
    lengths, starts = run.lengths[order], offsets(run.lengths)[order]
    tokens = [np.empty(0, np.uint32)]
    # In parts, since the places of tokens take more room than the tokens.
    for first in range(0, len(order), variants.RUN):
        part = slice(first, first + variants.RUN)
        tokens.append(run.tokens[ranges(starts[part], lengths[part])])
    return Run(lengths, run.units[order], np.concatenate(tokens))


def posting_lists(run: Run) -> tuple[list[int], Numbers, Numbers]:
    """The different tokens of a run, ascending; the places of each, list after list; where each list
    begins.

    >>> def numbers(*values):
    ...     return np.array(values, np.uint32)
    >>> tokens, places, firsts = posting_lists(Run(numbers(2), numbers(1), numbers(8, 7)))
    >>> tokens, places.tolist(), firsts.tolist()
    ([7, 8], [1, 0], [0, 1])
    """
    entries = run.tokens.astype(np.uint64) << np.uint64(32) | np.arange(len(run.tokens), dtype=np.uint64)
    entries.sort()
    tokens, firsts = np.unique((entries >> np.uint64(32)).astype(np.uint32), return_index=True)
    places = entries.astype(np.uint32).astype(np.int64)  # the lower halves
    return tokens.tolist(), places, firsts


# ------------------------------------------------------------------------------------------------- gaps


def packed(places: Numbers, firsts: Numbers) -> Iterator[tuple[int, bytes]]:
    """Each list as (width, gaps): the first place, then each place less the one before.

    All gaps of a list have 1, 2 or 4 bytes, whichever makes it shortest. A gap that does not fit is split:
    the largest number of the width means "add this and go on".

    Args:
        places: of all lists, one after the other, each ascending.
        firsts: where each list begins.

    >>> [(width, list(gaps)) for width, gaps in packed(np.array([2, 3, 603]), np.array([0]))]
    [(1, [2, 1, 255, 255, 90])]
    """
    if not len(firsts):
        return
    gaps = np.diff(places, prepend=0)
    gaps[firsts] = places[firsts]
    counts = np.diff(np.r_[firsts, len(places)])
    sizes = np.stack([width * (counts + np.add.reduceat(gaps // _largest(width), firsts)) for width in TYPES])
    best = np.argmin(sizes, axis=0)
    packed = []
    for number, (width, kind) in enumerate(TYPES.items()):
        of_width = gaps[np.repeat(best == number, counts)]
        values = np.full(int((of_width // _largest(width) + 1).sum()), _largest(width), kind)
        values[np.cumsum(of_width // _largest(width) + 1) - 1] = of_width % _largest(width)
        packed.append((width, values.tobytes()))
    ends = [0] * len(packed)
    for number, size in zip(best.tolist(), np.min(sizes, axis=0).tolist(), strict=True):
        width, content = packed[number]
        yield width, content[ends[number] : ends[number] + size]
        ends[number] += size


def _largest(width: int) -> int:
    return (1 << 8 * width) - 1


def _values(width: int, gaps: bytes) -> NDArray[Any]:
    if width not in TYPES or len(gaps) % width:
        raise DamagedError
    return np.frombuffer(gaps, TYPES[width])


# ------------------------------------------------------------------------------------------------- reading


def last_digest(connection: sqlite3.Connection, base: str, upto: int | None = None) -> str:
    """The digest of the last run, of all or up to a unit: it stands for it and those before; "" when there is
    none."""
    row = connection.execute(
        "SELECT digest FROM run WHERE base = ? AND last <= coalesce(?, last) ORDER BY last DESC", (base, upto)
    ).fetchone()
    return row[0] if row else ""


def runs(connection: sqlite3.Connection, base: str, after: str = "") -> Iterator[tuple[str, Run]] | None:
    """The runs of a language that came after the one with this digest, one by one, each with its own.

    Returns:
        None when there is no run with this digest.
    """
    row = connection.execute("SELECT last FROM run WHERE base = ? AND digest = ?", (base, after)).fetchone()
    if after and row is None:
        return None
    described = run_table.runs(connection, base, row[0] if row else 0)
    return ((run.digest, _read(connection, run)) for run in described)


def inspect(connection: sqlite3.Connection, base: str) -> None:
    """Read all that the index has of a language.

    Raises:
        DamagedError: a run, a list, a word or the letters of a run are not what was written.
    """
    tokens: set[int] = set()
    for _, run in runs(connection, base) or ():
        tokens.update(np.unique(run.tokens).tolist())
    for (word,) in connection.execute("SELECT text FROM word WHERE base = ?", (base,)):
        if variants.hashed(word, base) not in tokens:
            raise DamagedError
    compounds.inspect(connection, base)


def _read(connection: sqlite3.Connection, run: run_table.StoredRun) -> Run:
    layout, units = Layout.read(run.sizes), run_table.units(connection, run.id)
    if len(units) != 4 * layout.ranks[-1]:
        raise DamagedError
    tokens = np.empty(layout.places[-1], np.uint32)
    first, last = posting_ids(run.id)
    rows = connection.execute(
        "SELECT id, next, seal, width, gaps FROM posting WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
    )
    lists: dict[int, list[tuple[int, bytes]]] = {width: [] for width in TYPES}
    expected = first
    for row_id, following, sealed, width, gaps in rows:
        seals.check(sealed, row_id, following, width, gaps)
        if row_id != expected:
            raise DamagedError
        expected = following
        if gaps:
            lists.setdefault(width, []).append((row_id & 0xFFFFFFFF, gaps))
    if expected != last + 1:
        raise DamagedError
    for width, of_width in lists.items():
        _spread(width, of_width, tokens)
    lengths = np.repeat(np.array(layout.lengths, np.uint32), np.diff(layout.ranks))
    return Run(lengths, np.frombuffer(units, "<u4"), tokens)


def _spread(width: int, lists: Sequence[tuple[int, bytes]], tokens: Array) -> None:
    """Put the token of each list at its places: ``places.Places`` of all lists of one width together.

    >>> tokens = np.zeros(5, np.uint32)
    >>> _spread(1, [(8, bytes([1, 3])), (9, bytes([0]))], tokens)
    >>> tokens.tolist()
    [9, 8, 0, 0, 8]
    """
    values = _values(width, b"".join(gaps for _, gaps in lists))
    sizes = np.array([len(gaps) // width for _, gaps in lists], np.int64)
    sums = np.cumsum(values, dtype=np.int64)
    before = np.r_[0, sums][offsets(sizes)] if len(sizes) else sizes
    places = (sums - np.repeat(before, sizes))[values != _largest(width)]
    if len(places) and places.max() >= len(tokens):
        raise DamagedError
    owners = np.array([token for token, _ in lists], np.uint32)
    tokens[places] = np.repeat(owners, sizes)[values != _largest(width)]
