"""What a format is: a name, its extensions, and functions that read and write it.

A module of this room offers a ``Format`` at its top level; ``tm.registry`` finds it there. Its readers take
``Chunks`` and a ``Reading``, its writers a stream and a ``Writing``.

>>> from tm.model import Segment, Unit, Variant
>>> def read(chunks, reading):
...     for line in b"".join(chunks).decode().splitlines():
...         yield Unit((Variant(reading.source, Segment(line)),))
>>> lines = Format("lines", (".lines",), "A unit a line", read_units=read)
>>> [unit.variants[0] for unit in lines.read_units(iter([b"oui"]), Reading("a.lines", "fr"))]
[Variant(language='fr', segment=Segment(text='oui', codes=()), attributes=(), annotations=())]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from tm.document import Document
    from tm.formats.notation import Notation
    from tm.model import Annotation, Attributes, Concept, Segment, Unit

Operation = Literal[
    "read_units", "write_units", "fill", "read_concepts", "write_concepts", "read_document", "faults"
]

Feature = Literal["codes", "annotations", "attributes", "languages"]
"""What a unit can have beside two texts."""

TermFeature = Literal[
    "statuses",
    "contexts",
    "counts",
    "definitions",
    "languages",
    "notes",
    "grammar",
    "synonyms",
    "identifiers",
    "categories",
]
"""What a concept can have beside a term and its translation."""

MAX_CHARACTERS = 10_000_000
"""The most characters of a text or cell. A file with a longer one is damaged, or an attack on the memory."""


@dataclass(frozen=True, slots=True)
class UserEncoding:
    """Characters outside Unicode, as TMX describes them (``<ude>``).

    Attributes:
        attributes: those of ``<ude>``.
        maps: those of each ``<map>`` in it.
    """

    attributes: Attributes
    maps: tuple[Attributes, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of all its units.

    Attributes:
        attributes: those of ``<header>`` of TMX: srclang, datatype, o-tmf, creationdate …
        content: its notes, properties and user-defined encodings, in order.
    """

    attributes: Attributes = ()
    content: tuple[Annotation | UserEncoding, ...] = ()


@dataclass(slots=True)
class Account:
    """What a file says beside its units or concepts; a reader fills it in while it reads.

    Attributes:
        languages: those that the file declares, as it writes them, in order.
        candidates: the number of translations that it only proposes (XLIFF ``alt-trans``, ``match``).
        unread: the number of elements that are in no unit, by name.
        contradictions: what the rows of a glossary say of a pair of terms that an earlier row denies, in words.

    >>> account = Account()
    >>> for language in ("fr", "pt-BR", "fr"):
    ...     account.declare(language)
    >>> account.languages
    ['fr', 'pt-BR']
    """

    languages: list[str] = field(default_factory=list)
    candidates: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    contradictions: list[str] = field(default_factory=list)

    def declare(self, language: str) -> None:
        """Add a language, unless it is there already."""
        if language and language not in self.languages:
            self.languages.append(language)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    Attributes:
        path: the file's name in messages.
        source: the source language where the file does not name it; "" when it is not known.
        target: the target language where the file does not name it; "" when it is not known.
        encoding: the encoding, whatever the file says; "" = find out.
        problems: the list to which faults go; None = the first one is raised.
        account: takes what the file says beside its units.

    >>> str(Reading("news.tmx").error("<tuv> has no xml:lang", 14, 3))
    'news.tmx:14:3: <tuv> has no xml:lang'
    """

    path: str
    source: str = ""
    target: str = ""
    encoding: str = ""
    problems: list[FormatError] | None = None
    account: Account = field(default_factory=Account)

    def error(self, what: str, line: int | None = None, column: int | None = None) -> FormatError:
        """A fault of this file, to be raised."""
        return FormatError(what, path=self.path, line=line, column=column)

    def fault(self, what: str, line: int | None = None, column: int | None = None) -> None:
        """Note a fault after which reading goes on; raise it when the caller wants only the first.

        Raises:
            FormatError: there is no list of problems.

        >>> problems = []
        >>> Reading("news.tsv", problems=problems).fault("one column; two were expected", 3)
        >>> len(problems)
        1
        """
        error = self.error(what, line, column)
        if self.problems is None:
            raise error
        self.problems.append(error)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a file is to be written.

    Attributes:
        path: the file's name in messages.
        source: the source language; "" when it is not known.
        target: the target language, where a format holds only two.
        header: the header of the file that the units come from.
        outs: takes the names of the files, where the format writes several and none of that name.
    """

    path: str
    source: str = ""
    target: str = ""
    header: Header | None = None
    outs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Filling:
    """A translation to be put into a file.

    Attributes:
        target: the translation.
        percent: 0–102, how good the match is; below 100 the file says that a translator must look at it.
        origin: who proposes it, e.g. the memory's name; "" when it is not known.
        source: the stored source of the translation; None when it is not known.
        remarks: what a translator should know, e.g. "several translations", "codes not adapted".
    """

    target: Segment
    percent: int
    origin: str = ""
    source: Segment | None = None
    remarks: tuple[str, ...] = ()


Chunks: TypeAlias = "Iterator[bytes]"
"""A file's bytes in order, unpacked, in pieces of no fixed size."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. A module of this room that has one at its top level gives it to every command.

    Attributes:
        name: as in ``--from NAME``.
        extensions: with the dot, lower case; the first is the usual one.
        summary: one line.
        read_units: bytes to units; it may give the file's header before the first unit.
        write_units: units into a stream; returns the number of units written.
        fill: a file into a stream, with translations of its parts (``parts.py``); returns their number.
        read_concepts: bytes to concepts.
        write_concepts: concepts into a stream; returns the number of concepts written.
        read_document: bytes to paragraphs.
        notation: how a file, given as text, writes its texts; formats with one can be changed in place.
        faults: what breaks the format's standard in a file that can still be read.
        is_kept: whether a file that begins with these bytes is of the very kind that is written; ``copy``
            copies such a file.
        bilingual: whether a unit is always one source and its translation, if any.
        keyed: whether each unit is one text in one language, with a key that finds it in the files of others.
        is_by_line: whether each paragraph of a document is one segment, whatever sentences it has.
        files: the files that a path stands for where it is none itself, by the path and the two languages asked for;
            the reader and the writer open them.
        translated: whether a unit makes no sense there without a translation.
        holds: what a unit keeps there; ``tm convert`` names what it loses.
        holds_of_terms: what a concept keeps there.
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
    notation: Callable[[str], Notation] | None = None
    faults: Callable[[Chunks, Reading], Iterator[FormatError]] | None = None
    is_kept: Callable[[bytes], bool] | None = None
    files: Callable[[str, str, str], tuple[str, ...]] | None = None
    bilingual: bool = False
    keyed: bool = False
    is_by_line: bool = False
    translated: bool = False
    holds: frozenset[Feature] = field(default=frozenset())
    holds_of_terms: frozenset[TermFeature] = field(default=frozenset())
