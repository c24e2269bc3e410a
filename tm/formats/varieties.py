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
    tag, variety_tag = bcp47.canonical(language), bcp47.canonical(variety)
    return bcp47.base(tag) == bcp47.base(variety_tag) and tag not in (variety_tag, bcp47.base(variety_tag))


def units_in(units: Iterable[Unit], variety: str, left_out: Counter[str]) -> Iterator[Unit]:
    """The units without texts in other varieties; a unit that keeps no translation is left out whole.

    Args:
        units: in order.
        variety: a tag with a region.
        left_out: is told how many texts of each other variety there were.
    """
    for unit in units:
        foreign = [variant for variant in unit.variants if is_other(variant.language, variety)]
        left_out.update(bcp47.canonical(variant.language) for variant in foreign)
        kept = tuple(variant for variant in unit.variants if variant not in foreign)
        if not foreign:
            yield unit
        elif len(kept) > 1:
            yield replace(unit, variants=kept)


def concepts_in(concepts: Iterable[Concept], variety: str, left_out: Counter[str]) -> Iterator[Concept]:
    """Likewise the concepts, by their terms."""
    for concept in concepts:
        foreign = [term for term in concept.terms if is_other(term.language, variety)]
        left_out.update(bcp47.canonical(term.language) for term in foreign)
        kept = tuple(term for term in concept.terms if term not in foreign)
        if not foreign:
            yield concept
        elif len({term.language for term in kept}) > 1:
            yield replace(concept, terms=kept)
