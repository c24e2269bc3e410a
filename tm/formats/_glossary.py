"""Glossaries as tables: the file in which a person decides on terms, with one pair of terms a row.

In: rows (``_rows.Row``). Out: concepts; and the way back.

1. ``read`` finds the columns, and with ``_fault`` what is wrong in a row; ``_entry`` finds the concept of the
   row by its id, and ``_add`` adds the row's terms to it.
2. ``write`` makes rows of each concept (``_cells``): one for each translation beside the main source term,
   then one for each further source term.

The columns are concept, status, the two languages by their tags, part_of_speech, gender, kind, count,
confidence, document, line, source_context, target_context, note. They describe the target term, or the
source term in a row without a target. What else a glossary says stands in columns at the end (``_EXTRA``).
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
from typing import TYPE_CHECKING, TypeAlias, get_args

from tm import bcp47
from tm.direction import UNDECIDED, Direction, not_there
from tm.formats._columns import SAMPLE, find_columns
from tm.formats._term_columns import cells_of, meanings
from tm.model import Concept, Context, Evidence, Status, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.formats._columns import Columns
    from tm.formats._format import Reading, Writing
    from tm.formats._rows import Row

log = logging.getLogger(__name__)

_BEFORE = ("concept", "status")
_AFTER = tuple(
    "part_of_speech gender kind count confidence document line source_context target_context note".split()
)
_EXTRA = tuple(
    "source_status source_part_of_speech source_gender source_kind source_note source_count target_count "
    "definition subject concept_note".split()
)
"""Columns that a table has only when one of their cells is not empty."""

_STATUSES = get_args(Status)
_DECIDED_FOR = ("approved", "preferred", "do-not-translate")
"""The statuses with which a person accepts a term."""

_Cells: TypeAlias = dict[str, str]


# ------------------------------------------------------------------------------------------------- reading


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
    about: _Cells = field(default_factory=dict)

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
    table = list(rows)
    if not table:
        return
    columns = find_columns(table[:SAMPLE], reading)
    rows_below = len(table) - columns.header
    _refuse_unnamed(table, columns, reading)
    (source, source_language), (target, target_language) = _two(columns.languages, reading, rows_below)
    pair = source_language, target_language
    names = meanings(columns.named, columns.languages, pair) if columns.header else [(columns.notes, "note")]
    is_ours = any(name == "concept" for _, name in columns.named)
    has_status = any(name == "status" for _, name in names)
    entries: dict[str, _Entry] = {}
    free = _free_ids(table, names)
    unknown: dict[str, int] = {}
    for line, cells in table[columns.header :]:
        filled = cells_of(cells, names)
        texts = [cells[column].strip() if column < len(cells) else "" for column in (source, target)]
        filled.setdefault("status", "candidate" if has_status else "approved")
        for name in ("status", "source_status"):
            if not is_ours and filled.get(name, "candidate") not in _STATUSES:
                unknown.setdefault(filled[name], line)
                filled[name] = "candidate"
        if fault := _fault(filled, texts):
            reading.fault(fault, line)
            continue
        entry = _entry(entries, filled.get("concept", ""), texts[0], free)
        _add(entry, filled, Term(texts[0], source_language), Term(texts[1], target_language))
    for status, line in unknown.items():
        log.warning("%s:%d: status %r is not known; its terms are candidates", reading.path, line, status)
    yield from (entry.concept() for entry in entries.values())


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
    """The columns of the two languages: those of the caller's languages, else the first ones."""
    tags = [tag for _, tag in languages]
    asked = (reading.source, reading.target)
    chosen = [bcp47.choose(tag, tags) if tag else None for tag in asked]
    if any(tag and column is None for tag, column in zip(asked, chosen, strict=True)):
        raise not_there(Direction(*asked), row_count, tags, path=reading.path, noun="terms")
    rest = [tag for tag in tags if tag not in chosen]
    return [languages[tags.index(tag if tag is not None else rest.pop(0))] for tag in chosen]


def _fault(filled: _Cells, texts: list[str]) -> str:
    """What is wrong in a row; "" when nothing is."""
    if not any(texts):
        return "no term in either language"
    for name in ("status", "source_status"):
        if (status := filled.get(name) or "candidate") not in _STATUSES:
            return f"{name} {status!r} is none of {', '.join(_STATUSES)}"
    for names, number, expected in _NUMBERS:
        for name in names:
            try:
                number(filled.get(name) or "0")
            except ValueError:
                return f"{name} {filled[name]!r} is no {expected}"
    return ""


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _share(text: str) -> float:
    """A number from 0 to 1, with a point or with the comma that some spreadsheets write.

    >>> _share("0,85")
    0.85
    """
    share = float(text.replace(",", "."))
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


_NUMBERS: tuple[tuple[tuple[str, ...], Callable[[str], float], str], ...] = (
    (("count", "source_count", "target_count", "line"), _count, "number"),
    (("confidence",), _share, "number from 0 to 1"),
)


def _entry(entries: dict[str, _Entry], id_: str, source: str, free: Iterator[str]) -> _Entry:
    """The concept of a row, by its id.

    A row without an id, which a person added, joins the concept that has its source term.
    """
    if not id_:
        entry_of_source = next(
            (entry for entry in entries.values() if source and source in entry.source), None
        )
        if entry_of_source:
            return entry_of_source
        id_ = next(free)
    return entries.setdefault(id_, _Entry(id_))


def _add(entry: _Entry, filled: _Cells, source: Term, target: Term) -> None:
    """Add the terms of a row to its concept.

    A target term that a person accepted makes its source term approved, unless the row says another status.
    """
    entry.about = {**filled, **{name: text for name, text in entry.about.items() if text}}
    if not target.text:
        entry.source.setdefault(source.text, _described_by(source, filled))
        return
    entry.target.setdefault(target.text, replace(_described_by(target, filled), evidence=_evidence(filled)))
    if source.text:
        kept = entry.source.setdefault(source.text, _source_term(source, filled))
        if (
            filled["status"] in _DECIDED_FOR
            and not filled.get("source_status")
            and kept.status == "candidate"
        ):
            entry.source[source.text] = replace(kept, status="approved")


def _described_by(term: Term, filled: _Cells) -> Term:
    return replace(
        term,
        status=filled["status"],  # type: ignore[arg-type]  # ``_fault`` looked
        part_of_speech=filled.get("part_of_speech", ""),
        gender=filled.get("gender", ""),
        kind=filled.get("kind", ""),
        note=filled.get("note", ""),
    )


def _source_term(source: Term, filled: _Cells) -> Term:
    """The source term of a row; its part of speech is the target's unless the row says another."""
    return replace(
        source,
        status=filled.get("source_status") or "candidate",  # type: ignore[arg-type]
        part_of_speech=filled.get("source_part_of_speech") or filled.get("part_of_speech", ""),
        gender=filled.get("source_gender", ""),
        kind=filled.get("source_kind", ""),
        note=filled.get("source_note", ""),
    )


def _evidence(filled: _Cells) -> Evidence | None:
    context = Context(
        filled.get("source_context", ""),
        filled.get("target_context", ""),
        filled.get("document", ""),
        int(filled.get("line") or 0),
    )
    evidence = Evidence(
        source_count=int(filled.get("source_count") or 0),
        target_count=int(filled.get("target_count") or 0),
        pair_count=int(filled.get("count") or 0),
        confidence=_share(filled.get("confidence") or "0"),
        contexts=(context,) if context.source or context.target else (),
    )
    return evidence if evidence != Evidence() else None


# ------------------------------------------------------------------------------------------------- writing


def write(
    concepts: Iterable[Concept], writing: Writing, write_rows: Callable[[list[list[str]]], object]
) -> int:
    r"""Give the rows to a function that writes them; return the number of concepts.

    The first row is a header; the concepts follow in order.

    >>> from tm.formats.authoring import Writing
    >>> concept = Concept("1", (Term("pont", "fr"), Term("ponte", "pt", "approved")))
    >>> write([concept], Writing("terms.csv"), lambda rows: print(*(row[:4] for row in rows), sep="\n"))
    ['concept', 'status', 'fr', 'pt']
    ['1', 'approved', 'pont', 'ponte']
    1
    """
    glossary = list(concepts)
    direction = glossary_direction(glossary, Direction(writing.source, writing.target))
    tables = [list(_cells(concept, direction)) for concept in glossary]
    extra = [name for name in _EXTRA if any(cells.get(name) for table in tables for cells in table)]
    header = [*_BEFORE, direction.source, direction.target, *_AFTER, *extra]
    write_rows([header, *([cells.get(name, "") for name in header] for table in tables for cells in table)])
    written = sum(
        len(concept.of(direction.source)) + len(concept.of(direction.target)) for concept in glossary
    )
    if left_out := sum(len(concept.terms) for concept in glossary) - written:
        log.warning(
            "%s: left out %d terms in other languages than %s and %s",
            writing.path,
            left_out,
            direction.source,
            direction.target,
        )
    return sum(1 for table in tables if table)


def glossary_direction(glossary: Sequence[Concept], direction: Direction = UNDECIDED) -> Direction:
    """The languages asked for, else those of the first terms; "und" for none.

    >>> print(glossary_direction([Concept("1", (Term("puce", "fr"), Term("chip", "pt-BR")))]))
    fr → pt-BR
    """
    asked = [bcp47.base(tag) for tag in (direction.source, direction.target) if tag]
    languages = dict.fromkeys(term.language for concept in glossary for term in concept.terms)
    unasked = [tag for tag in languages if bcp47.base(tag) not in asked]
    source = direction.source or (unasked.pop(0) if unasked else "und")
    target = next((tag for tag in unasked if bcp47.base(tag) != bcp47.base(source)), "und")
    return Direction(source, direction.target or target)


def _cells(concept: Concept, direction: Direction) -> Iterator[_Cells]:
    """A row for each translation beside the main source term, then one for each further source term."""
    sources, targets = concept.of(direction.source), concept.of(direction.target)
    about = {"definition": concept.definition, "subject": concept.subject, "concept_note": concept.note}
    main = _main_term(sources[0], targets) if sources and targets else {}
    for term in targets:
        beside = {direction.source: sources[0].text, **main} if sources else {}
        yield {
            "concept": concept.id,
            direction.target: term.text,
            **_described(term),
            **_shown(term.evidence),
            **beside,
            **about,
        }
        about = {}
    for term in sources[1:] if targets else sources:
        yield {"concept": concept.id, direction.source: term.text, **_described(term), **about}
        about = {}


def _described(term: Term) -> _Cells:
    return {
        "status": term.status,
        "part_of_speech": term.part_of_speech,
        "gender": term.gender,
        "kind": term.kind,
        "note": term.note,
    }


def _main_term(term: Term, targets: tuple[Term, ...]) -> _Cells:
    """What a row must say of the source term, since its translations do not show it."""
    expected = "approved" if any(target.status in _DECIDED_FOR for target in targets) else "candidate"
    return {
        "source_status": term.status if term.status != expected else "",
        "source_part_of_speech": term.part_of_speech
        if term.part_of_speech != targets[0].part_of_speech
        else "",
        "source_gender": term.gender,
        "source_kind": term.kind,
        "source_note": term.note,
    }


def _shown(evidence: Evidence | None) -> _Cells:
    if evidence is None:
        return {}
    context = evidence.contexts[0] if evidence.contexts else Context("", "")
    numbers = {
        "count": evidence.pair_count,
        "source_count": evidence.source_count,
        "target_count": evidence.target_count,
        "line": context.line,
    }
    return {
        **{name: str(number) for name, number in numbers.items() if number},
        "confidence": f"{evidence.confidence:.3f}" if evidence.confidence else "",
        "document": context.document,
        "source_context": context.source,
        "target_context": context.target,
    }
