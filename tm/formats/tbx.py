"""TBX read: TBX-Basic and TBX-Default of 2008, ISO 30042:2019 in both styles, TBX-Min. ``_tbx.py`` writes it.

In: a file's bytes. Out: concepts.

1. ``_Events`` builds a tree of ``Element`` (``_tbx_elements``) for each entry.
2. ``_concept`` makes a concept of the tree: ``_terms`` reads its terms, ``status_in`` their status,
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
import itertools
import logging
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47
from tm.formats import _bytes, _tbx, _tbx_plain, _tbx_rules, _xml
from tm.formats._format import Format, Reading
from tm.formats._language_names import language_of_name
from tm.formats._statuses import status_of
from tm.formats._tbx_categories import kept_of
from tm.formats._tbx_elements import ENTRIES, LANGUAGES, ROOTS, TERMS, Element
from tm.formats._tbx_status import status_above, status_in
from tm.formats._term_columns import cell_value
from tm.model import Concept, Context, Evidence, Term

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers import expat

    from tm.formats._format import Chunks
    from tm.model import DataCategory, Status

log = logging.getLogger(__name__)

_OURS = {"partOfSpeech": "part_of_speech", "grammaticalGender": "gender", "termType": "kind"}
_TermsWithContexts: TypeAlias = "list[tuple[Term, list[tuple[str, str]]]]"

_BASIC_2008 = re.compile(rb"""<martif\s(?:[^>]*\s)?type\s*=\s*["']TBX-Basic["']""")
_START = 1 << 16
"""The bytes in which the first entry is looked for, to know its name."""
_SUBSETS = ("projectSubset", "customerSubset")
_NEXT_ENTRY = re.compile(rb"<(?:termEntry|conceptEntry|conceptGrp)[\s>]")

_NEEDED = ("Translation needed", "translationNote")
"""Where Weblate says whether a term is to be translated."""


# ------------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in order. A term without a status is approved: somebody put it into a termbase."""
    events = _Events(reading)
    resumption = _xml.Resumption(_NEXT_ENTRY, lambda: f"<{events.root or ROOTS[0]}><text><body>")
    start, rest = _bytes.at_least(_START, chunks)
    end_tag = b"</conceptEntry>" if b"<conceptEntry" in start else b"</termEntry>"
    shortcut = _xml.Shortcut(end_tag, events.take_plain)
    for _ in events.xml.parse(itertools.chain([start], rest), resumption, shortcut):
        yield from events.finished
        events.finished.clear()


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
        self._needs = False
        self._open: list[Element] = []
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > _xml.MAX_DEPTH:
            raise self.xml.error(f"elements nested more than {_xml.MAX_DEPTH} deep")
        if self._depth == 1:
            if local not in ROOTS:
                raise self.xml.error(
                    f"the top element is <{name}>; a TBX file has <martif> or <tbx>, MultiTerm <mtf>"
                )
            self.root = name
            self._language = self._language or dict(_xml.pairs(attributes)).get("xml:lang", "")
        elif local == "languages":  # TBX-Min names the languages in its header
            self._language = dict(_xml.pairs(attributes)).get("source", self._language)
        elif self._open or local in ENTRIES:
            element = Element(
                local, dict(zip(attributes[::2], attributes[1::2], strict=True)), self.xml.place
            )
            self._needs |= element.category in _NEEDED
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
            self.xml.unit_ended()
            try:
                is_fixed = self._needs and _needs_no_translation(entry)
                self.finished.append(
                    _concept(entry, self._reading, self._language, self._ids, is_fixed=is_fixed)
                )
                if unread := entry.unread():
                    self._reading.account.unread.update(element.category for element in unread)
            except _EntryError as fault:
                self._reading.fault(fault.what, *fault.place)
            self._needs = False

    def take_plain(self, piece: bytes, start: int, line: int) -> tuple[int, int]:
        """Read the plain entries at this offset, which is in this line; give the offset behind them, and its line."""
        end = _tbx_plain.take(piece, start, self._add_plain)
        return end, line + piece.count(b"\n", start, end)

    def _add_plain(self, id_: str, terms: list[_tbx_plain.PlainTerm], about: dict[str, str]) -> bool:
        """Make a concept of a plain entry; False where a line of it may have to be named."""
        made: _TermsWithContexts = []
        for language, text, leaves, note, contexts in terms:
            meaning = _meaning(leaves)
            if meaning is None:
                return False
            status, part_of_speech, gender, kind, kept = meaning
            made.append(
                (Term(text, language, status, part_of_speech, gender, kind, note, None, kept), contexts)
            )
        self._ids += 1
        self.xml.units += 1
        language = self._reading.source or self._language
        source = bcp47.choose(language, [term.language for term, _ in made]) or made[0][0].language
        get = about.get
        said = get("definition", ""), get("subjectField", ""), get("note", "")
        self.finished.append(Concept(id_ or str(self._ids), _with_evidence(made, source), *said))
        return True


class _EntryError(Exception):
    """An entry from which no concept can be made."""

    def __init__(self, what: str, element: Element) -> None:
        super().__init__(what)
        self.what = what
        self.place = element.place


def _concept(entry: Element, reading: Reading, language: str, number: int, *, is_fixed: bool) -> Concept:
    sections = [child for child in entry.children if child.name in LANGUAGES]
    terms: _TermsWithContexts = []
    for section in sections:
        terms += _terms(section, reading, status_above((section, entry), reading))
    if not terms:
        raise _EntryError(f"<{entry.name}> has no term", entry)
    source = (
        bcp47.choose(reading.source or language, [term.language for term, _ in terms]) or terms[0][0].language
    )
    about = (
        entry.attributes.get("id") or entry.first("concept") or str(number),
        _with_evidence(_fixed(terms, source) if is_fixed else terms, source),
        next(filter(None, [element.first("definition") for element in (entry, *sections)]), ""),
        entry.first("subjectField"),
        entry.first("note"),
    )
    of_sections = [kept_of(section, _language_of(section)) for section in sections]
    return Concept(*about, (*kept_of(entry), *itertools.chain.from_iterable(of_sections)))


def _needs_no_translation(entry: Element) -> bool:
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


def _terms(
    section: Element, reading: Reading, above: Status | None
) -> Iterator[tuple[Term, list[tuple[str, str]]]]:
    language = _language_of(section)
    if not language:
        raise _EntryError(f"<{section.name}> has no xml:lang; TBX requires one", section)
    for element in section.children:
        if element.name not in TERMS:
            continue
        text = element.first("term")
        if not text and any(child.category == "term" for child in element.flat()):
            log.warning("%s:%d: a term is empty; left out", reading.path, element.place[0])
            continue
        if not text:
            raise _EntryError(f"<{element.name}> has no <term>; TBX requires one", element)
        status = status_in(element, reading, above)
        part_of_speech = _known(element, "partOfSpeech", _tbx.PARTS_OF_SPEECH, reading)
        gender = _known(element, "grammaticalGender", _tbx.GENDERS, reading)
        kind = _known(element, "termType", _tbx.KINDS, reading)
        note, contexts = element.first("note"), _contexts(element)
        kept = kept_of(element)
        yield Term(text, language, status, part_of_speech, gender, kind, note, None, kept), contexts


_USUAL = {
    "partOfSpeech": frozenset(_tbx.PARTS_OF_SPEECH),
    "grammaticalGender": frozenset(_tbx.GENDERS),
    "termType": frozenset(_tbx.KINDS),
}
"""Words that mean what they say."""


@functools.lru_cache(maxsize=1 << 12)  # the same few combinations stand in most entries
def _meaning(
    leaves: _tbx_plain.Leaves,
) -> tuple[Status, str, str, str, tuple[DataCategory, ...]] | None:
    """What the categories of a term mean together, as its fields; None where one of them would be named.

    >>> _meaning((("termNote", "partOfSpeech", "noun"), ("termNote", "administrativeStatus", "obsolete")))[:2]
    ('forbidden', 'noun')
    >>> _meaning((("termNote", "partOfSpeech", "Noun phrase"),)) is None
    True
    """
    element = Element("tig", {}, (0, 0))
    for name, type_, text in leaves:
        child = Element(name, {"type": type_}, (0, 0))
        child.content.append(text)
        element.children.append(child)
        is_status = child.category == "administrativeStatus" and bool(status_of(text))
        if not (is_status or text in _USUAL.get(child.category, ()) or child.category in _SUBSETS):
            return None
    status = status_in(element, Reading(""))
    part_of_speech, gender, kind = [element.first(category) for category in _USUAL]
    return status, part_of_speech, gender, kind, kept_of(element)


def _language_of(section: Element) -> str:
    """The language of a section; of MultiTerm, that of ``<language type="French" lang="FR"/>`` in it."""
    said = section.attributes.get("xml:lang") or section.attributes.get("lang", "")
    for child in section.children:
        if not said and child.name == "language":
            child.read = True
            said = child.attributes.get("lang") or language_of_name(child.attributes.get("type", ""))
    return bcp47.canonical(said) if said else ""


def _known(element: Element, category: str, values: tuple[str, ...], reading: Reading) -> str:
    value = element.first(category)
    if not value or value in values:
        return value
    known = {name.lower(): name for name in values}
    meant = cell_value(_OURS[category], value)
    if meant.lower() in known:
        return known[meant.lower()]
    next(child for child in element.flat() if child.category == category).read = False
    if value not in ("other", "entryTerm", "synonym"):
        log.warning(
            "%s:%d: %s %r is not one of %s; kept as it came",
            reading.path,
            element.place[0],
            category,
            value[:40],
            ", ".join(values),
        )
    return ""


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


def _with_evidence(terms_with_contexts: _TermsWithContexts, source: str) -> tuple[Term, ...]:
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
    holds_of_terms=_tbx.HOLDS_OF_STANDARD,
)
TBX3 = Format(
    "tbx3",
    (),
    "Termbase exchange, TBX-Basic of ISO 30042:2019",
    write_concepts=partial(_tbx.write, dialect=_tbx.BASIC_2019),
    holds_of_terms=_tbx.HOLDS_OF_STANDARD,
)
