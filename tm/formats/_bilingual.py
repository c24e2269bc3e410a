"""Which two of its units' languages a file holds whose units are one source and its translation: PO, XLIFF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47
from tm.model import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.formats._format import Writing
    from tm.model import Variant


@dataclass(frozen=True, slots=True)
class Sides:
    """The languages as tags; "" when there is none.

    >>> from tm.model import Segment, Variant
    >>> source, target = Sides("fr", "pt").of(Unit((Variant("pt-BR", Segment("sim")), Variant("FR", Segment("oui")))))
    >>> source.segment.text, target.segment.text
    ('oui', 'sim')
    """

    source: str
    target: str

    def of(self, unit: Unit) -> tuple[Variant | None, Variant | None]:
        """The unit's source and target. Both languages may be the same one: then the second such variant is the target."""
        source = unit.variant(self.source) if self.source else None
        target = _without(unit, source).variant(self.target) if self.target else None
        return source, target


def sides(units: Sequence[Unit], writing: Writing, target: str = "") -> Sides:
    """The languages to be written.

    Args:
        units: the first of them.
        writing: languages asked for there come first, then what the file says that the units come from.
        target: the target that this file says, "" when it does not.
    """
    languages = list(dict.fromkeys(variant.language for unit in units for variant in unit.variants))
    declared = dict(writing.header.attributes).get("srclang", "") if writing.header else ""
    target = writing.target or target
    taken = bcp47.choose(target, languages) if target else None
    first = next((tag for tag in languages if tag != taken), languages[0] if languages else "")
    source = writing.source or (declared if declared and bcp47.choose(declared, languages) else first)
    return Sides(source, target or _other(units, source))


def _other(units: Sequence[Unit], source: str) -> str:
    """The first language that a unit has beside its source."""
    rest = (_without(unit, unit.variant(source)).variants for unit in units) if source else ()
    return next((variants[0].language for variants in rest if variants), "")


def _without(unit: Unit, variant: Variant | None) -> Unit:
    return Unit(tuple(kept for kept in unit.variants if kept is not variant))
