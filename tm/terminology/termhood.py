"""How sure we are that two phrases are a term and its translation.

A logistic model of few weights, over features of both sides at once: how much more the domain uses the words
than the language at large (Ahmad, Gillam & Tostevin 1999, "weirdness"), whether the phrase also stands alone
or only inside longer terms (the idea of the C-value, Frantzi, Ananiadou & Mima 2000), how firmly the words
are linked, and how steadily one is translated by the other.

The steps, in the order in which they work:

1. ``is_possible`` leaves out what cannot be a term: single letters, pieces of names, rare adjectives and
   verbs.
2. ``Rates.specificity`` compares how often the domain and the language at large use a word.
3. ``features`` gives each thing that speaks for or against a pair as a number, by its name in ``WEIGHTS``.
4. ``confidence`` weighs them.

A phrase that stands ten times in a domain of 1,000 words, and is rare elsewhere, is very likely a term:

>>> from tm.terminology.gathering import Gathered
>>> rates = Rates({"four": 10, "forno": 10}, {"four": 5.0, "forno": 5.0}, 1000)
>>> nothing = frozenset()
>>> domain = Domain((rates, rates), (nothing, nothing), (nothing, nothing), nothing, nothing)
>>> pair = Gathered(("N", "N"), (("four",), ("forno",)), 10, overlap=9.0, trust=8.0, strict=10, free=10)
>>> weighed = features(pair, domain, Rivals(source=10, target=10, best=10), around={})
>>> round(weighed["specificity, one word"], 2), round(weighed["alignment"], 2), round(confidence(weighed), 2)
(2.82, 0.9, 0.95)
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tm.terminology.gathering import Gathered, Key

_GENERAL_TOKENS = 2000
"""Smoothing: as if the domain held this many tokens of general language. Without it every word of a short
text would be specific to it."""

_DOUBTFUL = 0.4
"""Trust (``Links.trust``) below which a sentence pair is hardly a translation. No measurement is kept; the
weight of "doubtful sentence" was fitted with it."""

_RARE = 5
"""Count below which adjectives and verbs by themselves are left out: only in large texts are they terms. No
measurement is kept."""


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
        """The decimal logarithm of the general rate; -1 for a word that the language at large does not use.

        >>> Rates({}, {"four": 9.9}, 0).rarity("four"), Rates({}, {}, 0).rarity("zzz")
        (1.0, -1.0)
        """
        return math.log10(self.general.get(word, 0.0) + 0.1)

    def specificity(self, word: str) -> float:
        """The decimal logarithm of the domain's rate over the general one; 0 for a word used alike in both.

        >>> rates = Rates({"four": 10, "de": 62}, {"four": 5.0, "de": 60_000.0}, 1000)
        >>> round(rates.specificity("four"), 2), round(rates.specificity("de"), 2)
        (2.82, 0.0)
        """
        general = self.general.get(word, 0.0) + 0.1
        expected = general * _GENERAL_TOKENS / 1e6
        domain = (self.counts.get(word, 0) + expected) / (self.tokens + _GENERAL_TOKENS) * 1e6
        return math.log10(domain / general)


@dataclass(frozen=True, slots=True)
class Domain:
    """What is known of the texts as a whole.

    Attributes:
        rates: of the words of both sides.
        general_nouns: nouns that say little by themselves, of both languages.
        general_adjectives: adjectives that make no term, of both languages.
        names: source words that are names by themselves in these texts: a phrase with one of them is about
            somebody.
        abbreviated: the words of source phrases for which the texts introduce an acronym.
    """

    rates: tuple[Rates, Rates]
    general_nouns: tuple[frozenset[str], frozenset[str]]
    general_adjectives: tuple[frozenset[str], frozenset[str]]
    names: frozenset[str]
    abbreviated: frozenset[tuple[str, ...]]

    def has_acronym(self, gathered: Gathered) -> bool:
        """Whether the texts introduce an acronym for the source phrase, in brackets beside it."""
        return gathered.words[0] in self.abbreviated


@dataclass(frozen=True, slots=True)
class Rivals:
    """The pairs that compete with one pair of phrases: other translations, and other phrases with some of its
    words.

    Attributes:
        source: how often the source phrase was paired with anything.
        target: how often the target phrase was paired with anything.
        best: how often the source phrase was paired with its commonest translation.
        cut: 0–1, by how much a phrase that shares only some of the words is surer than this one, times the
            share of places where it is.
    """

    source: int
    target: int
    best: int
    cut: float = 0.0


WEIGHTS: dict[str, float] = {
    "bias": -1.81,
    "frequency, one word": 0.37,
    "frequency": 1.34,
    "specificity, one word": 0.61,
    "specificity": 0.90,
    "alignment": 1.27,
    "doubtful sentence": -2.53,
    "rarity": -0.83,
    "both noun phrases": 0.47,
    "goes on": -0.73,
    "comes from": -0.10,
    "cuts a better term": -1.50,
    "part of a term, one word": -0.70,
    "part of a term": -0.73,
    "adjective before link": -0.86,
    "inner leading adjective": -0.31,
    "several contexts": 0.16,
    "steady": 0.24,
    "several words": 0.30,
    "unequal length": -2.06,
    "length": -0.67,
    "another translation is commoner": -0.59,
    "name in phrase": -1.80,
    "leading adjective": -1.32,
    "inner article": -1.14,
    "has an acronym": 2.00,
    "general adjective": -1.26,
    "general noun": -2.27,
    "general head": -0.19,
}
"""The weights of the logistic model, in nats. Fitted to eight hundred phrase pairs judged by hand, from
twenty-sentence slices and larger parts of two corpora (medicine; cloud computing), and to the places their
published glossaries take in the list; see docs/glossary.md."""


def features(
    gathered: Gathered, domain: Domain, rivals: Rivals, around: Mapping[Key, float]
) -> dict[str, float]:
    """What speaks for and against a phrase pair, each by its name in WEIGHTS; an example heads the module.

    Args:
        gathered: what was seen of the pair.
        domain: the texts as a whole.
        rivals: other translations.
        around: the confidence of the longer phrase pairs.
    """
    sizes = [len(words) for words in gathered.words]
    alone, shapes = max(sizes) == 1, gathered.shape
    noun = not any(shape in ("A", "V") for shape in shapes)
    sides = list(zip(domain.rates, gathered.words, strict=True))
    specificity = sum(min(map(rates.specificity, words)) for rates, words in sides) / 2
    general = [words[0] in nouns for words, nouns in zip(gathered.words, domain.general_nouns, strict=True)]
    described = [
        words[0] in adjectives or words[-1] in adjectives
        for words, adjectives in zip(gathered.words, domain.general_adjectives, strict=True)
    ]
    times, share = math.log2(gathered.count), 1 / gathered.count
    longer = max((around.get(key, 0.0) for key in gathered.within), default=0.0)
    inside = longer * (1 - gathered.free * share) / max(1, len(gathered.within))
    return {
        "bias": 1.0,
        "frequency, one word": times * alone,
        "frequency": times * (not alone),
        "specificity, one word": specificity * alone,
        "specificity": specificity * (not alone),
        "alignment": gathered.overlap * share,
        "doubtful sentence": max(0.0, _DOUBTFUL - gathered.trust * share),
        "rarity": _rarity_apart(gathered, domain) * (sizes[0] == sizes[1]),
        "both noun phrases": gathered.strict * share * noun,
        "goes on": gathered.goes_on * share * (not alone),
        "comes from": gathered.comes_from * share * (not alone),
        "cuts a better term": rivals.cut,
        "part of a term, one word": inside * alone,
        "part of a term": inside * (not alone),
        "adjective before link": float(any(re.search("[Ap]L", shape) for shape in shapes)),
        "inner leading adjective": float(any(re.search("LD?A", shape) for shape in shapes)),
        "several contexts": math.log2(1 + len(gathered.within)),
        "steady": gathered.count / rivals.source * gathered.count / rivals.target,
        "another translation is commoner": math.log2(rivals.best * share),
        "several words": float(not alone),
        "unequal length": float(abs(sizes[0] - sizes[1])),
        "length": float(max(0, max(sizes) - 3)),
        "name in phrase": float(
            not gathered.named and any(word in domain.names for word in gathered.words[0])
        ),
        "leading adjective": float(all(shape[0] in "Ap" for shape in shapes) and not alone),
        "inner article": float("D" in shapes[0]),
        "has an acronym": float(domain.has_acronym(gathered)),
        "general adjective": sum(described) / 2,
        "general noun": float(alone and any(general)),
        "general head": float(not alone and any(general)),
    }


def confidence(features: Mapping[str, float]) -> float:
    """The share of pairs with these features that a careful reader would keep, 0–1.

    >>> round(confidence({"bias": 1.0, "has an acronym": 1.0}), 3)
    0.547
    """
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))


def is_possible(gathered: Gathered) -> bool:
    """Whether a pair may be a term at all: no single letter, no piece of a name, no adjective or verb seen
    rarely.

    >>> from tm.terminology.gathering import Gathered
    >>> [is_possible(Gathered(("A", "A"), (("rond",), ("redondo",)), count)) for count in (4, 5)]
    [False, True]
    """
    if any(len(word) < 2 for words in gathered.words for word in words):
        return False
    if any(shape in ("A", "V") for shape in gathered.shape) and gathered.count < _RARE:
        return False
    return not (gathered.named and not gathered.free and len(gathered.within) == 1)


def _rarity_apart(gathered: Gathered, domain: Domain) -> float:
    """How far apart the general rates of the two phrases are, in powers of ten per word; shared words do not
    count."""
    source_rarity, target_rarity = (
        sum(rates.rarity(word) for word in words if word not in translation) / len(words)
        for rates, words, translation in zip(domain.rates, gathered.words, gathered.words[::-1], strict=True)
    )
    return abs(source_rarity - target_rarity)
