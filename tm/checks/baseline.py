"""A baseline: the findings that a project had on a day, in a table that can be read, reviewed and cut by
hand.

A row is a finding (``suppression.fingerprint``), and how often it was there. The other columns are for the
reader, and ``check`` and ``file`` also say whether a run could have met it.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import files
from tm.checks.suppression import fingerprint
from tm.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tm.model import Finding

_COLUMNS = ("finding", "times", "check", "file", "unit", "message", "source", "target")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a baseline.

    Attributes:
        finding: its fingerprint.
        times: how often it was there.
        check: the check's name.
        file: where it was.
    """

    finding: str
    times: int
    check: str
    file: str


def write_baseline(path: str | os.PathLike[str], findings: Iterable[Finding]) -> int:
    """Write the findings of a run as a baseline, whole or not at all; the number of findings.

    Args:
        path: where to; "-" is stdout.
        findings: by file and place; the same ones give the same bytes.
    """
    rows: dict[tuple[str, str], Finding] = {}
    times: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = finding.file, fingerprint(finding)
        rows.setdefault(key, finding)
        times[key] += 1
    with files.writing(path) as stream:
        stream.write(("\t".join(_COLUMNS) + "\n").encode())
        for key in sorted(rows):
            finding = rows[key]
            about = finding.check, finding.file, finding.id, finding.message, finding.source, finding.target
            cells = key[1], str(times[key]), *(" ".join(text.split()) for text in about)
            stream.write(("\t".join(cells) + "\n").encode("utf-8", "replace"))
    return times.total()


def read_baseline(path: str | os.PathLike[str]) -> list[Entry]:
    """The rows of a baseline; columns that are not asked for may be missing.

    Raises:
        FormatError: it is no baseline.

    >>> import tempfile
    >>> from tm.model import Finding
    >>> with tempfile.NamedTemporaryFile(suffix=".tsv") as file:
    ...     _ = write_baseline(file.name, [Finding("number", "error", "50 became 5", "a.po", 8)] * 2)
    ...     [(entry.times, entry.check) for entry in read_baseline(file.name)]
    [(2, 'number')]
    """
    head, *lines = files.read_lines(path) or [""]
    names = head.split("\t")
    if "finding" not in names:
        raise FormatError(
            "no baseline: its first row has no 'finding'; one is written with --write-baseline", path=path
        )
    entries = []
    for number, line in enumerate(lines, 2):
        cells = dict(zip(names, line.split("\t"), strict=False))
        times = cells.get("times") or "1"
        if line.strip() and not times.isdecimal():
            raise FormatError(f"times is {times!r}; a number was expected", path=path, line=number)
        if cells["finding"]:
            entries.append(Entry(cells["finding"], int(times), cells.get("check", ""), cells.get("file", "")))
    return entries


def allowances(entries: Iterable[Entry], checks: Collection[str], paths: Collection[str]) -> dict[str, int]:
    """How often a run of these checks over these files may have each finding of a baseline.

    A file that moved keeps its findings: what was in a file that is not of this run counts as well, if that
    file is no longer there.

    >>> rows = [Entry("aa", 1, "number", "a.po"), Entry("aa", 1, "number", "b.po"), Entry("bb", 1, "french", "a.po")]
    >>> allowances(rows, ["number"], ["a.po", "b.po"])
    {'aa': 2}
    """
    counts: Counter[str] = Counter()
    for entry in entries:
        if entry.check and entry.check not in checks:
            continue
        if not entry.file or entry.file in paths or not os.path.exists(entry.file):
            counts[entry.finding] += entry.times
    return dict(counts)
