"""Lines of printed pages joined to the paragraphs that they were.

In: the lines of each page in reading order. Out: paragraphs (``paragraphs_of``).

1. ``_without_heads`` leaves out what stands at the top or bottom of many pages, whatever its numbers, and
   numbers of pages.
2. ``_blocks`` parts the lines of a box where a paragraph ends: behind a short line that ends a sentence,
   behind a line on which the next word had room, and before the sign of a list.
3. ``_joined`` joins the lines of a block; a word that was divided becomes one again, with its hyphen where
   the text has it so elsewhere. A block that a page or column broke goes on in the next, and so does an item.

>>> pages = [[Line("Le pont fran-", 0, 0, 100, .9, 10), Line("çais tient.", 0, 0, 60, .8, 10)]]
>>> [paragraph.text for paragraph in paragraphs_of(pages)]
['Le pont français tient.']
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from tm.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.document import BlockKind

_EDGE = 0.12
"""The share of a page's height, at the top and at the bottom, in which heads stand."""
_MOST_PAGES = 0.5
"""A head stands on this share of the pages at least, or on that of the pages of one side (left, right)."""
_SHORT = 0.85
"""A line that is shorter than this share of its box ends a paragraph if it ends a sentence."""
_MARGIN = 12
"""Points; lines that begin so near each other begin at one margin."""
_WRAPPED = 25
"""Characters; a shorter line says nothing of where lines are wrapped."""
_ROOM = 2.0
"""A line ends a paragraph that had room for so many times the next word."""
_LARGER = 1.15
"""Letters that are so much larger than most are those of a heading."""
_SIGN = re.compile(r"(?:[•◦▪‣·●○■–—*-]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;»”\"')\]]\Z")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\Z")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"\W*(?:p(?:age|\.)?\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|sur|of|de)\s*\d{1,4})?\W*", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\s*[.…]){4,}\s*[\divxlc]*\Z")
"""What leads from a title to its page in a table of contents."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: its text, not blank.
        box: the number of the group of lines that it belongs to.
        left: where it begins, in points.
        right: where it ends.
        height: where it stands, as a share of the height of the page; 0 is the bottom.
        size: of its letters, in points.
    """

    text: str
    box: int
    left: float
    right: float
    height: float
    size: float


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> tuple[Paragraph, ...]:
    """The paragraphs of all pages, each with the number of its page for a line."""
    kept = _without_heads(pages)
    sizes = [line.size for lines in kept for line in lines for _ in line.text]
    usual = median(sizes) if sizes else 0.0
    words = Counter(word for lines in kept for line in lines for word in _WORD.findall(line.text.casefold()))
    blocks = [(number, block) for number, lines in enumerate(kept, 1) for block in _blocks(lines)]
    paragraphs: list[Paragraph] = []
    is_open = False
    for number, block in blocks:
        kind = _kind(block, usual)
        text = _joined([_LEADER.sub("", line.text) for line in block], words)
        is_rest = is_open and kind == "text" and text[:1].islower()
        if is_rest:
            before = paragraphs.pop()
            text, number, kind = _joined([before.text, text], words), before.line, before.kind  # noqa: PLW2901
        bare = text if is_rest or kind != "item" else _SIGN.sub("", text, count=1)
        if not bare.strip():
            continue
        paragraphs.append(Paragraph(bare.strip(), number, kind))
        is_open = kind != "heading" and not _SENTENCE_END.search(text)
    return tuple(paragraphs)


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without heads and numbers of pages."""
    heads = Counter(key for lines in pages for key in {_key(line) for line in lines if _is_at_edge(line)})
    least = max(2, min(_MOST_PAGES * len(pages), _MOST_PAGES * len(pages) / 2 + 1))
    return [
        [
            line
            for line in lines
            if not _is_at_edge(line)
            or not (heads[_key(line)] >= least or (len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text)))
        ]
        for lines in pages
    ]


def _is_at_edge(line: Line) -> bool:
    return line.height < _EDGE or line.height > 1 - _EDGE


def _key(line: Line) -> str:
    """What a head is on each page, whatever its numbers."""
    return _DIGITS.sub("#", line.text.casefold())


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a page, parted into paragraphs."""
    block: list[Line] = []
    edges = _edges(lines)
    for before, line in pairwise((None, *lines)):
        assert line is not None
        if before is not None and _is_end(before, line, edges[line.box]):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _edges(lines: Sequence[Line]) -> dict[int, float]:
    """How far to the right the lines of each box can go.

    Lines that were wrapped tell it themselves; of others it is what begins at the same margin that does.
    """
    boxes: dict[int, list[Line]] = {}
    for line in lines:
        boxes.setdefault(line.box, []).append(line)
    edges = {box: max(line.right for line in of_box) for box, of_box in boxes.items()}
    wrapped = {box for box, of_box in boxes.items() if _are_wrapped(of_box)}
    for box in boxes.keys() - wrapped:
        margin = min(line.left for line in boxes[box])
        edges[box] = max(line.right for line in lines if abs(line.left - margin) < _MARGIN)
    return edges


def _are_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines are so long, and end so near each other, that they were wrapped."""
    long = [line for line in lines if len(line.text) >= _WRAPPED]
    widths = sorted(line.right - line.left for line in long)[-2:]
    return len(widths) == 2 and widths[0] >= 0.9 * widths[1]


def _is_end(before: Line, line: Line, right: float) -> bool:
    """Whether a paragraph ends between two lines."""
    if (
        before.box != line.box
        or _LEADER.search(before.text)
        or _SIGN.match(line.text)
        or abs(before.size - line.size) > 0.1 * line.size
    ):
        return True
    if line.text[:1].islower():
        return False
    width = before.right - before.left
    word = line.text.split()[0]
    room = (right - before.right) * len(before.text) / max(width, 1)
    is_short = width / max(right - before.left, 1) < _SHORT
    return (is_short and bool(_SENTENCE_END.search(before.text))) or room > _ROOM * (len(word) + 1)


def _kind(block: Sequence[Line], usual: float) -> BlockKind:
    if _SIGN.match(block[0].text) and len(block[0].text.split()) > 1:
        return "item"
    return "heading" if block[0].size > _LARGER * usual and len(block) <= 3 else "text"


def _joined(texts: Sequence[str], words: Counter[str]) -> str:
    """Lines as one text.

    >>> _joined(["arc-", "en-ciel et porte-", "manteau"], Counter(["arc-en-ciel"]))
    'arc-en-ciel et portemanteau'
    """
    text = texts[0]
    for line in texts[1:]:
        first = _WORD.match(line)
        divided = _HYPHEN.search(text)
        if not divided or not first or not first[0][0].islower():
            text = f"{text} {line}"
            continue
        last = _WORD.findall(text.casefold())[-1:] or [""]
        is_compound = words[f"{last[0]}-{first[0].casefold()}"] > 0
        text = (text if is_compound else text[:-1]) + line
    return text
