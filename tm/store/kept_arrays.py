"""The arrays of one language as an open memory has them: those of its runs, and of what came since.

A run never changes, so that its arrays are kept as long as it is there (``follow``). The units after the last run
have arrays of their own; the few that are newer than these are compared one by one by the caller (``upto``).

>>> from pathlib import Path
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.runs import Encoders
>>> from tm.store.sqlite import SQLiteStore
>>> store = SQLiteStore(":memory:", create=True)
>>> store.add([Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non")]).added
2
>>> kept = KeptArrays(store._connection, Encoders(), None, "fr")
>>> kept.follow(0, 2, queries=1000)
>>> kept.upto, [part.units.tolist() for part in kept.parts()]
(2, [[1, 2]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.store import arrayfile, run_table, runs
from tm.store.arrays import Arrays

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from tm.store.arrayfile import Part

COMPARED = 200
"""Pairs of a query and a unit that are compared one by one in less time than arrays of some units are made."""

MANY = 100
"""Queries that are worth making the arrays of all runs again when a quarter of them came since."""


class KeptArrays:
    """The arrays of a language.

    Attributes:
        upto: the last unit that is in them.
    """

    def __init__(
        self, connection: sqlite3.Connection, encoders: runs.Encoders, path: Path | None, base: str
    ) -> None:
        """None are there yet; the path is of their file."""
        self._connection, self._encoders, self._path, self._base = connection, encoders, path, base
        self._of_runs: list[Part] = []
        self._of_tail: list[Arrays] = []
        self._last = self.upto = 0

    def load(self) -> bool:
        """Whether they are in the file, but for few."""
        most = arrayfile.WORTH_A_FILE
        loaded = arrayfile.loaded(self._connection, self._path, self._base, most=most)
        self._of_runs = loaded or []
        return bool(loaded)

    def parts(self) -> list[Arrays]:
        """All of them: each segment up to ``upto`` is in one."""
        return [*(part.arrays for part in self._of_runs), *self._of_tail]

    def follow(self, last: int, newest: int, queries: int) -> None:
        """Make the arrays of what came, inside the caller's transaction.

        Args:
            last: the last unit that is in a run.
            newest: the last unit of the memory.
            queries: how many will be asked: few are compared with few units one by one.
        """
        if last != self._last:
            self._follow_runs(queries)
            self._of_tail, self._last, self.upto = [], last, last
        if (newest - self.upto) * queries > COMPARED:
            tail = runs.unwritten(self._connection, self._encoders, last, newest, self._base)
            self._of_tail, self.upto = [Arrays.build([tail])] if len(tail.units) else [], newest

    def _follow_runs(self, queries: int) -> None:
        digests = {run.digest for run in run_table.runs(self._connection, self._base)}
        while self._of_runs and self._of_runs[-1].digest not in digests:  # it was joined with a newer one
            self._of_runs.pop()
        if self._of_runs:
            newer = arrayfile.newer(self._connection, self._base, self._of_runs[-1].digest)
            self._of_runs += newer or ()
            sizes = [len(part.arrays.units) for part in self._of_runs]
            if queries < MANY or sum(sizes[1:]) <= sizes[0] // 4:
                return
        self._of_runs = arrayfile.of_runs(self._connection, self._path, self._base)
