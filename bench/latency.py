"""How long single look-ups of an open memory take, each by itself, and right after a write; and exact ones.

    python bench/latency.py MEMORY.tm QUERIES.txt [--exact 3000] [--writes 200]

MEMORY is one that there is, of any size; a copy is written to. QUERIES one text a line. CPU time of the one
process: the arrays are made first. "fuzzy" is ``find`` at 70, five matches at most; "after a write" the same,
each right after one unit more; of both the median, the 99th of 100 and the longest in ms. "exact" is ``find``
at 100 of texts that are in the memory, one by one, and ``find_all`` of all of them: look-ups a second. The
least of three runs counts for each query: a machine that others use makes some of them longer.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from match import SOURCE, TARGET

from tm.cli.terminal import table
from tm.memory import find, find_all
from tm.model import Segment, Unit, Variant
from tm.store import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.store import Store

RUNS = 3


def main() -> None:
    """Print the table, and the look-ups a second."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--exact", type=int, default=3_000, metavar="TEXTS")
    parser.add_argument("--writes", type=int, default=200)
    options = parser.parse_args()
    queries = [Segment(text) for text in options.queries.read_text("utf-8").split("\n") if text.strip()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(options.memory, Path(folder, "memory.tm")))
        with open_store(path) as store, open_store(path) as other:
            measure(store, other, queries, options)


def measure(store: Store, other: Store, queries: list[Segment], options: argparse.Namespace) -> None:
    """All figures; what is written comes by way of another connection."""

    def fuzzy(query: Segment) -> object:
        return find(store, query, SOURCE, TARGET)

    def exact(query: Segment) -> object:
        return find(store, query, SOURCE, TARGET, minimum=100)

    [*store.similar([[]] * 200, SOURCE, 0.5)]  # makes the arrays
    lines = [["ms of CPU", "median", "99 %", "longest"]]
    lines.append(["fuzzy", *marks(least(fuzzy, queries))])
    seconds = []
    for number, query in enumerate(queries[: options.writes]):
        text = Segment(f"{query.text} {number}")
        other.add([Unit((Variant(SOURCE, text), Variant(TARGET, text)))])
        seconds += least(fuzzy, [query], runs=1)
    lines.append(["after a write", *marks(seconds)])
    print("\n".join(table(lines)))
    numbers = random.Random(3).sample(range(1, len(store)), min(options.exact, len(store) - 1))
    pairs = [unit.pair(SOURCE, TARGET) for unit in store.fetch(numbers)]
    texts = [pair.source for pair in pairs if pair]
    one_by_one = len(texts) / sum(least(exact, texts))
    together = min(
        cpu(lambda: [*find_all(store, texts, SOURCE, TARGET, minimum=100, with_edits=False)])
        for _ in range(RUNS)
    )
    print(f"exact: {one_by_one:,.0f} a second one by one, {len(texts) / together:,.0f} together")


def least(look_up: Callable[[Segment], object], queries: Sequence[Segment], runs: int = RUNS) -> list[float]:
    """For each query the seconds of the fastest run."""
    of_runs = [[cpu(lambda query=query: look_up(query)) for query in queries] for _ in range(runs)]
    return [*map(min, zip(*of_runs, strict=True))]


def cpu(work: Callable[[], object]) -> float:
    """Seconds of CPU time."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def marks(seconds: list[float]) -> list[str]:
    """Median, 99th of 100 and longest, in ms."""
    ordered = sorted(seconds)
    places = (len(ordered) // 2, len(ordered) * 99 // 100, len(ordered) - 1)
    return [f"{1000 * ordered[place]:.2f}" for place in places]


if __name__ == "__main__":
    main()
