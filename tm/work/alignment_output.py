"""Where the results of a run go: into one file, or each into its own of a folder.

``Writing`` says where and how, ``write`` does it, batch by batch as they are aligned.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import files
from tm.shelves import staged
from tm.work import aligning_shards as shards
from tm.work import alignments as results
from tm.work.outputs import digest
from tm.work.work_folder import checksum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tm.files import AnyPath
    from tm.work.alignment_run import Run
    from tm.work.alignments import Written


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

    out: AnyPath
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

    def paths(self, sources: Sequence[str]) -> dict[str, str]:
        """The file of a folder into which the result of each source goes."""
        names = results.output_names(sources, self.to_format, below=self.below)
        return {source: os.path.join(self.out, name) for source, name in zip(sources, names, strict=True)}

    def check(self, sources: Sequence[str]) -> None:
        """Refuse two results of one name, or several where one is all that a file can hold, before the work.

        Raises:
            OptionError: there are such.
        """
        if self.is_folder:
            self.paths(sources)
        elif os.fspath(self.out):
            results.check_count(self.out, self.to_format, len(sources))


def write(runs: Iterable[Run], writing: Writing, sources: Sequence[str]) -> Iterator[Written]:
    """Write the results of each run before the next one is asked for; those that are in files of their own on the
    workers.

    Args:
        runs: aligned.
        writing: where and how.
        sources: the names of all source documents, which name the results.
    """
    if not writing.is_folder:
        aligned = itertools.chain.from_iterable(run.alignments(writing.least) for run in runs)
        yield results.write_one(os.fspath(writing.out), aligned, writing.to_format, writing.language)
        return
    files.folder(writing.out)
    paths = writing.paths(sources)
    for run in runs:
        yield from _write_each(run, writing, paths)


def _write_each(run: Run, writing: Writing, paths: Mapping[str, str]) -> Iterator[Written]:
    """Write each result of a run into its own file, but for those that an earlier run has written so."""
    options = [(os.fspath(writing.out), writing.to_format), (str(writing.least), writing.below)]
    key = checksum([*options, (writing.language, "")])
    stage = f"written-{key[:16]}"
    for shelf, part in zip(run.shelves, run.names, strict=True):
        shelf.put("outputs", [paths[name] for name in part])
        if stage in shelf and not all(_is_there(*result) for result in shelf.get(stage)):
            shelf.drop(stage)
    how = (writing.to_format, writing.least, writing.base, writing.language)
    parts = staged(run.each, stage, shards.write, run.shelves, *how)
    yield from (written for part in parts for written, _ in part)


def _is_there(written: Written, noted: str) -> bool:
    """Whether a file is as it was written."""
    return os.path.exists(written.path) and digest(written.path) == noted
