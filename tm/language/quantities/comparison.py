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
        return tuple(self._written(each) for each in self.missing)

    @property
    def target(self) -> tuple[str, ...]:
        """What is written in the translation."""
        return tuple(self._written(each) for each in self.added)

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
    at_once = {id(each) for pair in pairs for each in pair}
    missing = [each for each in missing if id(each) not in at_once]
    added = [each for each in added if id(each) not in at_once]
    missing, added = _without_parts(missing, added)
    return Comparison(pairs, unlike + _leftovers(missing, added, pairs))


def _paired(
    missing: Sequence[Quantity], added: Sequence[Quantity], direction: Direction
) -> list[tuple[Quantity, Quantity]]:
    """Equal quantities, each once: those that agree best first."""
    by_value = defaultdict(list)
    for at, each in enumerate(added):
        for value in each.values:
            by_value[value].append(at)
        if each.version:
            by_value[each.version].append(at)
    has_versions = "." not in (signs_of(direction.source).decimal, signs_of(direction.target).decimal) or (
        signs_of(direction.source).decimal != signs_of(direction.target).decimal
    )
    chances = []
    for at, each in enumerate(missing):
        others = {other for value in (*each.values, each.version) if value != () for other in by_value[value]}
        chances += [
            (_distance(each, added[other]), abs(at - other), at, other)
            for other in others
            if _may_equal(each, added[other], has_versions=has_versions)
        ]
    pairs, taken, given = [], set(), set()
    for *_, at, other in sorted(chances):
        if at not in taken and other not in given:
            taken.add(at)
            given.add(other)
            pairs.append((missing[at], added[other]))
    return sorted(pairs, key=lambda pair: pair[0].start)


def _may_equal(one: Quantity, other: Quantity, *, has_versions: bool) -> bool:
    """Whether equal values are the same quantity: 3.10 and 3.1 are not, where a point is no decimal sign."""
    if has_versions and one.version and other.version:
        return one.version == other.version
    return True


def _distance(one: Quantity, other: Quantity) -> int:
    """How badly two equal quantities agree in sign, unit and kind."""
    units = 4 * (bool(one.units) != bool(other.units)) + 8 * (not _are_like(one.units, other.units))
    return units + 2 * (one.sign != other.sign) + (one.is_loose or other.is_loose) + (one.kind != other.kind)


def _are_like(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the units may be one; also if one side has none."""
    if not some or not others or some & others:
        return True
    return any(
        (factor := ratio(one, other)) is not None and abs(factor - 1) < _NEAR
        for one in some
        for other in others
    )


def _unlike(one: Quantity, other: Quantity) -> Difference | None:
    """In what two quantities of the same amount differ; of an article that is taken for a number, nothing."""
    if one.is_loose or other.is_loose:
        return None
    if not _are_like(one.units, other.units):
        kinds = {dimension(unit) for unit in one.units | other.units}
        kind: Kind = "currency" if kinds == {"money"} else "unit"
        return Difference(kind, (one,), (other,))
    if {one.sign, other.sign} == {"-", ""}:
        return Difference("minus", (one,), (other,))
    if bool(one.units) != bool(other.units):
        return _unit_on_one_side(one, other)
    return None


def _unit_on_one_side(one: Quantity, other: Quantity) -> Difference | None:
    """A unit that only one side has, where the other has no word that could be it."""
    units, bare = (one.units, other) if one.units else (other.units, one)
    if "%" in units:
        return Difference("per cent", (one,), (other,))
    is_money = {dimension(unit) for unit in units} == {"money"}
    is_sure = all(len(unit) > 1 for unit in units) and not units & {"in", "ft"}
    is_sign = is_money or (is_sure and is_symbol((one if one.units else other).text))
    if bare.is_alone and bare.kind == "number" and is_sign:
        return Difference("currency" if is_money else "unit", (one,), (other,))
    return None


def _without_parts(missing: list[Quantity], added: list[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """What is left when wholes and their parts have gone: 12/03/2018 and 12, 3, 2018."""
    for one in [each for each in missing if len(each.parts) > 1]:
        if (pieces := _pieces(one, added)) is not None:
            missing = [each for each in missing if each is not one]
            again = set(one.parts)  # 24/7: 24 h/24, 7 j/7
            added = [each for each in added if each not in pieces and not set(each.parts) <= again]
    for one in [each for each in added if len(each.parts) > 1]:
        if (pieces := _pieces(one, missing)) is not None:
            added = [each for each in added if each is not one]
            missing = [each for each in missing if each not in pieces]
    rest = [(one, other) for one in missing for other in added if _are_near(one, other)]
    for one, other in rest:
        if one in missing and other in added:
            missing.remove(one)
            added.remove(other)
    return missing, added


def _pieces(whole: Quantity, others: Sequence[Quantity]) -> list[Quantity] | None:
    """The quantities that the parts of one are; None if a part is nowhere. A named month may be."""
    needed = Counter(whole.parts)
    pieces = []
    for each in others:
        is_part = (
            each.kind == "date" and len(whole.parts) == 3 and each.parts in (whole.parts[:2], whole.parts[1:])
        )
        is_other = len(each.parts) == len(whole.parts) if whole.kind == "number" else not is_part
        if each.kind == whole.kind and is_other:
            continue
        parts = Counter(each.parts)
        if parts and parts <= needed:
            pieces.append(each)
            needed -= parts
    if not needed:
        return pieces
    if whole.kind == "date" and pieces and not whole.text.replace("/", "").isdigit():
        month = next(value[2] for value in whole.values if isinstance(value, tuple))
        if needed == Counter([month]):
            return pieces
    return None


def _are_near(one: Quantity, other: Quantity) -> bool:
    """Whether these are the years 90 and 1990, or one measure in two units: 5 miles, 8 km."""
    if one.kind == other.kind == "number" and len(one.parts) == len(other.parts) == 1:
        short, long = sorted((one.parts[0], other.parts[0]))
        if 9 < short < 100 and 1800 <= long < 2100 and long % 100 == short:
            return True
    return any(
        (amount := converted(value, unit, target)) is not None and abs(amount - there) <= _ROUNDING * there
        for unit in one.units
        for target in other.units - {unit}
        for value in one.values
        for there in other.values
        if not isinstance(value, tuple) and not isinstance(there, tuple)
    )


def _leftovers(
    missing: list[Quantity], added: list[Quantity], pairs: list[tuple[Quantity, Quantity]]
) -> list[Difference]:
    """The differences that quantities without a counterpart are."""
    missing = [each for each in missing if not each.is_loose]
    added = [each for each in added if not each.is_loose]
    firm_missing = [each for each in missing if each.kind not in ("word", "roman") and not _is_month(each)]
    firm_added = [each for each in added if each.kind not in ("word", "roman") and not _is_month(each)]
    result = []
    for kind in ("date", "time"):
        ones, others = ([each for each in side if each.kind == kind] for side in (missing, added))
        if ones and others:
            result.append(Difference(kind, tuple(ones), tuple(others)))
            missing, added = ([each for each in side if each.kind != kind] for side in (missing, added))
            firm_missing = [each for each in firm_missing if each.kind != kind]
            firm_added = [each for each in firm_added if each.kind != kind]
    if not firm_missing:
        twice = {value for one, _ in pairs for value in one.values if not one.is_loose}
        firm_added = [each for each in firm_added if each.values.isdisjoint(twice)]
    if firm_missing and not added:
        twice = {value for _, other in pairs for value in other.values if not other.is_loose}
        parts = {part for _, other in pairs for part in other.parts}
        again = tuple(
            each
            for each in firm_missing
            if not each.values.isdisjoint(twice) or (len(each.parts) > 1 and parts >= set(each.parts))
        )
        firm_missing = [each for each in firm_missing if each not in again]
        if again and not firm_missing:
            return [*result, Difference("count", again, ())]
    if firm_missing and (firm_added or added):
        result.append(Difference("number", tuple(firm_missing), tuple(firm_added or added)))
    elif missing and firm_added:
        words = [each for each in missing if not _is_month(each)]
        result.append(Difference("number", tuple(words), tuple(firm_added)))
    elif firm_missing or firm_added:
        result.append(Difference("number", tuple(firm_missing), tuple(firm_added)))
    elif missing and added:
        words, other_words = ([each for each in side if not _is_month(each)] for side in (missing, added))
        if words and other_words:
            result.append(Difference("word", tuple(words), tuple(other_words)))
    return result


def _is_month(quantity: Quantity) -> bool:
    """Whether this is the name of a month and no more."""
    return quantity.kind == "date" and len(quantity.parts) == 1
