"""Terms of the glossary: translated as it says, by a form it forbids, or otherwise.

What is counted is a concept: as often as its terms stand in the source, so often should one of its terms stand in the
translation. Words are compared by lemma, so plural and gender do not matter (``tm.terminology.recognise``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.checks.check import Check, Remark, Severity, Translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.checks.check import Job
    from tm.model import Concept, Term

_ALIKE = 60.0
"""Percent of letters in common from which a phrase of the translation is shown as what stands in a missing term's place."""


@dataclass(frozen=True, slots=True)
class TermUse:
    """One concept in one segment.

    Attributes:
        concept: its id.
        term: the source term as the glossary has it.
        expected: what the glossary allows for it, the main term first.
        wanted: how often the source has it.
        kept: how often the translation has an allowed term, at most as often as wanted.
        forbidden: the forbidden forms in the translation.
        instead: what seems to stand in the place of a missing term, "" when nothing is like it.
        severity: "info" where the glossary itself only has candidates, else "error" for a forbidden form, "warning".
    """

    concept: str
    term: str
    expected: tuple[str, ...]
    wanted: int
    kept: int
    forbidden: tuple[str, ...] = ()
    instead: str = ""
    severity: Severity = "warning"


def term_uses(translation: Translation, concepts: Sequence[Concept]) -> list[TermUse]:
    """The concepts in a source, in order, and what became of them; those without a term to be used are left out."""
    if not concepts:
        return []
    from tm.terminology import recognise

    counts: Counter[str] = Counter()
    found: dict[str, tuple[Concept, Term]] = {}
    for occurrence in recognise(translation.source, concepts, translation.source_language):
        counts[occurrence.concept.id] += 1
        found.setdefault(occurrence.concept.id, (occurrence.concept, occurrence.term))
    uses = (_use(translation, concept, term, counts[concept.id]) for concept, term in found.values())
    return [use for use in uses if use.expected or use.forbidden]


def _use(translation: Translation, concept: Concept, term: Term, wanted: int) -> TermUse:
    if term.status == "do-not-translate":
        kept = min(wanted, translation.target.count(term.text))
        return TermUse(concept.id, term.text, (term.text,), wanted, kept, severity="error")
    targets = concept.of(translation.target_language)
    allowed = [each for each in targets if each.status not in ("forbidden", "rejected")]
    allowed.sort(key=lambda each: each.status != "preferred")
    expected = tuple(each.text for each in allowed)
    kept, forbidden = _in_target(translation, concept)
    kept = min(wanted, kept)
    instead = _instead(translation.target, expected) if kept < wanted and not forbidden else ""
    decided = any(each.status != "candidate" or each.evidence is None for each in targets)
    severity: Severity = "error" if forbidden else "warning" if decided else "info"
    return TermUse(concept.id, term.text, expected, wanted, kept, forbidden, instead, severity)


def _in_target(translation: Translation, concept: Concept) -> tuple[int, tuple[str, ...]]:
    """How often an allowed term of the concept stands in the translation, and which forbidden ones do."""
    from tm.terminology import recognise

    kept, forbidden = 0, []
    for occurrence in recognise(translation.target, [concept], translation.target_language):
        if occurrence.term.status == "forbidden":
            forbidden.append(translation.target[occurrence.start : occurrence.end])
        else:
            kept += 1
    return kept, tuple(forbidden)


def _instead(target: str, expected: Sequence[str]) -> str:
    """The words of the translation that look most like an expected term."""
    from rapidfuzz import fuzz

    words = [token for token in language.tokens(target) if token.kind == "word"]
    best, place = _ALIKE, ""
    for term in expected:
        width = len(language.words(term))
        for first in range(len(words) - width + 1):
            phrase = target[words[first].start : words[first + width - 1].end]
            alike = fuzz.ratio(language.fold(term), language.fold(phrase))
            if alike > best:
                best, place = alike, phrase
    return place


def _examine(job: Job) -> Iterator[tuple[int, Remark]]:
    for number, (translation, uses) in enumerate(zip(job.translations, job.term_uses, strict=True)):
        for use in uses if translation.target.strip() else ():
            if use.forbidden or use.kept < use.wanted:
                yield number, Remark(_message(use), use.severity)


def _message(use: TermUse) -> str:
    should_be = f"term {use.term}" + (f" must be {' or '.join(use.expected)}" if use.expected else "")
    if use.forbidden:
        return f"{should_be}; {', '.join(use.forbidden)} is forbidden"
    return f"{should_be}; found {use.instead}" if use.instead else should_be


TERMS = Check("term", "Terms of the glossary that are missing, or forms that it forbids.", _examine)
