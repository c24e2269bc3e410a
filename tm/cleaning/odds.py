"""The log odds that a unit is misaligned, truncated or too long: a logistic regression each.

What the odds are made of (the *signs* of a unit):

- the *gains* of the words (``words.py``): nats for or against a translation, on the mean;
- the *tail*: the last words of a text, as many as speak most against it taken together; the *rest* before
  them;
- the *length*: how far the ratio of both lengths is from the memory's own, in its own standard deviations;
- *cues* (``cues.py``): final marks, sentences and names of code.

``bench/train_cleaning.py`` learns the weights; it prints them as they stand below.

>>> good, bad = np.array([1.5, 2.0, 1.0], dtype=np.float32), np.array([1.5, -1.0, -3.0], dtype=np.float32)
>>> odds(misaligned_signs(good, good, 0.1, 0), MISALIGNED) < -3
True
>>> odds(end_signs(bad, 1, 4.0, OTHER_MARK | LOST_MARK, TRUNCATED_CUES), TRUNCATED) > 0
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm.cleaning.cues import FEWER, LOST_CODE, LOST_MARK, MORE, NEW_CODE, OTHER_MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Gains = NDArray[np.float32]
    Signs = tuple[float, ...]

CAP = 2.0
"""Most that a word speaks for a translation: a rare name is no better a witness than two words."""

FARTHEST = 15.0
"""Most standard deviations of a length that are looked at."""

MISALIGNED: Signs = (-3.19, -2.01, -0.26, 0.16, 1.54, 1.14, 0.29, -0.34)
TRUNCATED: Signs = (-8.88, -4.21, 2.88, -2.80, 4.62, 9.77, -2.61, -0.02, 1.24, 3.22, 1.64, -2.06)
TOO_LONG: Signs = (-7.57, -3.85, 1.00, -4.43, 4.40, 9.29, -2.47, -0.41, 2.29, 2.31, 1.20, -1.10)
"""The weights of the signs, in their order."""

TRUNCATED_CUES = LOST_MARK, LOST_CODE, NEW_CODE
TOO_LONG_CUES = MORE, NEW_CODE, LOST_CODE
"""The cues of an end: two that speak for the fault, then one that speaks against it."""


def odds(signs: Signs, weights: Signs) -> float:
    """The log odds of a fault; above 0 it is likelier than not."""
    return sum(sign * weight for sign, weight in zip(signs, weights, strict=True))


def misaligned_signs(source: Gains, target: Gains, length: float, cue: int) -> Signs:
    """The signs of two texts that do not translate each other: 1, gains, few words, length, cues.

    Args:
        source: the gains of its words.
        target: likewise.
        length: in standard deviations.
        cue: the cues of the unit, added up.
    """
    return (
        1.0,
        _mean(source) + _mean(target),
        4 / (len(source) + len(target)),
        min(abs(length), FARTHEST),
        *_bits(cue, OTHER_MARK, MORE | FEWER, LOST_CODE, NEW_CODE),
    )


def end_signs(gains: Gains, words: int, excess: float, cue: int, cues: tuple[int, int, int]) -> Signs:
    """The signs of a text whose end nothing translates: 1, gains, few words, tail, rest, length, cues.

    Args:
        gains: of the words of the text that has an end too much.
        words: of the other text.
        excess: how far this text is longer than usual, in standard deviations.
        cue: the cues of the unit, added up.
        cues: those that are looked at besides another mark.
    """
    tail = int(np.cumsum(-gains[::-1]).argmax()) + 1
    longer, shorter = min(max(excess, 0), FARTHEST) / 5, min(max(-excess, 0), FARTHEST) / 5
    return (
        1.0,
        _mean(gains),
        4 / (len(gains) + words),
        tail / len(gains),
        _mean(gains[: len(gains) - tail]),
        longer,
        longer**2,
        shorter,
        *_bits(cue, OTHER_MARK, *cues),
    )


def _mean(gains: Gains) -> float:
    """The mean gain, with two words of none: a few words are no proof.

    >>> _mean(np.array([5.0, 2.0], dtype=np.float32)), _mean(np.array([], dtype=np.float32))
    (1.0, 0.0)
    """
    return float(np.minimum(gains, CAP).sum()) / (len(gains) + 2)


def _bits(cue: int, *cues: int) -> tuple[float, ...]:
    return tuple(float(bool(cue & each)) for each in cues)
