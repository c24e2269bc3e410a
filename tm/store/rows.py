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
_AMONG = "(SELECT value FROM json_each(?))"
_SOME = f"{_SELECT} AND unit.id IN {_AMONG} ORDER BY unit.id, position"

_CHANGES = "SELECT id, name, date FROM change WHERE id IN (SELECT value FROM json_each(?))"
_NOTES = "SELECT value FROM note WHERE name IN (SELECT value FROM json_each(?))"

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
    rows = connection.execute(_SOME, (json.dumps(numbers),))
    by_number = {numbered.number: numbered.unit for numbered in _units(rows)}
    return [by_number[number] for number in numbers if number in by_number]


def stored(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Stored]:
    """Like ``fetch``, each unit with its number and what brought it."""
    numbered = list(_units(connection.execute(_SOME, (json.dumps(numbers),))))
    changes = {unit.change for unit in numbered}
    names = connection.execute(_CHANGES, (json.dumps([*changes]),))
    notes = connection.execute(_NOTES, (json.dumps([f"{FILES}{change}" for change in changes]),))
    by_number = {described.number: described for described in _described(numbered, names, notes)}
    return [by_number[number] for number in numbers if number in by_number]


def all_stored(connection: sqlite3.Connection) -> Iterator[Stored]:
    """Like ``units``, each unit with its number and what brought it."""
    numbered = _units(connection.execute(_ALL))
    names = connection.execute("SELECT id, name, date FROM change")
    notes = connection.execute("SELECT value FROM note WHERE name BETWEEN ? AND ?", (FILES, f"{FILES}~"))
    return _described(numbered, names, notes)


def _described(
    numbered: Iterable[_Numbered], names: Iterable[tuple[int, str, str]], notes: Iterable[tuple[str]]
) -> Iterator[Stored]:
    """Units with what brought them.

    Args:
        numbered: the units.
        names: number, name and date of the changes.
        notes: of edits, which say where the edited units come from.
    """
    changes = {number: (name, date) for number, name, date in names}
    files = {int(number): file for (note,) in notes for number, file in json.loads(note).items()}
    for number, change, unit in numbered:
        name, date = changes[change]
        yield Stored(number, unit, change, files.get(number, name), date)


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
