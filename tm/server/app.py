"""The application: all routes behind the guard, and the threads that live as long as it does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from tm.server import monitoring
from tm.server.desk import Desk
from tm.server.guard import Guard
from tm.server.operations import route
from tm.server.pages import OPERATIONS, PAGES
from tm.server.pages.page import page_route, static_route
from tm.server.programs import ROUTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tm.server.settings import Settings


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

    pages = [*(page_route(page, PAGES) for page in PAGES), *(route(each, "/pages") for each in OPERATIONS)]
    routes = [*monitoring.routes, *ROUTES, *pages, static_route()]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.desk, app.state.counts = desk, counts
    return Guard(app, settings, counts.take, connections)
