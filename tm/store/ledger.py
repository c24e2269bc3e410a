"""What an addition asks of an SQLite memory and writes into it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.store.records import Record
from tm.store.rivals import Known
from tm.store.rows import FILES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from tm.store.addition import Identified


_SAME_SOURCE = (
    "SELECT source, unit.id, content, whole, came.finished, unit.extra, unit.removed IS NOT NULL FROM unit"
    " JOIN change AS came ON came.id = unit.added LEFT JOIN change AS went ON went.id = unit.removed"
    " WHERE source IN (SELECT value FROM json_each(?))"
    " AND (unit.removed IS NULL OR went.action IN ('remove', 'edit')) ORDER BY unit.id"
)
_BROUGHT = (
    "SELECT unit.id, content, whole, came.finished, unit.extra FROM unit"
    " JOIN change AS came ON came.id = unit.added"
    " WHERE came.name = ? AND came.action = 'add' AND unit.removed IS NULL"
)
_RECORDS = (
    "SELECT unit.id, unit.extra, tag, text, variant.extra FROM unit JOIN variant ON unit = unit.id"
    " JOIN language ON language.id = language WHERE {} ORDER BY unit.id, position"
)


@dataclass
class SQLiteLedger:
    """A ``tm.store.addition.Ledger``; ``change`` is 0 until something of it is written."""

    connection: sqlite3.Connection
    name: str
    date: str
    action: str = "add"
    change: int = 0
    languages: dict[str, int] = field(default_factory=dict)

    def known(self, sources: set[int], *, with_tags: bool) -> dict[int, list[Known]]:
        """See ``Ledger``."""
        rows = self.connection.execute(_SAME_SOURCE, (json.dumps(sorted(sources)),))
        known = defaultdict(list)
        for source, number, content, whole, finished, extra, removed in rows:
            each = Known(number, content, whole, bool(finished), extra, removed=bool(removed))
            known[source].append(each)
        if with_tags and known:
            self._tag([each for same_source in known.values() for each in same_source])
        return known

    def _tag(self, known: Sequence[Known]) -> None:
        """Give units the tags of their variants."""
        rows = self.connection.execute(
            "SELECT unit, tag FROM variant JOIN language ON language.id = language"
            " WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY unit, position",
            (json.dumps([each.number for each in known]),),
        )
        tags = defaultdict(list)
        for number, tag in rows:
            tags[number].append(tag)
        for each in known:
            each.tags = tuple(tags[each.number])

    def tags(self) -> dict[str, int]:
        """See ``Ledger``."""
        return dict(self.connection.execute("SELECT tag, variants FROM language WHERE variants > 0"))

    def record(self, number: int) -> Record:
        """See ``Ledger``."""
        ((_, record),) = kept_records(self.connection, "unit.id = ?", (number,))
        return record

    def earlier(self, source: int, content: int) -> list[Record]:
        """See ``Ledger``."""
        condition = (
            "source = ? AND content = ? AND removed IN (SELECT change.id FROM change WHERE action <> 'undo')"
        )
        return [record for _, record in kept_records(self.connection, condition, (source, content))]

    def brought(self, name: str) -> list[Known]:
        """See ``Ledger``."""
        rows = self.connection.execute(_BROUGHT, (name,))
        return [
            Known(number, content, whole, bool(finished), extra)
            for number, content, whole, finished, extra in rows
        ]

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

    def inherit(self, files: Mapping[int, str]) -> None:
        """See ``tm.store.editing.EditLedger``."""
        note = f"{FILES}{self.change}", json.dumps(files, ensure_ascii=False)
        self.connection.execute("INSERT INTO note VALUES (?, ?)", note)

    def _begin(self) -> None:
        if not self.change:
            self.change = self._inserted(
                "INSERT INTO change (date, action, name, added) VALUES (?, ?, ?, -1)",  # counted at the end
                (self.date, self.action, self.name),
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


def kept_records(
    connection: sqlite3.Connection, condition: str, values: tuple[object, ...] = ()
) -> Iterator[tuple[int, Record]]:
    """The numbers and records of units in order, those that went out too.

    Args:
        connection: of the memory.
        condition: which of them, in SQL.
        values: of its question marks.
    """
    rows = connection.execute(_RECORDS.format(condition), values)
    for (number, extra), variants in groupby(rows, itemgetter(0, 1)):
        yield number, Record(extra, [row[2:] for row in variants])
