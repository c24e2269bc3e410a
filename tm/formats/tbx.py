"""TBX read: TBX-Basic and TBX-Default of 2008, ISO 30042:2019 in both styles, TBX-Min. ``_tbx.py`` writes it.

In: a file's bytes. Out: concepts.

1. ``_Events`` builds a tree of ``_Element`` for each entry.
2. ``_concept`` makes a concept of the tree: ``_terms`` reads its terms, ``_status`` their status,
   ``_contexts`` their contexts.
3. ``_with_evidence`` joins the contexts of a source term with those of its translations.

TBX says a status as ``administrativeStatus``, which every program knows. It has no value for a candidate, for
a rejected pair and for a term that is not to be translated; these stand in ``projectSubset`` beside it. The
two contexts of a pair of terms stand with their terms; both have the same source (``document:line``), which
joins them again. TBX-Basic has no place for counts and confidences.

>>> from tm.formats.authoring import Reading
>>> pieces = (
...     b'<martif xml:lang="fr"><text><body><termEntry id="c1"><langSet xml:lang="fr"><tig><term>pont</term>',
...     b'<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig></langSet>',
...     b'<langSet xml:lang="pt"><tig><term>ponte</term></tig></langSet></termEntry></body></text></martif>',
... )
>>> [concept] = read(iter(pieces), Reading("bridges.tbx"))
>>> concept.id, [(term.language, term.text, term.status) for term in concept.terms]
('c1', [('fr', 'pont', 'preferred'), ('pt', 'ponte', 'approved')])
"""

from __future__ import annotations

import functools
import logging
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47
from tm.formats import _tbx, _tbx_rules, _xml
from tm.formats._format import Format
from tm.formats._language_names import language_of_name
from tm.formats._statuses import status_of
from tm.formats._term_columns import cell_value
from tm.model import Concept, Context, Evidence, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks, Reading
    from tm.model import Status

log = logging.getLogger(__name__)

_ROOTS = ("martif", "tbx", "TBX", "mtf")
_ENTRIES = ("termEntry", "conceptEntry", "entry", "conceptGrp")
_LANGUAGES = ("langSet", "langSec", "langGroup", "languageGrp")
_TERMS = ("tig", "ntig", "termSec", "termGroup", "termGrp")
_GROUPS = ("termGrp", "termNoteGrp", "descripGrp", "adminGrp", "transacGrp")

_BASIC_2008 = re.compile(rb"""<martif\s(?:[^>]*\s)?type\s*=\s*["']TBX-Basic["']""")
_NEXT_ENTRY = re.compile(rb"<(?:termEntry|conceptEntry)[\s>]")

_CATEGORIES = {
    name: category
    for category, names in {
        "partOfSpeech": "partofspeech pos wordclass",
        "grammaticalGender": "grammaticalgender gender genus",
        "termType": "termtype",
        "subjectField": "subjectfield subject domain",
        "definition": "definition",
        "note": "note usagenote comment remark explanation",
    }.items()
    for name in names.split()
}
"""Categories by the names that programs give them, without capitals and spaces."""

_NEEDED = ("Translation needed", "translationNote")
"""Where Weblate says whether a term is to be translated."""

_SAYING_STATUS = ("administrativestatus", "termstatus", "normativeauthorization", "status", "usagestatus")
"""Categories that say the status of a term, the first that is there; programs have names of their own."""
_OURS = {"partOfSpeech": "part_of_speech", "grammaticalGender": "gender", "termType": "kind"}
_SAYING_PROGRESS = ("processstatus", "reliabilitycode")
"""Categories that say how far an entry was looked at, where nothing says its status."""
_TermsWithContexts: TypeAlias = "list[tuple[Term, list[tuple[str, str]]]]"
_RELIABILITY = {
    "1": "reliability not verified",
    "2": "minimum reliability",
    "3": "reliable",
    "4": "very reliable",
}
"""What IATE says by a number."""


# ------------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in order. A term without a status is approved: somebody put it into a termbase."""
    events = _Events(reading)
    resumption = _xml.Resumption(_NEXT_ENTRY, lambda: f"<{events.root or _ROOTS[0]}><text><body>")
    for _ in events.xml.parse(chunks, resumption):
        yield from events.finished
        events.finished.clear()


@functools.cache
def _category(name: str) -> str:
    return _CATEGORIES.get(re.sub(r"[^a-z]", "", name.lower()), name)


class _Element:
    """An element of an entry.

    Attributes:
        name: without its prefix.
        attributes: by name.
        place: its line and column.
        read: whether its text became a part of the concept.
        children: the elements in it.
        content: the texts and elements in it, in order.
        category: the data category: the type of ``<descrip type="context">``, the name of ``<basic:context>``.
    """

    __slots__ = ("attributes", "category", "children", "content", "name", "place", "read")

    def __init__(self, name: str, attributes: dict[str, str], place: tuple[int, int]) -> None:
        self.name = name
        self.attributes = attributes
        self.place = place
        self.read = False
        self.children: list[_Element] = []
        self.content: list[str | _Element] = []
        self.category = _category(attributes.get("type", name))

    @property
    def text(self) -> str:
        """All text inside; a run of white space becomes one space."""
        return " ".join(self._raw().split())

    def _raw(self) -> str:
        return "".join(part if isinstance(part, str) else part._raw() for part in self.content)

    def first(self, category: str) -> str:
        """The text of the first child of that category, also in a group; "" when there is none."""
        child = next((child for child in self.flat() if child.category == category), None)
        if child is None:
            return ""
        child.read = True
        return child.text

    def flat(self) -> Iterator[_Element]:
        """The children; a group gives its own children in its place."""
        for child in self.children:
            yield from child.flat() if child.name in _GROUPS else (child,)

    def descendants(self) -> Iterator[_Element]:
        """All elements inside."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def unread(self) -> Iterator[_Element]:
        """The elements whose text became no part of the concept."""
        for child in self.flat():
            if child.name in _LANGUAGES or child.name in _TERMS:
                yield from child.unread()
            elif not child.read:
                yield child


class _Events:
    """Turns expat's events into a tree for each entry, and the tree into a concept."""

    def __init__(self, reading: Reading) -> None:
        self.finished: list[Concept] = []
        self.root = ""
        self._reading = reading
        self._language = ""
        self._ids = 0
        self.xml = _xml.XmlFile(reading, self._connect)

    def _connect(self, parser: expat.XMLParserType) -> None:
        self._depth = 0
        self._open: list[_Element] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _xml.MAX_DEPTH:
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        if self._depth == 1:
            if local not in _ROOTS:
                raise self.xml.error(
                    f"the top element is <{name}>; a TBX file has <martif> or <tbx>, MultiTerm <mtf>"
                )
            self.root = name
            self._language = self._language or dict(_xml.pairs(attributes)).get("xml:lang", "")
        elif local == "languages":  # TBX-Min names the languages in its header
            self._language = dict(_xml.pairs(attributes)).get("source", self._language)
        elif self._open or local in _ENTRIES:
            element = _Element(local, dict(_xml.pairs(attributes)), self.xml.place)
            if self._open:
                self._open[-1].children.append(element)
                self._open[-1].content.append(element)
            self._open.append(element)

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].content.append(text)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        entry = self._open.pop()
        if not self._open:
            self._ids += 1
            self.xml.units += 1
            try:
                self.finished.append(_concept(entry, self._reading, self._language, self._ids))
                self._reading.account.unread.update(element.category for element in entry.unread())
            except _EntryError as fault:
                self._reading.fault(fault.what, *fault.place)


class _EntryError(Exception):
    """An entry from which no concept can be made."""

    def __init__(self, what: str, element: _Element) -> None:
        super().__init__(what)
        self.what = what
        self.place = element.place


def _concept(entry: _Element, reading: Reading, language: str, number: int) -> Concept:
    sections = [child for child in entry.children if child.name in _LANGUAGES]
    terms = [(term, _contexts(element)) for section in sections for term, element in _terms(section, reading)]
    if not terms:
        raise _EntryError(f"<{entry.name}> has no term", entry)
    source = (
        bcp47.choose(reading.source or language, [term.language for term, _ in terms]) or terms[0][0].language
    )
    return Concept(
        entry.attributes.get("id") or entry.first("concept") or str(number),
        _with_evidence(_fixed(terms, source) if _needs_no_translation(entry) else terms, source),
        definition=next(filter(None, (element.first("definition") for element in (entry, *sections))), ""),
        subject=entry.first("subjectField"),
        note=entry.first("note"),
    )


def _needs_no_translation(entry: _Element) -> bool:
    """Whether Weblate says so, anywhere in the entry."""
    answers = [child for child in entry.descendants() if child.category in _NEEDED]
    for answer in answers:
        answer.read = True
    return any(answer.text.lower() == "no" for answer in answers)


def _fixed(terms: _TermsWithContexts, source: str) -> _TermsWithContexts:
    """The terms; accepted ones in other languages than the source are not to be translated."""
    return [
        (replace(term, status="do-not-translate"), contexts)
        if term.language != source and term.status in ("approved", "preferred")
        else (term, contexts)
        for term, contexts in terms
    ]


def _terms(section: _Element, reading: Reading) -> Iterator[tuple[Term, _Element]]:
    language = section.attributes.get("xml:lang") or _language_of_multiterm(section)
    if not language:
        raise _EntryError(f"<{section.name}> has no xml:lang; TBX requires one", section)
    for element in section.children:
        if element.name not in _TERMS:
            continue
        text = element.first("term")
        if not text and any(child.category == "term" for child in element.flat()):
            log.warning("%s:%d: a term is empty; left out", reading.path, element.place[0])
            continue
        if not text:
            raise _EntryError(f"<{element.name}> has no <term>; TBX requires one", element)
        yield (
            Term(
                text,
                bcp47.canonical(language),
                _status(element, reading),
                _known(element, "partOfSpeech", _tbx.PARTS_OF_SPEECH, reading),
                _known(element, "grammaticalGender", _tbx.GENDERS, reading),
                _known(element, "termType", _tbx.KINDS, reading),
                element.first("note"),
            ),
            element,
        )


def _language_of_multiterm(section: _Element) -> str:
    """The language of ``<language type="French" lang="FR"/>`` in a section."""
    for child in section.children:
        if child.name == "language":
            child.read = True
            return child.attributes.get("lang") or language_of_name(child.attributes.get("type", ""))
    return ""


def _status(element: _Element, reading: Reading) -> Status:
    """What somebody decided on a term; "approved" where nothing is said. What is said in words that are not known
    is a candidate's, and named.
    """
    own_subset = element.first("projectSubset")
    for status, saying in _tbx.STATUSES.items():
        if own_subset and saying.subset == own_subset:
            return status
    reported = {child.category.lower(): child for child in element.flat() if child.text}
    for category in (*_SAYING_STATUS, *_SAYING_PROGRESS):
        if child := reported.get(category):
            for said in (category, *_SAYING_PROGRESS):  # a status says more than how far one has looked
                if said in reported:
                    reported[said].read = True
            status_said = status_of(_RELIABILITY.get(child.text, child.text))
            if not status_said:
                log.warning(
                    "%s:%d: %s %r is not known; the term is a candidate",
                    reading.path,
                    child.place[0],
                    child.category,
                    child.text[:40],
                )
            return status_said or "candidate"
    return "approved"


def _known(element: _Element, category: str, values: tuple[str, ...], reading: Reading) -> str:
    value = element.first(category)
    known = {name.lower(): name for name in values}
    meant = cell_value(_OURS[category], value)
    if meant.lower() in known:
        return known[meant.lower()]
    if value and value not in ("other", "entryTerm", "synonym"):
        log.warning(
            "%s:%d: %s %r is not one of %s; left out",
            reading.path,
            element.place[0],
            category,
            value[:40],
            ", ".join(values),
        )
    return ""


def _contexts(element: _Element) -> list[tuple[str, str]]:
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


def _with_evidence(terms_with_contexts: _TermsWithContexts, source: str) -> tuple[Term, ...]:
    """The terms; those of the target languages with their contexts.

    A context in the source language joins the next one of the same place in another language. Contexts that
    remain go to the first term in another language.

    >>> source, target = Term("pont", "fr"), Term("ponte", "pt")
    >>> terms = [(source, [("Le pont.", "a.txt:3")]), (target, [("A ponte.", "a.txt:3")])]
    >>> [term.evidence and term.evidence.contexts for term in _with_evidence(terms, "fr")]
    [None, (Context(source='Le pont.', target='A ponte.', document='a.txt', line=3),)]
    """
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
        replace(term, evidence=Evidence(contexts=tuple(contexts))) if contexts else term
        for (term, _), contexts in zip(terms_with_contexts, joined, strict=True)
    )


def _context(waiting: dict[str, list[str]], text: str, origin: str) -> Context:
    partners = waiting.get(origin)
    document, _, line = origin.rpartition(":")
    if not line.isdecimal():
        document, line = origin, "0"
    return Context(partners.pop(0) if partners else "", text, document, int(line))


def is_basic_2008(start: bytes) -> bool:
    """Whether a file that begins with these bytes is TBX-Basic of 2008.

    >>> is_basic_2008(b'<martif xml:lang="fr" type="TBX-Basic">'), is_basic_2008(b'<martif type="TBX">')
    (True, False)
    """
    return bool(_BASIC_2008.search(start))


TBX = Format(
    "tbx",
    (".tbx",),
    "Termbase exchange, TBX-Basic 2008 (2019 is read too)",
    read_concepts=read,
    write_concepts=partial(_tbx.write, dialect=_tbx.BASIC_2008),
    faults=_tbx_rules.faults,
    is_kept=is_basic_2008,
    holds_of_terms=_tbx.HOLDS,
)
TBX3 = Format(
    "tbx3",
    (),
    "Termbase exchange, TBX-Basic of ISO 30042:2019",
    write_concepts=partial(_tbx.write, dialect=_tbx.BASIC_2019),
    holds_of_terms=_tbx.HOLDS,
)
