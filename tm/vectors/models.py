"""What turns texts into vectors: a door for whatever does, none of which is needed.

``opened`` takes what a name says: vectors computed elsewhere and kept in a file (``from_file``), the small model
that the extra ``[vectors]`` brings (``encoder.Encoder``), or a model of the package sentence-transformers that is
on this machine already (``from_model``).
"""

from __future__ import annotations

import functools
import hashlib
import logging
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from tm import bcp47
from tm.errors import FormatError, MissingExtraError, OptionError
from tm.files import readable
from tm.vectors import encoder
from tm.vectors.remembering import Remembering
from tm.vectors.small import units

if TYPE_CHECKING:
    import os

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Texts to vectors, one row each; texts that translate each other point the same way."""


class Model(Protocol):
    """Gives texts their vectors, and spans of texts theirs at little cost."""

    @property
    def name(self) -> str:
        """What tells its vectors from those of another model."""

    @property
    def has_words(self) -> bool:
        """Whether it gives vectors to single words too, thousands in a few seconds."""

    def parts(self, texts: Sequence[str]) -> Vectors:
        """A row for each text; the rows of neighbouring texts may be added up."""

    def directions(self, parts: Vectors) -> Vectors:
        """The vectors, of length 1, of texts whose parts, or sums of parts, these are."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A model of which nothing but its vectors is known: that of a span is the mean of those of its segments.

    >>> model = Plain(lambda texts: np.array([[3.0 * len(text), 4.0] for text in texts]))
    >>> parts = model.parts(["a", "a"])
    >>> model.directions(parts.sum(axis=0, keepdims=True)).astype(float).round(1).tolist()
    [[0.6, 0.8]]
    """

    embed: Embed
    name: str = ""
    has_words: bool = False

    def parts(self, texts: Sequence[str]) -> Vectors:
        """The vectors, each of length 1; of no texts none, without asking."""
        rows = np.asarray(self.embed(texts) if texts else [[]], dtype=np.float32)
        return units(rows[: len(texts)])

    def directions(self, parts: Vectors) -> Vectors:
        """The sums of vectors, brought to length 1."""
        return units(parts)


def from_file(path: str | os.PathLike[str]) -> Embed:
    """Vectors kept in a NumPy archive: ``segments``, an array of texts, and ``vectors``, a row for each.

    Write it with ``numpy.savez(path, segments=texts, vectors=rows)``; both languages may stand in one file.

    Raises:
        FormatError: the file is no such archive. The function it returns raises it for a segment that is not
            in the file.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> np.savez(f"{folder.name}/v.npz", segments=np.array(["Oui", "Non"]), vectors=np.eye(2))
    >>> embed = from_file(f"{folder.name}/v.npz")
    >>> embed(["Non"]).tolist()
    [[0.0, 1.0]]
    >>> folder.cleanup()
    """
    try:
        with zipfile.ZipFile(readable(path)) as archive:
            segments, vectors = (_array(archive, name) for name in ("segments", "vectors"))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        what = "is no archive of vectors; write it with numpy.savez(path, segments=…, vectors=…)"
        raise FormatError(what, path=path) from error
    rows = {str(text): number for number, text in enumerate(segments)}
    if vectors.ndim != 2 or len(vectors) != len(rows):
        raise FormatError("has not one vector for each of its segments", path=path)

    def embed(segments: Sequence[str]) -> Vectors:
        """The vectors of the file for these segments."""
        missing = next((segment for segment in segments if segment not in rows), None)
        if missing is not None:
            raise FormatError(f"has no vector for the segment {missing[:60]!r}", path=path)
        asked: Vectors = vectors[[rows[segment] for segment in segments]].astype(np.float32)
        return asked

    return embed


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[np.generic]:
    """An array of the archive."""
    with archive.open(f"{name}.npy") as stream:
        array: NDArray[np.generic] = np.lib.format.read_array(stream, allow_pickle=False)
    return array


def opened(name: str, kept: str = "") -> Model:
    """What gives sentence vectors by a name: an ``.npz`` file, ``encoder.NAME``, or a model of
    sentence-transformers.

    Args:
        name: the name.
        kept: the file in which is kept what the model makes of texts, see ``remembering``; "" for none.

    >>> opened("absent.npz")
    Traceback (most recent call last):
    tm.errors.FormatError: absent.npz: no such file or folder
    """
    if name.endswith(".npz"):
        return Plain(from_file(name), stamped(name))
    model = encoder.Encoder() if name == encoder.NAME else Plain(from_model(name), stamped(name))
    return Remembering(model, Path(kept)) if kept else model


def opener(name: str) -> Callable[[], Model]:
    """What opens the model of this name on any process; each keeps the last one, for the next time.

    >>> opener("absent.npz")()
    Traceback (most recent call last):
    tm.errors.FormatError: absent.npz: no such file or folder
    """
    return functools.partial(_opened_once, name, stamped(name))


@functools.lru_cache(1)
def _opened_once(name: str, _: str) -> Model:
    return opened(name)


def stamped(name: str) -> str:
    """The name of a model; of a file or folder also what tells it from another in its place: times and sizes.

    >>> stamped("LaBSE")
    'LaBSE'
    """
    path = Path(name)
    there = (each for each in (path, *sorted(path.rglob("*"))) if each.exists())  # not what a dead link names
    stats = [(str(each), stat.st_size, stat.st_mtime_ns) for each in there if (stat := each.stat())]
    if not stats:
        return name
    return f"{name} {hashlib.blake2b(repr(stats).encode(), digest_size=8).hexdigest()}"


def unknown_languages(name: str, tags: Iterable[str]) -> list[str]:
    """The languages that the model of this name was not made for, where that is known.

    >>> unknown_languages("use", ["pt-BR", "el"])
    ['el']
    """
    if name != encoder.NAME:
        return []
    return [tag for tag in dict.fromkeys(tags) if tag and bcp47.base(tag) not in encoder.LANGUAGES]


def check_languages(name: str, tags: Iterable[str]) -> None:
    """Say in the log which languages the model of this name was not made for."""
    for tag in unknown_languages(name, tags):
        log.warning("%s is none of the languages of the model %r; its vectors say little", tag, name)


def from_model(name: str) -> Embed:
    """A model of sentence-transformers by its folder, or by its name when it was downloaded before; LaBSE is
    a good one.

    Raises:
        MissingExtraError: the package is not installed.
        OptionError: there is no such model on this machine. Nothing is downloaded.

    >>> from_model("LaBSE")(["Oui"]).shape  # doctest: +SKIP
    (1, 768)
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        what = f'{name!r} is neither "{encoder.NAME}" nor an .npz file; a model of sentence-transformers'
        raise MissingExtraError(what, "embeddings") from error
    try:
        model = SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError) as error:
        raise OptionError(f"no model {name!r} on this machine; give the folder of one") from error
    return lambda segments: np.asarray(model.encode(list(segments)), dtype=np.float32)
