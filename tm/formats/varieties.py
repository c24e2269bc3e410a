"""One variety of a language alone: texts in other varieties of it are left out and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from tm.model import Concept, Unit


def units_in(units: Iterable[Unit], variety: str, left_out: Counter[str]) -> Iterator[Unit]:
    """The units without texts in other varieties; a unit that keeps no translation is left out whole.

    Args:
        units: in order.
        variety: a tag with a region.
        left_out: counts the texts left out, by their variety.

    >>> from collections import Counter
    >>> from tm.model import Segment, Unit, Variant
    >>> texts = (("fr", "le train"), ("pt-BR", "o trem"), ("pt-PT", "o comboio"))
    >>> left_out = Counter()
    >>> unit = Unit(tuple(Variant(language, Segment(text)) for language, text in texts))
    >>> [[variant.language for variant in unit.variants] for unit in units_in([unit], "pt-BR", left_out)]
    [['fr', 'pt-BR']]
    >>> left_out
    Counter({'pt-PT': 1})
    """
    for unit in units:
        foreign = [variant for variant in unit.variants if bcp47.is_other_variety(variant.language, variety)]
        left_out.update(bcp47.canonical(variant.language) for variant in foreign)
        kept = tuple(variant for variant in unit.variants if variant not in foreign)
        if not foreign:
            yield unit
        elif len(kept) > 1:
            yield replace(unit, variants=kept)


def concepts_in(concepts: Iterable[Concept], variety: str, left_out: Counter[str]) -> Iterator[Concept]:
    """The concepts without terms in other varieties; one that keeps terms of one language is left out whole.

    Args:
        concepts: in order.
        variety: a tag with a region.
        left_out: counts the terms left out, by their variety.

    >>> from collections import Counter
    >>> from tm.model import Concept, Term
    >>> concept = Concept("1", (Term("train", "fr"), Term("comboio", "pt-PT")))
    >>> list(concepts_in([concept], "pt-BR", Counter()))
    []
    """
    for concept in concepts:
        foreign = [term for term in concept.terms if bcp47.is_other_variety(term.language, variety)]
        left_out.update(bcp47.canonical(term.language) for term in foreign)
        kept = tuple(term for term in concept.terms if term not in foreign)
        if not foreign:
            yield concept
        elif len({term.language for term in kept}) > 1:
            yield replace(concept, terms=kept)
