"""How well the lengths of two passages fit.

Gale & Church (1993): the difference of the lengths is normal, with a variance that grows with the length. The ratio of the
lengths is counted in the texts at hand.
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
    from tm.alignment.vocabulary import Side

    Array = NDArray[np.float64]

NARROWEST = 0.5
"""Least standard deviation assumed of the logarithm of segment lengths; texts of a few segments may show none."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """What is known of the lengths of two languages' segments, in characters.

    Attributes:
        ratio: target characters for one source character.
        variance: of the difference, per character.
        usual: mean and standard deviation of the logarithm of a segment's length, for each side.
    """

    ratio: float
    variance: float
    usual: tuple[tuple[float, float], tuple[float, float]]

    def evidence(self, source: Array, target: Array, sizes: tuple[int, int]) -> Array:
        """Log p(one length | the other) - log p(a length), the mean of both directions.

        Args:
            source: lengths of the source sides of some beads.
            target: of their target sides.
            sizes: how many segments each side has.
        """
        here, there = source + 1, target + 1
        variance = self.variance * (here * self.ratio + there) / 2 + 1
        fit = -0.5 * ((there - here * self.ratio) ** 2 / variance + np.log(2 * math.pi * variance))
        by_chance = [
            _log_normal(lengths, mean + math.log(size), deviation / math.sqrt(size))
            for lengths, size, (mean, deviation) in zip((here, there), sizes, self.usual, strict=True)
        ]
        evidence: Array = fit + 0.5 * (math.log(self.ratio) - by_chance[0] - by_chance[1])
        return evidence

    def after(self, pairs: Array, weights: Array, options: Options) -> Lengths:
        """With the ratio that these pairs of lengths show (two columns), each counting as much as its weight."""
        source, target = (pairs * weights[:, None]).sum(axis=0)
        held = options.prior_lengths
        return replace(self, ratio=float((target + held * self.ratio) / (source + held)))


def _log_normal(x: Array, mean: float, deviation: float) -> Array:
    logs = np.log(x)
    density: Array = (
        -0.5 * ((logs - mean) / deviation) ** 2 - math.log(deviation * math.sqrt(2 * math.pi)) - logs
    )
    return density


def assumed(sides: Sequence[tuple[Side, Side]], options: Options) -> Lengths:
    """What the texts as a whole tell, before anything was aligned."""
    lengths = [np.concatenate([pair[number].lengths for pair in sides]) for number in (0, 1)]
    ratio = lengths[1].sum() / lengths[0].sum() if lengths[0].sum() and lengths[1].sum() else 1.0
    return Lengths(float(ratio), options.variance, (_usual(lengths[0]), _usual(lengths[1])))


def _usual(lengths: Array) -> tuple[float, float]:
    logs = np.log(lengths + 1)
    return (float(logs.mean()), max(float(logs.std()), NARROWEST)) if len(logs) else (0.0, NARROWEST)
