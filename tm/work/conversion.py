"""One format to another, with an account of what the other cannot hold.

1. ``plan`` decides the route of a file beforehand: what it holds, what reads it, what writes it.
2. ``_concepts``, ``_filled`` and ``_units`` are the three ways to go it.
3. ``faults`` lists what is wrong with a file.

``conversions`` takes many files.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tm import files, formats
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.formats.languages import checked
from tm.formats.shards import write_shards
from tm.progress import unwatched
from tm.work.glossary import check_languages
from tm.work.losses import weighed_concepts, weighed_units
from tm.work.recasting import as_memory, concept_of, sentences, unit_of
from tm.work.sources import MEMORY, is_document, is_memory, read_units, refuse_as_output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.errors import FormatError
    from tm.formats import Format
    from tm.model import Concept, Unit
    from tm.progress import Progress

Kind = Literal["units", "concepts"]
Content = Literal["units", "concepts", "document"]
"""What a file holds."""


@dataclass(slots=True)
class Conversion:
    """What was done with a file.

    Attributes:
        path: the file that was read.
        out: the file that was written.
        kind: what was written.
        written: how many.
        lost: what the target format does not hold ("inline codes"), and how many units or concepts had it.
        unread: elements of the file that no unit or concept holds, by name.
        files: how many files were written.
        outs: their names, where the format writes several.
    """

    path: str
    out: str
    kind: Kind
    written: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    files: int = 1
    outs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Route:
    """How a file gets into another format.

    Attributes:
        content: what the file holds.
        kind: what is written.
        reader: the format that reads it.
        writer: the format that is written.
        is_kept: the file is written again in its own format, and what is not understood can be kept: a
            glossary of the very kind that is written is copied, a file of units is filled with nothing.
    """

    content: Content
    kind: Kind
    reader: Format
    writer: Format
    is_kept: bool


def plan(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    from_format: str = "",
    to_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
) -> Route:
    """The route of a file. A glossary stays one where the target can hold it. See ``convert``.

    >>> route = plan("news.tmx", "news.tsv")
    >>> route.content, route.kind, route.reader.name, route.writer.name, route.is_kept
    ('units', 'units', 'tmx', 'tsv', False)
    """
    content, reader = content_of(path, format=from_format, direction=direction, encoding=encoding)
    refuse_as_output(out, to_format, f"tm add {os.fspath(path)}")
    to_units = formats.look_up(out, "write_units", to_format)
    to_concepts = formats.look_up(out, "write_concepts", to_format)
    if content == "document" and to_concepts and not to_units:
        raise OptionError(f"{os.fspath(path)} is a document; its glossary is made by tm terms extract")
    if content == "units" and to_concepts and not to_units:
        _refuse_plain_text(out, to_format)
    if not (to_units or to_concepts) and formats.look_up(out, "fill", to_format):
        raise OptionError(
            f"{os.fspath(out)}: is written from the document it translates; say --skeleton DOCUMENT"
        )
    is_file = os.fspath(path) != "-"
    if to_concepts and (content == "concepts" or not to_units):
        is_kept = is_file and reader is to_concepts and reader.is_kept is not None
        return Route(content, "concepts", reader, to_concepts, is_kept)
    writer = to_units or formats.find_format(out, "write_units", to_format)
    is_kept = is_file and content == "units" and reader is writer and writer.fill is not None
    return Route(content, "units", reader, writer, is_kept)


def _refuse_plain_text(out: str | os.PathLike[str], to_format: str) -> None:
    """Units are no glossary, which OmegaT writes under the names of plain texts: it must be asked for.

    Raises:
        OptionError: the output is named like a plain text, and no format is.
    """
    if not to_format and formats.look_up(out, "read_document"):
        what = "is the name of a plain text, which has one language; units have several"
        raise OptionError(
            f"{os.fspath(out)}: {what}; name it .tsv or .tmx, or for a glossary add --to omegat"
        )


def content_of(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    encoding: str = "",
) -> tuple[Content, Format]:
    """What a file holds, and the format that reads it: by its format, or of a table by its columns. A memory
    holds units.

    Stdin cannot be looked at twice: a table there holds units.

    Raises:
        OptionError: no format reads the file.

    >>> content_of("news.tmx")[0], content_of("news.docx")[0], content_of("terms.tbx")[0]
    ('units', 'document', 'concepts')
    """
    if is_memory(path, format):
        return "units", MEMORY
    units, concepts, document = (
        formats.look_up(path, operation, format)
        for operation in ("read_units", "read_concepts", "read_document")
    )
    if document and units and is_document(path, format=format, direction=direction, encoding=encoding):
        return "document", document
    if concepts and (not units or os.fspath(path) != "-"):
        if document and not units:  # OmegaT's glossaries and plain texts are both called .txt
            paragraphs = formats.read_document(path, encoding=encoding).paragraphs
            is_glossary = any("\t" in paragraph.text for paragraph in paragraphs)
        else:
            is_glossary = not units or _has_columns_of_terms(path, format, encoding)
        if is_glossary:
            return "concepts", concepts
    if document and not units:
        return "document", document
    return "units", units or formats.find_format(path, "read_units", format)


def _has_columns_of_terms(path: str | os.PathLike[str], format_: str, encoding: str) -> bool:
    """Whether a table is a glossary. Given languages spare the time to find them; faults are found later."""
    rows = formats.read_units(
        path, format=format_, encoding=encoding, direction=Direction("und", "und"), problems=[]
    )
    first = next(rows, None)
    return first is not None and any(
        formats.is_of_terms(annotation.type.removeprefix("x-")) for annotation in first.annotations
    )


def holds_glossary(path: str | os.PathLike[str], *, format: str = "", encoding: str = "") -> bool:  # noqa: A002
    """Whether a file is a glossary, see ``content_of``."""
    return content_of(path, format=format, encoding=encoding)[0] == "concepts"


# ------------------------------------------------------------------------------------------------- one file


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to be converted, and how it is read and written."""

    path: str
    out: str
    from_format: str
    to_format: str
    direction: Direction
    encoding: str
    problems: list[FormatError] | None
    account: formats.Account
    shard_size: int = 0
    progress: Progress = unwatched

    def units(self) -> formats.Units:
        """The units of the file."""
        return read_units(
            self.path,
            format=self.from_format,
            direction=self.direction,
            encoding=self.encoding,
            problems=self.problems,
            account=self.account,
            progress=self.progress,
        )

    def concepts(self) -> list[Concept]:
        """The concepts of the file, some of which are in the languages asked for."""
        concepts = formats.read_concepts(
            self.path,
            format=self.from_format,
            direction=self.direction,
            encoding=self.encoding,
            problems=self.problems,
            account=self.account,
        )
        check_languages(concepts, self.direction, path=self.path)
        return concepts

    def conversion(self, kind: Kind) -> Conversion:
        """The account of it, to be filled in."""
        return Conversion(self.path, self.out, kind, unread=self.account.unread)


def convert(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    from_format: str = "",
    to_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    shard_size: int = 0,
    progress: Progress = unwatched,
) -> Conversion:
    """Read a file of units, concepts or paragraphs and write it in another format, whole or not at all.

    A document becomes its sentences, units in its language alone: what a translator wants as XLIFF, PO or a
    table. A glossary stays one where the target can hold it; else each concept becomes a unit of its first
    terms, and each unit of a memory a concept. In its own format a file keeps what is not understood too,
    where the format can be filled, or the file is of the very kind that is written (TBX-Basic).

    Args:
        path: the file to read; "-" is stdin.
        out: the file to write; "-" is stdout.
        from_format: "" = by the extension.
        to_format: likewise.
        direction: see ``read_units``; only these languages are written where a format holds two.
        encoding: likewise.
        problems: likewise.
        shard_size: how many units a file gets, see ``tm.formats.shards``; 0 = all of them.
        progress: takes the pieces of the file as they are read, and their number.

    Raises:
        OptionError: no such format, or none that can do it.
        FormatError: a file that cannot be read or written, or whose units have not the languages asked for.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pathlib.Path(folder, "pairs.tsv")
    ...     _ = table.write_text("fr\\tpt\\nfichier\\tarquivo\\n")
    ...     done = convert(table, table.with_suffix(".tmx"))
    >>> done.written, done.kind
    (1, 'units')
    """
    job = _Job(
        os.fspath(path),
        os.fspath(out),
        from_format,
        to_format,
        direction,
        encoding,
        problems,
        formats.Account(),
        shard_size,
        progress,
    )
    if job.path != "-" and not is_memory(job.path, from_format):
        for file in formats.files_of(job.path, from_format, direction):
            files.readable(file)
    route = plan(
        job.path,
        job.out,
        from_format=from_format,
        to_format=to_format,
        direction=direction,
        encoding=encoding,
    )
    if route.kind == "concepts":
        if shard_size:
            raise OptionError(f"{job.out}: a glossary is one file; several are for units")
        return _concepts(job, route)
    is_kept = route.is_kept and problems is None and not shard_size
    return _filled(job) if is_kept else _units(job, route)


def _concepts(job: _Job, route: Route) -> Conversion:
    """Write a glossary; a file of the very kind that is written is copied."""
    done = job.conversion("concepts")
    concepts: Iterable[Concept]
    if route.content == "concepts":
        concepts = glossary = job.concepts()
        is_kept = route.is_kept and job.problems is None
        if is_kept and formats.copy(job.path, job.out, format=job.from_format):
            return Conversion(job.path, job.out, "concepts", len(glossary))
    else:
        concepts = (concept_of(unit, str(number)) for number, unit in enumerate(job.units(), 1))
    weighed = weighed_concepts(concepts, route.writer, done.lost)
    done.written = formats.write_concepts(job.out, weighed, format=job.to_format, direction=job.direction)
    return done


def _filled(job: _Job) -> Conversion:
    """Write a file of units again as it is; it is read to the end first, so that a fault is found."""
    units: Iterable[Unit] = job.units()
    if job.direction != UNDECIDED:
        units = checked(units, job.direction, path=job.path, untranslated=True)
    count = sum(1 for _ in units)
    formats.fill(
        job.path, job.out, (), format=job.from_format, direction=job.direction, encoding=job.encoding
    )
    return Conversion(job.path, job.out, "units", count)


def _units(job: _Job, route: Route) -> Conversion:
    """Write units: those of the file, of its concepts or of its sentences."""
    done = job.conversion("units")
    units: Iterable[Unit]
    header = None
    if route.content == "document":
        units = sentences(job.path, job.from_format, job.direction.source, job.encoding)
    elif route.content == "concepts":
        units = filter(None, map(unit_of, job.concepts()))
    else:
        units = read = job.units()
        header = read.header
    if route.writer.translated and route.reader is not route.writer:
        units = as_memory(units, job.path)
    if job.direction != UNDECIDED:
        units = checked(units, job.direction, path=job.path, untranslated=route.writer.bilingual)
    weighed = weighed_units(units, route.writer, done.lost)
    if job.shard_size:
        done.written, done.files = write_shards(
            job.out,
            weighed,
            job.shard_size,
            format=job.to_format,
            direction=job.direction,
            header=header,
        )
        return done
    done.written = formats.write_units(
        job.out, weighed, format=job.to_format, direction=job.direction, header=header, outs=done.outs
    )
    done.files = len(done.outs) or 1
    return done


# ------------------------------------------------------------------------------------------------- faults


def faults(
    path: str | os.PathLike[str],
    *,
    from_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
) -> list[FormatError]:
    """What is wrong with a file of units or concepts: what cannot be read, and what its standard forbids.

    Raises:
        OptionError: no such format.
        FormatError: the file cannot be opened.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("fr\\tpt", "oui\\tsim\\tnon", sep=chr(10), file=file, flush=True)
    ...     [fault.line for fault in faults(file.name)]
    [2]
    """
    in_reading: list[FormatError] = []
    job = _Job(os.fspath(path), "", from_format, "", direction, encoding, in_reading, formats.Account())
    if holds_glossary(path, format=from_format, encoding=encoding):
        job.concepts()
    else:
        for _ in job.units():
            pass
    places = {(fault.line, fault.what) for fault in in_reading}
    in_standard = formats.standard_faults(path, format=from_format, encoding=encoding)
    further = [fault for fault in in_standard if (fault.line, fault.what) not in places]
    return sorted([*in_reading, *further], key=lambda fault: (fault.line or 0, fault.column or 0))
