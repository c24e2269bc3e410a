"""One side of the texts, counted: its words and its phrases.

The steps of ``side_of``, in the order in which they work:

1. ``_count`` counts words, their classes and their capitals, and all phrases that may be terms.
2. ``_word_row`` makes a row of numbers of each word, one for each of ``WORD_FEATURES``.
3. ``_largest_shares`` says how often the same word stands before or behind a phrase.

>>> from tm.terminology.sentences import analyse
>>> side = side_of(analyse(["Le four à pain.", "Le four à sole."], "fr"), "fr", None)
>>> side.phrases["four"], side.phrases["four à pain"], side.same_behind["four"]
(2, 1, 0.5)
>>> side.table[side.numbers["four"], list(WORD_FEATURES).index("noun")]
np.float64(1.0)
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tm.language.languages import language_of
from tm.language.lemmas import general_rate
from tm.language.text import fold
from tm.terminology import candidates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.terminology.dictionary import Dictionary
    from tm.terminology.sentences import Sentence

    Floats = NDArray[np.floating[Any]]

_GENERAL_TOKENS = 2000
"""Smoothing: as if the texts held this many tokens of general language. Without it every word of a short
text would be specific to it."""

WORD_FEATURES = {
    "rate": "how often the language at large uses it, as a power of ten per million words",
    "specificity": "how much more these texts use it than the language at large, as a power of ten",
    "noun": "share of places where the tagger takes it for a noun or name",
    "adjective": "share of places where the tagger takes it for an adjective or participle",
    "verb": "share of places where the tagger takes it for a verb",
    "general": "whether it is a noun or adjective that says little by itself",
    "capital": "share of places where it is written with a capital, the first of a sentence aside",
    "letters": "how long it is",
    "plain": "whether it consists of letters only",
    "noun in the dictionary": "whether the dictionary has it as a noun; half if also as something else",
    "in the dictionary": "whether the dictionary has it at all",
}
"""What is counted of each word of a phrase."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the texts.

    Attributes:
        numbers: of the words, from 0.
        table: a row for each word, a column for each of ``WORD_FEATURES``.
        counts: how often each word stands in the texts.
        phrases: how often each phrase does.
        same_before: the largest share of a phrase's places with one and the same word before it.
        same_behind: the same for the word behind it.
        tokens: size of the texts.
    """

    numbers: dict[str, int]
    table: Floats
    counts: Floats
    phrases: Counter[str]
    same_before: Mapping[str, float]
    same_behind: Mapping[str, float]
    tokens: int


@dataclass(slots=True)
class _Counts:
    """What is counted while the sentences are read."""

    tokens: int = 0
    words: Counter[str] = field(default_factory=Counter)
    classes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    capitals: Counter[str] = field(default_factory=Counter)
    forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phrases: Counter[str] = field(default_factory=Counter)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)


def side_of(sentences: Iterable[Sentence], language: str, dictionary: Dictionary | None) -> Side:
    """Count one side; an example stands at the head of the module.

    Args:
        sentences: of that side.
        language: its tag.
        dictionary: what knows words of that language, if anything does.
    """
    import numpy as np

    counts = _count(sentences)
    rules = language_of(language)
    general = rules.general_nouns | rules.general_adjectives
    speech = dictionary.speech(list(counts.words), language) if dictionary else [""] * len(counts.words)
    rows = [
        (
            *_word_row(word, counts, language),
            word in general,
            counts.capitals[word] / counts.words[word],
            len(word),
            word.isalpha(),
            ("N" in kinds) / max(1, len(kinds)),
            kinds != "",
        )
        for word, kinds in zip(counts.words, speech, strict=True)
    ]
    same_before, same_behind = _largest_shares(counts)
    return Side(
        {word: number for number, word in enumerate(counts.words)},
        np.array(rows, np.float64).reshape(-1, len(WORD_FEATURES)),
        np.array(list(counts.words.values()), np.float64),
        counts.phrases,
        same_before,
        same_behind,
        counts.tokens,
    )


def _count(sentences: Iterable[Sentence]) -> _Counts:
    counts = _Counts()
    for sentence in sentences:
        counts.tokens += len(sentence.lemmas)
        for at in sentence.content:
            word, form = sentence.lemmas[at], sentence.surface(at, at + 1)
            counts.words[word] += 1
            counts.classes[word][sentence.classes[at]] += 1
            if at and form[:1].isupper():
                counts.capitals[word] += 1
            counts.forms[word].add(form)
        spans = list(candidates.phrases(sentence))
        keys = [sentence.key(start, end) for start, end in spans]
        counts.phrases.update(keys)
        for key, span in zip(keys, spans, strict=True):
            if key not in counts.parts:
                counts.parts[key] = sentence.words(*span)
    return counts


def _largest_shares(counts: _Counts) -> tuple[dict[str, float], dict[str, float]]:
    """For each phrase the largest share of its places with the same word before it, and with the same behind."""
    before: dict[str, float] = {}
    behind: dict[str, float] = {}
    for key, words in counts.parts.items():
        if len(words) < 2:
            continue
        for cut, shares in ((_without_last(key, words), behind), (_without_first(key, words), before)):
            if cut in counts.phrases:
                share = counts.phrases[key] / counts.phrases[cut]
                shares[cut] = max(shares.get(cut, 0.0), min(1.0, share))
    return before, behind


def _without_last(key: str, words: Sequence[str]) -> str:
    """The phrase without its last word and what links it.

    >>> _without_last("four à pain de seigle", ("four", "pain", "seigle"))
    'four à pain'
    """
    cut = key.removesuffix(words[-1]).rstrip(" ")
    while cut and not cut.endswith(words[-2]):
        cut = cut.rpartition(" ")[0]
    return cut


def _without_first(key: str, words: Sequence[str]) -> str:
    """The phrase without its first word and what links it.

    >>> _without_first("four à pain de seigle", ("four", "pain", "seigle"))
    'pain de seigle'
    """
    cut = key.partition(" ")[2]
    while cut and not cut.startswith(words[1]):
        cut = cut.partition(" ")[2]
    return cut


def _word_row(word: str, counts: _Counts, language: str) -> tuple[float, ...]:
    """The rates of a word, and the shares of its classes."""
    # Some lemmas are rarer than their forms: nobody writes of one datum.
    rate = max(general_rate(form, language) for form in {word, *map(fold, counts.forms[word])}) + 0.1
    count, classes = counts.words[word], counts.classes[word]
    expected = rate * _GENERAL_TOKENS / 1e6
    domain = (count + expected) / (counts.tokens + _GENERAL_TOKENS) * 1e6
    return (
        math.log10(rate),
        math.log10(domain / rate),
        (classes["N"] + classes["P"]) / count,
        (classes["A"] + classes["p"]) / count,
        classes["V"] / count,
    )
