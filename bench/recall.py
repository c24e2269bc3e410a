"""Whether a memory finds all there is: every match of every query, against comparing it with every stored text.

    python bench/recall.py MEMORY.tsv QUERIES.txt

MEMORY and QUERIES as in ``match.py``. Some queries get a code, another number or another mark, a placeholder for a word or a
compound in one word, so that all penalties are met. For each least percent: how many units reach it when
``tm.memory.likeness`` compares the query with each stored text whose words, by rapidfuzz, are near enough or whose letters are
the same; and in how many queries ``find_all`` gives other units or other percents: all queries together (over arrays), then one
by one (over the index in the memory file). The last line counts the queries whose words all stand in some stored text, in
that order and without others, and how many of these get 95 or more.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from match import SOURCE, TARGET, read
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from tm.cli.terminal import table
from tm.direction import Direction
from tm.language import fold, key_tokens
from tm.language.keys import letters, unaccented
from tm.memory import find, find_all, likeness
from tm.model import Code, Match, Segment, Unit, Variant
from tm.store import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

PERCENTS = (50, 70, 75, 85, 95)
DIRECTION = Direction(SOURCE, TARGET)
ALL = 1_000_000
"""More than any query has matches."""


def main() -> None:
    """Print a line for each least percent, and one about equal words."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--single", type=int, default=200, help="queries looked up one by one")
    options = parser.parse_args()
    lines = options.queries.read_text(encoding="utf-8").splitlines()
    queries = [varied(line, number) for number, line in enumerate(lines)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.tm"
        with open_store(path, create=True) as store:
            rows = read(options.memory)
            store.add(
                (Unit((Variant(SOURCE, Segment(a)), Variant(TARGET, Segment(b)))) for a, b in rows),
                on_same="both",
            )
            stored = [unit.variants[0].segment for unit in store.units()]
        percents = compared(queries, stored)
        results = []
        for least in PERCENTS:
            with open_store(path) as store:
                together = list(find_all(store, queries, DIRECTION, minimum=least, limit=ALL))
            with open_store(path) as store:
                some = queries[: options.single]
                apart = [find(store, query, DIRECTION, minimum=least, limit=ALL) for query in some]
            there = [{text: each for text, each in found.items() if each >= least} for found in percents]
            results.append(
                [least, sum(map(len, there)), wrong(together, there), wrong(apart, there[: len(apart)])]
            )
        header = ("least percent", "matches", "queries wrong, together", f"first {options.single} one by one")
        print(f"{len(queries)} queries, {len(stored)} units")
        print(*table(results, header=header, right=range(len(header))), sep="\n")
        with open_store(path) as store:
            best = list(find_all(store, map(Segment, lines), DIRECTION, minimum=50, limit=1))
    known = {words(segment.text) for segment in stored} - {()}
    equal = [matches for line, matches in zip(lines, best, strict=True) if words(line) in known]
    reached = sum(bool(matches) and matches[0].percent >= 95 for matches in equal)
    print(f"queries whose words are a stored text's: {len(equal)}; at 95 or more: {reached}")


def varied(line: str, number: int) -> Segment:
    """A query as it is, or changed as texts of the same kind differ."""
    kind = number % 6
    if kind == 1:
        return Segment(line, (Code(0, "open", "g"), Code(len(line), "close", "g")))
    if kind == 2:
        return Segment(re.sub(r"\d+", "7", line).rstrip(".:") + " !")
    if kind == 3:
        return Segment(re.sub(r"\b\w{6,}\b", "%s", line, count=1))
    if kind == 4:
        return Segment(line.replace("-", "").replace("...", "…"))
    return Segment(line.upper() if kind == 5 else line)


def words(text: str) -> tuple[str, ...]:
    """The words of a text by an expression of its own: letters and digits, numbers all one; () without letters."""
    found = tuple(re.findall(r"\w+", re.sub(r"\d+(?:[.,:/ -]\d+)*", "0", fold(text))))
    return found if any(word[0].isalpha() for word in found) else ()


def compared(queries: Sequence[Segment], stored: Sequence[Segment]) -> list[dict[Segment, int]]:
    """For each query the percent of each stored text that can reach the least of ``PERCENTS``."""
    numbers: dict[str, int] = {}

    def encoded(segment: Segment) -> list[int]:
        keys = map(unaccented, key_tokens(segment, SOURCE))
        return [numbers.setdefault(key, len(numbers)) for key in keys]

    texts = [encoded(segment) for segment in stored]
    spelled = [letters(key_tokens(segment, SOURCE)) for segment in stored]
    results = []
    for query in queries:
        ratios = process.cdist(
            [encoded(query)], texts, scorer=Levenshtein.normalized_similarity, dtype=np.float64
        )[0]
        same = letters(key_tokens(query, SOURCE))
        near = {*np.flatnonzero(ratios >= PERCENTS[0] / 100 - 1e-9).tolist()}
        near |= {place for place, each in enumerate(spelled) if each and each == same}
        results.append({stored[place]: likeness(stored[place], query, SOURCE).percent for place in near})
    return results


def wrong(found: list[list[Match]], there: list[dict[Segment, int]]) -> int:
    """In how many queries something is missing, too much, or of another percent."""
    return sum(
        {match.pair.source: match.percent + several(match) for match in matches} != texts
        for matches, texts in zip(found, there, strict=True)
    )


def several(match: Match) -> int:
    """What a match lost because its text has several translations."""
    return dict(match.penalties).get("several translations", 0)


if __name__ == "__main__":
    main()
