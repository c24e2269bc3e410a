"""Units on their way into the memory: which are new, which are there already, which take another's place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm import bcp47
from tm.memory import records
from tm.memory.store import Added

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from tm.memory.store import OnSame
    from tm.model import Unit


@dataclass
class Addition:
    """One call of ``add`` under way; its change is written with its first unit, so that adding nothing writes nothing."""

    connection: sqlite3.Connection
    on_same: OnSame
    name: str
    date: str
    added: int = 0
    same: int = 0
    replaced: int = 0
    kept: int = 0
    removed: int = 0
    superseded: int = 0
    change: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    variants: Counter[int] = field(default_factory=Counter)

    def count(self) -> Added:
        """What has become of the units so far."""
        return Added(self.added, self.same, self.replaced, self.kept, self.superseded)

    def take(self, units: Iterable[Unit]) -> None:
        """Add units inside the caller's transaction."""
        for unit in units:
            self._take(unit)
        if self.change:
            self.connection.execute(
                "UPDATE change SET added = ?, removed = ? WHERE id = ?",
                (self.added + self.replaced, self.removed, self.change),
            )
            self.connection.executemany(
                "UPDATE language SET variants = variants + ? WHERE id = ?",
                [(more, language) for language, more in self.variants.items()],
            )
            self.variants.clear()

    def supersede(self, units: Iterable[Unit]) -> None:
        """Take out what earlier additions of this name brought and these units no longer say, inside the caller's transaction."""
        said = {records.identity(unit).content for unit in units}
        rows = self.connection.execute(
            "SELECT unit.id, content FROM unit JOIN change ON change.id = unit.added"
            " WHERE change.name = ? AND change.action = 'add' AND unit.removed IS NULL",
            (self.name,),
        ).fetchall()
        for number, content in rows:
            if content not in said:
                self._begin()
                self._remove(number)
                self.superseded += 1

    def finish(self) -> None:
        """Say in the history that nothing was cut off."""
        if self.change:
            self.connection.execute("UPDATE change SET finished = 1 WHERE id = ?", (self.change,))

    def _take(self, unit: Unit) -> None:
        identity = records.identity(unit)
        rows = self.connection.execute(
            "SELECT unit.id, content, whole, finished FROM unit JOIN change ON change.id = unit.added"
            " WHERE source = ? AND unit.removed IS NULL",
            (identity.source,),
        ).fetchall()
        same = [row for row in rows if row[1] == identity.content]
        if same and (self.on_same != "replace" or same[0][2] == identity.whole):
            self.same += 1
            return
        # Units of an import that was cut off do not outrank the same import run again.
        rivals = same or [row for row in rows if row[3]]
        if not rivals or self.on_same == "both":
            self._insert(unit, identity)
            self.added += 1
        elif self.on_same == "keep":
            self.kept += 1
        else:
            self._insert(unit, identity)
            self.replaced += 1
            for number, *_ in rivals:
                self._remove(number)

    def _remove(self, number: int) -> None:
        self.connection.execute("UPDATE unit SET removed = ? WHERE id = ?", (self.change, number))
        rows = self.connection.execute("SELECT language FROM variant WHERE unit = ?", (number,))
        self.variants.subtract(language for (language,) in rows)
        self.removed += 1

    def _begin(self) -> None:
        if not self.change:
            self.change = self._number(
                "INSERT INTO change (date, action, name) VALUES (?, 'add', ?)", (self.date, self.name)
            )

    def _insert(self, unit: Unit, identity: records.Identity) -> None:
        self._begin()
        number = self._number(
            "INSERT INTO unit (source, content, whole, added, extra) VALUES (?, ?, ?, ?, ?)",
            (identity.source, identity.content, identity.whole, self.change, records.unit_row(unit)),
        )
        for position, variant in enumerate(unit.variants):
            language = self._language(variant.language)
            self.connection.execute(
                "INSERT INTO variant VALUES (?, ?, ?, ?, ?)",
                (number, position, language, variant.segment.text, records.variant_row(variant)),
            )
            self.variants[language] += 1

    def _language(self, tag: str) -> int:
        if tag not in self.languages:
            row = self.connection.execute("SELECT id FROM language WHERE tag = ?", (tag,)).fetchone()
            base = bcp47.base(tag) if tag else ""
            self.languages[tag] = (
                row[0] if row else self._number("INSERT INTO language (tag, base) VALUES (?, ?)", (tag, base))
            )
        return self.languages[tag]

    def _number(self, statement: str, values: tuple[object, ...]) -> int:
        number = self.connection.execute(statement, values).lastrowid
        assert number is not None
        return number
