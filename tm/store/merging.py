"""A unit that comes again, and what is new in it: dates, notes, properties, a better origin.

``merged`` is the stored unit with what the new one says otherwise or more. Its texts and tags stay as they are
stored. What only the stored unit has stays too.

>>> from tm.model import Segment
>>> def unit(*attributes, **properties):
...     notes = tuple(Annotation("prop", text, f"x-{name}") for name, text in properties.items())
...     return Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))), attributes, notes)
>>> stored = unit(("changedate", "20250101T000000Z"), origin="machine", document="a.txt")
>>> new = merged(stored, unit(("changedate", "20260101T000000Z"), ("changeid", "rui")))
>>> new.attributes
(('changedate', '20260101T000000Z'), ('changeid', 'rui'))
>>> [(note.type, note.text) for note in new.annotations]
[('x-document', 'a.txt')]
>>> merged(stored, unit(origin="aligned")).property("x-origin"), merged(new, stored) is None
('aligned', True)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47
from tm.model import Annotation, Unit, Variant
from tm.store import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.model import Attributes

    Fields: TypeAlias = dict[tuple[str, ...], list[Annotation]]

UNREVIEWED = ("aligned", "unreviewed", "machine")
"""The origins of units that no person has looked at, the best first; every other origin is better."""

OF_ITS_FILE = frozenset(("tuid", "srclang", "x-line", "x-confidence"))
"""What says how a unit was counted, made or placed in its file: it follows when something else is new."""

DOCUMENT = "x-document"

_IMPORTED = [Annotation("prop", "imported", records.ORIGIN)]
"""What a file's units are anyway, when nothing is said."""


def rank(origin: str) -> int:
    """How good an origin is: 0 is a person's, more is worse.

    >>> [rank(origin) for origin in ("imported", "", "aligned", "machine")]
    [0, 0, 1, 3]
    """
    return UNREVIEWED.index(origin) + 1 if origin in UNREVIEWED else 0


def merged(stored: Unit, new: Unit, earlier: Callable[[], Iterable[Unit]] = tuple) -> Unit | None:
    """The stored unit with what is new in a unit of the same texts; None when nothing is.

    A worse origin brings nothing, a better one takes the stored one's place. Another value takes the stored
    one's place unless its unit is older, was in the memory before (``earlier``), or stood in another document.

    Args:
        stored: a unit of the memory; its texts are not looked at.
        new: of the same texts, in the same languages.
        earlier: gives what the stored unit was before, so that old news coming again changes nothing.
    """
    before, now = (rank(unit.property(records.ORIGIN)) for unit in (stored, new))
    if now > before:
        return None
    is_better = now < before
    documents = {stored.property(DOCUMENT), new.property(DOCUMENT)} - {""}
    if len(documents) > 1 and not is_better:
        return None
    merging = _Merging(stored, new, earlier)
    unit = merging.unit(is_better=is_better)
    return unit if merging.is_news or is_better else None


class _Merging:
    """One unit on its way into another; notes whether anything of it is new."""

    def __init__(self, stored: Unit, new: Unit, earlier: Callable[[], Iterable[Unit]]) -> None:
        self.stored, self.new, self._earlier = stored, new, earlier
        self.is_news = False
        self._old_values: set[_Value] | None = None
        dates = _date(stored), _date(new)
        self.is_older = bool(dates[0] and dates[1]) and dates[1] < dates[0]

    def unit(self, *, is_better: bool) -> Unit:
        """The stored unit with the news."""
        annotations = self.stored.annotations
        if is_better:
            annotations = tuple(note for note in annotations if note.type != records.ORIGIN)
        waiting = defaultdict[str, list[Variant]](list)
        for variant in self.new.variants:
            waiting[bcp47.without_region(variant.language)].append(variant)
        variants = []
        for number, variant in enumerate(self.stored.variants):
            likely = waiting[bcp47.without_region(variant.language)]
            variants.append(self._variant(str(number), variant, likely.pop(0)) if likely else variant)
        return replace(
            self.stored,
            variants=tuple(variants),
            attributes=self._attributes("", self.stored.attributes, self.new.attributes),
            annotations=self._annotations("", annotations, self.new.annotations),
        )

    def _variant(self, place: str, stored: Variant, new: Variant) -> Variant:
        return replace(
            stored,
            attributes=self._attributes(place, stored.attributes, new.attributes),
            annotations=self._annotations(place, stored.annotations, new.annotations),
        )

    def _attributes(self, place: str, stored: Attributes, new: Attributes) -> Attributes:
        if stored == new or not new:
            return stored
        values = dict(stored)
        for name, value in new:
            if self._is_taken((place, name), values.get(name), value):
                values[name] = value
        return tuple(values.items())

    def _annotations(
        self, place: str, stored: tuple[Annotation, ...], new: tuple[Annotation, ...]
    ) -> tuple[Annotation, ...]:
        if stored == new or not new:
            return stored
        fields = _by_type(stored)
        for name, notes in _by_type(new).items():
            if self._is_taken((place, *name), fields.get(name), notes):
                fields[name] = notes
        return tuple(note for notes in fields.values() for note in notes)

    def _is_taken(self, name: tuple[str, ...], stored: object, value: object) -> bool:
        """Whether a new value is kept; notes whether it is news."""
        if stored == value or (stored is not None and (self.is_older or self._is_old((name, str(value))))):
            return False
        is_plain = stored is None and name[-1] == records.ORIGIN and value == _IMPORTED
        self.is_news = self.is_news or not (is_plain or name[-1] in OF_ITS_FILE)
        return stored is None or name[-1] != "srclang"

    def _is_old(self, value: _Value) -> bool:
        if self._old_values is None:
            self._old_values = {field for unit in self._earlier() for field in _values(unit)}
        return value in self._old_values


_Value: TypeAlias = "tuple[tuple[str, ...], str]"
"""Where a value stands (the number of its variant, "" for the unit; its name), and what it is."""


def _values(unit: Unit) -> Iterator[_Value]:
    """All values of a unit, as ``_Merging`` names them."""
    parts: list[tuple[str, Unit | Variant]] = [("", unit)]
    parts += [(str(number), variant) for number, variant in enumerate(unit.variants)]
    for place, part in parts:
        yield from (((place, name), value) for name, value in part.attributes)
        yield from (((place, *name), str(notes)) for name, notes in _by_type(part.annotations).items())


def _by_type(annotations: Iterable[Annotation]) -> Fields:
    """The notes of a unit, and the properties of each type; those of one type are one value."""
    fields: Fields = {}
    for note in annotations:
        fields.setdefault((note.name, note.type), []).append(note)
    return fields


def _date(unit: Unit) -> str:
    """The last date of change, else of creation, that a unit or one of its variants has; "" without one."""
    parts: list[Unit | Variant] = [unit, *unit.variants]
    attributes = [dict(part.attributes) for part in parts]
    for name in ("changedate", "creationdate"):
        if date := max(part.get(name, "") for part in attributes):
            return date
    return ""
