"""The terms page: the glossary decided on, key by key, with the contexts of each term and the undoing of each step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from tm.errors import OptionError
from tm.pages.glossary import WORDS
from tm.pages.glossary_data import STATUSES
from tm.server.answers import RefusedError
from tm.server.api.terms import glossary_path
from tm.server.operations import Operation
from tm.server.pages.page import Page
from tm.server.schemas import array, choice, record, text, whole
from tm.terminology.verdicts import Ruling, Verdict
from tm.work.applying import apply_verdicts
from tm.work.deciding import merge_terms, undo_terms
from tm.work.glossary_file import By
from tm.work.open_glossary import Edition

if TYPE_CHECKING:
    from tm.server.operations import Call

ROWS: dict[str, Any] = {}
"""The schema of concepts as the script reads them: ``tm.pages.glossary_data`` says how."""

MOST_IDS = 200

AUTHOR = text(200, default="", about="who decides, where no token says it")

VERDICT = record(
    {
        "concept": text(500, about="its id"),
        "source": text(about="the source term as it was shown"),
        "target": text(
            about="the translation as it was shown; empty for the source term, or a new translation"
        ),
        "status": text(40, about="of the translation as it was shown"),
        "decision": choice(get_args(Ruling)),
        "newSource": text(default=""),
        "newTarget": text(default=""),
        "oldNote": text(default=""),
        "note": text(default=""),
    },
    needed=["concept", "source", "target", "status", "decision"],
)


def _values(call: Call) -> dict[str, Any]:
    edition = call.desk.glossary.now()
    documents = {
        context.document
        for concept in edition.concepts
        for term in concept.terms
        if term.evidence
        for context in term.evidence.contexts
    }
    parts = dict.fromkeys(concept.terms[0].part_of_speech for concept in edition.concepts if concept.terms)
    return {
        "base": "workbench.html",
        "total": len(edition.concepts),
        "source": edition.direction.source,
        "target": edition.direction.target,
        "statuses": STATUSES,
        "words": WORDS,
        "documents": sorted(documents - {""}),
        "parts_of_speech": [name for name in parts if name],
        "data": edition.rows(),
        "may_import": bool(call.settings.glossary) and call.caller.may("decide"),
        "edition": "",
        "plain": "",
    }


def _rows(call: Call) -> Any:  # noqa: ANN401 - JSON
    return json.loads(call.desk.glossary.now().rows(call["ids"], contexts=call["contexts"]))


def by_of(call: Call) -> By:
    """Who decides, and when: the caller, else who the page says it is."""
    return By(call.caller.name or " ".join(call["author"].split()), call.settings.now())


def _decide(call: Call) -> dict[str, Any]:
    verdicts = [
        Verdict(
            decision["concept"],
            decision["source"],
            decision["target"],
            decision["status"],
            decision["decision"],
            " ".join(decision["newSource"].split()),
            " ".join(decision["newTarget"].split()),
            decision["oldNote"],
            decision["note"],
            date=call.settings.now(),
        )
        for decision in call["verdicts"]
    ]
    if not verdicts:
        raise OptionError("verdicts: a decision was expected")
    result = apply_verdicts(verdicts, glossary_path(call), asked=call.settings.direction, by=by_of(call))
    if result.conflicts:
        raise RefusedError(409, "; ".join(conflict.reason for conflict in result.conflicts))
    edition = Edition(list(result.concepts), result.direction)
    return {
        "mark": result.mark,
        "rows": json.loads(edition.rows({verdict.concept for verdict in verdicts})),
    }


def _undo(call: Call) -> dict[str, Any]:
    undone = undo_terms(glossary_path(call), asked=call.settings.direction, by=by_of(call), mark=call["mark"])
    changed = [change.after or change.before for change in undone.entry.changes]
    return {"kept": list(undone.kept), "concepts": [concept.id for concept in changed if concept]}


def _merge(call: Call) -> dict[str, Any]:
    merge_terms(
        glossary_path(call), call["into"], call["other"], asked=call.settings.direction, by=by_of(call)
    )
    return {}


PAGE = Page(
    "/terms",
    "terms.html",
    "Terms",
    _values,
    scripts=(
        "glossary_model.js",
        "glossary_search.js",
        "glossary_decisions.js",
        "terms.js",
        "glossary_rows.js",
        "glossary.js",
        "files.js",
        "terms_import.js",
    ),
    styles=("glossary.css",),
    where="beside",
)

OPERATIONS = [
    Operation(
        "rows of terms",
        "POST",
        "/terms/rows",
        "Concepts as the page's script draws them, with some of their contexts.",
        _rows,
        ROWS,
        body=record(
            {"ids": array(text(500), most=MOST_IDS), "contexts": whole(0, 100, default=10)}, needed=["ids"]
        ),
        where="beside",
    ),
    Operation(
        "decide on terms",
        "POST",
        "/terms/verdicts",
        "Decide on terms as they were shown; 409 when somebody else decided otherwise meanwhile.",
        _decide,
        record({"mark": text(), "rows": ROWS}),
        body=record({"verdicts": array(VERDICT, most=100), "author": AUTHOR}, needed=["verdicts"]),
        role="decide",
        where="write",
    ),
    Operation(
        "undo a decision on terms",
        "POST",
        "/terms/undo",
        "Take a decision back, by its mark; without one the last that anybody made.",
        _undo,
        record({"kept": array(text()), "concepts": array(text())}),
        body=record({"mark": text(40, default=""), "author": AUTHOR}, needed=[]),
        role="decide",
        where="write",
    ),
    Operation(
        "merge concepts",
        "POST",
        "/terms/merge",
        "Make one concept of two, which keeps the id of the first.",
        _merge,
        record({}),
        body=record({"into": text(500), "other": text(500), "author": AUTHOR}, needed=["into", "other"]),
        role="decide",
        where="write",
    ),
]
