"""Whether anything is lost when many write into a memory on PostgreSQL that is killed, and how long each waits.

    python bench/team_writers.py [--processes 2] [--threads 4] [--units 100] [--kills 10] [--begin 0]

Each of the threads adds units one by one until it has added --units; what fails (the server was killed) it
adds again. The server is PostgreSQL's of this machine, in a temporary folder. --kills times its parent
process and all children get SIGKILL at once, at moments that are drawn; it is started again each time.
--begin units are there before. Printed: how many units were acknowledged, how many of these are lost, how
many came twice or hurt, the median and the 99th percentile of the milliseconds that an addition took (of
those that did not fail).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import tm
from tm.cli.terminal import table
from tm.errors import StoreError
from tm.model import Segment, Unit, Variant
from tm.store import open_store

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from postgres_server import running

ROOT = Path(tm.__file__).parent.parent


def main() -> None:
    """Print one line, or be one of the writing processes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--begin", type=int, default=0)
    parser.add_argument("--write", nargs=2, metavar=("ADDRESS", "NAME"))
    options = parser.parse_args()
    if options.write:
        write(*options.write, options.threads, options.units)
        return
    with tempfile.TemporaryDirectory() as folder, running() as server:
        os.environ["XDG_CACHE_HOME"] = folder
        address = server.address("many")
        with open_store(address, create=True) as store:
            store.add(unit(f"phrase {number}", "before") for number in range(options.begin))
        command = [sys.executable, __file__, "--threads", str(options.threads), "--units", str(options.units)]
        writers = []
        for name in range(options.processes):
            with Path(folder, f"told{name}").open("w") as told:
                own = [*command, "--write", address, str(name)]
                writers.append(subprocess.Popen(own, stdout=told, cwd=ROOT))
        drawn = random.Random(1)
        for _ in range(options.kills):
            time.sleep(drawn.uniform(0.5, 3))
            server.kill()
            server.start()
        assert not any(writer.wait() for writer in writers)
        told = [json.loads(line) for path in Path(folder).glob("told*") for line in path.open()]
        with open_store(address) as store:
            present = [each.variants[0].segment.text for each in store.units()]
            hurt = [*map(str, store.damages())]
    acknowledged = {text for text, _ in told}
    times = sorted(1000 * elapsed for _, elapsed in told)
    printed = {
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged.difference(present)),
        "twice": len(present) - len({*present}),
        "hurt": len(hurt),
        "p50 ms": f"{statistics.median(times):.0f}",
        "p99 ms": f"{times[int(len(times) * 0.99)]:.0f}",
    }
    print(*table([[*printed.values()]], header=[*printed], right=range(len(printed))), *hurt, sep="\n")


def write(address: str, name: str, threads: int, units: int) -> None:
    """Add units by several threads, and print each that was acknowledged, with the seconds it took."""
    lock, store = threading.Lock(), None
    while store is None:
        with contextlib.suppress(StoreError):
            store = open_store(address)
    with store:

        def work(thread: int) -> None:
            for number in range(units):
                text = f"phrase {number} du fil {thread} de {name}"
                while True:
                    begun = time.monotonic()
                    try:
                        store.add([unit(text, name)], name=name)
                        break
                    except StoreError:
                        time.sleep(0.1)
                with lock:
                    print(json.dumps([text, time.monotonic() - begun]), flush=True)

        workers = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()


def unit(source: str, target: str) -> Unit:
    """A unit of two texts."""
    return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))


if __name__ == "__main__":
    main()
