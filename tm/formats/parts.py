"""The parts of a unit that are translated one by one: marked segments and plural forms.

In: units of a file. Out: their parts, as units. ``parts`` gives those of one unit, ``translations`` the
finished parts of many. ``marked`` finds the segments that XLIFF marks in a text, ``between`` cuts one out.

>>> from tm.model import Annotation
>>> bridge = Variant("fr", Segment("un pont"), annotations=(Annotation("prop", "des ponts", "x-po-plural"),))
>>> [part.variants[0].segment.text for part in parts(Unit((bridge,)))]
['un pont', 'des ponts']
"""

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
    """The parts of units that a memory takes.

    A part with only one text is left out, and one that is not finished (``states.py``): a draft, a rejected
    translation.

    >>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
    >>> list(translations([unit, Unit(unit.variants[:1])])) == [unit]
    True
    """
    for unit in units:
        yield from (part for part in parts(unit) if states.is_finished(part))


def parts(unit: Unit) -> list[Unit]:
    """The parts of a unit in order; the unit itself when it has only one.

    A source parted by ``<mrk mtype="seg">`` has a part for each mark, with the segment of the target that has
    the same ``mid``. A message with a plural has two: the singular with the first form, the plural with the
    last.

    >>> from tm.model import Code
    >>> marks = (Code(0, "open", "mrk", (("mtype", "seg"), ("mid", "1"))), Code(3, "close", "mrk"))
    >>> [part.variants[0].segment for part in parts(Unit((Variant("fr", Segment("Oui", marks)),)))]
    [Segment(text='Oui', codes=())]
    """
    return _plural(unit) if len(forms(unit.variants[0])) > 1 else segments(unit)


def segments(unit: Unit) -> list[Unit]:
    """The marked segments of a unit in order; the unit itself when its source has none.

    A message with a plural stays whole.

    >>> unit = Unit((Variant("fr", Segment("Oui")),))
    >>> segments(unit) == [unit]
    True
    """
    return _segments(unit) if any(map(is_segment, unit.variants[0].segment.codes)) else [unit]


def marked(segment: Segment) -> list[tuple[str, int, int]]:
    """The segments that marks part a text into: the ``mid`` of each, and the numbers of its two codes.

    >>> from tm.model import Code
    >>> marks = (Code(0, "open", "mrk", (("mtype", "seg"), ("mid", "1"))), Code(3, "close", "mrk"))
    >>> marked(Segment("Oui", marks))
    [('1', 0, 1)]
    """
    marks = [
        (dict(segment.codes[first].attributes).get("mid", ""), first, last)
        for first, last in pairs(segment.codes).items()
        if first < last and is_segment(segment.codes[first])
    ]
    outermost: list[tuple[str, int, int]] = []
    for mark in sorted(marks, key=lambda mark: mark[1]):
        if not outermost or mark[1] > outermost[-1][2]:
            outermost.append(mark)
    return outermost


def between(segment: Segment, first: int, last: int) -> Segment:
    """The text and codes between two codes of a segment, by their numbers.

    >>> from tm.model import Code
    >>> between(Segment("un pont", (Code(3, "open", "g"), Code(7, "close", "g"))), 0, 1)
    Segment(text='pont', codes=())
    """
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
        for variant, segments_by_mid in targets:
            whole = variant.segment if len(sources) == 1 and not segments_by_mid else None
            target = segments_by_mid.get(mid, whole)
            if target and (target.text.strip() or target.codes):
                variants.append(replace(variant, segment=target))
        attributes = unit.attributes
        if id_ and len(sources) > 1:
            attributes = tuple(
                (name, f"{value}/{mid}" if name == "tuid" else value) for name, value in attributes
            )
        place = unit.place and unit.place._replace(id=dict(attributes).get("tuid", ""))
        segment_units.append(Unit(tuple(variants), attributes, _of_segment(unit, mid), place))
    return segment_units


def _of_segment(unit: Unit, mid: str) -> tuple[Annotation, ...]:
    """The annotations of a unit that hold for one of its segments: without the others' states."""
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
