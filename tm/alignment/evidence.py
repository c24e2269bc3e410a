"""How much speaks for each possible bead: its type, the lengths of its sides, its words.

Each part is a log-likelihood ratio: how likely the target side is as the translation of the source side, against how
likely it is as any text of that language (and the other way round, half of each). So a long bead gains nothing by
being long, and a segment that translates nothing is best left alone, where it costs only its prior.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.alignment.beads import Evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tm.alignment.lexicon import Lexicon
    from tm.alignment.options import Options
    from tm.alignment.priors import Priors
    from tm.alignment.vocabulary import Side

    Array = NDArray[np.float64]


class Corridor(NamedTuple):
    """Which positions are looked at: from each source position i on, target positions ``starts[i]`` to ``+ width``."""

    starts: NDArray[np.int64]
    width: int


def evidence(
    source: Side,
    target: Side,
    lexicons: tuple[Lexicon, Lexicon],
    priors: Priors,
    corridor: Corridor,
    options: Options,
    ratio: float,
) -> Evidence:
    """What speaks for each bead within the corridor."""
    with np.errstate(divide="ignore"):
        steps = np.log(priors.steps)
    words = _words(source, target, lexicons, corridor, options)
    starts, width = corridor
    rows, columns = len(source), len(target)
    beads = np.full((rows, len(options.types), width), -np.inf)
    i = np.arange(rows)[:, None]
    j = starts[:-1, None] + np.arange(width)
    for k, (a, b, share) in enumerate(priors.types):
        fits = (i + a <= rows) & (j + b <= columns)
        row, column = np.nonzero(fits)
        at = (row, j[row, column])
        score = math.log(share) + options.word_weight * words(a, b, *at)
        score += options.length_weight * _lengths(source, target, a, b, *at, ratio, options)
        beads[row, k, column] = score
    return Evidence(
        types=tuple((a, b) for a, b, _ in priors.types),
        pairs=beads,
        source=np.zeros(rows),
        target=np.zeros(columns),
        steps=steps,
        starts=starts,
        width=width,
        targets=columns,
    )


def _lengths(source: Side, target: Side, a: int, b: int, i, j, ratio: float, options: Options) -> Array:
    """Gale & Church's normal difference of lengths, against lengths of segments taken at random (log-normal)."""
    before_source, before_target = _running(source.lengths), _running(target.lengths)
    here = before_source[i + a] - before_source[i] + 1
    there = before_target[j + b] - before_target[j] + 1
    variance = options.variance * (here * ratio + there) / 2 + 1
    fit = -0.5 * ((there - here * ratio) ** 2 / variance + np.log(2 * math.pi * variance)) + 0.5 * math.log(
        ratio
    )
    return fit - 0.5 * (_usual(source, a, here) + _usual(target, b, there))


def _usual(side: Side, segments: int, lengths: Array) -> Array:
    logs = np.log(side.lengths + 1)
    mean, deviation = logs.mean() + math.log(segments), max(logs.std(), 0.5) / math.sqrt(segments)
    x = np.log(lengths)
    return -0.5 * ((x - mean) / deviation) ** 2 - math.log(deviation * math.sqrt(2 * math.pi)) - x


def _running(values: Array) -> Array:
    return np.concatenate([[0.0], np.cumsum(values)])


def _words(source: Side, target: Side, lexicons, corridor: Corridor, options: Options):
    starts, width = corridor
    most = [max(kind[side] for kind in options.types) for side in (0, 1)]
    rows, columns = len(source), len(target)
    first, last = starts[:-1], np.minimum(starts[:-1] + width + most[1] - 1, columns)
    # For each target segment, the source segments in whose windows it stands.
    numbers = np.arange(columns)
    above = np.searchsorted(starts[:-1] + width, numbers, side="right")
    below = np.minimum(np.searchsorted(starts[:-1], numbers, side="right") + most[0] - 1, rows)
    there = _explained(lexicons[0], source, target, first, last, most[0], options.no_word)
    back = _explained(lexicons[1], target, source, above, np.maximum(below, above), most[1], options.no_word)

    def words(a: int, b: int, i, j):
        x, y = j - first[i], i - above[j]
        return there[i, a - 1, x + b] - there[i, a - 1, x] + back[j, b - 1, y + a] - back[j, b - 1, y]

    return words


def _explained(lexicon: Lexicon, given: Side, other: Side, first, last, most: int, no_word: float) -> Array:
    """How well segments explain the words of segments of the other side.

    Returns:
        ``explained[i, a - 1, x]``: sum over the segments ``first[i]`` to ``first[i] + x`` of log p(words | given segments
        i to i + a) / p(words).
    """
    ratios = lexicon.ratios()
    rows = len(given)
    widest = int((last - first).max(initial=0))
    explained = np.zeros((rows, most, widest + 1))
    spread = np.zeros(len(lexicon.frequencies))
    own = [_translations(ratios, given.words[given.bounds[i] : given.bounds[i + 1]]) for i in range(rows)]
    rest = _running(lexicon.rest[given.words])[given.bounds]
    for i in range(rows):
        window = other.words[other.bounds[first[i]] : other.bounds[last[i]]]
        bounds = other.bounds[first[i] : last[i] + 1] - other.bounds[first[i]]
        spans = range(i + 1, min(i + most, rows) + 1)
        for end in spans:
            words, values = own[end - 1]
            spread[words] += values
            count = max(int(given.bounds[end] - given.bounds[i]), 1)
            share = (spread[window] + (rest[end] - rest[i])) * ((1 - no_word) / count)
            explained[i, end - i - 1, : len(bounds)] = _running(np.log(no_word + share))[bounds]
        for end in spans:
            spread[own[end - 1][0]] = 0.0
    return explained


def _translations(ratios, words):
    """All that the words of a segment can be translated by, and how much each is expected."""
    if not len(words):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    slices = [slice(ratios.bounds[word], ratios.bounds[word + 1]) for word in words.tolist()]
    columns, where = np.unique(np.concatenate([ratios.columns[part] for part in slices]), return_inverse=True)
    return columns, np.bincount(
        where, np.concatenate([ratios.values[part] for part in slices]), minlength=len(columns)
    )
