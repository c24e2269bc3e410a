"""Units of the memory that is written: browsed, entered, changed and taken out; the history, and undo.

A unit's number is its version: a change gives it a new one. Whoever changes or takes out a number that is not
there any more is told so (409), and nothing happens.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tm.errors import TMError
from tm.server.answers import RefusedError
from tm.server.api.parts import ANY, COUNT, LANGUAGES, NUMBER, UNIT, WHERE, asked_of, unit_fields
from tm.server.api.search import LIMIT, deadline
from tm.server.operations import Operation
from tm.server.schemas import LONGEST, array, choice, flag, record, text, whole
from tm.work.alteration import Alteration
from tm.work.browsing import browse, browse_newest
from tm.work.editing import change_units, take_out
from tm.work.entering import Entry, add_entries, kept
from tm.work.memories import direction_in
from tm.work.search_box import begun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.server.operations import Call
    from tm.store import Added
    from tm.store.stored import Stored

TEXT = text(LONGEST, least=1)
NOTE = text(LONGEST)


def _unit(call: Call) -> Stored:
    """The unit that an address names.

    Raises:
        RefusedError: it is not there, or not any more; 404 for a reader, 409 for who wants to change it.
    """
    units: list[Stored] = call.stores[0].stored([call["number"]])
    if units:
        return units[0]
    raise RefusedError(404, f"no unit has the number {call['number']}, or none any more")


def _present(call: Call) -> Stored:
    try:
        return _unit(call)
    except RefusedError as error:
        raise _gone(call["number"]) from error


def _gone(number: int) -> RefusedError:
    return RefusedError(
        409, f"unit {number} is not there any more: somebody changed it or took it out; look it up again"
    )


def _show(call: Call) -> dict[str, Any]:
    return unit_fields(_unit(call), asked_of(call))


def _browse(call: Call) -> dict[str, Any]:
    asked, store, is_late = asked_of(call), call.stores[0], deadline(call)
    after, limit = call["after"], call["limit"]
    if call["newest"] or call["words"]:
        words = begun(call["words"]) if call["begun"] else call["words"]
        page = browse_newest(
            store, call["where"], words=words, asked=asked, before=after, limit=limit, is_late=is_late
        )
    else:
        page = browse(store, call["where"], after=after, limit=limit, is_late=is_late)
    return {
        "units": [unit_fields(stored, asked) for stored in page.units],
        "next": page.next,
        "total": len(call.stores[0]),
        "partial": page.is_partial,
    }


def _enter(calls: Sequence[Call]) -> list[dict[str, Any] | TMError]:
    """Each a change of its own; their numbers are looked for at once."""
    store, asked = calls[0].stores[0], asked_of(calls[0])
    direction = asked if asked.is_known else direction_in(store, asked)
    added: list[Added | TMError] = []
    for call in calls:
        try:
            entries = [_entry(call)]
            added.append(add_entries(store, entries, direction, **call.by, on_same=call["on_same"]))
        except TMError as error:
            added.append(error)
    stored_units = kept(store, [_entry(call) for call in calls], direction)
    return [
        result
        if isinstance(result, TMError)
        else {
            "unit": unit_fields(stored, direction) if stored else None,
            "added": result.added + result.replaced,
        }
        for result, stored in zip(added, stored_units, strict=True)
    ]


def _entry(call: Call) -> Entry:
    return Entry(call["source"], call["target"], call["note"], call["previous"], call["context"])


def _edit(call: Call) -> dict[str, Any]:
    before, asked = _present(call), asked_of(call)
    alteration = Alteration(
        call.values.get("source"), call.values.get("target"), call.values.get("note"), author=call.caller.name
    )
    if alteration == Alteration(author=call.caller.name):
        raise RefusedError(400, "nothing to change; a source, a target or a note was expected")
    editing = change_units(call.stores[0], [before], alteration, asked, date=call.settings.now())
    number = editing.changes[0].number if editing.changes else before.number
    units = [] if editing.gone else call.stores[0].stored([number])
    if not units:
        raise _gone(before.number)
    return {
        "unit": unit_fields(units[0], asked),
        "codes_left_out": editing.changes[0].codes_left_out if editing.changes else 0,
    }


def _remove(call: Call) -> dict[str, Any]:
    present, date = _present(call), call.settings.now()
    removing = take_out(call.stores[0], [present], asked=asked_of(call), date=date, author=call.caller.name)
    if removing.gone:
        raise _gone(call["number"])
    return {"removed": 1}


def _history(call: Call) -> dict[str, Any]:
    changes = call.stores[0].log()[::-1][: call["limit"]]
    return {"changes": [asdict(change) for change in changes]}


def _undo(call: Call) -> dict[str, Any]:
    store, meant = call.stores[0], call.values.get("change", 0)
    undone = store.undo(**call.by, change=meant)
    if meant and undone is None:
        raise RefusedError(409, f"change {meant} is not the last one any more; look at the history again")
    return {"undone": asdict(undone) if undone else None, "units": len(store)}


CHANGE = record(
    {
        "number": COUNT,
        "date": ANY,
        "action": choice(["add", "edit", "remove", "undo"]),
        "name": ANY,
        "author": ANY,
        "added": COUNT,
        "removed": COUNT,
        "finished": flag(),
    }
)
_NAMED = record({"number": NUMBER, **LANGUAGES}, needed=["number"])
_CHANGED = record({"unit": UNIT, "codes_left_out": COUNT})

OPERATIONS = (
    Operation(
        "browse",
        "GET",
        "/units",
        "Units in order of arrival or the newest first, a page at a time.",
        _browse,
        record(
            {
                "units": array(UNIT),
                "next": {**COUNT, "description": "What the next page begins behind; 0 at the end."},
                "total": COUNT,
                "partial": flag(),
            }
        ),
        parameters=record(
            {
                **LANGUAGES,
                "where": WHERE,
                "words": text(500, about="They stand in a text; then the newest come first.", default=""),
                "begun": flag(about="The last word may go on.", default=False),
                "newest": flag(about="The newest first.", default=False),
                "after": {**COUNT, "default": 0},
                "limit": {**LIMIT, "maximum": 500, "default": 50},
            },
            needed=[],
        ),
    ),
    Operation(
        "enter",
        "POST",
        "/units",
        "Put a unit into the memory; null where the memory has another translation that is to be kept.",
        _enter,
        record({"unit": {"anyOf": [UNIT, {"type": "null"}]}, "added": COUNT}),
        body=record(
            {
                "source": TEXT,
                "target": TEXT,
                **LANGUAGES,
                "note": {**NOTE, "default": ""},
                "previous": {**NOTE, "default": ""},
                "context": {**NOTE, "default": ""},
                "on_same": choice(["keep", "replace", "both"], default="both"),
            },
            needed=["source", "target"],
        ),
        role="write",
        where="write",
        status=201,
        together=("source", "target", "note", "previous", "context"),
    ),
    Operation("unit", "GET", "/units/{number}", "One unit.", _show, UNIT, parameters=_NAMED),
    Operation(
        "edit",
        "PATCH",
        "/units/{number}",
        "Change a unit, which gets a new number; 409 when somebody else did meanwhile.",
        _edit,
        _CHANGED,
        parameters=record({"number": NUMBER}),
        body=record({"source": TEXT, "target": TEXT, "note": NOTE, **LANGUAGES}, needed=[]),
        role="write",
        where="write",
    ),
    Operation(
        "remove",
        "DELETE",
        "/units/{number}",
        "Take a unit out; 409 when it is not there any more.",
        _remove,
        record({"removed": whole(1, 1)}),
        parameters=_NAMED,
        role="write",
        where="write",
    ),
    Operation(
        "history",
        "GET",
        "/history",
        "The changes of the memory, the newest first.",
        _history,
        record({"changes": array(CHANGE)}),
        parameters=record({"limit": {**LIMIT, "maximum": 1_000, "default": 50}}, needed=[]),
    ),
    Operation(
        "undo",
        "POST",
        "/undo",
        "Take back the last change; when it is named and is not the last one any more, 409.",
        _undo,
        record({"undone": {"anyOf": [CHANGE, {"type": "null"}]}, "units": COUNT}),
        body=record({"change": NUMBER}, needed=[]),
        role="write",
        where="write",
    ),
)
