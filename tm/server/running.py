"""The server as a process: uvicorn with our limits, from its start to its clean end.

``run`` returns after a signal: requests that are under way are answered, the writer does what waits, and the
memories are closed. ``_Protocol`` closes a connection whose head is too long, or does not come in time.

Requests are read by httptools, and uvloop runs the loop where there is one: a request costs a third of what it costs
with h11 and asyncio's own loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tm.errors import OptionError, StoreError
from tm.server.app import application
from tm.work.memories import open_memories

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.server.settings import Settings

HEAD = 64 << 10
"""Bytes of a request's head."""

TURN = 0.001
"""Seconds that a thread which computes keeps the loop waiting: in Python's own five milliseconds the loop could do
fifty look-ups."""

LAST_SECONDS = 20
"""Seconds for requests that are under way when the server is to end."""


class _Protocol(HttpToolsProtocol):
    """HTTP/1.1 with a limit for the length and the time of each request's head."""

    head_seconds = 15.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._alarm: asyncio.TimerHandle | None = None
        self._is_in_head, self._head_bytes = False, 0
        self._watch()

    def on_message_begin(self) -> None:
        """Count the bytes of a head anew."""
        self._is_in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand on a request whose head is not too long."""
        self._is_in_head = False
        length = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if length > HEAD:
            raise ValueError("a shorter head was expected")  # the parser makes it an answer of 400
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; from the first part of a head on, the rest of it is waited for."""
        super().data_received(data)
        if self._is_in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD:
                self.send_400_response("a shorter head was expected")
        self._watch()

    def _watch(self) -> None:
        if not self._lacks_head():
            self._calm()
        elif self._alarm is None:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self.head_seconds, self._close_without_head)

    def _lacks_head(self) -> bool:
        """Whether no request is under way."""
        return self.cycle is None or self.cycle.response_complete

    def _calm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _close_without_head(self) -> None:
        if self._lacks_head() and not self.transport.is_closing():
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits any more."""
        self._calm()
        super().connection_lost(exc)


def run(settings: Settings, host: str, port: int, started: Callable[[int], None]) -> None:
    """Serve until a signal comes.

    Args:
        settings: of the server.
        host: the address to listen at.
        port: likewise; 0 = any that is free.
        started: called with the port when the first request may come.

    Raises:
        StoreError: a memory cannot be opened.
        OptionError: the address cannot be listened at.
    """
    limits = settings.limits
    with open_memories(settings.memories):  # what is wrong with them is said before anything begins
        listening = _listening(host, port)
    protocol: Any = type("_LimitedProtocol", (_Protocol,), {"head_seconds": limits.head_seconds})
    app = application(settings, lambda: len(server.server_state.connections))
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=int(limits.idle_seconds),
        timeout_graceful_shutdown=LAST_SECONDS,
        lifespan="on",
    )
    server = _Server(config, lambda: started(listening.getsockname()[1]))
    sys.setswitchinterval(TURN)
    with contextlib.suppress(KeyboardInterrupt, SystemExit):  # uvicorn raises the signal again that ended it
        server.run([listening])
    if not server.started:
        raise StoreError("the server could not start; the lines above say why")


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise OptionError(f"{host} port {port}: {what}; --port N names another one") from error


class _Server(uvicorn.Server):
    """A server that says when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._say_started = started

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Start, then say so; what is there now stays, and garbage is not looked for in it."""
        await super().startup(sockets)
        gc.freeze()
        if self.started and not self.should_exit:
            self._say_started()
