"""What each idea of the fuzzy search brings, by leaving it out.

    python bench/ideas.py MEMORY.tsv QUERIES.txt [--units 100000]

MEMORY, QUERIES and a memory larger than the file as in ``match.py``. The figures are look-ups per CPU second of ``Store.similar``
over arrays made before, the best of five runs in turns, for the least base in the head of each column; every variant finds the
same. The last two are of ``find_all`` for the best match alone, which jobs ask for.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from match import SOURCE, TARGET, read, spliced, timed

from tm.cli.terminal import table
from tm.direction import Direction
from tm.language import key_tokens
from tm.memory import find_all, matching
from tm.model import Segment, Unit, Variant
from tm.store import arrays, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

BASES = (0.5, 0.7, 0.85)
ROUNDS = 5


def without_signatures(_: Any, query: Any, rank: Any) -> Any:
    """``_Job._near`` that lets all pass."""
    return query, rank


def as_long_as_fits(self: Any, _: Any) -> Any:
    """``_Job._longest`` without a look at the place of the list."""
    return arrays._floor(self.lengths[self.owners] / self.minimum)


LEFT_OUT: dict[str, Callable[[], Any]] = {
    "as it is": lambda: mock.patch.object(arrays, "ENTRIES", arrays.ENTRIES),
    "the lists of all tokens are read": lambda: mock.patch.object(arrays, "_shared", return_value=1 << 30),
    "one of the rarest tokens is enough": lambda: mock.patch.object(arrays, "_shared", return_value=1),
    "all lists are read of segments of any fitting length": lambda: mock.patch.object(
        arrays._Job, "_longest", as_long_as_fits
    ),
    "no signatures": lambda: mock.patch.object(arrays._Job, "_near", without_signatures),
    "passes of any size": lambda: mock.patch.object(arrays, "ENTRIES", 1 << 24),
}

BELOW = (("best match alone", matching.BELOW), ("the same, at once from the least base", 0.0))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--units", type=int, default=100_000)
    options = parser.parse_args()
    queries = [Segment(line) for line in options.queries.read_text(encoding="utf-8").splitlines()]
    keys = [key_tokens(query, SOURCE) for query in queries]
    rows = islice(spliced(read(options.memory)), options.units)
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "bench.tm", create=True) as store:
        store.add(Unit((Variant(SOURCE, Segment(a)), Variant(TARGET, Segment(b)))) for a, b in rows)
        list(store.similar([[]] * 200, SOURCE, 0.5))

        def search(base: float) -> None:
            list(store.similar(keys, SOURCE, base))

        def alone(base: float) -> None:
            for key in keys:
                next(store.similar([key], SOURCE, base))

        def best(base: float) -> None:
            list(find_all(store, queries, Direction(SOURCE, TARGET), minimum=int(100 * base), limit=1))

        variants = [(name, search, left_out) for name, left_out in LEFT_OUT.items()]
        variants += [("one query at a time", alone, LEFT_OUT["as it is"])]
        variants += [
            (name, best, partial(mock.patch.object, matching, "BELOW", below)) for name, below in BELOW
        ]
        print(*table(rates(variants, len(keys)), header=("", *map(str, BASES)), right=range(1, 4)), sep="\n")


def rates(
    variants: list[tuple[str, Callable[[float], None], Callable[[], Any]]], queries: int
) -> list[list[str]]:
    """Look-ups a second of each variant at each base; all take turns, since the machine is not always the same."""
    seconds: dict[tuple[str, float], float] = {}
    for _ in range(ROUNDS):
        for name, ask, left_out in variants:
            with left_out():
                for base in BASES:
                    taken = timed(lambda ask=ask, base=base: ask(base))[1]
                    seconds[name, base] = min(taken, seconds.get((name, base), math.inf))
    return [[name, *(f"{queries / seconds[name, base]:.0f}" for base in BASES)] for name, _, _ in variants]


if __name__ == "__main__":
    main()
