"""What gold lists of other texts say of a phrase's words, endings and patterns, before these texts are read.

A phrase whose first word ends in *-tion* was a term oftener than all else that was counted of it said; one whose
last word is *disponible* more seldom. Such a label has a prior: by how much the log-odds of the phrase pairs with
it were too low. ``bench/train_terms.py`` makes the priors of ten documents of ten domains, each of which was
judged by what was learnt from the others.

The steps of ``Priors.columns``, in the order in which they work:

1. ``labels_of`` gives each phrase pair one label for each of ``COLUMNS``.
2. The labels are hashed to 32 bits, and the priors stand in the order of these hashes: so no words are in the
   file. One label of a hundred thousand that have no prior is given another's.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.gathering import Key

    Floats = NDArray[np.floating[Any]]

_ENDINGS = (3, 4)
"""How many letters of a word are an ending. Left out, mean F1 in domains not learnt from was .004 lower."""

_OF_A_SIDE = (
    "first word",
    "last word",
    *(f"{place} word's last {letters} letters" for letters in _ENDINGS for place in ("first", "last")),
    "pattern",
)

COLUMNS = (
    *(f"{side}: terms elsewhere ({what})" for side in ("source", "target") for what in _OF_A_SIDE),
    "terms elsewhere (both patterns)",
)
"""The names of the columns."""

_STEP = 0.02
"""Log-odds that one step of a stored prior stands for."""


def labels_of(
    keys: Sequence[Key], shapes: Sequence[tuple[str, str]], languages: tuple[str, str]
) -> list[list[str]]:
    """For each of ``COLUMNS`` the label of each phrase pair; "" for none.

    Args:
        keys: the lemmas of the phrases.
        shapes: the classes of their words.
        languages: base tags of both sides.

    >>> labels = labels_of([("four à pain", "forno")], [("NLN", "N")], ("fr", "pt"))
    >>> labels[0], labels[1], labels[8], labels[-1]
    (['fr first four'], ['fr last pain'], [''], ['fr NLN pt N'])
    """
    columns = []
    for side, language in enumerate(languages):
        words = [key[side].split() or [""] for key in keys]
        first = [row[0] for row in words]
        last = [row[-1] if len(row) > 1 else "" for row in words]
        columns += [_labels(f"{language} first", first), _labels(f"{language} last", last)]
        for size in _ENDINGS:
            columns += [
                _labels(f"{language} {place} -", [word[-size:] if len(word) > size else "" for word in row])
                for place, row in (("first", first), ("last", last))
            ]
        columns.append([f"{language} {shape[side]}" for shape in shapes])
    one, other = languages
    return [*columns, [f"{one} {shape[0]} {other} {shape[1]}" for shape in shapes]]


def _labels(kind: str, words: Iterable[str]) -> list[str]:
    return [f"{kind} {word}" if word else "" for word in words]


@dataclass(frozen=True, slots=True)
class Priors:
    """Labels with their priors.

    Attributes:
        hashes: of the labels, in order.
        values: log-odds, in the same places.

    >>> priors = Priors.of({"fr first four": 0.52})
    >>> priors.columns([["fr first four", "fr first pain", ""]]).tolist()
    [[0.52], [0.0], [0.0]]
    """

    hashes: NDArray[np.uint32]
    values: Floats

    @staticmethod
    def of(priors: Mapping[str, float]) -> Priors:
        """The priors of labels, rounded as in the file; those that round to nothing are left out."""
        import numpy as np

        steps = {
            _hash(label): round(value / _STEP) for label, value in priors.items() if round(value / _STEP)
        }
        hashes = sorted(steps)
        return Priors(np.array(hashes, np.uint32), _STEP * np.array([steps[each] for each in hashes]))

    def columns(self, labels: Sequence[Sequence[str]]) -> Floats:
        """A row for each phrase pair, a column for each list of labels."""
        import numpy as np

        columns = np.zeros((len(labels[0]), len(labels)))
        for number, column in enumerate(self._of_labels(labels)):
            columns[:, number] = column
        return np.round(columns, 3)

    def _of_labels(self, labels: Sequence[Sequence[str]]) -> Iterator[Floats]:
        import numpy as np

        for column in labels:
            distinct, numbers = np.unique(np.array(column), return_inverse=True)
            hashes = np.array([_hash(label) for label in distinct.tolist()], np.uint32)
            places = np.searchsorted(self.hashes, hashes).clip(0, len(self.hashes) - 1)
            is_there = (self.hashes[places] == hashes) & (distinct != "")
            yield np.where(is_there, self.values[places], 0.0)[numbers.ravel()]

    def to_bytes(self) -> bytes:
        """The content of a file: the hashes, four bytes each, then the priors in steps, one byte each; all
        xz-compressed.

        >>> Priors.from_bytes(Priors.of({"fr first four": -1.0}).to_bytes()).values.tolist()
        [-1.0]
        """
        import numpy as np

        steps = np.round(self.values / _STEP).astype("i1")
        return lzma.compress(self.hashes.astype("<u4").tobytes() + steps.tobytes(), preset=9)

    @staticmethod
    def from_bytes(content: bytes) -> Priors:
        """The priors whose file has this content (see ``to_bytes``)."""
        import numpy as np

        body = lzma.decompress(content)
        size = len(body) // 5
        return Priors(np.frombuffer(body, "<u4", size), _STEP * np.frombuffer(body, "i1", size, 4 * size))


def _hash(label: str) -> int:
    return crc32(label.encode())
