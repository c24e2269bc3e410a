"""What a server is told before it starts: memories, address, limits, who may do what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.server.callers import Token


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one server takes on.

    Attributes:
        readers: threads that look up; Python runs one at a time, a second one serves while the first waits for
            the disk.
        waiting: requests that may wait for a thread; one more is told to come back.
        connections: open ones; likewise.
        jobs: processes that do long work at the same time.
        seconds: for one search, concordance, page of units or step of matches; past it the answer is what was
            found so far, marked "partial".
        head_seconds: for a request's head to arrive, and for its body.
        idle_seconds: a connection may stay open without a request.
        body: bytes of a request.
        file: bytes of a request that brings a document.
    """

    readers: int = 2
    waiting: int = 256
    connections: int = 512
    jobs: int = 2
    seconds: float = 5.0
    head_seconds: float = 15.0
    idle_seconds: float = 60.0
    body: int = 1 << 20
    file: int = 32 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is told.

    Attributes:
        memories: paths or addresses; all are searched, the first is written.
        glossary: a file, "" for none.
        now: tells the time as ISO 8601 has it; the histories have it.
        direction: from which language into which, where a request does not say.
        author: who writes on this machine, where no token says it.
        tokens: who may come from elsewhere.
        hosts: names by which the server may be called, beside those of this machine.
        programs_write: whether programs of the tmserver protocol may write; the protocol itself has no token.
        limits: see ``Limits``.
    """

    memories: tuple[str, ...]
    now: Callable[[], str]
    glossary: str = ""
    direction: Direction = UNDECIDED
    author: str = ""
    tokens: Sequence[Token] = ()
    hosts: tuple[str, ...] = ()
    programs_write: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the memories and the glossary lie, which no answer tells."""
        return tuple(filter(None, (*self.memories, self.glossary)))
