"""Entries of a glossary, as terminologists write them, from phrase pairs that were judged.

The steps of ``entries``, in the order in which they work:

1. ``_worded`` gives each pair its headwords (``headwords.py``); pairs with the same ones become one.
2. ``_owners`` gives each acronym to one full form: the one whose initials it is, else the surest.
3. ``_concept`` makes one concept of all the translations of a term, with its acronym.
4. Terms come first, names after them (``is_name``), the most prominent first (``prominence``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tm.language.lemmas import is_acronym
from tm.language.text import fold
from tm.model import Concept, Context, Evidence, Term
from tm.terminology.acronyms import ends_in, spells
from tm.terminology.headwords import ends_in_verb, has_pointer, head_gender, headword, is_cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tm.model import Pair
    from tm.terminology.gathering import Gathered, Key
    from tm.terminology.sentences import Sentence
    from tm.terminology.termhood import Judged

_FREQUENT, _SEVERAL = 0.2, 0.7
"""What a term that is seen twice as often gains in log-odds, and what one of several words does."""

_FORMS = 5
"""How many spellings of a pair are kept: the commonest, as many as a person reads."""

_SHARED = {"AN": "N", "Ap": "A", "NV": "N", "Np": "N", "Vp": "V"}
"""The class of both of two lone words whose classes differ."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pair of headwords, with the choices it was made of, the surest first."""

    headwords: tuple[str, str]
    choices: tuple[Judged, ...]

    @property
    def first(self) -> Judged:
        return self.choices[0]


def entries(
    judged: Iterable[Judged],
    acronyms: Mapping[Key, Key],
    pairs: Sequence[Pair],
    languages: tuple[str, str],
    small: tuple[Collection[str], Collection[str]] = ((), ()),
) -> list[Concept]:
    """One concept for each source term, with its translations; full forms take in their acronyms.

    Args:
        judged: phrase pairs that are likely enough, the best first.
        acronyms: key of a full form → key of the acronym that stands in brackets beside it.
        pairs: the sentence pairs.
        languages: of source and target.
        small: for each side the words that its texts have in small letters, see ``small_words``.
    """
    worded = _worded(judged, languages, small)
    groups: dict[str, list[_Entry]] = {}
    for entry in worded:
        groups.setdefault(fold(entry.headwords[0]), []).append(entry)
    owned = _owners(worded, acronyms)
    is_owned = {short for shorts in owned.values() for short in shorts}
    concepts = [
        _concept([members, *(groups[short] for short in owned.get(source, ()))], pairs, languages)
        for source, members in groups.items()
        if source not in is_owned
    ]
    return sorted(concepts, key=order)


def order(concept: Concept) -> tuple[bool, float]:
    """What concepts are ordered by: terms first, then names, each the most prominent first."""
    first = concept.terms[0]
    shown = (prominence(first, term.evidence) for term in concept.terms if term.evidence)
    return is_name(concept), -max(shown, default=0.0)


def prominence(term: Term, evidence: Evidence) -> float:
    """How far up a term stands: the surer, the more frequent, and if it has several words.

    >>> from tm.model import Evidence, Term
    >>> sure, frequent = Evidence(confidence=0.9, pair_count=1), Evidence(confidence=0.9, pair_count=4)
    >>> [round(prominence(Term("four", "fr"), evidence), 2) for evidence in (sure, frequent)]
    [2.2, 2.6]
    """
    chance = min(max(evidence.confidence, 1e-4), 1 - 1e-4)
    is_several = len(term.text.split()) > 1
    return (
        math.log(chance / (1 - chance))
        + _FREQUENT * math.log2(max(1, evidence.pair_count))
        + _SEVERAL * is_several
    )


def is_name(concept: Concept) -> bool:
    """Whether a concept is a name rather than a term.

    >>> from tm.model import Term
    >>> is_name(Concept("1", (Term("Lyon", "fr", part_of_speech="properNoun"),)))
    True
    """
    return bool(concept.terms) and concept.terms[0].part_of_speech == "properNoun"


def small_words(sentences: Iterable[Sentence], translations: Iterable[Sentence]) -> frozenset[str]:
    """The words that need no capital: those that stand in small letters more often than with a capital, and
    those that stand first in a sentence only, unless the translations have them with a capital as well.

    >>> from tm.terminology.sentences import analyse
    >>> french = analyse(["Pain et pain", "Lyon vend du pain", "Géomatique"], "fr")
    >>> sorted(small_words(french, analyse(["Lyon vende pão", "Geomática"], "pt")))
    ['du', 'et', 'géomatique', 'pain', 'vend']
    """
    small: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    first: set[str] = set()
    for sentence in sentences:
        for at, form in enumerate(_words(sentence)):
            if form.islower():
                small[form] += 1
            elif form[1:].islower() and at:
                inside[form.lower()] += 1
            elif form[1:].islower():
                first.add(form.lower())
    named = {form.lower() for sentence in translations for form in _words(sentence) if form[:1].isupper()}
    often = {form for form, count in small.items() if count > inside[form]}
    return frozenset(map(fold, often | (first - small.keys() - inside.keys() - named)))


def _words(sentence: Sentence) -> list[str]:
    return [sentence.text[start:end] for start, end in zip(sentence.starts, sentence.ends, strict=True)]


def _worded(
    judged: Iterable[Judged],
    languages: tuple[str, str],
    small: tuple[Collection[str], Collection[str]],
) -> list[_Entry]:
    """The choices under their headwords, in their order."""
    by_headwords: dict[tuple[str, str], list[Judged]] = {}
    for choice in judged:
        source, target = headwords(choice.gathered, languages, small)
        by_headwords.setdefault((source, target), []).append(choice)
    return [_Entry(headwords, tuple(choices)) for headwords, choices in by_headwords.items()]


def headwords(
    gathered: Gathered, languages: tuple[str, str], small: tuple[Collection[str], Collection[str]]
) -> tuple[str, str]:
    """The base forms of both sides; a name as it is written most.

    >>> from tm.terminology.gathering import Gathered
    >>> surfaces = {("pains blancs", "pães brancos"): 1}
    >>> bread = Gathered(("NA", "NA"), (("pain", "blanc"), ("pão", "branco")), surfaces=surfaces)
    >>> headwords(bread, ("fr", "pt"), ((), ()))
    ('pain blanc', 'pão branco')
    """
    texts = gathered.commonest
    if gathered.named:
        return texts
    shapes = _shapes(gathered.shape)
    sides = list(zip(texts, shapes, languages, small, strict=True))
    source, target = (
        headword(*side[:3], seen=side[3], is_plain=_is_plain(other))
        for side, other in zip(sides, reversed(texts), strict=True)
    )
    # Capitals of one side may turn out to be a title's when the other has lost its own.
    if not _is_plain(texts[1]) and _is_plain(target):
        source = headword(*sides[0][:3], seen=small[0], is_plain=True)
    if not _is_plain(texts[0]) and _is_plain(source):
        target = headword(*sides[1][:3], seen=small[1], is_plain=True)
    return source, target


def _is_plain(text: str) -> bool:
    return text == text.lower()


def _shapes(shape: tuple[str, str]) -> tuple[str, str]:
    """The classes of both sides; of two lone words that differ, what both may be."""
    if kind := _SHARED.get("".join(sorted(shape))):
        return kind, kind
    heads = [re.split("[LO]", classes)[0] for classes in shape]
    if sorted(heads) in (["A", "N"], ["N", "p"]) and all(len(classes) > 1 for classes in shape):
        return "A" + shape[0][1:], "A" + shape[1][1:]  # an adjective with its complement: tolerante a falhas
    return shape


def is_piece(gathered: Gathered, languages: tuple[str, str]) -> bool:
    """Whether a phrase pair is a piece of a longer one on one side, holds a word that points into the text, or is
    a clause on both sides, see ``headwords``.

    >>> from tm.terminology.gathering import Gathered
    >>> surfaces = {("pain disponibles", "pão disponíveis"): 1}
    >>> is_piece(Gathered(("NA", "NA"), (("pain",), ("pão",)), surfaces=surfaces), ("fr", "pt"))
    True
    """
    sides = list(zip(gathered.commonest, gathered.shape, languages, strict=True))
    return any(is_cut(*side) or has_pointer(*side) for side in sides) or all(
        ends_in_verb(*side) for side in sides
    )


def _owners(worded: Sequence[_Entry], acronyms: Mapping[Key, Key]) -> dict[str, list[str]]:
    """The folded source headword of each full form with those of its acronyms."""
    sources = {entry.first.key[0]: fold(entry.headwords[0]) for entry in reversed(worded)}
    sources |= {choice.key[0]: fold(entry.headwords[0]) for entry in worded for choice in entry.choices}
    ranks = {source: rank for rank, source in enumerate(dict.fromkeys(sources.values()))}
    forms: dict[str, list[str]] = {}
    for (full, _), (short, _) in acronyms.items():
        if full != short and full in sources and short in sources and not ends_in(short, full):
            forms.setdefault(sources[short], []).append(sources[full])
    owned: dict[str, list[str]] = {}
    for short, fulls in forms.items():
        owner = min(fulls, key=lambda full: (not spells(short, full), ranks[full]))
        owned.setdefault(owner, []).append(short)
    return owned


def _concept(
    members: Sequence[Sequence[_Entry]], pairs: Sequence[Pair], languages: tuple[str, str]
) -> Concept:
    """Source terms first, then their translations, best first; ``members``: of a full form, then of its
    acronyms."""
    sources, targets = [], []
    for group in members:
        kind: Literal["fullForm", ""] = "fullForm" if len(members) > 1 else ""
        sources.append(_term(group[0], 0, languages[0], kind, None))
        targets += [_term(entry, 1, languages[1], kind, _evidence(entry, pairs)) for entry in group]
    return Concept("", (*_as_the_full_form(sources), *_as_the_full_form(targets)))


def _as_the_full_form(terms: Sequence[Term]) -> list[Term]:
    """The terms of one side; an acronym has the gender of the full form if no article shows another."""
    gender = next((term.gender for term in terms if term.kind == "fullForm"), "")
    return [
        replace(term, gender=gender) if term.kind == "acronym" and not term.gender else term for term in terms
    ]


def _term(entry: _Entry, side: int, language: str, kind: str, evidence: Evidence | None) -> Term:
    """The source term (side 0) or target term (side 1) of an entry."""
    text = entry.headwords[side]
    gathered = entry.first.gathered
    return Term(
        text,
        language,
        part_of_speech=_part_of_speech(gathered),
        gender=_gender(text, gathered, side, language),
        kind="acronym" if is_acronym(text) else kind,
        evidence=evidence,
    )


def _part_of_speech(gathered: Gathered) -> str:
    classes = _shapes(gathered.shape)[0]
    if gathered.named:
        return "properNoun"
    if classes == "V":
        return "verb"
    return "adjective" if re.match("[Ap]+(?:[LO]|$)", classes) else "noun"


def _gender(text: str, gathered: Gathered, side: int, language: str) -> str:
    """What the articles show, else what the words of the headword say; a name has what articles show."""
    kind = _part_of_speech(gathered)
    if kind not in ("noun", "properNoun"):
        return ""
    shown = gathered.gender(side)
    return shown if shown or kind != "noun" else head_gender(text, gathered.shape[side], language)


def _evidence(entry: _Entry, pairs: Sequence[Pair]) -> Evidence:
    """What speaks for an entry: counts, confidence, the weighed features, the forms seen, the best places."""
    choice = entry.first
    forms: Counter[tuple[str, str]] = Counter()
    for each in entry.choices:
        forms.update(each.gathered.surfaces)
    return Evidence(
        source_count=sum({each.key[0]: each.counts[0] for each in entry.choices}.values()),
        target_count=sum({each.key[1]: each.counts[1] for each in entry.choices}.values()),
        pair_count=sum(each.gathered.count for each in entry.choices),
        confidence=choice.confidence,
        reasons=choice.reasons,
        contexts=tuple(context_of(pairs[at]) for _, at in choice.gathered.places),
        forms=commonest_forms(forms),
    )


def context_of(pair: Pair) -> Context:
    """A sentence pair as a place where a term stands.

    >>> from tm.model import Pair, Segment
    >>> context_of(Pair(Segment("Un four."), Segment("Um forno."), document="a.txt", line=3))
    Context(source='Un four.', target='Um forno.', document='a.txt', line=3)
    """
    return Context(pair.source.text, pair.target.text, pair.document, pair.line)


def commonest_forms(forms: Mapping[tuple[str, str], int]) -> tuple[tuple[str, str, int], ...]:
    """The spellings of a pair that were seen most, with their counts, as an evidence has them.

    >>> commonest_forms({("Four", "Forno"): 1, ("four", "forno"): 3})
    (('four', 'forno', 3), ('Four', 'Forno', 1))
    """
    best = sorted(forms.items(), key=lambda item: (-item[1], item[0]))[:_FORMS]
    return tuple((source, target, count) for (source, target), count in best)
