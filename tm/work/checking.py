"""What is wrong with the translations of files: the checks over a job (``tm check``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.checks import checks, run_checks
from tm.checks.baseline import allowances, read_baseline
from tm.checks.suppression import sorted_out
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError, nearest
from tm.formats.states import is_examined, unfinished
from tm.progress import unwatched
from tm.work.glossary import read_glossary
from tm.work.jobs import read_job

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from tm.checks.suppression import Rule
    from tm.errors import TMError
    from tm.formats.states import Unfinished
    from tm.model import Finding
    from tm.progress import Progress


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and found.

    Attributes:
        direction: from which language into which.
        segments: how many translations were looked at.
        unfinished: those that were not: they wait for a translator, or are drafts.
        findings: by file and place; ``segment`` counts in the file.
        suppressed: findings that rules or the baseline ignore, each with the reason.
        unused: rules that could have ignored something here, and did not.
        outdated: how many findings of the baseline are no longer there.
        checks: the names of the checks that were run.
        files: how many there were.
        left_out: the errors of files that could not be read.
    """

    direction: Direction
    segments: int
    unfinished: Unfinished
    findings: tuple[Finding, ...]
    checks: tuple[str, ...]
    suppressed: tuple[tuple[Finding, str], ...] = ()
    unused: tuple[Rule, ...] = ()
    outdated: int = 0
    files: int = 1
    left_out: tuple[TMError, ...] = ()


def check_files(
    paths: Sequence[str | os.PathLike[str]],
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    glossary: str | os.PathLike[str] = "",
    only: Iterable[str] = (),
    inserted: int = 0,
    syntaxes: Iterable[str] = (),
    ignored: Sequence[Rule] = (),
    baseline: str | os.PathLike[str] = "",
    progress: Progress = unwatched,
) -> Checked:
    """Check the translations of files, see ``tm.checks.run_checks``.

    Args:
        paths: see ``tm.work.jobs.read_job``; the languages likewise.
        asked: the languages that are said.
        format: a format's name for all files.
        glossary: a file; without one the check "term" is silent.
        only: names of checks; none = all.
        inserted: how many adjectives may stand inside a term that the term has not.
        syntaxes: names of the syntaxes that the texts are in, beside what the files say.
        ignored: which findings are not reported, see ``tm.checks.suppression``.
        baseline: a file with findings that are not reported, see ``tm.checks.baseline``.
        progress: takes the pieces of the files as they are read, then parts of the translations as they are checked.

    Raises:
        OptionError: no check, or no syntax, has that name.
        FormatError: no file can be read, or none has these languages; the glossary has not.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("En 2018.", "Em 2008.", sep="\\t", file=file, flush=True)
    ...     checked = check_files([file.name], asked=Direction("fr", "pt"))
    >>> [(finding.line, finding.check) for finding in checked.findings]
    [(1, 'number')]
    """
    job = read_job(paths, asked=asked, format=format, progress=progress)
    concepts = read_glossary(glossary, job.direction) if glossary else []
    names = list(only)
    numbers = job.numbers_in_files()
    findings = run_checks(
        job.pairs,
        job.direction,
        concepts=concepts,
        only=names,
        inserted=inserted,
        syntaxes=syntaxes,
        progress=progress,
    )
    findings = [replace(finding, segment=numbers[finding.segment - 1]) for finding in findings]
    run = tuple(names or sorted(checks()))
    documents = {pair.document for pair in job.pairs}
    rules = [
        rule
        for rule in _known(ignored)
        if (not rule.check or rule.check in run) and any(map(rule.is_about, documents))
    ]
    expected = allowances(read_baseline(baseline), run, documents) if baseline else {}
    outcome = sorted_out(findings, rules, expected)
    return Checked(
        direction=job.direction,
        segments=sum(map(is_examined, job.pairs)),
        unfinished=unfinished(job.pairs),
        findings=outcome.reported,
        suppressed=outcome.suppressed,
        unused=outcome.unused,
        outdated=outcome.outdated,
        checks=run,
        files=job.files,
        left_out=job.left_out,
    )


def _known(rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules, if each names a check that there is.

    Raises:
        OptionError: one does not; names the nearest.
    """
    named = [rule.check for rule in rules if rule.check]
    known = checks() if named else {}
    for name in named:
        if name not in known:
            raise OptionError(f"no check is called {name!r}{nearest(name, known)}")
    return rules
