"""What a metric is, how metrics are found, and what one says of translations.

1. A module of this room, or of an installed package (entry point ``tm.scoring``), offers a ``Metric``.
2. ``metrics()`` lists all of them.
3. ``measure`` lets one count: for each segment a row of numbers.

Rows that are summed give the score of those segments together, so that corpora, single segments and resamples
(``uncertainty.py``) are all scored from the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import registry
from tm.language import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric as SacrebleuMetric

    Statistics = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric over translations and their references. Give it to a module of this room, and reports,
    ``--fail-under``, comparisons and JSON have it.

    Attributes:
        key: as in ``--fail-under`` and JSON.
        name: as in a table.
        higher_is_better: not so for error rates.
        count: takes translations, the references of each (one or more), and the target language ("" = not
            known), all texts in NFC; gives a row of statistics for each translation.
        columns: how many statistics a row has.
        of_sums: takes sums of rows, one sum a row, and gives the score of each; must stand a sum of zeros.
        scale: for messages, "0-100".
        signature: what the score depends on: ``unit:characters|version:1.0``.
        sacrebleu: for metrics of sacrebleu, which then computes score and signature from our statistics:
            makes its metric for a target language, one for corpora and one for single segments.
    """

    key: str
    name: str
    higher_is_better: bool
    count: Callable[[Sequence[str], Sequence[Sequence[str]], str], Statistics]
    columns: int
    of_sums: Callable[[Statistics], Statistics]
    scale: str = ""
    signature: str = ""
    sacrebleu: Callable[[str], tuple[SacrebleuMetric, SacrebleuMetric]] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What one metric says of a list of segments.

    Attributes:
        metric: which one.
        score: of all together, on the metric's scale.
        signature: what it depends on; sacrebleu's own for sacrebleu's metrics.
        segments: the score of each by itself.
        statistics: one row a segment: what the score is computed from once rows are summed.
        target: language tag, "" when not known.
    """

    metric: Metric
    score: float
    signature: str
    segments: tuple[float, ...]
    statistics: Statistics
    target: str = ""


def metrics() -> tuple[Metric, ...]:
    """All metrics: ours, then those of other installed packages.

    >>> [metric.key for metric in metrics()][:3]
    ['bleu', 'chrf', 'chrf2']
    """
    by_key = {metric.key: metric for metric in reversed(registry.listed("tm.scoring", Metric))}
    return tuple(reversed(by_key.values()))


def measure(
    metric: Metric, hypotheses: Sequence[str], references: Sequence[Sequence[str]], target: str = ""
) -> Measured:
    """The metric's figures for translations and their references, all put into NFC first.

    Args:
        metric: one of ``metrics()``.
        hypotheses: the translations, at least one.
        references: for each translation its own references, one or more.
        target: language tag; chooses BLEU's tokenizer for scripts without spaces.

    Raises:
        ValueError: the two lists differ in length, or a translation has no reference. (sacrebleu itself cuts
            the longer list off in silence, and takes references in the wrong order of brackets.)

    >>> from tm.scoring.overlap import BLEU
    >>> measured = measure(BLEU, ["o mapa do mundo novo"], [["o mapa do mundo novo", "o novo mapa"]])
    >>> round(measured.score, 2), measured.signature.partition("|version")[0]
    (100.0, 'nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp')
    """
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} translations, but references for {len(references)}")
    if any(isinstance(of_one, str) or not of_one for of_one in references):
        raise ValueError("each translation takes a list of references, one at least")
    statistics = metric.count(
        [nfc(text) for text in hypotheses], [[nfc(text) for text in of_one] for of_one in references], target
    )
    if metric.sacrebleu:
        _, single = metric.sacrebleu(target)
        segments = tuple(float(single._compute_score_from_stats(row.tolist()).score) for row in statistics)
    else:
        segments = tuple(map(float, metric.of_sums(statistics)))
    return _together(metric, statistics, segments, [len(of_one) for of_one in references], target)


def subset(measured: Measured, places: Sequence[int], references: Sequence[int]) -> Measured:
    """What the metric says of some of the segments: nothing is counted again.

    Args:
        measured: of all.
        places: of the segments, from 0, at least one.
        references: how many each of these has.

    >>> from tm.scoring.overlap import TER
    >>> both = measure(TER, ["a ponte", "o rio"], [["a ponte"], ["o mar"]])
    >>> subset(both, [1], [1]).score
    50.0
    """
    segments = tuple(measured.segments[place] for place in places)
    rows = measured.statistics[list(places)]
    return _together(measured.metric, rows, segments, references, measured.target)


def _together(
    metric: Metric,
    statistics: Statistics,
    segments: tuple[float, ...],
    references: Sequence[int],
    target: str,
) -> Measured:
    """The figure of all segments, with its signature."""
    counts = set(references)
    most = counts.pop() if len(counts) == 1 else None
    if metric.sacrebleu:
        corpus, _ = metric.sacrebleu(target)
        # What sacrebleu notes when it counts by itself, for the signature: -1 is "var".
        corpus.num_refs = most or -1
        # The sum goes from row to row, like sacrebleu's, so that fractions are rounded in the same order.
        score = float(corpus._compute_score_from_stats(statistics.cumsum(axis=0)[-1].tolist()).score)
        return Measured(metric, score, str(corpus.get_signature()), segments, statistics, target)
    score = float(metric.of_sums(statistics.sum(axis=0, keepdims=True))[0])
    signature = f"nrefs:{most or 'var'}|{metric.signature}".rstrip("|")
    return Measured(metric, score, signature, segments, statistics, target)
