"""What stands before all routes: who may come in, with how much, and what every answer says to a browser.

``Guard`` is an ASGI application around another one. A request passes, in this order:

1. the head: one Host of the allow-list (else another site's name could lead here), not too many headers;
2. for what changes something: the page that sends it must be ours (Origin, Sec-Fetch-Site);
3. the token, where there are tokens; on this machine's own address without tokens everybody is its user;
4. the length: said beforehand, and counted while it comes, with a time limit.

Nothing of this reads the body, or a path from the request as a path of the file system.
"""

from __future__ import annotations

import asyncio
import re
import time
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException

from tm.server.answers import RefusedError, refused
from tm.server.callers import Caller, caller_of

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from tm.server.settings import Settings

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""By these names a server on this machine is called."""

SAFE = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""

MOST_HEADERS = 100
"""Header lines of a request; browsers send about twenty."""

COOKIE = "ponte-token"
"""The cookie in which a browser keeps the token."""

OPEN = ("/health", "/static/")
"""Paths that need no token; those with a slash at the end are beginnings."""

FILES = re.compile("/api/v1/jobs|/pages/files|/tmserver/[^/]+/[^/]+/store/")
"""How paths begin to which files are sent, which may be longer than other bodies."""

GONE = 499
"""The status of a request whose sender hung up before it was whole: for the counts and the log, nobody is answered."""

IN_BODY = ("/libre/translate",)
"""Paths of which a program may show the token in the body: their routes look for it (``caller_in``)."""

NOBODY = Caller("", "read")
"""Who shows no token, or not yet."""

POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    b" connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: what comes from here, nothing that stands in the page itself."""

HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
"""What every answer says to a browser."""

UNSAVED = (b"cache-control", b"no-store")
"""Of answers that say nothing else: they hold texts, and are out of date after the next write."""


class _RefusalError(HTTPException):
    """A request that does not come in, or whose body does not; the connection ends, what is left is not read."""

    def __init__(self, status: int, what: str, **headers: str) -> None:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(status, what, {**more, "connection": "close"})


class Guard:
    """An ASGI application that lets requests through to another one."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        finished: Callable[[Scope, int, float], None],
        connections: Callable[[], int] = int,
    ) -> None:
        """Keep them.

        Args:
            app: what is guarded.
            settings: of the server.
            finished: told of each request: its scope, the status of the answer, the seconds it took.
            connections: how many are open.
        """
        self.app, self.settings, self.finished = app, settings, finished
        self.connections = connections
        self.names = frozenset(map(_as_host, (*OWN_NAMES, *settings.hosts)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        began, answer = time.monotonic(), _Answer(send)
        try:
            caller = self._checked(scope)
            scope.setdefault("state", {})["caller"] = caller
            body = _Body(receive, self._most(scope), self.settings.limits.head_seconds)
            await self.app(scope, body.receive, answer.send)
        except _RefusalError as refusal:
            if not answer.status:
                await refused(refusal)(scope, receive, answer.send)
        except Exception:  # a fault of ours, which the server logs
            if not answer.status:
                await refused(HTTPException(500))(scope, receive, answer.send)
            raise
        finally:
            self.finished(scope, answer.status, time.monotonic() - began)

    def _checked(self, scope: Scope) -> Caller:
        """Who asks, when the head of the request is as it should be."""
        if self.connections() > self.settings.limits.connections:
            raise _RefusalError(503, "too many connections; try again soon", retry_after="1")
        if len(scope["headers"]) > MOST_HEADERS:
            raise _RefusalError(431, f"more than {MOST_HEADERS} header lines")
        headers = _single(scope["headers"])
        host = headers.get("host", "")
        if _name_of(host) not in self.names:
            raise _RefusalError(421, "this server has another name; tm serve --host-name NAME adds one")
        if "transfer-encoding" in headers and "content-length" in headers:
            raise _RefusalError(400, "a length and chunks at the same time")
        if scope["method"] not in SAFE:
            _check_origin(headers, host)
        self._check_length(scope, headers)
        return self._caller(scope, headers)

    def _check_length(self, scope: Scope, headers: dict[str, str]) -> None:
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdecimal():
            raise _RefusalError(400, "the length of the body is no number")
        if len(length) > 12 or int(length) > self._most(scope):
            raise _RefusalError(413, f"a body of at most {self._most(scope):,} bytes was expected")

    def _most(self, scope: Scope) -> int:
        """Bytes of the body of a request."""
        limits = self.settings.limits
        return limits.file if FILES.match(scope["path"]) else limits.body

    def _caller(self, scope: Scope, headers: dict[str, str]) -> Caller:
        tokens = self.settings.tokens
        if not tokens:
            return Caller(self.settings.author, "write")
        if caller := caller_of(_token(scope, headers), tokens):
            return caller
        path = scope["path"]
        is_open = any(
            path == address or (address.endswith("/") and path.startswith(address)) for address in OPEN
        )
        if is_open or path in IN_BODY:
            return NOBODY
        raise _RefusalError(
            401, "a token was expected: Authorization: Bearer TOKEN", www_authenticate="Bearer"
        )


def caller_in(request: Request, token: object) -> Caller:
    """Who asks, where the token may stand in the body.

    Raises:
        RefusedError: nobody has this token.
    """
    caller: Caller = request.state.caller
    if caller is not NOBODY:
        return caller
    settings: Settings = request.app.state.desk.settings
    if isinstance(token, str) and (named := caller_of(token, settings.tokens)):
        return named
    raise RefusedError(401, "a token was expected: api_key in the body, or Authorization: Bearer TOKEN")


def _single(lines: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers by name; those that decide something may stand there once only."""
    headers: dict[str, str] = {}
    for name, value in lines:
        key = name.decode("latin-1").lower()
        if key in headers and key in ("host", "content-length", "origin", "authorization"):
            raise _RefusalError(400, f"two headers {key}")
        headers[key] = value.decode("latin-1").strip()
    return headers


def _as_host(name: str) -> str:
    """A name or an address as a Host header has it.

    >>> _as_host("TM.example.org"), _as_host("2001:db8::1"), _as_host("[::1]")
    ('tm.example.org', '[2001:db8::1]', '[::1]')
    """
    return f"[{name}]".lower() if ":" in name and not name.startswith("[") else name.lower()


def _name_of(host: str) -> str:
    """The name in a Host header, without the port.

    >>> _name_of("localhost:8765"), _name_of("[::1]:8765"), _name_of("127.0.0.1.evil.example")
    ('localhost', '[::1]', '127.0.0.1.evil.example')
    """
    match = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[^:/@\s]+)(?::\d{1,5})?", host)
    return match[1].lower() if match else ""


def _check_origin(headers: dict[str, str], host: str) -> None:
    """Refuse what another site's page sends."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        raise _RefusalError(403, "sent by a page of another site")
    origin = headers.get("origin")
    if origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
        raise _RefusalError(403, "sent by a page of another site")


def _token(scope: Scope, headers: dict[str, str]) -> str:
    """The token that a request shows: in its head, as the parameter ``key``, or in the browser's cookie."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if named := key_in(scope["query_string"]):
        return named
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def key_in(query: bytes) -> str:
    """The token that an address names, "" without one; a plus sign is no space here.

    >>> key_in(b"q=four&key=b3Zx+w%3D%3D"), key_in(b"monkey=1")
    ('b3Zx+w==', '')
    """
    named = re.search(rb"(?:^|&)key=([^&]*)", query)
    return unquote(named[1].decode("latin-1")) if named else ""


class _Body:
    """The body of a request while it comes: not longer than may be, and not for longer."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._left, self._seconds = receive, most, seconds
        self._ends = 0.0
        self._is_whole = False

    async def receive(self) -> Message:
        """The next part."""
        if self._is_whole:
            return await self._receive()
        self._ends = self._ends or time.monotonic() + self._seconds
        try:
            message = await asyncio.wait_for(self._receive(), self._ends - time.monotonic())
        except TimeoutError:
            raise _RefusalError(408, "the body did not come in time") from None
        if message["type"] == "http.disconnect":
            raise _RefusalError(GONE, "the body did not come to its end")
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise _RefusalError(413, "a shorter body was expected")
        self._is_whole = not message.get("more_body", False)
        return message


class _Answer:
    """What is sent, with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Hand a message on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = [(name.lower(), value) for name, value in message.get("headers", [])]
            names = {name for name, _ in given}
            more = [header for header in (*HEADERS, UNSAVED) if header[0] not in names]
            message = {**message, "headers": [*given, *more]}
        await self._send(message)
