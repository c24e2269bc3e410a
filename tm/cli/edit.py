"""``tm edit``: single units of the memory changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tm.cli import edit_lines, options
from tm.cli.clock import now
from tm.cli.edit_table import take_table
from tm.cli.interface_language import _, _n
from tm.cli.values import File, WholeNumber

if TYPE_CHECKING:
    from tm.direction import Direction


@click.command("edit")
@click.argument("numbers", nargs=-1, type=WholeNumber(1), metavar="[NUMBER]...")
@options.memory
@click.option("--source", "new_source", metavar="TEXT", help="The new source text.")
@click.option("--target", "new_target", metavar="TEXT", help="The new translation.")
@click.option("--note", metavar="TEXT", help='The note, in the place of those it has; "" takes them out.')
@click.option("--origin", metavar="NAME", help='How it was made; with a text it is "edited" by itself.')
@options.author("Who changes it.")
@click.option("--old-source", default="", metavar="TEXT", help="The unit with this source text.")
@click.option("--old-target", default="", metavar="TEXT", help="The unit with this translation.")
@click.option(
    "--table", default="", type=File(), metavar="FILE", help="Take back a table of tm export --numbers."
)
@click.option("--remove-missing", is_flag=True, help="With --table: take out units whose row is gone.")
@options.where
@options.direction
@click.option("--dry-run", is_flag=True, help="Show what would change; leave the memory as it is.")
@options.yes
@options.as_json
@options.quiet
def command(
    numbers: tuple[int, ...],
    memory_path: str,
    new_source: str | None,
    new_target: str | None,
    old_source: str,
    old_target: str,
    table: str,
    remove_missing: bool,
    where: str,
    asked: Direction,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
    **given: Any,  # noqa: ANN401 - what Alteration takes under the same names
) -> int:
    """Change single units of the memory.

    \b
    tm edit 12 --target "O gato dorme mesmo."
    tm edit --old-source "Le chat dort." --old-target "O cão dorme." --target "O gato dorme."
    tm edit --where "origin=machine author=rui" --origin reviewed --dry-run
    tm export units.xlsx --numbers
    tm edit --table units.xlsx --dry-run

    Units are named by their numbers (tm find TEXT --details), by the texts they have, or by conditions (tm
    help where). When several units have the texts, or none has, nothing is done: they are named with their
    numbers. What is not given stays. A unit that is changed gets a new number, which is shown, the time, and
    the author when he is known; tm undo brings the old one back. With a text it is a person's from then on:
    nothing is taken off its matches any more. Inline codes stay where their place in the new text is certain;
    how many were left out is said. Conditions that hold for more than one unit must be meant: tm asks on a
    terminal, else --yes says so.

    A table that tm export --numbers wrote is taken back with --table: rows whose texts, note or origin were
    edited in it are edits, and with --remove-missing units whose row was deleted are taken out (only those
    that had one). Rows whose unit has changed in the memory since are named and left alone.
    """
    from tm.store import open_store
    from tm.work.alteration import Alteration
    from tm.work.editing import Selection, edit_units

    alteration, author = Alteration(new_source, new_target, **given), given["author"]
    if alteration == Alteration(author=author) and not options.is_said("author"):
        alteration = Alteration()  # who somebody is in general changes nothing
    selection = Selection(numbers, old_source, old_target, where)
    date = now()
    how = edit_lines.Showing(dry_run, as_json, quiet)
    says_more = selection != Selection() or alteration not in (Alteration(), Alteration(author=author))
    if (table and says_more) or (remove_missing and not table):
        raise click.UsageError(
            _("--table FILE says all by itself; beside it stands --remove-missing at most.")
        )
    with open_store(memory_path) as store:
        if table:
            by = {"author": author, "date": date}
            return take_table(store, table, **by, remove_missing=remove_missing, yes=yes, how=how)
        editing = edit_lines.carried_out(
            lambda units, dry_run: edit_units(store, units, alteration, asked, date=date, dry_run=dry_run),
            selection,
            lambda count: _n(
                "{memory}: change {count} unit?", "{memory}: change {count} units?", count, memory=memory_path
            ),
            dry_run=dry_run,
            yes=yes,
        )
    return edit_lines.finish(editing, memory_path, asked, how=how)
