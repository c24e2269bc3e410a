"""What the words of two passages say for their being translations, and how freely a run is translated.

A segment's words are explained by the segments of the other side as in IBM Model 1. Taken as it is, a
sentence that is freely translated costs without limit: each of its words counts against the bead. So a
segment is taken to be of one of two kinds: translated word by word, or, with a small probability, freely,
where its words tell nothing; then it costs at most the logarithm of that probability. The probability is a
share that each run learns: next to nothing in close translations, which lose nothing, two in a hundred in
free ones.

The steps, in the order in which they work:

1. ``word_evidence`` sums up for each segment, and for the ones behind it together, how well they explain the
   words of each segment of the other side (``_explained``), but not below what a free one costs
   (``_bounded``).
2. ``WordEvidence.gained`` gives that for beads of a type at many positions at once.
3. ``WordEvidence.freedom`` counts in the beads of a pass how many segments are freely translated, and
   ``free_share`` makes a share of it for the next pass. ``price`` says what it means for segments left alone.

>>> _bounded(np.array([4.0, 0.0, -30.0], dtype=np.float32), 0.05).astype(float).round(1).tolist()
[3.9, 0.0, -3.0]
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.beads import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from tm.alignment.lexicon import Lexicon, Words
    from tm.alignment.options import Options
    from tm.alignment.sparse import Table
    from tm.alignment.vocabulary import Side
    from tm.document import Bead

    Array = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Sums = NDArray[np.float32]
    Freedom = Array  # a row for each direction: how many segments are freely translated, and of how many


@dataclass(frozen=True, slots=True)
class WordEvidence:
    """What words say within a corridor. Each field has two values: the source explains the target, and the
    target the source.

    Attributes:
        sums: ``sums[i, a - 1, x]``: what the opposite segments ``first[i]`` to ``first[i] + x`` say,
            explained by the segments i to i + a.
        first: for each segment, the first opposite one that is looked at.
        free: the share of freely translated segments that was taken for granted.
    """

    sums: tuple[Sums, Sums]
    first: tuple[Integers, Integers]
    free: tuple[float, float]

    def gained(self, a: int, b: int, i: Integers, j: Integers) -> Array:
        """What words say for beads of a type, both directions together.

        Args:
            a: how many source segments the beads have.
            b: how many target segments.
            i: their first source segments.
            j: their first target segments.

        >>> sums = np.array([[[0.0, 1.0, 3.0]]], dtype=np.float32), np.array([[[0, 4]], [[0, 5]]], dtype=np.float32)
        >>> words = WordEvidence(sums, (np.zeros(1, dtype=int), np.zeros(2, dtype=int)), (0.1, 0.1))
        >>> words.gained(1, 1, np.array([0, 0]), np.array([0, 1])).tolist()  # the source with each target
        [5.0, 7.0]
        """
        x, y = j - self.first[0][i], i - self.first[1][j]
        by_source, by_target = self.sums
        gained: Array = (
            by_source[i, a - 1, x + b]
            - by_source[i, a - 1, x]
            + by_target[j, b - 1, y + a]
            - by_target[j, b - 1, y]
        )
        return gained

    def freedom(self, beads: Iterable[Bead]) -> Freedom:
        """For each direction how many segments of the beads with two sides are freely translated, and of how
        many, by the beads' confidences. All sums are exact, see ``beads.STEPS``.

        >>> from tm.document import Bead
        >>> sums = np.array([[[0.0, -2.0]]], dtype=np.float32), np.array([[[0.0, 3.0]]], dtype=np.float32)
        >>> words = WordEvidence(sums, (np.zeros(1, dtype=int), np.zeros(1, dtype=int)), (0.1, 0.1))
        >>> words.freedom([Bead((0,), (0,), 1.0)]).round(2).tolist()
        [[0.74, 1.0], [0.0, 1.0]]
        """
        pairs = [bead for bead in beads if bead.source and bead.target]
        confidences = np.array([bead.confidence for bead in pairs])
        columns = [bead.source for bead in pairs], [bead.target for bead in pairs]
        first, size = (
            [np.array([part(numbers) for numbers in column], dtype=np.int64) for column in columns]
            for part in (itemgetter(0), len)
        )
        counts = np.zeros((2, 2))
        for k in (0, 1) if pairs else ():
            # Each segment that is told, of each bead: its place among those that are looked at from the bead's first.
            bead = np.repeat(np.arange(len(pairs)), size[1 - k])
            place = np.arange(len(bead)) - np.repeat(np.cumsum(size[1 - k]) - size[1 - k], size[1 - k])
            given = first[k][bead]
            x = first[1 - k][bead] - self.first[k][given] + place
            sums, last = self.sums[k], size[k][bead] - 1
            gains = sums[given, last, x + 1] - sums[given, last, x]
            freely = confidences[bead] * np.minimum(self.free[k] * np.exp(-gains.astype(np.float64)), 1)
            counts[k] = np.round(freely * STEPS).sum() / STEPS, confidences[bead].sum()
        return counts


def word_evidence(
    sides: tuple[Side, Side],
    starts: Integers,
    width: int,
    lexicons: tuple[Lexicon, Lexicon],
    free: tuple[float, float],
    most: tuple[int, int],
    options: Options,
) -> WordEvidence:
    """What words say within a corridor.

    Args:
        sides: the source and the target text.
        starts: where the corridor begins at each source position, see ``beads``.
        width: of the corridor.
        lexicons: how source words are translated, and how target words are.
        free: the share of freely translated segments, of the target and of the source.
        most: segments on each side of a bead.
        options: ``word_weight`` and ``no_word`` are used.

    >>> from tm.alignment.lexicon import from_cognates
    >>> from tm.alignment.options import Options
    >>> from tm.alignment.sparse import table
    >>> from tm.alignment.vocabulary import Vocabulary, side
    >>> sides = side(["1924"], Vocabulary(), "fr"), side(["1924"], Vocabulary(), "pt")
    >>> same = from_cognates(table(np.array([0]), np.array([0]), np.array([0.9]), (1, 1)), np.array([0.5]))
    >>> starts, one = np.zeros(2, dtype=np.int64), np.zeros(1, dtype=np.int64)
    >>> words = word_evidence(sides, starts, 2, (same, same), (0.0, 0.0), (1, 1), Options())
    >>> words.gained(1, 1, one, one).astype(float).round(2).tolist()
    [0.54]
    """
    source, target = sides
    first, last = starts[:-1], np.minimum(starts[:-1] + width + most[1] - 1, len(target))
    # For each target segment, the source segments in whose windows it stands.
    numbers = np.arange(len(target))
    above = np.searchsorted(first + width, numbers, side="right")
    below = np.minimum(np.searchsorted(first, numbers, side="right") + most[0] - 1, len(source))
    windows = (first, np.maximum(first, last)), (above, np.maximum(above, below))
    sums = (
        _explained(lexicons[0], (source, target), windows[0], most[0], free[0], options),
        _explained(lexicons[1], (target, source), windows[1], most[1], free[1], options),
    )
    return WordEvidence(sums, (first, above), free)


def _explained(
    lexicon: Lexicon,
    sides: tuple[Side, Side],
    windows: tuple[Integers, Integers],
    most: int,
    free: float,
    options: Options,
) -> Sums:
    """How well segments explain the words of the opposite side's segments.

    Args:
        lexicon: how the words of the given side are translated.
        sides: the given side, whose segments explain, and the opposite one, whose words are explained.
        windows: for each given segment, the first opposite segment that is looked at, and the one behind the
            last.
        most: how many given segments stand together in a bead at most.
        free: the share of opposite segments that are freely translated.
        options: ``no_word`` and ``word_weight`` are used.

    Returns:
        ``explained[i, a - 1, x]``: sum over the segments ``first[i]`` to ``first[i] + x`` of log p(words |
        given segments i to i + a) / p(words), weighted and bounded.
    """
    (given, opposite), (first, last) = sides, windows
    rows = len(given)
    explained = np.zeros((rows, most, int((last - first).max(initial=0)) + 1), dtype=np.float32)
    there = np.zeros(lexicon.ratios.width, dtype=np.bool_)
    there[opposite.words] = True
    expected = lexicon.ratios.summed(given.words.astype(np.int64), given.bounds, among=there)
    rest = running(lexicon.rest[given.words])[given.bounds]
    no_word = np.minimum(options.no_word * lexicon.lost, 1.0).astype(np.float32)[opposite.words]
    some_word = 1 - no_word
    if opposite.rarer is not None:
        some_word *= opposite.rarer
    begins, ends = opposite.bounds[first], opposite.bounds[last]
    # Each segment's words are looked for once, in all windows of the segments that it stands in a bead with.
    earliest = begins[np.maximum(np.arange(rows) - most + 1, 0)].tolist()
    spread = _spread(expected, opposite.words, earliest, ends.tolist())
    for i, (begin, end, word, last_word) in enumerate(
        zip(first.tolist(), last.tolist(), begins.tolist(), ends.tolist(), strict=True)
    ):
        if begin == end:
            continue
        to = np.arange(i + 1, min(i + most, rows) + 1)
        gains = np.empty((len(to), last_word - word), dtype=np.float32)
        for k, row in enumerate(gains):
            row[:] = spread[i + k][word - earliest[i + k] : last_word - earliest[i + k]]
            if k:
                np.add(row, gains[k - 1], out=row)
        gains += (rest[to] - rest[i]).astype(np.float32)[:, None]
        gains *= some_word[word:last_word] / (given.bounds[to] - given.bounds[i]).astype(np.float32)[:, None]
        gains += no_word[word:last_word]
        np.log(gains, out=gains)
        explained[i, : len(to), 1 : end - begin + 1] = np.add.reduceat(
            gains, opposite.bounds[begin:end] - word, axis=1
        )
    explained = _bounded(explained * np.float32(options.word_weight), free)
    np.cumsum(explained, axis=2, out=explained)
    return explained


def _spread(expected: Table, words: Words, begins: Sequence[int], ends: Sequence[int]) -> list[Sums]:
    """What each row of a table says of neighbouring words.

    Args:
        expected: a row for each segment, a column for each word.
        words: of the opposite side.
        begins: for each row the place of the first word that is looked at.
        ends: of the one behind the last.

    >>> from tm.alignment.sparse import table
    >>> expected = table(np.array([0, 1]), np.array([7, 5]), np.array([1.0, 2.0]), (2, 8))
    >>> [row.tolist() for row in _spread(expected, np.array([5, 7, 7], dtype=np.int32), [0, 1], [2, 3])]
    [[0.0, 1.0], [0.0, 0.0]]
    """
    values, bounds = expected.values.astype(np.float32), expected.bounds.tolist()
    row = np.zeros(expected.width, dtype=np.float32)
    rows = []
    for (first, last), begin, end in zip(itertools.pairwise(bounds), begins, ends, strict=True):
        columns = expected.columns[first:last]
        row[columns] = values[first:last]
        rows.append(row[words[begin:end]])
        row[columns] = 0.0
    return rows


def _bounded(gains: Sums, free: float) -> Sums:
    """What a segment says when a share of the segments are freely translated, whose words tell nothing; an
    example heads the module."""
    if not free:
        return gains
    bounded: Sums = np.logaddexp(gains + np.float32(math.log1p(-free)), np.float32(math.log(free)))
    return bounded


def free_share(parts: Sequence[Freedom], options: Options) -> tuple[float, float]:
    """The share of freely translated segments, of the target and of the source, that parts of a run show
    together.

    >>> from tm.alignment.options import Options
    >>> free_share([np.array([[0.0, 800.0], [100.0, 800.0]])], Options())
    (0.0006, 0.1006)
    """
    target, source = (
        (count + options.free_held * options.free_usual) / (segments + options.free_held)
        for count, segments in np.sum(parts, axis=0).tolist()
    )
    return target, source


def price(free: tuple[float, float], options: Options) -> float:
    """What a segment left alone must pay in the choice of beads: more where more is translated freely.

    >>> from tm.alignment.options import Options
    >>> [round(price((share, share), Options()), 2) for share in (0.0, 0.001, 0.01, 0.1)]
    [0.0, 0.03, 0.17, 0.32]
    """
    share = sum(free) / 2
    return options.price * share / (share + options.price_free)


def running(values: Array) -> Array:
    """0 and the sums of the first 1, 2, … values.

    >>> running(np.array([1.0, 2.0, 4.0])).tolist()
    [0.0, 1.0, 3.0, 7.0]
    """
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums
