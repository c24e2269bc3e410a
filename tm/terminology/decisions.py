"""What a person decides on a term: the glossary with that decision in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tm.errors import OptionError
from tm.model import Term
from tm.terminology.glossary import term_pairs
from tm.terminology.sentences import term_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Concept, Status

Decision = Literal["approved", "rejected", "forbidden"]

_OPEN = ("candidate", "approved", "preferred")


def decide(
    concepts: Sequence[Concept], decision: Decision, text: str, translation: str, *, source: str, target: str
) -> list[Concept]:
    """Approve or reject a term pair, or forbid a translation.

    Args:
        concepts: the glossary.
        decision: what is decided.
        text: the source term, in any inflexion.
        translation: its translation likewise; a new one may be approved or forbidden. "" stands for the only one there is;
            a term that is rejected without one is rejected with all that stand for it.
        source: language of the source terms.
        target: of the translations.

    Raises:
        OptionError: no such term (names the nearest), or several translations and none named.

    >>> from tm.model import Concept
    >>> glossary = [Concept("c-four", (Term("four", "fr"), Term("forno", "pt"), Term("fogão", "pt")))]
    >>> glossary = decide(glossary, "approved", "fours", "forno", source="fr", target="pt")
    >>> [(term.text, term.status) for term in glossary[0].terms]
    [('four', 'approved'), ('forno', 'approved'), ('fogão', 'candidate')]
    """
    number = _find(concepts, text, source)
    concept = concepts[number]
    if decision == "rejected" and not translation:
        terms = _rejected(concept, text, source, target)
    else:
        terms = _decided(concept, decision, text, translation, source, target)
    return [replace(each, terms=terms) if at == number else each for at, each in enumerate(concepts)]


def _rejected(concept: Concept, text: str, source: str, target: str) -> tuple[Term, ...]:
    """A source term and the translations that stand for it; an acronym does not fall with its full form."""
    key = term_key(text, source)
    out = [term for term in concept.of(source) if term_key(term.text, source) == key]
    out += [other for one, other in term_pairs(concept, source, target) if one in out]
    return tuple(replace(term, status="rejected") if term in out else term for term in concept.terms)


def _decided(
    concept: Concept, decision: Status, text: str, translation: str, source: str, target: str
) -> tuple[Term, ...]:
    key = term_key(translation or _only(concept, text, source, target), target)
    theirs = list(concept.of(target))
    known = next((term for term in theirs if term_key(term.text, target) == key), None)
    if known is None and decision == "rejected":
        raise OptionError(f"{text!r} has no translation {translation!r}; {_listed(theirs)}")
    if known is None:
        known = Term(translation, theirs[0].language if theirs else target)
    theirs = [term for term in theirs if term is not known]
    place = 0 if decision == "approved" else len(theirs)
    theirs.insert(place, replace(known, status=decision))
    ours = concept.of(source)
    if decision == "approved":
        ours = tuple(replace(term, status="approved") for term in ours)
    others = [term for term in concept.terms if term not in concept.of(source) + concept.of(target)]
    return (*ours, *theirs, *others)


def _only(concept: Concept, text: str, source: str, target: str) -> str:
    """The translation that is meant when none is named: of an acronym the acronym, and the only one that is not excluded."""
    key = term_key(text, source)
    meant = [
        other
        for one, other in term_pairs(concept, source, target)
        if term_key(one.text, source) == key and other.status in _OPEN
    ]
    if len(meant) != 1:
        raise OptionError(f"{text!r}: say which translation; {_listed(concept.of(target))}")
    return meant[0].text


def _listed(terms: Sequence[Term]) -> str:
    return f"the glossary has {', '.join(term.text for term in terms)}" if terms else "the glossary has none"


def _find(concepts: Sequence[Concept], text: str, source: str) -> int:
    key = term_key(text, source)
    for number, concept in enumerate(concepts):
        if any(term_key(term.text, source) == key for term in concept.of(source)):
            return number
    from rapidfuzz import fuzz, process

    texts = [term.text for concept in concepts for term in concept.of(source)]
    nearest = [found for found, _, _ in process.extract(text, texts, scorer=fuzz.WRatio, limit=3)]
    hint = f"the nearest are {', '.join(nearest)}" if nearest else "it has no terms"
    raise OptionError(f"the glossary has no term {text!r}; {hint}")
