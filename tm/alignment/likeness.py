"""Likeness of sentence vectors as evidence: how much a cosine speaks for a bead of a size, learnt in the run.

How alike the vectors of translations are depends on the model, the languages, the texts and the size of the
bead. The beads of a pass show it: their cosines, and for chance those of their source segments with other places
of the target text. Where a model does not know a language both are about the same, and vectors say nothing.

1. ``layers`` gives a text the vectors of all its spans that a bead may have.
2. ``assumed`` is what the first pass takes for granted, by the likeness of whole texts (``mean_cosine``).
3. ``seen`` counts the cosines of beads, and those of chance.
4. ``learnt`` makes a ``Likeness`` of the counts of all texts: for each size of bead a straight line, which two
   normal distributions of one spread give as the logarithm of their ratio, times the root of its segments on a
   side: otherwise two beads would say more than the one of which they are halves. [strict F1 on textberg-dev and
   frpt/heavy .903 .982; not times anything .897 –; times its segments .907 .979; a spread for each distribution:
   .018 less]
5. ``evidence`` is what it says of beads in the next pass; ``cosines`` compares spans at many positions, but
   never all with all.

>>> from dataclasses import replace
>>> from tm.alignment.vocabulary import Vocabulary, side
>>> from tm.document import Bead
>>> from tm.alignment.options import Options
>>> rows = np.eye(50, dtype=np.float32)
>>> text = replace(side(["x"] * 50, Vocabulary(), ""), vectors=layers(rows, lambda sums: sums))
>>> shown = seen([(text, text)], [[Bead((n,), (n,)) for n in range(50)]])
>>> say = evidence(text, text, learnt([shown], assumed([0.02], Options()), Options()), Options())
>>> say(1, 1, np.array([0, 0]), np.array([0, 1])).astype(float).round().tolist()
[19.0, -18.0]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.vectors.small import small, units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options
    from tm.alignment.vocabulary import Side
    from tm.document import Bead

    Array = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Layers = NDArray[np.int8]
    Vectors = NDArray[np.float32]

MOST = 5
"""Most segments of a span that has a vector of its own; a longer one has that of its first so many."""

LEVELS = 64
"""Cosines are counted in so many steps from 0 to 1; what is below 0 counts as 0."""

SHIFTS = tuple(sign * shift for shift in (3, 5, 8, 13, 21, 34) for sign in (1, -1))
"""How far from a bead the places are that stand for chance, in target segments. [nearer ones, which share a
segment with the translation now and then: textberg-dev .892 with 1 to 4, .886 with 1]"""

ROWS = 64
"""Source segments that are compared at once with all targets of their part of the corridor."""

SPREAD = 0.04
"""The variance of cosines before any was counted."""

WORTH = 10.0
"""How many counted cosines those are worth that were assumed."""

HELD = 30.0
"""How many cosines of a size of bead those of all sizes are worth to it."""


def layers(parts: Vectors, directions: Callable[[Vectors], Vectors]) -> Layers:
    """The vectors of all spans of a text: by where they begin, then by their number of segments, less 1.

    Args:
        parts: of the segments, see ``tm.vectors.Model``.
        directions: gives the vectors of sums of them.
    """
    sums, rows = parts, [small(directions(parts))]
    for size in range(2, MOST + 1):
        sums = sums[:-1] + parts[size - 1 :]
        rows.append(small(directions(sums)))
    kept = np.zeros((len(parts), MOST, rows[0].shape[1]), dtype=np.int8)
    for number, row in enumerate(rows):
        kept[: len(row), number] = row
    return kept


@dataclass(frozen=True, slots=True)
class Seen:
    """How often cosines came, by numbers of source and target segments, and by level.

    Attributes:
        beads: in beads, each by its confidence.
        chance: by chance.
    """

    beads: Array
    chance: Array


def seen(sides: Sequence[tuple[Side, Side]], aligned: Sequence[Sequence[Bead]]) -> Seen | None:
    """The cosines of the beads of some texts, and of chance; None without vectors."""
    if any(side.vectors is None for pair in sides for side in pair):
        return None
    counts = Seen(*np.zeros((2, MOST + 1, MOST + 1, LEVELS)))
    for pair, beads in zip(sides, aligned, strict=True):
        rows = [
            (bead.source[0], bead.target[0], min(len(bead.source), MOST), min(len(bead.target), MOST))
            for bead in beads
            if bead.source and bead.target
        ]
        sure = np.array([bead.confidence for bead in beads if bead.source and bead.target])
        places = np.array(rows, dtype=np.int64).reshape(-1, 4)
        _count(counts.beads, pair, places, sure, 0)
        for shift in SHIFTS:
            _count(counts.chance, pair, places, sure, shift)
    return counts


def _count(counts: Array, pair: tuple[Side, Side], places: Integers, sure: Array, shift: int) -> None:
    """Count the cosines of spans, the target ones moved, as far as they are still in the text."""
    moved = places + np.array([0, shift, 0, 0])
    inside = (moved[:, 1] >= 0) & (moved[:, 1] + moved[:, 3] <= len(pair[1]))
    i, j, a, b = moved[inside].T
    likeness = (_spans(pair[0], i, a) * _spans(pair[1], j, b)).sum(axis=1)
    levels = np.clip((likeness * LEVELS).astype(np.int64), 0, LEVELS - 1)
    np.add.at(counts, (a, b, levels), sure[inside])


def _spans(side: Side, begins: Integers, sizes: Integers) -> Vectors:
    """The vectors of some spans, of length 1."""
    assert side.vectors is not None
    return units(side.vectors[begins, sizes - 1])


@dataclass(frozen=True, slots=True)
class Likeness:
    """What cosines speak for, by numbers of source and target segments.

    Attributes:
        slopes: in nats for a cosine that is greater by 1.
        lows: the cosines of chance, in the mean.
        highs: those of translations.
    """

    slopes: Array
    lows: Array
    highs: Array


def mean_cosine(source: Layers, target: Layers) -> float:
    """The mean cosine of each segment of a text with each of another: what chance gives."""
    means = [units(side[:, 0]).mean(axis=0, dtype=np.float64) for side in (source, target)]
    return float(means[0] @ means[1])


def assumed(chances: Sequence[float], options: Options) -> Likeness | None:
    """What a cosine is taken to say before anything was aligned: translations are in the middle of chance and 1.

    Args:
        chances: the mean cosine of each pair of texts; none without vectors.
        options: the weight.
    """
    if not chances:
        return None
    chance = np.full((MOST + 1, MOST + 1), min(float(np.mean(chances)), 0.9))
    spread = np.full_like(chance, SPREAD)
    return _between((chance, spread), ((1 + chance) / 2, spread), options)


def learnt(parts: Sequence[Seen | None], first: Likeness | None, options: Options) -> Likeness | None:
    """What the cosines of all texts show, beside what was assumed in the first place; None without vectors."""
    given = [part for part in parts if part is not None]
    if not given or first is None:
        return None
    beads = np.sum([part.beads for part in given], axis=0)
    chance = np.sum([part.chance for part in given], axis=0)
    return _between(_moments(chance, first.lows), _moments(beads, first.highs), options)


def _between(chance: tuple[Array, Array], beads: tuple[Array, Array], options: Options) -> Likeness:
    """The line between two means, by the mean of the variances; a larger bead says more."""
    apart = np.maximum(beads[0] - chance[0], 0.0)
    sizes = np.arange(MOST + 1)
    segments = np.sqrt((sizes[:, None] + sizes) / 2)
    slopes = options.vector_weight * segments * apart / ((beads[1] + chance[1]) / 2)
    return Likeness(slopes, chance[0], chance[0] + apart)


def _moments(counts: Array, mean: Array) -> tuple[Array, Array]:
    """The mean and the variance of the cosines of each size, held by those of all sizes, these by the mean
    assumed."""
    every = _held(counts.sum(axis=(0, 1)), mean, SPREAD, WORTH)
    return _held(counts, *every, HELD)


def _held(counts: Array, mean: Array | float, variance: Array | float, worth: float) -> tuple[Array, Array]:
    """The mean and the variance of cosines, where others are worth so many of them."""
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    total = counts.sum(axis=-1) + worth
    means = (counts @ levels + worth * mean) / total
    squares = (counts * (levels - means[..., None]) ** 2).sum(axis=-1)
    return means, (squares + worth * variance) / total


def evidence(
    source: Side, target: Side, likeness: Likeness | None, options: Options
) -> Callable[[int, int, Integers, Integers], Array]:
    """A function that gives the evidence of vectors for beads of a type at many positions; 0 without any.

    It takes the numbers a and b of source and target segments, and the positions (i, j) as two arrays, where i
    rises.
    """
    if source.vectors is None or target.vectors is None or likeness is None:
        return lambda _a, _b, i, _j: np.zeros(len(i))
    spans = units(source.vectors), units(target.vectors)
    known = likeness

    def vectors(a: int, b: int, i: Integers, j: Integers) -> Array:
        """How much the likeness of two spans speaks for beads of one type."""
        a, b = min(a, MOST), min(b, MOST)
        low, high = known.lows[a, b], known.highs[a, b]
        likeness = cosines(spans[0][:, a - 1], spans[1][:, b - 1], i, j)
        telling = np.clip(likeness, low - options.vector_beyond, high + options.vector_beyond)
        gains: Array = known.slopes[a, b] * (telling - (low + high) / 2)
        return gains

    return vectors


def cosines(sources: Vectors, targets: Vectors, i: Integers, j: Integers) -> NDArray[np.float32]:
    """The products of vectors of length 1 at many positions (i, j), where i rises.

    >>> rows = np.eye(3, dtype=np.float32)
    >>> cosines(rows, rows, np.array([0, 0, 2]), np.array([0, 1, 2])).tolist()
    [1.0, 0.0, 1.0]
    """
    likeness = np.zeros(len(i), dtype=np.float32)
    firsts = np.arange(0, len(sources) + ROWS, ROWS)
    bounds = np.searchsorted(i, firsts).tolist()
    for first, begin, end in zip(firsts.tolist(), bounds[:-1], bounds[1:], strict=False):
        if begin < end:
            columns = j[begin:end]
            left = columns.min()
            block = sources[first : first + ROWS] @ targets[left : columns.max() + 1].T
            likeness[begin:end] = block[i[begin:end] - first, columns - left]
    return likeness
