"""The bad units of a memory or a file found, and taken out or repaired: what ``tm clean`` does.

1. ``clean_memory`` washes a memory (``tm.cleaning.washing``): what is found goes out or is repaired in one
   change, which ``tm undo`` takes back.
2. ``clean_file`` reads a file twice: to judge its units, and to write those that are left. Only the words of
   the units are held between, and with sentence vectors their texts.
3. ``write_scores`` writes the scores of all units as columns.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     texts = ("Le pain", "O pão"), ("LE PAIN", "O PÃO"), ("un café", "um cafÃ©")
...     pairs = [(Variant("fr", Segment(source)), Variant("pt", Segment(target))) for source, target in texts]
...     _ = store.add(map(Unit, pairs))
...     cleaning = clean_memory(store)
...     [(change.kind, change.number, change.repaired) for change in cleaning.changes]
...     [unit.variants[1].segment.text for unit in store.units()]
...     _ = store.undo()
...     len(store)
[('duplicate', 2, None), ('mojibake', 3, ('un café', 'um café'))]
['O pão', 'um café']
3
"""

from __future__ import annotations

import json
import logging
import math
import os
from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tm import files, formats
from tm.cleaning.washing import Washable, Washing
from tm.direction import UNDECIDED, Direction, decided_for_units
from tm.errors import OptionError
from tm.formats import states
from tm.formats.languages import checked
from tm.model import Annotation
from tm.progress import unwatched
from tm.store import records
from tm.store.where import admitted, parsed_where
from tm.vectors import opener, unknown_languages
from tm.work.alteration import Alteration, altered
from tm.work.losses import weighed_units
from tm.work.memories import direction_in
from tm.work.origins import PERSONS
from tm.work.sources import read_units, refuse_as_output, refuse_over_input
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from tm.cleaning.fault import Fault, Kind
    from tm.cleaning.translation import Scores
    from tm.model import Unit
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.store import Store
    from tm.vectors import Model

log = logging.getLogger(__name__)

_SPARED_STATES = ("reviewed", "final")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A unit that was taken out or repaired.

    Attributes:
        number: its number in the memory; of a file its line, or its place from 1 where units have no line of
            their own.
        kind: of its fault (``tm.cleaning.fault.KINDS``).
        reason: one line.
        source: its text as it was.
        target: its translation as it was.
        repaired: both texts as they are now; None when it was taken out.
    """

    number: int
    kind: Kind
    reason: str
    source: str
    target: str
    repaired: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What was done, or what a dry run would do.

    Attributes:
        direction: of the texts.
        changes: in the order of the units.
        judged: how many units were judged.
        spared: how many of these a person vouches for.
        passed_over: how many have not both texts, or are not meant.
        scores: of each unit that has any, by its number as in ``changes``.
        lost: of a file: what the format that is written does not hold, and how many units had it.
    """

    direction: Direction
    changes: tuple[Cleaned, ...]
    judged: int = 0
    spared: int = 0
    passed_over: int = 0
    scores: Mapping[int, Scores] = field(default_factory=dict, repr=False)
    lost: Mapping[str, int] = field(default_factory=dict)

    @property
    def removed(self) -> int:
        """How many units were taken out."""
        return sum(change.repaired is None for change in self.changes)


def clean_memory(
    store: Store,
    asked: Direction = UNDECIDED,
    *,
    only: Collection[str] = (),
    where: str = "",
    date: str = "",
    author: str = "",
    dry_run: bool = False,
    is_meant: Callable[[Cleaning], bool] | None = None,
    vectors: str = "",
    workers: str = "",
    progress: Progress = unwatched,
) -> Cleaning:
    """Take the bad units out of a memory, or repair them, in one change.

    Args:
        store: an open memory.
        asked: the languages; the memory's own when it has only two.
        only: kinds of faults; none = all.
        where: conditions (``tm.store.where``); units for which they do not hold are neither judged nor learnt
            from.
        date: when, for the history.
        author: who cleans, likewise.
        dry_run: leave the memory as it is.
        is_meant: is asked before a unit is touched, with what would be done; where it says no the memory stays as
            it is, and the result has no changes. None asks nobody.
        vectors: sentence vectors as further evidence of misaligned units, see ``tm.vectors.opened``; "" = none.
        workers: what looks at the units by themselves, see ``tm.work.workers``; "" = this process. The result
            is the same.
        progress: takes the units as they are read, then parts of them as their words are asked, and their number.

    Raises:
        OptionError: no such kind, or the memory has not the languages.
        MissingExtraError: what makes the vectors is not installed.
        FormatError: a file of vectors cannot be read.
    """
    direction, meant, counts = direction_in(store, asked), parsed_where(where), Counter[str]()
    washing = Washing(direction, only, _opener(vectors, direction))
    units = progress(store.all_stored(), len(store))
    stored_units = admitted(units, meant, counts) if meant else units
    with working(workers) as each:
        judged = _judge(washing, ((stored.number, stored.unit) for stored in stored_units), direction, each)
        faults = washing.faults(each, progress)
    found = {stored.number: stored.unit for stored in store.stored(list(faults))}
    new: dict[int, Unit | None] = {
        number: _repaired(unit, faults[number], direction, date) for number, unit in found.items()
    }
    kinds = Counter(fault.kind for fault in faults.values())
    name = "clean: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    passed_over = judged["passed over"] + counts["left out"]
    nothing = Cleaning(direction, (), judged["judged"], judged["spared"], passed_over, washing.scores)

    def carried_out(*, dry_run: bool) -> Cleaning:
        now = store.edit(new, name=name, date=date, author=author, dry_run=dry_run)
        changes = (
            _cleaned(number, found[number], faults[number], direction) for number in new if number in now
        )
        return replace(nothing, changes=tuple(changes))

    if not new or (is_meant and not dry_run and not is_meant(carried_out(dry_run=True))):
        return nothing
    return carried_out(dry_run=dry_run)


def clean_file(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str] | None,
    asked: Direction = UNDECIDED,
    *,
    only: Collection[str] = (),
    from_format: str = "",
    to_format: str = "",
    encoding: str = "",
    vectors: str = "",
    workers: str = "",
    with_scores: bool = False,
    progress: Progress = unwatched,
) -> Cleaning:
    """Write the units of a file that are good, or were repaired, into another file.

    Args:
        path: the file to read, twice; a memory is read like a file.
        out: the file to write; None = none, as in a dry run.
        asked: see ``clean_memory``.
        only: likewise.
        from_format: "" = by the extension.
        to_format: likewise.
        encoding: of the file; "" = found.
        vectors: see ``clean_memory``.
        workers: see ``clean_memory``.
        with_scores: the units that are written have their scores as properties, which are columns of a table.
        progress: see ``clean_memory``; of a file it takes its pieces as they are read.

    Raises:
        OptionError: the file is stdin, which cannot be read twice, or the one to write; or no such format or
            kind.
        MissingExtraError: what makes the vectors is not installed.
        FormatError: a file cannot be read or written.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pathlib.Path(folder, "pairs.tsv")
    ...     _ = table.write_text("fr\\tpt\\nun pain\\tum pão\\nun four\\tum TODO\\n")
    ...     cleaning = clean_file(table, table.with_name("clean.tsv"))
    ...     [(change.number, change.kind) for change in cleaning.changes]
    ...     table.with_name("clean.tsv").read_text()
    [(3, 'machine')]
    'fr\\tpt\\nun pain\\tum pão\\n'
    """
    if os.fspath(path) == "-":
        raise OptionError("stdin cannot be read twice; a file was expected")
    if out is not None:
        refuse_as_output(out, to_format, f"tm add {os.fspath(path)}")
        refuse_over_input(out, path)

    def units(progress: Progress = progress) -> formats.Units:
        return read_units(path, format=from_format, direction=asked, encoding=encoding, progress=progress)

    direction = decided_for_units(asked, units(unwatched))
    washing = Washing(direction, only, _opener(vectors, direction))
    read: Iterable[Unit] = (
        checked(units(), asked, path=os.fspath(path), untranslated=True) if asked != UNDECIDED else units()
    )
    lines = array("q", [0])
    with working(workers) as each:
        judged = _judge(washing, _counted(read, lines), direction, each)
        faults = washing.faults(each, progress)
    if any(line <= before for before, line in pairwise(lines)):
        lines = array("q", range(len(lines)))
    changes, lost = list[Cleaned](), Counter[str]()

    def cleaned(again: Iterable[Unit]) -> Iterator[Unit]:
        for number, unit in enumerate(again, 1):
            result: Unit | None = unit
            if number in faults:
                changes.append(_cleaned(number, unit, faults[number], direction, lines))
                result = _repaired(unit, faults[number], direction, "")
            if result:
                yield _scored(result, washing.scores.get(number)) if with_scores else result

    again = units()
    if out is None:
        for _ in cleaned(again):
            pass
    else:
        writer = formats.find_format(out, "write_units", to_format)
        weighed = weighed_units(cleaned(again), writer, lost)
        formats.write_units(out, weighed, format=to_format, direction=direction, header=again.header)
    return Cleaning(
        direction,
        tuple(changes),
        judged["judged"],
        judged["spared"],
        judged["passed over"],
        washing.scores.numbered(lines),
        lost,
    )


def _opener(name: str, direction: Direction) -> Callable[[], Model] | None:
    """What opens the model of sentence vectors; None without one, or when it does not know the languages."""
    if not name:
        return None
    unknown = unknown_languages(name, (direction.source, direction.target))
    for tag in unknown:
        log.warning("%s is none of the languages of the model %r; cleaned without its vectors", tag, name)
    return None if unknown else opener(name)


def write_scores(path: str | os.PathLike[str], cleaning: Cleaning) -> None:
    """Write the scores of all units as a table.

    The columns: the unit's number, the log odds of each of the three kinds of ``translation.BARS``, and the kind
    of fault, "" where it has none. A cell is empty where nothing can be said: of texts that are too short, and of
    a unit that went out before its words were asked.
    """
    kinds = {change.number: change.kind for change in cleaning.changes}
    with files.writing(path) as stream:
        stream.write(b"number\tmisaligned\ttruncated\ttoo-long\tfault\n")
        for number, scores in cleaning.scores.items():
            figures = "\t".join(map(_figure, (scores.misaligned, scores.truncated, scores.too_long)))
            stream.write(f"{number}\t{figures}\t{kinds.get(number, '')}\n".encode())


def _scored(unit: Unit, scores: Scores | None) -> Unit:
    """The unit with its scores as properties; of what nothing can be said it has none.

    >>> from tm.cleaning.translation import Scores
    >>> from tm.model import Unit
    >>> [(note.type, note.text) for note in _scored(Unit(()), Scores(-2.5, -math.inf, 0.1)).annotations]
    [('x-misaligned', '-2.500'), ('x-too-long', '0.100')]
    """
    if scores is None:
        return unit
    figures = {
        "x-misaligned": _figure(scores.misaligned),
        "x-truncated": _figure(scores.truncated),
        "x-too-long": _figure(scores.too_long),
    }
    rest = (note for note in unit.annotations if note.type not in figures)
    new = (Annotation("prop", figure, name) for name, figure in figures.items() if figure)
    return replace(unit, annotations=(*rest, *new))


def _figure(score: float) -> str:
    """A score as a cell.

    >>> _figure(-1.25), _figure(-math.inf)
    ('-1.250', '')
    """
    return f"{score:.3f}" if math.isfinite(score) else ""


def _judge(
    washing: Washing, units: Iterable[tuple[int, Unit]], direction: Direction, each: Each = map
) -> Counter[str]:
    """Give the units to the washing; how many were judged, spared, passed over."""
    counts = Counter[str]()

    def washables() -> Iterator[Washable]:
        for number, unit in units:
            pair = unit.pair(direction.source, direction.target)
            if pair is None or not pair.source.text.strip() or not pair.target.text.strip():
                counts["passed over"] += 1
                continue
            counts["judged"] += 1
            spared = is_vouched_for(unit)
            counts["spared"] += spared
            yield Washable(number, pair.source.text, pair.target.text, _context(unit), spared)

    washing.look(washables(), each)
    return counts


def is_vouched_for(unit: Unit) -> bool:
    """Whether a person has written or approved the translation, by its origin or its state.

    >>> from tm.model import Annotation, Unit
    >>> [is_vouched_for(Unit((), annotations=(Annotation("prop", word, "x-origin"),))) for word in ("edited", "aligned")]
    [True, False]
    """
    if not unit.annotations:
        return False
    return unit.property(records.ORIGIN) in PERSONS or states.state_of(unit) in _SPARED_STATES


def _context(unit: Unit) -> str:
    """What parts units that say the same: their context and their languages."""
    context, _ = records.context_and_origin(records.record_of(unit).extra)
    return json.dumps([context, [variant.language for variant in unit.variants]], default=str)


def _repaired(unit: Unit, fault: Fault, direction: Direction, date: str) -> Unit | None:
    """The unit as it should be, with its own origin: no person has looked at it."""
    if fault.repaired is None:
        return None
    source, target = fault.repaired
    origin = unit.property(records.ORIGIN)
    return altered(unit, Alteration(source, target, origin=origin), direction, date=date)[0]


def _cleaned(
    number: int, unit: Unit, fault: Fault, direction: Direction, lines: Sequence[int] = ()
) -> Cleaned:
    pair = unit.pair(direction.source, direction.target)
    texts = (pair.source.text, pair.target.text) if pair else ("", "")
    reason = fault.reason
    if fault.better is not None:
        reason += f" {lines[fault.better] if lines else fault.better}"
    return Cleaned(lines[number] if lines else number, fault.kind, reason, *texts, fault.repaired)


def _counted(units: Iterable[Unit], lines: array[int]) -> Iterator[tuple[int, Unit]]:
    """The units of a file, counted from 1; ``lines`` gets the line of each."""
    for number, unit in enumerate(units, 1):
        lines.append((unit.place.line if unit.place else 0) or number)
        yield number, unit
