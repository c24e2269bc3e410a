"""What a format does not hold of the units or concepts that are written into it, counted while they pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from tm.formats import Feature, Format, TermFeature
    from tm.model import Concept, Unit

_PHRASES: dict[str, str] = {
    "codes": "inline codes",
    "annotations": "notes or properties",
    "attributes": "attributes",
    "languages": "more than two languages",
    "statuses": "statuses",
    "contexts": "contexts",
    "counts": "counts and confidences",
    "definitions": "definitions or subjects",
    "notes": "notes",
    "grammar": "parts of speech, genders or kinds",
    "synonyms": "several terms of one language",
    "identifiers": "ids",
    "categories": "data categories of TBX",
}


COUNTED = (_PHRASES["contexts"], _PHRASES["counts"])
"""What an extraction counts anew: nothing that a person decided is lost with it."""


def weighed_units(units: Iterable[Unit], writer: Format, lost: Counter[str]) -> Iterator[Unit]:
    """The units, counting what the writer does not hold of them."""
    for unit in units:
        lost.update(_PHRASES[feature] for feature in unit_features(unit) - writer.holds)
        yield unit


def unit_features(unit: Unit) -> set[Feature]:
    """What a unit has beside two texts. Its identifier is no attribute here: every format has one."""
    features: set[Feature] = set()
    if any(variant.segment.codes for variant in unit.variants):
        features.add("codes")
    if unit.annotations or any(variant.annotations for variant in unit.variants):
        features.add("annotations")
    if any(name != "tuid" for name, _ in unit.attributes) or any(
        variant.attributes for variant in unit.variants
    ):
        features.add("attributes")
    if len(unit.variants) > 2:
        features.add("languages")
    return features


def weighed_concepts(concepts: Iterable[Concept], writer: Format, lost: Counter[str]) -> Iterator[Concept]:
    """Likewise the concepts."""
    for concept in concepts:
        lost.update(_PHRASES[feature] for feature in concept_features(concept) - writer.holds_of_terms)
        yield concept


def concept_features(concept: Concept) -> set[TermFeature]:
    """What a concept has beside a term and its translation."""
    features: set[TermFeature] = set()
    evidence = [term.evidence for term in concept.terms if term.evidence]
    if any(term.status != "approved" for term in concept.terms):
        features.add("statuses")
    if any(item.contexts for item in evidence):
        features.add("contexts")
    if any(item.pair_count or item.source_count or item.target_count or item.confidence for item in evidence):
        features.add("counts")
    if concept.definition or concept.subject:
        features.add("definitions")
    languages = {term.language for term in concept.terms}
    if len(languages) > 2:
        features.add("languages")
    if len(concept.terms) > len(languages):
        features.add("synonyms")
    if concept.note or any(term.note for term in concept.terms):
        features.add("notes")
    if any(term.part_of_speech or term.gender or term.kind for term in concept.terms):
        features.add("grammar")
    if concept.categories or any(term.categories for term in concept.terms):
        features.add("categories")
    if not concept.id.isdecimal() and not concept.id.startswith("c-"):  # what a concept gets that has no id
        features.add("identifiers")
    return features
