"""``tm help``: the help of a verb, as ``tm VERB --help`` shows it."""

from __future__ import annotations

import click

from tm.cli import terminal
from tm.cli.interface_language import _


@click.command("help")
@click.argument("verbs", nargs=-1, metavar="[VERB]...")
@click.pass_context
def command(context: click.Context, verbs: tuple[str, ...]) -> None:
    """Help on a command.

    \b
    tm help build
    tm help terms approve
    tm help where

    "tm help where" is about the conditions of --where, by which find, export, stats, edit and remove choose
    units.
    """
    if verbs == ("where",):
        from tm.store.where import SYNTAX

        terminal.data(SYNTAX)
        return
    shown = context.find_root()
    for verb in verbs:
        if not isinstance(shown.command, click.Group):
            raise click.UsageError(
                _("{command} has no commands of its own", command=shown.command_path), ctx=shown
            )
        name, inner, _rest = shown.command.resolve_command(shown, [verb])
        assert inner is not None
        shown = click.Context(inner, parent=shown, info_name=name)
    terminal.data(shown.get_help())
