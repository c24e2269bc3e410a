"""The blocks of an HTML page: text in reading order, with its inline codes, and where all of it stands.

In: the page as a string. Out: ``Blocks.paragraphs``, and for each of them its ``Place`` (``Blocks.places``),
which ``_inline_filling.py`` needs. ``Blocks`` collects text and inline elements between the tags that begin
or end a block; ``_inline.lines`` makes paragraphs of them.

>>> page = blocks_of("<h1>Le pont</h1><p>Il <b>tient</b>.</p>")
>>> [(paragraph.kind, paragraph.text) for paragraph in page.paragraphs]
[('heading', 'Le pont'), ('text', 'Il tient.')]
>>> page.places[1].tags
{'<b0>': (22, 25), '</b0>': (30, 34)}
"""

from __future__ import annotations

import html
from bisect import bisect_right
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING

from tm.document import Paragraph
from tm.formats._html_attributes import is_as_it_is, is_to_be_translated, seen, value_span
from tm.formats._inline import VOID, WIDE, Place, TagItem, TextItem, lines
from tm.model import Segment

if TYPE_CHECKING:
    from tm.document import BlockKind
    from tm.formats._inline import Item

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"))
_ITEMS = frozenset(("li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    frozenset(
        "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure"
        " footer form head header hr html legend main menu nav ol optgroup option p section summary table"
        " select noscript tbody template tfoot thead tr ul".split()
    )
    | _HEADINGS
    | _ITEMS
    | _CELLS
)
_NOT_TEXT = frozenset("script style svg math object iframe".split())
_UNSEEN = frozenset(("script", "style"))
"""Those of them that are no code of the sentence they stand in."""
_OF_DRAWING = frozenset("title desc text tspan textpath".split())
"""Elements of a drawing (SVG) with text."""
_VERBATIM = frozenset(("pre", "textarea"))
_CONTAINERS = frozenset(("table", "ul", "ol", "dl"))
_TELLING = _HEADINGS | _ITEMS | _CELLS | _VERBATIM | _CONTAINERS
"""Elements that tell the kind of the text inside.

The end of a container also ends the items and cells in it whose end tags are missing.
"""
_ENDING: dict[str, frozenset[str]] = {
    "p": _BLOCKS,
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": frozenset(("td", "th", "tr")),
    "th": frozenset(("td", "th", "tr")),
    "tr": frozenset(("tr",)),
    "option": frozenset(("option", "optgroup")),
}
"""Blocks whose end tag may be missing, and the blocks that end them."""


@dataclass(slots=True)
class _Turned:
    """An element that is to be translated within one that is not.

    Attributes:
        open: of its open elements those that tell where it ends, itself first.
        as_is: likewise of the element around that is not to be translated.
        kept: where that one begins, if it stands in a sentence.
        items: what was collected of that sentence.
        beside: the texts that come behind it.
        kinds: how many elements were open that tell the kind of the text.
        before: how many paragraphs there were.
    """

    open: list[str]
    as_is: list[str]
    kept: tuple[str, int]
    items: list[Item]
    beside: list[tuple[Paragraph, Place]]
    kinds: int
    before: int


class Blocks(HTMLParser):
    """Collects text and inline tags until a block begins or ends.

    ``_open`` holds the open elements that tell the kind of the text, ``root`` is where the ``<html>`` tag is.
    """

    def __init__(self, page: str) -> None:
        """Begin with nothing read of this page."""
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.places: list[Place] = []
        self._page = page
        self._line_starts = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self._pending: TextItem | None = None
        self._verbatim = -1
        self.language = ""
        self.root = (-1, -1)
        self._open: list[str] = []
        self._items: list[Item] = []
        self._beside: list[tuple[Paragraph, Place]] = []
        self._labels: list[TextItem] = []
        self._hidden = 0
        self._hidden_from = -1
        self._drawn = ""
        self._as_is: list[str] = []
        self._kept = "", -1
        self._turned: list[_Turned] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the block before, and remember what kind of text begins; or note an inline element."""
        named = dict(attrs)
        start, end = self._begun()
        if self._is_passed_over(tag, named, start):
            if tag in VOID and is_to_be_translated(named):
                self._note_attributes(tag, named, start, end)
            return
        if not self._hidden:
            self._note_attributes(tag, named, start, end)
        if tag == "html":
            self.language = named.get("lang") or named.get("xml:lang") or ""
            self.root = start, end
        if _is_no_text(tag):
            if not self._hidden:
                self._hidden_from = start
            self._hidden += 1
        elif self._hidden:
            self._drawn = tag if tag in _OF_DRAWING else ""
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in _TELLING:
                self._open.append(tag)
        else:
            self._items.append(
                TagItem(tag, "alone" if tag in VOID else "open", start, end, has_width=tag in WIDE)
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an inline element that ends where it begins."""
        start, end = self._begun()
        if self._as_is:
            if is_to_be_translated(dict(attrs)):
                self._note_attributes(tag, dict(attrs), start, end)
        elif tag in _BLOCKS or tag in _VERBATIM or _is_no_text(tag):
            super().handle_startendtag(tag, attrs)
        elif not self._hidden:
            self._note_attributes(tag, dict(attrs), start, end)
            self._items.append(TagItem(tag, "alone", start, end, has_slash=True, has_width=tag in WIDE))

    def handle_endtag(self, tag: str) -> None:
        """End the block, and forget the element; or note the end of an inline element."""
        start = self._next()
        if self._is_within(tag, start):
            return
        end = self._page.find(">", start) + 1 or len(self._page)
        if _is_no_text(tag):
            if self._hidden == 1 and tag not in _UNSEEN:
                self._items.append(_whole(tag, self._hidden_from, end))
            self._hidden = max(0, self._hidden - 1)
        elif self._hidden:
            self._drawn = "text" if tag == "tspan" else ""
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in self._open:
                _close(self._open, tag)
        else:
            self._items.append(TagItem(tag, "close", start, end))
        if self._turned and tag in self._turned[-1].open:
            _close(self._turned[-1].open, tag)
            if not self._turned[-1].open:
                self._turn_back()

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - its own
        """Pass over a marked section; to a browser a broken one is a comment up to the next ``>``."""
        if self.rawdata.startswith("<![CDATA[", i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        """Collect text; its first word gives its line."""
        start = self._next()
        if self._as_is or (self._hidden and not self._drawn):
            return
        line = self.getpos()[0]
        if not (self._hidden or _VERBATIM.isdisjoint(self._open)):
            self._verbatim = start
            return
        lead = data[: len(data) - len(data.lstrip())]
        self._pending = TextItem(data, line + lead.count("\n"), start)
        (self._labels if self._hidden else self._items).append(self._pending)

    def handle_comment(self, _: str) -> None:
        """Remember that the text before it ends here."""
        self._next()

    def handle_decl(self, _: str) -> None:
        """Remember that the text before it ends here."""
        self._next()

    def handle_pi(self, _: str) -> None:
        """Remember that the text before it ends here."""
        self._next()

    def unknown_decl(self, _: str) -> None:
        """Remember that the text before it ends here."""
        self._next()

    def _next(self) -> int:
        """Where the parser stands; the text before it ends there."""
        line, column = self.getpos()
        offset = self._line_starts[line - 1] + column
        self._end_text(offset)
        return offset

    def _end_text(self, offset: int) -> None:
        """End the text before this offset; in a ``<pre>`` each line of it is a block."""
        if self._pending:
            self._pending.end = offset
            self._pending = None
        start, self._verbatim = self._verbatim, -1
        if start < 0:
            return
        number = bisect_right(self._line_starts, start)
        for of_file, line in enumerate(self._page[start:offset].split("\n"), number):
            if of_file > number:
                self.end_block()
            self._items.append(TextItem(html.unescape(line), of_file, start, start + len(line)))
            start += len(line) + 1

    def finish(self) -> None:
        """End the last block."""
        self._end_text(len(self._page))
        while self._turned:
            self._turn_back()
        self.end_block()

    def _begun(self) -> tuple[int, int]:
        """Where the start tag stands that the parser is at."""
        start = self._next()
        return start, start + len(self.get_starttag_text() or "")

    def _note_attributes(self, tag: str, attributes: dict[str, str | None], start: int, end: int) -> None:
        """Remember the texts among the attributes of an element, until its block ends."""
        for name, text in seen(tag, attributes):
            value = value_span(self._page, start, end, name)
            place = Place(Segment(text), *value, syntax="attribute")
            self._beside.append((Paragraph(text, self.getpos()[0]), place))

    def end_block(self) -> None:
        """Make paragraphs of what was collected, unless it is blank."""
        for line, place in lines(self._items):
            self.paragraphs.append(Paragraph(place.segment.text, line, self._kind(), place.segment.codes))
            self.places.append(place)
        drawn = [found for label in self._labels for found in lines([label])]
        self._beside += [(Paragraph(place.segment.text, line), place) for line, place in drawn]
        self.paragraphs += [paragraph for paragraph, _ in self._beside]
        self.places += [place for _, place in self._beside]
        self._items.clear()
        self._beside.clear()
        self._labels.clear()

    def _is_passed_over(self, tag: str, attributes: dict[str, str | None], start: int) -> bool:
        """Whether an element is not to be translated, or stands in one that is not; remembers it."""
        turned = self._turned[-1].open if self._turned and not self._as_is else []
        if len(turned) == 1 and tag in _ended_by(turned[0]):
            self._turn_back()
        if len(self._as_is) == 1 and tag in _ended_by(self._as_is[0]):
            self._end_as_is(start)
        if self._as_is and is_to_be_translated(attributes) and tag not in VOID:
            self._turn(tag)
        elif self._as_is:
            self._as_is += [tag] if tag == self._as_is[0] or tag in _CONTAINERS else []
        elif is_as_it_is(attributes) and tag not in VOID and not self._hidden:
            self._as_is.append(tag)
            if tag in _BLOCKS or tag in _VERBATIM:
                self.end_block()
            else:
                self._kept = tag, start
        elif self._turned and tag in (*_CONTAINERS, self._turned[-1].open[0], *self._turned[-1].as_is):
            self._turned[-1].open.append(tag)
        return bool(self._as_is)

    def _turn(self, tag: str) -> None:
        """Begin an element that is to be translated within one that is not."""
        here = self._as_is, self._kept, self._items, self._beside, len(self._open), len(self.paragraphs)
        self._turned.append(_Turned([tag], *here))
        self._as_is, self._kept, self._items, self._beside = [], ("", -1), [], []

    def _turn_back(self) -> None:
        """End such an element; within a sentence its texts come behind the block of that."""
        self.end_block()
        turned = self._turned.pop()
        self._as_is, self._kept = turned.as_is, turned.kept
        self._items, self._beside = turned.items, turned.beside
        del self._open[turned.kinds :]
        self._hidden = 0
        if turned.kept[0]:
            here = slice(turned.before, None)
            self._beside += zip(self.paragraphs[here], self.places[here], strict=True)
            del self.paragraphs[here], self.places[here]

    def _is_within(self, tag: str, start: int) -> bool:
        """Whether an end tag belongs to what is passed over; the end of what is around ends that too."""
        while self._turned and not self._as_is and tag not in self._turned[-1].open:
            if not any(tag in turned.as_is for turned in self._turned):
                break
            self._turn_back()
        if tag in self._as_is:
            _close(self._as_is, tag)
            if not self._as_is:
                self._end_as_is(self._page.find(">", start) + 1 or len(self._page))
            return True
        if self._as_is and tag in _BLOCKS and _ended_by(self._as_is[0]):
            self._end_as_is(start)
        return bool(self._as_is)

    def _end_as_is(self, end: int) -> None:
        """End what is passed over here; within a sentence it is one code."""
        tag, start = self._kept
        if tag:
            self._items.append(_whole(tag, start, end))
        self._as_is.clear()
        self._kept = "", -1

    def _kind(self) -> BlockKind:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return "heading"
            if tag in _ITEMS:
                return "item"
            if tag in _CELLS:
                return "cell"
        return "text"


def _close(names: list[str], name: str) -> None:
    """Forget the last element of this name, and those that were opened in it."""
    del names[len(names) - 1 - names[::-1].index(name) :]


def _ended_by(tag: str) -> frozenset[str]:
    """The blocks at which an element ends whose end tag is missing; any block ends what stands in a line."""
    return _ENDING.get(tag, frozenset()) if tag in _BLOCKS else _BLOCKS


def _whole(tag: str, start: int, end: int) -> TagItem:
    """An element that is one code of the sentence it stands in, with all that is in it."""
    return TagItem(tag, "alone", start, end, has_slash=True, has_width=True)


def _is_no_text(tag: str) -> bool:
    """Whether what stands in an element is no text; formulas and drawings have prefixes in old XHTML.

    >>> _is_no_text("m:math"), _is_no_text("p")
    (True, False)
    """
    return tag in _NOT_TEXT or tag.endswith((":math", ":svg"))


def blocks_of(page: str) -> Blocks:
    """All blocks of a page."""
    blocks = Blocks(page)
    whole = page.rfind(">") + 1
    blocks.feed(page[:whole])
    if blocks.rawdata or blocks.cdata_elem:
        blocks.feed(page[whole:])
    elif whole < len(page):
        # No tag ends behind: all is text. HTMLParser would look for the end of a tag at each "<", up to the end of the page.
        blocks.handle_data(html.unescape(page[whole:]))
    blocks.close()
    blocks.finish()
    return blocks
