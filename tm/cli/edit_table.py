"""``tm edit --table``: a table that was exported with numbers, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tm.cli import edit_lines, terminal
from tm.cli.interface_language import _n, sentence
from tm.direction import UNDECIDED

if TYPE_CHECKING:
    from tm.store import Store
    from tm.work.numbered import Comparison, TakenBack


def take_table(
    store: Store,
    path: str,
    *,
    author: str,
    date: str,
    remove_missing: bool,
    yes: bool,
    how: edit_lines.Showing,
) -> int:
    """Take a table back and say what was done; the exit code that follows from it."""
    from tm.work.numbered import compare_table, take_back

    table = compare_table(store, path, author=author, date=date)
    count = len(table.missing) if remove_missing else 0
    question = _n(
        "{file}: take out {count} unit that has no row?",
        "{file}: take out {count} units that have no row?",
        count,
        file=path,
    )
    if count > 1 and not how.dry_run and not terminal.is_meant(question, yes=yes):
        return edit_lines.not_meant(store.name, how)
    done = take_back(
        store, table, remove_missing=remove_missing, date=date, author=author, dry_run=how.dry_run
    )
    if how.as_json:
        terminal.json_object(_fields(store.name, table, done, dry_run=how.dry_run))
    elif not how.quiet:
        _show(path, table, done, dry_run=how.dry_run, remove_missing=remove_missing)
    edit_lines.report_left(done.edits)
    edit_lines.report_left(done.removals)
    return 1 if table.left_alone or done.edits.gone or done.removals.gone else 0


def _fields(memory: str, table: Comparison, done: TakenBack, *, dry_run: bool) -> dict[str, Any]:
    """The same for ``--json``, edits and removals as those verbs write them."""
    edits, removals = (
        edit_lines.fields(editing, memory, dry_run=dry_run) for editing in (done.edits, done.removals)
    )
    joined = {name: edits[name] + removals[name] for name in ("changes", "unchanged", "gone")}
    missing = [stored.number for stored in table.missing]
    rows = {"missing": missing, "left_alone": table.left_alone, "unnumbered": table.unnumbered}
    return edits | joined | rows


def _show(path: str, table: Comparison, done: TakenBack, *, dry_run: bool, remove_missing: bool) -> None:
    """What became of the table: of a dry run each unit."""
    if dry_run:
        edit_lines.show(done.edits, UNDECIDED, dry_run=True)
        edit_lines.show(done.removals, UNDECIDED, dry_run=True)
    changed, removed = len(done.edits.changes), len(done.removals.changes)
    if dry_run:
        line = _n(
            "{count} unit would be changed, {removed} would be taken out",
            "{count} units would be changed, {removed} would be taken out",
            changed,
            removed=removed,
        )
    else:
        line = _n(
            "{count} unit changed, {removed} taken out",
            "{count} units changed, {removed} taken out",
            changed,
            removed=removed,
        )
    terminal.data(f"{path}: {line}")
    for left in table.left_alone:
        terminal.note(sentence(left))
    if table.missing and not remove_missing:
        missing = _n(
            "the row of {count} unit is missing; --remove-missing takes the unit out",
            "the rows of {count} units are missing; --remove-missing takes the units out",
            len(table.missing),
        )
        terminal.note(f"{path}: {missing}")
    if table.unnumbered:
        unnumbered = _n(
            "{count} row without a number; tm add takes new units",
            "{count} rows without a number; tm add takes new units",
            table.unnumbered,
        )
        terminal.note(f"{path}: {unnumbered}")
