"""Units on their way into a memory: which are new, which are there already, which take another's place.

1. ``identified`` makes a record and an ``Identity`` of each unit.
2. ``Addition.take`` asks the memory for units with the same sources. ``_Batch`` decides, unit by unit: the
   same unit is brought up to date (``merging.py``), another translation meets ``on_same``.
   ``Addition.supersede`` first takes out what a file said before and does not say now.
3. What an addition asks and writes goes to a ``Ledger``; each back end has its own (SQLite's is
   ``ledger.py``). For a dry run it is a ``Rehearsal`` (``rehearsal.py``), which writes nothing.

Two units have the same source when their texts and languages are the same and their contexts do not contradict
each other; a unit without context goes with any. Languages are the same when their regions do not contradict
each other; but where the memory holds two regions of a language, a unit without region takes no other unit's
place. Among the units of one addition only equal contexts and regions are the same, since a file that says
something twice means to.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Protocol, get_args

from tm.choices import check_choice
from tm.store import records
from tm.store.identity import Identity, differing_tags, identify, tags_by_language
from tm.store.merging import merged, rank
from tm.store.protocol import Added, OnSame
from tm.store.records import restored
from tm.store.rivals import Known, Rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.model import Unit

    Identified = tuple[Identity, records.Record]
    Arriving = Unit | Identified

FATES = ("added", "same", "replaced", "kept", "confirmed", "updated", "barred")
"""What becomes of a new unit, as ``Added`` counts it."""


def identified(units: Iterable[Arriving], origin: str) -> Iterator[Identified]:
    """Units of this origin as the memory keeps them, one by one: a batch holds records and no units.

    What was identified before, maybe in another process, stays as it is.

    Raises:
        ValueError: a unit has no variant; it says which unit.
    """
    for number, unit in enumerate(units, 1):
        if isinstance(unit, tuple):
            yield unit
            continue
        if not unit.variants:
            raise ValueError(f"unit {number} has no text; a unit needs one variant at least")
        marked = records.with_origin(unit, origin)
        record = records.record_of(marked)
        yield identify(marked, record), record


class Ledger(Protocol):
    """What an addition asks of a memory and writes into it, all within the store's transaction.

    The addition's change is written with its first unit, so that adding nothing writes nothing.
    """

    def known(self, sources: set[int], *, with_tags: bool) -> Mapping[int, Sequence[Known]]:
        """The units with one of these sources, by source, in order of arrival: those in the memory, and those
        that a person removed.

        Args:
            sources: as in their ``Identity``.
            with_tags: whether ``Known.tags`` is wanted.
        """

    def tags(self) -> Mapping[str, int]:
        """How many variants the memory has with each language tag; none that it has not."""

    def record(self, number: int) -> records.Record:
        """A unit of the memory. Its texts may be left out."""

    def earlier(self, source: int, content: int) -> Sequence[records.Record]:
        """The units of this source and content that went out again and were not undone, likewise."""

    def brought(self, name: str) -> Sequence[Known]:
        """The units in the memory that earlier additions of this name brought."""

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
    fates: Counter[str] = field(default_factory=Counter)
    inserted: int = 0
    removed: int = 0
    superseded: int = 0
    gone: int = 0
    apart: set[str] = field(default_factory=set)
    met: bytearray | None = None
    """Of each unit that was in the memory before whether this addition has it too."""
    continued: set[int] = field(default_factory=set)
    """The numbers under which units that were in the memory before are brought up to date."""

    def __post_init__(self) -> None:
        """Refuse what would silently mean "replace"."""
        check_choice("on_same", self.on_same, get_args(OnSame))

    def counted(self) -> Added:
        """What has become of the units so far."""
        fates = {fate: self.fates[fate] for fate in FATES}
        return Added(**fates, superseded=self.superseded, gone=self.gone, apart=tuple(sorted(self.apart)))

    def take(self, units: Sequence[Identified]) -> None:
        """Add units inside the caller's transaction.

        All are asked for and written together: a question and a statement for each unit would take twice as
        long.
        """
        batch = _Batch(self, units)
        for identity, record in units:
            batch.take(identity, record)
        if batch.new:
            self.ledger.insert(batch.new)
        for number in batch.gone:
            self._remove(number)
        self.inserted += len(batch.new)
        self.ledger.count(self.inserted, self.removed)

    def supersede(self, name: str, units: Sequence[Identified]) -> None:
        """Take out the units that earlier additions of a name brought and that are not among these."""
        contents: dict[int, set[records.Context]] = {}
        for identity, record in units:
            context, _ = records.context_and_origin(record.extra)
            contents.setdefault(identity.content, set()).add(context)
        for known in self.ledger.brought(name):
            if known.context not in contents.get(known.content, ()):
                self._remove(known.number)
                self.superseded += 1

    def _remove(self, number: int) -> None:
        self.ledger.remove(number)
        self.removed += 1

    def begin(self, last: int) -> None:
        """Note the last unit of the memory, before the first batch."""
        if self.met is None:
            self.met = bytearray(last + 1)

    def has_met(self, known: Known) -> bool:
        """Whether this addition brought a unit, or has it too."""
        assert self.met is not None
        return known.number >= len(self.met) or bool(self.met[known.number])

    def meet(self, known: Known) -> None:
        """Note that this addition has a unit of the memory too."""
        assert self.met is not None
        if known.number < len(self.met):
            self.met[known.number] = True


class _Batch:
    """Some units of an addition, decided on one after the other and then written together.

    Attributes:
        new: the units that come in, by their numbers.
        gone: the numbers of those that go out.
        first: the sources that came with one unit until now, each with its number.
        rivals: the units of other sources that came.
    """

    def __init__(self, addition: Addition, units: Sequence[Identified]) -> None:
        self.addition, self.ledger = addition, addition.ledger
        new_tags = {tag for _, record in units for tag, _, _ in record.variants}
        tags = tags_by_language(self.ledger.tags().keys() | new_tags)
        self.parted = frozenset(name for name, of_language in tags.items() if len(of_language - {name}) > 1)
        self.has_regions = any(len(of_language) > 1 for of_language in tags.values())
        known = self.ledger.known({identity.source for identity, _ in units}, with_tags=self.has_regions)
        for known_unit in chain.from_iterable(known.values()) if addition.continued else ():
            known_unit.finished = known_unit.finished or known_unit.number in addition.continued
        self.known = known
        self.rivals: dict[int, Rivals] = {}
        self.first: dict[int, int] = {}
        self.replaces = addition.on_same == "replace"
        self.contents = {identity.content for identity, _ in units} if self.replaces else set()
        self.last = self.ledger.last()
        self.new: dict[int, Identified] = {}
        self.gone: list[int] = []
        self.fates: dict[int, str] = {}
        addition.begin(self.last)

    def take(self, identity: Identity, record: records.Record) -> None:
        """Decide what becomes of one unit, and count it."""
        source = identity.source
        known = () if source in self.rivals or source in self.first else self.known.get(source, ())
        if len(known) == 1 and self._is_there(known[0], identity):
            fate = "same"
        elif (rivals := self._rivals(source, known)) is None:
            fate = "added"
            self.first[source] = self._insert(identity, record)
        elif identity.whole in self.fates:
            fate = self.fates[identity.whole]
        else:
            fate = self._fate(identity, record, rivals)
            self.fates[identity.whole] = fate if fate in ("kept", "barred") else "same"
        self.addition.fates[fate] += 1

    def _is_there(self, known: Known, identity: Identity) -> bool:
        """Whether a unit is the only one with its source and the same in all: as nearly all units of a file
        that is added again."""
        if self.replaces or known.removed or known.whole != identity.whole:
            return False
        self.addition.meet(known)
        return True

    def _rivals(self, source: int, known: Sequence[Known]) -> Rivals | None:
        """The units with this source, gathered when they are needed first; None when there are none."""
        if number := self.first.pop(source, 0):
            known = [self._known(number, *self.new[number])]
        if known:
            self.rivals[source] = Rivals(known)
        return self.rivals.get(source)

    def _fate(self, identity: Identity, record: records.Record, rivals: Rivals) -> str:
        new = self._known(0, identity, record)
        same = rivals.same(new)
        if not same and new.origin == "aligned" and rivals.was_removed(new):
            return "barred"
        translations = self._translations(new, rivals)
        outdone = translations if self.replaces else []
        if same:
            fate = self._bring_up_to_date(new, record, same, rivals)
        else:
            if translations and self.addition.on_same == "keep":
                return "kept"
            fate = "added"
            rivals.add(self._known(self._insert(identity, record), identity, record))
        self._take_out(outdone, rivals)
        self.addition.gone += len(outdone)
        return "replaced" if outdone else fate

    def _translations(self, new: Known, rivals: Rivals) -> list[Known]:
        """Other translations that count against a new one: those to be replaced are not in the file too."""
        translations, apart = rivals.others(new, self.parted)
        for known in apart:
            self.addition.apart |= differing_tags(known.tags, new.tags, self.parted)
        if not self.replaces:
            return translations
        return [
            known
            for known in translations
            if known.content not in self.contents and not self.addition.has_met(known)
        ]

    def _bring_up_to_date(
        self, new: Known, record: records.Record, same: Sequence[Known], rivals: Rivals
    ) -> str:
        """Merge a unit into those of the memory that are the same; what that was for them.

        Of several units of a file that are the same, the first counts, and one of a better origin.
        """
        fates = set[str]()
        for known in same:
            is_better = rank(new.origin) < rank(known.origin)
            counts = is_better or not self.addition.has_met(known)
            self.addition.meet(known)
            if counts and known.whole != new.whole and self._merge(known, record, rivals):
                fates.add("confirmed" if is_better else "updated")
        return next((fate for fate in ("confirmed", "updated") if fate in fates), "same")

    def _merge(self, known: Known, record: records.Record, rivals: Rivals) -> bool:
        """Put what is new in a unit into one of the memory; whether anything is."""
        stored, new = (restored(each) for each in (self._record(known.number), record))
        source = identify(new, record).source
        unit = merged(stored, new, lambda: map(restored, self.ledger.earlier(source, known.content)))
        if unit is None:
            return False
        whole = records.record_of(unit)
        identity = identify(unit, whole)._replace(source=source, content=known.content)
        self._take_out([known], rivals)
        brought_up = self._known(self._insert(identity, whole), identity, whole)
        if known.finished:
            brought_up.finished = True
            self.addition.continued.add(brought_up.number)
        rivals.add(brought_up)
        return True

    def _record(self, number: int) -> records.Record:
        return self.new[number][1] if number in self.new else self.ledger.record(number)

    def _take_out(self, gone: Sequence[Known], rivals: Rivals) -> None:
        self.gone += [known.number for known in gone]
        rivals.discard(gone)

    def _insert(self, identity: Identity, record: records.Record) -> int:
        number = self.last + len(self.new) + 1
        self.new[number] = identity, record
        return number

    def _known(self, number: int, identity: Identity, record: records.Record) -> Known:
        tags = tuple([variant[0] for variant in record.variants]) if self.has_regions else ()
        return Known(number, identity.content, identity.whole, finished=False, extra=record.extra, tags=tags)
