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
from tm.language.syntaxes.syntax import Sides, Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language.syntaxes.syntax import Fault

_TAG = re.compile(r"\[(?P<close>/?)(?P<name>[A-Za-z]\w*|\*)(?P<rest>=[^\[\]\n]*|(?:\s+[\w-]+=[^\[\]\n]*)?)\]")


def _tags(text: str) -> list[Tag]:
    return [
        Tag(match["name"], "close" if match["close"] else "open", *match.span(), match[0])
        for match in _TAG.finditer(text)
    ]


def _rules(sides: Sides) -> Iterator[Fault]:
    source, target = _tags(sides.source), _tags(sides.target)
    markup = {tag.name for tag in source + target if tag.kind == "close"}
    kept = [[tag for tag in side if tag.name in markup] for side in (source, target)]
    yield from pair_faults(kept[0], kept[1])


BBCODE = Syntax(
    "bbcode",
    "[b]…[/b], [url=…]: forums, Godot.",
    "markup",
    ("[/",),
    rules=_rules,
    flags=frozenset({"bbcode-text"}),
)
