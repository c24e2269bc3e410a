"""Segments as the content of ``<source>`` and ``<target>`` of XLIFF: text with its codes as elements.

In: a segment. Out: markup; ``Content1`` writes that of XLIFF 1.2, ``Content2`` that of 2.0.

1. ``pairs`` finds the codes that are the two halves of a well-nested pair.
2. ``_name`` chooses the element of each code: a code of the same version keeps its element; another one gets
   the element of what it is: half of a pair, half of another pair, or alone; with native code or without.
3. ``_Ids.next`` gives it an id, ``_attributes`` or ``_references`` its attributes.

>>> from tm.formats._escaping import Escaper
>>> from tm.model import Code
>>> line_break = Code(7, "alone", "ph", (("x", "9"),), Segment("<br>"))
>>> codes = (Code(3, "open", "hi"), Code(7, "close", "hi"), line_break)
>>> Content1(Escaper()).of(Segment("un pont", codes))
'un <g id="c1" ctype="x-hi">pont</g><ph x="9" id="9">&lt;br&gt;</ph>'
>>> content = Content2(Escaper())
>>> content.of(Segment("un pont", codes)), content.data
('un <pc id="c1">pont</pc><ph id="9" dataRef="d1"/>', {'d1': '<br>'})
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.formats import _escaping
    from tm.model import Attributes, Code

_NMTOKEN = re.compile(r"[\w.:-]+", re.ASCII)
_LINKED = {"ept": "bpt", "ex": "bx"}
"""The elements that close, and those that they close."""


def pairs(codes: Sequence[Code], apart: frozenset[str] = frozenset()) -> dict[int, int]:
    """The halves of well-nested pairs: the number of each among the codes, with the number of its other half.

    Args:
        codes: in order.
        apart: names of codes that are never taken as a pair.

    >>> from tm.model import Code
    >>> pairs([Code(0, "open", "g"), Code(2, "open", "mrk"), Code(4, "close", "g"), Code(5, "close", "mrk")])
    {0: 2, 2: 0}
    """
    partners: dict[int, int] = {}
    opened: list[int] = []  # codes without their other half so far
    depths: dict[tuple[str, str], list[int]] = {}  # where they stand in that list, by what joins two halves
    links = [_link(code) for code in codes]
    for number, code in enumerate(codes):
        if code.name in apart or code.kind == "alone":
            continue
        if code.kind == "open":
            depths.setdefault(links[number], []).append(len(opened))
            opened.append(number)
        elif depths.get(links[number]):
            depth = depths[links[number]][-1]
            partner = opened[depth]
            for between in opened[depth:]:  # what opened in between does not close inside
                depths[links[between]].pop()
            del opened[depth:]
            partners[partner], partners[number] = number, partner
    return partners


def _link(code: Code) -> tuple[str, str]:
    """What the two halves of a pair have in common."""
    attributes = dict(code.attributes)
    if code.name in ("bpt", "ept", "bx", "ex"):
        return _LINKED.get(code.name, code.name), attributes.get("rid") or attributes.get(
            "i"
        ) or attributes.get("id", "")
    return code.name, ""


class _Ids:
    """An id for each code of a segment: its ``id``, TMX's ``i`` or ``x``, else a number.

    The source and the target get the same ids when their codes are the same.
    """

    def __init__(self, *, unique: bool) -> None:
        self._unique = unique
        self._used: set[str] = set()

    def next(self, code: Code) -> str:
        """The id of the next code.

        >>> from tm.model import Code
        >>> ids = _Ids(unique=True)
        >>> codes = [Code(0, "alone", "ph", ((name, "4"),)) for name in ("x", "type", "id")]
        >>> [ids.next(code) for code in codes]
        ['4', 'c2', 'c3']
        """
        attributes = dict(code.attributes)
        id_ = attributes.get("id") or attributes.get("i") or attributes.get("x") or ""
        if not id_ or (self._unique and (id_ in self._used or not _NMTOKEN.fullmatch(id_))):
            number = len(self._used) + 1
            while (id_ := f"c{number}") in self._used:
                number += 1
        self._used.add(id_)
        return id_


def _parts(segment: Segment) -> Iterator[tuple[str, int]]:
    """The pieces of text, each with the number of the code after it, -1 at the end."""
    position = 0
    for number, code in enumerate(segment.codes):
        yield segment.text[position : code.position], number
        position = max(position, code.position)
    yield segment.text[position:], -1


def is_segment(code: Code) -> bool:
    """Whether this is a half of a mark with which XLIFF 1.2 parts a text into segments.

    >>> from tm.model import Code
    >>> [is_segment(Code(0, "open", "mrk", (("mtype", kind),))) for kind in ("seg", "term")]
    [True, False]
    """
    return code.name == "mrk" and ("mtype", "seg") in code.attributes


def without_segments(segment: Segment) -> Segment:
    """The segment without the marks that part it into segments."""
    codes = segment.codes
    paired = pairs(codes)
    marks = {number for number, code in enumerate(codes) if is_segment(code)}
    marks |= {paired[number] for number in marks if number in paired}
    return Segment(segment.text, tuple(code for number, code in enumerate(codes) if number not in marks))


def in_order(segment: Segment) -> Segment:
    """The segment with its codes ordered by position.

    >>> from tm.model import Code
    >>> segment = Segment("oui", (Code(3, "alone", "x"), Code(0, "alone", "x")))
    >>> [code.position for code in in_order(segment).codes]
    [0, 3]
    """
    return Segment(segment.text, tuple(sorted(segment.codes, key=lambda code: code.position)))


# ------------------------------------------------------------------------------------------------- 1.2

_WRAPPING_1 = frozenset(("g", "mrk", "sub"))
_EMPTY_1 = frozenset(("x", "bx", "ex"))
_NATIVE_1 = frozenset(("bpt", "ept", "ph", "it"))
_ELEMENTS_1 = _WRAPPING_1 | _EMPTY_1 | _NATIVE_1
_OF_SUB = frozenset(("datatype", "ctype", "xid"))
"""The attributes that ``<sub>`` may have; other elements may have all."""
_TMX_VALUES = {
    ("pos", "begin"): "open",
    ("pos", "end"): "close",
    ("assoc", "p"): "preceding",
    ("assoc", "f"): "following",
    ("assoc", "b"): "both",
}


class Content1:
    """Writes texts with the elements of XLIFF 1.2.

    >>> from tm.formats._escaping import Escaper
    >>> from tm.model import Code
    >>> Content1(Escaper(), "xlf:").of(Segment("oui", (Code(3, "alone", "x", (("id", "1"),)),)))
    'oui<xlf:x id="1"/>'
    """

    def __init__(self, escaper: _escaping.Escaper, prefix: str = "") -> None:
        """Begin.

        Args:
            escaper: makes texts fit for XML.
            prefix: the prefix of XLIFF's namespace, with the colon.
        """
        self._escaper = escaper
        self._prefix = prefix

    def of(self, segment: Segment, *, native: bool = False) -> str:
        """The markup of a segment.

        Args:
            segment: the text with its codes.
            native: whether it is native code inside an element; only ``<sub>`` can part that.
        """
        segment = in_order(segment)
        paired = pairs(segment.codes, _EMPTY_1 | _NATIVE_1)
        names = _ELEMENTS_1 if native else _ELEMENTS_1 - {"sub"}
        ids = _Ids(unique=False)
        pieces = []
        for text, number in _parts(segment):
            pieces.append(self._escaper.text(text))
            if number >= 0:
                partner = segment.codes[paired[number]] if number in paired else None
                pieces.append(self._code(segment.codes[number], partner, ids, names))
        return "".join(pieces)

    def _code(self, code: Code, partner: Code | None, ids: _Ids, allowed: frozenset[str]) -> str:
        name = code.name
        if name not in allowed or (name in _WRAPPING_1 and not partner):
            name = self._name(code, partner)
        if name in _WRAPPING_1:
            if code.kind == "close":
                return f"</{self._prefix}{name}>"
            return f"<{self._prefix}{name}{self._attributes(code, name, ids)}>"
        content = self.of(code.content, native=True) if code.content and name in _NATIVE_1 else ""
        start = f"<{self._prefix}{name}{self._attributes(code, name, ids)}"
        return f"{start}>{content}</{self._prefix}{name}>" if content else f"{start}/>"

    def _name(self, code: Code, partner: Code | None) -> str:
        """The element for a code of another vocabulary."""
        if code.content or (partner and partner.content):
            return {"open": "bpt", "close": "ept", "alone": "ph"}[code.kind]
        if partner:
            return "g"
        return {"open": "bx", "close": "ex", "alone": "x"}[code.kind]

    def _attributes(self, code: Code, name: str, ids: _Ids) -> str:
        attributes = {key: _TMX_VALUES.get((key, value), value) for key, value in code.attributes}
        if name == "sub":
            kind = attributes.get("type")
            attributes = {key: value for key, value in attributes.items() if key in _OF_SUB}
            if kind:
                attributes.setdefault("ctype", f"x-{kind}")
        elif name == "mrk":
            attributes.setdefault("mtype", "x-" + (attributes.get("type") or "mark").replace(" ", "-"))
        else:
            attributes["id"] = ids.next(code)
        if name == "it":
            attributes.setdefault("pos", "open")
        if name != code.name and name not in ("ex", "ept"):
            attributes["ctype"] = f"x-{code.name}"
        return self._escaper.attributes(tuple(attributes.items()))


# ------------------------------------------------------------------------------------------------- 2.0

_EDITING = frozenset(("canCopy", "canDelete", "canReorder", "copyOf", "type", "subType"))
_KEPT_2 = {
    "pc": _EDITING
    | {"canOverlap", "dir", "dispStart", "dispEnd", "equivStart", "equivEnd", "subFlowsStart", "subFlowsEnd"},
    "sc": _EDITING | {"canOverlap", "dir", "disp", "equiv", "subFlows", "isolated"},
    "ec": _EDITING | {"canOverlap", "dir", "disp", "equiv", "subFlows", "isolated", "startRef"},
    "ph": _EDITING | {"disp", "equiv", "subFlows"},
    "mrk": frozenset(("translate", "type", "ref", "value")),
    "sm": frozenset(("translate", "type", "ref", "value")),
    "em": frozenset(("startRef",)),
    "cp": frozenset(("hex",)),
}
"""The elements of 2.0 with their attributes, without ids and references to data."""
_TYPES_2 = frozenset(("fmt", "ui", "quote", "link", "image", "other"))
_MARK_TYPE_2 = re.compile(r"generic|comment|term|[^\s:]+:[^\s:]+")
_WRAPPING_2 = frozenset(("pc", "mrk"))
_HALVES_2 = frozenset(("sc", "ec", "sm", "em"))


def _keeps(name: str, key: str, value: str) -> bool:
    """Whether an element of 2.0 may have this attribute with this value.

    Ids and references are not asked about: ``Content2`` writes them itself.

    >>> _keeps("ph", "equiv", "br"), _keeps("ph", "type", "bold"), _keeps("mrk", "type", "term")
    (True, False, True)
    """
    if key == "type":
        return bool(_MARK_TYPE_2.fullmatch(value)) if name in ("mrk", "sm") else value in _TYPES_2
    return key in _KEPT_2[name]


@dataclass(slots=True)
class Content2:
    """Writes the texts of one unit with the elements of XLIFF 2.0.

    Attributes:
        escaper: makes texts fit for XML.
        prefix: the prefix of XLIFF's namespace, with the colon.
        data: the original data that the codes refer to, by id.
        keep: whether codes of this vocabulary keep all their attributes, also those of other namespaces; they
            come from the file that is written.
    """

    escaper: _escaping.Escaper
    prefix: str = ""
    data: dict[str, str] = field(default_factory=dict)
    keep: bool = False
    _ids: dict[str, str] = field(default_factory=dict)  # of the data, by their texts

    def original_data(self) -> str:
        """The element that holds the original data; "" without any."""
        escape = self.escaper
        pieces = (
            f"<{self.prefix}data{escape.attributes((('id', key),))}>{escape.text(text)}</{self.prefix}data>"
            for key, text in self.data.items()
        )
        return (
            f"<{self.prefix}originalData>{''.join(pieces)}</{self.prefix}originalData>" if self.data else ""
        )

    def of(self, segment: Segment) -> str:
        """The markup of a segment."""
        segment = without_segments(in_order(segment))
        codes = segment.codes
        paired = pairs(codes, _HALVES_2)
        ids = _Ids(unique=True)
        pieces = []
        for text, number in _parts(segment):
            pieces.append(self.escaper.text(text))
            if number >= 0:
                partner = codes[paired[number]] if number in paired else None
                pieces.append(self._code(codes[number], partner, ids))
        return "".join(pieces)

    def _code(self, code: Code, partner: Code | None, ids: _Ids) -> str:
        name = self._name(code, paired=partner is not None)
        if not name:
            return ""
        if name in _WRAPPING_2 and code.kind == "close":
            return f"</{self.prefix}{name}>"
        end = ">" if name in _WRAPPING_2 else "/>"
        if self.keep and name == code.name:
            return f"<{self.prefix}{name}{self.escaper.attributes(code.attributes)}{end}"
        attributes = [item for item in code.attributes if name == code.name and _keeps(name, *item)]
        if name in ("sc", "ec") and name != code.name:
            attributes.append(("isolated", "yes"))
        if name not in ("em", "cp") and "startRef" not in dict(attributes):
            attributes.insert(0, ("id", ids.next(code)))
        attributes += self._references(name, code, partner)
        return f"<{self.prefix}{name}{self.escaper.attributes(tuple(attributes))}{end}"

    def _name(self, code: Code, *, paired: bool) -> str:
        """The element for a code; "" for half of a mark without the other half."""
        if code.name == "mrk" or (code.name in _KEPT_2 and code.name != "pc"):
            return code.name if code.name != "mrk" or paired else ""
        if paired:
            return "pc"
        return {"open": "sc", "close": "ec", "alone": "ph"}[code.kind]

    def _references(self, name: str, code: Code, partner: Code | None) -> Attributes:
        """References to the original data of a code, and of its other half."""
        if name == "pc":
            halves = (("dataRefStart", code), ("dataRefEnd", partner))
            keys = dict(code.attributes)
            return tuple(
                (key, self._stored(half.content.text, keys.get(key, "")))
                for key, half in halves
                if half and half.content
            )
        if name not in ("ph", "sc", "ec") or code.content is None:
            return ()
        return (("dataRef", self._stored(code.content.text, dict(code.attributes).get("dataRef", ""))),)

    def _stored(self, text: str, id_: str) -> str:
        """The id of a piece of original data: the given one, else one that has this data, else a new one."""
        if id_ and self.data.setdefault(id_, text) == text:
            self._ids.setdefault(text, id_)
            return id_
        if text not in self._ids:
            number = len(self.data) + 1
            while f"d{number}" in self.data:
                number += 1
            self.data[f"d{number}"] = text
            self._ids[text] = f"d{number}"
        return self._ids[text]
