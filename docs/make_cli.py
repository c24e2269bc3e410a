"""Writes docs/cli.md from the commands' own help: ``python docs/make_cli.py``. A test fails when the page is stale."""

from pathlib import Path

import click

from tm.cli import VERBS, group

HEAD = """# The command

Made by `docs/make_cli.py` from `--help`; do not edit.

Settings come from flags, else from the environment (`TM_MEMORY`, `TM_AUTHOR`, `TM_LANGUAGE`), else from `tm.toml` beside the memory, else
from `~/.config/tm/config.toml`, else from their defaults. Data goes to stdout, the rest to stderr. Exit codes: 0 fine ·
1 findings, or a threshold missed · 2 wrong usage · 3 input unreadable, or a memory damaged · 130 interrupted.

`tm help completion` says how a shell completes verbs, options and their values; other topics are `where`, `formats`, `checks`,
`settings` and `exit-codes`. What `--json` prints and what `tm.toml` may say is in [JSON and settings](json.md), with schemas.

Help and messages are in English, French or Portuguese: as `TM_LANGUAGE` says (`en`, `fr`, `pt-BR`), else as the system does
(`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`). The same in every language are the names of verbs, options, checks, formats and
columns that programs read, all of `--json`, JUnit and SARIF, and exit codes. English stay, too: metavars (`FILE`), the reasons
that `tm clean` writes into its table, `tm help where`, errors of the system and of other libraries inside ours, and an error that no
translation is known of.
"""


def page() -> str:
    """The whole page."""
    root = click.Context(group, info_name="tm", **group.context_settings)
    parts = [HEAD, _section("tm", group, root)]
    for verb in VERBS:
        command = group.get_command(root, verb)
        assert command is not None
        parts += _sections(f"tm {verb}", command, root)
    return "\n".join(parts)


def _sections(name: str, command: click.Command, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name.rsplit(maxsplit=1)[-1], parent=parent)
    parts = [_section(name, command, context)]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            below = command.get_command(context, sub)
            assert below is not None
            parts += _sections(f"{name} {sub}", below, context)
    return parts


def _section(name: str, command: click.Command, context: click.Context) -> str:
    context.terminal_width = 100
    text = "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))
    return f"## {name}\n\n```\n{text}\n```\n"


if __name__ == "__main__":
    (Path(__file__).parent / "cli.md").write_text(page(), encoding="utf-8")
