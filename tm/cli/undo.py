"""``tm undo``: take back the last change."""

from __future__ import annotations

from dataclasses import asdict

import click

from tm.cli import options, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _, _n, joined


@click.command("undo")
@options.memory
@options.author("Who takes it back.")
@options.as_json
def command(memory_path: str, author: str, as_json: bool) -> int:
    """Take back the last change of the memory.

    \b
    tm undo
    tm undo -m out/memory.tm

    What the change added goes out, what it replaced comes back. Again takes back the change before it. The
    history keeps both.
    """
    from tm.store import open_store

    with open_store(memory_path) as store:
        change = store.undo(date=now(), author=author)
        if as_json:
            undone = asdict(change) if change else None
            terminal.json_object({"memory": memory_path, "undone": undone, "units": len(store)})
            return 0 if change else 1
        if change is None:
            terminal.note(_("{memory}: nothing to take back", memory=memory_path))
            return 1
        taken = _("took back {number}: {change}", number=change.number, change=change.name or change.action)
        terminal.data(joined(taken, _n("{count} unit now", "{count} units now", len(store))))
    return 0
