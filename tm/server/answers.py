"""Answers: values as JSON, and errors as the status that says what a program should do about them."""

from __future__ import annotations

import functools
import json
import re
import tempfile
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from tm.errors import FormatError, MissingExtraError, OptionError, StoreError, TMError
from tm.server.threads import BusyError
from tm.store.addresses import short_name

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    Endpoint = Callable[[Request], Awaitable[Response]]

_GIVEN = re.compile(re.escape(tempfile.gettempdir()) + r"[/\\]ponte-\w+[/\\]")
"""The folders into which files of requests are written."""

AGAIN = {"Retry-After": "1"}
"""Seconds after which a program may ask again."""


class RefusedError(TMError):
    """A request that is refused with a status of its own.

    >>> RefusedError(409, "unit 12 was changed meanwhile").status
    409
    """

    def __init__(self, status: int, what: str) -> None:
        """Keep both."""
        super().__init__(what)
        self.status = status


def status_of(error: TMError) -> int:
    """What an error is to a program: 400 a wrong request, 409 too late, 422 content that cannot be read, 501 an
    extra that the server lacks.

    >>> status_of(OptionError("")), status_of(FormatError("")), status_of(BusyError(""))
    (400, 422, 503)
    """
    match error:
        case RefusedError():
            return error.status
        case OptionError():
            return 400
        case MissingExtraError():
            return 501
        case FormatError():
            return 422
        case StoreError() | BusyError():
            return 503
        case _:
            return 400


def json_answer(
    value: object, status: int = 200, headers: dict[str, str] | None = None, *, colon: str = ":"
) -> Response:
    """A value as JSON; half characters, which UTF-8 cannot hold, are written as JSON can.

    The colon is what some programs look for instead of reading JSON.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", colon))
    try:
        body = text.encode()
    except UnicodeEncodeError:
        body = json.dumps(value, separators=(",", colon)).encode()
    return Response(body, status, headers, media_type="application/json")


def refusal(error: TMError, paths: Sequence[str] = ()) -> Response:
    """An error as an answer; of the paths, and of files that came with the request, it tells the names alone.

    >>> refusal(FormatError("no table", path="/srv/tm/terms.tsv"), ["/srv/tm/terms.tsv"]).body
    b'{"error":"terms.tsv: no table"}'
    """
    status = status_of(error)
    return json_answer({"error": message_of(error, paths)}, status, AGAIN if status == 503 else None)


def message_of(error: TMError, paths: Sequence[str] = ()) -> str:
    """An error as one line; of the paths, and of files that came with the request, it tells the names alone."""
    text = _GIVEN.sub("", str(error))
    for path in paths:
        text = text.replace(path, short_name(path))
    return text


def refused(error: HTTPException) -> Response:
    """A request that no route takes, or that the guard does not let in, as an answer."""
    return json_answer({"error": error.detail}, error.status_code, dict(error.headers or {}))


def answered(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with errors that a user can mend as answers."""

    @functools.wraps(endpoint)
    async def with_errors(request: Request) -> Response:
        try:
            return await endpoint(request)
        except TMError as error:
            return refusal(error, request.app.state.desk.settings.paths)

    return with_errors


async def json_body(request: Request) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The body of a request, which must be JSON.

    Raises:
        RefusedError: it says that it is something else; a form of another site could send that unasked.
        OptionError: it is no JSON.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(415, "a body of the type application/json was expected")
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise OptionError(f"the body is no JSON: {str(error)[:100]}") from error
