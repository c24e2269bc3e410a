"""What programs of the tmserver protocol write; off unless the server was told (``tm serve --programs-write``).

::

    PUT or POST /tmserver/fr/pt_br/unit/TEXT        {"source": …, "target": …}
    DELETE /tmserver/fr/pt_br/unit/TEXT             takes out the units with this text
    POST /tmserver/fr/pt_br/store/NAME              [{"source": …, "target": …}, …]
    PUT /tmserver/fr/pt_br/store/NAME               a file of translations; the extension of NAME says which

The text may stand in ``?source=`` too. An answer is a JSON string: clients read it as JSON.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from tm.server.answers import RefusedError, answered, json_answer, json_body
from tm.server.given import given_files
from tm.server.programs.addresses import STORE, UNIT
from tm.server.programs.lookup import direction_of
from tm.server.schemas import LONGEST, array, checked, record, text
from tm.work.editing import having, take_out
from tm.work.entering import Entry, enter_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from tm.direction import Direction
    from tm.store import Store

FIELDS = record({"source": text(LONGEST, least=1), "target": text(LONGEST, least=1)})
"""What a program writes."""

UNITS: dict[str, Any] = {"type": "array", "maxItems": 10_000}
"""Many units; each may have fields that are of no use here."""


class _Writing(NamedTuple):
    """From which language into which something is written, by whom and when."""

    asked: Direction
    author: str
    date: str


def _writing(request: Request) -> _Writing:
    """What the history says of a request.

    Raises:
        RefusedError: writing is off, or not for this caller.
        OptionError: no languages.
    """
    caller, settings = request.state.caller, request.app.state.desk.settings
    if not (settings.programs_write and caller.may("write")):
        raise RefusedError(403, "writing is off; tm serve --programs-write allows it")
    given = request.path_params
    asked = direction_of(given["source_code"], given["target_code"])
    return _Writing(asked, caller.name, settings.now())


async def write(request: Request) -> Response:
    """A unit put into the memory."""
    writing = _writing(request)
    unit = checked(await json_body(request), FIELDS)
    await _enter(request, [unit], writing)
    return json_answer("")


async def _enter(request: Request, units: Sequence[dict[str, str]], writing: _Writing) -> int:
    entries = [Entry(unit["source"], unit["target"]) for unit in units]
    desk = request.app.state.desk
    asked, author, date = writing
    entered = await desk.writer.ask(
        lambda stores: enter_units(stores[0], entries, asked, author=author, date=date)
    )
    return int(entered.added.added)


async def forget(request: Request) -> Response:
    """The units with a text taken out; 404 where there is none."""
    writing = _writing(request)
    source = request.path_params["text"] or request.query_params.get("source", "")

    def removed(stores: list[Store]) -> int:
        asked, author, date = writing
        units = having(stores[0], source, "", asked) if source else []
        return len(take_out(stores[0], units, asked=asked, author=author, date=date).changes)

    if not await request.app.state.desk.writer.ask(removed):
        raise RefusedError(404, "no unit has this text")
    return json_answer("")


async def add_list(request: Request) -> Response:
    """Many units put into the memory."""
    writing = _writing(request)
    fields = FIELDS["properties"]
    given = [
        {name: unit[name] for name in fields if name in unit} if isinstance(unit, dict) else unit
        for unit in checked(await json_body(request), UNITS | {"items": {}})
    ]
    units = checked(given, array(FIELDS))
    added = await _enter(request, units, writing) if units else 0
    return json_answer(f"added {added} units from {request.path_params['name']}")


async def upload(request: Request) -> Response:
    """A file of translations put into the memory, beside the writer: both write in turns."""
    from tm.work.adding import add_files

    writing = _writing(request)
    name = request.path_params["name"]
    memory = request.app.state.desk.settings.memories[0]
    file = {"name": name, "content": base64.b64encode(await request.body()).decode()}

    def added() -> int:
        with given_files([file]) as paths:
            addition = add_files(
                memory,
                paths,
                direction=writing.asked,
                on_same="both",
                name=name,
                author=writing.author,
                date=writing.date,
            )
        if addition.rejected:
            raise addition.rejected[0]
        return addition.added.added

    return json_answer(f"added {await run_in_threadpool(added)} units from {name}")


routes = [
    Route(UNIT, answered(write), methods=["PUT", "POST"]),
    Route(UNIT, answered(forget), methods=["DELETE"]),
    Route(STORE, answered(add_list), methods=["POST"]),
    Route(STORE, answered(upload), methods=["PUT"]),
]
