"""How well the two texts of each unit explain one another, word by word, by a lexicon learnt from the units
themselves.

No unit is judged by what it taught: the units are dealt out to parts by their words, and each part is judged
by lexicons of the others. The steps, of which ``Words`` alone is not done on workers:

1. ``listed`` lists the words of some units; ``Words.add`` gives them numbers that hold for all.
2. ``Words.lexicons`` counts the words that are left and takes a lesson for each part; ``_learnt`` learns from
   it (``tm.alignment.lexicon``).
3. ``explained`` asks the lexicons about some units (``Words.some``).

>>> words = Words()
>>> nouns = ("pain", "pão"), ("four", "forno"), ("chat", "gato"), ("chien", "cachorro"), ("sel", "sal")
>>> units = [(f"le {one} et un {other}", f"o {two} e um {three}") for one, two in nouns for other, three in nouns]
>>> words.add(listed([*units, ("le chat et un chien", "o forno e um sal")]))
>>> everything = np.arange(len(words))
>>> gains = explained(words.lexicons(everything, map), words.some(everything)).target.values.reshape(-1, 5).sum(1)
>>> bool(gains[0] > 0 > gains[25])
True
"""

from __future__ import annotations

import re
import zlib
from array import array
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tm.alignment.cognates import MOST, alike
from tm.alignment.lexicon import from_cognates, learn, together
from tm.alignment.options import Options
from tm.alignment.sparse import table
from tm.alignment.vocabulary import STEM
from tm.language.text import nfc
from tm.language.tokens import UNSPACED
from tm.store.ragged import offsets, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.lexicon import Lexicon
    from tm.alignment.sparse import Table
    from tm.shelves import Each

    Places = NDArray[np.int64]
    Numbers = NDArray[np.int32]
    Array = NDArray[np.float64]

_WORD = re.compile(rf"\d+|[{UNSPACED}]|[^\W\d_{UNSPACED}]+")

LONGEST = 150
"""Most words of a text that are looked at."""

PARTS = 4
"""Parts of a memory that are judged apart: each by what three in four units teach. Of one whose half fills a
lexicon there are two."""

FULL = 3_000_000
"""Most word pairs that a lexicon is learnt from: about 5,000 sentence pairs. Of more units a
sample is taken by their words, so that it does not change when others go out."""

LEAST = 0.002
"""Least probability of a translation that is looked at: by far the most are by chance, of frequent words."""

BLOCK = 50_000
"""Units whose words are counted at once."""

OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as the numbers of their words, one after the other.

    Attributes:
        words: of all texts.
        sizes: how many words each has; 1 or more.
    """

    words: Numbers
    sizes: Places

    @staticmethod
    def joined(parts: Sequence[Texts]) -> Texts:
        """The texts of all parts."""
        return Texts(
            np.concatenate([part.words for part in parts]), np.concatenate([part.sizes for part in parts])
        )

    def some(self, places: Places) -> Texts:
        """The texts at these places.

        >>> texts = Texts(np.array([7, 8, 9], np.int32), np.array([2, 1]))
        >>> texts.some(np.array([1, 0])).words.tolist()
        [9, 7, 8]
        """
        sizes = self.sizes[places]
        return Texts(self.words[ranges(offsets(self.sizes)[places], sizes)], sizes)

    def each(self) -> Iterator[Numbers]:
        """The words of each text."""
        bounds = np.append(0, np.cumsum(self.sizes)).tolist()
        return (self.words[begin:end] for begin, end in pairwise(bounds))


Listed: TypeAlias = "tuple[tuple[list[str], Texts], tuple[list[str], Texts], NDArray[np.uint32]]"
"""The words of some units: for source and target the different words, and the texts as their numbers; and the
mark of each unit, which depends on its source alone: what is double is in one part."""


def listed(units: Sequence[tuple[str, str]]) -> Listed:
    """The words of some units, source and target.

    >>> (names, texts), _, _ = listed([("Le pain et le four", "o pão e o forno")])
    >>> names, texts.words.tolist()
    (['le', 'pain', 'et', 'four'], [0, 1, 2, 0, 3])
    """
    marks = [zlib.crc32(source.encode("utf-8", "surrogatepass")) for source, _ in units]
    sources, targets = (_listed_texts([unit[side] for unit in units]) for side in (0, 1))
    return sources, targets, np.array(marks, np.uint32)


def _listed_texts(texts: Iterable[str]) -> tuple[list[str], Texts]:
    names: dict[str, int] = {}
    words, sizes = array("i"), array("q")
    for text in texts:
        keys = [word[:STEM] for word in _WORD.findall(nfc(text).casefold())[:LONGEST]] or [""]
        words.extend([names.setdefault(key, len(names)) for key in keys])
        sizes.append(len(keys))
    return [*names], Texts(np.array(words, np.int32), np.array(sizes, np.int64))


@dataclass(frozen=True, slots=True)
class Ratios:
    """What is asked of a lexicon: p(translation | word) / p(translation) where it is likely, and what is left to
    any.

    Attributes:
        bounds: the translations of word w stand in ``columns[bounds[w]:bounds[w + 1]]``.
        columns: their words.
        values: their ratios.
        rest: of each word.
    """

    bounds: Places
    columns: Numbers
    values: Array
    rest: Array

    @staticmethod
    def of(lexicon: Lexicon) -> Ratios:
        """Those of a lexicon."""
        likely = lexicon.known.values >= LEAST
        return Ratios(
            np.append(0, np.cumsum(likely))[lexicon.known.bounds],
            lexicon.known.columns[likely].astype(np.int32),
            lexicon.ratios.values[likely],
            lexicon.rest,
        )


@dataclass(frozen=True, slots=True)
class Passages:
    """The words of some units, and their marks."""

    source: Texts
    target: Texts
    marks: NDArray[np.uint32]


class Words:
    """The words of all units."""

    def __init__(self) -> None:
        """No unit yet."""
        self._names: tuple[dict[str, int], dict[str, int]] = {}, {}
        self._passages: list[Passages] = []
        self._alike: Table | None = None

    def __len__(self) -> int:
        """The number of units."""
        return sum(len(passages.marks) for passages in self._passages)

    def add(self, words: Listed) -> None:
        """Take the words of more units."""
        *sides, marks = words
        source, target = (
            Texts(
                np.array([names.setdefault(word, len(names)) for word in own], np.int32)[texts.words],
                texts.sizes,
            )
            for names, (own, texts) in zip(self._names, sides, strict=True)
        )
        self._passages.append(Passages(source, target, marks))
        self._alike = None

    def _all(self) -> Passages:
        """The words of all units, joined once."""
        if len(self._passages) > 1:
            self._passages = [
                Passages(
                    Texts.joined([part.source for part in self._passages]),
                    Texts.joined([part.target for part in self._passages]),
                    np.concatenate([part.marks for part in self._passages]),
                )
            ]
        return self._passages[0]

    def some(self, units: Places) -> Passages:
        """The words of some units."""
        words = self._all()
        return Passages(words.source.some(units), words.target.some(units), words.marks[units])

    def lexicons(self, units: Places, each: Each) -> list[tuple[Ratios, Ratios]]:
        """What explains the sources and the targets of each part, learnt from the other parts.

        Args:
            units: that a lexicon is learnt from, in order; one at least.
            each: applies ``_learnt`` to the lessons, as ``map`` does.
        """
        frequencies = [counts / counts.sum() for counts in self._counts(units)]
        if self._alike is None:
            self._alike = alike(*map(list, self._names))
        rows, columns = self._alike.rows(), self._alike.columns
        is_left = (frequencies[0][rows] > 0) & (frequencies[1][columns] > 0)
        shape = len(frequencies[0]), len(frequencies[1])
        left = table(rows[is_left], columns[is_left], self._alike.values[is_left], shape).capped(MOST)
        priors = (
            from_cognates(left, frequencies[1]),
            from_cognates(left.transposed().capped(MOST), frequencies[0]),
        )
        lessons = [self.some(taught) for taught in self._taught(units)]
        return list(each(partial(_learnt, priors), lessons))

    def _counts(self, units: Places) -> tuple[Places, Places]:
        """How often each word of both sides comes in these units."""
        counts = np.zeros(len(self._names[0]), np.int64), np.zeros(len(self._names[1]), np.int64)
        for begin in range(0, len(units), BLOCK):
            part = self.some(units[begin : begin + BLOCK])
            for side, texts in enumerate((part.source, part.target)):
                counts[side][:] += np.bincount(texts.words, minlength=len(counts[side]))
        return counts

    def _taught(self, units: Places) -> Iterator[Places]:
        """For each part the units that teach."""
        words = self._all()
        marks = words.marks[units]
        word_pairs = words.source.sizes[units] * words.target.sizes[units]
        size = int(word_pairs.sum())
        parts = 2 if size > 2 * FULL else PARTS
        share = min(1.0, FULL / (size * (parts - 1) / parts))
        for part in range(parts):
            taught = units[(marks % parts != part) & ((marks >> 8) % 1024 < share * 1024)]
            yield taught if len(taught) else units[: max(1, int((np.cumsum(word_pairs) <= FULL).sum()))]


def _learnt(priors: tuple[Lexicon, Lexicon], lesson: Passages) -> tuple[Ratios, Ratios]:
    """The lexicons whose translations are words of the source, and of the target."""
    passages = list(zip(lesson.source.each(), lesson.target.each(), strict=True))
    counted = together(passages, np.ones(len(passages)))
    return (
        Ratios.of(learn(counted, 0, priors[1], OPTIONS)),
        Ratios.of(learn(counted, 1, priors[0], OPTIONS)),
    )


@dataclass(frozen=True, slots=True)
class Gains:
    """How well each word of some texts is explained by the other text.

    A gain is log p(word | the other text) / p(word), as in IBM Model 1: above 0 it speaks for a translation,
    below against.

    Attributes:
        values: of the words of all texts, one after the other.
        sizes: how many words each text has.
    """

    values: Array
    sizes: Places


@dataclass(frozen=True, slots=True)
class Explained:
    """The gains of the words of some units."""

    source: Gains
    target: Gains


def explained(lexicons: Sequence[tuple[Ratios, Ratios]], passages: Passages) -> Explained:
    """How well the words of some units are explained.

    Args:
        lexicons: of each part.
        passages: the words.
    """
    parts = (passages.marks % len(lexicons)).tolist()
    source, target = passages.source, passages.target
    return Explained(
        _gains([backward for backward, _ in lexicons], parts, target, source),
        _gains([forward for _, forward in lexicons], parts, source, target),
    )


class _Translations(dict[int, dict[int, float]]):
    """The translations of each word with their ratios, put together when they are first asked for."""

    def __init__(self, ratios: Ratios) -> None:
        self._ratios = ratios

    def __missing__(self, word: int) -> dict[int, float]:
        ratios = self._ratios
        meant = slice(ratios.bounds[word], ratios.bounds[word + 1])
        self[word] = dict(zip(ratios.columns[meant].tolist(), ratios.values[meant].tolist(), strict=True))
        return self[word]


def _gains(lexicons: Sequence[Ratios], parts: Sequence[int], given: Texts, words: Texts) -> Gains:
    """The gains of words beside the given ones, each by the lexicon of its unit's part."""
    opened = [(_Translations(ratios), ratios.rest.tolist()) for ratios in lexicons]
    ratios, rests = array("d"), array("d")
    for part, before, after in zip(parts, given.each(), words.each(), strict=True):
        translations_of, rest_of = opened[part]
        opposite, rest = after.tolist(), 0.0
        found = dict.fromkeys(opposite, 0.0)
        present = found.keys()
        for word in before.tolist():
            rest += rest_of[word]
            translations = translations_of[word]
            for translation in present & translations.keys():
                found[translation] += translations[translation]
        ratios.extend([found[word] for word in opposite])
        rests.append(rest)
    some = (1 - OPTIONS.no_word) / given.sizes
    left = OPTIONS.no_word + some * np.array(rests)
    values = np.log(np.array(ratios) * np.repeat(some, words.sizes) + np.repeat(left, words.sizes))
    return Gains(values, words.sizes)
