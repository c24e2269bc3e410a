"""How much speaks for each possible bead: its kind, its words, the lengths of its sides, the look of its lines.

Each part is a log-likelihood ratio: how likely the target side is as the translation of the source side, against how
likely it is as any text of that language (and the other way round; the mean of both). So a long bead gains nothing by
being long, and a segment that translates nothing is best left alone, where it costs only its prior.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.beads import Evidence
from tm.alignment.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tm.alignment.layout import Leanings
    from tm.alignment.lengths import Lengths
    from tm.alignment.lexicon import Lexicon
    from tm.alignment.options import Options
    from tm.alignment.priors import Priors
    from tm.alignment.vocabulary import Side

    Array = NDArray[np.float64]
    Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a pass knows of the two languages and of the run's texts.

    Attributes:
        lexicons: what source words say of target words, and the other way round.
        lengths: how lengths go together.
        priors: how often each kind of bead comes.
        chance: the mean cosine of vectors that have nothing to do with each other.
    """

    lexicons: tuple[Lexicon, Lexicon]
    lengths: Lengths
    priors: Priors
    chance: float = 0.0


def evidence(
    sides: tuple[Side, Side],
    looks: tuple[Leanings, Leanings],
    starts: Integers,
    width: int,
    knowledge: Knowledge,
    options: Options,
) -> Evidence:
    """What speaks for each bead within the corridor (see ``beads``)."""
    source, target = sides
    words = _words(source, target, starts, width, knowledge, options)
    vectors = _vectors(source, target, knowledge, options)
    kinds = _kinds(source, target, options)
    lengths = [_running(side.lengths) for side in sides]
    joined = [_running(look.joined) for look in looks]
    beads = np.full((len(source), len(knowledge.priors.types), width), -np.inf, dtype=np.float32)
    j = starts[:-1, None] + np.arange(width)
    for k, (a, b, share) in enumerate(knowledge.priors.types):
        fits = (np.arange(len(source))[:, None] + a <= len(source)) & (j + b <= len(target))
        row, column = np.nonzero(fits)
        to = j[row, column]
        here, there = lengths[0][row + a] - lengths[0][row], lengths[1][to + b] - lengths[1][to]
        beads[row, k, column] = (
            math.log(share)
            + options.word_weight * words(a, b, row, to)
            + options.length_weight * knowledge.lengths.evidence(here, there, (a, b))
            + (joined[0][row + a] - joined[0][row + 1])
            + (joined[1][to + b] - joined[1][to + 1])
            + vectors(a, b, row, to)
            + kinds(row, to)
        )
    with np.errstate(divide="ignore"):
        steps = np.log(knowledge.priors.steps)
    return Evidence(
        types=tuple((a, b) for a, b, _ in knowledge.priors.types),
        pairs=beads,
        source=looks[0].alone,
        target=looks[1].alone,
        steps=steps,
        starts=starts,
        width=width,
    )


def _words(
    source: Side, target: Side, starts: Integers, width: int, knowledge: Knowledge, options: Options
) -> Callable[[int, int, Integers, Integers], Array]:
    """A function that gives the words' evidence for beads of a type at many positions at once."""
    most = [max(sizes) for sizes in zip(*((a, b) for a, b, _ in knowledge.priors.types), strict=True)]
    first, last = starts[:-1], np.minimum(starts[:-1] + width + most[1] - 1, len(target))
    # For each target segment, the source segments in whose windows it stands.
    numbers = np.arange(len(target))
    above = np.searchsorted(first + width, numbers, side="right")
    below = np.minimum(np.searchsorted(first, numbers, side="right") + most[0] - 1, len(source))
    there = _explained(
        knowledge.lexicons[0], source, target, first, np.maximum(first, last), most[0], options
    )
    back = _explained(
        knowledge.lexicons[1], target, source, above, np.maximum(above, below), most[1], options
    )

    def words(a: int, b: int, i: Integers, j: Integers) -> Array:
        x, y = j - first[i], i - above[j]
        gained: Array = (
            there[i, a - 1, x + b] - there[i, a - 1, x] + back[j, b - 1, y + a] - back[j, b - 1, y]
        )
        return gained

    return words


def _explained(
    lexicon: Lexicon, given: Side, other: Side, first: Integers, last: Integers, most: int, options: Options
) -> NDArray[np.float32]:
    """How well segments explain the words of segments of the other side, as in IBM Model 1.

    Returns:
        ``explained[i, a - 1, x]``: sum over the segments ``first[i]`` to ``first[i] + x`` of log p(words | given segments
        i to i + a) / p(words).
    """
    rows = len(given)
    explained = np.zeros((rows, most, int((last - first).max(initial=0)) + 1), dtype=np.float32)
    expected = lexicon.ratios.summed(given.words.astype(np.int64), given.bounds)
    own = [slice(*expected.bounds[i : i + 2].tolist()) for i in range(rows)]
    values, columns = expected.values.astype(np.float32), expected.columns
    rest = _running(lexicon.rest[given.words])[given.bounds].tolist()
    spread = np.zeros(len(lexicon.frequencies), dtype=np.float32)
    some_word = 1 - options.no_word
    begins, starts = given.bounds.tolist(), other.bounds
    for i, (begin, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        if begin == end:
            continue
        window, bounds = other.words[starts[begin] : starts[end]], starts[begin:end] - starts[begin]
        for to in range(i + 1, min(i + most, rows) + 1):
            spread[columns[own[to - 1]]] += values[own[to - 1]]
            part = some_word / (begins[to] - begins[i])
            gains = spread[window]
            gains *= np.float32(part)
            gains += np.float32(options.no_word + part * (rest[to] - rest[i]))
            explained[i, to - i - 1, 1 : end - begin + 1] = np.add.reduceat(np.log(gains, out=gains), bounds)
        for to in range(i, min(i + most, rows)):
            spread[columns[own[to]]] = 0.0
    np.cumsum(explained, axis=2, out=explained)
    return explained


def _vectors(
    source: Side, target: Side, knowledge: Knowledge, options: Options
) -> Callable[[int, int, Integers, Integers], Array]:
    """A function that gives the evidence of sentence vectors, if there are any."""
    if source.vectors is None or target.vectors is None:
        return lambda _a, _b, i, _j: np.zeros(len(i))
    sums = [
        np.concatenate([side[:1] * 0, np.cumsum(side, axis=0)]) for side in (source.vectors, target.vectors)
    ]

    def vectors(a: int, b: int, i: Integers, j: Integers) -> Array:
        here, there = (_directions(side, size) for side, size in zip(sums, (a, b), strict=True))
        likeness = ((here @ there.T)[i, j] - knowledge.chance) / (1 - knowledge.chance)
        gains: Array = options.vector_weight * (likeness - options.vector_even) * (a + b) / 2
        return gains

    return vectors


def _kinds(source: Side, target: Side, options: Options) -> Callable[[Integers, Integers], Array]:
    """A function that gives the evidence of what segments are in their documents: headings translate headings.

    Zero where that is not known, and where a side is all of one kind, as in plain text.
    """
    here, there = source.kinds, target.kinds
    if here is None or there is None or any(len(set(kinds.tolist())) < 2 for kinds in (here, there)):
        return lambda i, _j: np.zeros(len(i))
    forth, back = (_kept(kinds, options.same_kind) for kinds in (there, here))
    table = (forth + back.T) / 2

    def kinds(i: Integers, j: Integers) -> Array:
        gains: Array = table[here[i], there[j]]
        return gains

    return kinds


def _kept(kinds: Integers, same: float) -> Array:
    """Of a segment of each kind (row) translated by one of each kind: log p(kind | translation) / p(kind)."""
    shares = (np.bincount(kinds, minlength=len(KINDS)) + 1) / (len(kinds) + len(KINDS))
    table = np.repeat(np.log((1 - same) / (1 - shares))[:, None], len(KINDS), axis=1)
    np.fill_diagonal(table, np.log(same / shares))
    return table


def _directions(sums: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Of each run of so many segments the sum of their vectors, of length 1."""
    runs = sums[size:] - sums[:-size]
    directions: NDArray[np.float32] = runs / np.maximum(np.linalg.norm(runs, axis=1, keepdims=True), 1e-9)
    return directions


def _running(values: Array) -> Array:
    """0 and the sums of the first 1, 2, … values."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums
