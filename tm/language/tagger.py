"""Parts of speech: the universal tags of a sentence's tokens.

A structured averaged perceptron (Collins 2002, "Discriminative Training Methods for Hidden Markov Models"): every token
gets a score for each tag from its own form and its neighbours', every two tags a score for following each other, and
the best sequence wins (Viterbi). Features are hashed into a table of small integers, one file a language, trained by
``bench/train_tagger.py``. Because a feature concerns one form in one role, all is summed once per form and role;
a token then costs five look-ups, and a hundred thousand sentences some seconds.
"""

from __future__ import annotations

import functools
import json
import lzma
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tm import bcp47
from tm.language.text import plain_typography

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

ROLES = (0, -1, 1, -2, 2)
"""Where a form stands, seen from the token to be tagged."""

ROWS = 1 << 17
"""Size of the feature table; row 0 is kept empty, for features too rare to have been trained."""

_BATCH = (
    512  # sentences tagged side by side: enough to hide numpy's overhead, few enough to keep padding small
)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one language.

    Attributes:
        tags: in the order of the tables' columns.
        features: ROWS × tags, int8.
        transitions: from tag (one row more, for the beginning) to tag, int8.
    """

    tags: tuple[str, ...]
    features: NDArray[np.int8]
    transitions: NDArray[np.int8]

    def to_bytes(self) -> bytes:
        """As a model file: a line of JSON, then both tables, xz-compressed."""
        header = json.dumps({"tags": self.tags}).encode() + b"\n"
        return lzma.compress(header + self.transitions.tobytes() + self.features.tobytes(), preset=9)

    @staticmethod
    def from_bytes(content: bytes) -> Model:
        """What ``to_bytes`` wrote."""
        import numpy as np

        header, _, tables = lzma.decompress(content).partition(b"\n")
        tags = tuple(json.loads(header)["tags"])
        cells = np.frombuffer(tables, np.int8)
        first = (len(tags) + 1) * len(tags)
        return Model(tags, cells[first:].reshape(ROWS, -1), cells[:first].reshape(-1, len(tags)))


def has_tagger(language: str) -> bool:
    """Whether ``tag`` can serve this language.

    >>> has_tagger("pt-BR"), has_tagger("sw")
    (True, False)
    """
    return bool(language) and _file(bcp47.base(language)).is_file()


def tag(sentences: Sequence[Sequence[str]], language: str) -> list[list[str]]:
    """The universal part-of-speech tags (NOUN, PROPN, ADJ, VERB, ADP …) of tokenised sentences.

    A contracted word (``da``, ``aux``) has its first part's tag, ADP.

    Args:
        sentences: tokens as ``tm.language.tokens`` parts them.
        language: one for which ``has_tagger`` is true.

    >>> tag([["Le", "four", "chauffe", "la", "maison", "."]], "fr")
    [['DET', 'NOUN', 'VERB', 'DET', 'NOUN', 'PUNCT']]
    """
    import numpy as np

    model = _model(bcp47.base(language))
    tables, numbers = _role_scores(model, sentences)
    transitions = model.transitions.astype(np.int32)
    order = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    result: list[list[str]] = [[] for _ in sentences]
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        length = len(sentences[batch[-1]])
        grid = np.zeros((len(batch), length + 4), np.int64)  # two columns of padding (form 0) on each side
        for row, number in enumerate(batch):
            grid[row, 2 : 2 + len(numbers[number])] = numbers[number]
        scores = sum(
            table[grid[:, 2 + role : 2 + role + length]] for role, table in zip(ROLES, tables, strict=True)
        )
        best = best_sequences(np.asarray(scores), transitions, [len(sentences[number]) for number in batch])
        for number, sequence in zip(batch, best, strict=True):
            result[number] = [model.tags[found] for found in sequence]
    return result


def best_sequences(
    scores: NDArray[Any], transitions: NDArray[Any], lengths: Sequence[int]
) -> list[list[int]]:
    """Viterbi over many sentences at once.

    Args:
        scores: sentence × position × tag.
        transitions: from tag × to tag; the last row is for the beginning.
        lengths: of the sentences.

    Returns:
        For each sentence its tags' numbers.
    """
    import numpy as np

    count, length, _ = scores.shape
    if not length:
        return [[] for _ in range(count)]
    history = np.zeros(scores.shape, np.int8)
    total = np.empty(scores.shape, scores.dtype)
    total[:, 0] = scores[:, 0] + transitions[-1]
    for at in range(1, length):
        paths = total[:, at - 1, :, None] + transitions[None, :-1]
        history[:, at] = paths.argmax(1)
        total[:, at] = paths.max(1) + scores[:, at]
    result = []
    for row, size in enumerate(lengths):
        sequence = [int(total[row, size - 1].argmax())] if size else []
        for at in range(size - 1, 0, -1):
            sequence.append(int(history[row, at, sequence[-1]]))
        result.append(sequence[::-1])
    return result


def features(form: str, role: int, *, first: bool) -> Iterable[int]:
    """The rows of the feature table that a form lights up.

    Args:
        form: a token.
        role: where it stands, seen from the token to be tagged; one of ROLES.
        first: whether it begins the sentence, where a capital means little.
    """
    plain = plain_typography(form)
    low = plain.casefold()
    names = [f"w{low}"]
    if abs(role) < 2:
        names += [f"3{low[-3:]}", f"c{_shape(plain)}{first}"]
    if role == 0:
        names += [
            f"1{low[-1:]}",
            f"2{low[-2:]}",
            f"4{low[-4:]}",
            f"5{low[-5:]}",
            f"p{low[:3]}",
            f"s{_shape(plain)}{low[-2:]}",
        ]
    return [1 + crc32(f"{role}{name}".encode()) % (ROWS - 1) for name in names]


def _shape(form: str) -> str:
    """Capitals, digits and marks, which is what tells names and numbers."""
    if form.isalpha():
        return "X" if form.isupper() else "Xx" if form[:1].isupper() else "x"
    kinds = {"d" if c.isdigit() else "x" if c.islower() else "X" if c.isalpha() else c for c in form}
    return "".join(sorted(kinds)) + ("X" if form[:1].isupper() else "")


def _role_scores(
    model: Model, sentences: Sequence[Sequence[str]]
) -> tuple[list[NDArray[np.int32]], list[list[int]]]:
    """For each role the scores of every form (form 0 is none), and the sentences as forms' numbers."""
    import numpy as np

    forms: dict[tuple[str, bool], int] = {}
    numbers = [
        [forms.setdefault((form, at == 0), len(forms) + 1) for at, form in enumerate(sentence)]
        for sentence in sentences
    ]
    tables = [np.zeros((len(forms) + 1, len(model.tags)), np.int32) for _ in ROLES]
    for role, table in zip(ROLES, tables, strict=True):
        rows = [list(features(form, role, first=first)) for form, first in forms]
        if rows:
            table[1:] = model.features[np.array(rows)].sum(1, dtype=np.int32)
        table[0] = model.features[list(features("", role, first=False))].sum(0, dtype=np.int32)
    return tables, numbers


def _file(base: str) -> Any:  # noqa: ANN401 - importlib's Traversable moved between versions
    return resources.files("tm.language").joinpath("data", f"tagger-{base}.xz")


@functools.cache
def _model(base: str) -> Model:
    return Model.from_bytes(_file(base).read_bytes())
