"""Quantities that differ: 2018 became 2008, 50 km became 50 m, −5 °C became 5 °C, 3:30 PM became 3 h 30.

What the quantities of a text are, and which of them are equal, is said by ``tm.language.quantities``. The
steps of ``_examine``:

1. ``Translation.comparison`` has in what the prose of both texts differs; ``_remark`` says it to the user.
2. ``_masked`` has the numbers within what is no prose (code, paths); they are compared digit by digit, and
   may stand in the prose of the other side.

>>> from tm.direction import Direction
>>> NUMBERS.messages("En 2018, 10 000 m.", "Em 2008, 10.000 m.")
['number 2018 in the source, 2008 in the translation']
>>> NUMBERS.messages("Le 12/03/2018, trois, XXIe", "12 de março de 2018, 3, 21", Direction("fr", "pt"))
[]
>>> NUMBERS.messages("La piste fait 50 km.", "A pista tem 50 m.", Direction("fr", "pt"))
['unit: 50 km in the source, 50 m in the translation']
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, one_by_one, without
from tm.checks.codes import PLACEHOLDER
from tm.language.quantities.comparison import Difference
from tm.language.quantities.reading import has_digit
from tm.language.syntaxes.syntax import difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.language.quantities import Quantity
    from tm.model import Severity, Span

_SMALL = 20
"""Numbers up to this are often put in other words (a pair, a triplet, both): one of a name or an
ordinal that has no counterpart is only worth a look."""

_NONE: Counter[int] = Counter()

_RANGE_END = re.compile(r"\s?(?:à|a|e|et|y|and|to|ou|or|[-–—/])\s?[\d.,]+\s?%")
_DIGITS = re.compile(r"\d+")

_AMOUNTS = frozenset({"number", "word", "date", "time", "count"})
"""The differences of quantities that have no counterpart."""

_NAMES = {
    "word": "number in words",
    "unit": "unit:",
    "currency": "currency:",
    "per cent": "per cent:",
    "minus": "minus:",
}
"""What a kind of difference is called, where it is not called by its name."""


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source_prose, translation.target_prose
    comparison = translation.comparison
    masked, masked_there = _masked(translation.source, source), _masked(translation.target, target)
    lost = new = _NONE
    if masked != masked_there:
        hidden = _shown_digits(translation.source) & masked
        hidden_there = _shown_digits(translation.target) & masked_there
        lost, new = hidden - hidden_there, hidden_there - hidden
    may_be_code = Counter(masked)
    for mismatch in comparison.differences:
        if mismatch.kind == "per cent" and _share_a_sign(translation, mismatch):
            continue
        if mismatch.kind not in _AMOUNTS:
            yield _remark(mismatch)
            continue
        missing = tuple(quantity for quantity in mismatch.missing if not _is_among(quantity, new))
        added = tuple(
            quantity
            for quantity in mismatch.added
            if not _is_among(quantity, lost) and not _is_among(quantity, may_be_code)
        )
        if missing or added:
            remark = _remark(Difference(mismatch.kind, missing, added))
            yield (
                replace(remark, severity="warning") if _are_prefixes(translation, missing, added) else remark
            )
    if lost and new:
        yield Remark("number " + difference(map(str, lost.elements()), map(str, new.elements())))


def _share_a_sign(translation: Translation, mismatch: Difference) -> bool:
    """Whether one side has the per cent sign only behind the end of a range: 10 à 15 %, 10% a 15%."""
    sides = (translation.source, mismatch.missing), (translation.target, mismatch.added)
    return any(
        "%" not in quantity.units and _RANGE_END.match(text, quantity.end)
        for text, side in sides
        for quantity in side
    )


def _digits(text: str) -> Counter[int]:
    return Counter(map(int, _DIGITS.findall(text)))


def _masked(text: str, prose: str) -> Counter[int]:
    """The numbers within what is no prose."""
    return _digits(text) - _digits(prose) if text != prose and has_digit(text) else _NONE


def _shown_digits(text: str) -> Counter[int]:
    """The numbers of a text but for those that the checks of codes and addresses look at."""
    return _digits(without(text, ADDRESS, PLACEHOLDER))


def _are_prefixes(translation: Translation, missing: Sequence[Quantity], added: Sequence[Quantity]) -> bool:
    """Whether all of these stand behind a plus, as the prefixes of telephone numbers do, which are
    localised."""
    sides = (translation.source, missing), (translation.target, added)
    return all(text[: quantity.digits[0]].endswith("+") for text, side in sides for quantity in side)


def _is_among(quantity: Quantity, numbers: Counter[int]) -> bool:
    """Whether these numbers are the quantity's; then they are taken away."""
    parts = Counter(quantity.parts)
    if not numbers or not parts <= numbers:
        return False
    numbers -= parts
    return True


def _remark(difference_: Difference) -> Remark:
    kind = difference_.kind
    if kind == "count":
        return Remark(
            f"number {difference_.source[0]} stands more often in the source than in the translation",
            _severity(difference_),
            source_spans=_spans(difference_.missing),
        )
    message = difference(difference_.source, difference_.target)
    return Remark(
        f"{_NAMES.get(kind, kind)} {message}",
        _severity(difference_),
        source_spans=_spans(difference_.missing),
        target_spans=_spans(difference_.added),
    )


def _severity(difference_: Difference) -> Severity:
    """An error where one stands for another; what is missing may be said otherwise, a currency be
    localised."""
    missing, added = difference_.missing, difference_.added
    if difference_.kind == "count" or all(quantity.parts == (0,) for quantity in missing + added):
        return "info"  # nought is a number to one, a word to the next
    if not (missing and added) and all(map(_may_be_a_word, missing + added)):
        return "info"
    if difference_.kind == "currency" or not (missing and added) or _is_part(missing, added):
        return "warning"
    if difference_.kind == "unit" and not (missing[0].units and added[0].units):
        return "warning"
    return "error" if len(missing) == len(added) or difference_.kind != "number" else "warning"


def _is_part(missing: Sequence[Quantity], added: Sequence[Quantity]) -> bool:
    """Whether one side has some of the parts of the other: 3/4 and 3, in *address (3/4)*."""
    source_parts, target_parts = (
        Counter(part for quantity in side for part in quantity.parts) for side in (missing, added)
    )
    return source_parts < target_parts or target_parts < source_parts


def _spans(quantities: Sequence[Quantity]) -> tuple[Span, ...]:
    return tuple((quantity.start, quantity.end) for quantity in quantities)


def _may_be_a_word(quantity: Quantity) -> bool:
    """Whether it is of a name (FILE1 is *le fichier*), or an ordinal that is one (1º plano)."""
    return _is_small(quantity) and (quantity.is_named or (quantity.parts == (1,) and quantity.bare != "1"))


def _is_small(quantity: Quantity) -> bool:
    """Whether a number is often put in other words: up to twenty (1.6 and 1/2 among them), or 100 %."""
    if quantity.parts == (100,) and "%" in quantity.units:
        return True
    return quantity.kind == "number" and not quantity.units and all(part <= _SMALL for part in quantity.parts)


NUMBERS = Check(
    "number",
    "Numbers, dates, times, units and currencies of the source that the translation has not, or otherwise.",
    one_by_one(_examine),
)
