"""Whether a memory finds all there is: every hit of every query, against comparing it with every stored text.

    python bench/recall.py MEMORY.tsv QUERIES.txt

MEMORY and QUERIES as in ``match.py``. For each least base the number of hits that rapidfuzz finds by comparing, and in how many
queries the memory's are not the very same units with the very same bases: all queries together (over arrays), then one by one
(over the index in the memory file).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from match import SOURCE, TARGET, read
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tm.cli.terminal import table
from tm.language import key_tokens
from tm.model import Segment, Unit, Variant
from tm.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    Hits = list[tuple[float, int]]

BASES = (0.5, 0.7, 0.75, 0.85, 0.95)


def main() -> None:
    """Print a line for each least base."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    options = parser.parse_args()
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    queries = [key_tokens(Segment(line), SOURCE) for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.tm"
        with open_store(path, create=True) as store:
            store.add(
                (
                    Unit((Variant(SOURCE, Segment(a)), Variant(TARGET, Segment(b))))
                    for a, b in read(options.memory)
                ),
                on_same="both",
            )
            stored = [key_tokens(unit.variants[0].segment, SOURCE) for unit in store.units()]
        likeness = compared(queries, stored)
        rows = []
        for base in BASES:
            with open_store(path) as store:
                apart = [next(store.similar([query], SOURCE, base)) for query in queries]
                together = list(store.similar(queries, SOURCE, base))
            wanted = [np.flatnonzero(row >= base - 1e-9) for row in likeness]
            there = [
                {int(place) + 1: row[place] for place in places}
                for row, places in zip(likeness, wanted, strict=True)
            ]
            rows.append([base, sum(map(len, there)), wrong(together, there), wrong(apart, there)])
    header = ("base", "hits", "queries wrong, together", "one by one")
    print(f"{len(queries)} queries, {len(stored)} units")
    print(*table(rows, header=header, right=range(len(header))), sep="\n")


def compared(queries: list[list[str]], stored: list[list[str]]) -> np.ndarray:
    """The base of each query with each stored text."""
    numbers: dict[str, int] = {}

    def encoded(tokens: Iterable[str]) -> list[int]:
        return [numbers.setdefault(token, len(numbers)) for token in tokens]

    texts = [encoded(tokens) for tokens in stored]
    rows = [
        process.cdist([encoded(query)], texts, scorer=Levenshtein.normalized_similarity, dtype=np.float64)[0]
        for query in queries
    ]
    return np.array(rows)


def wrong(found: list[Hits], there: list[dict[int, float]]) -> int:
    """In how many queries something is missing, too much, or of another base."""
    return sum(
        {number for _, number in hits} != set(units)
        or any(abs(base - units[number]) > 1e-9 for base, number in hits)
        for hits, units in zip(found, there, strict=True)
    )


if __name__ == "__main__":
    main()
