"""``tm undo``: take back the last change."""

from __future__ import annotations

import click

from tm.cli import options, terminal
from tm.cli.clock import now


@click.command("undo")
@options.memory
@options.author("Who takes it back.")
def command(memory_path: str, author: str) -> int:
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
        if change is None:
            terminal.note(f"{memory_path}: nothing to take back")
            return 1
        terminal.data(f"took back {change.number}: {change.name or change.action}; {len(store)} units now")
    return 0
