"""Units on their way into a memory: which are new, which are there already, which take another's place.

1. ``identified`` makes a record and an ``Identity`` of each unit.
2. ``Addition.take`` asks the memory for units with the same sources and decides, unit by unit, in
   ``_outdone``. ``Addition.supersede`` first takes out what a file said before and does not say now.
3. What an addition asks and writes goes to a ``Ledger``; each back end has its own (SQLite's is
   ``ledger.py``). For a dry run it is a ``Rehearsal``, which writes nothing.

A memory that has "oui" as "sim" gets it again, gets "oui" as "pois" and gets "non":

>>> from tm.model import Segment, Unit, Variant
>>> def unit(source, target):
...     return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
>>> class Empty:
...     known = lambda self, sources: {}
...     last = lambda self: 0
>>> stored = Rehearsal(Empty())
>>> Addition(stored, "keep").take([*identified([unit("oui", "sim")], "")])
>>> ledger = Rehearsal(Empty())
>>> ledger.follow(stored)
>>> addition = Addition(ledger, "keep")
>>> addition.take([*identified([unit("oui", "sim"), unit("oui", "pois"), unit("non", "não")], "")])
>>> addition.counted()
Added(added=1, same=1, replaced=0, kept=1, superseded=0)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, get_args

from tm.choices import check_choice
from tm.store import records
from tm.store.identity import Identity, identify
from tm.store.protocol import Added, OnSame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.model import Unit

    Identified = tuple[Identity, records.Record]


def identified(units: Iterable[Unit], origin: str) -> Iterator[Identified]:
    """Units of this origin as the memory keeps them, one by one: a batch holds records and no units.

    Raises:
        ValueError: a unit has no variant; it says which unit.
    """
    for number, unit in enumerate(units, 1):
        if not unit.variants:
            raise ValueError(f"unit {number} has no text; a unit needs one variant at least")
        marked = records.with_origin(unit, origin)
        record = records.record_of(marked)
        yield identify(marked, record), record


class Known(NamedTuple):
    """A unit of the memory that has the same source as a new one.

    Attributes:
        number: the unit's.
        content: as in its ``Identity``.
        whole: likewise.
        finished: whether the addition that brought it was finished.
    """

    number: int
    content: int
    whole: int
    finished: bool


class Ledger(Protocol):
    """What an addition asks of a memory and writes into it, all within the store's transaction.

    The addition's change is written with its first unit, so that adding nothing writes nothing.
    """

    def known(self, sources: set[int]) -> Mapping[int, Sequence[Known]]:
        """The units of the memory with one of these sources, by source, in order of arrival."""

    def brought(self, name: str) -> list[tuple[int, int]]:
        """Number and content of the units in the memory that earlier additions of this name brought."""

    def last(self) -> int:
        """The number of the newest unit, 0 in a memory that never had one."""

    def insert(self, new: Mapping[int, Identified]) -> None:
        """Keep new units under their numbers."""

    def remove(self, number: int) -> None:
        """Take a unit out; it comes back when the change is undone."""

    def count(self, added: int, removed: int) -> None:
        """Write into the history how many units came and went so far, if any did."""


@dataclass
class Addition:
    """One call of ``add`` under way.

    Raises:
        OptionError: ``on_same`` is none of its choices.
    """

    ledger: Ledger
    on_same: OnSame
    added: int = 0
    same: int = 0
    replaced: int = 0
    kept: int = 0
    removed: int = 0
    superseded: int = 0

    def __post_init__(self) -> None:
        """Refuse what would silently mean "replace"."""
        check_choice("on_same", self.on_same, get_args(OnSame))

    def counted(self) -> Added:
        """What has become of the units so far."""
        return Added(self.added, self.same, self.replaced, self.kept, self.superseded)

    def take(self, units: Sequence[Identified]) -> None:
        """Add units inside the caller's transaction.

        All are asked for and written together: a question and a statement for each unit would take twice as
        long.
        """
        known = dict(self.ledger.known({identity.source for identity, _ in units}))
        last = self.ledger.last()
        new: dict[int, Identified] = {}
        gone: list[int] = []
        for identity, record in units:
            same_source = known.get(identity.source, [])
            rivals = self._outdone(identity, same_source)
            if rivals is None:
                continue
            number = last + len(new) + 1
            new[number] = identity, record
            gone += [rival.number for rival in rivals]
            now = Known(number, identity.content, identity.whole, finished=False)
            known[identity.source] = [*(row for row in same_source if row not in rivals), now]
        if new:
            self.ledger.insert(new)
        for number in gone:
            self._remove(number)
        self.ledger.count(self.added + self.replaced, self.removed)

    def supersede(self, name: str, units: Sequence[Identified]) -> None:
        """Take out the units that earlier additions of a name brought and that are not among these."""
        contents = {identity.content for identity, _ in units}
        for number, content in self.ledger.brought(name):
            if content not in contents:
                self._remove(number)
                self.superseded += 1

    def _remove(self, number: int) -> None:
        self.ledger.remove(number)
        self.removed += 1

    def _outdone(self, identity: Identity, known: Sequence[Known]) -> Sequence[Known] | None:
        """The units whose place a new one takes; None when it is left out. Also counts what becomes of it."""
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


@dataclass
class Rehearsal:
    """A ledger for dry runs: it keeps in memory what would be written (about 330 bytes a unit) and takes no
    lock.

    One rehearsal may follow another, as additions do.
    """

    ledger: Ledger
    gone: set[int] = field(default_factory=set)
    new: defaultdict[int, list[Known]] = field(default_factory=lambda: defaultdict(list))
    newest: int = 0

    def follow(self, earlier: Rehearsal) -> None:
        """Count on what an earlier rehearsal would have written."""
        self.gone, self.newest = earlier.gone, earlier.newest
        for source, rows in earlier.new.items():
            self.new[source] = [row._replace(finished=True) for row in rows]

    def known(self, sources: set[int]) -> dict[int, list[Known]]:
        """See ``Ledger``."""
        stored = self.ledger.known(sources)
        return {
            source: [
                row
                for row in (*stored.get(source, ()), *self.new.get(source, ()))
                if row.number not in self.gone
            ]
            for source in sources
        }

    def brought(self, name: str) -> list[tuple[int, int]]:
        """See ``Ledger``; units of rehearsals are not among them."""
        return self.ledger.brought(name)

    def last(self) -> int:
        """See ``Ledger``."""
        return max(self.newest, self.ledger.last())

    def insert(self, new: Mapping[int, Identified]) -> None:
        """See ``Ledger``."""
        self.newest = max(new)
        for number, (identity, _) in new.items():
            known = Known(number, identity.content, identity.whole, finished=False)
            self.new[identity.source].append(known)

    def remove(self, number: int) -> None:
        """See ``Ledger``."""
        self.gone.add(number)

    def count(self, added: int, removed: int) -> None:
        """See ``Ledger``: a rehearsal has no history."""
