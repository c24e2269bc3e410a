"""XLIFF read: a unit for each ``<trans-unit>`` (1.x) or ``<segment>`` (2.x), with its place in the file.

In: a file's bytes. Out: units; ``placed`` also gives the byte offsets that ``_xliff_filling.py`` needs.

1. ``_Events`` follows the elements: ``_start_structure`` the files and groups, with their languages,
   ``_start_whole`` a ``<trans-unit>`` or ``<unit>``, ``_add_part`` each of its segments.
2. ``_start_text`` and ``_end_text`` read the texts, ``_start_inline`` and ``_end_inline`` their codes.
3. ``_end_whole`` makes the units of a ``<trans-unit>`` or ``<unit>``; ``_unit`` makes one.
   Plain units are read without expat (``_xliff_plain``), where nobody asks for their offsets.
4. ``CHILDREN`` names the elements that are read; ``_start_skipped`` goes past all others.

A unit carries what a memory needs: texts with their codes, notes, state, and as properties ``x-document``
(the file's original), ``x-identifier`` (the resource's name), ``x-translate``, ``x-approved`` and
``x-maximum-length``. All else stays in the file.

Elements that text stands in (g, mrk, pc, sub) are two codes, "open" and "close". Any other inline element is
one code; its ``content`` is what stands in it, or what its ``dataRef`` points to. A ``<seg-source>``, which
parts a source into segments, is read as the source.

>>> from tm.formats._format import Reading
>>> file = '''<xliff version="1.2"><file source-language="fr" target-language="pt" original="a"><body>
... <trans-unit id="7" maxwidth="9" size-unit="char"><source>un <g id="1">pont</g></source>
... <target state="final">uma ponte</target></trans-unit></body></file></xliff>'''
>>> (unit,) = read(iter([file.encode()]), Reading("a.xlf"))
>>> [variant.segment.text for variant in unit.variants], unit.property("x-state"), unit.place
(['un pont', 'uma ponte'], 'final', Place(path='a.xlf', line=2, column=1, id='7'))
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tm.formats import _bytes, _escaping, _white_space, _xml, demands, states
from tm.formats._format import MAX_CHARACTERS
from tm.formats._xliff_parts import (
    CANDIDATES,
    CHILDREN,
    DOCUMENT,
    EMPTY,
    MODULES,
    NATIVE,
    Offsets,
    Part,
    Structure,
    Whole,
)
from tm.formats._xliff_plain import Around, take
from tm.formats._xliff_states import word_of_segment, word_of_unit
from tm.formats._xml_inline import Inline
from tm.formats.demands import IDENTIFIER
from tm.model import Annotation, Attributes, Code, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks, Reading

_START = 1 << 16
"""The bytes in which the first unit is looked for, to know the version."""
_NEXT = re.compile(rb"<(?:[\w.-]+:)?(?:trans-unit|unit)[\s>]")


_NOWHERE = Offsets(-1, -1)
"""The offsets of a unit that expat has not seen: where only the units are asked for."""


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read the units in order. After a fault, reading goes on at the next trans-unit or unit."""
    start, rest = _bytes.at_least(_START, chunks)
    end_tag = b"</trans-unit>" if b"<trans-unit" in start else b"</unit>"
    events = _Events(reading, end_tag)
    shortcut = _xml.Shortcut(end_tag, events.take_plain)
    for _ in events.xml.parse(itertools.chain([start], rest), events.resumption, shortcut):
        events.check_size()
        yield from [unit for unit, _ in events.finished]
        events.finished.clear()


def placed(chunks: Chunks, reading: Reading) -> Iterator[tuple[Unit, Offsets]]:
    """Read the units, each with the offsets of its parts.

    >>> from tm.formats._format import Reading
    >>> file = b'<xliff version="2.0" srcLang="fr"><file><unit><segment><source>oui</source></segment></unit>'
    >>> [(_, offsets)] = placed(iter([file, b"</file></xliff>"]), Reading("a.xlf"))
    >>> file[offsets.source :].split(b">")[0], offsets.target
    (b'<source', -1)
    """
    events = _Events(reading)
    for _ in events.xml.parse(chunks, events.resumption):
        events.check_size()
        yield from events.finished
        events.finished.clear()


class _Events:
    """Turns expat's events into units; ``_path`` holds the local names of the open elements that are read."""

    def __init__(self, reading: Reading, end_tag: bytes = b"") -> None:
        self._end_tag = end_tag
        self.finished: list[tuple[Unit, Offsets]] = []
        self.resumption = _xml.Resumption(_NEXT, self._prologue)
        self._reading = reading
        self._prefix = ""
        self._file: dict[str, str] = {}
        self._open: list[Structure] = []
        self.xml = _xml.XmlFile(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        self._path = [""]
        self._skipped = self._candidate = 0
        self._candidates = False
        self._pieces: list[str] = []
        self._inlines: list[Inline] = []
        self._whole: Whole | None = None
        self._file_at = self._unit_at = -1
        self._space = "default"
        self._attributes: dict[str, str] = {}
        self._depth = 0
        self._open.clear()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append

    def _start(self, name: str, attributes: list[str]) -> None:
        if len(attributes) > 2 * _xml.MAX_ATTRIBUTES:
            raise self.xml.error(f"more than {_xml.MAX_ATTRIBUTES} attributes")
        if self._inlines:
            self._start_inline(name, _xml.pairs(attributes))
        elif self._skipped:
            self._start_skipped(name.rpartition(":")[2])
        else:
            self._start_element(name, attributes)

    def _start_element(self, name: str, attributes: list[str]) -> None:
        parent = self._path[-1]
        prefix, _, local = name.rpartition(":")
        if parent == "" and len(self._path) == 1:
            self._prefix = prefix
            if local != "xliff":
                raise self.xml.error(f"the top element is <{name[:40]}>; an XLIFF file has <xliff>")
        is_ours = prefix == self._prefix or local in MODULES
        if not is_ours or local not in CHILDREN.get(parent, ()):
            self._skipped = 1
            self._candidates = local in CANDIDATES
            self._reading.account.unread[local] += 1
            return
        self._pieces.clear()
        self._path.append(local)
        values = dict(_xml.pairs(attributes))
        match local:
            case "xliff" | "file" | "body" | "group" | "bin-unit":
                self._start_structure(name, attributes)
            case "trans-unit" | "unit":
                self._start_whole(local, values)
            case "segment":
                self._add_part(values.get("id", ""), word_of_segment(values))
            case "source" | "seg-source" | "target":
                self._start_text(local, values)
            case "seg" if self._whole:
                self._whole.states[values.get("id", "")] = values.get("conf", "Unspecified")
            case "matches" if self._whole:
                self._whole.matches = self._at()
            case "note" | "data" | "prop" | "meta" | "metaGroup":
                self._attributes = values

    def _end(self, _: str) -> None:
        if self._skipped:
            self._end_skipped()
            if self._path[-1] not in ("note", "data"):
                self._pieces.clear()
            return
        if self._inlines and len(self._path) > self._depth:
            self._end_inline()
            return
        name = self._path.pop()
        match name:
            case "source" | "seg-source" | "target":
                self._end_text(name)
            case "note" | "data" | "prop" | "meta" if self._whole:
                self._end_described(self._whole, name, "".join(self._pieces))
            case "trans-unit" | "unit":
                self._end_whole()
            case "file" | "body" | "group" | "bin-unit":
                self._open.pop()
        self._pieces.clear()

    # Elements that are passed over. A candidate counts when its target has a text.

    def _start_skipped(self, local: str) -> None:
        self._skipped += 1
        if self._candidate:
            self._end_candidate(filled=True)
        elif self._candidates and local == "target":
            self._candidate = self._skipped
            self._pieces.clear()

    def _end_skipped(self) -> None:
        if self._candidate == self._skipped:
            self._end_candidate(filled=any(map(str.strip, self._pieces)))
        self._skipped -= 1

    def _end_candidate(self, *, filled: bool) -> None:
        self._candidate = 0
        self._reading.account.candidates += filled

    # Structure.

    def _start_structure(self, name: str, attributes: list[str]) -> None:
        values = dict(_xml.pairs(attributes))
        if len(self._path) == 2 and not (version := values.get("version", "1.2")).startswith(("1.", "2.")):
            raise self.xml.error(f"XLIFF version {version[:20]!r}; 1.0 to 2.2 are read")
        translate, space, (source, target) = self._around()
        languages = (
            values.get("srcLang") or values.get("source-language") or source,
            values.get("trgLang") or values.get("target-language") or target,
        )
        own = values.get("translate") or translate, values.get("xml:space") or space, languages
        self._open.append(Structure(name, attributes, *own))
        if self._path[-1] == "file":
            self._file = values
        if "source-language" in values or "srcLang" in values:
            self._file_at = self._at()
        for declared in ("srcLang", "source-language", "trgLang", "target-language"):
            self._reading.account.declare(values.get(declared, ""))

    def _around(self) -> tuple[str, str, tuple[str, str]]:
        """What holds here: ``translate``, ``xml:space``, the two languages."""
        if self._open:
            return self._open[-1][2:]
        return "yes", "default", (self._reading.source or "und", self._reading.target or "und")

    def _prologue(self) -> str:
        """The start tags of the elements that must be open when reading goes on after a fault."""
        write = _escaping.Escaper().attributes
        return "".join(f"<{each.name}{write(_xml.pairs(each.attributes))}>" for each in self._open)

    def _end_described(self, whole: Whole, name: str, text: str) -> None:
        if name == "data":
            whole.data[self._attributes.get("id", "")] = text
        elif name == "note":
            language = tuple(item for item in self._attributes.items() if item[0] == "xml:lang")
            whole.annotations.append(Annotation("note", text, attributes=language))
        elif kind := self._attributes.get("prop-type" if name == "prop" else "type", ""):
            whole.annotations.append(Annotation("prop", text, kind))

    def _start_whole(self, name: str, attributes: dict[str, str]) -> None:
        translate, space, _ = self._around()
        self._whole = Whole(attributes, attributes.get("translate") or translate)
        self._space = attributes.get("xml:space") or space
        self._unit_at = self._at()
        if name == "trans-unit":
            self._add_part("", word_of_unit(attributes))

    def _add_part(self, id_: str, state: str) -> None:
        if self._whole:
            prefix = f"{self._prefix}:" if self._prefix else ""
            offsets = Offsets(self._file_at, self._unit_at, prefix=prefix, space=self._space)
            if self._path[-1] == "segment":
                offsets.segment = self._at()
            place = Place(self._reading.path, *self.xml.place)
            self._whole.parts.append(Part(id_, state, offsets, place))

    def _at(self) -> int:
        return self.xml.parser.CurrentByteIndex

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        part = self._part()
        if getattr(part, {"seg-source": "parted"}.get(name, name)) is not None:
            raise self.xml.error(f"a second <{name}>; there is one in each unit or segment")
        self._inlines.append(Inline(name, space=attributes.get("xml:space") or self._space))
        self._depth = len(self._path)
        if name == "source":
            part.offsets.source = self._at()
        elif name == "target":
            part.offsets.target = self._at()
            part.target_language = attributes.get("xml:lang", "")
            part.state = attributes.get("state") or part.state
            part.qualifier = attributes.get("state-qualifier", "")

    def _part(self) -> Part:
        assert self._whole is not None
        return self._whole.parts[-1]

    def _end_text(self, name: str) -> None:
        inline = self._inlines.pop()
        inline.add(self._pieces)
        part, segment = self._part(), inline.segment()
        if inline.space != "preserve":
            segment = _white_space.folded(segment)
        if name == "target":
            part.target, part.offsets.target_end = segment, self._at()
        else:
            part.offsets.source_end = self._at()
            if name == "source":
                part.source = segment
            else:
                part.parted = segment

    def _end_whole(self) -> None:
        whole = self._whole
        assert whole is not None
        self._whole = None
        for number, part in enumerate(whole.parts, 1):
            if part.source is None:
                raise self.xml.error("a unit or segment without <source>; XLIFF requires one")
            part.offsets.matches = whole.matches
            self.finished.append((self._unit(whole, part, number), part.offsets))
        self.xml.units += len(whole.parts) - 1
        self.xml.unit_ended()

    def take_plain(self, piece: bytes, start: int, line: int) -> tuple[int, int]:
        """Read the plain units at this offset, which is in this line.

        Returns:
            The offset behind them, and its line.
        """
        translate, _, languages = self._around()
        if self._prefix or translate == "no":
            return start, line
        units: list[Unit] = []
        around = Around(self._reading.path, languages, self._file.get("original", ""))
        end = take(piece, start, line, around, units, self._end_tag)
        self.finished += [(unit, _NOWHERE) for unit in units]
        self.xml.units += len(units)
        return end

    def _unit(self, whole: Whole, part: Part, number: int) -> Unit:
        source = part.parted or part.source
        assert source is not None
        languages = self._around()[2]
        variants = [Variant(languages[0], source)]
        if part.target and (part.target.text.strip() or part.target.codes):
            variants.append(Variant(part.target_language or languages[1], part.target))
        id_ = whole.attributes.get("id", "")
        limit = demands.maximum(whole.attributes) if len(whole.parts) == 1 else ""
        if len(whole.parts) > 1:
            id_ = f"{id_}/{part.id or number}"
        properties = (
            (DOCUMENT, self._file.get("original", "")),
            (IDENTIFIER, whole.attributes.get("resname") or whole.attributes.get("name", "")),
            (states.APPROVED, whole.attributes.get("approved", "")),
            (demands.MAXIMUM, limit),
            (states.TRANSLATE, whole.translate if whole.translate == "no" else ""),
        )
        return Unit(
            tuple(variants),
            (("tuid", id_),) if id_ else (),
            (
                *whole.annotations,
                *(Annotation("prop", text, name) for name, text in properties if text),
                *(states.described(part.state, part.qualifier, whole.states) if len(variants) > 1 else ()),
            ),
            part.place._replace(id=id_),
        )

    # Inside a text.

    def _start_inline(self, name: str, attributes: Attributes) -> None:
        if len(self._path) > _xml.MAX_DEPTH:
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        prefix, _, local = name.rpartition(":")
        name = local if prefix == self._prefix else name
        self._path.append(name)
        inline = self._inlines[-1]
        inline.add(self._pieces)
        if name in NATIVE:
            self._inlines.append(Inline(name, attributes))
        elif name in EMPTY:
            inline.codes.append(Code(inline.length, EMPTY[name], name, attributes, self._native(attributes)))
        else:
            native = self._native(attributes, "dataRefStart")
            inline.codes.append(Code(inline.length, "open", name, attributes, native))

    def _end_inline(self) -> None:
        name = self._path.pop()
        inline = self._inlines[-1]
        inline.add(self._pieces)
        if name in NATIVE:
            code = self._inlines.pop()
            content = code.segment() if code.length or code.codes else self._native(code.attributes)
            inline = self._inlines[-1]
            inline.codes.append(Code(inline.length, NATIVE[name], name, code.attributes, content))
        elif name not in EMPTY:
            opened = inline.opened(name)
            inline.codes.append(
                Code(inline.length, "close", name, content=self._native(opened, "dataRefEnd"))
            )

    def _native(self, attributes: Attributes, reference: str = "dataRef") -> Segment | None:
        """The original data that an inline element of 2.x refers to."""
        assert self._whole is not None
        data = self._whole.data.get(dict(attributes).get(reference) or "-")
        return None if data is None else Segment(data)

    def check_size(self) -> None:
        """Refuse a text without end before it fills the memory; drop text that is not read."""
        if self._skipped or not self._whole:
            self._pieces.clear()
        elif sum(map(len, self._pieces)) + sum(inline.length for inline in self._inlines) > MAX_CHARACTERS:
            raise self.xml.error(f"a text of more than {MAX_CHARACTERS} characters")
