"""From sums of statistics to scores, for thousands of resamples at once: sacrebleu's formulas over columns.

``bleu``, ``chrf`` and ``ter`` are the three metrics, ``share`` is for counts of hits. Each takes one sum of
statistics a row and gives one score a row. A score that is shown is always computed by sacrebleu itself;
these serve intervals and tests. They do the same operations in the same order, so that they differ from
sacrebleu's only by the rounding of ``exp`` and ``log``.

>>> two_segments = np.array([[1.0, 4.0], [3.0, 4.0]])  # edits and words of the reference
>>> ter(two_segments), ter(two_segments.sum(axis=0, keepdims=True))
(array([25., 75.]), array([50.]))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sums = NDArray[np.float64]
    Scores = NDArray[np.float64]

ORDERS = 4
"""The longest n-grams of BLEU."""
BETA = 2
"""How many times as much recall counts as precision, in chrF2."""


def bleu(sums: Sums) -> Scores:
    """Papineni et al. (2002), smoothed as in mteval-v13a: each order without a match halves what one match
    would give.

    Args:
        sums: rows of words of the translation, of the reference, then n-grams that both share and n-grams of
            the translation, for n from 1 to 4.

    >>> bleu(np.array([[4.0, 4, 4, 3, 2, 1, 4, 3, 2, 1]])).round(6)
    array([100.])
    """
    words, reference = sums[:, 0], sums[:, 1]
    shared, of_translation = sums[:, 2 : 2 + ORDERS], sums[:, 2 + ORDERS :]
    smoothing = np.ones(len(sums))
    logarithms = np.zeros(len(sums))
    defined = np.ones(len(sums), bool)
    for order in range(ORDERS):
        # A translation too short for an order scores 0: sacrebleu takes the logarithm as -9999999999.
        defined &= of_translation[:, order] > 0
        smoothing = np.where(shared[:, order] == 0, smoothing * 2, smoothing)
        matches = np.where(shared[:, order] == 0, 1 / smoothing, shared[:, order])
        logarithms += np.log(100 * matches / np.where(defined, of_translation[:, order], 1))
    with np.errstate(divide="ignore"):
        brevity = np.where(words < reference, np.exp(1 - reference / np.maximum(words, 1)), 1.0)
    score = brevity * np.exp(logarithms / ORDERS)
    return np.where(defined & (words > 0) & shared.any(axis=1), score, 0.0)


def chrf(sums: Sums) -> Scores:
    """Popović (2017): mean precision and recall over the orders that both sides have, then their F-score.

    Args:
        sums: rows of n-grams of the translation, of the reference, shared ones, for each order.

    >>> chrf(np.array([[5.0, 5, 5, 4, 4, 2]])).round(6)
    array([75.])
    """
    by_order = sums.reshape(len(sums), -1, 3)
    precision, recall, orders = (np.zeros(len(sums)) for _ in range(3))
    for order in range(by_order.shape[1]):
        translation, reference, shared = (by_order[:, order, column] for column in range(3))
        counts = (translation > 0) & (reference > 0)
        precision += np.where(counts, shared / np.where(counts, translation, 1), 0)
        recall += np.where(counts, shared / np.where(counts, reference, 1), 0)
        orders += counts
    precision, recall = (side / np.maximum(orders, 1) for side in (precision, recall))
    weighted = BETA**2 * precision + recall
    return 100 * (1 + BETA**2) * precision * recall / np.where(weighted > 0, weighted, 1)


def ter(sums: Sums) -> Scores:
    """Snover et al. (2006): edits by words of the reference.

    Args:
        sums: rows of edits and of reference words.

    >>> ter(np.array([[1.0, 4.0], [2.0, 0.0], [0.0, 0.0]]))
    array([ 25., 100.,   0.])
    """
    edits, words = sums[:, 0], sums[:, 1]
    return 100 * np.where(words > 0, edits / np.where(words > 0, words, 1), edits > 0)


def share(sums: Sums) -> Scores:
    """The first column by the second; 0 of 0 is 0.

    >>> share(np.array([[1.0, 4.0], [0.0, 0.0]]))
    array([0.25, 0.  ])
    """
    part, whole = sums[:, 0], sums[:, 1]
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), 0)
