"""Arrays in a file beside the memory, so that the next job need not make them again.

The file is made from the memory: deleting it costs seconds. It has a line of JSON (the version, where each
array begins, the digest of the last run in it, a checksum), with blanks 1,024 bytes long, then the arrays,
little-endian (``assembly.py``). It is used only when all of this fits. Runs that are newer than the file are read
from the memory; so are the last ones that may yet be joined with what comes, lest the file be of no use when they are.

It is made in the file and used from there, whatever the number of runs: only parts of it are in the computer's
memory. Where it cannot be written the arrays are made without it.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from itertools import islice, starmap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm import files
from tm.errors import FormatError
from tm.store import assembly, run_table, runs, variants
from tm.store.assembly import Content
from tm.store.layout import Layout

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from tm.store.arrays import Arrays
    from tm.store.runs import Run

WORTH_A_FILE = 50_000
"""Segments whose arrays take half a second to make."""

VERSION = "ponte arrays 5"
_HEADER = 1 << 10


class Part(NamedTuple):
    """Arrays, and the digest of the last run in them."""

    digest: str
    arrays: Arrays


def save(path: Path, digest: str, layouts: Sequence[Layout], of_layouts: Iterable[Run]) -> bool:
    """Make the arrays of runs and write them; False when the file cannot be written.

    Args:
        path: the file.
        digest: of the last run.
        layouts: of all runs of a language up to that one.
        of_layouts: these runs.
    """
    try:
        with files.writing(path) as stream, tempfile.TemporaryFile(dir=path.parent) as scratch:
            stream.write(bytes(_HEADER))
            contents, size = assembly.assemble(stream, scratch, layouts, of_layouts)
            header = {"version": VERSION, "digest": digest, "size": size, "arrays": contents}
            line = json.dumps({**header, "checksum": _checksum(stream, header)}).encode()
            stream.seek(0)
            stream.write(line.ljust(_HEADER - 1) + b"\n")
    except FormatError:
        return False
    return True


def _checksum(stream: BinaryIO, header: dict[str, Any]) -> int:
    """Of a header without one, and of all that is behind it."""
    checksum = zlib.crc32(json.dumps(header).encode())
    stream.seek(_HEADER)
    for part in iter(lambda: stream.read(1 << 20), b""):
        checksum = zlib.crc32(part, checksum)
    return checksum


def load(path: Path) -> Part | None:
    """The arrays of a file, mapped into memory, and the digest of their last run.

    Returns:
        None when there is no file, or it is not as ``save`` wrote it.
    """
    try:
        with path.open("rb") as stream:
            header = json.loads(stream.read(_HEADER))
            checksum = header.pop("checksum")
            if header["version"] != VERSION or _checksum(stream, header) != checksum:
                return None
            content = np.memmap(stream, np.uint8, "r", _HEADER)
        return Part(header["digest"], assembly.restored(starmap(Content, header["arrays"]), content))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def of_runs(connection: sqlite3.Connection, path: Path | None, base: str) -> list[Part]:
    """The arrays of all runs of a language: of the file and of newer runs; all made anew, and put into the file,
    when the newer ones are more than a quarter."""
    if parts := loaded(connection, path, base):
        return parts
    described = run_table.runs(connection, base)
    layouts = [Layout.read(run.sizes) for run in described]
    is_worth_it = sum(layout.ranks[-1] for layout in layouts) >= WORTH_A_FILE
    if path and is_worth_it:
        count = _lasting(described, [layout.ranks[-1] for layout in layouts])
        of_file = islice(_runs(connection, base), count)
        is_saved = save(path, described[count - 1].digest, layouts[:count], of_file)
    else:
        is_saved = False
    # Another program may have put its file there meanwhile, of fewer runs or of more.
    if is_saved and (parts := loaded(connection, path, base)):
        return parts
    digest = runs.last_digest(connection, base)
    return [Part(digest, assembly.made_in_memory(layouts, _runs(connection, base)))]


def _lasting(described: Sequence[run_table.StoredRun], sizes: Sequence[int]) -> int:
    """How many of the runs go into a file: those up to the last one that is never joined with others; all of
    them, when what comes after it is more than a quarter.

    Args:
        described: the runs, the oldest first.
        sizes: how many segments each has.

    >>> lasting = run_table.StoredRun(1, "fr", 0, 100_000, "a", b"")
    >>> small = run_table.StoredRun(3, "fr", 100_000, 101_000, "b", b"")
    >>> _lasting([lasting, small], [90_000, 900]), _lasting([small, small], [900, 900])
    (1, 2)
    """
    count = max(
        (n for n, run in enumerate(described, 1) if 2 * (run.last - run.after) > variants.RUN), default=0
    )
    return count if sum(sizes[count:]) <= sum(sizes[:count]) // 4 else len(described)


def _runs(connection: sqlite3.Connection, base: str) -> Iterator[Run]:
    return (run for _, run in runs.runs(connection, base) or ())


def loaded(
    connection: sqlite3.Connection, path: Path | None, base: str, *, most: int | None = None
) -> list[Part] | None:
    """The arrays of the file, and those of newer runs.

    Returns:
        None when there is no such file of this memory, or the newer runs have more than a quarter of its
        segments, or more than ``most``.
    """
    if path is None or (of_file := load(path)) is None:
        return None
    later = runs.runs(connection, base, after=of_file.digest)
    newer = None if later is None else list(later)
    quarter = len(of_file.arrays.units) // 4
    if newer is None or sum(len(run.units) for _, run in newer) > min(quarter, most or quarter):
        return None
    return [of_file, *_built(newer)]


def newer(connection: sqlite3.Connection, base: str, digest: str) -> list[Part]:
    """The arrays of each run after the one with this digest."""
    return _built(runs.runs(connection, base, after=digest) or ())


def _built(digested: Iterable[tuple[str, runs.Run]]) -> list[Part]:
    return [Part(digest, assembly.in_memory([run])) for digest, run in digested]
