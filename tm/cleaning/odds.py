"""The log odds that a unit is misaligned, truncated or too long: a logistic regression each.

What the odds are made of (the *signs* of a unit):

- the *gains* of the words (``words.py``): nats for or against a translation, on the mean;
- the *tail*: the last words of a text, as many as speak most against it taken together; the *rest* before
  them;
- the *length*: how far the ratio of both lengths is from the memory's own, in its own standard deviations;
- *cues* (``cues.py``): final marks, sentences and names of code;
- with sentence vectors *meaning* (``meaning.py``): how far the likeness of both texts is below the usual one.

``bench/train_cleaning.py`` learns the weights, ``bench/cleaning_vectors.py`` those of the meaning; they print
them as they stand below.

>>> from tm.cleaning.words import Gains
>>> good = Gains(np.array([1.5, 2.0, 1.0]), np.array([3]))
>>> bad = Gains(np.array([1.5, -1.0, -3.0]), np.array([3]))
>>> bool(odds(misaligned_signs(good, good, np.array([0.1]), np.array([0])), MISALIGNED)[0] < -3)
True
>>> cue = np.array([OTHER_MARK | LOST_MARK])
>>> bool(odds(end_signs(bad, np.array([1]), np.array([4.0]), cue, TRUNCATED_CUES), TRUNCATED)[0] > 0)
True
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tm.cleaning.cues import FEWER, LOST_CODE, LOST_MARK, MORE, NEW_CODE, OTHER_MARK
from tm.store.ragged import offsets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.cleaning.words import Gains

    Array = NDArray[np.float64]
    Signs = tuple[Array, ...]
    Weights = tuple[float, ...]

CAP = 2.0
"""Most that a word speaks for a translation: a rare name is no better a witness than two words."""

FARTHEST = 15.0
"""Most standard deviations of a length that are looked at."""

FEW = 100
"""How many units a usual standard deviation is worth, that was known before any of them was seen."""

MISALIGNED: Weights = (-3.19, -2.01, -0.26, 0.16, 1.54, 1.14, 0.29, -0.34)
TRUNCATED: Weights = (-8.88, -4.21, 2.88, -2.80, 4.62, 9.77, -2.61, -0.02, 1.24, 3.22, 1.64, -2.06)
TOO_LONG: Weights = (-7.57, -3.85, 1.00, -4.43, 4.40, 9.29, -2.47, -0.41, 2.29, 2.31, 1.20, -1.10)
"""The weights of the signs, in their order."""

MEANING: Weights = (-1.27, 1.26, 0.68)
"""Those of ``meaning_signs``."""

TRUNCATED_CUES = LOST_MARK, LOST_CODE, NEW_CODE
TOO_LONG_CUES = MORE, NEW_CODE, LOST_CODE
"""The cues of an end: two that speak for the fault, then one that speaks against it."""


def odds(signs: Signs, weights: Weights) -> Array:
    """The log odds of a fault, of each unit; above 0 it is likelier than not."""
    total = np.zeros(len(signs[0]))
    for sign, weight in zip(signs, weights, strict=True):
        total += sign * weight
    return total


def misaligned_signs(source: Gains, target: Gains, length: Array, cue: NDArray[np.uint8]) -> Signs:
    """The signs of two texts that do not translate each other: 1, gains, few words, length, cues.

    Args:
        source: the gains of the words of some units.
        target: likewise.
        length: of each unit, in standard deviations.
        cue: the cues of each, added up.
    """
    return (
        np.ones(len(length)),
        _means(source, source.sizes) + _means(target, target.sizes),
        4 / (source.sizes + target.sizes),
        np.minimum(np.abs(length), FARTHEST),
        *_bits(cue, OTHER_MARK, MORE | FEWER, LOST_CODE, NEW_CODE),
    )


def meaning_signs(score: Array, unlike: Array) -> Signs:
    """The signs of two texts that do not translate each other, when they have vectors: 1, score, meaning.

    Args:
        score: the log odds without vectors.
        unlike: how far the likeness of each unit is below the usual one, in standard deviations.
    """
    return np.ones(len(score)), score, np.clip(unlike, -FARTHEST, FARTHEST)


def end_signs(
    gains: Gains, words: NDArray[np.int64], excess: Array, cue: NDArray[np.uint8], cues: tuple[int, int, int]
) -> Signs:
    """The signs of a text whose end nothing translates: 1, gains, few words, tail, rest, length, cues.

    Args:
        gains: of the words of the texts that have an end too much.
        words: how many the other text has.
        excess: how far this text is longer than usual, in standard deviations.
        cue: the cues of each unit, added up.
        cues: those that are looked at besides another mark.
    """
    tails = _tails(gains)
    longer, shorter = np.clip(excess, 0, FARTHEST) / 5, np.clip(-excess, 0, FARTHEST) / 5
    return (
        np.ones(len(excess)),
        _means(gains, gains.sizes),
        4 / (gains.sizes + words),
        tails / gains.sizes,
        _means(gains, gains.sizes - tails),
        longer,
        longer**2,
        shorter,
        *_bits(cue, OTHER_MARK, *cues),
    )


def in_deviations(off: Array, usual: float) -> Array:
    """How far each unit is off, in standard deviations as the median of all tells them.

    Args:
        off: how far it is from the median, in any measure.
        usual: the standard deviation before any unit was seen; it is worth ``FEW`` units.

    >>> in_deviations(np.array([-1.0, 0.0, 2.0]), 1.0).round(1).tolist()
    [-1.0, 0.0, 2.0]
    """
    deviation = 1.4826 * float(np.median(np.abs(off)))
    held = (len(off) * deviation**2 + FEW * usual**2) / (len(off) + FEW)
    deviations: Array = off / math.sqrt(held)
    return deviations


def _means(gains: Gains, firsts: NDArray[np.int64]) -> Array:
    """The mean gain of the first so many words of each text, with two words of none: a few words are no proof.

    >>> from tm.cleaning.words import Gains
    >>> gains = Gains(np.array([5.0, 2.0, 7.0]), np.array([2, 1]))
    >>> _means(gains, np.array([2, 0])).tolist()
    [1.0, 0.0]
    """
    texts, places = _places(gains)
    capped = np.where(places < firsts[texts], np.minimum(gains.values, CAP), 0.0)
    return np.bincount(texts, capped, minlength=len(firsts)) / (firsts + 2)


def _tails(gains: Gains) -> NDArray[np.int64]:
    """How many last words of each text speak most against it taken together; one at least.

    >>> from tm.cleaning.words import Gains
    >>> _tails(Gains(np.array([-9.0, 1.0, -1.0, -2.0, 3.0]), np.array([4, 1]))).tolist()
    [4, 1]
    """
    texts, places = _places(gains)
    backwards = np.full((len(gains.sizes), gains.sizes.max(initial=1)), -np.inf)
    backwards[texts, gains.sizes[texts] - 1 - places] = -gains.values
    tails: NDArray[np.int64] = np.cumsum(backwards, axis=1).argmax(axis=1) + 1
    return tails


def _places(gains: Gains) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The text of each word, and which of its words it is."""
    texts = np.repeat(np.arange(len(gains.sizes)), gains.sizes)
    return texts, np.arange(len(texts)) - offsets(gains.sizes)[texts]


def _bits(cue: NDArray[np.uint8], *cues: int) -> tuple[Array, ...]:
    return tuple(((cue & each) > 0).astype(np.float64) for each in cues)
