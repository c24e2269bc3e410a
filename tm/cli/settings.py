"""Settings from files: flags > environment > ``tm.toml`` beside the memory > ``~/.config/tm/config.toml``.

A settings file names options by their long names. Those that verbs share may stand at its top; what stands in a verb's table
counts for that verb only::

    memory = "work/news.tm"
    source-lang = "fr"

    [score]
    fail-under = "chrf=60,terms=0.9"
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
        FormatError: a file is no TOML, or sets what is no option; the nearest one is named.
    """
    folder = os.environ.get("XDG_CONFIG_HOME") or str(Path("~/.config").expanduser())
    found = _read(Path(folder) / "tm" / "config.toml", command, verbs)
    memory = (
        _memory(command, context, arguments)
        or os.environ.get("TM_MEMORY")
        or found.get("memory_path")
        or "memory.tm"
    )
    memory = memory.split(os.pathsep)[0] if isinstance(memory, str) else memory[0]
    found |= _read(Path(memory).parent / "tm.toml", command, verbs)
    many = {parameter.name for parameter in command.params if getattr(parameter, "multiple", False)}
    return {
        name: [value] if name in many and isinstance(value, str) else value for name, value in found.items()
    }


def _memory(
    command: click.Command, context: click.Context, arguments: list[str]
) -> str | tuple[str, ...] | None:
    import click

    try:
        options, _, _ = command.make_parser(context).parse_args(list(arguments))
    except click.UsageError:
        return None  # said in full when the verb itself parses them
    given: str | tuple[str, ...] | None = options.get("memory_path")
    return given


def _read(path: Path, command: click.Command, verbs: list[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not a settings file: {error}; TOML was expected", path=path) from error
    names = _names(command)
    found: dict[str, Any] = {}
    for key, value in table.items():
        if not isinstance(value, dict):
            _known(key, _shared(), path)
            found |= {names[key]: value} if key in names else {}
        else:
            _known(key, verbs, path)
    for key, value in table.get(command.name or "", {}).items():
        _known(key, list(names), path)
        found[names[key]] = value
    return found


def _names(command: click.Command) -> dict[str, str]:
    """Long names of the verb's options, each with its parameter's name."""
    return {
        option.removeprefix("--"): parameter.name
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and parameter.name
    }


def _shared() -> list[str]:
    """Long names of the options that several verbs share: they may be set for all, also for a verb that lacks them."""
    import click

    from tm.cli import options

    carrier = click.Command("any")
    for decorate in (options.memory, options.languages, options.as_json, options.quiet, options.verbose):
        decorate(carrier)
    return [*_names(carrier)]


def _known(key: str, known: list[str], path: Path) -> None:
    if key not in known:
        import difflib

        near = difflib.get_close_matches(key, known, 1)
        raise FormatError(
            f"{key!r} is no setting" + (f"; did you mean {near[0]!r}?" if near else ""), path=path
        )
