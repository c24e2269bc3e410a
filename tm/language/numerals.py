"""What numbers look like: digits in groups, Roman numerals.

>>> import re
>>> re.search(GROUPED, "cerca de 1.500 mil")[0], roman_value("XXIe")
('1.500', 21)
"""

from __future__ import annotations

import re

GROUPED = r"\d{1,3}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?!\d)(?:[.,]\d+)?"
"""An expression for digits in groups of three: 10 000, 10.000, 10'000, 1.234.567,89."""

INDIAN = r"\d{1,2}(?:,\d\d)+,\d{3}(?!\d)(?:\.\d+)?"
"""The same for digits in groups as in India, three and then by two: 1,23,456."""

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_NUMERAL = r"(?=[IVXLCDM])M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?=$|er?$|è|ª|º)"


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
