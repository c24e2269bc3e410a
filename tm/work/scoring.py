"""New translations in files against memory and glossary, and against another translation (``tm score``)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.language import nfc
from tm.progress import unwatched
from tm.scoring import compare, score, thresholds
from tm.store import open_store
from tm.store.addresses import exists
from tm.store.meant import MeantUnits
from tm.store.where import parsed_where
from tm.work.glossary import read_glossary
from tm.work.inputs import line_files
from tm.work.jobs import read_job

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from tm.errors import TMError
    from tm.model import Pair
    from tm.progress import Progress
    from tm.scoring import Comparison, Report
    from tm.store import Store
    from tm.work.jobs import Job


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of a job.

    Attributes:
        report: the figures.
        comparison: with the other translation, None without one.
        missed: a line for each demand that is not met.
        unmeasured: demands that there was nothing to take from.
        files: how many there were.
        left_out: the errors of files that could not be read.
    """

    report: Report
    comparison: Comparison | None
    missed: tuple[str, ...]
    unmeasured: tuple[str, ...]
    files: int = 1
    left_out: tuple[TMError, ...] = ()


def score_files(
    paths: Sequence[str],
    memory: str | os.PathLike[str],
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    glossary: str | os.PathLike[str] = "",
    other: str = "",
    references: Sequence[str] = (),
    demands: str = "",
    where: str = "",
    with_own: bool = False,
    progress: Progress = unwatched,
) -> Scored:
    """Score the translations of files, see ``tm.scoring.score``.

    Args:
        paths: see ``tm.work.jobs.read_job``; the languages likewise.
        memory: what they are scored against.
        asked: the languages that are said.
        format: a format's name for all files.
        glossary: a file; without one terms are not scored.
        other: another translation of the same sources, tested against this one. Where the job is two texts
            with a segment a line, the text of the other translation.
        references: files of reference translations of the same sources, which then the headline stands on. A
            segment has that of each file; where the files are no translations line by line, by its source.
        demands: as in ``--fail-under``: "chrf=60,terms=0.9".
        where: conditions; only the memory's units of which they hold count (``tm.store.where``).
        with_own: count units, too, that were made of the job itself.
        progress: takes the pieces of the files as they are read; then see ``tm.scoring.score``.

    Raises:
        OptionError: a demand of a figure that there is not.
        FormatError: no file can be read, or none has these languages.
        StoreError: the memory cannot be used.
    """
    wanted = thresholds.parse(demands) if demands else {}
    with _memory(memory, references) as whole:
        store = MeantUnits(whole, parsed_where(where)).store if where else whole
        job = read_job(paths, asked=asked, format=format, known=list(store.languages()), progress=progress)
        concepts = read_glossary(glossary, job.direction) if glossary else []
        texts = _references(references, paths, job, format) if references else None

        def scored(pairs: Sequence[Pair], files: Sequence[str]) -> Report:
            return score(
                pairs,
                store,
                concepts,
                job.direction,
                files=_names(files, format),
                with_own=with_own,
                references=texts,
                reference_files=references,
                progress=progress,
            )

        report = scored(job.pairs, paths)
        comparison = None
        if other:
            rival, files = _of_the_same_sources(other, paths, job, format)
            comparison = compare(report, scored(rival.pairs, files))
    return Scored(
        report=report,
        comparison=comparison,
        missed=tuple(thresholds.missed(report, wanted)),
        unmeasured=tuple(thresholds.unmeasured(report, wanted)),
        files=job.files,
        left_out=job.left_out,
    )


@contextmanager
def _memory(address: str | os.PathLike[str], references: Sequence[str]) -> Iterator[Store]:
    """The memory; where there is none and references are given, an empty one."""
    is_missing = references and not exists(address)
    with open_store(":memory:", create=True) if is_missing else open_store(address) as store:
        yield store


def _of_the_same_sources(path: str, paths: Sequence[str], job: Job, format_: str) -> tuple[Job, list[str]]:
    """Another translation of a job, and its files: beside the sources of two texts the text of the other one."""
    files = [paths[0], path] if line_files(paths, format_) and line_files([paths[0], path]) else [path]
    return read_job(files, asked=job.direction, format=format_), files


def _references(files: Sequence[str], paths: Sequence[str], job: Job, format_: str) -> list[tuple[str, ...]]:
    """The references of each pair of the job: of each file the text in its place, else those of its source."""
    references: list[list[str]] = [[] for _ in job.pairs]
    for path in files:
        pairs = _of_the_same_sources(path, paths, job, format_)[0].pairs
        by_source: dict[str, list[str]] = {}
        for pair in pairs:
            by_source.setdefault(_plain(pair), []).append(pair.target.text)
        in_place = list(map(_plain, pairs)) == list(map(_plain, job.pairs))
        for index, pair in enumerate(job.pairs):
            texts = [pairs[index].target.text] if in_place else by_source.get(_plain(pair), [])
            references[index] += filter(str.strip, texts)
    return list(map(tuple, references))


def _plain(pair: Pair) -> str:
    return " ".join(nfc(pair.source.text).split())


def _names(paths: Sequence[str], format_: str) -> Sequence[str]:
    """The names of the files that hold the translations.

    Of two texts that is the second one; the first may have been translated by many.
    """
    return paths[1:] if line_files(paths, format_) else paths
