"""A unit as a person changes it: its texts, with their inline codes, its note, its origin, its author.

1. ``altered`` makes the new unit; it is a person's from then on, so that nothing is taken off its matches.
2. ``with_text`` puts another text in the place of a segment's, and keeps the codes whose place is certain.

>>> from tm.model import Code
>>> bold = Segment("Cliquez OK ici", (Code(8, "open", "b"), Code(10, "close", "b")))
>>> changed, left_out = with_text(bold, "Cliquez Valider ici")
>>> [code.position for code in changed.codes], left_out
([8, 15], 0)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.model import Annotation, Segment, Unit
from tm.store import records
from tm.store.merging import UNREVIEWED
from tm.work.origins import EDITED

if TYPE_CHECKING:
    from tm.model import Attributes, Code


@dataclass(frozen=True, slots=True)
class Alteration:
    """What is changed of a unit; None is what stays.

    Attributes:
        source: its source text.
        target: its translation.
        note: its note, in the place of those that it has; "" takes them out.
        origin: how it was made; where a text is given and no origin, it is ``EDITED``.
        author: who changes it; "" when that is not known.
    """

    source: str | None = None
    target: str | None = None
    note: str | None = None
    origin: str | None = None
    author: str = ""

    @property
    def has_text(self) -> bool:
        """Whether a text is given."""
        return self.source is not None or self.target is not None


def altered(
    unit: Unit, alteration: Alteration, asked: Direction = UNDECIDED, *, date: str = ""
) -> tuple[Unit, int]:
    """The unit with what is changed, and how many inline codes could not be kept.

    Args:
        unit: of a memory.
        alteration: what is changed.
        asked: which of its texts are the source and the translation; its own when it has only two.
        date: the day and time, as TMX or ISO 8601 writes them; "" when that is not known.

    Raises:
        OptionError: a text is empty, or the unit has not the languages.

    >>> from tm.model import Variant
    >>> pair = Variant("fr", Segment("four")), Variant("pt", Segment("fogão"))
    >>> unit = Unit(pair, annotations=(Annotation("prop", "machine", "x-origin"),))
    >>> new, _ = altered(unit, Alteration(target="forno", author="rui"), date="2026-11-28T10:00:00Z")
    >>> new.variants[1].segment.text, new.attributes, new.property("x-origin")
    ('forno', (('changedate', '20261128T100000Z'), ('changeid', 'rui')), 'edited')
    """
    stamp = _stamp(date, alteration.author)
    variants, left_out, is_changed = list(unit.variants), 0, False
    for text, number in ((alteration.source, 0), (alteration.target, 1)):
        if text is None:
            continue
        position = sides(unit, asked)[number]
        if not text.strip():
            raise OptionError("a text is empty; to take the unit out: tm remove")
        if text == variants[position].segment.text:
            continue
        segment, lost = with_text(variants[position].segment, text)
        left_out, is_changed = left_out + lost, True
        attributes = _restamped(variants[position].attributes, stamp)
        variants[position] = replace(variants[position], segment=segment, attributes=attributes)
    origin = alteration.origin
    if origin is None and (
        is_changed or (alteration.has_text and unit.property(records.ORIGIN) in UNREVIEWED)
    ):
        origin = EDITED
    annotations = _annotations(unit.annotations, origin, alteration.note)
    is_signed = alteration == Alteration(author=alteration.author) != Alteration()
    if (tuple(variants), annotations) == (unit.variants, unit.annotations) and not is_signed:
        return unit, 0
    return replace(
        unit, variants=tuple(variants), attributes=_stamped(unit.attributes, stamp), annotations=annotations
    ), left_out


def sides(unit: Unit, asked: Direction = UNDECIDED) -> tuple[int, int]:
    """The positions of a unit's source and translation among its texts.

    The source is in the language asked for, else in the one that ``srclang`` names, else the first.

    Raises:
        OptionError: it has not the languages, or several translations, and none is asked for.

    >>> from tm.model import Variant
    >>> unit = Unit((Variant("fr", Segment("four")), Variant("pt", Segment("forno"))))
    >>> sides(unit), sides(unit, Direction("pt"))
    ((0, 1), (1, 0))
    """
    tags = [variant.language for variant in unit.variants]
    source = _position(unit, asked.source) if asked.source else records.source_position(unit)
    translations = [number for number in range(len(tags)) if number != source]
    if asked.target:
        target = _position(unit, asked.target)
    elif len(translations) == 1:
        [target] = translations
    else:
        raise OptionError(f"a unit is in {', '.join(tags)}; say which translation is meant with -t")
    if source == target:
        raise OptionError(f"a unit is in {', '.join(tags)}, not {asked}")
    return source, target


def _position(unit: Unit, language: str) -> int:
    variant = unit.variant(language)
    if variant is None:
        tags = ", ".join(variant.language for variant in unit.variants)
        raise OptionError(f"a unit is in {tags}, not in {language}")
    return unit.variants.index(variant)


# ------------------------------------------------------------------------------------------- beside the texts


def _annotations(
    annotations: tuple[Annotation, ...], origin: str | None, note: str | None
) -> tuple[Annotation, ...]:
    """The notes and properties with another origin and note; an aligner's confidence goes with its origin."""
    of_origin = (records.ORIGIN, "x-confidence")
    kept = [
        annotation
        for annotation in annotations
        if not (annotation.name == "note" and note is not None)
        and not (annotation.name == "prop" and annotation.type in of_origin and origin is not None)
    ]
    if origin:
        kept.append(Annotation("prop", origin, records.ORIGIN))
    if note:
        kept.append(Annotation("note", note))
    return tuple(kept) if kept != list(annotations) else annotations


def _stamp(date: str, author: str) -> dict[str, str]:
    """Who changes a unit and when, as TMX has it."""
    stamp = {"changedate": re.sub(r"[-:]", "", date), "changeid": author}
    return {name: value for name, value in stamp.items() if value}


def _stamped(attributes: Attributes, stamp: dict[str, str]) -> Attributes:
    names = dict(attributes)
    missing = tuple((name, value) for name, value in stamp.items() if name not in names)
    return (*_restamped(attributes, stamp), *missing)


def _restamped(attributes: Attributes, stamp: dict[str, str]) -> Attributes:
    """The attributes with those of the stamp that are among them brought up to date."""
    return tuple((name, stamp.get(name, value)) for name, value in attributes)


# ------------------------------------------------------------------------------------------- inline codes


def with_text(segment: Segment, text: str) -> tuple[Segment, int]:
    """The segment with another text, and how many of its codes could not be kept.

    A code whose neighbour on one side is there still stands beside it; the other half of a pair that cannot
    be kept goes too.

    >>> from tm.model import Code
    >>> line = Segment("un pont neuf", (Code(5, "alone", "br"), Code(12, "alone", "x")))
    >>> changed, left_out = with_text(line, "une rue neuve")
    >>> [code.name for code in changed.codes], left_out
    (['x'], 1)
    """
    if not segment.codes or text == segment.text:
        return replace(segment, text=text), 0
    blocks = _equal_blocks(segment.text, text)
    ends = {0: 0, len(segment.text): len(text)}
    places = [ends.get(code.position, _place(code, blocks)) for code in segment.codes]
    lost = {number for number, place in enumerate(places) if place is None}
    for first, second in _pairs(segment.codes):
        if first in lost or second in lost:
            lost |= {first, second}
    kept: list[Code] = []
    for number, (code, place) in enumerate(zip(segment.codes, places, strict=True)):
        if place is not None and number not in lost:
            kept.append(replace(code, position=max(place, kept[-1].position if kept else 0)))
    return Segment(text, tuple(kept)), len(lost)


_Block = tuple[int, int, int]
"""A stretch that both texts have: where it begins and ends in the old one, and where it begins in the new one."""


def _equal_blocks(old: str, new: str) -> list[_Block]:
    """The stretches of whole words that both texts have.

    >>> _equal_blocks("un pont neuf", "un quai neuf")
    [(0, 3, 0), (7, 12, 7)]
    """
    old_words, new_words = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    old_starts, new_starts = _starts(old_words), _starts(new_words)
    matches = SequenceMatcher(None, old_words, new_words, autojunk=False).get_matching_blocks()
    return [
        (old_starts[first], old_starts[first + size], new_starts[second])
        for first, second, size in matches
        if size
    ]


def _starts(words: list[str]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return starts


def _place(code: Code, blocks: list[_Block]) -> int | None:
    """Where a code stands in the new text; None when that is not certain.

    Between two stretches that were neighbours and are none any more an opening code goes with what follows,
    a closing one with what precedes, and one alone with neither.
    """
    after = next((new for start, _, new in blocks if start == code.position), None)
    before = next((new + end - start for start, end, new in blocks if end == code.position), None)
    inside = next(
        (new + code.position - start for start, end, new in blocks if start < code.position < end), None
    )
    if inside is not None:
        return inside
    if after is None or before is None:
        return before if after is None else after
    if code.kind == "alone" and after != before:
        return None
    return before if code.kind == "close" else after


def _pairs(codes: tuple[Code, ...]) -> list[tuple[int, int]]:
    """The numbers of the codes that open and close each other, by their nesting."""
    pairs, waiting = [], []
    for number, code in enumerate(codes):
        if code.kind == "open":
            waiting.append(number)
        elif code.kind == "close" and waiting:
            pairs.append((waiting.pop(), number))
    return pairs
