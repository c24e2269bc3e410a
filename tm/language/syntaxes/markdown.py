"""Markdown: links and their targets, ``**strong**``, ``*emphasis*``, ``\\`code\\```, headings.

>>> for source, target in (
...     ("Voir le [guide](guide.md).", "Veja o [guia] (guide.md)."),
...     ("Lancez `make install`.", "Execute `fazer instalar`."),
...     ("Cliquez sur **Oui**.", "Clique em **Sim*."),
...     ("a * b [1] 2*3*4", "a * b [1] 2*3*4"),
... ):
...     print([fault.message for fault in MARKDOWN.rules(Sides(source, target))])
['link (guide.md) of the source is not in the translation']
['code `make install` in the source, `fazer instalar` in the translation']
['** 2 times in the source, 1 times in the translation']
[]
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tm.language.syntaxes.rest import is_rest
from tm.language.syntaxes.syntax import Fault, Sides, Syntax, blanked, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"(?<![`\\:\w])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?![`_])", re.DOTALL)
_LINK = re.compile(
    r"!?\[[^\[\]]*\](?P<target>\((?P<address>[^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s+[\"'][^()]*[\"'])?\))"
)
_ABSOLUTE = re.compile(r"\(<?(?:[a-z][a-z+]*:)?//.*|\(mailto:.*", re.IGNORECASE)
_STRONG = re.compile(r"(?<!\*)\*\*(?!\*)")
_STRONG_PAIR = re.compile(r"(?<![\w*])\*\*(?=[^\s*]).+?(?<=[^\s*])\*\*(?!\*)", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![\w*])")
_STAR = re.compile(r"(?<![*\\])\*(?!\*)")
_HEADING = re.compile(r"^(#{1,6}) (?=\S)", re.MULTILINE)


def _rules(sides: Sides) -> Iterator[Fault]:
    if is_rest(sides.source):
        return
    yield from _codes(sides)
    source, target = (
        blanked(text, [match.span() for match in _CODE.finditer(text)])
        for text in (sides.source, sides.target)
    )
    yield from _links(source, target)
    yield from _stars(source, target)
    headings = [_HEADING.findall(text) for text in (source, target)]
    if headings[0] != headings[1] and headings[0]:
        yield Fault(
            f"headings {', '.join(headings[0])} in the source, {', '.join(headings[1]) or 'none'} in the translation",
            "warning",
        )


def _codes(sides: Sides) -> Iterator[Fault]:
    source, target = (list(_CODE.finditer(text)) for text in (sides.source, sides.target))
    if source and sides.source.count("`") % 2 == 0 and sides.target.count("`") % 2:
        yield Fault(
            "a backquote of the translation has no counterpart",
            "warning",
            target=_places_of("`", sides.target),
        )
        return
    yield from _exchanged("code", source, target, 0)


def _places_of(sign: str, text: str) -> tuple[tuple[int, int], ...]:
    return tuple((at, at + 1) for at, found in enumerate(text) if found == sign)


def _links(source: str, target: str) -> Iterator[Fault]:
    yield from _exchanged("link", list(_LINK.finditer(source)), list(_LINK.finditer(target)), "target")


def _exchanged(
    what: str, source: list[re.Match[str]], target: list[re.Match[str]], group: str | int
) -> Iterator[Fault]:
    """The fault of what only one side has; only if the source has any."""
    if not source:
        return
    ours, theirs = ([_ABSOLUTE.sub("(//)", match[group]) for match in side] for side in (source, target))
    missing, added = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    if missing or added:
        yield Fault(
            f"{what} {difference(missing, added)}",
            "warning",
            tuple(match.span() for match, key in zip(source, ours, strict=True) if key in missing),
            tuple(match.span() for match, key in zip(target, theirs, strict=True) if key in added),
        )


def _stars(source: str, target: str) -> Iterator[Fault]:
    """Strong text is as often strong; a star of emphasis has its counterpart."""
    counts = len(_STRONG.findall(source)), len(_STRONG.findall(target))
    if counts[0] != counts[1] and _STRONG_PAIR.search(source):
        message = f"** {counts[0]} times in the source, {counts[1]} times in the translation"
        yield Fault(message, "warning", target=tuple(match.span() for match in _STRONG.finditer(target)))
    elif _EMPHASIS.search(source):
        stars = [_STAR.findall(text) for text in (source, target)]
        if len(stars[0]) % 2 == 0 and len(stars[1]) % 2:
            yield Fault("a star of emphasis has no counterpart", "warning")


MARKDOWN = Syntax(
    "markdown",
    "[text](target), **strong**, `code`, # heading: Markdown.",
    "markup",
    ("`", "](", "*", "# "),
    rules=_rules,
    flags=frozenset({"md-text"}),
)
