"""How far a match can be trusted beyond its words: who made it, its variety, whether there are others.

1. ``apart_of`` says what a unit loses by its variety and its origin.
2. ``decided`` looks at all matches of one text: several translations make all of them uncertain, but for the
   one whose context fits; another variety does not count beside the asked one.

docs/metrics.md explains both with examples.

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> unit = Unit((Variant("fr", Segment("le train")), Variant("pt-PT", Segment("o comboio"))))
>>> apart_of(unit, 100, Direction("fr", "pt-BR"))
(98, (('variety', 2),))
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language import nfc
from tm.store import records

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.model import Match, Unit

ORIGIN_PENALTIES = {"aligned": 1, "unreviewed": 2, "machine": 10}
"""What a unit loses by how it was made (``x-origin``), after everything else."""

VARIETY = 2
"""What a translation in another variety of the language loses (pt-PT for pt-BR): as much as one number, so
that a text of the asked variety in which only case or typography differ goes before it."""

_APART = frozenset(("variety", *ORIGIN_PENALTIES))


def apart_of(unit: Unit, percent: int, direction: Direction) -> tuple[int, tuple[tuple[str, int], ...]]:
    """What is left of the percent of a unit's text after its variety and its origin, and what each costs.

    >>> from tm.direction import Direction
    >>> from tm.model import Annotation, Unit
    >>> apart_of(Unit((), (), (Annotation("prop", "aligned", "x-origin"),)), 101, Direction("fr", "pt"))
    (100, (('aligned', 1),))
    """
    penalties: tuple[tuple[str, int], ...] = ()
    if not _is_asked_variety(unit, direction.target):
        penalty = max(VARIETY, percent - 99)  # whatever the context, it is not certain
        percent = max(0, percent - penalty)
        penalties = (("variety", penalty),)
    origin = unit.property(records.ORIGIN)
    if penalty := ORIGIN_PENALTIES.get(origin, 0):
        percent = max(0, percent - penalty)
        penalties = (*penalties, (origin, penalty))
    return percent, penalties


def _is_asked_variety(unit: Unit, language: str) -> bool:
    """Whether the text that serves a language is in the variety that the tag asks for, or names none."""
    if "-" not in language:
        return True
    tag = bcp47.choose(language, [variant.language for variant in unit.variants])
    return tag is None or not bcp47.is_other_variety(tag, language)


def decided(matches: list[Match], direction: Direction) -> list[Match]:
    """Where the same text has several translations none is certain: 99, unless the context decides for one.

    What is in another variety than asked does not count beside what is not, of either language.

    Args:
        matches: all matches of one query whose words are the same.
        direction: from which language into which.

    >>> from tm.direction import Direction
    >>> from tm.model import Match, Pair, Segment, Unit
    >>> matches = [Match(Unit(()), Pair(Segment("oui"), Segment(text)), 100, 100) for text in ("sim", "pois")]
    >>> [(match.percent, match.penalties) for match in decided(matches, Direction("fr", "pt"))]
    [(99, (('several translations', 1),)), (99, (('several translations', 1),))]
    """
    if len(matches) < 2:
        return matches
    exact = [match for match in matches if _of_the_text(match) >= 100]
    if len({nfc(match.pair.target.text) for match in exact}) < 2:
        return matches
    nearest = min(_distance(match, direction) for match in exact)
    asked = [match for match in exact if _distance(match, direction) == nearest]
    top = max(map(_of_the_text, asked))
    translations = {nfc(match.pair.target.text) for match in asked}
    best = {nfc(match.pair.target.text) for match in asked if _of_the_text(match) == top}
    certain = next(iter(best)) if len(best) == 1 and (top > 100 or len(translations) == 1) else None
    return [
        match
        if _of_the_text(match) < 100 or nfc(match.pair.target.text) == certain
        else _uncertain(match, "variety" if _distance(match, direction) > nearest else "several translations")
        for match in matches
    ]


def _distance(match: Match, direction: Direction) -> int:
    """0 for the asked varieties, 1 for another one of the source, 2 and more for one of the target."""
    other_source = not _is_asked_variety(match.unit, direction.source)
    return other_source + 2 * any(kind == "variety" for kind, _ in match.penalties)


def _uncertain(match: Match, reason: str) -> Match:
    """The match at 99, before what its variety and its origin cost."""
    penalty = _of_the_text(match) - 99
    if reason == "variety" and any(kind == "variety" for kind, _ in match.penalties):
        return match
    return replace(match, percent=match.percent - penalty, penalties=((reason, penalty), *match.penalties))


def _of_the_text(match: Match) -> int:
    """The percent before what stands apart."""
    return match.percent + sum(amount for kind, amount in match.penalties if kind in _APART)
