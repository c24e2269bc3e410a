"""A page as a value: where it is, its template, and what the template is filled with.

``page_route`` makes its route. Templates lie in ``tm/server/templates``, style and scripts in
``tm/server/static``: they are read once (``static_route``), so that no request reads the file system. The
Content-Security-Policy (``tm.server.guard``) allows nothing inline and nothing from elsewhere.
"""

from __future__ import annotations

import functools
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tm.server.answers import answered
from tm.server.operations import done

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from starlette.requests import Request

    from tm.server.callers import Role
    from tm.server.operations import Call, Where


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the server.

    Attributes:
        path: of its address.
        template: a file of ``tm/server/templates``.
        title: what the browser shows above.
        values: what the template is filled with; one call of ``tm.work``.
        role: who may see it.
        where: which thread gives the values.
    """

    path: str
    template: str
    title: str
    values: Callable[[Call], dict[str, Any]]
    role: Role = "read"
    where: Where = "read"


def page_route(page: Page) -> Route:
    """The route of a page; ``request.query_params`` are the values of the call."""

    async def endpoint(request: Request) -> Response:
        given = {**request.query_params, **request.path_params}
        values = await done(request.app.state.desk, page.values, given, request.state.caller, page.where)
        settings = request.app.state.desk.settings
        template = _environment().get_template(page.template)
        return HTMLResponse(template.render(title=page.title, path=page.path, settings=settings, **values))

    return Route(page.path, answered(endpoint), methods=["GET"], name=page.template)


def static_route() -> Route:
    """The route of styles and scripts: files of this package, read once."""

    async def endpoint(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _files():
            return Response("no such file", 404, media_type="text/plain")
        content, tag, kind = _files()[name]
        headers = {"etag": tag, "cache-control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=kind)

    return Route("/static/{name}", endpoint, methods=["GET"], name="static")


@functools.cache
def _files() -> dict[str, tuple[bytes, str, str]]:
    """Each file of ``static``: its bytes, a tag that changes with them, its type."""
    files = {}
    for file in resources.files("tm.server").joinpath("static").iterdir():
        if file.is_file():
            content = file.read_bytes()
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            files[file.name] = content, tag, mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return files


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment as Jinja
    from jinja2 import PackageLoader, StrictUndefined

    return Jinja(
        loader=PackageLoader("tm.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
