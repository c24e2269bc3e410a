"""Learn a network from rows (tm/terminology/network.py): several small ones side by side, by Adam (Kingma &
Ba 2015). The same rows give the same network. ``bench/train_terms.py`` calls ``learn_network``."""

import numpy as np

from tm.terminology.network import FARTHEST, Network

NETWORKS = 6
"""Learnt from different samples; their mean errs less than any."""

UNITS = 24
DECAY = 0.006
"""What holds the weights back. Twice and four times as much made mean F1 in domains not learnt from .002 and
.008 lower; 48 units .002 lower."""

EPOCHS, BATCH, RATE = 12, 256, 0.003
MOMENT, SQUARE = 0.9, 0.999


def learn_network(rows, right, weights, start):
    """A network whose log-odds, added to ``start``, are those of a row to be right.

    Rows are drawn with their weights as chances. ``start`` is added, not looked at: so the order in which it
    puts the phrases of a text far longer than those learnt from holds.
    """
    means, deviations = rows.mean(0), rows.std(0)
    deviations[deviations < 1e-6] = 1.0
    columns = np.clip((rows - means) / deviations, -FARTHEST, FARTHEST)
    parts = [learn_one(columns, right, weights, start, seed) for seed in range(NETWORKS)]
    inner, thresholds, outer, biases = zip(*parts, strict=True)
    return Network(
        means,
        deviations,
        np.hstack(inner),
        np.concatenate(thresholds),
        np.concatenate(outer)[:, 0] / NETWORKS,
        float(np.mean(biases)),
    )


def learn_one(columns, right, weights, start, seed):
    """The weights, thresholds, outputs and bias of one small network."""
    random = np.random.default_rng(seed)
    size = columns.shape[1]
    values = [
        random.uniform(-1, 1, (size, UNITS)) * np.sqrt(6 / (size + UNITS)),
        np.zeros(UNITS),
        random.uniform(-1, 1, (UNITS, 1)) * np.sqrt(6 / (UNITS + 1)),
        np.zeros(1),
    ]
    first, second, clock = [0 * value for value in values], [0 * value for value in values], 0
    drawn = random.choice(len(right), len(right), p=weights / weights.sum())
    for _ in range(EPOCHS):
        drawn = random.permutation(drawn)
        for begin in range(0, len(drawn), BATCH):
            at = drawn[begin : begin + BATCH]
            clock += 1
            rate = RATE * np.sqrt(1 - SQUARE**clock) / (1 - MOMENT**clock)
            for number, slope in enumerate(slopes(values, columns[at], right[at], start[at])):
                first[number] += (1 - MOMENT) * (slope - first[number])
                second[number] += (1 - SQUARE) * (slope**2 - second[number])
                values[number] -= rate * first[number] / (np.sqrt(second[number]) + 1e-8)
    return values


def slopes(values, columns, right, start):
    """By how much the loss of some rows grows with each value."""
    inner, thresholds, outer, bias = values
    sums = columns @ inner + thresholds
    units = np.maximum(sums, 0)
    chances = 1 / (1 + np.exp(-start - (units @ outer + bias)[:, 0]))
    error = (chances - right)[:, None] / len(right)
    behind = (error @ outer.T) * (sums > 0)
    yield columns.T @ behind + DECAY * inner
    yield behind.sum(0)
    yield units.T @ error + DECAY * outer
    yield error.sum(0)
