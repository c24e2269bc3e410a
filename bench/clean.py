"""How well `tm clean` finds the bad units of a memory that was spoiled on purpose, and how fast it is.

    python bench/clean.py noisy.tsv gold.tsv [projects.txt TUNED]
    python bench/clean.py --speed pairs.tsv 100000

``noisy.tsv`` has a header of two tags and a pair a line; ``gold.tsv`` the line (header = 1) and the kind of each
spoiled pair. Of a pair that was added as a duplicate either may go. With ``projects.txt``, a project a line for
each line of ``noisy.tsv``, the figures stand apart for the projects the bars were tuned on (``TUNED``) and the rest.
Last it cleans what is left: nothing more may be found.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tm.cleaning.washing import Washable, Washing
from tm.direction import Direction

if TYPE_CHECKING:
    from tm.cleaning.fault import Fault

Pairs = list[tuple[int, str, str]]


def read(path: str) -> tuple[Direction, Pairs]:
    """The tags of a table and its pairs, each with its line."""
    lines = Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")
    cells = [line.split("\t") for line in lines]
    return Direction(*cells[0][:2]), [(number, *row[:2]) for number, row in enumerate(cells[1:], 2)]


def washed(direction: Direction, pairs: Pairs) -> dict[int, Fault]:
    """What is wrong with the pairs."""
    washing = Washing(direction)
    washing.look(Washable(*pair) for pair in pairs)
    return washing.faults()


def report(title: str, lines: list[int], gold: dict[int, str], found: set[int]) -> None:
    """Print recall of each kind, precision, F1 and the share of good pairs lost."""
    of_title = {line: gold[line] for line in lines if line in gold}
    kinds = Counter(of_title.values())
    hits = Counter(of_title[line] for line in lines if line in of_title and line in found)
    lost = sum(line in found and line not in of_title for line in lines)
    good = len(lines) - len(of_title)
    recall, precision = hits.total() / max(1, len(of_title)), hits.total() / max(1, hits.total() + lost)
    f1 = 2 * recall * precision / max(1e-9, recall + precision)
    print(
        f"{title}: recall {recall:.3f} precision {precision:.3f} F1 {f1:.3f} lost {lost} of {good} = {lost / max(1, good):.4f}"
    )
    print("  " + ", ".join(f"{kind} {hits[kind]}/{count}" for kind, count in sorted(kinds.items())))


def judge(noisy: str, gold_path: str, projects: str = "", tuned: str = "") -> None:
    """Print how well the spoiled pairs are found, and what a second run finds."""
    direction, pairs = read(noisy)
    rows = (line.split("\t") for line in Path(gold_path).read_text(encoding="utf-8").splitlines())
    gold = {int(row[0]): row[1] for row in rows}
    faults = washed(direction, pairs)
    found = set()
    for line in faults:
        is_twin = gold.get(line + 1) == "duplicate" and line not in gold and line + 1 not in faults
        found.add(line + 1 if is_twin else line)
    lines = [line for line, _, _ in pairs]
    report("all", lines, gold, found)
    if projects:
        of_line = dict(zip(lines, Path(projects).read_text(encoding="utf-8").split(), strict=True))
        report("tuned", [line for line in lines if of_line[line] == tuned], gold, found)
        report("other", [line for line in lines if of_line[line] != tuned], gold, found)
    repaired = {line: fault.repaired for line, fault in faults.items()}
    left = [(line, *(repaired.get(line) or texts)) for line, *texts in pairs if repaired.get(line, texts)]
    print(f"second run: {len(washed(direction, left))} more")


def speed(path: str, count: int) -> None:
    """Print CPU seconds and memory for so many pairs; those of the file come again, each time with another number."""
    direction, pairs = read(path)
    texts = [
        (number, *(f"{text} {number // len(pairs) + 1000}" for text in pairs[number % len(pairs)][1:]))
        for number in range(count)
    ]
    started = time.process_time()
    faults = washed(direction, texts)
    seconds = time.process_time() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} pairs: {seconds:.1f} s CPU, {most:.0f} MB with the pairs, {len(faults)} faults")


if __name__ == "__main__":
    if sys.argv[1] == "--speed":
        speed(sys.argv[2], int(sys.argv[3]))
    else:
        judge(*sys.argv[1:])
