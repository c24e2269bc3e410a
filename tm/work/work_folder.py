"""The folder in which a run on workers keeps what its stages make, so that the next run does only what is missing.

It stands beside the result (``.work`` in a folder of results, ``NAME.work`` beside a file) and may be deleted at any
time. ``manifest.json`` says what the run was made from: the version of this program, the settings, and the
digest of each input, in their order. Where one of these is another the folder is begun anew.

1. ``cut`` parts the inputs into shards.
2. ``kept`` opens the folder, which one run at a time uses.
3. ``remembered`` keeps there what is made of all inputs before they are cut.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from tm import __version__, files
from tm.locks import locked
from tm.shelves import FileShelf
from tm.work.outputs import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tm.shelves import Each

T = TypeVar("T")

SHARD = 512 * 1024
"""Bytes of input from which a shard is full: some seconds of work, and what a run has learnt is read once for
each."""

MANIFEST = "manifest.json"

_REMEMBERED = "pairing"
"""The file with what ``remembered`` keeps."""
_AT_ONCE = 100
"""Files whose digests a worker takes at a time."""


def cut(sizes: Sequence[int], count: int = 0) -> list[range]:
    """Inputs of these sizes in shards of neighbours, none of them empty.

    Args:
        sizes: in bytes.
        count: how many shards; 0 = by their size, whatever the number of workers, so that another number of
            them can go on with the same folder.

    >>> cut([SHARD, 1, 2, SHARD, 5])
    [range(0, 1), range(1, 4), range(4, 5)]
    >>> cut([1] * 5, 2), cut([1], 3)
    ([range(0, 3), range(3, 5)], [range(0, 1)])
    """
    if count:
        ends = [-(-len(sizes) * (number + 1) // count) for number in range(count)]
        begins = [0, *ends[:-1]]
        return [range(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]
    shards, begin, size = [], 0, 0
    for number, own in enumerate(sizes):
        size += own
        if size >= SHARD or number == len(sizes) - 1:
            shards.append(range(begin, number + 1))
            begin, size = number + 1, 0
    return shards


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """The folder of a run.

    Attributes:
        path: absolute.
    """

    path: str

    def run(self, batch: int) -> FileShelf:
        """The shelf for what belongs to no shard, of each batch its own."""
        return FileShelf(os.path.join(self.path, f"run-{batch:03}" if batch else "run"))

    def shelves(self, count: int) -> list[FileShelf]:
        """The shelves of so many shards."""
        return [FileShelf(os.path.join(self.path, f"{number:05}")) for number in range(count)]


@contextlib.contextmanager
def kept(
    out: str | os.PathLike[str],
    inputs: Sequence[Sequence[str]],
    settings: Mapping[str, object],
    each: Each,
) -> Iterator[WorkFolder]:
    """The folder of a run whose result goes there, emptied where the inputs or the settings have changed.

    Args:
        out: a folder, a file, or "-" for none, whose folder does not outlive the run.
        inputs: the files of each shard.
        settings: whatever decides the result, as JSON can say it.
        each: takes the digests, on workers.
    """
    if os.fspath(out) in ("-", ""):
        with tempfile.TemporaryDirectory() as place:
            yield WorkFolder(place)
        return
    place = os.path.abspath(_beside(Path(out)))
    files.folder(place)
    with locked(place):
        digests = [pair for part in each(partial(_digests, os.getcwd()), list(inputs)) for pair in part]
        manifest = {"version": __version__, "settings": dict(settings), "inputs": digests}
        _begin(Path(place), json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        yield WorkFolder(place)


def remembered(
    out: str | os.PathLike[str],
    inputs: Sequence[str],
    settings: Mapping[str, object],
    each: Each,
    make: Callable[[], T],
) -> T:
    """What an earlier run with the same result has made of the same inputs; else what is made now, and kept.

    Args:
        out: see ``kept``; where no folder outlives the run nothing is remembered.
        inputs: the files that it is made of.
        settings: whatever else decides it.
        each: takes the digests, on workers.
        make: makes it, a value that a shelf can hold.
    """
    if os.fspath(out) in ("-", ""):
        return make()
    place = os.path.abspath(_beside(Path(out)))
    files.folder(place)
    parts = [list(inputs[begin : begin + _AT_ONCE]) for begin in range(0, len(inputs), _AT_ONCE)]
    digests = [pair for part in each(partial(_digests, os.getcwd()), parts) for pair in part]
    key = checksum([("version", __version__), ("settings", json.dumps(settings)), *digests])
    shelf = FileShelf(place)
    with locked(place):
        if _REMEMBERED in shelf:
            noted, value = shelf.get(_REMEMBERED)
            if noted == key:
                return cast("T", value)
        value = make()
        shelf.put(_REMEMBERED, (key, value))
        return value


def _beside(out: Path) -> Path:
    """The folder's path."""
    return out / ".work" if not out.suffix or out.is_dir() else out.with_name(f"{out.name}.work")


def _digests(base: str, paths: Sequence[str]) -> list[tuple[str, str]]:
    """The digest of each file that can be read; of others "", which is an input too."""
    results = []
    for path in paths:
        try:
            results.append((path, digest(os.path.join(base, path))))
        except OSError:
            results.append((path, ""))
    return results


def _begin(folder: Path, manifest: bytes) -> None:
    """Empty the folder of an earlier run that was made from something else; then note what this one is."""
    path = folder / MANIFEST
    if path.exists() and path.read_bytes() == manifest:
        return
    path.unlink(missing_ok=True)
    for inside in folder.iterdir():
        if inside.is_dir():
            shutil.rmtree(inside)
    with files.writing(path) as stream:
        stream.write(manifest)


def checksum(texts: Iterable[tuple[str, str]]) -> str:
    """Of pairs of texts, as a setting.

    >>> checksum([("a", "b")]) == checksum([("a", "b")]) != checksum([("ab", "")])
    True
    """
    whole = hashlib.sha256()
    for pair in texts:
        whole.update("\0".join((*pair, "")).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()
