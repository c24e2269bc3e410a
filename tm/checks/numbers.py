"""Numbers that differ: 2018 became 2008.

The same number may be written 10 000, 10.000 and 10,000; 3,5 and 3.5; 12/03/2018 and 12 mars 2018; 3 and trois;
21 and XXI; 90 and 1990 (years).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.checks.addresses import ADDRESS
from tm.checks.check import Check, Remark, Translation, difference, one_by_one, without
from tm.checks.codes import PLACEHOLDER
from tm.language import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language import Token
    from tm.language.languages import Language

_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
)
_GROUPING = re.compile("['’ \u00a0\u2009\u202f]")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_NUMERAL = re.compile(
    r"(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=$|er?$|è|ª|º)"
)
_SAID_OTHERWISE = 20
"""Numbers up to this are often said some other way (a pair, a triplet, both): one that is only missing is a warning."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text, and what it may mean.

    Attributes:
        text: as written.
        readings: canonical forms: 1.000 is one thousand to some and one to others.
        parts: what stands between its points and commas, for dates (12.03.2018), times and lists (1,2,3).
    """

    text: str
    readings: frozenset[str]
    parts: frozenset[str]


def numbers(text: str, scales: dict[str, int]) -> list[Number]:
    """The numbers of a text, those inside of words (GPT-4, 1er, 10h30) among them, those of addresses and placeholders not.

    Args:
        text: any text.
        scales: what number words multiply the number before them, e.g. ``{"mil": 1000}``.
    """
    text = without(text, ADDRESS, PLACEHOLDER)
    found = []
    for match in _NUMBER.finditer(text):
        values = readings(match[0])
        following = text[match.end() : match.end() + 20].split(maxsplit=1)
        if following and (scale := scales.get(following[0].casefold())):
            values |= {_scaled(value, scale) for value in values if value.count(".") < 2}
        parts = frozenset(str(int(part)) for part in re.findall(r"\d+", match[0]))
        found.append(Number(match[0], values, parts))
    return found


def readings(text: str) -> frozenset[str]:
    """What a written number may mean, as canonical strings.

    >>> sorted(readings("10 000")), sorted(readings("10.000")), sorted(readings("3,50")), sorted(readings("3.10.1"))
    (['10000'], ['10.000', '10000'], ['3.5'], ['3.10.1'])
    """
    bare = _GROUPING.sub("", text)
    parts = re.split("[.,]", bare)
    whole = str(int("".join(parts)))
    if len(parts) == 1:
        return frozenset({whole})
    grouped = 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    last_mark = bare[-len(parts[-1]) - 1]
    if bare.count(last_mark) > 1:
        return frozenset({whole} if grouped else {".".join(parts)})
    decimal = f"{int(''.join(parts[:-1]) or 0)}.{parts[-1].rstrip('0') or parts[-1]}"
    return frozenset({whole, decimal} if grouped and len(parts) == 2 else {decimal})


def _scaled(value: str, scale: int) -> str:
    whole, _, fraction = value.partition(".")
    zeros = len(str(scale)) - 1
    return str(int(whole + fraction[:zeros].ljust(zeros, "0")))


def _examine(translation: Translation) -> Iterator[Remark]:
    of_source = languages.language(translation.source_language)
    of_target = languages.language(translation.target_language)
    source = numbers(translation.source, of_source.scales)
    target = numbers(translation.target, of_target.scales)
    if not source and not target:
        return
    source_words = _in_words(translation.source_tokens, of_source)
    target_words = _in_words(translation.target_tokens, of_target)
    # "un" here and "um" there say the same; only a word more than the other side has can stand for a number.
    missing = _without_counterpart(source, target, target_words - source_words)
    added = _without_counterpart(target, source, source_words - target_words)
    if missing or added:
        message = difference([number.text for number in missing], [number.text for number in added])
        may_be_right = not (missing and added) and all(map(_is_small, missing + added))
        yield Remark(f"number {message}", "warning" if may_be_right else "error")
    else:
        yield from _counts(source, target, target_words - source_words)


def _is_small(number: Number) -> bool:
    return number.text.isdecimal() and int(number.text) <= _SAID_OTHERWISE


def _counts(source: list[Number], target: list[Number], in_words: Counter[str]) -> Iterator[Remark]:
    """A number that stands less often in the translation, though it does stand there."""
    for number in source:
        wanted, there = (sum(_may_mean(other, number) for other in side) for side in (source, target))
        if 0 < there < wanted and number.readings.isdisjoint(in_words):
            message = f"number {number.text} stands {wanted} times in the source, {there} in the translation"
            yield Remark(message, "warning")
            return


def _may_mean(number: Number, other: Number) -> bool:
    return not number.readings.isdisjoint(other.readings) or not number.parts.isdisjoint(other.readings)


def _without_counterpart(these: list[Number], others: list[Number], in_words: Counter[str]) -> list[Number]:
    """Those numbers that the other side says neither in digits nor in words."""
    whole = frozenset().union(*(number.readings for number in others))
    parts = frozenset().union(*(number.parts for number in others))
    return [
        number
        for number in these
        if number.readings.isdisjoint(whole | parts)
        and not number.parts <= whole
        and number.readings.isdisjoint(in_words)
        and not any(
            _same_year(one, other) or _same_year(other, one) for one in number.readings for other in whole
        )
    ]


def _same_year(short: str, long: str) -> bool:
    """Whether these are the years 90 and 1990."""
    return len(short) == 2 and len(long) == 4 and long[:2] in ("18", "19", "20") and long.endswith(short)


def _in_words(tokens: list[Token], of: Language) -> Counter[str]:
    """The numbers that a text says in words, as month names or in Roman numerals."""
    found: Counter[str] = Counter()
    for token in tokens:
        if token.kind == "word":
            folded = token.text.casefold()
            for word in {folded, *folded.split("-")}:
                found.update(str(names[word]) for names in (of.numerals, of.months) if word in names)
            if roman := _ROMAN_NUMERAL.match(token.text):
                found[str(_roman(roman[0]))] += 1
    return found


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


NUMBERS = Check(
    "number",
    "Numbers of the source that the translation has not, and the other way round.",
    one_by_one(_examine),
)
