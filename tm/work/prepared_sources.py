"""The files of an addition read on workers: one process writes, and has no more to do than that.

A worker reads a file and lets its units pass the sieve (``_prepare``). It leaves them as the memory keeps
them, which are plain tuples: to send units would cost more than to read them. ``prepared_on_workers`` has the
files come in their order, so that the memory is the same to the last number.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tm import shelves
from tm.errors import TMError
from tm.store.addition import identified
from tm.work.sources import is_memory
from tm.work.unit_sources import How, Sieve, of_file
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.errors import FormatError
    from tm.store.addition import Identified
    from tm.work.unit_sources import Source


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What became of a file on a worker.

    Attributes:
        counts: the fields of its sieve.
        problems: the faults that were gone past.
        error: behind the last unit; None when the file was read to its end.
    """

    counts: tuple[int, int, dict[str, int], dict[str, int]]
    problems: list[FormatError]
    error: TMError | None


@contextlib.contextmanager
def prepared_on_workers(
    sources: Sequence[Source], how: How, origin: str, workers: str, memory: str
) -> Iterator[Sequence[Source]]:
    """The sources of an addition; where they are many, workers read those that are files.

    Args:
        sources: of the addition.
        how: they are read.
        origin: that their units get; "" = as they say.
        workers: see ``tm.work.workers``; "" = all is read here.
        memory: its name: beside it stands what workers have read, until it is written.

    Raises:
        OptionError: no such workers.
    """
    jobs = {number: name for number, (name, _) in enumerate(sources) if _is_plain_file(name)}
    if not workers or len(jobs) < 2:
        yield sources
        return
    folder = os.path.dirname(os.path.abspath(memory)) if Path(memory).is_file() else os.getcwd()
    with tempfile.TemporaryDirectory(prefix=".work-", dir=folder) as above, working(workers) as each:
        places = {number: os.path.join(above, str(number)) for number in jobs}
        prepare = partial(_prepare, replace(how, problems=None), origin, how.problems is not None)
        results = iter(each(prepare, [(name, places[number]) for number, name in jobs.items()]))
        yield [
            (name, partial(_arriving, results, places[number], how) if number in jobs else read)
            for number, (name, read) in enumerate(sources)
        ]


def _is_plain_file(name: str) -> bool:
    """Whether a source is one file, of no memory."""
    return name != "-" and not is_memory(name) and os.path.isfile(name)


def _prepare(how: How, origin: str, goes_past_faults: bool, job: tuple[str, str]) -> _Prepared:  # noqa: FBT001
    """Read one file, and leave its units where the job says, as a memory keeps them."""
    path, place = job
    problems: list[FormatError] = []
    sieve = Sieve(how.direction, path)
    errors: list[TMError] = []

    def units() -> Iterator[Identified]:
        """Those that pass the sieve, up to a fault."""
        try:
            read = of_file(path, replace(how, problems=problems if goes_past_faults else None))
            yield from identified(sieve.passing(read), origin)
        except TMError as error:
            errors.append(error)

    shelves.put_stream(place, units())
    counts = sieve.read, sieve.other_languages, dict(sieve.unfinished), dict(sieve.languages)
    return _Prepared(counts, problems, errors[0] if errors else None)


def _arriving(results: Iterator[_Prepared], place: str, how: How, sieve: Sieve) -> Iterator[Identified]:
    """The units of a file that a worker has read; its faults and counts as if it were read here.

    They are taken at once: also a file whose units nobody asks for has its turn.
    """
    prepared = next(results)
    if how.problems is not None:
        how.problems.extend(prepared.problems)
    sieve.read, sieve.other_languages, unfinished, languages = prepared.counts
    sieve.unfinished.update(unfinished)
    sieve.languages.update(languages)
    return _units(place, prepared.error)


def _units(place: str, error: TMError | None) -> Iterator[Identified]:
    yield from shelves.stream(place)
    Path(place).unlink()
    if error:
        raise error
