"""What an addition reads: each file, two texts as one alignment, or joined strings of software.

``sources`` says what is added one by one. A ``Sieve`` lets the finished translations of one source pass in
the direction asked for, and counts the rest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tm.direction import UNDECIDED, Direction, not_there
from tm.errors import FormatError, OptionError
from tm.files import read_lines
from tm.formats import language_of_extension, look_up, states
from tm.formats.parts import parts, segments
from tm.model import Annotation, Segment, Unit, Variant
from tm.progress import unwatched
from tm.store import records
from tm.store.merging import rank
from tm.work.aligning import align_documents
from tm.work.omegat import forms_of, is_saved, is_written_by_omegat, returned
from tm.work.pivot import is_keyed, joined
from tm.work.sources import read_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.progress import Progress
    from tm.store.addition import Arriving


@dataclass(frozen=True, slots=True)
class How:
    """How all files of an addition are read.

    Attributes:
        direction: the languages asked for.
        format: a format's name; "" = by the extension.
        encoding: "" = found.
        problems: a list for the faults of files, past which reading goes on; None = a fault ends its file.
        progress: takes the pieces of each file as they are read, and their number.
    """

    direction: Direction = UNDECIDED
    format: str = ""
    encoding: str = ""
    problems: list[FormatError] | None = None
    progress: Progress = unwatched


Source: TypeAlias = "tuple[str, Callable[[Sieve], Iterable[Arriving]]]"
"""A name for the history, and what reads the units that pass a sieve."""


def sources(paths: Sequence[str], how: How) -> list[Source]:
    """Each file; two documents are one.

    >>> [[name for name, _ in sources(paths, How())] for paths in (["a.txt", "b.txt"], ["a.tsv"])]
    [['a.txt = b.txt'], ['a.tsv']]
    """
    if len(paths) == 2 and all(_is_document(path, how.format) for path in paths):
        source, target = paths
        return [sifted(f"{source} = {target}", lambda: _of_documents(source, target, how))]
    strings = [path for path in paths if is_keyed(path, how.format)]
    if len(strings) > 1:
        by_key = partial(
            joined,
            strings,
            "",
            format=how.format,
            direction=how.direction,
            encoding=how.encoding,
            problems=how.problems,
        )
        rest = [path for path in paths if path not in strings]
        return [*sources(rest, how), sifted(" + ".join(strings), by_key)]
    return [sifted(path, partial(of_file, path, how)) for path in paths]


def sifted(name: str, read: Callable[[], Iterable[Unit]]) -> Source:
    """A source whose units pass the sieve as they are read.

    >>> sifted("a.tsv", lambda: [])[0]
    'a.tsv'
    """
    return name, lambda sieve: sieve.passing(read())


def _is_document(path: str, format_: str) -> bool:
    return not look_up(path, "read_units", format_) and look_up(path, "read_document", format_) is not None


def of_file(path: str, how: How) -> Iterable[Unit]:
    """The units of a file; the parts of a unit that are translated one by one are units themselves."""
    if _is_document(path, how.format):
        what = "a document; two of them were expected, a text and its translation"
        raise OptionError(f"{path}: {what}: tm add SOURCE TARGET")
    if is_saved(path) and not Path(path).exists():
        raise FormatError("not there yet; OmegaT makes it when a project is translated and saved", path=path)
    units = read_units(
        path,
        format=how.format,
        direction=how.direction,
        encoding=how.encoding,
        problems=how.problems,
        progress=how.progress,
    )
    form = look_up(path, "read_units", how.format)
    if is_written_by_omegat(units.header):
        forms = forms_of(path) if is_saved(path) else None
        return (returned(unit, forms) for unit in units)
    if not (form and form.bilingual):
        return units
    return (part for unit in units for whole in segments(unit) for part in _finished_first(parts(whole)))


def _finished_first(of_segment: list[Unit]) -> list[Unit]:
    """The finished parts of a segment, or, that it counts once, its first part."""
    return [part for part in of_segment if states.is_finished(part)] or of_segment[:1]


def _of_documents(source: str, target: str, how: How) -> Iterator[Unit]:
    """The pairs of two texts: lines, where extensions are languages and counts agree, else sentences."""
    tags = [language_of_extension(path) for path in (source, target)]
    if all(tags) and not how.format:
        columns = [read_lines(path, how.encoding) for path in (source, target)]
        if len(columns[0]) == len(columns[1]):
            languages = how.direction.source or tags[0], how.direction.target or tags[1]
            return _of_lines(columns, languages, source)
    aligned = align_documents(
        source, target, direction=how.direction, format=how.format, encoding=how.encoding
    )
    return aligned.units()


def _of_lines(columns: list[list[str]], languages: tuple[str, str], name: str) -> Iterator[Unit]:
    """A unit for each line that has a source; without a translation it waits for one."""
    for number, texts in enumerate(zip(*columns, strict=True), 1):
        if texts[0].strip():
            variants = (Variant(tag, Segment(text)) for tag, text in zip(languages, texts, strict=True))
            place = (Annotation("prop", name, "x-document"), Annotation("prop", str(number), "x-line"))
            yield Unit(tuple(variants), annotations=place)


# ------------------------------------------------------------------------------------------- the sieve


def _confirmed(unit: Unit) -> Unit:
    """A reviewed or final unit, which is a person's whoever made it first.

    >>> from tm.model import Annotation, Unit
    >>> [_confirmed(Unit((), (), (Annotation("prop", origin, "x-origin"),))).property("x-origin")
    ...     for origin in ("aligned", "by hand")]
    ['imported', 'by hand']
    """
    return records.with_origin(unit, "imported") if rank(unit.property(records.ORIGIN)) else unit


@dataclass(slots=True)
class Sieve:
    """Lets pass what a memory should have of one source, and counts all units.

    Attributes:
        direction: the languages asked for.
        name: of the source.
        read: how many units it has.
        other_languages: how many of them are in other languages.
        unfinished: how many are not finished, by state.
        languages: in how many units each language is, of those in other languages.
    """

    direction: Direction
    name: str
    read: int = 0
    other_languages: int = 0
    unfinished: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def passing(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The finished units in the direction asked for.

        Raises:
            FormatError: behind the last one, when all finished units are in other languages.
        """
        fitting: dict[tuple[str, ...], bool] = {}
        passed = 0
        for unit in units:
            self.read += 1
            state = states.state_of(unit)
            if state not in states.FINISHED:
                self.unfinished[state] += 1
                continue
            tags = tuple([variant.language for variant in unit.variants])
            if tags not in fitting:
                fitting[tags] = self._fits(unit)
            if fitting[tags]:
                passed += 1
                yield _confirmed(unit) if state != "translated" else unit
            else:
                self.other_languages += 1
                self.languages.update(dict.fromkeys(tags, 1))
        if self.other_languages and not passed:
            tags = tuple(tag for tag, _ in self.languages.most_common())
            raise not_there(self.direction, self.other_languages, tags, path=self.name)

    def _fits(self, unit: Unit) -> bool:
        source, target = self.direction.source, self.direction.target
        if source and target:
            return unit.pair(source, target) is not None
        return not (source or target) or unit.variant(source or target) is not None
