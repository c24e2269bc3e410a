"""Settings from files: flags > environment > ``tm.toml`` beside the memory > ``~/.config/tm/config.toml``.

What a file may say stands in ``tm/work/settings.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click


def defaults(
    command: click.Command, context: click.Context, arguments: list[str], verbs: list[str]
) -> dict[str, Any]:
    """What the settings files say for a verb, by the names of its parameters.

    Args:
        command: the verb's command.
        context: the group's context.
        arguments: what follows the verb; only its ``--memory`` is looked at.
        verbs: the names that tables of a settings file may have.

    Raises:
        FormatError: a file is no TOML, or sets what is no option; the nearest one is named.
    """
    from tm.cli.options import named_memories

    folder = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    values = _read(Path(folder, "tm", "config.toml"), command, verbs)
    flag, variable = _memory_flag(command, context, arguments), os.environ.get("TM_MEMORY")
    memory = flag or variable or values.get("memory_path") or "memory.tm"
    memory = next(iter(named_memories(memory)), "") if isinstance(memory, str) else memory[0]
    beside = Path() if "://" in memory else Path(memory).parent
    values |= _read(beside / "tm.toml", command, verbs)
    many = {parameter.name for parameter in command.params if getattr(parameter, "multiple", False)}
    return {
        name: [value] if name in many and isinstance(value, str) else value for name, value in values.items()
    }


def _memory_flag(
    command: click.Command, context: click.Context, arguments: list[str]
) -> str | tuple[str, ...] | None:
    import click

    try:
        options, _, _ = command.make_parser(context).parse_args(list(arguments))
    except click.UsageError:
        return None  # said in full when the verb itself parses them
    memory: str | tuple[str, ...] | None = options.get("memory_path")
    return memory


def _read(path: Path, command: click.Command, verbs: list[str]) -> dict[str, Any]:
    from tm.work.settings import read_settings

    names = _names(command)
    values = read_settings(path, command.name or "", options=names, shared=_names(shared()), verbs=verbs)
    return {names[key]: value for key, value in values.items()}


def _names(command: click.Command) -> dict[str, str]:
    """Long names of the verb's options, each with its parameter's name."""
    return {
        option.removeprefix("--"): parameter.name
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and parameter.name
    }


def shared() -> click.Command:
    """A command with the options that several verbs share, which may be set for all.

    >>> [option.name for option in shared().params][:3]
    ['memory_path', 'target', 'source']
    """
    import click

    from tm.cli import options

    carrier = click.Command("any")
    for decorate in (
        options.memory,
        options.languages,
        options.page_language,
        options.as_json,
        options.quiet,
        options.verbose,
    ):
        decorate(carrier)
    return carrier
