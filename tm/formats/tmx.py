"""TMX read: versions 1.1 to 1.4b (LISA OSCAR, "TMX 1.4b Specification", 2005). ``_tmx.py`` writes 1.4b.

In: a file's bytes. Out: its header, then its units; everything that the header or a unit says is kept.

1. ``_xml.XmlFile`` runs expat over the bytes; ``_tmx_plain.take`` reads plain units without expat.
2. ``_Events`` collects what expat sees: ``_end_unit`` makes a unit, ``_end_other`` the header,
   ``_end_annotation`` a note or property, ``_start_inline`` and ``_end_inline`` the codes of a text.
3. ``read`` hands out what is complete after each piece of the file.

The text stands in ``Segment.text``. ``<hi>`` and ``<sub>`` mark a part of a text: they become two codes with
the element's name, one "open" and one "close". Any other inline element becomes one code; its text is the
code's ``content``. TMX allows no attributes of ``<seg>``, but some files have them: they are kept among those
of the variant, with ``seg/`` before the name.

>>> from tm.formats.authoring import Reading
>>> pieces = (
...     b'<tmx version="1.4"><header srclang="fr"/><body><tu tuid="7"><tuv xml:lang="fr"><seg>un '
...     b'<ph>&lt;br/&gt;</ph>pont</seg></tuv><tuv xml:lang="pt"><seg>uma ponte</seg></tuv></tu>',
...     b"</body></tmx>",
... )
>>> header, unit = read(iter(pieces), Reading("bridges.tmx"))
>>> header.attributes, unit.place.id
((('srclang', 'fr'),), '7')
>>> unit.variants[0].segment.text, unit.variants[0].segment.codes[0].content.text
('un pont', '<br/>')
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats import _tmx, _tmx_plain, _values, _xml, notation
from tm.formats._format import MAX_CHARACTERS, Format, Header, UserEncoding
from tm.formats._xml_inline import Inline
from tm.model import Annotation, Attributes, Code, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks, Reading

log = logging.getLogger(__name__)

_RESUMPTION = _xml.Resumption(re.compile(rb"<tu[\s>/]"), lambda: '<tmx version="1.4"><body>')
_ANNOTATIONS = frozenset(("note", "prop"))
_ANNOTATED = frozenset(("header", "tu", "tuv"))
_PLAIN_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_STRUCTURE = frozenset(("tu", "tuv", "seg"))
_ELEMENTS = frozenset("tmx header body tu tuv seg note prop ude map hi sub".split()) | _tmx.KINDS.keys()


def read(chunks: Chunks, reading: Reading) -> Iterator[Header | Unit]:
    """Read the header, then the units in order. After a fault, reading goes on at the next ``<tu>``."""
    events = _Events(reading)
    for _ in events.xml.parse(chunks, _RESUMPTION, _xml.Shortcut(b"</tu>", events.take_plain)):
        events.check_size()
        yield from events.finished
        events.finished.clear()


class _Events:
    """Turns expat's events into units; ``_path`` holds the names of the open elements.

    ``_start`` and ``_end`` run ten times for each unit. They handle what is frequent; what is rare goes to
    ``_start_other`` and ``_end_other``.
    """

    def __init__(self, reading: Reading) -> None:
        self.finished: list[Header | Unit] = []
        self._languages: set[str] = set()
        self._path_of_file = reading.path
        self._namespaces: dict[str, str] = {}
        self.xml = _xml.XmlFile(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        self._path: list[str] = [""]
        self._pieces: list[str] = []
        self._between: list[str] = []
        self._inlines: list[Inline] = []
        self._attributes: list[str] = []
        self._tu: Attributes = ()
        self._line = 0
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
        # The most frequent event; ``list.append`` costs half of what a Python method does.
        parser.CharacterDataHandler = self._pieces.append

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
            self._between += self._pieces
            self._pieces.clear()
            if self._segment is not None:
                raise self.xml.error("a second <seg> in one <tuv>; each language has one")
            if attributes:
                self._tuv += tuple((f"seg/{key}", value) for key, value in self._pairs(attributes))
        elif name == "tu" and parent == "body":
            self._tu = self._pairs(attributes) if attributes else ()
            self._line = self.xml.line
        elif name in _ANNOTATIONS and parent in _ANNOTATED:
            self._between += self._pieces
            self._pieces.clear()
            self._attributes = attributes
        else:
            self._start_other(name, attributes, parent)

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if name == "seg":
            if self._inlines:
                seg = self._inlines.pop()
                seg.add(self._pieces)
                self._segment = seg.segment()
            else:
                self._segment = _values.segment("".join(self._pieces))
                self._pieces.clear()
        elif name == "tuv":
            if self._segment is None:
                raise self.xml.error("<tuv> has no <seg>; TMX requires one")
            self._variants.append(
                _values.variant(self._language, self._segment, self._tuv, tuple(self._of_variant))
            )
            self._segment = None
            self._of_variant.clear()
        elif name == "tu":
            self._end_unit()
        elif name in _ANNOTATIONS and not self._inlines:
            self._end_annotation(name)
        else:
            self._end_other(name)

    def _end_unit(self) -> None:
        self._between += self._pieces
        self._pieces.clear()
        if text := "".join(self._between).strip():
            raise self.xml.error(f"text outside <seg>: {text[:40]!r}")
        self._between.clear()
        if not self._variants:
            raise self.xml.error("<tu> has no <tuv>; TMX requires one")
        place = Place(self._path_of_file, self._line, 0, dict(self._tu).get("tuid", ""))
        self.finished.append(_values.unit(tuple(self._variants), self._tu, tuple(self._of_unit), place))
        self.xml.unit_ended()
        self._variants.clear()
        self._of_unit.clear()

    def take_plain(self, piece: bytes, start: int, line: int) -> tuple[int, int]:
        """Read the plain units at this offset, which is in this line.

        Returns:
            The offset behind them, and its line.
        """
        before = len(self.finished)
        end = _tmx_plain.take(piece, start, line, self._path_of_file, self._languages, self.finished)
        self.xml.units += len(self.finished) - before
        return end

    def _start_other(self, name: str, attributes: list[str], parent: str) -> None:
        if parent == "seg" or self._inlines:
            self._start_inline(name, attributes)
        elif (name, parent) == ("header", "tmx"):
            self._tu = self._pairs(attributes)
        elif (name, parent) == ("ude", "header"):
            self._attributes = attributes
        elif (name, parent) == ("map", "ude"):
            self._maps.append(self._pairs(attributes))
        elif (name, parent) == ("tmx", ""):
            version = dict(self._pairs(attributes)).get("version", "1.4")
            if not version.startswith("1."):
                raise self.xml.error(f"TMX version {version!r}; 1.1 to 1.4b are read")
        elif (name, parent) != ("body", "tmx"):
            self._start_unknown(name, attributes, parent)

    def _start_unknown(self, name: str, attributes: list[str], parent: str) -> None:
        local = name.rpartition(":")[2]
        if local != name and local in _ELEMENTS:
            self._path.pop()
            self._start(local, attributes)
        elif parent:
            raise self.xml.error(f"<{name}> in <{parent}>; TMX has none there")
        else:
            raise self.xml.error(f"the top element is <{name}>; a TMX file has <tmx>")

    def _end_other(self, name: str) -> None:
        if self._inlines:
            self._end_inline(name)
        elif name == "ude":
            self._of_header.append(UserEncoding(self._pairs(self._attributes), tuple(self._maps)))
            self._maps.clear()
        elif name == "header":
            self.finished.append(Header(self._tu, tuple(self._of_header)))
            self._of_header.clear()

    def _end_annotation(self, name: str) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        flat = self._attributes
        if name == "note":
            annotation = Annotation("note", text, "", self._pairs(flat))
        elif len(flat) == 2 and flat[0] == "type":
            annotation = _values.annotation("prop", text, flat[1])
        else:
            kind = next((value for key, value in self._pairs(flat) if key == "type"), "")
            annotation = Annotation(
                "prop", text, kind, tuple(pair for pair in self._pairs(flat) if pair[0] != "type")
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
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        if len(attributes) > 2 * _xml.MAX_ATTRIBUTES:
            raise self.xml.error(f"more than {_xml.MAX_ATTRIBUTES} attributes")
        if ":" in name and name.rpartition(":")[2] in _ELEMENTS:
            name = self._path[-1] = name.rpartition(":")[2]
        if name in _STRUCTURE:
            raise self.xml.error(f"<{name}> inside a <seg>; text and codes were expected")
        if not self._inlines:
            self._inlines.append(Inline("seg"))
        inline = self._inlines[-1]
        inline.add(self._pieces)
        if name in _tmx.KINDS:
            self._inlines.append(Inline(name, self._pairs(attributes)))
        else:
            inline.codes.append(Code(inline.length, "open", name, self._pairs(attributes)))

    def _end_inline(self, name: str) -> None:
        inline = self._inlines[-1]
        inline.add(self._pieces)
        if name in _tmx.KINDS:
            code = self._inlines.pop()
            content = code.segment() if code.length or code.codes else None
            inline = self._inlines[-1]
            inline.codes.append(Code(inline.length, _tmx.KINDS[name], name, code.attributes, content))
        else:
            inline.codes.append(Code(inline.length, "close", name))

    def _language_of(self, attributes: list[str]) -> tuple[str, Attributes]:
        named = self._pairs(attributes)
        values = dict(named)
        language = values.get("xml:lang", values.get("lang"))
        if language is None:
            raise self.xml.error("<tuv> has no xml:lang; TMX 1.4b requires one")
        return language, tuple(
            (key, value) for key, value in named if key != "xml:lang" and (key, value) != ("lang", language)
        )

    def _pairs(self, flat: list[str]) -> Attributes:
        """The attributes; one of another namespace brings the declaration of its prefix."""
        pairs = _xml.pairs(flat)
        if not any(":" in name for name, _ in pairs):
            return pairs
        self._namespaces.update(pair for pair in pairs if pair[0].startswith("xmlns:"))
        prefixes = dict.fromkeys(f"xmlns:{name.partition(':')[0]}" for name, _ in pairs if ":" in name)
        named = dict(pairs)
        declared = [prefix for prefix in prefixes if prefix in self._namespaces and prefix not in named]
        return (*((prefix, self._namespaces[prefix]) for prefix in declared), *pairs)

    def _check_language(self, tag: str) -> None:
        self._languages.add(tag)
        if not _PLAIN_TAG.fullmatch(tag) and not bcp47.is_tag(tag):
            log.warning(
                "%s:%d: %r is no language tag; kept as it is",
                self.xml.reading.path,
                self.xml.line,
                tag[:40],
            )

    def check_size(self) -> None:
        """Refuse a text without end before it fills the memory."""
        if sum(map(len, self._pieces)) + sum(inline.length for inline in self._inlines) > MAX_CHARACTERS:
            raise self.xml.error(f"a text of more than {MAX_CHARACTERS} characters")


TMX = Format(
    "tmx",
    (".tmx",),
    "Translation memory exchange, TMX 1.4b (1.1–1.4b are read)",
    read_units=read,
    write_units=_tmx.write,
    notation=lambda _: notation.XML,
    translated=True,
    holds=frozenset(("codes", "annotations", "attributes", "languages")),
)
