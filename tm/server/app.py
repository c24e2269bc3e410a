"""The application: all routes behind the guard, and the threads that live as long as it does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
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
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.responses import Response

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
    return Guard(app, settings, counts.take, connections)
