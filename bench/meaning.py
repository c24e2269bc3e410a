"""How well and how fast units are found by what they mean: python bench/meaning.py PAIRS.tsv.xz [--many 200000].

PAIRS has a source and a target a line, separated by a tab. All pairs go into a memory, and the vectors of its targets are made
(texts a second of CPU time). Each of 1,000 sources, evenly taken, is then looked for among all targets: how often its own
translation is first, among the first five, and, for each least percent, how many translations reach it and how many look-ups find
something else that does. Sources and targets that come more than once count as the same. With ``--many`` the vectors are repeated,
a little turned, and the CPU time of a look-up and the memory of the process are measured.
"""

import argparse
import itertools
import lzma
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from tm.cli.terminal import table
from tm.memory.text_vectors import TextVectors
from tm.model import Segment, Unit, Variant
from tm.store import open_store
from tm.vectors import opened
from tm.vectors.kept import EMPTY
from tm.vectors.small import small, units

QUERIES = 1000
NEAR = 100


def ranks(kept, targets, sources, vectors):
    """For each query the rank of its translation, the translation's cosine, and the best cosine of another text."""
    rows = []
    same = {}
    for source, target in zip(sources, targets, strict=True):
        same.setdefault(source, set()).add(target)
    step = max(1, len(sources) // QUERIES)
    for vector, source in zip(vectors, sources[::step], strict=True):
        near = [
            (cosine, targets[number - 1] in same[source])
            for cosine, number in itertools.islice(kept.nearest(vector, 0.0), NEAR)
        ]
        rank = next((n for n, (_, is_right) in enumerate(near) if is_right), NEAR)
        best = [
            max((cosine for cosine, is_right in near if is_right == kind), default=0.0)
            for kind in (True, False)
        ]
        rows.append((rank, *best))
    return rows


def many(kept, vectors, count):
    """CPU milliseconds of a look-up among so many."""
    random, rows = np.random.default_rng(1), units(kept.vectors)
    times = -(-count // len(rows))
    turned = np.concatenate(
        [small(rows + 0.02 * random.standard_normal(rows.shape, dtype=np.float32)) for _ in range(times)]
    )[:count]
    numbers = np.arange(count)
    large = EMPTY.grown(numbers, numbers.astype(np.uint64), turned)
    begin = time.process_time()
    for vector in vectors[:50]:
        _ = [hit for hit, _ in zip(large.nearest(vector, 0.5), range(5), strict=False)]
    return 1000 * (time.process_time() - begin) / 50


def peak():
    """The most memory that the process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--memory", type=Path, help="keep it, and its vectors, for the next time")
    arguments = parser.parse_args()
    with lzma.open(arguments.pairs, "rt", encoding="utf-8") as stream:
        pairs = [line.rstrip("\n").split("\t")[:2] for line in stream]
    sources, targets = zip(*pairs, strict=True)
    model = opened("use")
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(arguments.memory or Path(folder, "m.tm"), create=True) as store,
    ):
        _ = len(store) or store.add(
            (
                Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
                for source, target in pairs
            ),
            on_same="both",
        )
        begin = time.process_time()
        vectors_of_targets = TextVectors(store, "pt", model)
        vectors_of_targets.follow()
        kept = vectors_of_targets.made
        print(
            f"{len(kept.numbers)} texts, {len(kept.numbers) / (time.process_time() - begin):.0f} a second of CPU time"
        )
        texts = {stored.number: stored.unit.variants[1].segment.text for stored in store.all_stored()}
        targets = [texts.get(number + 1, "") for number in range(max(texts))]
        sources = {stored.number: stored.unit.variants[0].segment.text for stored in store.all_stored()}
        sources = [sources.get(number + 1, "") for number in range(max(texts))]
    queries = sources[:: max(1, len(sources) // QUERIES)]
    begin = time.process_time()
    vectors = [model.directions(model.parts([query]))[0] for query in queries]
    print(f"memory: {peak():.0f} MB")
    print(f"a query's vector: {1000 * (time.process_time() - begin) / len(queries):.1f} ms of CPU time")
    found = ranks(kept, targets, sources, vectors)
    first, five = (sum(rank < most for rank, _, _ in found) / len(found) for most in (1, 5))
    print(f"of {len(found)} queries the translation is first in {first:.3f}, among five in {five:.3f}")
    rows = [
        [least, *(f"{sum(row[k] >= least / 100 for row in found) / len(found):.3f}" for k in (1, 2))]
        for least in range(30, 100, 5)
    ]
    print(*table(rows, header=["least", "translations", "something else"], right=range(3)), sep="\n")
    if arguments.many:
        spent = many(kept, vectors, arguments.many)
        print(f"memory: {peak():.0f} MB, of which a part was for making the vectors")
        print(f"a look-up among {arguments.many} texts: {spent:.1f} ms of CPU time")


if __name__ == "__main__":
    main()
