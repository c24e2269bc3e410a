"""``tm log``: the history of the memory."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tm.cli import options, terminal
from tm.cli.interface_language import _

if TYPE_CHECKING:
    from tm.store import Change


@click.command("log")
@options.memory
@options.as_json
def command(memory_path: str, as_json: bool) -> None:
    """The history of the memory, newest first.

    \b
    tm log
    tm log -m out/memory.tm --json

    Each change with its number, date, what was added, how many units came in and went out, and who made it
    where that is known. A change that was cut off is marked: run its command again to finish it.
    """
    from tm.store import open_store

    with open_store(memory_path) as store:
        changes = store.log()[::-1]
    if as_json:
        terminal.json_object({"memory": memory_path, "changes": [asdict(change) for change in changes]})
        return
    is_signed = any(change.author for change in changes)
    rows = [(*_row(change), *([change.author] if is_signed else [])) for change in changes]
    for line in terminal.table(rows, right=[0, 3, 4]):
        terminal.data(line)


def _row(change: Change) -> tuple[object, ...]:
    counts = (f"+{change.added}", f"-{change.removed}")
    name = change.name + ("" if change.finished else f" ({_('cut off')})")
    return (change.number, change.date, change.action, *counts, name)
