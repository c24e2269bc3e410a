"""What do readers make of damaged files: python bench/fuzz.py [--inputs 1000000] [--seconds 5400] [--keep DIR].

Our own samples are damaged (``tests/damage.py``), read, and now and then filled. Of TMX, TBX, XLIFF, PO and CSV
as many as ``--inputs`` are tried, of each other format a tenth; all formats by turns, in one process. It is a
failure when a file is neither read nor refused with an error of ours in one line, takes more than 5 s of CPU
time, or more than 512 MB. Prints how many of each format were tried, how fast, and each failure; with --keep the
files that failed are kept.
"""

from __future__ import annotations

import argparse
import logging
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

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


def tried(tally: Tally, count: int, folder: Path):
    """Try so many more damaged files of a format; gives those that failed, and what they said."""
    tally.turns += 1
    for name in tally.samples:
        path = folder / name
        contents = islice(damage.damages(name, tally.turns), max(1, count // len(tally.samples)))
        for number, content in enumerate(contents):
            path.write_bytes(content)
            out = path.with_suffix(".filled") if number % 8 == 0 else None
            began = time.process_time()
            said = verdict(path, out=out, go_on=number % 2 == 0)
            took = time.process_time() - began
            tally.seconds, tally.slowest = tally.seconds + took, max(tally.slowest, took)
            tally.inputs += 1
            if said:
                yield name, content, said


def verdict(path: Path, **options) -> str:
    """What is wrong with how a file was read; "" for nothing."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        said = damage.outcome(path, **options)
    except TooLongError:
        return f"more than {SECONDS} s"
    except Exception as error:  # what is looked for
        return f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return said if "fault of ours" in said or "\n" in said else ""


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
    with tempfile.TemporaryDirectory() as folder:
        for tally in tallies.values():  # what is loaded late counts as no file's memory
            list(tried(tally, len(tally.samples), Path(folder)))
        limit()
        while time.monotonic() < end and any(tallies[kind].inputs < wanted[kind] for kind in tallies):
            for kind, tally in tallies.items():
                if tally.inputs < wanted[kind]:
                    turn = TURN if kind in MOST else TURN // 10
                    for name, content, said in tried(tally, turn, Path(folder)):
                        report(given.keep, name, content, said)
    for kind, tally in sorted(tallies.items()):
        rate = tally.inputs / max(tally.seconds, 0.001)
        print(f"{kind}: {tally.inputs} files, {rate:.0f}/s, the slowest took {tally.slowest:.2f} s")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")


def report(keep: str, name: str, content: bytes, said: str) -> None:
    """Say what failed, and keep it."""
    print(f"{name}: {said[:300]!r}", flush=True)
    if keep:
        os.makedirs(keep, exist_ok=True)
        Path(keep, f"{abs(hash(content)):x}-{name}").write_bytes(content)


if __name__ == "__main__":
    main()
