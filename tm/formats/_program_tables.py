r"""Glossaries as the tables that other programs import: columns, words for statuses, one row for what.

In: concepts. Out: rows. ``termbases.py`` has the tables of the programs; ``_glossary.py`` reads them all.

1. ``write`` leaves out what the program has no status for (``_offer``), makes the rows and writes them.
2. ``pairs``, ``concepts_side_by_side``, ``terms`` and ``entries`` are the ways to make rows; ``_said`` has what may be
   said of a pair by our names, ``Table.row`` puts it under the program's columns.

>>> from io import BytesIO
>>> from tm.formats.authoring import Writing
>>> from tm.model import Concept, Term
>>> table = Table("Ours", (("{source}", "source"), ("{target}", "target"), ("bad", "bad")), pairs,
...     {"approved": {"bad": "no"}, "forbidden": {"bad": "yes"}})
>>> terms = Term("pont", "fr", "approved"), Term("ponte", "pt", "approved"), Term("pontão", "pt", "forbidden")
>>> stream = BytesIO()
>>> write(stream, [Concept("1", terms)], Writing("a.csv", "fr", "pt"), table=table), stream.getvalue()
(1, b'fr,pt,bad\r\npont,ponte,no\r\npont,pont\xc3\xa3o,yes\r\n')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from tm.direction import Direction
from tm.formats import _rows
from tm.formats._glossary_writer import glossary_direction
from tm.formats._language_names import name_of_language
from tm.formats._offer import first_of, name_fixed, name_untranslated, offered
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import BinaryIO

    from tm.formats._format import Writing
    from tm.model import Concept, Status, Term

_ORDER: tuple[Status, ...] = (
    "preferred",
    "approved",
    "do-not-translate",
    "candidate",
    "forbidden",
    "rejected",
)
"""Which translation comes first where a program takes one."""

_Cells: TypeAlias = dict[str, str]
Rows: TypeAlias = "tuple[list[str], list[list[str]]]"
"""The heads of the columns, and the rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a program has its glossaries.

    Attributes:
        program: its name.
        columns: the head of each, with places for the languages, and what stands in it by our names.
        layout: makes the rows.
        statuses: of each status that the program has what stands in which cells.
        words: of each cell the program's words for our values.
        has_header: whether the first row names the columns.
        delimiter: between the cells.
        has_one: whether a source term has one translation.
    """

    program: str
    columns: tuple[tuple[str, str], ...]
    layout: Callable[[Table, Sequence[Concept], Direction, str], Rows]
    statuses: Mapping[Status, Mapping[str, str]]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    has_header: bool = True
    delimiter: str = ","
    has_one: bool = False

    def row(self, cells: _Cells) -> list[str]:
        """The cells of a row, in the program's words."""
        return [
            self.words.get(name.removeprefix("source_"), {}).get(cells.get(name, ""), cells.get(name, ""))
            for _, name in self.columns
        ]

    def heads(self, direction: Direction) -> list[str]:
        """The heads of the columns."""
        return [head.format(source=direction.source, target=direction.target) for head, _ in self.columns]


def write(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing, *, table: Table) -> int:
    """Write a glossary as the table of a program; return the number of concepts."""
    kept = offered(concepts, table.statuses, table.program, writing.path)
    direction = glossary_direction(kept, Direction(writing.source, writing.target))
    glossary = [concept for concept in kept if concept.of(direction.source) and concept.of(direction.target)]
    name_untranslated(len(kept) - len(glossary), writing.path)
    name_fixed(glossary, table.statuses, writing.path)
    heads, rows = table.layout(table, glossary, direction, writing.path)
    _rows.write_csv(stream, [heads, *rows] if table.has_header else rows, writing, table.delimiter)
    return len(glossary)


def entry_numbers(glossary: Sequence[Concept]) -> list[str]:
    """A number for each concept: its id where that is one, else one that is free.

    >>> from tm.model import Concept
    >>> entry_numbers([Concept("c-four", ()), Concept("1", ())])
    ['2', '1']
    """
    taken = {concept.id for concept in glossary if concept.id.isdecimal()}
    free = (number for number in map(str, count(1)) if number not in taken)
    return [concept.id if concept.id.isdecimal() else next(free) for concept in glossary]


# ------------------------------------------------------------------------------------------- what rows say


def _said(
    table: Table, concept: Concept, direction: Direction, source: Term | None, target: Term | None
) -> _Cells:
    """What may be said of a pair of terms, one of which may be missing."""
    return {
        **_about(concept),
        "source_code": direction.source.upper(),
        "target_code": direction.target.upper(),
        **(_of_term(table, source, "source_") if source else {}),
        **(_of_term(table, target, "") if target else {}),
    }


def _about(concept: Concept) -> _Cells:
    return {
        "concept": concept.id,
        "definition": concept.definition,
        "subject": concept.subject,
        "concept_note": concept.note,
    }


def _of_term(table: Table, term: Term, side: str) -> _Cells:
    cells = {
        "part_of_speech": term.part_of_speech,
        "gender": term.gender,
        "kind": term.kind,
        "note": term.note,
        **table.statuses.get(term.status, table.statuses["approved"]),  # a source term that nobody decided on
    }
    return {
        "source" if side else "target": term.text,
        **{f"{side}{name}": text for name, text in cells.items()},
    }


def _best_first(concept: Concept, direction: Direction) -> list[Term]:
    return sorted(concept.of(direction.target), key=lambda term: _ORDER.index(term.status))


# ------------------------------------------------------------------------------------------- layouts


def pairs(table: Table, glossary: Sequence[Concept], direction: Direction, path: str) -> Rows:
    """A row for each source term with each of its translations, or with the best one."""
    rows: list[list[str]] = []
    seen: set[str] = set()
    left_out: list[str] = []
    for concept in glossary:
        for source in concept.of(direction.source):
            for target in _best_first(concept, direction):
                if table.has_one and source.text in seen:
                    left_out.append(f"{source.text} = {target.text}")
                    continue
                seen.add(source.text)
                rows.append(table.row(_said(table, concept, direction, source, target)))
    notice(
        "{path}: left out {translations}; a term has one in {program}: {named}",
        path=path,
        translations=len(left_out),
        program=table.program,
        named=first_of(left_out),
    )
    return table.heads(direction), rows


def concepts_side_by_side(table: Table, glossary: Sequence[Concept], direction: Direction, _: str) -> Rows:
    """Rows with one id for each concept, as many as it has terms of one language."""
    rows = [
        table.row(_said(table, concept, direction, source, target))
        for concept in glossary
        for source, target in zip_longest(concept.of(direction.source), concept.of(direction.target))
    ]
    return table.heads(direction), rows


def terms(table: Table, glossary: Sequence[Concept], direction: Direction, _: str) -> Rows:
    """A row for each term."""
    rows = []
    for concept in glossary:
        rows += [
            table.row({**_about(concept), **_of_term(table, term, ""), "language": term.language})
            for term in (*concept.of(direction.source), *concept.of(direction.target))
        ]
    return table.heads(direction), rows


def entries(table: Table, glossary: Sequence[Concept], direction: Direction, _: str) -> Rows:
    """A row for each concept: what is said of it, then for each language its definition and a group of columns
    for each of its terms. The columns of a language are those from the first with its name on.
    """
    start = next(number for number, (head, _) in enumerate(table.columns) if "{name}" in head)
    about, (definition, _), of_term = table.columns[:start], table.columns[start], table.columns[start + 1 :]
    heads = [head for head, _ in about]
    numbers = entry_numbers(glossary)
    rows = [
        [{**_about(concept), "number": number}[cell] for _, cell in about]
        for concept, number in zip(glossary, numbers, strict=True)
    ]
    for tag in (direction.source, direction.target):
        name = re.sub(r"[ (]+", "_", name_of_language(tag)).rstrip(")")
        most = max((len(concept.of(tag)) for concept in glossary), default=1)
        heads += [definition.format(name=name), *[head.format(name=name) for head, _ in of_term] * most]
        for concept, row in zip(glossary, rows, strict=True):
            row.append(concept.definition if tag == direction.source else "")
            for term in (*concept.of(tag), *[None] * most)[:most]:
                cells = _of_term(table, term, "") if term else {}
                row += [cells.get(cell, "") for _, cell in of_term]
    return heads, rows
