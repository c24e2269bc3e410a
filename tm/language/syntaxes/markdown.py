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
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.language.syntaxes.rest import is_rest
from tm.language.syntaxes.syntax import Fault, Sides, Syntax, blanked, difference

if TYPE_CHECKING:
    from collections.abc import Iterator

_Kept = list[tuple[str, re.Match[str]]]
"""What a translation keeps, and where it stands."""
_CODE = re.compile(r"(?<![`\\:\w])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?![`_])", re.DOTALL)
_LINK = re.compile(
    r"""(?P<image>!?)\[[^\[\]]*\]
        (?: \((?P<address>[^()\s]*(?:\([^()]*\)[^()\s]*)?)(?:\s+["'][^()]*["'])?\) | \[(?P<label>[^\[\]]+)\] )""",
    re.VERBOSE,
)
_ABSOLUTE = re.compile(r"<?(?:[a-z][a-z+]*:)?//.*|mailto:.*", re.IGNORECASE)
_GNU_QUOTES = re.compile(r"(?<![`\w])`[^`'\n]+'(?!\w)")
"""Programs of GNU write `name' for a quotation."""
_HEADING = re.compile(r"^(#{1,6}) (?=\S)", re.MULTILINE)
_DOUBLED = {
    sign: (
        re.compile(rf"(?<!{sign}){sign}{sign}(?!{sign})"),
        re.compile(
            rf"(?<![\w{sign}]){sign}{sign}(?=[^\s{sign}]).+?(?<=[^\s{sign}]){sign}{sign}(?!{sign})", re.DOTALL
        ),
    )
    for sign in (r"\*", "~")
}
"""Marks of strong and struck text: one of them, and a pair with its text."""
_SINGLE = {
    sign: (
        re.compile(rf"(?<![{sign}\\]){sign}(?!{sign})"),
        re.compile(
            rf"(?<![\w{sign}\\]){sign}(?=[^\s{sign}])[^{sign}\n]+(?<=[^\s{sign}]){sign}(?![\w{sign}])"
        ),
    )
    for sign in (r"\*", "_")
}
"""Marks of emphasis, likewise."""


def _rules(sides: Sides) -> Iterator[Fault]:
    if is_rest(sides.source):
        return
    yield from _codes(sides)
    source, target = (
        blanked(text, [match.span() for match in _CODE.finditer(text)])
        for text in (sides.source, sides.target)
    )
    links = [[(_link(match), match) for match in _LINK.finditer(text)] for text in (source, target)]
    yield from _exchanged("link", links[0], links[1])
    yield from _marks(source, target)
    headings = [_HEADING.findall(text) for text in (source, target)]
    if headings[0] != headings[1] and headings[0]:
        yield Fault(
            f"headings {', '.join(headings[0])} in the source, {', '.join(headings[1]) or 'none'} in the translation",
            "warning",
        )


def _codes(sides: Sides) -> Iterator[Fault]:
    source, target = (
        [(match[0], match) for match in _CODE.finditer(text)] for text in (sides.source, sides.target)
    )
    if _GNU_QUOTES.search(sides.source):
        return
    if source and sides.source.count("`") % 2 == 0 and sides.target.count("`") % 2:
        yield Fault(
            "a backquote of the translation has no counterpart",
            "warning",
            target=_places_of("`", sides.target),
        )
        return
    for fault in _exchanged("code", source, target):
        bare = [match["code"] for key, match in source if match.span() in fault.source]
        as_text = not fault.target and all(code in sides.target for code in bare)
        # French puts « » around a name, and so may others.
        yield replace(fault, severity="info") if as_text else fault


def _places_of(sign: str, text: str) -> tuple[tuple[int, int], ...]:
    return tuple((at, at + 1) for at, found in enumerate(text) if found == sign)


def _link(link: re.Match[str]) -> str:
    """What a translation keeps of a link; an absolute address is compared by a check of its own."""
    where = f"[{link['label']}]" if link["label"] else f"({_ABSOLUTE.sub('…', link['address'])})"
    return link["image"] + where


def _exchanged(what: str, source: _Kept, target: _Kept) -> Iterator[Fault]:
    """The fault of what only one side has; only if the source has any."""
    if not source:
        return
    counts = Counter(key for key, _ in source), Counter(key for key, _ in target)
    missing, added = counts[0] - counts[1], counts[1] - counts[0]
    if missing or added:
        yield Fault(
            f"{what} {difference(missing, added)}",
            "warning",
            tuple(match.span() for key, match in source if key in missing),
            tuple(match.span() for key, match in target if key in added),
        )


def _marks(source: str, target: str) -> Iterator[Fault]:
    """Strong text is as often strong; a mark of emphasis has its counterpart."""
    for mark, pair in _DOUBLED.values():
        counts = len(mark.findall(source)), len(mark.findall(target))
        if counts[0] != counts[1] and (first := pair.search(source)):
            places = tuple(match.span() for match in mark.finditer(target))
            message = f"{counts[0]} times in the source, {counts[1]} times in the translation"
            yield Fault(f"{first[0][:2]} {message}", "warning", (first.span(),), places)
            return
    for mark, pair in _SINGLE.values():
        counts = len(mark.findall(source)), len(mark.findall(target))
        if counts[0] % 2 == 0 and counts[1] % 2 and (first := pair.search(source)):
            places = tuple(match.span() for match in mark.finditer(target))
            yield Fault(
                f"emphasis: {first[0][0]} has no counterpart in the translation", "warning", target=places
            )
            return


MARKDOWN = Syntax(
    "markdown",
    "[text](target), **strong**, _emphasis_, `code`, # heading: Markdown.",
    "markup",
    ("`", "](", "][", "*", "_", "~~", "# "),
    rules=_rules,
    flags=frozenset({"md-text"}),
)
