"""How fast the terms of a large glossary are found in segments, and whether that depends on the glossary's
size.

    python bench/recognise.py [--concepts 100 10000 50000] [--segments 1000]
    python bench/recognise.py --cases tests/cases/recognition.json

Terms of one to three invented words, a segment of twelve words of which some begin a term; all seeded.
"prepare" is making the Recogniser, "recognise" its work on segments whose words were seen before, "check" the
whole way of the term check, from the source's terms to what became of each in the translation. Processor
seconds, the best of three.

With ``--cases``, how exact the recognition is instead: precision and recall of each part of a suite, with what is
wrong.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tm.cli.terminal import table
from tm.direction import Direction
from tm.model import Concept, Pair, Segment, Term
from tm.terminology import Recogniser
from tm.terminology.use import GlossaryInUse

if TYPE_CHECKING:
    from collections.abc import Callable

SYLLABLES = [first + second for first in "bcdfglmnprstv" for second in ("a", "e", "i", "o", "u", "ou", "an")]


def words(count: int, chance: random.Random) -> list[str]:
    """Invented words of three or four syllables."""
    return ["".join(chance.choices(SYLLABLES, k=chance.choice((3, 4)))) for _ in range(count)]


def glossary(size: int, chance: random.Random) -> list[Concept]:
    """Concepts with a French and a Portuguese term of the same invented words."""
    vocabulary = words(max(size // 2, 10), chance)
    terms = [" ".join(chance.choices(vocabulary, k=chance.choice((1, 2, 2, 3)))) for _ in range(size)]
    return [Concept(str(number), (Term(text, "fr"), Term(text, "pt"))) for number, text in enumerate(terms)]


def segments(concepts: list[Concept], count: int, chance: random.Random) -> list[str]:
    """Twelve words each: a term, then words of which about half begin a term."""
    texts = []
    for _ in range(count):
        term = chance.choice(concepts).terms[0].text
        others = [chance.choice(concepts).terms[0].text.split()[0] for _ in range(5)]
        texts.append(" ".join([*words(6, chance), term, *others][:12]) + ".")
    return texts


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor seconds of the quickest of several runs."""
    spent = []
    for _ in range(times):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return min(spent)


def exactness(path: Path) -> list[tuple[str, ...]]:
    """A row for each part of a suite: cases, precision, recall. Prints what is wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for group in json.loads(path.read_text(encoding="utf-8")):
        language, count = group["language"], counts[group["half"]]
        concepts = [Concept(str(at), (Term(text, language),)) for at, text in enumerate(group["terms"])]
        recogniser = Recogniser(concepts, language)
        for marked in group["texts"]:
            pieces = re.split(r"[\[\]]", marked)  # every second one is a term
            ends = [0, *itertools.accumulate(map(len, pieces))]
            expected = {(ends[at], ends[at + 1]) for at in range(1, len(pieces), 2)}
            given = {(term.start, term.end) for term in recogniser.recognise("".join(pieces))}
            count.update(cases=1, right=len(given & expected), given=len(given), asked=len(expected))
            if given != expected:
                print(f"{group['terms']}: {marked}")
    return [
        (part, f"{n['cases']}", f"{n['right'] / n['given']:.3f}", f"{n['right'] / n['asked']:.3f}")
        for part, n in counts.items()
    ]


def main() -> None:
    """Print a line for each size of glossary, or each part of a suite."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--concepts", type=int, nargs="+", default=[100, 10_000, 50_000])
    parser.add_argument("--segments", type=int, default=1000)
    parser.add_argument("--cases", type=Path)
    arguments = parser.parse_args()
    if arguments.cases:
        header = ("part", "cases", "precision", "recall")
        for line in table(exactness(arguments.cases), header=header, right=(1, 2, 3)):
            print(line)
        return
    rows = []
    for size in arguments.concepts:
        chance = random.Random(20261128)
        concepts = glossary(size, chance)
        texts = segments(concepts, arguments.segments, chance)
        prepare = seconds(lambda concepts=concepts: Recogniser(concepts, "fr"), 1)
        recogniser, in_use = Recogniser(concepts, "fr"), GlossaryInUse(concepts)
        translations = [Pair(Segment(text), Segment(text)) for text in texts]
        find = seconds(lambda r=recogniser, texts=texts: [r.recognise(text) for text in texts])
        check = seconds(
            lambda g=in_use, all_=translations: [g.uses(pair, Direction("fr", "pt")) for pair in all_]
        )
        terms = sum(len(recogniser.recognise(text)) for text in texts) / len(texts)
        rows.append(
            (
                f"{size:,}",
                f"{prepare:.2f} s",
                f"{terms:.1f}",
                *(f"{len(texts) / spent:,.0f}/s" for spent in (find, check)),
            )
        )
    header = ("concepts", "prepare", "terms a segment", "recognise", "check")
    for line in table(rows, header=header, right=(0, 1, 2, 3, 4)):
        print(line)


if __name__ == "__main__":
    main()
