"""How much of a reference a translation has: BLEU, chrF2++ and TER, the very figures of sacrebleu.

Papineni et al. (2002), Popović (2017), Snover et al. (2006); Post (2018), "A Call for Clarity in Reporting BLEU Scores".
Statistics are counted once for each segment; from their sums come the corpus score, the segments' scores and those of
resamples, all by sacrebleu's own formulas. Counting itself is sacrebleu's for BLEU, ours and several times faster for the
others (``chrf.py``, ``ter.py``). This is the only module that touches private names of sacrebleu, whose version is pinned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm import bcp47
from tm.language import nfc
from tm.scoring import chrf, formulas, ter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric as SacrebleuMetric

    Statistics = NDArray[np.float64]

_BLEU_TOKENIZERS = {
    "zh": "zh",
    "ja": "char",
    "ko": "char",
    "th": "char",
    "lo": "char",
    "km": "char",
    "my": "char",
}
"""Languages written without spaces between words, for which sacrebleu's default sees one word per segment."""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric over segments and their references.

    Attributes:
        key: as in ``--fail-under`` and JSON.
        name: as in a table.
        higher_is_better: not so for error rates.
        make: sacrebleu's metric for a target language: one for corpora, one for single segments.
        count: the statistics of each segment; its references are a list of their own.
        columns: how many statistics a segment has.
        of_sums: the scores of sums of statistics, a sum a row; for resamples (``formulas.py``).
    """

    key: str
    name: str
    higher_is_better: bool
    make: Callable[[str], tuple[SacrebleuMetric, SacrebleuMetric]]
    count: Callable[[SacrebleuMetric, Sequence[str], Sequence[Sequence[str]]], Statistics]
    columns: int
    of_sums: Callable[[Statistics], Statistics]


def _bleu(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:
    from sacrebleu.metrics.bleu import BLEU

    tokenizer = _BLEU_TOKENIZERS.get(bcp47.base(target) if target else "")
    # A short segment has no 4-grams; effective order leaves them out, as sacrebleu advises for single segments.
    return BLEU(tokenize=tokenizer), BLEU(tokenize=tokenizer, effective_order=True)


def _count_bleu(
    metric: SacrebleuMetric, texts: Sequence[str], references: Sequence[Sequence[str]]
) -> Statistics:
    # In batches, since sacrebleu keeps the n-grams of all references it is given: 2 GB for 100,000 segments.
    rows: list[list[int]] = []
    for first in range(0, len(texts), _BATCH):
        streams = _streams(references[first : first + _BATCH])
        rows += metric._extract_corpus_statistics(texts[first : first + _BATCH], streams)  # type: ignore[arg-type]  # None is meant
    return np.array(rows, np.float64)


def _streams(references: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """References as sacrebleu wants them: the first of each segment, the second of each, …; None where there is none."""
    most = max(map(len, references))
    return [
        [of_one[place] if place < len(of_one) else None for of_one in references] for place in range(most)
    ]


def _chrf(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.make
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF(word_order=2)
    return metric, metric


def _count_chrf(
    metric: SacrebleuMetric, texts: Sequence[str], references: Sequence[Sequence[str]]
) -> Statistics:
    """Against the reference that gives the best score, the first of several such."""
    rows = chrf.statistics(
        [text for text, of_one in zip(texts, references, strict=True) for _ in of_one],
        [reference for of_one in references for reference in of_one],
    )
    best = []
    place = 0
    for of_one in references:
        candidates = range(place, place + len(of_one))
        place += len(of_one)
        best.append(
            max(candidates, key=lambda row: metric._compute_score_from_stats(rows[row].tolist()).score)
            if len(candidates) > 1
            else candidates[0]
        )
    return rows[best].astype(np.float64)


def _ter(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.make
    from sacrebleu.metrics.ter import TER

    metric = TER()
    return metric, metric


def _count_ter(
    metric: SacrebleuMetric, texts: Sequence[str], references: Sequence[Sequence[str]]
) -> Statistics:
    """The edits to the nearest reference, and the mean length of the references."""
    rows = np.zeros((len(texts), 2))
    for row, text, of_one in zip(rows, texts, references, strict=True):
        words = metric._preprocess_segment(text).split()
        goals = [metric._preprocess_segment(reference).split() for reference in of_one]
        row[:] = min(ter.edits(words, goal) for goal in goals), sum(map(len, goals)) / len(goals)
    return rows


METRICS = (
    Metric(
        "bleu",
        "BLEU",
        higher_is_better=True,
        make=_bleu,
        count=_count_bleu,
        columns=10,
        of_sums=formulas.bleu,
    ),
    Metric(
        "chrf",
        "chrF2++",
        higher_is_better=True,
        make=_chrf,
        count=_count_chrf,
        columns=24,
        of_sums=formulas.chrf,
    ),
    Metric(
        "ter", "TER", higher_is_better=False, make=_ter, count=_count_ter, columns=2, of_sums=formulas.ter
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one metric says of a list of segments.

    Attributes:
        metric: which one.
        score: of all together, on the metric's scale.
        signature: sacrebleu's own, of that score.
        segments: the score of each by itself.
        statistics: one row a segment: what the score is computed from once rows are summed.
    """

    metric: Metric
    score: float
    signature: str
    segments: tuple[float, ...]
    statistics: Statistics


def measure(
    metric: Metric, hypotheses: Sequence[str], references: Sequence[Sequence[str]], target: str = ""
) -> Measured:
    """The metric's figures for translations and their references, all put into NFC first.

    Args:
        metric: one of ``METRICS``.
        hypotheses: the translations, at least one.
        references: for each translation its own references, one or more.
        target: language tag; chooses BLEU's tokenizer for scripts without spaces.

    Raises:
        ValueError: the two lists differ in length, or a translation has no reference. (sacrebleu itself cuts the
            longer list off in silence, and takes references in the wrong order of brackets.)

    >>> bleu = METRICS[0]
    >>> measured = measure(bleu, ["o mapa do mundo novo"], [["o mapa do mundo novo", "o novo mapa"]])
    >>> round(measured.score, 2), measured.signature
    (100.0, 'nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0')
    """
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} translations, but references for {len(references)}")
    if any(isinstance(of_one, str) or not of_one for of_one in references):
        raise ValueError("each translation takes a list of references, one at least")
    corpus, single = metric.make(target)
    statistics = metric.count(
        corpus, [nfc(text) for text in hypotheses], [[nfc(text) for text in of_one] for of_one in references]
    )
    counts = {len(of_one) for of_one in references}
    # What sacrebleu notes when it counts by itself, for the signature: -1 is "var".
    corpus.num_refs = counts.pop() if len(counts) == 1 else -1

    return Measured(
        metric,
        # The sum goes from row to row, like sacrebleu's, so that fractions are rounded in the same order.
        float(corpus._compute_score_from_stats(statistics.cumsum(axis=0)[-1].tolist()).score),
        str(corpus.get_signature()),
        tuple(float(single._compute_score_from_stats(row.tolist()).score) for row in statistics),
        statistics,
    )
