"""How fast and how completely a memory answers, against rapidfuzz alone in the same run.

    python bench/match.py MEMORY.tsv QUERIES.txt [--units 100000] [--baseline 60]

MEMORY (xz is seen through) has a source and a target column, QUERIES one text a line. A memory larger than the file is
spliced from its units: the head of one and the tail of another, both sides in proportion, seeded. Times are CPU seconds of
this one process; "extractOne" is rapidfuzz's over the stored texts of fitting length, encoded as one character a token
beforehand, for some of the queries (--baseline). "search" is Store.similar from the queries' texts, "find_all" the whole way
to matches with percent and edits. "same best" counts the queries whose best ratio is extractOne's.
"""

from __future__ import annotations

import argparse
import gc
import lzma
import math
import random
import resource
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

from tm.cli.terminal import table
from tm.language import key_tokens
from tm.memory import find_all, open_store
from tm.model import Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = list[tuple[str, str]]
SOURCE, TARGET = "fr", "pt-BR"


def main() -> None:
    """Print one table, and lines about the import and a cold look-up."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--baseline", type=int, default=60, metavar="QUERIES")
    options = parser.parse_args()
    rows = list(islice(spliced(read(options.memory)), options.units))
    queries = [Segment(line) for line in options.queries.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.tm"
        _, seconds = timed(lambda: fill(path, rows))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"import {len(rows)} units: {seconds:.1f} s, {most:.0f} MB with the rows; {path.stat().st_size / 1e6:.0f} MB"
        )
        gc.collect()
        gc.freeze()  # the rows of this script are not to be looked through while others work
        with open_store(path) as store:
            _, seconds = timed(lambda: list(store.similar([[]] * 200, SOURCE, 0.5)))
            print(f"arrays: {seconds:.1f} s")
            encoded = Encoded([source for source, _ in rows])
            lines = [
                compared(store, encoded, queries, percent, options.baseline)
                for percent in (50, 70, 75, 85, 95)
            ]
        print(*table(lines, header=HEADER, right=range(len(HEADER))), sep="\n")
        print(f"one cold look-up: {cold(path, queries[0].text):.2f} s")


HEADER = ("percent", "extractOne/s", "search/s", "times", "find_all/s", "times", "hits", "same best")


def compared(store: Any, encoded: Encoded, queries: list[Segment], percent: int, sample: int) -> list[str]:
    """One line of the table."""
    some = queries[:: max(1, len(queries) // sample)]
    best, plain = timed(lambda: [encoded.best(query, percent / 100) for query in some])
    hits, search = timed(
        lambda: list(store.similar([key_tokens(query, SOURCE) for query in queries], SOURCE, percent / 100))
    )
    _, whole = timed(lambda: list(find_all(store, queries, SOURCE, TARGET, minimum=percent)))
    ours = [found[0][0] if found else 0.0 for found in hits][:: max(1, len(queries) // sample)]
    same = sum(math.isclose(one, other) for one, other in zip(best, ours, strict=True))
    rates = len(some) / plain, len(queries) / search, len(queries) / whole
    return [
        str(percent),
        f"{rates[0]:.0f}",
        f"{rates[1]:.0f}",
        f"{rates[1] / rates[0]:.1f}",
        f"{rates[2]:.0f}",
        f"{rates[2] / rates[0]:.1f}",
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


def fill(path: Path, rows: Rows) -> None:
    """A memory of these rows."""
    with open_store(path, create=True) as store:
        store.add(Unit((Variant(SOURCE, Segment(a)), Variant(TARGET, Segment(b)))) for a, b in rows)


def cold(path: Path, text: str) -> float:
    """CPU seconds of one look-up in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "tm", "find", text, "-m", str(path)], check=True, capture_output=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work gives, and its CPU seconds."""
    start = time.process_time()
    return work(), time.process_time() - start


if __name__ == "__main__":
    main()
