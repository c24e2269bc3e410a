"""What the tables of a memory are asked through: SQL that every engine understands, in SQLite's way of writing.

``ledger.py``, ``rows.py``, ``history.py`` and ``seals.py`` say what a memory's rows mean, once for all engines. They
need a ``Database``, or ``Tables``; ``opening.Connection`` is SQLite's, and other engines put the two things that differ (the
question marks, ``json_each`` of a list of numbers) into their own words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Rows(Protocol):
    """What a statement gives back."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote."""

    def __iter__(self) -> Iterator[Any]:
        """The rows, one by one."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row has what was asked for
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """All rows."""


class Database(Protocol):
    """A connection to the tables of one memory."""

    @property
    def total_changes(self) -> int:
        """How many rows this connection has written."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Rows:
        """Do what a statement says."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object:
        """Do it for each of some parameters."""


class Tables(Database, Protocol):
    """A connection that takes and gives more rows than there may be room for."""

    def stream(self, sql: str, parameters: Sequence[Any] = ..., /) -> Iterator[Any]:
        """Like ``execute``, but the rows are fetched as they are asked for."""

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], /) -> None:
        """Put rows into a table, however many."""
