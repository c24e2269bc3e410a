"""Numbers that differ: 2018 became 2008.

The same number may be written 10 000, 10.000 and 10,000; 3,5 and 3.5; 12/03/2018 and 12 mars 2018; 3 and
trois; 21 and XXI; 90 and 1990 (years). The steps of ``_examine``:

1. ``numbers`` finds the numbers written in digits, with all that each may mean (``tm.language.numerals``).
2. ``_in_words`` finds numbers in words, month names and Roman numerals.
3. ``_without_counterpart`` lists the numbers of one side that the other side has in none of these forms.
4. If there are none, ``_counts`` looks for a number that the translation has less often.

>>> from tm.direction import Direction
>>> NUMBERS.messages("En 2018, 10 000 m.", "Em 2008, 10.000 m.")
['number 2018 in the source, 2008 in the translation']
>>> NUMBERS.messages("Le 12/03/2018, trois, XXIe", "12 de março de 2018, 3, 21", Direction("fr", "pt"))
[]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, difference, one_by_one, without
from tm.checks.codes import PLACEHOLDER
from tm.language.languages import language_of
from tm.language.numerals import GROUPED, readings, roman_value, scaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language import Token
    from tm.language.languages import Language

_NUMBER = re.compile(rf"{GROUPED}|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+")
"""Like the numbers among tokens, and also those inside words; a date, a time or a fraction is several."""
_NEXT_WORD = re.compile(r"\s*(\w+)")

_SMALL = 20
"""Numbers up to this are often put in other words (a pair, a triplet, both): a lost one is only a warning."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text, and what it may mean.

    Attributes:
        text: as written.
        readings: what it may mean: 1.000 is one thousand to some readers and one to others.
        parts: the digits between its points and commas, for dates (12.03.2018), times and lists (1,2,3).
    """

    text: str
    readings: frozenset[str]
    parts: frozenset[str]


def numbers(text: str, scales: dict[str, int]) -> list[Number]:
    """The numbers of a text, with those inside words (GPT-4, 1er, 10h30), without those in addresses and
    placeholders.

    Args:
        text: any text.
        scales: number words, and what they multiply the number before them by, e.g. ``{"mil": 1000}``.

    >>> [number.text for number in numbers("1er mai, 10h30, GPT-4 : {0} de https://exemple.org/5", {})]
    ['1', '10', '30', '4']
    >>> sorted(numbers("1,5 million", {"million": 10**6})[0].readings)
    ['1.5', '1500000']
    """
    text = without(text, ADDRESS, PLACEHOLDER)
    result = []
    for match in _NUMBER.finditer(text):
        values = readings(match[0])
        following = _NEXT_WORD.match(text, match.end())
        if following and (scale := scales.get(following[1].casefold())):
            values |= {scaled(value, scale) for value in values if value.count(".") < 2}
        parts = frozenset(str(int(digits)) for digits in re.findall(r"\d+", match[0]))
        result.append(Number(match[0], values, parts))
    return result


def _examine(translation: Translation) -> Iterator[Remark]:
    source_data = language_of(translation.direction.source)
    target_data = language_of(translation.direction.target)
    source = numbers(translation.source, source_data.scales)
    target = numbers(translation.target, target_data.scales)
    if not source and not target:
        return
    source_words = _in_words(translation.source_tokens, source_data)
    target_words = _in_words(translation.target_tokens, target_data)
    # French "un" translates Portuguese "um"; only a surplus word can stand for a number.
    missing = _without_counterpart(source, target, target_words - source_words)
    added = _without_counterpart(target, source, source_words - target_words)
    if missing or added:
        message = difference([number.text for number in missing], [number.text for number in added])
        may_be_right = not (missing and added) and all(map(_is_small, missing + added))
        yield Remark(f"number {message}", "warning" if may_be_right else "error")
    else:
        yield from _counts(source, target, target_words - source_words)


def _is_small(number: Number) -> bool:
    return number.text.isdecimal() and int(number.text) <= _SMALL


def _counts(source: list[Number], target: list[Number], in_words: Counter[str]) -> Iterator[Remark]:
    """The first number that the translation has, but less often than the source."""
    for number in source:
        expected, actual = (sum(_may_mean(written, number) for written in side) for side in (source, target))
        if 0 < actual < expected and number.readings.isdisjoint(in_words):
            yield Remark(
                f"number {number.text} stands {expected} times in the source, {actual} in the translation",
                "warning",
            )
            return


def _may_mean(written: Number, number: Number) -> bool:
    return not written.readings.isdisjoint(number.readings) or not written.parts.isdisjoint(number.readings)


def _without_counterpart(side: list[Number], opposite: list[Number], in_words: Counter[str]) -> list[Number]:
    """The numbers of a side that the opposite side has neither in digits nor in words."""
    whole = frozenset().union(*(number.readings for number in opposite))
    parts = frozenset().union(*(number.parts for number in opposite))
    return [
        number
        for number in side
        if number.readings.isdisjoint(whole | parts)
        and not number.parts <= whole
        and number.readings.isdisjoint(in_words)
        and not any(
            _same_year(reading, value) or _same_year(value, reading)
            for reading in number.readings
            for value in whole
        )
    ]


def _same_year(short: str, long: str) -> bool:
    """Whether these are the years 90 and 1990."""
    return len(short) == 2 and len(long) == 4 and long[:2] in ("18", "19", "20") and long.endswith(short)


def _in_words(tokens: list[Token], data: Language) -> Counter[str]:
    """How often a text has each number as a word, a month name or a Roman numeral."""
    counts: Counter[str] = Counter()
    for token in tokens:
        if token.kind == "word":
            folded = token.text.casefold()
            for word in {folded, *folded.split("-")}:
                counts.update(str(names[word]) for names in (data.numerals, data.months) if word in names)
            if (roman := roman_value(token.text)) is not None:
                counts[str(roman)] += 1
    return counts


NUMBERS = Check(
    "number",
    "Numbers of the source that the translation has not, and the other way round.",
    one_by_one(_examine),
)
