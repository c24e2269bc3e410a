"""The life of a glossary: what was extracted and what people decided become one.

A decision (a status other than "candidate", a note, a definition) outlives every extraction; candidates come
and go.

The steps of ``merge``, in the order in which they work:

1. Each extracted concept is looked for in the old glossary by the lemmas of its source terms
   (``source_keys``).
2. ``_joined`` makes one concept of an old one and those extracted for it: ``_renewed`` gives a decided term
   its fresh evidence, new candidates follow. Of an old one without decisions only the id is taken.
3. Old concepts that were not extracted again stay if a person had a say in them (``is_decided``).
4. ``free_id`` names the new concepts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language.text import fold, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

    from tm.direction import Direction
    from tm.model import Concept, Term

TermKey = tuple[str, str]
"""Language without region, and lemmas: the same for the forms of one term."""

_RANK = {"preferred": 0, "approved": 1, "do-not-translate": 1, "candidate": 2, "forbidden": 3, "rejected": 4}

ACCEPTED = ("approved", "preferred", "do-not-translate")
"""The statuses of a term that is right."""


def published(concepts: Iterable[Concept]) -> list[Concept]:
    """The glossary as other programs should see it: without what was rejected.

    Programs that do not know our statuses would offer a rejected translation like any other. Forbidden terms
    stay: term bases have a word for them ("deprecated"). A concept with one language left is left out, unless
    the glossary has no other.

    >>> from tm.model import Concept, Term
    >>> bread = Concept("1", (Term("pain", "fr"), Term("pão", "pt"), Term("bolo", "pt", status="rejected")))
    >>> cake = Concept("2", (Term("gâteau", "fr"), Term("pão", "pt", status="rejected")))
    >>> [[term.text for term in concept.terms] for concept in published([bread, cake])]
    [['pain', 'pão']]
    """
    shown = [
        replace(concept, terms=tuple(term for term in concept.terms if term.status != "rejected"))
        for concept in concepts
    ]
    languages = {term.language for concept in shown for term in concept.terms}
    least = min(2, len(languages))
    return [
        concept
        for concept in shown
        if concept.terms and len({term.language for term in concept.terms}) >= least
    ]


def merge(extracted: Sequence[Concept], decided: Sequence[Concept]) -> list[Concept]:
    """The glossary after an extraction: every decision kept, with fresh evidence and fresh candidates.

    Args:
        extracted: candidates, best first, each with its source language's terms first.
        decided: the glossary as it was, candidates of earlier extractions among it.

    Returns:
        The concepts in the extracted order; decided ones that were not found again come last, in their own
        order. A term pair that was rejected or forbidden keeps that status instead of coming back, whichever
        of the concepts with that source term has it. A concept keeps the id it had; new ones are named after
        their first term. Earlier candidates that were not found again are gone.

    >>> from tm.model import Concept, Term
    >>> def bread(id, word, status="candidate"):
    ...     return Concept(id, (Term("pain", "fr"), Term(word, "pt", status=status)))
    >>> merged = merge([bread("", "pão")], [bread("c-7", "bolo", "rejected")])
    >>> [(c.id, t.text, t.status) for c in merged for t in c.of("pt")]
    [('c-7', 'pão', 'candidate'), ('c-7', 'bolo', 'rejected')]
    """
    old: dict[TermKey, list[int]] = {}
    for number, concept in enumerate(decided):
        for key in dict.fromkeys(source_keys(concept)):
            old.setdefault(key, []).append(number)
    fresh: dict[int, list[Concept]] = {}
    order: list[tuple[Concept | None, int]] = []
    for concept in extracted:
        number = next((old[key][0] for key in source_keys(concept) if key in old), -1) if old else -1
        if number < 0 or (number in fresh and not is_decided(decided[number])):
            order.append((concept, -1))
            continue
        if number not in fresh:
            order.append((None, number))
        fresh.setdefault(number, []).append(concept)
    order += [
        (None, number)
        for number, concept in enumerate(decided)
        if number not in fresh and is_decided(concept)
    ]
    taken = {decided[number].id for _, number in order if number >= 0}
    result = []
    for new, number in order:
        if new is not None:
            result.append(replace(new, id=free_id(new, taken)))
        else:
            numbers = {other for key in source_keys(decided[number]) for other in old[key]} - {number}
            elsewhere = {
                key_of(term) for other in numbers for term in decided[other].terms if _is_decision(term)
            }
            result.append(_joined(decided[number], fresh.get(number, []), elsewhere))
    return result


def term_pairs(concept: Concept, direction: Direction) -> Iterator[tuple[Term, Term]]:
    """Each target term with the source term it stands for: an acronym with the acronym, any other with the
    main term.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Term
    >>> gdp = Concept("1", (Term("produit intérieur brut", "fr"), Term("PIB", "fr", kind="acronym"),
    ...     Term("produto interno bruto", "pt"), Term("PIB", "pt", kind="acronym")))
    >>> [(term.text, translation.text) for term, translation in term_pairs(gdp, Direction("fr", "pt"))]
    [('produit intérieur brut', 'produto interno bruto'), ('PIB', 'PIB')]
    """
    sources = concept.of(direction.source)
    for term in concept.of(direction.target):
        of_its_kind = (main for main in sources if (main.kind == "acronym") == (term.kind == "acronym"))
        if sources:
            yield next(of_its_kind, sources[0]), term


def is_decided(concept: Concept) -> bool:
    """Whether a person had a say in the concept: it has a definition, a subject, a note, or a decided term.

    >>> from tm.model import Concept, Term
    >>> is_decided(Concept("1", (Term("pain", "fr"), Term("pão", "pt"))))
    False
    """
    return bool(concept.definition or concept.subject or concept.note) or any(
        _is_decision(term) for term in concept.terms
    )


def _is_decision(term: Term) -> bool:
    return term.status != "candidate" or bool(term.note)


def source_keys(concept: Concept) -> list[TermKey]:
    """The keys of the terms in the concept's first language.

    >>> from tm.model import Concept, Term
    >>> source_keys(Concept("1", (Term("fours", "fr"), Term("forno", "pt-BR"))))
    [('fr', 'four')]
    """
    first = bcp47.base(concept.terms[0].language) if concept.terms else ""
    return [key_of(term) for term in concept.terms if bcp47.base(term.language) == first]


def key_of(term: Term) -> TermKey:
    """What is the same for the forms of one term.

    >>> from tm.model import Term
    >>> key_of(Term("fornos", "pt-BR"))
    ('pt', 'forno')
    """
    from tm.terminology.sentences import term_key  # a decision on a term spelt as it is needs no lemmas

    return bcp47.base(term.language), term_key(term.text, term.language)


def _joined(old: Concept, extracted: Sequence[Concept], elsewhere: Set[TermKey]) -> Concept:
    """The decided terms with their fresh evidence, and the new candidates that are not decided on elsewhere;
    where nothing was decided, the candidates as they come now.
    """
    if extracted and not is_decided(old):
        return replace(extracted[0], id=old.id)
    fresh: dict[TermKey, Term] = {}
    for concept in extracted:
        for term in concept.terms:
            fresh.setdefault(key_of(term), term)
    terms: list[Term] = []
    keys: set[TermKey] = set()
    for term in old.terms:
        key = key_of(term)
        new = None if key in keys else fresh.get(key)
        is_source = bcp47.base(term.language) == bcp47.base(old.terms[0].language)
        if _is_decision(term) or new or (is_source and key not in keys):
            terms.append(_renewed(term, new))
            keys.add(key)
    if not any(term.status == "rejected" for term in old.of(old.terms[0].language)):
        terms += [term for key, term in fresh.items() if key not in keys | elsewhere]
    languages = list(dict.fromkeys(bcp47.base(term.language) for term in terms))
    terms.sort(key=lambda term: (languages.index(bcp47.base(term.language)), _RANK[term.status]))
    return replace(old, terms=tuple(terms))


def _renewed(decided: Term, extracted: Term | None) -> Term:
    """A decided term with fresh evidence, and with what nobody said of it yet."""
    if extracted is None:
        return decided
    return replace(
        decided,
        evidence=extracted.evidence or decided.evidence,
        part_of_speech=decided.part_of_speech or extracted.part_of_speech,
        gender=decided.gender or extracted.gender,
        kind=decided.kind or extracted.kind,
    )


def free_id(concept: Concept, taken: set[str]) -> str:
    """The concept's id, else a name made of its first term, with a number where another has it; ``taken``
    grows by it.

    >>> from tm.model import Concept, Term
    >>> taken = {"c-four"}
    >>> free_id(Concept("", (Term("Four", "fr"),)), taken), sorted(taken)
    ('c-four-2', ['c-four', 'c-four-2'])
    """
    slug = re.sub(r"\W+", "-", without_accents(fold(concept.terms[0].text))).strip("-_") or "term"
    name, number = concept.id or f"c-{slug}", 1
    while name in taken:
        number += 1
        name = f"c-{slug}-{number}"
    taken.add(name)
    return name
