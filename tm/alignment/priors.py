"""How often each kind of bead comes, and after which: assumed at first, then counted in what was aligned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.beads import PAIR, SOURCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tm.alignment.options import Options
    from tm.model import Bead

    Types = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Priors:
    """Probabilities of beads before anything is known of their text.

    Attributes:
        types: of beads with two sides: (source segments, target segments, share of all such beads).
        later: types that are not looked for yet.
        steps: ``steps[kind, next]``: that a bead of one kind (pair, source alone, target alone) follows another. Between
            two pairs the source segments without translation come first, so that each alignment is counted once.
    """

    types: Types
    later: Types
    steps: NDArray[np.float64]

    def after(self, aligned: Iterable[Iterable[Bead]], options: Options) -> Priors:
        """What these alignments, made with these priors, show: each bead counts as much as it is sure.

        Types that were looked for and hardly found are given up; those that had to wait are now looked for.
        """
        counts: defaultdict[tuple[int, int], float] = defaultdict(float)
        steps = _steps(options) * options.prior_steps
        for beads in aligned:
            last = PAIR
            for bead in beads:
                kind = PAIR if bead.source and bead.target else SOURCE if bead.source else TARGET
                if kind == PAIR:
                    counts[len(bead.source), len(bead.target)] += bead.confidence
                if (last, kind) != (TARGET, SOURCE):
                    steps[last, kind] += bead.confidence
                last = kind
        for a, b, share in _types(options):
            counts[a, b] += options.prior_beads * share
        total = sum(counts.values())
        shares = ((a, b, counts[a, b] / total) for a, b, _ in self.types)
        found = tuple(kind for kind in shares if kind[2] > options.least_share)
        return Priors(found + self.later, (), steps / steps.sum(axis=1, keepdims=True))


def assumed(options: Options) -> Priors:
    """The priors of the first pass. It looks for common types only: as long as it knows no words it would lump too much."""
    types = _types(options)
    return Priors(
        tuple(kind for kind in types if kind[2] >= options.common_share),
        tuple(kind for kind in types if kind[2] < options.common_share),
        _steps(options),
    )


def _types(options: Options) -> Types:
    total = sum(share for _, _, share in options.types)
    return tuple((a, b, share / total) for a, b, share in options.types)


def _steps(options: Options) -> NDArray[np.float64]:
    alone, run = options.alone, options.run
    return np.array([[1 - 2 * alone, alone, alone], [1 - run - alone, run, alone], [1 - run, 0.0, run]])
