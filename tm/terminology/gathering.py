"""What is seen of each pair of phrases over all sentence pairs.

The steps, in the order in which they work:

1. ``Gathering.add`` takes in the phrase pairs of one sentence pair, each under the lemmas of its words
   (``Key``).
2. It counts each pair, and whether it stands inside a longer noun phrase (``_nearest_around``).
3. ``_views`` looks at each phrase of a sentence once: its spelling (``citation``), the gender that the article
   shows (``_gender_before``), what stands before and behind; ``_add_views`` counts that.
4. ``_add_acronyms`` joins a full form and the acronym that stands in brackets beside it in both languages.

>>> from tm.direction import Direction
>>> from tm.terminology.pairing import PhrasePair
>>> from tm.terminology.sentences import analyse
>>> french, portuguese = analyse(["La mie des pains."], "fr")[0], analyse(["O miolo dos pães."], "pt")[0]
>>> gathering = Gathering(Direction("fr", "pt"))
>>> crumb, bread = PhrasePair(0, (1, 2), (1, 2), 1.0, True), PhrasePair(0, (3, 4), (3, 4), 1.0, True)
>>> gathering.add(french, portuguese, [crumb, bread], trust=1.0)
>>> for key, gathered in gathering.phrase_pairs.items():
...     print(key, gathered.commonest, gathered.gender(0), gathered.free)
('mie', 'miolo') ('mie', 'miolo') feminine 1
('pain', 'pão') ('pains', 'pães')  1
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tm.language.languages import language_of
from tm.language.lemmas import is_acronym
from tm.language.text import fold
from tm.terminology import acronyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.direction import Direction
    from tm.terminology.pairing import PhrasePair
    from tm.terminology.sentences import Sentence

Key = tuple[str, str]
"""The lemmas of a source phrase and of a target phrase: the same for all the forms of a term pair."""

_MANY = 200_000
"""Most phrase pairs held at once; a pair takes about two kilobytes."""

NEIGHBOURS = (
    "a noun",
    "an adjective",
    "a verb",
    "a linking preposition",
    "another preposition",
    "an article",
    "and, or",
    "an adverb or number",
    "another word",
    "nothing",
)
"""What may stand beside a phrase; "nothing" is the edge of the sentence or a punctuation mark."""

_NEIGHBOUR = {
    **dict.fromkeys("NP", 0),
    **dict.fromkeys("Ap", 1),
    "V": 2,
    "L": 3,
    "O": 4,
    "D": 5,
    "C": 6,
    **dict.fromkeys("RrM#", 7),
    ".": 8,
}

_PLACES = 3
"""How many places are kept of a phrase pair: as many as a page shows."""

_OPENING, _CLOSING = "«“\"'([‘", "»”\"')]’"

_USUAL_LENGTH = 120
"""Characters of a sentence that shows a term well, about 100 and the 20 that are added to each length;
shorter ones say little, longer ones hide it. No measurement is kept."""


def _nothing_seen() -> tuple[list[int], list[int]]:
    return [0] * len(NEIGHBOURS), [0] * len(NEIGHBOURS)


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
        free: how often they stand in no longer noun phrase.
        capitals: how often each side begins with a capital that is not the sentence's.
        quoted: how often each side stands in quotation marks or brackets.
        before: for each side, how often each of ``NEIGHBOURS`` stood before it.
        behind: for each side, how often each of them stood behind it.
        within: the longer noun phrases they stand in.
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
    capitals: list[int] = field(default_factory=lambda: [0, 0])
    quoted: list[int] = field(default_factory=lambda: [0, 0])
    before: tuple[list[int], list[int]] = field(default_factory=_nothing_seen)
    behind: tuple[list[int], list[int]] = field(default_factory=_nothing_seen)
    within: set[Key] = field(default_factory=set)
    surfaces: dict[tuple[str, str], int] = field(default_factory=dict)
    genders: tuple[dict[str, int], dict[str, int]] = field(default_factory=lambda: ({}, {}))
    places: list[tuple[float, int]] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether all the words are names on both sides, with a capital; an acronym by itself is a noun like
        others."""
        if any(shape.strip("PLO") for shape in self.shape):
            return False
        texts = self.commonest
        return any(text != text.lower() for text in texts) and not is_acronym(texts[0])

    @property
    def commonest(self) -> tuple[str, str]:
        """The spellings seen most often."""
        if len(self.surfaces) == 1:
            return next(iter(self.surfaces))
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
        direction: languages of the two sides.

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
        import numpy as np

        if not pairs:
            return
        views = (
            _views(source, {pair.source for pair in pairs}, self.languages[0]),
            _views(target, {pair.target for pair in pairs}, self.languages[1]),
        )
        keys = [(views[0][pair.source].key, views[1][pair.target].key) for pair in pairs]
        spans = np.array([(*pair.source, *pair.target) for pair in pairs], np.int32)
        around = _nearest_around(spans, np.array([pair.strict for pair in pairs]))
        length = abs(math.log((len(source.text) + 20) / _USUAL_LENGTH))
        for pair, key, outer in zip(pairs, keys, around, strict=True):
            gathered = self.phrase_pairs.get(key)
            if gathered is None:
                gathered = self._new(key, source, target, pair)
            gathered.count += 1
            gathered.overlap += pair.overlap
            gathered.trust += trust
            gathered.strict += pair.strict
            _add_views(gathered, (views[0][pair.source], views[1][pair.target]))
            if outer < 0:
                gathered.free += 1
            elif keys[outer] != key:
                gathered.within.add(keys[outer])
            place, places = (length + (1 - pair.overlap), pair.sentence), gathered.places
            if len(places) < _PLACES or place < places[-1]:
                gathered.places = sorted([*places, place])[:_PLACES]
        if any(view.is_acronym for view in views[0].values()):
            self._add_acronyms(source, target, pairs, keys)
        if len(self.phrase_pairs) > _MANY:
            self.phrase_pairs = {
                key: gathered for key, gathered in self.phrase_pairs.items() if gathered.count > 1
            }

    def _new(self, key: Key, source: Sentence, target: Sentence, pair: PhrasePair) -> Gathered:
        """A phrase pair that is seen for the first time."""
        sides = ((source, pair.source), (target, pair.target))
        source_shape, target_shape = (sentence.classes[slice(*span)] for sentence, span in sides)
        source_words, target_words = (sentence.words(*span) for sentence, span in sides)
        gathered = Gathered((source_shape, target_shape), (source_words, target_words))
        return self.phrase_pairs.setdefault(key, gathered)

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
                (
                    acronyms.rank(source, full_form.source, pair.source)
                    + acronyms.rank(target, full_form.target, pair.target),
                    full_form.strict,
                    size,
                    number,
                )
                for number, full_form in enumerate(pairs)
                if (size := full_form.source[1] - full_form.source[0]) > 1
                and acronyms.in_brackets(source, full_form.source, pair.source)
                and acronyms.in_brackets(target, full_form.target, pair.target)
            ]
            if beside:
                self.acronyms.setdefault(keys[max(beside)[-1]], key)


class _View(NamedTuple):
    """A phrase in its sentence, on one side.

    Attributes:
        key: its lemmas.
        citation: as a glossary has it.
        is_quoted: whether marks stand around it.
        is_acronym: whether it is an acronym.
        gender: what an article shows, or "".
        before: what stands before it, as a number of ``NEIGHBOURS``.
        behind: what stands behind it.
    """

    key: str
    citation: str
    is_quoted: bool
    is_acronym: bool
    gender: str
    before: int
    behind: int


def _views(
    sentence: Sentence, spans: Iterable[tuple[int, int]], language: str
) -> dict[tuple[int, int], _View]:
    """The phrases at some places of a sentence, each looked at once, however many translations it has."""
    neighbours, text = _neighbours(sentence), sentence.text
    first, views = _first_word(sentence), {}
    opened: dict[int, tuple[bool, str]] = {}
    closed: dict[int, bool] = {}
    for start, end in spans:
        if start not in opened:
            before = text[: sentence.starts[start]].rstrip()[-1:]
            opened[start] = before != "" and before in _OPENING, _gender_before(sentence, start, language)
        if end not in closed:
            behind = text[sentence.ends[end - 1] :].lstrip()[:1]
            closed[end] = behind != "" and behind in _CLOSING
        is_opened, gender = opened[start]
        views[start, end] = _View(
            sentence.key(start, end),
            _cited(sentence, start, end, language) if start == first else sentence.spelling(start, end),
            is_opened and closed[end],
            end == start + 1 and is_acronym(sentence.surface(start, end)),
            gender,
            neighbours[start],
            neighbours[end + 1],
        )
    return views


def _add_views(gathered: Gathered, views: tuple[_View, _View]) -> None:
    """Note how the phrases are spelt, which gender they show, and what stands around them."""
    for side, view in enumerate(views):
        gathered.before[side][view.before] += 1
        gathered.behind[side][view.behind] += 1
        if view.citation[:1].isupper():
            gathered.capitals[side] += 1
        if view.is_quoted:
            gathered.quoted[side] += 1
        if view.gender:
            seen = gathered.genders[side]
            seen[view.gender] = seen.get(view.gender, 0) + 1
    spelling = views[0].citation, views[1].citation
    gathered.surfaces[spelling] = gathered.surfaces.get(spelling, 0) + 1


def citation(sentence: Sentence, start: int, end: int, language: str) -> str:
    """The tokens as a glossary has them: a common word loses the capital that it has only as the first of its
    sentence.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Pétrissage de la pâte"], "fr")[0]
    >>> citation(sentence, 0, 4, "fr"), citation(sentence, 3, 4, "fr")
    ('pétrissage de la pâte', 'pâte')
    """
    if start == _first_word(sentence):
        return _cited(sentence, start, end, language)
    return sentence.spelling(start, end)


def _first_word(sentence: Sentence) -> int:
    """The number of the first token that is no punctuation mark; -1 if all are."""
    text = sentence.text
    return next((at for at, start in enumerate(sentence.starts) if text[start].isalnum()), -1)


def _cited(sentence: Sentence, start: int, end: int, language: str) -> str:
    """Tokens that begin a sentence; a common word without its capital."""
    text = sentence.spelling(start, end)
    word = sentence.surface(start, start + 1)
    common = sentence.classes[start] != "P" and word[1:].islower() and not language_of(language).capital_nouns
    return text[0].lower() + text[1:] if common else text


def _gender_before(sentence: Sentence, start: int, language: str) -> str:
    """What the article before a phrase, or the one hidden in a contraction, says of its gender."""
    return _gender_of(sentence.surface(start - 1, start), language) if start else ""


@functools.lru_cache(maxsize=1 << 15)
def _gender_of(form: str, language: str) -> str:
    """What a form says of the gender of the noun behind it."""
    rules, folded = language_of(language), fold(form)
    return rules.articles.get(rules.contractions.get(folded, (folded,))[-1], "")


def _neighbours(sentence: Sentence) -> list[int]:
    """What each token is to a phrase beside it, as a number of ``NEIGHBOURS``; one more at either end."""
    nothing = len(NEIGHBOURS) - 1
    inner = [
        nothing if kind == "." and not sentence.text[start].isalnum() else _NEIGHBOUR[kind]
        for kind, start in zip(sentence.classes, sentence.starts, strict=True)
    ]
    return [nothing, *inner, nothing]


def _nearest_around(spans: NDArray[np.int32], is_noun_phrase: NDArray[np.bool_]) -> list[int]:
    """For each pair of spans (one row) the shortest longer pair of noun phrases that holds it; -1 if none does.

    >>> import numpy as np
    >>> inner, outer = (1, 2, 1, 2), (1, 4, 0, 3)
    >>> _nearest_around(np.array([inner, outer]), np.array([True, True]))
    [1, -1]
    """
    import numpy as np

    start, end, target_start, target_end = spans.T
    size = end - start
    holds = (
        (start <= start[:, None])
        & (end[:, None] <= end)
        & (target_start <= target_start[:, None])
        & (target_end[:, None] <= target_end)
        & (size > size[:, None])
        & is_noun_phrase
    )
    nearest = np.where(holds, size[None, :], 1 << 20).argmin(1)
    around: list[int] = np.where(holds[np.arange(len(spans)), nearest], nearest, -1).tolist()
    return around
