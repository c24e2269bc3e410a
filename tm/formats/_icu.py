"""Messages of ICU that select one of several texts: ``{count, plural, one{un pain} other{# pains}}``.

In: a message as JSON writes it, without its quotes. Out: ``Choice``, each text with its selectors and offsets
(``choices``). A message with anything before or behind the selection is one text, since no part of it is a sentence.

>>> message = "{n, plural, =0{rien} one{un pain} other{{n} pains}}"
>>> [(choice.selectors, message[choice.start : choice.end]) for choice in choices(message)]
[(('=0',), 'rien'), (('one',), 'un pain'), (('other',), '{n} pains')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tm.formats._strings import Forms

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = r"(?:\s|\\[nrt])*"
"""White space, as JSON writes it."""
_BEGIN = re.compile(
    rf"{_BLANK}\{{{_BLANK}[^\s{{}},]+{_BLANK},{_BLANK}(?P<kind>plural|selectordinal|select){_BLANK},"
    rf"(?:{_BLANK}offset{_BLANK}:{_BLANK}\d+)?"
)
_SELECTOR = re.compile(rf"(?P<blank>{_BLANK})(?P<name>=\d+|\w+){_BLANK}\{{")
_END = re.compile(rf"{_BLANK}\}}{_BLANK}")
_MARK = re.compile(r"''|'[{}#|][^']*'?|[{}]")
"""Quoted text, and braces outside of it."""


class Choice(NamedTuple):
    """One of the texts: what selects it, its offsets, and the other forms of the plural whose last one it is."""

    selectors: tuple[str, ...]
    start: int
    end: int
    forms: Forms | None


def choices(message: str, start: int = 0, end: int | None = None) -> list[Choice]:
    """The texts that the message between two offsets selects from; none when it is one text.

    >>> choices("Il y a {n, plural, one{un pain} other{# pains}}."), choices("{n, plural, one{un pain}")
    ([], [])
    """
    stop = len(message) if end is None else end
    begun = _BEGIN.match(message, start, stop)
    if not begun:
        return []
    at, found = begun.end(), list[tuple[re.Match[str], int]]()
    while selector := _SELECTOR.match(message, at, stop):
        closed = _closed(message, selector.end(), stop)
        if closed < 0:
            return []
        found.append((selector, closed))
        at = closed + 1
    ended = _END.match(message, at, stop)
    if not found or not ended or ended.end() != stop:
        return []
    names = frozenset(selector["name"] for selector, _ in found)
    of_plural = names | {"one"} if "=1" in names else names
    result = list[Choice]()
    for selector, closed in found:
        forms = None
        if begun["kind"] == "plural" and selector["name"] == "other":
            forms = _forms(message, selector, of_plural)
        result += _inner(message, selector, closed, forms)
    return result


def _inner(message: str, selector: re.Match[str], closed: int, forms: Forms | None) -> Iterator[Choice]:
    """The text of a selector, or those that it selects from in its turn."""
    within = choices(message, selector.end(), closed)
    for choice in within:
        yield choice._replace(selectors=(selector["name"], *choice.selectors))
    if not within:
        yield Choice((selector["name"],), selector.end(), closed, forms)


def _forms(message: str, selector: re.Match[str], names: frozenset[str]) -> Forms:
    """The forms of a plural; a further one stands before the last as that one does."""
    between = message[selector.end("name") : selector.end()]
    return Forms(names, selector.start("name"), "", between, "}" + (selector["blank"] or " "))


def _closed(message: str, start: int, end: int) -> int:
    """The offset of the brace that closes what was opened before; -1 when none does.

    >>> _closed("a {n} '}' b}", 0, 12), _closed("a {n", 0, 4)
    (11, -1)
    """
    depth = 0
    for mark in _MARK.finditer(message, start, end):
        if mark[0] == "{":
            depth += 1
        elif mark[0] == "}":
            if not depth:
                return mark.start()
            depth -= 1
    return -1
