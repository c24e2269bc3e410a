"""Which two languages a file of pairs holds (PO, XLIFF), when units with several languages are written to it.

In: the first units, and the languages asked for. Out: ``Sides``; its ``of`` gives the two texts of a unit.

>>> from tm.formats.authoring import Writing
>>> from tm.model import Segment, Variant
>>> unit = Unit(tuple(Variant(language, Segment("")) for language in ("fr", "pt-BR", "de")))
>>> sides([unit], Writing("a.po")), sides([unit], Writing("a.po", target="de"))
(Sides(source='fr', target='pt-BR'), Sides(source='fr', target='de'))
"""

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
    """The source and target language; "" for none.

    >>> from tm.model import Segment, Variant
    >>> unit = Unit((Variant("pt-BR", Segment("sim")), Variant("FR", Segment("oui"))))
    >>> source, target = Sides("fr", "pt").of(unit)
    >>> source.segment.text, target.segment.text
    ('oui', 'sim')
    """

    source: str
    target: str

    def of(self, unit: Unit) -> tuple[Variant | None, Variant | None]:
        """The source and the target of a unit.

        When both languages are the same, the second variant in it is the target.
        """
        source = unit.variant(self.source) if self.source else None
        target = _without(unit, source).variant(self.target) if self.target else None
        return source, target


def sides(units: Sequence[Unit], writing: Writing, target: str = "") -> Sides:
    """The languages to be written.

    Args:
        units: the first units.
        writing: the languages asked for come first, then the source of the file that the units come from.
        target: the target that the file to be written declares; "" when there is none.
    """
    languages = list(dict.fromkeys(variant.language for unit in units for variant in unit.variants))
    declared = dict(writing.header.attributes).get("srclang", "") if writing.header else ""
    target = writing.target or target
    taken = bcp47.choose(target, languages) if target else None
    first = next((tag for tag in languages if tag != taken), languages[0] if languages else "")
    source = writing.source or (declared if declared and bcp47.choose(declared, languages) else first)
    return Sides(source, target or _other(units, source))


def _other(units: Sequence[Unit], source: str) -> str:
    """The first language beside the source in any of the units."""
    rest = (_without(unit, unit.variant(source)).variants for unit in units) if source else ()
    return next((variants[0].language for variants in rest if variants), "")


def _without(unit: Unit, variant: Variant | None) -> Unit:
    return Unit(tuple(kept for kept in unit.variants if kept is not variant))
