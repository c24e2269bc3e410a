r"""ICU messages read: arguments, the branches of plural and select, and what the branches hold.

An apostrophe hides braces only directly before one (``'{'``), two are an apostrophe.

>>> (argument,) = read("Il y a {n, plural, =0 {rien} other {# fichiers de {nom}}}.")
>>> argument.name, argument.kind, [(branch.keyword, len(branch.arguments)) for branch in argument.branches]
('n', 'plural', [('=0', 0), ('other', 1)])
>>> read("{n, plural, other {#}")
Traceback (most recent call last):
tm.language.syntaxes._message.BrokenMessageError: a brace is not closed
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BRANCHING = frozenset({"plural", "select", "selectordinal"})
"""The kinds of arguments that have branches."""

_NAME = re.compile(r"\s*(?P<name>[\w.-]+)\s*(?P<next>[,}])")
_KIND = re.compile(r"\s*(?P<kind>[A-Za-z]+)\s*(?P<next>[,}])")
_OFFSET = re.compile(r"\s*offset:\s*\d+")
_KEYWORD = re.compile(r"\s*(?P<keyword>=\d+|[^\s{}=,]+)\s*\{")
_SPACE = re.compile(r"\s*")


class BrokenMessageError(ValueError):
    """A text that is no ICU message.

    Attributes:
        at: the offset where the reader stopped.
    """

    def __init__(self, reason: str, at: int) -> None:
        """The reason, for a person."""
        super().__init__(reason)
        self.at = at


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of an argument: its keyword, the place of what it holds, and the arguments in it."""

    keyword: str
    start: int
    end: int
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """``{name}``, ``{name, kind, style}`` or ``{name, plural, one {…} other {…}}``; ``start`` is its
    brace's."""

    name: str
    kind: str
    start: int
    end: int
    branches: tuple[Branch, ...] = ()


def read(text: str) -> tuple[Argument, ...]:
    """The arguments of a message, in order.

    Raises:
        BrokenMessageError: a brace is missing, or an argument has no name.
    """
    arguments, end = _message(text, 0, inside=False)
    if end < len(text):
        raise BrokenMessageError("a brace is closed that was not opened", end)
    return arguments


def _message(text: str, at: int, *, inside: bool) -> tuple[tuple[Argument, ...], int]:
    """The arguments from an offset on, and where the message ends: at a closing brace, or with the text."""
    arguments = []
    while at < len(text):
        sign = text[at]
        if sign == "'" and text[at + 1 : at + 2] in ("'", "{", "}"):
            at = _behind_quotation(text, at)
        elif sign == "{":
            argument = _argument(text, at)
            arguments.append(argument)
            at = argument.end
        elif sign == "}":
            break
        else:
            at += 1
    if inside and at >= len(text):
        raise BrokenMessageError("a brace is not closed", at)
    return tuple(arguments), at


def _behind_quotation(text: str, at: int) -> int:
    if text[at + 1] == "'":
        return at + 2
    end = text.find("'", at + 1)
    return end + 1 if end > 0 else len(text)


def _argument(text: str, start: int) -> Argument:
    name = _NAME.match(text, start + 1)
    if not name:
        raise BrokenMessageError("an argument has no name", start)
    if name["next"] == "}":
        return Argument(name["name"], "", start, name.end())
    kind = _KIND.match(text, name.end())
    if not kind:
        raise BrokenMessageError(f"the argument {name['name']} has no kind", name.end())
    if kind["next"] == "}":
        return Argument(name["name"], kind["kind"], start, kind.end())
    if kind["kind"] not in BRANCHING:
        return Argument(name["name"], kind["kind"], start, _behind_style(text, kind.end()))
    branches, end = _branches(text, kind.end())
    return Argument(name["name"], kind["kind"], start, end, branches)


def _branches(text: str, at: int) -> tuple[tuple[Branch, ...], int]:
    """The branches of an argument, and the offset behind its closing brace."""
    branches: list[Branch] = []
    if offset := _OFFSET.match(text, at):
        at = offset.end()
    while keyword := _KEYWORD.match(text, at):
        arguments, end = _message(text, keyword.end(), inside=True)
        branches.append(Branch(keyword["keyword"], keyword.end(), end, arguments))
        at = end + 1
    space = _SPACE.match(text, at)
    at = space.end() if space else at
    if text[at : at + 1] != "}":
        reason = "a brace is not closed" if at >= len(text) else "something stands between two branches"
        raise BrokenMessageError(reason, at)
    return tuple(branches), at + 1


def _behind_style(text: str, at: int) -> int:
    """The offset behind the brace that closes a style, which may hold braces itself."""
    depth = 1
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    raise BrokenMessageError("a brace is not closed", len(text))
