"""Which units are worth comparing: those that share enough tokens with the text.

What has been added last, fewer than ``LEAST`` units, is compared text by text; all before it is in the memory's index
(``_postings.py``), which counts shared tokens. Jobs of many queries go through arrays (``_arrays.py``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tm.language import key_tokens
from tm.memory.records import variant_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tm.memory._arrays import Arrays
    from tm.memory._postings import Postings

    Hits = list[tuple[float, int]]

LEAST = 1_000
"""Units that are worth a run of the index; fewer are compared one by one in some 20 ms."""

RUN = 32_768
"""Units to a run: few enough that ranks fit in two bytes, unless a unit has several variants of one language."""

MANY = 100
"""Queries that are worth making arrays: that takes as long as so many queries without. Once made they serve single ones too."""

WORTH_A_FILE = 50_000
"""Segments whose arrays take half a second to make."""

EPSILON = 1e-9
"""So that 7 of 10 tokens are 0.7, whatever floating point thinks."""

SLACK = 1e-4
"""Below the least base, for rapidfuzz's own cut-off, which is a little careless (3.14: 2 of 5 are not 0.4 - 1e-9)."""


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
        from tm.memory import _postings

        upto = min(newest, last + RUN)
        _postings.write_runs(connection, last, upto)
        last = upto


def segments(
    connection: sqlite3.Connection, after: int, upto: int, base: str | None = None
) -> Iterator[tuple[str, int, list[str]]]:
    """(language without region, unit, key tokens) of each variant of a stretch of units, in order.

    Args:
        connection: of the memory.
        after: the unit before the stretch.
        upto: its last unit.
        base: only this language.
    """
    rows = connection.execute(
        "SELECT base, unit, tag, text, extra FROM variant JOIN language ON language.id = language"
        " WHERE unit > ? AND unit <= ? AND base = coalesce(?, base) ORDER BY unit, position",
        (after, upto, base),
    )
    for language, unit, tag, text, extra in rows:
        yield language, unit, key_tokens(variant_of(tag, text, extra).segment, language)


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
        """See ``tm.memory.store.Store.similar``."""
        self._look()
        if len(queries) >= MANY or base in self._arrays:
            yield from map(_best_first, self._many(queries, base, minimum))
            return
        for query in queries:
            hits = self._indexed(query, base, minimum)
            hits += _compared(query, self._tail(base), minimum)
            yield _best_first(hits)

    def containing(self, query: Sequence[str], base: str) -> Iterator[int]:
        """See ``tm.memory.store.Store.containing``."""
        self._look()
        for unit, tokens in reversed(self._tail(base)):
            if _stands_in(query, tokens):
                yield unit
        if postings := self._runs(base):
            from tm.memory import _postings

            yield from postings.containing(list(_postings.hashes(query, base)))

    def _look(self) -> None:
        """Forget what was read when the memory has grown since."""
        seen = waiting(self._connection)
        if seen != self._seen:
            self._seen = seen
            self._forget()

    def _runs(self, base: str) -> Postings | None:
        if not self._seen[0]:
            return None
        from tm.memory import _postings

        if base not in self._postings:
            self._postings[base] = _postings.Postings.read(self._connection, base)
        return self._postings[base]

    def _indexed(self, query: Sequence[str], base: str, minimum: float) -> Hits:
        postings = self._runs(base)
        if postings is None:
            return []
        from tm.memory import _postings

        return list(postings.similar(list(_postings.hashes(query, base)), minimum))

    def _tail(self, base: str) -> list[tuple[int, list[str]]]:
        if base not in self._tails:
            last, newest = self._seen
            self._tails[base] = [
                (unit, tokens) for _, unit, tokens in segments(self._connection, last, newest, base)
            ]
        return self._tails[base]

    def _many(self, queries: Sequence[Sequence[str]], base: str, minimum: float) -> Iterator[Hits]:
        from tm.memory import _arrays, _postings

        if base not in self._arrays:
            tail = _arrays.Arrays.build([_postings.as_run(self._tail(base), base)])
            self._arrays[base] = [*self._indexed_arrays(base), tail]
        hashed = [list(_postings.hashes(query, base)) for query in queries]
        found = [arrays.similar(hashed, minimum) for arrays in self._arrays[base]]
        for number in range(len(queries)):
            yield [hit for some in found for hit in some[number]]

    def _indexed_arrays(self, base: str) -> list[Arrays]:
        """The arrays of all runs: those of the file, and what is newer; made anew when that is much."""
        from tm.memory import _arrayfile, _arrays, _postings

        path = self._path and self._path.with_name(f"{self._path.name}.{base or 'und'}.arrays")
        if path and (loaded := _arrayfile.load(path)):
            stored, digest = loaded
            newer = _postings.runs(self._connection, base, after=digest)
            if newer is not None and 4 * sum(len(run.units) for run in newer) <= len(stored.units):
                return [stored, *([_arrays.Arrays.build(newer)] if newer else [])]
        runs = _postings.runs(self._connection, base)
        if not runs:
            return []
        made = _arrays.Arrays.build(runs)
        if path and len(made.units) >= WORTH_A_FILE:
            _arrayfile.save(path, made, _postings.last_digest(self._connection, base))
        return [made]


def _stands_in(query: Sequence[str], tokens: list[str]) -> bool:
    wanted = list(query)
    return any(
        tokens[place : place + len(wanted)] == wanted for place in range(len(tokens) - len(wanted) + 1)
    )


def _compared(query: Sequence[str], stored: list[tuple[int, list[str]]], minimum: float) -> Hits:
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
