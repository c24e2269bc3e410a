"""What ``tm edit`` and ``tm remove`` print of the units that they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from tm.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.direction import Direction
    from tm.model import Unit
    from tm.work.editing import Editing, Selection, UnitChange


class Showing(NamedTuple):
    """How a change is printed."""

    dry_run: bool
    as_json: bool
    quiet: bool


SHOWN = 20
"""Units that are shown at most when they were changed; a dry run shows all."""


def carried_out(
    act: Callable[..., Editing], selection: Selection, question: str, *, dry_run: bool, yes: bool
) -> Editing | None:
    """What a change does, or would do; several units that were not named one by one must be meant.

    Args:
        act: makes the change of what is selected, or with ``dry_run=True`` says what it would do.
        selection: of units.
        question: what is asked about several units, as far as their number: "memory.tm: take out".
        dry_run: whether only to look.
        yes: whether they are meant.

    Returns:
        None when they are not.
    """
    editing = act(selection, dry_run=True)
    numbers = tuple(change.before.number for change in editing.changes)
    if dry_run or not numbers:
        return editing
    is_named = selection.numbers or len(numbers) == 1
    if not (is_named or terminal.is_meant(f"{question} {len(numbers)} units", yes=yes)):
        return None
    return act(replace(selection, numbers=numbers, source="", target=""), dry_run=False)


def finish(
    editing: Editing | None, memory: str, verbs: tuple[str, str], asked: Direction, *, how: Showing
) -> int:
    """Print what was done, and the exit code that follows from it.

    Args:
        editing: what was done; None when it was not meant.
        memory: where.
        verbs: what was done, and for a dry run what would be: "removed", "would remove".
        asked: the languages.
        how: how it is printed.
    """
    if editing is None:
        return nothing()
    if how.as_json:
        terminal.json_object(fields(editing, memory, dry_run=how.dry_run))
    elif not how.quiet:
        show(editing, verbs[how.dry_run], asked, limit=not how.dry_run)
    return report(editing)


def show(editing: Editing, verb: str, asked: Direction, *, limit: bool) -> None:
    """A line for each unit, for an edited one also what it was."""
    from tm.work.editing import unit_text

    shown = editing.changes[: SHOWN if limit else None]
    for change in shown:
        number, text = change.before.number, unit_text(change.before.unit, asked)
        if change.after is None:
            terminal.data(f"{verb} {number}: {text}")
            continue
        new_text = unit_text(change.after, asked)
        terminal.data(f"{verb} {number} to {change.number}: {new_text}")
        if text != new_text:
            terminal.data(f"  it was: {text}")
        elif _texts(change.before.unit) != _texts(change.after):
            terminal.data("  only its white space was another")
    if len(editing.changes) > len(shown):
        terminal.data(f"{verb} {len(editing.changes)} units in all")


def report(editing: Editing) -> int:
    """What was left alone, and the exit code that follows from it."""
    report_left(editing)
    for number in editing.unchanged[:SHOWN]:
        terminal.note(f"{number}: is so already")
    if len(editing.unchanged) > SHOWN:
        terminal.note(f"{len(editing.unchanged)} units in all are so already")
    if editing.gone or editing.changes or editing.unchanged:
        return 1 if editing.gone else 0
    return nothing()


def report_left(editing: Editing) -> None:
    """The inline codes and the units that were left."""
    for change in editing.changes:
        if change.codes_left_out:
            codes = terminal.counted(change.codes_left_out, "inline code")
            terminal.note(f"{change.number}: {codes} left out: no certain place in the new text")
    for number in editing.gone:
        terminal.note(f"{number}: was changed or taken out by somebody else meanwhile; left alone")


def nothing() -> int:
    """That nothing was done, and the exit code that follows from it."""
    terminal.note("no unit is meant; nothing was changed")
    return 1


def fields(editing: Editing, memory: str, *, dry_run: bool) -> dict[str, Any]:
    """The same for ``--json``."""
    return {
        "memory": memory,
        "dry_run": dry_run,
        "changes": [_change(change) for change in editing.changes],
        "unchanged": list(editing.unchanged),
        "gone": list(editing.gone),
    }


def _change(change: UnitChange) -> dict[str, Any]:
    before = {"number": change.before.number, "texts": _texts(change.before.unit)}
    after = change.after and {"number": change.number, "texts": _texts(change.after)}
    return {"before": before, "after": after, "codes_left_out": change.codes_left_out}


def _texts(unit: Unit) -> dict[str, str]:
    return {variant.language: variant.segment.text for variant in unit.variants}


def is_said(name: str) -> bool:
    """Whether an option stands on the command line, and not in the environment or the settings alone."""
    return click.get_current_context().get_parameter_source(name) == ParameterSource.COMMANDLINE
