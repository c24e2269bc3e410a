"""What became of a glossary's terms in a translation: kept, replaced by a form that it forbids, or missing.

A concept is counted, not a term: as often as any of its terms stands in the source, so often should one of
its terms stand in the translation. Words are compared by lemma, so plural and gender do not matter.

The steps, in the order in which they work:

1. ``GlossaryInUse`` keeps a ``Recogniser`` of the whole glossary for each source language.
2. ``GlossaryInUse.uses`` finds the concepts of a source with it and counts them.
3. ``_use`` counts the terms of one concept in the ``_Translation``, the forbidden ones apart.
4. ``_Translation.lookalike`` quotes, for a missing term, the words of the translation that look most like it.

>>> from tm.direction import Direction
>>> from tm.model import Concept, Pair, Segment, Term
>>> terms = Term("fichier", "fr"), Term("arquivo", "pt"), Term("ficheiro", "pt", status="forbidden")
>>> pair = Pair(Segment("Les fichiers."), Segment("Os ficheiros."))
>>> (use,) = GlossaryInUse([Concept("1", terms)]).uses(pair, Direction("fr", "pt"))
>>> use.wanted, use.kept, use.forbidden, use.severity
(1, 0, ('ficheiros',), 'error')
"""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tm import language
from tm.terminology.recognition import Recogniser
from tm.terminology.wording import word_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.model import Concept, Pair, Severity, Term

_ALIKE = 60.0
"""Percent of letters in common from which words of the translation are quoted in a missing term's place.

Forms of one word have more (treinamento, treino 71; equipe, equipa 83). Of eight unrelated Portuguese words
(wordfreq's commonest 6,000, random draws) the likest has more than 50 % in 21 draws of 100, more than 60 % in
6.
"""


@dataclass(frozen=True, slots=True)
class TermUse:
    """One concept in one translation.

    Attributes:
        concept: its id.
        term: the source term as the glossary has it.
        expected: the terms that the glossary allows, the main term first.
        wanted: how often the source has the concept.
        kept: how often the translation has an allowed term, at most as often as wanted.
        forbidden: the forbidden forms that stand in the translation.
        instead: the words that seem to stand in place of a missing term, "" when none look like it.
        severity: "error" for a forbidden form, "info" where the glossary itself has only candidates, else
            "warning".
        written: how the source writes the term where it has adjectives inside that the term has not.
    """

    concept: str
    term: str
    expected: tuple[str, ...]
    wanted: int
    kept: int
    forbidden: tuple[str, ...] = ()
    instead: str = ""
    severity: Severity = "warning"
    written: str = ""


class GlossaryInUse:
    """A glossary against which translations are held; each of its terms is prepared for recognition once.

    Args:
        concepts: the glossary.
        inserted: how many adjectives may stand inside a term, see ``Recogniser``.
    """

    def __init__(self, concepts: Sequence[Concept], *, inserted: int = 0) -> None:
        """Prepare nothing yet: the languages come with the translations."""
        self._concepts = concepts
        self._inserted = inserted
        self._in_sources: dict[str, Recogniser] = {}
        self._in_targets: dict[tuple[int, str], _Wanted] = {}

    def uses(self, pair: Pair, direction: Direction) -> list[TermUse]:
        """The concepts of a source segment, in order, and what became of them in its translation.

        A concept without any term for the target language is left out: the glossary asks nothing there.

        Args:
            pair: the segment and its translation.
            direction: language of the segment, and of the translation.

        >>> from tm.direction import Direction
        >>> from tm.model import Concept, Pair, Segment, Term
        >>> glossary = GlossaryInUse([Concept("1", (Term("pont", "fr"), Term("ponte", "pt")))])
        >>> bridges = Pair(Segment("Un pont, deux ponts."), Segment("Duas pontes."))
        >>> uses = glossary.uses(bridges, Direction("fr", "pt"))
        >>> [(use.expected, use.wanted, use.kept) for use in uses]
        [(('ponte',), 2, 1)]
        >>> glossary.uses(Pair(Segment("Un pont."), Segment("A bridge.")), Direction("fr", "en"))
        []
        """
        if not self._concepts:
            return []
        counts: Counter[str] = Counter()
        written: dict[str, str] = {}
        first_terms: dict[str, tuple[Concept, Term]] = {}
        for occurrence in self._in_source(direction.source).recognise(pair.source.text):
            counts[occurrence.concept.id] += 1
            first_terms.setdefault(occurrence.concept.id, (occurrence.concept, occurrence.term))
            if occurrence.inserted:
                written.setdefault(occurrence.concept.id, pair.source.text[occurrence.start : occurrence.end])
        if not first_terms:
            return []
        translation = _Translation(pair.target.text, direction.target)
        uses = []
        for concept, term in first_terms.values():
            use = _use(translation, self._in_target(concept, direction.target), term, counts[concept.id])
            if use.expected or use.forbidden:
                stands = written.get(concept.id)
                uses.append(replace(use, written=stands) if stands else use)
        return uses

    def _in_source(self, tag: str) -> Recogniser:
        """Finds all concepts in sources of a language."""
        if tag not in self._in_sources:
            self._in_sources[tag] = Recogniser(self._concepts, tag, inserted=self._inserted)
        return self._in_sources[tag]

    def _in_target(self, concept: Concept, tag: str) -> _Wanted:
        """What one concept asks of translations: a longer term of another concept must not hide it.

        Kept by the concept's identity, since comparing concepts would compare all their evidence. This object
        holds the glossary, so that no identity is used again.
        """
        key = id(concept), tag
        if key not in self._in_targets:
            self._in_targets[key] = _Wanted.of(concept, tag, self._inserted)
        return self._in_targets[key]


def term_uses(pair: Pair, concepts: Sequence[Concept], direction: Direction) -> list[TermUse]:
    """What became of a glossary's terms in one translation. For many, make a ``GlossaryInUse`` once.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Pair, Segment, Term
    >>> bridge = Concept("1", (Term("pont", "fr"), Term("ponte", "pt")))
    >>> pair = Pair(Segment("Un pont."), Segment("Uma ponte."))
    >>> [use.kept for use in term_uses(pair, [bridge], Direction("fr", "pt"))]
    [1]
    """
    return GlossaryInUse(concepts).uses(pair, direction)


class _Wanted(NamedTuple):
    """What a concept asks of translations into one language.

    Attributes:
        concept: its id.
        recogniser: finds its terms.
        expected: those that the glossary allows, the preferred first.
        folded: each of these folded, and how many words it has.
        is_decided: whether a person has decided on one of them.
    """

    concept: str
    recogniser: Recogniser
    expected: tuple[str, ...]
    folded: tuple[tuple[str, int], ...]
    is_decided: bool

    @classmethod
    def of(cls, concept: Concept, tag: str, inserted: int) -> _Wanted:
        options = concept.of(tag)
        allowed = [option for option in options if option.status not in ("forbidden", "rejected")]
        allowed.sort(key=lambda option: option.status != "preferred")
        expected = tuple(option.text for option in allowed)
        is_decided = any(option.status != "candidate" or option.evidence is None for option in options)
        folded = tuple((language.fold(term), len(word_row(term, tag).words)) for term in expected)
        return cls(concept.id, Recogniser([concept], tag, inserted=inserted), expected, folded, is_decided)


class _Translation:
    """A translation as several concepts look at it.

    Args:
        text: of the translation.
        language: its tag.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.row = word_row(text, language)
        self._phrases: dict[int, list[str]] = {}

    def lookalike(self, wanted: _Wanted) -> str:
        """The words that look most like an expected term, "" when none are alike enough."""
        from rapidfuzz import fuzz, process

        best, quoted = _ALIKE, ""
        for folded, width in wanted.folded:
            likest = process.extractOne(folded, self._of_width(width), scorer=fuzz.ratio, score_cutoff=best)
            if likest and likest[1] > best:
                first = self._words[likest[2]]
                last = self._words[likest[2] + width - 1]
                best, quoted = likest[1], self.text[slice(*self.row.span(first, last))]
        return quoted

    def _of_width(self, width: int) -> list[str]:
        """All phrases of so many words, folded."""
        if width not in self._phrases:
            text, ends = self._folded
            last = ends[width - 1 :]
            starts = [0, *ends]
            self._phrases[width] = [
                text[start:end].strip() for start, end in zip(starts, last, strict=False) if width
            ]
        return self._phrases[width]

    @functools.cached_property
    def _words(self) -> list[int]:
        """The numbers of the words that are no marks, numbers or code."""
        row = self.row
        return [at for at in range(len(row.words)) if self.text[row.span(at, at)[0]].isalpha()]

    @functools.cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The words folded, with a space where they do not touch, and where each ends."""
        folded, ends, at = "", [], 0
        for number in self._words:
            start, end = self.row.span(number, number)
            folded += ("" if start == at else "-" if self.text[start - 1] == "-" else " ") + _fold(
                self.text[start:end]
            )
            ends.append(len(folded))
            at = end
        return folded, ends


_fold = functools.lru_cache(maxsize=1 << 14)(language.fold)


def _use(translation: _Translation, wanted: _Wanted, term: Term, count: int) -> TermUse:
    """What became of a concept that the source has ``count`` times, first as ``term``."""
    if term.status == "do-not-translate":
        kept = min(count, translation.text.count(term.text))
        return TermUse(wanted.concept, term.text, (term.text,), count, kept, severity="error")
    occurrences = wanted.recogniser.recognise_words(translation.row, kindly=True)
    forbidden = [occurrence for occurrence in occurrences if occurrence.term.status == "forbidden"]
    kept = min(count, len(occurrences) - len(forbidden))
    instead = translation.lookalike(wanted) if kept < count and not forbidden else ""
    severity: Severity = "error" if forbidden else "warning" if wanted.is_decided else "info"
    forms = tuple(translation.text[form.start : form.end] for form in forbidden)
    return TermUse(wanted.concept, term.text, wanted.expected, count, kept, forms, instead, severity)
