"""How well the two texts of each unit explain one another, word by word, by a lexicon learnt from the units
themselves.

No unit is judged by what it taught: the units are dealt out to parts by their words, and each part is judged
by a lexicon of the others. The steps:

1. ``Words.add`` numbers the words of a unit.
2. ``Words.explained`` learns a lexicon for each part (``tm.alignment.lexicon``) and yields an ``Explained``
   for each unit that is asked about.

>>> words = Words()
>>> nouns = ("pain", "pão"), ("four", "forno"), ("chat", "gato"), ("chien", "cachorro"), ("sel", "sal")
>>> for one, two in nouns:
...     for other, three in nouns:
...         words.add(f"le {one} et un {other}", f"o {two} e um {three}")
>>> words.add("le chat et un chien", "o forno e um sal")
>>> everything = range(len(words))
>>> gains = {number: explained.target.sum() for number, explained in words.explained(everything, everything)}
>>> bool(gains[0] > 0 > gains[25])
True
"""

from __future__ import annotations

import re
import zlib
from array import array
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.cognates import MOST, cognates
from tm.alignment.lexicon import from_cognates, learn, together
from tm.alignment.options import Options
from tm.alignment.vocabulary import STEM
from tm.language.text import nfc
from tm.language.tokens import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.lexicon import Lexicon

    Gains = NDArray[np.float32]
    Numbers = NDArray[np.int32]
    Passage = tuple[Numbers, Numbers]

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


@dataclass(frozen=True, slots=True)
class Explained:
    """How well each word of a unit is explained by the other text.

    A gain is log p(word | the other text) / p(word), as in IBM Model 1: above 0 it speaks for a translation,
    below against.

    Attributes:
        source: the gain of each source word.
        target: the gain of each target word.
    """

    source: Gains
    target: Gains


class _Side:
    """The words of one language, numbered, text after text."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.words = array("i")
        self.bounds = array("q", [0])

    def add(self, text: str) -> None:
        names = self.names
        keys = [word[:STEM] for word in _WORD.findall(nfc(text).casefold())[:LONGEST]] or [""]
        self.words.extend([names.setdefault(key, len(names)) for key in keys])
        self.bounds.append(len(self.words))

    def texts(self, numbers: Sequence[int]) -> tuple[list[Numbers], list[str]]:
        """The words of these texts, numbered anew, and the words themselves."""
        words, bounds = np.array(self.words, dtype=np.int32), self.bounds
        names = list(self.names)
        meant = np.concatenate([words[bounds[i] : bounds[i + 1]] for i in numbers])
        present = np.flatnonzero(np.bincount(meant, minlength=len(names)))
        renumbered = np.zeros(len(names), dtype=np.int32)
        renumbered[present] = np.arange(len(present), dtype=np.int32)
        ends = np.cumsum([bounds[i + 1] - bounds[i] for i in numbers])
        texts = np.split(renumbered[meant], ends[:-1])
        return texts, [names[number] for number in present.tolist()]


class Words:
    """The words of all units."""

    def __init__(self) -> None:
        """No unit yet."""
        self._sides = _Side(), _Side()
        self._marks = array("L")

    def __len__(self) -> int:
        """The number of units."""
        return len(self._sides[0].bounds) - 1

    def add(self, source: str, target: str) -> None:
        """Take the words of one more unit. Its mark depends on its source alone: what is double is in one
        part."""
        self._marks.append(zlib.crc32(source.encode("utf-8", "surrogatepass")))
        for side, text in zip(self._sides, (source, target), strict=True):
            side.add(text)

    def explained(self, units: Sequence[int], asked: Sequence[int]) -> Iterator[tuple[int, Explained]]:
        """How well the words of units are explained.

        Args:
            units: those that a lexicon is learnt from, in order.
            asked: those of them that are asked about.
        """
        if not units:
            return
        (sources, source_names), (targets, target_names) = (side.texts(units) for side in self._sides)
        alike = cognates(source_names, target_names)
        frequencies = [_frequencies(texts) for texts in (sources, targets)]
        priors = (
            from_cognates(alike, frequencies[1]),
            from_cognates(alike.transposed().capped(MOST), frequencies[0]),
        )
        passages = list(zip(sources, targets, strict=True))
        marks = [self._marks[unit] for unit in units]
        places = {unit: place for place, unit in enumerate(units)}
        for lesson, meant in _parts(passages, marks, [places[unit] for unit in asked]):
            counted, options = together(lesson, [1.0] * len(lesson)), Options()
            forward = _Explainer(learn(counted, 1, priors[0], options), options)
            backward = _Explainer(learn(counted, 0, priors[1], options), options)
            for place in meant:
                source, target = passages[place]
                yield units[place], Explained(backward.gains(target, source), forward.gains(source, target))


def _frequencies(texts: list[Numbers]) -> NDArray[np.float64]:
    counts = np.bincount(np.concatenate(texts)).astype(np.float64)
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def _parts(
    passages: list[Passage], marks: list[int], asked: list[int]
) -> Iterator[tuple[list[Passage], list[int]]]:
    """For each part the passages that teach, and the places of those that are judged by them."""
    size = sum(len(source) * len(target) for source, target in passages)
    parts = 2 if size > 2 * FULL else PARTS
    taught = min(1.0, FULL / (size * (parts - 1) / parts))
    for part in range(parts):
        lesson = [
            passage
            for passage, mark in zip(passages, marks, strict=True)
            if mark % parts != part and (mark >> 8) % 1024 < taught * 1024
        ]
        yield lesson or passages, [place for place in asked if marks[place] % parts == part]


class _Explainer:
    """A lexicon as it explains texts: the words of one language by those of the other."""

    def __init__(self, lexicon: Lexicon, options: Options) -> None:
        likely = lexicon.known.values >= LEAST
        columns, ratios = lexicon.known.columns[likely].tolist(), lexicon.ratios.values[likely].tolist()
        bounds = np.concatenate([[0], np.cumsum(likely)])[lexicon.known.bounds].tolist()
        self._translations = [
            dict(zip(columns[begin:end], ratios[begin:end], strict=True)) for begin, end in pairwise(bounds)
        ]
        self._rest = lexicon.rest.tolist()
        self._chance = options.no_word

    def gains(self, given: Numbers, words: Numbers) -> Gains:
        """The gain of each of the words by the given ones."""
        opposite = words.tolist()
        explained = dict.fromkeys(opposite, 0.0)
        present, rest = explained.keys(), 0.0
        for word in given.tolist():
            rest += self._rest[word]
            translations = self._translations[word]
            for translation in present & translations.keys():
                explained[translation] += translations[translation]
        some = (1 - self._chance) / len(given)
        gains = np.array([explained[word] for word in opposite], dtype=np.float32)
        logs: Gains = np.log(gains * np.float32(some) + np.float32(self._chance + some * rest))
        return logs
