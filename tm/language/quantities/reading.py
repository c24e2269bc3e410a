"""The quantities of a text: dates first, then times, then what is left in digits, in words, in Roman
numerals.

1. ``may_hold`` passes over texts, by far the most, that have none.
2. ``quantities`` asks ``dates.py`` and ``clocks.py``, then ``_digits`` for each number in digits, then
   ``words.py``; what one has taken, the next leaves alone.
3. ``_tail`` reads what stands behind a number: a scale (*milhões*), a unit, a currency.

>>> [(found.text, found.kind) for found in quantities("Le 3 mars 2020 à 14 h 30 : -5 °C, trois euros", "fr")]
[('3 mars 2020', 'date'), ('14 h 30', 'time'), ('-5 °C', 'number'), ('trois euros', 'word')]
"""

from __future__ import annotations

import functools
import re
import zlib
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import numeric

from tm import bcp47
from tm.language.languages import language_of
from tm.language.number_signs import LONGEST, amounts, is_month_first
from tm.language.numerals import GROUPED, INDIAN, roman_value
from tm.language.quantities import units
from tm.language.quantities.clocks import clocks
from tm.language.quantities.dates import dates
from tm.language.quantities.months import months_of
from tm.language.quantities.quantity import Quantity
from tm.language.quantities.words import SHOWN_BY_PLURAL, spoken, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.language.quantities.quantity import Value
    from tm.language.quantities.words import Spoken

_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_SPACE = "[ \u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"(?P<mixed>(?:\d+{_SPACE}?)?[{_VULGAR}])|(?P<slashed>\d+[ºª°]?(?:/\d+)+)"
    rf"|{INDIAN}|{GROUPED}|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
)
_MAY_BE_DATE = re.compile(r"\d[/.-]\d")
_ANY_DIGIT = re.compile(rf"[\d{_VULGAR}]")
_WORDS = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"(?<![\w.&'’-])(?:[IVXLCDM]{2,}|[IVX])(?:er|e|ème|[ºª°])?(?![\w&'’]|[.-]\w)")
_ROMAN_PAIR = re.compile(r"[IVXLCDM](?:[IVXLCDM]|(?<=[IVX])e\b)")
_NO_ROMAN = frozenset(
    "CC CD CM CV DC DI DL DM DVD LCD LD LL MC MD MDI MI MIDI MIX MM VM XL XX XXL XXX IM ID".split()
)
_CENTURY = re.compile(r"(?:si[èe]cles?|s[ée]culos?|centur(?:y|ies)|siglos?)", re.IGNORECASE)

_MINUS = "-\u2212\u2010\u2011\u2012\u2013"
_BEFORE_MINUS = " \t\n\u00a0\u202f([{«\"“‘'=<>|:;"
_NAME_SIGNS = "~^#\\"
_WORD_MINUS = re.compile(r"\b(?:moins|menos|minus)\s$", re.IGNORECASE)
_INSIDE = re.compile(r"[\w,] $")
"""Within a sentence an English month has a capital, the verb *may* has none."""
_FORMAT = re.compile(r"(?:(?<!\d)%[-+0#]*[.A-Za-z]?|_\.)$")
_SETTING = re.compile(r"[a-z](?:[:_][a-z]+)+:$")
"""Before the value of a key in code: ``calendar:week_start:1``."""
_PER_CENT_FIRST = frozenset({"tr", "eu"})
"""Languages that write %50; elsewhere that is a placeholder."""
_ORDINAL = re.compile(r"(?:er|re|ère|e|ème|eme|nde?|st|rd|th|[ºª])(?!\w)|°(?!\s?[CF])")
_SCALE = re.compile(rf"{_SPACE}?([^\W\d_]+)")
_LETTER_SCALE = re.compile(rf"{_SPACE}?(k|M|Mds?)(?=[€$£])|([kKM]|[mbt]n)(?![\w/])")
_LETTERS = {
    "k": 10**3,
    "K": 10**3,
    "M": 10**6,
    "m": 10**6,
    "b": 10**9,
    "B": 10**9,
    "Md": 10**9,
    "Mds": 10**9,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
_ONE_LETTER = frozenset("kKM")
_MONEY_SCALE = re.compile(r"[mbB](?![\w/])")
_OF = re.compile(r" (?:de |d['’]|of )")
_DIGIT_FOLLOWS = re.compile(r" \d")
_WORD_FOLLOWS = re.compile(r"[ \u00a0\u202f-]?[^\W\d_]")


class Tail(NamedTuple):
    """What stands behind a number.

    Attributes:
        end: where it ends.
        units: the unit or currency.
        bare: where the number ends, with its scale.
        scale: what it multiplies the number by.
        is_letter: whether the scale is a letter that may be none.
    """

    end: int
    bare: int
    units: frozenset[str] = units.NONE
    scale: int = 1
    is_letter: bool = False


def has_digit(text: str) -> bool:
    """Whether a text has a quantity in digits.

    >>> has_digit("Il a 10 ans."), has_digit("dix ans"), has_digit("½")
    (True, False, True)
    """
    return _ANY_DIGIT.search(text) is not None


def may_hold(text: str, language: str) -> bool:
    """Whether a text may have a quantity; False is certain.

    >>> may_hold("Le pain est cuit.", "fr"), may_hold("Il a dix ans.", "fr"), may_hold("4", "")
    (False, True, True)
    """
    if has_digit(text) or _ROMAN_PAIR.search(text):
        return True
    return not _firm_words(language).isdisjoint(_WORDS.findall(text.casefold()))


@functools.cache
def _firm_words(language: str) -> frozenset[str]:
    words = vocabulary(language)
    return frozenset(
        (words.values.keys() | language_of(language).months.keys()) - (words.loose - SHOWN_BY_PLURAL)
    )


def quantities(text: str, language: str) -> list[Quantity]:
    """The quantities of a text, in order; none overlaps another.

    Args:
        text: any text; what is no prose should be masked (``tm.language.protected``).
        language: a tag.

    >>> [sorted(map(str, found.values)) for found in quantities("1,5 milhão, ½, 1/3, século XIX, 10.000", "pt")]
    [['1500000'], ['1/2'], ["('date', 1, 3, 0)", '1/3'], ['19'], ['10', '10000']]
    """
    found: list[Quantity] = []
    words = frozenset(_WORDS.findall(text.casefold()))
    has_month = not months_of(language).keys().isdisjoint(words)
    if has_digit(text):
        if has_month or _MAY_BE_DATE.search(text):
            _add(found, _dates(text, language))
            _add(found, _month_years(text, language))
        _add(found, _times(text, language))
        _add(found, _in_digits(text, language))
    if not vocabulary(language).values.keys().isdisjoint(words):
        _add(found, _in_words(text, language))
    if has_month:
        _add(found, _months(text, language))
    _add(found, _romans(text))
    return sorted(found, key=lambda quantity: quantity.digits)


def _add(result: list[Quantity], more: Iterable[Quantity]) -> None:
    """Add the quantities that overlap none of those before."""
    more = list(more)
    taken = [(quantity.start, quantity.end) for quantity in result]
    result += [
        quantity
        for quantity in more
        if not any(quantity.start < end and start < quantity.end for start, end in taken)
    ]


def _dates(text: str, language: str) -> Iterator[Quantity]:
    for date in dates(text, language):
        start, end = date.span
        day, month, year = date.value
        values: set[Value] = {("date", day, month, year)}
        if not date.has_name and bcp47.canonical(language or "und") in ("en", "und") and day <= 12:
            values.add(("date", month, day, year))
        parts = (day, month, year) if year else (day, month)
        yield Quantity(text[start:end], "", start, end, "date", frozenset(values), parts, (start, end))


def _month_years(text: str, language: str) -> Iterator[Quantity]:
    for match in _month_year(language).finditer(text):
        month, year = months_of(language)[match[1].casefold()], int(match[2])
        yield Quantity(
            match[0],
            "",
            *match.span(),
            "date",
            frozenset({("date", 0, month, year)}),
            (month, year),
            match.span(),
        )


@functools.cache
def _month_year(language: str) -> re.Pattern[str]:
    """*mars 2018*, without a day before or behind the month."""
    names = "|".join(sorted(map(re.escape, months_of(language)), key=len, reverse=True)) or "(?!)"
    return re.compile(
        rf"(?<!\d )(?<!\d de )(?<!\d of )\b({names})\.?,? (?:de |of )?(\d{{4}})(?!\w)", re.IGNORECASE
    )


def _in_word(word: Spoken) -> frozenset[Value]:
    """What a word may mean: *half* and *third* are parts too."""
    parts = {Fraction(1, word.value)} if word.is_loose and word.value else set()
    return frozenset({word.value} | parts)


def _months(text: str, language: str) -> Iterator[Quantity]:
    """Months by themselves, and days whose number is a word; in English with their capitals."""
    months = language_of(language).months
    needs_capital = bcp47.base(language) == "en"
    for match in _WORDS.finditer(text):
        month = months.get(match[0].casefold())
        if month and not (needs_capital and match[0].islower()):
            is_loose = needs_capital and month in (3, 5) and not _INSIDE.search(text, 0, match.start())
            value: Value = ("date", 0, month, 0)
            yield Quantity(
                match[0],
                "",
                *match.span(),
                "date",
                frozenset({value}),
                (month,),
                match.span(),
                is_loose=is_loose,
            )


def _times(text: str, language: str) -> Iterator[Quantity]:
    for time in clocks(text, language):
        values: frozenset[Value] = frozenset(("time", seconds) for seconds in time.seconds)
        span = (time.start, time.end)
        yield Quantity(text[slice(*span)], "", *span, "time", values, time.parts, span)


def _in_digits(text: str, language: str) -> Iterator[Quantity]:
    end = 0
    has_sign_first = bcp47.base(language or "und") in _PER_CENT_FIRST
    for match in _NUMBER.finditer(text):
        is_format = not has_sign_first and _FORMAT.search(text, max(0, match.start() - 4), match.start())
        is_tag = (
            text[match.start() - 1 : match.start()] in ("<", "/")
            and text[match.end() : match.end() + 1] == ">"
        )
        is_setting = _SETTING.search(text, max(0, match.start() - 40), match.start())
        if match.start() >= end and not (is_format or is_tag or is_setting):  # the 2 of m2 is no number
            number = _digits(match, text, language)
            end = number.end
            yield number


def _digits(match: re.Match[str], text: str, language: str) -> Quantity:
    """A number in digits with its sign and unit."""
    written, (first, last) = match[0], match.span()
    money, start = units.before(text, first)
    tail = _tail(text, last, language, is_money=bool(money))
    plain, others = _values(match, language)
    values: set[Value] = {amount * tail.scale for amount in plain}
    if tail.scale == 1:
        values |= others
    elif tail.is_letter:
        values |= plain
    is_named = text[first - 1 : first].isalpha()
    if is_named or (first and text[first - 1] in _NAME_SIGNS):
        tail = Tail(last, last)  # of a name: MP3, ~1L
    sign, start = _sign(text, first, start)
    if "h" in tail.units:
        values |= {
            ("time", int(hour) * 3600 % 86400) for hour in plain if hour <= 24 and hour.denominator == 1
        }
    return Quantity(
        text[start : tail.end],
        (text[first - 1] if sign == "-" and text[first - 1] in _MINUS else "") + text[first : tail.bare],
        start,
        tail.end,
        "number",
        frozenset(values),
        tuple(map(_whole, re.findall(r"\d+", written))),
        (first, last),
        units=money or tail.units,
        scale=tail.scale,
        sign=sign,
        version=_version(written),
        is_named=is_named,
        is_alone=not _WORD_FOLLOWS.match(text, tail.end),
    )


def _values(match: re.Match[str], language: str) -> tuple[frozenset[Fraction | int], frozenset[Value]]:
    """The amounts that digits may mean, and what else: dates, or the parts where nothing fits."""
    written = match[0]
    if match["mixed"]:
        whole = _whole(written[:-1].strip() or "0")
        return frozenset({whole + Fraction(numeric(written[-1])).limit_denominator(10)}), frozenset()
    if match["slashed"]:
        parts = [_whole(part.rstrip("ºª°")) for part in written.split("/")]
        is_fraction = len(parts) == 2 and parts[1] > 0
        return frozenset({Fraction(*parts)} if is_fraction else ()), _slashed_dates(parts, language)
    written = written if written[0] != "." else "0" + written
    if found := amounts(written, language):
        return found, frozenset()
    return frozenset(), frozenset({("parts", *map(_whole, re.findall(r"\d+", written)))})


def _whole(digits: str) -> int:
    """The number that digits are; of more than ``LONGEST`` a number that stands for them: nobody reckons with it."""
    return int(digits) if len(digits) <= LONGEST else zlib.crc32(digits.encode())


def _slashed_dates(parts: list[int], language: str) -> frozenset[Value]:
    """The dates that 12/3 and 12/03/18 may be."""
    as_written: Value = ("parts", *parts)
    if len(parts) > 3:
        return frozenset({as_written})
    first, second, *year = parts
    orders = [(second, first), (first, second)]
    if not is_month_first(language):
        orders.reverse()
    years = (0,) if not year else (1900 + year[0], 2000 + year[0]) if year[0] < 100 else tuple(year)
    valid = [(day, month) for day, month in orders if 1 <= day <= 31 and 1 <= month <= 12]
    if bcp47.canonical(language or "und") not in ("en", "und"):
        del valid[1:]
    found: set[Value] = {("date", day, month, each) for day, month in valid for each in years}
    return frozenset(found or {as_written})


def _version(written: str) -> tuple[int, ...]:
    """The parts between points; none if there is another mark."""
    parts = written.split(".")
    return tuple(map(_whole, parts)) if len(parts) > 1 and all(part.isdecimal() for part in parts) else ()


def _sign(text: str, first: int, start: int) -> tuple[str, int]:
    """The sign before a number or its currency, and where the quantity begins."""
    for at in {first, start}:
        if at and text[at - 1] in _MINUS and (at == 1 or text[at - 2] in _BEFORE_MINUS or start < at):
            return "-", min(at - 1, start)
    may_be_minus = _WORD_MINUS.search(text, max(0, start - 8), start) or (
        start and text[:start].strip() in tuple(_MINUS)
    )
    return ("?" if may_be_minus else ""), start


def _tail(text: str, at: int, language: str, *, is_money: bool = False) -> Tail:
    """What stands behind a number that ends here; behind an amount of money m and b are scales: £3m."""
    if ordinal := _ORDINAL.match(text, at):
        at = ordinal.end()
    if letter := _LETTER_SCALE.match(text, at):
        units_there, end = units.behind(text, letter.end())
        return Tail(
            end,
            letter.end(),
            units_there,
            _LETTERS[letter[1] or letter[2]],
            is_letter=letter[2] in _ONE_LETTER,
        )
    if is_money and (letter := _MONEY_SCALE.match(text, at)):
        return Tail(letter.end(), letter.end(), scale=_LETTERS[letter[0]])
    scale, end, scales = 1, at, language_of(language).scales
    while (word := _SCALE.match(text, end)) and (power := scales.get(word[1].casefold())):
        scale, end = scale * power, word.end()
    if scale > 1 and (of := _OF.match(text, end)):
        units_there, behind = units.behind(text, of.end())
        return Tail(behind if units_there else end, end, units_there, scale)
    units_there, behind = units.behind(text, end)
    if _DIGIT_FOLLOWS.match(text, behind) and any(units.dimension(unit) == "data" for unit in units_there):
        return Tail(end, end, scale=scale)  # of the next number: b 512 KB 1000
    return Tail(behind, end, units_there, scale)


def _in_words(text: str, language: str) -> Iterator[Quantity]:
    for word in spoken(text, language):
        tail = _tail(text, word.end, language)
        yield Quantity(
            text[word.start : tail.end],
            word.text,
            word.start,
            tail.end,
            "word",
            _in_word(word),
            (word.value,),
            (word.start, word.end),
            units=tail.units,
            sign="?" if _WORD_MINUS.search(text, max(0, word.start - 8), word.start) else "",
            is_loose=word.is_loose,
        )


def _romans(text: str) -> Iterator[Quantity]:
    """Roman numerals; a letter alone, or what is an abbreviation too, is loose unless it counts a century."""
    for match in _ROMAN.finditer(text):
        value = roman_value(match[0])
        if value is None:
            continue
        letters = match[0].rstrip("erèmºª°")
        beside = text[max(0, match.start() - 9) : match.start()] + text[match.end() : match.end() + 9]
        is_loose = (len(letters) == 1 or letters in _NO_ROMAN) and not _CENTURY.search(beside)
        yield Quantity(
            match[0],
            "",
            *match.span(),
            "roman",
            frozenset({value}),
            (value,),
            match.span(),
            is_loose=is_loose and len(letters) == len(match[0]),
        )
