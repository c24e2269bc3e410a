"""Which units are worth comparing: those that share enough tokens with the text.

What has been added last, fewer than ``LEAST`` units, is compared text by text; all before it is in the memory's index, kept
as runs (``runs.py``). One query at a time is answered from there (``postings.py``), jobs of many go through arrays
(``arrays.py``). Each look-up reads the memory as it is at one moment, whatever others write meanwhile.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tm.language import key_tokens
from tm.store import plain, variants
from tm.store.protocol import Prefix
from tm.store.records import variant_of
from tm.store.tolerance import EPSILON, SLACK
from tm.store.variants import hashed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tm.store.arrays import Arrays
    from tm.store.postings import Postings
    from tm.store.variants import Row

    Hits = list[tuple[float, int]]

LEAST = 1_000
"""Units that are worth a run of the index; fewer are compared one by one in some 20 ms."""

MANY = 100
"""Queries that are worth making arrays: that takes as long as so many queries without. Once made they serve single ones too."""

WORTH_A_FILE = 50_000
"""Segments whose arrays take half a second to make."""


def waiting(connection: sqlite3.Connection) -> tuple[int, int]:
    """The last unit that is in the index, and the last there is."""
    last, newest = connection.execute(
        "SELECT (SELECT coalesce(max(last), 0) FROM run), (SELECT coalesce(max(id), 0) FROM unit)"
    ).fetchone()
    return last, newest


def extend(connection: sqlite3.Connection, least: int) -> None:
    """Index what is waiting if it is so many units, inside the caller's transaction."""
    last, newest = waiting(connection)
    while newest - last >= least:
        from tm.store import runs

        upto = min(newest, last + variants.RUN)
        runs.write_runs(connection, last, upto)
        last = upto


class Index:
    """The index of an open memory; what it has read is kept until the memory grows."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        """Nothing is read before it is asked for. The path is the memory's; arrays are put beside it."""
        self._connection, self._path = connection, path
        self._seen = (0, 0)
        self._forget()

    def _forget(self) -> None:
        self._tails: dict[str, list[tuple[int, list[str]]]] = {}
        self._postings: dict[str, Postings] = {}
        self._arrays: dict[str, list[Arrays]] = {}

    def similar(self, queries: Sequence[Sequence[str]], base: str, minimum: float) -> Iterator[Hits]:
        """See ``tm.store.protocol.Store.similar``."""
        with self._moment():
            arrays = self._made(base) if len(queries) >= MANY or base in self._arrays else None
        if arrays is not None:
            yield from map(_best_first, _many(arrays, queries, base, minimum))
            return
        for query in queries:
            with self._moment():
                hits = self._indexed(query, base, minimum)
                hits += _compared(query, self._tail(base), minimum)
            yield _best_first(hits)

    def containing(self, query: Sequence[str], base: str) -> Iterator[int]:
        """See ``tm.store.protocol.Store.containing``."""
        return self._newest_first(query, base, plain.in_a_row, lambda postings: postings.containing)

    def holding(self, query: Sequence[str], base: str) -> Iterator[int]:
        """See ``tm.store.protocol.Store.holding``."""
        return self._newest_first(query, base, plain.together, lambda postings: postings.holding)

    def _newest_first(
        self,
        query: Sequence[str],
        base: str,
        in_text: Callable[[Sequence[str], list[str]], bool],
        in_run: Callable[[Postings], Callable[[list[list[int]], int], tuple[list[int], int] | None]],
    ) -> Iterator[int]:
        with self._moment():
            tail, below = self._tail(base), self._seen[0] + 1
        yield from (unit for unit, tokens in reversed(tail) if in_text(query, tokens))
        while True:
            with self._moment():
                postings = self._runs(base)
                found = in_run(postings)(self._slots(query, base), below) if postings else None
            if found is None:
                return
            units, below = found
            yield from units

    def _slots(self, query: Sequence[str], base: str) -> list[list[int]]:
        """For each token of a query the hashes of what it stands for."""
        from tm.store import runs

        return [
            [
                hashed(word, base)
                for word in (
                    runs.words_with(self._connection, base, token) if isinstance(token, Prefix) else [token]
                )
            ]
            for token in query
        ]

    def stretches(self, query: Sequence[str], base: str, seeds: Sequence[int]) -> list[int]:
        """See ``tm.store.protocol.Store.stretches``."""
        ends = list(range(len(query)))
        with self._moment():
            for _, tokens in self._tail(base):
                _lengthen(ends, query, tokens)
            if postings := self._runs(base):
                postings.lengthen(ends, [hashed(token, base) for token in query], seeds)
        return ends

    @contextlib.contextmanager
    def _moment(self) -> Iterator[None]:
        """The memory as it is at one moment; what was read is forgotten when it has grown since."""
        begun = not self._connection.in_transaction
        if begun:
            self._connection.execute("BEGIN")
        try:
            seen = waiting(self._connection)
            if seen != self._seen:
                self._seen = seen
                self._forget()
            yield
        finally:
            if begun:
                self._connection.execute("ROLLBACK")

    def _runs(self, base: str) -> Postings | None:
        if not self._seen[0]:
            return None
        from tm.store import postings

        if base not in self._postings:
            self._postings[base] = postings.Postings.read(self._connection, base)
        return self._postings[base]

    def _indexed(self, query: Sequence[str], base: str, minimum: float) -> Hits:
        postings = self._runs(base)
        if postings is None:
            return []
        hits, unsure = postings.similar([hashed(token, base) for token in query], minimum)
        candidates = _keyed(variants.of_units(self._connection, json.dumps(unsure), base))
        return hits + _compared(query, _sharing(query, candidates, minimum), minimum)

    def _tail(self, base: str) -> list[tuple[int, list[str]]]:
        if base not in self._tails:
            self._tails[base] = _keyed(variants.between(self._connection, *self._seen, base))
        return self._tails[base]

    def _made(self, base: str) -> list[Arrays]:
        if base not in self._arrays:
            from tm.store import arrays, runs

            tail = runs.unwritten(self._connection, *self._seen, base)
            self._arrays[base] = [*self._indexed_arrays(base), arrays.Arrays.build([tail])]
        return self._arrays[base]

    def _indexed_arrays(self, base: str) -> list[Arrays]:
        """The arrays of all runs: those of the file, and what is newer; made anew when that is much."""
        from tm.store import arrayfile, arrays, runs

        path = self._path and self._path.with_name(f"{self._path.name}.{base or 'und'}.arrays")
        if path and (loaded := arrayfile.load(path)):
            stored, digest = loaded
            later = runs.runs(self._connection, base, after=digest)
            newer = None if later is None else list(later)
            if newer is not None and 4 * sum(len(run.units) for run in newer) <= len(stored.units):
                return [stored, *([arrays.Arrays.build(newer)] if newer else [])]
        made = arrays.Arrays.build(list(runs.runs(self._connection, base) or ()))
        if path and len(made.units) >= WORTH_A_FILE:
            arrayfile.save(path, made, runs.last_digest(self._connection, base))
        return [made]


def _keyed(rows: Iterable[Row]) -> list[tuple[int, list[str]]]:
    """The unit and the key tokens of some variants."""
    return [
        (unit, key_tokens(variant_of(tag, text, extra).segment, language))
        for language, unit, tag, text, extra in rows
    ]


def _sharing(
    query: Sequence[str], stored: list[tuple[int, list[str]]], minimum: float
) -> list[tuple[int, list[str]]]:
    """Those that have as many of the query's tokens as a match must; where none has, rapidfuzz need not be imported."""
    wanted = Counter(query)
    return [
        (unit, tokens)
        for unit, tokens in stored
        if (wanted & Counter(tokens)).total() >= minimum * max(len(query), len(tokens)) - EPSILON
    ]


def _many(
    arrays: list[Arrays], queries: Sequence[Sequence[str]], base: str, minimum: float
) -> Iterator[Hits]:
    hashes: dict[str, int] = {}
    for query in queries:
        hashes.update((token, hashed(token, base)) for token in query if token not in hashes)
    asked = [list(map(hashes.__getitem__, query)) for query in queries]
    found = [some.similar(asked, minimum) for some in arrays]
    for number in range(len(queries)):
        yield [hit for some in found for hit in some[number]]


def _lengthen(ends: list[int], query: Sequence[str], tokens: list[str]) -> None:
    """Put further away what ends in these tokens later than in any before."""
    where: dict[str, list[int]] = defaultdict(list)
    for place, token in enumerate(query):
        where[token].append(place)
    before: dict[int, int] = {}
    for token in tokens:
        starts = {place: before.get(place - 1, place) for place in where.get(token, ())}
        for place, start in starts.items():
            ends[start] = max(ends[start], place + 1)
        before = starts


def _compared(query: Sequence[str], stored: list[tuple[int, list[str]]], minimum: float) -> Hits:
    if not stored:
        return []
    from rapidfuzz.distance import Levenshtein

    likeness = Levenshtein.normalized_similarity
    low, high = minimum * len(query) - EPSILON, len(query) / minimum + EPSILON
    hits = [
        (likeness(query, tokens, score_cutoff=minimum - SLACK), unit)
        for unit, tokens in stored
        if low <= len(tokens) <= high
    ]
    return [hit for hit in hits if hit[0] >= minimum - EPSILON]


def _best_first(hits: Hits) -> Hits:
    """Each unit once, with the best of its variants; best first, then newest first."""
    best: dict[int, float] = defaultdict(float)
    for base, unit in hits:
        best[unit] = max(base, best[unit])
    return sorted(((base, unit) for unit, base in best.items()), reverse=True)
