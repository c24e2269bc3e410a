"""Blank segments translate nothing: they are left out before texts are aligned, and are beads of their own after.

The steps, in the order in which they work:

1. ``without_blank`` gives the text that is aligned; where a blank segment stood a paragraph ends.
2. ``with_blank`` gives the beads of that text as those of the whole one. A blank segment stands alone there, but
   for one between two segments of the same bead, which stays in it: the segments of a side are neighbours.

>>> from tm.document import Bead, Text
>>> source, target = Text(("Un.", "", "Deux.")), Text(("Um. Dois.", " "))
>>> without_blank(source).segments, without_blank(source).paragraphs
(('Un.', 'Deux.'), (0, 1))
>>> [str(bead) for bead in with_blank([Bead((0, 1), (0,), 0.9)], source, target)]
['[0,1,2]:[0]:0.900', '[]:[1]:1.000']
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from tm.document import Bead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.document import Text


def without_blank(text: Text) -> Text:
    """The text as it is aligned: its segments that are not blank, with their paragraphs and kinds."""
    kept = _kept(text)
    if len(kept) == len(text.segments):
        return text
    blank = list(accumulate(not segment.strip() for segment in text.segments))
    paragraphs = text.paragraphs or (0,) * len(text.segments)
    return replace(
        text,
        segments=tuple(text.segments[number] for number in kept),
        paragraphs=tuple(paragraphs[number] + blank[number] for number in kept),
        kinds=tuple(text.kinds[number] for number in kept) if text.kinds else (),
        lines=(),
        codes=(),
    )


def with_blank(beads: Sequence[Bead], source: Text, target: Text) -> list[Bead]:
    """The beads of two texts, blank segments among them; of these it is certain that they stand alone.

    Args:
        beads: of the texts without blank segments.
        source: the whole source text.
        target: the whole target text.
    """
    kept = _kept(source), _kept(target)
    if len(kept[0]) == len(source.segments) and len(kept[1]) == len(target.segments):
        return list(beads)
    pairs: list[Bead] = []
    alone: tuple[dict[int, float], dict[int, float]] = {}, {}
    for bead in beads:
        own = _whole(bead.source, kept[0]), _whole(bead.target, kept[1])
        if all(own):
            pairs.append(Bead(*own, bead.confidence))
        for side in (0, 1):
            if not own[1 - side]:
                alone[side].update(dict.fromkeys(own[side], bead.confidence))
    whole: list[Bead] = []
    i = j = 0
    for bead in [*pairs, Bead((len(source.segments),), (len(target.segments),))]:
        whole += [Bead((number,), (), alone[0].get(number, 1.0)) for number in range(i, bead.source[0])]
        whole += [Bead((), (number,), alone[1].get(number, 1.0)) for number in range(j, bead.target[0])]
        whole.append(bead)
        i, j = bead.source[-1] + 1, bead.target[-1] + 1
    return whole[:-1]


def _kept(text: Text) -> list[int]:
    """The numbers of the segments that are not blank."""
    return [number for number, segment in enumerate(text.segments) if segment.strip()]


def _whole(numbers: tuple[int, ...], kept: Sequence[int]) -> tuple[int, ...]:
    """Segments by their numbers in the whole text, with what is blank between them."""
    return tuple(range(kept[numbers[0]], kept[numbers[-1]] + 1)) if numbers else ()
