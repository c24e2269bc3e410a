r"""Translations put into a file with inline markup: the markup of each text is made anew from its own tags.

In: the file as a string, the places of its texts (``_inline.Place``) and a filling for each. Out: the file,
in which all that is not filled stays. ``put`` makes the new markup, innermost places first.

A code of the translation is written as the tag of the source that it stands for. Of tags that the translation
lacks a pair is left out, and any other, such as an image, stands at the end; so does what stood between the
texts, such as a comment. A pair that would not nest is left out too.

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
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, TypeAlias

from tm.formats._escaping import FORBIDDEN
from tm.language import omegat_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tm.formats._format import Filling
    from tm.formats._inline import Place
    from tm.model import Code, Segment

_BLANKS = r"(?:\s|&(?:nbsp|ensp|emsp|thinsp|#160|#8239|#[xX]0*[aA]0|#[xX]202[fF]);)*"
_BEFORE, _BEHIND = re.compile(_BLANKS), re.compile(rf"(?<!\s){_BLANKS}\Z")

_SPACES = re.compile(" {2,}")

_Edit: TypeAlias = tuple[int, int, str]
"""From offset, to offset (negative, so that what is around comes first), new text."""

Write: TypeAlias = "Callable[[Place, Sequence[tuple[str, str]]], str]"
"""Makes the markup of a text: of its place, and of the pairs of a piece of text and the tag behind it."""


def html_markup(place: Place, pieces: Sequence[tuple[str, str]]) -> str:
    """The markup of a text in HTML or XML; the value of an attribute has its quotes.

    >>> from tm.formats._inline import Place
    >>> from tm.model import Segment
    >>> html_markup(Place(Segment(""), 0, 0, syntax="attribute"), [('Uma "margem"', "")])
    '"Uma &quot;margem&quot;"'
    """
    if place.syntax == "attribute":
        text = "".join(text for text, _ in pieces)
        return '"' + _escaped(text).replace('"', "&quot;") + '"'
    return "".join(f"{_escaped(text)}{tag}" for text, tag in pieces)


def odf_markup(place: Place, pieces: Sequence[tuple[str, str]]) -> str:
    """The markup of a text in OpenDocument, where spaces in a row are elements.

    >>> from tm.formats._inline import Place
    >>> from tm.model import Segment
    >>> odf_markup(Place(Segment(""), 0, 0), [("R&D   e", "")])
    'R&amp;D <text:s text:c="2"/>e'
    """
    if place.syntax == "attribute":
        return html_markup(place, pieces)
    return "".join(_SPACES.sub(_spaces, _escaped(text)) + tag for text, tag in pieces)


def _escaped(text: str) -> str:
    r"""A text in which nothing is markup; characters that XML cannot hold become U+FFFD.

    >>> _escaped("R&D\x01")
    'R&amp;D\ufffd'
    """
    return html.escape(FORBIDDEN.sub("\ufffd", text), quote=False)


def _spaces(run: re.Match[str]) -> str:
    return f' <text:s text:c="{len(run[0]) - 1}"/>'


def put(
    page: str, places: Sequence[Place], fillings: Iterable[Filling | None], write: Write = html_markup
) -> tuple[str, int]:
    """The page with its fillings, one for each place in order, and how many were put in."""
    given = [
        (place, filling.target)
        for place, filling in zip(places, fillings, strict=False)
        if filling and place.start >= 0 and not _is_same(place.segment, filling.target)
    ]
    edits: list[_Edit] = []
    for place, target in sorted(given, key=lambda pair: pair[0].end - pair[0].start):
        for start, end, follows in place.follow:
            insort(edits, (start, -end, follows))
        tags = {shown: _edited(page, *span, edits) for shown, span in place.tags.items()}
        between = "".join(_edited(page, *span, edits) for span in place.between)
        markup = write(place, list(_pieces(target, tags))) + between
        new = markup if place.syntax == "attribute" else _framed(page[place.start : place.end], markup)
        insort(edits, (place.start, -place.end, new))
    return _edited(page, 0, len(page), edits), len(given)


def _edited(page: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """A part of the page with those edits that are in it; one inside another is left out.

    >>> _edited("un pont noir", 3, 12, [(0, -2, "o"), (3, -7, "a ponte"), (4, -5, "-")])
    'a ponte noir'
    """
    pieces, position = [], start
    for number in range(bisect_left(edits, (start,)), len(edits)):
        from_, to, new = edits[number]
        if -to > end:
            break
        if from_ >= position:
            pieces += [page[position:from_], new]
            position = -to
    return "".join([*pieces, page[position:end]])


def _is_same(source: Segment, target: Segment) -> bool:
    return omegat_tags.shown(source) == omegat_tags.shown(target)


def _framed(old: str, new: str) -> str:
    """The new markup between the white space that the old one has at its ends, unless it ends in that too.

    >>> _framed(" &nbsp;Prix&nbsp;:&#160;", "Preço:")
    ' &nbsp;Preço:&#160;'
    """
    ends = _BEFORE.match(old), _BEHIND.search(old)
    lead, tail = (match[0] if match else "" for match in ends)
    return f"{lead}{new.removesuffix(tail)}{tail}"


def _pieces(target: Segment, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with the tag behind it or ""; then the tags that it lacks."""
    places = {_shown(code): code.position for code in target.codes if _shown(code) in tags}
    halves = {shown for shown in tags if _partner(shown) in tags}
    kept = _nested(sorted(places, key=places.__getitem__), halves)
    position = 0
    for shown in kept:
        yield target.text[position : places[shown]], tags[shown]
        position = places[shown]
    yield target.text[position:], ""
    done = halves.union(kept)
    yield from (("", tag) for shown, tag in tags.items() if shown not in done)


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
