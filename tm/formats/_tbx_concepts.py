"""What an entry of a termbase says, as a concept with its terms. ``tbx.py`` reads the entries.

In: the tree of an entry (``_tbx_elements``). Out: a concept.

1. ``parts_of`` takes the entry apart: ``_terms`` reads its terms, ``status_in`` their status, ``_contexts`` their
   contexts, ``kept_of`` what else is said.
2. ``concept_of`` makes the concept, once the source language is known: ``_with_evidence`` joins the contexts of a
   source term with those of its translations.

>>> from tm.formats._format import Reading
>>> entry, section, tig, term = (Element(name, {}, (1, 1)) for name in ("termEntry", "langSet", "tig", "term"))
>>> section.attributes["xml:lang"] = "fr"
>>> term.content.append("pont")
>>> for above, below in ((entry, section), (section, tig), (tig, term)):
...     above.children.append(below)
>>> concept = concept_of(parts_of(entry, Reading("a.tbx")), "fr", 7)
>>> concept.id, [(term.text, term.status) for term in concept.terms]
('7', [('pont', 'approved')])
"""

from __future__ import annotations

import itertools
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tm import bcp47
from tm.formats import _tbx, _values
from tm.formats._language_names import language_of_name
from tm.formats._tbx_categories import kept_of
from tm.formats._tbx_elements import LANGUAGES, TERMS, Element
from tm.formats._tbx_status import status_above, status_in
from tm.formats._term_columns import cell_value
from tm.model import Concept, Context, Evidence, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats._format import Reading
    from tm.model import DataCategory, Status

log = logging.getLogger(__name__)

_OURS = {"partOfSpeech": "part_of_speech", "grammaticalGender": "gender", "termType": "kind"}
GRAMMAR = {
    "partOfSpeech": _tbx.PARTS_OF_SPEECH,
    "grammaticalGender": _tbx.GENDERS,
    "termType": _tbx.KINDS,
}
"""The categories that say of a term what it is, with the values that we know."""
UNNAMED = ("other", "entryTerm", "synonym")
"""Values of TBX that we have no place for; each is kept, and none is named."""
TermsWithContexts: TypeAlias = "list[tuple[Term, list[tuple[str, str]]]]"

NEEDED = ("Translation needed", "translationNote")
"""Where Weblate says whether a term is to be translated."""


class EntryError(Exception):
    """An entry from which no concept can be made."""

    def __init__(self, what: str, element: Element) -> None:
        super().__init__(what)
        self.what = what
        self.place = element.place


class Parts(NamedTuple):
    """What an entry says, before it is known which of its languages is the source.

    Attributes:
        id: "" where the entry has none.
        terms: with the contexts of each.
        definition: of the entry, else of its first language that has one.
        subject: its field.
        note: of the entry.
        categories: what else it says, of itself and of its languages.
    """

    id: str
    terms: TermsWithContexts
    definition: str
    subject: str
    note: str
    categories: tuple[DataCategory, ...]


def parts_of(entry: Element, reading: Reading) -> Parts:
    """What an entry says; marks as read what it takes.

    Raises:
        EntryError: there is no term in it, or one without a language.
    """
    sections = [child for child in entry.children if child.name in LANGUAGES]
    terms: TermsWithContexts = []
    for section in sections:
        terms += _terms(section, reading, status_above((section, entry), reading))
    if not terms:
        raise EntryError(f"<{entry.name}> has no term", entry)
    about = (
        entry.attributes.get("id") or entry.first("concept"),
        terms,
        next(filter(None, [element.first("definition") for element in (entry, *sections)]), ""),
        entry.first("subjectField"),
        entry.first("note"),
    )
    of_sections = [kept_of(section, _language_of(section)) for section in sections]
    return Parts(*about, (*kept_of(entry), *itertools.chain.from_iterable(of_sections)))


def concept_of(parts: Parts, language: str, number: int, *, is_fixed: bool = False) -> Concept:
    """The concept of an entry.

    Args:
        parts: what the entry says.
        language: the source language of the file.
        number: the concept's id where the entry has none.
        is_fixed: whether its terms are not to be translated.
    """
    id_, terms, definition, subject, note, categories = parts
    source = bcp47.choose(language, [term.language for term, _ in terms]) or terms[0][0].language
    joined = _with_evidence(_fixed(terms, source) if is_fixed else terms, source)
    return _values.concept(id_ or str(number), joined, definition, subject, note, categories)


def needs_no_translation(entry: Element) -> bool:
    """Whether Weblate says so, anywhere in the entry."""
    answers = [child for child in entry.descendants() if child.category in NEEDED]
    for answer in answers:
        answer.read = True
    return any(answer.text.lower() == "no" for answer in answers)


def _fixed(terms: TermsWithContexts, source: str) -> TermsWithContexts:
    """The terms; accepted ones in other languages than the source are not to be translated."""
    return [
        (replace(term, status="do-not-translate"), contexts)
        if term.language != source and term.status in ("approved", "preferred")
        else (term, contexts)
        for term, contexts in terms
    ]


def _terms(
    section: Element, reading: Reading, above: Status | None
) -> Iterator[tuple[Term, list[tuple[str, str]]]]:
    language = _language_of(section)
    if not language:
        raise EntryError(f"<{section.name}> has no xml:lang; TBX requires one", section)
    for element in section.children:
        if element.name not in TERMS:
            continue
        text = element.first("term")
        if not text and any(child.category == "term" for child in element.flat()):
            log.warning("%s:%d: a term is empty; left out", reading.path, element.place[0])
            continue
        if not text:
            raise EntryError(f"<{element.name}> has no <term>; TBX requires one", element)
        status = status_in(element, reading, above)
        part_of_speech = _known(element, "partOfSpeech", reading)
        gender = _known(element, "grammaticalGender", reading)
        kind = _known(element, "termType", reading)
        note, contexts = element.first("note"), _contexts(element)
        kept = kept_of(element)
        yield Term(text, language, status, part_of_speech, gender, kind, note, None, kept), contexts


def _language_of(section: Element) -> str:
    """The language of a section; of MultiTerm, that of ``<language type="French" lang="FR"/>`` in it."""
    said = section.attributes.get("xml:lang") or section.attributes.get("lang", "")
    for child in section.children:
        if not said and child.name == "language":
            child.read = True
            said = child.attributes.get("lang") or language_of_name(child.attributes.get("type", ""))
    return bcp47.canonical(said) if said else ""


def _known(element: Element, category: str, reading: Reading) -> str:
    """What a term says of its grammar, as a value of TBX; one that TBX does not have is kept as it came."""
    value = element.first(category)
    if not value or (known := grammar_of(category, value)):
        return value and known
    next(child for child in element.flat() if child.category == category).read = False
    if value not in UNNAMED:
        log.warning(
            "%s:%d: %s %r is not one of %s; kept as it came",
            reading.path,
            element.place[0],
            category,
            value[:40],
            ", ".join(GRAMMAR[category]),
        )
    return ""


def grammar_of(category: str, value: str) -> str:
    """The value of TBX that is meant; "" for none.

    >>> grammar_of("partOfSpeech", "Noun"), grammar_of("partOfSpeech", "noun phrase")
    ('noun', '')
    """
    values = GRAMMAR[category]
    if value in values:
        return value
    meant = cell_value(_OURS[category], value).lower()
    return next((name for name in values if name.lower() == meant), "")


def _contexts(element: Element) -> list[tuple[str, str]]:
    """The contexts of a term, each with the place that it names as its source."""
    alone = [(child.text, "") for child in element.children if child.category == "context"]
    for child in element.children:
        child.read |= child.category == "context"
    grouped = [
        (group.first("context"), group.first("source"))
        for group in element.children
        if group.name == "descripGrp" and group.first("context")
    ]
    return alone + grouped


def _with_evidence(terms_with_contexts: TermsWithContexts, source: str) -> tuple[Term, ...]:
    """The terms; those of the target languages with their contexts.

    A context in the source language joins the next one of the same place in another language. Contexts that
    remain go to the first term in another language.

    >>> source, target = Term("pont", "fr"), Term("ponte", "pt")
    >>> terms = [(source, [("Le pont.", "a.txt:3")]), (target, [("A ponte.", "a.txt:3")])]
    >>> [term.evidence and term.evidence.contexts for term in _with_evidence(terms, "fr")]
    [None, (Context(source='Le pont.', target='A ponte.', document='a.txt', line=3),)]
    """
    if not any(contexts for _, contexts in terms_with_contexts):
        return tuple([term for term, _ in terms_with_contexts])
    waiting: dict[str, list[str]] = {}
    for term, contexts in terms_with_contexts:
        if term.language == source:
            for text, origin in contexts:
                waiting.setdefault(origin, []).append(text)
    joined = [
        [] if term.language == source else [_context(waiting, text, origin) for text, origin in contexts]
        for term, contexts in terms_with_contexts
    ]
    first = next(
        (number for number, (term, _) in enumerate(terms_with_contexts) if term.language != source), None
    )
    if first is not None:
        joined[first] += [
            _context({origin: [text]}, "", origin) for origin, texts in waiting.items() for text in texts
        ]
    return tuple(
        _with_contexts(term, tuple(contexts)) if contexts else term
        for (term, _), contexts in zip(terms_with_contexts, joined, strict=True)
    )


def _with_contexts(term: Term, contexts: tuple[Context, ...]) -> Term:
    grammar = term.status, term.part_of_speech, term.gender, term.kind
    evidence = Evidence(contexts=contexts)
    return _values.term(term.text, term.language, *grammar, term.note, evidence, term.categories)


def _context(waiting: dict[str, list[str]], text: str, origin: str) -> Context:
    partners = waiting.get(origin)
    document, _, line = origin.rpartition(":")
    if not line.isdecimal():
        document, line = origin, "0"
    return Context(partners.pop(0) if partners else "", text, document, int(line))
