"""Sentence vectors as one more part of the evidence: a door for neural models, which are not needed.

Whatever turns segments into vectors may be given to ``align_texts``: vectors computed elsewhere and kept in a
file (``from_file``), or a model of the package sentence-transformers that is already on this machine
(``from_model``).
``unit_vectors`` brings them to length 1, ``chance`` measures how alike vectors are that have nothing to do
with each other.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tm.errors import FormatError, MissingExtraError, OptionError
from tm.files import readable

if TYPE_CHECKING:
    import os

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""Segments to vectors, one row each; segments that translate each other point the same way."""


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
        raise MissingExtraError("aligning with a neural model", "embeddings") from error
    try:
        model = SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError) as error:
        raise OptionError(f"no model {name!r} on this machine; give the folder of one") from error
    return lambda segments: np.asarray(model.encode(list(segments)), dtype=np.float32)


def unit_vectors(embed: Embed, segments: Sequence[str]) -> Vectors:
    """The segments' vectors, each of length 1.

    >>> vectors = unit_vectors(lambda segments: np.array([[3.0, 4.0]] * len(segments)), ["Oui"])
    >>> vectors.astype(float).round(1).tolist()
    [[0.6, 0.8]]
    """
    vectors = np.asarray(embed(segments), dtype=np.float32).reshape(len(segments), -1)
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled


def chance(pairs: Sequence[tuple[Vectors, Vectors]]) -> float:
    """The mean cosine of segments that have nothing to do with each other: all of one side with all of the
    other.

    Args:
        pairs: the vectors of the two sides of each text pair, of length 1.

    >>> vectors = np.eye(2, dtype=np.float32)
    >>> chance([(vectors, vectors)])
    0.5
    """
    means = [
        (source.mean(axis=0) @ target.mean(axis=0)) for source, target in pairs if len(source) and len(target)
    ]
    return min(float(np.mean(means)), 0.95) if means else 0.0
