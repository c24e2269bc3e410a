"""Writes docs/schemas/tm-toml.json from the commands' options: ``python docs/make_settings.py``.

A test fails when the schema is stale.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

import click

from tm.checks.suppression import Rule
from tm.cli import VERBS, group
from tm.cli.settings import shared

HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "tm.toml",
    "description": "Settings of tm: for all verbs at the top, for one in the table of its name. "
    "Made by docs/make_settings.py; do not edit.",
}
RULE = {
    "type": "object",
    "properties": {field.name: {"type": "string"} for field in dataclasses.fields(Rule)},
    "additionalProperties": False,
    "minProperties": 1,
}


def page() -> str:
    """The schema as a text."""
    root = click.Context(group)
    tables = {verb: _table(group.get_command(root, verb)) for verb in VERBS}
    tables = {verb: table for verb, table in tables.items() if table["properties"]}
    for_all = _table(shared())["properties"]
    schema = {**HEAD, "type": "object", "properties": for_all | tables, "additionalProperties": False}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _table(command: click.Command | None) -> dict[str, Any]:
    """What the table of a verb may say."""
    assert command is not None
    properties = {
        option.removeprefix("--"): _setting(parameter)
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _setting(option: click.Option) -> dict[str, Any]:
    """What an option may be set to."""
    schema = _value(option)
    if option.multiple:
        schema = {"anyOf": [schema, {"type": "array", "items": schema}]}
    return {**({"description": option.help} if option.help else {}), **schema}


def _value(option: click.Option) -> dict[str, Any]:
    kind = option.type
    if option.is_flag:
        return {"type": "boolean"}
    if isinstance(kind, click.Choice):
        return {"enum": list(kind.choices)}
    if isinstance(kind, click.IntRange | click.FloatRange):
        name = "integer" if isinstance(kind, click.IntRange) else "number"
        limits = {"minimum": kind.min, "maximum": kind.max}
        return {"type": name, **{word: limit for word, limit in limits.items() if limit is not None}}
    if option.name == "workers":
        return {"type": ["integer", "string"]}
    return {"anyOf": [{"type": "string"}, RULE]} if kind.name == "rule" else {"type": "string"}


if __name__ == "__main__":
    (Path(__file__).parent / "schemas" / "tm-toml.json").write_text(page(), encoding="utf-8")
