"""How sure we are that two phrases are a term and its translation.

What speaks for it and against it is counted on both sides at once and weighed by a logistic model of few weights:
how much more the domain uses the words than the language at large (Ahmad, Gillam & Tostevin 1999, "weirdness"), whether
the phrase also stands alone or only inside longer ones (the idea of the C-value, Frantzi, Ananiadou & Mima 2000), how
firmly the words are linked, and how steadily one is translated by the other.
"""

from __future__ import annotations

import math
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
        strict: how often both are noun phrases to their taggers.
        free: how often they stand in no longer phrase.
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
    strict: int = 0
    free: int = 0
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

    def specificity(self, word: str) -> float:
        """The decimal logarithm of the domain's rate over the general one; 0 for a word used alike in both."""
        general = self.general.get(word, 0.0) + 0.1
        expected = general * _KNOWN_TOKENS / 1e6
        domain = (self.counts.get(word, 0) + expected) / (self.tokens + _KNOWN_TOKENS) * 1e6
        return math.log10(domain / general)


WEIGHTS: dict[str, float] = {
    "bias": -3.0,
    "frequency": 0.8,
    "specificity": 0.8,
    "alignment": 3.0,
    "both noun phrases": 0.7,
    "stands alone": 1.5,
    "several contexts": 0.7,
    "steady": 1.5,
    "several words": 0.4,
    "length": -0.5,
    "part of one name": -3.0,
    "name in phrase": -1.2,
    "leading adjective": -0.6,
    "inner article": -0.3,
    "adjective alone": -2.0,
    "number word": -1.0,
}
"""Of the logistic model, in nats."""


def features(
    gathered: Gathered, source: Rates, target: Rates, *, source_total: int, target_total: int
) -> dict[str, float]:
    """What speaks for and against, each by its name in WEIGHTS."""
    words = max(len(gathered.words[0]), len(gathered.words[1]))
    ours = [source.specificity(word) for word in gathered.words[0]]
    theirs = [target.specificity(word) for word in gathered.words[1]]
    shapes = gathered.shape
    names = all(set(shape) <= set("PO") for shape in shapes)
    free = gathered.free / gathered.count
    return {
        "bias": 1.0,
        "frequency": math.log2(gathered.count),
        "specificity": (min(ours) + min(theirs)) / 2,
        "alignment": gathered.overlap / gathered.count,
        "both noun phrases": gathered.strict / gathered.count,
        "stands alone": free,
        "several contexts": math.log2(1 + len(gathered.within)) if gathered.within else 0.0,
        "steady": gathered.count / max(source_total, 1) * gathered.count / max(target_total, 1),
        "several words": float(words > 1),
        "length": float(max(0, words - 3)),
        "part of one name": float(names and not free and len(gathered.within) == 1),
        "name in phrase": float(
            not names and any("P" in shape for shape in shapes) and not _acronyms(gathered)
        ),
        "leading adjective": float(all(shape[0] in "Ap" for shape in shapes) and words > 1),
        "inner article": float("D" in shapes[0]),
        "adjective alone": float(not any(kind in "NP" for kind in shapes[0])),
        "number word": float(any("M" in shape or "#" in shape for shape in shapes)),
    }


def _acronyms(gathered: Gathered) -> bool:
    """Whether the names in the phrases are acronyms, which behave like nouns."""
    source, target = next(iter(gathered.surfaces))
    return all(
        word.isupper() or word[:1].islower()
        for surface in (source, target)
        for word in surface.replace("’", " ").replace("'", " ").split()
    )


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
