"""A run of the aligner over shards of text pairs, in memory or in a folder that outlives it.

``in_memory`` begins a run with documents that are read already; ``in_process`` and ``on_workers`` begin one for each
batch of files, here or on workers. ``Run.read`` and ``Run.decided`` tell the direction by all documents of
the run together, ``Run.segment`` and ``Run.align`` align them. The stages stand in ``aligning_shards``.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from tm.alignment.passes import Taught, align_shards, beads_of
from tm.direction import UNDECIDED, Direction, decided_for_two
from tm.language import detect
from tm.progress import unwatched
from tm.shelves import FileShelf, MemoryShelf, staged
from tm.work import aligning_shards as shards
from tm.work import work_folder
from tm.work.aligning_shards import Alignments
from tm.work.alignment_lessons import NOT_COVERED, Coverage, size_of
from tm.work.workers import watching

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tm.alignment.dictionaries import Dictionary
    from tm.document import Bead, Text
    from tm.errors import TMError
    from tm.files import AnyPath
    from tm.progress import Progress
    from tm.shelves import Each, Shelf
    from tm.work.aligning_shards import Read, Reading, Sample
    from tm.work.alignment_lessons import Lessons, Teachers


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

    @property
    def is_empty(self) -> bool:
        """Whether of all documents none could be read."""
        return not any(shelf.get("documents") for shelf in self.shelves)

    def decided(self, asked: Direction) -> tuple[Direction, bool]:
        """The direction by all documents that were read together, and whether it turns their order around."""
        samples = [shelf.get("read") for shelf in self.shelves]
        tags = [language_of(samples, side, is_detected=not asked.is_known) for side in (0, 1)]
        return decided_for_two(asked, *tags)

    def segment(self, direction: Direction, is_turned: bool) -> None:  # noqa: FBT001 - as it was decided
        """Segment the documents in this direction."""
        self.direction = direction
        names = staged(self.each, "segmented", shards.segment, self.shelves, direction, is_turned)
        # Of a shard there may be nothing that can be read.
        self.shelves = [shelf for shelf, texts in zip(self.shelves, names, strict=True) if texts]
        self.names = [texts for texts in names if texts]

    def align(self, lessons: Lessons, progress: Progress = unwatched) -> None:
        """Align the segmented texts.

        Args:
            lessons: what teaches words.
            progress: see ``align_shards``.
        """
        if self._is_kept:
            self._forget(lessons)
        languages = self.direction.source, self.direction.target
        taught = Taught(lessons.translations(), languages, lessons.dictionaries)
        align_shards(
            self.shelves, self._shelf, taught, opened=lessons.opened, each=self.each, progress=progress
        )
        self.coverage = _coverage(lessons.dictionaries, self._shelf)

    def _forget(self, lessons: Lessons) -> None:
        """Forget what an earlier run learnt with another memory, glossary, dictionary or model."""
        if "taught" in self._shelf and self._shelf.get("taught") != lessons.key:
            self._shelf.keep_only(())
            for shelf in self.shelves:
                shelf.keep_only(("pairs", "read", "documents", "segmented", "texts"))
        self._shelf.put("taught", lessons.key)

    def release(self) -> None:
        """Forget the texts and their alignments, where no folder keeps them."""
        if not self._is_kept:
            for shelf in (*self.shelves, self._shelf):
                shelf.keep_only(())

    def alignments(self, least: float) -> Alignments:
        """The results, without beads of a smaller confidence than this."""
        return Alignments(self.shelves, [len(names) for names in self.names], least)


def in_memory(documents: Sequence[tuple[Read, Read]]) -> Run:
    """A run of one shard, which is read already."""
    shelf = MemoryShelf(
        {"documents": documents, "read": shards.sample(documents, excerpt_size(len(documents)))}
    )
    return Run([shelf], MemoryShelf())


def in_process(
    paths: Sequence[tuple[str, str]], batches: Sequence[range], documents: Mapping[str, Read]
) -> Iterator[Run]:
    """The runs of batches of pairs of files, each of one shard in memory; ``documents`` are read already."""
    for batch in batches:
        part = [paths[number] for number in batch]
        if all(path in documents for pair in part for path in pair):
            yield in_memory([(documents[source], documents[target]) for source, target in part])
        else:
            yield Run([MemoryShelf({"pairs": part})], MemoryShelf())


def align_together(
    texts: Sequence[tuple[Text, Text]],
    folder: AnyPath,
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
    batches: Sequence[range],
    out: AnyPath,
    shard_count: int,
    settings: Mapping[str, object],
    each: Each,
) -> Iterator[Iterator[Run]]:
    """The runs of batches of pairs of files, each of many shards, kept in a folder beside the result."""
    shards_of = [
        [[paths[batch[number]] for number in shard] for shard in _shards(paths, batch, shard_count)]
        for batch in batches
    ]
    inputs = [[path for pair in shard for path in pair] for batch in shards_of for shard in batch]
    with work_folder.kept(out, inputs, {**settings, "shards": shard_count}, each) as folder:
        shelves = iter(folder.shelves(len(inputs)))
        yield (
            Run(_with_pairs(list(islice(shelves, len(parts))), parts), folder.run(number), each, is_kept=True)
            for number, parts in enumerate(shards_of)
        )


def _shards(paths: Sequence[tuple[str, str]], batch: range, count: int) -> list[range]:
    """The shards of a batch, by the places of its pairs."""
    return work_folder.cut([sum(map(size_of, paths[number])) for number in batch], count)


def _with_pairs(shelves: list[FileShelf], parts: Sequence[Sequence[tuple[str, str]]]) -> list[FileShelf]:
    """The shelves, each with the pairs of files of its shard."""
    for shelf, part in zip(shelves, parts, strict=True):
        if "pairs" not in shelf:
            shelf.put("pairs", part)
    return shelves
