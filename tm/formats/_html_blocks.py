"""The blocks of an HTML page: text in reading order, with its inline codes, and where all of it stands.

In: the page as a string. Out: ``Blocks.paragraphs``, and for each of them its ``Place`` (``Blocks.places``), which
``_html_filling.py`` needs. ``Blocks`` collects text and inline elements between the tags that begin or end a block;
``_lines`` makes paragraphs of them.

>>> page = blocks_of("<h1>Le pont</h1><p>Il <b>tient</b>.</p>")
>>> [(paragraph.kind, paragraph.text) for paragraph in page.paragraphs]
[('heading', 'Le pont'), ('text', 'Il tient.')]
>>> page.places[1].markup
{'<b0>': '<b>', '</b0>': '</b>'}
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm.document import Paragraph
from tm.language import omegat_tags
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.document import BlockKind
    from tm.model import Code

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"))
_ITEMS = frozenset(("li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
_BLOCKS = (
    frozenset(
        "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure"
        " footer form head header hr html legend main menu nav ol optgroup option p section summary table"
        " tbody tfoot thead tr ul".split()
    )
    | _HEADINGS
    | _ITEMS
    | _CELLS
)
_NOT_TEXT = frozenset("script style template noscript svg math textarea select object iframe".split())
_VERBATIM = frozenset(("pre",))
_VOID = frozenset("area base br col embed img input link meta param source track wbr".split())
_CONTAINERS = frozenset(("table", "ul", "ol", "dl"))
_TELLING = _HEADINGS | _ITEMS | _CELLS | _VERBATIM | _CONTAINERS
"""Elements that tell the kind of the text inside.

The end of a container also ends the items and cells in it whose end tags are missing.
"""
_SEEN = ("alt", "title", "placeholder", "aria-label", "label", "summary")
"""Attributes that a reader sees or hears."""
_BUTTONS = frozenset(("submit", "button", "reset"))
_DESCRIPTIONS = frozenset(
    "description keywords og:title og:description twitter:title twitter:description".split()
)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Text:
    """A piece of text, the line of the file where it begins, and where it stands; -1 where nobody can tell."""

    text: str
    line: int
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class _Tag:
    """An inline tag; "alone" is one that is never closed."""

    element: str
    kind: Literal["open", "close", "alone"]
    start: int
    end: int
    has_slash: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a paragraph stands in the page.

    Attributes:
        segment: the text with its codes.
        start: the offset where its markup begins, -1 where nothing can be put.
        end: the offset behind it.
        markup: the tag of each code, by the text that OmegaT shows for the code.
        tags: where the tags stand.
        between: where something stands between its texts and tags, such as a comment or a script.
        attribute: the name of the attribute whose value it is; the markup is then that of the whole tag.
    """

    segment: Segment
    start: int
    end: int
    markup: dict[str, str] = field(default_factory=dict)
    tags: tuple[tuple[int, int], ...] = ()
    between: tuple[tuple[int, int], ...] = ()
    attribute: str = ""


_Item: TypeAlias = "_Text | _Tag"


class Blocks(HTMLParser):
    """Collects text and inline tags until a block begins or ends.

    ``_open`` holds the open elements that tell the kind of the text.
    """

    def __init__(self, page: str) -> None:
        """Begin with nothing read of this page."""
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.places: list[Place] = []
        self._page = page
        self._line_starts = [0, *accumulate(len(line) + 1 for line in page.split("\n"))]
        self._pending: _Text | None = None
        self.language = ""
        self._open: list[str] = []
        self._items: list[_Item] = []
        self._beside: list[tuple[int, Place]] = []
        self._hidden = 0
        self._as_is: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """End the block before, and remember what kind of text begins; or note an inline element."""
        named = dict(attrs)
        start, end = self._begun()
        if self._as_is or (named.get("translate") == "no" and tag in _BLOCKS):
            self._pass_over(tag)
            return
        if not self._hidden:
            self._note_attributes(tag, named, start, end)
        if tag == "html":
            self.language = named.get("lang") or ""
        if tag in _NOT_TEXT:
            self._hidden += 1
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in _TELLING:
                self._open.append(tag)
        elif not self._hidden:
            self._items.append(_Tag(tag, "alone" if tag in _VOID else "open", start, end))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an inline element that ends where it begins."""
        start, end = self._begun()
        if self._as_is:
            return
        if tag in _BLOCKS or tag in _VERBATIM or tag in _NOT_TEXT:
            super().handle_startendtag(tag, attrs)
        elif not self._hidden:
            self._note_attributes(tag, dict(attrs), start, end)
            self._items.append(_Tag(tag, "alone", start, end, has_slash=True))

    def handle_endtag(self, tag: str) -> None:
        """End the block, and forget the element; or note the end of an inline element."""
        start = self._next()
        if self._as_is:
            if tag == self._as_is[-1]:
                self._as_is.pop()
        elif tag in _NOT_TEXT:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS or tag in _VERBATIM:
            self.end_block()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif not self._hidden:
            end = self._page.find(">", start) + 1 or len(self._page)
            self._items.append(_Tag(tag, "close", start, end))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - html.parser's own
        """Pass over a marked section; to a browser one that is not whole is a comment up to the next ``>``."""
        if self.rawdata.startswith("<![CDATA[", i):
            return super().parse_marked_section(i, report)
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        """Collect text; its first word gives its line."""
        start = self._next()
        if self._hidden or self._as_is:
            return
        line = self.getpos()[0]
        if "pre" in self._open:
            for number, text in enumerate(data.split("\n")):
                if number:
                    self.end_block()
                self._items.append(_Text(text, line + number))
            return
        lead = data[: len(data) - len(data.lstrip())]
        self._pending = _Text(data, line + lead.count("\n"), start)
        self._items.append(self._pending)

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
        if self._pending:
            self._pending.end = offset
            self._pending = None
        return offset

    def _begun(self) -> tuple[int, int]:
        """Where the start tag stands that the parser is at."""
        start = self._next()
        return start, start + len(self.get_starttag_text() or "")

    def _note_attributes(self, tag: str, attributes: dict[str, str | None], start: int, end: int) -> None:
        """Remember the texts among the attributes of an element, until its block ends."""
        for name, text in _seen(tag, attributes):
            place = Place(Segment(text), start, end, attribute=name)
            self._beside.append((self.getpos()[0], place))

    def end_block(self) -> None:
        """Make paragraphs of what was collected, unless it is blank."""
        for segment, line, items in _lines(self._items):
            self.paragraphs.append(Paragraph(segment.text, line, self._kind(), segment.codes))
            self.places.append(self._place(segment, items))
        for line, place in self._beside:
            self.paragraphs.append(Paragraph(place.segment.text, line))
            self.places.append(place)
        self._items.clear()
        self._beside.clear()

    def _place(self, segment: Segment, items: Sequence[_Item]) -> Place:
        tags = [item for item in items if isinstance(item, _Tag)]
        shown = [code.content.text for code in segment.codes if code.content]
        markup = {text: self._page[tag.start : tag.end] for text, tag in zip(shown, tags, strict=True)}
        last = items[-1]
        end = len(self._page) if last is self._pending else last.end
        is_known = all(item.start >= 0 for item in items)
        spans = tuple((tag.start, tag.end) for tag in tags)
        gaps = ((item.end, following.start) for item, following in pairwise(items) if is_known)
        between = tuple((start, stop) for start, stop in gaps if start < stop)
        return Place(segment, items[0].start if is_known else -1, end, markup, spans, between)

    def _pass_over(self, tag: str) -> None:
        """Remember an element of a block that is not to be translated, until the block ends."""
        if not self._as_is:
            self.end_block()
            self._as_is.append(tag)
        elif tag == self._as_is[-1]:
            self._as_is.append(tag)

    def _kind(self) -> BlockKind:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return "heading"
            if tag in _ITEMS:
                return "item"
            if tag in _CELLS:
                return "cell"
        return "text"


def blocks_of(page: str) -> Blocks:
    """All blocks of a page."""
    blocks = Blocks(page)
    blocks.feed(page)
    blocks.close()
    blocks.end_block()
    return blocks


def _seen(tag: str, attributes: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """The attributes of an element that a reader reads, with their texts, whose white space is folded.

    >>> list(_seen("img", {"src": "a.png", "alt": "Vue  du pont"}))
    [('alt', 'Vue du pont')]
    """
    names = list(_SEEN)
    if tag == "meta":
        names = ["content"] if (attributes.get("name") or attributes.get("property")) in _DESCRIPTIONS else []
    elif tag == "input" and attributes.get("type") in _BUTTONS:
        names.append("value")
    for name in names:
        if text := " ".join((attributes.get(name) or "").split()):
            yield name, text


def _lines(items: Sequence[_Item]) -> Iterator[tuple[Segment, int, list[_Item]]]:
    """The lines of a block with their codes, where each begins, and what it is made of; a ``<br>`` ends one and belongs to it."""
    texts = [number for number, item in enumerate(items) if isinstance(item, _Text) and item.text.strip()]
    if not texts:
        return
    partners = _partners(items)
    start, end = _bounds(items, partners, texts[0], texts[-1])
    line = _Line()
    count = 0
    numbers: dict[int, int] = {}
    ended: set[tuple[str, int]] = set()
    for place, item in enumerate(items[start:end], start):
        line.items.append(item)
        if isinstance(item, _Text):
            line.add(item)
            continue
        while (_letter(item), count) in ended:
            count += 1
        number = numbers.get(partners.get(place, -1), count)
        if item.kind != "close":
            numbers[place] = count
            count += 1
        elif partners.get(place) not in numbers:
            ended.add((_letter(item), number))
        line.codes.append(_code(item, len(line.text), number, is_paired=place in partners))
        if item.element == "br":
            yield from line.finished()
            line = _Line()
    yield from line.finished()


@dataclass(slots=True)
class _Line:
    """A line so far, its white space folded."""

    text: str = ""
    codes: list[Code] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)
    number: int = 0

    def add(self, item: _Text) -> None:
        """Append text; white space behind white space is left out, and so is that at the beginning."""
        text = _SPACE.sub(" ", item.text)
        if text.startswith(" ") and (not self.text or self.text.endswith(" ")):
            text = text[1:]
        if text.strip() and not self.number:
            self.number = item.line
        self.text += text

    def finished(self) -> Iterator[tuple[Segment, int, list[_Item]]]:
        """The line, if it has text."""
        text = self.text.strip()
        if text:
            lead = len(self.text) - len(self.text.lstrip())
            codes = (
                replace(code, position=min(max(code.position - lead, 0), len(text))) for code in self.codes
            )
            yield Segment(text, tuple(codes)), self.number, self.items


def _partners(items: Sequence[_Item]) -> dict[int, int]:
    """Of tags that open and close an element the place of the other one, either way."""
    partners: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item, _Text):
            continue
        if item.kind == "open":
            waiting.setdefault(item.element, []).append(place)
        elif item.kind == "close" and waiting.get(item.element):
            partner = waiting[item.element].pop()
            partners[place], partners[partner] = partner, place
    return partners


def _bounds(items: Sequence[_Item], partners: dict[int, int], first: int, last: int) -> tuple[int, int]:
    """Which items belong to the text: from the first word, or an element before it that ends within, to the
    last word, or an element behind it that begins within, or a ``<br>``."""
    across = [place for place, partner in partners.items() if first < partner < last]
    end = max([last, *across])
    breaks = (place for place in range(end + 1, len(items)) if _is_break(items[place]))
    return min([first, *across]), next(breaks, end) + 1


def _is_break(item: _Item) -> bool:
    return isinstance(item, _Tag) and item.element == "br"


def _code(tag: _Tag, position: int, number: int, *, is_paired: bool) -> Code:
    """The code of a tag, as OmegaT has it."""
    name = _letter(tag)
    if is_paired:
        make = omegat_tags.opening if tag.kind == "open" else omegat_tags.closing
        return make(position, name, number, tag.element)
    if tag.has_slash:
        return omegat_tags.alone(position, name, number, tag.element)
    if tag.kind == "close":
        return omegat_tags.ended(position, name, number, tag.element)
    return omegat_tags.begun(position, name, number, tag.element)


def _letter(tag: _Tag) -> str:
    return tag.element if tag.element == "br" else tag.element[:1]
