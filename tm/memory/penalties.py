"""What each kind of difference between two segments costs.

``Differences`` counts them by kind; each kind is capped, ``AT_MOST`` bounds all together.

>>> found = Differences()
>>> found.counts["numbers"] += 1
>>> found.counts["marks"] += 9
>>> found.penalties()
(('marks', 3), ('numbers', 2))
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from typing import Literal

from tm.values import dataclass

AT_MOST = 5
"""The most that all penalties take together, so that words count more than anything else."""

KINDS = ("case", "white space", "typography", "marks", "numbers", "placeholders", "codes")
"""The kinds of differences, in the order in which they are told."""

COSTS = {
    "numbers": (2, 5),
    "placeholders": (2, 4),
    "codes": (1, 3),
    "marks": (1, 3),
    "case": (1, 1),
    "white space": (1, 1),
    "typography": (1, 1),
}
"""What one difference of a kind costs, and all of them at most, in the order in which they are subtracted. What a
translator must change comes first: who overlooks a number changes what the text says."""

ChangeKind = Literal["number", "placeholder", "address", "code name"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is no word and stands otherwise in the new text than in the stored one, at the same place.

    >>> Change("number", "12", "13")
    Change(kind='number', stored='12', new='13')

    Attributes:
        kind: what it is.
        stored: as the stored text has it.
        new: as the new text has it.
    """

    kind: ChangeKind
    stored: str
    new: str


@dataclass(slots=True)
class Differences:
    """How often two segments differ, by kind.

    Attributes:
        counts: by ``KINDS``.
        changes: numbers, placeholders, addresses and names in code that differ, in order.
    """

    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    changes: list[Change] = field(default_factory=list)

    def penalties(self) -> tuple[tuple[str, int], ...]:
        """What to subtract for each kind, in the order of ``KINDS``, ``AT_MOST`` for all together.

        >>> Differences(defaultdict(int, {"case": 3, "numbers": 2})).penalties()
        (('case', 1), ('numbers', 4))
        """
        if not any(self.counts.values()):
            return ()
        remaining, taken = AT_MOST, {}
        for kind, (cost, most) in COSTS.items():
            if remaining and (count := self.counts.get(kind, 0)):
                taken[kind] = min(cost * count, most, remaining)
                remaining -= taken[kind]
        return tuple([(kind, taken[kind]) for kind in KINDS if kind in taken])
