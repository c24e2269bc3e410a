"""What belongs to one language, as data: a file named by its tag offers one ``Language``; every other language gets the general one."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from tm import bcp47, registry


@dataclass(frozen=True, slots=True)
class Language:
    """The data of one language. Everything is optional: a language without a file works by the general rules.

    Attributes:
        tag: the language without region, "" for the general one.
        elisions: what stands before an apostrophe that parts two words, case-folded: l, d, qu.
        contractions: a contracted word and the words it stands for, e.g. ``{"nas": ("em", "as")}``.
        stop_words: function words, case-folded; a term neither begins nor ends with one.
        general_nouns: lemmas of nouns that say little by themselves (times, amounts, "example", "way"): no terms alone.
        general_adjectives: lemmas of adjectives that judge, measure or point ("important", "new", "following") and make no term.
        articles: case-folded, each with the gender it shows ("masculine", "feminine" or "").
        participle: an expression for participles that can stand as adjectives, searched in "form lemma", case-folded.
        linking: prepositions that hold the parts of a term together; others join things that meet in one sentence.
        numerals: words for numbers, cardinal to twenty and ordinal to ten, case-folded, and their values.
        scales: what a word after a number multiplies it by: ``{"mil": 1000}`` (10 mil = 10 000).
        months: their names, case-folded, and their numbers.
        doubles: words that may stand twice in a row, case-folded: French "vous vous levez".
    """

    tag: str = ""
    elisions: frozenset[str] = frozenset()
    contractions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stop_words: frozenset[str] = frozenset()
    general_nouns: frozenset[str] = frozenset()
    general_adjectives: frozenset[str] = frozenset()
    articles: dict[str, str] = field(default_factory=dict)
    participle: str = ""
    linking: frozenset[str] = frozenset()
    numerals: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    doubles: frozenset[str] = frozenset()


_GENERAL = Language()


@functools.cache
def language(tag: str) -> Language:
    """The data for a tag: of the file named by it, else of another installed package, else of the general language.

    >>> "qu" in language("fr-CA").elisions, language("sw").tag
    (True, '')
    """
    base = bcp47.base(tag)
    if not base:
        return _GENERAL
    offered = registry.named("tm.language", base, Language) or registry.installed("tm.language", Language)
    return next((each for each in offered if each.tag == base), _GENERAL)
