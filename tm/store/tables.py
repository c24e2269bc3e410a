"""What is the same in every memory that is kept in tables, whichever engine keeps them.

A ``TableStore`` says what is read and written, in which order, and when it is acknowledged; what the rows mean is said
by ``rows.py``, ``ledger.py``, ``history.py`` and ``seals.py``. An engine (``sqlite.py``) says how a connection is had, what
a transaction is, and where the index is.

Rows are never deleted and their numbers never used twice. A unit that goes out keeps its row, with the number
of the change that took it out: so every change can be undone, and an index that still has the unit is only
out of date.
"""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import TYPE_CHECKING, Self

from tm.errors import OptionError
from tm.progress import unwatched
from tm.store import history, index, rows, seals, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from tm.model import Unit
    from tm.progress import Progress
    from tm.store.addition import Addition, Arriving, Identified
    from tm.store.database import Tables
    from tm.store.inspection import Damage
    from tm.store.ledger import TableLedger
    from tm.store.protocol import Added, Change, OnSame
    from tm.store.rehearsal import Rehearsal
    from tm.store.stored import Stored

BATCH = 20_000
"""Units of a transaction. More make it cheaper (their sources go to pages all over an index, and each page is
written once), fewer are acknowledged sooner: so many take two seconds."""


class Notes:
    """The notes of a memory while nobody else changes them.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store, store.changing_notes() as notes:
    ...     notes.write("a", "1")
    ...     notes.read("a"), notes.read("b")
    ('1', '')
    """

    def __init__(self, tables: Tables) -> None:
        """In a transaction."""
        self._tables = tables

    def read(self, name: str) -> str:
        """A note, "" when there is none of this name."""
        return history.note(self._tables, name)

    def write(self, name: str, value: str) -> None:
        """Keep a note; what it is already is not written."""
        if self.read(name) != value:
            history.write_note(self._tables, name, value)


class TableStore:
    """All of a ``tm.store.protocol.Store`` but its searches.

    Attributes:
        name: its address, for messages.
    """

    name: str
    _rehearsal: Rehearsal | None = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of it."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------- reading

    def __len__(self) -> int:
        """How many units there are."""
        with self._moment() as tables:
            return rows.count(tables)

    def units(self) -> Iterator[Unit]:
        """All units exactly as they were added, in order of arrival."""
        with self._reading() as tables:
            yield from rows.units(tables)

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        """The units of these numbers, in their order; one that is gone is left out."""
        with self._reading() as tables:
            return rows.fetch(tables, numbers)

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        """The units of these numbers with what brought them; one that is gone is left out."""
        with self._reading() as tables:
            return rows.stored(tables, numbers)

    def all_stored(self, after: int = 0) -> Iterator[Stored]:
        """All units after a number with what brought them, in order of arrival."""
        with self._reading() as tables:
            yield from rows.all_stored(tables, after)

    def languages(self) -> dict[str, int]:
        """How many variants there are in each language."""
        with self._reading() as tables:
            return history.languages(tables)

    def log(self) -> list[Change]:
        """The history, oldest first."""
        with self._moment() as tables:
            return history.changes(tables)

    def generation(self) -> int:
        """A number that grows with each change of the units, whoever makes it."""
        with self._reading() as tables:
            kept = seals.Kept.read(tables)
            return kept.units + kept.changes

    def note(self, name: str) -> str:
        """A small string kept with the memory."""
        with self._reading() as tables:
            return history.note(tables, name)

    def damages(self) -> Iterator[Damage]:
        """All that is not as it was written."""
        from tm.store import inspection

        with self._moment() as tables:
            yield from self._damages_of_engine(tables)
            yield from inspection.damages(tables)
        yield from self._damages_of_index()

    def whole_units(self, lost: list[Damage]) -> Iterator[Unit]:
        """The units that are as they were written; ``lost`` takes what is hurt."""
        from tm.store import inspection

        with self._reading() as tables:
            yield from inspection.whole_units(tables, lost)

    # --------------------------------------------------------------------------------------------- writing

    def set_note(self, name: str, value: str) -> None:
        """Keep a small string with the memory; setting what it is already changes nothing."""
        if self.note(name) == value:
            return
        with self._writing() as tables, self._transaction(tables):
            history.write_note(tables, name, value)

    def add(
        self,
        units: Iterable[Arriving],
        *,
        origin: str = "",
        on_same: OnSame = "keep",
        supersede: bool = False,
        dry_run: bool = False,
        name: str = "",
        date: str = "",
        author: str = "",
        acknowledge: Callable[[int], None] | None = None,
    ) -> Added:
        """Keep units; each batch is on disk before it is acknowledged."""
        from tm.store.addition import Addition, identified
        from tm.store.ledger import TableLedger
        from tm.store.rehearsal import Rehearsal

        stream = identified(units, origin)
        batches = [list(stream)] if supersede else iter(lambda: list(islice(stream, BATCH)), [])
        superseded = name if supersede else None
        with self._writing() as tables:
            ledger = TableLedger(tables, name, date, author=author)
            rehearsal = Rehearsal(ledger) if dry_run else None
            if rehearsal and self._rehearsal:
                rehearsal.follow(self._rehearsal)
            self._rehearsal = rehearsal
            addition = Addition(rehearsal or ledger, on_same)
            if rehearsal:
                for batch in batches:
                    _take(addition, batch, superseded)
                return addition.counted()
            self._expect_many(tables)
            is_last = False
            for batch in batches:
                ledger.is_last = is_last = supersede or len(batch) < BATCH
                with self._transaction(tables):
                    _take(addition, batch, superseded)
                if acknowledge:
                    acknowledge(addition.counted().written)
                self._grow(index.LEAST if is_last else variants.RUN)
            if not is_last:
                with self._transaction(tables):
                    ledger.finish()
                self._grow(index.LEAST)
            return addition.counted()

    def remove(
        self,
        numbers: Sequence[int],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> list[int]:
        """Take units out; returns the numbers of those that were there."""
        from tm.store import editing

        with (
            self._writing() as tables,
            self._changing(tables, "remove", name, date, author, dry_run=dry_run) as ledger,
        ):
            units = rows.stored(tables, list(dict.fromkeys(numbers)))
            present = [unit.number for unit in units]
            if present and not dry_run:
                editing.remove(ledger, present)
        return present

    def edit(
        self,
        units: Mapping[int, Unit | None],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> dict[int, int]:
        """Put new units in the places of stored ones; returns the number that each has now."""
        from tm.store import editing

        with self._writing() as tables:
            with self._changing(tables, "edit", name, date, author, dry_run=dry_run) as ledger:
                present = rows.stored(tables, list(units))
                numbers = editing.edit(ledger, present, units, dry_run=dry_run)
            if not dry_run:
                self._grow(index.LEAST)
        return numbers

    @contextlib.contextmanager
    def _changing(
        self, tables: Tables, action: str, name: str, date: str, author: str, *, dry_run: bool
    ) -> Iterator[TableLedger]:
        """A ledger in a transaction; a dry run reads without waiting for its turn to write."""
        from tm.store.ledger import TableLedger

        ledger = TableLedger(tables, name, date, action, author=author, is_last=True)
        if dry_run:
            yield ledger
            return
        self._rehearsal = None
        with self._transaction(tables):
            yield ledger

    def undo(self, *, date: str = "", author: str = "", change: int = 0) -> Change | None:
        """Take back the last change that has not been taken back, if it is the one that is meant."""
        self._rehearsal = None
        with self._writing() as tables, self._transaction(tables):
            return history.undo(tables, date, author, change)

    @contextlib.contextmanager
    def changing_notes(self) -> Iterator[Notes]:
        """The notes, which come into the memory together when the block ends well."""
        with self._writing() as tables, self._transaction(tables):
            yield Notes(tables)

    def copy_into(self, target: TableStore, progress: Progress = unwatched) -> None:
        """Put all that this memory has, and its history, into an empty one of any kind.

        Args:
            target: the other memory.
            progress: takes the steps.

        Raises:
            OptionError: the target has something, or had.
            StoreError: this memory is damaged; then nothing is put anywhere.
        """
        from tm.store import copying

        with self._moment() as old, target._writing() as new:
            with target._transaction(new):
                if not copying.is_empty(new):
                    raise OptionError(
                        f"{target.name}: holds something already; a copy goes into a new memory, tm add into any"
                    )
                for _ in progress(copying.steps(old, new, self.name), copying.length(old)):
                    pass
            target._grow(index.LEAST)

    # --------------------------------------------------------------------------------------------- the engine's

    def _reading(self) -> contextlib.AbstractContextManager[Tables]:
        """A connection by which all is read that was there at one moment, or nearly."""
        raise NotImplementedError

    def _moment(self) -> contextlib.AbstractContextManager[Tables]:
        """A connection by which all is read that was there at one moment, in however many statements."""
        return self._reading()

    def _writing(self) -> contextlib.AbstractContextManager[Tables]:
        """A connection to write by, in transactions."""
        raise NotImplementedError

    def _transaction(self, tables: Tables) -> contextlib.AbstractContextManager[None]:
        """All or nothing, by one writer at a time."""
        raise NotImplementedError

    def _expect_many(self, tables: Tables) -> None:
        """Make ready for an addition."""

    def _damages_of_engine(self, tables: Tables) -> Iterator[Damage]:  # noqa: ARG002
        """What the engine itself says is hurt, if it looks."""
        yield from ()

    def _damages_of_index(self) -> Iterator[Damage]:
        """What is hurt of the index."""
        raise NotImplementedError

    def _grow(self, least: int) -> None:
        """Index the units that wait, if there are so many."""


def _take(addition: Addition, units: Sequence[Identified], superseded: str | None) -> None:
    """Add a batch; when a name is given, first take out the units it brought that are not among these."""
    if superseded is not None:
        addition.supersede(superseded, units)
    addition.take(units)
