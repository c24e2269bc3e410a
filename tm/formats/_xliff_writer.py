r"""Units written as a new XLIFF file, 1.2 or 2.0, valid by the schemas of OASIS.

In: units. Out: the bytes of a file. ``_xliff_filling.py`` rewrites a file that exists.

1. ``_write`` decides on the two languages (``_bilingual.sides``) and writes head and foot.
2. ``_Files.pieces`` starts a ``<file>`` for each run of units from one document.
3. ``_Version1.unit`` or ``_Version2.unit`` writes a unit; ``_xliff_codes`` writes its texts.

>>> from io import BytesIO
>>> from tm.formats.authoring import Writing
>>> from tm.model import Segment, Unit, Variant
>>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))), (("tuid", "7"),))
>>> xliff = BytesIO()
>>> write_2(xliff, [unit], Writing("answers.xlf"))
1
>>> print(*xliff.getvalue().decode().splitlines()[3:7], sep="\n")
<unit id="7">
<segment>
<source>oui</source>
<target>sim</target>
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, BinaryIO, Protocol

from tm.formats import _bilingual, _escaping
from tm.formats._xliff_codes import Content1, Content2, is_segment, without_segments
from tm.formats._xliff_parts import DOCUMENT
from tm.formats._xliff_states import state_1, state_2
from tm.formats.demands import IDENTIFIER
from tm.formats.notices import Notices
from tm.formats.states import APPROVED, QUALIFIER, STATE, TRANSLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.formats._bilingual import Sides
    from tm.formats._format import Writing
    from tm.model import Annotation, Segment, Unit, Variant

CATEGORY = "ponte"
"""The category of our properties in the metadata of 2.x."""

_ELSEWHERE = frozenset((IDENTIFIER, DOCUMENT, TRANSLATE, APPROVED, STATE, QUALIFIER))
"""Properties for which XLIFF has an attribute."""
_BATCH = 1_000


def write_1(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write XLIFF 1.2 in UTF-8; return the number of units.

    Each run of units from one document is a ``<file>``.
    """
    return _write(stream, units, writing, _Version1(_escaping.Escaper()))


def write_2(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write XLIFF 2.0 in UTF-8, with one segment in each unit; return the number of units."""
    return _write(stream, units, writing, _Version2(_escaping.Escaper()))


class _Version(Protocol):
    """What differs between the versions of XLIFF.

    Attributes:
        escaper: makes texts fit for XML.
        id: matches an id that the version allows.
        nothing: what a file without units contains.
    """

    escaper: _escaping.Escaper
    id: re.Pattern[str]
    nothing: str

    def head(self, sides: Sides) -> str:
        """The top element's start tag."""

    def file(self, document: str, sides: Sides, number: int) -> str:
        """Start tags of a file."""

    def foot(self) -> str:
        """End tags of a file."""

    def unit(self, unit: Unit, source: Variant, target: Variant | None, id_: str) -> str:
        """A unit."""


def _write(stream: BinaryIO, units: Iterable[Unit], writing: Writing, version: _Version) -> int:
    rest = iter(units)
    first = list(itertools.islice(rest, _BATCH))
    sides = _bilingual.sides(first, writing)
    files = _Files(sides, version)
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{version.head(sides)}'.encode())
    stream.writelines(piece.encode() for piece in files.pieces(itertools.chain(first, rest)))
    stream.write(b"</xliff>\n")
    version.escaper.report(writing.path)
    files.notices.log(writing.path)
    return files.written


class _Files:
    """The units parted by their documents; it counts what is written and what is left out."""

    def __init__(self, sides: Sides, version: _Version) -> None:
        self.notices = Notices()
        self.written = 0
        self._sides = sides
        self._version = version
        self._ids: set[str] = set()

    def pieces(self, units: Iterable[Unit]) -> Iterator[str]:
        """The elements of all files, in order; the first is the start of the first file."""
        version, sides, number = self._version, self._sides, 0
        document: str | None = None
        for unit in units:
            source, target = sides.of(unit)
            if source is None:
                self.notices.notice("{path}: left out {units} without text in the source language", "units")
                continue
            if document != (own_document := unit.property(DOCUMENT)):
                number += 1
                yield (version.foot() if number > 1 else "") + version.file(own_document, sides, number)
                document = own_document
                self._ids.clear()
            self.written += 1
            if any(variant.annotations for variant in (source, target) if variant):
                self.notices.notice(
                    "{path}: left out notes or properties of one language in {units}", "units"
                )
            yield version.unit(unit, source, target, self._id(unit))
        yield (version.foot() if number else version.file("", sides, 1) + version.nothing + version.foot())

    def _id(self, unit: Unit) -> str:
        """The unit's own id if the version allows it and no unit before has it, else a number."""
        id_ = dict(unit.attributes).get("tuid", "")
        number = len(self._ids) + 1
        while not self._version.id.fullmatch(id_) or id_ in self._ids:
            id_, number = str(number), number + 1
        self._ids.add(id_)
        return id_


def _identifier(unit: Unit) -> str:
    return next(filter(None, map(unit.property, (IDENTIFIER, "x-msgctxt", "x-context", "x-id"))), "")


def _notes(unit: Unit) -> list[Annotation]:
    return [annotation for annotation in unit.annotations if annotation.name == "note"]


def _properties(unit: Unit) -> list[Annotation]:
    """The properties that have no attribute in XLIFF.

    The origin "unreviewed" is left out where it only repeats the state.
    """
    properties = [
        annotation
        for annotation in unit.annotations
        if annotation.name == "prop" and annotation.type not in _ELSEWHERE
    ]
    repeated = unit.property(STATE) and unit.property("x-origin") == "unreviewed"
    return [annotation for annotation in properties if not (repeated and annotation.type == "x-origin")]


# ------------------------------------------------------------------------------------------------- 1.2


class _Version1:
    """XLIFF 1.2."""

    def __init__(self, escaper: _escaping.Escaper) -> None:
        self.escaper = escaper
        self.id = re.compile(r"\S|\S.*\S")
        self.nothing = ""
        self._content = Content1(escaper)

    def head(self, _: Sides) -> str:
        """The start tag of ``<xliff>``."""
        return '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'

    def file(self, document: str, sides: Sides, _: int) -> str:
        """The start tags of ``<file>`` and ``<body>``."""
        attributes = [("original", document), ("datatype", "plaintext")]
        attributes.append(("source-language", _escaping.language_tag(sides.source)))
        if sides.target:
            attributes.append(("target-language", _escaping.language_tag(sides.target)))
        return f'<file{self.escaper.attributes(tuple(attributes))} xml:space="preserve">\n<body>\n'

    def foot(self) -> str:
        """The end tags of ``<body>`` and ``<file>``."""
        return "</body>\n</file>\n"

    def unit(self, unit: Unit, source: Variant, target: Variant | None, id_: str) -> str:
        """A ``<trans-unit>``."""
        values = {
            "id": id_,
            "resname": _identifier(unit),
            "translate": unit.property(TRANSLATE),
            "approved": unit.property(APPROVED),
        }
        attributes = self.escaper.attributes(tuple((key, value) for key, value in values.items() if value))
        return "".join(
            (
                f"<trans-unit{attributes}>\n",
                self._source(source.segment),
                self._target(target.segment, source.segment, unit) if target else "",
                *(
                    f"<note{self._language(note)}>{self.escaper.text(note.text)}</note>\n"
                    for note in _notes(unit)
                ),
                self._prop_group(_properties(unit)),
                "</trans-unit>\n",
            )
        )

    def _source(self, segment: Segment) -> str:
        """The source; with ``<seg-source>`` when marks part it into segments."""
        if not any(map(is_segment, segment.codes)):
            return f"<source>{self._content.of(segment)}</source>\n"
        whole, parted = self._content.of(without_segments(segment)), self._content.of(segment)
        return f"<source>{whole}</source>\n<seg-source>{parted}</seg-source>\n"

    def _target(self, target: Segment, source: Segment, unit: Unit) -> str:
        if not any(map(is_segment, source.codes)):
            target = without_segments(target)
        values = (("state", state_1(unit.property(STATE))), ("state-qualifier", unit.property(QUALIFIER)))
        attributes = self.escaper.attributes(tuple((name, value) for name, value in values if value))
        return f"<target{attributes}>{self._content.of(target)}</target>\n"

    def _language(self, note: Annotation) -> str:
        language = dict(note.attributes).get("xml:lang", "")
        return f' xml:lang="{_escaping.language_tag(language)}"' if language else ""

    def _prop_group(self, properties: list[Annotation]) -> str:
        escape = self.escaper
        props = (
            f"<prop{escape.attributes((('prop-type', annotation.type),))}>{escape.text(annotation.text)}</prop>"
            for annotation in properties
        )
        return f"<prop-group>{''.join(props)}</prop-group>\n" if properties else ""


# ------------------------------------------------------------------------------------------------- 2.0

_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"


class _Version2:
    """XLIFF 2.0."""

    def __init__(self, escaper: _escaping.Escaper) -> None:
        self.escaper = escaper
        self.id = re.compile(r"[\w.:-]+", re.ASCII)
        self.nothing = '<group id="g1"/>\n'

    def head(self, sides: Sides) -> str:
        """The start tag of ``<xliff>``, with both languages."""
        attributes = [("version", "2.0"), ("xmlns", "urn:oasis:names:tc:xliff:document:2.0")]
        attributes.append(("srcLang", _escaping.language_tag(sides.source)))
        if sides.target:
            attributes.append(("trgLang", _escaping.language_tag(sides.target)))
        return f"<xliff{self.escaper.attributes(tuple(attributes))}>\n"

    def file(self, document: str, _: Sides, number: int) -> str:
        """The start tag of ``<file>``."""
        attributes = (("id", f"f{number}"), *((("original", document),) if document else ()))
        return f'<file{self.escaper.attributes(attributes)} xml:space="preserve">\n'

    def foot(self) -> str:
        """The end tag of ``<file>``."""
        return "</file>\n"

    def unit(self, unit: Unit, source: Variant, target: Variant | None, id_: str) -> str:
        """A ``<unit>`` with one ``<segment>``."""
        content = Content2(self.escaper)
        source_text = content.of(source.segment)
        target_text = content.of(target.segment) if target else ""
        values = {"id": id_, "name": _identifier(unit), "translate": unit.property(TRANSLATE)}
        attributes = self.escaper.attributes(tuple((key, value) for key, value in values.items() if value))
        notes = "".join(f"<note>{self.escaper.text(note.text)}</note>" for note in _notes(unit))
        state = state_2(unit.property(STATE)) if target else ()
        return "".join(
            (
                f"<unit{attributes}>\n",
                self._metadata(_properties(unit)),
                f"<notes>{notes}</notes>\n" if notes else "",
                content.original_data(),
                f"<segment{self.escaper.attributes(state)}>\n<source>{source_text}</source>\n",
                f"<target>{target_text}</target>\n" if target else "",
                "</segment>\n</unit>\n",
            )
        )

    def _metadata(self, properties: list[Annotation]) -> str:
        if not properties:
            return ""
        escape = self.escaper
        metas = "".join(
            f"<mda:meta{escape.attributes((('type', annotation.type),))}>{escape.text(annotation.text)}</mda:meta>"
            for annotation in properties
        )
        group = f'<mda:metaGroup category="{CATEGORY}">{metas}</mda:metaGroup>'
        return f'<mda:metadata xmlns:mda="{_METADATA}">{group}</mda:metadata>\n'
