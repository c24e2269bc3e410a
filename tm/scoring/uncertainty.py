"""How far a figure can be trusted: what it would have been on other segments of the same kind.

1. ``intervals`` gives 95 % intervals. For the figures of metrics: the jackknife (``_jackknifed``; Efron 1982)
   tells how much each segment matters; on a scale on which the figure has no ends (logit, logarithm)
   Student's t is taken, with as many degrees of freedom as the weight is spread over segments (``_freedom``;
   Satterthwaite 1946). For shares: ``wilson`` (1927), of as many trials as the segments are worth.
2. ``draws`` draws segments with replacement, as many as there are, again and again (Koehn 2004). A resample
   is a row of counts: how often each segment was drawn. The draws are sacrebleu's (numpy's generator, its
   seed). ``resampled`` computes all resamples of all figures as one product, for the tests of
   ``comparison.py``.

The bootstrap's percentiles are no intervals of ours: of 95 they hold the truth 89 times with 20 segments, and
are [1, 1] where all segments agree (``bench/intervals.py``).

>>> low, high = wilson(20, 20)
>>> round(low, 3), high
(0.839, 1.0)
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

RESAMPLES = 1000
SEED = 12345
"""sacrebleu's, both."""
FEW = 100
"""With fewer segments an interval is too wide to decide anything by, and is uncertain itself."""
_CELLS = 4_000_000
"""Counts that are held at a time: 32 MB."""
_Z = 1.959963984540054
"""The normal distribution has 95 % within so many standard deviations."""
_LEAST = 5
"""Segments below which a metric has no interval: their spread says nothing about other segments."""

Scale = Literal["share", "0-100", "positive", ""]


def draws(segments: int, resamples: int = RESAMPLES, seed: int = SEED) -> Iterator[Numbers]:
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


def resampled(statistics: Numbers, resamples: int = RESAMPLES, seed: int = SEED) -> Numbers:
    """The sums of the statistics (segments × columns) over each resample: resamples × columns.

    >>> resampled(np.ones((5, 1)), resamples=2).tolist()
    [[5.0], [5.0]]
    """
    blocks = [counts @ statistics for counts in draws(len(statistics), resamples, seed)]
    return np.vstack(blocks)


class Figure(NamedTuple):
    """A figure that is to have an interval.

    Attributes:
        statistics: segments × columns.
        of_sums: what sums of rows score.
        scale: "share" for hits of trials (two columns), "0-100" and "positive" for figures with such ends, ""
            for one without ends.
    """

    statistics: Numbers
    of_sums: Callable[[Numbers], Numbers]
    scale: Scale = ""


def intervals(figures: Sequence[Figure]) -> list[tuple[float, float] | None]:
    """The 95 % interval of each figure.

    Returns:
        Lower and upper end; None for a metric of fewer than five segments: of two that differ it would be
        a TER of 0 to 344,044.

    >>> from tm.scoring.formulas import share, ter
    >>> hits = np.array([[1.0, 1.0]] * 50 + [[0.0, 1.0]] * 50)
    >>> [(low, high), none] = intervals([Figure(hits, share, "share"), Figure(hits[:1], ter, "positive")])
    >>> round(low, 2), round(high, 2), none
    (0.4, 0.6, None)
    """
    return [_interval(figure) for figure in figures]


def wilson(hits: float, trials: float) -> tuple[float, float]:
    """Wilson's interval of a share (1927): the shares of which the measured one is within 95 %.

    >>> wilson(0, 0)
    (0.0, 1.0)
    >>> [round(end, 3) for end in wilson(0, 10)]
    [0.0, 0.278]
    """
    if trials <= 0:
        return 0.0, 1.0
    share, square = hits / trials, _Z**2 / trials
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * math.sqrt(share * (1 - share) / trials + square / (4 * trials))
    return (0.0 if hits <= 0 else middle - half), (1.0 if hits >= trials else middle + half)


def _interval(figure: Figure) -> tuple[float, float] | None:
    segments = len(figure.statistics)
    if segments < _LEAST and figure.scale != "share":
        return None
    value, error, freedom = _jackknifed(figure)
    if figure.scale == "0-100":
        value = min(value, 100.0)  # a logarithm may be rounded up
    if figure.scale == "share":
        return _of_share(figure.statistics, value, error)
    if not error:
        return _of_equal_segments(value, segments, figure.scale)
    half = _student(freedom) * error
    if figure.scale == "0-100" and 0 < value < 100:
        middle, half = math.log(value / (100 - value)), half * 100 / (value * (100 - value))
        return _share_of(middle - half), _share_of(middle + half)
    if figure.scale == "positive" and value > 0:
        return value * math.exp(-half / value), value * math.exp(half / value)
    return value - half, value + half


def _share_of(logit: float) -> float:
    """The figure of 0-100 whose logit that is, whatever its size."""
    return 100 * (math.tanh(logit / 2) + 1) / 2


def _jackknifed(figure: Figure) -> tuple[float, float, float]:
    """The figure, its standard error, and the degrees of freedom of that."""
    segments = len(figure.statistics)
    total = figure.statistics.sum(axis=0, keepdims=True)
    value = float(figure.of_sums(total)[0])
    if segments < 2:
        return value, 0.0, 0.0
    without_each = figure.of_sums(total - figure.statistics)
    differences = without_each - without_each.mean()
    squares = float((differences**2).sum())
    if squares < (1e-9 * max(abs(value), 1)) ** 2:
        return value, 0.0, segments - 1
    spread = segments * float((differences**4).sum()) / squares**2
    return value, math.sqrt((segments - 1) / segments * squares), _freedom(spread, segments)


def _freedom(spread: float, segments: int) -> float:
    """Degrees of freedom of a variance: as many as segments, less one, where they weigh what normal ones do.

    >>> _freedom(3, 21), _freedom(11, 21)
    (20, 4.0)
    """
    return min(segments - 1, max(3.0, 2 * (segments - 1) / max(spread - 1, 2)))


def _student(freedom: float) -> float:
    """Student's t that 97.5 % are below, for three degrees of freedom and more (Fisher & Cornish 1960).

    >>> round(_student(10), 3), round(_student(4), 1)
    (2.228, 2.8)
    """
    z = _Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def _of_share(counts: Numbers, share: float, error: float) -> tuple[float, float]:
    """Wilson's interval for as many trials as would be as uncertain; segments hit or miss as a whole."""
    trials = float(counts[:, 1].sum())
    worth = share * (1 - share) / error**2 if error else min(float((counts[:, 1] > 0).sum()), trials)
    trials = min(worth, trials)
    return wilson(share * trials, trials)


def _of_equal_segments(value: float, segments: int, scale: str) -> tuple[float, float]:
    """The interval where all segments are the same: as of a share that was measured on so many."""
    if scale not in ("0-100", "positive") or not 0 <= value <= 100:
        return value, value
    low, high = wilson(value / 100 * segments, segments)
    return 100 * low, 100 * high
