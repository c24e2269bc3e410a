"""Whether translations use the glossary's terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.terminology.use import TermUse


@dataclass(frozen=True, slots=True)
class ConceptUse:
    """One concept over a whole job.

    Attributes:
        concept: its id.
        term: the source term as the glossary has it.
        expected: what the glossary allows for it.
        wanted: how often the sources have it.
        kept: how often the translations have an allowed term in its place.
        forbidden: how often they have a forbidden form.
    """

    concept: str
    term: str
    expected: tuple[str, ...]
    wanted: int
    kept: int
    forbidden: int

    @property
    def missing(self) -> int:
        """How often neither an allowed nor a forbidden form stands there."""
        return max(0, self.wanted - self.kept - self.forbidden)


def by_concept(uses: Iterable[Sequence[TermUse]]) -> tuple[ConceptUse, ...]:
    """The uses of each segment, summed by concept in order of first appearance.

    >>> by_concept([])
    ()
    """
    totals: dict[str, ConceptUse] = {}
    for of_segment in uses:
        for use in of_segment:
            old = totals.get(use.concept, ConceptUse(use.concept, use.term, use.expected, 0, 0, 0))
            totals[use.concept] = ConceptUse(
                use.concept,
                old.term,
                old.expected,
                old.wanted + use.wanted,
                old.kept + use.kept,
                old.forbidden + len(use.forbidden),
            )
    return tuple(totals.values())
