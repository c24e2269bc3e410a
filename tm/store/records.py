"""Units as rows and back.

A row keeps the text of a variant in a column of its own, so that any SQLite tool can read it. The rest
(codes, attributes, notes and properties, in order) is one JSON array beside it, None when there is nothing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

from tm import bcp47
from tm.language import nfc
from tm.model import Annotation, Attributes, Code, Segment, Unit, Variant

ORIGIN = "x-origin"
PREVIOUS = "x-previous"
IDENTIFIERS = ("x-context", "x-msgctxt", "x-identifier", "x-id")
"""The properties that hold a segment's context: the segment before it, and the key its format gives it."""


class DamagedError(Exception):
    """What the memory holds cannot be what was written into it."""


class Record(NamedTuple):
    """A unit as the memory keeps it.

    Attributes:
        extra: what it holds beside its variants, as JSON; None when there is nothing.
        variants: of each the language, the text, and what it holds beside them, likewise.
    """

    extra: str | None
    variants: list[tuple[str, str, str | None]]


Context: TypeAlias = tuple[str, str]
"""The source segment before a unit's own, and the key that its format gives it; each "" when not known."""

NO_CONTEXT: Context = ("", "")


def context(unit: Unit) -> Context:
    """The source segment before this one, and the key that the format gave it (msgctxt, a resource's id).

    Each is "" when not known. TMX's ``tuid`` is no such key: most tools only count with it.

    >>> context(Unit((), annotations=(Annotation("prop", "menu.open", "x-context"),)))
    ('', 'menu.open')
    """
    if not unit.annotations:
        return NO_CONTEXT
    return unit.property(PREVIOUS), next(filter(None, map(unit.property, IDENTIFIERS)), "")


def context_and_origin(extra: str | None) -> tuple[Context, str]:
    """The context, composed (NFC), and the origin that a ``Record.extra`` holds.

    >>> context_and_origin('[[],[["prop","machine","x-origin",[]],["prop","Avant.","x-previous",[]]]]')
    (('Avant.', ''), 'machine')
    """
    if extra is None or '"x-' not in extra:
        return NO_CONTEXT, ""
    unit = unit_of(extra, [])
    previous, key = context(unit)
    return (nfc(previous), nfc(key)), unit.property(ORIGIN)


def source_position(unit: Unit) -> int:
    """Which of the unit's texts is its source: the one in the language that ``srclang`` names, else the first.

    >>> variants = (Variant("pt", Segment("sim")), Variant("fr-FR", Segment("oui")))
    >>> source_position(Unit(variants)), source_position(Unit(variants, (("srclang", "fr"),)))
    (0, 1)
    """
    named = dict(unit.attributes).get("srclang", "") if unit.attributes else ""
    if not named:
        return 0
    tags = [variant.language for variant in unit.variants]
    tag = bcp47.choose(named, tags)
    return 0 if tag is None else tags.index(tag)


def with_origin(unit: Unit, origin: str) -> Unit:
    """The unit with this origin in the place of any other; "" leaves it as it is.

    >>> with_origin(Unit((Variant("fr", Segment("oui")),)), "machine").property("x-origin")
    'machine'
    """
    if not origin or unit.property(ORIGIN) == origin:
        return unit
    annotations = tuple(note for note in unit.annotations if note.type != ORIGIN)
    return replace(unit, annotations=(*annotations, Annotation("prop", origin, ORIGIN)))


# ------------------------------------------------------------------------------------------------- to rows


def record_of(unit: Unit) -> Record:
    """A unit as the memory keeps it.

    >>> record_of(Unit((Variant("fr", Segment("oui")),), (("tuid", "7"),)))
    Record(extra='[[["tuid","7"]],[]]', variants=[('fr', 'oui', None)])
    """
    extra = None
    if unit.attributes or unit.annotations:
        extra = _json([unit.attributes, _annotation_fields(unit.annotations)])
    return Record(
        extra, [(variant.language, variant.segment.text, _extra(variant)) for variant in unit.variants]
    )


def _extra(variant: Variant) -> str | None:
    codes = variant.segment.codes
    if not codes and not variant.attributes and not variant.annotations:
        return None
    return _json([_code_fields(codes), variant.attributes, _annotation_fields(variant.annotations)])


def _annotation_fields(annotations: tuple[Annotation, ...]) -> list[Any]:
    return [[note.name, note.text, note.type, note.attributes] for note in annotations]


def _code_fields(codes: tuple[Code, ...]) -> list[Any]:
    return [
        [code.position, code.kind, code.name, code.attributes, code.content and _segment_fields(code.content)]
        for code in codes
    ]


def written_codes(codes: tuple[Code, ...]) -> str:
    """Inline codes as they are kept.

    >>> written_codes((Code(3, "open", "b"),))
    '[[3,"open","b",[],null]]'
    """
    return _json(_code_fields(codes))


def _segment_fields(segment: Segment) -> list[Any]:
    return [segment.text, _code_fields(segment.codes)]


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# ------------------------------------------------------------------------------------------------- and back


def restored(record: Record) -> Unit:
    """The unit that a record was made of.

    >>> unit = Unit((Variant("fr", Segment("oui")),), (("tuid", "7"),))
    >>> restored(record_of(unit)) == unit
    True
    """
    return unit_of(record.extra, [variant_of(*variant) for variant in record.variants])


def unit_of(extra: str | None, variants: list[Variant]) -> Unit:
    """The unit of a ``Record.extra`` and its variants.

    >>> unit_of('[[["tuid","7"]],[]]', []).attributes
    (('tuid', '7'),)
    """
    if extra is None:
        return Unit(tuple(variants))
    attributes, annotations = _fields(extra, 2)
    return Unit(tuple(variants), _attributes(attributes), _annotations(annotations))


def variant_of(language: str, text: str, extra: str | None) -> Variant:
    """The variant of an entry of ``Record.variants``.

    >>> variant_of("fr", "oui", None)
    Variant(language='fr', segment=Segment(text='oui', codes=()), attributes=(), annotations=())
    """
    if extra is None:
        return Variant(language, Segment(text))
    codes, attributes, annotations = _fields(extra, 3)
    return Variant(language, Segment(text, _codes(codes)), _attributes(attributes), _annotations(annotations))


def _fields(extra: str, count: int) -> list[Any]:
    try:
        fields = json.loads(extra)
    except ValueError as error:
        raise DamagedError from error
    if not isinstance(fields, list) or len(fields) != count:
        raise DamagedError
    return fields


def _attributes(fields: list[list[str]]) -> Attributes:
    return tuple((name, value) for name, value in fields)


def _annotations(fields: list[Any]) -> tuple[Annotation, ...]:
    return tuple(
        Annotation(name, text, kind, _attributes(attributes)) for name, text, kind, attributes in fields
    )


def _codes(fields: list[Any]) -> tuple[Code, ...]:
    return tuple(
        Code(
            position, kind, name, _attributes(attributes), content and Segment(content[0], _codes(content[1]))
        )
        for position, kind, name, attributes, content in fields
    )
