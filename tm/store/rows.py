"""Units read from the tables of an SQLite memory: alone, or with their number and where they came from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tm.store import records
from tm.store.stored import Stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Unit, Variant

_SELECT = (
    "SELECT unit.id, unit.added, unit.extra, tag, text, variant.extra FROM unit"
    " JOIN variant ON unit = unit.id JOIN language ON language.id = language WHERE removed IS NULL"
)
_ALL = f"{_SELECT} ORDER BY unit.id, position"
_ONE = f"{_SELECT} AND unit.id = ? ORDER BY position"
_AMONG = "(SELECT value FROM json_each(?))"
_SOME = f"{_SELECT} AND unit.id IN {_AMONG} ORDER BY unit.id, position"

FILES = "files of edit "
"""What the names of the notes begin with that say where edited units come from; the change's number follows."""

_Row = tuple[int, int, str | None, str, str, str | None]


class _Numbered(NamedTuple):
    """A unit, its number, and the change that brought it."""

    number: int
    change: int
    unit: Unit


def units(connection: sqlite3.Connection) -> Iterator[Unit]:
    """All units that are there, in order of arrival."""
    yield from (numbered.unit for numbered in _units(connection.execute(_ALL)))


def fetch(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Unit]:
    """The units of these numbers, in their order; one that is gone is left out."""
    by_number = {
        numbered.number: numbered.unit
        for number in numbers
        for numbered in _units(connection.execute(_ONE, (number,)))
    }
    return [by_number[number] for number in numbers if number in by_number]


def stored(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Stored]:
    """Like ``fetch``, each unit with its number and what brought it."""
    rows = connection.execute(_SOME, (json.dumps(numbers),))
    by_number = {each.number: each for each in _stored(connection, rows)}
    return [by_number[number] for number in numbers if number in by_number]


def all_stored(connection: sqlite3.Connection) -> Iterator[Stored]:
    """Like ``units``, each unit with its number and what brought it."""
    return _stored(connection, connection.execute(_ALL))


def _stored(connection: sqlite3.Connection, rows: Iterable[_Row]) -> Iterator[Stored]:
    files = _files(connection)
    changes = {
        number: (name, date) for number, name, date in connection.execute("SELECT id, name, date FROM change")
    }
    for number, change, unit in _units(rows):
        name, date = changes[change]
        yield Stored(number, unit, change, files.get(number, name), date)


def _files(connection: sqlite3.Connection) -> dict[int, str]:
    """The files that edited units come from."""
    notes = connection.execute(
        "SELECT value FROM note WHERE name BETWEEN ? AND ?", (FILES, f"{FILES}~")
    ).fetchall()
    return {int(number): file for (note,) in notes for number, file in json.loads(note).items()}


def _units(rows: Iterable[_Row]) -> Iterator[_Numbered]:
    """The units of the rows of ``_SELECT``, which come variant by variant."""
    number, change, extra = 0, 0, None
    variants: list[Variant] = []
    for unit, added, unit_extra, tag, text, variant_extra in rows:
        if unit != number:
            if variants:
                yield _Numbered(number, change, records.unit_of(extra, variants))
            number, change, extra, variants = unit, added, unit_extra, []
        variants.append(records.variant_of(tag, text, variant_extra))
    if variants:
        yield _Numbered(number, change, records.unit_of(extra, variants))
