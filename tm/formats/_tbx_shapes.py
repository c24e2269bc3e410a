r"""Entries of a termbase read by their shape: the tags in them, which are the same in thousands of entries.

In: a piece of the file, and the offset where an entry may begin. Out: what the entries that follow each other there say.

1. ``take`` matches ``_MARKUP``: tags and texts, with nothing in them that only expat can read (comments, sections of
   CDATA, references to characters).
2. ``_shape_of`` makes a tree of the tags, whose texts are left open (``_Slot``), and so finds those that decide
   what an entry means: grammar, status.
3. ``_Shape.outline`` has ``_tbx_concepts`` read that tree, with the deciding texts in it; ``_Outline.filled`` puts the
   others in.

What is not clear (a status that is not known, an empty term) is left to expat, which knows the line to name.

>>> piece = b'<termEntry id="c1"><langSet xml:lang="fr"><tig><term>pont</term></tig></langSet></termEntry>'
>>> take(piece, 0, lambda parts: print(parts.id, [term.text for term, _ in parts.terms]))
c1 ['pont']
92
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from tm.formats import _values, _xml
from tm.formats._format import Reading
from tm.formats._statuses import status_of
from tm.formats._tbx_concepts import (
    GRAMMAR,
    NEEDED,
    UNNAMED,
    EntryError,
    Parts,
    grammar_of,
    parts_of,
)
from tm.formats._tbx_elements import CONTAINERS, Element, flat
from tm.formats._tbx_status import SUBSET, is_said_by_word, known_status, says_status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.model import Attributes, DataCategory, Status, Term

_TEXT = rb"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]++|&(?:amp|lt|gt|quot|apos);)*+"
_START = re.compile(rb"[ \t\r\n]*+<(termEntry|conceptEntry|conceptGrp)(?=[ >])")
_MARKUP = re.compile(rb"(?:<[^<>&\x00-\x1f]++>" + _TEXT + rb")++")
_TAG = re.compile(
    r'(?P<end>/)?(?P<name>(?:[A-Za-z_][\w.-]*+:)?[A-Za-z_][\w.-]*+)(?P<attributes>(?: [\w:.-]++="[^"]*+")*+)(?P<empty>/)?'
)
_ATTRIBUTE = re.compile(r' ([\w:.-]++)="([^"]*+)"')
_ID = re.compile(r' id="([^"]*+)"')
_SHAPES = 1 << 9
"""How many shapes are remembered. A termbase has a few dozen."""
_KNOWN = 1 << 6
"""How many data categories of a name and type are remembered."""


def take(piece: bytes, start: int, make: Callable[[Parts], object]) -> int:
    """Read the entries that follow each other from an offset on, as far as they are clear.

    Args:
        piece: a piece of the file in UTF-8.
        start: where an entry may begin.
        make: takes what an entry says.

    Returns:
        The offset behind the last entry.
    """
    while match := _START.match(piece, start):
        end_tag = b"</" + match[1] + b">"
        end = piece.find(end_tag, match.end())
        if end < 0 or not _MARKUP.fullmatch(piece, match.start(1) - 1, end):
            break
        try:
            parts = _read(piece[match.start(1) - 1 : end].decode())
        except UnicodeDecodeError:
            break  # expat names the place
        if parts is None:
            break
        make(parts)
        start = end + len(end_tag)
    return start


def _read(markup: str) -> Parts | None:
    """What an entry says; None where that is not clear."""
    pieces = markup.replace(">", "<").split("<")
    tags, texts = pieces[1::2], pieces[2::2]
    id_ = ""
    if ' id="' in markup:
        if has_id := _ID.search(tags[0]):
            id_ = has_id[1]
        tags = [_ID.sub("", tag, count=1) if ' id="' in tag else tag for tag in tags]
    shape = _shape_of(tuple(tags))
    if shape is None:
        return None
    said = [flat(texts[number]) for number in shape.texts]
    if not all(said):
        return None
    if "&" in markup:
        said = [_xml.unescaped(text) for text in said]
    if any(status_of(said[number]) for number in shape.open_words):
        return None
    outline = shape.outline(tuple([said[number] for number in shape.deciding]))
    return outline.filled(id_, [*said, ""]) if outline else None


# ------------------------------------------------------------------------------------------- shapes


class _Slot(str):
    """The text of an element that is not known yet, by its number."""

    number: int

    @classmethod
    def numbered(cls, number: int) -> _Slot:
        """The slot of that number; no text of a file is like it."""
        slot = cls(f"\0{number}")
        slot.number = number
        return slot


class _Shape:
    """The tags of an entry.

    Attributes:
        texts: the numbers of the tags that the texts stand behind.
        deciding: the numbers among the texts of those that decide what the entry means.
        open_words: likewise of those that would, were they the word for a status.
    """

    def __init__(self, tags: tuple[str, ...]) -> None:
        """Look at the tags.

        Raises:
            ValueError: they are not those of an entry, or more than plain elements.
        """
        self._tags = tags
        self._outlines: dict[tuple[str, ...], _Outline | None] = {}
        entry, self.texts = _tree(tags)
        leaves = _leaves(entry)
        if any(leaf.category in NEEDED for leaf in leaves):
            raise ValueError(NEEDED)
        self.deciding = [number for number, leaf in enumerate(leaves) if _decides(leaf)]
        self.open_words = [
            number
            for number, leaf in enumerate(leaves)
            if number not in self.deciding and is_said_by_word(leaf)
        ]

    def outline(self, deciding: tuple[str, ...]) -> _Outline | None:
        """What an entry of this shape says with these texts; None where that is not clear."""
        if deciding not in self._outlines:
            if len(self._outlines) >= _SHAPES:
                self._outlines.clear()
            self._outlines[deciding] = self._made(deciding)
        return self._outlines[deciding]

    def _made(self, deciding: tuple[str, ...]) -> _Outline | None:
        entry, _ = _tree(self._tags)
        leaves = _leaves(entry)
        for number, text in zip(self.deciding, deciding, strict=True):
            leaves[number].say(text)
            if not _is_clear(leaves[number]):
                return None
        try:
            parts = parts_of(entry, Reading(""))
        except EntryError:
            return None
        return None if entry.unread() else _Outline.of(parts)


@functools.lru_cache(maxsize=_SHAPES)
def _shape_of(tags: tuple[str, ...]) -> _Shape | None:
    """The shape of these tags; None where they are more than plain elements."""
    try:
        return _Shape(tags)
    except ValueError:
        return None


def _tree(tags: Sequence[str]) -> tuple[Element, list[int]]:
    """The elements of these tags, which lack the last end tag, and the numbers of the tags that texts stand behind.

    Raises:
        ValueError: they are not nested, are not plain, or an element that is no group has others in it.
    """
    opened: list[tuple[str, Element, int]] = []
    texts: list[int] = []
    for number, tag in enumerate(tags):
        match = _TAG.fullmatch(tag)
        attributes = dict(_ATTRIBUTE.findall(match["attributes"])) if match else {}
        if not match or len(attributes) < match["attributes"].count('="') or "id" in attributes:
            raise ValueError(tag)
        if match["end"]:
            name, element, begun = opened.pop()
            if name != match["name"] or attributes or match["empty"] or not opened:
                raise ValueError(tag)
            if not element.children and element.name not in CONTAINERS:
                element.say(_Slot.numbered(len(texts)))
                texts.append(begun)
            continue
        element = Element(match["name"].rpartition(":")[2], attributes, (0, 0))
        if opened:
            if opened[-1][1].name not in CONTAINERS:
                raise ValueError(tag)
            opened[-1][1].children.append(element)
        if not match["empty"]:
            opened.append((match["name"], element, number))
        elif element.name != "language":  # of MultiTerm
            raise ValueError(tag)
    if len(opened) != 1:
        raise ValueError(tags)
    return opened[0][1], texts


def _leaves(entry: Element) -> list[Element]:
    """The elements with a text, in order."""
    return [element for element in entry.descendants() if isinstance(element.text, _Slot)]


def _decides(leaf: Element) -> bool:
    """Whether what the element says decides what its term or entry means."""
    return leaf.category in GRAMMAR or leaf.category == SUBSET or says_status(leaf)


def _is_clear(leaf: Element) -> bool:
    """Whether what a deciding element says is known, so that nothing is to be named."""
    if leaf.category in GRAMMAR:
        return leaf.text in UNNAMED or bool(grammar_of(leaf.category, leaf.text))
    return leaf.category == SUBSET or bool(known_status(leaf))


# ------------------------------------------------------------------------------------------- what entries say


class _Category(NamedTuple):
    """A data category, or a group of them, with the number of the slot that its text is.

    ``known`` has those that were made of other texts: who changed an entry and how is the same in most.
    """

    name: str
    type: str
    text: str
    slot: int
    attributes: Attributes
    language: str
    parts: tuple[_Category, ...]
    known: dict[str, DataCategory]

    @classmethod
    def of(cls, category: DataCategory) -> _Category:
        """The category with the number of its slot."""
        name, kind, text = category.name, category.type, category.text
        attributes, language, parts = category.attributes, category.language, category.parts
        known = _known(name, kind, attributes, language)
        return cls(name, kind, text, _slot(text), attributes, language, tuple(map(cls.of, parts)), known)


@functools.lru_cache(maxsize=_SHAPES)
def _known(*_: object) -> dict[str, DataCategory]:
    """The data categories that are known of a name, type, attributes and language, by their texts."""
    return {}


def _filled(categories: tuple[_Category, ...], said: Sequence[str]) -> tuple[DataCategory, ...]:
    """The categories with their texts."""
    filled = []
    for name, kind, text, slot, attributes, language, parts, known in categories:
        if parts:
            within = _filled(parts, said)
            filled.append(_values.datacategory(name, kind, "", attributes, language, within))
            continue
        own = said[slot] if slot >= 0 else text
        if (category := known.get(own)) is None:
            category = _values.datacategory(name, kind, own, attributes, language)
            if len(known) < _KNOWN:
                known[own] = category
        filled.append(category)
    return tuple(filled)


class _Term(NamedTuple):
    """A term, its contexts and its data categories, with the numbers of slots."""

    text: int
    language: str
    grammar: tuple[Status, str, str, str]
    note: int
    categories: tuple[_Category, ...]
    contexts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, term: Term, contexts: Sequence[tuple[str, str]]) -> _Term:
        """The term with the numbers of its slots."""
        grammar = term.status, term.part_of_speech, term.gender, term.kind
        categories = tuple(map(_Category.of, term.categories))
        placed = tuple([(_slot(text), _slot(origin)) for text, origin in contexts])
        return cls(_slot(term.text), term.language, grammar, _slot(term.note), categories, placed)

    def filled(self, said: Sequence[str]) -> tuple[Term, list[tuple[str, str]]]:
        """The term with its texts, and its contexts."""
        text, language, grammar, note, categories, contexts = self
        term = _values.term(said[text], language, *grammar, said[note], None, _filled(categories, said))
        return term, [(said[context], said[origin]) for context, origin in contexts]


class _Outline(NamedTuple):
    """What an entry says, with the numbers of slots: its id, definition, subject and note; its terms; the rest."""

    about: tuple[int, int, int, int]
    terms: tuple[_Term, ...]
    categories: tuple[_Category, ...]

    @classmethod
    def of(cls, parts: Parts) -> _Outline:
        """What an entry says that has slots for texts."""
        about = _slot(parts.id), _slot(parts.definition), _slot(parts.subject), _slot(parts.note)
        terms = tuple([_Term.of(term, contexts) for term, contexts in parts.terms])
        return cls(about, terms, tuple(map(_Category.of, parts.categories)))

    def filled(self, id_: str, said: Sequence[str]) -> Parts:
        """The same with an id, if the entry has one as an attribute, and with the texts; the last one is empty."""
        name, definition, subject, note = self.about
        terms = [term.filled(said) for term in self.terms]
        categories = _filled(self.categories, said)
        return Parts(id_ or said[name], terms, said[definition], said[subject], said[note], categories)


def _slot(text: str) -> int:
    """The number of the slot that a text is; that of the last one, which is empty, for any other."""
    return text.number if isinstance(text, _Slot) else -1
