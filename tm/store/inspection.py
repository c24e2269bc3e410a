"""What is hurt in a damaged memory, and what is whole.

``damages`` reads everything: what SQLite says of its own structure, each unit, the history, the notes, and the
index, of which each list is compared with its run. ``whole_units`` reads the units that are as they were written,
whatever has become of the others; that they come one by one makes it slow where there is damage, and only there.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add([Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non", "si")])
...     _ = store._connection.execute("UPDATE variant SET text = 'nom' WHERE unit = 2")
...     print(*store.damages(), sep="\\n")
unit 2: not what was written
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tm.errors import StoreError
from tm.store import history, rows, seals
from tm.store.records import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.model import Unit
    from tm.store.database import Database, Tables

TOGETHER = 500
"""Units that are read together; where one is hurt, they are read one by one."""

_NOTES = "SELECT name FROM note"
_BASES = "SELECT DISTINCT base FROM language"

_ERRORS = (sqlite3.Error, StoreError, DamagedError, UnicodeError)


class Damage(NamedTuple):
    """Something of a memory that is not as it was written.

    Attributes:
        place: "unit 7", "the history", "the index of fr" …
        what: what is wrong with it.
    """

    place: str
    what: str

    def __str__(self) -> str:
        """As a line.

        >>> print(Damage("unit 7", "lost"))
        unit 7: lost
        """
        return f"{self.place}: {self.what}"


def damages(connection: Tables) -> Iterator[Damage]:
    """All that is hurt of the units, the history and the notes."""
    lost: list[Damage] = []
    for _ in whole_units(connection, lost):
        pass
    yield from lost
    if not lost:
        yield from _tried("the number of units", lambda: rows.count(connection))
    yield from _tried("the history", lambda: history.changes(connection))
    yield from _tried("the languages", lambda: history.languages(connection))
    yield from _tried(
        "the notes", lambda: [history.note(connection, name) for name in _first(connection, _NOTES)]
    )


def whole_units(connection: Tables, lost: list[Damage]) -> Iterator[Unit]:
    """The units that are there and whole, in order of arrival; ``lost`` takes what is hurt."""
    newest = _newest(connection)
    for first in range(1, newest + 1, TOGETHER):
        yield from _whole(connection, range(first, min(first + TOGETHER, newest + 1)), lost)


def _whole(connection: Tables, numbers: Sequence[int], lost: list[Damage]) -> list[Unit]:
    try:
        return rows.fetch(connection, numbers)
    except _ERRORS as error:
        if len(numbers) == 1:
            lost.append(Damage(f"unit {numbers[0]}", _what(error)))
            return []
    return [unit for number in numbers for unit in _whole(connection, [number], lost)]


def _newest(connection: Database) -> int:
    """The number of the newest unit, as far as anything tells it."""
    newest = max(_first(connection, "SELECT max(id) FROM unit"), default=0) or 0
    try:
        return max(newest, seals.Kept.read(connection).units)
    except _ERRORS:
        return newest


def structure(connection: Database) -> Iterator[Damage]:
    """What SQLite finds."""
    try:
        lines = [line for (line,) in connection.execute("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:
        lines = [str(error)]
    yield from (Damage("the file", line) for line in lines if line != "ok")


def index(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Each run with its lists, and the words, which all must stand in some list."""
    from tm.store import runs  # numpy

    for base in sorted(_first(connection, _BASES)):
        place = f"the index of {base or 'und'}"
        yield from _tried(place, partial(runs.inspect, connection, base))


def _first(connection: Database, query: str) -> list[Any]:
    """The first column of what can be read."""
    try:
        return [row[0] for row in connection.execute(query)]
    except (sqlite3.Error, StoreError):
        return []


def _tried(place: str, read: Callable[[], object]) -> Iterator[Damage]:
    try:
        read()
    except _ERRORS as error:
        yield Damage(place, _what(error))


def _what(error: Exception) -> str:
    return (
        "not what was written"
        if isinstance(error, (DamagedError, UnicodeError))
        else f"cannot be read ({error})"
    )
