"""What a person changes in a glossary beside decisions: pairs added, notes, concepts that are one.

Each function takes the glossary and gives the new one; terms are meant as in ``decisions.py``.

>>> from tm.direction import Direction
>>> direction = Direction("fr", "pt")
>>> glossary = added([], "four", "forno", direction=direction)
>>> glossary = noted(glossary, "four", "forno", "à pain", direction=direction)
>>> [(term.text, term.status, term.note) for term in glossary[0].terms]
[('four', 'approved', ''), ('forno', 'approved', 'à pain')]
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import OptionError
from tm.terminology.decisions import decide, meant, no_such_term, no_such_translation, number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.model import Concept, Term
    from tm.terminology.decisions import Decision


def added(
    concepts: Sequence[Concept],
    text: str,
    translation: str,
    *,
    direction: Direction,
    status: Decision = "approved",
    note: str = "",
) -> list[Concept]:
    """The glossary with a new pair of terms; a term that is there gets another translation.

    Raises:
        OptionError: the pair is there already, or a text is blank.
    """
    if not text.strip() or not translation.strip():
        raise OptionError("a term is blank; a term and its translation were expected")
    number = number_of(concepts, text, translation, direction)
    if number is not None:
        for term in meant(concepts[number].of(direction.target), translation, direction.target):
            raise OptionError(
                f"{text!r} = {term.text!r} is in the glossary already ({term.status}); "
                "tm terms approve, prefer, forbid, reject or reset decide on it"
            )
    result = decide(concepts, status, text, translation, direction=direction)
    return noted(result, text, translation, note, direction=direction) if note else result


def noted(
    concepts: Sequence[Concept], text: str, translation: str, note: str, *, direction: Direction
) -> list[Concept]:
    """The glossary with a note on a translation; without a translation the note is on the concept.

    Args:
        concepts: the glossary.
        text: the source term.
        translation: its translation; "" = the note says something of the whole concept.
        note: in the place of the one that is there; "" takes it out.
        direction: from which language into which.

    Raises:
        OptionError: no such term, or no such translation of it.
    """
    number, concept = _concept_of(concepts, text, translation, direction)
    if not translation:
        return _with(concepts, number, replace(concept, note=note))
    targets = concept.of(direction.target)
    term = next(iter(meant(targets, translation, direction.target)), None)
    if term is None:
        raise no_such_translation(text, translation, targets)
    terms = tuple(replace(each, note=note) if each is term else each for each in concept.terms)
    return _with(concepts, number, replace(concept, terms=terms))


def merged(concepts: Sequence[Concept], text: str, other: str, *, direction: Direction) -> list[Concept]:
    """The glossary with two concepts as one, which keeps the id of the first; a term is named, or an id.

    Terms of both are once in it, with the status and the note of the first concept where it has them. Of two
    preferred terms of a language the first one's stays so, the other is approved.

    Raises:
        OptionError: no such term, or both are terms of one concept already.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Term
    >>> glossary = [Concept(word, (Term(word, "fr"), Term("forno", "pt"))) for word in ("four", "fournil")]
    >>> [concept] = merged(glossary, "four", "fournil", direction=Direction("fr", "pt"))
    >>> concept.id, [term.text for term in concept.terms]
    ('four', ['four', 'fournil', 'forno'])
    """
    number, first = _concept_of(concepts, text, "", direction)
    other_number, second = _concept_of(concepts, other, "", direction)
    if number == other_number:
        raise OptionError(f"{text!r} and {other!r} are one concept already ({first.id})")
    terms: dict[tuple[str, str], Term] = {(term.language, term.text): term for term in first.terms}
    preferred = {bcp47.base(term.language) for term in first.terms if term.status == "preferred"}
    for other_term in second.terms:
        is_second = other_term.status == "preferred" and bcp47.base(other_term.language) in preferred
        term = replace(other_term, status="approved") if is_second else other_term
        kept = terms.setdefault((term.language, term.text), term)
        if kept is not term:
            status = term.status if kept.status == "candidate" else kept.status
            note = kept.note or term.note
            evidence = kept.evidence or term.evidence
            terms[kept.language, kept.text] = replace(kept, status=status, note=note, evidence=evidence)
    languages = list(dict.fromkeys(language for language, _ in terms))
    joined = replace(
        first,
        terms=tuple(sorted(terms.values(), key=lambda term: languages.index(term.language))),
        definition=first.definition or second.definition,
        subject=first.subject or second.subject,
        note="; ".join(dict.fromkeys(filter(None, (first.note, second.note)))),
    )
    result = _with(concepts, number, joined)
    del result[other_number]
    return result


def _concept_of(
    concepts: Sequence[Concept], text: str, translation: str, direction: Direction
) -> tuple[int, Concept]:
    """The concept with that id, else the one that has the source term."""
    for number, concept in enumerate(concepts):
        if concept.id == text and not translation:
            return number, concept
    found = number_of(concepts, text, translation, direction)
    if found is None:
        raise no_such_term(concepts, text, direction.source)
    return found, concepts[found]


def _with(concepts: Sequence[Concept], number: int, concept: Concept) -> list[Concept]:
    return [*concepts[:number], concept, *concepts[number + 1 :]]
