"""What a person decides on a term: the glossary with that decision in it.

The steps, in the order in which they work:

1. ``decide`` looks for the concept that has the source term (``_number_of``); a pair that is not there yet
   becomes a concept of its own (``_with_new_concept``).
2. ``_decided`` approves or forbids one translation of the concept; ``_only`` says which is meant when none is
   named.
3. ``_rejected`` rejects a source term with all translations that stand for it.

A term is meant by its spelling, else by its lemmas in any inflexion (``_meant``): only then a dictionary is
read, which takes a second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tm.errors import OptionError
from tm.language.text import fold
from tm.model import Concept, Term
from tm.terminology.glossary import free_id, term_pairs
from tm.terminology.sentences import term_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Status

Decision = Literal["approved", "rejected", "forbidden"]

_OPEN = ("candidate", "approved", "preferred")


def decide(
    concepts: Sequence[Concept], decision: Decision, text: str, translation: str, *, direction: Direction
) -> list[Concept]:
    """Approve or reject a term pair, or forbid a translation.

    Args:
        concepts: the glossary.
        decision: what is decided.
        text: the source term, in any inflexion. A new one may be approved, or its translation forbidden, when
            both texts are given.
        translation: its translation likewise; a new one may be approved or forbidden. "" stands for the only
            one there is; a term that is rejected without one is rejected with all that stand for it.
        direction: from which language into which.

    Raises:
        OptionError: no such term (names the nearest), or several translations and none named.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept
    >>> glossary = [Concept("c-four", (Term("four", "fr"), Term("forno", "pt"), Term("fogão", "pt")))]
    >>> glossary = decide(glossary, "approved", "fours", "forno", direction=Direction("fr", "pt"))
    >>> [(term.text, term.status) for term in glossary[0].terms]
    [('four', 'approved'), ('forno', 'approved'), ('fogão', 'candidate')]
    >>> glossary = decide(glossary, "approved", "levain", "fermento natural", direction=Direction("fr", "pt"))
    >>> glossary[1].id, [term.text for term in glossary[1].terms]
    ('c-levain', ['levain', 'fermento natural'])
    """
    number = _number_of(concepts, text, direction.source)
    if number is None and translation and decision != "rejected":
        return _with_new_concept(concepts, decision, text, translation, direction)
    if number is None:
        raise _no_such_term(concepts, text, direction.source)
    concept = concepts[number]
    if decision == "rejected" and not translation:
        terms = _rejected(concept, text, direction)
    else:
        terms = _decided(concept, decision, text, translation, direction)
    return [*concepts[:number], replace(concept, terms=terms), *concepts[number + 1 :]]


def _meant(terms: Iterable[Term], text: str, language: str) -> list[Term]:
    """The terms that are spelt like the text, else those that are forms of it.

    >>> terms = [Term("fours", "fr"), Term("four", "fr")]
    >>> [term.text for term in _meant(terms, "Four", "fr")], len(_meant(terms[:1], "four", "fr"))
    (['four'], 1)
    """
    terms = list(terms)
    spelling = fold(text)
    if spelt_so := [term for term in terms if fold(term.text) == spelling]:
        return spelt_so
    key = term_key(text, language)
    return [term for term in terms if term_key(term.text, language) == key]


def _number_of(concepts: Sequence[Concept], text: str, source: str) -> int | None:
    """The number of the first concept that has the source term, None when there is none."""
    numbered = [(term, number) for number, concept in enumerate(concepts) for term in concept.of(source)]
    meant = _meant((term for term, _ in numbered), text, source)
    return next((number for term, number in numbered if meant and term is meant[0]), None)


def _with_new_concept(
    concepts: Sequence[Concept], decision: Status, text: str, translation: str, direction: Direction
) -> list[Concept]:
    """The glossary with a pair that it does not have yet, as its last concept."""
    source_status: Status = "approved" if decision == "approved" else "candidate"
    terms = (
        Term(text, direction.source, status=source_status),
        Term(translation, direction.target, status=decision),
    )
    new = Concept("", terms)
    return [*concepts, replace(new, id=free_id(new, {concept.id for concept in concepts}))]


def _rejected(concept: Concept, text: str, direction: Direction) -> tuple[Term, ...]:
    """A source term and the translations that stand for it; an acronym does not fall with its full form."""
    rejected = _meant(concept.of(direction.source), text, direction.source)
    rejected += [partner for term, partner in term_pairs(concept, direction) if term in rejected]
    return tuple(replace(term, status="rejected") if term in rejected else term for term in concept.terms)


def _decided(
    concept: Concept, decision: Status, text: str, translation: str, direction: Direction
) -> tuple[Term, ...]:
    """The concept's terms with one translation decided: an approved one comes first, any other last."""
    sources, targets = concept.of(direction.source), concept.of(direction.target)
    translation = translation or _only(concept, text, direction)
    meant = next(iter(_meant(targets, translation, direction.target)), None)
    if meant is None and decision == "rejected":
        raise OptionError(f"{text!r} has no translation {translation!r}; {_listed(targets)}")
    rest = [term for term in targets if term is not meant]
    if meant is None:
        meant = Term(translation, rest[0].language if rest else direction.target)
    rest.insert(0 if decision == "approved" else len(rest), replace(meant, status=decision))
    third_languages = [term for term in concept.terms if term not in sources + targets]
    if decision == "approved":
        sources = tuple(replace(term, status="approved") for term in sources)
    return (*sources, *rest, *third_languages)


def _only(concept: Concept, text: str, direction: Direction) -> str:
    """The translation that is meant when none is named: the only one of the term that is not excluded.

    An acronym's translation is the acronym.
    """
    terms = _meant(concept.of(direction.source), text, direction.source)
    partners = [
        partner
        for term, partner in term_pairs(concept, direction)
        if term in terms and partner.status in _OPEN
    ]
    if len(partners) != 1:
        raise OptionError(f"{text!r}: say which translation; {_listed(concept.of(direction.target))}")
    return partners[0].text


def _listed(terms: Sequence[Term]) -> str:
    return f"the glossary has {', '.join(term.text for term in terms)}" if terms else "the glossary has none"


def _no_such_term(concepts: Sequence[Concept], text: str, source: str) -> OptionError:
    from rapidfuzz import fuzz, process

    texts = [term.text for concept in concepts for term in concept.of(source)]
    nearest = [near for near, _, _ in process.extract(text, texts, scorer=fuzz.WRatio, limit=3)]
    hint = f"the nearest are {', '.join(nearest)}" if nearest else "it has no terms"
    return OptionError(f"the glossary has no term {text!r}; {hint}")
