r"""Translations put into an HTML page: the markup of each block is made anew from its own tags, all else stays.

A code of the translation is written as the tag of the source that it stands for. Of tags that the translation
lacks a pair is left out, and any other, such as an image, stands at the end; so does what stood between the texts,
such as a comment. A pair that would not nest is left out too.

>>> from tm.formats._format import Filling
>>> from tm.formats._html_blocks import blocks_of
>>> page = "<p>\n  Le <b>pont</b> &amp; la rive.</p>"
>>> filling = Filling(omegat_tags.hidden("A <b0>ponte</b0> & a margem."), 100)
>>> put(page, blocks_of(page).places, [filling])
('<p>\n  A <b>ponte</b> &amp; a margem.</p>', 1)
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from tm.language import omegat_tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tm.formats._format import Filling
    from tm.formats._html_blocks import Place
    from tm.model import Code, Segment

_ATTRIBUTE = re.compile(r"""([^\s/>=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]*))?""")
"""The name of an attribute, the equals sign and the value; or the name of the tag."""
_BLANKS = r"(?:\s|&(?:nbsp|ensp|emsp|thinsp|#160|#8239|#[xX]0*[aA]0|#[xX]202[fF]);)*"
_BEFORE, _BEHIND = re.compile(_BLANKS), re.compile(rf"(?<!\s){_BLANKS}\Z")

_Edit: TypeAlias = tuple[int, int, str]
"""From offset, to offset (negative, so that what is around comes first), new text."""


def put(page: str, places: Sequence[Place], fillings: Iterable[Filling | None]) -> tuple[str, int]:
    """The page with its fillings, one for each place in order, and how many were put in."""
    given = [
        (place, filling.target)
        for place, filling in zip(places, fillings, strict=False)
        if filling and place.start >= 0 and not _is_same(place.segment, filling.target)
    ]
    tags = _with_attributes(page, given)
    of_tags = sorted((start, -end, tag) for (start, end), tag in tags.items())
    edits = list(of_tags)
    for place, target in given:
        if not place.attribute:
            markup = {
                shown: tags.get(span, tag)
                for (shown, tag), span in zip(place.markup.items(), place.tags, strict=True)
            }
            between = "".join(_edited(page, start, end, of_tags) for start, end in place.between)
            new = _framed(page[place.start : place.end], _markup(target, markup) + between)
            edits.append((place.start, -place.end, new))
    return _edited(page, 0, len(page), sorted(edits)), len(given)


def _edited(page: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """A part of the page with those edits that are in it; one inside another is left out.

    >>> _edited("un pont noir", 3, 12, [(0, -2, "o"), (3, -7, "a ponte"), (4, -5, "-")])
    'a ponte noir'
    """
    pieces, position = [], start
    for from_, to, new in islice(edits, bisect_left(edits, (start,)), None):
        if -to > end:
            break
        if from_ >= position:
            pieces += [page[position:from_], new]
            position = -to
    return "".join([*pieces, page[position:end]])


def _is_same(source: Segment, target: Segment) -> bool:
    return omegat_tags.shown(source) == omegat_tags.shown(target)


def _with_attributes(page: str, given: Sequence[tuple[Place, Segment]]) -> dict[tuple[int, int], str]:
    """The start tags in which an attribute is filled, as they become."""
    tags: dict[tuple[int, int], str] = {}
    for place, target in given:
        if place.attribute:
            span = place.start, place.end
            tags[span] = _with_attribute(tags.get(span, page[slice(*span)]), place.attribute, target.text)
    return tags


def _with_attribute(tag: str, name: str, value: str) -> str:
    """A start tag with another value of an attribute.

    >>> _with_attribute("<img alt='Le pont' src=a.png>", "alt", "A ponte")
    '<img alt="A ponte" src=a.png>'
    >>> _with_attribute('<img data-x="alt=a"ALT=eau>', "alt", "água")
    '<img data-x="alt=a"ALT="água">'
    """
    quoted = html.escape(value, quote=False).replace('"', "&quot;")
    same = [match for match in _ATTRIBUTE.finditer(tag) if match[2] and match[1].lower() == name]
    if not same:
        return tag
    start, end = same[-1].span(3)
    return f'{tag[:start]}"{quoted}"{tag[end:]}'


def _framed(old: str, new: str) -> str:
    """The new markup between the white space that the old one has at its ends.

    >>> _framed(" &nbsp;Prix&nbsp;:&#160;", "Preço:")
    ' &nbsp;Preço:&#160;'
    """
    ends = _BEFORE.match(old), _BEHIND.search(old)
    lead, tail = (match[0] if match else "" for match in ends)
    return f"{lead}{new}{tail}"


def _markup(target: Segment, markup: Mapping[str, str]) -> str:
    """The markup of a text whose codes have these tags."""
    places = {_shown(code): code.position for code in target.codes if _shown(code) in markup}
    halves = {shown for shown in markup if _partner(shown) in markup}
    kept = _nested(sorted(places, key=places.__getitem__), halves)
    pieces, position = [], 0
    for shown in kept:
        pieces += [html.escape(target.text[position : places[shown]], quote=False), markup[shown]]
        position = places[shown]
    pieces.append(html.escape(target.text[position:], quote=False))
    return "".join(pieces + [tag for shown, tag in markup.items() if shown not in halves.union(kept)])


def _nested(codes: Sequence[str], halves: AbstractSet[str]) -> list[str]:
    """The codes without halves of pairs that have no other half, or that would overlap another pair.

    >>> _nested(["<b0>", "<i1>", "</b0>", "<x2/>", "</i1>"], {"<b0>", "</b0>", "<i1>", "</i1>"})
    ['<b0>', '</b0>', '<x2/>']
    """
    kept = set(codes) - halves
    waiting: list[str] = []
    for code in codes:
        if code not in halves:
            continue
        if not code.startswith("</"):
            waiting.append(code)
        elif _partner(code) in waiting:
            kept |= {code, _partner(code)}
            del waiting[waiting.index(_partner(code)) :]
    return [code for code in codes if code in kept]


def _partner(shown: str) -> str:
    """The other half of a pair, as OmegaT shows it.

    >>> _partner("<b0>"), _partner("</b0>")
    ('</b0>', '<b0>')
    """
    return shown.replace("</", "<") if shown.startswith("</") else shown.replace("<", "</")


def _shown(code: Code) -> str:
    return code.content.text if code.content else ""
