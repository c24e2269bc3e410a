"""How well the lengths of two passages fit.

Gale & Church (1993): the difference of the lengths is normal, with a variance that grows with the length. The
ratio of the lengths is counted in the texts at hand.

The steps, in the order in which they work:

1. ``assumed`` takes the ratio from the texts as a whole, and how long segments usually are (``_usual``).
2. ``Lengths.evidence`` says for two passages how much better their lengths fit than lengths by chance would.
3. After each pass ``Lengths.after`` counts the ratio again, in the beads.

>>> lengths = Lengths(ratio=1.1, variance=2.5, usual=((4.0, 0.7), (4.1, 0.7)))
>>> source, target = np.array([100.0, 100.0]), np.array([110.0, 60.0])
>>> lengths.evidence(source, target, (1, 1)).round(1).tolist()
[1.9, -4.2]
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options

    Array = NDArray[np.float64]

NARROWEST = 0.5
"""Least standard deviation assumed of the logarithm of segment lengths; texts of a few segments may show
none."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What a run shows of the lengths of its segments in two languages, in characters.

    Attributes:
        ratio: target characters for one source character.
        variance: of the difference, per character.
        usual: mean and standard deviation of the logarithm of a segment's length, for each side.
    """

    ratio: float
    variance: float
    usual: tuple[tuple[float, float], tuple[float, float]]

    def evidence(self, source: Array, target: Array, sizes: tuple[int, int]) -> Array:
        """Log p(a side's length | the other side's) - log p(a side's length), the mean of both directions.

        Args:
            source: lengths of the source sides of some beads.
            target: lengths of their target sides.
            sizes: how many segments each side has.
        """
        source, target = source + 1, target + 1
        variance = self.variance * (source * self.ratio + target) / 2 + 1
        fit = -0.5 * ((target - source * self.ratio) ** 2 / variance + np.log(2 * math.pi * variance))
        by_chance = [
            _log_normal(lengths, mean + math.log(size), deviation / math.sqrt(size))
            for lengths, size, (mean, deviation) in zip((source, target), sizes, self.usual, strict=True)
        ]
        evidence: Array = fit + 0.5 * (math.log(self.ratio) - by_chance[0] - by_chance[1])
        return evidence

    def after(self, pairs: Array, weights: Array, options: Options) -> Lengths:
        """The lengths with the ratio that these pairs show.

        Args:
            pairs: two columns, the lengths of both sides of each pair.
            weights: how much each pair counts, 0–1.
            options: ``prior_lengths`` says how much the ratio so far counts.

        >>> from tm.alignment.options import Options
        >>> lengths = Lengths(ratio=1.0, variance=2.5, usual=((4.0, 0.7), (4.0, 0.7)))
        >>> lengths.after(np.array([[5000.0, 6000.0]]), np.array([1.0]), Options()).ratio
        1.1
        """
        source, target = (pairs * weights[:, None]).sum(axis=0)
        held = options.prior_lengths
        return replace(self, ratio=float((target + held * self.ratio) / (source + held)))


def _log_normal(x: Array, mean: float, deviation: float) -> Array:
    """The logarithm of the log-normal density."""
    logs = np.log(x)
    density: Array = (
        -0.5 * ((logs - mean) / deviation) ** 2 - math.log(deviation * math.sqrt(2 * math.pi)) - logs
    )
    return density


def assumed(texts: Sequence[tuple[Array, Array]], options: Options) -> Lengths:
    """What the texts as a whole show, before anything was aligned.

    Args:
        texts: the lengths of the segments of both sides of each text pair.
        options: ``variance`` is used.

    >>> from tm.alignment.options import Options
    >>> assumed([(np.array([6.0, 4.0]), np.array([11.0]))], Options()).ratio
    1.1
    """
    lengths = [np.concatenate([pair[number] for pair in texts]) for number in (0, 1)]
    ratio = lengths[1].sum() / lengths[0].sum() if lengths[0].sum() and lengths[1].sum() else 1.0
    return Lengths(float(ratio), options.variance, (_usual(lengths[0]), _usual(lengths[1])))


def _usual(lengths: Array) -> tuple[float, float]:
    """Mean and standard deviation of the logarithms of these lengths, each length 1 more so that none is
    0."""
    logs = np.log(lengths + 1)
    return (float(logs.mean()), max(float(logs.std()), NARROWEST)) if len(logs) else (0.0, NARROWEST)
