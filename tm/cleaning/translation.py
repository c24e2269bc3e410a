"""Whether a unit's target translates its source: misaligned, truncated or too long, by its words and its
length.

Three scores, the log odds of a fault where two in a hundred have it; above its bar it is one. ``odds.py``
makes them of the words, the length and the marks of a unit, and of its meaning when there are sentence vectors.
Besides, a *twin* speaks against a unit: another one with the same target, whose source the target translates much
better (``twins.py``).

The steps of ``doubted``: all units teach a lexicon and are scored; those above a bar go out, and what is left
is scored again, since it has another lexicon now, until no more is above. So a second run finds nothing.
``taught`` and ``_scored`` look at some units and run on workers; ``Lesson`` puts together what all teach.

>>> pairs = [("un bon pain", "um bom pão"), ("le bon four", "o bom forno"), ("le pain noir", "o pão preto")]
>>> lesson = Lesson()
>>> lesson.add(taught(pairs * 9))
>>> doubted(lesson, np.arange(27))[0]
{}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np

from tm.cleaning.cues import cues
from tm.cleaning.duplicates import number_of
from tm.cleaning.meaning import unlike
from tm.cleaning.odds import (
    MEANING,
    MISALIGNED,
    TOO_LONG,
    TOO_LONG_CUES,
    TRUNCATED,
    TRUNCATED_CUES,
    end_signs,
    in_deviations,
    meaning_signs,
    misaligned_signs,
    odds,
)
from tm.cleaning.twins import Twins
from tm.cleaning.words import Words, explained, listed
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tm.cleaning.odds import Signs
    from tm.cleaning.words import Listed, Passages, Ratios
    from tm.progress import Progress
    from tm.shelves import Each

    Places = NDArray[np.int64]
    Array = NDArray[np.float64]

Doubt = Literal["misaligned", "truncated", "too-long"]

BARS: dict[Doubt, float] = {"truncated": 1.0, "too-long": 0.0, "misaligned": -0.8}
"""The least score of a fault: where about as many good units go out for each kind."""

_COLUMNS: tuple[Doubt, ...] = tuple(BARS)
_BARS = np.array([*BARS.values()])
"""The columns of scores, and the bar of each."""

TWIN, MARGIN = 4.0, 0.8
"""What a twin adds to the score of the worse one, and by how much that must be worse."""

NEAR = 2.0
"""How far below its bar a score may lie that is looked at again, when others have gone out."""

FEWEST = 3
"""Words of the shorter text from which its words say anything."""

USUAL = 1.5
"""The standard deviation of lengths, before any unit was seen."""

AT_ONCE, WINDOW = 4_000, 16
"""How many units are scored at once, and how many such parts are in memory beside the units."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How much speaks against a unit; what is above its bar in ``BARS`` is a fault.

    Attributes:
        misaligned: that the texts do not translate each other.
        truncated: that the end of the source is not translated.
        too_long: that the end of the target translates nothing.
    """

    misaligned: float
    truncated: float
    too_long: float


UNSCORED = -math.inf
"""The score of what went out before its words were asked, and of texts that are too short."""


class ScoresByNumber(Mapping[int, Scores]):
    """The scores of many units by their numbers, in little memory.

    >>> scores = ScoresByNumber(np.array([3, 7]), np.array([[0.5, 1.0, 2.0], [0.0, 0.0, 0.0]]))
    >>> scores[3], 4 in scores, len(scores)
    (Scores(misaligned=2.0, truncated=0.5, too_long=1.0), False, 2)
    """

    def __init__(self, numbers: Places, rows: Array) -> None:
        """Take the scores.

        Args:
            numbers: of the units, rising.
            rows: a row for each, with the columns of ``BARS``.
        """
        self._numbers, self._rows = numbers, rows

    def __getitem__(self, number: int) -> Scores:
        """The scores of a unit."""
        place = int(np.searchsorted(self._numbers, number))
        if place == len(self._numbers) or self._numbers[place] != number:
            raise KeyError(number)
        return _scores_of(self._rows[place])

    def __iter__(self) -> Iterator[int]:
        """The numbers."""
        return iter(self._numbers.tolist())

    def __len__(self) -> int:
        """How many units have any."""
        return len(self._numbers)

    def numbered(self, numbers: Sequence[int]) -> ScoresByNumber:
        """The same scores under other numbers, which rise too and stand where the numbers here say."""
        return ScoresByNumber(np.asarray(numbers)[self._numbers], self._rows)


def _scores_of(row: Array) -> Scores:
    truncated, too_long, misaligned = row.tolist()
    return Scores(misaligned, truncated, too_long)


@dataclass(frozen=True, slots=True)
class Taught:
    """What some units teach.

    Attributes:
        words: of their texts.
        lengths: of source and target, in characters.
        cues: of each unit, see ``cues.py``.
        texts: a number for each source and each target, case aside.
    """

    words: Listed
    lengths: NDArray[np.int32]
    cues: NDArray[np.uint8]
    texts: NDArray[np.uint64]


def taught(units: Sequence[tuple[str, str]]) -> Taught:
    """What some units teach, source and target."""
    return Taught(
        listed(units),
        np.array([[len(text) for text in unit] for unit in units], np.int32).reshape(-1, 2),
        np.array([cues(*unit) for unit in units], np.uint8),
        np.array([[number_of(text.casefold()) for text in unit] for unit in units], np.uint64).reshape(-1, 2),
    )


class Lesson:
    """What all units of a memory teach: their words and their lengths."""

    def __init__(self) -> None:
        """No unit yet."""
        self.words = Words()
        self._parts: list[tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint64]]] = []
        self._cosines: Array | None = None

    def add(self, taught: Taught) -> None:
        """Take what more units teach."""
        self.words.add(taught.words)
        self._parts.append((taught.lengths, taught.cues, taught.texts))

    def compare(self, units: Places, cosines: Array) -> None:
        """Take the cosines of the vectors of all units that are judged."""
        self._cosines = np.zeros(len(self.words))
        self._cosines[units] = cosines

    def _joined(self) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint64]]:
        """The lengths, the cues and the texts of all units, joined once."""
        if len(self._parts) > 1:
            lengths, all_cues, texts = zip(*self._parts, strict=True)
            self._parts = [(np.concatenate(lengths), np.concatenate(all_cues), np.concatenate(texts))]
        return self._parts[0]

    def cues(self, units: Places) -> NDArray[np.uint8]:
        """The cues of units, see ``cues.py``."""
        return self._joined()[1][units]

    def twins(self, units: Places) -> Twins:
        """Which of these units are twins."""
        return Twins(self._joined()[2], units)

    def unlike(self, units: Places) -> Array | None:
        """How far each unit is less alike than is usual, see ``meaning.py``; None without vectors."""
        return None if self._cosines is None else unlike(self._cosines[units])

    def lengths(self, units: Places) -> Array:
        """How far the ratio of each unit's lengths is from the usual one, in standard deviations.

        >>> lesson = Lesson()
        >>> lesson.add(taught([("a" * 30, "a" * length) for length in (30, 31, 29, 90)]))
        >>> lesson.lengths(np.arange(4)).round(1).tolist()
        [-0.1, 0.1, -0.2, 5.2]
        """
        lengths = self._joined()[0][units]
        ratios = np.log((lengths[:, 1] + 5) / (lengths[:, 0] + 5))
        return in_deviations((ratios - np.median(ratios)) * np.sqrt(lengths.mean(axis=1)), USUAL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some units that are scored together: their words, the ratio of their lengths, their cues, and with vectors how
    far they are less alike than is usual."""

    passages: Passages
    lengths: Array
    cues: NDArray[np.uint8]
    unlike: Array | None = None


def scores(
    lesson: Lesson,
    units: Places,
    asked: NDArray[np.bool_],
    each: Each = map,
    progress: Progress = unwatched,
) -> Array:
    """The scores of units, a row for each that is asked about, with the columns of ``BARS``.

    Args:
        lesson: of all units.
        units: those that a lexicon is learnt from; one at least.
        asked: of each of these whether it is scored.
        each: applies a function to lessons, and to parts of the units, as ``map`` does.
        progress: takes the parts of the units as they are scored, and their number.
    """
    lexicons = lesson.words.lexicons(units, each)
    meant, lengths, unlike = units[asked], lesson.lengths(units)[asked], lesson.unlike(units)
    far = None if unlike is None else unlike[asked]

    def piece(begin: int) -> Piece:
        part = slice(begin, begin + AT_ONCE)
        words, cue = lesson.words.some(meant[part]), lesson.cues(meant[part])
        return Piece(words, lengths[part], cue, None if far is None else far[part])

    def scored() -> Iterator[Array]:
        for window in range(0, len(meant), AT_ONCE * WINDOW):
            begins = range(window, min(window + AT_ONCE * WINDOW, len(meant)), AT_ONCE)
            yield from each(partial(_scored, lexicons), [piece(begin) for begin in begins])

    count = -(-len(meant) // AT_ONCE)
    return np.concatenate([np.zeros((0, len(_COLUMNS))), *progress(scored(), count)])


def _scored(lexicons: Sequence[tuple[Ratios, Ratios]], piece: Piece) -> Array:
    """The scores of some units."""
    misaligned, truncated, too_long = signs(lexicons, piece)
    sizes = np.minimum(piece.passages.source.sizes, piece.passages.target.sizes)
    score = odds(misaligned, MISALIGNED)
    if piece.unlike is not None:
        score = odds(meaning_signs(score, piece.unlike), MEANING)
    columns: dict[Doubt, Array] = {
        "truncated": odds(truncated, TRUNCATED),
        "too-long": odds(too_long, TOO_LONG),
        "misaligned": np.where(sizes < FEWEST, UNSCORED, score),
    }
    return np.column_stack([columns[doubt] for doubt in _COLUMNS])


def signs(lexicons: Sequence[tuple[Ratios, Ratios]], piece: Piece) -> tuple[Signs, Signs, Signs]:
    """The signs of each kind of fault, as in ``Scores`` (``odds.py``), of some units."""
    words, length, cue = explained(lexicons, piece.passages), piece.lengths, piece.cues
    source, target = words.source, words.target
    return (
        misaligned_signs(source, target, length, cue),
        end_signs(source, target.sizes, -length, cue, TRUNCATED_CUES),
        end_signs(target, source.sizes, length, cue, TOO_LONG_CUES),
    )


def doubted(
    lesson: Lesson,
    units: Places,
    spared: NDArray[np.bool_] | None = None,
    each: Each = map,
    progress: Progress = unwatched,
) -> tuple[dict[int, tuple[Doubt, float]], Array]:
    """The units that are above a bar, each with the kind of its fault and its score; and a row of scores of each
    unit, ``UNSCORED`` of those that are not judged.

    Args:
        lesson: of all units.
        units: those that are judged, rising.
        spared: of each unit of the lesson whether it is never at fault; None = all may be.
        each: see ``scores``.
        progress: likewise, once for each round.
    """
    count = len(lesson.words)
    faulty: dict[int, tuple[Doubt, float]] = {}
    latest = np.full((count, len(_COLUMNS)), UNSCORED)
    may_go = np.ones(count, bool) if spared is None else ~spared
    is_left, asked = np.zeros(count, bool), units
    is_left[units] = True
    twins = lesson.twins(units) if len(units) else None
    while twins and len(asked):
        left = np.flatnonzero(is_left)
        latest[asked] = scores(lesson, left, np.isin(left, asked, assume_unique=True), each, progress)
        beside = _beside_twins(latest, twins.least(latest[:, _COLUMNS.index("misaligned")], is_left))[asked]
        is_above = (beside > _BARS) & may_go[asked, None]
        for place in np.flatnonzero(is_above.any(axis=1)).tolist():
            column = int(is_above[place].argmax())
            faulty[int(asked[place])] = _COLUMNS[column], float(beside[place, column])
        is_out = is_above.any(axis=1)
        if not is_out.any():
            break
        is_left[asked[is_out]] = False
        asked = asked[~is_out & (beside > _BARS - NEAR).any(axis=1)]
    return dict(sorted(faulty.items())), latest


def _beside_twins(latest: Array, of_twins: Array) -> Array:
    """The scores of units beside the least ones of their twins for misaligned.

    >>> _beside_twins(np.array([[0.0, 0.0, -1.5], [0.0, 0.0, -1.5]]), np.array([-3.0, -2.0]))[:, 2].tolist()
    [2.5, -1.5]
    """
    column = _COLUMNS.index("misaligned")
    beside = latest.copy()
    beside[np.isfinite(of_twins) & (latest[:, column] > of_twins + MARGIN), column] += TWIN
    return beside
