"""``tm help``: the help of a verb, as ``tm VERB --help`` shows it, or what is to be known of a topic."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from tm.cli import terminal
from tm.cli.interface_language import _, later, sentence
from tm.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = later(
    "Any option may be set for good: in tm.toml beside the memory, or in ~/.config/tm/config.toml for all memories. "
    "An option on the command line comes first, then the environment (TM_MEMORY, TM_AUTHOR, TM_LANGUAGE), then "
    "tm.toml, then config.toml."
)
TABLES = later(
    "At the top of the file stand options of all verbs (memory, source-lang, target-lang, language, json, quiet, verbose), "
    "in a table of a verb's name any of its options, by their long names."
)
EXIT_CODES = (
    later("0: all is fine."),
    later("1: findings, a threshold missed, or an input left out; what could be done was done."),
    later("2: wrong usage; nothing was done."),
    later("3: an input cannot be read, or a memory is damaged."),
    later("130: interrupted; what was committed stays."),
)
COMPLETION = later(
    "A shell completes verbs, options, files, formats, checks and other values after this line in its settings:"
)
LINES = """
bash  ~/.bashrc                  eval "$(_TM_COMPLETE=bash_source tm)"
zsh   ~/.zshrc                   eval "$(_TM_COMPLETE=zsh_source tm)"
fish  ~/.config/fish/config.fish  _TM_COMPLETE=fish_source tm | source
""".strip()
EXAMPLE = """
memory = "work/news.tm"
source-lang = "fr"

[score]
fail-under = "chrf=60,terms=0.9"
""".strip()


def _where() -> Iterator[str]:
    from tm.store.where import SYNTAX

    yield SYNTAX


def _formats() -> Iterator[str]:
    from tm.cli.convert import format_lines

    yield from format_lines()


def _checks() -> Iterator[str]:
    from tm.checks import checks

    formatter = click.HelpFormatter(width=_width())
    formatter.write_dl([(name, sentence(check.about)) for name, check in sorted(checks().items())])
    yield formatter.getvalue().rstrip("\n")


def _settings() -> Iterator[str]:
    yield from (_wrapped(_(SETTINGS)), "", _wrapped(_(TABLES)), "", EXAMPLE)


def _exit_codes() -> Iterator[str]:
    yield from (_wrapped(_(line)) for line in EXIT_CODES)


def _completion() -> Iterator[str]:
    yield from (_wrapped(_(COMPLETION)), "", LINES)


TOPICS: dict[str, Callable[[], Iterator[str]]] = {
    "where": _where,
    "formats": _formats,
    "checks": _checks,
    "settings": _settings,
    "exit-codes": _exit_codes,
    "completion": _completion,
}
"""What there is help on beside verbs."""


@click.command("help")
@click.argument("verbs", nargs=-1, metavar="[VERB|TOPIC]...")
@click.pass_context
def command(context: click.Context, verbs: tuple[str, ...]) -> None:
    """Help on a command or a topic.

    \b
    tm help build
    tm help terms approve
    tm help where

    Topics: where (the conditions of --where, by which find, export, stats, edit, remove, clean and score choose
    units), formats, checks, settings (tm.toml), exit-codes, completion (of the shell).
    """
    if len(verbs) == 1 and verbs[0] in TOPICS:
        for line in TOPICS[verbs[0]]():
            terminal.data(line)
        return
    shown = context.find_root()
    for verb in verbs:
        if not isinstance(shown.command, click.Group):
            raise click.UsageError(
                _("{command} has no commands of its own", command=shown.command_path), ctx=shown
            )
        known = [*shown.command.list_commands(shown), *(TOPICS if shown.parent is None else ())]
        if verb not in known:
            hint = sentence(nearest(verb, known)) or "; " + _("known are: {names}", names=", ".join(known))
            raise click.UsageError(_("no help on {name}", name=repr(verb)) + hint, ctx=shown)
        name, inner, _rest = shown.command.resolve_command(shown, [verb])
        assert inner is not None
        shown = click.Context(inner, parent=shown, info_name=name)
    terminal.data(shown.get_help())


def _wrapped(text: str) -> str:
    return click.wrap_text(text, _width())


def _width() -> int:
    """The width of the terminal, as far as lines are easily read."""
    return min(shutil.get_terminal_size().columns, 100)
