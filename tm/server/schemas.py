"""JSON schemas as values, and requests held against them: the part of JSON Schema 2020-12 that we use.

``record``, ``array``, ``text``, ``whole``, ``number``, ``flag``, ``choice`` make schemas; ``checked`` holds a
value against one, ``from_query`` the parameters of an address.

>>> pair = record({"source": text(200), "limit": whole(1, 20, default=5)}, needed=["source"])
>>> checked({"source": "four"}, pair)
{'limit': 5, 'source': 'four'}
>>> checked({"source": 4}, pair)
Traceback (most recent call last):
tm.errors.OptionError: source: a text was expected
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from tm.errors import OptionError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Schema: TypeAlias = "dict[str, Any]"
"""A JSON schema."""

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of letters, which JSON can hold and UTF-8 cannot."""

LONGEST = 20_000
"""Letters of a text, where nothing else is set: longer than any segment."""


def text(most: int = LONGEST, *, least: int = 0, about: str = "", default: str | None = None) -> Schema:
    """A text of at most so many letters."""
    return _with({"type": "string", "minLength": least, "maxLength": most}, about, default)


def whole(least: int, most: int, *, about: str = "", default: int | None = None) -> Schema:
    """A whole number."""
    return _with({"type": "integer", "minimum": least, "maximum": most}, about, default)


def number(least: float, most: float, *, about: str = "", default: float | None = None) -> Schema:
    """A number."""
    return _with({"type": "number", "minimum": least, "maximum": most}, about, default)


def flag(*, about: str = "", default: bool | None = None) -> Schema:
    """Yes or no."""
    return _with({"type": "boolean"}, about, default)


def choice(choices: Iterable[str], *, about: str = "", default: str | None = None) -> Schema:
    """One of some words."""
    return _with({"type": "string", "enum": list(choices)}, about, default)


def array(items: Schema, *, most: int = 0, about: str = "") -> Schema:
    """A list; of at most so many, 0 = any number."""
    return _with({"type": "array", "items": items, **({"maxItems": most} if most else {})}, about, None)


def record(fields: Mapping[str, Schema], *, needed: Sequence[str] | None = None, about: str = "") -> Schema:
    """An object with these fields and no others; needed are all, unless they are named."""
    required = list(fields) if needed is None else list(needed)
    schema = {
        "type": "object",
        "properties": dict(fields),
        "required": required,
        "additionalProperties": False,
    }
    return _with(schema, about, None)


def _with(schema: Schema, about: str, default: object) -> Schema:
    return {
        **schema,
        **({"description": about} if about else {}),
        **({"default": default} if default is not None else {}),
    }


# ------------------------------------------------------------------------------------------- held against

_TRUTHS = {
    **dict.fromkeys(("1", "true", "yes", "on", ""), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}
"""How addresses say it; what stands there without a value holds."""


def from_query(values: Mapping[str, str], schema: Schema) -> dict[str, Any]:
    """The parameters of an address as values of the schema's types; those that it does not name are left out.

    Raises:
        OptionError: one is not as the schema has it, or is missing.

    >>> from_query({"limit": "7", "style": "x"}, record({"limit": whole(1, 20)}))
    {'limit': 7}
    """
    fields = schema["properties"]
    given = {name: _parsed(name, values[name], fields[name]) for name in fields if name in values}
    return _checked_record(given, schema, "")


def _parsed(name: str, value: str, schema: Schema) -> object:
    match schema["type"]:
        case "integer" | "number":
            try:
                return int(value) if schema["type"] == "integer" else float(value)
            except ValueError:
                raise OptionError(f"{name}: {value[:40]!r} is no number") from None
        case "boolean":
            if value.lower() not in _TRUTHS:
                raise OptionError(f"{name}: {value[:40]!r} is neither true nor false")
            return _TRUTHS[value.lower()]
        case "array":
            return [_parsed(name, each, schema["items"]) for each in value.split(",") if each]
        case _:
            return value


def checked(value: Any, schema: Schema, place: str = "") -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value, with the defaults of what is missing.

    Args:
        value: from a request.
        schema: what it must be.
        place: where it stands in the request.

    Raises:
        OptionError: it is something else; says where.
    """
    match schema.get("type"):
        case "object":
            return _checked_record(value, schema, place)
        case "array":
            _expect(isinstance(value, list), place, "a list")
            _expect(
                len(value) <= schema.get("maxItems", len(value)), place, f"at most {schema.get('maxItems')}"
            )
            return [checked(each, schema["items"], f"{place}[{number}]") for number, each in enumerate(value)]
        case "string":
            _check_text(value, schema, place)
        case "boolean":
            _expect(isinstance(value, bool), place, "true or false")
        case "integer" | "number" as kind:
            _check_number(value, schema, place, kind)
    return value


def _checked_record(value: object, schema: Schema, place: str) -> dict[str, Any]:
    _expect(isinstance(value, dict), place, "an object")
    assert isinstance(value, dict)
    fields: dict[str, Schema] = schema["properties"]
    for name in value:
        if name not in fields:
            hint = nearest(name, fields) or f"; {', '.join(fields) or 'nothing'} was expected"
            raise OptionError(f"{_join(place, 'it')} has no {name[:40]!r}{hint}")
    for name in schema["required"]:
        _expect(name in value, _join(place, name), "a value")
    result = {name: each["default"] for name, each in fields.items() if "default" in each}
    return {
        **result,
        **{name: checked(each, fields[name], _join(place, name)) for name, each in value.items()},
    }


def _check_text(value: object, schema: Schema, place: str) -> None:
    _expect(isinstance(value, str), place, "a text")
    assert isinstance(value, str)
    choices = schema.get("enum")
    if choices is not None and value not in choices:
        raise OptionError(f"{place}: no {value[:40]!r}{nearest(value[:40], choices)}; {', '.join(choices)}")
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(value))
    _expect(least <= len(value), place, "a text that is not empty")
    _expect(len(value) <= most, place, f"a text of at most {most:,} letters")
    _expect(value.isascii() or not _HALF.search(value), place, "a text of whole letters")


def _check_number(value: object, schema: Schema, place: str, kind: str) -> None:
    is_number = not isinstance(value, bool) and isinstance(value, int if kind == "integer" else int | float)
    _expect(is_number, place, "a whole number" if kind == "integer" else "a number")
    assert isinstance(value, int | float)
    least, most = schema["minimum"], schema["maximum"]
    _expect(least <= value <= most, place, f"a number from {least} to {most}")


def _expect(holds: bool, place: str, what: str) -> None:  # noqa: FBT001 - a condition
    if not holds:
        raise OptionError(f"{place or 'the body'}: {what} was expected")


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
