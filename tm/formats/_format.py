"""What a format is: a name, its extensions, and what it can read and write; found because a module of this room offers it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from tm.model import Annotation, Attributes, Concept, Document, Segment, Unit

Operation = Literal[
    "read_units", "write_units", "fill", "read_concepts", "write_concepts", "read_document", "faults"
]

Feature = Literal["codes", "annotations", "attributes", "languages"]
"""What a unit can have beside two texts."""

TermFeature = Literal["statuses", "contexts", "counts", "definitions", "languages"]
"""What a concept can have beside a term and its translation."""

MAX_CHARACTERS = 10_000_000
"""Of one text or cell. No real segment comes near; a file that has one is damaged, or an attack on the memory."""


@dataclass(frozen=True, slots=True)
class UserEncoding:
    """TMX ``<ude>``: characters outside Unicode. ``maps`` are the attributes of each ``<map>``."""

    attributes: Attributes
    maps: tuple[Attributes, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its units.

    Attributes:
        attributes: of TMX ``<header>``: srclang, datatype, o-tmf, creationdate …
        content: its notes, properties and user-defined encodings, in order.
    """

    attributes: Attributes = ()
    content: tuple[Annotation | UserEncoding, ...] = ()


@dataclass(slots=True)
class Account:
    """What a file says beside its units or concepts; a reader fills it in while it reads.

    Attributes:
        languages: those that the file declares, as it writes them, in order.
        candidates: translations that it only proposes (XLIFF ``alt-trans``, ``match``).
        unread: elements that are in no unit, by name.
    """

    languages: list[str] = field(default_factory=list)
    candidates: int = 0
    unread: Counter[str] = field(default_factory=Counter)

    def declare(self, language: str) -> None:
        """A language that may be declared already."""
        if language and language not in self.languages:
            self.languages.append(language)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    Attributes:
        path: for messages.
        source: language of the first column where the file does not say, "" = not known.
        target: likewise of the second.
        encoding: overrides what the file says or looks like; "" = find out.
        problems: where faults go; None = the first one is raised.
        account: is told what the units do not say.
    """

    path: str
    source: str = ""
    target: str = ""
    encoding: str = ""
    problems: list[FormatError] | None = None
    account: Account = field(default_factory=Account)

    def error(self, what: str, line: int | None = None, column: int | None = None) -> FormatError:
        """A fault of this file."""
        return FormatError(what, path=self.path, line=line, column=column)

    def fault(self, what: str, line: int | None = None, column: int | None = None) -> None:
        """Note a fault that can be gone past, or raise it when the caller wants no more than the first.

        Raises:
            FormatError: there is no list of problems.
        """
        error = self.error(what, line, column)
        if self.problems is None:
            raise error
        self.problems.append(error)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file is to be written.

    Attributes:
        path: for messages.
        source: the language it is translated from, "" = not known.
        target: the other one where a format holds only two.
        header: of the file the units come from.
    """

    path: str
    source: str = ""
    target: str = ""
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Filling:
    """A translation to be put into a file.

    Attributes:
        target: what is put there.
        percent: 0–102, how good the match is; below 100 the file says that a translator must look at it.
        origin: who proposes it, e.g. the memory's name; "" = not known.
        source: the stored source that the translation belongs to; None = not known.
    """

    target: Segment
    percent: int
    origin: str = ""
    source: Segment | None = None


Chunks: TypeAlias = "Iterator[bytes]"
"""A file's bytes in order, unpacked, in pieces of no fixed size."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. Give it to a module of this room and every command knows it.

    Attributes:
        name: as in ``--from NAME``.
        extensions: with the dot, lower case; the first is the usual one.
        summary: one line.
        read_units: bytes to units; it may give the file's header before the first.
        write_units: units into a stream; says how many were written.
        fill: a file into a stream, with a translation put where each of its parts (see ``parts.py``) has
            one; says how many.
        read_concepts: bytes to concepts.
        write_concepts: concepts into a stream; says how many were written.
        read_document: bytes to paragraphs.
        faults: what is against the format's standard in a file that can be read all the same.
        is_kept: whether a file that begins so is of the very kind that is written, so that writing it again
            copies it.
        bilingual: whether a unit is always one source and its translation, if any.
        translated: whether a unit without a translation makes no sense there.
        holds: what of a unit it keeps; what it does not, ``tm convert`` says.
        holds_of_terms: likewise of a concept.
    """

    name: str
    extensions: tuple[str, ...]
    summary: str
    read_units: Callable[[Chunks, Reading], Iterator[Header | Unit]] | None = None
    write_units: Callable[[BinaryIO, Iterable[Unit], Writing], int] | None = None
    fill: Callable[[Chunks, BinaryIO, Iterable[Filling | None], Reading], int] | None = None
    read_concepts: Callable[[Chunks, Reading], Iterator[Concept]] | None = None
    write_concepts: Callable[[BinaryIO, Iterable[Concept], Writing], int] | None = None
    read_document: Callable[[Chunks, Reading], Document] | None = None
    faults: Callable[[Chunks, Reading], Iterator[FormatError]] | None = None
    is_kept: Callable[[bytes], bool] | None = None
    bilingual: bool = False
    translated: bool = False
    holds: frozenset[Feature] = field(default=frozenset())
    holds_of_terms: frozenset[TermFeature] = field(default=frozenset())
