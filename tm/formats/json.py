"""JSON with the strings of a program: nested objects, WebExtensions' ``messages.json``, Flutter's ``.arb``.

In: a file's bytes. Out: a unit for each text, found by its key, the names on the way to it with dots between;
or the file with translations in their place (``_strings``).

1. ``_values`` finds each text with its path and its place in the file.
2. ``_scan`` leaves out what is no text for people: what WebExtensions and ARB say about their messages.
3. ``_entries`` parts a message of ICU that selects one of several texts (``_icu``), and finds the plurals that
   i18next has under several keys.

What else ICU has in a text stays as the file writes it.

>>> from tm.formats.authoring import Reading
>>> units = JSON.read_units(iter([b'{"menu": {"open": "Ouvrir", "width": 12}}']), Reading("fr.json"))
>>> [(unit.place.id, unit.variants[0].segment.text) for unit in units]
[('menu.open', 'Ouvrir')]
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _strings, locales, notation
from tm.formats._format import Format
from tm.formats._icu import choices
from tm.formats._json_places import TOKEN, loaded
from tm.formats._strings import Entry, Forms, Scanned
from tm.language import plural_categories
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats._strings import Write
    from tm.formats.authoring import Reading

_SCHEMA = "$schema"


class _Value(NamedTuple):
    """A text of a file: the names and numbers on the way to it, its offsets in its quotes, those of its key."""

    path: tuple[str | int | None, ...]
    start: int
    end: int
    key: tuple[int, int]


def _values(text: str) -> Iterator[_Value]:
    """The texts of a well-formed file that are values.

    >>> [value.path for value in _values('{"a": {"b": "oui"}, "c": ["x", 1, "y"]}')]
    [('a', 'b'), ('c', 0), ('c', 2)]
    """
    open_: list[str] = []
    path: list[str | int | None] = []
    key = (0, 0)
    for match in TOKEN.finditer(text):
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
            key = match.span()
        elif mark[0] == '"':
            yield _Value(tuple(path), match.start() + 1, match.end() - 1, key)


def _scan(text: str, reading: Reading) -> Scanned:
    data = loaded(text, reading, "strings of a program were")
    if not isinstance(data, dict):
        raise reading.error("an object with keys and texts was expected", 1, 1)
    is_webext = bool(data) and all(isinstance(value, dict) and "message" in value for value in data.values())
    is_arb = "@@locale" in data or reading.path.lower().endswith(".arb")
    line_of = _strings.line_finder(text)
    entries: list[Entry] = []
    values = list(_values(text))
    paths = {value.path for value in values}
    for value in values:
        path = value.path
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
            whole = Entry(key, Segment(""), value.start, value.end, line_of(value.start), note)
            entries += _entries(whole, text, _forms(value, paths, text))
    said = data.get("@@locale") if is_arb else ""
    return Scanned(entries, locales.tag(said) if isinstance(said, str) else "")


def _entries(whole: Entry, text: str, forms: Forms | None) -> Iterator[Entry]:
    """The entry with its text; one for each text of a message that selects from several."""
    message = text[whole.start : whole.end]
    selected = choices(message)
    for choice in selected:
        key = whole.key + "".join(f"[{selector}]" for selector in choice.selectors)
        segment = _segment(message[choice.start : choice.end])
        start, end = whole.start + choice.start, whole.start + choice.end
        of_choice = choice.forms and choice.forms._replace(at=whole.start + choice.forms.at)
        if segment.text.strip():
            yield whole._replace(key=key, segment=segment, start=start, end=end, forms=of_choice)
    if not selected:
        yield whole._replace(segment=_segment(message), forms=forms)


def _segment(written: str) -> Segment:
    return Segment(_strings.whole(json.loads(f'"{written}"')))


def _forms(value: _Value, paths: set[tuple[str | int | None, ...]], text: str) -> Forms | None:
    """The forms of a plural that i18next has under several keys, ``day_one`` and ``day_other``; None for other keys."""
    *above, name = value.path
    if not isinstance(name, str) or not name.endswith("_other"):
        return None
    stem = name.removesuffix("other")
    quantities = frozenset(one for one in plural_categories.ALL if (*above, f"{stem}{one}") in paths)
    start, end = value.key
    if len(quantities) < 2 or not text[start:end].endswith('other"'):
        return None
    blank = _strings.blank_before(text, start)
    return Forms(quantities, start, text[start : end - 6], text[end - 1 : value.start], f'",{blank}')


def _writer(text: str) -> Write:
    """What writes texts; in a file with escapes and without any letter beyond ASCII, with escapes."""
    has_escapes = text.isascii() and "\\u" in text
    return lambda target, _: json.dumps(target.text, ensure_ascii=has_escapes)[1:-1]


JSON = Format(
    "json",
    (".json", ".arb"),
    "Strings of a program: nested JSON, WebExtensions, ARB",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _writer),
    notation=lambda _: notation.JSON,
    keyed=True,
)
