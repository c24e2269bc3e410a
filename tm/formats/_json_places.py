r"""Where the objects and values of a JSON file stand, so that a part of it can change and every other byte stays.

In: a file as text; ``loaded`` sees that it is well-formed. Out: ``Value``, a tree with offsets (``tree``). ``Style``
says how the file is laid out, and writes a new member as it would; ``added`` puts one among others, in the order of
their names, ``edited`` makes the file.

>>> text = '{"a" : {"b" : "oui"}}'
>>> value = tree(text).members["a"].members["b"]
>>> text[value.start : value.end], text[value.key : value.start]
('"oui"', '"b" : ')
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.formats._format import Reading

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def loaded(text: str, reading: Reading, expected: str) -> Any:  # noqa: ANN401 - whatever a file says
    """What a file says.

    Args:
        text: the file.
        reading: of it.
        expected: what the file should be, for an error.

    Raises:
        FormatError: it is no JSON, nested too deep, or has a number of more digits than Python takes (4,300).

    >>> from tm.formats._format import Reading
    >>> loaded('{"a": 1}', Reading("a.json"), "a catalogue")
    {'a': 1}
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        what = f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}; see what stands before this place"
        raise reading.error(what, error.lineno, error.colno) from error
    except ValueError as error:
        raise reading.error(f"has a number of too many digits; {expected} expected") from error
    except RecursionError as error:
        raise reading.error(f"is nested too deep; {expected} expected") from error


@dataclass(slots=True)
class Value:
    """A value: its offsets, the one of its key, and the members of an object by their names."""

    start: int
    end: int
    key: int
    members: dict[str, Value] = field(default_factory=dict)


def tree(text: str) -> Value:
    """The value that a well-formed file is; what stands in lists has no members."""
    open_ = [Value(0, len(text), 0)]
    names, keys = [""], [0]
    expects_name = False
    for match in TOKEN.finditer(text):
        mark = match[0]
        if mark in ",:":
            expects_name = mark == "," and text[open_[-1].start] == "{"
        elif mark in "}]":
            value = open_.pop()
            value.end = match.end()
            open_[-1].members[names[-2]] = value
            names.pop()
            keys.pop()
        elif mark[0] == '"' and expects_name:
            names[-1], keys[-1], expects_name = json.loads(mark), match.start(), False
        elif mark in "{[":
            open_.append(Value(match.start(), match.end(), keys[-1]))
            names.append("")
            keys.append(match.start())
            expects_name = mark == "{"
        else:
            open_[-1].members[names[-1]] = Value(*match.span(), keys[-1])
    return open_[0].members[""]


@dataclass(frozen=True, slots=True)
class Style:
    r"""How a file is laid out: what one level is indented by, what stands before and behind a colon, line ends.

    >>> Style.of('{\n  "a" : "b"\n}')
    Style(indent='  ', colon=' : ', end='\n')
    """

    indent: str
    colon: str
    end: str

    @classmethod
    def of(cls, text: str) -> Style:
        """That of a file."""
        indent = re.search(r"\{\s*?\n([ \t]+)\"", text)
        colon = re.search(r'"(\s*:\s*)["{\[]', text)
        return cls(
            indent[1] if indent else "", colon[1] if colon else ": ", "\r\n" if "\r\n" in text else "\n"
        )

    def member(self, name: str, value: Json, level: int) -> str:
        r"""A member of an object, indented but for its first line.

        >>> Style("  ", " : ", "\n").member("a", {"b": "é"}, 1)
        '"a" : {\n    "b" : "é"\n  }'
        """
        written = json.dumps({name: value}, ensure_ascii=False, indent=self.indent or None,
                             separators=("," if self.indent else ", ", self.colon))  # fmt: skip
        lines = written[1:-1].strip("\n").split("\n")
        lines = [line.removeprefix(self.indent) for line in lines]
        return (self.end + self.indent * level).join(lines)


class Edit(NamedTuple):
    """What comes into the place between two offsets."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The file with all edits, none of which overlap.

    >>> edited("abc", [Edit(2, 3, "d"), Edit(0, 0, "x")])
    'xabd'
    """
    pieces, last = list[str](), 0
    for edit in sorted(edits):
        pieces += [text[last : edit.start], edit.text]
        last = edit.end
    return "".join([*pieces, text[last:]])


def added(owner: Value, member: tuple[str, Json], level: int, style: Style) -> Edit:
    r"""The edit that puts a member into an object, in the order of names.

    Args:
        owner: the object.
        member: its name and its value.
        level: how deep the members of the object stand.
        style: of the file.

    >>> text = '{"a": 1, "c": 2}'
    >>> edited(text, [added(tree(text), ("b", "x"), 1, Style.of(text))])
    '{"a": 1, "b": "x", "c": 2}'
    """
    name, written = member[0].casefold(), style.member(*member, level)
    between = style.end + style.indent * level if style.indent else ""
    behind = next((value for other, value in owner.members.items() if other.casefold() > name), None)
    if behind:
        return Edit(behind.key, behind.key, f"{written},{between or ' '}")
    if owner.members:
        last = max(value.end for value in owner.members.values())
        return Edit(last, last, f",{between or ' '}{written}")
    close = style.end + style.indent * (level - 1) if style.indent else ""
    return Edit(owner.start + 1, owner.end - 1, between + written + close)
