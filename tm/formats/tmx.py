"""TMX 1.1–1.4b read, 1.4b written (LISA OSCAR, "TMX 1.4b Specification", 2005). Nothing that a unit or the header says is lost.

Text stands in ``Segment.text``; ``<hi>`` and ``<sub>`` mark a part of it, as two codes named so, one "open" and one "close"; each
other inline element is one code whose ``content`` is what stood in it. An attribute of ``<seg>`` itself, which TMX does not know
but files have, is kept among those of the variant, its name after ``seg/``.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, BinaryIO, Literal

from tm import __version__, bcp47
from tm.formats import _xml
from tm.formats._format import MAX_CHARACTERS, Format, Header, UserEncoding
from tm.model import Annotation, Attributes, Code, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks, Reading, Writing

log = logging.getLogger(__name__)

_RESUMPTION = _xml.Resumption(re.compile(rb"<tu[\s>]"), lambda: '<tmx version="1.4"><body>')
_KINDS: dict[str, Literal["open", "close", "alone"]] = {
    "bpt": "open",
    "ept": "close",
    "it": "alone",
    "ph": "alone",
    "ut": "alone",
}


_ANNOTATIONS = frozenset(("note", "prop"))
_ANNOTATED = frozenset(("header", "tu", "tuv"))
_PLAIN_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_ELEMENTS = frozenset("tmx header body tu tuv seg note prop ude map hi sub".split()) | _KINDS.keys()


def read(chunks: Chunks, reading: Reading) -> Iterator[Header | Unit]:
    """The header, then the units in order. After a fault that is gone past, reading goes on at the next ``<tu>``."""
    events = _Events(reading)
    for _ in events.source.parse(chunks, _RESUMPTION):
        events.check_size()
        yield from events.finished
        events.finished.clear()


class _Inline:
    """An element inside a segment being read: what stands in it, so far."""

    __slots__ = ("attributes", "codes", "length", "texts")

    def __init__(self, attributes: Attributes) -> None:
        self.attributes = attributes
        self.texts: list[str] = []
        self.length = 0
        self.codes: list[Code] = []

    def add(self, parts: list[str]) -> None:
        self.texts += parts
        self.length += sum(map(len, parts))
        parts.clear()

    def segment(self) -> Segment:
        return Segment("".join(self.texts), tuple(self.codes))


class _Events:
    """Expat's events become units. ``path`` holds the names of the open elements."""

    def __init__(self, reading: Reading) -> None:
        self.finished: list[Header | Unit] = []
        self._languages: set[str] = set()
        self.source = _xml.Source(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        self._path: list[str] = [""]
        self._parts: list[str] = []
        self._between: list[str] = []
        self._inlines: list[_Inline] = []
        self._attributes: list[str] = []
        self._tu: Attributes = ()
        self._tuv: Attributes = ()
        self._language = ""
        self._segment: Segment | None = None
        self._variants: list[Variant] = []
        self._of_unit: list[Annotation] = []
        self._of_variant: list[Annotation] = []
        self._of_header: list[Annotation | UserEncoding] = []
        self._maps: list[Attributes] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        # The list's own method: half the cost of a method of ours, for the most frequent event of all.
        parser.CharacterDataHandler = self._parts.append

    # The two handlers run ten times for each unit: what is frequent comes first, what is rare goes elsewhere.

    def _start(self, name: str, attributes: list[str]) -> None:
        path = self._path
        parent = path[-1]
        path.append(name)
        if name == "tuv" and parent == "tu":
            if len(attributes) == 2 and attributes[0] == "xml:lang":
                self._language, self._tuv = attributes[1], ()
            else:
                self._language, self._tuv = self._language_of(attributes)
            if self._language not in self._languages:
                self._check_language(self._language)
        elif name == "seg" and parent == "tuv":
            self._between += self._parts
            self._parts.clear()
            if self._segment is not None:
                raise self.source.error("a second <seg> in one <tuv>; each language has one")
            if attributes:
                self._tuv += tuple((f"seg/{key}", value) for key, value in _xml.pairs(attributes))
        elif name == "tu" and parent == "body":
            self._tu = _xml.pairs(attributes) if attributes else ()
        elif name in _ANNOTATIONS and parent in _ANNOTATED:
            self._between += self._parts
            self._parts.clear()
            self._attributes = attributes
        else:
            self._start_other(name, attributes, parent)

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if name == "seg":
            if self._inlines:
                seg = self._inlines.pop()
                seg.add(self._parts)
                self._segment = seg.segment()
            else:
                self._segment = Segment("".join(self._parts))
                self._parts.clear()
        elif name == "tuv":
            if self._segment is None:
                raise self.source.error("<tuv> has no <seg>; TMX requires one")
            self._variants.append(Variant(self._language, self._segment, self._tuv, tuple(self._of_variant)))
            self._segment = None
            self._of_variant.clear()
        elif name == "tu":
            self._end_unit()
        elif name in _ANNOTATIONS and not self._inlines:
            self._end_annotation(name)
        else:
            self._end_other(name)

    def _end_unit(self) -> None:
        self._between += self._parts
        self._parts.clear()
        if text := "".join(self._between).strip():
            raise self.source.error(f"text outside <seg>: {text[:40]!r}")
        self._between.clear()
        if not self._variants:
            raise self.source.error("<tu> has no <tuv>; TMX requires one")
        self.finished.append(Unit(tuple(self._variants), self._tu, tuple(self._of_unit)))
        self.source.units += 1
        self._variants.clear()
        self._of_unit.clear()

    def _start_other(self, name: str, attributes: list[str], parent: str) -> None:
        if parent == "seg" or self._inlines:
            self._start_inline(name, attributes)
        elif (name, parent) == ("header", "tmx"):
            self._tu = _xml.pairs(attributes)
        elif (name, parent) == ("ude", "header"):
            self._attributes = attributes
        elif (name, parent) == ("map", "ude"):
            self._maps.append(_xml.pairs(attributes))
        elif (name, parent) == ("tmx", ""):
            version = dict(_xml.pairs(attributes)).get("version", "1.4")
            if not version.startswith("1."):
                raise self.source.error(f"TMX version {version!r}; 1.1 to 1.4b are read")
        elif (name, parent) != ("body", "tmx"):
            self._start_unknown(name, attributes, parent)

    def _start_unknown(self, name: str, attributes: list[str], parent: str) -> None:
        local = name.rpartition(":")[2]
        if local != name and local in _ELEMENTS:
            self._path.pop()
            self._start(local, attributes)
        elif parent:
            raise self.source.error(f"<{name}> in <{parent}>; TMX has none there")
        else:
            raise self.source.error(f"the top element is <{name}>; a TMX file has <tmx>")

    def _end_other(self, name: str) -> None:
        if self._inlines:
            self._end_inline(name)
        elif name == "ude":
            self._of_header.append(UserEncoding(_xml.pairs(self._attributes), tuple(self._maps)))
            self._maps.clear()
        elif name == "header":
            self.finished.append(Header(self._tu, tuple(self._of_header)))
            self._of_header.clear()

    def _end_annotation(self, name: str) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        flat = self._attributes
        if name == "note":
            annotation = Annotation("note", text, "", _xml.pairs(flat))
        elif len(flat) == 2 and flat[0] == "type":
            annotation = Annotation("prop", text, flat[1])
        else:
            kind = next((value for key, value in _xml.pairs(flat) if key == "type"), "")
            annotation = Annotation(
                "prop", text, kind, tuple(each for each in _xml.pairs(flat) if each[0] != "type")
            )
        parent = self._path[-1]
        if parent == "tu":
            self._of_unit.append(annotation)
        elif parent == "tuv":
            self._of_variant.append(annotation)
        else:
            self._of_header.append(annotation)

    def _start_inline(self, name: str, attributes: list[str]) -> None:
        if len(self._path) > _xml.MAX_DEPTH:
            raise self.source.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        if len(attributes) > 2 * _xml.MAX_ATTRIBUTES:
            raise self.source.error(f"more than {_xml.MAX_ATTRIBUTES} attributes")
        if ":" in name and name.rpartition(":")[2] in _ELEMENTS:
            name = self._path[-1] = name.rpartition(":")[2]
        if not self._inlines:
            self._inlines.append(_Inline(()))
        here = self._inlines[-1]
        here.add(self._parts)
        if name in _KINDS:
            self._inlines.append(_Inline(_xml.pairs(attributes)))
        else:
            here.codes.append(Code(here.length, "open", name, _xml.pairs(attributes)))

    def _end_inline(self, name: str) -> None:
        here = self._inlines[-1]
        here.add(self._parts)
        if name in _KINDS:
            code = self._inlines.pop()
            content = code.segment() if code.length or code.codes else None
            here = self._inlines[-1]
            here.codes.append(Code(here.length, _KINDS[name], name, code.attributes, content))
        else:
            here.codes.append(Code(here.length, "close", name))

    def _language_of(self, attributes: list[str]) -> tuple[str, Attributes]:
        named = _xml.pairs(attributes)
        values = dict(named)
        language = values.get("xml:lang", values.get("lang"))
        if language is None:
            raise self.source.error("<tuv> has no xml:lang; TMX 1.4b requires one")
        return language, tuple(
            (key, value) for key, value in named if key != "xml:lang" and (key, value) != ("lang", language)
        )

    def _check_language(self, tag: str) -> None:
        self._languages.add(tag)
        if not _PLAIN_TAG.fullmatch(tag) and not bcp47.is_tag(tag):
            log.warning(
                "%s:%d: %r is no language tag; kept as it is",
                self.source.reading.path,
                self.source.line,
                tag[:40],
            )

    def check_size(self) -> None:
        """Refuse a text without end before it fills the memory."""
        if sum(map(len, self._parts)) > MAX_CHARACTERS:
            raise self.source.error(f"a text of more than {MAX_CHARACTERS} characters")


# ------------------------------------------------------------------------------------------------- writing

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
    """TMX 1.4b in UTF-8: the header as it came, but for the tool that made the file, which is this one."""
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
    return count + len(lines)


class _Writer:
    def __init__(self, writing: Writing) -> None:
        self.escaper = _xml.Escaper()
        self.header = writing.header or Header()
        self.source = writing.source

    def head(self) -> str:
        said = dict(self.header.attributes)
        if self.source:
            said["srclang"] = self.source
        attributes = dict(_OURS) | dict(_DEFAULTS) | said | dict(_OURS)
        content = "".join(
            self._annotation(each) if isinstance(each, Annotation) else self._user_encoding(each)
            for each in self.header.content
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
            f"<header{self.escaper.attributes(tuple(attributes.items()))}>{content}</header>\n<body>\n"
        )

    def unit(self, unit: Unit) -> str:
        attributes = unit.attributes
        if self.source and unit.variants[0].language != self.source and unit.variant(self.source) is None:
            attributes = (*attributes, ("srclang", "*all*"))
        start = f"<tu{self.escaper.attributes(attributes)}>" if attributes else "<tu>"
        annotations = (
            "".join([f"{self._annotation(each)}\n" for each in unit.annotations]) if unit.annotations else ""
        )
        return f"{start}\n{annotations}{''.join([self._variant(each) for each in unit.variants])}</tu>\n"

    def _variant(self, variant: Variant) -> str:
        segment = variant.segment
        text = self._content(segment) if segment.codes else self.escaper.text(segment.text)
        start = f'<tuv xml:lang="{_xml.language_tag(variant.language)}"'
        if not (variant.attributes or variant.annotations):
            return f"{start}><seg>{text}</seg></tuv>\n"
        own = tuple(each for each in variant.attributes if not each[0].startswith("seg/"))
        of_seg = tuple((name[4:], value) for name, value in variant.attributes if name.startswith("seg/"))
        annotations = "".join(map(self._annotation, variant.annotations))
        attributes = self.escaper.attributes
        return f"{start}{attributes(own)}>{annotations}<seg{attributes(of_seg)}>{text}</seg></tuv>\n"

    def _annotation(self, annotation: Annotation) -> str:
        text, name = self.escaper.text(annotation.text), annotation.name
        kind = self.escaper.attributes((("type", annotation.type),)) if name == "prop" else ""
        rest = self.escaper.attributes(annotation.attributes) if annotation.attributes else ""
        return f"<{name}{kind}{rest}>{text}</{name}>"

    def _user_encoding(self, encoding: UserEncoding) -> str:
        maps = "".join(f"<map{self.escaper.attributes(each)}/>" for each in encoding.maps)
        return f"<ude{self.escaper.attributes(encoding.attributes)}>{maps}</ude>"

    def _content(self, segment: Segment, marks: tuple[str, ...] = ("hi",)) -> str:
        """The text with its codes put back; ``marks`` are the elements that may mark a part of it there."""
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
        if code.name in marks and paired:
            return (
                f"<{code.name}{self.escaper.attributes(code.attributes)}>"
                if code.kind == "open"
                else f"</{code.name}>"
            )
        if code.name in _KINDS:
            return self._element(code.name, code.attributes, self._native(code))
        if code.kind == "alone":
            return self._element("ph", (("type", code.name),), self._native(code))
        if paired:
            name, kind = ("bpt", (("type", code.name),)) if code.kind == "open" else ("ept", ())
            return self._element(name, (("i", str(i)), *kind), self._native(code))
        side = "begin" if code.kind == "open" else "end"
        return self._element("it", (("pos", side), ("type", code.name)), self._native(code))

    def _element(self, name: str, attributes: Attributes, content: str) -> str:
        start = f"<{name}{self.escaper.attributes(attributes)}"
        return f"{start}>{content}</{name}>" if content else f"{start}/>"

    def _native(self, code: Code) -> str:
        """What stands in the code; of an element of another format, its tag."""
        if code.content is not None:
            return self._content(code.content, ("sub", "hi"))
        if code.name in _KINDS:
            return ""
        if code.kind == "close":
            return self.escaper.text(f"</{code.name}>")
        slash = "/" if code.kind == "alone" else ""
        return self.escaper.text(f"<{code.name}{self.escaper.attributes(code.attributes)}{slash}>")


def _partners(codes: list[Code]) -> dict[int, int]:
    """The codes (by their place) that are halves of a well-nested pair, with the pair's number."""
    found: dict[int, int] = {}
    open_ones: list[int] = []
    for number, code in enumerate(codes):
        if code.name in _KINDS or code.kind == "alone":
            continue
        if code.kind == "open":
            open_ones.append(number)
        elif open_ones and codes[open_ones[-1]].name == code.name:
            found[number] = found[open_ones.pop()] = len(found) // 2
    return found


TMX = Format(
    "tmx",
    (".tmx",),
    "Translation memory exchange, TMX 1.4b (1.1–1.4b are read)",
    read_units=read,
    write_units=write,
    holds=frozenset(("codes", "annotations", "attributes", "languages")),
)
