"""What a termbase says beyond what a concept has a place for: its data categories, kept as they came.

In: the elements of an entry (``_tbx_elements``) after ``_tbx_concepts`` has read them. Out: ``DataCategory`` values,
which ``_tbx.py`` writes back at their level: ``kept_of`` finds them.

A group stays whole: a definition with its source, a transaction with its date. Of a group from which a part
became part of the concept only the rest is kept, each part alone. A definition that a language has stays there,
with its group, although a concept has one definition as well.

>>> group = Element("descripGrp", {}, (1, 1))
>>> for name, kind, text in ("descrip", "definition", "Ouvrage."), ("admin", "source", "dictionnaire"):
...     group.children.append(Element(name, {"type": kind}, (1, 9)))
...     group.children[-1].content.append(text)
>>> section = Element("langSet", {"xml:lang": "fr"}, (1, 1))
>>> section.children.append(group)
>>> [category] = kept_of(section, "fr")
>>> category.name, category.language, [(part.type, part.text) for part in category.parts]
('descripGrp', 'fr', [('definition', 'Ouvrage.'), ('source', 'dictionnaire')])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats._tbx_elements import LANGUAGES, TERMS, Element
from tm.model import DataCategory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GROUPS = ("descripGrp", "adminGrp", "transacGrp", "termNoteGrp")
_NAMES = (
    "descrip",
    "admin",
    "termNote",
    "note",
    "transac",
    "ref",
    "xref",
    "date",
    "transacNote",
    "descripNote",
)
"""The elements of style DCA, in which the category is the type."""
_ELEMENTS = {
    **dict.fromkeys(("definition", "context", "example", "subjectField", "reliabilityCode"), "descrip"),
    **dict.fromkeys(("source", "customerSubset", "projectSubset", "entrySource", "conceptOrigin"), "admin"),
    **dict.fromkeys(("geographicalUsage", "termLocation", "processStatus", "register"), "termNote"),
    **dict.fromkeys(("externalCrossReference", "xGraphic"), "xref"),
    "crossReference": "ref",
    "transactionType": "transac",
    "responsibility": "transacNote",
}
"""The elements of style DCA by those of style DCT, which has one for each category."""
_ALSO = ("reliabilityCode", "processStatus")
"""Categories that are kept although a status was found by them: they say more."""


def kept_of(element: Element, language: str = "") -> tuple[DataCategory, ...]:
    """What an entry, a section or a term says that is no part of the concept; marks it as read.

    Args:
        element: the entry, the section of a language, or the term.
        language: of the section; "" for the others.
    """
    return tuple(_kept(element.children, language))


def _kept(children: Iterable[Element], language: str) -> Iterator[DataCategory]:
    for child in children:
        if child.name in LANGUAGES or child.name in TERMS:
            if child.name == "termGrp":
                yield from _kept(child.children, language)
            continue
        if child.name in GROUPS:
            leaves = child.children
            if all(_is_unread(leaf, language) for leaf in leaves) or _has_definition(leaves, language):
                category = _category(child, language)
                if category.parts:
                    yield category
            else:
                yield from _kept(leaves, language)
        elif _is_unread(child, language) and _name(child):
            yield _category(child, language)


def _is_unread(element: Element, language: str) -> bool:
    return (
        not element.read or element.category in _ALSO or (bool(language) and element.category == "definition")
    )


def _has_definition(leaves: Iterable[Element], language: str) -> bool:
    """Whether a group has a definition and something more."""
    return any(leaf.category == "definition" for leaf in leaves) and any(
        _is_unread(leaf, language) for leaf in leaves
    )


def _name(element: Element) -> str:
    """The name of an element in style DCA; "" for one that is not known."""
    return element.name if element.name in _NAMES else _ELEMENTS.get(element.name, "")


def _category(element: Element, language: str) -> DataCategory:
    element.read = True
    if element.name in GROUPS:
        parts = tuple(_category(leaf, "") for leaf in element.children if _name(leaf))
        return DataCategory(element.name, parts=parts, language=language)
    kind = element.attributes.get("type", "" if element.name in _NAMES else element.name)
    others = tuple(
        (name, value) for name, value in element.attributes.items() if name in ("target", "xml:lang")
    )
    return DataCategory(_name(element), kind, element.text, others, language)
