"""A page as a value: where it is, its template, and what the template is filled with.

``page_route`` makes its route. Templates lie in ``tm/server/templates`` and extend ``workbench.html``, which extends
the base of the pages of one file (``tm.pages``); style and scripts lie in ``tm/server/static``, and those that
both kinds of pages share in ``tm/pages``. They are read once (``static_route``), so that no request reads the
file system. The Content-Security-Policy (``tm.server.guard``) allows nothing inline and nothing from elsewhere.

The language is the one that the address names (``?language=fr``), which a cookie keeps, else the one that the
browser asks for. A token that the address names (``?key=…``) is kept by a cookie likewise.
"""

from __future__ import annotations

import functools
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tm.pages.messages import LANGUAGES, preferred
from tm.pages.page import environment
from tm.server.answers import answered
from tm.server.callers import caller_of
from tm.server.guard import COOKIE, key_in
from tm.server.operations import done

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from tm.server.desk import Desk
    from tm.server.operations import Call, Where

STYLES = ("page.css", "workbench.css")
SCRIPTS = ("common.js", "elements.js", "workbench.js")
"""What every page loads first."""

_SHARED = (".css", ".js")
"""Files of ``tm.pages`` that browsers may load too."""

_COOKIE = "ponte-language"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the server.

    Attributes:
        path: of its address.
        template: a file of ``tm/server/templates``.
        title: in English; the catalogues have it in other languages.
        values: what the template is filled with; one call of ``tm.work``.
        scripts: files that it loads after those of all pages.
        styles: likewise.
        where: which thread gives the values.
    """

    path: str
    template: str
    title: str
    values: Callable[[Call], dict[str, Any]]
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    where: Where = "read"


def page_route(page: Page, pages: Sequence[Page]) -> Route:
    """The route of a page, which names the others; ``request.query_params`` are the values of the call."""

    async def endpoint(request: Request) -> Response:
        given = {**request.query_params, **request.path_params}
        desk: Desk = request.app.state.desk
        token = key_in(request.scope["query_string"])
        if caller_of(token, desk.settings.tokens):
            return _kept(token, page.path, request)
        values = await done(desk, page.values, given, request.state.caller, page.where)
        jinja = environment(_language(request), "tm.server")
        text = jinja.get_template(page.template).render(
            title=jinja.globals["_"](page.title),  # type: ignore[operator]
            path=page.path,
            pages=pages,
            languages=LANGUAGES,
            styles=STYLES + page.styles,
            scripts=SCRIPTS + page.scripts,
            caller=request.state.caller,
            **values,
        )
        answer = HTMLResponse(text)
        if given.get("language") in LANGUAGES:
            answer.set_cookie(_COOKIE, given["language"], _YEAR, samesite="lax", httponly=True)
        return answer

    return Route(page.path, answered(endpoint), methods=["GET"], name=page.template)


def _kept(token: str, path: str, request: Request) -> Response:
    """The token that an address has, as a cookie, and the way to the page without it; all else stays."""
    rest = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "key"])
    answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
    answer.set_cookie(COOKIE, token, _YEAR, samesite="lax", httponly=True)
    return answer


def _language(request: Request) -> str:
    for tag in (request.query_params.get("language", ""), request.cookies.get(_COOKIE, "")):
        if tag in LANGUAGES:
            return tag
    return preferred(request.headers.get("accept-language", ""))


def static_route() -> Route:
    """The route of styles and scripts: files of the packages, read once."""

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
    """Each file that may be loaded: its bytes, a tag that changes with them, its type."""
    files = {}
    of_server = resources.files("tm.server").joinpath("static").iterdir()
    shared = (file for file in resources.files("tm.pages").iterdir() if file.name.endswith(_SHARED))
    for file in (*shared, *of_server):
        if file.is_file():
            content = file.read_bytes()
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            files[file.name] = content, tag, mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return files
