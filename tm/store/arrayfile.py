"""Arrays in a file beside the memory, so that the next job need not make them again.

The file is made from the memory: deleting it costs seconds. It has a line of JSON (the version, where each
array begins, the digest of the last run in it, a checksum), blanks up to a multiple of 64 bytes, then the
arrays, little-endian. It is used only when all of this fits. Runs that are newer than the file are read from
the memory.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tm import files
from tm.errors import FormatError
from tm.store import runs
from tm.store.arrays import Arrays

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

WORTH_A_FILE = 50_000
"""Segments whose arrays take half a second to make."""

VERSION = "ponte arrays 4"
_ALIGNED = 64


class Part(NamedTuple):
    """Arrays, and the digest of the last run in them."""

    digest: str
    arrays: Arrays


def save(path: Path, arrays: Arrays, digest: str) -> bool:
    """Write the arrays; False when the file cannot be written.

    Args:
        path: the file.
        arrays: of all runs of a language up to one run.
        digest: the digest of that run.
    """
    stored = {name: np.ascontiguousarray(value) for name, value in arrays.stored().items()}
    contents, end = [], 0
    for name, value in stored.items():
        contents.append([name, value.dtype.str, value.shape, end])
        end += -(-value.nbytes // _ALIGNED) * _ALIGNED
    header = {"version": VERSION, "digest": digest, "size": end, "arrays": contents}
    checksum = _checksum(header)
    for part in _parts(stored):
        checksum = zlib.crc32(part, checksum)
    line = json.dumps({**header, "checksum": checksum}).encode()
    try:
        with files.writing(path) as stream:
            stream.write(line.ljust(-(-(len(line) + 1) // _ALIGNED) * _ALIGNED - 1) + b"\n")
            for part in _parts(stored):
                stream.write(part)
    except FormatError:
        return False
    return True


def _checksum(header: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(header).encode())


def _parts(stored: dict[str, Any]) -> list[bytes | memoryview]:
    parts: list[bytes | memoryview] = []
    for value in stored.values():
        parts += [memoryview(value).cast("B"), bytes(-value.nbytes % _ALIGNED)]
    return parts


def load(path: Path) -> Part | None:
    """The arrays of a file, mapped into memory, and the digest of their last run.

    Returns:
        None when there is no file, or it is not as ``save`` wrote it.
    """
    try:
        with path.open("rb") as stream:
            header = json.loads(stream.readline(1 << 16))
            begin = stream.tell()
        content = np.memmap(path, np.uint8, "r", begin)
        if (header["version"], header["size"]) != (VERSION, len(content)):
            return None
        checksum = header.pop("checksum")
        if zlib.crc32(content.data, _checksum(header)) != checksum:
            return None
        stored = {
            name: np.frombuffer(content, dtype, int(np.prod(shape)), offset).reshape(shape)
            for name, dtype, shape, offset in header["arrays"]
        }
        return Part(header["digest"], Arrays.restored(stored))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def of_runs(connection: sqlite3.Connection, path: Path | None, base: str) -> list[Part]:
    """The arrays of all runs of a language: of the file and of newer runs; all made anew, and put into the file,
    when the newer ones are more than a quarter."""
    if of_file := loaded(connection, path, base):
        return of_file
    built = Arrays.build([run for _, run in runs.runs(connection, base) or ()])
    digest = runs.last_digest(connection, base)
    if path and len(built.units) >= WORTH_A_FILE:
        save(path, built, digest)
    return [Part(digest, built)]


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
    return [Part(digest, Arrays.build([run])) for digest, run in digested]
