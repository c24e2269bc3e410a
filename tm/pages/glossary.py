"""A glossary to read, search and print: one entry for each concept, with contexts in which its terms stand.

``glossary_page`` makes an ``_Entry`` of each concept: ``_quotes`` marks its terms in the contexts,
``arguments`` puts the reasons of its confidence into words. The template ``glossary.html`` writes the
entries.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from tm.model import Evidence, Status
from tm.pages.marking import Piece, findable, marked
from tm.pages.page import render
from tm.terminology import Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Context, Term

STATUSES: tuple[Status, ...] = get_args(Status)

ABBREVIATIONS = {
    "noun": "n.",
    "verb": "v.",
    "adjective": "adj.",
    "adverb": "adv.",
    "properNoun": "name",
    "masculine": "m.",
    "feminine": "f.",
    "neuter": "nt.",
    "other": "other gender",
}
WORDS = {
    "properNoun": "proper noun",
    "other": "other gender",
    "fullForm": "full form",
    "shortForm": "short form",
    "do-not-translate": "do not translate",
}
"""The words in a page for values of the model; a value that is not here is a word already."""


@dataclass(frozen=True, slots=True)
class _Quote:
    """A context as shown: both sentences cut into pieces, the terms marked."""

    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    context: Context


@dataclass(frozen=True, slots=True)
class _Entry:
    """A concept as shown: its terms in both languages, the evidence of the first target term that has any."""

    number: int
    concept: Concept
    source: tuple[Term, ...]
    target: tuple[Term, ...]
    evidence: Evidence | None
    quotes: tuple[_Quote, ...]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses by which the filter selects it: the translations', and a decided one of the source
        term."""
        statuses = {term.status for term in self.target}
        statuses |= {term.status for term in self.source} - ({"candidate"} if statuses else set())
        return tuple(status for status in STATUSES if status in statuses)


def glossary_page(concepts: Sequence[Concept], *, direction: Direction, title: str) -> str:
    """A glossary as a page of one file, to search, sort, filter and print; all is there without JavaScript.

    Args:
        concepts: best first; the page keeps their order.
        direction: from which language into which.
        title: of the page.

    Returns:
        HTML, the same for the same input.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Term
    >>> rye = Concept("1", (Term("seigle", "fr"), Term("centeio", "pt-BR")))
    >>> page = glossary_page([rye], direction=Direction("fr", "pt-BR"), title="Bread")
    >>> '<b class="term" lang="pt-BR" dir="ltr">centeio</b>' in page
    True
    """
    entries = [_entry(number, concept, direction) for number, concept in enumerate(concepts, 1)]
    return render(
        "glossary.html",
        title=title,
        source=direction.source,
        target=direction.target,
        entries=entries,
        statuses=_status_counts(entries),
        abbreviations=ABBREVIATIONS,
        words=WORDS,
        arguments=arguments,
    )


def arguments(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """The reasons of a confidence in words: for the pair and against it, the weightiest first.

    >>> arguments(Evidence(reasons=(("bias", -3.0), ("steady", 1.23), ("alignment", 2.9), ("length", -0.5))))
    (('for', 'alignment +2.9, steady +1.2'), ('against', 'length −0.5'))
    """
    # The bias is the same for every term: it says nothing about this one.
    weighty = [(name, value) for name, value in evidence.reasons if round(value, 1) and name != "bias"]
    ranked = sorted(weighty, key=lambda reason: -abs(reason[1]))
    sides = (
        ("for", [reason for reason in ranked if reason[1] > 0]),
        ("against", [reason for reason in ranked if reason[1] < 0]),
    )
    return tuple(
        (side, ", ".join(f"{name} {value:+.1f}".replace("-", "−") for name, value in reasons))
        for side, reasons in sides
        if reasons
    )


def _entry(number: int, concept: Concept, direction: Direction) -> _Entry:
    source_terms, target_terms = concept.of(direction.source), concept.of(direction.target)
    return _Entry(
        number,
        concept,
        source_terms,
        target_terms,
        next((term.evidence for term in target_terms if term.evidence), None),
        tuple(_quotes(concept, direction)),
    )


def _quotes(concept: Concept, direction: Direction) -> Iterator[_Quote]:
    """Each context once, in the order of the target terms."""
    contexts = (
        context
        for term in concept.of(direction.target)
        if term.evidence
        for context in term.evidence.contexts
    )
    shown = findable(concept)
    in_source, in_target = Recogniser([shown], direction.source), Recogniser([shown], direction.target)
    for context in dict.fromkeys(contexts):
        yield _Quote(marked(context.source, in_source), marked(context.target, in_target), context)


def _status_counts(entries: Iterable[_Entry]) -> tuple[tuple[Status, int], ...]:
    """The statuses that occur, in the model's order, with the number of concepts that have them."""
    counts = Counter(status for entry in entries for status in entry.statuses)
    return tuple((status, counts[status]) for status in STATUSES if counts[status])
