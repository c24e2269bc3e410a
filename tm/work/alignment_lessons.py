"""What teaches the aligner words beside the texts, and what the batches of a run teach those that come later.

``Teachers`` are what a user names: a memory, a glossary, sentence vectors, a dictionary. ``Lessons`` are what a
run has of them: the memory is read once, for the first batch; later ones take an even sample of it and of what
was aligned before (``Sample``), so that the memory of this program does not grow with their number.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from tm.alignment import dictionaries
from tm.alignment.dictionaries import Dictionary
from tm.alignment.passes import translations
from tm.direction import Direction, not_there
from tm.store import open_store
from tm.work.glossary import read_glossary
from tm.work.memories import pairs_in
from tm.work.outputs import digest
from tm.work.work_folder import checksum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.files import AnyPath
    from tm.model import Pair
    from tm.store.protocol import Store
    from tm.vectors import Model
    from tm.work.alignments import Alignment


SURE = 0.9
"""Confidence from which a bead of an earlier batch teaches: 99 in 100 of such are right, see docs/alignment.md."""

SAMPLE = 4_000
"""Most translations that a later batch is taught, of the memory and of earlier batches each: about half of the word
pairs that are counted (``lexicon.LARGEST``), five seconds."""


@dataclass(frozen=True, slots=True)
class Teachers:
    """What teaches the aligner words beside the texts: a memory, a glossary, sentence vectors, a
    dictionary."""

    memory: AnyPath | Store = ""
    glossary: AnyPath = ""
    vectors: str = ""
    dictionary: AnyPath = ""

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


@dataclass(slots=True)
class Sample:
    """An even sample of translations of which nobody knows how many will come.

    >>> sample = Sample(most=3)
    >>> for number in range(9):
    ...     sample.add((str(number), ""))
    >>> [source for source, _ in sample.kept]
    ['0', '4', '8']
    """

    most: int
    kept: list[tuple[str, str]] = field(default_factory=list)
    _step: int = 1
    _seen: int = 0

    def add(self, translation: tuple[str, str]) -> None:
        """Take one more, or pass it over; when there are too many, every second one goes."""
        if not self._seen % self._step:
            self.kept.append(translation)
        if len(self.kept) > self.most:
            self.kept = self.kept[::2]
            self._step *= 2
        self._seen += 1


class Lessons:
    """What teaches the batches of a run in one direction.

    Attributes:
        dictionaries: of the two languages.
        opened: opens the model that gives sentences their vectors, if there is one.
    """

    def __init__(self, teachers: Teachers, direction: Direction, *, in_process: bool) -> None:
        """Take the teachers; nothing is read yet.

        Args:
            teachers: what a user names.
            direction: of the run.
            in_process: the work is done in this process, so that a model is opened once.
        """
        self._teachers, self._direction = teachers, direction
        self.dictionaries = teachers.dictionaries(direction)
        opened = teachers.opened(direction)
        self.opened = cache(opened) if opened and in_process else opened
        self._named, self._aligned = Sample(SAMPLE), Sample(SAMPLE)
        self._is_read = False

    def translations(self) -> Iterator[tuple[str, str]]:
        """What the next batch is taught: all that the teachers have, later a sample, and what earlier batches showed."""
        if self._is_read:
            yield from self._named.kept
        else:
            for translation in self._teachers.translations(self._direction):
                self._named.add(translation)
                yield translation
            self._is_read = True
        yield from self._aligned.kept

    def learn(self, alignments: Iterable[Alignment]) -> None:
        """Take what a batch has shown, for those that come."""
        for aligned in alignments:
            for bead in aligned.beads:
                if bead.source and bead.target and bead.confidence >= SURE:
                    segments = [aligned.source.segments[number] for number in bead.source]
                    translation = [aligned.target.segments[number] for number in bead.target]
                    self._aligned.add((" ".join(segments), " ".join(translation)))

    @cached_property
    def key(self) -> tuple[object, ...]:
        """By which it is seen that a run is taught by other teachers than an earlier one."""
        vectors = self._teachers.vectors
        of_file = digest(vectors) if os.path.isfile(vectors) and os.access(vectors, os.R_OK) else ""
        known = [(each.path, size_of(each.path)) for each in self.dictionaries]
        return checksum(self._teachers.translations(self._direction)), vectors, of_file, known


def size_of(path: str) -> int:
    """The bytes of a file; of one that is not there none."""
    return os.path.getsize(path) if os.path.exists(path) else 0
