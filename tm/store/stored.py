"""A unit as a memory holds it: with the number that it is named by, and where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.store import records
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Attributes, Unit


@dataclass(frozen=True, slots=True)
class Stored:
    """A unit of a memory.

    Attributes:
        number: its name in the memory, never given to another unit.
        unit: as it was added.
        change: the number of the change that brought it (``Change.number``).
        file: what was added by that change; of an edited unit what brought the one that it replaces.
        date: when it came in, as the history has it; "" when that is not known.

    >>> from tm.model import Annotation, Segment, Unit, Variant
    >>> origin = Annotation("prop", "aligned", "x-origin")
    >>> unit = Unit((Variant("fr", Segment("oui")),), (("changeid", "rui"),), (origin,))
    >>> stored = Stored(12, unit, 3, "news.tmx", "2026-11-28T10:00:00Z")
    >>> stored.author, stored.origin, stored.document, stored.changed
    ('rui', 'aligned', '', '2026-11-28')
    """

    number: int
    unit: Unit
    change: int
    file: str
    date: str

    @property
    def author(self) -> str:
        """Who changed it last, else who made it; "" when it does not say."""
        return attribute(self.unit, "changeid") or attribute(self.unit, "creationid")

    @property
    def origin(self) -> str:
        """How it was made ("aligned", "machine" …); "" when it does not say."""
        return self.unit.property(records.ORIGIN)

    @property
    def document(self) -> str:
        """The document that its source stood in; "" when not known. OmegaT calls it ``file``."""
        return self.unit.property("x-document") or self.unit.property("file")

    @property
    def changed(self) -> str:
        """The day on which its translation was made or changed, else the day it came in: ``2026-11-28``."""
        return day(attribute(self.unit, "changedate") or attribute(self.unit, "creationdate") or self.date)


def attribute(unit: Unit, name: str) -> str:
    """An attribute of the unit, else the first of its variants that has it; "" when none has.

    TMX allows authors and dates in both places; the last variant is the translation, which is changed most.

    >>> from tm.model import Segment, Unit, Variant
    >>> attribute(Unit((Variant("fr", Segment("oui"), (("creationid", "ana"),)),)), "creationid")
    'ana'
    """
    return next(filter(None, (dict(attributes).get(name) for attributes in _attributes(unit))), "")


def _attributes(unit: Unit) -> Iterator[Attributes]:
    yield unit.attributes
    for variant in reversed(unit.variants):
        yield variant.attributes


def day(date: str) -> str:
    """The day of a date as TMX (``20261128T101500Z``) or ISO 8601 writes it; "" of anything else.

    >>> day("20261128T101500Z"), day("2026-11-28T10:15:00Z"), day("yesterday")
    ('2026-11-28', '2026-11-28', '')
    """
    digits = date.replace("-", "")[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdecimal() else ""
