"""Segments as arrays of word numbers: what the aligner counts.

Two words are one when they differ in case, typography or, for numbers, in the way digits are grouped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.language.text import fold
from tm.language.tokens import UNSPACED, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_UNSPACED = re.compile(f"[{UNSPACED}]")
"""Letters of scripts written without spaces between words: each is counted as a word."""


KINDS = ("text", "heading", "item", "cell")
"""What a paragraph can be (``tm.model.Paragraph``)."""

LONGEST = 1000
"""Words of a segment that are looked at; more is not a sentence, and the first thousand tell what it is."""

STEM = 7
"""Letters by which words are told apart: endings say more about grammar than about meaning, and each form by itself is rare.
[strict F1, frpt/heavy one document a run, textberg-dev: 6 .966 .887, 7 .968 .893, 8 .966 .893, all .965 .888]"""


def word_keys(text: str, language: str = "") -> list[str]:
    """What is compared of each token of a segment, punctuation marks among them; of an empty one, that it is empty.

    >>> word_keys("L’an 10 000 : 3,5 %", "fr")
    ["l'", 'an', '10000', ':', '35', '%']
    >>> word_keys("constitution constitutionnelle")
    ['constit', 'constit']
    >>> word_keys("我们3人")
    ['我', '们', '3', '人']
    """
    keys: list[str] = []
    for token in tokens(text, language):
        if token.kind == "number":
            keys.append("".join(filter(str.isdigit, token.text)))
        elif token.kind == "word" and _UNSPACED.search(token.text):
            keys.extend(part for part in _UNSPACED.sub(r" \g<0> ", fold(token.text)).split())
        else:
            keys.append(fold(token.text)[: STEM if token.kind == "word" else None])
    return [key for key in keys if key] or [""]


class Vocabulary:
    """The words of one language in one run, numbered in the order of their first occurrence."""

    def __init__(self) -> None:
        """An empty vocabulary."""
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        """How many different words."""
        return len(self._numbers)

    @property
    def words(self) -> list[str]:
        """The words in the order of their numbers."""
        return list(self._numbers)

    def number(self, words: Iterable[str]) -> list[int]:
        """The words' numbers; a new word gets the next one."""
        numbers = self._numbers
        return [numbers.setdefault(word, len(numbers)) for word in words]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a document pair.

    Attributes:
        words: word numbers of all segments, one after the other.
        bounds: the words of segment i are ``words[bounds[i]:bounds[i + 1]]``.
        lengths: of each segment, in characters without white space.
        kinds: what each segment is in its document, as a number of ``KINDS``; None when not known.
        vectors: of each segment, of length 1; None without a model.
    """

    words: NDArray[np.int32]
    bounds: NDArray[np.int64]
    lengths: NDArray[np.float64]
    kinds: NDArray[np.int64] | None = None
    vectors: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        """How many segments."""
        return len(self.lengths)

    def passage(self, segments: Sequence[int]) -> NDArray[np.int32]:
        """The words of neighbouring segments."""
        return self.words[self.bounds[segments[0]] : self.bounds[segments[-1] + 1]]

    def part(self, begin: int, end: int) -> Side:
        """Some neighbouring segments as a side of their own."""
        first, last = self.bounds[begin], self.bounds[end]
        return Side(
            self.words[first:last],
            self.bounds[begin : end + 1] - first,
            self.lengths[begin:end],
            None if self.kinds is None else self.kinds[begin:end],
            None if self.vectors is None else self.vectors[begin:end],
        )


def side(segments: Sequence[str], vocabulary: Vocabulary, language: str, kinds: Sequence[str] = ()) -> Side:
    """The segments of a text as arrays; new words are added to the vocabulary."""
    seen: dict[str, list[int]] = {}
    for segment in segments:
        if segment not in seen:
            seen[segment] = vocabulary.number(word_keys(segment, language)[:LONGEST])
    numbered = [seen[segment] for segment in segments]
    return Side(
        words=np.array([word for words in numbered for word in words], dtype=np.int32),
        bounds=np.cumsum([0, *map(len, numbered)], dtype=np.int64),
        lengths=np.array(
            [len(segment) - sum(map(str.isspace, segment)) for segment in segments], dtype=np.float64
        ),
        kinds=np.array([KINDS.index(kind) for kind in kinds], dtype=np.int64) if kinds else None,
    )
