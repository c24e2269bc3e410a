"""How often the 95 % intervals of a score hold the truth, by simulation.

    python bench/intervals.py REFERENCES.txt [--trials 1000] [--metrics]

One line a segment. The texts are a population: each is translated "by chance" (words changed, dropped, put
in, phrases moved; as many segments as asked for stay as they are). Jobs of 20, 50, 100 and 300 segments are
drawn from it, and each interval is asked whether the figure of the whole population is in it. Beside ours
stand the percentiles of the bootstrap. How often that of identical translations holds its share is computed,
without chance; beside it stands whether any interval could reach .92 to .97. Terms come several in a segment
and are right or wrong together.
"""

from __future__ import annotations

import argparse
import math
import random
from pathlib import Path

import numpy as np

from tm.scoring import formulas
from tm.scoring.groups import scale_of
from tm.scoring.metrics import metrics
from tm.scoring.uncertainty import Figure, intervals, resampled

SIZES = (20, 50, 100, 300)
POPULATION = 4000


def main() -> None:
    """Print one table for the metrics and one for shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("references", type=Path)
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--equal", type=float, default=0.3, help="share of segments that are not changed")
    parser.add_argument("--bootstrap", action="store_true", help="measure its percentiles, too")
    options = parser.parse_args()
    for_metrics(options)
    for_shares(options.trials)


def for_metrics(options: argparse.Namespace) -> None:
    """The coverage of each metric's intervals."""
    chance = random.Random(1)
    references = [text for text in options.references.read_text(encoding="utf-8").split("\n") if text.strip()]
    chance.shuffle(references)
    references = references[:POPULATION]
    words = [word for text in references for word in text.split()]
    translations = [changed(text, words, options.equal, chance) for text in references]
    generator = np.random.default_rng(7)
    header = "".join(f"{size:>8}" for size in SIZES)
    print(f"{'':24}{'figure':>8}{header}")
    for metric in metrics():
        rows = metric.count(translations, [[text] for text in references], "")
        truth = float(metric.of_sums(rows.sum(axis=0, keepdims=True))[0])
        names = ("ours", "bootstrap") if options.bootstrap else ("ours",)
        hits = {name: [] for name in names}
        for size in SIZES:
            counts = dict.fromkeys(names, 0)
            for _ in range(options.trials):
                sample = rows[generator.integers(len(rows), size=size)]
                ends = {"ours": intervals([Figure(sample, metric.of_sums, scale_of(metric))])[0]}
                if options.bootstrap:
                    scores = np.sort(metric.of_sums(resampled(sample)))
                    ends["bootstrap"] = scores[25], scores[-26]
                for name in names:
                    counts[name] += ends[name][0] <= truth <= ends[name][1]
            for name in names:
                hits[name].append(counts[name] / options.trials)
        for name in names:
            print(
                f"{metric.name + ', ' + name:24}{truth:8.1f}"
                + "".join(f"{share:8.3f}" for share in hits[name])
            )


def for_shares(trials: int) -> None:
    """The coverage of Wilson's intervals: computed for identical translations, by simulation for terms."""
    generator = np.random.default_rng(11)
    for share in (0.5, 0.9, 0.99):
        exact = [of_identical(size, share) for size in SIZES]
        print(f"{'identical, computed':24}{share:8.2f}" + "".join(f"{found:8.3f}" for found, _ in exact))
        print(f"{'  any interval':32}" + "".join(f"{reachable:>8}" for _, reachable in exact))
        hits = []
        for size in SIZES:
            ends = [interval(terms(share, size, generator)) for _ in range(trials)]
            hits.append(sum(low <= share <= high for low, high in ends) / trials)
        print(f"{'terms':24}{share:8.2f}" + "".join(f"{hit:8.3f}" for hit in hits))


def interval(counts: np.ndarray) -> tuple[float, float]:
    """The interval of a share."""
    (ends,) = intervals([Figure(counts, formulas.share, "share")])
    assert ends
    return ends


def of_identical(size: int, share: float) -> tuple[float, str]:
    """How often the interval holds the share, by the binomial distribution, and how often any other could.

    An interval that holds the share for some outcomes holds it for those between; each run of outcomes is one
    way. The second is "yes" where a run has .92 to .97, else what the runs nearest below and above have.
    """
    chances = [math.comb(size, hits) * share**hits * (1 - share) ** (size - hits) for hits in range(size + 1)]
    coverage = 0.0
    for hits, chance in enumerate(chances):
        low, high = interval(np.array([[1.0, 1]] * hits + [[0.0, 1]] * (size - hits)))
        coverage += chance * (low <= share <= high)
    below = np.concatenate([[0], np.cumsum(chances)])
    runs = np.array([end - first for place, first in enumerate(below) for end in below[place + 1 :]])
    if ((runs >= 0.92) & (runs <= 0.97)).any():
        return coverage, "yes"
    return coverage, f"{runs[runs < 0.92].max():.2f}/{runs[runs > 0.97].min():.2f}".replace("0.", ".")


def terms(share: float, size: int, generator: np.random.Generator) -> np.ndarray:
    """Hits of trials of each segment; one to four in a segment, each segment with a share of its own."""
    wanted = generator.integers(1, 5, size)
    shares = generator.beta(4 * share, 4 * (1 - share), size)
    return np.column_stack([generator.binomial(wanted, shares), wanted]).astype(float)


def changed(text: str, words: list[str], equal: float, chance: random.Random) -> str:
    """A text with words changed, dropped and put in, and its parts moved."""
    if chance.random() < equal:
        return text
    rate = chance.betavariate(1.2, 2)
    result = []
    for word in text.split():
        dice = chance.random()
        if dice < rate / 2:
            result.append(chance.choice(words))
        elif dice < rate * 0.7:
            continue
        elif dice < rate * 0.9:
            result += [word, chance.choice(words)]
        else:
            result.append(word)
    if len(result) > 3 and chance.random() < rate:
        place = chance.randrange(len(result))
        result = result[place:] + result[:place]
    return " ".join(result)


if __name__ == "__main__":
    main()
