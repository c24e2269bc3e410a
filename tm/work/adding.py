"""Files into a memory: what ``tm add`` does.

1. ``add_files`` takes files, folders, two documents, or catalogues to be joined over a pivot language.
2. ``unit_sources`` says what is added one by one, and which of its units; ``prepared_sources`` has workers read
   the files of many.
3. ``_add`` is the only writer.

One bad file of many is left out. What is in the memory already is not added again, so a run may be repeated.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm.choices import check_choice
from tm.direction import UNDECIDED, Direction, parsed
from tm.model import State
from tm.progress import unwatched
from tm.store import Added, open_store
from tm.store.addresses import exists, take_back
from tm.store.protocol import OnSame
from tm.work.inputs import Rejects
from tm.work.jobs import unit_inputs
from tm.work.omegat import is_saved
from tm.work.origins import check_origin
from tm.work.pivot import ALONE, catalogues, is_keyed, joined
from tm.work.prepared_sources import prepared_on_workers
from tm.work.sources import refuse_itself
from tm.work.unit_sources import How, Sieve, sifted, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.errors import FormatError, TMError
    from tm.progress import Progress
    from tm.store.protocol import Store
    from tm.work.unit_sources import Source

_Memory: TypeAlias = "str | os.PathLike[str] | Store"


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of the units of an addition.

    Attributes:
        added: what the memory did with those that came to it.
        read: how many units there were.
        unfinished: units left out for their state, by state ("untranslated", "draft", …).
        other_languages: units left out for their languages, by the reason ("not fr → pt").
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

    how: How
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
    workers: str = "",
    progress: Progress = unwatched,
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
        workers: what reads many files, see ``tm.work.workers``; "" = this process, which writes in any case.
        progress: takes the files as their units are added, or the pieces of a single one; and their number.

    Raises:
        OptionError: a wrong choice, a document that is alone, or the memory itself among the files.
        FormatError: the only file cannot be read, or holds nothing in the direction asked for.
        StoreError: the memory cannot be used.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
    ...     _ = Path(folder, "a.tsv").write_text("fr\\tpt\\noui\\tsim\\nnon\\t\\n")
    ...     addition = add_files(store, folder)
    >>> addition.added.added, addition.read, addition.unfinished
    (1, 2, {'untranslated': 1})
    """
    _check(origin, on_same)
    how = How(direction, format, encoding, problems)
    plan = _Plan(how, origin, on_same, dry_run, date, author, name, acknowledge)
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
        is_one = len(inputs.paths) == 1
        each_source = sources(inputs.paths, replace(how, progress=progress) if is_one else how)
        with prepared_on_workers(each_source, how, origin, workers, store.name) as prepared:
            watched = prepared if is_one else progress(prepared, len(prepared))
            return _add(store, watched, len(prepared), plan, inputs.passed_over)


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


# ------------------------------------------------------------------------------------------- into the memory


def _add_joined(store: Store, paths: Sequence[str | os.PathLike[str]], pivot: str, plan: _Plan) -> Addition:
    """Add what catalogues, or strings of software, have in common; those that cannot be read are left out."""
    files = catalogues(paths, plan.how.format) if pivot else [os.fspath(path) for path in paths]
    rejects, left_out = Rejects(len(files)), Counter[str]()
    units = joined(
        files,
        pivot,
        format=plan.how.format,
        direction=plan.how.direction,
        encoding=plan.how.encoding,
        problems=plan.how.problems,
        rejects=rejects,
        left_out=left_out,
    )
    name = " + ".join(os.fspath(path) for path in paths)
    addition = _add(store, [sifted(name, lambda: units)], 1, plan)
    states_left_out = Counter({state: count for state, count in left_out.items() if state != ALONE})
    return replace(
        addition,
        unfinished=dict(Counter(addition.unfinished) + states_left_out),
        other_languages={**addition.other_languages, **({ALONE: left_out[ALONE]} if left_out[ALONE] else {})},
        rejected=tuple(rejects.errors),
        count=rejects.count,
    )


def _add(
    store: Store, each_source: Iterable[Source], count: int, plan: _Plan, passed_over: tuple[str, ...] = ()
) -> Addition:
    """Add what each of so many sources holds; those that cannot be read are left out, unless it is all of them."""
    rejects, sieves, total = Rejects(count), list[Sieve](), Added()
    for name, read in each_source:
        sieve = Sieve(plan.how.direction, name)
        with rejects.catch():
            sieves.append(sieve)
            total += store.add(
                read(sieve),
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
        {_not_in(plan.how.direction): in_others} if in_others else {},
        tuple(rejects.errors),
        rejects.count,
        passed_over,
    )


def _after(acknowledge: Callable[[int], None] | None, before: int) -> Callable[[int], None] | None:
    """What tells how many units of the whole addition are on disk."""
    if acknowledge is None:
        return None
    return lambda on_disk: acknowledge(before + on_disk) if on_disk else None


def _not_in(asked: Direction) -> str:
    return f"not {asked}" if asked.is_known else f"not in {asked.source or asked.target}"
