"""How alike the two texts of each unit are in meaning: the cosine of their sentence vectors, if there are any.

What cosine is usual depends on the model, the languages and the texts; so it is compared with those of the other
units: ``unlike`` says by how many deviations it is less than their median.

>>> from tm.vectors import Plain
>>> by_letter = Plain(lambda texts: np.array([[text.count("a"), text.count("o")] for text in texts]))
>>> alike = cosines([("la", "a"), ("la", "o"), ("la", "oa")], lambda: by_letter)
>>> alike.round(2).tolist()
[1.0, 0.0, 0.71]
>>> unlike(alike).round(1).tolist()
[-2.2, 5.4, 0.0]
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tm.cleaning.odds import in_deviations
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.progress import Progress
    from tm.shelves import Each
    from tm.vectors import Model

    Array = NDArray[np.float64]
    Units = Sequence[tuple[str, str]]

USUAL = 0.11
"""The standard deviation of cosines, before any unit was seen. [measured: .07 to .16]"""

STEPS = 1000
"""A cosine is kept in so many steps from 0 to 1: what texts are encoded together changes less than one."""

ENCODED, WINDOW = 200, 16
"""How many units are encoded at once, one or two seconds, and how many such parts workers are given."""


def cosines(
    units: Units, opened: Callable[[], Model], each: Each = map, progress: Progress = unwatched
) -> Array:
    """The cosine of source and target of each unit.

    Args:
        units: source and target of each.
        opened: opens the model.
        each: encodes parts of the units on workers, as ``map`` does.
        progress: takes the parts, and their number.
    """

    def made() -> Iterator[Array]:
        for window in range(0, len(units), ENCODED * WINDOW):
            begins = range(window, min(window + ENCODED * WINDOW, len(units)), ENCODED)
            yield from each(partial(_cosines, opened), [units[begin : begin + ENCODED] for begin in begins])

    return np.concatenate([np.zeros(0), *progress(made(), -(-len(units) // ENCODED))])


def _cosines(opened: Callable[[], Model], units: Units) -> Array:
    """Those of some units."""
    model = opened()
    rows = model.directions(model.parts([text for unit in units for text in unit])).astype(np.float64)
    steps: Array = np.rint((rows[::2] * rows[1::2]).sum(axis=1) * STEPS)
    return steps / STEPS


def unlike(cosines: Array) -> Array:
    """By how many standard deviations each cosine is less than the median."""
    return in_deviations(np.median(cosines) - cosines, USUAL)
