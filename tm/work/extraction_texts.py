"""What terms are extracted from: the sentence pairs of a memory or of files, or the sentences of documents.

1. ``texts_for_terms`` takes what is named: documents in one language, else files of units, else the memory.
2. ``Counted`` gives the pairs one by one, so that a million of them need no more memory than a thousand.

>>> import tempfile
>>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
...     print("fr", "pt", sep="\\t", file=file)
...     print("Il vend des fours.", "Ele vende fornos.", sep="\\t", file=file, flush=True)
...     texts = texts_for_terms([file.name])
>>> [pair.target.text for pair in texts.pairs], texts.pairs.count, str(texts.direction)
(['Ele vende fornos.'], 1, 'fr → pt')
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.files import keep_apart
from tm.model import Annotation, Segment, Unit, Variant
from tm.progress import unwatched
from tm.store import open_store
from tm.work.inputs import Rejects
from tm.work.jobs import unit_inputs, units_by_file
from tm.work.memories import direction_in, pairs_in
from tm.work.one_language import read_texts, texts_of_one_language
from tm.work.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.files import AnyPath
    from tm.model import Pair
    from tm.progress import Progress

    _Row = tuple[tuple[str, str], ...]


_PLACE = "x-document", "x-line"
"""Where a unit's source stands: what its pair says of that."""


class Counted:
    """Pairs as they are read, each time anew.

    Attributes:
        count: how many there were when they were read last.

    >>> pairs = Counted(lambda: iter([]))
    >>> list(pairs), pairs.count
    ([], 0)
    """

    def __init__(self, read: Callable[[], Iterable[Pair]]) -> None:
        """Read nothing yet."""
        self._read = read
        self.count = 0

    def __iter__(self) -> Iterator[Pair]:
        """Each pair, in order."""
        self.count = 0
        for pair in self._read():
            self.count += 1
            yield pair


@dataclass(frozen=True, slots=True)
class ExtractionTexts:
    """What terms are to be found in.

    Attributes:
        pairs: of sentences; in one language each without a translation.
        direction: from which language into which.
        rejects: the files, and what could not be read of them.
        is_one_language: whether the texts have no translation.
        memory: the name of the memory that the pairs are in; "" when they are in files.
    """

    pairs: Counted
    direction: Direction
    rejects: Rejects = field(default_factory=lambda: Rejects(0))
    is_one_language: bool = False
    memory: str = ""


def texts_for_terms(
    paths: Sequence[AnyPath] = (),
    memory: AnyPath = "",
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    out: AnyPath = "",
    progress: Progress = unwatched,
) -> ExtractionTexts:
    """What is named, with its languages; a memory is read when the pairs are.

    Args:
        paths: files and folders of units, "-"; documents, for the terms of one language; none = the memory
            is taken.
        memory: its address.
        asked: the languages; a side that is "" is as the units, or the texts, say.
        format: a format's name for all files; "" = by the extension.
        out: what is to be written, and must be none of the files.
        progress: takes the files, or the pieces of a single one, as they are read, and their number; then the
            units, as their terms are gathered.

    Raises:
        OptionError: a folder without translations, or an output that is one of the files.
        FormatError: no file can be read, or none has these languages.
        StoreError: the memory cannot be used.
    """
    if not paths:
        return _of_memory(memory, asked, progress)
    if texts := texts_of_one_language(paths, format):
        keep_apart(out, texts.paths)
        sentences, language, rejects = read_texts(texts, asked)
        direction = Direction(language, asked.target)
        return ExtractionTexts(Counted(lambda: sentences), direction, rejects, is_one_language=True)
    return _of_files(paths, asked, format, out, progress)


def _of_memory(memory: AnyPath, asked: Direction, progress: Progress) -> ExtractionTexts:
    with open_store(memory) as store:
        name, direction = store.name, direction_in(store, asked)
        if next(pairs_in(store, direction), None) is None:
            raise not_there(direction, len(store), store.languages(), path=name)

    def read() -> Iterator[Pair]:
        with open_store(memory) as store:
            yield from pairs_in(store, direction, progress)

    return ExtractionTexts(Counted(read), direction, memory=name)


def _of_files(
    paths: Sequence[AnyPath], asked: Direction, format_: str, out: AnyPath, progress: Progress
) -> ExtractionTexts:
    inputs = unit_inputs(paths, format_, asked, ())
    keep_apart(out, inputs.paths)
    rejects = Rejects(len(inputs.files))
    rows: Packed[_Row] = Packed()
    is_one = len(inputs.paths) == 1
    by_file = units_by_file(inputs.paths, format_, asked, progress if is_one else unwatched)
    for of_file in by_file if is_one else progress(by_file, len(inputs.paths)):
        with rejects.catch():
            rows.extend(Packed(_row(unit) for _, unit in of_file))
    languages = list(dict.fromkeys(tag for row in rows for tag, _ in row[2:]))
    direction = decided(asked, languages)

    def read(progress: Progress = progress) -> Iterator[Pair]:
        units = map(_unit, progress(rows, len(rows)))
        return (pair for unit in units if (pair := unit.pair(direction.source, direction.target)))

    if not direction.is_known or next(read(unwatched), None) is None:
        raise not_there(direction, len(rows), languages, path=inputs.paths[0])
    return ExtractionTexts(Counted(read), direction, rejects)


def _row(unit: Unit) -> _Row:
    """What terms need of a unit, as it is packed."""
    place = tuple((type_, unit.property(type_)) for type_ in _PLACE)
    return *place, *((variant.language, variant.segment.text) for variant in unit.variants)


def _unit(row: _Row) -> Unit:
    place = tuple(Annotation("prop", text, type_) for type_, text in row[:2] if text)
    return Unit(tuple(Variant(tag, Segment(text)) for tag, text in row[2:]), annotations=place)
