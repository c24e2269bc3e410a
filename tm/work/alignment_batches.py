"""Many documents in batches: the results of one are written before the next one is read.

A run is cut into batches at the same places whether workers do it or not, so that the results are the same. The
first one is small, so that they begin soon, later ones are larger; a small run is one batch. What a batch
shows teaches those that follow (``alignment_lessons``).

1. ``cut`` parts the documents by how much text they have (``text_size``).
2. ``Batches.begin`` reads the first batch and decides by it from which language into which all are translated.
3. ``Batches`` aligns one batch after the other, as they are asked for.
"""

from __future__ import annotations

import itertools
import os
import zipfile
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.progress import unwatched
from tm.work.alignment_lessons import NOT_COVERED, Coverage, Lessons, size_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.progress import Progress
    from tm.work.aligning_shards import Reading
    from tm.work.alignment_lessons import Teachers
    from tm.work.alignment_run import Run
    from tm.work.inputs import Rejects

FIRST = 1_000_000
"""Bytes of both texts from which the first batch is full: about 5,000 segments on a side, a quarter of a minute, and
enough to learn most of what there is to learn."""

LARGEST = 16 * FIRST
"""Likewise of the largest one: 600 MB of memory, and as many shards as thirty workers can use. Each batch is twice as
large as the one before until then."""

_TEXT = (".xml", ".xhtml", ".html", ".htm")
"""The parts of packed documents that have text."""


def cut(sizes: Sequence[int]) -> list[range]:
    """Documents with so much text, in batches of neighbours.

    >>> cut([FIRST - 1, 1, FIRST, FIRST, 5]), cut([])
    ([range(0, 2), range(2, 4), range(4, 5)], [])
    """
    batches, begin, size, full = [], 0, 0, FIRST
    for number, own in enumerate(sizes):
        size += own
        if size >= full or number == len(sizes) - 1:
            batches.append(range(begin, number + 1))
            begin, size, full = number + 1, 0, min(2 * full, LARGEST)
    return batches


def text_size(path: str) -> int:
    """About how much text a file has, in bytes; of a packed document its parts without pictures, as they are packed."""
    if path == "-" or not os.path.isfile(path) or not zipfile.is_zipfile(path):
        return size_of(path)
    try:
        with zipfile.ZipFile(path) as packed:
            return sum(part.compress_size for part in packed.infolist() if part.filename.endswith(_TEXT))
    except (OSError, zipfile.BadZipFile, NotImplementedError):
        return size_of(path)


class Batches:
    """The batches of a run, to be gone through once; each is aligned when it is asked for.

    Attributes:
        direction: from which language into which, once it is decided.
        is_turned: whether what was given as the target is the source.
    """

    def __init__(
        self,
        runs: Iterator[Run],
        reading: Reading,
        teachers: Teachers,
        rejects: Rejects,
        progress: Progress = unwatched,
        *,
        in_process: bool,
    ) -> None:
        """Take what is to be aligned; nothing is read yet.

        Args:
            runs: one for each batch, begun when it is asked for.
            reading: how files are read.
            teachers: what teaches words.
            rejects: takes the documents that cannot be read.
            progress: see ``align_shards``.
            in_process: the work is done in this process.
        """
        self._runs, self._reading, self._teachers = runs, reading, teachers
        self._rejects, self._progress, self._in_process = rejects, progress, in_process
        self._first: list[Run] = []
        self._covered: list[Coverage] = []
        self.direction, self.is_turned = UNDECIDED, False

    @property
    def coverage(self) -> Coverage:
        """What dictionaries taught the batches that are aligned, on the average."""
        if not self._covered:
            return NOT_COVERED
        count = len(self._covered)
        shares = [sum(getattr(each, side) for each in self._covered) / count for side in ("source", "target")]
        return Coverage(self._covered[0].dictionaries, *shares)

    def begin(self, asked: Direction, excerpt: int) -> None:
        """Read the first batch, and decide the direction by all its documents together.

        Args:
            asked: the direction, as far as it is said.
            excerpt: the characters of each document that may tell its language.

        Raises:
            TMError: no document of any batch can be read.
        """
        for run in self._read(excerpt):
            self.direction, self.is_turned = run.decided(asked)
            run.segment(self.direction, self.is_turned)
            self._first = [run]
            return
        raise self._rejects.errors[0]

    def _read(self, excerpt: int) -> Iterator[Run]:
        """The batches of which some document can be read."""
        for run in self._runs:
            for error in run.read(self._reading, excerpt):
                with self._rejects.catch():
                    raise error
            if not run.is_empty:
                yield run

    def __iter__(self) -> Iterator[Run]:
        """The batches, aligned; what one has in memory is gone when the next one is asked for."""
        lessons = Lessons(self._teachers, self.direction, in_process=self._in_process)
        for run in itertools.chain(self._first, self._segmented()):
            run.align(lessons, self._progress)
            self._covered.append(run.coverage)
            yield run
            lessons.learn(run.alignments(0.0))
            run.release()

    def _segmented(self) -> Iterator[Run]:
        """The later batches."""
        for run in self._read(excerpt=0):
            run.segment(self.direction, self.is_turned)
            yield run
