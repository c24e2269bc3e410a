"""What ``tm edit`` and ``tm remove`` print of the units that they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tm.cli import terminal

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.model import Unit
    from tm.work.editing import Editing, UnitChange

SHOWN = 20
"""Units that are shown at most when they were changed; a dry run shows all."""


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
    if len(editing.changes) > len(shown):
        terminal.data(f"{verb} {len(editing.changes)} units in all")


def report(editing: Editing) -> int:
    """What was left alone, and the exit code that follows from it."""
    report_left(editing)
    for number in editing.unchanged:
        terminal.note(f"{number}: is so already")
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
