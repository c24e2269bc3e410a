"""Terms of the glossary: listed, found in a text, decided on; the log of decisions, and undo.

A decision says what the person saw (``status``, ``old_note``). Where somebody else changed that meanwhile, it is
not carried out, and the answer (409) says what stands there now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from tm.errors import OptionError
from tm.model import Status
from tm.server.answers import RefusedError
from tm.server.api.parts import ANY, CONFIDENCE, COUNT, LANGUAGES, PLACE, SHORT, asked_of
from tm.server.api.search import LIMIT, QUERY
from tm.server.operations import Operation
from tm.server.schemas import array, choice, flag, record, text
from tm.terminology.decisions import Decision
from tm.terminology.verdicts import Ruling, Verdict
from tm.work.applying import apply_verdicts
from tm.work.deciding import add_terms, merge_terms, undo_terms
from tm.work.glossary import concept_pairs
from tm.work.glossary_file import By, direction_within
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from tm.model import Concept, Term
    from tm.server.operations import Call

STATUS = choice(get_args(Status))


def glossary_path(call: Call) -> str:
    """The glossary's file, which is changed.

    Raises:
        OptionError: none is served.
    """
    if not call.settings.glossary:
        raise OptionError("no glossary is served; tm serve --terms GLOSSARY names one")
    return call.settings.glossary


def _by(call: Call) -> By:
    return By(**call.by)


def _list(call: Call) -> dict[str, Any]:
    path, concepts = glossary_path(call), call.desk.glossary.now().concepts
    direction = direction_within(concepts, asked_of(call), path)
    pairs = [
        (concept, term, translation)
        for concept, term, translation in concept_pairs(concepts, direction)
        if call["status"] in ("", translation.status)
        and call["q"].lower() in f"{term.text} {translation.text}".lower()
    ]
    first = call["after"]
    return {
        "source_lang": direction.source,
        "target_lang": direction.target,
        "total": len(pairs),
        "terms": [_fields(*pair) for pair in pairs[first : first + call["limit"]]],
    }


def _fields(concept: Concept, term: Term, translation: Term) -> dict[str, Any]:
    evidence = translation.evidence
    return {
        "concept": concept.id,
        "source": term.text,
        "target": translation.text,
        "status": translation.status,
        "note": translation.note,
        "confidence": evidence.confidence if evidence else None,
        "count": evidence.pair_count if evidence else None,
        "contexts": [
            {"source": context.source, "target": context.target}
            for context in (evidence.contexts[:3] if evidence else ())
        ],
    }


def _decide(call: Call) -> dict[str, Any]:
    fields = (
        "concept",
        "source",
        "target",
        "status",
        "ruling",
        "new_source",
        "new_target",
        "old_note",
        "note",
    )
    verdict = Verdict(**{name: call[name] for name in fields})
    result = apply_verdicts([verdict], glossary_path(call), asked=asked_of(call), by=_by(call))
    if result.conflicts:
        raise RefusedError(409, f"{verdict.source} = {verdict.target}: {result.conflicts[0].reason}")
    return {"changed": result.is_new}


def _add(call: Call) -> dict[str, Any]:
    add_terms(
        glossary_path(call),
        call["source"],
        call["target"],
        status=call["status"],
        note=call["note"],
        asked=asked_of(call),
        by=_by(call),
    )
    return {"changed": True}


def _merge(call: Call) -> dict[str, Any]:
    merge_terms(glossary_path(call), call["term"], call["other"], asked=asked_of(call), by=_by(call))
    return {"changed": True}


def _undo(call: Call) -> dict[str, Any]:
    undone = undo_terms(glossary_path(call), asked=asked_of(call), by=_by(call))
    return {"action": undone.entry.action, "author": undone.entry.author, "kept": list(undone.kept)}


def _history(call: Call) -> dict[str, Any]:
    glossary_path(call)  # refused where none is served
    entries = call.desk.glossary.log()[::-1][: call["limit"]]
    return {
        "changes": [
            {
                "number": entry.number,
                "action": entry.action,
                "author": entry.author,
                "date": entry.date,
                "concepts": len(entry.changes),
            }
            for entry in entries
        ]
    }


def _recognise(call: Call) -> dict[str, Any]:
    direction = direction_in(call.stores, asked_of(call))
    occurrences = call.desk.glossary.now().terms_in(call["text"], direction.source)
    return {
        "source_lang": direction.source,
        "target_lang": direction.target,
        "terms": [
            {
                "start": occurrence.start,
                "end": occurrence.end,
                "term": occurrence.term.text,
                "concept": occurrence.concept.id,
                "translations": [
                    {"text": term.text, "status": term.status}
                    for term in occurrence.concept.of(direction.target)
                ],
            }
            for occurrence in occurrences
        ],
    }


_NUMBER = {"anyOf": [CONFIDENCE, {"type": "null"}]}
_COUNT = {"anyOf": [COUNT, {"type": "null"}]}
_EMPTY = {**SHORT, "default": ""}
_TERM = record(
    {
        "concept": ANY,
        "source": ANY,
        "target": ANY,
        "status": STATUS,
        "note": ANY,
        "confidence": _NUMBER,
        "count": _COUNT,
        "contexts": array(record({"source": ANY, "target": ANY})),
    }
)
_TRANSLATION = record({"text": ANY, "status": STATUS})
_CHANGED = record({"changed": flag()})
_NEEDED = text(500, least=1)

OPERATIONS = (
    Operation(
        "terms",
        "GET",
        "/terms",
        "The pairs of terms of the glossary, in its order.",
        _list,
        record({"source_lang": ANY, "target_lang": ANY, "total": COUNT, "terms": array(_TERM)}),
        parameters=record(
            {
                **LANGUAGES,
                "status": choice(["", *get_args(Status)], default=""),
                "q": _EMPTY,
                "after": {**COUNT, "default": 0},
                "limit": {**LIMIT, "maximum": 10_000, "default": 100},
            },
            needed=[],
        ),
        where="beside",
    ),
    Operation(
        "decide",
        "PATCH",
        "/terms",
        "Decide on a pair of terms, as it was seen; 409 when somebody else did meanwhile.",
        _decide,
        _CHANGED,
        body=record(
            {
                "concept": _NEEDED,
                "source": _NEEDED,
                "target": _EMPTY,
                "status": choice(["", *get_args(Status)], about="As it was seen."),
                "ruling": choice(get_args(Ruling), default=""),
                "new_source": _EMPTY,
                "new_target": _EMPTY,
                "old_note": _EMPTY,
                "note": _EMPTY,
                **LANGUAGES,
            },
            needed=["concept", "source", "status"],
        ),
        role="decide",
        where="write",
    ),
    Operation(
        "addTerm",
        "POST",
        "/terms",
        "Add a pair of terms.",
        _add,
        _CHANGED,
        body=record(
            {
                "source": _NEEDED,
                "target": _NEEDED,
                "status": choice(get_args(Decision), default="approved"),
                "note": _EMPTY,
                **LANGUAGES,
            },
            needed=["source", "target"],
        ),
        role="decide",
        where="write",
        status=201,
    ),
    Operation(
        "mergeTerms",
        "POST",
        "/terms/merge",
        "Make one concept of two, each named by a source term or an id.",
        _merge,
        _CHANGED,
        body=record({"term": _NEEDED, "other": _NEEDED, **LANGUAGES}, needed=["term", "other"]),
        role="decide",
        where="write",
    ),
    Operation(
        "undoTerms",
        "POST",
        "/terms/undo",
        "Take back the last decision that stands.",
        _undo,
        record({"action": ANY, "author": ANY, "kept": array(ANY)}),
        body=record(LANGUAGES, needed=[]),
        role="decide",
        where="write",
    ),
    Operation(
        "termHistory",
        "GET",
        "/terms/history",
        "The decisions, the newest first.",
        _history,
        record(
            {
                "changes": array(
                    record({"number": COUNT, "action": ANY, "author": ANY, "date": ANY, "concepts": COUNT})
                )
            }
        ),
        parameters=record({"limit": {**LIMIT, "maximum": 1_000, "default": 50}}, needed=[]),
        where="beside",
    ),
    Operation(
        "recognise",
        "POST",
        "/recognise",
        "The terms of the glossary in a text, in any form they take there.",
        _recognise,
        record(
            {
                "source_lang": ANY,
                "target_lang": ANY,
                "terms": array(
                    record(
                        {
                            **PLACE["properties"],
                            "term": ANY,
                            "concept": ANY,
                            "translations": array(_TRANSLATION),
                        }
                    )
                ),
            }
        ),
        body=record({"text": QUERY, **LANGUAGES}, needed=["text"]),
    ),
)
