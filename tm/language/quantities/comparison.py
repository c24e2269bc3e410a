"""The quantities of two texts compared by value: what one has and its translation has not, or has otherwise.

1. ``_paired`` takes equal ones together, first those that agree in sign and unit, then the others.
2. ``_unlike`` says of a pair in what it differs: unit, currency, per cent, minus.
3. ``_without_parts`` drops what stands in other pieces on the other side: a date as three numbers, a list.
4. ``_leftovers`` makes differences of what has no counterpart then. A word alone, or a Roman numeral, is
   only one beside something of the other side that has no counterpart either: *trois* for *quatro*.

>>> from tm.direction import Direction
>>> portuguese = Direction("fr", "pt-BR")
>>> [(each.kind, each.source, each.target) for each in differences("50 km en 2018", "50 m em 2008", portuguese)]
[('unit', ('50 km',), ('50 m',)), ('number', ('2018',), ('2008',))]
>>> differences("Le 12/03/2018, vingt et un, 1,5 milliard", "12 de março de 2018, 21, 1,5 bilhão", portuguese)
[]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language.number_signs import signs_of
from tm.language.quantities.reading import has_digit, may_hold, quantities
from tm.language.quantities.units import converted, dimension, is_symbol, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.language.quantities.quantity import Quantity

Kind = Literal["number", "word", "date", "time", "unit", "currency", "per cent", "minus", "count"]

_NEAR = Fraction(8, 100)
"""Two units nearer to each other than this are taken for one (GB and GiB)."""

_ROUNDING = Fraction(3, 100)
"""How far an amount may be from the same in another unit: 5 miles, 8 km."""


class Difference(NamedTuple):
    """What one text has and the other has not, or otherwise.

    Attributes:
        kind: in what they differ.
        missing: quantities of the source, in order.
        added: quantities of the translation.
    """

    kind: Kind
    missing: tuple[Quantity, ...]
    added: tuple[Quantity, ...]

    @property
    def source(self) -> tuple[str, ...]:
        """What is written in the source; where the amount differs, without the unit."""
        return tuple(self._written(quantity) for quantity in self.missing)

    @property
    def target(self) -> tuple[str, ...]:
        """What is written in the translation."""
        return tuple(self._written(quantity) for quantity in self.added)

    def _written(self, quantity: Quantity) -> str:
        return quantity.bare if self.kind in ("number", "word", "count") and quantity.bare else quantity.text


class Comparison(NamedTuple):
    """Two texts compared.

    Attributes:
        pairs: quantities of source and translation that are equal.
        differences: what has no equal, or another unit or sign.
    """

    pairs: list[tuple[Quantity, Quantity]]
    differences: list[Difference]


NOTHING = Comparison([], [])


def differences(source: str, target: str, direction: Direction) -> list[Difference]:
    """The differences of two texts, those of equal amounts first.

    Args:
        source: a text, without what is no prose.
        target: its translation.
        direction: their languages.
    """
    return compared(source, target, direction).differences


def compared(source: str, target: str, direction: Direction) -> Comparison:
    """Like ``differences``, with the pairs that are equal.

    >>> from tm.direction import Direction
    >>> [(one.text, other.text) for one, other in compared("3 ans", "três anos", Direction("fr", "pt")).pairs]
    [('3 ans', 'três anos')]
    """
    are_in_words = not has_digit(source) and not has_digit(target)
    if are_in_words and not (may_hold(source, direction.source) and may_hold(target, direction.target)):
        return NOTHING
    missing, added = quantities(source, direction.source), quantities(target, direction.target)
    pairs = _paired(missing, added, direction)
    unlike = [unlike for pair in pairs if (unlike := _unlike(*pair))]
    at_once = {id(quantity) for pair in pairs for quantity in pair}
    missing = [quantity for quantity in missing if id(quantity) not in at_once]
    added = [quantity for quantity in added if id(quantity) not in at_once]
    missing, added = _without_parts(missing, added)
    return Comparison(pairs, unlike + _leftovers(missing, added, pairs))


def _paired(
    missing: Sequence[Quantity], added: Sequence[Quantity], direction: Direction
) -> list[tuple[Quantity, Quantity]]:
    """Equal quantities, each once: those that agree best first."""
    by_value = defaultdict(list)
    for at, quantity in enumerate(added):
        for value in quantity.values:
            by_value[value].append(at)
        if quantity.version:
            by_value[quantity.version].append(at)
    has_versions = "." not in (signs_of(direction.source).decimal, signs_of(direction.target).decimal) or (
        signs_of(direction.source).decimal != signs_of(direction.target).decimal
    )
    chances = []
    for at, quantity in enumerate(missing):
        places = {
            place
            for value in (*quantity.values, quantity.version)
            if value != ()
            for place in by_value[value]
        }
        chances += [
            (_distance(quantity, added[place]), abs(at - place), at, place)
            for place in places
            if _may_equal(quantity, added[place], has_versions=has_versions)
        ]
    pairs, taken, given = [], set(), set()
    for *_, at, place in sorted(chances):
        if at not in taken and place not in given:
            taken.add(at)
            given.add(place)
            pairs.append((missing[at], added[place]))
    return sorted(pairs, key=lambda pair: pair[0].start)


def _may_equal(first: Quantity, second: Quantity, *, has_versions: bool) -> bool:
    """Whether equal values are the same quantity: 3.10 and 3.1 are not, where a point is no decimal sign."""
    if has_versions and first.version and second.version:
        return first.version == second.version
    return True


def _distance(first: Quantity, second: Quantity) -> int:
    """How badly two equal quantities agree in sign, unit and kind."""
    units = 4 * (bool(first.units) != bool(second.units)) + 8 * (not _are_like(first.units, second.units))
    return (
        units
        + 2 * (first.sign != second.sign)
        + (first.is_loose or second.is_loose)
        + (first.kind != second.kind)
    )


def _are_like(units: frozenset[str], targets: frozenset[str]) -> bool:
    """Whether the units may be one; also if one side has none."""
    if not units or not targets or units & targets:
        return True
    return any(
        (factor := ratio(unit, target)) is not None and abs(factor - 1) < _NEAR
        for unit in units
        for target in targets
    )


def _unlike(first: Quantity, second: Quantity) -> Difference | None:
    """In what two quantities of the same amount differ; of an article that is taken for a number, nothing."""
    if first.is_loose or second.is_loose:
        return None
    if not _are_like(first.units, second.units):
        kinds = {dimension(unit) for unit in first.units | second.units}
        kind: Kind = "currency" if kinds == {"money"} else "unit"
        return Difference(kind, (first,), (second,))
    if {first.sign, second.sign} == {"-", ""}:
        return Difference("minus", (first,), (second,))
    if bool(first.units) != bool(second.units):
        return _unit_on_one_side(first, second)
    return None


def _unit_on_one_side(first: Quantity, second: Quantity) -> Difference | None:
    """A unit that only one side has, where the other has no word that could be it."""
    units, bare = (first.units, second) if first.units else (second.units, first)
    if "%" in units:
        return Difference("per cent", (first,), (second,))
    is_money = {dimension(unit) for unit in units} == {"money"}
    is_sure = all(len(unit) > 1 for unit in units) and not units & {"in", "ft"}
    is_sign = is_money or (is_sure and is_symbol((first if first.units else second).text))
    if bare.is_alone and bare.kind == "number" and is_sign:
        return Difference("currency" if is_money else "unit", (first,), (second,))
    return None


def _without_parts(missing: list[Quantity], added: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """What is left when wholes and their parts have gone: 12/03/2018 and 12, 3, 2018."""
    for first in [quantity for quantity in missing if len(quantity.parts) > 1]:
        if (pieces := _pieces(first, added)) is not None:
            missing = [quantity for quantity in missing if quantity is not first]
            again = set(first.parts)  # 24/7: 24 h/24, 7 j/7
            added = [
                quantity for quantity in added if quantity not in pieces and not set(quantity.parts) <= again
            ]
    for first in [quantity for quantity in added if len(quantity.parts) > 1]:
        if (pieces := _pieces(first, missing)) is not None:
            added = [quantity for quantity in added if quantity is not first]
            missing = [quantity for quantity in missing if quantity not in pieces]
    rest = [(first, second) for first in missing for second in added if _are_near(first, second)]
    for first, second in rest:
        if first in missing and second in added:
            missing.remove(first)
            added.remove(second)
    return missing, added


def _pieces(whole: Quantity, candidates: Sequence[Quantity]) -> list[Quantity] | None:
    """The quantities that the parts of one are; None if a part is nowhere. A named month may be."""
    needed = Counter(whole.parts)
    pieces = []
    for quantity in candidates:
        is_part = (
            quantity.kind == "date"
            and len(whole.parts) == 3
            and quantity.parts in (whole.parts[:2], whole.parts[1:])
        )
        is_other = len(quantity.parts) == len(whole.parts) if whole.kind == "number" else not is_part
        if quantity.kind == whole.kind and is_other:
            continue
        parts = Counter(quantity.parts)
        if parts and parts <= needed:
            pieces.append(quantity)
            needed -= parts
    if not needed:
        return pieces
    if whole.kind == "date" and pieces and not whole.text.replace("/", "").isdigit():
        month = next(value[2] for value in whole.values if isinstance(value, tuple))
        if needed == Counter([month]):
            return pieces
    return None


def _are_near(first: Quantity, second: Quantity) -> bool:
    """Whether these are the years 90 and 1990, or one measure in two units: 5 miles, 8 km."""
    if first.kind == second.kind == "number" and len(first.parts) == len(second.parts) == 1:
        short, long = sorted((first.parts[0], second.parts[0]))
        if 9 < short < 100 and 1800 <= long < 2100 and long % 100 == short:
            return True
    return any(
        (amount := converted(value, unit, target)) is not None
        and abs(amount - expected) <= _ROUNDING * expected
        for unit in first.units
        for target in second.units - {unit}
        for value in first.values
        for expected in second.values
        if not isinstance(value, tuple) and not isinstance(expected, tuple)
    )


def _leftovers(
    missing: list[Quantity], added: list[Quantity], pairs: list[tuple[Quantity, Quantity]]
) -> list[Difference]:
    """The differences that quantities without a counterpart are."""
    missing = [quantity for quantity in missing if not quantity.is_loose]
    added = [quantity for quantity in added if not quantity.is_loose]
    firm_missing = [
        quantity for quantity in missing if quantity.kind not in ("word", "roman") and not _is_month(quantity)
    ]
    firm_added = [
        quantity for quantity in added if quantity.kind not in ("word", "roman") and not _is_month(quantity)
    ]
    result = []
    for kind in ("date", "time"):
        lost, new = ([quantity for quantity in side if quantity.kind == kind] for side in (missing, added))
        if lost and new:
            result.append(Difference(kind, tuple(lost), tuple(new)))
            missing, added = (
                [quantity for quantity in side if quantity.kind != kind] for side in (missing, added)
            )
            firm_missing = [quantity for quantity in firm_missing if quantity.kind != kind]
            firm_added = [quantity for quantity in firm_added if quantity.kind != kind]
    if not firm_missing:
        twice = {value for first, _ in pairs for value in first.values if not first.is_loose}
        firm_added = [quantity for quantity in firm_added if quantity.values.isdisjoint(twice)]
    if firm_missing and not added:
        twice = {value for _, second in pairs for value in second.values if not second.is_loose}
        parts = {part for _, second in pairs for part in second.parts}
        again = tuple(
            quantity
            for quantity in firm_missing
            if not quantity.values.isdisjoint(twice)
            or (len(quantity.parts) > 1 and parts >= set(quantity.parts))
        )
        firm_missing = [quantity for quantity in firm_missing if quantity not in again]
        if again and not firm_missing:
            return [*result, Difference("count", again, ())]
    if firm_missing and (firm_added or added):
        result.append(Difference("number", tuple(firm_missing), tuple(firm_added or added)))
    elif missing and firm_added:
        words = [quantity for quantity in missing if not _is_month(quantity)]
        result.append(Difference("number", tuple(words), tuple(firm_added)))
    elif firm_missing or firm_added:
        result.append(Difference("number", tuple(firm_missing), tuple(firm_added)))
    elif missing and added:
        words, other_words = (
            [quantity for quantity in side if not _is_month(quantity)] for side in (missing, added)
        )
        if words and other_words:
            result.append(Difference("word", tuple(words), tuple(other_words)))
    return result


def _is_month(quantity: Quantity) -> bool:
    """Whether this is the name of a month and no more."""
    return quantity.kind == "date" and len(quantity.parts) == 1
