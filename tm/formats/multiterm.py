"""MultiTerm XML: what Trados MultiTerm exports and imports. ``tbx.py`` reads it, since it is made like TBX.

In: concepts. Out: ``<mtf>`` with a ``conceptGrp`` for each. What is said of a concept or a term stands in a
``descrip`` that names its field as a termbase has it: Subject, Definition, Status, Part of Speech, Gender, Note.

>>> from io import BytesIO
>>> from tm.formats.authoring import Writing
>>> from tm.model import Concept, Term
>>> xml = BytesIO()
>>> write(xml, [Concept("7", (Term("pont", "fr", "approved"), Term("ponte", "pt-BR", "preferred")))], Writing("a.xml"))
1
>>> print(*xml.getvalue().decode().splitlines()[2:6], sep="\\n")
<conceptGrp><concept>7</concept>
<languageGrp><language type="French" lang="FR"/>
<termGrp><term>pont</term><descripGrp><descrip type="Status">approved</descrip></descripGrp></termGrp>
</languageGrp>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats import _escaping, tbx
from tm.formats._format import Format
from tm.formats._language_names import name_of_language
from tm.formats._offer import offered
from tm.formats._program_tables import entry_numbers
from tm.formats._tbx import by_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Writing
    from tm.model import Concept, Status, Term

STATUSES: dict[Status, str] = {
    "preferred": "preferred",
    "approved": "approved",
    "forbidden": "forbidden",
    "candidate": "proposed",
    "do-not-translate": "do not translate",
}
"""The words of MultiTerm's field Status."""


def write(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a glossary in UTF-8; return the number of concepts. An id that is no number becomes one."""
    glossary = offered(concepts, STATUSES, "MultiTerm", writing.path)
    escaper = _escaping.Escaper()
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<mtf>\n')
    for number, concept in zip(entry_numbers(glossary), glossary, strict=True):
        lines = [f"<conceptGrp><concept>{number}</concept>"]
        about = {"Subject": concept.subject, "Definition": concept.definition, "Note": concept.note}
        lines += _fields(about, escaper)
        for language, terms in by_language(concept).items():
            tag = _escaping.language_tag(language)
            lines.append(f'<languageGrp><language type="{name_of_language(tag)}" lang="{tag.upper()}"/>')
            lines += [_term(term, escaper) for term in terms]
            lines.append("</languageGrp>")
        stream.write("\n".join([*lines, "</conceptGrp>\n"]).encode())
    stream.write(b"</mtf>\n")
    escaper.report(writing.path)
    return len(glossary)


def _term(term: Term, escaper: _escaping.Escaper) -> str:
    fields = {
        "Status": STATUSES[term.status],
        "Part of Speech": term.part_of_speech,
        "Gender": term.gender,
        "Term Type": term.kind,
        "Note": term.note,
    }
    return f"<termGrp><term>{escaper.text(term.text)}</term>{''.join(_fields(fields, escaper))}</termGrp>"


def _fields(fields: dict[str, str], escaper: _escaping.Escaper) -> Iterator[str]:
    for name, text in fields.items():
        if text:
            yield f'<descripGrp><descrip type="{name}">{escaper.text(text)}</descrip></descripGrp>'


MULTITERM = Format(
    "multiterm",
    (".xml",),
    "MultiTerm XML",
    read_concepts=tbx.read,
    write_concepts=write,
    holds_of_terms=frozenset(("statuses", "definitions", "languages", "notes", "grammar", "synonyms")),
)
