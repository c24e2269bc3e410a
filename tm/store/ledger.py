"""What an addition asks of the tables of a memory and writes into them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.store import seals
from tm.store.history import LAST_CHANGE, begun, write_author, write_note
from tm.store.records import DamagedError, Record
from tm.store.rivals import Known
from tm.store.rows import FILES
from tm.store.seals import of_text, seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tm.store.addition import Identified
    from tm.store.database import Database, Tables
    from tm.store.identity import Identity


UNIT = ("id", "source", "content", "whole", "added", "removed", "extra", "seal")
VARIANT = ("unit", "position", "language", "text", "extra", "seal")

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
    "SELECT unit.id, unit.extra, tag, text, variant.extra, position, variant.seal FROM unit JOIN variant ON unit = unit.id"
    " JOIN language ON language.id = language WHERE {} ORDER BY unit.id, position"
)


@dataclass
class TableLedger:
    """A ``tm.store.addition.Ledger``.

    Attributes:
        connection: of the memory.
        name: of the change, for the history.
        date: likewise.
        action: likewise.
        change: its number, 0 until something of it is written.
        author: who makes it, for the history.
        present: how many more units there are than when it was sealed last.
        languages: the numbers of tags.
        is_last: whether what is counted next is all that comes.
    """

    connection: Tables
    name: str
    date: str
    action: str = "add"
    change: int = 0
    present: int = 0
    author: str = ""
    languages: dict[str, int] = field(default_factory=dict)
    is_last: bool = False
    _last: int | None = None
    _last_change: int | None = None
    _counted: tuple[int, int] = (0, 0)
    _before: tuple[int, int] = (0, 0)

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
        """See ``Ledger``. What a batch asks for later is asked with it: a server answers all of that together."""
        languages = self.connection.execute("SELECT tag, id, variants FROM language")
        changes = self.connection.execute(LAST_CHANGE)
        undone = self.connection.execute("SELECT undone FROM change WHERE id = ?", (self.change,))
        self._last = self._newest()
        (self._last_change,) = changes.fetchone()
        if undone.fetchone() not in (None, (None,)):
            self._begin_another()
        rows = languages.fetchall()
        self.languages |= {tag: number for tag, number, _ in rows}
        return {tag: variants for tag, _, variants in rows if variants}

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
        last, self._last = self._last, None
        return self._newest() if last is None else last

    def _newest(self) -> int:
        units = self.connection.execute("SELECT coalesce(max(id), 0) FROM unit")
        kept = seals.Kept.read(self.connection)  # asked before that is read: a server answers it together
        (newest,) = units.fetchone()
        if newest != kept.units:
            raise DamagedError
        return int(newest)

    def insert(self, new: Mapping[int, Identified]) -> None:
        """See ``Ledger``."""
        self._begin()
        self.connection.insert(
            "unit", UNIT, [self._unit_row(number, *identified) for number, identified in new.items()]
        )
        rows = [
            (number, position, self._language(tag), text, extra, of_text(number, position, tag, text, extra))
            for number, (_, record) in new.items()
            for position, (tag, text, extra) in enumerate(record.variants)
        ]
        self.connection.insert("variant", VARIANT, rows)
        self.present += len(new)
        self.connection.executemany(
            "UPDATE language SET variants = variants + ? WHERE id = ?",
            [(count, language) for language, count in Counter(row[2] for row in rows).items()],
        )

    def remove(self, number: int) -> None:
        """See ``Ledger``."""
        self._begin()
        seals.mark(self.connection, self.change, "id = ?", number)
        self.present -= 1
        self.connection.execute(
            "UPDATE language SET variants = variants"
            " - (SELECT count(*) FROM variant WHERE unit = ? AND language = language.id)"
            " WHERE id IN (SELECT language FROM variant WHERE unit = ?)",
            (number, number),
        )

    def _begin_another(self) -> None:
        """Let what comes be a change of its own: somebody has taken back what came until now."""
        self.change, self._before = 0, self._counted

    def count(self, added: int, removed: int) -> None:
        """See ``Ledger``."""
        self._counted = added, removed
        if self.change:
            of_change = added - self._before[0], removed - self._before[1]
            self.connection.execute(
                "UPDATE change SET added = ?, removed = ?, finished = ? WHERE id = ?",
                (*of_change, int(self.is_last), self.change),
            )
            self._seal()

    def finish(self) -> None:
        """Write into the history that the addition came to its end, if that was not known when it was counted."""
        if self.change and not self.is_last:
            self.connection.execute("UPDATE change SET finished = 1 WHERE id = ?", (self.change,))
            self._seal()

    def inherit(self, files: Mapping[int, str]) -> None:
        """See ``tm.store.editing.EditLedger``."""
        write_note(self.connection, f"{FILES}{self.change}", json.dumps(files, ensure_ascii=False))

    def _seal(self) -> None:
        seals.seal_changed(self.connection, self.change, self.present)
        self.present = 0

    def _unit_row(self, number: int, identity: Identity, record: Record) -> tuple[object, ...]:
        fields = (number, *identity, self.change, None, record.extra)
        return *fields, seal(*fields, len(record.variants))

    def _begin(self) -> None:
        if not self.change:
            self.change = begun(self.connection, self.date, self.action, self.name, self._last_change)
            write_author(self.connection, self.change, self.author)

    def _language(self, tag: str) -> int:
        if tag not in self.languages:
            self.languages[tag] = language_number(self.connection, tag)
        return self.languages[tag]


def language_number(connection: Database, tag: str) -> int:
    """The number of a language in the memory, which gets it if it had none."""
    row = connection.execute("SELECT id FROM language WHERE tag = ?", (tag,)).fetchone()
    if row is None:
        row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM language").fetchone()
        base = bcp47.base(tag) if tag else ""
        connection.execute("INSERT INTO language (id, tag, base) VALUES (?, ?, ?)", (*row, tag, base))
    return int(row[0])


def kept_records(
    connection: Database, condition: str, values: tuple[object, ...] = ()
) -> Iterator[tuple[int, Record]]:
    """The numbers and records of units in order, those that went out too.

    Args:
        connection: of the memory.
        condition: which of them, in SQL.
        values: of its question marks.
    """
    rows = connection.execute(_RECORDS.format(condition), values)
    for (number, extra), variants in groupby(rows, itemgetter(0, 1)):
        yield number, Record(extra, [_variant(number, *row[2:]) for row in variants])


def _variant(
    unit: int, tag: str, text: str, extra: str | None, position: int, sealed: int
) -> tuple[str, str, str | None]:
    if of_text(unit, position, tag, text, extra) != sealed:
        raise DamagedError
    return tag, text, extra
