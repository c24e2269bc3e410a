"""How many times one waits for the server at each thing that is done with a memory on PostgreSQL.

    python bench/team_messages.py [--seconds 0.05]

The server is PostgreSQL's of this machine, in a temporary folder, behind a line that brings each byte --seconds
later, in either direction. Printed is for each thing how long it took, in there-and-backs of that line.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tm.cli.terminal import table
from tm.memory import find
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.store.asking import asked_once

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from postgres_server import running

if TYPE_CHECKING:
    from collections.abc import Callable

SOCKET = ".s.PGSQL.5432"
BEFORE = 10
"""Times that all is done before it counts: a statement that comes again and again is prepared."""


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=0.05)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder, running() as server:
        os.environ["XDG_CACHE_HOME"] = folder
        far = socket.socket(socket.AF_UNIX)
        far.bind(f"{folder}/{SOCKET}")
        far.listen()
        line = [0.0]
        threading.Thread(target=bring, args=(far, f"{server.folder}/{SOCKET}", line), daemon=True).start()
        address = server.address("far").replace(str(server.folder), folder)
        with open_store(address, create=True) as store:
            numbers = iter(range(1 << 30))

            def look_up(minimum: int) -> None:
                with asked_once():
                    assert store.languages()
                    find(store, "phrase 1", "fr", "pt", minimum=minimum)

            things: dict[str, Callable[[], object]] = {
                "an addition": lambda: store.add([unit(f"phrase {next(numbers)}")]),
                "a look-up after it": lambda: look_up(70),
                "a look-up": lambda: look_up(70),
                "an exact one": lambda: look_up(100),
                "an edit": lambda: store.edit({next(numbers) // 2: unit(f"suite {next(numbers)}")}),
                "a removal": lambda: store.remove([next(numbers) // 2]),
                "an undoing": store.undo,
            }
            for _ in range(BEFORE):
                for thing in things.values():
                    thing()
            line[0] = seconds
            printed = [(name, f"{took(thing) / (2 * seconds):.1f}") for name, thing in things.items()]
            line[0] = 0.0
    print(*table(printed, header=("", "there and back"), right=(1,)), sep="\n")


def took(thing: Callable[[], object]) -> float:
    """The seconds that it takes."""
    begun = time.perf_counter()
    thing()
    return time.perf_counter() - begun


def unit(text: str) -> Unit:
    """A unit of two texts."""
    return Unit((Variant("fr", Segment(text)), Variant("pt", Segment("frase"))))


def bring(far: socket.socket, near: str, line: list[float]) -> None:
    """Take connections, and carry what they say, as late as the line is long."""
    while True:
        here, _ = far.accept()
        there = socket.socket(socket.AF_UNIX)
        there.connect(near)
        for one, other in ((here, there), (there, here)):
            under_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
            threading.Thread(target=take, args=(one, under_way, line), daemon=True).start()
            threading.Thread(target=give, args=(other, under_way), daemon=True).start()


def take(one: socket.socket, under_way: SimpleQueue[tuple[float, bytes]], line: list[float]) -> None:
    """Note when what comes in shall come out."""
    content = b"begun"
    while content:
        content = one.recv(1 << 16)
        under_way.put((time.monotonic() + line[0], content))


def give(other: socket.socket, under_way: SimpleQueue[tuple[float, bytes]]) -> None:
    """Let it come out."""
    while True:
        due, content = under_way.get()
        time.sleep(max(0.0, due - time.monotonic()))
        if not content:
            other.close()
            return
        other.sendall(content)


if __name__ == "__main__":
    main()
