"""A column of numbers or ids in front of each line is no part of the text: it is seen, and left out.

``without_columns`` does that for two texts. A column is kept where it tells which line translates which: both
texts have the same ids, and they do more than count the lines.

>>> from tm.document import Text
>>> numbered = ("1. Le pont.", "2. La mer.", "3. Le port.", "4. Oui."), ("A ponte.", "O mar.", "O porto.", "Sim.")
>>> without_columns(*map(Text, numbered))[0]
('Le pont.', 'La mer.', 'Le port.', 'Oui.')
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.document import Text

    Cells = list[str]

_CELL = re.compile(
    r"""\s*(?P<cell>
        [^\s|]{0,20}\d[^\s|]{0,20}(?=[\s|])  # with a digit, before a space or a bar
        | \d{1,9}(?=[.):\]-])                 # digits and a mark, without a space: 12.Texte
    )[.):\]\s|-]*""",
    re.VERBOSE,
)

LEAST = 4
"""Fewest lines that make a column: three of three may be chance."""

MOST_LINES = 0.9
"""Share of the lines that begin with a cell, and of these cells that differ, in a column. In a text of numbered
paragraphs or of dates fewer do."""

STEADY = 0.97
"""Share of the steps from one number to the next that are the same in a column that counts lines."""

SHARED = 0.5
"""Share of the cells that both texts must have for a column to tell which line translates which."""


def without_columns(source: Text, target: Text) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The segments of two texts, each without the column in front of it, if there is one that tells nothing.

    A column that both texts have, with gaps, is kept:

    >>> from tm.document import Text
    >>> text = Text(("a1 Le pont.", "a2 La mer.", "a7 Le port.", "a9 Oui."))
    >>> without_columns(text, text)[0] == text.segments
    True
    """
    columns = _column(source), _column(target)
    if all(columns) and not any(map(_counts_lines, columns)) and _is_shared(*columns):
        return source.segments, target.segments
    first, second = (
        _cut(text) if column else text.segments
        for text, column in zip((source, target), columns, strict=True)
    )
    return first, second


def _column(text: Text) -> Cells:
    """The cells in front of the paragraphs; none where that is no column."""
    lines = [segment for _, segment in _first_of_paragraphs(text) if segment.strip()]
    matches = [match for line in lines if (match := _CELL.match(line)) and match.end() < len(line)]
    cells = [match["cell"].rstrip(".):]-") for match in matches]
    is_column = (
        len(lines) >= LEAST
        and len(cells) >= MOST_LINES * len(lines)
        and len(set(cells)) >= MOST_LINES * len(cells)
    )
    return cells if is_column else []


def _first_of_paragraphs(text: Text) -> list[tuple[int, str]]:
    """The number and the text of each segment with which a paragraph begins."""
    before = (-1, *text.paragraphs)
    return [
        (number, segment)
        for number, segment in enumerate(text.segments)
        if not text.paragraphs or text.paragraphs[number] != before[number]
    ]


def _cut(text: Text) -> tuple[str, ...]:
    """The segments without the cells in front of the paragraphs; one that is a cell only stays."""
    segments = list(text.segments)
    for number, segment in _first_of_paragraphs(text):
        if (match := _CELL.match(segment)) and match.end() < len(segment):
            segments[number] = segment[match.end() :]
    return tuple(segments)


def _counts_lines(cells: Sequence[str]) -> bool:
    """Whether a column does nothing but count: each number is as much more than the one before (but for a few,
    where minutes go over into hours).

    >>> _counts_lines(["1", "2", "3"]), _counts_lines(["00:01", "00:04", "00:05"]), _counts_lines(["a", "b"])
    (True, False, False)
    """
    numbers = [int(digits) for cell in cells if (digits := "".join(re.findall("[0-9]", cell)))]
    steps = Counter(after - before for before, after in pairwise(numbers))
    return len(numbers) == len(cells) and max(steps.values(), default=0) >= STEADY * (len(cells) - 1)


def _is_shared(source: Sequence[str], target: Sequence[str]) -> bool:
    common = set(source) & set(target)
    return len(common) >= SHARED * min(len(set(source)), len(set(target)))
