"""What the look of lines tells: which of them are page furniture, and which go on in the next.

It is counted in what was aligned before: a line that stands in many places and has a translation in none of
them is furniture (a button, a credit, a page number); an end of line of a kind that often stands within beads
parts no sentences.

The steps, in the order in which they work:

1. ``layout`` numbers the lines of a side, and gives the place before each segment its class (``_joint``).
2. Before anything was aligned ``unknown`` knows of paragraphs only.
3. After a pass ``learnt`` counts (``_observed``) how often each line was alone, and how often each class of
   place stood within a bead, compares that with what is usual (``_usual``, ``_share``), and gives it as
   evidence (``_against``).

A button that was alone three times is expected to be alone the fourth time:

>>> from tm.alignment.options import Options
>>> from tm.document import Bead
>>> lines = ["Lire", "Un.", "Lire", "Deux.", "Lire", "Trois.", "Lire"]
>>> look = layout(lines, (), {})
>>> look.lines.tolist()
[0, 1, 0, 2, 0, 3, 0]
>>> beads = [Bead((n,), () if lines[n] == "Lire" else (n // 2,)) for n in range(7)]
>>> learnt([look], [beads], 0, Options())[0].alone.round(1).tolist()
[2.4, 0.0, 2.4, 0.0, 2.4, 0.0, 2.4]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import bin_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options
    from tm.document import Bead

    Array = NDArray[np.float64]

_ENDS = {
    mark: number
    for number, marks in enumerate((".!?…。！？؟।", ":：", ";；؛", ",،、，"), 1)
    for mark in marks
}
"""The class of an end of line by its last mark: 0 without one."""

_CLOSING = "\"'”’»“)]} \t\u00a0\u202f"
_CLASSES = 4 * (1 + max(_ENDS.values()))


@dataclass(frozen=True, slots=True)
class Layout:
    """How the segments of one side look.

    Attributes:
        lines: a number for each different segment of this side in the run.
        joints: the class of the place before each segment: how the segment before ends and how this one
            begins.
        breaks: whether a paragraph ends before each segment.
    """

    lines: NDArray[np.int64]
    joints: NDArray[np.int64]
    breaks: NDArray[np.bool_]


def layout(segments: Sequence[str], paragraphs: Sequence[int], numbers: dict[str, int]) -> Layout:
    """The look of these segments.

    Args:
        segments: of one side of a text pair.
        paragraphs: number of the paragraph of each segment; empty when not known.
        numbers: of the lines of all texts of the run; new lines are added.
    """
    before = ("", *segments[:-1]) if segments else ()
    return Layout(
        lines=np.array(
            [numbers.setdefault(segment.strip(), len(numbers)) for segment in segments], dtype=np.int64
        ),
        joints=np.array(
            [_joint(first, second) for first, second in zip(before, segments, strict=True)], dtype=np.int64
        ),
        breaks=np.diff(
            np.array(paragraphs or [0] * len(segments)), prepend=paragraphs[:1] or [0][: len(segments)]
        )
        > 0,
    )


def _joint(before: str, after: str) -> int:
    """The class of the place between two segments: 4 × the end mark's class, + how the second begins.

    >>> _joint("Il dit :", "« Oui »"), _joint("de la", "mer"), _joint("Fin.", "Fim"), _joint("", "1924")
    (9, 0, 5, 2)
    """
    end = _ENDS.get(before.rstrip(_CLOSING)[-1:], 0)
    first = next((character for character in after if character.isalnum()), "")
    return 4 * end + (0 if first.islower() else 1 if first.isupper() else 2 if first.isdigit() else 3)


@dataclass(frozen=True, slots=True)
class Leanings:
    """What the look of each segment of a side tells, as log-likelihood ratios.

    Attributes:
        alone: for being without translation.
        joined: for standing in one bead with the segment before.
    """

    alone: Array
    joined: Array

    def part(self, begin: int, end: int) -> Leanings:
        """The leanings of some neighbouring segments.

        >>> Leanings(np.array([0.0, 1.0, 2.0]), np.zeros(3)).part(1, 3).alone.tolist()
        [1.0, 2.0]
        """
        return Leanings(self.alone[begin:end], self.joined[begin:end])


def unknown(layouts: Sequence[Layout], options: Options) -> list[Leanings]:
    """The leanings before anything was aligned: only paragraph breaks speak.

    >>> from tm.alignment.options import Options
    >>> unknown([layout(["Un.", "Deux."], (0, 1), {})], Options())[0].joined.tolist()
    [0.0, -2.0]
    """
    return [Leanings(np.zeros(len(look.lines)), _over_breaks(look, options)) for look in layouts]


def learnt(
    layouts: Sequence[Layout], aligned: Sequence[Sequence[Bead]], side: int, options: Options
) -> list[Leanings]:
    """The leanings after a pass over all texts of the run; an example heads the module.

    Args:
        layouts: of one side of each text pair.
        aligned: the beads of each text pair.
        side: 0 for the source, 1 for the target.
        options: for the pseudo-counts and the cost of a paragraph break.
    """
    observations = [
        _observed(len(look.lines), beads, side) for look, beads in zip(layouts, aligned, strict=True)
    ]
    lines, joints, alone, joined = (
        np.concatenate(parts)
        for parts in zip(
            *((look.lines, look.joints, *seen) for look, seen in zip(layouts, observations, strict=True)),
            strict=True,
        )
    )
    # Each line is judged by the other places where it stands, so that nothing confirms itself.
    usual = _usual(alone)
    elsewhere = bin_sums(lines, alone, int(lines.max(initial=0)) + 1)[lines] - alone
    leans = _against(_share(elsewhere, np.bincount(lines)[lines] - 1, usual, options.held_lines), usual)
    usual = _usual(joined)
    inside = bin_sums(joints, joined, _CLASSES)
    goes_on = _against(
        _share(inside, np.bincount(joints, minlength=_CLASSES), usual, options.held_joints), usual
    )
    ends = np.cumsum([len(look.lines) for look in layouts])[:-1]
    return [
        Leanings(lean, goes_on[look.joints] + _over_breaks(look, options))
        for lean, look in zip(np.split(leans, ends), layouts, strict=True)
    ]


def _over_breaks(look: Layout, options: Options) -> Array:
    """What a paragraph's end before a segment says against joining it with the one before."""
    return np.where(look.breaks, -options.paragraph_break, 0.0)


def _observed(count: int, beads: Sequence[Bead], side: int) -> tuple[Array, Array]:
    """How likely each segment of a side is alone, and how likely in one bead with the one before."""
    alone, joined = np.zeros(count), np.zeros(count)
    for bead in beads:
        segments, translations = (bead.target, bead.source) if side else (bead.source, bead.target)
        if not translations:
            alone[list(segments)] = bead.confidence
        else:
            joined[list(segments[1:])] = bead.confidence
    return alone, joined


def _usual(observed: Array) -> float:
    """The mean of what was observed, with ten observations of a tenth added.

    >>> _usual(np.array([])), _usual(np.ones(10))
    (0.1, 0.55)
    """
    return float((observed.sum() + 1) / (len(observed) + 10))


def _share(observed: Array, times: NDArray[np.int64], usual: float, held: float) -> Array:
    """What was observed in so many times, with ``held`` pseudo-counts of the usual share added.

    >>> _share(np.array([3.0, 0.0]), np.array([3, 0]), 0.1, 1.0).tolist()
    [0.775, 0.1]
    """
    return np.asarray(np.clip((observed + held * usual) / (times + held), 1e-4, 1 - 1e-4), dtype=np.float64)


def _against(share: Array, usual: float) -> Array:
    """A share against the usual one: the logarithm of the odds ratio."""
    against: Array = np.log(share / (1 - share)) - np.log(usual / (1 - usual))
    return against
