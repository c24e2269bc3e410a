"""How a number is written in each language: read from one, written in another.

1. ``signs_of`` says which signs a language puts before decimals and between groups of three digits.
2. ``read_number`` reads a number by the signs of its language; ``Number.written`` writes it by others.
3. ``readings`` has what else it may be, to a reader of another language; ``Number.amount`` is what it comes
   to.

The signs are those of CLDR 44 (common/main, ``numbers/symbols``) for languages with the digits 0 to 9.

>>> number = read_number("-1 234,5", "fr")
>>> number.written(signs_of("pt-BR")), number.written(signs_of("en"))
('-1.234,5', '-1,234.5')
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import NamedTuple

from tm import bcp47
from tm.language.numerals import INDIAN

_NO_BREAK, _NARROW = "\u00a0", "\u202f"


class Signs(NamedTuple):
    """How numbers are written; "" for what is not known.

    Attributes:
        decimal: the sign before the decimals.
        group: the sign between groups of three digits.
    """

    decimal: str = ""
    group: str = ""


_LANGUAGES = {
    Signs(".", ","): """
        en es-419 es-CU es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US
        cy fil ga he hi ja ko ms mt th zh
        """,
    Signs(",", "."): """
        pt es es-AR es-BO es-CL es-CO es-EC es-PY es-UY es-VE
        bs ca da de el eu fo gl hr id is it lb mk nl ro sl sr tr
        """,
    Signs(",", _NO_BREAK): """
        pt-AO pt-CV pt-MZ pt-PT de-AT en-ZA es-CR fr-CA
        af be bg cs et fi hu hy ka kk lt lv nb nn no pl ru sk sq sv uk
        """,
    Signs(",", _NARROW): "fr",
    Signs(".", "’"): "de-CH de-LI it-CH",
}
_SIGNS = {tag: signs for signs, tags in _LANGUAGES.items() for tag in tags.split()}
_MONTH_FIRST = frozenset({"en", "en-US", "en-PH"})
_NUMBER = re.compile(r"([+\u2212\u2010-\u2013±-]?)([0-9]+(?:[ \u00a0\u2009\u202f'’.,][0-9]+)*)")
_SPACES = re.compile("[ \u00a0\u2009\u202f'’]")

LONGEST = 1_000
"""Characters of a number at most; longer rows of digits are keys or hashes, with which nobody reckons."""


@functools.cache
def signs_of(language: str) -> Signs:
    """The signs of a language, as its region has them; none when they are not known.

    >>> signs_of("de-CH"), signs_of("de-DE"), signs_of("tlh")
    (Signs(decimal='.', group='’'), Signs(decimal=',', group='.'), Signs(decimal='', group=''))
    """
    return _SIGNS.get(bcp47.canonical(language)) or _SIGNS.get(bcp47.base(language)) or Signs()


def is_month_first(language: str) -> bool:
    """Whether dates in digits begin with the month: 12/31/2018.

    >>> is_month_first("en-US"), is_month_first("en-GB")
    (True, False)
    """
    return bcp47.canonical(language) in _MONTH_FIRST


class Number(NamedTuple):
    """What a written number says, and how it was written.

    Attributes:
        sign: before it, or "".
        whole: the digits before the decimals.
        decimals: the digits behind the decimal sign, "" without one.
        signs: which signs it was written with, "" for one that it has no need of.
    """

    sign: str
    whole: str
    decimals: str
    signs: Signs = Signs()

    @property
    def value(self) -> tuple[str, str, str]:
        """What is equal for equal numbers, however they are written.

        >>> read_number("10 000", "fr").value == read_number("10,000", "en").value
        True
        """
        return self.sign.translate(_MINUS), self.whole, self.decimals

    @property
    def amount(self) -> Fraction:
        """How much it is, without its sign.

        >>> read_number("1 234,50", "fr").amount, read_number("-5", "fr").amount
        (Fraction(2469, 2), Fraction(5, 1))
        """
        return Fraction(int((self.whole or "0") + self.decimals), 10 ** len(self.decimals))

    def written(self, signs: Signs) -> str | None:
        """The number with other signs, in groups when it was; None when it needs a sign that is not known.

        >>> read_number("1000,5", "fr").written(signs_of("en")), read_number("0,5", "fr").written(Signs())
        ('1000.5', None)
        """
        if (self.signs.decimal and not signs.decimal) or (self.signs.group and not signs.group):
            return None
        whole = self.whole
        if self.signs.group:
            first = len(whole) % 3
            whole = signs.group.join(filter(None, (whole[:first], *re.findall("...", whole[first:]))))
        return self.sign + whole + (signs.decimal + self.decimals if self.signs.decimal else "")


_MINUS = {ord(minus): "-" for minus in "\u2212\u2010\u2011\u2012\u2013"}


def read_number(text: str, language: str = "") -> Number | None:
    """The number that a text is; None for a date, a time, a version, a range, what is longer than ``LONGEST``, and
    for other digits.

    A single mark before three digits parts decimals or thousands as its language has it.

    >>> read_number("1.000", "pt").value, read_number("1.000", "en").value, read_number("+0,5", "fr").value
    (('', '1000', ''), ('', '1', '000'), ('+', '0', '5'))
    >>> [read_number(text, "fr") for text in ("1.2.3", "12/03/2018", "10:30", "3-4", "1 00")]
    [None, None, None, None, None]
    """
    match = _NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    sign, digits = match.groups()
    space = _SPACES.search(digits)
    marks = re.findall("[.,]", digits)
    decimal = _decimal_sign(digits, marks, signs_of(language), grouped=bool(space))
    whole, _, decimals = digits.rpartition(decimal) if decimal else (digits, "", "")
    groups = re.split(r"\D", whole)
    between = set(re.findall(r"\D", whole))
    if len(groups) > 1 and (
        len(between) > 1 or len(groups[0]) > 3 or {len(group) for group in groups[1:]} != {3}
    ):
        return None
    if decimals and not decimals.isdigit():
        return None
    return Number(sign, "".join(groups), decimals, Signs(decimal, next(iter(between), "")))


@functools.lru_cache(maxsize=1 << 12)
def amounts(text: str, language: str = "") -> frozenset[Fraction | int]:
    """What written digits may come to; whole numbers as such, since they are compared faster.

    >>> sorted(amounts("1.500", "pt")), amounts("3,5", "fr")
    ([Fraction(3, 2), 1500], frozenset({Fraction(7, 2)}))
    """
    found = (number.amount for number in readings(text, language))
    return frozenset(int(amount) if amount.denominator == 1 else amount for amount in found)


@functools.lru_cache(maxsize=1 << 12)
def readings(text: str, language: str = "") -> tuple[Number, ...]:
    """All that written digits may be: first as their language has it, then by the signs of others.

    >>> [number.amount for number in readings("1.500", "pt")], [number.amount for number in readings("1,5")]
    ([Fraction(1500, 1), Fraction(3, 2)], [Fraction(3, 2)])
    >>> [number.amount for number in readings("1,23,456")], readings("3.10.1")
    ([Fraction(123456, 1)], ())
    """
    if len(text) <= LONGEST and re.fullmatch(INDIAN, text):
        whole, _, decimals = text.replace(",", "").partition(".")
        return (Number("", whole, decimals, Signs(decimals and ".", ",")),)
    number = read_number(text, language)
    mark = number and (number.signs.decimal or number.signs.group)
    if not number or mark not in {".", ","} or not re.fullmatch(rf"[1-9]\d{{0,2}}[{mark}]\d{{3}}", text):
        return (number,) if number else ()
    whole, _, behind = text.partition(mark)
    if number.signs.decimal:
        return number, Number("", whole + behind, "", Signs("", mark))
    return number, Number("", whole, behind, Signs(mark, ""))


def _decimal_sign(digits: str, marks: list[str], signs: Signs, *, grouped: bool) -> str:
    """The mark that parts the decimals of the digits, "" when none does."""
    if not marks or marks.count(marks[-1]) > 1:
        return ""
    last = marks[-1]
    before, _, behind = digits.rpartition(last)
    is_plain = len(marks) > 1 or grouped or len(behind) != 3 or not 1 <= len(before) <= 3 or before[0] == "0"
    if is_plain or last == signs.decimal:
        return last
    return ""
