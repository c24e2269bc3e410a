"""The paragraphs of a part of an OpenDocument file (ODF 1.3): texts with codes, and where all of it stands.

In: an XML part as a string. Out: its paragraphs with their places (``paragraphs_of``). ``_Part`` goes through
the tags once: a paragraph collects texts and tags until it ends; a note, a comment, a frame or a field in it is
one code, and the paragraphs in that are read as their own. Texts in attributes (``_ATTRIBUTES``) come behind
their paragraph. What a master shows on each slide is a header, as what a text shows on each page.

Left out are what tracked changes deleted, and what a program works out itself, such as the number of a page.
Formatting that a reader does not see (``_invisible_styles``) is no code.

>>> from tm.language import omegat_tags
>>> names = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
>>> note = "<text:note><text:p>Oui</text:p></text:note>"
>>> part = f"<text:p {names}>Le <text:span>pont</text:span> tient{note}.</text:p>"
>>> [omegat_tags.shown(place.segment) for _, place in paragraphs_of(part)]
['Le <f0>pont</f0> tient<t1/>.', 'Oui']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm.formats import _inline
from tm.formats._html_attributes import value_span
from tm.formats._inline import Place, TagItem, TextItem
from tm.formats._xml_markup import attribute, tags, text_of
from tm.model import Segment

if TYPE_CHECKING:
    from tm.document import BlockKind
    from tm.formats._inline import Item
    from tm.formats._xml_markup import Tag

WITH_SPANS = "xml with spans"
"""The syntax of a text that can stand in ``text:span``."""
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}svg-compatible:1.0": "svg",
    f"{_OASIS}presentation:1.0": "presentation",
    f"{_OASIS}meta:1.0": "meta",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""The prefixes that programs give to the namespaces, and that are used here."""
_DECLARED = re.compile(r"""\sxmlns:([^\s=]+)\s*=\s*["']([^"']*)["']""")
_TEXTS = frozenset(
    "text:p text:h text:index-title-template svg:title svg:desc dc:title dc:subject dc:description meta:keyword"
    " presentation:header-decl presentation:footer-decl".split()
)
"""What has text: paragraphs, what a picture is called and described as, what the file says about itself."""
_ATTRIBUTES = {
    **dict.fromkeys(
        (f"text:{kind}-mark" for kind in ("alphabetical-index", "user-index", "toc")),
        ("text:string-value", "text:key1", "text:key2"),
    ),
    "text:alphabetical-index-mark-start": ("text:key1", "text:key2"),
    "table:help-message": ("table:title",),
    "table:error-message": ("table:title",),
}
"""What has text in attributes: entries of an index, the titles of what a sheet says about a cell."""
_AROUND = frozenset(
    "text:span text:a text:meta text:meta-field text:ruby text:ruby-base text:ruby-text text:placeholder".split()
)
_BREAKS = frozenset(("text:tab", "text:line-break"))
"""They end a line, as in Word."""
_SHOWN = {
    "text:span": "f",
    "text:a": "a",
    "text:bookmark": "bk",
    "text:bookmark-start": "bs",
    "text:bookmark-end": "be",
    "text:bookmark-ref": "bf",
    "text:reference-mark-start": "rs",
    "text:reference-mark-end": "re",
    "text:reference-ref": "rf",
    "text:sequence": "seq",
    "text:alphabetical-index-mark": "i",
    "text:alphabetical-index-mark-start": "is",
    "text:alphabetical-index-mark-end": "ie",
    "draw:frame": "df",
}
"""How OmegaT calls codes; all others by the first letter of their prefix."""
_UNSEEN = frozenset(
    "text:soft-page-break text:change text:change-start text:change-end office:annotation-end".split()
)
_SKIPPED = frozenset(("text:tracked-changes", "text:note-citation"))
_KINDS: dict[str, BlockKind] = {
    "text:list-item": "item",
    "text:list-header": "item",
    "table:table-cell": "cell",
    "text:note-body": "note",
    "office:annotation": "note",
    "presentation:notes": "note",
    "style:master-page": "header",
    "style:header": "header",
    "style:header-left": "header",
    "style:header-first": "header",
    "style:footer": "footer",
    "style:footer-left": "footer",
    "style:footer-first": "footer",
}


_Role: TypeAlias = Literal["text", "span", "code", "skipped", "plain"]
"""What an element is: a paragraph, formatting in one, one code of it, what is left out, or anything else."""


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read.

    Attributes:
        start: where it begins.
        kind: what it is.
        items: the pieces of its line.
        places: the lines before.
        can_have_spans: whether its texts can stand in ``text:span``.
    """

    start: int
    kind: BlockKind
    items: list[Item] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    can_have_spans: bool = False

    def end_line(self) -> None:
        """Make a line of what was collected, if there is text."""
        syntax = WITH_SPANS if self.can_have_spans else "xml"
        self.places += [place for _, place in _inline.lines(self.items, syntax)]
        self.items = []


def paragraphs_of(page: str) -> list[tuple[BlockKind, Place]]:
    """The lines of all paragraphs, each with its kind and its place; one within another comes after it."""
    return _Part(page).read()


class _Part:
    """A part of a file, gone through tag by tag.

    ``_open`` holds the open elements, ``_within`` the paragraphs around this point, with None for a code of
    one, whose texts are not the paragraph's.
    """

    def __init__(self, page: str) -> None:
        self._page = page
        self._prefixes = {prefix: _NAMESPACES.get(uri, prefix) for prefix, uri in _DECLARED.findall(page)}
        self._invisible = _invisible_styles(page)
        self._open: list[tuple[_Role, str, int]] = []
        self._kinds: list[BlockKind] = []
        self._within: list[_Paragraph | None] = []
        self._paragraphs: list[_Paragraph] = []

    def read(self) -> list[tuple[BlockKind, Place]]:
        """All lines of all paragraphs."""
        position = 0
        for tag in tags(self._page):
            self._text(position, tag.start)
            position = tag.end
            name = self._name(tag)
            if name == "#":
                self._text(tag.start + 9, tag.end - 3)
            elif name and tag.kind == "close":
                self._end(tag)
            elif name:
                self._begin(name, tag)
        self._paragraphs.sort(key=lambda paragraph: paragraph.start)
        return [(paragraph.kind, place) for paragraph in self._paragraphs for place in paragraph.places]

    def _name(self, tag: Tag) -> str:
        """The name of an element with the usual prefix of its namespace."""
        prefix, colon, local = tag.name.partition(":")
        return f"{self._prefixes.get(prefix, prefix)}:{local}" if colon else tag.name

    def _text(self, start: int, end: int) -> None:
        paragraph = self._within[-1] if self._within else None
        if start < end and paragraph and not self._is_skipped():
            paragraph.items.append(TextItem(text_of(self._page, start, end), 1, start, end))

    def _is_skipped(self) -> bool:
        return bool(self._open) and self._open[-1][0] == "skipped"

    def _begin(self, name: str, tag: Tag) -> None:
        paragraph = self._within[-1] if self._within else None
        role = self._role(name, tag, paragraph)
        if name in _ATTRIBUTES and role != "skipped":
            self._attributes(name, tag)
        if tag.kind == "open":
            self._open.append((role, name, tag.start))
            if role != "skipped" and name in _KINDS:
                self._kinds.append(_KINDS[name])
            if role == "text":
                kind = self._kinds[-1] if self._kinds else "heading" if name == "text:h" else "text"
                has_spans = name in ("text:p", "text:h")
                self._within.append(_Paragraph(tag.start, kind, can_have_spans=has_spans))
            elif role == "code":
                self._within.append(None)
        elif role == "code" and paragraph:
            paragraph.items.append(_code(name, tag.start, tag.end))
        if paragraph and role == "span" and tag.kind == "open":
            paragraph.items.append(_half(name, "open", tag))
        elif paragraph and role == "plain":
            self._plain(name, tag, paragraph)

    def _attributes(self, name: str, tag: Tag) -> None:
        """Read the texts in the attributes of an element."""
        for key in _ATTRIBUTES[name]:
            text = " ".join(attribute(self._page, tag, key).split())
            span = value_span(self._page, tag.start, tag.end, key)
            if text and span[0] >= 0:
                place = Place(Segment(text), *span, syntax="attribute")
                kind = self._kinds[-1] if self._kinds else "text"
                self._paragraphs.append(_Paragraph(tag.start, kind, places=[place]))

    def _plain(self, name: str, tag: Tag, paragraph: _Paragraph) -> None:
        if name == "text:s":
            paragraph.items.append(TextItem(" ", 1, tag.start, tag.end))
        elif name in _BREAKS:
            paragraph.end_line()

    def _role(self, name: str, tag: Tag, paragraph: _Paragraph | None) -> _Role:
        if self._is_skipped() or name in _SKIPPED or (name == "table:table-cell" and self._is_number(tag)):
            return "skipped"
        if self._kinds == ["header"] and attribute(self._page, tag, "presentation:class"):
            return "skipped"  # it only says what goes there, as a placeholder of PowerPoint's masters
        if name in _TEXTS:
            return "text"
        if paragraph is None or name in _UNSEEN or name in _BREAKS or name == "text:s":
            return "plain"
        if name in _AROUND:
            is_seen = attribute(self._page, tag, "text:style-name") not in self._invisible
            return "span" if is_seen else "plain"
        return "code"

    def _is_number(self, cell: Tag) -> bool:
        """Whether a cell has a value or a formula, of which its text is made."""
        return attribute(self._page, cell, "office:value-type") not in ("", "string") or bool(
            attribute(self._page, cell, "table:formula")
        )

    def _end(self, tag: Tag) -> None:
        role, name, start = self._open.pop()
        if role == "skipped":
            return
        if name in _KINDS:
            self._kinds.pop()
        if role == "text":
            paragraph = self._within.pop()
            assert paragraph is not None
            paragraph.end_line()
            self._paragraphs.append(paragraph)
        elif role == "code":
            self._within.pop()
            if around := self._within[-1]:
                around.items.append(_code(name, start, tag.end))
        elif role == "span" and (around := self._within[-1]):
            around.items.append(_half(name, "close", tag))


def _half(name: str, kind: Literal["open", "close"], tag: Tag) -> TagItem:
    return TagItem(_local(name), kind, tag.start, tag.end, shown=_SHOWN.get(name, name[:1]))


def _code(name: str, start: int, end: int) -> TagItem:
    shown = _SHOWN.get(name, name[:1])
    return TagItem(_local(name), "alone", start, end, has_slash=True, has_width=True, shown=shown)


def _local(name: str) -> str:
    return name.partition(":")[2] or name


_STYLE = re.compile(
    r"<style:style\s([^>]*\bstyle:family=[\"']text[\"'][^>]*)>\s*"
    r"<style:text-properties\s([^>]*)/>\s*</style:style>"
)
_STYLE_NAME = re.compile(r"\bstyle:name=[\"']([^\"']*)[\"']")
_PROPERTY = re.compile(r"([\w:.-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def _invisible_styles(page: str) -> set[str]:
    """The styles of text that say nothing but which edit it comes from, as LibreOffice makes them.

    >>> style = '<style:style style:name="T1" style:family="text"><style:text-properties {}/></style:style>'
    >>> _invisible_styles(style.format('officeooo:rsid="001"'))
    {'T1'}
    >>> _invisible_styles(style.format('fo:color="#f00"'))
    set()
    """
    names = (
        _STYLE_NAME.search(attributes)
        for attributes, properties in _STYLE.findall(page)
        if "style:parent-style-name" not in attributes
        and all(name.startswith("officeooo:") for name in _PROPERTY.findall(properties))
    )
    return {name[1] for name in names if name}
