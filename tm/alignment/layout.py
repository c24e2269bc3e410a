"""What the look of lines tells: which of them are page furniture, and which go on in the next.

It is counted in what was aligned before: a line that stands in many places and has a translation in none of
them is furniture (a button, a credit, a page number); an end of line of a kind that often stands within beads
parts no sentences.

The steps, in the order in which they work:

1. ``layout`` numbers the lines of a side, and gives the place before each segment its class (``_joint``).
2. Before anything was aligned ``unknown`` knows of paragraphs only.
3. After a pass ``seen`` counts (``_observed``) in some texts how often each line was alone, and how often each
   class of place stood within a bead; ``habits`` adds that up for the run.
4. ``learnt`` compares it with what is usual (``_usual``, ``_share``), and gives it as evidence (``_against``).

A button that was alone three times is expected to be alone the fourth time:

>>> from tm.alignment.options import Options
>>> from tm.document import Bead
>>> lines = ["Lire", "Un.", "Lire", "Deux.", "Lire", "Trois.", "Lire"]
>>> look = layout(lines, (), {})
>>> look.lines.tolist()
[0, 1, 0, 2, 0, 3, 0]
>>> beads = [Bead((n,), () if lines[n] == "Lire" else (n // 2,)) for n in range(7)]
>>> shown = habits([seen([look], [beads], 0)], Options())
>>> learnt([look], [beads], 0, shown, Options())[0].alone.round(1).tolist()
[2.4, 0.0, 2.4, 0.0, 2.4, 0.0, 2.4]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.sparse import bin_sums

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.options import Options
    from tm.document import Bead

    Array = NDArray[np.float64]
    Integers = NDArray[np.int64]

ONCE = -1
"""The number of a line that stands once in the run, where that is known: no other place tells anything of it."""

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
        lines: a number for each different segment of this side, in the shard, then in the run; or ``ONCE``.
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
        numbers: of the lines of this side in the shard; new lines are added.
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the beads of some texts show of the look of one side. All sums are exact, see ``beads.STEPS``, so
    that those of several texts can be added up in any order.

    Attributes:
        segments: how many there are.
        alone: how many of them are without translation, by the beads' confidences.
        joined: how many stand in one bead with the segment before.
        lines: the numbers of the different lines, rising; then how often each stands, and how often alone.
        joints: for each class of place how often it comes, and how often within a bead.
    """

    segments: int
    alone: float
    joined: float
    lines: tuple[Integers, Integers, Array]
    joints: tuple[Integers, Array]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the lines of one side behave in the whole run.

    Attributes:
        alone: the usual share of segments without translation.
        times: how often each line stands, by its number.
        alone_by_line: how often it is without translation.
        goes_on: what each class of place says for standing within a bead.
    """

    alone: float
    times: Integers
    alone_by_line: Array
    goes_on: Array


def seen(layouts: Sequence[Layout], aligned: Sequence[Sequence[Bead]], side: int) -> Seen:
    """What a pass showed.

    Args:
        layouts: of one side of each text pair.
        aligned: the beads of each text pair.
        side: 0 for the source, 1 for the target.
    """
    alone, joined = (
        np.concatenate(parts) for parts in zip(*_each_observed(layouts, aligned, side), strict=True)
    )
    lines, joints = (
        np.concatenate(parts) for parts in zip(*((look.lines, look.joints) for look in layouts), strict=True)
    )
    often = lines != ONCE
    numbers, where, times = np.unique(lines[often], return_inverse=True, return_counts=True)
    return Seen(
        len(lines),
        float(alone.sum()),
        float(joined.sum()),
        (numbers, times, bin_sums(where, alone[often], len(numbers))),
        (np.bincount(joints, minlength=_CLASSES), bin_sums(joints, joined, _CLASSES)),
    )


def habits(parts: Sequence[Seen], options: Options) -> Habits:
    """What all parts of a run show together; ``options`` has the pseudo-counts."""
    segments = sum(part.segments for part in parts)
    usual = [
        _usual(sum(shares), segments)
        for shares in ([part.alone for part in parts], [part.joined for part in parts])
    ]
    numbers, times, alone = (np.concatenate([part.lines[k] for part in parts]) for k in (0, 1, 2))
    count = int(numbers.max(initial=-1)) + 1
    places, inside = (sum(part.joints[k] for part in parts) for k in (0, 1))
    return Habits(
        usual[0],
        bin_sums(numbers, times, count).astype(np.int64),
        bin_sums(numbers, alone, count),
        _against(_share(np.asarray(inside), np.asarray(places), usual[1], options.held_joints), usual[1]),
    )


def learnt(
    layouts: Sequence[Layout],
    aligned: Sequence[Sequence[Bead]],
    side: int,
    habits: Habits,
    options: Options,
) -> list[Leanings]:
    """The leanings after a pass; an example heads the module.

    Args:
        layouts: see ``seen``, as the following.
        aligned: the beads.
        side: which.
        habits: of the whole run.
        options: for the pseudo-counts and the cost of a paragraph break.
    """
    leanings = []
    for look, (alone, _) in zip(layouts, _each_observed(layouts, aligned, side), strict=True):
        # Each line is judged by the other places where it stands, so that nothing confirms itself.
        often = look.lines != ONCE
        elsewhere, times = np.zeros(len(alone)), np.zeros(len(alone), dtype=np.int64)
        elsewhere[often] = habits.alone_by_line[look.lines[often]] - alone[often]
        times[often] = habits.times[look.lines[often]] - 1
        leans = _against(_share(elsewhere, times, habits.alone, options.held_lines), habits.alone)
        leanings.append(Leanings(leans, habits.goes_on[look.joints] + _over_breaks(look, options)))
    return leanings


def _each_observed(
    layouts: Sequence[Layout], aligned: Sequence[Sequence[Bead]], side: int
) -> Iterator[tuple[Array, Array]]:
    for look, beads in zip(layouts, aligned, strict=True):
        yield _observed(len(look.lines), beads, side)


def _over_breaks(look: Layout, options: Options) -> Array:
    """What a paragraph's end before a segment says against joining it with the one before."""
    return np.where(look.breaks, -options.paragraph_break, 0.0)


def _observed(count: int, beads: Sequence[Bead], side: int) -> tuple[Array, Array]:
    """How likely each segment of a side is alone, and how likely in one bead with the one before."""
    alone, joined = np.zeros(count), np.zeros(count)
    for bead in beads:
        segments, translations = (bead.target, bead.source) if side else (bead.source, bead.target)
        if segments and not translations:
            alone[segments[0] : segments[-1] + 1] = bead.confidence
        elif len(segments) > 1:
            joined[segments[0] + 1 : segments[-1] + 1] = bead.confidence
    return alone, joined


def _usual(observed: float, times: int) -> float:
    """The share of what was observed in so many times, with ten observations of a tenth added.

    >>> _usual(0.0, 0), _usual(10.0, 10)
    (0.1, 0.55)
    """
    return (observed + 1) / (times + 10)


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
