"""How much of a reference a translation has: BLEU, chrF2++ and TER, the very figures of sacrebleu.

Papineni et al. (2002), Popović (2017), Snover et al. (2006); Post (2018), "A Call for Clarity in Reporting BLEU Scores".
This is the only module that touches private names of sacrebleu, whose version is therefore pinned: they give the
statistics of each segment once, from which come the corpus score, the segments' scores and every resample of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric as SacrebleuMetric

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


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric over segments and their references.

    Attributes:
        key: as in ``--fail-under`` and JSON.
        name: as in a table.
        higher_is_better: not so for error rates.
        make: sacrebleu's metric for a target language: one for corpora, one for single segments.
    """

    key: str
    name: str
    higher_is_better: bool
    make: Callable[[str], tuple[SacrebleuMetric, SacrebleuMetric]]


def _bleu(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:
    from sacrebleu.metrics.bleu import BLEU

    tokenizer = _BLEU_TOKENIZERS.get(bcp47.base(target) if target else "")
    # A short segment has no 4-grams; effective order leaves them out, as sacrebleu advises for single segments.
    return BLEU(tokenize=tokenizer), BLEU(tokenize=tokenizer, effective_order=True)


def _chrf(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.make
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF(word_order=2)
    return metric, metric


def _ter(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.make
    from sacrebleu.metrics.ter import TER

    metric = TER()
    return metric, metric


METRICS = (
    Metric("bleu", "BLEU", higher_is_better=True, make=_bleu),
    Metric("chrf", "chrF2++", higher_is_better=True, make=_chrf),
    Metric("ter", "TER", higher_is_better=False, make=_ter),
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
        of_sums: the score of a sum of rows.
    """

    metric: Metric
    score: float
    signature: str
    segments: tuple[float, ...]
    statistics: NDArray[np.float64]
    of_sums: Callable[[NDArray[np.float64]], float]


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
    import numpy as np

    streams = _streams(hypotheses, references)
    texts = [nfc(text) for text in hypotheses]
    corpus, single = metric.make(target)
    rows: list[list[float]] = corpus._extract_corpus_statistics(texts, streams)  # type: ignore[arg-type]  # None is meant

    def of_sums(sums: NDArray[np.float64]) -> float:
        return float(corpus._compute_score_from_stats(sums.tolist()).score)

    return Measured(
        metric,
        float(corpus._aggregate_and_compute(rows).score),
        str(corpus.get_signature()),
        tuple(float(single._aggregate_and_compute([row]).score) for row in rows),
        np.array(rows, dtype=np.float64),
        of_sums,
    )


def _streams(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """References as sacrebleu wants them: the first of each segment, the second of each, …; None where there is none."""
    if len(hypotheses) != len(references):
        raise ValueError(f"{len(hypotheses)} translations, but references for {len(references)}")
    if any(isinstance(of_one, str) or not of_one for of_one in references):
        raise ValueError("each translation takes a list of references, one at least")
    most = max(map(len, references), default=0)
    return [
        [nfc(of_one[place]) if place < len(of_one) else None for of_one in references]
        for place in range(most)
    ]
