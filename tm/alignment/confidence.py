"""Probabilities made honest: of beads with confidence 0.9, nine in ten shall be right.

The dynamic programme is too sure of itself, since it takes the words of a sentence for independent of one another. How
much was measured once, on texts whose beads are known; the map (Platt 1999, "Probabilistic Outputs for Support Vector
Machines") needs two numbers.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Bead

SLOPE, SHIFT = 0.47, 0.9
"""Of the line from log-odds to log-odds; fitted on the frpt/heavy documents with even hash (see docs/alignment.md)."""

SUREST = 1e-5
"""Probabilities nearer to 0 or 1 than this all count the same: no bead has more than 0.998."""


def calibrated(beads: Sequence[Bead]) -> list[Bead]:
    """The beads with confidences that mean what they say."""
    return [replace(bead, confidence=_honest(bead.confidence)) for bead in beads]


def _honest(probability: float) -> float:
    """The share of beads of this probability that are right.

    >>> [round(_honest(p), 2) for p in (0.0, 0.5, 0.9, 0.999, 1.0)]
    [0.01, 0.71, 0.87, 0.98, 1.0]
    """
    bounded = min(max(probability, SUREST), 1 - SUREST)
    return 1 / (1 + math.exp(-(SLOPE * math.log(bounded / (1 - bounded)) + SHIFT)))
