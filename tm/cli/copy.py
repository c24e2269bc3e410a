"""``tm copy``: a whole memory into a new one."""

from __future__ import annotations

import functools
from dataclasses import asdict

import click

from tm.cli import options, terminal
from tm.cli.interface_language import _, _n
from tm.cli.values import File


@click.command("copy")
@click.argument("source", metavar="MEMORY", type=File())
@click.argument("target", metavar="MEMORY", type=File())
@options.as_json
@options.quiet
def command(source: str, target: str, as_json: bool, quiet: bool) -> None:
    """Copy a whole memory into a new one, of the same kind or another.

    \b
    tm copy news.tm 'postgresql://db.example.org/office?memory=news'
    tm copy 'postgresql://db.example.org/office?memory=news' backup.tm

    All goes over: units under their numbers, what was taken out, the history with its authors, so that tm undo
    goes on where it was; between a file and a server the glossary beside the file too. Each row is looked at on
    the way; of a damaged memory nothing is copied. To put units into a memory that has some, tm add takes a
    memory like any file.
    """
    from tm.work.copying import copy_memory

    options.bring_up_to_date([source], quiet=quiet)
    copied = copy_memory(source, target, progress=functools.partial(terminal.progress, quiet=quiet))
    if as_json:
        terminal.json_object({"memory": target, **asdict(copied)})
        return
    units = _n("{count} unit", "{count} units", copied.units)
    changes = _n("{count} change", "{count} changes", copied.changes)
    if copied.has_glossary:
        line = _(
            "copied {units}, {changes} and the glossary to {memory}",
            units=units,
            changes=changes,
            memory=target,
        )
    else:
        line = _("copied {units} and {changes} to {memory}", units=units, changes=changes, memory=target)
    terminal.data(line)
