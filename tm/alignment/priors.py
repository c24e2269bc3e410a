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


@dataclass(frozen=True, slots=True)
class Priors:
    """Probabilities of beads before anything is known of their text.

    Attributes:
        types: of beads with two sides: (source segments, target segments, share of all such beads).
        steps: ``steps[kind, next]``: that a bead of one kind (pair, source alone, target alone) follows another. Between
            two pairs the source segments without translation come first, so that each alignment is counted once.
    """

    types: tuple[tuple[int, int, float], ...]
    steps: NDArray[np.float64]

    def common(self, options: Options) -> Priors:
        """Those of the common types alone; the first pass, which knows no words yet, has enough to do with them."""
        return Priors(tuple(kind for kind in self.types if kind[2] >= options.common_share), self.steps)

    def after(self, aligned: Iterable[Iterable[Bead]], options: Options) -> Priors:
        """The priors with what these alignments show, each bead counting as much as it is sure."""
        types: defaultdict[tuple[int, int], float] = defaultdict(float)
        steps = self.steps * options.prior_steps
        for beads in aligned:
            last = PAIR
            for bead in beads:
                kind = PAIR if bead.source and bead.target else SOURCE if bead.source else TARGET
                if kind == PAIR:
                    types[len(bead.source), len(bead.target)] += bead.confidence
                if (last, kind) != (TARGET, SOURCE):
                    steps[last, kind] += bead.confidence
                last = kind
        total = sum(types.values()) + options.prior_beads
        shares = [(a, b, (types[a, b] + options.prior_beads * share) / total) for a, b, share in self.types]
        return Priors(
            tuple((a, b, share) for a, b, share in shares if share > options.least_share),
            steps / steps.sum(axis=1, keepdims=True),
        )


def assumed(options: Options) -> Priors:
    """The priors before anything was aligned."""
    alone, run = options.alone, options.run
    total = sum(share for _, _, share in options.types)
    steps = np.array([[1 - 2 * alone, alone, alone], [1 - run - alone, run, alone], [1 - run, 0.0, run]])
    return Priors(tuple((a, b, share / total) for a, b, share in options.types), steps)
