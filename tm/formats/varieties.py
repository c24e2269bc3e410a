"""One variety of a language alone: what is in another one of it is left out, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from tm.model import Concept, Unit


def is_other(language: str, variety: str) -> bool:
    """Whether this is another variety of the same language. The language without a region is none.

    >>> [is_other(tag, "pt-BR") for tag in ("pt_PT", "PT-br", "pt", "fr-FR")]
    [True, False, False, False]
    """
    tag, wanted = bcp47.canonical(language), bcp47.canonical(variety)
    return bcp47.base(tag) == bcp47.base(wanted) and tag not in (wanted, bcp47.base(wanted))


def units_in(units: Iterable[Unit], variety: str, left_out: Counter[str]) -> Iterator[Unit]:
    """The units without texts in other varieties; a unit that keeps no translation is left out whole.

    Args:
        units: in order.
        variety: a tag with a region.
        left_out: is told how many texts of each other variety there were.
    """
    for unit in units:
        others = [each for each in unit.variants if is_other(each.language, variety)]
        left_out.update(bcp47.canonical(each.language) for each in others)
        kept = tuple(each for each in unit.variants if each not in others)
        if not others:
            yield unit
        elif len(kept) > 1:
            yield replace(unit, variants=kept)


def concepts_in(concepts: Iterable[Concept], variety: str, left_out: Counter[str]) -> Iterator[Concept]:
    """Likewise the concepts, by their terms."""
    for concept in concepts:
        others = [each for each in concept.terms if is_other(each.language, variety)]
        left_out.update(bcp47.canonical(each.language) for each in others)
        kept = tuple(each for each in concept.terms if each not in others)
        if not others:
            yield concept
        elif len({each.language for each in kept}) > 1:
            yield replace(concept, terms=kept)
