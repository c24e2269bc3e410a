"""How well the lengths of two passages fit.

Gale & Church (1993): the difference of the lengths is normal, with a variance that grows with the length. The
ratio of the lengths is counted in the texts at hand; each document has its own, held by that of the run.

What is no sentence has no say in it: empty segments, the second time that a segment stands in a text, and
segments that are far longer than the others (an image as text, a licence in one line).

The steps, in the order in which they work:

1. ``assumed`` takes the ratio from the texts as a whole (``_ratio``), and how long segments usually are
   (``_usual``); ``Lengths.held_by`` is the same for one document, held by what the run shows.
2. ``Lengths.evidence`` says for two passages how much better their lengths fit than lengths by chance would.
3. After each pass ``Lengths.after`` counts the ratio again, in the beads; of the run, then of a document.

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

FAR = 4.0
"""Standard deviations of the logarithm beyond which a segment is no sentence: one of 80 characters in a text
whose segments have 80 characters and deviate by .7 is far outside at 1,300. No measurement is kept."""

UNLIKE = 1.5
"""How far the ratio of all characters and that of the mean segment may differ. Beyond it a side is believed to
lack much of the text, and the mean segment is taken. [at most
1.41 in 29 documents of frpt/heavy, 1.18 in textberg-dev, 1.09 in the 11 of udhr]"""


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

    def held_by(self, source: Array, target: Array, options: Options) -> Lengths:
        """The lengths for one document: its own ratio, before anything was aligned, held by that of the run.

        >>> from tm.alignment.options import Options
        >>> run = Lengths(ratio=1.0, variance=2.5, usual=((4.6, 0.7), (4.6, 0.7)))
        >>> run.held_by(np.full(50, 100.0), np.full(50, 120.0), Options()).ratio
        1.1
        """
        kept = [_near(lengths, usual) for lengths, usual in zip((source, target), self.usual, strict=True)]
        characters, held = kept[0].sum(), options.prior_lengths
        own = _ratio(*kept, unknown=self.ratio)
        return replace(self, ratio=float((characters * own + held * self.ratio) / (characters + held)))

    def after(self, pairs: Array, weights: Array, options: Options) -> Lengths:
        """The lengths with the ratio that these pairs show.

        Args:
            pairs: two columns, the lengths of both sides of each pair; those with a side far outside the usual
                have no say.
            weights: how much each pair counts, 0–1.
            options: ``prior_lengths`` says how much the ratio so far counts.

        >>> from tm.alignment.options import Options
        >>> lengths = Lengths(ratio=1.0, variance=2.5, usual=((8.0, 0.7), (8.0, 0.7)))
        >>> lengths.after(np.array([[5000.0, 6000.0]]), np.array([1.0]), Options()).ratio
        1.1
        """
        longest = [_longest(usual) for usual in self.usual]
        near = (pairs <= longest).all(axis=1)
        source, target = (pairs[near] * weights[near, None]).sum(axis=0)
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
        texts: the lengths of the segments of both sides of each text pair, see ``Side.telling``.
        options: ``variance`` is used.

    >>> from tm.alignment.options import Options
    >>> assumed([(np.array([60.0, 50.0]), np.array([70.0, 51.0, 9000.0]))], Options()).ratio
    1.1
    """
    lengths = [np.concatenate([pair[number] for pair in texts]) for number in (0, 1)]
    usual = _usual(lengths[0]), _usual(lengths[1])
    kept = [_near(side, known) for side, known in zip(lengths, usual, strict=True)]
    return Lengths(_ratio(kept[0], kept[1], unknown=1.0), options.variance, usual)


def _ratio(source: Array, target: Array, *, unknown: float) -> float:
    """Target characters for one source character: of all, or of the mean segment where a side seems to lack
    much of the text.

    >>> _ratio(np.full(10, 50.0), np.full(12, 50.0), unknown=1.0)
    1.2
    >>> _ratio(np.full(10, 50.0), np.full(5, 60.0), unknown=1.0)
    1.2
    """
    if not len(source) or not len(target):
        return unknown
    of_all, of_mean = float(target.sum() / source.sum()), float(target.mean() / source.mean())
    return of_all if 1 / UNLIKE <= of_all / of_mean <= UNLIKE else of_mean


def _usual(lengths: Array) -> tuple[float, float]:
    """Mean and standard deviation of the logarithms of these lengths, each length 1 more so that none is 0,
    without those far outside.

    >>> mean, deviation = _usual(np.array([59.0, 59.0, 59.0, 20_000.0]))
    >>> round(mean, 2), deviation
    (4.09, 0.5)
    """
    if not len(lengths):
        return 0.0, NARROWEST
    logs = np.log(lengths + 1)
    middle = float(np.median(logs))
    spread = max(1.4826 * float(np.median(np.abs(logs - middle))), NARROWEST)
    near = logs[logs <= middle + FAR * spread]
    return float(near.mean()), max(float(near.std()), NARROWEST)


def _longest(usual: tuple[float, float]) -> float:
    """The most characters of a segment that is not far outside."""
    mean, deviation = usual
    return math.exp(mean + FAR * deviation) - 1


def _near(lengths: Array, usual: tuple[float, float]) -> Array:
    """The lengths that are not far outside the usual.

    >>> _near(np.array([3.0, 50.0, 20_000.0]), (4.0, 0.5)).tolist()
    [3.0, 50.0]
    """
    return lengths[lengths <= _longest(usual)]
