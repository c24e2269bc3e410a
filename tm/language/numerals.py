"""How a number is written, and what a written number may mean.

1. ``GROUPED`` says what a number with grouped digits looks like; tokens and the check of numbers share it.
2. ``readings`` lists what digits with marks may mean; ``scaled`` multiplies that by a word (*10 mil*).
3. ``roman_value`` reads a word that begins as a Roman numeral.

>>> import re
>>> written = re.search(GROUPED, "cerca de 1.500 mil")[0]
>>> written, sorted(readings(written)), sorted(scaled(value, 1000) for value in readings(written))
('1.500', ['1.5', '1500'], ['1500', '1500000'])
"""

from __future__ import annotations

import re

GROUPED = r"\d{1,3}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?!\d)(?:[.,]\d+)?"
"""An expression for digits in groups of three: 10 000, 10.000, 10'000, 1.234.567,89."""

_GROUPING = "['’ \u00a0\u2009\u202f]"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_NUMERAL = r"(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=$|er?$|è|ª|º)"


def readings(text: str) -> frozenset[str]:
    """What a written number may mean, as canonical strings.

    A point or a comma separates thousands to some readers and decimals to others: then there are two
    readings.

    >>> sorted(readings("10 000")), sorted(readings("10.000")), sorted(readings("3,50"))
    (['10000'], ['10.000', '10000'], ['3.5'])
    >>> sorted(readings("3.10.1")), sorted(readings("1.234.567")), sorted(readings("007"))
    (['3.10.1'], ['1234567'], ['7'])
    """
    bare = re.sub(_GROUPING, "", text)
    groups = re.split("[.,]", bare)
    whole = str(int("".join(groups)))
    if len(groups) == 1:
        return frozenset({whole})
    is_grouped = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    last_mark = bare[-len(groups[-1]) - 1]
    if bare.count(last_mark) > 1:
        return frozenset({whole} if is_grouped else {".".join(groups)})
    decimal = f"{int(''.join(groups[:-1]) or 0)}.{groups[-1].rstrip('0') or groups[-1]}"
    return frozenset({whole, decimal} if is_grouped and len(groups) == 2 else {decimal})


def scaled(value: str, scale: int) -> str:
    """A reading times a power of ten, as a whole number; digits beyond it are dropped.

    >>> scaled("1.5", 10**6), scaled("10", 1000)
    ('1500000', '10000')
    """
    whole, _, fraction = value.partition(".")
    zeros = len(str(scale)) - 1
    return str(int(whole + fraction[:zeros].ljust(zeros, "0")))


def roman_value(word: str) -> int | None:
    """The value of a Roman numeral, with or without the ending of an ordinal; None for any other word.

    >>> roman_value("XXI"), roman_value("XXIe"), roman_value("IIª"), roman_value("MCMXCIV")
    (21, 21, 2, 1994)
    >>> roman_value("Il"), roman_value("IIII"), roman_value("")
    (None, None, None)
    """
    numeral = re.match(_ROMAN_NUMERAL, word)
    if numeral is None:
        return None
    values = [_ROMAN[letter] for letter in numeral[0]]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
