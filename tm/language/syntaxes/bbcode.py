"""BBCode: ``[b]…[/b]``, ``[url=…]``, ``[*]``; forums, Godot.

A word in brackets is markup where it is closed in the same text, or is a code of forums that needs no end.

>>> for target in ("[b]Espaço", "[b]Espaço[/b]", "[/b]Espaço[b]"):
...     print([fault.message for fault in BBCODE.rules(Sides("[b]Espace[/b] [1]", target + " [1]"))])
['tag [/b] of the source is not in the translation']
[]
['tag [/b] closes what is not open in the translation']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.syntaxes._pairs import Tag, pair_faults
from tm.language.syntaxes.syntax import Fault, Sides, Syntax, difference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Span

_TAG = re.compile(r"\[(?P<close>/?)(?P<name>[A-Za-z]\w*|\*)(?P<rest>=[^\[\]\n]*|(?:\s+[\w-]+=[^\[\]\n]*)?)\]")

_FILES = re.compile(r"\[(img|url)\][^\[\]]+\[/\1\]")
_WITH_NAMES = frozenset(("quote", "spoiler"))
"""Tags behind whose = a text for the reader may stand."""


def _tags(text: str) -> list[Tag]:
    return [
        Tag(match["name"], "close" if match["close"] else "open", *match.span(), match[0])
        for match in _TAG.finditer(text)
    ]


def _rules(sides: Sides) -> Iterator[Fault]:
    source, target = _tags(sides.source), _tags(sides.target)
    markup = {tag.name for tag in source + target if tag.kind == "close"}
    kept = [[tag for tag in side if tag.name in markup] for side in (source, target)]
    faults = list(pair_faults(kept[0], kept[1]))
    yield from faults or _values(sides, kept[0], kept[1])


def _values(sides: Sides, source: Sequence[Tag], target: Sequence[Tag]) -> Iterator[Fault]:
    """The fault of what tags say to the program: a colour, a size, a picture's file; absolute addresses are
    compared by a check of their own."""
    said = _said(sides.source, source), _said(sides.target, target)
    lost, new = (
        [item for item in one if item not in two] for one, two in ((said[0], said[1]), (said[1], said[0]))
    )
    if lost and new:
        yield Fault(
            f"tag {difference(lost, new)}",
            "warning",
            tuple(said[0][item] for item in lost),
            tuple(said[1][item] for item in new),
        )


def _said(text: str, tags: Sequence[Tag]) -> dict[str, Span]:
    said = {
        tag.written: (tag.start, tag.end)
        for tag in tags
        if "=" in tag.written and tag.name not in _WITH_NAMES
    }
    said |= {match[0]: match.span() for match in _FILES.finditer(text)}
    return {item: place for item, place in said.items() if "//" not in item}


BBCODE = Syntax(
    "bbcode",
    "[b]…[/b], [url=…]: forums, Godot.",
    "markup",
    ("[/",),
    rules=_rules,
    flags=frozenset({"bbcode-text"}),
)
