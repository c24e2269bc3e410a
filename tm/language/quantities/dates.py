"""Dates: found in a text, and a new date written as an old one stands there.

1. ``dates`` finds *12 mars 2018*, *1º de março*, *March 12, 2018* by the names of the months (``months.py``),
   and *12/03/2018*, *2018-03-12*.
2. ``Date.replaced`` says what to put where for another date: each part as the old one is written.

>>> text = "Reunião em 12 de março de 2018"
>>> date = dates(text, "pt")[0]
>>> date.value, date.replaced((1, 4, 2019))
((12, 3, 2018), [(11, 13, '1º'), (17, 22, 'abril'), (26, 30, '2019')])
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tm import bcp47
from tm.language.number_signs import is_month_first
from tm.language.quantities.months import months_of
from tm.language.text import nfc

_ORDINAL = "er|º|°|ª|st|nd|rd|th|\\."
_OF_THE_FIRST = {"fr": "er", "pt": "º"}
"""Languages whose first of the month alone is an ordinal number."""

Span = tuple[int, int]
Value = tuple[int, int, int]


class Date(NamedTuple):
    """A date where it stands in a text, each part as (from, to).

    Attributes:
        value: day, month, year; 0 for a year that is not there.
        day: with its ordinal ending.
        month: the name, or the number.
        year: (0, 0) without one.
        text: the text it stands in.
        language: of that text.
    """

    value: Value
    day: Span
    month: Span
    year: Span
    text: str
    language: str

    @property
    def span(self) -> Span:
        """From where to where the date stands.

        >>> dates("Le 12 mars", "fr")[0].span
        (3, 10)
        """
        ends = [end for _, end in (self.day, self.month, self.year)]
        return min(self.day[0], self.month[0], self.year[0] if self.value[2] else self.day[0]), max(ends)

    @property
    def has_name(self) -> bool:
        """Whether the month has its name.

        >>> dates("12/03/2018", "fr")[0].has_name
        False
        """
        return not self.text[self.month[0]].isdigit()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers as tokens: day and year, "" for an ordinal and for what is not there; or all as one.

        >>> [date.numbers for date in dates("Du 1er mai au 3 juin 2018, 12/03/2018", "fr")]
        [('', ''), ('3', '2018'), ('12/03/2018', '')]
        >>> dates("1° giugno 2021", "it")[0].numbers
        ('1', '2021')
        """
        if not self.has_name:
            return self.text[slice(*self.span)], ""
        day = self.text[slice(*self.day)].rstrip(".°")
        return day if day.isdigit() else "", self.text[slice(*self.year)]

    def replaced(self, value: Value) -> list[tuple[int, int, str]] | None:
        """What to put where, for another date to stand here; None when one has a year and the other none.

        >>> dates("March 1st, 2018", "en")[0].replaced((2, 4, 2018))
        [(0, 5, 'April'), (6, 9, '2nd')]
        >>> dates("2018-03-12", "en")[0].replaced((2, 3, 2018))
        [(8, 10, '02')]
        """
        if bool(value[2]) != bool(self.value[2]):
            return None
        spans = (self.day, self.month, self.year)
        written = (self._day(value[0]), self._month(value[1]), str(value[2]))
        return sorted(
            (*span, text)
            for span, text, old, new in zip(spans, written, self.value, value, strict=True)
            if old != new
        )

    def _day(self, day: int) -> str:
        """The day with the ending that its language gives it, where the old one has one or the first has."""
        old = self.text[slice(*self.day)]
        ending = old.lstrip("0123456789")
        tongue = bcp47.base(self.language)
        if tongue in _OF_THE_FIRST and self.has_name:
            ending = _OF_THE_FIRST[tongue] if day == 1 else ""
        elif tongue == "en" and ending:
            ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
        return f"{day:0{2 if self._is_padded() else 1}}{ending}"

    def _month(self, month: int) -> str:
        old = self.text[slice(*self.month)]
        if not self.has_name:
            return f"{month:0{2 if self._is_padded() else 1}}"
        old_names, names = (
            [name for name, number in months_of(self.language).items() if number == each]
            for each in (self.value[1], month)
        )
        name = names[min(old_names.index(nfc(old).casefold()), len(names) - 1)]  # short for short
        return name.upper() if old.isupper() else name.capitalize() if old[0].isupper() else name

    def _is_padded(self) -> bool:
        """Whether numbers below ten have a zero; they have when all are in digits and none is below ten."""
        parts = [self.text[slice(*self.day)]] + ([] if self.has_name else [self.text[slice(*self.month)]])
        digits = [part for part in parts if part[0].isdigit()]
        if any(part.startswith("0") for part in digits):
            return True
        return not self.has_name and all(len(part) > 1 for part in digits)


@functools.lru_cache(maxsize=64)  # the new text is compared with many stored ones
def dates(text: str, language: str) -> list[Date]:
    """The dates of a text, in order, that have a day and a month; those in digits a year too.

    >>> [date.value for date in dates("Du 1er mai au 3 juin 2018, en mars ; 12/03/2018", "fr")]
    [(1, 5, 0), (3, 6, 2018), (12, 3, 2018)]
    >>> [date.value for date in dates("12/03/2018", "en-US")], dates("99/99/2018, 12 maie", "pt")
    ([(3, 12, 2018)], [])
    """
    result = []
    months, is_english = months_of(language), bcp47.base(language or "und") == "en"
    for match in _pattern(language).finditer(text):
        groups = {name[0]: match.span(name) for name, part in match.groupdict().items() if part}
        month = text[slice(*groups["m"])]
        if is_english and month.islower() and month.isalpha() and "y" not in groups:
            continue  # step 1 may fail
        value = (
            int(re.sub(r"\D", "", text[slice(*groups["d"])])),
            int(month) if month.isdigit() else months[nfc(month).casefold()],
            int(text[slice(*groups["y"])]) if "y" in groups else 0,
        )
        if 1 <= value[0] <= 31 and 1 <= value[1] <= 12:
            result.append(Date(value, groups["d"], groups["m"], groups.get("y", (0, 0)), text, language))
    return result


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    """The dates of a language; the first letters of the groups' names are those of day, month and year."""
    day, month = ("m", "d") if is_month_first(language) else ("d", "m")
    forms = [
        rf"(?P<{day}1>\d\d?)(?P<sep>[/.-])(?P<{month}1>\d\d?)(?P=sep)(?P<y1>\d{{4}})",
        r"(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d)",
    ]
    if names := "|".join(sorted(map(re.escape, months_of(language)), key=len, reverse=True)):
        of = r"\s+(?:(?:de|do|del)\s+)?"
        forms.append(rf"(?P<d3>\d\d?(?:{_ORDINAL})?){of}(?P<m3>{names})\b(?:\.?,?{of}(?P<y3>\d{{4}})\b)?")
        if bcp47.base(language) == "en":
            forms.append(
                rf"(?P<m4>{names})\.?\s+(?P<d4>\d\d?(?:{_ORDINAL})?)(?:,?\s+(?P<y4>\d{{4}}))?\b(?!:)"
            )
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(forms)})(?![\w/-])", re.IGNORECASE)
