"""The dynamic programme: which beads, from the evidence for each possible one.

After Gale & Church (1993), "A Program for Aligning Sentences in Bilingual Corpora", with three differences:

a) all paths through the texts are summed, forwards and backwards, which gives every bead a probability;
b) the beads chosen are those whose probabilities add up to most, rather than those of the single best path;
c) segments without translation come in runs: beads follow one another as a Markov chain of three kinds, pair,
   source alone and target alone.

Position (i, j) stands before source segment i and target segment j. A corridor says which positions are
looked at: for each i those with ``starts[i] <= j < starts[i] + width``.

The steps of ``best``, in the order in which they work:

1. ``probabilities`` sums all paths: ``forward`` from the beginning to each position, ``backward`` from there
   to the end.
   The probability of a bead is what the paths through it weigh, of what all paths weigh.
2. ``_best_paths`` chooses beads: ``forward`` again, with probabilities for weights and the maximum for the
   sum, then back from the end, bead by bead (``_followed``).

All this is done for several pairs of texts, or sections of one, side by side (``stacked``): a step costs hardly more
for twenty than for one.

Two source segments and one target segment; the evidence says that the second source segment is the translated
one:

>>> starts, steps = np.zeros(3, dtype=np.int64), np.zeros((3, 3))
>>> pairs = np.full((2, 1, 2), -np.inf, dtype=np.float32)
>>> pairs[:, 0, 0] = -1.0, 2.0  # the pairs of source segment 0, 1 with target segment 0
>>> evidence = Evidence(((1, 1),), pairs, np.zeros(2), np.zeros(1), steps, starts, width=2)
>>> [str(bead) for bead in best([evidence])[0]]
['[0]:[]:0.966', '[1]:[0]:0.687']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import bin_sums
from tm.alignment.stack import Grid, stacked
from tm.document import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.stack import Stack

    Array = NDArray[np.float64]

PAIR, SOURCE, TARGET = range(3)
"""The kinds of beads: a pair, which has two sides; a source segment alone; a target segment alone."""

PAIR_GAIN = 1.5
"""What a right pair is worth when a right segment alone is worth 1: a pair counts in precision and in recall,
a segment alone in precision only. [bench/align.py, strict F1 on frpt/heavy: 1 .9737, 1.5 .9739, 2 .9726, 3
.9719]"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the dynamic programme needs to know about two texts, in logarithms.

    Attributes:
        types: of the beads with two sides: (source segments, target segments).
        pairs: ``pairs[i, k, w]`` speaks for a bead of type k from position (i, starts[i] + w); -inf where
            none is possible.
        source: what speaks for each source segment being alone.
        target: what speaks for each target segment being alone.
        steps: ``steps[kind, next]`` speaks for one kind of bead following another.
        starts: where the corridor begins at each source position; never falling.
        width: of the corridor, in target positions.
    """

    types: tuple[tuple[int, int], ...]
    pairs: NDArray[np.float32]
    source: Array
    target: Array
    steps: Array
    starts: NDArray[np.int64]
    width: int


STEPS = 2**24
"""A bead's probability is a multiple of one of so many: sums of half a thousand million such are exact, so that
what a run learns of its beads does not depend on the order in which its parts are added up."""


def forward(stack: Stack, add: np.ufunc) -> tuple[list[Grid], list[Grid]]:
    """Forward weights: the sum of all paths to each position (``add=np.logaddexp``), or the best one
    (``np.maximum``).

    Returns:
        Two lists of grids, by kind of bead: what the paths weigh whose last bead is of that kind; and what
        all paths weigh together with the step to a next bead of that kind.
    """
    starts, width, steps = stack.starts, stack.width, stack.steps
    reached, leaving = ([Grid(stack) for _ in range(3)] for _ in range(2))
    arrivals, sizes = _arrivals(stack), np.array(stack.types)
    groups = _groups(stack)
    windows = [
        leaving[PAIR].window(_between(starts, a)[:, :, None] - sizes[numbers, 1]) for a, numbers in groups
    ]
    below = leaving[SOURCE].window(_between(starts, 1))
    reached[PAIR].cells[:, 0, 0] = 0.0
    arriving = np.full((len(starts), len(sizes) + 1, width), -np.inf)
    for i in range(stack.rows):
        arriving[:, -1] = reached[PAIR].cells[:, i]
        for (a, numbers), window in zip(groups, windows, strict=True):
            if a <= i:
                arriving[:, numbers] = leaving[PAIR].seen(i - a, window[:, i - a]) + arrivals[:, i, numbers]
        pair = add.reduce(arriving, axis=1) + stack.beyond
        source = np.full((len(starts), width), -np.inf)
        if i:
            alone = leaving[SOURCE].seen(i - 1, below[:, i - 1 : i])[:, 0]
            source = alone + stack.source[:, i - 1, None]
        passed = stack.passed[stack.numbers[:, None], starts[:, i, None] + np.arange(width)] + stack.beyond
        first = np.full_like(source, -np.inf)
        first[:, 1:] = add(pair + steps[PAIR, TARGET], source + steps[SOURCE, TARGET])[:, :-1]
        first += passed
        by_kind = (pair, source, _along(first, passed + steps[TARGET, TARGET], add))
        for kind in range(3):
            reached[kind].cells[:, i] = by_kind[kind]
            stepping = [by_kind[last] + steps[last, kind] for last in range(3)]
            leaving[kind].cells[:, i] = add(add(stepping[0], stepping[1]), stepping[2])
    return reached, leaving


def backward(stack: Stack) -> list[Grid]:
    """Backward weights: the log-sum of all paths from each position to the end, by kind of the bead
    before."""
    starts, width, steps = stack.starts, stack.width, stack.steps
    remaining = [Grid(stack) for _ in range(3)]
    sizes, last = np.array(stack.types), stack.rows - 1
    groups = _groups(stack)
    windows = [
        remaining[PAIR].window(sizes[numbers, 1] - _between(starts, a)[:, :, None]) for a, numbers in groups
    ]
    above = remaining[SOURCE].window(-_between(starts, 1))
    pairs = np.full((len(starts), len(sizes), width), -np.inf)
    for i in range(last, -1, -1):
        for (a, numbers), window in zip(groups, windows, strict=True):
            if i + a <= last:
                pairs[:, numbers] = remaining[PAIR].seen(i + a, window[:, i]) + stack.pairs[:, i, numbers]
        first = steps[:, PAIR, None, None] + np.logaddexp.reduce(pairs, axis=1)
        if i < last:
            alone = stack.source[:, i, None] + remaining[SOURCE].seen(i + 1, above[:, i : i + 1])[:, 0]
            first = np.logaddexp(first, steps[:, SOURCE, None, None] + alone)
        first += stack.beyond
        ending = np.flatnonzero(stack.ends[0] == i)
        first[:, ending, stack.ends[1][ending]] = 0.0
        passing = (
            stack.passed[stack.numbers[:, None], starts[:, i, None] + 1 + np.arange(width)] + stack.beyond
        )
        costs = passing + steps[TARGET, TARGET]
        along = _along(first[TARGET, :, ::-1], costs[:, ::-1], np.logaddexp)[:, ::-1]
        passed = np.full_like(along, -np.inf)
        passed[:, :-1] = along[:, 1:]
        passed += passing
        for kind in (PAIR, SOURCE):
            remaining[kind].cells[:, i] = np.logaddexp(first[kind], steps[kind, TARGET] + passed)
        remaining[TARGET].cells[:, i] = along
    return remaining


def _groups(stack: Stack) -> list[tuple[int, NDArray[np.int64]]]:
    """The bead types by their number of source segments: (that number, numbers of the types)."""
    sources = np.array([a for a, _ in stack.types])
    return [(int(a), np.flatnonzero(sources == a)) for a in np.unique(sources)]


def _between(starts: NDArray[np.int64], a: int) -> NDArray[np.int64]:
    """For each row, how much further on the corridor begins ``a`` rows below it."""
    return starts[:, a:] - starts[:, :-a]


def _arrivals(stack: Stack) -> NDArray[np.float32]:
    """The evidence for pairs, by the position where they end instead of the one where they begin."""
    width = stack.width
    arrivals = np.full((*stack.starts.shape, *stack.pairs.shape[2:]), -np.inf, dtype=np.float32)
    for k, (a, b) in enumerate(stack.types):
        if a < stack.rows:
            w = np.arange(width) - b + _between(stack.starts, a)[:, :, None]
            begun = np.take_along_axis(stack.pairs[:, : stack.rows - a, k], np.clip(w, 0, width - 1), axis=2)
            arrivals[:, a:, k] = np.where((w >= 0) & (w < width), begun, -np.inf)
    return arrivals


def _along(first: Array, costs: Array, add: np.ufunc) -> Array:
    """``x[j] = add(first[j], x[j - 1] + costs[j])`` for whole rows at once.

    >>> _along(np.array([[5.0, 0.0, 9.0]]), np.array([[-np.inf, -1.0, -1.0]]), np.maximum).tolist()
    [[5.0, 4.0, 9.0]]
    """
    passable = np.isfinite(costs)
    totals = np.cumsum(np.where(passable, costs, 0.0), axis=1)
    return np.where(passable, add.accumulate(first - totals, axis=1) + totals, first)


def probabilities(parts: Sequence[Evidence]) -> list[Evidence]:
    """The probability of each bead, in the place of the evidence for it: all paths through the texts are
    summed."""
    stack = stacked(parts)
    reached, leaving = forward(stack, np.logaddexp)
    remaining = backward(stack)
    at_end = [grid.cells[stack.numbers, *stack.ends] for grid in reached]
    total = np.logaddexp.reduce(at_end)[:, None, None]
    pairs = _of_pairs(stack, leaving[PAIR], remaining[PAIR], total)
    source = _of_source(stack, leaving[SOURCE], remaining[SOURCE], total)
    target = _of_target(stack, leaving[TARGET], remaining[TARGET], total)
    steps = np.where(np.isfinite(stack.steps), 0.0, -np.inf)
    return [
        replace(
            part,
            pairs=pairs[k, : len(part.source), :, : part.width],
            source=source[k, : len(part.source)],
            target=target[k, : len(part.target)],
            steps=steps,
        )
        for k, part in enumerate(parts)
    ]


def _of_pairs(stack: Stack, leaving: Grid, remaining: Grid, total: Array) -> NDArray[np.float32]:
    """The probability of each bead with two sides."""
    pairs = np.zeros_like(stack.pairs)
    rows = stack.rows
    for k, (a, b) in enumerate(stack.types):
        if a < rows:
            after = remaining.seen(np.arange(a, rows), remaining.window(b - _between(stack.starts, a)))
            paths = leaving.cells[:, :-a] + stack.pairs[:, : rows - a, k] + after
            pairs[:, : rows - a, k] = np.exp(paths - total)
    return pairs


def _of_source(stack: Stack, leaving: Grid, remaining: Grid, total: Array) -> Array:
    """The probability of each source segment being alone."""
    after = remaining.seen(np.arange(1, stack.rows), remaining.window(-_between(stack.starts, 1)))
    paths = leaving.cells[:, :-1] + stack.source[:, :, None] + after
    # One after the other, so that the sum is the same whatever stands beside and widens the rows.
    alone: Array = np.cumsum(np.exp(paths - total), axis=2)[:, :, -1]
    return alone


def _of_target(stack: Stack, leaving: Grid, remaining: Grid, total: Array) -> Array:
    """The probability of each target segment being alone."""
    j = stack.starts[:, :, None] + np.arange(stack.width - 1)
    numbers, columns = stack.numbers[:, None, None], stack.passed.shape[1]
    passing = stack.passed[numbers, j + 1]
    alone = np.exp(leaving.cells[:, :, :-1] + passing + remaining.cells[:, :, 1:] - total)
    sums = bin_sums((j + numbers * columns).ravel(), alone.ravel(), len(stack.starts) * columns)
    return sums.reshape(-1, columns)


def best(parts: Sequence[Evidence], price: float = 0.0) -> list[list[Bead]]:
    """The beads of which most should be right, each with its probability as confidence, of each of several pairs of
    texts.

    Where most of them are improbable (a hundred equal lines), probabilities do not help, and the beads of the
    single best path are taken.

    Args:
        parts: for each possible bead of each pair of texts.
        price: what a segment left alone must pay, where a right one is worth 1. Probabilities are too sure of
            themselves in free translations, and too much would be left alone.
    """
    likely = probabilities(parts)
    worth = [
        replace(
            each,
            pairs=each.pairs * np.float32(PAIR_GAIN),
            source=each.source - price,
            target=each.target - price,
        )
        for each in likely
    ]
    chosen = _best_paths(worth, likely)
    for k, beads in enumerate(chosen):
        if 2 * sum(bead.confidence for bead in beads) < len(beads):
            chosen[k] = _best_paths([parts[k]], [likely[k]])[0]
    return chosen


def _best_paths(weights: Sequence[Evidence], likely: Sequence[Evidence]) -> list[list[Bead]]:
    """The beads of the paths whose weights add up to most; ``likely`` gives the confidences."""
    reached, leaving = forward(stacked(weights), np.maximum)
    return [
        _followed(*each, [grid.cells[k] for grid in reached], leaving[PAIR].cells[k])
        for k, each in enumerate(zip(weights, likely, strict=True))
    ]


def _followed(weights: Evidence, likely: Evidence, reached: Sequence[Array], leaving: Array) -> list[Bead]:
    """The beads of the best path, followed from its end.

    Args:
        weights: of all beads.
        likely: their probabilities.
        reached: what the best path to each position weighs, by the kind of its last bead.
        leaving: what it weighs with the step to a pair.
    """
    starts = weights.starts.tolist()
    i, j = len(weights.source), len(weights.target)
    kind = max(range(3), key=lambda kind: reached[kind][i, j - starts[i]])
    beads = []
    while i or j:
        if kind == PAIR:
            k = _arriving(weights, leaving, i, j)
            a, b = weights.types[k]
            probability = likely.pairs[i - a, k, j - b - starts[i - a]]
        else:
            a, b = (1, 0) if kind == SOURCE else (0, 1)
            probability = likely.source[i - 1] if kind == SOURCE else likely.target[j - 1]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), _rounded(probability)))
        i, j = i - a, j - b
        by_kind = [reached[last][i, j - starts[i]] + weights.steps[last, kind] for last in range(3)]
        kind = int(np.argmax(by_kind))
    return beads[::-1]


def _rounded(probability: float) -> float:
    """A probability as a multiple of 1/``STEPS``, at most 1.

    >>> _rounded(0.1), _rounded(1.000001)
    (0.10000002384185791, 1.0)
    """
    return min(1.0, round(float(probability) * STEPS) / STEPS)


def _arriving(weights: Evidence, leaving: Array, i: int, j: int) -> int:
    """The type of the pair that ends the best path to this position."""
    arriving = {}
    for k, (a, b) in enumerate(weights.types):
        w = j - b - int(weights.starts[i - a]) if a <= i and b <= j else -1
        if 0 <= w < weights.width:
            arriving[k] = leaving[i - a, w] + weights.pairs[i - a, k, w]
    return max(arriving, key=lambda k: arriving[k])
