"""A unit of a file, parted into what is translated one by one: marked segments, plural forms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm.formats import states
from tm.formats._xliff_codes import in_order, is_segment, pairs
from tm.formats.demands import forms
from tm.model import Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.model import Annotation


def translations(units: Iterable[Unit]) -> Iterator[Unit]:
    """What a memory should have of a file's units: their finished parts.

    What has one text only, and what is not finished (a draft, a rejected translation: ``states.py``), is
    left out.
    """
    for unit in units:
        yield from (part for part in parts(unit) if states.is_finished(part))


def parts(unit: Unit) -> list[Unit]:
    """The unit's parts in order; itself when it has only one.

    A source parted by ``<mrk mtype="seg">`` has one for each, with the target's segment of that ``mid``. A
    message with a plural has two: the singular with the first form, the plural with the last.

    >>> from tm.model import Code
    >>> marks = (Code(0, "open", "mrk", (("mtype", "seg"), ("mid", "1"))), Code(3, "close", "mrk"))
    >>> [part.variants[0].segment for part in parts(Unit((Variant("fr", Segment("Oui", marks)),)))]
    [Segment(text='Oui', codes=())]
    """
    return _plural(unit) if len(forms(unit.variants[0])) > 1 else segments(unit)


def segments(unit: Unit) -> list[Unit]:
    """The unit's marked segments in order; itself without any. A message with a plural stays whole."""
    return _segments(unit) if any(map(is_segment, unit.variants[0].segment.codes)) else [unit]


def marked(segment: Segment) -> list[tuple[str, int, int]]:
    """The segments that marks part a text into: each ``mid``, and the codes it stands between."""
    marks = [
        (dict(segment.codes[first].attributes).get("mid", ""), first, last)
        for first, last in pairs(segment.codes).items()
        if first < last and is_segment(segment.codes[first])
    ]
    outermost = [mark for mark in marks if not any(outer[1] < mark[1] < outer[2] for outer in marks)]
    return sorted(outermost, key=lambda mark: mark[1])


def between(segment: Segment, first: int, last: int) -> Segment:
    """The text and codes between two of a segment's codes."""
    start, end = segment.codes[first].position, segment.codes[last].position
    codes = (replace(code, position=code.position - start) for code in segment.codes[first + 1 : last])
    return Segment(segment.text[start:end], tuple(codes))


def _segments(unit: Unit) -> list[Unit]:
    source, *other_variants = unit.variants
    sources = _marked(source.segment)
    targets = [(variant, dict(_marked(variant.segment))) for variant in other_variants]
    id_ = dict(unit.attributes).get("tuid", "")
    segment_units = []
    for mid, segment in sources:
        variants = [replace(source, segment=segment)]
        for variant, segments in targets:
            whole = variant.segment if len(sources) == 1 and not segments else None
            text = segments.get(mid, whole)
            if text and (text.text.strip() or text.codes):
                variants.append(replace(variant, segment=text))
        attributes = unit.attributes
        if id_ and len(sources) > 1:
            attributes = tuple(
                (name, f"{value}/{mid}" if name == "tuid" else value) for name, value in attributes
            )
        place = unit.place and unit.place._replace(id=dict(attributes).get("tuid", ""))
        segment_units.append(Unit(tuple(variants), attributes, _of_segment(unit, mid), place))
    return segment_units


def _of_segment(unit: Unit, mid: str) -> tuple[Annotation, ...]:
    """What is said of a unit, as it is true of one of its segments: the states of the others are not."""
    if not any(annotation.type.startswith(states.OF_SEGMENT) for annotation in unit.annotations):
        return unit.annotations
    states_of_segment = states.described(unit.property(states.OF_SEGMENT + mid))
    return (
        *(annotation for annotation in unit.annotations if not annotation.type.startswith(states.STATE)),
        *states_of_segment,
    )


def _marked(segment: Segment) -> list[tuple[str, Segment]]:
    segment = in_order(segment)
    return [(mid, between(segment, first, last)) for mid, first, last in marked(segment)]


def _plural(unit: Unit) -> list[Unit]:
    singular = [Variant(variant.language, Segment(forms(variant)[0])) for variant in unit.variants]
    plural = [Variant(variant.language, Segment(forms(variant)[-1])) for variant in unit.variants]
    return [
        replace(unit, variants=tuple(variant for variant in side if variant.segment.text))
        for side in (singular, plural)
    ]
