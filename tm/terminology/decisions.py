"""What a person decides on a term: the glossary with that decision in it.

The steps, in the order in which they work:

1. ``decide`` looks for the concept that has the source term, and the translation where several have it
   (``number_of``); a pair that is not there yet becomes a concept of its own (``_with_new_concept``).
2. ``_decided`` decides on one translation of the concept; ``_only`` says which is meant when none is named.
3. ``_with_source`` rejects a source term, or takes what was decided on it back, with all translations that
   stand for it.

``revision.py`` changes the rest of a concept. A term is meant by its spelling, else by its lemmas in any
inflexion (``meant``): only then a dictionary is read, which takes a second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tm.errors import OptionError
from tm.language.text import fold
from tm.model import Concept, Term
from tm.terminology.glossary import ACCEPTED, free_id, term_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.model import Status
    from tm.terminology.wording import Word

Decision = Literal["approved", "preferred", "rejected", "forbidden", "do-not-translate", "candidate"]
"""What becomes of a term; "candidate" takes back what was decided."""

_NEW = (*ACCEPTED, "forbidden")
"""What a translation may be that the glossary did not have."""
_OPEN = ("candidate", "approved", "preferred")
_EXCLUDED = ("forbidden", "rejected")


def decide(
    concepts: Sequence[Concept], decision: Decision, text: str, translation: str, *, direction: Direction
) -> list[Concept]:
    """Decide on a term pair.

    A preferred translation is the only one of its concept; what was preferred before is approved.

    Args:
        concepts: the glossary.
        decision: what is decided.
        text: the source term, in any inflexion. A new one may be accepted, or its translation forbidden, when
            both texts are given.
        translation: its translation likewise; a new one may be accepted or forbidden. "" stands for the only
            one there is; a term that is rejected or a candidate again without one is so with all that stand
            for it. In a glossary without translations it is the term that is decided on.
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
    number = number_of(concepts, text, translation, direction)
    if number is None and translation and decision in _NEW:
        return _with_new_concept(concepts, decision, text, translation, direction)
    if number is None:
        raise no_such_term(concepts, text, direction.source)
    concept = concepts[number]
    is_one_language = not any(each.of(direction.target) for each in concepts)
    if not translation and (decision in ("rejected", "candidate") or is_one_language):
        terms = _with_source(concept, decision, text, direction)
    else:
        terms = _decided(concept, decision, text, translation, direction)
    return [*concepts[:number], replace(concept, terms=terms), *concepts[number + 1 :]]


def meant(terms: Iterable[Term], text: str, language: str) -> list[Term]:
    """The terms that are spelt like the text, else those that are forms of it, else those that may be: *vannes*
    is of *vanner*, and of *vanne*.

    >>> terms = [Term("fours", "fr"), Term("four", "fr")]
    >>> [term.text for term in meant(terms, "Four", "fr")], len(meant(terms[:1], "four", "fr"))
    (['four'], 1)
    """
    terms = list(terms)
    spelling = fold(text)
    if spelt_so := [term for term in terms if fold(term.text) == spelling]:
        return spelt_so
    from tm.terminology.sentences import term_key  # with it come word lists, which a spelling needs not
    from tm.terminology.wording import term_row

    key = term_key(text, language)
    if same := [term for term in terms if term_key(term.text, language) == key]:
        return same
    words = term_row(text, language)
    return [term for term in terms if _may_be_one(term_row(term.text, language), words)]


def _may_be_one(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether two terms may be forms of each other, word by word."""
    return len(words) == len(others) > 0 and not any(
        word.keys.isdisjoint(other.keys) for word, other in zip(words, others, strict=True)
    )


def number_of(concepts: Sequence[Concept], text: str, translation: str, direction: Direction) -> int | None:
    """The number of the concept that has the source term, None when there is none.

    When several have it, it is the first that has the translation too, spelt so; else the first.

    >>> from tm.direction import Direction
    >>> bureaus = [Concept(word, (Term("bureau", "fr"), Term(word, "pt"))) for word in ("mesa", "escritório")]
    >>> number_of(bureaus, "bureau", "escritório", Direction("fr", "pt"))
    1
    """
    source = direction.source
    numbered = [(term, number) for number, concept in enumerate(concepts) for term in concept.of(source)]
    same = meant((term for term, _ in numbered), text, source)
    numbers = [number for term, number in numbered if any(term is one for one in same)]
    spelling = fold(translation)
    for number in numbers if translation else ():
        if any(fold(term.text) == spelling for term in concepts[number].of(direction.target)):
            return number
    return next(iter(numbers), None)


def _with_new_concept(
    concepts: Sequence[Concept], decision: Status, text: str, translation: str, direction: Direction
) -> list[Concept]:
    """The glossary with a pair that it does not have yet, as its last concept."""
    source_status: Status = "approved" if decision in ACCEPTED else "candidate"
    terms = (
        Term(text, direction.source, status=source_status),
        Term(translation, direction.target, status=decision),
    )
    new = Concept("", terms)
    return [*concepts, replace(new, id=free_id(new, {concept.id for concept in concepts}))]


def _with_source(concept: Concept, decision: Status, text: str, direction: Direction) -> tuple[Term, ...]:
    """A source term and the translations that stand for it; an acronym does not fall with its full form."""
    terms = meant(concept.of(direction.source), text, direction.source)
    terms += [partner for term, partner in term_pairs(concept, direction) if term in terms]
    return tuple(replace(term, status=decision) if term in terms else term for term in concept.terms)


def _decided(
    concept: Concept, decision: Status, text: str, translation: str, direction: Direction
) -> tuple[Term, ...]:
    """The concept's terms with one translation decided: an accepted one comes first, one that must not be used
    last. The source terms are accepted with it, but for those excluded that the text does not name.
    """
    sources, targets = concept.of(direction.source), concept.of(direction.target)
    translation = translation or _only(concept, text, direction)
    term = next(iter(meant(targets, translation, direction.target)), None)
    if term is None and decision not in _NEW:
        raise no_such_translation(text, translation, targets)
    place = targets.index(term) if term and decision == "candidate" else len(targets)
    rest = [target for target in targets if target is not term]
    if decision == "preferred":
        rest = [replace(each, status="approved") if each.status == "preferred" else each for each in rest]
    if term is None:
        term = Term(translation, rest[0].language if rest else direction.target)
    rest.insert(0 if decision in ACCEPTED else place, replace(term, status=decision))
    third_languages = [target for target in concept.terms if target not in sources + targets]
    if decision in ACCEPTED:
        named = meant(sources, text, direction.source)
        sources = tuple(
            replace(source, status="approved")
            if source in named or source.status not in _EXCLUDED
            else source
            for source in sources
        )
    elif decision == "candidate" and not any(target.status in ACCEPTED for target in rest):
        sources = tuple(
            replace(source, status="candidate") if source.status == "approved" else source
            for source in sources
        )
    return (*sources, *rest, *third_languages)


def _only(concept: Concept, text: str, direction: Direction) -> str:
    """The translation that is meant when none is named: the only one of the term that is not excluded.

    An acronym's translation is the acronym.
    """
    terms = meant(concept.of(direction.source), text, direction.source)
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


def no_such_translation(text: str, translation: str, targets: Sequence[Term]) -> OptionError:
    """The error for a translation that a term has not; it names those that it has.

    >>> print(no_such_translation("four", "fogo", [Term("forno", "pt"), Term("fogão", "pt")]))
    'four' has no translation 'fogo'; the glossary has forno, fogão
    """
    return OptionError(f"{text!r} has no translation {translation!r}; {_listed(targets)}")


def no_such_term(concepts: Sequence[Concept], text: str, source: str) -> OptionError:
    """The error for a source term that no concept has; it names the nearest.

    >>> print(no_such_term([Concept("1", (Term("four", "fr"),))], "fout", "fr"))
    the glossary has no term 'fout'; the nearest are four
    """
    from rapidfuzz import fuzz, process

    texts = [term.text for concept in concepts for term in concept.of(source)]
    nearest = [near for near, _, _ in process.extract(text, texts, scorer=fuzz.WRatio, limit=3)]
    hint = f"the nearest are {', '.join(nearest)}" if nearest else "it has no terms"
    return OptionError(f"the glossary has no term {text!r}; {hint}")
