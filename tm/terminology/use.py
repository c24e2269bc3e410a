"""What became of a glossary's terms in one translation: translated as it says, by a form it forbids, or
otherwise.

A concept is counted, not a term: as often as any of its terms stands in the source, so often should one of
its terms stand in the translation. Words are compared by lemma (``recognise``), so plural and gender do not
matter.

1. ``term_uses`` finds the concepts of the source and counts them.
2. ``_in_target`` counts their terms in the translation, and collects the forbidden ones.
3. ``_lookalike`` quotes, for a missing term, the words of the translation that look most like it.

>>> from tm.model import Concept, Pair, Segment, Term
>>> file = Concept("1", (Term("fichier", "fr"), Term("arquivo", "pt"), Term("ficheiro", "pt", status="forbidden")))
>>> (use,) = term_uses(Pair(Segment("Les fichiers."), Segment("Os ficheiros.")), [file], "fr", "pt")
>>> use.wanted, use.kept, use.forbidden, use.severity
(1, 0, ('ficheiros',), 'error')
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.terminology.recognition import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    """

    concept: str
    term: str
    expected: tuple[str, ...]
    wanted: int
    kept: int
    forbidden: tuple[str, ...] = ()
    instead: str = ""
    severity: Severity = "warning"


def term_uses(pair: Pair, concepts: Sequence[Concept], source: str, target: str) -> list[TermUse]:
    """The concepts of a source segment, in order, and what became of them in its translation.

    A concept without any term for the target language is left out: the glossary asks nothing there.

    Args:
        pair: the segment and its translation.
        concepts: the glossary.
        source: language of the segment.
        target: language of the translation.

    >>> from tm.model import Concept, Pair, Segment, Term
    >>> bridge = Concept("1", (Term("pont", "fr"), Term("ponte", "pt")))
    >>> uses = term_uses(Pair(Segment("Un pont, deux ponts."), Segment("Duas pontes.")), [bridge], "fr", "pt")
    >>> [(use.expected, use.wanted, use.kept) for use in uses]
    [(('ponte',), 2, 1)]
    >>> term_uses(Pair(Segment("Un pont."), Segment("A bridge.")), [bridge], "fr", "en")
    []
    """
    if not concepts:
        return []
    counts: Counter[str] = Counter()
    first_terms: dict[str, tuple[Concept, Term]] = {}
    for occurrence in recognise(pair.source.text, concepts, source):
        counts[occurrence.concept.id] += 1
        first_terms.setdefault(occurrence.concept.id, (occurrence.concept, occurrence.term))
    uses = (
        _use(pair.target.text, target, concept, term, counts[concept.id])
        for concept, term in first_terms.values()
    )
    return [use for use in uses if use.expected or use.forbidden]


def _use(translation: str, target: str, concept: Concept, term: Term, count: int) -> TermUse:
    if term.status == "do-not-translate":
        kept = min(count, translation.count(term.text))
        return TermUse(concept.id, term.text, (term.text,), count, kept, severity="error")
    translations = concept.of(target)
    allowed = [option for option in translations if option.status not in ("forbidden", "rejected")]
    allowed.sort(key=lambda option: option.status != "preferred")
    expected = tuple(option.text for option in allowed)
    allowed_count, forbidden = _in_target(translation, target, concept)
    kept = min(count, allowed_count)
    instead = _lookalike(translation, expected) if kept < count and not forbidden else ""
    is_decided = any(option.status != "candidate" or option.evidence is None for option in translations)
    severity: Severity = "error" if forbidden else "warning" if is_decided else "info"
    return TermUse(concept.id, term.text, expected, count, kept, forbidden, instead, severity)


def _in_target(translation: str, target: str, concept: Concept) -> tuple[int, tuple[str, ...]]:
    """How often an allowed term of the concept stands in the translation, and which forbidden ones do."""
    allowed, forbidden = 0, []
    for occurrence in recognise(translation, [concept], target):
        if occurrence.term.status == "forbidden":
            forbidden.append(translation[occurrence.start : occurrence.end])
        else:
            allowed += 1
    return allowed, tuple(forbidden)


def _lookalike(translation: str, expected: Sequence[str]) -> str:
    """The words of the translation that look most like an expected term, "" when none are alike enough."""
    from rapidfuzz import fuzz

    words = [token for token in language.tokens(translation) if token.kind == "word"]
    best, quoted = _ALIKE, ""
    for term in expected:
        width = len(language.words(term))
        for first in range(len(words) - width + 1):
            phrase = translation[words[first].start : words[first + width - 1].end]
            percent = fuzz.ratio(language.fold(term), language.fold(phrase))
            if percent > best:
                best, quoted = percent, phrase
    return quoted
