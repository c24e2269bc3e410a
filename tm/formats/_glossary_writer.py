"""Glossaries as tables written: a row for each pair of terms. ``_glossary.py`` reads them and tells the columns.

``write`` makes rows of each concept (``cells``): one for each translation beside the main source term, then one
for each further source term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47
from tm.direction import UNDECIDED, Direction
from tm.formats._offer import ACCEPTED
from tm.formats.notices import notice
from tm.model import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.formats._format import Writing
    from tm.model import Concept, Evidence, Term


_BEFORE = ("concept", "status")
_AFTER = tuple(
    "part_of_speech gender kind count confidence document line source_context target_context note".split()
)
_EXTRA = tuple(
    "source_status source_part_of_speech source_gender source_kind source_note source_count target_count "
    "definition subject concept_note".split()
)
"""Columns that a table has only when one of their cells is not empty."""

_NO_CONTEXT = Context("", "")

_Cells: TypeAlias = dict[str, str]


def write(
    concepts: Iterable[Concept], writing: Writing, write_rows: Callable[[list[list[str]]], object]
) -> int:
    r"""Give the rows to a function that writes them; return the number of concepts.

    The first row is a header; the concepts follow in order.

    >>> from tm.formats.authoring import Writing
    >>> from tm.model import Concept, Term
    >>> concept = Concept("1", (Term("pont", "fr"), Term("ponte", "pt", "approved")))
    >>> write([concept], Writing("terms.csv"), lambda rows: print(*(row[:4] for row in rows), sep="\n"))
    ['concept', 'status', 'fr', 'pt']
    ['1', 'approved', 'pont', 'ponte']
    1
    """
    glossary = list(concepts)
    direction = glossary_direction(glossary, Direction(writing.source, writing.target))
    tables = [list(_cells(concept, direction)) for concept in glossary]
    filled = {name for table in tables for cells in table for name, text in cells.items() if text}
    extra = [name for name in _EXTRA if name in filled]
    languages = [direction.source, *([] if direction.target == "und" else [direction.target])]
    header = [*_BEFORE, *languages, *_AFTER, *extra]
    write_rows([header, *([cells.get(name, "") for name in header] for table in tables for cells in table)])
    notice(
        "{path}: left out {terms} in other languages than {source} and {target}",
        path=writing.path,
        terms=_in_other_languages(glossary, direction),
        source=direction.source,
        target=direction.target,
    )
    return sum(1 for table in tables if table)


def _in_other_languages(glossary: Sequence[Concept], direction: Direction) -> int:
    pair = direction.source, direction.target
    return sum(
        len(concept.terms) - sum(len(concept.of(tag)) for tag in pair)
        for concept in glossary
        if any(term.language not in pair for term in concept.terms)
    )


def glossary_direction(glossary: Sequence[Concept], direction: Direction = UNDECIDED) -> Direction:
    """The languages asked for, else those of the first terms; "und" for none.

    >>> from tm.model import Concept, Term
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
        yield {
            "concept": concept.id,
            direction.source: term.text,
            **_described(term),
            **({} if targets else _shown_alone(term.evidence)),
            **about,
        }
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
    expected = "approved" if any(target.status in ACCEPTED for target in targets) else "candidate"
    return {
        "source_status": term.status if term.status != expected else "",
        "source_part_of_speech": term.part_of_speech
        if term.part_of_speech != targets[0].part_of_speech
        else "",
        "source_gender": term.gender,
        "source_kind": term.kind,
        "source_note": term.note,
    }


def _shown_alone(evidence: Evidence | None) -> _Cells:
    """What is shown of a term without a translation."""
    cells = _shown(evidence)
    return {name: text for name, text in cells.items() if name not in ("source_count", "target_count")}


def _shown(evidence: Evidence | None) -> _Cells:
    if evidence is None:
        return {}
    context = evidence.contexts[0] if evidence.contexts else _NO_CONTEXT
    return {
        "count": str(evidence.pair_count or ""),
        "source_count": str(evidence.source_count or ""),
        "target_count": str(evidence.target_count or ""),
        "line": str(context.line or ""),
        "confidence": f"{evidence.confidence:.3f}" if evidence.confidence else "",
        "document": context.document,
        "source_context": context.source,
        "target_context": context.target,
    }
