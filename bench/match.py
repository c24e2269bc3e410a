"""How fast and how completely a memory answers, against rapidfuzz alone and translate-toolkit's matcher in the same run.

    python bench/match.py MEMORY.tsv QUERIES.txt [--units 10000 100000 1000000] [--sample 60] [--toolkit PYTHON]

MEMORY (xz is seen through) has a source and a target column, QUERIES one text a line. A memory larger than the file is
spliced from its units: the head of one and the tail of another, both sides in proportion, seeded. Times are CPU seconds of
one process; "extractOne" is rapidfuzz's over the stored texts of fitting length, encoded as one character a token
beforehand, for some of the queries (--sample). "search" is Store.similar from the queries' texts, "find_all" the whole way
to matches with percent, penalties and adapted translations, "edits" the same with edits; all with arrays made before. "same best" counts the queries whose best ratio is
extractOne's. "translate-toolkit" is its matcher at 75 % (its own default, by characters) in the interpreter of --toolkit, which
is one that has it installed, for a tenth of the sample. Latencies are of ``find``, one query after the other, arrays made before; cold is the whole
command in a process of its own, the modules compiled before, as pip does it, for texts with and without a match, beside a
Python that only imports click, and one that imports numpy, too.
"""

from __future__ import annotations

import argparse
import compileall
import gc
import lzma
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

import tm
from tm.cli.terminal import table
from tm.direction import Direction
from tm.language import key_tokens
from tm.memory import find, find_all
from tm.model import Segment
from tm.store import Texts, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = list[tuple[str, str]]
SOURCE, TARGET = "fr", "pt-BR"


def main() -> None:
    """Print a table for each size, and lines about the import and single look-ups."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--sample", type=int, default=60, metavar="QUERIES")
    parser.add_argument("--toolkit", metavar="PYTHON", help="an interpreter that has translate-toolkit")
    options = parser.parse_args()
    compileall.compile_dir(Path(tm.__file__).parent, quiet=1)
    rows = read(options.memory)
    queries = [Segment(line) for line in options.queries.read_text(encoding="utf-8").splitlines()]
    for units in options.units:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder) / "bench.tm", rows, units, queries, options)


def measure(path: Path, rows: Rows, units: int, queries: list[Segment], options: argparse.Namespace) -> None:
    """All about a memory of so many units."""
    table_of_pairs = path.with_suffix(".tsv")
    with table_of_pairs.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(f"{source}\t{target}\n" for source, target in islice(spliced(rows), units))
    add = [
        sys.executable,
        "-m",
        "tm",
        "add",
        str(table_of_pairs),
        "-m",
        str(path),
        "-s",
        SOURCE,
        "-t",
        TARGET,
        "-q",
    ]
    seconds, megabytes = usage(add)
    print(f"\n{units} units")
    print(f"import {seconds:.1f} s, {megabytes:.0f} MB; memory file {path.stat().st_size / 1e6:.0f} MB")
    make = f"from tm.store import open_store\nlist(open_store({str(path)!r}).similar([[]] * 200, {SOURCE!r}, 0.5))"
    seconds, megabytes = usage([sys.executable, "-c", make])
    arrays = sum(file.stat().st_size for file in path.parent.glob("*.arrays"))
    print(f"arrays {seconds:.1f} s, {megabytes:.0f} MB; file {arrays / 1e6:.0f} MB")
    cold(path, rows, queries)
    encoded = Encoded([source for source, _ in read(table_of_pairs)])
    gc.collect()
    gc.freeze()  # the texts of this script are not to be looked through while others work
    with open_store(path) as store:
        list(store.similar([[]] * 200, SOURCE, 0.5))
        each = sorted(
            timed(lambda q=query: find(store, q, Direction(SOURCE, TARGET)))[1] for query in queries
        )
        marks = ", ".join(f"p{mark} {1000 * each[len(each) * mark // 100]:.2f} ms" for mark in (50, 95, 99))
        print(f"find at 70 %, one by one: {marks}")
        lines = [
            compared(store, encoded, queries, percent, options.sample) for percent in (50, 70, 75, 85, 95)
        ]
    print(*table(lines, header=HEADER, right=range(len(HEADER))), sep="\n")
    if options.toolkit:
        some = queries[:: max(1, 10 * len(queries) // options.sample)]
        asked = path.with_suffix(".txt")
        asked.write_text("\n".join(query.text for query in some), encoding="utf-8")
        rate = subprocess.run(
            [options.toolkit, "-c", TOOLKIT, str(table_of_pairs), str(asked)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        print(f"translate-toolkit at 75 %: {float(rate):.1f} look-ups a second")


def cold(path: Path, rows: Rows, queries: list[Segment]) -> None:
    """CPU time of single look-ups, each in a process of its own, beside that of Python, by turns."""
    find = [sys.executable, "-m", "tm", "find", "-m", str(path)]
    known = [source for source, _ in rows[:: max(1, len(rows) // COLD)]]
    asked = [query.text for query in queries[:: max(1, len(queries) // COLD)]]
    times: dict[str, list[float]] = {}
    most: dict[str, float] = {}
    for one, other in zip(known[:COLD], asked, strict=False):
        jobs = {f"Python with {names}": [sys.executable, "-c", BARE + names] for names in LOADED}
        jobs |= {"cold look-up of a known text": [*find, "--", one], "of a query": [*find, "--", other]}
        for name, command in jobs.items():
            seconds, megabytes = usage(command)
            times.setdefault(name, []).append(seconds)
            most[name] = max(megabytes, most.get(name, 0))
    for name, of_job in times.items():
        marks = sorted(of_job)
        print(
            f"{name}: median {statistics.median(marks):.3f} s, p90 {marks[len(marks) * 9 // 10]:.3f} s,"
            f" worst {marks[-1]:.3f} s, {most[name]:.0f} MB"
        )


COLD = 40
"""Cold look-ups of each kind."""

LOADED = ("os", "click", "click, numpy")


TOOLKIT = """
import sys, time
from translate.search.match import matcher
from translate.storage.base import TranslationStore, TranslationUnit
store = TranslationStore()
for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
    source, target = line.rstrip("\\n").split("\\t")
    unit = store.addsourceunit(source)
    unit.target = target
found = matcher(store, max_candidates=1, min_similarity=75, max_length=10000)
queries = open(sys.argv[2], encoding="utf-8").read().split("\\n")
begin = time.process_time()
for query in queries:
    found.matches(query)
print(len(queries) / (time.process_time() - begin))
"""

HEADER = (
    *("percent", "extractOne/s", "search/s", "times", "find_all/s", "times", "edits/s", "times"),
    *("hits", "same best"),
)


def compared(store: Any, encoded: Encoded, queries: list[Segment], percent: int, sample: int) -> list[str]:
    """One line of the table."""
    some = queries[:: max(1, len(queries) // sample)]
    best, plain = timed(lambda: [encoded.best(query, percent / 100) for query in some])
    hits, search = timed(lambda: list(store.similar(Texts(queries, SOURCE), SOURCE, percent / 100)))
    direction = Direction(SOURCE, TARGET)
    whole, edits = (
        timed(lambda w=w: list(find_all(store, queries, direction, minimum=percent, with_edits=w)))[1]
        for w in (False, True)
    )
    ours = [found[0][0] if found else 0.0 for found in hits][:: max(1, len(queries) // sample)]
    same = sum(math.isclose(one, other) for one, other in zip(best, ours, strict=True))
    rates = len(some) / plain, *(len(queries) / seconds for seconds in (search, whole, edits))
    return [
        str(percent),
        f"{rates[0]:.0f}",
        f"{rates[1]:.0f}",
        f"{rates[1] / rates[0]:.1f}",
        f"{rates[2]:.0f}",
        f"{rates[2] / rates[0]:.1f}",
        f"{rates[3]:.0f}",
        f"{rates[3] / rates[0]:.1f}",
        str(sum(map(len, hits))),
        f"{same} of {len(some)}",
    ]


class Encoded:
    """The stored texts for rapidfuzz: one character a token, by length."""

    def __init__(self, texts: list[str]) -> None:
        self.numbers: dict[str, int] = {}
        self.words = sorted((self.encode(Segment(text)) for text in texts), key=len)
        self.lengths = np.array([len(words) for words in self.words])

    def encode(self, segment: Segment) -> str:
        """One character a token."""
        numbers = [
            self.numbers.setdefault(token, len(self.numbers) + 1) for token in key_tokens(segment, SOURCE)
        ]
        return "".join(chr(number if number < 0xD800 else number + 0x800) for number in numbers)

    def best(self, query: Segment, base: float) -> float:
        """The best ratio at or above a base, 0 when there is none."""
        words = self.encode(query)
        low = np.searchsorted(self.lengths, math.ceil(base * len(words) - 1e-9))
        high = np.searchsorted(self.lengths, int(len(words) / base + 1e-9), "right")
        found = process.extractOne(
            words, self.words[low:high], scorer=Levenshtein.normalized_similarity, score_cutoff=base - 1e-4
        )
        return found[1] if found and found[1] >= base - 1e-9 else 0.0


def read(path: Path) -> Rows:
    """The first two columns."""
    opener: Callable[..., Any] = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        return [tuple(line.rstrip("\n").split("\t")[:2]) for line in lines]


def spliced(rows: Rows) -> Iterator[tuple[str, str]]:
    """The rows, then ever more made of two of them."""
    yield from rows
    chance = random.Random(7)
    words = [(source.split(), target.split()) for source, target in rows]
    while True:
        (head, head_target), (tail, tail_target) = chance.choice(words), chance.choice(words)
        end, start = chance.random(), chance.random()

        def joined(one: list[str], other: list[str], end: float = end, start: float = start) -> str:
            return " ".join(one[: max(1, int(end * len(one)))] + other[int(start * len(other)) :])

        yield joined(head, tail), joined(head_target, tail_target)


def usage(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a command, started by a small process: a child's peak is at least its parent's size."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", STARTER, *command], check=True, capture_output=True, text=True
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


BARE = 'import os\nos.environ["OPENBLAS_NUM_THREADS"] = "1"\nimport '

STARTER = """
import os, subprocess, sys
with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(process.returncode)
"""


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and its CPU seconds."""
    start = time.process_time()
    return work(), time.process_time() - start


if __name__ == "__main__":
    main()
