"""How much faster the figures are computed than by sacrebleu itself, in the same run, and that they are the same.

    python bench/score.py TRANSLATIONS.txt REFERENCES.txt [--segments 3000]

One line a segment in each file. Times are CPU seconds of one thread (set OMP_NUM_THREADS=1); the ratio is sacrebleu's time
by ours.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

from tm.language import nfc
from tm.scoring import overlap
from tm.scoring.comparison import compare_figures
from tm.scoring.metrics import Measured, Metric, measure

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("translations", type=Path)
    parser.add_argument("references", type=Path)
    parser.add_argument("--segments", type=int, default=3000)
    options = parser.parse_args()
    texts, references = (
        path.read_text(encoding="utf-8").split("\n")[: options.segments]
        for path in (options.translations, options.references)
    )
    lists = [[reference] for reference in references]
    print(f"{len(texts)} segments")
    print(f"{'':32}{'sacrebleu':>10}{'ours':>8}{'ratio':>8}  the same")
    first = [
        figures(metric, kind, words, texts, references, lists) for metric, kind, words in METRICS_AND_THEIRS
    ]
    worse = [text.rpartition(" ")[0] if number % 50 == 0 else text for number, text in enumerate(texts)]
    second = [measure(metric, worse, lists) for metric in METRICS]
    paired(first, second, texts, worse, references)
    several(texts, references)


METRICS = (overlap.BLEU, overlap.CHRF, overlap.CHRF2, overlap.TER)
METRICS_AND_THEIRS = list(zip(METRICS, (BLEU, CHRF, CHRF, TER), ({}, {"word_order": 2}, {}, {}), strict=True))


def figures(
    metric: Metric,
    kind: Any,
    words: dict[str, int],
    texts: list[str],
    references: list[str],
    lists: list[list[str]],
) -> Measured:
    """The corpus figure and every segment's; sacrebleu counts once for each, ours once for both."""
    corpus, single = kind(**words), kind(**words, **({"effective_order": True} if kind is BLEU else {}))
    whole, slow = timed(lambda: corpus.corpus_score(texts, [references]).score)
    each, slower = timed(
        lambda: tuple(
            single.sentence_score(text, [reference]).score
            for text, reference in zip(texts, references, strict=True)
        )
    )
    measured, fast = timed(lambda: measure(metric, texts, lists))
    line(f"{metric.name}, corpus", slow, fast, measured.score == whole)
    line(f"{metric.name}, corpus and segments", slow + slower, fast, measured.segments == each)
    return measured


def paired(
    first: list[Measured], second: list[Measured], texts: list[str], worse: list[str], references: list[str]
) -> None:
    """Both paired tests for the three metrics. The time sacrebleu takes to count again is left out of its own."""
    metrics = {metric.name: kind(**words) for metric, kind, words in METRICS_AND_THEIRS}
    _, counting = timed(lambda: [metric.corpus_score(texts, [references]) for metric in metrics.values()])
    ours, fast = timed(lambda: compare_figures(first, second))
    slow, same = 0.0, True
    for test, name in (("bs", "bootstrap"), ("ar", "randomisation")):
        run = PairedTest([("second", worse), ("first", texts)], metrics, [references], test_type=test)
        (_, theirs), seconds = timed(run)
        slow += seconds - counting
        same &= all(abs(getattr(each, name) - theirs[each.name][1].p_value) < 1e-9 for each in ours)
    line("paired tests, all three", slow, fast, same)


ADVERSE = [
    "",
    "  ",
    "…",
    "a " * 200,
    "x y " * 120,
    " ".join(map(str, range(200))),
    "e\u0301 é",
    "\u202f.",
    "A-b_c 1,000.5 (x)",
]


def several(texts: list[str], references: list[str]) -> None:
    """Segments with one to three references, some adverse: how many corpus and segment figures are not sacrebleu's."""
    chance = random.Random(4)
    texts = texts + [chance.choice(ADVERSE) for _ in range(len(texts) // 5)]
    lists = [
        [nfc(text) for text in [chance.choice(ADVERSE) if place >= len(references) else references[place]]]
        + [nfc(chance.choice(references + ADVERSE)) for _ in range(chance.randrange(3))]
        for place in range(len(texts))
    ]
    streams = [[of_one[place] if place < len(of_one) else None for of_one in lists] for place in range(3)]
    composed = [nfc(text) for text in texts]
    for metric, kind, words in METRICS_AND_THEIRS:
        ours = measure(metric, texts, lists)
        single = kind(**words, **({"effective_order": True} if kind is BLEU else {}))
        pairs = zip(composed, lists, ours.segments, strict=True)
        wrong = sum(single.sentence_score(text, of_one).score != figure for text, of_one, figure in pairs)
        same = kind(**words).corpus_score(composed, streams).score == ours.score
        print(
            f"{metric.name}, one to three references: corpus {'the same' if same else 'NOT the same'},",
            end=" ",
        )
        print(f"{wrong} of {len(texts)} segments differ")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its CPU seconds."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def line(name: str, slow: float, fast: float, same: bool) -> None:  # noqa: FBT001
    """One row of the table."""
    print(f"{name:32}{slow:9.2f}s{fast:7.2f}s{slow / fast:7.1f}×  {'yes' if same else 'NO'}")


if __name__ == "__main__":
    main()
