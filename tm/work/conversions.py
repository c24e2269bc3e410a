"""Many files to another format, here or on workers: one that cannot be converted costs only itself.

``convert_files`` says where each file goes (``_places``) and has each converted by itself (``_attempt``), in
whatever process.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tm import files, formats
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError, TMError
from tm.progress import unwatched
from tm.work.conversion import Conversion, convert
from tm.work.inputs import Rejects, find_inputs
from tm.work.workers import watching, working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.errors import FormatError
    from tm.progress import Progress


@dataclass(frozen=True, slots=True)
class Conversions:
    """What was done with many files.

    Attributes:
        done: in order.
        rejected: the files that could not be converted, each with its error.
        count: how many there were.
    """

    done: tuple[Conversion, ...]
    rejected: tuple[TMError, ...]
    count: int


def convert_files(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    from_format: str = "",
    to_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    shard_size: int = 0,
    workers: str = "",
    progress: Progress = unwatched,
) -> Conversions:
    """Convert one file into another, or many, and folders of them, into a folder.

    Args:
        paths: files, folders, or "-".
        out: the file; of many files the folder, in which each has its own name with the format's extension.
        from_format: see ``convert``, as the following.
        to_format: of many files it must be said.
        direction: the languages.
        encoding: of the files.
        problems: a list for their faults.
        shard_size: how many units each file gets; 0 = all of one.
        workers: what converts many files, see ``tm.work.workers``; "" = this process. The bytes are the same.
        progress: takes the files as they are done, or the pieces of a single one as they are read; and their number.

    Raises:
        OptionError: no such format, many files without ``to_format``, or no such workers.
        FormatError: the only file cannot be read or written.

    >>> convert_files(["a.tmx", "b.tmx"], "tables")
    Traceback (most recent call last):
    tm.errors.OptionError: tables: a folder for 2 files; say their format with --to
    """
    named = [os.fspath(path) for path in paths]
    is_one = len(named) == 1 and not Path(named[0]).is_dir()
    inputs = find_inputs(named, "read_units", "read_concepts", "read_document", format=from_format).files
    rejects, done = Rejects(len(inputs)), []
    if not is_one and not to_format:
        count = "one file" if len(inputs) == 1 else f"{len(inputs)} files"
        raise OptionError(f"{os.fspath(out)}: a folder for {count}; say their format with --to")
    places = [os.fspath(out)] if is_one else _places(Path(out), [file.name for file in inputs], to_format)
    of_one, of_many = (progress, unwatched) if is_one else (unwatched, progress)
    how = _How(from_format, to_format, direction, encoding, problems is not None, shard_size, of_one)
    attempt = partial(_attempt, how)
    jobs = list(zip([file.path for file in inputs], places, strict=True))
    with working("" if is_one else workers) as each:
        for result in watching(each, of_many)(attempt, jobs):
            with rejects.catch():
                if problems is not None:
                    problems += result.problems
                if result.error:
                    raise result.error
            if result.conversion:
                done.append(result.conversion)
    return Conversions(tuple(done), tuple(rejects.errors), rejects.count)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What became of one file: its conversion, or why there is none; and the faults that were gone past."""

    conversion: Conversion | None
    error: TMError | None
    problems: list[FormatError]


@dataclass(frozen=True, slots=True)
class _How:
    """How each file is converted, see ``convert_files``."""

    from_format: str
    to_format: str
    direction: Direction
    encoding: str
    goes_past_faults: bool
    shard_size: int
    progress: Progress


def _attempt(how: _How, job: tuple[str, str]) -> _Attempt:
    """Convert one file: its path and that of the result."""
    problems: list[FormatError] = []
    try:
        conversion = convert(
            *job,
            from_format=how.from_format,
            to_format=how.to_format,
            direction=how.direction,
            encoding=how.encoding,
            problems=problems if how.goes_past_faults else None,
            shard_size=how.shard_size,
            progress=how.progress,
        )
    except TMError as error:
        return _Attempt(None, error, problems)
    return _Attempt(conversion, None, problems)


def _places(folder: Path, names: Sequence[str], format_: str) -> list[str]:
    """Where each of many files goes, whose folders are made; two that would be one keep their extensions.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     [PurePath(path).name for path in _places(Path(place), ["a.tmx.gz", "b.tmx", "b.xlf"], "tsv")]
    ['a.tsv', 'b.tmx.tsv', 'b.xlf.tsv']
    """
    form = next((offer for offer in formats.formats() if format_ in (offer.name, *offer.extensions)), None)
    ending = form.extensions[0] if form else f".{format_}"
    paths = [PurePath(formats.unpacked_name(name)) for name in names]
    short = Counter(path.with_suffix("") for path in paths)
    results = []
    for path in paths:
        stem = path.stem if short[path.with_suffix("")] == 1 else path.name
        place = folder / path.with_name(stem + ending)
        files.folder(place.parent)
        results.append(os.fspath(place))
    return results
