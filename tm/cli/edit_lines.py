"""What ``tm edit`` and ``tm remove`` print of the units that they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tm.cli import terminal
from tm.cli.interface_language import _, _n

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
    act: Callable[..., Editing],
    selection: Selection,
    question: Callable[[int], str],
    *,
    dry_run: bool,
    yes: bool,
) -> Editing | None:
    """What a change does, or would do; several units that were not named one by one must be meant.

    Args:
        act: makes the change of what is selected, or with ``dry_run=True`` says what it would do.
        selection: of units.
        question: what is asked about so many units: "memory.tm: take out 3 units?".
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
    if not (is_named or terminal.is_meant(question(len(numbers)), yes=yes)):
        return None
    return act(replace(selection, numbers=numbers, source="", target=""), dry_run=False)


def finish(editing: Editing | None, memory: str, asked: Direction, *, how: Showing) -> int:
    """Print what was done, and the exit code that follows from it.

    Args:
        editing: what was done; None when it was not meant.
        memory: where.
        asked: the languages.
        how: how it is printed.
    """
    if editing is None:
        return not_meant(memory, how)
    if how.as_json:
        terminal.json_object(fields(editing, memory, dry_run=how.dry_run))
    elif not how.quiet:
        show(editing, asked, dry_run=how.dry_run)
    return report(editing)


def not_meant(memory: str, how: Showing) -> int:
    """Print that somebody who was asked did not mean it, and the exit code that follows from it."""
    from tm.work.editing import Editing

    if how.as_json:
        terminal.json_object(fields(Editing(()), memory, dry_run=how.dry_run))
    return nothing()


def show(editing: Editing, asked: Direction, *, dry_run: bool) -> None:
    """A line for each unit, for an edited one also what it was."""
    from tm.work.editing import unit_text

    shown = editing.changes[: None if dry_run else SHOWN]
    for change in shown:
        number, text = change.before.number, unit_text(change.before.unit, asked)
        if change.after is None:
            removal = _("would remove {number}: {text}") if dry_run else _("removed {number}: {text}")
            terminal.data(removal.format(number=number, text=text))
            continue
        new_text = unit_text(change.after, asked)
        edit = (
            _("would change {number} to {new}: {text}") if dry_run else _("changed {number} to {new}: {text}")
        )
        terminal.data(edit.format(number=number, new=change.number, text=new_text))
        if text != new_text:
            terminal.data("  " + _("it was: {text}", text=text))
        elif _texts(change.before.unit) != _texts(change.after):
            terminal.data("  " + _("only its white space was another"))
    if count := len(editing.changes) - len(shown):
        terminal.data(_n("and {count} more unit", "and {count} more units", count))


def report(editing: Editing) -> int:
    """What was left alone, and the exit code that follows from it."""
    report_left(editing)
    for number in editing.unchanged[:SHOWN]:
        terminal.note(_("{number}: is so already", number=number))
    if len(editing.unchanged) > SHOWN:
        terminal.note(_("{count} units in all are so already", count=len(editing.unchanged)))
    if editing.gone or editing.changes or editing.unchanged:
        return 1 if editing.gone else 0
    return nothing()


def report_left(editing: Editing) -> None:
    """The inline codes and the units that were left."""
    for change in editing.changes:
        if change.codes_left_out:
            codes = _n(
                "{count} inline code left out: no certain place in the new text",
                "{count} inline codes left out: no certain place in the new text",
                change.codes_left_out,
            )
            terminal.note(f"{change.number}: {codes}")
    for number in editing.gone:
        terminal.note(
            _("{number}: was changed or taken out by somebody else meanwhile; left alone", number=number)
        )


def nothing() -> int:
    """That nothing was done, and the exit code that follows from it."""
    terminal.note(_("no unit is meant; nothing was changed"))
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
