"""A run of the aligner over shards of text pairs, in memory or in a folder that outlives it.

``in_memory`` begins a run with documents that are read already, ``on_workers`` one with files that workers
read. ``Run.segment`` decides the direction by all documents together, ``Run.align`` aligns them; ``write``
writes the results. The stages stand in ``aligning_shards``; ``Teachers`` is what teaches words beside the
texts.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

from tm import files
from tm.alignment import dictionaries
from tm.alignment.dictionaries import Dictionary
from tm.alignment.passes import Taught, align_shards, beads_of, translations
from tm.direction import UNDECIDED, Direction, decided_for_two, not_there
from tm.language import detect
from tm.progress import unwatched
from tm.shelves import FileShelf, MemoryShelf, staged
from tm.store import open_store
from tm.work import aligning_shards as shards
from tm.work import alignments as results
from tm.work import work_folder
from tm.work.aligning_shards import Alignments
from tm.work.glossary import read_glossary
from tm.work.memories import pairs_in
from tm.work.outputs import digest
from tm.work.work_folder import checksum
from tm.work.workers import watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tm.document import Bead, Text
    from tm.errors import TMError
    from tm.model import Pair
    from tm.progress import Progress
    from tm.shelves import Each, Shelf
    from tm.store.protocol import Store
    from tm.vectors import Model
    from tm.work.aligning_shards import Read, Reading, Sample
    from tm.work.alignments import Written

Path_: TypeAlias = "str | os.PathLike[str]"


@dataclass(frozen=True, slots=True)
class Teachers:
    """What teaches the aligner words beside the texts: a memory, a glossary, sentence vectors, a
    dictionary."""

    memory: Path_ | Store = ""
    glossary: Path_ = ""
    vectors: str = ""
    dictionary: Path_ = ""

    def dictionaries(self, direction: Direction) -> list[Dictionary]:
        """The dictionary, or with "auto" the installed ones of this direction."""
        if os.fspath(self.dictionary) == "auto":
            return dictionaries.installed((direction.source, direction.target))
        return [Dictionary(os.fspath(self.dictionary))] if os.fspath(self.dictionary) else []

    def translations(self, direction: Direction) -> Iterator[tuple[str, str]]:
        """What memory and glossary have in this direction, as it is read."""
        concepts = read_glossary(self.glossary, direction) if os.fspath(self.glossary) else []
        return translations(self._units(direction), concepts, (direction.source, direction.target))

    def _units(self, direction: Direction) -> Iterator[Pair]:
        if not isinstance(self.memory, (str, os.PathLike)):
            yield from _pairs(self.memory, direction)
        elif os.fspath(self.memory):
            with open_store(self.memory) as store:
                yield from _pairs(store, direction)

    def opened(self, direction: Direction) -> Callable[[], Model] | None:
        """What opens the model that gives the vectors of sentences, in this process or another."""
        if not self.vectors:
            return None
        from tm import vectors

        vectors.check_languages(self.vectors, (direction.source, direction.target))
        beside = os.fspath(self.memory) if isinstance(self.memory, (str, os.PathLike)) else ""
        return partial(vectors.opened, self.vectors, f"{beside}.parts" if os.path.isfile(beside) else "")


@dataclass(frozen=True, slots=True)
class Coverage:
    """What dictionaries taught a run.

    Attributes:
        dictionaries: their names.
        source: the share of the different words of the source texts that they have, with a translation that
            stands in the target texts.
        target: likewise.
    """

    dictionaries: tuple[str, ...] = ()
    source: float = 0.0
    target: float = 0.0


NOT_COVERED = Coverage()


def _pairs(store: Store, direction: Direction) -> Iterator[Pair]:
    pairs = pairs_in(store, direction)
    first = next(pairs, None)
    if first:
        yield first
        yield from pairs
    elif len(store):
        raise not_there(direction, len(store), store.languages(), path=store.name)


class Run:
    """The shards of a run on their way through the stages.

    Attributes:
        shelves: of the shards.
        each: applies a stage to them.
    """

    def __init__(
        self, shelves: Sequence[Shelf], shelf: Shelf, each: Each = map, *, is_kept: bool = False
    ) -> None:
        """Take the shelves.

        Args:
            shelves: of the shards.
            shelf: for what belongs to no shard.
            each: applies a stage.
            is_kept: the shelves may be those of an earlier run.
        """
        self.shelves, self._shelf, self.each, self._is_kept = shelves, shelf, each, is_kept
        self.direction = UNDECIDED
        self.names: list[list[str]] = []
        self.coverage = NOT_COVERED

    def read(self, reading: Reading, excerpt: int) -> list[TMError]:
        """Read the pairs of files on the shelves; returns the errors of those that are left out."""
        samples = staged(self.each, "read", shards.read, self.shelves, reading, excerpt)
        return [error for each in samples for error in each.errors]

    def segment(self, asked: Direction) -> None:
        """Decide the direction by all documents together, and segment them."""
        samples = [shelf.get("read") for shelf in self.shelves]
        tags = [language_of(samples, side, is_detected=not asked.is_known) for side in (0, 1)]
        self.direction, is_turned = decided_for_two(asked, *tags)
        names = staged(self.each, "segmented", shards.segment, self.shelves, self.direction, is_turned)
        # Of a shard there may be nothing that can be read.
        self.shelves = [shelf for shelf, texts in zip(self.shelves, names, strict=True) if texts]
        self.names = [texts for texts in names if texts]

    def align(self, teachers: Teachers, progress: Progress = unwatched) -> None:
        """Align the segmented texts.

        Args:
            teachers: what teaches words.
            progress: see ``align_shards``.
        """
        if self._is_kept:
            self._forget(teachers)
        known = teachers.dictionaries(self.direction)
        languages = self.direction.source, self.direction.target
        taught = Taught(teachers.translations(self.direction), languages, known)
        opened = teachers.opened(self.direction)
        align_shards(self.shelves, self._shelf, taught, opened=opened, each=self.each, progress=progress)
        self.coverage = _coverage(known, self._shelf)

    def _forget(self, teachers: Teachers) -> None:
        """Forget what an earlier run learnt with another memory, glossary, dictionary or model."""
        vectors = teachers.vectors
        of_file = digest(vectors) if os.path.isfile(vectors) and os.access(vectors, os.R_OK) else ""
        known = [(each.path, _size(each.path)) for each in teachers.dictionaries(self.direction)]
        taught = checksum(teachers.translations(self.direction)), vectors, of_file, known
        if "taught" in self._shelf and self._shelf.get("taught") != taught:
            self._shelf.keep_only(())
            for shelf in self.shelves:
                shelf.keep_only(("pairs", "read", "documents", "segmented", "texts"))
        self._shelf.put("taught", taught)

    def alignments(self, least: float) -> Alignments:
        """The results, without beads of a smaller confidence than this."""
        return Alignments(self.shelves, [len(names) for names in self.names], least)


def in_memory(documents: Sequence[tuple[Read, Read]]) -> Run:
    """A run of one shard, which is read already."""
    shelf = MemoryShelf(
        {"documents": documents, "read": shards.sample(documents, excerpt_size(len(documents)))}
    )
    return Run([shelf], MemoryShelf())


def align_together(
    texts: Sequence[tuple[Text, Text]],
    folder: Path_,
    teachers: Teachers,
    direction: Direction,
    each: Each = map,
    progress: Progress = unwatched,
) -> tuple[list[list[Bead]], Coverage]:
    """The beads of text pairs as one run, and what dictionaries taught it; on workers by way of files, which are
    gone afterwards.

    Args:
        texts: in memory.
        folder: where these files may be.
        teachers: what teaches words beside the texts.
        direction: of the texts.
        each: applies a stage to shards, as ``map`` does.
        progress: takes the parts of the texts that are done, stage by stage, and their number.
    """
    languages = texts[0][0].language, texts[0][1].language
    known, opened = teachers.dictionaries(direction), teachers.opened(direction)
    taught = Taught(teachers.translations(direction), languages, known)
    watched = watching(each, progress)
    if each is map:
        run = MemoryShelf()
        in_memory = [MemoryShelf({"texts": [pair]}) for pair in texts]
        once = cache(opened) if opened else None
        align_shards(in_memory, run, taught, opened=once, each=watched)
        return [beads for shelf in in_memory for beads in beads_of(shelf)], _coverage(known, run)
    sizes = [sum(len(segment) for text in pair for segment in text.segments) for pair in texts]
    with tempfile.TemporaryDirectory(prefix=".work-", dir=os.path.abspath(folder)) as place:
        ranges = work_folder.cut(sizes)
        shelves = [FileShelf(os.path.join(place, str(number))) for number in range(len(ranges))]
        for shelf, numbers in zip(shelves, ranges, strict=True):
            shelf.put("texts", [texts[number] for number in numbers])
        kept = FileShelf(os.path.join(place, "run"))
        align_shards(shelves, kept, taught, opened=opened, each=watched)
        return [beads for shelf in shelves for beads in beads_of(shelf)], _coverage(known, kept)


def _coverage(known: Sequence[Dictionary], run: Shelf) -> Coverage:
    """What dictionaries taught a run."""
    return Coverage(tuple(each.name for each in known), *run.get("coverage"))


def excerpt_size(count: int) -> int:
    """How much of each of so many documents is looked at for their language, in characters."""
    return max(2_000, 200_000 // max(count, 1))


def language_of(samples: Sequence[Sample], side: int, *, is_detected: bool) -> str:
    """The language of one side: as a document says, else as all its texts show together."""
    named = next((each.languages[side] for each in samples if each.languages[side]), "")
    if named or not is_detected:
        return named
    return detect("\n".join(text for each in samples for text in each.excerpts[side])).language


@contextmanager
def on_workers(
    paths: Sequence[tuple[str, str]],
    out: Path_,
    shard_count: int,
    settings: Mapping[str, object],
    each: Each,
) -> Iterator[Run]:
    """A run of many shards, kept in a folder beside its result."""
    ranges = work_folder.cut([_size(source) + _size(target) for source, target in paths], shard_count)
    parts = [[paths[number] for number in numbers] for numbers in ranges]
    inputs = [[path for pair in part for path in pair] for part in parts]
    with work_folder.kept(out, inputs, {**settings, "shards": shard_count}, each) as folder:
        shelves = folder.shelves(len(parts))
        for shelf, part in zip(shelves, parts, strict=True):
            if "pairs" not in shelf:
                shelf.put("pairs", part)
        yield Run(shelves, folder.run, each, is_kept=True)


def _size(path: str) -> int:
    """The bytes of a file; of one that is not there none."""
    return os.path.getsize(path) if os.path.exists(path) else 0


@dataclass(frozen=True, slots=True)
class Writing:
    """Where and how results are written, see ``tm.work.aligning.align_files``.

    Attributes:
        out: a file or a folder; "" for none.
        to_format: of the files.
        least: the confidence below which beads are left out.
        base: the folder from which relative paths start.
        is_one: one pair of files was given, so that ``out`` is a file.
        below: the folder from which on the sources' folders are kept, see ``output_names``.
        language: of pages.
    """

    out: Path_
    to_format: str
    least: float
    base: str
    is_one: bool
    below: str
    language: str

    @property
    def is_folder(self) -> bool:
        """Whether each result goes into a file of its own."""
        return bool(os.fspath(self.out)) and not self.is_one and results.is_folder(self.out)

    def paths(self, names: Sequence[Sequence[str]]) -> list[str]:
        """The files of a folder into which texts of these names go, shard by shard."""
        flat = [name for part in names for name in part]
        return [
            os.path.join(self.out, name)
            for name in results.output_names(flat, self.to_format, below=self.below)
        ]

    def check(self, names: Sequence[Sequence[str]]) -> None:
        """Refuse two results of one name, before the work.

        Raises:
            OptionError: there are such.
        """
        if self.is_folder:
            self.paths(names)


def write(run: Run, writing: Writing) -> Iterator[Written]:
    """Write the results; those that are in files of their own on the workers."""
    if not writing.is_folder:
        aligned = run.alignments(writing.least)
        yield results.write_one(os.fspath(writing.out), aligned, writing.to_format, writing.language)
        return
    files.folder(writing.out)
    options = [(os.fspath(writing.out), writing.to_format), (str(writing.least), writing.below)]
    key = checksum([*options, (writing.language, "")])
    stage = f"written-{key[:16]}"
    paths = iter(writing.paths(run.names))
    for shelf, part in zip(run.shelves, run.names, strict=True):
        shelf.put("outputs", [next(paths) for _ in part])
        if stage in shelf and not all(_is_there(*result) for result in shelf.get(stage)):
            shelf.drop(stage)
    how = (writing.to_format, writing.least, writing.base, writing.language)
    parts = staged(run.each, stage, shards.write, run.shelves, *how)
    yield from (written for part in parts for written, _ in part)


def _is_there(written: Written, noted: str) -> bool:
    """Whether a file is as it was written."""
    return os.path.exists(written.path) and digest(written.path) == noted
