"""Glossaries as tables read: the file in which a person decides on terms, with one pair of terms a row.

In: rows (``_rows.Row``). Out: concepts.

1. ``_pairs_in`` finds the columns; ``_entry`` finds the concept of a row by its id, and ``_add`` adds the row's terms
   to it. ``_glossary_cells`` says what is wrong in a row, and makes terms of its cells.
2. ``_terms_in`` does so where a row holds one term, or several of one language (``_term_rows``).

``_glossary_writer.py`` writes such tables. The columns are concept, status, the two languages by their tags,
part_of_speech, gender, kind, count, confidence, document, line, source_context, target_context, note. They describe
the target term, or the source term in a row without a target. What else a glossary says stands in columns at the end.
Columns are read by name, in any order, also by the names that other programs give them (``_term_columns``); all
but two texts may be missing. Also read are two columns without a header, and a third one for notes.

>>> from tm.formats.authoring import Reading
>>> table = (["fr", "pt", "status"], ["pont", "ponte", "preferred"], ["pont", "viaduto", "forbidden"])
>>> [concept] = read(enumerate(table, 1), Reading("terms.csv"))
>>> [(term.text, term.status) for term in concept.terms]
[('pont', 'approved'), ('ponte', 'preferred'), ('viaduto', 'forbidden')]
"""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction, not_there
from tm.formats import _term_rows
from tm.formats._columns import SAMPLE, Columns, find_columns, header_row, without_empty
from tm.formats._glossary_cells import STATUSES, evidence_of, fault_of, source_term_of, term_of
from tm.formats._offer import ACCEPTED
from tm.formats._statuses import status_of
from tm.formats._term_columns import SAYING_STATUS, YES_OR_NO, cells_of, meanings
from tm.formats.notices import notice
from tm.model import Concept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.formats._format import Reading
    from tm.formats._glossary_cells import Cells
    from tm.formats._rows import Row
    from tm.model import Term

log = logging.getLogger(__name__)

_OF_A_TERM = ("status", "part_of_speech", "gender", "kind", "note")
_OF_PAIRS = frozenset(
    "count source_count target_count confidence document line source_context target_context".split()
)
"""The cells that say something of a pair of terms; a table with a term a row has no place for it."""
_HELD = _OF_PAIRS.union(
    ("concept", "definition", "subject", "concept_note", "term_id"),
    (
        f"{side}{name}"
        for side in ("", "source_")
        for name in (*_OF_A_TERM, *YES_OR_NO, "info", "reliability")
    ),
)
"""The cells that become part of a concept, and the ids of terms."""


@dataclass(slots=True)
class _Entry:
    """A concept, as far as its rows were read.

    Attributes:
        id: the concept's id.
        source: the source terms, by their text.
        target: the target terms, by their text.
        about: the cells that describe the whole concept.
    """

    id: str
    source: dict[str, Term] = field(default_factory=dict)
    target: dict[str, Term] = field(default_factory=dict)
    about: Cells = field(default_factory=dict)

    def concept(self) -> Concept:
        """The concept."""
        return Concept(
            self.id,
            (*self.source.values(), *self.target.values()),
            definition=self.about.get("definition", ""),
            subject=self.about.get("subject", ""),
            note=self.about.get("concept_note", ""),
        )


def read(rows: Iterator[Row], reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    table = [(line, without_empty(cells)) for line, cells in rows]
    if not table:
        return
    table = _without_title(table, reading)
    layout = _term_rows.find(table[:SAMPLE], reading)
    glossary = _terms_in(table, layout, reading) if layout else _pairs_in(table, reading)
    for status, line in glossary.unknown.items():
        log.warning("%s:%d: status %r is not known; its terms are candidates", reading.path, line, status)
    yield from (entry.concept() for entry in glossary.entries.values())


@dataclass(slots=True)
class _Glossary:
    """The concepts of a table, as far as its rows were read.

    Attributes:
        reading: of the table.
        default: the status of a term of which no status is said.
        is_ours: whether it is a table of ours, where a status that is not known is a fault.
        entries: the concepts by their ids.
        by_source: the first concept with each source term.
        unknown: the statuses that are not known, each with the first line that has it.
        lines: the first line of each translation of a concept.
    """

    reading: Reading
    default: str
    is_ours: bool = False
    entries: dict[str, _Entry] = field(default_factory=dict)
    by_source: dict[str, _Entry] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def holds(self, filled: Cells, texts: Sequence[str], line: int) -> bool:
        """Whether a row can be read; fills in its status. A fault of it is noted."""
        filled.setdefault("status", self.default)
        for name in ("status", "source_status"):
            if not self.is_ours and filled.get(name, "candidate") not in STATUSES:
                self.unknown.setdefault(filled[name], line)
                filled[name] = "candidate"
        fault = fault_of(filled, texts)
        if fault:
            self.reading.fault(fault, line)
        return not fault

    def compare(self, entry: _Entry, text: str, status: str, line: int) -> None:
        """Name a row that says another status of a translation than a row before it; the first one holds."""
        first = self.lines.setdefault((entry.id, text), line)
        earlier = entry.target.get(text)
        if earlier and status and status != earlier.status:
            what = f"{text} is {status}; line {first} says {earlier.status}, which holds"
            self.reading.account.contradictions.append(what)
            log.warning("%s:%d: %s", self.reading.path, line, what)


def _pairs_in(table: list[Row], reading: Reading) -> _Glossary:
    """The concepts of a table with a column for each language."""
    columns = _of_one_language(table[0][1], reading.target or "und") or find_columns(table[:SAMPLE], reading)
    _refuse_unnamed(table, columns, reading)
    rows = table[columns.header :]
    (source, source_language), (target, target_language) = _two(columns.languages, reading, len(rows))
    _name_other_languages(
        [tag for column, tag in columns.languages if column not in (source, target)], reading
    )
    pair = source_language, target_language
    names = meanings(columns.named, columns.languages, pair) if columns.header else [(columns.notes, "note")]
    names = _with_status(names, rows, reading)
    _name_left_out(names, dict(columns.named), rows, reading)
    glossary = _Glossary(
        reading,
        "candidate" if any(name in SAYING_STATUS for _, name in names) else "approved",
        any(name == "concept" for _, name in columns.named),
    )
    own_part_of_speech = not glossary.is_ours and any(name == "source_part_of_speech" for _, name in names)
    free = _free_ids(table, names)
    for line, cells in rows:
        filled = cells_of(cells, names)
        texts = [cells[column].strip() if column < len(cells) else "" for column in (source, target)]
        if not texts[1]:  # what is said of the source term is said of the row
            filled |= {name: filled[f"source_{name}"] for name in _OF_A_TERM if filled.get(f"source_{name}")}
        is_said = "status" in filled
        if not glossary.holds(filled, texts, line):
            continue
        if own_part_of_speech:
            filled.setdefault("source_part_of_speech", "")
        entry = _entry(glossary, filled.get("concept", ""), texts[0], free)
        glossary.compare(entry, texts[1], filled["status"] if is_said else "", line)
        _add(entry, filled, texts[0], texts[1], pair)
    return glossary


def _name_other_languages(other: Sequence[str], reading: Reading) -> None:
    """Log that terms in further languages are left out."""
    if other:
        log.warning(
            "%s: left out the terms in %s; a table gives those of two languages",
            reading.path,
            ", ".join(other),
        )


def _name_left_out(
    names: Sequence[tuple[int, str]],
    heads: dict[int, str],
    rows: Sequence[Row],
    reading: Reading,
    held: frozenset[str] = _HELD,
) -> None:
    """Log the columns with something in them that a concept has no place for; ``held`` are our names of the others."""
    unheld = [column for column, name in names if name not in held and column in heads]
    filled = [
        column for column in unheld if any(column < len(cells) and cells[column].strip() for _, cells in rows)
    ]
    if filled:
        listed = ", ".join(dict.fromkeys(heads[column] for column in filled))
        log.warning("%s: left out the columns %s; a glossary has no place for them", reading.path, listed)


def _of_one_language(heads: Sequence[str], target: str) -> Columns | None:
    """The columns of a table of ours that has no translations; the missing column stands behind the last.

    >>> _of_one_language(["concept", "status", "fr", "part_of_speech"], "und").languages
    ((2, 'fr'), (4, 'und'))
    """
    if list(heads[:2]) != ["concept", "status"] or list(heads[3:4]) != ["part_of_speech"]:
        return None
    named = tuple((number, name) for number, name in enumerate(heads) if name and number != 2)
    return Columns(((2, heads[2]), (len(heads), target)), named, width=len(heads))


def _with_status(names: list[tuple[int, str]], rows: list[Row], reading: Reading) -> list[tuple[int, str]]:
    """The columns; where none says a status, one whose every word is a status says it, whatever its head."""
    if any(name in SAYING_STATUS for _, name in names):
        return names
    for place, (column, name) in enumerate(names):
        words = {cells[column].strip() for _, cells in rows if column < len(cells)} - {""}
        if words and name not in ("concept", "kind") and all(map(status_of, words)):
            log.warning("%s: column %d is read as the status: %s", reading.path, column + 1, min(words))
            return [*names[:place], (column, "status"), *names[place + 1 :]]
    return names


def _terms_in(table: list[Row], layout: _term_rows.Layout, reading: Reading) -> _Glossary:
    """The concepts of a table with a term a row, or with several columns of one language."""
    (_, source), (_, target) = _two(tuple(enumerate(layout.languages)), reading, len(table) - 1)
    _name_other_languages([tag for tag in layout.languages if tag not in (source, target)], reading)
    columns = (*layout.named, *(column for _, _, group in layout.groups for column in group))
    _name_left_out(columns, dict(enumerate(table[0][1])), table[1:], reading, _HELD - _OF_PAIRS)
    is_said = any(name in SAYING_STATUS for _, name in columns)
    glossary = _Glossary(reading, "candidate" if is_said else "approved")
    for line, cells in table[1:]:
        for term in layout.terms(cells):
            filled = dict(term.cells)
            if term.language not in (source, target) or not glossary.holds(filled, [term.text], line):
                continue
            id_ = filled.get("concept") or str(line)
            entry = glossary.entries.setdefault(id_, _Entry(id_))
            entry.about = filled | entry.about
            terms = entry.source if term.language == source else entry.target
            terms.setdefault(term.text, term_of(term.text, term.language, filled))
    for entry in glossary.entries.values():
        if any(term.status in ACCEPTED for term in entry.target.values()):
            entry.source = {
                text: replace(term, status="approved") if term.status == "candidate" else term
                for text, term in entry.source.items()
            }
    return glossary


def _without_title(table: list[Row], reading: Reading) -> list[Row]:
    """The table without lines of one cell above a row that names two languages."""
    number = header_row(table[:SAMPLE], reading)
    notice("{path}: left out {lines} above the names of the columns", path=reading.path, lines=number or 0)
    return table[number or 0 :]


def _refuse_unnamed(table: list[Row], columns: Columns, reading: Reading) -> None:
    """Refuse a wide table whose first row names no languages: no column of it is surely a translation.

    Raises:
        FormatError: names the cells of the first row.
    """
    line, first = table[0]
    if not columns.header and len(first) > columns.notes + 1:
        raise reading.error(
            f"no two languages among the columns: {', '.join(cell.strip()[:30] for cell in first)}; "
            "columns headed by languages (fr, Français), or source and target, were expected",
            line,
        )


def _free_ids(table: list[Row], names: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Numbers that no row has as its concept's id."""
    column = next((column for column, name in names if name == "concept"), None)
    taken = {cells[column].strip() for _, cells in table if column is not None and column < len(cells)}
    return (id_ for id_ in map(str, itertools.count(1)) if id_ not in taken)


def _two(languages: tuple[tuple[int, str], ...], reading: Reading, row_count: int) -> list[tuple[int, str]]:
    """The columns of the two languages: those of the caller's languages, else the first ones.

    >>> from tm.formats._format import Reading
    >>> _two(((0, "und"), (1, "und")), Reading("a.csv"), 1)
    [(0, 'und'), (1, 'und')]
    >>> _two(((0, "und"), (1, "und")), Reading("a.csv", source="und"), 1)
    [(0, 'und'), (1, 'und')]
    """
    tags = [tag for _, tag in languages]
    asked = (reading.source, reading.target)
    chosen = [bcp47.choose(tag, tags) if tag else None for tag in asked]
    if any(tag and column is None for tag, column in zip(asked, chosen, strict=True)):
        raise not_there(Direction(*asked), row_count, tags, path=reading.path, noun="terms")
    left = list(languages)
    found = dict[int, tuple[int, str]]()
    for number, tag in enumerate(chosen):
        if tag is not None:
            found[number] = next((column for column in left if column[1] == tag), languages[tags.index(tag)])
            left = [column for column in left if column != found[number]]
    return [found.get(number) or left.pop(0) for number in range(2)]


def _entry(glossary: _Glossary, id_: str, source: str, free: Iterator[str]) -> _Entry:
    """The concept of a row, by its id.

    A row without an id, which a person added, joins the concept that has its source term.
    """
    if not id_:
        if source and source in glossary.by_source:
            return glossary.by_source[source]
        id_ = next(free)
    entry = glossary.entries.setdefault(id_, _Entry(id_))
    glossary.by_source.setdefault(source, entry)
    return entry


def _add(entry: _Entry, filled: Cells, source: str, target: str, languages: tuple[str, str]) -> None:
    """Add the terms of a row to its concept.

    A target term that a person accepted makes its source term approved, unless the row says another status.
    """
    entry.about = filled | entry.about
    if not target:
        entry.source.setdefault(source, term_of(source, languages[0], filled, evidence_of(filled)))
        return
    entry.target.setdefault(target, term_of(target, languages[1], filled, evidence_of(filled)))
    if source:
        kept = entry.source.setdefault(source, source_term_of(source, languages[0], filled))
        if filled["status"] in ACCEPTED and not filled.get("source_status") and kept.status == "candidate":
            entry.source[source] = replace(kept, status="approved")
