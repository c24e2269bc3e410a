"""How often each kind of bead comes, and after which: assumed at first, then counted in what was aligned.

``assumed`` gives the priors of the first pass. After it ``counted`` counts the beads of some texts, and
``Priors.after`` gives the priors that the counts of all texts show.

>>> from tm.alignment.options import Options
>>> from tm.document import Bead
>>> first = assumed(Options())
>>> [(a, b) for a, b, _ in first.types], len(first.later)
([(1, 1), (1, 2), (2, 1)], 12)
>>> beads = [Bead((n,), (n,)) for n in range(1000)]
>>> second = first.after([counted([beads])], Options())
>>> [round(second.types[0][2], 2), float(second.steps[PAIR, PAIR].round(2))]
[0.99, 1.0]
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.alignment.beads import PAIR, SOURCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tm.alignment.options import Options
    from tm.document import Bead

    Types = tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Priors:
    """Probabilities of beads before their text is looked at.

    Attributes:
        types: of beads with two sides: (source segments, target segments, share of all such beads).
        later: types that are not looked for yet.
        steps: ``steps[kind, next]``: that a bead of one kind (pair, source alone, target alone) follows
            another. Between two pairs the source segments without translation come first, so that each
            alignment is counted once.
    """

    types: Types
    later: Types
    steps: NDArray[np.float64]

    @property
    def largest(self) -> tuple[int, int]:
        """The most segments on each side of a bead that is looked for.

        >>> from tm.alignment.options import Options
        >>> assumed(Options()).largest
        (2, 2)
        """
        return max(a for a, _, _ in self.types), max(b for _, b, _ in self.types)

    def after(self, parts: Iterable[Counts], options: Options) -> Priors:
        """The priors that these counts of beads show. An example heads the module.

        Types that were looked for and hardly ever came are given up; those that had to wait are now looked
        for.
        """
        counts: defaultdict[tuple[int, int], float] = defaultdict(float)
        steps = np.zeros((3, 3))
        for part in parts:
            steps += part.steps
            for sizes, count in part.types.items():
                counts[sizes] += count
        for a, b, share in _types(options):
            counts[a, b] += options.prior_beads * share
        steps += _steps(options) * options.prior_steps
        steps /= steps.sum(axis=1, keepdims=True)
        # What is left alone on both sides at one place may be a pair that was not recognised.
        beyond = max(steps[SOURCE, TARGET] - options.both_alone, 0.0)
        steps[SOURCE] += beyond, 0.0, -beyond
        total = math.fsum(counts.values())
        shares = ((a, b, counts[a, b] / total) for a, b, _ in self.types)
        kept = tuple(kind for kind in shares if kind[2] > options.least_share)
        return Priors(kept + self.later, (), steps)


@dataclass(frozen=True, slots=True)
class Counts:
    """The beads of some texts, each counted as much as its confidence. All sums are exact, see
    ``beads.STEPS``.

    Attributes:
        types: of beads with two sides, by (source segments, target segments).
        steps: how often one kind follows another, see ``Priors``.
    """

    types: dict[tuple[int, int], float]
    steps: NDArray[np.float64]


def counted(aligned: Iterable[Iterable[Bead]]) -> Counts:
    """The beads of some alignments by their type and by what they follow."""
    types: defaultdict[tuple[int, int], float] = defaultdict(float)
    steps = np.zeros((3, 3))
    for beads in aligned:
        last = PAIR
        for bead in beads:
            kind = PAIR if bead.source and bead.target else SOURCE if bead.source else TARGET
            if kind == PAIR:
                types[len(bead.source), len(bead.target)] += bead.confidence
            if (last, kind) != (TARGET, SOURCE):
                steps[last, kind] += bead.confidence
            last = kind
    return Counts(dict(types), steps)


def assumed(options: Options) -> Priors:
    """The priors of the first pass. It looks for common types only: without a lexicon it would join too many
    segments."""
    types = _types(options)
    return Priors(
        tuple(kind for kind in types if kind[2] >= options.common_share),
        tuple(kind for kind in types if kind[2] < options.common_share),
        _steps(options),
    )


def _types(options: Options) -> Types:
    """The assumed types with shares that add up to 1."""
    total = sum(share for _, _, share in options.types)
    return tuple((a, b, share / total) for a, b, share in options.types)


def _steps(options: Options) -> NDArray[np.float64]:
    """The assumed probabilities of one kind of bead following another."""
    alone, run, both = options.alone, options.run, options.both_alone
    return np.array([[1 - 2 * alone, alone, alone], [1 - run - both, run, both], [1 - run, 0.0, run]])
