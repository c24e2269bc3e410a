"""How the copy of a memory on a host follows the memory itself (``mirror.py``): by the numbers of units and of changes.

Texts never change, no number is used twice, and what happens to a unit later is that a change takes it out, or brings
it back. So two numbers say what a copy has, the newest unit and the newest change (``seals.Kept``):

1. ``bring`` copies the units after the newest one, with their texts.
2. It copies the changes after the newest one, and what they did to units that the copy had before: these units have the
   number of such a change, or had that of one that such a change undid.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.seals import Kept
>>> from tm.store.sqlite import SQLiteStore
>>> memory, copy = (SQLiteStore(":memory:", create=True) for _ in range(2))
>>> def follow():
...     now, before = (Kept.read(store._connection) for store in (memory, copy))
...     bring(memory._connection, copy._connection, before, now.units, is_last=True)
...     now._replace(runs=0).write(copy._connection)
...     return [unit.number for unit in copy.all_stored()], copy.log()[-1].action
>>> memory.add([Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non")]).added, follow()
(2, ([1, 2], 'add'))
>>> memory.remove([1]), follow()
([1], ([2], 'remove'))
>>> memory.undo().action, follow()
('remove', ([1, 2], 'undo'))
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tm.store.copying import CHANGE
from tm.store.ledger import UNIT, VARIANT, language_number
from tm.store.rows import FILES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.store.database import Rows, Tables
    from tm.store.seals import Kept

TOGETHER = 20_000
"""Rows that are brought together."""

_VARIANTS = (
    "SELECT unit, position, tag, text, extra, variant.seal FROM variant JOIN language ON language.id = language"
    " WHERE unit > ? AND unit <= ? ORDER BY unit, position"
)
_UNITS = f"SELECT {', '.join(UNIT)} FROM unit WHERE id > ? AND id <= ? ORDER BY id"  # noqa: S608 - names of ours
_CHANGES = f"SELECT {', '.join(CHANGE)} FROM change WHERE id > ? ORDER BY id"  # noqa: S608 - likewise
_FILES = "SELECT name, value, seal FROM note WHERE name IN (SELECT ? || value FROM json_each(?))"
_REMOVED = "SELECT removed, seal, id FROM unit WHERE removed > ? AND id > ? AND id <= ? ORDER BY id LIMIT ?"
_UNDONE = "SELECT id FROM change WHERE undone IN (SELECT value FROM json_each(?))"
_GONE = "SELECT id FROM unit WHERE removed IN (SELECT value FROM json_each(?))"
_NOW = "SELECT removed, seal, id FROM unit WHERE id IN (SELECT value FROM json_each(?))"
_MARK = "UPDATE unit SET removed = ?, seal = ? WHERE id = ?"


def bring(memory: Tables, copy: Tables, before: Kept, upto: int, *, is_last: bool) -> None:
    """Copy the units after the newest one, up to another; at last the changes, and what they did to units.

    Args:
        memory: as it is at one moment.
        copy: in a transaction.
        before: what the copy had before.
        upto: the last unit.
        is_last: whether the memory has no unit after it.
    """
    # All is asked before any of it is read: a server answers it together.
    units, variants = (memory.execute(several, (before.units, upto)) for several in (_UNITS, _VARIANTS))
    changes = memory.execute(_CHANGES, (before.changes,)) if is_last else None
    removed = memory.execute(_REMOVED, (before.changes, 0, before.units, TOGETHER)) if is_last else None
    texts = variants.fetchall()
    languages = {tag: language_number(copy, tag) for tag in dict.fromkeys(row[2] for row in texts)}
    copy.insert("variant", VARIANT, [(*row[:2], languages[row[2]], *row[3:]) for row in texts])
    copy.insert("unit", UNIT, units.fetchall())
    if changes and removed:
        _bring_changes(memory, copy, changes.fetchall())
        _mark_removed(memory, copy, before, removed.fetchall())


def _bring_changes(memory: Tables, copy: Tables, changes: Sequence[Any]) -> None:
    """Copy changes, with the files of what was edited, and bring back the units that went out by those undone."""
    copy.insert("change", CHANGE, changes)
    edits = [change[0] for change in changes if change[2] == "edit"]
    if edits:
        copy.insert("note", ("name", "value", "seal"), memory.execute(_FILES, (FILES, json.dumps(edits))))
    undoing = [change[0] for change in changes if change[2] == "undo"]
    if undoing:
        undone = _numbers(memory.execute(_UNDONE, (json.dumps(undoing),)))
        returned = _numbers(copy.execute(_GONE, (json.dumps(undone),)))
        for first in range(0, len(returned), TOGETHER):
            some = json.dumps(returned[first : first + TOGETHER])
            copy.executemany(_MARK, memory.execute(_NOW, (some,)))


def _mark_removed(memory: Tables, copy: Tables, before: Kept, marks: Sequence[Any]) -> None:
    """Mark the units that went out since, so many at a time: change, seal and number of each."""
    while marks:
        copy.executemany(_MARK, marks)
        last = marks[-1][-1]
        rest = len(marks) == TOGETHER
        marks = (
            memory.execute(_REMOVED, (before.changes, last, before.units, TOGETHER)).fetchall()
            if rest
            else ()
        )


def _numbers(rows: Rows) -> list[int]:
    return [number for (number,) in rows]
