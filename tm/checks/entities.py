"""Entities: broken ones, which a reader sees as they are, and those that a source without markup has not.

A space that does not break is right beside French marks, however it is written.

>>> ENTITIES.messages("A &amp; B", "A & amp; B"), ENTITIES.messages("Un pain", "Um&nbsp;pão")
(['the entity & amp; is broken'], ['an entity that the source has not: &nbsp;'])
>>> from tm.direction import Direction
>>> ENTITIES.messages("Delete?", "Supprimer&nbsp;?", Direction("en", "fr"))
[]
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,7}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_NAMES = "amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|mdash|ndash|laquo|raquo|lsquo|rsquo|ldquo|rdquo"
_BROKEN = re.compile(
    rf"&\s+((?:{_NAMES})|#\s?x?[0-9a-fA-F]+)\s?;|&((?:{_NAMES})|#x?[0-9a-fA-F]+)\s+;|&\s?amp;((?:{_NAMES}|#\d+);)",
    re.IGNORECASE,
)
_UNENDED = re.compile(rf"&(?:{_NAMES})(?![\w;=])(?!\s;)")
NO_BREAK = re.compile(r"&(?:nbsp|nnbsp|#160|#xa0|#8239|#x202f);", re.IGNORECASE)
"""An entity for a space that does not break."""
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>(?!`)")
"""A tag; the target of a link in reStructuredText is none."""
_AT_MARK = re.compile(rf"{NO_BREAK.pattern}(?=[;:!?»%])|(?<=«){NO_BREAK.pattern}", re.IGNORECASE)


def added(target: str, source: str) -> str:
    """The first entity that only the target has, "" when there is none.

    >>> added("p&atilde;o", "pain"), added("R&D;", "R&D"), added("A &lt; B", "A &lt; B")
    ('&atilde;', '', '')
    """
    if "&" not in target:
        return ""
    entities = Counter(filter(_is_entity, ENTITY.findall(target))) - Counter(ENTITY.findall(source))
    return next(iter(entities), "")


def _is_entity(text: str) -> bool:
    return html.unescape(text) != text


def _examine(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source, translation.target
    if "&" not in target:
        return
    if (broken := _BROKEN.search(target) or _UNENDED.search(target)) and broken[0] not in source:
        mended = _BROKEN.sub(
            lambda match: f"&{''.join((match[1] or match[2] or match[3]).split()).rstrip(';')};", target
        )
        suggestion = None if mended == target else mended
        yield Remark(
            f"the entity {broken[0]} is broken", "warning", suggestion, target_spans=(broken.span(),)
        )
        return
    prose = _AT_MARK.sub(" ", target) if bcp47.base(translation.direction.target) == "fr" else target
    # Where the source is markup, any letter may be written so.
    if (entity := added(prose, source)) and not ENTITY.search(source) and not _TAG.search(source):
        letter = html.unescape(entity)
        yield Remark(
            f"an entity that the source has not: {entity}",
            "warning",
            None if letter in "<>&" else target.replace(entity, letter),
            target_spans=spans_of(target, entity),
        )


ENTITIES = Check("entity", "Entities broken, or added to a text without markup.", one_by_one(_examine))
