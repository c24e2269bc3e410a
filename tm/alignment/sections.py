"""One pair of texts, however long: aligned section by section along its corridor.

The steps of ``align_pair``, in the order in which they work:

1. ``anchors.corridor`` says which positions are looked at.
2. ``_end`` cuts a section from it that fits into memory.
3. ``_section`` aligns it: ``evidence.evidence``, then ``beads.best``.
4. ``_safe`` keeps the beads but for those near the section's end, which was only guessed; the next section
   begins there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.anchors import corridor
from tm.alignment.beads import best
from tm.alignment.evidence import evidence
from tm.alignment.words import price
from tm.document import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.alignment.anchors import Corridor
    from tm.alignment.evidence import Knowledge
    from tm.alignment.layout import Leanings
    from tm.alignment.options import Options
    from tm.alignment.vocabulary import Side
    from tm.alignment.words import Freedom, WordEvidence

CELLS = 120_000
"""Most positions that are looked at together; they take about 20 MB."""

GUARD = 40
"""Source segments at the end of a section that are aligned again with the next one, since the end is only
guessed. No measurement is kept; in the tests sections give the beads of the whole."""


def align_pair(
    sides: tuple[Side, Side],
    looks: tuple[Leanings, Leanings],
    points: Sequence[tuple[int, int]],
    knowledge: Knowledge,
    options: Options,
) -> tuple[list[Bead], Freedom]:
    """The beads of two texts, and how freely they are translated (``WordEvidence.freedom``).

    Args:
        sides: the source and the target text.
        looks: what the look of their lines tells.
        points: positions where the texts meet, in rising order.
        knowledge: of the pass.
        options: the weights.
    """
    rows, columns = len(sides[0]), len(sides[1])
    around = corridor(points, rows, columns)
    if knowledge.usual is not None:
        usual, held = knowledge.usual, options.held_text
        sides = sides[0].within(usual[0], held), sides[1].within(usual[1], held)
    beads: list[Bead] = []
    freedom = np.zeros((2, 2))
    i = j = 0
    while i < rows or j < columns:
        end = _end(around, i, rows)
        to = columns if end == rows else max(j, around.middle(end))
        section, words = _section(sides, looks, around, (i, j), (end, to), knowledge, options)
        if end < rows:
            section = _safe(section, end - i)
        freedom += words.freedom(section)
        beads += [Bead(_moved(bead.source, i), _moved(bead.target, j), bead.confidence) for bead in section]
        i += sum(len(bead.source) for bead in section)
        j += sum(len(bead.target) for bead in section)
    return beads, freedom


def _end(around: Corridor, begin: int, rows: int) -> int:
    """The source position where a section that begins at ``begin`` ends, so that it has at most ``CELLS``
    positions.

    >>> from tm.alignment.anchors import corridor
    >>> _end(corridor([], 100, 100), 0, 100), _end(corridor([], 9000, 9000), 0, 9000)
    (100, 299)
    """
    widths = np.maximum.accumulate(around.high[begin:] - around.low[begin:] + 1)
    cells = widths * np.arange(1, len(widths) + 1)
    end = begin + max(int(np.searchsorted(cells, CELLS)), 2 * GUARD)
    return rows if end + GUARD >= rows else end


def _section(
    sides: tuple[Side, Side],
    looks: tuple[Leanings, Leanings],
    around: Corridor,
    begin: tuple[int, int],
    end: tuple[int, int],
    knowledge: Knowledge,
    options: Options,
) -> tuple[list[Bead], WordEvidence]:
    """The beads between two positions, counted from the first, and what words say there."""
    (i, j), (last, to) = begin, end
    starts = np.clip(around.low[i : last + 1] - j, 0, to - j)
    starts[0] = 0
    width = int((np.clip(around.high[i : last + 1] - j, 0, to - j) - starts).max()) + 1
    width = max(width, to - j - int(starts[-1]) + 1)
    parts = sides[0].part(i, last), sides[1].part(j, to)
    look = looks[0].part(i, last), looks[1].part(j, to)
    judged, words = evidence(parts, look, starts, width, knowledge, options)
    return best(judged, price(knowledge.free, options) if knowledge.habits else 0.0), words


def _safe(beads: list[Bead], rows: int) -> list[Bead]:
    """The beads up to the last pair before the guard; half of them where there is no such pair, at least one.

    >>> pairs = [Bead((n,), (n,)) for n in range(100)]
    >>> len(_safe(pairs, 100)), len(_safe(pairs[:30], 30)), len(_safe(pairs[:1], 1))
    (60, 15, 1)
    """
    ends = [
        number
        for number, bead in enumerate(beads, 1)
        if bead.source and bead.target and bead.source[-1] < rows - GUARD
    ]
    return beads[: ends[-1]] if ends else beads[: max(1, len(beads) // 2)]


def _moved(numbers: tuple[int, ...], by: int) -> tuple[int, ...]:
    """Segment numbers of a section as those of the whole text."""
    return tuple(number + by for number in numbers)
