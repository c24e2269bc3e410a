"""New translations as the verbs take them: files and folders of units, or two texts with a segment a line.

1. ``read_job`` finds the files (``tm.work.inputs``), reads their units, and decides the direction.
2. ``units_of_files`` takes two plain texts as lines that translate each other (``_of_lines``), else each file's
   units.
3. A unit becomes one pair for each of its segments; a unit that waits for its translation is a pair without
   one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import UNDECIDED, Direction, decided, decided_for_documents, not_there
from tm.errors import FormatError, OptionError
from tm.files import read_lines
from tm.formats import language_of_extension
from tm.formats.parts import segments
from tm.model import Pair, Place, Segment, Unit, Variant
from tm.progress import unwatched
from tm.work.inputs import Inputs, Rejects, find_inputs, line_files
from tm.work.memories import languages_of
from tm.work.pivot import is_keyed, joined
from tm.work.sources import read_units

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from tm.errors import TMError
    from tm.progress import Progress


@dataclass(frozen=True, slots=True)
class Job:
    """New translations.

    Attributes:
        pairs: in order, each with the file it stands in as its document.
        direction: from which language into which.
        files: how many there were, the ones left out included.
        left_out: the errors of those that could not be read.
    """

    pairs: list[Pair]
    direction: Direction
    files: int = 1
    left_out: tuple[TMError, ...] = ()

    def numbers_in_files(self) -> list[int]:
        """For each pair its number in its own file, from 1.

        >>> bread, rye = (Pair(Segment("pain"), Segment("pão"), document=name) for name in ("a.po", "b.po"))
        >>> Job([bread, bread, rye], Direction("fr", "pt")).numbers_in_files()
        [1, 2, 1]
        """
        counts: Counter[str] = Counter()
        numbers = []
        for pair in self.pairs:
            counts[pair.document] += 1
            numbers.append(counts[pair.document])
        return numbers


def read_job(
    paths: Sequence[str | os.PathLike[str]],
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    known: Sequence[str] = (),
    progress: Progress = unwatched,
) -> Job:
    """The pairs of a job: of files and folders of units, or of two texts with a segment a line.

    Args:
        paths: files, folders, "-".
        asked: the languages; a side that is not said is as the files say, else as detected, else as in the
            memory.
        format: a format's name for all files; "" = by the extension.
        known: the languages of the memory.
        progress: takes the pieces of each file as they are read, and their number.

    Raises:
        FormatError: there is no pair of these languages, or no file can be read.
        OptionError: a folder holds nothing that can be read.
    """
    inputs = unit_inputs(paths, format, asked, known)
    rejects = Rejects(len(inputs.files))
    units = units_of_files(inputs.paths, format, asked, rejects, progress)
    tags = languages_of(unit for _, unit in units)
    direction = decided(asked, tags)
    if len(known) == 2 and not direction.is_served_by(known):
        direction = decided(asked, (), known)
        rejects = Rejects(len(inputs.files))
        units = units_of_files(inputs.paths, format, direction, rejects)
    waits = _waits_whole(inputs.paths, format, units, known)
    if not direction.is_known and not (waits and (direction.source or not units)):
        raise not_there(direction, len(units), tags, path=inputs.paths[0])
    direction = _in_regions_of(known, direction)
    pairs = [pair for path, unit in units for pair in _pairs(path, unit, direction)]
    if not pairs and (units or not waits):
        raise not_there(direction, len(units), tags, path=inputs.paths[0])
    others = () if asked.target else _in_other_languages(units, pairs, direction)
    return Job(pairs, direction, len(inputs.files), (*rejects.errors, *others))


def _in_other_languages(
    units: Sequence[tuple[str, Unit]], pairs: Sequence[Pair], direction: Direction
) -> list[FormatError]:
    """For each file that has translations, and none of them in the languages of the job, what it has."""
    translated = {pair.document for pair in pairs if pair.target.text}
    of_files: dict[str, list[Unit]] = {}
    for path, unit in units:
        if path not in translated and len(unit.variants) > 1:
            of_files.setdefault(path, []).append(unit)
    tags = {path: languages_of(some) for path, some in of_files.items()}
    return [
        not_there(direction, len(some), tags[path], path=path)
        for path, some in of_files.items()
        if not direction.is_served_by(tags[path])
    ]


def unit_inputs(
    paths: Sequence[str | os.PathLike[str]], format_: str, asked: Direction, known: Sequence[str]
) -> Inputs:
    """The files of units; of a folder without any its two plain texts, the source first.

    Args:
        paths: files, folders, "-".
        format_: a format's name for all files; "" = by the extension.
        asked: the languages that are said.
        known: those of the memory.

    Raises:
        OptionError: a folder holds neither.

    >>> unit_inputs(["news.tsv", "-"], "", UNDECIDED, ()).paths
    ['news.tsv', '-']
    """
    try:
        return find_inputs(paths, "read_units", format=format_)
    except OptionError:
        texts = find_inputs(paths, "read_document", format=format_)
        if not line_files(texts.paths, format_):
            raise
    tags = [_language_of_lines(path, read_lines(path)) for path in texts.paths]
    source = decided_for_documents(asked, tags, known).source
    if bcp47.base(tags[1]) == bcp47.base(source):
        return replace(texts, files=texts.files[::-1])
    return texts


def _language_of_lines(path: str, lines: Sequence[str]) -> str:
    from tm.language import detect

    return language_of_extension(path) or detect("\n".join(lines)).language


def _in_regions_of(known: Sequence[str], direction: Direction) -> Direction:
    """The memory may know the region where the job does not."""
    served = (bcp47.choose(tag, known) for tag in (direction.source, direction.target))
    tags = (direction.source, direction.target)
    return Direction(
        *(
            bcp47.canonical(tag if in_memory is None or "-" in tag else in_memory)
            for tag, in_memory in zip(tags, served, strict=True)
        )
    )


def _pairs(path: str, unit: Unit, direction: Direction) -> list[Pair]:
    """The pairs of a unit's segments, each with the segment as a unit of its own, which knows its place and
    state."""
    pairs = []
    for part in segments(unit):
        pair = part.pair(direction.source, direction.target) or _untranslated(part, direction.source)
        if pair:
            line = part.place.line if part.place else 0
            pairs.append(replace(pair, document=path, line=line, unit=part))
    return pairs


def _untranslated(unit: Unit, source: str) -> Pair | None:
    """A unit that has a source and nothing else waits for its translation, and is part of the job."""
    variant = unit.variant(source) if len(unit.variants) == 1 else None
    return Pair(variant.segment, Segment("")) if variant else None


def _waits_whole(
    paths: Sequence[str], from_format: str, units: Sequence[tuple[str, Unit]], known: Sequence[str]
) -> bool:
    """Whether nothing is translated yet, all units being in one language, and into which no unit says.

    A memory must know it then, unless these are catalogues for a translator, which may even hold nothing to
    translate: only what is obsolete.
    """
    from tm.formats import look_up

    kinds = [look_up(path, "read_units", from_format) for path in paths]
    if all(kind and kind.bilingual for kind in kinds):
        return all(len(unit.variants) == 1 for _, unit in units)
    return (
        not known
        and len(languages_of(unit for _, unit in units)) == 1
        and all(len(unit.variants) == 1 for _, unit in units)
    )


def units_of_files(
    paths: Sequence[str],
    format_: str,
    asked: Direction,
    rejects: Rejects,
    progress: Progress = unwatched,
) -> list[tuple[str, Unit]]:
    """The units, each with the file it stands in; two plain texts are lines that translate each other.

    Args:
        paths: of files.
        format_: a format's name for all of them; "" = by the extension.
        asked: the languages that are said.
        rejects: gets the error of a file that cannot be read.
        progress: takes the pieces of each file as they are read, and their number.

    Raises:
        FormatError: no file can be read, or two texts differ in their number of lines.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("fr", "pt", sep="\\t", file=file)
    ...     print("oui", "sim", sep="\\t", file=file, flush=True)
    ...     [(_, unit)] = units_of_files([file.name], "", UNDECIDED, Rejects(1))
    >>> unit.pair("fr", "pt").target.text
    'sim'
    """
    units: list[tuple[str, Unit]] = []
    for of_file in units_by_file(paths, format_, asked, progress):
        with rejects.catch():
            units += list(of_file)
    return units


def units_by_file(
    paths: Sequence[str], format_: str, asked: Direction, progress: Progress = unwatched
) -> Iterator[Iterator[tuple[str, Unit]]]:
    """Likewise the units of each file, one by one as they are asked for; two plain texts are one file, and so are
    strings of software in several languages.

    ``progress`` takes the pieces of each file as they are read, and their number.

    Raises:
        FormatError: two texts differ in their number of lines; or, while units are read, the file cannot be.

    >>> [list(of_file) for of_file in units_by_file([], "", UNDECIDED)]
    []
    """
    if line_files(paths, format_):
        yield _of_lines(paths, asked)
        return
    strings = [path for path in paths if is_keyed(path, format_)]
    if len(strings) > 1:
        by_key = joined(strings, "", format=format_, direction=asked)
        yield ((unit.place.path if unit.place else strings[-1], unit) for unit in by_key)
        paths = [path for path in paths if path not in strings]
    for path in paths:
        yield _of_file(path, format_, asked, progress)


def _of_file(path: str, format_: str, asked: Direction, progress: Progress) -> Iterator[tuple[str, Unit]]:
    for unit in read_units(path, format=format_, direction=asked, progress=progress):
        yield path, unit


def _of_lines(paths: Sequence[str], asked: Direction) -> Iterator[tuple[str, Unit]]:
    sides = [read_lines(path) for path in paths]
    if len(sides[0]) != len(sides[1]):
        counts = " and ".join(str(len(side)) for side in sides)
        raise FormatError(f"{counts} lines; a translation for each line was expected", path=paths[1])
    tags = [
        tag or _language_of_lines(path, side)
        for tag, path, side in zip((asked.source, asked.target), paths, sides, strict=True)
    ]

    def unit(line: int, texts: tuple[str, ...]) -> Unit:
        variants = tuple(Variant(tag, Segment(text)) for tag, text in zip(tags, texts, strict=True))
        return Unit(variants, place=Place(paths[1], line))

    return ((paths[1], unit(line, texts)) for line, texts in enumerate(zip(*sides, strict=True), 1))
