"""Units on their way into the memory: which are new, which are there already, which take another's place."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.store import records
from tm.store.identity import Identity, identify
from tm.store.protocol import Added

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Unit
    from tm.store.protocol import OnSame

    Identified = tuple[Identity, records.Record]


def identified(units: Iterable[Unit], origin: str) -> Iterator[Identified]:
    """Units of this origin as the memory keeps them, one by one, so that a batch holds records and no units."""
    for unit in units:
        marked = records.with_origin(unit, origin)
        record = records.record_of(marked)
        yield identify(marked, record), record


class _Known(NamedTuple):
    """A unit of the memory that has the same source; ``finished`` says whether the addition that brought it was."""

    number: int
    content: int
    whole: int
    finished: bool


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

    def count(self) -> Added:
        """What has become of the units so far."""
        return Added(self.added, self.same, self.replaced, self.kept, self.superseded)

    def take(self, units: Sequence[Identified]) -> None:
        """Add units inside the caller's transaction, all together: a question and a statement for each would take twice as long."""
        known = self._known({identity.source for identity, _ in units})
        last = self._last()
        new: dict[int, Identified] = {}
        gone: list[int] = []
        for identity, record in units:
            there = known.get(identity.source, [])
            rivals = self._outdone(identity, there)
            if rivals is None:
                continue
            number = last + len(new) + 1
            new[number] = identity, record
            gone += [rival.number for rival in rivals]
            now = _Known(number, identity.content, identity.whole, finished=False)
            known[identity.source] = [*(row for row in there if row not in rivals), now]
        if new:
            self._insert(new)
        for number in gone:
            self._remove(number)
        self._count_change()

    def supersede(self, units: Sequence[Identified]) -> None:
        """Take out what earlier additions of this name brought and these units no longer say, inside the caller's transaction."""
        said = {identity.content for identity, _ in units}
        rows = self.connection.execute(
            "SELECT unit.id, content FROM unit JOIN change ON change.id = unit.added"
            " WHERE change.name = ? AND change.action = 'add' AND unit.removed IS NULL",
            (self.name,),
        ).fetchall()
        for number, content in rows:
            if content not in said:
                self._remove(number)
                self.superseded += 1

    def finish(self) -> None:
        """Say in the history that nothing was cut off."""
        if self.change:
            self.connection.execute("UPDATE change SET finished = 1 WHERE id = ?", (self.change,))

    def _known(self, sources: set[int]) -> defaultdict[int, list[_Known]]:
        rows = self.connection.execute(
            "SELECT source, unit.id, content, whole, finished FROM unit JOIN change ON change.id = unit.added"
            " WHERE source IN (SELECT value FROM json_each(?)) AND unit.removed IS NULL ORDER BY unit.id",
            (json.dumps(sorted(sources)),),
        )
        known = defaultdict(list)
        for source, number, content, whole, finished in rows:
            known[source].append(_Known(number, content, whole, bool(finished)))
        return known

    def _last(self) -> int:
        """The number of the newest unit."""
        return int(self.connection.execute("SELECT coalesce(max(id), 0) FROM unit").fetchone()[0])

    def _outdone(self, identity: Identity, known: list[_Known]) -> list[_Known] | None:
        """The units whose place a new one takes; None when it is left out. Counts what becomes of it."""
        if not known:
            self.added += 1
            return []
        same = [row for row in known if row.content == identity.content]
        if same and (self.on_same != "replace" or same[0].whole == identity.whole):
            self.same += 1
            return None
        # Units of an import that was cut off do not outrank the same import run again.
        rivals = same or [row for row in known if row.finished]
        if not rivals or self.on_same == "both":
            self.added += 1
            return []
        if self.on_same == "keep":
            self.kept += 1
            return None
        self.replaced += 1
        return rivals

    def _insert(self, new: dict[int, Identified]) -> None:
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
            [(more, language) for language, more in Counter(row[2] for row in rows).items()],
        )

    def _remove(self, number: int) -> None:
        self._begin()
        self.connection.execute("UPDATE unit SET removed = ? WHERE id = ?", (self.change, number))
        self.connection.execute(
            "UPDATE language SET variants = variants - (SELECT count(*) FROM variant WHERE unit = ? AND language = language.id)"
            " WHERE id IN (SELECT language FROM variant WHERE unit = ?)",
            (number, number),
        )
        self.removed += 1

    def _begin(self) -> None:
        if not self.change:
            self.change = self._number(
                "INSERT INTO change (date, action, name) VALUES (?, 'add', ?)", (self.date, self.name)
            )

    def _count_change(self) -> None:
        if self.change:
            self.connection.execute(
                "UPDATE change SET added = ?, removed = ? WHERE id = ?",
                (self.added + self.replaced, self.removed, self.change),
            )

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


@dataclass
class Rehearsal(Addition):
    """An addition that writes nothing, and so asks nobody to wait: what it would have written it has in mind, a third of a
    kilobyte for each unit. One may follow another, as additions do."""

    gone: set[int] = field(default_factory=set)
    new: defaultdict[int, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    newest: int = 0

    def follow(self, other: Rehearsal) -> None:
        """Take what another one would have written, to its end, for written."""
        self.gone, self.newest = other.gone, other.newest
        for source, rows in other.new.items():
            self.new[source] = [row._replace(finished=True) for row in rows]

    def _known(self, sources: set[int]) -> defaultdict[int, list[_Known]]:
        known = super()._known(sources)
        for source in sources:
            rows = [*known[source], *self.new.get(source, ())]
            known[source] = [row for row in rows if row.number not in self.gone]
        return known

    def _last(self) -> int:
        return max(self.newest, super()._last())

    def _insert(self, new: dict[int, Identified]) -> None:
        self.newest = max(new)
        for number, (identity, _) in new.items():
            known = _Known(number, identity.content, identity.whole, finished=False)
            self.new[identity.source].append(known)

    def _remove(self, number: int) -> None:
        self.gone.add(number)
