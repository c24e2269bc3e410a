"""Units of measure and currencies: which are meant by a sign or a word, and how many of another one are in
one.

1. ``_tables`` reads ``data/units.tsv``; each line's symbols are matched as they stand, its names without
   case.
2. ``named`` says what a sign or word may stand for; ``behind`` and ``before`` look for one beside a number.
3. ``ratio`` compares two units of the same dimension.

>>> sorted(named("Mo")), sorted(named("Quilômetros")), ratio("km", "m")
(['MB'], ['km'], Fraction(1000, 1))
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

NONE: frozenset[str] = frozenset()

_DATA = Path(__file__).parent.parent.joinpath("data", "units.tsv")

_BEHIND = re.compile(
    r"""[ \u00a0\u2009\u202f-]?(?P<sign>
        (?:pour\s+cent|por\s+cento|por\s+ciento|per\s+cent)(?!\w)
      | (?:°\s?|º)[CF](?!\w) | %(?![\w(]) | [‰٪﹪％€£¥₹₽₩₺₴₪℃℉″′$] | (?:US|CA|AU|NZ|HK|MX|R|C|A)\$
      | [^\W\d_]+(?:[²³]|[23](?!\w))? (?:/[a-z]+)? )""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<![\w$])(?P<sign>(?:US|CA|AU|NZ|HK|MX|R|C|A)?\$|[€£¥₹₽₩₺₴₪%]|[A-Z]{3}|Kč|zł|kr)[ \u00a0\u2009\u202f]?$"
)


class Unit(NamedTuple):
    """A unit.

    Attributes:
        dimension: what it measures.
        factor: how many base units of its dimension it is; 0 when that is not known (currencies).
    """

    dimension: str
    factor: Fraction


@functools.cache
def _tables() -> tuple[dict[str, Unit], dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The units by name; the names by symbol; the names by word."""
    units: dict[str, Unit] = {}
    symbols: dict[str, frozenset[str]] = {}
    words: dict[str, frozenset[str]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, dimension, factor, signs, names = line.split("\t")
            units[name] = Unit(dimension, Fraction(factor or 0))
            for table, spellings in ((symbols, signs), (words, names)):
                for spelling in spellings.split():
                    table[spelling] = table.get(spelling, NONE) | {name}
    symbols["$"] = frozenset(name for name in units if name.endswith("$") and name != "R$")
    words["dollar"] = words["dollars"] = words["dólar"] = words["dólares"] = symbols["$"]
    for pounds in ("pound", "pounds", "livre", "livres", "libra", "libras"):
        words[pounds] |= {"£"}
    for share in ("pour cent", "por cento", "por ciento", "per cent"):
        words[share] = frozenset({"%"})
    return units, symbols, words


@functools.lru_cache(maxsize=1 << 12)
def named(sign: str) -> frozenset[str]:
    """The units that a sign or a word may stand for; none for any other word.

    >>> sorted(named("libras")), sorted(named("°C")), sorted(named("pages"))
    (['lb', '£'], ['°C'], [])
    """
    _, symbols, words = _tables()
    spelt = re.sub(r"\\s+", " ", sign)
    return symbols.get(spelt) or symbols.get(re.sub(r"\s", "", sign)) or words.get(spelt.casefold()) or NONE


def behind(text: str, at: int) -> tuple[frozenset[str], int]:
    """The unit that begins here, behind a number, and where it ends; (none, ``at``) without one.

    >>> behind("5 km.", 1), behind("5 pages", 1)
    ((frozenset({'km'}), 4), (frozenset(), 1))
    """
    match = _BEHIND.match(text, at)
    if match and (units := named(match["sign"])):
        return units, match.end()
    return NONE, at


def before(text: str, at: int) -> tuple[frozenset[str], int]:
    """The currency that ends here, before a number, and where it begins; (none, ``at``) without one.

    >>> before("R$ 100", 3), before("CZK 2,000", 4), before("die 5", 4)
    ((frozenset({'R$'}), 0), (frozenset({'Kč'}), 0), (frozenset(), 4))
    """
    match = _BEFORE.search(text, max(0, at - 5), at)
    if match and (units := named(match["sign"])):
        return units, match.start()
    return NONE, at


def is_symbol(text: str) -> bool:
    """Whether a quantity ends with a symbol, not with a word.

    >>> is_symbol("5 km"), is_symbol("5 weeks"), is_symbol("5 m²")
    (True, False, True)
    """
    match = re.search(r"[^\d\s.,-]\S*$", text)
    return match is not None and match[0] in _tables()[1]


def dimension(unit: str) -> str:
    """What a unit measures.

    >>> dimension("kB"), dimension("R$")
    ('data', 'money')
    """
    return _tables()[0][unit].dimension


def ratio(unit: str, base: str) -> Fraction | None:
    """How many of one unit are in another one; None if they measure different things, or it is not known.

    >>> ratio("GB", "MB"), ratio("km", "kg"), ratio("€", "R$")
    (Fraction(1000, 1), None, None)
    """
    units = _tables()[0]
    one, other = units[unit], units[base]
    if one.dimension != other.dimension or not one.factor or not other.factor:
        return None
    return one.factor / other.factor


def converted(amount: Fraction | int, unit: str, target: str) -> Fraction | None:
    """An amount in another unit; None if that is not known. Temperatures have their own zeros.

    >>> converted(5, "km", "m"), converted(25, "°C", "°F"), converted(5, "€", "$")
    (Fraction(5000, 1), Fraction(77, 1), None)
    """
    if (factor := ratio(unit, target)) is None:
        return None
    zeros = {"°F": 32}
    return (amount - zeros.get(unit, 0)) * factor + zeros.get(target, 0)
