r"""The strings of an Android app (``res/values/strings.xml``), read and filled through moz.l10n.

In: a file's bytes. Out: a unit for each ``<string>`` and each ``<item>`` of a ``<plurals>`` or
``<string-array>``, or the file with translations in their place (``_strings``).

1. ``_root`` sees that the file is such a one; ``_places`` finds the texts by their tags.
2. ``_message`` has moz.l10n read one text with its escapes and its markup; ``_written`` goes the other way.

The key is the name; behind it the quantity or the number of an item. What is ``translatable="false"``, and a
reference to another string, is left out.

>>> from tm.formats.authoring import Reading
>>> file = rb'''<resources><string name="open">L\'ouvrir <b>vite</b></string></resources>'''
>>> (unit,) = ANDROID.read_units(iter([file]), Reading("res/values-fr/strings.xml"))
>>> unit.variants[0].segment.text, unit.place.id
("L'ouvrir vite", 'open')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _strings, notation
from tm.formats._format import Format
from tm.formats._strings import Entry, Scanned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moz.l10n.model import PatternMessage

    from tm.formats.authoring import Reading
    from tm.model import Segment

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>"
    r"|<(?P<end>/)?(?P<tag>string-array|string|plurals|item)(?=[\s/>])"
    r"(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DECLARED = re.compile(r""" xmlns:[\w.-]+="[^"]*\"""")
_ROOT = re.compile(r"<resources\b[^>]*>")


class _Place(NamedTuple):
    """A text: its key, its offsets, and the comment before it."""

    key: str
    start: int
    end: int
    note: str


def _scan(text: str, reading: Reading) -> Scanned:
    from lxml import etree

    root = _root(text, reading)
    line_of = _strings.line_finder(text)
    entries = []
    for place in _places(text):
        line = line_of(place.start)
        try:
            segment, elements = _read(root, text[place.start : place.end])
        except (ValueError, etree.XMLSyntaxError) as error:
            what = " ".join(str(error).split())
            reading.fault(f"{place.key}: {what}; escapes and tags of Android were expected", line)
            continue
        if segment.text.strip() and not segment.text.startswith("@string/"):
            entries.append(Entry(place.key, segment, place.start, place.end, line, place.note, elements))
    return Scanned(entries)


def _root(text: str, reading: Reading) -> str:
    """The start tag of the root, with the prefixes it declares.

    Raises:
        FormatError: the file is not well-formed, or no strings of Android.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = " ".join(error.msg.split()).split(", line ")[0]  # the place stands before the message
        raise reading.error(f"not well-formed: {what}", line, column) from error
    others = (child.tag for child in root if isinstance(child.tag, str))
    reading.account.unread.update(tag for tag in others if tag not in ("string", "plurals", "string-array"))
    found = _ROOT.search(text)
    if root.tag != "resources" or found is None:
        what = f"the root is <{root.tag!s}>; <resources> of Android was expected"
        raise reading.error(what, 1)
    return found[0]


def _places(text: str) -> Iterator[_Place]:
    """The texts that are to be translated, in order.

    >>> list(_places('<plurals name="day"><item quantity="one">jour</item></plurals>'))
    [_Place(key='day.one', start=41, end=45, note='')]
    """
    parent, note, number, begun = "", "", 0, None
    for match in _TOKEN.finditer(text):
        tag, attributes = match["tag"], _attributes(match["attributes"] or "")
        if match["comment"] is not None:
            note = " ".join(match["comment"].split())
        elif not tag:
            continue
        elif match["end"]:
            if begun:
                yield _Place(begun[0], begun[1], match.start(), note)
                begun = None
            note = "" if tag != "item" else note
        elif tag in ("string", "item"):
            name = attributes.get("name", "")
            key = name if tag == "string" else parent and f"{parent}.{attributes.get('quantity', number)}"
            number += 1
            is_meant = key and attributes.get("translatable") != "false" and not match[0].endswith("/>")
            begun = (key, match.end()) if is_meant else None
        else:
            parent = attributes.get("name", "") if attributes.get("translatable") != "false" else ""
            number = 0


def _attributes(text: str) -> dict[str, str]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(text)}


def _message(root: str, written: str) -> PatternMessage:
    from moz.l10n.formats import Format as MozFormat
    from moz.l10n.model import Entry as MozEntry
    from moz.l10n.model import PatternMessage
    from moz.l10n.resource import parse_resource

    resource = parse_resource(MozFormat.android, f'{root}<string name="_">{written}</string></resources>')
    message = next(entry.value for entry in resource.sections[-1].entries if isinstance(entry, MozEntry))
    assert isinstance(message, PatternMessage)
    return message


def _read(root: str, written: str) -> tuple[Segment, list[object]]:
    from tm.formats._moz import segment_of

    segment, elements = segment_of(_message(root, written).pattern)
    return segment, list(elements)


def _written(target: Segment, entry: Entry, text: str) -> str:
    """A translation as Android writes it; a prefix that the root declares is not declared again."""
    from tm.formats import _moz

    written = _moz.written("android", target, entry.elements)
    root = _ROOT.search(text)
    for declaration in _DECLARED.findall(root[0]) if root else ():
        written = written.replace(declaration, "")
    return written


ANDROID = Format(
    "android",
    (".xml",),
    "Strings of an Android app",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _written),
    notation=lambda _: notation.XML,
    keyed=True,
)
