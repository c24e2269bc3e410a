"""The options of a verb, looked at before the work: each refusal says what would be right.

The command line has looked at them already; a caller in Python or a server has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.errors import OptionError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_OF_MEANING = 50
"""The least percent of a query by meaning unless another is asked for. docs/memory.md has what each leaves out."""


def check_percent(name: str, value: object, *, highest: int = 100) -> None:
    """Refuse what is no percent.

    Args:
        name: of the option.
        value: what was given for it.
        highest: 100, or 102 where a context counts.

    Raises:
        OptionError: it is not a whole number from 1 to the highest.

    >>> check_percent("minimum", 70)
    >>> check_percent("minimum", 0.7)
    Traceback (most recent call last):
    tm.errors.OptionError: minimum is 0.7; a percent from 1 to 100 was expected, such as 70
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= highest:
        raise OptionError(f"{name} is {value!r}; a percent from 1 to {highest} was expected, such as 70")


def check_count(name: str, value: object) -> None:
    """Refuse what is no number of results.

    Raises:
        OptionError: it is not a whole number of 1 or more.

    >>> check_count("limit", 0)
    Traceback (most recent call last):
    tm.errors.OptionError: limit is 0; a whole number of 1 or more was expected
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise OptionError(f"{name} is {value!r}; a whole number of 1 or more was expected")


def check_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Refuse what is none of the choices.

    Raises:
        OptionError: it is none of them; the nearest one is named.

    >>> check_choice("side", "middle", ["source", "target"])
    Traceback (most recent call last):
    tm.errors.OptionError: side is 'middle'; one of these was expected: source, target
    >>> check_choice("on_same", "Keep", ["keep", "replace", "both"])
    Traceback (most recent call last):
    tm.errors.OptionError: on_same is 'Keep'; one of these was expected: keep, replace, both; did you mean keep?
    """
    if value not in choices:
        hint = nearest(str(value), choices)
        raise OptionError(f"{name} is {value!r}; one of these was expected: {', '.join(choices)}{hint}")


def check_share(name: str, value: object) -> None:
    """Refuse what is no share of 1.

    Raises:
        OptionError: it is not a number from 0 to 1.

    >>> check_share("minimum", 40)
    Traceback (most recent call last):
    tm.errors.OptionError: minimum is 40; a number from 0 to 1 was expected
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise OptionError(f"{name} is {value!r}; a number from 0 to 1 was expected")
