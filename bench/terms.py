"""How good the glossaries are: python bench/terms.py DATA_DIR.

Each folder of DATA_DIR holds sentence pairs (``pairs.tsv`` or ``aligned.tsv``, a header with the two languages) and ``gold.tsv`` (a header;
grade, source term, target term; alternatives parted by ``|``). Grades: core must be found, ok and name may be, no is known to be wrong.
A gold list with a ``no`` is taken as complete, so that precision means something there. Terms are the same if their lemmas or their spellings are.

Prints for each folder: pairs, seconds, listed term pairs, and for the best N of them the recall of core terms, precision and F1 (complete
gold only), and the share of right translations among the pairs whose source term the gold knows.
"""

import sys
import time
from pathlib import Path

from tm.direction import Direction
from tm.formats import read_units
from tm.terminology import extract, term_pairs
from tm.terminology.sentences import term_key

TOPS = (100, 300, 1000, 10**9)


def read(folder: Path) -> tuple[list, list, str, str]:
    """The sentence pairs, the rows of the gold, and the languages."""
    path = next(folder / name for name in ("pairs.tsv", "aligned.tsv") if (folder / name).exists())
    source, target = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")[:2]
    pairs = [pair for unit in read_units(path) if (pair := unit.pair(source, target))]
    gold = []
    for line in (folder / "gold.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        grade, ours, theirs = line.split("\t")[:3]
        sides = (
            {form for text in cell.split("|") for form in (term_key(text, tag), text.casefold())}
            for cell, tag in ((ours, source), (theirs, target))
        )
        gold.append((grade, *sides))
    return pairs, gold, source, target


def measure(folder: Path) -> list[str]:
    """The lines of one folder."""
    pairs, gold, source, target = read(folder)
    start = time.perf_counter()
    concepts = extract(pairs, Direction(source, target))
    seconds = time.perf_counter() - start
    ranked = sorted(
        (pair for concept in concepts for pair in term_pairs(concept, Direction(source, target))),
        key=lambda pair: -pair[1].evidence.confidence,
    )
    found = list(
        dict.fromkeys((term_key(one.text, source), term_key(other.text, target)) for one, other in ranked)
    )
    core = [(ours, theirs) for grade, ours, theirs in gold if grade == "core"]
    good = {(one, other) for grade, ours, theirs in gold if grade != "no" for one in ours for other in theirs}
    known = {one for one, _ in good}
    complete = any(grade == "no" for grade, _, _ in gold)
    lines = []
    for top in TOPS:
        best = found[:top]
        if top != TOPS[-1] and len(best) < top:
            continue
        recall = sum(
            any((one, other) in best for one in ours for other in theirs) for ours, theirs in core
        ) / len(core)
        right = sum(pair in good for pair in best) / max(1, len(best))
        f1 = 2 * recall * right / (recall + right) if recall + right else 0.0
        seen = [pair in good for pair in best if pair[0] in known]
        lines.append(
            f"{folder.name:10} {len(pairs):6} {seconds:7.1f} {len(best):6} {recall:7.3f} "
            + (f"{right:9.3f} {f1:6.3f}" if complete else f"{'–':>9} {'–':>6}")
            + f" {sum(seen) / max(1, len(seen)):11.3f}"
        )
    return lines


def main() -> None:
    """One table."""
    print(
        f"{'':10} {'pairs':>6} {'seconds':>7} {'listed':>6} {'recall':>7} {'precision':>9} {'F1':>6} {'translation':>11}"
    )
    for gold in sorted(Path(sys.argv[1]).glob("*/gold.tsv")):
        print(*measure(gold.parent), sep="\n", flush=True)


if __name__ == "__main__":
    main()
