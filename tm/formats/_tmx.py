"""TMX written: 1.4b. ``tmx.py`` says what of a unit is kept.

In: units and the header of the file that they come from. Out: the bytes of a TMX file.

1. ``write`` writes the header, then the units in batches.
2. ``_Writer.unit`` writes a unit, ``_variant`` a text, ``_annotation`` a note or property.
3. ``_content`` puts the codes back into a text. ``_code`` writes a code of TMX as it came, and a code of
   another format as ``<bpt>`` and ``<ept>`` when ``_partners`` finds its other half, as ``<it>`` when not, as
   ``<ph>`` when it stands alone.

>>> from io import BytesIO
>>> from tm.formats.authoring import Writing
>>> codes = (Code(3, "open", "g", (("id", "1"),)), Code(7, "close", "g"))
>>> tmx = BytesIO()
>>> write(tmx, [Unit((Variant("fr", Segment("un pont", codes)),))], Writing("bridges.tmx"))
1
>>> print(tmx.getvalue().decode().splitlines()[5])  # doctest: +NORMALIZE_WHITESPACE
<tuv xml:lang="fr"><seg>un <bpt i="1" type="g">&lt;g id="1"&gt;</bpt>pont<ept
i="1">&lt;/g&gt;</ept></seg></tuv>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Literal

from tm import __version__
from tm.formats import _escaping
from tm.formats._format import Header, UserEncoding
from tm.formats.notices import notice
from tm.model import Annotation, Attributes, Code, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats._format import Writing


KINDS: dict[str, Literal["open", "close", "alone"]] = {
    "bpt": "open",
    "ept": "close",
    "it": "alone",
    "ph": "alone",
    "ut": "alone",
}
"""The inline elements that become one code each, and the kind of that code."""

_REQUIRED = {"bpt": "i", "ept": "i", "it": "pos"}
"""The attribute without which TMX does not allow the element."""
_POSITIONS = {"open": "begin", "close": "end"}
"""The values of ``pos`` of ``<it>`` in XLIFF, and what TMX calls them."""
_OURS = (("creationtool", "Ponte"), ("creationtoolversion", __version__))
_DEFAULTS = (
    ("segtype", "sentence"),
    ("o-tmf", "Ponte"),
    ("adminlang", "en"),
    ("srclang", "*all*"),
    ("datatype", "plaintext"),
)
_BATCH = 1_000


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write TMX 1.4b in UTF-8; return the number of units.

    The header stays as it came, but names this program as the tool that made the file.
    """
    writer = _Writer(writing)
    stream.write(writer.head().encode())
    count = 0
    lines: list[str] = []
    for unit in units:
        lines.append(writer.unit(unit))
        if len(lines) == _BATCH:
            stream.write("".join(lines).encode())
            count += len(lines)
            lines.clear()
    stream.write("".join([*lines, "</body>\n</tmx>\n"]).encode())
    writer.escaper.report(writing.path)
    notice("{path}: bpt and ept do not pair in {texts}; kept", path=writing.path, texts=writer.unpaired)
    return count + len(lines)


class _Writer:
    """Writes the elements of one file; it counts texts whose ``<bpt>`` and ``<ept>`` do not pair."""

    def __init__(self, writing: Writing) -> None:
        self.escaper = _escaping.Escaper()
        self.header = writing.header or Header()
        self.source = writing.source
        self.unpaired = 0
        self._starts: dict[str, str] = {}

    def head(self) -> str:
        """All that stands before the first unit."""
        attributes = dict(self.header.attributes)
        if self.source:
            attributes["srclang"] = self.source
        attributes = dict(_OURS) | dict(_DEFAULTS) | attributes | dict(_OURS)
        content = "".join(
            self._annotation(item) if isinstance(item, Annotation) else self._user_encoding(item)
            for item in self.header.content
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
            f"<header{self.escaper.attributes(tuple(attributes.items()))}>{content}</header>\n<body>\n"
        )

    def unit(self, unit: Unit) -> str:
        """A unit as ``<tu>``; when it has no text in the source language, it says ``srclang="*all*"``."""
        attributes = unit.attributes
        if self.source and unit.variants[0].language != self.source and unit.variant(self.source) is None:
            attributes = (*attributes, ("srclang", "*all*"))
        start = f"<tu{self.escaper.attributes(attributes)}>" if attributes else "<tu>"
        annotations = (
            "".join([f"{self._annotation(annotation)}\n" for annotation in unit.annotations])
            if unit.annotations
            else ""
        )
        return (
            f"{start}\n{annotations}{''.join([self._variant(variant) for variant in unit.variants])}</tu>\n"
        )

    def _variant(self, variant: Variant) -> str:
        segment = variant.segment
        if segment.codes:
            text = self._content(segment)
            self.unpaired += not _pair_up(segment.codes)
        else:
            text = self.escaper.text(segment.text)
        start = f'<tuv xml:lang="{_escaping.language_tag(variant.language)}"'
        if not (variant.attributes or variant.annotations):
            return f"{start}><seg>{text}</seg></tuv>\n"
        of_variant = tuple(
            attribute for attribute in variant.attributes if not attribute[0].startswith("seg/")
        )
        of_seg = tuple((name[4:], value) for name, value in variant.attributes if name.startswith("seg/"))
        annotations = "".join(map(self._annotation, variant.annotations))
        attributes = self.escaper.attributes
        return f"{start}{attributes(of_variant)}>{annotations}<seg{attributes(of_seg)}>{text}</seg></tuv>\n"

    def _annotation(self, annotation: Annotation) -> str:
        text = self.escaper.text(annotation.text)
        if annotation.name == "prop":
            start = self._starts.get(annotation.type) or self._start_of_property(annotation.type)
            if not annotation.attributes:
                return f"{start}>{text}</prop>"
        else:
            start = "<note"
        return f"{start}{self.escaper.attributes(annotation.attributes)}>{text}</{annotation.name}>"

    def _start_of_property(self, kind: str) -> str:
        """The start tag of a property, without its ``>``.

        It is kept: a file has few types of properties, and many properties of each.
        """
        start = f"<prop{self.escaper.attributes((('type', kind),))}"
        if kind.isprintable() and len(self._starts) < _BATCH:
            self._starts[kind] = start
        return start

    def _user_encoding(self, encoding: UserEncoding) -> str:
        maps = "".join(f"<map{self.escaper.attributes(attributes)}/>" for attributes in encoding.maps)
        return f"<ude{self.escaper.attributes(encoding.attributes)}>{maps}</ude>"

    def _content(self, segment: Segment, marks: tuple[str, ...] = ("hi",)) -> str:
        """The text with its codes put back.

        Args:
            segment: the text.
            marks: the elements that may mark a part of the text here.
        """
        text, pieces, position = segment.text, [], 0
        codes = sorted(segment.codes, key=lambda code: code.position)
        partners = _partners(codes)
        free = 1 + max(
            (int(i) for code in codes for key, i in code.attributes if key == "i" and i.isdecimal()),
            default=0,
        )
        for number, code in enumerate(codes):
            pieces.append(self.escaper.text(text[position : code.position]))
            position = max(position, code.position)
            pieces.append(self._code(code, free + partners.get(number, -1), marks, paired=number in partners))
        pieces.append(self.escaper.text(text[position:]))
        return "".join(pieces)

    def _code(self, code: Code, i: int, marks: tuple[str, ...], *, paired: bool) -> str:
        attributes = self.escaper.attributes(code.attributes)
        if code.name in marks and paired:
            return f"<{code.name}{attributes}>" if code.kind == "open" else f"</{code.name}>"
        native = self._native(code)
        if _is_tmx(code):
            return self._element(code.name, code.attributes, native)
        if code.name == "it" and (pos := _POSITIONS.get(dict(code.attributes).get("pos", ""))):
            return self._element("it", (("pos", pos),), native)
        named = (("type", code.name),)
        if code.kind == "alone":
            return self._element("ph", named, native)
        if paired and code.kind == "open":
            return self._element("bpt", (("i", str(i)), *named), native)
        if paired:
            return self._element("ept", (("i", str(i)),), native)
        return self._element("it", (("pos", "begin" if code.kind == "open" else "end"), *named), native)

    def _element(self, name: str, attributes: Attributes, content: str) -> str:
        start = f"<{name}{self.escaper.attributes(attributes)}"
        return f"{start}>{content}</{name}>" if content else f"{start}/>"

    def _native(self, code: Code) -> str:
        """The native code that stands in the element; for an element of another format, its tag."""
        if code.content is not None:
            return self._content(code.content, ("sub", "hi"))
        if _is_tmx(code):
            return ""
        if code.kind == "close":
            return self.escaper.text(f"</{code.name}>")
        slash = "/" if code.kind == "alone" else ""
        return self.escaper.text(f"<{code.name}{self.escaper.attributes(code.attributes)}{slash}>")


def _is_tmx(code: Code) -> bool:
    """Whether the code can stand in TMX as it is.

    XLIFF has elements of the same names; those have an ``id``.

    >>> _is_tmx(Code(0, "open", "bpt", (("i", "1"),))), _is_tmx(Code(0, "open", "bpt", (("id", "1"),)))
    (True, False)
    """
    names = {name for name, _ in code.attributes}
    pos = dict(code.attributes).get("pos", "")
    return (
        code.name in KINDS
        and "id" not in names
        and _REQUIRED.get(code.name, "") in ("", *names)
        and (code.name != "it" or pos not in _POSITIONS)
    )


def _pair_up(codes: Iterable[Code]) -> bool:
    """Whether each ``bpt`` of TMX has its ``ept``, and no number is there twice.

    >>> _pair_up([Code(0, "open", "bpt", (("i", "1"),)), Code(3, "close", "ept", (("i", "2"),))])
    False
    """
    numbers = [
        sorted(dict(code.attributes).get("i", "") for code in codes if code.name == name and _is_tmx(code))
        for name in ("bpt", "ept")
    ]
    return numbers[0] == numbers[1] and len(set(numbers[0])) == len(numbers[0])


def _partners(codes: list[Code]) -> dict[int, int]:
    """The codes of other formats that are halves of a pair: their places, each with the pair's number.

    A code closes the last open one if it has its name, else the last one with the same id.

    >>> _partners([Code(0, "open", "g"), Code(2, "alone", "x"), Code(4, "close", "g")])
    {2: 0, 0: 0}
    """
    partners: dict[int, int] = {}
    waiting: dict[int, None] = {}  # codes that nothing has closed so far, in order
    by_key: dict[str, list[int]] = {}
    for number, code in enumerate(codes):
        if _is_tmx(code) or code.kind == "alone":
            continue
        if code.kind == "open":
            waiting[number] = None
            by_key.setdefault(_key(code), []).append(number)
            continue
        partner = next(reversed(waiting), None)
        if partner is None or codes[partner].name != code.name:
            partner = _last_waiting(by_key.get(_key(code), []) if _key(code) else [], waiting)
        if partner is not None:
            if partner == next(reversed(waiting)):
                waiting.popitem()  # leaves no gap that the next look from behind would go over
            else:
                del waiting[partner]
            partners[number] = partners[partner] = len(partners) // 2
    return partners


def _last_waiting(numbers: list[int], waiting: dict[int, None]) -> int | None:
    """The last of these codes that waits; those behind it, which wait no more, are taken out."""
    while numbers and numbers[-1] not in waiting:
        numbers.pop()
    return numbers[-1] if numbers else None


def _key(code: Code) -> str:
    """What joins two halves in XLIFF."""
    attributes = dict(code.attributes)
    return attributes.get("rid") or attributes.get("startRef") or attributes.get("id", "")
