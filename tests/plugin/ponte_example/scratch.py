"""A store: units in a list, for as long as the process lives, by the address ``scratch:NAME``.

What it writes itself is the keeping: units, history, notes. ``tm.store.addition`` decides what becomes of new units,
``tm.store.plain`` searches.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice

from tm.errors import StoreError
from tm.store import Backend, Change, Stored, editing, plain
from tm.store.addition import Addition, identified
from tm.store.identity import Identity
from tm.store.records import record_of, restored
from tm.store.rehearsal import Rehearsal
from tm.store.rivals import Known

BATCH = 1_000


@dataclass
class Row:
    """A unit: the changes that brought it in and took it out."""

    unit: object
    identity: Identity
    added: int
    removed: int | None = None
    file: str | None = None


@dataclass
class Memory:
    rows: list[Row] = field(default_factory=list)
    log: list[Change] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)

    def present(self):
        return [(number, row) for number, row in enumerate(self.rows, 1) if row.removed is None]

    def change(self, number, **values):
        self.log[number - 1] = replace(self.log[number - 1], **values)


@dataclass
class Ledger:
    """What an addition asks of the list, and writes into it: see ``tm.store.addition.Ledger``."""

    memory: Memory
    name: str
    date: str
    action: str = "add"
    number: int = 0

    def known(self, sources, *, with_tags):
        known = defaultdict(list)
        for number, row in enumerate(self.memory.rows, 1):
            removed = row.removed and self.memory.log[row.removed - 1].action
            if row.identity.source in sources and removed in (None, "remove", "edit"):
                known[row.identity.source].append(self._known(number, row))
        return known

    def _known(self, number, row):
        return Known(
            number,
            row.identity.content,
            row.identity.whole,
            self.memory.log[row.added - 1].finished,
            record_of(row.unit).extra,
            tuple(variant.language for variant in row.unit.variants),
            removed=row.removed is not None,
        )

    def tags(self):
        return Counter(variant.language for _, row in self.memory.present() for variant in row.unit.variants)

    def record(self, number):
        return record_of(self.memory.rows[number - 1].unit)

    def earlier(self, source, content):
        return [
            record_of(row.unit)
            for row in self.memory.rows
            if row.identity[:2] == (source, content)
            and row.removed
            and self.memory.log[row.removed - 1].action != "undo"
        ]

    def brought(self, name):
        return [
            self._known(number, row)
            for number, row in self.memory.present()
            if (self.memory.log[row.added - 1].name, self.memory.log[row.added - 1].action) == (name, "add")
        ]

    def last(self):
        return len(self.memory.rows)

    def insert(self, new):
        self._begin()
        self.memory.rows += [
            Row(restored(record), identity, self.number) for identity, record in new.values()
        ]

    def remove(self, number):
        self._begin()
        self.memory.rows[number - 1].removed = self.number

    def count(self, added, removed):
        if self.number:
            self.memory.change(self.number, added=added, removed=removed)

    def inherit(self, files):
        for number, file in files.items():
            self.memory.rows[number - 1].file = file

    def finish(self):
        if self.number:
            self.memory.change(self.number, finished=True)

    def _begin(self):
        if not self.number:
            self.number = len(self.memory.log) + 1
            self.memory.log.append(
                Change(self.number, self.date, self.action, self.name, 0, 0, finished=False)
            )


class ScratchStore:
    """A ``tm.store.Store``."""

    def __init__(self, name, memory):
        self.name = name
        self._memory = memory
        self._rehearsal = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()

    def close(self):
        """There is nothing to let go of."""

    # What is kept.

    def __len__(self):
        return len(self._memory.present())

    def units(self):
        return (row.unit for _, row in self._memory.present())

    def languages(self):
        return dict(Counter(variant.language for unit in self.units() for variant in unit.variants))

    def fetch(self, numbers):
        rows = dict(self._memory.present())
        return [rows[number].unit for number in numbers if number in rows]

    def stored(self, numbers):
        rows = dict(self._memory.present())
        return [self._described(number, rows[number]) for number in numbers if number in rows]

    def all_stored(self, after=0):
        return (self._described(number, row) for number, row in self._memory.present() if number > after)

    def _described(self, number, row):
        change = self._memory.log[row.added - 1]
        return Stored(number, row.unit, change.number, row.file or change.name, change.date)

    def note(self, name):
        return self._memory.notes.get(name, "")

    def set_note(self, name, value):
        self._memory.notes[name] = value

    # What comes and goes.

    def add(
        self,
        units,
        *,
        origin="",
        on_same="keep",
        supersede=False,
        dry_run=False,
        name="",
        date="",
        author="",
        acknowledge=None,
    ):
        ledger = Ledger(self._memory, name, date)
        rehearsal = Rehearsal(ledger) if dry_run else None
        if rehearsal and self._rehearsal:
            rehearsal.follow(self._rehearsal)
        self._rehearsal = rehearsal
        addition = Addition(rehearsal or ledger, on_same)
        stream = identified(units, origin)
        for batch in [list(stream)] if supersede else iter(lambda: list(islice(stream, BATCH)), []):
            if supersede:
                addition.supersede(name, batch)
            addition.take(batch)
            if acknowledge and not dry_run:
                acknowledge(addition.counted().written)
        if not dry_run:
            ledger.finish()
        return addition.counted()

    def remove(self, numbers, *, name="", date="", author="", dry_run=False):
        present = [stored.number for stored in self.stored(list(dict.fromkeys(numbers)))]
        if present and not dry_run:
            editing.remove(Ledger(self._memory, name, date, "remove"), present)
        return present

    def edit(self, units, *, name="", date="", author="", dry_run=False):
        ledger = Ledger(self._memory, name, date, "edit")
        return editing.edit(ledger, self.stored(list(units)), units, dry_run=dry_run)

    def undo(self, *, date="", author="", change=0):
        self._rehearsal = None
        memory = self._memory
        standing = [c for c in memory.log if c.action != "undo" and c.number not in memory.undone]
        if not standing or change not in (0, standing[-1].number):
            return None
        change, number = standing[-1], len(memory.log) + 1
        back = [row for row in memory.rows if row.removed == change.number]
        gone = [row for row in memory.rows if row.added == change.number and row.removed is None]
        for row in back:
            row.removed = None
        for row in gone:
            row.removed = number
        memory.undone.add(change.number)
        memory.log.append(Change(number, date, "undo", change.name, len(back), len(gone), finished=True))
        return change

    def log(self):
        return list(self._memory.log)

    # What is found: all of it comes from the reference search.

    def _numbered(self):
        return [(stored.number, stored.unit) for stored in self.all_stored()]

    def similar(self, queries, language, minimum):
        return plain.similar(self._numbered(), queries, language, minimum)

    def containing(self, query, language):
        return plain.containing(self._numbered(), query, language)

    def holding(self, query, language):
        return plain.holding(self._numbered(), query, language)

    def words(self, wildcard, language):
        return plain.words(self._numbered(), wildcard, language)

    def stretches(self, query, language, seeds):
        return plain.stretches(self._numbered(), query, language)


_MEMORIES = {}


def open_scratch(name, create):
    if name not in _MEMORIES:
        if not create:
            raise StoreError(f"scratch:{name}: no such memory")
        _MEMORIES[name] = Memory()
    return ScratchStore(f"scratch:{name}", _MEMORIES[name])


SCRATCH = Backend("scratch", open_scratch)
