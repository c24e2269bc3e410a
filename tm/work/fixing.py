"""Safe suggestions put into the files that the translations stand in (``tm check --fix``).

1. ``fix_files`` checks the files (``checking.py``), and takes what is reported and has a suggestion.
2. ``_changes`` applies the safe ones to each translation (``tm.checks.fixing``).
3. ``_rewritten`` changes the texts in place (``tm.formats.in_place``) and reads the new file: where it does not say
   what it should, and all else as before, the next place of the same text is tried, and then the change is left out
   and named.
4. The files are written, unless it is a rehearsal, and checked once more.
"""

from __future__ import annotations

import difflib
import os
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tm import files
from tm.checks.check import Job as Translations
from tm.checks.fixing import fixed_translation
from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, TMError
from tm.formats.demands import forms
from tm.formats.in_place import change_texts
from tm.formats.notation import Change
from tm.work.checking import check_files
from tm.work.inputs import line_files
from tm.work.jobs import read_job

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tm.model import Finding, Pair
    from tm.work.checking import Checked
    from tm.work.jobs import Job

_TRIES = 4
"""Places of one text that are tried, before its change is left out."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was fixed.

    Attributes:
        checked: what is found afterwards; in a rehearsal, what was found before.
        fixed: the findings that are gone.
        left: what has a safe suggestion and could not be written, each with the reason.
        differences: the lines of a unified diff of all files.
    """

    checked: Checked
    fixed: tuple[Finding, ...]
    left: tuple[tuple[Finding, str], ...]
    differences: tuple[str, ...]


@dataclass(slots=True)
class _Wanted:
    """A translation that is to be changed.

    Attributes:
        pair: the number of its pair in the job, from 0.
        form: of the plural, from 0.
        change: in its file.
        findings: those that this removes.
        tries: the places of its text that were tried.
    """

    pair: int
    form: int
    change: Change
    findings: tuple[Finding, ...]
    tries: int = 0


@dataclass(slots=True)
class _File:
    """A file with changes.

    Attributes:
        path: of it.
        wanted: what is to be changed.
        left: the findings whose change found no place.
    """

    path: str
    wanted: list[_Wanted] = field(default_factory=list)
    left: list[Finding] = field(default_factory=list)


def fix_files(
    paths: Sequence[str | os.PathLike[str]],
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    write: bool = True,
    **checking: Any,  # noqa: ANN401 - as check_files has them
) -> Fixed:
    """Fix what has a safe suggestion, and check the files again.

    Args:
        paths: see ``tm.work.checking.check_files``, and for the languages, the format and what else it takes.
        asked: the languages that are said.
        format: a format's name for all files.
        write: False = a rehearsal: nothing is written.
        checking: further arguments of ``check_files``.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "a.tsv")
    ...     _ = path.write_text("Ouvrez la porte.\\tAbra a  porta.\\n")
    ...     fixed = fix_files([path], asked=Direction("fr", "pt"))
    ...     [finding.check for finding in fixed.fixed], path.read_text()
    (['space'], 'Ouvrez la porte.\\tAbra a porta.\\n')
    """
    checked = check_files(paths, asked=asked, format=format, **checking)
    job = read_job(paths, asked=checked.direction, format=format)
    texts = [os.fspath(path) for path in paths]
    source = texts[0] if line_files(texts, format) else ""
    fixed: list[Finding] = []
    left: list[tuple[Finding, str]] = []
    differences: list[str] = []
    for file in _changes(job, checked.findings):
        old, new, fault = _fixed_file(file, job, format, source, write=write)
        if fault:
            left += [(finding, fault) for wish in file.wanted for finding in wish.findings]
            continue
        left += [(finding, "its place in the file was not found") for finding in file.left]
        fixed += [finding for wish in file.wanted for finding in wish.findings]
        differences += _difference(file.path, old, new)
    if write and fixed:
        checked = check_files(paths, asked=checked.direction, format=format, **checking)
    return Fixed(checked, tuple(fixed), tuple(left), tuple(differences))


def _changes(job: Job, findings: Sequence[Finding]) -> Iterator[_File]:
    """The files with the changes that safe suggestions ask for."""
    numbers = job.numbers_in_files()
    places = {
        (pair.document, number): at for at, (pair, number) in enumerate(zip(job.pairs, numbers, strict=True))
    }
    checks: dict[int, set[str]] = {}
    for finding in findings:
        if finding.suggestion is not None:
            checks.setdefault(places[finding.file, finding.segment], set()).add(finding.check)
    ends = _ends(job.pairs)
    by_path: dict[str, _File] = {}
    for at, names in sorted(checks.items()):
        pair = job.pairs[at]
        for translation in Translations.of([pair], job.direction).translations:
            done = fixed_translation(translation, names)
            if not done.findings:
                continue
            place = pair.unit.place if pair.unit else None
            change = Change(
                translation.target,
                done.text,
                pair.line,
                place.column if place and place.line == pair.line else 0,
                ends.get(at),
                _texts_before(pair, translation.form).count(translation.target),
            )
            placed = (replace(finding, file=pair.document, segment=numbers[at]) for finding in done.findings)
            file = by_path.setdefault(pair.document, _File(pair.document))
            file.wanted.append(_Wanted(at, translation.form, change, tuple(placed)))
    yield from by_path.values()


def _texts_before(pair: Pair, form: int) -> list[str]:
    """The texts of a unit that most formats write before this form of its translation."""
    sources, targets = _forms(pair)
    return [*sources, *targets[:form]]


def _forms(pair: Pair) -> tuple[list[str], list[str]]:
    """The plural forms of both sides; one of each where the message has no plural."""
    if pair.unit and len(pair.unit.variants) == 2 and len(sources := forms(pair.unit.variants[0])) > 1:
        return sources, forms(pair.unit.variants[1])
    return [pair.source.text], [pair.target.text]


def _ends(pairs: Sequence[Pair]) -> dict[int, tuple[int, int]]:
    """For each pair where the next unit of its file begins, if it begins in another place."""
    ends: dict[int, tuple[int, int]] = {}
    following: dict[str, tuple[int, int]] = {}
    beyond: dict[str, tuple[int, int]] = {}
    for at in range(len(pairs) - 1, -1, -1):
        pair = pairs[at]
        column = pair.unit.place.column if pair.unit and pair.unit.place else 0
        start = pair.line, column
        if following.get(pair.document) != start:
            if pair.document in following:
                beyond[pair.document] = following[pair.document]
            following[pair.document] = start
        if pair.document in beyond:
            ends[at] = beyond[pair.document]
    return ends


def _fixed_file(file: _File, job: Job, format_: str, source: str, *, write: bool) -> tuple[bytes, bytes, str]:
    """The bytes of a file before and after, and why its texts cannot be changed, "" if they can."""
    faults: list[str] = []

    def change(old: bytes) -> bytes:
        try:
            return _rewritten(old, file, job, format_, source)
        except TMError as error:
            faults.append(str(error))
            return old

    if write:
        old, new = files.rewrite(file.path, change)
    else:
        with files.reading(file.path) as stream:
            old = stream.read()
        new = change(old)
    return old, new, "".join(faults)


def _rewritten(old: bytes, file: _File, job: Job, format_: str, source: str) -> bytes:
    """The new bytes of a file. What found no place goes from its wanted changes to those left."""
    while file.wanted:
        changes = [replace(wish.change, passed=wish.change.passed + wish.tries) for wish in file.wanted]
        new, done = change_texts(old, file.path, changes, format_)
        failed = [wish for number, wish in enumerate(file.wanted) if number not in done]
        if not failed:
            wrong, others = _wrong(new, file, job, format_, source)
            if not wrong and not others:
                return new
            if not wrong:
                raise FormatError(
                    "cannot be changed in place without changing other units; mend it by hand", path=file.path
                )
            for wish in wrong:
                wish.tries += 1
            failed = [wish for wish in wrong if wish.tries >= _TRIES]
        file.left += [finding for wish in failed for finding in wish.findings]
        file.wanted = [wish for wish in file.wanted if wish not in failed]
    return old


def _wrong(new: bytes, file: _File, job: Job, format_: str, source: str) -> tuple[list[_Wanted], bool]:
    """The changes that the new file does not have, and whether it differs elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, Path(file.path).name)
        copy.write_bytes(new)
        try:
            again = read_job([source, copy] if source else [copy], asked=job.direction, format=format_).pairs
        except TMError:
            return file.wanted, True
    old = [(at, pair) for at, pair in enumerate(job.pairs) if pair.document == file.path]
    if len(again) != len(old):
        return file.wanted, True
    expected: dict[int, dict[int, str]] = {}
    for wish in file.wanted:
        expected.setdefault(wish.pair, {})[wish.form] = wish.change.new
    differing = {
        at
        for (at, pair), read in zip(old, again, strict=True)
        if _shape(read) != _shape(pair, expected.get(at, {}))
    }
    wrong = [wish for wish in file.wanted if wish.pair in differing]
    return wrong, len({wish.pair for wish in wrong}) < len(differing)


def _shape(pair: Pair, changes: Mapping[int, str] = MappingProxyType({})) -> tuple[object, ...]:
    """All that a reader says of a pair but for its place, with some forms of the translation changed."""
    sources, targets = _forms(pair)
    for form, text in changes.items():
        targets[form] = text
    codes = [
        [(code.kind, code.name, code.content) for code in side.codes] for side in (pair.source, pair.target)
    ]
    return sources, targets, codes, pair.unit.annotations if pair.unit else ()


def _difference(path: str, old: bytes, new: bytes) -> Iterator[str]:
    """The lines of a unified diff."""
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
    yield from difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="", n=0)
