"""How well and how fast units are found by what they mean: python bench/meaning.py PAIRS.tsv.xz [--many 200000].

PAIRS has a source and a target a line, separated by a tab. All pairs go into a memory, and the vectors of their texts are made
(texts a second of CPU time). Two searches are judged:

- in another language: each of 1,000 sources, evenly taken, is looked for among all targets; right is its own translation.
- in the same language: each source whose translation another one has, too, is looked for among all other sources; right are those
  with that translation. Sources that differ in marks and case alone count as one.

For each least percent: how many of the texts that there are to be found reach it; of what is shown (five at most) how much is right;
and in how many look-ups anything is shown. In both, texts that mean the same by chance and are translated otherwise count as wrong. One
half of the queries is printed apart from the other.

With ``--many`` the vectors are repeated, a little turned, up to that number, written, and used from the file by another process, whose
CPU time for a look-up and whose memory are measured.
"""

import argparse
import itertools
import lzma
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tm.cli.terminal import table
from tm.memory.text_vectors import TextVectors
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.vectors import opened
from tm.vectors.kept import EMPTY, load, save
from tm.vectors.small import small, units

QUERIES = 1000
SHOWN = 5
LEAST = range(30, 100, 5)


def letters(text):
    """A text without case and marks."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def judged(kept, queries):
    """For each query its hits, (cosine, whether it is right), the nearest first.

    Args:
        kept: the vectors that are looked in.
        queries: of each its vector, the numbers that are right, and those that are passed over.
    """
    answers = []
    for vector, right, passed_over in queries:
        hits = (
            (cosine, number) for cosine, number in kept.nearest(vector, 0.25) if number not in passed_over
        )
        answers.append([(cosine, number in right) for cosine, number in itertools.islice(hits, 2 * SHOWN)])
    return answers


def print_table(title, answers):
    """What each least percent shows of answers."""
    rows = []
    for least in LEAST:
        shown = [[hit for hit in hits if hit[0] >= least / 100][:SHOWN] for hits in answers]
        count = sum(map(len, shown))
        found = sum(any(right for _, right in hits) for hits in shown) / len(answers)
        first = [hits[0][1] for hits in shown if hits]
        right = sum(right for hits in shown for _, right in hits) / max(1, count)
        shares = found, right, sum(first) / max(1, len(first)), len(first) / len(answers)
        rows.append([least, *(f"{share:.3f}" for share in shares)])
    header = ["least", "found", "right of the shown", "right of the first", "anything shown"]
    print(f"{title}: {len(answers)} queries", *table(rows, header=header, right=range(5)), sep="\n")


def halves(title, answers):
    """The table of each half, and what is first."""
    for rank, most in ((1, "first"), (SHOWN, f"among the first {SHOWN}")):
        share = sum(any(right for _, right in hits[:rank]) for hits in answers) / len(answers)
        print(f"{title}: {most} in {share:.3f}")
    for number in range(2):
        print_table(f"{title}, half {number + 1}", answers[number::2])


def in_another_language(texts, of_sources):
    """The queries whose translations are looked for."""
    same = {}
    for source, target in texts.values():
        same.setdefault(source, set()).add(target)
    numbers = {}
    for number, (_, target) in texts.items():
        numbers.setdefault(target, set()).add(number)
    for number in list(texts)[:: max(1, len(texts) // QUERIES)]:
        right = set().union(*(numbers[target] for target in same[texts[number][0]]))
        yield of_sources[number], right, ()


def in_the_same_language(texts, of_sources):
    """The queries whose other wordings are looked for."""
    wordings = {}
    for number, (_, target) in texts.items():
        wordings.setdefault(letters(target), []).append(number)
    for numbers in wordings.values():
        for number in numbers:
            key = letters(texts[number][0])
            itself = {other for other in numbers if letters(texts[other][0]) == key}
            if right := set(numbers) - itself:
                yield of_sources[number], right, itself


def many(kept, count, path):
    """Write so many vectors."""
    random, rows = np.random.default_rng(1), units(kept.vectors)
    times = -(-count // len(rows))
    turned = np.concatenate(
        [small(rows + 0.02 * random.standard_normal(rows.shape, dtype=np.float32)) for _ in range(times)]
    )[:count]
    numbers = np.arange(count)
    save(path, [EMPTY.grown(numbers, numbers.astype(np.uint64), turned)], {})


def look_up(path, queries):
    """Print the CPU time and the memory of look-ups in a file, in a process that does nothing else."""
    begin = time.process_time()
    model, kept = opened("use"), load(Path(path))[0]
    print(f"start: {1000 * (time.process_time() - begin):.0f} ms of CPU time")
    times = []
    for query in queries:
        begin = time.process_time()
        vector = model.directions(model.parts([query]))[0]
        between = time.process_time()
        _ = list(itertools.islice(kept.nearest(vector, 0.5), SHOWN))
        times.append((between - begin, time.process_time() - between))
    means, most = 1000 * np.mean(times, axis=0), 1000 * np.max(np.sum(times, axis=1))
    print(
        f"a look-up among {len(kept.numbers)} texts: {means[0]:.1f} ms of CPU time for its vector, {means[1]:.1f} to find"
        f" the nearest; {most:.0f} ms at most"
    )
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--memory", type=Path, help="keep it, and its vectors, for the next time")
    parser.add_argument("--look-up", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with lzma.open(arguments.pairs, "rt", encoding="utf-8") as stream:
        pairs = [line.rstrip("\n").split("\t")[:2] for line in stream]
    if arguments.look_up:
        look_up(arguments.look_up, [source for source, _ in pairs[:: len(pairs) // 50]])
        return
    model = opened("use")
    with tempfile.TemporaryDirectory() as folder:
        with open_store(arguments.memory or Path(folder, "m.tm"), create=True) as store:
            _ = len(store) or store.add(
                (
                    Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
                    for source, target in pairs
                ),
                on_same="both",
            )
            texts = {
                stored.number: tuple(variant.segment.text for variant in stored.unit.variants)
                for stored in store.all_stored()
            }
            kept = {}
            for language in ("fr", "pt"):
                begin, vectors = time.process_time(), TextVectors(store, language, model)
                vectors.follow()
                kept[language] = vectors.made
                spent = time.process_time() - begin
                print(f"{language}: {len(texts)} texts, {len(texts) / spent:.0f} a second of CPU time")
        numbers = kept["fr"].numbers.tolist()
        of_sources = dict(zip(numbers, units(kept["fr"].vectors), strict=True))
        halves(
            "in another language",
            judged(kept["pt"], in_another_language(texts, of_sources)),
        )
        halves("in the same language", judged(kept["fr"], in_the_same_language(texts, of_sources)))
        if arguments.many:
            path = Path(folder, "many.vectors")
            many(kept["pt"], arguments.many, path)
            sys.stdout.flush()
            command = [sys.executable, __file__, os.fspath(arguments.pairs), "--look-up", os.fspath(path)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
