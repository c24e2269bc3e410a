"""Units read from the tables of a memory: alone, or with their number and where they came from.

No row is read without a look at its seal, and none is missed in silence (``seals.py``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tm.store import records, seals
from tm.store.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Unit, Variant
    from tm.store.database import Tables

_SELECT = (
    "SELECT unit.id, source, content, whole, added, removed, unit.extra, unit.seal,"
    " position, tag, text, variant.extra, variant.seal FROM unit"
    " LEFT JOIN variant ON unit = unit.id LEFT JOIN language ON language.id = language"
)
_ALL = f"{_SELECT} WHERE removed IS NULL ORDER BY unit.id, position"
_LATER = f"{_SELECT} WHERE unit.id > ? AND removed IS NULL ORDER BY unit.id, position"
_AMONG = "(SELECT value FROM json_each(?))"
_SOME = f"{_SELECT} WHERE unit.id IN {_AMONG} ORDER BY unit.id, position"
_ONE = f"{_SELECT} WHERE unit.id = ? ORDER BY position"

_CHANGES = "SELECT id, name, date FROM change WHERE id IN (SELECT value FROM json_each(?))"

FILES = "files of edit "
"""What the names of the notes begin with that say where edited units come from; the change's number follows."""

_NOTES = "SELECT name, value, seal FROM note WHERE name IN (SELECT ? || value FROM json_each(?))"


class _Numbered(NamedTuple):
    """A unit, its number, the change that brought it, and whether it is there (or went out)."""

    number: int
    change: int
    unit: Unit
    is_there: bool


def units(connection: Tables) -> Iterator[Unit]:
    """All units that are there, in order of arrival.

    Raises:
        DamagedError: one is not what was written, or is lost.
    """
    yield from (numbered.unit for numbered in _all(connection))


def count(connection: Tables) -> int:
    """How many units are there."""
    (present,) = connection.execute("SELECT count(*) FROM unit WHERE removed IS NULL").fetchone()
    if present != seals.Kept.read(connection).present:
        raise records.DamagedError
    return int(present)


def fetch(connection: Tables, numbers: Sequence[int]) -> list[Unit]:
    """The units of these numbers, in their order; one that is gone is left out."""
    units_there = _there(connection, numbers)
    return [units_there[number] for number in numbers if number in units_there]


def numbered(
    connection: Tables, numbers_of_each: Sequence[Sequence[int] | None]
) -> list[list[tuple[int, Unit]] | None]:
    """For each of some lists of numbers the units that are not gone, with their numbers; None for None."""
    wanted = [number for numbers in numbers_of_each for number in numbers or ()]
    units_there = _there(connection, wanted) if wanted else {}
    return [
        None
        if numbers is None
        else [(number, units_there[number]) for number in numbers if number in units_there]
        for numbers in numbers_of_each
    ]


def _there(connection: Tables, numbers: Iterable[int]) -> dict[int, Unit]:
    return {each.number: each.unit for each in _some(connection, numbers)}


def stored(connection: Tables, numbers: Sequence[int]) -> list[Stored]:
    """Like ``fetch``, each unit with its number and what brought it."""
    numbered = _some(connection, numbers)
    changes = {unit.change for unit in numbered}
    names = connection.execute(_CHANGES, (json.dumps([*changes]),))
    notes = connection.execute(_NOTES, (FILES, json.dumps([*changes])))
    by_number = {described.number: described for described in _described(numbered, names, notes)}
    return [by_number[number] for number in numbers if number in by_number]


def all_stored(connection: Tables, after: int = 0) -> Iterator[Stored]:
    """Like ``units``, each unit with its number and what brought it; those after a number."""
    # The units first: as long as their cursor is open, all is of the same moment.
    numbered = _units(connection.stream(_LATER, (after,))) if after else _all(connection)
    names = connection.execute("SELECT id, name, date FROM change")
    notes = connection.execute(
        "SELECT name, value, seal FROM note WHERE name BETWEEN ? AND ?", (FILES, f"{FILES}~")
    )
    return _described(numbered, names, notes)


def _described(
    numbered: Iterable[_Numbered],
    names: Iterable[tuple[int, str, str]],
    notes: Iterable[tuple[str, str, int]],
) -> Iterator[Stored]:
    """Units with what brought them.

    Args:
        numbered: the units.
        names: number, name and date of the changes.
        notes: of edits, which say where the edited units come from.
    """
    # The changes themselves are looked at when the history is shown.
    changes = {number: (name, date) for number, name, date in names}
    files: dict[int, str] = {}
    for note, value, sealed in notes:
        seals.check(sealed, note, value)
        files.update((int(number), file) for number, file in json.loads(value).items())
    for number, change, unit, _ in numbered:
        if change not in changes:
            raise records.DamagedError
        name, date = changes[change]
        yield Stored(number, unit, change, files.get(number, name), date)


def _all(connection: Tables) -> Iterator[_Numbered]:
    """All units that are there; at the end none may be missing."""
    numbered = _units(connection.stream(_ALL))
    # Read while the cursor is open: so the count is of the same moment, unless this connection writes meanwhile.
    present, written = seals.Kept.read(connection).present, connection.total_changes
    return _complete(connection, numbered, present, written)


def _complete(
    connection: Tables, numbered: Iterable[_Numbered], present: int, written: int
) -> Iterator[_Numbered]:
    is_empty = True
    for each in numbered:
        yield each
        is_empty, present = False, present - 1
    if present and connection.total_changes == written and not (is_empty and _has_units(connection)):
        raise records.DamagedError


def _has_units(connection: Tables) -> bool:
    """Whether there are units now: a cursor without rows is closed at once, so that some may have come behind it."""
    row = connection.execute("SELECT 1 FROM unit WHERE removed IS NULL LIMIT 1").fetchone()
    return row is not None


def _some(connection: Tables, numbers: Iterable[int]) -> list[_Numbered]:
    """The units of these numbers that are there; one that never went out must be."""
    wanted = {*numbers}
    if len(wanted) == 1:  # in a third of the time that a list of its number takes
        numbered = list(_units(connection.execute(_ONE, (*wanted,))))
    else:
        numbered = list(_units(connection.execute(_SOME, (json.dumps([*wanted]),)))) if wanted else []
    if len(numbered) < len(wanted):
        newest = seals.Kept.read(connection).units
        wanted.difference_update(each.number for each in numbered)
        if any(0 < number <= newest for number in wanted):
            raise records.DamagedError
    return [each for each in numbered if each.is_there]


def _units(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Numbered]:
    """The units of the rows of ``_SELECT``, which come variant by variant."""
    before = None
    variants: list[Variant] = []
    for row in rows:
        number, _, _, _, _, _, _, _, position, tag, text, extra, sealed = row
        if before is None or number != before[0]:
            if before:
                yield _numbered(before, variants)
            before, variants = row, []
        if position is None or seals.of_text(number, position, tag, text, extra) != sealed:
            raise records.DamagedError
        variants.append(records.variant_of(tag, text, extra))
    if before:
        yield _numbered(before, variants)


def _numbered(row: tuple[Any, ...], variants: list[Variant]) -> _Numbered:
    number, source, content, whole, added, removed, extra, sealed = row[:8]
    if seals.seal(number, source, content, whole, added, removed, extra, len(variants)) != sealed:
        raise records.DamagedError
    return _Numbered(number, added, records.unit_of(extra, variants), removed is None)
