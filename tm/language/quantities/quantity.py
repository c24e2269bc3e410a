"""A quantity where it stands in a text, and all that it may mean."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from tm.values import dataclass

Kind = Literal["number", "word", "roman", "date", "time"]

Value = Fraction | int | tuple[str | int, ...]
"""An amount, exactly; a date as ``("date", day, month, year)``, a time as ``("time", seconds after
midnight)``."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or time: equal to another one where they have a value in common.

    Attributes:
        text: as written, with sign and unit.
        bare: the same without its unit.
        start: where it begins.
        end: where it ends.
        kind: how it is written.
        values: what it may mean: 1.000 is one thousand to some readers and one to others.
        parts: the digits between its marks, as numbers: of dates, times, fractions, lists.
        digits: where its digits, or words, stand.
        units: the unit or currency; several if the sign stands for several, none if no sign was recognised.
        scale: what a word behind the digits multiplies them by: 1000 of *10 mil*.
        sign: "-" of a negative number, "?" where a word may be a minus (*menos 5*), else "".
        version: its parts when it has points: 3.10 is no 3.1.
        is_loose: whether its word may be no number at all: *un*, *second*, *neuf*.
        is_named: whether a letter stands right before it, as in a name: MP3, FILE1.
        is_alone: whether no word follows, so that it has no unit in words either.
    """

    text: str
    bare: str
    start: int
    end: int
    kind: Kind
    values: frozenset[Value]
    parts: tuple[int, ...]
    digits: tuple[int, int]
    units: frozenset[str] = frozenset()
    scale: int = 1
    sign: str = ""
    version: tuple[int, ...] = ()
    is_loose: bool = False
    is_named: bool = False
    is_alone: bool = False
