"""Texts of Office files beside their paragraphs: what pictures are called, and texts that stand there twice.

``descriptions`` gives the texts in attributes of drawings, tables and lists of choices (``Description``), each
to be filled with ``put``. ``labels`` gives the texts that a chart keeps, such as the names of its series
(``Label``), ``properties`` what the file says of itself, ``remark`` a comment without formatting.
``fallbacks`` gives the texts that a file repeats for old programs, so that they become what the first ones
became.

>>> from lxml import etree
>>> picture = etree.fromstring('<docPr id="1" name="Image 1" descr="Une vue du pont"/>')
>>> (described,) = descriptions(picture)
>>> described.put(Segment("Uma vista da ponte")), picture.get("descr")
(True, 'Uma vista da ponte')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.formats._office_names import WORD, name
from tm.formats._word_runs import SKIPPED
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_DESCRIBED = {
    "docPr": ("title", "descr"),
    "cNvPr": ("title", "descr"),
    "shape": ("alt",),
    "rect": ("alt",),
    "tblCaption": tuple(f"{space}val" for space in WORD),
    "tblDescription": tuple(f"{space}val" for space in WORD),
    "listItem": tuple(f"{space}displayText" for space in WORD),
}
"""The attributes that a reader of the screen speaks: of Word, of slides and sheets, of old drawings (VML); of
Word's tables; the choices of a list."""
_PROPERTIES = (
    "{http://purl.org/dc/elements/1.1/}title",
    "{http://purl.org/dc/elements/1.1/}subject",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords",
)
"""What a file says of itself in words; its description is mostly that of the program that made it."""
_NO_TEXT = re.compile(r"[^\s]*[/\\.][^\s]*|[\W\d_]*")
"""A name of a file or an address, which programs put in by themselves; or no letter."""
LETTER = re.compile(r"[^\W\d_]")
"""What a text has that is to be translated."""


@dataclass(frozen=True, slots=True)
class Description:
    """A text in an attribute.

    Attributes:
        segment: the text, its white space folded.
        element: whose attribute it is.
        attribute: its name.
    """

    segment: Segment
    element: _Element
    attribute: str

    def put(self, target: Segment) -> bool:
        """Put a translation in place of the text; whether anything changed."""
        if target.text == self.segment.text:
            return False
        self.element.set(self.attribute, target.text)
        return True


def descriptions(element: _Element) -> Iterator[Description]:
    """The texts in attributes of drawings in an element, but not those in paragraphs in it."""
    for attribute in _DESCRIBED.get(name(element), ()):
        text = " ".join((element.get(attribute) or "").split())
        if not _NO_TEXT.fullmatch(text):
            yield Description(Segment(text), element, attribute)
    for child in element:
        if name(child) not in SKIPPED and name(child) != "p":
            yield from descriptions(child)


@dataclass(frozen=True, slots=True)
class Label:
    """A text that an element holds alone, such as one that a chart keeps of its sheet.

    Attributes:
        segment: the text.
        element: what holds it.
    """

    segment: Segment
    element: _Element

    def put(self, target: Segment) -> bool:
        """Put a translation in place of the text; whether anything changed."""
        if target.text == self.segment.text:
            return False
        self.element.text = target.text
        return True


def labels(kept: _Element) -> Iterator[Label]:
    """The texts with letters that a chart keeps: names of its series, of its categories.

    >>> from lxml import etree
    >>> kept = etree.fromstring("<strCache><pt><v>Ventes</v></pt><pt><v>2026</v></pt></strCache>")
    >>> [label.segment.text for label in labels(kept)]
    ['Ventes']
    """
    for value in kept.iter("{*}v"):
        yield from _label(value)


def properties(element: _Element) -> Iterator[Label]:
    """The text of an element that says what the file is about, such as its title."""
    if element.tag in _PROPERTIES:
        yield from _label(element)


def remark(element: _Element) -> Iterator[Label]:
    """The text of a comment on slides and sheets whose text has no paragraphs."""
    if name(element) == "text" and not len(element):
        yield from _label(element)


def _label(element: _Element) -> Iterator[Label]:
    text = " ".join((element.text or "").split())
    if LETTER.search(text):
        yield Label(Segment(text), element)


def fallbacks(root: _Element) -> Iterator[tuple[_Element, _Element]]:
    """Of each text that stands there twice the elements with the first one and with the repetition."""
    for fallback in root.iter("{*}Fallback"):
        choice = fallback.getprevious()
        while choice is not None and name(choice) != "Choice":
            choice = choice.getprevious()
        if choice is not None:
            yield choice, fallback
