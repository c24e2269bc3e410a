r"""Escapes written out (``\n``, ``\t``), and real line breaks.

>>> for source, target in (
...     (r"Erreur :\nAbsent.", "Erro: Ausente."),
...     ("Erreur :\nAbsent.", "Erro: Ausente."),
...     (r"Ouvrez C:\nom\temp", r"Abra C:\nom\temp"),
... ):
...     print([fault.message for fault in ESCAPES.rules(Sides(source, target))])
['\\n once in the source, not in the translation']
['1 line break in the source, 0 in the translation']
[]
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.language.syntaxes.syntax import BLANK, Fault, Sides, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATH = re.compile(r"(?<!\w)[A-Za-z]:\\\S*|(?<!\S)\\\\\w+\\\S*|%\w+%\\\S*")
_ESCAPE = re.compile(r"\\r\\n|\\[nrt](?![a-z]{2})|(?<=\S)(?<!\\)\\[nrt]|\\\"")
_WRAPPED = 60
"""Characters of a line that was broken because it was full."""


def _rules(sides: Sides) -> Iterator[Fault]:
    yield from _escapes(sides)
    yield from _lines(sides)


def _escapes(sides: Sides) -> Iterator[Fault]:
    source, target = (_found(text) for text in (sides.source, sides.target))
    counts = Counter(match[0] for match in source), Counter(match[0] for match in target)
    for escape in dict.fromkeys((*counts[0], *counts[1])):
        if counts[0][escape] != counts[1][escape]:
            places = [
                tuple(match.span() for match in side if match[0] == escape) for side in (source, target)
            ]
            yield Fault(
                f"{escape} {_times(counts[0][escape])} in the source, {_times(counts[1][escape])} in the translation",
                "warning",
                places[0],
                places[1],
            )


def _found(text: str) -> list[re.Match[str]]:
    return list(_ESCAPE.finditer(_PATH.sub(lambda match: BLANK * len(match[0]), text)))


def _times(count: int) -> str:
    return {0: "not", 1: "once"}.get(count, f"{count} times")


def _lines(sides: Sides) -> Iterator[Fault]:
    """Another number of lines, unless lines were broken because they were full."""
    source, target = (text.strip().splitlines() for text in (sides.source, sides.target))
    if len(source) != len(target) and not (_is_wrapped(source) or _is_wrapped(target)):
        breaks = len(source) - 1, len(target) - 1
        message = (
            f"{breaks[0]} line break{'s' * (breaks[0] != 1)} in the source, {breaks[1]} in the translation"
        )
        yield Fault(message, "warning")


def _is_wrapped(lines: list[str]) -> bool:
    """Whether a line is so long that it may have been broken because it was full."""
    return any(len(line) > _WRAPPED for line in lines[:-1])


ESCAPES = Syntax(
    "escapes",
    r"\n, \t written out, and line breaks.",
    "escape",
    ("\\", "\n"),
    rules=_rules,
)
