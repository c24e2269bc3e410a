"""Which units of a memory were made of the very job that is scored: they would agree with themselves.

A unit comes from a change of the memory (``tm log``) and, of what that change brought, from a document. The
units of one change and document stay or go together:

1. ``provenances`` finds the memory's units with the job's sources and groups them (``_gathered``).
2. ``_sized`` counts what else the same change and document brought: units of one change have neighbouring
   numbers.
3. ``_is_named``: the group bears the name of one of the job's files, and half of the shorter side's sources
   are those of the other.
4. ``_is_complete``: nine units of ten say what the job says, source and translation, and the memory has nine
   segments of ten of a file of the job, if not from this group, then from others. A job that was added leaves
   no segment behind; another job that only shares translations does.
5. Without a name of the job they are kept, and it is said, where the rest of the memory knows next to nothing
   of the job: then they may as well be the reference that the job agrees with.

>>> from tm.model import Pair, Segment, Unit, Variant
>>> from tm.direction import Direction
>>> from tm.store import open_store
>>> job = [Pair(Segment(text), Segment(text.upper()), document="night.tsv") for text in ("pont", "lune")]
>>> def units(change):
...     return [Unit((Variant("fr", pair.source), Variant("pt", Segment(change(pair.target.text))))) for pair in job]
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add(units(str.title), name="old.tmx")
...     _ = store.add(units(str), name="copy.tmx", on_same="both")
...     [print(each) for each in provenances(job, store, Direction("fr", "pt"), {"night.tsv"})]
change 2 (copy.tmx): 2 units
[None]
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tm.language import nfc
from tm.store import Texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Pair, Segment
    from tm.store import Store, Stored

NEARLY_ALL = 0.9
"""Of a group's units, and of a file's segments; a job is corrected in places after it was added."""
MOSTLY = 0.5
"""Of the sources, where a name says that it is the job's file: all that was translated anew is no proof."""
LEAST = 2
"""Units that say what the job says: a single one may always be chance."""
_MOST = 1000
"""Units of one source that are looked at."""
_BATCH = 5000
_QUERIES = 10_000
"""Sources whose units are looked for together: the index of their words takes 2 kB each."""
_MARGIN = 20
_SPREAD = 20
"""How much wider than its units a group's numbers may reach: beyond that it is a large file's, and no
job's."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Units of the memory that are the job's own, or may be.

    Attributes:
        change: the number of the change that brought them (``tm log``).
        file: what that change added.
        document: the document they stood in, "" when that is not known.
        units: how many units of that change and document there are.
        segments: how many segments of the job have their source and their translation.
        left_out: whether the score was taken without them; else it is for a person to decide.
    """

    change: int
    file: str
    document: str
    units: int
    segments: int
    left_out: bool = True

    def __str__(self) -> str:
        """One line of a report."""
        document = f", {self.document}" if self.document and self.document != self.file else ""
        units = f"{self.units} unit{'s' * (self.units != 1)}"
        return f"change {self.change} ({self.file}{document}): {units}"


class OtherUnits:
    """What is left of a memory without some provenances, for ``tm.store.meant.MeantUnits``.

    >>> from tm.model import Unit
    >>> from tm.store import Stored
    >>> others = OtherUnits([Provenance(2, "job.tsv", "", 1, 1)])
    >>> [others.admits(Stored(1, Unit(()), change, "job.tsv", "")) for change in (1, 2)]
    [True, False]
    """

    def __init__(self, provenances: Iterable[Provenance]) -> None:
        """All units but those that the provenances leave out."""
        self._gone = {(each.change, each.document) for each in provenances if each.left_out}

    def admits(self, stored: Stored) -> bool:
        """Whether the unit is none of those."""
        return (stored.change, stored.document) not in self._gone


class _Key(NamedTuple):
    """What units of one group share."""

    change: int
    document: str
    file: str


@dataclass(slots=True)
class _Group:
    """The units of one change and document that have sources of the job.

    Attributes:
        numbers: of the units.
        units: how many units of this change and document there are, with other sources too.
        same_source: the indexes of the job's segments with a source of theirs.
        equal: of those with the same translation too.
        equal_units: the numbers of the units that are equal.
    """

    numbers: set[int] = field(default_factory=set)
    units: int = 0
    same_source: set[int] = field(default_factory=set)
    equal: set[int] = field(default_factory=set)
    equal_units: set[int] = field(default_factory=set)


def provenances(
    job: Sequence[Pair], store: Store, direction: Direction, names: Collection[str] = ()
) -> list[Provenance]:
    """What brought units into the memory that are the job's own, in order of changes.

    Args:
        job: the pairs, finished ones only.
        store: the memory.
        direction: from which language into which.
        names: of the job's files, without folders.
    """
    groups = _gathered(job, store, direction)
    for key, group in groups.items():
        _sized(key, group, store, direction)
    files: dict[str, set[int]] = defaultdict(set)
    for index, pair in enumerate(job):
        files[pair.document].add(index)
    named = {key for key, group in groups.items() if _is_named(key, group, len(job), names)}
    candidates = {key for key in groups.keys() - named if _says_the_same(groups[key])}
    known = _known_by(groups.values())
    complete = {key for key in candidates if _is_complete(groups[key], files.values(), known)}
    rest = groups.keys() - named - complete
    if len(_known_by(groups[key] for key in rest)) <= (1 - NEARLY_ALL) * len(job):
        complete = set()
    doubtful = [key for key in candidates - complete if len(groups[key].equal) >= MOSTLY * len(job)]
    return [
        Provenance(
            key.change, key.file, key.document, groups[key].units, len(groups[key].equal), key not in doubtful
        )
        for key in sorted([*named, *complete, *doubtful])
    ]


def file_name(path: str) -> str:
    """The last part of a path of any system.

    >>> file_name("jobs/new.tsv"), file_name("jobs\\\\new.tsv")
    ('new.tsv', 'new.tsv')
    """
    return path.replace("\\", "/").rpartition("/")[2]


# ------------------------------------------------------------------------------------------------- groups


def _gathered(job: Sequence[Pair], store: Store, direction: Direction) -> dict[_Key, _Group]:
    """The units with a source of the job, by what brought them."""
    first_with: dict[str, int] = {}
    indexes: dict[str, list[int]] = defaultdict(list)
    for index, pair in enumerate(job):
        source = _plain(pair.source.text)
        first_with.setdefault(source, index)
        indexes[source].append(index)
    targets = [_plain(pair.target.text) for pair in job]
    groups: dict[_Key, _Group] = {}
    sources = [job[index].source for index in first_with.values()]
    for stored in _stored(store, _numbers_of(sources, store, direction.source)):
        known = stored.unit.pair(direction.source, direction.target)
        same = indexes.get(_plain(known.source.text), ()) if known else ()
        if known and same:
            group = groups.setdefault(_Key(stored.change, stored.document, stored.file), _Group())
            group.numbers.add(stored.number)
            group.same_source.update(same)
            target = _plain(known.target.text)
            equal = [index for index in same if targets[index] == target]
            group.equal.update(equal)
            group.equal_units.update([stored.number] if equal else [])
    return groups


def _numbers_of(sources: Sequence[Segment], store: Store, language: str) -> list[int]:
    """The numbers of the units with one of these sources, of each source the first ones."""
    numbers: dict[int, None] = {}
    for first in range(0, len(sources), _QUERIES):
        hits = store.similar(Texts(sources[first : first + _QUERIES], language), language, 1.0)
        numbers |= dict.fromkeys(number for of_one in hits for _, number in of_one[:_MOST])
    return list(numbers)


def _stored(store: Store, numbers: Sequence[int]) -> Iterator[Stored]:
    for first in range(0, len(numbers), _BATCH):
        yield from store.stored(numbers[first : first + _BATCH])


def _plain(text: str) -> str:
    """The text as all formats keep it."""
    return " ".join(nfc(text).split())


def _known_by(groups: Iterable[_Group]) -> set[int]:
    """The segments whose source some of the groups have."""
    return {index for group in groups for index in group.same_source}


def _sized(key: _Key, group: _Group, store: Store, direction: Direction) -> None:
    """Count the units of the group's change and document around those that are known.

    What reaches farther has other units on both sides, and so is no job's: it keeps its count of 0.
    """
    low, high = min(group.numbers), max(group.numbers)
    if high - low > _SPREAD * len(group.numbers) + 1000:
        return
    margin = max(_MARGIN, len(group.numbers) // 4)
    around = range(max(1, low - margin), high + margin + 1)
    group.units = sum(
        (stored.change, stored.document) == (key.change, key.document)
        and stored.unit.pair(direction.source, direction.target) is not None
        for stored in _stored(store, list(around))
    )


def _is_named(key: _Key, group: _Group, segments: int, names: Collection[str]) -> bool:
    """Whether the group bears the name of a file of the job, and has its sources."""
    written = {file_name(part) for part in (*key.file.split(" = "), key.document) if part}
    alike = len(group.same_source) / segments, len(group.numbers) / (group.units or len(group.numbers))
    return not written.isdisjoint(names) and max(alike) >= MOSTLY


def _says_the_same(group: _Group) -> bool:
    """Whether nearly all units of the group are segments of the job, with their translations."""
    return len(group.equal_units) >= max(LEAST, NEARLY_ALL * group.units) and group.units > 0


def _is_complete(group: _Group, files: Iterable[set[int]], known: set[int]) -> bool:
    """Whether the memory has nearly all segments of a file of which the group has some."""
    return any(
        len(of_file & known) >= NEARLY_ALL * len(of_file) for of_file in files if group.equal & of_file
    )
