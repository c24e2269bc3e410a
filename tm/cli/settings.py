"""Settings from files: flags > environment > ``tm.toml`` beside the memory > ``~/.config/tm/config.toml``.

What a file may say stands in ``tm/work/settings.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tm.cli.interface_language import _
from tm.errors import FormatError

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
        FormatError: a file is no TOML, or sets what is no option (the nearest one is named), or to what is no value.
    """
    from tm.cli.options import named_memories

    folder = os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()
    values = _read(Path(folder, "tm", "config.toml"), command, verbs)
    flag, variable = _memory_flag(command, context, arguments), os.environ.get("TM_MEMORY")
    memory = flag or variable or values.get("memory_path") or "memory.tm"
    memory = next(iter(named_memories(memory)), "") if isinstance(memory, str) else memory[0]
    beside = Path() if "://" in memory else Path(memory).parent
    values |= _read(beside / "tm.toml", command, verbs)
    return values


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

    options = _options(command)
    values = read_settings(path, command.name or "", options=options, shared=_options(shared()), verbs=verbs)
    return {options[key].name or "": _typed(key, value, options[key], path) for key, value in values.items()}


def _options(command: click.Command) -> dict[str, click.Option]:
    """The verb's options by their long names."""
    return {
        name.removeprefix("--"): cast("click.Option", parameter)
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--")
    }


def _typed(key: str, value: object, option: click.Option, path: Path) -> object:
    """A value as click takes it: what somebody would type, or tables where the option has them.

    Raises:
        FormatError: nobody could type it.
    """
    if option.is_flag:
        if not isinstance(value, (bool, str)):
            raise FormatError(
                _("{key}: {value} is neither true nor false", key=key, value=repr(value)), path=path
            )
        return value
    values = value if option.multiple and isinstance(value, list) else [value]
    takes_tables = getattr(option.type, "takes_tables", False)
    typed = [each if takes_tables and isinstance(each, dict) else _text(each) for each in values]
    if None in typed:
        said = {"key": key, "value": repr(value)}
        raise FormatError(
            _("{key}: {value} is no value; texts were expected", **said)
            if option.multiple
            else _("{key}: {value} is no value; one text or number was expected", **said),
            path=path,
        )
    return typed if option.multiple else typed[0]


def _text(value: object) -> str | None:
    """A value as somebody would type it, None where nobody could.

    >>> _text(80), _text("fr"), _text(True), _text([80])
    ('80', 'fr', None, None)
    """
    is_typed = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value) if is_typed and "\0" not in str(value) else None


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
