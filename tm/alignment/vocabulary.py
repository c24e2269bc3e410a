"""Segments as arrays of word numbers: what the aligner counts.

The steps, in the order in which they work:

1. ``word_keys`` cuts a segment into what is compared: words without their endings, numbers without their
   grouping.
   Words that differ in case or typography only are one.
2. ``Vocabulary.number`` numbers these, in the order of their first occurrence.
3. ``side`` puts the numbers of all segments of a text into one array.

>>> text = side(["Le four.", "Les fours !"], Vocabulary(), "fr")
>>> text.words.tolist(), text.bounds.tolist(), text.lengths.tolist()
([0, 1, 2, 3, 4, 5], [0, 3, 6], [7.0, 9.0])
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tm.language.text import fold
from tm.language.unspaced import EAST_ASIAN, word_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Forms = Counter[tuple[str, str]]

KINDS = ("text", "heading", "item", "cell")
"""What a paragraph can be in the running text (``tm.document.Paragraph``)."""
_RUNNING = {"note": "text", "header": "cell", "footer": "cell"}
"""What the other kinds count as: too few to be counted by themselves, they are most like these."""

LONGEST = 1000
"""Most words of a segment that are looked at; a longer one is no sentence, and its first thousand words are
enough."""

AT_ONCE = 2_000
"""Translations that become arrays at once."""

STEM = 7
"""Letters of a word that are compared: endings say more about grammar than about meaning, and each form by
itself is rare.
[strict F1, frpt/heavy one document a run, textberg-dev: 6 .966 .887, 7 .968 .893, 8 .966 .893, all .965
.888]"""


def word_keys(text: str, language: str = "") -> list[str]:
    """What is compared of each token of a segment, punctuation marks too; an empty segment has one key, "".

    Digits are the same in every script.

    >>> word_keys("L’an 10 000 : 3,5 %", "fr")
    ["l'", 'an', '10000', ':', '35', '%']
    >>> word_keys("constitution constitutionnelle")
    ['constit', 'constit']
    >>> word_keys("我们3人"), word_keys("अनुच्छेद २७", "hi")
    (['我', '们', '3', '人'], ['अनुच्छे', '27'])
    """
    return [key for key, _ in _keyed(text, language) if key] or [""]


def _keyed(text: str, language: str) -> Iterator[tuple[str, str]]:
    """What is compared of each token, and the word as it is written, which is "" for numbers and marks."""
    for token in word_tokens(text, language, east_asian=False):
        if token.kind == "number":
            yield "".join(str(unicodedata.digit(mark)) for mark in token.text if mark.isdigit()), ""
        elif token.kind == "word" and EAST_ASIAN.search(token.text):
            yield from ((part, part) for part in EAST_ASIAN.sub(r" \g<0> ", fold(token.text)).split())
        elif token.kind == "word":
            yield fold(token.text)[:STEM], token.text
        else:
            yield fold(token.text), ""


def forms(segments: Iterable[str], language: str) -> Forms:
    """How often each word is written in each way, by what is compared of it.

    >>> forms(["Les Ponts, les ponts 3"], "fr")
    Counter({('les', 'Les'): 1, ('ponts', 'Ponts'): 1, ('les', 'les'): 1, ('ponts', 'ponts'): 1})
    """
    return Counter(
        (key, form) for segment in segments for key, form in _keyed(segment, language) if key and form
    )


class Vocabulary:
    """The words of one language in one run, numbered in the order of their first occurrence."""

    def __init__(self) -> None:
        """Make an empty vocabulary."""
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        """The number of different words."""
        return len(self._numbers)

    @property
    def words(self) -> list[str]:
        """The words in the order of their numbers.

        >>> vocabulary = Vocabulary()
        >>> vocabulary.number(["four", "à", "four"]), vocabulary.words, len(vocabulary)
        ([0, 1, 0], ['four', 'à'], 2)
        """
        return list(self._numbers)

    def number(self, words: Iterable[str]) -> list[int]:
        """The words' numbers; a new word gets the next number."""
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
        vectors: of the spans that begin with each segment, see ``likeness.layers``; None without a model.
        rarer: how often each word comes in the run, of how often it comes in this text; None where that is not
            asked, see ``within``.
        fresh: whether each segment stands in the text for the first time, and is not empty; None when not known.
    """

    words: NDArray[np.int32]
    bounds: NDArray[np.int64]
    lengths: NDArray[np.float64]
    kinds: NDArray[np.int64] | None = None
    vectors: NDArray[np.int8] | None = None
    fresh: NDArray[np.bool_] | None = None
    rarer: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        """The number of segments."""
        return len(self.lengths)

    @property
    def telling(self) -> NDArray[np.float64]:
        """The lengths that tell something of the language: of segments that are not empty, each once.

        >>> side(["Oui", "", "Oui", "Non !"], Vocabulary(), "fr").telling.tolist()
        [3.0, 4.0]
        """
        return self.lengths if self.fresh is None else self.lengths[self.fresh]

    def passage(self, segments: Sequence[int]) -> NDArray[np.int32]:
        """The words of neighbouring segments.

        >>> side(["a b", "c", "d"], Vocabulary(), "").passage([1, 2]).tolist()
        [2, 3]
        """
        return self.words[self.bounds[segments[0]] : self.bounds[segments[-1] + 1]]

    def part(self, begin: int, end: int) -> Side:
        """The segments from ``begin`` to ``end`` (exclusive) as a side of their own.

        >>> part = side(["a b", "c", "d"], Vocabulary(), "").part(1, 3)
        >>> part.words.tolist(), part.bounds.tolist()
        ([2, 3], [0, 1, 2])
        """
        first, last = self.bounds[begin], self.bounds[end]
        return Side(
            self.words[first:last],
            self.bounds[begin : end + 1] - first,
            self.lengths[begin:end],
            None if self.kinds is None else self.kinds[begin:end],
            None if self.vectors is None else self.vectors[begin:end],
            rarer=None if self.rarer is None else self.rarer[first:last],
        )

    def within(self, usual: NDArray[np.float64], held: float) -> Side:
        """The side with ``rarer``: a word that is everywhere in this text tells less than elsewhere in the run.

        Args:
            usual: how frequent each word is in the run.
            held: how many words of the run the text's own ones are held by.

        >>> text = side(["pont pont", "mer"], Vocabulary(), "fr")
        >>> text.within(np.array([0.1, 0.9]), 3.0).rarer.astype(float).round(2).tolist()
        [0.26, 0.26, 1.46]
        """
        _, where, counts = np.unique(self.words, return_inverse=True, return_counts=True)
        usually = usual[self.words]
        own = (counts[where] + held * usually) / (len(self.words) + held)
        return replace(self, rarer=(usually / own).astype(np.float32))


class Passages:
    """The words of texts that translate each other, in a few arrays: a million sentences take 200 MB.

    Attributes:
        words: of both languages, each word at its number.

    >>> passages = Passages([("a b", "c"), ("b", "d c")], ("fr", "pt"))
    >>> passages.words, passages.word_pairs()
    ((['a', 'b'], ['c', 'd']), 4)
    >>> [[words.tolist() for words in pair] for pair in passages.every(1, (np.array([7, 8]), np.array([3, 4])))]
    [[[7, 8], [3]], [[8], [4, 3]]]
    """

    def __init__(self, translations: Iterable[tuple[str, str]], languages: tuple[str, str]) -> None:
        """Number the words, ``AT_ONCE`` translations at a time."""
        vocabularies = Vocabulary(), Vocabulary()
        stream = iter(translations)
        self._sides: list[tuple[Side, Side]] = []
        while some := list(islice(stream, AT_ONCE)):
            sources, targets = zip(*some, strict=True)
            source = side(sources, vocabularies[0], languages[0])
            self._sides.append((source, side(targets, vocabularies[1], languages[1])))
        self.words = vocabularies[0].words, vocabularies[1].words

    def word_pairs(self) -> int:
        """How many words of a source there are with each word of its target."""
        return sum(
            int(np.dot(np.diff(source.bounds), np.diff(target.bounds))) for source, target in self._sides
        )

    def every(
        self, step: int, numbers: tuple[NDArray[np.int32], NDArray[np.int32]]
    ) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
        """Of ``step`` passages the first, its words by the numbers that they have elsewhere."""
        places = (
            (source, target, [number]) for source, target in self._sides for number in range(len(source))
        )
        return [
            (numbers[0][source.passage(number)], numbers[1][target.passage(number)])
            for source, target, number in islice(places, 0, None, step)
        ]


def side(segments: Sequence[str], vocabulary: Vocabulary, language: str, kinds: Sequence[str] = ()) -> Side:
    """The segments of a text as arrays; new words are added to the vocabulary.

    Args:
        segments: the text.
        vocabulary: of its language in this run.
        language: a tag.
        kinds: what each segment is in its document; empty when not known.

    >>> side(["Titre", "Texte"], Vocabulary(), "fr", ("heading", "text")).kinds.tolist()
    [1, 0]
    """
    seen: dict[str, list[int]] = {}
    fresh = []
    for segment in segments:
        fresh.append(segment not in seen and not segment.isspace() and segment != "")
        if segment not in seen:
            seen[segment] = vocabulary.number(word_keys(segment, language)[:LONGEST])
    numbered = [seen[segment] for segment in segments]
    return Side(
        words=np.array([word for words in numbered for word in words], dtype=np.int32),
        bounds=np.cumsum([0, *map(len, numbered)], dtype=np.int64),
        lengths=np.array(
            [len(segment) - sum(map(str.isspace, segment)) for segment in segments], dtype=np.float64
        ),
        kinds=(
            np.array([KINDS.index(_RUNNING.get(kind, kind)) for kind in kinds], dtype=np.int64)
            if kinds
            else None
        ),
        fresh=np.array(fresh, dtype=np.bool_),
    )
