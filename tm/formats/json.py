"""JSON with the strings of a program: nested objects, WebExtensions' ``messages.json``, Flutter's ``.arb``.

In: a file's bytes. Out: a unit for each text, found by its key, the names on the way to it with dots between;
or the file with translations in their place (``_strings``).

1. ``_values`` finds each text with its path and its place in the file.
2. ``_scan`` leaves out what is no text for people: what WebExtensions and ARB say about their messages.

Plural forms and messages of ICU stay as the file writes them.

>>> from tm.formats.authoring import Reading
>>> units = JSON.read_units(iter([b'{"menu": {"open": "Ouvrir", "width": 12}}']), Reading("fr.json"))
>>> [(unit.place.id, unit.variants[0].segment.text) for unit in units]
[('menu.open', 'Ouvrir')]
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _strings, locales, notation
from tm.formats._format import Format
from tm.formats._strings import Entry, Scanned
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats.authoring import Reading

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_SCHEMA = "$schema"


class _Value(NamedTuple):
    """A text of a file: the names and numbers on the way to it, and its offsets with the quotes."""

    path: tuple[str | int | None, ...]
    start: int
    end: int


def _values(text: str) -> Iterator[_Value]:
    """The texts of a well-formed file that are values.

    >>> [value.path for value in _values('{"a": {"b": "oui"}, "c": ["x", 1, "y"]}')]
    [('a', 'b'), ('c', 0), ('c', 2)]
    """
    open_: list[str] = []
    path: list[str | int | None] = []
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark in "{[":
            open_.append(mark)
            path.append(None if mark == "{" else 0)
        elif mark in "}]":
            open_.pop()
            path.pop()
        elif mark == ",":
            member = path[-1]
            path[-1] = member + 1 if isinstance(member, int) else None
        elif mark[0] == '"' and open_ and open_[-1] == "{" and path[-1] is None:
            path[-1] = json.loads(mark)
        elif mark[0] == '"':
            yield _Value(tuple(path), match.start(), match.end())


def _scan(text: str, reading: Reading) -> Scanned:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}; see what stands before this place"
        raise reading.error(what, error.lineno, error.colno) from error
    except RecursionError as error:
        raise reading.error("is nested too deep; strings of a program were expected") from error
    if not isinstance(data, dict):
        raise reading.error("an object with keys and texts was expected", 1, 1)
    is_webext = bool(data) and all(isinstance(value, dict) and "message" in value for value in data.values())
    is_arb = "@@locale" in data or reading.path.lower().endswith(".arb")
    line_of = _strings.line_finder(text)
    entries = []
    for path, start, end in _values(text):
        key, note = ".".join(map(str, path)), ""
        if is_webext:
            if path[1:] != ("message",):
                continue
            key = str(path[0])
            note = str(data[key].get("description", ""))
        elif is_arb:
            if str(path[0]).startswith("@"):
                continue
            about = data.get(f"@{key}")
            note = str(about.get("description", "")) if isinstance(about, dict) else ""
        if key != _SCHEMA:
            segment = Segment(json.loads(text[start:end]))
            entries.append(Entry(key, segment, start, end, line_of(start), note))
    said = data.get("@@locale") if is_arb else ""
    return Scanned(entries, locales.tag(said) if isinstance(said, str) else "")


def _written(target: Segment, _: Entry, text: str) -> str:
    return json.dumps(target.text, ensure_ascii=text.isascii() and "\\u" in text)


JSON = Format(
    "json",
    (".json", ".arb"),
    "Strings of a program: nested JSON, WebExtensions, ARB",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _written),
    notation=lambda _: notation.JSON,
    keyed=True,
)
