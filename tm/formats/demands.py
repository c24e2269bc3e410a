"""What a file demands of a translation: the context it is for, its length, its plural forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.model import Unit, Variant

MAXIMUM = "x-maximum-length"
"""The property that holds how many characters a target may have (XLIFF ``maxwidth``)."""
PLURAL = "x-po-plural"
"""The property, of a variant, that holds a plural form beyond the first."""

IDENTIFIER = "x-identifier"
"""The property that holds by what a program finds the text: a key, the name of a resource (XLIFF ``resname``)."""

_CONTEXTS = ("x-context", "x-msgctxt", IDENTIFIER, "x-id")
_MAX_LENGTH = re.compile(r"\bmax(?:imum)?[- _]?length\s*[:=]\s*(\d+)", re.IGNORECASE)
"""The limit as programmers write it in a comment of a PO file, and Weblate among its flags."""


def context(unit: Unit) -> str:
    """What tells a message from others with the same text; "" for none.

    It is ``msgctxt`` of PO, ``resname`` of XLIFF, the context of TMX.

    >>> from tm.model import Annotation, Unit
    >>> context(Unit((), (), (Annotation("prop", "menu", "x-msgctxt"),)))
    'menu'
    """
    if not unit.annotations:
        return ""
    return next(filter(None, map(unit.property, _CONTEXTS)), "")


def maximum_length(unit: Unit) -> int | None:
    """How many characters the translation may have; None when there is no limit.

    >>> from tm.model import Annotation, Unit
    >>> maximum_length(Unit((), (), (Annotation("prop", "max-length:12", "x-po-comment"),)))
    12
    """
    for annotation in unit.annotations:
        if annotation.type == MAXIMUM and annotation.text.isdecimal():
            return int(annotation.text)
        if annotation.type in ("x-po-comment", "x-po-flags") and (
            limit := _MAX_LENGTH.search(annotation.text)
        ):
            return int(limit[1])
    return None


def flags(unit: Unit) -> frozenset[str]:
    """What a file says about the kind of a text: ``python-format`` of PO, the flags of Weblate.

    >>> from tm.model import Annotation, Unit
    >>> sorted(flags(Unit((), (), (Annotation("prop", "c-format, no-wrap", "x-po-flags"),))))
    ['c-format', 'no-wrap']
    """
    return frozenset(filter(None, re.split(r"[,\s]+", unit.property("x-po-flags"))))


def forms(variant: Variant) -> list[str]:
    """The plural forms of a variant; the first is its text. There is only one when the message has no plural.

    >>> from tm.model import Annotation, Segment, Variant
    >>> forms(Variant("fr", Segment("un pont"), annotations=(Annotation("prop", "des ponts", PLURAL),)))
    ['un pont', 'des ponts']
    """
    return [
        variant.segment.text,
        *(
            annotation.text
            for annotation in variant.annotations
            if annotation.name == "prop" and annotation.type == PLURAL
        ),
    ]


def maximum(attributes: dict[str, str]) -> str:
    """How many characters the target of an XLIFF unit with these attributes may have; "" without a limit.

    It is ``maxwidth`` in characters, or ``slr:sizeRestriction``.

    >>> maximum({"maxwidth": "12", "size-unit": "char"}), maximum({"slr:sizeRestriction": "0,40"})
    ('12', '40')
    """
    if attributes.get("size-unit") == "char":
        return attributes.get("maxwidth", "")
    sizes = (value for name, value in attributes.items() if name.endswith(":sizeRestriction"))
    return next(sizes, "").rpartition(",")[2].strip()
