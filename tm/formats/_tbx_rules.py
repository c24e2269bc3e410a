r"""Whether a TBX file keeps the rules: the structure and data categories of TBX-Basic, TBX-Min and TBX-Core.

In: a file's bytes. Out: its faults, each with its place. The rules are those of ISO 30042:2008 (``martif``)
and ISO 30042:2019 (``tbx``), in our words. ``tbx.py`` reads files that break them; this module is for those
who write files. Categories that these dialects do not have are not looked at.

1. ``_Rules._start`` looks at each start tag: ``_check_style``, ``_check_category``, ``_check_order``.
2. ``_Rules._end`` looks at each end tag for what is missing, and at the value with ``_values``.

>>> from tm.formats.authoring import Reading
>>> pieces = (
...     b'<martif type="TBX-Basic"><text><body><termEntry><langSet xml:lang="fr"><tig><term>pont</term>\n',
...     b'<termNote type="grammaticalGender">male</termNote></tig></langSet></termEntry></body></text>',
...     b"</martif>",
... )
>>> print(*faults(iter(pieces), Reading("a.tbx")), sep="\n")
a.tbx:2:1: grammaticalGender 'male' is none of masculine, feminine, neuter, other
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.formats import _tbx, _xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.errors import FormatError
    from tm.formats._format import Chunks, Reading

_LEVELS = {
    **dict.fromkeys(("termEntry", "conceptEntry"), "concept"),
    **dict.fromkeys(("langSet", "langSec"), "language"),
    **dict.fromkeys(("tig", "termSec"), "term"),
}
_LEVELS_OF = {
    "subjectField": ("concept",),
    "definition": ("concept", "language"),
    "context": ("term",),
    "partOfSpeech": ("term",),
    "grammaticalGender": ("term",),
    "termType": ("term",),
    "administrativeStatus": ("term",),
}
"""The levels at which a data category may stand."""
_VALUES = {
    "grammaticalGender": _tbx.GENDERS,
    "termType": _tbx.KINDS,
    "administrativeStatus": (
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
        "deprecatedTerm-admn-sts",
        "supersededTerm-admn-sts",
    ),
}
_CLASSIFIED = frozenset(("descrip", "termNote", "admin", "xref"))
"""Elements that name their category in an attribute (style DCA); DCT has an element for each category."""


@dataclass(slots=True)
class _Element:
    """An element that is open, with what its rules need."""

    name: str
    category: str
    level: str
    place: tuple[int, int]
    children: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    too_early: FormatError | None = None


def faults(chunks: Chunks, reading: Reading) -> Iterator[FormatError]:
    """The breaches of the standard, with their places, in the order of the file.

    Raises:
        FormatError: the file is not well-formed, or no TBX.
    """
    rules = _Rules(reading)
    for _ in rules.xml.parse(chunks):
        yield from rules.faults
        rules.faults.clear()


class _Rules:
    """Compares each element with the rules."""

    def __init__(self, reading: Reading) -> None:
        self.faults: list[FormatError] = []
        self._style = ""
        self._open: list[_Element] = []
        self.xml = _xml.XmlFile(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _fault(self, what: str, element: _Element | None = None) -> None:
        """Note a fault at the start tag of that element, or where the parser stands."""
        place = element.place if element else self.xml.place
        self.faults.append(self.xml.reading.error(what, *place))

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)

    def _start(self, name: str, flat: list[str]) -> None:
        attributes = dict(_xml.pairs(flat))
        if not self._open:
            if name not in ("martif", "tbx"):
                raise self.xml.error(f"the top element is <{name}>; a TBX file has <martif> or <tbx>")
            self._style = attributes.get("style", "dca")
        if len(self._open) >= _xml.MAX_DEPTH:
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        _, prefix, local = name.rpartition(":")
        level = _LEVELS.get(name) or (self._open[-1].level if self._open else "")
        category = attributes.get("type", "") if not prefix else local
        element = _Element(name, category, level, self.xml.place)
        self._check_style(name, prefixed=bool(prefix))
        self._check_category(element)
        if self._open:
            self._check_order(self._open[-1], name)
            self._open[-1].children.append(name)
        if name in ("langSet", "langSec") and not attributes.get("xml:lang"):
            self._fault(f"<{name}> has no xml:lang; TBX requires one")
        self._open.append(element)

    def _check_style(self, name: str, *, prefixed: bool) -> None:
        if self._style == "dct" and name in _CLASSIFIED:
            self._fault(f"<{name}> in a file of the style dct, which has an element for each data category")
        elif self._style == "dca" and prefixed:
            self._fault(f"<{name}> in a file of the style dca, which names data categories in attributes")

    def _check_category(self, element: _Element) -> None:
        levels = _LEVELS_OF.get(element.category)
        if element.level and levels and element.level not in levels:
            self._fault(f"{element.category} at the {element.level}; it stands at the {' or '.join(levels)}")

    def _check_order(self, parent: _Element, name: str) -> None:
        level = _LEVELS.get(name)
        before = [name for name in parent.children if name in _LEVELS]
        if parent.name in _LEVELS and before and not level:
            self._fault(f"<{name}> after <{before[0]}>; what is said of the whole stands before it")
        if _LEVELS.get(parent.name) == "term" and not parent.children and name != "term":
            parent.too_early = self.xml.error(f"<{name}> before <term>, which comes first")

    def _end(self, name: str) -> None:
        element = self._open.pop()
        if _LEVELS.get(name) == "term" and "term" not in element.children:
            self._fault(f"<{name}> has no <term>; TBX requires one", element)
        elif element.too_early:
            self.faults.append(element.too_early)
        if name == "fileDesc" and "sourceDesc" not in element.children:
            self._fault("<fileDesc> has no <sourceDesc>; TBX requires one", element)
        if name == "body" and not any(_LEVELS.get(child) == "concept" for child in element.children):
            self._fault("no concept; TBX requires one", element)
        values = self._values(element.category)
        if values and (value := "".join(element.text).strip()) not in values:
            self._fault(f"{element.category} {value[:40]!r} is none of {', '.join(values)}", element)

    def _values(self, category: str) -> tuple[str, ...]:
        if category != "partOfSpeech":
            return _VALUES.get(category, ())
        dialect = _tbx.BASIC_2008 if self._open[0].name == "martif" else _tbx.BASIC_2019
        return (*dialect.parts_of_speech, "other")
