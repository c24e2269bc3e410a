"""The dynamic programme: which beads, from the evidence for each possible one.

After Gale & Church (1993), "A Program for Aligning Sentences in Bilingual Corpora", with three differences: a) all ways
through the texts are summed, forwards and backwards, which gives every bead a probability; b) the beads chosen are those
whose probabilities add up to most, rather than those of the single best way; c) segments without translation come in
runs: beads follow one another as a Markov chain of three kinds, pair, source alone and target alone.

Position (i, j) stands before source segment i and target segment j. A corridor says which positions are looked at: for
each i those with ``starts[i] <= j < starts[i] + width``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import bin_sums
from tm.model import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PAIR, SOURCE, TARGET = range(3)
"""The kinds of beads: with two sides, a source segment alone, a target segment alone."""

PAIR_GAIN = 1.5
"""What a right pair is worth when a right segment alone is worth 1: it counts in precision and in recall, not in precision
only. [bench/align.py, strict F1 on frpt/heavy: 1 .9737, 1.5 .9739, 2 .9726, 3 .9719]"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the dynamic programme needs to know about two texts, in logarithms.

    Attributes:
        types: of the beads with two sides: (source segments, target segments).
        pairs: of bead type k from position (i, starts[i] + w): ``pairs[i, k, w]``; -inf where there is no such bead.
        source: of each source segment, for being alone.
        target: of each target segment.
        steps: ``steps[kind, next]``, of one kind of bead following another.
        starts: of the corridor, for each of the source positions; never falling.
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
        """All -inf."""
        self._starts = starts
        self._margin = width + LARGEST
        padded = np.full((len(starts), width + 2 * self._margin), -np.inf)
        self.cells = padded[:, self._margin : self._margin + width]
        self._windows = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)

    def window(self, by: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which of a row's windows stand so many positions further on."""
        return np.clip(by, -self._margin, self._margin) + self._margin

    def seen(self, i: int | NDArray[np.int64], window: NDArray[np.int64]) -> Array:
        """Row i, or each of several rows, through windows."""
        seen: Array = self._windows[i, window]
        return seen


LARGEST = 8
"""Most segments on a side of a bead."""


def forward(evidence: Evidence, add: np.ufunc) -> tuple[list[Grid], list[Grid]]:
    """What the ways from the beginning weigh, all of them (``add=np.logaddexp``) or the best (``np.maximum``).

    Returns:
        Two lists by kind of bead: up to a position, the last bead being of that kind; and from there with the step to a
        bead of that kind.
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
    came = np.full((len(sizes) + 1, width), -np.inf)
    for i, start in enumerate(starts.tolist()):
        came[-1] = reached[PAIR].cells[i]
        for (a, numbers), window in zip(groups, windows, strict=True):
            if a <= i:
                came[numbers] = leaving[PAIR].seen(i - a, window[i - a]) + arrivals[i, numbers]
        pair = add.reduce(came, axis=0)
        source = np.full(width, -np.inf)
        if i:
            source = leaving[SOURCE].seen(i - 1, below[i - 1]) + evidence.source[i - 1]
        passed = passed_by[start : start + width]
        first = (
            np.append(-np.inf, add(pair + steps[PAIR, TARGET], source + steps[SOURCE, TARGET])[:-1]) + passed
        )
        here = (pair, source, _along(first, passed + steps[TARGET, TARGET], add))
        for kind in range(3):
            reached[kind].cells[i] = here[kind]
            went = [here[last] + steps[last, kind] for last in range(3)]
            leaving[kind].cells[i] = add(add(went[0], went[1]), went[2])
    return reached, leaving


def backward(evidence: Evidence) -> list[Grid]:
    """By kind of bead: what all ways from a position to the end weigh, the bead before being of that kind."""
    starts, width, steps = evidence.starts, evidence.width, evidence.steps
    remaining = [Grid(starts, width) for _ in range(3)]
    ahead = np.append(evidence.target, np.full(width + 1, -np.inf))
    sizes, last = np.array(evidence.types), len(starts) - 1
    groups = _groups(evidence)
    windows = [
        remaining[PAIR].window(sizes[numbers, 1] - _between(starts, a)[:, None]) for a, numbers in groups
    ]
    above = remaining[SOURCE].window(-_between(starts, 1))
    goes = np.full((len(sizes), width), -np.inf)
    for i in range(last, -1, -1):
        start = int(starts[i])
        for (a, numbers), window in zip(groups, windows, strict=True):
            if i + a <= last:
                goes[numbers] = remaining[PAIR].seen(i + a, window[i]) + evidence.pairs[i, numbers]
        first = steps[:, PAIR, None] + np.logaddexp.reduce(goes, axis=0)
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
    """The numbers of the bead types that have 1, 2, … source segments."""
    sources = np.array([a for a, _ in evidence.types])
    return [(int(a), np.flatnonzero(sources == a)) for a in np.unique(sources)]


def _between(starts: NDArray[np.int64], a: int) -> NDArray[np.int64]:
    """For each row, how much further on the window of the row ``a`` below it stands."""
    return starts[a:] - starts[:-a]


def _arrivals(evidence: Evidence) -> NDArray[np.float32]:
    """The evidence for pairs by the position where they end instead of that where they begin."""
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
    """``x[j] = add(first[j], x[j - 1] + costs[j])`` for a whole row at once."""
    passable = np.isfinite(costs)
    totals = np.cumsum(np.where(passable, costs, 0.0))
    return np.where(passable, add.accumulate(first - totals) + totals, first)


def probabilities(evidence: Evidence) -> Evidence:
    """How likely each bead is, all ways through the texts taken together: probabilities in the place of evidence."""
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
    pairs = np.zeros_like(evidence.pairs)
    rows = len(evidence.starts)
    for k, (a, b) in enumerate(evidence.types):
        if a < rows:
            after = remaining.seen(np.arange(a, rows), remaining.window(b - _between(evidence.starts, a)))
            ways = leaving.cells[:-a] + evidence.pairs[: rows - a, k] + after
            pairs[: rows - a, k] = np.exp(ways - total)
    return pairs


def _of_source(evidence: Evidence, leaving: Grid, remaining: Grid, total: float) -> Array:
    rows = len(evidence.starts)
    after = remaining.seen(np.arange(1, rows), remaining.window(-_between(evidence.starts, 1)))
    alone: Array = np.exp(leaving.cells[:-1] + evidence.source[:, None] + after - total).sum(axis=1)
    return alone


def _of_target(evidence: Evidence, leaving: Grid, remaining: Grid, total: float) -> Array:
    j = evidence.starts[:, None] + np.arange(evidence.width - 1)
    passing = np.append(evidence.target, np.full(evidence.width, -np.inf))[j]
    alone = np.exp(leaving.cells[:, :-1] + passing + remaining.cells[:, 1:] - total)
    return bin_sums(j.ravel(), alone.ravel(), len(evidence.target))[: len(evidence.target)]


def best(evidence: Evidence) -> list[Bead]:
    """The beads that are right most often, as far as their probabilities tell; these are their confidences.

    Where most of them are improbable (a hundred equal lines), nothing can be told from probabilities, and the single way
    that weighs most is taken.
    """
    likely = probabilities(evidence)
    beads = _best_way(replace(likely, pairs=likely.pairs * np.float32(PAIR_GAIN)), likely)
    if 2 * sum(bead.confidence for bead in beads) < len(beads):
        beads = _best_way(evidence, likely)
    return beads


def _best_way(weights: Evidence, likely: Evidence) -> list[Bead]:
    """The way whose weights add up to most, followed from its end."""
    reached, leaving = forward(weights, np.maximum)
    starts = weights.starts.tolist()
    i, j = len(weights.source), len(weights.target)
    kind = max(range(3), key=lambda kind: reached[kind].cells[i, j - starts[i]])
    beads = []
    while i or j:
        if kind == PAIR:
            k = _arrived(weights, leaving[PAIR], i, j)
            a, b = weights.types[k]
            probability = likely.pairs[i - a, k, j - b - starts[i - a]]
        else:
            a, b = (1, 0) if kind == SOURCE else (0, 1)
            probability = likely.source[i - 1] if kind == SOURCE else likely.target[j - 1]
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), min(1.0, float(probability))))
        i, j = i - a, j - b
        here = [reached[last].cells[i, j - starts[i]] + weights.steps[last, kind] for last in range(3)]
        kind = int(np.argmax(here))
    return beads[::-1]


def _arrived(weights: Evidence, leaving: Grid, i: int, j: int) -> int:
    """The type of the pair by which the best way came to this position."""
    came = {}
    for k, (a, b) in enumerate(weights.types):
        w = j - b - int(weights.starts[i - a]) if a <= i and b <= j else -1
        if 0 <= w < weights.width:
            came[k] = leaving.cells[i - a, w] + weights.pairs[i - a, k, w]
    return max(came, key=lambda k: came[k])
