"""What is seen of each pair of phrases over all sentence pairs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.language.languages import language_of
from tm.language.lemmas import is_acronym
from tm.language.text import fold
from tm.terminology.candidates import comes_from, goes_on
from tm.terminology.sentences import CONTENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.terminology.pairing import PhrasePair
    from tm.terminology.sentences import Sentence

Key = tuple[str, str]
"""The lemmas of a source phrase and of a target phrase: the same for all the forms of a term pair."""

_MANY = 400_000  # phrase pairs held at once, a kilobyte each
_PLACES = 3


@dataclass(slots=True)
class Gathered:
    """What was seen of one pair of phrases.

    Attributes:
        shape: classes of the words on both sides, as first seen.
        words: lemmas of the content words on both sides.
        count: how often they translate each other.
        overlap: sum over the occurrences, each 0–1.
        trust: sum over the occurrences of what speaks for the links of the sentence pair, each 0–1.
        strict: how often both are noun phrases to their taggers.
        free: how often they stand in no longer phrase.
        goes_on: how often words that could belong to them follow, on either side, counted by halves.
        comes_from: how often such words precede.
        within: the longer phrases they stand in.
        across: how often they shared some of their words, not all, with each other phrase pair.
        surfaces: how often each pair of spellings was seen.
        genders: how often an article showed each gender, of both sides.
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
    within: set[Key] = field(default_factory=set)
    across: dict[Key, int] = field(default_factory=dict)
    surfaces: dict[tuple[str, str], int] = field(default_factory=dict)
    genders: tuple[dict[str, int], dict[str, int]] = field(default_factory=lambda: ({}, {}))
    places: list[tuple[float, int]] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether all the words are names on both sides; an acronym by itself is a noun like others."""
        return all(set(shape) <= set("PLO") for shape in self.shape) and not is_acronym(self.surface[0])

    @property
    def surface(self) -> tuple[str, str]:
        """The spellings seen most often; of an adjective or verb the dictionary forms."""
        if self.shape in (("A", "A"), ("V", "V")):
            return self.words[0][0], self.words[1][0]
        return min(self.surfaces, key=lambda surface: (-self.surfaces[surface], surface))

    def gender(self, side: int) -> str:
        """Of the term on that side (0 or 1), where its articles agree."""
        seen = self.genders[side]
        best = max(seen, key=lambda gender: (seen[gender], gender), default="")
        return best if seen and seen[best] > 0.8 * sum(seen.values()) else ""


class Gathering:
    """Collects phrase pairs; of very many those seen once are forgotten (Manku & Motwani 2002, lossy counting).

    Args:
        source: language of the source side.
        target: likewise.

    Attributes:
        found: what was seen of each pair of phrases.
        acronyms: for the key of a full form that of the acronym set in brackets beside it on both sides.
    """

    def __init__(self, source: str, target: str) -> None:  # noqa: D107 - the class says it
        self.languages = (source, target)
        self.found: dict[Key, Gathered] = {}
        self.acronyms: dict[Key, Key] = {}

    def add(self, source: Sentence, target: Sentence, pairs: Sequence[PhrasePair], trust: float) -> None:
        """Take in the phrase pairs of one sentence pair."""
        keys = [(source.key(*pair.source), target.key(*pair.target)) for pair in pairs]
        for pair, key in zip(pairs, keys, strict=True):
            gathered = self.found.get(key) or self._new(key, source, target, pair)
            gathered.count += 1
            gathered.overlap += pair.overlap
            gathered.trust += trust
            gathered.strict += pair.strict
            self._add_surroundings(gathered, source, target, pair)
            outer = _nearest_around(pair, pairs)
            if outer is None:
                gathered.free += 1
            elif (around := (source.key(*outer.source), target.key(*outer.target))) != key:
                gathered.within.add(around)
            for other, crossing in zip(pairs, keys, strict=True):
                if _crosses(pair, other):
                    gathered.across[crossing] = gathered.across.get(crossing, 0) + 1
            rank = abs(math.log((len(source.text) + 20) / 120)) + (1 - pair.overlap)
            gathered.places = sorted([*gathered.places, (rank, pair.sentence)])[:_PLACES]
        self._add_acronyms(source, target, pairs, keys)
        if len(self.found) > _MANY:
            self.found = {key: gathered for key, gathered in self.found.items() if gathered.count > 1}

    def _new(self, key: Key, source: Sentence, target: Sentence, pair: PhrasePair) -> Gathered:
        sides = ((source, pair.source), (target, pair.target))
        one, other = (sentence.classes[slice(*span)] for sentence, span in sides)
        ours, theirs = (
            tuple(sentence.lemmas[at] for at in range(*span) if sentence.classes[at] in CONTENT)
            for sentence, span in sides
        )
        return self.found.setdefault(key, Gathered((one, other), (ours, theirs)))

    def _add_surroundings(
        self, gathered: Gathered, source: Sentence, target: Sentence, pair: PhrasePair
    ) -> None:
        surfaces = []
        for side, (sentence, span) in enumerate(((source, pair.source), (target, pair.target))):
            gathered.goes_on += 0.5 * goes_on(sentence, span[1])
            gathered.comes_from += 0.5 * comes_from(sentence, span[0])
            surfaces.append(citation(sentence, *span, self.languages[side]))
            if gender := _gender_before(sentence, span[0], self.languages[side]):
                seen = gathered.genders[side]
                seen[gender] = seen.get(gender, 0) + 1
        one, other = surfaces
        gathered.surfaces[one, other] = gathered.surfaces.get((one, other), 0) + 1

    def _add_acronyms(
        self, source: Sentence, target: Sentence, pairs: Sequence[PhrasePair], keys: Sequence[Key]
    ) -> None:
        """A full form and its acronym stand side by side, one of them in brackets, in both languages alike."""
        for pair, key in zip(pairs, keys, strict=True):
            if not all(
                is_acronym(s.surface(*span)) for s, span in ((source, pair.source), (target, pair.target))
            ):
                continue
            beside = [
                (other.source[1] - other.source[0], number)
                for number, other in enumerate(pairs)
                if other is not pair
                and _in_brackets(source, other.source, pair.source)
                and _in_brackets(target, other.target, pair.target)
            ]
            if beside:
                self.acronyms.setdefault(keys[max(beside)[1]], key)


def citation(sentence: Sentence, start: int, end: int, language: str) -> str:
    """The tokens as a glossary has them: a common word loses the capital that it only has at the sentence's beginning."""
    text = " ".join(sentence.surface(start, end).split())
    first = next(at for at in range(end) if sentence.surface(at, at + 1)[0].isalnum())
    word = sentence.surface(start, start + 1)
    common = sentence.classes[start] != "P" and word[1:].islower() and not language_of(language).capital_nouns
    return text[0].lower() + text[1:] if start == first and common else text


def _in_brackets(sentence: Sentence, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether one token range stands in brackets right behind the other, or the other way round."""
    first, second = sorted((one, other))
    if first[1] >= second[0] or second[1] >= len(sentence.starts):
        return False
    between = sentence.text[sentence.ends[first[1] - 1] : sentence.starts[second[0]]]
    behind = sentence.text[sentence.ends[second[1] - 1] : sentence.ends[second[1]]]
    return re.fullmatch(r"\s*[(\[（]\s*(?:\S{1,3}[\s'’])?", between) is not None and behind.strip() in (
        ")",
        "]",
        "）",
    )


def _gender_before(sentence: Sentence, start: int, language: str) -> str:
    """What the article before a phrase, or the one hidden in a contraction, says of its gender."""
    if not start:
        return ""
    known = language_of(language)
    before = fold(sentence.surface(start - 1, start))
    return known.articles.get(known.contractions.get(before, (before,))[-1], "")


def _nearest_around(pair: PhrasePair, pairs: Sequence[PhrasePair]) -> PhrasePair | None:
    """The shortest longer phrase pair that holds this one."""
    outer = [other for other in pairs if _contains(other, pair)]
    return min(outer, key=lambda other: (other.source[1] - other.source[0], other.source), default=None)


def _crosses(one: PhrasePair, other: PhrasePair) -> bool:
    (start, end), (first, last) = one.source, other.source
    return start < first < end < last or first < start < last < end


def _contains(outer: PhrasePair, inner: PhrasePair) -> bool:
    return (
        outer.source[0] <= inner.source[0]
        and inner.source[1] <= outer.source[1]
        and outer.target[0] <= inner.target[0]
        and inner.target[1] <= outer.target[1]
        and outer.source[1] - outer.source[0] > inner.source[1] - inner.source[0]
    )
