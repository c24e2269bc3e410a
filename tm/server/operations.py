"""Operations: what one request asks for, as a value: how it is named, what it takes, gives, and who may ask.

An ``Operation`` says all that a route, the OpenAPI description and the tests need; its ``run`` is one call of
``tm.work``. ``route`` makes the route. It has no logic of its own:

1. The parameters, the body and the caller become a ``Call``.
2. ``run`` does it where the kind says: among the readers, at the writer, where meanings are searched, or beside all.
3. What it gives is the body of the answer, or the answer; a ``TMError`` becomes the status of its kind (``answers.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from tm.progress import Progress, unwatched
from tm.server.answers import RefusedError, answered, json_answer, json_body
from tm.server.schemas import Schema, checked, from_query, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from tm.server.callers import Caller, Role
    from tm.server.desk import Desk
    from tm.server.settings import Settings
    from tm.store import Store

Where = Literal["read", "write", "meaning", "beside"]
"""Who does it: a reader, with all memories; the writer, with the one that is written; the thread that searches by
meaning, with all; or a thread without any."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request as values.

    Attributes:
        values: what stands in the address and in the body, by name, with defaults.
        settings: of the server.
        caller: who asks.
        stores: the open memories; only the first one at the writer, none beside.
        desk: what the requests of the server share.
        progress: takes the steps of long work.
    """

    values: dict[str, Any]
    settings: Settings
    caller: Caller
    stores: list[Store]
    desk: Desk
    progress: Progress = unwatched

    @property
    def by(self) -> dict[str, str]:
        """Who changes something, and when, for the history."""
        return {"author": self.caller.name, "date": self.settings.now()}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - of the schema's type
        """A value by its name."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one request asks for.

    Attributes:
        name: in the OpenAPI description.
        method: "GET", "POST", …
        path: of the address; parts in braces are values.
        summary: one line.
        run: does it; gives what the answer holds.
        answer: the schema of the answer.
        parameters: the schema of what stands in the address, the parts in braces among them.
        body: the schema of the body; None without one.
        role: who may ask.
        where: which thread does it; or what tells it from the values.
        prepare: done beside first, where the writer would be kept too long; gives the call's value "prepared".
        status: of the answer when all is well.
        is_long: whether it may take long, and may be asked for as a job (``api/jobs.py``).
        is_quick: whether what a call asks for is done sooner than handed to a thread (``quick.py``).
        together: values by which the calls may differ that are done at once; then ``run`` takes a list of calls
            and gives a list of answers, or errors.
    """

    name: str
    method: str
    path: str
    summary: str
    run: Callable[[Any], Any]
    answer: Schema
    parameters: Schema = field(default_factory=lambda: record({}))
    body: Schema | None = None
    role: Role = "read"
    where: Where | Callable[[dict[str, Any]], Where] = "read"
    prepare: Callable[[Call], Any] | None = None
    status: int = 200
    is_long: bool = False
    is_quick: Callable[[Call], bool] = field(default=lambda _: False)
    together: tuple[str, ...] = ()


def query_values(query: bytes) -> dict[str, str]:
    """The values of an address, as ``urllib.parse.parse_qsl`` has them, but sooner; of several with one name
    the last.

    >>> query_values(b"q=p%C3%A3o+doce&min=&forms")
    {'q': 'pão doce', 'min': '', 'forms': ''}
    """
    parts = (part.partition(b"=") for part in query.split(b"&") if part)
    return {_unquoted(name): _unquoted(value) for name, _, value in parts}


def _unquoted(part: bytes) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8", "replace")


def route(operation: Operation, prefix: str = "") -> Route:
    """The route of an operation."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        if not request.state.caller.may(operation.role):
            raise RefusedError(403, f"the role {operation.role} is needed")
        given = {**query_values(request.scope["query_string"]), **request.path_params}
        values = from_query(given, operation.parameters)
        if operation.body is not None:
            values |= checked(await json_body(request), operation.body)
        if operation.prepare:
            values["prepared"] = await done(desk, operation.prepare, values, request.state.caller, "beside")
        if operation.together:
            answer = await _done_together(desk, operation, values, request.state.caller)
        else:
            where = operation.where if isinstance(operation.where, str) else operation.where(values)
            answer = await done(desk, operation.run, values, request.state.caller, where)
        return answer if isinstance(answer, Response) else json_answer(answer, operation.status)

    return Route(prefix + operation.path, answered(endpoint), methods=[operation.method], name=operation.name)


async def _done_together(desk: Desk, operation: Operation, values: dict[str, Any], caller: Caller) -> Any:  # noqa: ANN401
    """What an operation gives that is done for all who ask the same in the same way."""
    threads = desk.readers if operation.where == "read" else desk.writer
    same = tuple(value for name, value in values.items() if name not in operation.together)
    call = Call(values, desk.settings, caller, threads.opened, desk)
    ask = desk.quick.ask if operation.is_quick(call) else threads.ask_together
    return await ask((operation.name, same), call, lambda _, calls: operation.run(calls))


async def done(
    desk: Desk, run: Callable[[Call], Any], values: dict[str, Any], caller: Caller, where: Where
) -> Any:  # noqa: ANN401 - whatever it gives
    """What an operation gives, done where it belongs."""

    def with_stores(stores: list[Store]) -> Any:  # noqa: ANN401 - whatever it gives
        return run(Call(values, desk.settings, caller, stores, desk))

    if where == "beside":
        return await run_in_threadpool(with_stores, [])
    threads = {"read": desk.readers, "write": desk.writer, "meaning": desk.meaning.threads}[where]
    return await threads.ask(with_stores)
