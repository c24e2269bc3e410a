"""Verdicts on term pairs, given where the glossary was not at hand: the glossary with them in it.

A page shows a glossary as it was when the page was made. So each ``Verdict`` says what stood there, and
``applied`` compares this with the glossary as it is:

1. ``_contradicted`` finds the verdicts of which another says the opposite: neither is carried out.
2. ``_obstacle`` says what changed since, if anything did; then the verdict is a conflict and nothing is done.
3. ``_with_decision`` decides, ``_with_note`` writes a note, ``_reworded`` changes the text of a term.
4. A verdict that changes nothing is counted apart: somebody gave it already.

>>> from tm.direction import Direction
>>> from tm.model import Concept, Term
>>> glossary = [Concept("c-four", (Term("fours", "fr"), Term("forno", "pt")))]
>>> verdict = Verdict("c-four", "fours", "forno", "candidate", "approved", new_source="four")
>>> result = applied(glossary, [verdict, Verdict("c-sel", "sel", "sal")], Direction("fr", "pt"))
>>> [(term.text, term.status) for term in result.concepts[0].terms]
[('four', 'approved'), ('forno', 'approved')]
>>> [(conflict.verdict.source, conflict.reason) for conflict in result.conflicts]
[('sel', 'the concept is gone')]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, cast

from tm.errors import OptionError
from tm.language.text import fold
from tm.terminology.decisions import Decision, decide
from tm.terminology.glossary import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Concept, Term

Ruling = Literal[
    "", "approved", "preferred", "rejected", "forbidden", "do-not-translate", "candidate", "no-term"
]
"""What is decided: what becomes of the translation, or "no-term": it is rejected, and with the last translation
the source term. "" = nothing, only the wording or the note is new."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person wants of a pair of terms.

    Attributes:
        concept: its id.
        source: the source term as it was shown.
        target: its translation likewise; "" = a new one in ``new_target``, else the source term is meant.
        status: of the translation as it was shown, of the source term where that has none; "" for a new one.
        ruling: what is decided.
        new_source: another text for the source term; "" = as it is.
        new_target: another text for the translation; "" = as it is.
        old_note: the translation's note as it was shown.
        note: the note it shall have.
        author: who; "" when that is not known.
        date: when; "" when that is not known.
        line: of the file that has it; 0 when that is not known.
    """

    concept: str
    source: str
    target: str
    status: str = ""
    ruling: Ruling = ""
    new_source: str = ""
    new_target: str = ""
    old_note: str = ""
    note: str = ""
    author: str = ""
    date: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class VerdictConflict:
    """A verdict that was not carried out, and what changed since the page was made."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """A glossary with verdicts in it.

    Attributes:
        concepts: the glossary.
        done: the verdicts that changed it.
        unchanged: those that say what the glossary says already.
        conflicts: those that were not carried out.
    """

    concepts: tuple[Concept, ...]
    done: tuple[Verdict, ...]
    unchanged: tuple[Verdict, ...]
    conflicts: tuple[VerdictConflict, ...]


def applied(concepts: Sequence[Concept], verdicts: Iterable[Verdict], direction: Direction) -> Applied:
    """The glossary with the verdicts in it, as far as it did not change since; an example heads the module.

    Args:
        concepts: the glossary as it is.
        verdicts: those of one concept are compared with the concept as it is before the first of them.
        direction: from which language into which.
    """
    verdicts = list(verdicts)
    contradicted = _contradicted(verdicts)
    before = {concept.id: concept for concept in concepts}
    after = dict(before)
    done: list[Verdict] = []
    unchanged: list[Verdict] = []
    conflicts: list[VerdictConflict] = []
    # Texts change last: until then all verdicts on a concept name its terms as the page did.
    for verdict in sorted(verdicts, key=lambda verdict: bool(verdict.new_source or verdict.new_target)):
        obstacle = contradicted.get(id(verdict)) or _obstacle(before.get(verdict.concept), verdict, direction)
        if obstacle:
            conflicts.append(VerdictConflict(verdict, obstacle))
            continue
        concept = after[verdict.concept]
        try:
            result = _carried_out(concept, verdict, direction)
        except OptionError as error:
            conflicts.append(VerdictConflict(verdict, str(error)))
            continue
        after[verdict.concept] = result
        (unchanged if result == concept else done).append(verdict)
    return Applied(
        tuple(after[concept.id] for concept in concepts), tuple(done), tuple(unchanged), tuple(conflicts)
    )


def _contradicted(verdicts: Iterable[Verdict]) -> dict[int, str]:
    """Why verdicts are not carried out that another one contradicts, by the verdicts' ``id``.

    >>> twice = [Verdict("c", "four", "forno", ruling=ruling, line=line) for ruling, line in (("approved", 2), ("rejected", 5))]
    >>> list(_contradicted(twice).values())
    ['line 5 says rejected', 'line 2 says approved']
    """
    wishes: dict[tuple[str, ...], dict[str, list[Verdict]]] = {}
    for verdict in verdicts:
        for subject, wish in _wishes(verdict):
            wishes.setdefault(subject, {}).setdefault(wish, []).append(verdict)
    reasons: dict[int, str] = {}
    for choices in wishes.values():
        for wish, givers in choices.items() if len(choices) > 1 else ():
            opposite, (other, *_) = next(item for item in choices.items() if item[0] != wish)
            place = f"line {other.line}" if other.line else "another decision"
            for verdict in givers:
                reasons.setdefault(id(verdict), f"{place} says {opposite or 'no note'}")
    return reasons


def _wishes(verdict: Verdict) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a verdict is about, and what it wants there: there can be one wish only."""
    concept, source, target = verdict.concept, verdict.source, verdict.target or verdict.new_target
    if verdict.ruling:
        yield ("ruling", concept, source, target), verdict.ruling
    if verdict.ruling == "preferred":
        yield ("preferred", concept), f"{target} is preferred"
    if verdict.new_source:
        yield ("source", concept, source), verdict.new_source
    if verdict.new_target and verdict.target:
        yield ("target", concept, verdict.target), verdict.new_target
    if verdict.note != verdict.old_note:
        yield ("note", concept, target), verdict.note


def _obstacle(concept: Concept | None, verdict: Verdict, direction: Direction) -> str:
    """What changed since the verdict was given so that it cannot be carried out; "" = nothing."""
    if concept is None:
        return "the concept is gone"
    sources, targets = concept.of(direction.source), concept.of(direction.target)
    if not _spelt(sources, verdict.source, verdict.new_source):
        return f"the term is {_texts(sources)} now"
    target = _spelt(targets, verdict.target, verdict.new_target) if verdict.target else None
    if verdict.target and target is None:
        return f"the translation is {_texts(targets)} now"
    wanted = _status_after(verdict)
    decided = target or (None if verdict.new_target else _spelt(sources, verdict.source, verdict.new_source))
    if decided and wanted != verdict.status and decided.status not in (verdict.status, wanted):
        return f"{decided.text} is {decided.status} now"
    note = target.note if target else concept.note
    if verdict.note != verdict.old_note and note not in (verdict.old_note, verdict.note):
        return f"the note is {note or 'empty'} now"
    return ""


def _status_after(verdict: Verdict) -> str:
    if verdict.ruling == "no-term":
        return "rejected"
    rewords = bool(verdict.new_source or verdict.new_target)
    return verdict.ruling or ("approved" if rewords and verdict.status == "candidate" else verdict.status)


def _carried_out(concept: Concept, verdict: Verdict, direction: Direction) -> Concept:
    """The concept with all that a verdict asks for.

    Raises:
        OptionError: it cannot be decided so.
    """
    source = _spelt(concept.of(direction.source), verdict.source, verdict.new_source)
    if source is None:
        raise OptionError(f"the term is {_texts(concept.of(direction.source))} now")
    target = _spelt(concept.of(direction.target), verdict.target or verdict.new_target, verdict.new_target)
    text = target.text if target else verdict.target or verdict.new_target
    concept = _with_decision(concept, verdict, source.text, text, direction)
    concept = _with_note(concept, direction.target, text, verdict)
    if verdict.new_source:
        concept = _reworded(concept, direction.source, source.text, verdict.new_source)
    if verdict.new_target and text:
        concept = _reworded(concept, direction.target, text, verdict.new_target)
    return concept


def _with_decision(
    concept: Concept, verdict: Verdict, source: str, target: str, direction: Direction
) -> Concept:
    if verdict.ruling == "no-term":
        return _without_term(concept, target, direction)
    status = _status_after(verdict)
    if target and not verdict.target and not verdict.ruling:
        status = "approved"
    decided = _spelt(concept.of(direction.target if target else direction.source), target or source)
    if status and status != verdict.status and (decided is None or decided.status != status):
        [concept] = decide([concept], cast("Decision", status), source, target, direction=direction)
    return concept


def _without_term(concept: Concept, target: str, direction: Direction) -> Concept:
    """The concept with a translation rejected, and with its source terms too when no other is left."""
    targets = concept.of(direction.target)
    rejected = [term for term in targets if term.text == target]
    if all(term.status in ("rejected", "forbidden") for term in targets if term not in rejected):
        rejected.extend(concept.of(direction.source))
    terms = (replace(term, status="rejected") if term in rejected else term for term in concept.terms)
    return replace(concept, terms=tuple(terms))


def _with_note(concept: Concept, language: str, text: str, verdict: Verdict) -> Concept:
    """The concept with the note on that translation; on itself, where there is none."""
    if verdict.note == verdict.old_note:
        return concept
    if not text:
        return replace(concept, note=verdict.note)
    meant = {id(term) for term in concept.of(language) if term.text == text}
    terms = (replace(term, note=verdict.note) if id(term) in meant else term for term in concept.terms)
    return replace(concept, terms=tuple(terms))


def _reworded(concept: Concept, language: str, old: str, new: str) -> Concept:
    """The concept with another text for a term.

    What an extraction would find again under the old text, and no longer takes for the same term, stays as
    rejected: else it came back as a candidate beside the new text.
    """
    terms = list(concept.terms)
    of_language = concept.of(language)
    term = _spelt(of_language, old)
    if term is None or old == new:
        return concept
    namesake = _spelt(of_language, new)
    reworded = replace(namesake or term, text=new, status=term.status, note=term.note)
    comes_back = any(one.evidence for one in concept.terms)
    if comes_back and (namesake or not _is_same_term(term, reworded)):
        if not namesake:
            reworded = replace(reworded, evidence=None, gender="")
        last = max(number for number, one in enumerate(terms) if one in of_language)
        terms.insert(last + 1, replace(term, status="rejected", note=""))
    place = terms.index(term)
    terms[place] = reworded
    if namesake:
        terms.remove(namesake)
    return replace(concept, terms=tuple(terms))


def _is_same_term(term: Term, reworded: Term) -> bool:
    """Whether an extraction takes both texts for forms of one term; only for this a dictionary is read."""
    return fold(term.text) == fold(reworded.text) or key_of(term) == key_of(reworded)


def _spelt(terms: Iterable[Term], *texts: str) -> Term | None:
    """The term that is spelt exactly like one of the texts, the first text first."""
    spelt = {term.text: term for term in terms}
    return next((spelt[text] for text in texts if text in spelt), None)


def _texts(terms: Sequence[Term]) -> str:
    return ", ".join(term.text for term in terms) or "none"
