"""How sure we are that two phrases are a term and its translation.

What speaks for it and against it is counted on both sides at once and weighed by a logistic model of few weights:
how much more the domain uses the words than the language at large (Ahmad, Gillam & Tostevin 1999, "weirdness"), whether
the phrase also stands alone or only inside longer ones (the idea of the C-value, Frantzi, Ananiadou & Mima 2000), how
firmly the words are linked, and how steadily one is translated by the other.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tm.terminology.candidates import Sentence

_KNOWN_TOKENS = (
    2000  # so many tokens of general language are added to the domain, or a word seen once would be its mark
)


@dataclass(slots=True)
class Gathered:
    """What was seen of one pair of phrases; phrases are the same when their lemmas are.

    Attributes:
        count: how often they translate each other.
        overlap: sum over the occurrences, each 0–1.
        trust: sum over the occurrences of what speaks for the links of the sentence pair, each 0–1.
        strict: how often both are noun phrases to their taggers.
        free: how often they stand in no longer phrase.
        goes_on: how often their words go on after them, on either side, counted by halves.
        comes_from: how often they begin before them.
        within: the longer phrases they stand in.
        surfaces: how often each pair of spellings was seen.
        shape: classes of the words on both sides, as first seen.
        words: lemmas of the content words on both sides.
        places: (rank, sentence number), the best places to show them, best first.
    """

    shape: tuple[str, str]
    words: tuple[tuple[str, ...], tuple[str, ...]]
    count: int = 0
    overlap: float = 0.0
    trust: float = 0.0
    strict: int = 0
    free: int = 0
    goes_on: float = 0.0
    comes_from: float = 0.0
    within: set[tuple[str, str]] = field(default_factory=set)
    surfaces: dict[tuple[str, str], int] = field(default_factory=dict)
    places: list[tuple[float, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rates:
    """How much more a domain uses a word than the language does.

    Attributes:
        counts: of each lemma in the domain.
        general: the general rate of each lemma, per million words.
        tokens: size of the domain.
    """

    counts: Mapping[str, int]
    general: Mapping[str, float]
    tokens: int

    def rarity(self, word: str) -> float:
        """The decimal logarithm of the general rate."""
        return math.log10(self.general.get(word, 0.0) + 0.1)

    def specificity(self, word: str) -> float:
        """The decimal logarithm of the domain's rate over the general one; 0 for a word used alike in both."""
        general = self.general.get(word, 0.0) + 0.1
        expected = general * _KNOWN_TOKENS / 1e6
        domain = (self.counts.get(word, 0) + expected) / (self.tokens + _KNOWN_TOKENS) * 1e6
        return math.log10(domain / general)


WEIGHTS: dict[str, float] = {
    "bias": -2.46,
    "frequency, one word": 0.25,
    "frequency": 1.53,
    "specificity, one word": 0.76,
    "specificity": 0.71,
    "alignment": 1.40,
    "doubtful sentence": -2.77,
    "rarity": -0.77,
    "both noun phrases": 0.70,
    "goes on": -0.47,
    "comes from": -0.48,
    "part of a term, one word": -0.70,
    "part of a term": -0.78,
    "adjective before link": -1.14,
    "inner leading adjective": -0.04,
    "several contexts": 0.21,
    "steady": 0.54,
    "several words": 0.52,
    "unequal length": -2.04,
    "length": -0.64,
    "name": -0.60,
    "name in phrase": -1.80,
    "leading adjective": -2.11,
    "inner article": -1.04,
    "adjective or verb": 0.10,
    "general noun": -2.47,
    "general head": -0.81,
}
"""Of the logistic model, in nats."""


def features(
    gathered: Gathered,
    source: Rates,
    target: Rates,
    *,
    source_total: int,
    target_total: int,
    general: tuple[frozenset[str], frozenset[str]],
    names: frozenset[str],
    around: Mapping[tuple[str, str], float],
) -> dict[str, float]:
    """What speaks for and against, each by its name in WEIGHTS.

    Args:
        gathered: the phrase pair.
        source: rates of the source side's words.
        target: likewise.
        source_total: how often the source phrase was paired with anything.
        target_total: likewise.
        general: nouns that say little by themselves, of both languages.
        names: source words that are names of their own in these texts: with one of them a phrase is about somebody.
        around: the confidence of each longer phrase pair.
    """
    sizes = [len(words) for words in gathered.words]
    single = max(sizes) == 1
    shapes = gathered.shape
    noun = not any(shape in ("A", "V") for shape in shapes)
    named = is_name(gathered)
    specific = [
        [rates.specificity(word) for word in words]
        for rates, words in zip((source, target), gathered.words, strict=True)
    ]
    rarest = [
        sum(rates.rarity(word) for word in words if word not in others) / len(words)
        for rates, words, others in zip((source, target), gathered.words, gathered.words[::-1], strict=True)
    ]
    least = sum(map(min, specific)) / 2
    times = math.log2(gathered.count)
    share = 1 / gathered.count
    longer = max((around.get(key, 0.0) for key in gathered.within), default=0.0)
    inside = longer * (1 - gathered.free * share) / max(1, len(gathered.within))
    heads = [words[0] in nouns for words, nouns in zip(gathered.words, general, strict=True)]
    return {
        "bias": 1.0,
        "frequency, one word": times * single,
        "frequency": times * (not single),
        "specificity, one word": least * single,
        "specificity": least * (not single),
        "alignment": gathered.overlap * share,
        "doubtful sentence": max(0.0, 0.4 - gathered.trust * share),
        "rarity": abs(rarest[0] - rarest[1]) * (sizes[0] == sizes[1]),
        "both noun phrases": gathered.strict * share * noun,
        "goes on": gathered.goes_on * share * (not single),
        "comes from": gathered.comes_from * share * (not single),
        "part of a term, one word": inside * single,
        "part of a term": inside * (not single),
        "several contexts": math.log2(1 + len(gathered.within)) if gathered.within else 0.0,
        "steady": gathered.count / max(source_total, 1) * gathered.count / max(target_total, 1),
        "several words": float(not single),
        "unequal length": float(abs(sizes[0] - sizes[1])),
        "length": float(max(0, max(sizes) - 3)),
        "name": float(named),
        "name in phrase": float(not named and any(word in names for word in gathered.words[0])),
        "leading adjective": float(all(shape[0] in "Ap" for shape in shapes) and not single),
        "inner leading adjective": float(any(re.search("LD?A", shape) for shape in shapes)),
        "adjective before link": float(any(re.search("[Ap]L", shape) for shape in shapes)),
        "inner article": float("D" in shapes[0]),
        "adjective or verb": float(not noun),
        "general noun": float(single and any(heads)),
        "general head": float(not single and any(heads)),
    }


def is_possible(gathered: Gathered) -> bool:
    """What is no term whatever the weights say: single letters, dates, parts of one name, adjectives and verbs seen rarely."""
    shapes = gathered.shape
    if any(len(word) < 2 for words in gathered.words for word in words):
        return False
    if shapes[0] in ("A", "V") and gathered.count < 5:
        return False
    return not (
        all(set(shape) <= set("PLO") for shape in shapes) and not gathered.free and len(gathered.within) == 1
    )


def is_name(gathered: Gathered) -> bool:
    """Whether all its words are names on both sides."""
    return all(set(shape) <= set("PLO") for shape in gathered.shape)


def confidence(found: Mapping[str, float]) -> float:
    """0–1, the logistic model's answer."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in found.items())))


def gather_place(gathered: Gathered, rank: float, number: int, *, keep: int = 3) -> None:
    """Remember a place when it is among the best."""
    gathered.places.append((rank, number))
    gathered.places.sort()
    del gathered.places[keep:]


def content_words(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    """The lemmas of the content words in a token range."""
    return tuple(sentence.lemmas[at] for at in sentence.content if start <= at < end)
