"""Plain units of TMX read with one expression. Most units are plain: two languages, and text without codes.

In: a piece of the file, and the offset where a unit may begin. Out: the units that follow each other there.
``take`` matches ``_UNIT`` again and again; ``attributes_of`` and ``_annotations`` take apart what it matched.

Expat calls a function ten times or more for such a unit; this takes half the time for the same result.
The expression and strict decoding make sure that what matches is well-formed. Any other unit is left to
expat, which knows the faults and their places.

>>> piece = b'<tu><tuv xml:lang="fr"><seg>oui</seg></tuv><tuv xml:lang="pt"><seg>sim</seg></tuv></tu><tu>'
>>> units = []
>>> take(piece, 0, 1, "answers.tmx", {"fr", "pt"}, units)
(87, 1)
>>> [variant.segment.text for variant in units[0].variants]
['oui', 'sim']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.formats import _values
from tm.formats._xml_plain import BLANK, TwiceError, attributes_of
from tm.model import Place

if TYPE_CHECKING:
    from collections.abc import Collection

    from tm.formats._format import Header
    from tm.model import Annotation, Unit

# No markup, and no character that XML forbids or changes: it changes a carriage return, and in a value also a
# tab and a line break.
_TEXT = rb"[^<>&\x00-\x08\x0b-\x1f]*+"
_VALUE = rb'"[^"<>&\x00-\x1f]*+"'
_ATTRIBUTES = rb"(?: (?!lang=)[A-Za-z][A-Za-z0-9-]*+=" + _VALUE + rb")*+"
_ANNOTATION = rb"<prop type=" + _VALUE + rb">" + _TEXT + rb"</prop>|<note>" + _TEXT + rb"</note>"
_ANNOTATIONS = rb"(?:" + BLANK + rb"(?:" + _ANNOTATION + rb"))*+"
_VARIANT = (
    rb'<tuv xml:lang="([A-Za-z0-9_-]++)"(' + _ATTRIBUTES + rb")>(" + _ANNOTATIONS + rb")"
    + BLANK + rb"<seg>(" + _TEXT + rb")</seg>" + BLANK + rb"</tuv>"
)  # fmt: skip
_UNIT = re.compile(
    BLANK + rb"<tu(" + _ATTRIBUTES + rb")>(" + _ANNOTATIONS + rb")"
    + BLANK + _VARIANT + BLANK + _VARIANT + BLANK + rb"</tu>"
)  # fmt: skip
_ONE_ANNOTATION = re.compile(r'<(note|prop)(?: type="([^"]*+)")?>([^<]*+)')


_new = tuple.__new__


def take(
    piece: bytes, start: int, line: int, path: str, languages: Collection[str], units: list[Header | Unit]
) -> tuple[int, int]:
    """Append the plain units that follow each other from an offset on to the list.

    Args:
        piece: a piece of the file in UTF-8.
        start: where a unit may begin.
        line: the line of the file at that offset.
        path: the file.
        languages: the languages seen before; a unit in another one is left to expat.
        units: the list.

    Returns:
        The offset behind the last unit, and its line.
    """
    new_variant, new_segment, new_unit = _values.variant, _values.segment, _values.unit
    counted = start  # line breaks before this offset are counted
    try:
        while match := _UNIT.match(piece, start):
            about, notes, first, of_first, first_notes, text, second, of_second, second_notes, second_text = (
                match.groups()
            )
            language, other_language = first.decode(), second.decode()
            if language not in languages or other_language not in languages:
                break
            first_variant = new_variant(
                language,
                new_segment(text.decode()),
                attributes_of(of_first) if of_first else (),
                _annotations(first_notes) if first_notes else (),
            )
            second_variant = new_variant(
                other_language,
                new_segment(second_text.decode()),
                attributes_of(of_second) if of_second else (),
                _annotations(second_notes) if second_notes else (),
            )
            attributes = attributes_of(about) if about else ()
            id_ = ""
            if attributes:
                name, id_ = attributes[0]
                if name != "tuid":
                    id_ = dict(attributes).get("tuid", "")
            tag = match.start(1)
            line += piece.count(b"\n", counted, tag)
            counted = tag
            units.append(
                new_unit(
                    (first_variant, second_variant),
                    attributes,
                    _annotations(notes) if notes else (),
                    _new(Place, (path, line, 0, id_)),
                )
            )
            start = match.end()
    except (UnicodeDecodeError, TwiceError):
        pass  # expat names the place
    return start, line + piece.count(b"\n", counted, start)


def _annotations(elements: bytes) -> tuple[Annotation, ...]:
    fields = _ONE_ANNOTATION.findall(elements.decode())
    return tuple([_values.annotation(name, value, kind) for name, kind, value in fields])
