"""New translations in files against memory and glossary, and against another translation (``tm score``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.scoring import compare, score, thresholds
from tm.store import open_store
from tm.store.meant import MeantUnits
from tm.store.where import parsed_where
from tm.work.glossary import read_glossary
from tm.work.inputs import line_files
from tm.work.jobs import read_job

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from tm.errors import TMError
    from tm.scoring import Comparison, Report


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
    demands: str = "",
    where: str = "",
    with_own: bool = False,
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
        demands: as in ``--fail-under``: "chrf=60,terms=0.9".
        where: conditions; only the memory's units of which they hold count (``tm.store.where``).
        with_own: count units, too, that were made of the job itself.

    Raises:
        OptionError: a demand of a figure that there is not.
        FormatError: no file can be read, or none has these languages.
        StoreError: the memory cannot be used.
    """
    wanted = thresholds.parse(demands) if demands else {}
    with open_store(memory) as whole:
        store = MeantUnits(whole, parsed_where(where)).store if where else whole
        job = read_job(paths, asked=asked, format=format, known=list(store.languages()))
        concepts = read_glossary(glossary, job.direction) if glossary else []
        report = score(
            job.pairs, store, concepts, job.direction, files=_names(paths, format), with_own=with_own
        )
        comparison = None
        if other:
            others = [paths[0], other] if line_files([*paths[:1], other], format) else [other]
            rival = read_job(others, asked=job.direction, format=format)
            second = score(
                rival.pairs, store, [], job.direction, files=_names(others, format), with_own=with_own
            )
            comparison = compare(report, second)
    return Scored(
        report=report,
        comparison=comparison,
        missed=tuple(thresholds.missed(report, wanted)),
        unmeasured=tuple(thresholds.unmeasured(report, wanted)),
        files=job.files,
        left_out=job.left_out,
    )


def _names(paths: Sequence[str], format_: str) -> Sequence[str]:
    """The names of the files that hold the translations.

    Of two texts that is the second one; the first may have been translated by many.
    """
    return paths[1:] if line_files(paths, format_) else paths
