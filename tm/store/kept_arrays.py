"""The arrays of one language as an open memory has them: those of its runs, and of what came since.

A run never changes, so that its arrays are kept as long as it is there (``follow``). The units after the last run
have arrays of their own; the few that are newer than these are compared one by one by the caller (``upto``). One
thread at a time makes new ones; each has its ``Snapshot`` meanwhile.

>>> from pathlib import Path
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.runs import Encoders
>>> from tm.store.sqlite import SQLiteStore
>>> store = SQLiteStore(":memory:", create=True)
>>> store.add([Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non")]).added
2
>>> arrays = KeptArrays(None, "fr").follow(store._connection, Encoders(), (0, 2), queries=100_000)
>>> arrays.upto, [part.units.tolist() for part in arrays.parts()]
(2, [[1, 2]])
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from tm.store import arrayfile, assembly, run_table, runs

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from tm.store.arrayfile import Part
    from tm.store.arrays import Arrays

COMPARED = 20_000
"""Pairs of a query and a unit that are compared one by one (``tail.py``), by the rarest words of the query, in less time
than arrays of some units are made."""

MANY = 100
"""Queries that are worth making the arrays of all runs again when a quarter of them came since."""


class Snapshot(NamedTuple):
    """The arrays of a language up to some unit; they never change.

    Attributes:
        of_runs: the arrays of the runs, with their digests.
        of_rest: those of the units after the last run.
        last: the last unit that is in a run.
        upto: the last unit that is in them.
    """

    of_runs: list[Part]
    of_rest: list[Arrays]
    last: int
    upto: int

    def parts(self) -> list[Arrays]:
        """All of them: each segment up to ``upto`` is in one."""
        return [*(part.arrays for part in self.of_runs), *self.of_rest]


class KeptArrays:
    """The arrays of a language, for all threads that look something up."""

    def __init__(self, path: Path | None, base: str) -> None:
        """None are there yet; the path is of their file."""
        self._path, self._base = path, base
        self._now = Snapshot([], [], 0, 0)
        self._lock = threading.Lock()

    def load(self, connection: sqlite3.Connection) -> bool:
        """Whether they are in the file, but for few."""
        most = arrayfile.WORTH_A_FILE
        loaded = arrayfile.loaded(connection, self._path, self._base, most=most)
        self._now = Snapshot(loaded or [], [], 0, 0)
        return bool(loaded)

    def follow(
        self, connection: sqlite3.Connection, encoders: runs.Encoders, seen: tuple[int, int], queries: int
    ) -> Snapshot:
        """The arrays with what came, inside the caller's transaction; what is newer than it may be in them, too.

        Args:
            connection: of the memory.
            encoders: of its languages.
            seen: the last unit that is in a run, and the last unit of the memory, in the transaction.
            queries: how many will be asked: few are compared with few units one by one.
        """
        last, newest = seen
        if self._is_enough(last, newest, queries):
            return self._now
        with self._lock:
            if last > self._now.last:
                self._now = Snapshot(self._runs(connection, queries), [], last, last)
            if not self._is_enough(last, newest, queries):
                rest = runs.unwritten(connection, encoders, self._now.last, newest, self._base)
                arrays = [assembly.in_memory([rest])] if len(rest.units) else []
                self._now = self._now._replace(of_rest=arrays, upto=newest)
            return self._now

    def _is_enough(self, last: int, newest: int, queries: int) -> bool:
        now = self._now
        return last <= now.last and (newest - now.upto) * queries <= COMPARED

    def _runs(self, connection: sqlite3.Connection, queries: int) -> list[Part]:
        """The arrays of all runs: those that are there still, and those of newer runs."""
        digests = {run.digest for run in run_table.runs(connection, self._base)}
        parts = [*self._now.of_runs]
        while parts and parts[-1].digest not in digests:  # it was joined with a newer one
            parts.pop()
        if parts:
            parts += arrayfile.newer(connection, self._base, parts[-1].digest)
            sizes = [len(part.arrays.units) for part in parts]
            if queries < MANY or sum(sizes[1:]) <= sizes[0] // 4:
                return parts
        return arrayfile.of_runs(connection, self._path, self._base)
