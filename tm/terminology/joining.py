"""Another glossary taken into a glossary, without replacing an id, a note or a decision.

1. ``join`` looks for the concept of each imported one (``_partner``): by a pair that both have, else by a source
   term; without one it is new.
2. ``_Joining._term`` compares term by term. What only one side has decided holds. Where both have, and differently,
   it is a ``Conflict``, unless the other glossary says what it said at the last import (``last``): then it was we
   who decided anew.

>>> from tm.model import Concept, Term
>>> glossary = [Concept("c-four", (Term("four", "fr", "approved"), Term("forno", "pt", "approved")))]
>>> imported = [Concept("1", (Term("four", "fr", "approved"), Term("fogão", "pt", "approved")))]
>>> joined = join(glossary, imported)
>>> joined.concepts == tuple(glossary), joined.conflicts
(True, (Conflict(source='four', kept='forno (approved)', imported='fogão (approved)'),))
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from tm import bcp47
from tm.terminology.glossary import ACCEPTED, free_id, key_of, source_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.model import Concept, Term
    from tm.terminology.glossary import TermKey

OnConflict = Literal["ours", "theirs", "both"]
"""Which decision holds; "both" keeps ours and adds what can stand beside it: a translation, a note."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions that cannot both hold, or two notes.

    Attributes:
        source: the source term.
        kept: what our glossary says.
        imported: what the other one says.
    """

    source: str
    kept: str
    imported: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The glossary with another one in it, and what the two disagree on."""

    concepts: tuple[Concept, ...]
    conflicts: tuple[Conflict, ...]


def join(
    concepts: Sequence[Concept],
    imported: Sequence[Concept],
    *,
    on_conflict: OnConflict = "ours",
    choices: Mapping[Conflict, OnConflict] | None = None,
    last: Mapping[str, str] | None = None,
) -> Joined:
    """Take another glossary in; concepts keep their ids and their order, new ones follow.

    Args:
        concepts: our glossary.
        imported: the other one.
        on_conflict: whose decision holds.
        choices: of which conflicts another one's holds.
        last: what the other one said at its last import, see ``statements``.
    """
    joining = _Joining(list(concepts), on_conflict, choices or {}, last or {})
    pairs = {pair for concept in imported for pair in _pairs(concept)}
    for concept in imported:
        joining.concept(concept, pairs)
    return Joined(tuple(joining.concepts), tuple(dict.fromkeys(joining.conflicts)))


def statements(concepts: Sequence[Concept]) -> dict[str, str]:
    """What a glossary says of each pair of terms, to be compared at the next import.

    >>> from tm.model import Concept, Term
    >>> statements([Concept("1", (Term("four", "fr"), Term("forno", "pt", "approved")))])
    {'four = forno': 'approved'}
    """
    return {
        f"{concept.terms[0].text} = {term.text}": _statement(term)
        for concept in concepts
        for term in concept.terms[1:]
    }


@dataclass(slots=True)
class _Joining:
    """Our glossary as it grows, and the conflicts."""

    concepts: list[Concept]
    on_conflict: OnConflict
    choices: Mapping[Conflict, OnConflict]
    last: Mapping[str, str]
    conflicts: list[Conflict] = field(default_factory=list)
    by_source: dict[TermKey, set[int]] = field(default_factory=dict)
    taken: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Note our ids, and file our concepts under the keys of their source terms."""
        self.taken = {concept.id for concept in self.concepts}
        for number, concept in enumerate(self.concepts):
            self._file(number, concept)

    def _file(self, number: int, concept: Concept) -> None:
        for key in source_keys(concept):
            self.by_source.setdefault(key, set()).add(number)

    def concept(self, new: Concept, imported_pairs: set[tuple[TermKey, TermKey]]) -> None:
        """Take one concept in."""
        number = self._partner(new, imported_pairs)
        if number is None:
            self._file(len(self.concepts), new)
            self.concepts.append(replace(new, id=free_id(new, self.taken)))
            return
        old = self.concepts[number]
        terms = list(old.terms)
        agrees = bool(set(_pairs(old)) & set(_pairs(new)))
        for term in new.terms:
            self._term(terms, term, new, agrees=agrees)
        languages = list(dict.fromkeys(map(_base, terms)))
        if any(term.status in ACCEPTED for term in terms if _base(term) != languages[0]):
            terms = [
                replace(term, status="approved")
                if _base(term) == languages[0] and term.status == "candidate"
                else term
                for term in terms
            ]
        terms.sort(key=lambda term: languages.index(_base(term)))
        self.concepts[number] = replace(
            old,
            terms=tuple(terms),
            definition=old.definition or new.definition,
            subject=old.subject or new.subject,
            note=self._note(old.terms[0].text, old.note, new.note),
        )
        self._file(number, self.concepts[number])

    def _partner(self, new: Concept, imported_pairs: set[tuple[TermKey, TermKey]]) -> int | None:
        pairs = set(_pairs(new))
        numbers = sorted({number for key in source_keys(new) for number in self.by_source.get(key, ())})
        for number in numbers:
            if pairs & set(_pairs(self.concepts[number])):
                return number
        for number in numbers:  # not a homonym, whose own translation the other glossary has elsewhere
            if not imported_pairs & set(_pairs(self.concepts[number])):
                return number
        return None

    def _term(self, terms: list[Term], new: Term, concept: Concept, *, agrees: bool) -> None:
        """One imported term among the terms of our concept."""
        source = concept.terms[0].text
        is_source = _base(new) == _base(concept.terms[0])
        place = next((n for n, term in enumerate(terms) if key_of(term) == key_of(new)), None)
        same_language = [term for term in terms if _base(term) == _base(new)]
        language = same_language[0].language if same_language else new.language
        if place is None:
            rivals = [term for term in same_language if term.status in ACCEPTED]
            is_rival = bool(rivals) and not is_source and not agrees and new.status in ACCEPTED
            way = self._way(source, _said(rivals[0]), new) if is_rival else "both"
            if way == "ours":
                return
            if way == "theirs":
                terms[:] = [replace(term, status="candidate") if term in rivals else term for term in terms]
            terms.append(replace(new, language=language))
            return
        old = terms[place]
        status = old.status
        is_open = old.status == "candidate"
        is_decision = new.status not in ("candidate", old.status)
        if is_source and new.status in ACCEPTED and (is_open or old.status in ACCEPTED):
            is_decision = False  # a source term is accepted with its translations
        if old.status in ACCEPTED and new.status == "approved":
            is_decision = False  # programs that do not tell these apart say no more
        if old.status == "do-not-translate" and new.status == "preferred":
            is_decision = False
        if is_decision and (is_open or self._way(source, _said(old), new) == "theirs"):
            status = new.status
        terms[place] = replace(
            old,
            status=status,
            note=self._note(source, old.note, new.note),
            part_of_speech=old.part_of_speech or new.part_of_speech,
            gender=old.gender or new.gender,
            kind=old.kind or new.kind,
            evidence=old.evidence or new.evidence,
        )

    def _way(self, source: str, kept: str, new: Term) -> OnConflict:
        """Whose decision holds; notes the conflict, if there is one."""
        if self.last.get(f"{source} = {new.text}") == _statement(new):
            return "ours"
        return self._decided(Conflict(source, kept, _said(new)))

    def _decided(self, conflict: Conflict) -> OnConflict:
        self.conflicts.append(conflict)
        return self.choices.get(conflict, self.on_conflict)

    def _note(self, source: str, old: str, new: str) -> str:
        if not new or not old or new in old:
            return old or new
        way = self._decided(Conflict(source, f"note: {old}", f"note: {new}"))
        return {"ours": old, "theirs": new, "both": f"{old}; {new}"}[way]


def _said(term: Term) -> str:
    return f"{term.text} ({term.status})"


def _statement(term: Term) -> str:
    return f"{term.status} {term.note}".strip()


def _base(term: Term) -> str:
    return bcp47.base(term.language)


def _pairs(concept: Concept) -> list[tuple[TermKey, TermKey]]:
    targets = [key_of(term) for term in concept.terms if _base(term) != _base(concept.terms[0])]
    return [(source, target) for source in source_keys(concept) for target in targets]
