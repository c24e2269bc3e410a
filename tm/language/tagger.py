"""Parts of speech: the universal tags of a sentence's tokens.

A structured averaged perceptron (Collins 2002, "Discriminative Training Methods for Hidden Markov Models").
Every token gets a score for each tag, from its own form and its neighbours' forms; every two tags get a score
for standing in a row; the sequence with the highest sum wins. Features are hashed into a table of small
integers, one file per language, trained by ``bench/train_tagger.py``. The steps of ``tag``:

1. ``_model`` loads the ``Model`` of the language.
2. ``features`` gives the table rows of a form in a role (the token itself, the one before it, …).
3. ``_scored`` sums these rows once per form and role; the sums are kept. A token then costs five look-ups,
   and a hundred thousand sentences take some seconds.
4. ``best_sequences`` finds the best tags of a batch of sentences (Viterbi).

Two tags, N and V, and two tokens: alone both look like N, but N after N costs 5.

>>> import numpy as np
>>> scores = np.array([[[3, 0], [2, 1]]])
>>> after_n, after_v, at_start = [-5, 0], [0, 0], [0, 0]
>>> best_sequences(scores, np.array([after_n, after_v, at_start]), [2])
[[0, 1]]
"""

from __future__ import annotations

import functools
import json
import lzma
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any
from zlib import crc32

from tm import bcp47
from tm.language.text import plain_typography

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

ROLES = (0, -1, 1, -2, 2)
"""Where a form stands, seen from the token to be tagged."""

ROWS = 1 << 17
"""Size of the feature table; row 0 is kept empty, for features too rare to have been trained."""

_KEPT = 1 << 16
"""Forms whose scores are kept, some hundred bytes each."""

_BATCH = 512
"""Sentences tagged side by side: enough to hide numpy's overhead, few enough to keep padding small."""


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one language.

    Attributes:
        tags: in the order of the tables' columns.
        features: ROWS × tags, int8.
        transitions: from tag (one row more, for the beginning) to tag, int8.
        scores: what the forms seen last add to each tag, in each role; see ``_scored``.
    """

    tags: tuple[str, ...]
    features: NDArray[np.int8]
    transitions: NDArray[np.int8]
    scores: dict[tuple[str, bool], NDArray[np.int16]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def to_bytes(self) -> bytes:
        """The content of a model file: a line of JSON, then both tables, xz-compressed.

        >>> import numpy as np
        >>> tables = np.ones((ROWS, 2), np.int8), np.zeros((3, 2), np.int8)
        >>> Model.from_bytes(Model(("NOUN", "VERB"), *tables).to_bytes()).tags
        ('NOUN', 'VERB')
        """
        header = json.dumps({"tags": self.tags}).encode() + b"\n"
        return lzma.compress(header + self.transitions.tobytes() + self.features.tobytes(), preset=9)

    @staticmethod
    def from_bytes(content: bytes) -> Model:
        """The model whose file has this content (see ``to_bytes``)."""
        import numpy as np

        header, _, tables = lzma.decompress(content).partition(b"\n")
        tags = tuple(json.loads(header)["tags"])
        cells = np.frombuffer(tables, np.int8)
        end = (len(tags) + 1) * len(tags)
        return Model(tags, cells[end:].reshape(ROWS, -1), cells[:end].reshape(-1, len(tags)))


def has_tagger(language: str) -> bool:
    """Whether there is a model for this language.

    >>> has_tagger("pt-BR"), has_tagger("sw")
    (True, False)
    """
    return bool(language) and _is_there(bcp47.base(language))


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
    table, form_ids = _role_scores(model, sentences)
    transitions = model.transitions.astype(np.int32)
    by_length = sorted(range(len(sentences)), key=lambda number: len(sentences[number]))
    result: list[list[str]] = [[] for _ in sentences]
    for start in range(0, len(by_length), _BATCH):
        batch = by_length[start : start + _BATCH]
        length = len(sentences[batch[-1]])
        grid = np.zeros((len(batch), length + 4), np.int64)  # two columns of padding (form 0) on each side
        for row, number in enumerate(batch):
            grid[row, 2 : 2 + len(form_ids[number])] = form_ids[number]
        scores = np.zeros((len(batch), length, len(model.tags)), np.int32)
        for at, role in enumerate(ROLES):
            scores += table[grid[:, 2 + role : 2 + role + length], at]
        best = best_sequences(scores, transitions, [len(sentences[number]) for number in batch])
        for number, sequence in zip(batch, best, strict=True):
            result[number] = [model.tags[tag_id] for tag_id in sequence]
    return result


def best_sequences(
    scores: NDArray[Any], transitions: NDArray[Any], lengths: Sequence[int]
) -> list[list[int]]:
    """The tags with the highest sum of scores, for many sentences at once (Viterbi).

    Args:
        scores: sentence × position × tag.
        transitions: tag before × tag; the last row is for the beginning of a sentence.
        lengths: of the sentences; positions beyond are padding.

    Returns:
        For each sentence the columns of its tags.
    """
    import numpy as np

    count, length, _ = scores.shape
    if not length:
        return [[] for _ in range(count)]
    # Sentences stand in the last axis: numpy compares whole rows of them at once.
    total = np.array(scores.transpose(1, 2, 0), order="C")  # position × tag × sentence; a copy
    total[0] += transitions[-1][:, None]
    steps = np.array(transitions[:-1])[:, :, None]
    for at in range(1, length):
        total[at] += (total[at - 1][:, None] + steps).max(0)
    best = np.zeros((length, count), np.intp)
    # One row more, of nothing: what follows the last tag of a sentence.
    back = np.vstack([transitions[:-1].T, np.zeros_like(transitions[:1])])
    sizes, shortest, follows = np.array(lengths), min(lengths), np.full(count, len(back) - 1)
    for at in range(length - 1, -1, -1):
        best[at] = (total[at].T + back[follows]).argmax(1)
        follows = best[at] if at < shortest else np.where(sizes > at, best[at], follows)
    return [row[:size] for row, size in zip(best.T.tolist(), lengths, strict=True)]


def features(form: str, role: int, *, first: bool) -> list[int]:
    """The rows of the feature table for a form in a role.

    Args:
        form: a token.
        role: where it stands, seen from the token to be tagged; one of ROLES.
        first: whether it begins the sentence, where a capital means little.

    >>> len(features("Paris", 0, first=False)), len(features("Paris", 2, first=False))
    (9, 1)
    >>> features("Paris", -1, first=True)[0] == features("paris", -1, first=False)[0]
    True
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
    """The kinds of characters in a form, which show names and numbers: "Xx" for Paris, "Xd" for A4."""
    if form.isalpha():
        return "X" if form.isupper() else "Xx" if form[:1].isupper() else "x"
    kinds = {"d" if c.isdigit() else "x" if c.islower() else "X" if c.isalpha() else c for c in form}
    return "".join(sorted(kinds)) + ("X" if form[:1].isupper() else "")


def _role_scores(
    model: Model, sentences: Sequence[Sequence[str]]
) -> tuple[NDArray[np.int16], list[list[int]]]:
    """The scores of every form (form × role × tag), and each sentence as numbers of forms; form 0 is outside
    the sentence."""
    import numpy as np

    forms: dict[tuple[str, bool], int] = {("", False): 0}
    form_ids = [
        [forms.setdefault((form, at == 0), len(forms)) for at, form in enumerate(sentence)]
        for sentence in sentences
    ]
    scores = model.scores
    missing = [form for form in forms if form not in scores]
    if len(scores) + len(missing) > _KEPT:
        scores.clear()
        missing = list(forms)
    scores.update(zip(missing, _scored(model, missing), strict=True))
    return np.stack([scores[form] for form in forms]), form_ids


def _scored(model: Model, forms: Sequence[tuple[str, bool]]) -> NDArray[np.int16]:
    """What forms add to each tag in each role; a form, and whether it begins the sentence."""
    import numpy as np

    scores = np.zeros((len(forms), len(ROLES), len(model.tags)), np.int16)
    if forms:
        for at, role in enumerate(ROLES):
            rows = np.array([features(form, role, first=first) for form, first in forms])
            scores[:, at] = model.features[rows].sum(1, dtype=np.int16)
    return scores


def _file(base: str) -> Any:  # noqa: ANN401 - importlib's Traversable moved between versions
    return resources.files("tm.language").joinpath("data", f"tagger-{base}.xz")


@functools.cache
def _is_there(base: str) -> bool:
    return bool(_file(base).is_file())


@functools.cache
def _model(base: str) -> Model:
    return Model.from_bytes(_file(base).read_bytes())
