"""Runs of a paragraph of Word moved, so that their codes come in the order of a translation.

In: a line (``_word_runs.Line``) and the numbers of its codes in their new order. Out: whether that was possible
(``arranged``). What stands behind a code moves with it: the text of its runs, and before them what it marks, such as
a footnote. All else between the runs, such as a bookmark, keeps its place.

It is not possible where two pieces of text share a run or a link, within fields, and where a line would break
elsewhere.

>>> from lxml import etree
>>> from tm.formats._word_runs import lines
>>> run = "<r><rPr>{}</rPr><t>{}</t></r>"
>>> looks = ("", "un "), ("<b/>", "pont "), ("<i/>", "noir")
>>> paragraph = etree.fromstring(f"<p>{''.join(run.format(*look) for look in looks)}</p>")
>>> arranged(next(lines(paragraph)), [1, 0]), ["".join(child.itertext()) for child in paragraph]
(True, ['un ', 'noir', 'pont '])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats._office_names import name
from tm.formats._word_runs import ENDS, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from tm.formats._word_runs import Line

_AROUND = frozenset(("p", "si", "is", "text"))
"""What runs stand in: a paragraph, a string of a cell, a comment on one."""
_OF_FIELDS = frozenset(("fldChar", "fldSimple", "instrText"))


def arranged(line: Line, numbers: Sequence[int]) -> bool:
    """Move runs so that codes stand in this order; whether that was possible."""
    around = next((each for each in line.pieces[0][0].iterancestors() if name(each) in _AROUND), None)
    if around is None or line.fixed:
        return False
    children: list[_Element] = list(around)
    places = {child: place for place, child in enumerate(children)}
    pieces = [_places(elements, places) for elements in line.pieces]
    all_places = [place for of_piece in pieces for place in of_piece]
    if not all(pieces) or len(set(all_places)) < len(all_places):
        return False
    blocks = [
        [
            place
            for place in range(pieces[number][-1] + 1, pieces[number + 1][0])
            if _has(children[place], MARKS)
        ]
        + pieces[number + 1]
        for number in numbers
    ]
    moved = [place for block in blocks for place in block]
    between = children[min(all_places) : max(all_places) + 1]
    if any(_has(child, _OF_FIELDS) for child in between) or any(_has(children[at], ENDS) for at in moved):
        return False
    new = list(children)
    for place, from_ in zip(sorted(moved), moved, strict=True):
        new[place] = children[from_]
    around[:] = new
    return True


def _places(elements: Iterable[_Element], places: dict[_Element, int]) -> list[int]:
    """Where the runs of these elements stand; none where one of them stands elsewhere."""
    found: dict[int, None] = {}
    for element in elements:
        tops = (places[each] for each in (element, *element.iterancestors()) if each in places)
        place = next(tops, -1)
        if place < 0:
            return []
        found[place] = None
    return list(found)


def _has(element: _Element, names: Iterable[str]) -> bool:
    return any(name(each) in names for each in element.iter())
