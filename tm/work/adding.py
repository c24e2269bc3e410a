"""Files into a memory: what ``tm add`` does.

1. ``add_files`` takes files, folders, two documents, or catalogues to be joined over a pivot language.
2. ``_sources`` says what is added one by one: each file, two texts as one alignment, or joined catalogues.
3. ``_Sieve`` lets finished translations in the direction asked for pass, and counts the rest.

One bad file of many is left out. What is in the memory already is not added again, so a run may be repeated.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm.choices import check_choice
from tm.direction import UNDECIDED, Direction, not_there, parsed
from tm.errors import FormatError, OptionError, TMError
from tm.files import read_lines
from tm.formats import language_of_extension, look_up, states
from tm.formats.parts import parts, segments
from tm.model import Annotation, Segment, State, Unit, Variant
from tm.store import Added, open_store, records
from tm.store.addresses import exists, take_back
from tm.store.merging import rank
from tm.store.protocol import OnSame
from tm.work.aligning import align_documents
from tm.work.inputs import Rejects
from tm.work.jobs import unit_inputs
from tm.work.omegat import forms_of, is_saved, is_written_by_omegat, returned
from tm.work.origins import check_origin
from tm.work.pivot import catalogues, is_keyed, joined
from tm.work.sources import read_units, refuse_itself

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.store.protocol import Store

log = logging.getLogger(__name__)

_Memory: TypeAlias = "str | os.PathLike[str] | Store"


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of the units of an addition.

    Attributes:
        added: what the memory did with those that came to it.
        read: how many units there were.
        unfinished: units left out for their state, by state ("untranslated", "draft", …).
        other_languages: units left out for their languages, by what they are not ("not fr → pt").
        rejected: files left out, each with its error.
        count: how many files there were.
        passed_over: files of folders that hold no units.
    """

    added: Added = field(default_factory=Added)
    read: int = 0
    unfinished: dict[str, int] = field(default_factory=dict)
    other_languages: dict[str, int] = field(default_factory=dict)
    rejected: tuple[TMError, ...] = ()
    count: int = 1
    passed_over: tuple[str, ...] = ()

    @property
    def left_out(self) -> dict[str, int]:
        """Counts of units left out, by the reason: ``{"untranslated": 3, "draft": 2, "not fr → pt": 1}``."""
        order = [state for state in get_args(State) if state in self.unfinished]
        return {**{state: self.unfinished[state] for state in order}, **self.other_languages}


@dataclass(frozen=True, slots=True)
class _Plan:
    """How everything of one addition is read and kept."""

    direction: Direction
    format: str
    encoding: str
    problems: list[FormatError] | None
    origin: str
    on_same: OnSame | None
    dry_run: bool
    date: str
    author: str
    name: str
    acknowledge: Callable[[int], None] | None


def add_files(
    memory: _Memory,
    paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    direction: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
    pivot: str = "",
    origin: str = "",
    on_same: OnSame | None = None,
    dry_run: bool = False,
    date: str = "",
    author: str = "",
    name: str = "",
    problems: list[FormatError] | None = None,
    acknowledge: Callable[[int], None] | None = None,
) -> Addition:
    """Add the finished translations of files, and of other memories, to a memory.

    Args:
        memory: an open memory, or its address; it is made when there is none, and not left behind empty.
        paths: files and memories, folders of files, or two documents, a text and its translation.
        direction: only units in these languages; also those of documents and tables that do not say theirs.
        format: a format's name; "" = by the extension.
        encoding: overrides what the files look like; "" = found.
        pivot: join catalogues of two languages over this one, which both translate.
        origin: how the units were made, whatever they say themselves; see ``tm.work.origins``. "" = as they say.
        on_same: what becomes of a source that the memory translates otherwise: "keep" leaves the new unit
            out, "replace" puts it in the place of the old ones, "both" keeps all. None replaces what comes back
            from an OmegaT project, where a person has corrected it, and keeps the rest.
        dry_run: count only.
        date: when, for the history.
        author: who adds them, likewise.
        name: of what is added, likewise; "" = the paths.
        problems: a list for the faults of files, past which reading goes on; None = a fault ends its file.
        acknowledge: called with the number of units that are on disk, after each batch.

    Raises:
        OptionError: a wrong choice, a document that is alone, or the memory itself among the files.
        FormatError: the only file cannot be read, or holds nothing in the direction asked for.
        StoreError: the memory cannot be used.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
    ...     _ = Path(folder, "a.tsv").write_text("fr\\tpt\\noui\\tsim\\nnon\\t\\n")
    ...     addition = add_files(store, folder)
    >>> addition.added.added, addition.read, addition.unfinished
    (1, 2, {'untranslated': 1})
    """
    _check(origin, on_same)
    plan = _Plan(
        direction, format, encoding, problems, origin, on_same, dry_run, date, author, name, acknowledge
    )
    named = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    with _opened(memory) as store:
        if pivot:
            return _add_joined(store, named, parsed(pivot).source, plan)
        inputs = unit_inputs(named, format, direction, list(store.languages()))
        for path in inputs.paths:
            refuse_itself(store, path)
        strings = [path for path in inputs.paths if is_keyed(path, format)]
        if len(strings) == len(inputs.paths) > 1:
            return _add_joined(store, strings, "", plan)
        return _add(store, _sources(inputs.paths, plan), plan, inputs.passed_over)


def _check(origin: str, on_same: str | None) -> None:
    """Refuse what cannot be chosen."""
    if on_same is not None:
        check_choice("on_same", on_same, get_args(OnSame))
    check_origin(origin)


@contextlib.contextmanager
def _opened(memory: _Memory) -> Iterator[Store]:
    """The memory, made when there is none; one that was made for nothing is not left behind."""
    if not isinstance(memory, (str, os.PathLike)):
        yield memory
        return
    is_new = not exists(memory)
    store = open_store(memory, create=True)
    try:
        yield store
    finally:
        is_for_nothing = is_new and not len(store)
        store.close()
        if is_for_nothing:
            take_back(memory)


# ------------------------------------------------------------------------------------------- what is added

_Source: TypeAlias = "tuple[str, Callable[[], Iterable[Unit]]]"
"""A name for the history, and what reads the units."""


def _sources(paths: Sequence[str], plan: _Plan) -> list[_Source]:
    """Each file; two documents are one."""
    if len(paths) == 2 and all(_is_document(path, plan.format) for path in paths):
        source, target = paths
        return [(f"{source} = {target}", lambda: _of_documents(source, target, plan))]
    strings = [path for path in paths if is_keyed(path, plan.format)]
    if len(strings) > 1:
        by_key = partial(joined, strings, "", format=plan.format, direction=plan.direction)
        rest = [path for path in paths if path not in strings]
        return [*_sources(rest, plan), (" + ".join(strings), by_key)]
    return [(path, partial(_of_file, path, plan)) for path in paths]


def _is_document(path: str, format_: str) -> bool:
    return not look_up(path, "read_units", format_) and look_up(path, "read_document", format_) is not None


def _of_file(path: str, plan: _Plan) -> Iterable[Unit]:
    """The units of a file; the parts of a unit that are translated one by one are units themselves."""
    if _is_document(path, plan.format):
        what = "a document; two of them were expected, a text and its translation"
        raise OptionError(f"{path}: {what}: tm add SOURCE TARGET")
    if is_saved(path) and not Path(path).exists():
        raise FormatError("not there yet; OmegaT makes it when a project is translated and saved", path=path)
    units = read_units(
        path,
        format=plan.format,
        direction=plan.direction,
        encoding=plan.encoding,
        problems=plan.problems,
    )
    form = look_up(path, "read_units", plan.format)
    if is_written_by_omegat(units.header):
        forms = forms_of(path) if is_saved(path) else None
        return (returned(unit, forms) for unit in units)
    if not (form and form.bilingual):
        return units
    return (part for unit in units for whole in segments(unit) for part in _finished_first(parts(whole)))


def _finished_first(of_segment: list[Unit]) -> list[Unit]:
    """The finished parts of a segment, or, that it counts once, its first part."""
    return [part for part in of_segment if states.is_finished(part)] or of_segment[:1]


def _of_documents(source: str, target: str, plan: _Plan) -> Iterator[Unit]:
    """The pairs of two texts: lines, where extensions are languages and counts agree, else sentences."""
    tags = [language_of_extension(path) for path in (source, target)]
    if all(tags) and not plan.format:
        columns = [read_lines(path) for path in (source, target)]
        if len(columns[0]) == len(columns[1]):
            languages = plan.direction.source or tags[0], plan.direction.target or tags[1]
            return _of_lines(columns, languages, source)
    aligned = align_documents(
        source, target, direction=plan.direction, format=plan.format, encoding=plan.encoding
    )
    return aligned.units()


def _of_lines(columns: list[list[str]], languages: tuple[str, str], name: str) -> Iterator[Unit]:
    """A unit for each line that has a source; without a translation it waits for one."""
    for number, texts in enumerate(zip(*columns, strict=True), 1):
        if texts[0].strip():
            variants = (Variant(tag, Segment(text)) for tag, text in zip(languages, texts, strict=True))
            place = (Annotation("prop", name, "x-document"), Annotation("prop", str(number), "x-line"))
            yield Unit(tuple(variants), annotations=place)


def _add_joined(store: Store, paths: Sequence[str | os.PathLike[str]], pivot: str, plan: _Plan) -> Addition:
    """Add what catalogues, or strings of software, have in common; those that cannot be read are left out."""
    files = catalogues(paths, plan.format) if pivot else [os.fspath(path) for path in paths]
    rejects = Rejects(len(files))
    units = joined(
        files,
        pivot,
        format=plan.format,
        direction=plan.direction,
        encoding=plan.encoding,
        problems=plan.problems,
        rejects=rejects,
    )
    name = " + ".join(os.fspath(path) for path in paths)
    addition = _add(store, [(name, lambda: units)], plan)
    return replace(addition, rejected=tuple(rejects.errors), count=rejects.count)


# ------------------------------------------------------------------------------------------- into the memory


def _add(
    store: Store, sources: Sequence[_Source], plan: _Plan, passed_over: tuple[str, ...] = ()
) -> Addition:
    """Add what each source holds; the sources that cannot be read are left out, unless it is all of them."""
    rejects, sieves, total = Rejects(len(sources)), list[_Sieve](), Added()
    for name, read in sources:
        sieve = _Sieve(plan.direction, name)
        with rejects.catch():
            sieves.append(sieve)
            total += store.add(
                sieve.passing(read()),
                origin=plan.origin,
                on_same=plan.on_same or ("replace" if is_saved(name) else "keep"),
                dry_run=plan.dry_run,
                name=plan.name or name,
                date=plan.date,
                author=plan.author,
                acknowledge=_after(plan.acknowledge, total.written),
            )
    unfinished = sum((sieve.unfinished for sieve in sieves), Counter[str]())
    in_others = sum(sieve.other_languages for sieve in sieves)
    return Addition(
        total,
        sum(sieve.read for sieve in sieves),
        dict(unfinished),
        {_not_in(plan.direction): in_others} if in_others else {},
        tuple(rejects.errors),
        rejects.count,
        passed_over,
    )


def _confirmed(unit: Unit) -> Unit:
    """A reviewed or final unit, which is a person's whoever made it first.

    >>> from tm.model import Annotation, Unit
    >>> [_confirmed(Unit((), (), (Annotation("prop", origin, "x-origin"),))).property("x-origin")
    ...     for origin in ("aligned", "by hand")]
    ['imported', 'by hand']
    """
    return records.with_origin(unit, "imported") if rank(unit.property(records.ORIGIN)) else unit


def _after(acknowledge: Callable[[int], None] | None, before: int) -> Callable[[int], None] | None:
    """What tells how many units of the whole addition are on disk."""
    if acknowledge is None:
        return None
    return lambda on_disk: acknowledge(before + on_disk) if on_disk else None


def _not_in(asked: Direction) -> str:
    return f"not {asked}" if asked.is_known else f"not in {asked.source or asked.target}"


class _Sieve:
    """Lets pass what a memory should have of one source, and counts all units."""

    def __init__(self, direction: Direction, name: str) -> None:
        self.direction, self.name = direction, name
        self.read = self.other_languages = 0
        self.unfinished = Counter[str]()
        self.languages = Counter[str]()

    def passing(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The finished units in the direction asked for.

        Raises:
            FormatError: behind the last one, when all finished units are in other languages.
        """
        fitting: dict[tuple[str, ...], bool] = {}
        passed = 0
        for unit in units:
            self.read += 1
            state = states.state_of(unit)
            if state not in states.FINISHED:
                self.unfinished[state] += 1
                continue
            tags = tuple([variant.language for variant in unit.variants])
            if tags not in fitting:
                fitting[tags] = self._fits(unit)
            if fitting[tags]:
                passed += 1
                yield _confirmed(unit) if state != "translated" else unit
            else:
                self.other_languages += 1
                self.languages.update(dict.fromkeys(tags, 1))
        if self.other_languages and not passed:
            tags = tuple(tag for tag, _ in self.languages.most_common())
            raise not_there(self.direction, self.other_languages, tags, path=self.name)

    def _fits(self, unit: Unit) -> bool:
        source, target = self.direction.source, self.direction.target
        if source and target:
            return unit.pair(source, target) is not None
        return not (source or target) or unit.variant(source or target) is not None
