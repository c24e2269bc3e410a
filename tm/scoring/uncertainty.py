"""How far a figure can be trusted: what it would have been on other segments of the same kind.

Bootstrap after Koehn (2004), "Statistical Significance Tests for Machine Translation Evaluation":

1. ``draws`` draws segments with replacement, as many as there are, again and again. A resample is a row of
   counts: how often each segment was drawn. The draws are sacrebleu's (numpy's generator, its seed), and so
   are the resamples.
2. ``resampled`` computes all resamples of all figures as one product: counts × statistics.
3. ``intervals`` scores the sums and cuts 2.5 % off at both ends (``_middle``).

>>> _middle(np.arange(1000.0))
(25.0, 974.0)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 12345
"""sacrebleu's, both."""
FEW = 100
"""With fewer segments an interval is too wide to decide anything by, and is uncertain itself."""
_CELLS = 4_000_000
"""Counts that are held at a time: 32 MB."""


def draws(segments: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[NDArray[np.float64]]:
    """How often each resample drew each segment: resamples × segments, a block of rows at a time.

    >>> [block.sum(axis=1).tolist() for block in draws(5, resamples=3)]
    [[5.0, 5.0, 5.0]]
    """
    generator = np.random.default_rng(seed)
    height = max(1, _CELLS // segments)
    for first in range(0, resamples, height):
        rows = min(height, resamples - first)
        drawn = generator.choice(segments, size=(rows, segments), replace=True)
        drawn += (np.arange(rows) * segments)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=rows * segments)
        yield counts.reshape(rows, segments).astype(np.float64)


def resampled(
    statistics: NDArray[np.float64], resamples: int = RESAMPLES, seed: int = SEED
) -> NDArray[np.float64]:
    """The sums of the statistics (segments × columns) over each resample: resamples × columns.

    >>> resampled(np.ones((5, 1)), resamples=2).tolist()
    [[5.0], [5.0]]
    """
    blocks = [counts @ statistics for counts in draws(len(statistics), resamples, seed)]
    return np.vstack(blocks)


def intervals(
    figures: Sequence[tuple[NDArray[np.float64], Callable[[NDArray[np.float64]], NDArray[np.float64]]]],
) -> list[tuple[float, float] | None]:
    """The 95 % interval of each figure, all from the same resamples.

    Args:
        figures: for each its statistics (segments × columns; the same segments for all) and what sums of rows
            score.

    Returns:
        Lower and upper end; None for fewer than two segments, which say nothing about other segments.

    >>> from tm.scoring.formulas import share
    >>> hits = np.array([[1.0, 1.0]] * 50 + [[0.0, 1.0]] * 50)
    >>> [(low, high)] = intervals([(hits, share)])
    >>> 0.38 < low < 0.44 < 0.56 < high < 0.62
    True
    """
    if not figures or len(figures[0][0]) < 2:
        return [None for _ in figures]
    sums = resampled(np.hstack([statistics for statistics, _ in figures]))
    ends = np.cumsum([statistics.shape[1] for statistics, _ in figures])
    columns = np.split(sums, ends[:-1], axis=1)
    return [_middle(of_sums(part)) for part, (_, of_sums) in zip(columns, figures, strict=True)]


def _middle(scores: NDArray[np.float64]) -> tuple[float, float]:
    ordered = np.sort(scores)
    beyond = len(ordered) // 40
    return float(ordered[beyond]), float(ordered[-beyond - 1])
