"""The parts of an XLIFF file: which elements are read; a unit and its segments while they are, and where they stand.

``_xliff_reader.py`` fills ``Whole`` and ``Part`` in; ``_xliff_filling.py`` writes at ``Offsets``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from tm.model import Annotation, Place, Segment


DOCUMENT = "x-document"
"""The property that holds the file's ``original``."""

CHILDREN = {
    "": frozenset(("xliff",)),
    "xliff": frozenset(("file",)),
    "file": frozenset(("body", "group", "unit")),
    "body": frozenset(("group", "trans-unit", "bin-unit")),
    "group": frozenset(("group", "trans-unit", "bin-unit", "unit")),
    "bin-unit": frozenset(("trans-unit",)),
    "trans-unit": frozenset(("source", "seg-source", "target", "note", "prop-group", "seg-defs")),
    "seg-defs": frozenset(("seg",)),
    "prop-group": frozenset(("prop",)),
    "unit": frozenset(("notes", "originalData", "segment", "matches", "metadata")),
    "metadata": frozenset(("metaGroup",)),
    "metaGroup": frozenset(("meta",)),
    "notes": frozenset(("note",)),
    "originalData": frozenset(("data",)),
    "segment": frozenset(("source", "target")),
}
"""The elements that are read, by their parent; all others are passed over with what they contain."""

MODULES = frozenset(("matches", "metadata", "metaGroup", "meta", "seg-defs", "seg"))
"""Elements that have a namespace of their own: modules of 2.x, and SDL's states of segments."""
CANDIDATES = frozenset(("alt-trans", "match"))
"""Elements that propose a translation."""


NATIVE: dict[str, Literal["open", "close", "alone"]] = {
    "bpt": "open",
    "ept": "close",
    "it": "alone",
    "ph": "alone",
}
"""Elements of 1.x that contain native code, and the kind of their code."""
EMPTY: dict[str, Literal["open", "close", "alone"]] = {
    "x": "alone",
    "bx": "open",
    "ex": "close",
    "sc": "open",
    "ec": "close",
    "sm": "open",
    "em": "close",
    "cp": "alone",
}
"""Elements without content, and the kind of their code."""


class Structure(NamedTuple):
    """An element around units (``<xliff>``, ``<file>``, ``<group>``) that is open, with what it hands down to them."""

    name: str
    attributes: list[str]
    translate: str
    space: str
    languages: tuple[str, str]


@dataclass(slots=True)
class Offsets:
    """Where the parts of a unit stand: the byte offset of each tag's ``<`` in the file as UTF-8; -1 for none.

    Attributes:
        file: the element that names the languages: ``<file>`` of 1.x, ``<xliff>`` of 2.x.
        unit: ``<trans-unit>`` or ``<unit>``.
        matches: ``<matches>`` in the ``<unit>``.
        segment: ``<segment>``.
        source: ``<source>``.
        source_end: ``</source>`` or, if it is there, ``</seg-source>``; behind a ``<source/>``.
        target: ``<target>``.
        target_end: ``</target>``; behind a ``<target/>``.
        prefix: the prefix of the namespace with its colon, "" when it has none.
        space: the ``xml:space`` that the unit has or inherits.
    """

    file: int
    unit: int
    matches: int = -1
    segment: int = -1
    source: int = -1
    source_end: int = -1
    target: int = -1
    target_end: int = -1
    prefix: str = ""
    space: str = "default"


@dataclass(slots=True)
class Part:
    """A trans-unit, or a segment, while it is read."""

    id: str
    state: str
    offsets: Offsets
    place: Place
    qualifier: str = ""
    source: Segment | None = None
    parted: Segment | None = None
    target: Segment | None = None
    target_language: str = ""


@dataclass(slots=True)
class Whole:
    """A ``<trans-unit>`` or ``<unit>`` while it is read."""

    attributes: dict[str, str]
    translate: str
    matches: int = -1
    annotations: list[Annotation] = field(default_factory=list)
    data: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
