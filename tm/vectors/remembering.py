"""A model that keeps in a file what it made of texts, so that a text is encoded once for all runs.

The file is a NumPy archive: the model's name, a hash of each text, and the text's parts as numbers of two bytes.
It may be deleted at any time, which costs the time in which they are made again; one that is damaged, or of another
model, is as good as none.

>>> import tempfile
>>> from pathlib import Path
>>> from tm.vectors.models import Plain
>>> asked = []
>>> def embed(texts):
...     asked.extend(texts)
...     return np.eye(2, dtype=np.float32)[: len(texts)]
>>> with tempfile.TemporaryDirectory() as folder:
...     for texts in (["Oui"], ["Oui", "Non"]):
...         model = Remembering(Plain(embed, "two"), Path(folder, "two.parts"))
...         rows = model.parts(texts)
...         model.save()
>>> asked, rows.shape
(['Oui', 'Non'], (2, 2))
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np

from tm import files
from tm.errors import TMError
from tm.locks import locked
from tm.vectors.kept import hashed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tm.vectors.models import Model, Vectors

    Rows = dict[int, NDArray[np.float16]]


class Remembering:
    """A model and what is kept of it; an example heads the module.

    Attributes:
        name: the model's.
        has_words: the model's.
    """

    def __init__(self, model: Model, path: Path) -> None:
        """Read what the file has of this model."""
        self.name, self.has_words, self._model, self._path = model.name, model.has_words, model, path
        self._rows, self._new = _read(path, model.name), False

    def parts(self, texts: Sequence[str]) -> Vectors:
        """See ``Model``; those that are kept are not made again."""
        keys = hashed(texts).tolist()
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if missing:
            made = self._model.parts(list(missing.values())).astype(np.float16)
            self._rows.update(zip(missing, made, strict=True))
            self._new = True
        if not texts:
            return self._model.parts(texts)
        return np.array([self._rows[key] for key in keys], dtype=np.float32)

    def directions(self, parts: Vectors) -> Vectors:
        """See ``Model``."""
        return self._model.directions(parts)

    def save(self) -> None:
        """Keep what is new beside what others have kept meanwhile; where that is not possible nothing is kept."""
        if not self._new:
            return
        try:
            with locked(self._path):
                rows = {**_read(self._path, self.name), **self._rows}
                with files.writing(self._path) as stream:
                    np.savez(
                        stream,
                        model=np.array(self.name),
                        texts=np.array(list(rows), dtype=np.uint64),
                        parts=np.array(list(rows.values())),
                    )
        except (TMError, OSError):
            return
        self._new = False


def _read(path: Path, name: str) -> Rows:
    """The parts that a file has of a model, by the hashes of their texts."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            texts, parts = archive["texts"], archive["parts"]
            if str(archive["model"]) != name or parts.ndim != 2:
                return {}
            return dict(zip(texts.tolist(), parts.astype(np.float16), strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
