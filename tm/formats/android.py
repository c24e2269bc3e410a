r"""The strings of an Android app (``res/values/strings.xml``), read and filled through moz.l10n.

In: a file's bytes. Out: a unit for each ``<string>`` and each ``<item>`` of a ``<plurals>`` or
``<string-array>``, or the file with translations in their place (``_strings``).

1. ``_root`` sees that the file is such a one; ``_places`` finds the texts by their tags.
2. ``_message`` has moz.l10n read one text with its escapes and its markup; ``_writer`` goes the other way.

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
from tm.formats._strings import Entry, Forms, Scanned
from tm.formats._xml_markup import tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from moz.l10n.model import PatternMessage

    from tm.formats._strings import Write
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
_QUANTITY = re.compile(r"""\bquantity\s*=\s*["']""")


class _Place(NamedTuple):
    """A text: its key, its offsets, the comment before it; of a plural its name and quantity; where its tag begins."""

    key: str
    start: int
    end: int
    note: str
    plural: str
    quantity: str
    tag: int


def _scan(text: str, reading: Reading) -> Scanned:
    from lxml import etree

    root = _root(text, reading)
    line_of = _strings.line_finder(text)
    entries = []
    places = list(_places(text))
    quantities: dict[str, set[str]] = {}
    for place in places:
        quantities.setdefault(place.plural, set()).add(place.quantity)
    for place in places:
        line = line_of(place.start)
        try:
            segment, elements = _read(root, text[place.start : place.end])
        except (ValueError, etree.XMLSyntaxError) as error:
            what = " ".join(str(error).split())
            reading.fault(f"{place.key}: {what}; escapes and tags of Android were expected", line)
            continue
        if segment.text.strip() and not segment.text.startswith("@string/"):
            forms = _forms(place, quantities[place.plural], text) if place.quantity == "other" else None
            entries.append(
                Entry(place.key, segment, place.start, place.end, line, place.note, elements, forms)
            )
    return Scanned(entries)


def _forms(last: _Place, quantities: set[str], text: str) -> Forms:
    """The forms of the plural whose last one this is; a further one stands on a line like its own.

    >>> text = '<plurals name="day"> <item quantity="other">jours</item></plurals>'
    >>> (place,) = _places(text)
    >>> _forms(place, {"other"}, text)[1:]
    (21, '<item quantity="', '">', '</item> ')
    """
    tag = text[last.tag : last.start]
    said = _QUANTITY.search(tag)
    assert said is not None  # it says "other"
    begun, ended = tag[: said.end()], tag[said.end() + len("other") :]
    blank = _strings.blank_before(text, last.tag)
    return Forms(frozenset(quantities), last.tag, begun, ended, f"</item>{blank}")


def _root(text: str, reading: Reading) -> str:
    """The start tag of the root, with the prefixes it declares.

    Raises:
        FormatError: the file is not well-formed, or no strings of Android.
    """
    root = _strings.xml_root(text, reading, "resources", "<resources> of Android")
    others = (child.tag for child in root if isinstance(child.tag, str))
    reading.account.unread.update(tag for tag in others if tag not in ("string", "plurals", "string-array"))
    return _root_tag(text)


def _root_tag(text: str) -> str:
    """The first tag of a well-formed file, behind comments.

    >>> _root_tag("<!-- <a> --><resources><string/></resources>")
    '<resources>'
    """
    root = next(tag for tag in tags(text) if tag.name)
    return text[root.start : root.end]


def _places(text: str) -> Iterator[_Place]:
    """The texts that are to be translated, in order.

    >>> list(_places('<plurals name="day"><item quantity="one">jour</item></plurals>'))
    [_Place(key='day.one', start=41, end=45, note='', plural='day', quantity='one', tag=20)]
    """
    parent, note, number = "", "", 0
    begun: _Place | None = None
    for match in _TOKEN.finditer(text):
        tag, attributes = match["tag"], _attributes(match["attributes"] or "")
        if match["comment"] is not None:
            note = " ".join(match["comment"].split())
        elif not tag:
            continue
        elif match["end"]:
            if begun:
                yield begun._replace(end=match.start(), note=note)
                begun = None
            note = "" if tag != "item" else note
        elif tag in ("string", "item"):
            name = attributes.get("name", "")
            key = name if tag == "string" else parent and f"{parent}.{attributes.get('quantity', number)}"
            number += 1
            quantity = attributes.get("quantity", "") if tag == "item" else ""
            if not key or attributes.get("translatable") == "false":
                continue
            place = _Place(
                key, match.end(), match.end(), note, parent if quantity else "", quantity, match.start()
            )
            if match[0].endswith("/>"):
                yield place
            else:
                begun = place
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


def _writer(text: str) -> Write:
    """What writes texts as Android has them; a prefix that the root declares is not declared again."""
    from tm.formats import _moz

    declared = _DECLARED.findall(_root_tag(text))

    def write(target: Segment, entry: Entry) -> str:
        """The text as it stands in its element."""
        written = _moz.written("android", target, entry.elements)
        for declaration in declared:
            written = written.replace(declaration, "")
        return written

    return write


ANDROID = Format(
    "android",
    (".xml",),
    "Strings of an Android app",
    read_units=_strings.reader(_scan, is_xml=True),
    fill=_strings.filler(_scan, _writer, is_xml=True),
    notation=lambda _: notation.XML,
    keyed=True,
)
