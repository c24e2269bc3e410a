"""``tm clean``: the bad units of a memory or a file found, and taken out or repaired."""

from __future__ import annotations

import functools
import sys
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tm.cli import edit_lines, options, phrases, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _, _n
from tm.cli.values import File, Names, fault_kinds

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.work.cleaning import Cleaned, Cleaning

HEADER = "number", "kind", "done", "reason", "source", "target", "new source", "new target"


def _kinds(_: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for value in values for name in value.replace(",", " ").split())


@click.command("clean")
@click.argument("path", required=False, metavar="[FILE]", type=File())
@options.memory
@click.option(
    "-o", "--output", "out", type=File(), metavar="OUT", help="With FILE: where its good units are written."
)
@click.option(
    "--only",
    type=Names(fault_kinds),
    metavar="KINDS",
    multiple=True,
    callback=_kinds,
    help="Only these kinds of faults, e.g. mojibake,duplicate.",
)
@options.where
@options.direction
@options.author("Who cleans a memory.")
@options.from_format
@options.to_format
@options.encoding
@click.option("--dry-run", is_flag=True, help="Show what would be done; change and write nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing on a terminal.")
@click.option("--scores", type=File(), metavar="FILE", help="Write the scores of all units as columns (TSV).")
@click.option(
    "--score-columns",
    "with_scores",
    is_flag=True,
    help="With FILE: the units that are written have their scores as columns, or properties.",
)
@options.vectors
@options.workers
@options.as_json
@options.quiet
def command(
    path: str | None,
    memory_path: str,
    out: str | None,
    only: tuple[str, ...],
    where: str,
    asked: Direction,
    author: str,
    vectors: str,
    workers: str,
    dry_run: bool,
    yes: bool,
    scores: str | None,
    with_scores: bool,
    as_json: bool,
    quiet: bool,
    **reading: Any,  # noqa: ANN401 - what clean_file takes under the same names
) -> int:
    """Take the bad units out of a memory, or repair them.

    \b
    tm clean -m news.tm --dry-run
    tm clean -m news.tm --only mojibake,duplicate
    tm clean in.tmx -o out.tmx

    Looks for mojibake, machine, markup, untranslated, wrong-language, number, duplicate, truncated, too-long
    and misaligned. Each unit that goes or is repaired is a line: number, kind, what is done, why, both texts,
    and both as they are then. What a person has edited or approved stays as it is. On a terminal tm asks
    before a memory is changed, unless --yes is said; tm undo takes all of it back. Sentence vectors find more
    of what is misaligned (tm needs the extra [vectors]), a thousand units in seven seconds. With FILE its good
    units are written into another file; the numbers are its lines then.
    """
    from tm.work.cleaning import write_scores
    from tm.work.sources import refuse_over_input

    for file in (path or memory_path, out):
        if scores and file:
            refuse_over_input(scores, file)
    if path is None:
        if out or with_scores:
            raise click.UsageError(_("-o is for the units of a FILE; a memory is changed in its place"))
        if options.is_said("from_format", "to_format", "encoding"):
            raise click.UsageError(_("--from, --to and --encoding are for a FILE"))
        question = (
            None if yes or dry_run or not sys.stdin.isatty() else _Question(memory_path, as_json=as_json)
        )
        how = {"author": author, "vectors": vectors, "workers": workers}
        cleaning = _of_memory(memory_path, asked, only, where, question, dry_run=dry_run, quiet=quiet, **how)
    else:
        question = None
        bar = functools.partial(terminal.progress, quiet=quiet)
        reading |= {"vectors": vectors, "workers": workers, "with_scores": with_scores, "progress": bar}
        cleaning = _of_file(path, out, asked, only, where, dry_run=dry_run, **reading)
    if scores:
        write_scores(scores, cleaning)
    if as_json:
        terminal.json_object(_fields(cleaning, path or memory_path, dry_run=dry_run))
    elif not (question and question.has_shown):
        _show(cleaning, dry_run=dry_run)
    if question and question.is_denied:
        return edit_lines.nothing()
    if not quiet:
        _report(cleaning, path or memory_path, dry_run=dry_run)
    return 0


class _Question:
    """What is asked on a terminal before a memory is changed.

    Attributes:
        has_shown: whether what would be done was shown, on a terminal that also has the answers.
        is_denied: whether somebody said no.
    """

    def __init__(self, memory: str, *, as_json: bool) -> None:
        self._memory = memory
        self._shows = sys.stdout.isatty() and not as_json
        self.has_shown = self.is_denied = False

    def __call__(self, cleaning: Cleaning) -> bool:
        """Show what would be done, and ask whether it is meant."""
        if self._shows:
            _show(cleaning, dry_run=True)
            self.has_shown = True
        done = _done(cleaning, dry_run=True)
        self.is_denied = not terminal.is_answered(
            _("{memory}: {done}; do it?", memory=self._memory, done=done)
        )
        return not self.is_denied


def _show(cleaning: Cleaning, *, dry_run: bool) -> None:
    """A line for each unit that goes or is repaired."""
    verbs = ("would remove", "would repair") if dry_run else ("removed", "repaired")
    if cleaning.changes:
        terminal.data("\t".join(HEADER))
    for change in cleaning.changes:
        terminal.data(_line(change, verbs[change.repaired is not None]))


def _of_memory(
    memory: str,
    asked: Direction,
    only: tuple[str, ...],
    where: str,
    question: _Question | None,
    *,
    dry_run: bool,
    quiet: bool,
    **how: str,
) -> Cleaning:
    from tm.store import open_store
    from tm.work.cleaning import clean_memory

    with open_store(memory) as store:
        return clean_memory(
            store,
            asked,
            only=only,
            where=where,
            date=now(),
            dry_run=dry_run,
            is_meant=question,
            **how,
            progress=functools.partial(terminal.progress, quiet=quiet),
        )


def _of_file(
    path: str,
    out: str | None,
    asked: Direction,
    only: tuple[str, ...],
    where: str,
    *,
    dry_run: bool,
    **reading: Any,  # noqa: ANN401 - what clean_file takes under the same names
) -> Cleaning:
    from tm.work.cleaning import clean_file

    if where:
        raise click.UsageError(_("--where is for the units of a memory"))
    if not out and not dry_run:
        raise click.UsageError(_("where to? -o FILE was expected, or --dry-run"))
    return clean_file(path, None if dry_run else out, asked, only=only, **reading)


def _line(change: Cleaned, verb: str) -> str:
    cells = (change.number, change.kind, verb, change.reason, change.source, change.target)
    return "\t".join(map(_cell, (*cells, *(change.repaired or ()))))


def _cell(value: object) -> str:
    r"""A value as a cell of a table: a tab and a line break as they are written in programs.

    >>> _cell("a\tb")
    'a\\tb'
    """
    return str(value).replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def _done(cleaning: Cleaning, *, dry_run: bool) -> str:
    removed, repaired = cleaning.removed, len(cleaning.changes) - cleaning.removed
    if dry_run:
        return _(
            "{removed} would be removed, {repaired} would be repaired", removed=removed, repaired=repaired
        )
    return _("{removed} removed, {repaired} repaired", removed=removed, repaired=repaired)


def _report(cleaning: Cleaning, name: str, *, dry_run: bool) -> None:
    judged = _n("{count} unit judged", "{count} units judged", cleaning.judged)
    terminal.note(f"{name}: {judged}, {_done(cleaning, dry_run=dry_run)}")
    for kind, count in Counter(change.kind for change in cleaning.changes).most_common():
        terminal.note(f"  {kind}: {count}")
    if cleaning.spared:
        spared = _n(
            "{count} is a person's and stays as it is",
            "{count} are a person's and stay as they are",
            cleaning.spared,
        )
        terminal.note(f"{name}: {spared}")
    if count := cleaning.passed_over:
        passed_over = _("{count} passed over: not meant, or without both texts", count=count)
        terminal.note(f"{name}: {passed_over}")
    for what, count in sorted(cleaning.lost.items()):
        terminal.note(f"{name}: {phrases.not_held(count, 'units', what)}")


def _fields(cleaning: Cleaning, name: str, *, dry_run: bool) -> dict[str, Any]:
    return {
        "cleaned": name,
        "dry_run": dry_run,
        "source_language": cleaning.direction.source,
        "target_language": cleaning.direction.target,
        "judged": cleaning.judged,
        "spared": cleaning.spared,
        "passed_over": cleaning.passed_over,
        "changes": [asdict(change) for change in cleaning.changes],
        "lost": dict(cleaning.lost),
    }
