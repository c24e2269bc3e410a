"""``tm remove``: single units out of the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tm.cli import edit_lines, options
from tm.cli.clock import now
from tm.cli.interface_language import _n
from tm.cli.values import WholeNumber

if TYPE_CHECKING:
    from tm.direction import Direction


@click.command("remove")
@click.argument("numbers", nargs=-1, type=WholeNumber(1), metavar="[NUMBER]...")
@options.memory
@click.option("--source", "source_text", default="", metavar="TEXT", help="The unit with this source text.")
@click.option("--target", "target_text", default="", metavar="TEXT", help="The unit with this translation.")
@options.where
@options.direction
@options.author("Who takes them out.")
@click.option("--dry-run", is_flag=True, help="Show what would go; leave the memory as it is.")
@options.yes
@options.as_json
@options.quiet
def command(
    numbers: tuple[int, ...],
    memory_path: str,
    source_text: str,
    target_text: str,
    where: str,
    asked: Direction,
    author: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Take single units out of the memory.

    \b
    tm remove 12 15
    tm remove --source "Le chat dort." --target "O gato está morto."
    tm remove --where "origin=machine date<2020" --dry-run

    Units are named by their numbers (tm find TEXT --details), by their texts, or by conditions (tm help
    where). When several units have the texts, or none has, nothing is done: they are named with their
    numbers. Conditions that hold for more than one unit must be meant: tm asks on a terminal, else --yes says
    so. tm undo brings the units back; what was taken out stays away when the documents that it came from are
    aligned again.
    """
    from tm.store import open_store
    from tm.work.editing import Selection, remove_units

    date = now()
    with open_store(memory_path) as store:
        editing = edit_lines.carried_out(
            lambda units, dry_run: remove_units(
                store, units, asked, date=date, author=author, dry_run=dry_run
            ),
            Selection(numbers, source_text, target_text, where),
            lambda count: _n(
                "{memory}: take out {count} unit?",
                "{memory}: take out {count} units?",
                count,
                memory=memory_path,
            ),
            dry_run=dry_run,
            yes=yes,
        )
    how = edit_lines.Showing(dry_run, as_json, quiet)
    return edit_lines.finish(editing, memory_path, asked, how=how)
