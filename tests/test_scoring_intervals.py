"""Intervals of a score: what they hold, and that they never claim more than there is to see."""

import numpy as np
import pytest

from tm.scoring import formulas
from tm.scoring.uncertainty import Figure, intervals, wilson


def interval(rows, of_sums, scale):
    return intervals([Figure(np.array(rows, float), of_sums, scale)])[0]


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(20, 20, 0.839, 1), (0, 20, 0, 0.161), (5, 10, 0.237, 0.763), (1, 1, 0.207, 1), (98, 100, 0.930, 0.994)],
)
def test_shares_have_wilsons_interval(hits, trials, low, high):
    assert wilson(hits, trials) == pytest.approx((low, high), abs=5e-4)
    rows = [[1, 1]] * hits + [[0, 1]] * (trials - hits)
    assert interval(rows, formulas.share, "share") == pytest.approx((low, high), abs=0.02)


def test_hits_that_come_together_are_worth_fewer_trials():
    apart = interval([[1, 1], [0, 1]] * 40, formulas.share, "share")
    together = interval([[4, 4], [0, 4]] * 10, formulas.share, "share")
    assert together[0] < apart[0] < 0.5 < apart[1] < together[1]


@pytest.mark.parametrize("edits", [0, 1])
def test_segments_that_are_all_the_same_are_not_taken_for_the_truth(edits):
    low, high = interval([[edits, 10]] * 20, formulas.ter, "positive")
    assert low <= 10 * edits < high
    assert high > 15


def test_a_perfect_figure_may_be_worse_on_other_segments():
    low, high = interval([[10, 10, 10, 9, 8, 7, 10, 9, 8, 7]] * 20, formulas.bleu, "0-100")
    assert (round(low, 1), high) == (83.9, 100)


def test_an_interval_stays_on_its_scale():
    rows = [[1, 40], [2, 40], [30, 5], *[[0, 30]] * 5]
    low, high = interval(rows, formulas.ter, "positive")
    assert 0 < low < 13 < high
    figures = [[50, 50, 50 - n % 2] for n in range(12)]
    low, high = interval(figures, formulas.chrf, "0-100")
    assert 90 < low < 99 < high < 100


@pytest.mark.parametrize("size", [20, 50, 100])
def test_nineteen_of_twenty_intervals_hold_the_truth(size):
    """Error rates of segments of very different lengths."""
    generator = np.random.default_rng(size + 1)
    words = generator.geometric(0.08, 3000)
    population = np.column_stack([generator.binomial(words, generator.beta(1, 3, 3000)), words]).astype(float)
    truth = 100 * population[:, 0].sum() / population[:, 1].sum()
    hits = 0
    for _ in range(600):
        low, high = interval(population[generator.integers(3000, size=size)], formulas.ter, "positive")
        hits += low <= truth <= high
    assert 0.92 <= hits / 600 <= 0.97
