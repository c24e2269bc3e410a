"""The elements of an entry of TBX or MultiTerm XML, as a tree; ``_tbx_concepts`` makes a concept of it.

The dialects have different names for the same things (``ENTRIES``, ``LANGUAGES``, ``TERMS``), and so have programs
for categories (``_CATEGORIES``).

>>> term = Element("tig", {}, (1, 1))
>>> term.children.append(Element("termNote", {"type": "Part of Speech"}, (1, 20)))
>>> term.children[0].content.append("noun")
>>> term.first("partOfSpeech")
'noun'
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOTS = ("martif", "tbx", "TBX", "mtf")
ENTRIES = ("termEntry", "conceptEntry", "entry", "conceptGrp")
LANGUAGES = ("langSet", "langSec", "langGroup", "languageGrp")
TERMS = ("tig", "ntig", "termSec", "termGroup", "termGrp")
_GROUPS = ("termGrp", "termNoteGrp", "descripGrp", "adminGrp", "transacGrp")
CONTAINERS = frozenset((*ENTRIES, *LANGUAGES, *TERMS, *_GROUPS))
"""Elements that have others in them and no text of their own."""

_WHITE_SPACE = re.compile("[ \t\r\n]+")
_CATEGORIES = {
    name: category
    for category, names in {
        "partOfSpeech": "partofspeech pos wordclass",
        "grammaticalGender": "grammaticalgender gender genus",
        "termType": "termtype",
        "subjectField": "subjectfield subject domain",
        "definition": "definition",
        "note": "note usagenote comment remark explanation",
    }.items()
    for name in names.split()
}
"""Categories by the names that programs give them, without capitals and spaces."""


@functools.lru_cache(maxsize=1 << 10)
def _category(name: str) -> str:
    return _CATEGORIES.get(re.sub(r"[^a-z]", "", name.lower()), name)


def flat(text: str) -> str:
    r"""A text in one line: a run of XML's white space becomes one space, and nothing at the ends; other spaces stay.

    >>> flat("\n  «\u00a0un\n  pont\u00a0» ")
    '«\xa0un pont\xa0»'
    """
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:  # nearly all
        return text
    return _WHITE_SPACE.sub(" ", text).strip(" ")


class Element:
    """An element of an entry.

    Attributes:
        name: without its prefix.
        attributes: by name.
        place: its line and column.
        read: whether its text became a part of the concept.
        children: the elements in it.
        content: the texts and elements in it, in order.
        category: the data category: the type of ``<descrip type="context">``, the name of ``<basic:context>``.
    """

    __slots__ = (
        "_firsts",
        "_flat",
        "_text",
        "attributes",
        "category",
        "children",
        "content",
        "name",
        "place",
        "read",
    )

    def __init__(self, name: str, attributes: dict[str, str], place: tuple[int, int]) -> None:
        self.name = name
        self.attributes = attributes
        self.place = place
        self.read = False
        self.children: list[Element] = []
        self.content: list[str | Element] = []
        self.category = _category(attributes.get("type", name))
        self._flat: list[Element] | None = None
        self._firsts: dict[str, Element] = {}
        self._text: str | None = None

    @property
    def text(self) -> str:
        """All text inside; a run of white space becomes one space. The element is read to its end by then."""
        if self._text is None:
            self._text = flat(self._raw())
        return self._text

    def _raw(self) -> str:
        return "".join(part if isinstance(part, str) else part._raw() for part in self.content)

    def say(self, text: str) -> None:
        """Give the element a text, whatever stands in it."""
        self._text = text

    def first(self, category: str) -> str:
        """The text of the first child of that category, also in a group; "" when there is none."""
        if self._flat is None:
            self.flat()
        child = self._firsts.get(category)
        if child is None:
            return ""
        child.read = True
        return child.text

    def flat(self) -> list[Element]:
        """The children; a group gives its own children in its place. The element is read to its end by then."""
        if self._flat is None:
            self._flat = []
            for child in self.children:
                if child.name in _GROUPS:
                    self._flat += child.flat()
                else:
                    self._flat.append(child)
            for child in self._flat:
                self._firsts.setdefault(child.category, child)
        return self._flat

    def own(self) -> Iterator[Element]:
        """The children that describe the element itself, not a language or a term in it."""
        for child in self.children:
            if child.name not in LANGUAGES and child.name not in TERMS:
                yield from child.flat() if child.name in _GROUPS else (child,)

    def descendants(self) -> Iterator[Element]:
        """All elements inside."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def unread(self) -> list[Element]:
        """The elements whose text became no part of the concept."""
        found: list[Element] = []
        for child in self.flat():
            if child.name in LANGUAGES or child.name in TERMS:
                found += child.unread()
            elif not child.read:
                found.append(child)
        return found
