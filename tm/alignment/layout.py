"""What the look of lines tells: which of them are page furniture, and which go on in the next.

It is counted in what was aligned before: a line that stands in many places and has a translation in none of them is
furniture (a button, a credit, a page number); an end of line of a kind that often stands within beads parts no sentences.
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
    from tm.model import Bead

    Array = NDArray[np.float64]

_ENDS = {
    mark: number
    for number, marks in enumerate((".!?…。！？؟।", ":：", ";；؛", ",،、，"), 1)
    for mark in marks
}
_CLOSING = "\"'”’»“)]} \t\u00a0\u202f"
_CLASSES = 4 * (1 + max(_ENDS.values()))


@dataclass(frozen=True, slots=True)
class Layout:
    """How the segments of one side look.

    Attributes:
        lines: a number for each different segment of this side in the run.
        joints: the class of the place before each segment, by how the segment before ends and how this one begins.
        breaks: whether a paragraph ends before each segment.
    """

    lines: NDArray[np.int64]
    joints: NDArray[np.int64]
    breaks: NDArray[np.bool_]


def layout(segments: Sequence[str], paragraphs: Sequence[int], known: dict[str, int]) -> Layout:
    """The look of these segments; ``known`` numbers the lines of the run, and grows."""
    before = ("", *segments[:-1]) if segments else ()
    return Layout(
        lines=np.array(
            [known.setdefault(segment.strip(), len(known)) for segment in segments], dtype=np.int64
        ),
        joints=np.array(
            [_joint(one, other) for one, other in zip(before, segments, strict=True)], dtype=np.int64
        ),
        breaks=np.diff(
            np.array(paragraphs or [0] * len(segments)), prepend=paragraphs[:1] or [0][: len(segments)]
        )
        > 0,
    )


def _joint(before: str, after: str) -> int:
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
        """Those of some neighbouring segments."""
        return Leanings(self.alone[begin:end], self.joined[begin:end])


def unknown(layouts: Sequence[Layout], options: Options) -> list[Leanings]:
    """Before anything was aligned."""
    return [Leanings(np.zeros(len(look.lines)), _over_breaks(look, options)) for look in layouts]


def learnt(
    layouts: Sequence[Layout], aligned: Sequence[Sequence[Bead]], side: int, options: Options
) -> list[Leanings]:
    """After these alignments of all texts of the run; side 0 is the source, 1 the target."""
    observed = [_observed(len(look.lines), beads, side) for look, beads in zip(layouts, aligned, strict=True)]
    lines, joints, alone, joined = (
        np.concatenate(parts)
        for parts in zip(
            *((look.lines, look.joints, *seen) for look, seen in zip(layouts, observed, strict=True)),
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
    return np.where(look.breaks, -options.paragraph_break, 0.0)


def _observed(segments: int, beads: Sequence[Bead], side: int) -> tuple[Array, Array]:
    """How likely each segment is alone, and how likely in one bead with the one before."""
    alone, joined = np.zeros(segments), np.zeros(segments)
    for bead in beads:
        own, other = (bead.target, bead.source) if side else (bead.source, bead.target)
        if not other:
            alone[list(own)] = bead.confidence
        else:
            joined[list(own[1:])] = bead.confidence
    return alone, joined


def _usual(found: Array) -> float:
    """The share of what was found among all; a tenth, to begin with."""
    return float((found.sum() + 1) / (len(found) + 10))


def _share(found: Array, of: NDArray[np.int64], usual: float, held: float) -> Array:
    """The share of what was found, with so many observations of the usual share added."""
    return np.asarray(np.clip((found + held * usual) / (of + held), 1e-4, 1 - 1e-4), dtype=np.float64)


def _against(share: Array, usual: float) -> Array:
    """How many times more likely than usual, as a log of the odds' ratio."""
    against: Array = np.log(share / (1 - share)) - np.log(usual / (1 - usual))
    return against
