"""What became of a glossary's terms in a translation: kept, replaced by a form that it forbids, or missing.

A concept is counted, not a term: as often as any of its terms stands in the source, so often should one of
its terms stand in the translation. Words are compared by lemma, so plural and gender do not matter.

The steps, in the order in which they work:

1. ``GlossaryInUse`` keeps a ``Recogniser`` of the whole glossary for each source language.
2. ``GlossaryInUse.all_uses`` finds the concepts of the sources with it and counts them.
3. ``_use`` counts the terms of one concept in the ``_Translation``, the forbidden ones apart; ``_fixed_use``
   those that are not to be translated, which must stand letter by letter.
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
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tm import language
from tm.terminology.recognition import Recogniser
from tm.terminology.wording import word_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Pair, Severity, Span
    from tm.terminology.recognition import Occurrence

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
        severity: "error" for a forbidden form and for what is not to be translated; "info" where the glossary
            itself has only candidates, and where the translation has the term less often than the source: a
            pronoun may stand for it; else "warning".
        written: how the source writes the term where it has adjectives inside that the term has not.
        is_fixed: whether the term must stand as it is written: it is not to be translated.
        source_spans: where the term stands in the source.
        target_spans: where the forbidden forms, else the words in its place, stand in the translation.
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
    is_fixed: bool = False
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()


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
        return self.all_uses([(pair, direction)])[0]

    def all_uses(self, pairs: Sequence[tuple[Pair, Direction]]) -> list[list[TermUse]]:
        """The same for many segments, which takes less time than one by one.

        >>> from tm.direction import Direction
        >>> from tm.model import Concept, Pair, Segment, Term
        >>> glossary = GlossaryInUse([Concept("1", (Term("pont", "fr"), Term("ponte", "pt")))])
        >>> pairs = [Pair(Segment(text), Segment("Uma ponte.")) for text in ("Un pont.", "Un port.")]
        >>> [len(uses) for uses in glossary.all_uses([(pair, Direction("fr", "pt")) for pair in pairs])]
        [1, 0]
        """
        if not self._concepts:
            return [[] for _ in pairs]
        texts: dict[str, list[str]] = {}
        for pair, direction in pairs:
            texts.setdefault(direction.source, []).append(pair.source.text)
        occurrences = {tag: self._in_source(tag).recognise_all(sources) for tag, sources in texts.items()}
        return [self._uses(pair, direction, next(occurrences[direction.source])) for pair, direction in pairs]

    def _uses(self, pair: Pair, direction: Direction, in_source: Iterable[Occurrence]) -> list[TermUse]:
        """The concepts that occur in a source, and what became of them in its translation."""
        groups: dict[str, list[Occurrence]] = {}
        for occurrence in in_source:
            groups.setdefault(occurrence.concept.id, []).append(occurrence)
        if not groups:
            return []
        translation = _Translation(pair.target.text, direction.target)
        uses = []
        for occurrences in groups.values():
            wanted = self._in_target(occurrences[0].concept, direction.target)
            use = _use(translation, wanted, pair.source.text, occurrences)
            if use.wanted and (use.expected or use.forbidden):
                uses.append(use)
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
        fixed: the first that must stand as it is written, "" for none.
    """

    concept: str
    recogniser: Recogniser
    expected: tuple[str, ...]
    folded: tuple[tuple[str, int], ...]
    is_decided: bool
    fixed: str

    @classmethod
    def of(cls, concept: Concept, tag: str, inserted: int) -> _Wanted:
        options = concept.of(tag)
        allowed = [option for option in options if option.status not in ("forbidden", "rejected")]
        allowed.sort(key=lambda option: option.status != "preferred")
        expected = tuple(option.text for option in allowed)
        is_decided = any(option.status != "candidate" or option.evidence is None for option in options)
        folded = tuple((_fold(term), len(word_row(term, tag).words)) for term in expected)
        fixed = next((option.text for option in options if option.status == "do-not-translate"), "")
        recogniser = Recogniser([concept], tag, inserted=inserted)
        return cls(concept.id, recogniser, expected, folded, is_decided, fixed)


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

    def lookalike(self, wanted: _Wanted) -> Span | None:
        """Where the words are that look most like an expected term; None when none are alike enough."""
        from rapidfuzz import fuzz, process

        best, place = _ALIKE, None
        for folded, width in wanted.folded:
            likest = process.extractOne(folded, self._of_width(width), scorer=fuzz.ratio, score_cutoff=best)
            if likest and likest[1] > best:
                first = self._words[likest[2]]
                last = self._words[likest[2] + width - 1]
                start, end = self.row.span(first, last)
                best, place = likest[1], (start, end)
        return place

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


def _use(translation: _Translation, wanted: _Wanted, source: str, group: Sequence[Occurrence]) -> TermUse:
    """What became of a concept, from its occurrences in the source."""
    term = group[0].term
    fixed = term.text if term.status == "do-not-translate" else wanted.fixed
    if fixed:
        return _fixed_use(translation, wanted.concept, fixed, source, group)
    count = len(group)
    occurrences = wanted.recogniser.recognise_words(translation.row, kindly=True)
    forbidden = [occurrence for occurrence in occurrences if occurrence.term.status == "forbidden"]
    kept = min(count, len(occurrences) - len(forbidden))
    places = tuple((form.start, form.end) for form in forbidden)
    instead = translation.lookalike(wanted) if not kept and not forbidden else None
    severity: Severity = (
        "error" if forbidden else "warning" if wanted.is_decided and (not kept or kept == count) else "info"
    )
    stands = next((occurrence for occurrence in group if occurrence.inserted), None)
    return TermUse(
        wanted.concept,
        term.text,
        wanted.expected,
        count,
        kept,
        tuple(translation.text[start:end] for start, end in places),
        translation.text[slice(*instead)] if instead else "",
        severity,
        source[stands.start : stands.end] if stands else "",
        source_spans=tuple((occurrence.start, occurrence.end) for occurrence in group),
        target_spans=(instead,) if instead else places,
    )


def _fixed_use(
    translation: _Translation, concept: str, fixed: str, source: str, group: Sequence[Occurrence]
) -> TermUse:
    """What became of a term that is not to be translated.

    A source that writes it otherwise means another thing: a gnome is not GNOME. A term in small letters may
    begin a sentence.
    """
    term = group[0].term.text
    spans = [(occurrence.start, occurrence.end) for occurrence in group]
    if term == fixed:
        spans = [span for span in spans if _is_written(source[slice(*span)], fixed)]
    forms = {fixed, *(source[slice(*span)] for span in spans)} if term == fixed else {fixed}
    places = [place for form in forms for place in _places(translation.text, form)]
    kept = min(len(spans), len(places))
    otherwise = [] if kept else _places(translation.text, fixed, re.IGNORECASE)
    return TermUse(
        concept,
        term,
        (fixed,),
        len(spans),
        kept,
        instead=translation.text[slice(*otherwise[0])] if otherwise else "",
        severity="info" if 0 < kept < len(spans) else "error",
        is_fixed=True,
        source_spans=tuple(spans),
        target_spans=tuple(otherwise[:1]),
    )


def _is_written(text: str, term: str) -> bool:
    """Whether a text is the term as it is written, or as it begins a sentence.

    >>> _is_written("Git", "git"), _is_written("gnome", "GNOME")
    (True, False)
    """
    return text == term or (term.islower() and text.casefold() == term)


def _places(text: str, words: str, flags: int = 0) -> list[Span]:
    """Where the words stand in a text, as whole words."""
    start = r"(?<!\w)" if words[:1].isalnum() else ""
    end = r"(?!\w)" if words[-1:].isalnum() else ""
    return [match.span() for match in re.finditer(f"{start}{re.escape(words)}{end}", text, flags)]
