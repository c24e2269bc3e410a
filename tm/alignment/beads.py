"""The dynamic programme: which beads, from the evidence for each possible one.

After Gale & Church (1993), "A Program for Aligning Sentences in Bilingual Corpora", with three differences: a) all ways
through the text are summed, forwards and backwards, which gives every bead a probability; b) the beads chosen are those
whose probabilities add up to most, rather than those of the single best way; c) segments without translation come in
runs: beads follow one another as a Markov chain of three states, pair, source alone and target alone.

Positions: (i, j) stands before source segment i and target segment j. A corridor says for each i which j are looked at:
``starts[i] <= j < starts[i] + width``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tm.model import Bead

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PAIR, SOURCE, TARGET = range(3)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the dynamic programme needs to know about a pair of texts; logarithms throughout.

    Attributes:
        types: of the beads with two sides, (source segments, target segments).
        pairs: for bead type k from position (i, starts[i] + w): ``pairs[i, k, w]``; -inf where there is no such bead.
        source: for each source segment, of being without translation.
        target: for each target segment.
        steps: ``steps[state, next]``, of one kind of bead following another.
        starts: of the corridor, for each source position; never falling, from 0 on.
        width: of the corridor, in target positions.
        targets: how many target segments there are.
    """

    types: tuple[tuple[int, int], ...]
    pairs: NDArray[np.float32]
    source: Array
    target: Array
    steps: Array
    starts: NDArray[np.int64]
    width: int
    targets: int


def forward(evidence: Evidence, add: np.ufunc) -> tuple[Array, Array]:
    """What the ways from the beginning weigh, all of them (``add=np.logaddexp``) or the best (``np.maximum``).

    Returns:
        ``reached[i, state, w]``: up to that position, the last bead being of that kind;
        ``leaving[i, next, w]``: the same with the step to a bead of kind ``next``.
    """
    rows, width = len(evidence.starts), evidence.width
    reached = np.full((rows, 3, width), -np.inf)
    leaving = np.full((rows, 3, width), -np.inf)
    target = np.concatenate([[0.0], evidence.target, np.full(width, -np.inf)])
    reached[0, PAIR, 0] = 0.0
    for i in range(rows):
        start, here = int(evidence.starts[i]), reached[i]
        for k, (a, b) in enumerate(evidence.types):
            if a <= i:
                by = start - int(evidence.starts[i - a])
                here[PAIR] = add(here[PAIR], _slide(leaving[i - a, PAIR] + evidence.pairs[i - a, k], by - b))
        if i:
            by = start - int(evidence.starts[i - 1])
            here[SOURCE] = _slide(leaving[i - 1, SOURCE] + evidence.source[i - 1], by)
        opened = add(here[PAIR] + evidence.steps[PAIR, TARGET], here[SOURCE] + evidence.steps[SOURCE, TARGET])
        passed = target[start : start + width]
        here[TARGET] = _along(_slide(opened, -1) + passed, passed + evidence.steps[TARGET, TARGET], add)
        leaving[i] = add.reduce(here[:, None, :] + evidence.steps[:, :, None], axis=0)
    return reached, leaving


def backward(evidence: Evidence) -> Array:
    """``remaining[i, state, w]``: what all ways from there to the end weigh, the bead before being of that kind."""
    rows, width = len(evidence.starts), evidence.width
    remaining = np.full((rows, 3, width), -np.inf)
    target = np.append(evidence.target, np.full(width + 1, -np.inf))
    steps = evidence.steps
    for i in range(rows - 1, -1, -1):
        start = int(evidence.starts[i])
        pair = np.full(width, -np.inf)
        for k, (a, b) in enumerate(evidence.types):
            if i + a < rows:
                by = start + b - int(evidence.starts[i + a])
                pair = np.logaddexp(pair, evidence.pairs[i, k] + _slide(remaining[i + a, PAIR], by))
        first = steps[:, PAIR, None] + pair
        if i + 1 < rows:
            source = evidence.source[i] + _slide(
                remaining[i + 1, SOURCE], start - int(evidence.starts[i + 1])
            )
            first = np.logaddexp(first, steps[:, SOURCE, None] + source)
        else:
            first[:, evidence.targets - start] = 0.0
        passing = target[start : start + width]
        remaining[i, TARGET] = _along(
            first[TARGET, ::-1], (passing + steps[TARGET, TARGET])[::-1], np.logaddexp
        )[::-1]
        passed = passing + _slide(remaining[i, TARGET], 1)
        for state in (PAIR, SOURCE):
            remaining[i, state] = np.logaddexp(first[state], steps[state, TARGET] + passed)
    return remaining


def _slide(row: Array, by: int) -> Array:
    """``row`` seen from a window ``by`` positions further on; -inf where it ends."""
    width = len(row)
    moved = np.full(width, -np.inf)
    if 0 <= by < width:
        moved[: width - by] = row[by:]
    elif -width < by < 0:
        moved[-by:] = row[:by]
    return moved


def _along(first: Array, costs: Array, add: np.ufunc) -> Array:
    """``x[j] = add(first[j], x[j - 1] + costs[j])`` for a whole row at once."""
    open_ = np.isfinite(costs)
    totals = np.cumsum(np.where(open_, costs, 0.0))
    return np.where(open_, add.accumulate(first - totals) + totals, first)


def probabilities(evidence: Evidence) -> Evidence:
    """How likely each bead is, all ways through the texts taken together: the evidence with probabilities for logarithms."""
    reached, leaving = forward(evidence, np.logaddexp)
    remaining = backward(evidence)
    last = evidence.targets - int(evidence.starts[-1])
    total = np.logaddexp.reduce(reached[-1, :, last])
    pairs = np.zeros_like(evidence.pairs)
    source, target = np.zeros_like(evidence.source), np.zeros(evidence.targets + evidence.width)
    for i, start in enumerate(evidence.starts.tolist()):
        for k, (a, b) in enumerate(evidence.types):
            if i + a < len(evidence.starts):
                after = _slide(remaining[i + a, PAIR], start + b - int(evidence.starts[i + a]))
                pairs[i, k] = np.exp(leaving[i, PAIR] + evidence.pairs[i, k] + after - total)
        if i < len(source):
            after = _slide(remaining[i + 1, SOURCE], start - int(evidence.starts[i + 1]))
            source[i] = np.exp(leaving[i, SOURCE] + evidence.source[i] + after - total).sum()
        after = _slide(remaining[i, TARGET], 1)
        passing = np.append(evidence.target, np.full(evidence.width + 1, -np.inf))[
            start : start + evidence.width
        ]
        target[start : start + evidence.width] += np.exp(leaving[i, TARGET] + passing + after - total)
    return replace(
        evidence,
        pairs=pairs,
        source=source,
        target=target[: evidence.targets],
        steps=np.where(np.isfinite(evidence.steps), 0.0, -np.inf),
    )


def best(likely: Evidence) -> list[Bead]:
    """The beads that put the most segments where they belong, as far as their probabilities tell."""
    import os
    w=os.environ.get('GAIN','1.5')
    sizes = np.array([a + b if w=='seg' else float(w) for a, b in likely.types], dtype=np.float64)
    gains = replace(likely, pairs=likely.pairs * sizes[:, None])
    reached, leaving = forward(gains, np.maximum)
    i, j = len(gains.source), gains.targets
    state = int(np.argmax(reached[i, :, j - int(gains.starts[i])]))
    beads: list[Bead] = []
    while i or j:
        if state == PAIR:
            k = max(
                (k for k, (a, b) in enumerate(gains.types) if a <= i and b <= j),
                key=lambda k: _came(gains, leaving, i, j, k),
            )
            a, b = gains.types[k]
            gain = float(likely.pairs[i - a, k, j - b - int(gains.starts[i - a])])
        elif state == SOURCE:
            a, b = 1, 0
            gain = float(gains.source[i - 1])
        else:
            a, b = 0, 1
            gain = float(gains.target[j - 1])
        beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), min(1.0, gain)))
        i, j = i - a, j - b
        before = reached[i, :, j - int(gains.starts[i])] + gains.steps[:, state]
        state = int(np.argmax(before))
    return beads[::-1]


def _came(gains: Evidence, leaving: Array, i: int, j: int, k: int) -> float:
    a, b = gains.types[k]
    w = j - b - int(gains.starts[i - a])
    if not 0 <= w < gains.width:
        return -np.inf
    return float(leaving[i - a, PAIR, w] + gains.pairs[i - a, k, w])
