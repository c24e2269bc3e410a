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
2. ``_best_path`` chooses beads: ``forward`` again, with probabilities for weights and the maximum for the
   sum, then back from the end, bead by bead (``_arriving``).

Two source segments and one target segment; the evidence says that the second source segment is the translated
one:

>>> starts, steps = np.zeros(3, dtype=np.int64), np.zeros((3, 3))
>>> pairs = np.full((2, 1, 2), -np.inf, dtype=np.float32)
>>> pairs[:, 0, 0] = -1.0, 2.0  # the pairs of source segment 0, 1 with target segment 0
>>> evidence = Evidence(((1, 1),), pairs, np.zeros(2), np.zeros(1), steps, starts, width=2)
>>> [str(bead) for bead in best(evidence)]
['[0]:[]:0.966', '[1]:[0]:0.687']
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import bin_sums
from tm.document import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray

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


class Grid:
    """A row of weights for each source position, as wide as the corridor; -inf beyond its ends.

    Attributes:
        cells: the rows, to be read or set.
    """

    def __init__(self, starts: NDArray[np.int64], width: int) -> None:
        """Make a grid of -inf."""
        self._starts = starts
        self._margin = width + LARGEST
        padded = np.full((len(starts), width + 2 * self._margin), -np.inf)
        self.cells = padded[:, self._margin : self._margin + width]
        self._windows = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)

    def window(self, by: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the windows that stand so many positions further on in their row."""
        return np.clip(by, -self._margin, self._margin) + self._margin

    def seen(self, i: int | NDArray[np.int64], window: NDArray[np.int64]) -> Array:
        """The cells of row i, or of each of several rows, seen through these windows."""
        cells: Array = self._windows[i, window]
        return cells


STEPS = 2**24
"""A bead's probability is a multiple of one of so many: sums of half a thousand million such are exact, so that
what a run learns of its beads does not depend on the order in which its parts are added up."""

LARGEST = 8
"""Most segments on a side of a bead; only memory depends on it."""


def forward(evidence: Evidence, add: np.ufunc) -> tuple[list[Grid], list[Grid]]:
    """Forward weights: the sum of all paths to each position (``add=np.logaddexp``), or the best one
    (``np.maximum``).

    Returns:
        Two lists of grids, by kind of bead: what the paths weigh whose last bead is of that kind; and what
        all paths weigh together with the step to a next bead of that kind.
    """
    starts, width, steps = evidence.starts, evidence.width, evidence.steps
    reached, leaving = ([Grid(starts, width) for _ in range(3)] for _ in range(2))
    passed_by = np.concatenate([[0.0], evidence.target, np.full(width, -np.inf)])
    arrivals, sizes = _arrivals(evidence), np.array(evidence.types)
    groups = _groups(evidence)
    windows = [
        leaving[PAIR].window(_between(starts, a)[:, None] - sizes[numbers, 1]) for a, numbers in groups
    ]
    below = leaving[SOURCE].window(_between(starts, 1))
    reached[PAIR].cells[0, 0] = 0.0
    arriving = np.full((len(sizes) + 1, width), -np.inf)
    for i, start in enumerate(starts.tolist()):
        arriving[-1] = reached[PAIR].cells[i]
        for (a, numbers), window in zip(groups, windows, strict=True):
            if a <= i:
                arriving[numbers] = leaving[PAIR].seen(i - a, window[i - a]) + arrivals[i, numbers]
        pair = add.reduce(arriving, axis=0)
        source = np.full(width, -np.inf)
        if i:
            source = leaving[SOURCE].seen(i - 1, below[i - 1]) + evidence.source[i - 1]
        passed = passed_by[start : start + width]
        first = (
            np.append(-np.inf, add(pair + steps[PAIR, TARGET], source + steps[SOURCE, TARGET])[:-1]) + passed
        )
        by_kind = (pair, source, _along(first, passed + steps[TARGET, TARGET], add))
        for kind in range(3):
            reached[kind].cells[i] = by_kind[kind]
            stepping = [by_kind[last] + steps[last, kind] for last in range(3)]
            leaving[kind].cells[i] = add(add(stepping[0], stepping[1]), stepping[2])
    return reached, leaving


def backward(evidence: Evidence) -> list[Grid]:
    """Backward weights: the log-sum of all paths from each position to the end, by kind of the bead
    before."""
    starts, width, steps = evidence.starts, evidence.width, evidence.steps
    remaining = [Grid(starts, width) for _ in range(3)]
    ahead = np.append(evidence.target, np.full(width + 1, -np.inf))
    sizes, last = np.array(evidence.types), len(starts) - 1
    groups = _groups(evidence)
    windows = [
        remaining[PAIR].window(sizes[numbers, 1] - _between(starts, a)[:, None]) for a, numbers in groups
    ]
    above = remaining[SOURCE].window(-_between(starts, 1))
    pairs = np.full((len(sizes), width), -np.inf)
    for i in range(last, -1, -1):
        start = int(starts[i])
        for (a, numbers), window in zip(groups, windows, strict=True):
            if i + a <= last:
                pairs[numbers] = remaining[PAIR].seen(i + a, window[i]) + evidence.pairs[i, numbers]
        first = steps[:, PAIR, None] + np.logaddexp.reduce(pairs, axis=0)
        if i < last:
            alone = evidence.source[i] + remaining[SOURCE].seen(i + 1, above[i])
            first = np.logaddexp(first, steps[:, SOURCE, None] + alone)
        else:
            first[:, len(evidence.target) - start] = 0.0
        passing = ahead[start : start + width]
        along = _along(first[TARGET, ::-1], (passing + steps[TARGET, TARGET])[::-1], np.logaddexp)[::-1]
        passed = passing + np.append(along[1:], -np.inf)
        for kind in (PAIR, SOURCE):
            remaining[kind].cells[i] = np.logaddexp(first[kind], steps[kind, TARGET] + passed)
        remaining[TARGET].cells[i] = along
    return remaining


def _groups(evidence: Evidence) -> list[tuple[int, NDArray[np.int64]]]:
    """The bead types by their number of source segments: (that number, numbers of the types)."""
    sources = np.array([a for a, _ in evidence.types])
    return [(int(a), np.flatnonzero(sources == a)) for a in np.unique(sources)]


def _between(starts: NDArray[np.int64], a: int) -> NDArray[np.int64]:
    """For each row, how much further on the corridor begins ``a`` rows below it."""
    return starts[a:] - starts[:-a]


def _arrivals(evidence: Evidence) -> NDArray[np.float32]:
    """The evidence for pairs, by the position where they end instead of the one where they begin."""
    width = evidence.width
    arrivals = np.full((len(evidence.starts), *evidence.pairs.shape[1:]), -np.inf, dtype=np.float32)
    for k, (a, b) in enumerate(evidence.types):
        if a < len(evidence.starts):
            w = np.arange(width) - b + _between(evidence.starts, a)[:, None]
            inside = (w >= 0) & (w < width)
            row, column = np.nonzero(inside)
            arrivals[row + a, k, column] = evidence.pairs[row, k, w[inside]]
    return arrivals


def _along(first: Array, costs: Array, add: np.ufunc) -> Array:
    """``x[j] = add(first[j], x[j - 1] + costs[j])`` for a whole row at once.

    >>> _along(np.array([5.0, 0.0, 9.0]), np.array([-np.inf, -1.0, -1.0]), np.maximum).tolist()
    [5.0, 4.0, 9.0]
    """
    passable = np.isfinite(costs)
    totals = np.cumsum(np.where(passable, costs, 0.0))
    return np.where(passable, add.accumulate(first - totals) + totals, first)


def probabilities(evidence: Evidence) -> Evidence:
    """The probability of each bead, in the place of the evidence for it: all paths through the texts are
    summed."""
    reached, leaving = forward(evidence, np.logaddexp)
    remaining = backward(evidence)
    last = len(evidence.source)
    at_end = [grid.cells[last, len(evidence.target) - evidence.starts[last]] for grid in reached]
    total = float(np.logaddexp.reduce(at_end))
    return replace(
        evidence,
        pairs=_of_pairs(evidence, leaving[PAIR], remaining[PAIR], total),
        source=_of_source(evidence, leaving[SOURCE], remaining[SOURCE], total),
        target=_of_target(evidence, leaving[TARGET], remaining[TARGET], total),
        steps=np.where(np.isfinite(evidence.steps), 0.0, -np.inf),
    )


def _of_pairs(evidence: Evidence, leaving: Grid, remaining: Grid, total: float) -> NDArray[np.float32]:
    """The probability of each bead with two sides."""
    pairs = np.zeros_like(evidence.pairs)
    rows = len(evidence.starts)
    for k, (a, b) in enumerate(evidence.types):
        if a < rows:
            after = remaining.seen(np.arange(a, rows), remaining.window(b - _between(evidence.starts, a)))
            paths = leaving.cells[:-a] + evidence.pairs[: rows - a, k] + after
            pairs[: rows - a, k] = np.exp(paths - total)
    return pairs


def _of_source(evidence: Evidence, leaving: Grid, remaining: Grid, total: float) -> Array:
    """The probability of each source segment being alone."""
    rows = len(evidence.starts)
    after = remaining.seen(np.arange(1, rows), remaining.window(-_between(evidence.starts, 1)))
    alone: Array = np.exp(leaving.cells[:-1] + evidence.source[:, None] + after - total).sum(axis=1)
    return alone


def _of_target(evidence: Evidence, leaving: Grid, remaining: Grid, total: float) -> Array:
    """The probability of each target segment being alone."""
    j = evidence.starts[:, None] + np.arange(evidence.width - 1)
    passing = np.append(evidence.target, np.full(evidence.width, -np.inf))[j]
    alone = np.exp(leaving.cells[:, :-1] + passing + remaining.cells[:, 1:] - total)
    return bin_sums(j.ravel(), alone.ravel(), len(evidence.target))[: len(evidence.target)]


def best(evidence: Evidence, price: float = 0.0) -> list[Bead]:
    """The beads of which most should be right, each with its probability as confidence.

    Where most of them are improbable (a hundred equal lines), probabilities do not help, and the beads of the
    single best path are taken.

    Args:
        evidence: for each possible bead.
        price: what a segment left alone must pay, where a right one is worth 1. Probabilities are too sure of
            themselves in free translations, and too much would be left alone.
    """
    likely = probabilities(evidence)
    worth = replace(
        likely,
        pairs=likely.pairs * np.float32(PAIR_GAIN),
        source=likely.source - price,
        target=likely.target - price,
    )
    beads = _best_path(worth, likely)
    if 2 * sum(bead.confidence for bead in beads) < len(beads):
        beads = _best_path(evidence, likely)
    return beads


def _best_path(weights: Evidence, likely: Evidence) -> list[Bead]:
    """The beads of the path whose weights add up to most, followed from its end; ``likely`` gives the
    confidences."""
    reached, leaving = forward(weights, np.maximum)
    starts = weights.starts.tolist()
    i, j = len(weights.source), len(weights.target)
    kind = max(range(3), key=lambda kind: reached[kind].cells[i, j - starts[i]])
    beads = []
    while i or j:
        if kind == PAIR:
            k = _arriving(weights, leaving[PAIR], i, j)
            a, b = weights.types[k]
            probability = likely.pairs[i - a, k, j - b - starts[i - a]]
        else:
            a, b = (1, 0) if kind == SOURCE else (0, 1)
            probability = likely.source[i - 1] if kind == SOURCE else likely.target[j - 1]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), _rounded(probability)))
        i, j = i - a, j - b
        by_kind = [reached[last].cells[i, j - starts[i]] + weights.steps[last, kind] for last in range(3)]
        kind = int(np.argmax(by_kind))
    return beads[::-1]


def _rounded(probability: float) -> float:
    """A probability as a multiple of 1/``STEPS``, at most 1.

    >>> _rounded(0.1), _rounded(1.000001)
    (0.10000002384185791, 1.0)
    """
    return min(1.0, round(float(probability) * STEPS) / STEPS)


def _arriving(weights: Evidence, leaving: Grid, i: int, j: int) -> int:
    """The type of the pair that ends the best path to this position."""
    arriving = {}
    for k, (a, b) in enumerate(weights.types):
        w = j - b - int(weights.starts[i - a]) if a <= i and b <= j else -1
        if 0 <= w < weights.width:
            arriving[k] = leaving.cells[i - a, w] + weights.pairs[i - a, k, w]
    return max(arriving, key=lambda k: arriving[k])
