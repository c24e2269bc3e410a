"""What an addition asks of an SQLite memory and writes into it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm import bcp47
from tm.store.addition import Known

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from tm.store.addition import Identified


@dataclass
class SQLiteLedger:
    """A ``tm.store.addition.Ledger``; ``change`` is 0 until something of it is written."""

    connection: sqlite3.Connection
    name: str
    date: str
    change: int = 0
    languages: dict[str, int] = field(default_factory=dict)

    def known(self, sources: set[int]) -> defaultdict[int, list[Known]]:
        """See ``Ledger``."""
        rows = self.connection.execute(
            "SELECT source, unit.id, content, whole, finished FROM unit JOIN change ON change.id = unit.added"
            " WHERE source IN (SELECT value FROM json_each(?)) AND unit.removed IS NULL ORDER BY unit.id",
            (json.dumps(sorted(sources)),),
        )
        known = defaultdict(list)
        for source, number, content, whole, finished in rows:
            known[source].append(Known(number, content, whole, bool(finished)))
        return known

    def brought(self, name: str) -> list[tuple[int, int]]:
        """See ``Ledger``."""
        return self.connection.execute(
            "SELECT unit.id, content FROM unit JOIN change ON change.id = unit.added"
            " WHERE change.name = ? AND change.action = 'add' AND unit.removed IS NULL",
            (name,),
        ).fetchall()

    def last(self) -> int:
        """See ``Ledger``."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0])

    def insert(self, new: Mapping[int, Identified]) -> None:
        """See ``Ledger``."""
        self._begin()
        self.connection.executemany(
            "INSERT INTO unit (id, source, content, whole, added, extra) VALUES (?, ?, ?, ?, ?, ?)",
            [(number, *identity, self.change, record.extra) for number, (identity, record) in new.items()],
        )
        rows = [
            (number, position, self._language(language), text, extra)
            for number, (_, record) in new.items()
            for position, (language, text, extra) in enumerate(record.variants)
        ]
        self.connection.executemany("INSERT INTO variant VALUES (?, ?, ?, ?, ?)", rows)
        self.connection.executemany(
            "UPDATE language SET variants = variants + ? WHERE id = ?",
            [(count, language) for language, count in Counter(row[2] for row in rows).items()],
        )

    def remove(self, number: int) -> None:
        """See ``Ledger``."""
        self._begin()
        self.connection.execute("UPDATE unit SET removed = ? WHERE id = ?", (self.change, number))
        self.connection.execute(
            "UPDATE language SET variants = variants"
            " - (SELECT count(*) FROM variant WHERE unit = ? AND language = language.id)"
            " WHERE id IN (SELECT language FROM variant WHERE unit = ?)",
            (number, number),
        )

    def count(self, added: int, removed: int) -> None:
        """See ``Ledger``."""
        if self.change:
            self.connection.execute(
                "UPDATE change SET added = ?, removed = ? WHERE id = ?", (added, removed, self.change)
            )

    def finish(self) -> None:
        """Write into the history that the addition came to its end."""
        if self.change:
            self.connection.execute("UPDATE change SET finished = 1 WHERE id = ?", (self.change,))

    def _begin(self) -> None:
        if not self.change:
            self.change = self._inserted(
                "INSERT INTO change (date, action, name) VALUES (?, 'add', ?)", (self.date, self.name)
            )

    def _language(self, tag: str) -> int:
        if tag not in self.languages:
            row = self.connection.execute("SELECT id FROM language WHERE tag = ?", (tag,)).fetchone()
            base = bcp47.base(tag) if tag else ""
            self.languages[tag] = (
                row[0]
                if row
                else self._inserted("INSERT INTO language (tag, base) VALUES (?, ?)", (tag, base))
            )
        return self.languages[tag]

    def _inserted(self, statement: str, values: tuple[object, ...]) -> int:
        row_id = self.connection.execute(statement, values).lastrowid
        assert row_id is not None
        return row_id
