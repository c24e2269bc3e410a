"""TBX written: TBX-Basic of 2008 and of 2019, which name their elements differently. ``tbx.py`` reads both.

In: concepts. Out: the bytes of a TBX file. ``write`` writes the head, the concepts and the foot;
``_Writer.entry`` writes a concept with a section for each language, ``_term`` a term with its categories.

>>> from io import BytesIO
>>> from tm.formats.authoring import Writing
>>> from tm.model import Concept, Term
>>> tbx, concept = BytesIO(), Concept("1", (Term("pont", "fr", "preferred"), Term("ponte", "pt")))
>>> write(tbx, [concept], Writing("bridges.tbx"), dialect=BASIC_2008)
1
>>> [line for line in tbx.getvalue().decode().splitlines() if "<term>" in line or "<termEntry" in line]
['<termEntry id="c1">', '<term>pont</term>', '<term>ponte</term>']
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm import bcp47
from tm.errors import FormatError
from tm.formats import _escaping
from tm.formats._offer import name_fixed, offered, paired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from tm.formats._format import TermFeature, Writing
    from tm.model import Concept, Context, DataCategory, Status, Term

HOLDS: frozenset[TermFeature] = frozenset(
    ("statuses", "contexts", "definitions", "languages", "notes", "grammar", "synonyms", "identifiers")
)
HOLDS_OF_STANDARD: frozenset[TermFeature] = HOLDS | {"categories"}
"""What a file keeps that is in no program's own dialect."""

PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "properNoun")
GENDERS = ("masculine", "feminine", "neuter", "other")
KINDS = ("fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase")


@dataclass(frozen=True, slots=True)
class Saying:
    """How a status is written.

    Attributes:
        word: the value of a category.
        category: which one, a ``termNote``.
        subset: our ``projectSubset`` beside it, where TBX has no value for the status.
        reliability: IATE's code.
    """

    word: str = ""
    category: str = "administrativeStatus"
    subset: str = ""
    reliability: str = ""


STATUSES: dict[Status, Saying] = {
    "preferred": Saying("preferredTerm-admn-sts"),
    "approved": Saying("admittedTerm-admn-sts"),
    "forbidden": Saying("deprecatedTerm-admn-sts"),
    "candidate": Saying(subset="candidate"),
    "rejected": Saying("deprecatedTerm-admn-sts", subset="rejected"),
    "do-not-translate": Saying("preferredTerm-admn-sts", subset="do-not-translate"),
}
"""How each status is written in TBX-Basic."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """A version of TBX-Basic.

    Attributes:
        head: what stands before the header's ``fileDesc``, with a place for the language.
        middle: what stands between ``fileDesc`` and the first concept.
        foot: what stands after the last concept.
        entry: the element of a concept.
        section: the element of a language.
        term: the element of a term.
        parts_of_speech: the values that the dialect has beside "other".
        statuses: how each status is written.
        program: whose dialect it is; it does not get terms of a status that is not among these. "" = it is a
            standard's, which has all.
        is_paired: whether a concept becomes an entry for each source term with each translation, for programs
            that read the first term of a language alone.

    >>> BASIC_2008.entry, BASIC_2019.entry
    ('termEntry', 'conceptEntry')
    """

    head: str
    middle: str
    foot: str
    entry: str
    section: str
    term: str
    parts_of_speech: tuple[str, ...]
    statuses: Mapping[Status, Saying] = field(default_factory=lambda: STATUSES)
    program: str = ""
    is_paired: bool = False


BASIC_2008 = Dialect(
    head='<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n'
    '<martif type="TBX-Basic" xml:lang="{language}">\n<martifHeader>\n',
    middle='<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>\n</martifHeader>\n<text>\n<body>\n',
    foot="</body>\n</text>\n</martif>\n",
    entry="termEntry",
    section="langSet",
    term="tig",
    parts_of_speech=PARTS_OF_SPEECH,
)
BASIC_2019 = Dialect(
    head='<tbx type="TBX-Basic" style="dca" xml:lang="{language}" xmlns="urn:iso:std:iso:30042:ed-2">\n<tbxHeader>\n',
    middle="</tbxHeader>\n<text>\n<body>\n",
    foot="</body>\n</text>\n</tbx>\n",
    entry="conceptEntry",
    section="langSec",
    term="termSec",
    parts_of_speech=("noun", "verb", "adjective", "adverb"),
)
_FILE = """<fileDesc>
<titleStmt><title>{title}</title></titleStmt>
<sourceDesc><p>Written by Ponte.</p></sourceDesc>
</fileDesc>
"""
_ID = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)


def write(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing, *, dialect: Dialect) -> int:
    """Write a glossary in UTF-8; return the number of concepts.

    A concept's id that XML does not allow gets a ``c`` before it.

    Raises:
        FormatError: there is no concept; TBX allows no empty glossary.
    """
    glossary = [concept for concept in concepts if concept.terms]
    if dialect.program:
        glossary = offered(glossary, dialect.statuses, dialect.program, writing.path)
        name_fixed(glossary, dialect.statuses, writing.path)
    count = len(glossary)
    if dialect.is_paired:
        glossary = list(paired(glossary))
    if not glossary:
        raise FormatError("not written: no concept with a term; TBX wants one at least", path=writing.path)
    source = writing.source or glossary[0].terms[0].language
    title = "Glossary " + " – ".join(filter(None, (writing.source, writing.target)))
    writer = _Writer(source, dialect)
    head = (dialect.head + _FILE).format(
        language=_escaping.language_tag(source), title=writer.escaper.text(title.strip())
    )
    stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{dialect.middle}'.encode())
    stream.writelines(writer.entry(concept).encode() for concept in glossary)
    stream.write(dialect.foot.encode())
    writer.escaper.report(writing.path)
    return count


class _Writer:
    """Writes concepts; it keeps the ids apart."""

    def __init__(self, source: str, dialect: Dialect) -> None:
        self.escaper = _escaping.Escaper()
        self._dialect = dialect
        self._source = source
        self._ids: set[str] = set()

    def entry(self, concept: Concept) -> str:
        """A concept: what it says as a whole, then a section for each language."""
        source = (
            bcp47.choose(self._source, [term.language for term in concept.terms]) or concept.terms[0].language
        )
        sections = by_language(concept)
        translations = [term for language, terms in sections.items() if language != source for term in terms]
        contexts = [context for term in translations for context in _contexts_of(term) if context.source]
        entry, section = self._dialect.entry, self._dialect.section
        lines = [f'<{entry} id="{self._id(concept.id)}">']
        lines += self._element("descrip", "subjectField", concept.subject)
        if not _is_among(concept.definition, concept.categories):
            lines += self._element("descrip", "definition", concept.definition)
        lines += self._element("note", "", concept.note)
        lines += self._kept(concept.categories, "")
        for language, terms in sections.items():
            lines.append(f'<{section} xml:lang="{_escaping.language_tag(language)}">')
            lines += self._kept(concept.categories, language)
            for number, term in enumerate(terms):
                contexts_of_side = (
                    [(context.target, context) for context in _contexts_of(term)]
                    if language != source
                    else []
                )
                if language == source and number == 0:
                    contexts_of_side = [(context.source, context) for context in contexts]
                lines += self._term(term, [(text, context) for text, context in contexts_of_side if text])
            lines.append(f"</{section}>")
        return "\n".join([*lines, f"</{entry}>\n"])

    def _id(self, id_: str) -> str:
        """An id that XML allows and no concept before has."""
        name = id_ if _ID.fullmatch(id_) else re.sub(r"[^\w.-]", "_", f"c{id_}", flags=re.ASCII)
        free = next(
            candidate
            for candidate in itertools.chain([name], (f"{name}-{n}" for n in itertools.count(2)))
            if candidate not in self._ids
        )
        self._ids.add(free)
        return free

    def _term(self, term: Term, contexts: list[tuple[str, Context]]) -> Iterator[str]:
        """The parts of a term in the order of the standard; values that it does not have are left out."""
        saying = self._dialect.statuses.get(term.status) or STATUSES[term.status]
        yield f"<{self._dialect.term}>"
        yield f"<term>{self.escaper.text(term.text)}</term>"
        yield from self._element("termNote", "partOfSpeech", self._part_of_speech(term))
        yield from self._element(
            "termNote", "grammaticalGender", term.gender if term.gender in GENDERS else ""
        )
        yield from self._element("termNote", "termType", term.kind if term.kind in KINDS else "")
        yield from self._element("termNote", saying.category, saying.word)
        yield from self._kept([each for each in term.categories if each.name == "termNote"], "")
        yield from self._element("descrip", "reliabilityCode", saying.reliability)
        for text, context in contexts:
            origin = f"{context.document}:{context.line}" if context.line else context.document
            descrip = "".join(self._element("descrip", "context", text))
            yield f"<descripGrp>{descrip}{''.join(self._element('admin', 'source', origin))}</descripGrp>"
        yield from self._element("admin", "projectSubset", saying.subset)
        yield from self._kept([each for each in term.categories if each.name != "termNote"], "")
        yield from self._element("note", "", term.note)
        yield f"</{self._dialect.term}>"

    def _part_of_speech(self, term: Term) -> str:
        if term.part_of_speech in self._dialect.parts_of_speech:
            return term.part_of_speech
        if term.part_of_speech == "properNoun":
            return "noun"
        return "other" if term.part_of_speech else ""

    def _kept(self, categories: Iterable[DataCategory], language: str) -> Iterator[str]:
        """What a termbase said beyond our own, of one level; a program's own dialect has no place for it."""
        for category in categories if not self._dialect.program else ():
            if category.language == language:
                yield self._data_category(category)

    def _data_category(self, category: DataCategory) -> str:
        kind = [("type", category.type)] if category.type else []
        attributes = self.escaper.attributes((*kind, *category.attributes))
        text = "".join(map(self._data_category, category.parts)) or self.escaper.text(category.text)
        return f"<{category.name}{attributes}>{text}</{category.name}>"

    def _element(self, name: str, kind: str, text: str) -> Iterator[str]:
        """The element, unless its text is empty."""
        if text:
            attributes = f' type="{kind}"' if kind else ""
            yield f"<{name}{attributes}>{self.escaper.text(text)}</{name}>"


def by_language(concept: Concept) -> dict[str, list[Term]]:
    """The terms of a concept by their languages; each has one section, wherever its terms stand.

    >>> from tm.model import Concept, Term
    >>> terms = Term("pont", "fr"), Term("ponte", "pt"), Term("viaduc", "fr")
    >>> {language: [term.text for term in of] for language, of in by_language(Concept("1", terms)).items()}
    {'fr': ['pont', 'viaduc'], 'pt': ['ponte']}
    """
    sections: dict[str, list[Term]] = {}
    for term in concept.terms:
        sections.setdefault(term.language, []).append(term)
    return sections


def _is_among(definition: str, categories: Iterable[DataCategory]) -> bool:
    """Whether a definition stands among what is kept, so that it is written there."""
    return any(
        _is_among(definition, category.parts)
        or (category.type == "definition" and category.text == definition)
        for category in categories
    )


def _contexts_of(term: Term) -> tuple[Context, ...]:
    return term.evidence.contexts if term.evidence else ()
