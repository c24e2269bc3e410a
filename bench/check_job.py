"""How long ``tm check`` of a job takes, with a glossary and all checks, start-up included.

    python bench/check_job.py [--pairs PAIRS.tsv] [--segments 1000] [--terms 5000] [--runs 2]

PAIRS is a table of French and Portuguese without a header; without one the texts are invented. The terms are
invented words, and as many rows of words taken from the texts as ``--from-texts`` says (a tenth of the terms
by default). Processor seconds, user and system, of the quickest of several runs: of the program alone over
one segment, of the checks without a glossary, and of all. Two runs of each take half a minute of one core.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from recognise import glossary, segments

from tm.cli.terminal import table


def cut(text: str, chance: random.Random) -> str:
    """One to three words in a row of a text, longer than an article."""
    words = [word for word in text.split() if len(word) > 3 and word.isalpha()] or ["pain"]
    first = chance.randrange(len(words))
    return " ".join(words[first : first + chance.choice((1, 2, 2, 3))])


def spent(arguments: list[str], times: int) -> float:
    """Processor seconds of the quickest of several runs of ``tm check``, its modules compiled as when
    installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    figures = []
    for _ in range(times):
        before = os.times()
        command = [sys.executable, "-m", "tm", "check", *arguments, "-s", "fr", "-t", "pt-BR"]
        subprocess.run(command, capture_output=True, check=False, env=environment)
        after = os.times()
        figures.append(
            after.children_user - before.children_user + after.children_system - before.children_system
        )
    return min(figures)


def main() -> None:
    """Print the processor seconds of each run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--segments", type=int, default=1000)
    parser.add_argument("--terms", type=int, default=5000)
    parser.add_argument("--from-texts", type=int)
    parser.add_argument("--runs", type=int, default=2)
    arguments = parser.parse_args()
    chance = random.Random(20261129)
    concepts = glossary(arguments.terms, chance)
    if arguments.pairs:
        lines = [line.split("\t")[:2] for line in arguments.pairs.read_text(encoding="utf-8").splitlines()]
        pairs = chance.sample(lines, min(arguments.segments, len(lines)))
    else:
        pairs = [[text, text] for text in segments(concepts, arguments.segments, chance)]
    terms = [(concept.terms[0].text, concept.terms[1].text) for concept in concepts]
    taken = arguments.terms // 10 if arguments.from_texts is None else arguments.from_texts
    terms[:taken] = [tuple(cut(text, chance) for text in chance.choice(pairs)) for _ in range(taken)]
    with tempfile.TemporaryDirectory() as folder:
        job, one, listed = (Path(folder, name) for name in ("job.tsv", "one.tsv", "terms.tsv"))
        job.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")
        one.write_text("Oui.\tSim.\n", encoding="utf-8")
        listed.write_text("fr\tpt\n" + "".join(f"{a}\t{b}\n" for a, b in terms), encoding="utf-8")
        rows = [
            ("one segment", [str(one)]),
            (f"{len(pairs)} segments, no glossary", [str(job)]),
            (f"{len(pairs)} segments, {len(terms)} terms", [str(job), "--terms", str(listed)]),
        ]
        figures = [(name, f"{spent(given, arguments.runs):.2f}") for name, given in rows]
    for line in table(figures, header=("tm check of", "processor seconds"), right=(1,)):
        print(line)


if __name__ == "__main__":
    main()
