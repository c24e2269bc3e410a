"""What is seen of each pair of phrases over all sentence pairs.

The steps, in the order in which they work:

1. ``Gathering.add`` takes in the phrase pairs of one sentence pair, each under the lemmas of its words
   (``Key``).
2. It counts each pair, and whether it stands inside a longer pair (``_nearest_around``) or across another
   (``_crosses``).
3. ``_add_surroundings`` notes the spelling (``citation``), the gender that the article shows
   (``_gender_before``), and whether words follow or precede that could belong to the phrase.
4. ``_add_acronyms`` joins a full form and the acronym that stands in brackets beside it in both languages.

>>> from tm.direction import Direction
>>> from tm.terminology.pairing import PhrasePair
>>> from tm.terminology.sentences import analyse
>>> french, portuguese = analyse(["La mie des pains."], "fr")[0], analyse(["O miolo dos pães."], "pt")[0]
>>> gathering = Gathering(Direction("fr", "pt"))
>>> crumb, bread = PhrasePair(0, (1, 2), (1, 2), 1.0, True), PhrasePair(0, (3, 4), (3, 4), 1.0, True)
>>> gathering.add(french, portuguese, [crumb, bread], trust=1.0)
>>> for key, gathered in gathering.phrase_pairs.items():
...     print(key, gathered.commonest, gathered.gender(0), gathered.goes_on)
('mie', 'miolo') ('mie', 'miolo') feminine 0.4
('pain', 'pão') ('pains', 'pães')  0.0
"""

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

    from tm.direction import Direction
    from tm.terminology.pairing import PhrasePair
    from tm.terminology.sentences import Sentence

Key = tuple[str, str]
"""The lemmas of a source phrase and of a target phrase: the same for all the forms of a term pair."""

_MANY = 400_000
"""Most phrase pairs held at once; a pair takes about a kilobyte."""

_PLACES = 3
"""How many places are kept of a phrase pair: as many as a page shows."""

_USUAL_LENGTH = 120
"""Characters of a sentence that shows a term well, about 100 and the 20 that are added to each length;
shorter ones say little, longer ones hide it. No measurement is kept."""


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
        places: (rank, sentence number) of the best places to show them, best first.
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
        """Whether all the words are names on both sides, with a capital; an acronym by itself is a noun like
        others."""
        if not all(set(shape) <= set("PLO") for shape in self.shape):
            return False
        texts = self.commonest
        return any(text != text.lower() for text in texts) and not is_acronym(texts[0])

    @property
    def commonest(self) -> tuple[str, str]:
        """The spellings seen most often."""
        return min(self.surfaces, key=lambda surface: (-self.surfaces[surface], surface))

    def gender(self, side: int) -> str:
        """The gender of the term on that side (0 or 1), "" unless more than four in five of its articles show
        it.

        >>> genders = {"masculine": 9, "feminine": 1}, {}
        >>> Gathered(("N", "N"), (("four",), ("forno",)), genders=genders).gender(0)
        'masculine'
        """
        seen = self.genders[side]
        best = max(seen, key=lambda gender: (seen[gender], gender), default="")
        return best if seen and seen[best] > 0.8 * sum(seen.values()) else ""


class Gathering:
    """Collects phrase pairs; when there are too many, those seen once are forgotten (Manku & Motwani 2002,
    lossy counting).

    Args:
        source: language of the source side.
        target: language of the target side.

    Attributes:
        phrase_pairs: what was seen of each pair of phrases.
        acronyms: key of a full form → key of the acronym that stands in brackets beside it on both sides.
    """

    def __init__(self, direction: Direction) -> None:  # noqa: D107 - the class says it
        self.languages = (direction.source, direction.target)
        self.phrase_pairs: dict[Key, Gathered] = {}
        self.acronyms: dict[Key, Key] = {}

    def add(self, source: Sentence, target: Sentence, pairs: Sequence[PhrasePair], trust: float) -> None:
        """Take in the phrase pairs of one sentence pair; ``trust`` says how far the sentences translate each
        other."""
        keys = [(source.key(*pair.source), target.key(*pair.target)) for pair in pairs]
        for pair, key in zip(pairs, keys, strict=True):
            gathered = self.phrase_pairs.get(key) or self._new(key, source, target, pair)
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
            for rival, rival_key in zip(pairs, keys, strict=True):
                if _crosses(pair, rival):
                    gathered.across[rival_key] = gathered.across.get(rival_key, 0) + 1
            rank = abs(math.log((len(source.text) + 20) / _USUAL_LENGTH)) + (1 - pair.overlap)
            gathered.places = sorted([*gathered.places, (rank, pair.sentence)])[:_PLACES]
        self._add_acronyms(source, target, pairs, keys)
        if len(self.phrase_pairs) > _MANY:
            self.phrase_pairs = {
                key: gathered for key, gathered in self.phrase_pairs.items() if gathered.count > 1
            }

    def _new(self, key: Key, source: Sentence, target: Sentence, pair: PhrasePair) -> Gathered:
        """A phrase pair that is seen for the first time."""
        sides = ((source, pair.source), (target, pair.target))
        source_shape, target_shape = (sentence.classes[slice(*span)] for sentence, span in sides)
        source_words, target_words = (
            tuple(sentence.lemmas[at] for at in range(*span) if sentence.classes[at] in CONTENT)
            for sentence, span in sides
        )
        gathered = Gathered((source_shape, target_shape), (source_words, target_words))
        return self.phrase_pairs.setdefault(key, gathered)

    def _add_surroundings(
        self, gathered: Gathered, source: Sentence, target: Sentence, pair: PhrasePair
    ) -> None:
        """Note how the phrases are spelt, which gender they show, and what stands beside them."""
        surfaces = []
        for side, (sentence, span) in enumerate(((source, pair.source), (target, pair.target))):
            gathered.goes_on += 0.5 * goes_on(sentence, span[1])
            gathered.comes_from += 0.5 * comes_from(sentence, span[0])
            surfaces.append(citation(sentence, *span, self.languages[side]))
            if gender := _gender_before(sentence, span[0], self.languages[side]):
                seen = gathered.genders[side]
                seen[gender] = seen.get(gender, 0) + 1
        spelling = surfaces[0], surfaces[1]
        gathered.surfaces[spelling] = gathered.surfaces.get(spelling, 0) + 1

    def _add_acronyms(
        self, source: Sentence, target: Sentence, pairs: Sequence[PhrasePair], keys: Sequence[Key]
    ) -> None:
        """A full form and its acronym stand side by side, one of them in brackets, in both languages
        alike."""
        for pair, key in zip(pairs, keys, strict=True):
            if not all(
                is_acronym(s.surface(*span)) for s, span in ((source, pair.source), (target, pair.target))
            ):
                continue
            beside = [
                (full_form.source[1] - full_form.source[0], number)
                for number, full_form in enumerate(pairs)
                if full_form is not pair
                and _in_brackets(source, full_form.source, pair.source)
                and _in_brackets(target, full_form.target, pair.target)
            ]
            if beside:
                self.acronyms.setdefault(keys[max(beside)[1]], key)


def citation(sentence: Sentence, start: int, end: int, language: str) -> str:
    """The tokens as a glossary has them: a common word loses the capital that it has only as the first of its
    sentence.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Pétrissage de la pâte"], "fr")[0]
    >>> citation(sentence, 0, 4, "fr"), citation(sentence, 3, 4, "fr")
    ('pétrissage de la pâte', 'pâte')
    """
    text = " ".join(sentence.surface(start, end).split())
    first = next(at for at in range(end) if sentence.surface(at, at + 1)[0].isalnum())
    word = sentence.surface(start, start + 1)
    common = sentence.classes[start] != "P" and word[1:].islower() and not language_of(language).capital_nouns
    return text[0].lower() + text[1:] if start == first and common else text


def _in_brackets(sentence: Sentence, full_form: tuple[int, int], acronym: tuple[int, int]) -> bool:
    """Whether one of two token ranges stands in brackets right behind the other, no matter which."""
    first, second = sorted((full_form, acronym))
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
    rules = language_of(language)
    before = fold(sentence.surface(start - 1, start))
    return rules.articles.get(rules.contractions.get(before, (before,))[-1], "")


def _nearest_around(pair: PhrasePair, pairs: Sequence[PhrasePair]) -> PhrasePair | None:
    """The shortest longer phrase pair that holds this one."""
    around = [longer for longer in pairs if _contains(longer, pair)]
    return min(around, key=lambda longer: (longer.source[1] - longer.source[0], longer.source), default=None)


def _crosses(pair: PhrasePair, rival: PhrasePair) -> bool:
    """Whether the two source phrases share some words and each has words of its own."""
    (start, end), (first, last) = pair.source, rival.source
    return start < first < end < last or first < start < last < end


def _contains(outer: PhrasePair, inner: PhrasePair) -> bool:
    """Whether one phrase pair stands within the other on both sides, and is shorter in the source."""
    return (
        outer.source[0] <= inner.source[0]
        and inner.source[1] <= outer.source[1]
        and outer.target[0] <= inner.target[0]
        and inner.target[1] <= outer.target[1]
        and outer.source[1] - outer.source[0] > inner.source[1] - inner.source[0]
    )
