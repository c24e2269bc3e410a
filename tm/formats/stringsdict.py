r"""Apple's ``Localizable.stringsdict``: the plurals of ``.strings``, a list of properties in XML.

In: a file's bytes. Out: a unit for each form, ``key.variable.one``, or the file with translations in their place
(``_strings``). Formats with words beside their variables, ``%#@days@ left``, are texts too. The plural forms that the
target language has and the file has not are written before the one for all other numbers.

>>> from tm.formats.authoring import Reading
>>> file = b'''<plist><dict><key>days</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@n@</string>
... <key>n</key><dict><key>one</key><string>un jour</string><key>other</key><string>%d jours</string></dict></dict>
... </dict></plist>'''
>>> units = STRINGSDICT.read_units(iter([file]), Reading("fr.lproj/a.stringsdict"))
>>> [(unit.place.id, unit.variants[0].segment.text) for unit in units]
[('days.n.one', 'un jour'), ('days.n.other', '%d jours')]
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _strings
from tm.formats._format import Format
from tm.formats._strings import Entry, Forms, Scanned
from tm.language import plural_categories
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats._strings import Write
    from tm.formats.authoring import Reading

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)-->|<(?P<tag>dict|/dict)\s*>|<dict\s*/>|<key>(?P<key>.*?)</key>|<string>"
    r"(?P<string>(?:[^<]|<!--.*?-->|<!\[CDATA\[.*?\]\]>)*+)</string>",
    re.DOTALL,
)
_PIECE = re.compile(r"<!--.*?-->|<!\[CDATA\[(?P<verbatim>.*?)\]\]>|(?P<text>[^<]+)", re.DOTALL)
_FORMAT = "NSStringLocalizedFormatKey"
_VARIABLE = re.compile(r"%(?:\d+\$)?#@[^@]*@")


class _Text(NamedTuple):
    """A text: the keys on the way to it, its offsets, that of its key, and the comment before it."""

    path: tuple[str, ...]
    start: int
    end: int
    key: int
    note: str


def _scan(text: str, reading: Reading) -> Scanned:
    _strings.xml_root(text, reading, "plist", "<plist>, a list of properties,")
    texts = list(_texts(text))
    forms: dict[tuple[str, ...], set[str]] = {}
    for each in texts:
        forms.setdefault(each.path[:-1], set()).add(each.path[-1])
    line_of = _strings.line_finder(text)
    entries = []
    for each in texts:
        meant, name = _meant(text[each.start : each.end]), each.path[-1]
        if name in plural_categories.ALL or (name == _FORMAT and _VARIABLE.sub("", meant).strip()):
            of_plural = _forms(each, forms[each.path[:-1]], text) if name == "other" else None
            segment = Segment(meant)
            key = ".".join(each.path).removesuffix(f".{_FORMAT}")
            line = line_of(each.start)
            entries.append(Entry(key, segment, each.start, each.end, line, each.note, (), of_plural))
    return Scanned(entries)


def _texts(text: str) -> Iterator[_Text]:
    """All strings of a well-formed file.

    >>> [each.path for each in _texts("<dict><key>a</key><dict><key>b</key><string>c</string></dict></dict>")]
    [('a', 'b')]
    """
    path, key, note = [""], 0, ""
    for match in _TOKEN.finditer(text):
        if match["comment"] is not None:
            note = " ".join(match["comment"].split())
        elif match["tag"] == "dict":
            path.append("")
        elif match["tag"]:
            path.pop()
            note = "" if len(path) < 3 else note
        elif match["key"] is not None:
            path[-1], key = unescape(match["key"]), match.start()
        elif match["string"] is not None:
            yield _Text(tuple(path[1:]), *match.span("string"), key, note)


def _meant(written: str) -> str:
    """The text that is written so.

    >>> _meant("R&amp;D <!-- two -->et <![CDATA[<b>]]>")
    'R&D et <b>'
    """
    pieces = _PIECE.finditer(written)
    return "".join(piece["verbatim"] or unescape(piece["text"] or "") for piece in pieces)


def _forms(last: _Text, names: set[str], text: str) -> Forms:
    """The forms of the plural whose last one this is."""
    blank = _strings.blank_before(text, last.key)
    between = text[last.key + len("<key>other") : last.start]
    return Forms(frozenset(names), last.key, "<key>", between, f"</string>{blank}")


def _writer(_: str) -> Write:
    return lambda target, _: escape(target.text, quote=False)


STRINGSDICT = Format(
    "stringsdict",
    (".stringsdict",),
    "Plurals of an app of Apple",
    read_units=_strings.reader(_scan, is_xml=True),
    fill=_strings.filler(_scan, _writer, is_xml=True),
    keyed=True,
)
