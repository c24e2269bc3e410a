"""Where two long texts surely meet, so that only a narrow corridor around these places has to be looked at.

The steps, in the order in which they work:

1. In the first pass ``from_words`` finds the places: ``_points`` are all pairs of segments that share a rare
   word, ``_chain`` keeps the most of them that go in one order, ``_agreeing`` those that have others near
   them.
2. In later passes ``from_beads`` takes the beads that were nearly certain.
3. ``corridor`` says for each source position which target positions are looked at.

So time and memory grow with the length of the text, not with its square.

>>> around = corridor([(50, 60)], 100, 100)  # the texts meet before source segment 50, target segment 60
>>> [(i, int(around.low[i]), int(around.high[i])) for i in (0, 45, 50, 100)]
[(0, 0, 68), (45, 0, 100), (50, 0, 100), (100, 52, 100)]
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tm.alignment.sparse import Table
    from tm.alignment.vocabulary import Side
    from tm.document import Bead

    Integers = NDArray[np.int64]

RARE = 10
"""Most places on a side where an anchor word may stand. In a text that says everything several times (legal
boilerplate, a yearbook) nothing is unique; ten places on both sides are still only a hundred points."""

LIKELY = 0.5
"""Least probability that a word is translated by another, for both to be an anchor; see ``cognates``. No
measurement is kept."""

NEAR, AGREEING = 30, 2
"""A point is believed when the chain has so many (``AGREEING``) more points within so many segments
(``NEAR``), and their distances on both sides differ by a third at most. No measurement is kept."""

SURE = 0.95
"""Confidence from which a bead is an anchor for the next pass. No measurement is kept: one in twenty of these
is wrong, and ``MARGIN`` makes up for that."""

MARGIN = 8
"""Segments that are looked at beyond the next anchor: how far an anchor may be off. No measurement is kept;
as many as the largest bead could hold (``stack.LARGEST``)."""

WIDEST = 400
"""Width of the corridor where there are no anchors, in target segments: what bounds time and memory. A
shorter text is looked at as a whole."""


@dataclass(frozen=True, slots=True)
class Corridor:
    """Which positions are looked at.

    Attributes:
        low: the first target position for each source position.
        high: the last one, included.
    """

    low: Integers
    high: Integers

    def middle(self, i: int) -> int:
        """The target position in the middle.

        >>> corridor([(50, 60)], 100, 100).middle(30)
        34
        """
        return int(self.low[i] + self.high[i]) // 2


def corridor(points: Iterable[tuple[int, int]], rows: int, columns: int) -> Corridor:
    """The corridor between points where the texts meet, given in rising order; rows and columns are the
    texts' lengths.

    >>> around = corridor([(50, 60)], 100, 100)
    >>> int(around.low[70]), int(around.high[30])
    (52, 68)
    """
    meets = np.array([(0, 0), *points, (rows, columns)], dtype=np.int64)
    i = np.arange(rows + 1)
    before = np.searchsorted(meets[:, 0], i - MARGIN, side="right") - 1
    after = np.searchsorted(meets[:, 0], i + MARGIN, side="left")
    low = meets[np.maximum(before, 0), 1] - MARGIN
    high = meets[np.minimum(after, len(meets) - 1), 1] + MARGIN
    between = np.interp(i, meets[:, 0], meets[:, 1]).astype(np.int64)
    low = np.maximum(low, between - WIDEST // 2)
    high = np.minimum(high, between + WIDEST // 2)
    low = np.maximum.accumulate(np.clip(low, 0, columns))
    high = np.maximum.accumulate(np.clip(high, 0, columns))
    # Where the corridor jumps it must be possible to walk over.
    high[:-1] = np.maximum(high[:-1], low[1:])
    return Corridor(low, high)


def from_beads(beads: Iterable[Bead]) -> list[tuple[int, int]]:
    """The beginnings of beads that are nearly certain.

    >>> from tm.document import Bead
    >>> from_beads([Bead((0,), (0,), 0.97), Bead((1,), (), 0.99), Bead((2,), (1,), 0.6)])
    [(0, 0)]
    """
    return [(b.source[0], b.target[0]) for b in beads if b.source and b.target and b.confidence >= SURE]


def from_words(source: Side, target: Side, alike: Table) -> list[tuple[int, int]]:
    """The segments in which rare words that are written alike stand, as far as they go in one order.

    Args:
        source: the source text.
        target: the target text.
        alike: for each source word the probabilities of the target words that are written like it.
    """
    return _agreeing(_chain(_points(source, target, alike)))


def exact(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points that stand on one diagonal with the two before and the two behind, all within ``NEAR`` segments on each
    side: there the texts surely meet.

    >>> exact([(0, 0), (3, 3), (5, 5), (6, 7), (9, 9), (10, 10), (12, 12), (13, 13), (90, 90)])
    []
    >>> exact([(9, 9), (10, 10), (12, 12), (13, 13), (20, 20), (90, 90)])
    [(12, 12)]
    """
    numbers = np.array(points, dtype=np.int64).reshape(-1, 2)
    far = numbers[2 * AGREEING :] - numbers[: -2 * AGREEING]
    diagonal = numbers[:, 1] - numbers[:, 0]
    same = [diagonal[step : len(far) + step] == diagonal[: len(far)] for step in range(1, 2 * AGREEING + 1)]
    surely = np.logical_and.reduce([far[:, 0] <= 2 * NEAR, *same])
    return [points[number + AGREEING] for number in np.flatnonzero(surely).tolist()]


def _points(source: Side, target: Side, alike: Table) -> Integers:
    """All (source segment, target segment) in which a rare word and its cognate stand, by source, then
    target."""
    rows, likely = alike.rows(), alike.values >= LIKELY
    places = [_places(source, len(alike.bounds) - 1), _places(target, alike.width)]
    counts = [np.diff(bounds) for _, bounds in places]
    row, column = rows[likely], alike.columns[likely]
    few = (
        (counts[0][row] <= RARE)
        & (counts[1][column] <= RARE)
        & (counts[0][row] > 0)
        & (counts[1][column] > 0)
    )
    crossings = []
    for word, cognate in zip(row[few].tolist(), column[few].tolist(), strict=True):
        sources, targets = (
            segments[begins[number] : begins[number + 1]]
            for (segments, begins), number in zip(places, (word, cognate), strict=True)
        )
        pairs = np.repeat(sources, len(targets)), np.tile(targets, len(sources))
        crossings.append(np.stack(pairs, axis=1))
    points = np.concatenate([np.zeros((0, 2), dtype=np.int64), *crossings])
    return points[np.lexsort((points[:, 1], points[:, 0]))]


def _places(side: Side, words: int) -> tuple[Integers, Integers]:
    """The segments in which each word stands: those of all words in a row, and where each word's begin."""
    segments = np.repeat(np.arange(len(side)), np.diff(side.bounds))
    order = np.argsort(side.words, kind="stable")
    return segments[order], np.searchsorted(side.words[order], np.arange(words + 1))


def _chain(points: Integers) -> list[tuple[int, int]]:
    """The longest chain of points in which neither side goes back (Schensted 1961).

    >>> _chain(np.array([(0, 1), (1, 5), (2, 2), (3, 2), (4, 0)]))
    [(0, 1), (2, 2), (3, 2)]
    """
    ends: list[int] = []
    numbers: list[int] = []
    before: list[int] = []
    targets = points[:, 1].tolist()
    for number, target in enumerate(targets):
        at = bisect_right(ends, target)
        before.append(numbers[at - 1] if at else -1)
        if at == len(ends):
            ends.append(target)
            numbers.append(number)
        else:
            ends[at], numbers[at] = target, number
    chain = []
    number = numbers[-1] if numbers else -1
    while number >= 0:
        chain.append((int(points[number, 0]), targets[number]))
        number = before[number]
    return chain[::-1]


def _agreeing(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points that have enough more points near them on about the same diagonal."""
    points = np.array(sorted(set(chain)), dtype=np.int64).reshape(-1, 2)
    votes = np.zeros(len(points), dtype=np.int64)
    for step in range(1, min(2 * AGREEING, len(points) - 1) + 1):
        far = points[step:] - points[:-step]
        agree = (far[:, 0] <= NEAR) & (np.abs(far[:, 1] - far[:, 0]) <= far[:, 0] // 3 + 2)
        votes[step:] += agree
        votes[: len(votes) - step] += agree
    return [(int(i), int(j)) for i, j in points[votes >= AGREEING]]
