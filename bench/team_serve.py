"""How fast a memory on PostgreSQL answers through ``tm serve``, beside the same memory in a file.

    python bench/team_serve.py MEMORY.tsv QUERIES.txt [--units 100000] [--clients 8] [--asked 2000]

MEMORY and QUERIES are those of ``match.py``, which splices as many units. The server is PostgreSQL's of this
machine, in a temporary folder, as its package sets it but for 256 MB of shared buffers. Printed are the CPU
time of this side for the import, for the first look-up (which brings the texts and makes the index) and for a
cold one after it; then, for ``--clients`` clients that each keep one connection and ask one text after
another, texts a second, the median of a look-up, and the CPU time of tm serve for one: exact ones (texts of
the memory at 100) and fuzzy ones (QUERIES at 70). The file is asked first, then the server, both after a job
(``tm analyze``).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import resource
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
    fuzzy = options.queries.read_text(encoding="utf-8").splitlines()
    drawn = random.Random(1)
    exact = [drawn.choice(rows)[0] for _ in range(options.asked)]
    fuzzy = [drawn.choice(fuzzy) for _ in range(options.asked)]
    with tempfile.TemporaryDirectory() as folder, running("shared_buffers=256MB") as server:
        os.environ["XDG_CACHE_HOME"] = folder
        source = Path(folder, "units.tsv")
        source.write_text("fr\tpt-BR\n" + "".join(f"{one}\t{two}\n" for one, two in rows), encoding="utf-8")
        printed = [
            (
                "",
                "import",
                "first find",
                "cold find",
                "exact/s",
                "p50 ms",
                "CPU ms",
                "fuzzy/s",
                "p50 ms",
                "CPU ms",
            )
        ]
        for name, address in (("a file", f"{folder}/units.tm"), ("PostgreSQL", server.address("units"))):
            commands = [["add", source], ["find", exact[0]], ["find", fuzzy[0]]]
            times = [f"{cpu([*map(str, command), '-q', '-m', address]):.2f} s" for command in commands]
            job = ["analyze", options.queries.resolve(), "-s", "fr", "-t", "pt-BR", "-m", address]
            cpu([*map(str, job)])  # which leaves the arrays that a server loads, from 50,000 units on
            with serving(address) as (port, process):
                figures = []
                for texts, least in ((exact, 100), (fuzzy, 70)):
                    ask(port, texts[:200], least, options.clients)
                    before = used(process)
                    figures += ask(port, texts, least, options.clients)
                    figures.append(f"{1000 * (used(process) - before) / len(texts):.2f}")
            printed.append((name, *times, *figures))
    print(*table(printed[1:], header=printed[0], right=range(1, 10)), sep="\n")


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


def ask(port: int, texts: Sequence[str], least: int, clients: int) -> tuple[str, str]:
    """Texts a second, and the median of a look-up, of clients that share the texts."""
    times: list[float] = []

    def client(own: Sequence[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for text in own:
            begun = time.perf_counter()
            connection.request("GET", f"/api/v1/matches?q={quote(text)}&min={least}&source=fr&target=pt-BR")
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content
            times.append(time.perf_counter() - begun)
            if least == 100:
                assert json.loads(content)["matches"], text

    threads = [threading.Thread(target=client, args=(texts[number::clients],)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    return f"{len(times) / elapsed:.0f}", f"{1000 * statistics.median(times):.1f}"


if __name__ == "__main__":
    main()
