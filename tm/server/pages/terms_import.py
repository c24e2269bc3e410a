"""Another glossary taken into the one that is served: what would happen, each conflict decided, then done as one change.

A conflict is named by what both glossaries say (``tm.terminology.joining.Conflict``). What is decided about one that
is not there any more, since somebody changed a term meanwhile, counts nothing: ours stays, and it is listed again.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, get_args

from tm.server.api.terms import glossary_path
from tm.server.given import FILE, given_files
from tm.server.operations import Operation
from tm.server.pages.terms import AUTHOR, by_of
from tm.server.schemas import array, choice, record, text, whole
from tm.terminology.joining import Conflict, OnConflict
from tm.work.importing import import_terms

if TYPE_CHECKING:
    from tm.server.operations import Call
    from tm.work.importing import Imported

CONFLICT = {"source": text(1 << 20), "kept": text(1 << 20), "imported": text(1 << 20)}
ANSWER = {
    "count": whole(0, 1 << 53),
    "conflicts": array(record(CONFLICT)),
    "contradictions": array(text(1 << 20)),
}
MOST_CHOICES = 20_000


def _foresee(call: Call) -> dict[str, Any]:
    with given_files([call["file"]]) as (path,):
        imported = import_terms(
            path,
            glossary_path(call),
            asked=call.settings.direction,
            name=call["file"]["name"],
            dry_run=True,
        )
    return _fields(imported)


def _fields(imported: Imported) -> dict[str, Any]:
    return {
        "count": imported.count,
        "conflicts": [
            {"source": conflict.source, "kept": conflict.kept, "imported": conflict.imported}
            for conflict in imported.conflicts
        ],
        "contradictions": list(imported.contradictions),
    }


def _import(call: Call) -> dict[str, Any]:
    choices: dict[Conflict, OnConflict] = {
        Conflict(chosen["source"], chosen["kept"], chosen["imported"]): chosen["holds"]
        for chosen in call["choices"]
    }
    mark = secrets.token_hex(8)
    with given_files([call["file"]]) as (path,):
        imported = import_terms(
            path,
            glossary_path(call),
            asked=call.settings.direction,
            name=call["file"]["name"],
            choices=choices,
            mark=mark,
            by=by_of(call),
        )
    undecided = [conflict for conflict in imported.conflicts if conflict not in choices]
    return {"count": imported.count, "mark": mark, "undecided": len(undecided)}


OPERATIONS = [
    Operation(
        "foreseeImport",
        "POST",
        "/files/glossary",
        "What an import of a glossary would do: how many concepts come, and where both decided differently.",
        _foresee,
        record(ANSWER),
        body=record({"file": FILE}),
        where="beside",
    ),
    Operation(
        "importTerms",
        "POST",
        "/files/glossary/terms",
        "Take a glossary in; what is decided about its conflicts holds, of the others ours.",
        _import,
        record({"count": whole(0, 1 << 53), "mark": text(40), "undecided": whole(0, 1 << 53)}),
        body=record(
            {
                "file": FILE,
                "choices": array(
                    record(CONFLICT | {"holds": choice(get_args(OnConflict))}), most=MOST_CHOICES
                ),
                "author": AUTHOR,
            },
            needed=["file", "choices"],
        ),
        role="decide",
        where="write",
    ),
]
