"""How much of a reference a translation has: BLEU, chrF2++, chrF2 and TER, the very figures of sacrebleu.

Papineni et al. (2002), Popović (2017), Snover et al. (2006); Post (2018), "A Call for Clarity in Reporting
BLEU Scores". Statistics are counted once for each segment; from their sums come the corpus score, the
segments' scores and those of resamples, all by sacrebleu's own formulas. Counting itself is sacrebleu's for
BLEU with several references, ours and several times faster for the rest (``chrf.py``, ``ter.py``). This
module, ``metrics.py`` and ``ter.py`` touch private names of sacrebleu; the tests pass
with every version that pyproject.toml allows.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from tm import bcp47
from tm.scoring import chrf, formulas, ter
from tm.scoring.metrics import Metric

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sacrebleu.metrics.base import Metric as SacrebleuMetric

    from tm.scoring.metrics import Statistics

_BLEU_TOKENIZERS = {
    "zh": "zh",
    "ja": "char",
    "ko": "char",
    "th": "char",
    "lo": "char",
    "km": "char",
    "my": "char",
}
"""Languages written without spaces between words: sacrebleu's default would see one word per segment."""
_BATCH = 1000
"""Segments that sacrebleu counts together: it keeps the n-grams of all of them."""


def _bleu(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:
    from sacrebleu.metrics.bleu import BLEU

    tokenizer = _BLEU_TOKENIZERS.get(bcp47.base(target) if target else "")
    # A short segment has no 4-grams; effective order leaves them out, as sacrebleu advises for single ones.
    return BLEU(tokenize=tokenizer), BLEU(tokenize=tokenizer, effective_order=True)


def _count_bleu(texts: Sequence[str], references: Sequence[Sequence[str]], target: str) -> Statistics:
    """Where each segment has one reference we count ourselves; n-grams of several are sacrebleu's to
    merge."""
    metric, _ = _bleu(target)
    rows = np.zeros((len(texts), 2 + 2 * formulas.ORDERS))
    for has_one, count in ((True, _count_single), (False, _count_several)):
        places = [place for place, of_one in enumerate(references) if (len(of_one) == 1) is has_one]
        # In batches, since all n-grams are kept: of references to 100,000 segments they would take 2 GB.
        for first in range(0, len(places), _BATCH):
            some = places[first : first + _BATCH]
            rows[some] = count(
                metric, [texts[place] for place in some], [references[place] for place in some]
            )
    return rows


def _count_several(
    metric: SacrebleuMetric, texts: Sequence[str], references: Sequence[Sequence[str]]
) -> Statistics:
    counts = metric._extract_corpus_statistics(texts, _streams(references))  # type: ignore[arg-type]  # None is meant
    return np.array(counts, np.float64)


def _count_single(
    metric: SacrebleuMetric, texts: Sequence[str], references: Sequence[Sequence[str]]
) -> Statistics:
    translated = [metric._preprocess_segment(text).split() for text in texts]
    stored = [metric._preprocess_segment(of_one[0]).split() for of_one in references]
    lengths = np.array([[len(words), len(others)] for words, others in zip(translated, stored, strict=True)])
    totals = np.maximum(lengths[:, :1] - np.arange(formulas.ORDERS), 0)
    shared = chrf.shared_words(translated, stored, formulas.ORDERS)
    return np.hstack([lengths, shared, totals]).astype(np.float64)


def _streams(references: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """References as sacrebleu takes them: the first of each segment, the second of each, …; None where a
    segment has fewer."""
    most = max(map(len, references))
    return [
        [of_one[place] if place < len(of_one) else None for of_one in references] for place in range(most)
    ]


def _chrf(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.sacrebleu
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF(word_order=chrf.WORDS)
    return metric, metric


def _chrf_without_words(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - likewise
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    return metric, metric


def _count_chrf(texts: Sequence[str], references: Sequence[Sequence[str]], target: str) -> Statistics:
    metric, _ = _chrf(target)
    return _against_the_best(metric, _n_grams(tuple(texts), tuple(map(tuple, references))), references)


def _count_chrf_without_words(
    texts: Sequence[str], references: Sequence[Sequence[str]], target: str
) -> Statistics:
    metric, _ = _chrf_without_words(target)
    rows = _n_grams(tuple(texts), tuple(map(tuple, references)))[:, : 3 * chrf.CHARACTERS]
    return _against_the_best(metric, rows, references)


@functools.lru_cache(maxsize=1)  # chrF2 is counted after chrF2++, whose counts have its own in them
def _n_grams(texts: tuple[str, ...], references: tuple[tuple[str, ...], ...]) -> NDArray[np.int64]:
    """The counts of each text with each of its references, one row after the other."""
    return chrf.statistics(
        [text for text, of_one in zip(texts, references, strict=True) for _ in of_one],
        [reference for of_one in references for reference in of_one],
    )


def _against_the_best(
    metric: SacrebleuMetric, rows: NDArray[np.int64], references: Sequence[Sequence[str]]
) -> Statistics:
    """Against the reference that gives the best score, the first of several such."""
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


def _ter(target: str) -> tuple[SacrebleuMetric, SacrebleuMetric]:  # noqa: ARG001 - Metric.sacrebleu
    from sacrebleu.metrics.ter import TER

    metric = TER()
    return metric, metric


def _count_ter(texts: Sequence[str], references: Sequence[Sequence[str]], target: str) -> Statistics:
    """The edits to the nearest reference, and the mean length of the references."""
    metric, _ = _ter(target)
    rows = np.zeros((len(texts), 2))
    for row, text, of_one in zip(rows, texts, references, strict=True):
        words = metric._preprocess_segment(text).split()
        goals = [metric._preprocess_segment(reference).split() for reference in of_one]
        row[:] = min(ter.edits(words, goal) for goal in goals), sum(map(len, goals)) / len(goals)
    return rows


_up_to_100 = functools.partial(Metric, higher_is_better=True, scale="0-100")

BLEU = _up_to_100("bleu", "BLEU", count=_count_bleu, columns=10, of_sums=formulas.bleu, sacrebleu=_bleu)
CHRF = _up_to_100("chrf", "chrF2++", count=_count_chrf, columns=24, of_sums=formulas.chrf, sacrebleu=_chrf)
CHRF2 = _up_to_100(
    "chrf2",
    "chrF2",
    count=_count_chrf_without_words,
    columns=18,
    of_sums=formulas.chrf,
    sacrebleu=_chrf_without_words,
)
TER = Metric(
    "ter",
    "TER",
    higher_is_better=False,
    count=_count_ter,
    columns=2,
    of_sums=formulas.ter,
    sacrebleu=_ter,
)
