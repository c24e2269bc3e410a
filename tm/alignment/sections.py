"""One pair of texts, however long: aligned section by section along its corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.anchors import corridor
from tm.alignment.beads import best
from tm.alignment.evidence import evidence
from tm.model import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.alignment.anchors import Corridor
    from tm.alignment.evidence import Knowledge
    from tm.alignment.layout import Leanings
    from tm.alignment.options import Options
    from tm.alignment.vocabulary import Side

CELLS = 120_000
"""Positions that are looked at together, about 20 MB."""

GUARD = 40
"""Source segments at the end of a section that are aligned again with the next one: its end is only guessed."""


def align(
    sides: tuple[Side, Side],
    looks: tuple[Leanings, Leanings],
    points: Sequence[tuple[int, int]],
    knowledge: Knowledge,
    options: Options,
) -> list[Bead]:
    """The beads of two texts, near the points where they meet."""
    rows, columns = len(sides[0]), len(sides[1])
    around = corridor(points, rows, columns)
    beads: list[Bead] = []
    i = j = 0
    while i < rows or j < columns:
        end = _end(around, i, rows)
        to = columns if end == rows else max(j, around.middle(end))
        found = _section(sides, looks, around, (i, j), (end, to), knowledge, options)
        if end < rows:
            found = _safe(found, end - i)
        beads += [Bead(_moved(bead.source, i), _moved(bead.target, j), bead.confidence) for bead in found]
        i += sum(len(bead.source) for bead in found)
        j += sum(len(bead.target) for bead in found)
    return beads


def _end(around: Corridor, begin: int, rows: int) -> int:
    """Where a section that begins there may end, so that it is not too big."""
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
) -> list[Bead]:
    (i, j), (last, to) = begin, end
    starts = np.clip(around.low[i : last + 1] - j, 0, to - j)
    starts[0] = 0
    width = int((np.clip(around.high[i : last + 1] - j, 0, to - j) - starts).max()) + 1
    width = max(width, to - j - int(starts[-1]) + 1)
    parts = sides[0].part(i, last), sides[1].part(j, to)
    look = looks[0].part(i, last), looks[1].part(j, to)
    return best(evidence(parts, look, starts, width, knowledge, options))


def _safe(beads: list[Bead], rows: int) -> list[Bead]:
    """The beads up to the last pair before the guard, at least one bead."""
    good = [
        number
        for number, bead in enumerate(beads, 1)
        if bead.source and bead.target and bead.source[-1] < rows - GUARD
    ]
    return beads[: good[-1]] if good else beads[: max(1, len(beads) // 2)]


def _moved(numbers: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple(number + by for number in numbers)
