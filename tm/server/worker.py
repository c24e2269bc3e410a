"""The process that does one job of a server: ``python -m tm.server.worker FOLDER``.

In: a line of JSON on stdin, see ``tm.server.jobs.order``. Out: lines of JSON on stdout that say how far it is, or why
it fails; what it gives is in the folder. Temporary files lie there too, so that nothing is left when it is killed. It
ends when stdin does: then the server has gone.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from tm.direction import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

PAUSE = 0.1
"""Seconds between two lines about the progress."""


class Told:
    """A progress (``tm.progress``) that is told line by line, not more often than somebody could see.

    >>> lines = []
    >>> list(Told(lines.append)("ab", 2)), lines
    (['a', 'b'], [{'done': 0, 'total': 2}])
    """

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        """Keep who is told."""
        self._tell = tell
        self._next = 0.0

    def __call__(self, steps: Iterable[Item], length: int, /) -> Iterator[Item]:
        """The steps, in order."""
        for done, step in enumerate(steps):
            if time.monotonic() >= self._next:
                self._tell({"done": done, "total": length})
                self._next = time.monotonic() + PAUSE
            yield step


def work(told: dict[str, Any], folder: Path, tell: Callable[[dict[str, Any]], None]) -> None:
    """Do what is ordered; what it gives is written into the folder; where it fails, why is told."""
    from tm.errors import TMError
    from tm.server.answers import message_of
    from tm.server.api.jobs import operation_of
    from tm.server.callers import Caller
    from tm.server.desk import Desk
    from tm.server.jobs import RESULT
    from tm.server.operations import Call
    from tm.server.settings import Settings
    from tm.work.memories import open_memories

    settings = Settings(
        tuple(told["memories"]), lambda: told["now"], told["glossary"], Direction(*told["direction"])
    )
    try:
        with open_memories(settings.memories) as stores:
            desk, caller = Desk(settings), Caller(*told["caller"])
            call = Call(told["values"], settings, caller, stores, desk, Told(tell))
            value = operation_of(told["operation"]).run(call)
        folder.joinpath(RESULT).write_bytes(json.dumps(value).encode())
    except TMError as error:
        tell({"error": message_of(error, settings.paths)})


def _end_with(stream: IO[bytes], folder: str) -> None:
    """End the process, and take its folder away, when the other side of a stream has gone."""
    stream.read()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def main(folder: str) -> None:
    """Do the job that stdin brings."""
    tempfile.tempdir = folder
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library may print is no line of ours
    told = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with, args=(sys.stdin.buffer, folder), daemon=True).start()

    def tell(line: dict[str, Any]) -> None:
        """Write a line at once."""
        print(json.dumps(line), file=lines, flush=True)

    work(told, Path(folder), tell)


if __name__ == "__main__":
    main(sys.argv[1])
