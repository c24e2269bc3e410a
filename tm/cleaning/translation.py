"""Whether a unit's target translates its source: misaligned, truncated or too long, by its words and its
length.

Three scores, the log odds of a fault where two in a hundred have it; above its bar it is one. ``odds.py``
makes them of the words, the length and the marks of a unit. Besides, a *twin* speaks against a unit: another
one with the same target, whose source the target translates much better.

The steps of ``doubted``: all units teach a lexicon and are scored; those above a bar go out, and what is left
is scored again, since it has another lexicon now, until no more is above. So a second run finds nothing.

>>> pairs = [("un bon pain", "um bom pão"), ("le bon four", "o bom forno"), ("le pain noir", "o pão preto")]
>>> lesson = Lesson()
>>> for source, target in pairs * 9:
...     lesson.add(source, target)
>>> doubted(lesson, range(27))[0]
{}
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tm.cleaning.cues import cues
from tm.cleaning.odds import (
    MISALIGNED,
    TOO_LONG,
    TOO_LONG_CUES,
    TRUNCATED,
    TRUNCATED_CUES,
    end_signs,
    misaligned_signs,
    odds,
)
from tm.cleaning.words import Words

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray

    from tm.cleaning.odds import Signs
    from tm.cleaning.words import Explained

Doubt = Literal["misaligned", "truncated", "too-long"]

BARS: dict[Doubt, float] = {"truncated": 1.0, "too-long": 0.0, "misaligned": -0.8}
"""The least score of a fault: where about as many good units go out for each kind."""

TWIN, MARGIN = 4.0, 0.8
"""What a twin adds to the score of the worse one, and by how much that must be worse."""

NEAR = 2.0
"""How far below its bar a score may lie that is looked at again, when others have gone out."""

FEWEST = 3
"""Words of the shorter text from which its words say anything."""

USUAL, FEW = 1.5, 100
"""The standard deviation of lengths, before any unit was seen, and how many units that is worth."""


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

    def of(self, doubt: Doubt) -> float:
        """The score of a kind.

        >>> Scores(0.1, 2.0, 3.0).of("too-long")
        3.0
        """
        value: float = getattr(self, doubt.replace("-", "_"))
        return value


UNSCORED = Scores(-math.inf, -math.inf, -math.inf)
"""Of a unit that went out before its words were asked."""


class Lesson:
    """What the units of a memory teach: their words and their lengths."""

    def __init__(self) -> None:
        """No unit yet."""
        self.words = Words()
        self._lengths = array("i")
        self._cues = array("B")
        self._texts = array("q")

    def add(self, source: str, target: str) -> None:
        """Take one more unit."""
        self.words.add(source, target)
        self._lengths.extend([len(source), len(target)])
        self._cues.append(cues(source, target))
        self._texts.extend([hash(source.casefold()), hash(target.casefold())])

    def cues(self, unit: int) -> int:
        """The cues of a unit, see ``cues.py``."""
        return self._cues[unit]

    def twins(self, units: Sequence[int]) -> dict[int, list[int]]:
        """The units whose target another one has, too, each with those that have it beside another source.

        >>> lesson = Lesson()
        >>> for source, target in (("un", "um"), ("une", "um"), ("deux", "dois"), ("Un", "um")):
        ...     lesson.add(source, target)
        >>> lesson.twins(range(4))
        {0: [1], 1: [0, 3], 3: [1]}
        """
        by_target: dict[int, list[int]] = {}
        for unit in units:
            by_target.setdefault(self._texts[2 * unit + 1], []).append(unit)
        twins = {}
        for alike in by_target.values():
            for unit in alike if len(alike) > 1 else ():
                twins_of_unit = [twin for twin in alike if self._texts[2 * twin] != self._texts[2 * unit]]
                if twins_of_unit:
                    twins[unit] = twins_of_unit
        return dict(sorted(twins.items()))

    def lengths(self, units: Sequence[int]) -> NDArray[np.float64]:
        """How far the ratio of each unit's lengths is from the usual one, in standard deviations.

        >>> lesson = Lesson()
        >>> for target in ("a" * 30, "a" * 31, "a" * 29, "a" * 90):
        ...     lesson.add("a" * 30, target)
        >>> lesson.lengths(range(4)).round(1).tolist()
        [-0.1, 0.1, -0.2, 5.2]
        """
        length_pairs = np.array(self._lengths, dtype=np.float64).reshape(-1, 2)[
            np.asarray(units, dtype=np.int64)
        ]
        ratios = np.log((length_pairs[:, 1] + 5) / (length_pairs[:, 0] + 5))
        off = (ratios - np.median(ratios)) * np.sqrt(length_pairs.mean(axis=1))
        deviation = 1.4826 * float(np.median(np.abs(off)))
        held = (len(off) * deviation**2 + FEW * USUAL**2) / (len(off) + FEW)
        lengths: NDArray[np.float64] = off / math.sqrt(held)
        return lengths


def scores(lesson: Lesson, units: Sequence[int], asked: Container[int] | None = None) -> dict[int, Scores]:
    """The scores of units.

    Args:
        lesson: of all units.
        units: those that a lexicon is learnt from.
        asked: those that are scored; None = all of them.
    """
    lengths = dict(zip(units, lesson.lengths(units).tolist(), strict=True)) if units else {}
    meant = units if asked is None else [unit for unit in units if unit in asked]
    return {
        unit: _scores(explained, lengths[unit], lesson.cues(unit))
        for unit, explained in lesson.words.explained(units, meant)
    }


def _scores(explained: Explained, length: float, cue: int) -> Scores:
    misaligned, truncated, too_long = signs(explained, length, cue)
    is_short = min(len(explained.source), len(explained.target)) < FEWEST
    return Scores(
        -math.inf if is_short else odds(misaligned, MISALIGNED),
        odds(truncated, TRUNCATED),
        odds(too_long, TOO_LONG),
    )


def signs(explained: Explained, length: float, cue: int) -> tuple[Signs, Signs, Signs]:
    """The signs of each kind of fault, as in ``Scores`` (``odds.py``).

    Args:
        explained: the gains of the unit's words.
        length: in standard deviations.
        cue: the cues of the unit.
    """
    source, target = explained.source, explained.target
    return (
        misaligned_signs(source, target, length, cue),
        end_signs(source, len(target), -length, cue, TRUNCATED_CUES),
        end_signs(target, len(source), length, cue, TOO_LONG_CUES),
    )


def doubted(
    lesson: Lesson, units: Sequence[int], spared: Container[int] = ()
) -> tuple[dict[int, tuple[Doubt, Scores]], dict[int, Scores]]:
    """The units that are above a bar, each with the kind of its fault; and the scores of all units.

    Args:
        lesson: of all units.
        units: those that are judged.
        spared: of these, those that are never at fault.
    """
    faulty: dict[int, tuple[Doubt, Scores]] = {}
    latest: dict[int, Scores] = {}
    asked: set[int] | None = None
    twins = lesson.twins(units)
    while True:
        scored = scores(lesson, [unit for unit in units if unit not in faulty], asked)
        latest |= scored
        for unit in twins.keys() & scored.keys():
            scored[unit] = _beside(latest[unit], [latest[twin] for twin in twins[unit] if twin not in faulty])
        more = {
            unit: (doubt, of_unit)
            for unit, of_unit in scored.items()
            if unit not in spared and (doubt := _doubt(of_unit))
        }
        if not more:
            return dict(sorted(faulty.items())), dict(sorted(latest.items()))
        faulty |= more
        asked = {unit for unit, of_unit in scored.items() if unit not in more and _is_near(of_unit)}


def _beside(of_unit: Scores, of_twins: list[Scores]) -> Scores:
    """The scores of a unit beside those of its twins."""
    best = min((twin.misaligned for twin in of_twins), default=math.inf)
    if of_unit.misaligned - best <= MARGIN or math.isinf(best):
        return of_unit
    return Scores(of_unit.misaligned + TWIN, of_unit.truncated, of_unit.too_long)


def _doubt(of_unit: Scores) -> Doubt | None:
    return next((doubt for doubt, bar in BARS.items() if of_unit.of(doubt) > bar), None)


def _is_near(of_unit: Scores) -> bool:
    return any(of_unit.of(doubt) > bar - NEAR for doubt, bar in BARS.items())
