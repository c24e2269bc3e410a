"""The application: all routes behind the guard, and the threads that live as long as it does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from tm.server import monitoring
from tm.server.answers import json_answer, refused
from tm.server.api import OPERATIONS, PREFIX
from tm.server.desk import Desk
from tm.server.guard import Guard
from tm.server.operations import route
from tm.server.pages import OPERATIONS as OF_PAGES
from tm.server.pages import PAGES
from tm.server.pages.page import page_route, static_route
from tm.server.programs import ROUTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from tm.server.settings import Settings


def api_routes() -> list[Route]:
    """The routes of ``/api/v1``, and of its description."""

    async def describe(_: Request) -> Response:
        from tm.server.openapi import description

        return json_answer(description())

    described = Route(f"{PREFIX}/openapi.json", describe, methods=["GET"])
    return [described, *(route(operation, PREFIX) for operation in OPERATIONS)]


async def _refuse(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refused(error)


def application(settings: Settings, connections: Callable[[], int] = int) -> Guard:
    """An ASGI application that serves memories.

    Args:
        settings: of the server.
        connections: how many are open, where the server knows it.
    """
    desk, counts = Desk(settings), monitoring.Counts()

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with desk.open():
            yield

    pages = [
        *(page_route(page, PAGES) for page in PAGES),
        *(route(operation, "/pages") for operation in OF_PAGES),
    ]
    routes = [*monitoring.routes, *api_routes(), *ROUTES, *pages, static_route()]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: _refuse})
    app.state.desk, app.state.counts = desk, counts
    return Guard(_Direct(app, routes), settings, counts.take, connections)


class _Direct:
    """Calls the endpoint of an address without parts that vary at once; an application would try all its routes."""

    def __init__(self, app: Starlette, routes: Sequence[Route]) -> None:
        self._app = app
        self._routes = {
            (method, each.path): each
            for each in reversed(routes)
            if not each.param_convertors
            for method in each.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        direct = scope["type"] == "http" and self._routes.get((scope["method"], scope["path"]))
        if not direct:
            await self._app(scope, receive, send)
            return
        scope.update(app=self._app, route=direct, endpoint=direct.endpoint, path_params={})
        answer: Response = await direct.endpoint(Request(scope, receive, send))
        await answer(scope, receive, send)
