"""Which units of a memory are meant: a small language, the same for every verb that has ``--where``.

``SYNTAX`` says how it is written.

1. ``parsed_where`` finds the conditions (``_CONDITION``) and makes one of ``_Names``, ``_Texts``, ``_Ranges``
   of each.
2. ``Where.admits`` tries them on a unit; ``admitted`` on many, and counts the others.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import Stored
>>> unit = Unit((Variant("fr", Segment("le four")), Variant("pt-BR", Segment("o forno"))), (("creationid", "rui"),))
>>> stored = Stored(12, unit, 3, "loc/news.tmx", "2026-11-28T10:00:00Z")
>>> for text in ("author=rui date>=2020", "language=pt-PT", "not file=news.* target=FORNO", "number=10..20"):
...     print(parsed_where(text).admits(stored))
True
False
False
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from tm import bcp47
from tm.errors import OptionError, nearest
from tm.language import fold
from tm.store import records

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator

    from tm.store.stored import Stored

_NAMES = ("language", "origin", "author", "document", "file")
_TEXTS = ("text", "source", "target")
_RANGES = ("date", "number", "change")
FIELDS = (*_NAMES, *_TEXTS, *_RANGES)
"""What a condition may ask for."""

SYNTAX = """\
A condition is a field, a sign and a value; of several, with spaces between them, all must hold:

  author=rui date>=2020 document="*.docx"

  language=pt-BR         has a text in it; pt means all its regions
  origin=aligned         how it was made; origin=aligned,machine is one of both
  author=rui             who changed it last, else who made it
  date>=2020 date<2021   the day it was changed, else made, else came into the memory:
                         a year (2026), a month (2026-11) or a day (2026-11-28);
                         date=2019..2021 is from the first of both to the last
  document=*.docx        the document that its source stood in, with its folder or without
  file=news.tmx          the file that it was added from, likewise
  text=forno             stands in one of its texts; case and typography do not count
  source=four            stands in its source (the language of srclang, else the first)
  target=forno           stands in another text of it
  number=12,20..30       its number in the memory (tm find --details)
  change=3               the number of the change that brought it (tm log)

!= or a "not " before the condition turns it round; author="" means that it has none. * stands for any
letters in an origin, an author, a document, a file. What has spaces or commas in it is quoted, with " or '.
<, <=, > and >= are for dates and numbers."""
"""How conditions are written, for a person."""

_CONDITION = re.compile(
    r"""\s*(?P<negated>not\s+)?(?P<field>[^\s=!<>"']+)(?P<space>\s+)?(?P<sign>!=|>=|<=|=|>|<)"""
    r"""(?(space)\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"']*)(?=\s|$)"""
)


class _Condition(Protocol):
    def admits(self, stored: Stored) -> bool:
        """Whether it holds of a unit."""


@dataclass(frozen=True, slots=True)
class _Not:
    condition: _Condition

    def admits(self, stored: Stored) -> bool:
        """Whether the condition does not hold."""
        return not self.condition.admits(stored)


@dataclass(frozen=True, slots=True)
class _Names:
    """One of the patterns is a name that the unit has."""

    field: str
    patterns: tuple[str, ...]

    def admits(self, stored: Stored) -> bool:
        """Whether one of its names is one of the patterns; the empty one means that it has none."""
        names = _NAMES_OF[self.field](stored)
        if not any(names):
            return "" in self.patterns
        return any(pattern and re.fullmatch(pattern, name) for pattern in self.patterns for name in names)


@dataclass(frozen=True, slots=True)
class _Texts:
    """A folded text stands in one of the unit's."""

    field: str
    text: str

    def admits(self, stored: Stored) -> bool:
        """Whether it does; the empty one means that the unit has no such text."""
        texts = _texts_of(self.field, stored)
        return any(self.text in fold(text) for text in texts) if self.text else not any(texts)


@dataclass(frozen=True, slots=True)
class _Ranges:
    """A number, or a day as a number (20261128), is in one of some ranges, both ends among them.

    No range at all means that the unit has no such number.
    """

    field: str
    ranges: tuple[tuple[int, int], ...]

    def admits(self, stored: Stored) -> bool:
        """Whether it is."""
        if self.field == "date":
            number = int(stored.changed.replace("-", "") or 0)
        else:
            number = stored.number if self.field == "number" else stored.change
        if not number:
            return not self.ranges
        return any(low <= number <= high for low, high in self.ranges)


@dataclass(frozen=True, slots=True)
class Where:
    """Which units are meant: those of which all conditions hold.

    Attributes:
        text: as it was written.
        conditions: none means all units.

    >>> bool(Where()), bool(parsed_where("origin=machine"))
    (False, True)
    """

    text: str = ""
    conditions: tuple[_Condition, ...] = ()

    def admits(self, stored: Stored) -> bool:
        """Whether the unit is among them."""
        return all(condition.admits(stored) for condition in self.conditions)

    def __bool__(self) -> bool:
        """Whether it leaves any unit out at all."""
        return bool(self.conditions)


def admitted(units: Iterable[Stored], where: Where, counts: Counter[str]) -> Iterator[Stored]:
    """The units that are meant; ``counts`` gets how many were "admitted" and how many "left out".

    >>> from collections import Counter
    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import Stored
    >>> units = [Stored(number, Unit((Variant("fr", Segment("oui")),)), 1, "", "") for number in (1, 2, 3)]
    >>> counts = Counter()
    >>> [each.number for each in admitted(units, parsed_where("number>1"), counts)], dict(counts)
    ([2, 3], {'left out': 1, 'admitted': 2})
    """
    for stored in units:
        if where.admits(stored):
            counts["admitted"] += 1
            yield stored
        else:
            counts["left out"] += 1


# ------------------------------------------------------------------------------------------------- reading


def parsed_where(text: str | Where) -> Where:
    """The conditions of a text; those that are parsed already as they are.

    Raises:
        OptionError: it is none; says what would be.

    >>> parsed_where("authr=rui")
    Traceback (most recent call last):
    tm.errors.OptionError: where: authr is no field; did you mean author?
    >>> parsed_where("date>=yesterday")
    Traceback (most recent call last):
    tm.errors.OptionError: where: date>=yesterday: no date; 2026, 2026-11 or 2026-11-28 was expected
    """
    if isinstance(text, Where):
        return text
    conditions = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _CONDITION.match(text, position)
        if not match:
            word = text[position:].split(maxsplit=1)[0]
            raise OptionError(
                f"where: {word}: no condition; field=value was expected, such as author=rui or date>=2020 "
                f'(several with spaces between them, document="a b.docx" in quotes); fields: {", ".join(FIELDS)}'
            )
        conditions.append(_condition(match))
        position = match.end()
    return Where(text.strip(), tuple(conditions))


def _condition(match: re.Match[str]) -> _Condition:
    field, sign, written = match["field"].lower(), match["sign"], match["value"]
    if field not in FIELDS:
        hint = nearest(field, FIELDS) or f"; fields are: {', '.join(FIELDS)}"
        raise OptionError(f"where: {match['field']} is no field{hint}")
    quoted = written[:1] in ('"', "'") and len(written) > 1
    value = written[1:-1] if quoted else written
    if field not in _RANGES and sign not in ("=", "!="):
        raise OptionError(
            f"where: {field}{sign}{written}: {sign} is for dates and numbers; {field}={written} was expected"
        )
    condition: _Condition
    if field in _TEXTS:
        condition = _Texts(field, fold(value))
    else:
        values = [value] if quoted else value.split(",")
        if field in _RANGES:
            whole = f"{field}{sign}{written}"
            is_none = not value.strip() and sign in ("=", "!=")
            ranges = [] if is_none else [_range(field, sign, part.strip(), whole) for part in values]
            condition = _Ranges(field, tuple(ranges))
        else:
            condition = _Names(field, tuple(_pattern(field, part.strip()) for part in values))
    return _Not(condition) if (sign == "!=") != bool(match["negated"]) else condition


def _pattern(field: str, value: str) -> str:
    """What a folded name must be, as a regular expression.

    >>> _pattern("document", "*.DOCX"), _pattern("language", "PT")
    ('.*\\\\.docx', 'pt(-.*)?')
    """
    if field == "language":
        if value and not bcp47.is_tag(value):
            raise OptionError(f"where: language={value}: no language tag; one like fr or pt-BR was expected")
        return f"{re.escape(bcp47.canonical(value).casefold())}(-.*)?" if value else ""
    return ".*".join(map(re.escape, fold(value).split("*")))


LAST = 10**18
"""More than any number or day."""


def _range(field: str, sign: str, value: str, whole: str) -> tuple[int, int]:
    """The numbers that a sign and a value admit.

    >>> _range("date", "=", "2019..2021-06", ""), _range("number", ">", "12", "")
    ((20190101, 20210631), (13, 1000000000000000000))
    """
    bounds_of = _days if field == "date" else _numbers
    if ".." in value and sign in ("=", "!="):
        first, _, last = value.partition("..")
        ends = bounds_of(first, whole)[0] if first else 0, bounds_of(last, whole)[1] if last else LAST
        if ends[0] > ends[1]:
            raise OptionError(f"where: {whole}: ends before it begins; {last}..{first} was expected")
        return ends
    low, high = bounds_of(value, whole)
    match sign:
        case ">=":
            return low, LAST
        case ">":
            return high + 1, LAST
        case "<=":
            return 0, high
        case "<":
            return 0, low - 1
    return low, high


def _numbers(value: str, whole: str) -> tuple[int, int]:
    if not value.isascii() or not value.isdecimal():
        raise OptionError(f"where: {whole}: no number; one such as 12 or 12..20 was expected")
    return int(value), int(value)


_DATE = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:T.*)?)?)?", re.ASCII)


def _days(value: str, whole: str) -> tuple[int, int]:
    """The first and the last day of a year, a month or a day.

    >>> _days("2026-11", "")
    (20261101, 20261131)
    """
    match = _DATE.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        year, month, of_month = (int(part or 0) for part in match.groups())
        date(year, month or 1, of_month or 1)
    except ValueError:
        raise OptionError(f"where: {whole}: no date; 2026, 2026-11 or 2026-11-28 was expected") from None
    first = year * 10_000 + (month or 1) * 100 + (of_month or 1)
    return first, year * 10_000 + (month or 12) * 100 + (of_month or 31)


# ------------------------------------------------------------------------------------------------- of a unit


def _languages(stored: Stored) -> tuple[str, ...]:
    return tuple(bcp47.canonical(variant.language).casefold() for variant in stored.unit.variants)


def _paths(name: str) -> tuple[str, ...]:
    """A path, and its parts where two texts were added as one, each with its folder and without.

    >>> _paths("loc/Bread.fr.txt = loc/Bread.pt.txt")[1:]
    ('loc/bread.fr.txt', 'bread.fr.txt', 'loc/bread.pt.txt', 'bread.pt.txt')
    """
    parts = [fold(part) for part in re.split(r" [=+] ", name)]
    whole = [fold(name)] if len(parts) > 1 else []
    return (*whole, *(form for part in parts for form in dict.fromkeys((part, PurePath(part).name))))


_NAMES_OF: dict[str, Callable[[Stored], tuple[str, ...]]] = {
    "language": _languages,
    "origin": lambda stored: (fold(stored.origin),),
    "author": lambda stored: (fold(stored.author),),
    "document": lambda stored: _paths(stored.document),
    "file": lambda stored: _paths(stored.file),
}
"""The folded names that a unit has in each field of names."""


def _texts_of(field: str, stored: Stored) -> list[str]:
    """The unit's texts: all, its source, or all others."""
    texts = [variant.segment.text for variant in stored.unit.variants]
    if field == "text" or not texts:
        return texts
    source = records.source_position(stored.unit)
    return [texts[source]] if field == "source" else [*texts[:source], *texts[source + 1 :]]
