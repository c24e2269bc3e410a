"""What people changed in a glossary, so that it is known who and when, and can be taken back.

1. ``changes_between`` compares a glossary before and after: a ``Change`` for each concept that differs.
   What an extraction counts (the evidence) is no part of it.
2. ``taken_back`` undoes changes in the glossary as it is now (``_restored``): what was decided anew since
   stays, and is named.

>>> from tm.model import Concept, Term
>>> before = [Concept("1", (Term("four", "fr"), Term("forno", "pt")))]
>>> after = [Concept("1", (Term("four", "fr"), Term("forno", "pt", "approved")))]
>>> changes = changes_between(before, after)
>>> taken_back(after, changes).concepts == tuple(before)
True
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tm.model import Concept, Term

_Key = tuple[str, str]
"""A term's language and text."""


@dataclass(frozen=True, slots=True)
class Change:
    """A concept that a person changed.

    Attributes:
        before: as it was, without evidence; None when it is new.
        after: as it became; None when it is gone.
        behind: of a concept that is gone the id of the one that stood before it, "" for the first concept; None
            where that is not known.
    """

    before: Concept | None
    after: Concept | None
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A glossary whose changes were undone.

    Attributes:
        concepts: the glossary.
        kept: terms and concepts that were changed again since and stayed as they are.
    """

    concepts: tuple[Concept, ...]
    kept: tuple[str, ...]


def changes_between(before: Iterable[Concept], after: Iterable[Concept]) -> tuple[Change, ...]:
    """A change for each concept that is not as it was, by its id: those of before first.

    >>> from tm.model import Concept, Term
    >>> changes_between([], [Concept("1", (Term("four", "fr"),))])[0].after.id
    '1'
    """
    old = {concept.id: concept for concept in before}
    new = {concept.id: concept for concept in after}
    behind = dict(zip(old, ("", *old), strict=False))
    changes = (
        Change(_bare(old.get(id_)), _bare(new.get(id_)), behind.get(id_) if id_ not in new else None)
        for id_ in dict.fromkeys((*old, *new))
        if old.get(id_) is not new.get(id_)
    )
    return tuple(change for change in changes if change.before != change.after)


def _bare(concept: Concept | None) -> Concept | None:
    return without_evidence(concept) if concept else None


def taken_back(concepts: Sequence[Concept], changes: Iterable[Change]) -> TakenBack:
    """The glossary without these changes; whatever was changed again since stays.

    A concept that comes back stands behind the one that it stood behind; at the end, when that is gone or not
    known. Its terms have the evidence that they have elsewhere now.
    """
    result = dict(enumerate(concepts))
    places = {number: (number,) for number in (-1, *result)}
    numbers = {concept.id: number for number, concept in result.items()}
    evidence = {_key(term): term.evidence for concept in concepts for term in concept.terms}
    free = itertools.count(len(concepts))
    kept: list[str] = []
    # What went into another concept by a merge is taken out of that first.
    for change in sorted(changes, key=lambda change: change.after is None):
        number = _number_of(result, numbers, change)
        if number is None:
            if change.before and not change.after:
                terms = tuple(
                    replace(term, evidence=evidence.get(_key(term))) for term in change.before.terms
                )
                number = next(free)
                before = -1 if change.behind == "" else numbers.get(change.behind or "", number)
                places[number] = (*places.get(before, ()), number)
                result[number] = replace(change.before, terms=terms)
                numbers[change.before.id] = number
            elif change.after:
                kept.append(change.after.terms[0].text)
            continue
        restored = _restored(result[number], change, kept)
        if restored.terms:
            result[number] = restored
        else:
            del result[number]
    in_order = sorted(result, key=lambda number: places[number])
    return TakenBack(tuple(result[number] for number in in_order), tuple(dict.fromkeys(kept)))


def _number_of(concepts: Mapping[int, Concept], numbers: Mapping[str, int], change: Change) -> int | None:
    """Where the changed concept stands now: by its id, else by its terms (a file may write ids otherwise)."""
    changed = change.after or change.before
    if changed is None:
        return None
    if numbers.get(changed.id) in concepts:
        return numbers[changed.id]
    keys = {_key(term) for term in changed.terms}
    for number, concept in concepts.items():
        if keys <= {_key(term) for term in concept.terms}:
            return number
    return None


def _restored(current: Concept, change: Change, kept: list[str]) -> Concept:
    """The concept with what the change made of it undone; names what stays in ``kept``."""
    before = {_key(term): term for term in change.before.terms} if change.before else {}
    after = {_key(term): term for term in change.after.terms} if change.after else {}
    terms = {_key(term): term for term in current.terms}
    same_order = list(terms) == list(after)
    # A term whose text was changed gets its evidence back with its old text.
    lent = {key[0]: terms[key].evidence for key in after if key not in before and key in terms}
    for key in dict.fromkeys((*before, *after)):
        old, new, now = before.get(key), after.get(key), terms.get(key)
        if _plain(now) == _plain(old) or old == new:
            continue
        if _without_grammar(now) != _without_grammar(new):
            kept.append(key[1])
        elif old is None:
            del terms[key]
        else:
            restored = replace(old, evidence=now.evidence if now else lent.get(key[0]))
            terms[key] = _with_grammar_since(restored, now, new)
    if same_order:
        order = list(before)
        terms = {key: terms[key] for key in sorted(terms, key=lambda key: _place(key, order))}
    elif list(before):
        languages = list(dict.fromkeys(term.language for term in current.terms))
        terms = {key: terms[key] for key in sorted(terms, key=lambda key: _place(key[0], languages))}
    texts: dict[str, Any] = {}
    for name in ("definition", "subject", "note"):
        text = getattr(current, name)
        old_text, new_text = (getattr(side, name) if side else "" for side in (change.before, change.after))
        is_new = _squeezed(text) == _squeezed(new_text)
        if old_text != new_text and not is_new and _squeezed(text) != _squeezed(old_text):
            kept.append(text)
        texts[name] = old_text if is_new else text
    return replace(current, terms=tuple(terms.values()), **texts)


def _place(item: object, order: Sequence[object]) -> int:
    return order.index(item) if item in order else len(order)


def _key(term: Term) -> _Key:
    return term.language, _squeezed(term.text)


def _plain(term: Term | None) -> Term | None:
    """The term as a table may have it: without evidence, tabs and line breaks."""
    if term is None:
        return None
    return replace(term, evidence=None, text=_squeezed(term.text), note=_squeezed(term.note))


def _without_grammar(term: Term | None) -> Term | None:
    term = _plain(term)
    return replace(term, part_of_speech="", gender="", kind="") if term else None


def _with_grammar_since(restored: Term, now: Term | None, new: Term | None) -> Term:
    """The term with what an extraction said anew of its grammar: that is nobody's decision, and stays."""
    if now is None or new is None:
        return restored
    return replace(
        restored,
        part_of_speech=(restored if now.part_of_speech == new.part_of_speech else now).part_of_speech,
        gender=(restored if now.gender == new.gender else now).gender,
        kind=(restored if now.kind == new.kind else now).kind,
    )


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def without_evidence(concept: Concept) -> Concept:
    """The concept without what an extraction counted.

    >>> from tm.model import Concept, Evidence, Term
    >>> without_evidence(Concept("1", (Term("four", "fr", evidence=Evidence(2)),))).terms[0].evidence is None
    True
    """
    return replace(concept, terms=tuple(replace(term, evidence=None) for term in concept.terms))
