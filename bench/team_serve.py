"""How fast a memory on PostgreSQL answers through ``tm serve``, beside the same memory in a file.

    python bench/team_serve.py MEMORY.tsv QUERIES.txt [--units 100000] [--clients 8] [--asked 2000]

MEMORY and QUERIES are those of ``match.py``, which splices as many units. The server is PostgreSQL's of this
machine, in a temporary folder, as its package sets it but for 256 MB of shared buffers. Printed are the CPU
time of this side for the import, for the first look-up (which brings the units and makes the index) and for a
cold one after it; then, for exact look-ups (texts of the memory at 100) and fuzzy ones (QUERIES at 70):

- of ``--clients`` clients that each keep one connection and ask one text after another: texts a second, the
  median of the milliseconds that one waits, and those of the processor for one in tm serve;
- of one client alone: the median.

The file and the server are asked by turns, ``ROUNDS`` times, after a job (``tm analyze``): so whatever else the
machine does it does to both. Clients that wait for each answer and are always there wait as many times longer as
there are of them; who works with a memory asks now and then, and waits as one alone does.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from match import read, spliced

import tm
from tm.cli.terminal import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from postgres_server import running

ROOT = Path(tm.__file__).parent.parent
ROUNDS = 4
ALONE = 100
"""Texts of a round that one client asks."""


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--asked", type=int, default=2_000)
    options = parser.parse_args()
    rows = [*islice(spliced(read(options.memory)), options.units)]
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    drawn = random.Random(1)
    plain = [source for source, _ in rows if "<" not in source and "&" not in source]  # others have codes
    kinds = [
        ([drawn.choice(plain) for _ in range(options.asked)], 100),
        ([drawn.choice(lines) for _ in range(options.asked)], 70),
    ]
    with tempfile.TemporaryDirectory() as folder, running("shared_buffers=256MB") as server:
        os.environ["XDG_CACHE_HOME"] = folder
        source = Path(folder, "units.tsv")
        source.write_text("fr\tpt-BR\n" + "".join(f"{one}\t{two}\n" for one, two in rows), encoding="utf-8")
        addresses = {"a file": f"{folder}/units.tm", "PostgreSQL": server.address("units")}
        printed = {}
        for name, address in addresses.items():
            commands = [["add", source], ["find", lines[0]], ["find", lines[1]]]
            printed[name] = [f"{cpu([*map(str, each), '-q', '-m', address]):.2f} s" for each in commands]
            # A job leaves the arrays that a server loads, from 50,000 units on.
            cpu(["analyze", str(options.queries.resolve()), "-s", "fr", "-t", "pt-BR", "-m", address])
        with contextlib.ExitStack() as stack:
            served = {name: stack.enter_context(serving(address)) for name, address in addresses.items()}
            for texts, least in kinds:
                for name, figures in by_turns(served, texts, least, options.clients).items():
                    printed[name] += figures
    header = ["", "import", "first find", "cold find", *["exact/s", "p50 ms", "CPU ms", "alone"]]
    header += ["fuzzy/s", "p50 ms", "CPU ms", "alone"]
    print(
        *table([[name, *row] for name, row in printed.items()], header=header, right=range(1, 12)), sep="\n"
    )


def by_turns(
    served: dict[str, tuple[int, int]], texts: Sequence[str], least: int, clients: int
) -> dict[str, list[str]]:
    """Of each server texts a second, the median of many clients, CPU milliseconds, the median of one client."""
    measured = {name: ([], [], [], []) for name in served}
    for port, _ in served.values():
        ask(port, texts[:200], least, clients)
    for number in range(ROUNDS):
        own = texts[number::ROUNDS]
        for name, (port, process) in served.items():
            waits, seconds, used_seconds, alone = measured[name]
            before, begun = used(process), time.perf_counter()
            waits += ask(port, own, least, clients)
            seconds.append(time.perf_counter() - begun)
            used_seconds.append(used(process) - before)
            alone += ask(port, own[:ALONE], least, 1)
    return {
        name: [
            f"{len(waits) / sum(seconds):.0f}",
            f"{1000 * statistics.median(waits):.1f}",
            f"{1000 * sum(used_seconds) / len(waits):.2f}",
            f"{1000 * statistics.median(alone):.1f}",
        ]
        for name, (waits, seconds, used_seconds, alone) in measured.items()
    }


def cpu(arguments: Sequence[str]) -> float:
    """The CPU seconds that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "tm", *arguments], check=False, capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextlib.contextmanager
def serving(address: str) -> Iterator[tuple[int, int]]:
    """The port of ``tm serve`` on a memory, and the number of its process."""
    command = [sys.executable, "-m", "tm", "serve", "-m", address, "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert process.stderr
        line = process.stderr.readline()
        yield int(line.partition("http://127.0.0.1:")[2].partition("/")[0]), process.pid
    finally:
        process.terminate()
        process.communicate()


def used(process: int) -> float:
    """The CPU seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(port: int, texts: Sequence[str], least: int, clients: int) -> list[float]:
    """The seconds of each look-up of clients that share the texts."""
    times: list[float] = []
    matched: list[bool] = []
    requests = [
        f"GET /api/v1/matches?q={quote(text)}&min={least}&source=fr&target=pt-BR HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n\r\n".encode()
        for text in texts
    ]

    def client(own: Sequence[bytes]) -> None:
        """Read no more of an answer than must be: what the clients take of the processors the server lacks."""
        with socket.create_connection(("127.0.0.1", port)) as connection:
            for request in own:
                begun = time.perf_counter()
                connection.sendall(request)
                answer = connection.recv(1 << 16)
                head, _, body = answer.partition(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
                while len(body) < length:
                    body += connection.recv(1 << 16)
                times.append(time.perf_counter() - begun)
                assert head.startswith(b"HTTP/1.1 200"), body
                matched.append(b'"percent"' in body)

    threads = [
        threading.Thread(target=client, args=(requests[number::clients],)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == len(texts)
    assert least < 100 or sum(matched) > 0.9 * len(texts)  # one of several translations is no match of 100
    return times


if __name__ == "__main__":
    main()
