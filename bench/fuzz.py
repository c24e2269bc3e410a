"""What do readers make of damaged files: python bench/fuzz.py [--inputs 1000000] [--seconds 5400] [--seed 1] [--keep DIR].

Our own samples are damaged (``tests/damage.py``), read, and now and then filled. Of TMX, TBX, XLIFF, PO and CSV
as many as ``--inputs`` are tried, of each other format a tenth; all formats by turns, in one process. It is a
failure when a file is neither read nor refused with an error of ours in one line, takes more than 5 s of CPU
time, or more than 512 MB. Prints how many of each format were tried, how fast, and each failure; with --keep the
files that failed are kept. Each --seed damages the samples in other ways, so that the numbers of several runs add up.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import signal
import sys
import time
import warnings
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import damage

from tm import formats

SECONDS, BYTES = 5, 512 * 1024 * 1024
MOST = ("tmx", "tbx", "xliff", "po", "csv")
TURN = 2_000
"""The files of one format that are tried before the next one has its turn."""


class TooLongError(BaseException):
    """A file took too long; not an ``Exception``, so that no reader catches it."""


@dataclass
class Tally:
    """What was tried of a format."""

    samples: list[str] = field(default_factory=list)
    inputs: int = 0
    turns: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_one: tuple[str, bytes] = ("", b"")

    def __str__(self) -> str:
        """How many, how fast, and how long the slowest took."""
        rate = self.inputs / max(self.seconds, 0.001)
        return f"{self.inputs} files, {rate:.0f}/s, the slowest took {self.slowest:.2f} s"


def tried(tally: Tally, count: int, seed: int):
    """Try so many more damaged files of a format; gives those that failed, and what they said."""
    tally.turns += 1
    for name in tally.samples:
        contents = damage.damages(name, f"{seed}.{tally.turns}")
        for number, content in enumerate(islice(contents, max(1, count // len(tally.samples)))):
            began = time.process_time()
            said = verdict(name, content, fill=number % 8 == 0, go_on=number % 2 == 0)
            took = time.process_time() - began
            tally.seconds += took
            tally.inputs += 1
            if took > tally.slowest:
                tally.slowest, tally.slowest_one = took, (name, content)
            if said:
                yield name, content, said


def verdict(name: str, content: bytes, **options) -> str:
    """What is wrong with how a file was read; "" for nothing."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        said = damage.outcome(name, content, **options)
    except TooLongError:
        return f"more than {SECONDS} s"
    except Exception as error:  # what is looked for
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return said if "\n" in said else ""


def limit() -> None:
    """Let this process take so much more memory, and be told when a file takes too long."""

    def too_long(*_):
        raise TooLongError

    signal.signal(signal.SIGPROF, too_long)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + BYTES, used + BYTES))


def main() -> None:
    """Read the arguments, try the files, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=1_000_000)
    options.add_argument("--seconds", type=float, default=5400)
    options.add_argument("--seed", type=int, default=1, help="which damages are made")
    options.add_argument("--formats", default="", help="only these, with commas between")
    options.add_argument("--keep", default="")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    only = set(filter(None, given.formats.split(",")))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name in damage.samples():
        kind = formats.formats_of(name)[0].name
        if not only or kind in only:
            tallies[kind].samples.append(name)
    wanted = {kind: given.inputs // (1 if kind in MOST else 10) for kind in tallies}
    end = time.monotonic() + given.seconds
    for tally in tallies.values():  # what is loaded late counts as no file's memory
        list(tried(tally, len(tally.samples), given.seed))
    limit()
    while time.monotonic() < end and any(tallies[kind].inputs < wanted[kind] for kind in tallies):
        for kind, tally in tallies.items():
            if tally.inputs < wanted[kind]:
                turn = TURN if kind in MOST else TURN // 10
                for name, content, said in tried(tally, turn, given.seed):
                    report(given.keep, name, content, said)
        told(tallies, sys.stderr)
    told(tallies, sys.stdout)
    for tally in tallies.values():
        if given.keep and tally.slowest > SECONDS / 5:
            keep(given.keep, *tally.slowest_one)


def told(tallies: dict[str, Tally], stream: TextIO) -> None:
    """Say how far it has come."""
    for kind, tally in sorted(tallies.items()):
        print(f"{kind}: {tally}", file=stream)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most", file=stream, flush=True)


def report(folder: str, name: str, content: bytes, said: str) -> None:
    """Say what failed, and keep it."""
    print(f"{name}: {said[:300]!r}", flush=True)
    if folder:
        keep(folder, name, content)


def keep(folder: str, name: str, content: bytes) -> None:
    """Keep a damaged file."""
    os.makedirs(folder, exist_ok=True)
    Path(folder, f"{zlib.crc32(content):08x}-{name}").write_bytes(content)


if __name__ == "__main__":
    main()
