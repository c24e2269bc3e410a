"""What belongs to one language, as data. A file named by its tag (``fr.py``) offers one ``Language``.

A language without a file works by the general rules: nothing here is required. What a language can bring:

====================  ====================================  ========================================
>>> french = language_of("fr-CA")
>>> french.contractions["aux"], french.months["mars"], french.scales["million"]
(('à', 'les'), 3, 1000000)
"""

from __future__ import annotations

import functools
from dataclasses import field

from tm import bcp47, registry
from tm.values import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """The data of one language. Everything is optional; all words are case-folded.

    Attributes:
        tag: the language without region, "" for the general one.
        elisions: what stands before an apostrophe that separates two words: l, d, qu.
        contractions: a contracted word and the words it stands for, e.g. ``{"nas": ("em", "as")}``.
        stop_words: function words; a term neither begins nor ends with one.
        general_nouns: lemmas of nouns that say little by themselves (times, amounts, "example", "way"): no
            terms alone.
        general_adjectives: lemmas of adjectives that judge, measure or point ("important", "new",
            "following") and make no term.
        articles: each with the gender it shows ("masculine", "feminine" or "").
        participle: an expression that finds, in "form lemma", a participle that can stand as an adjective.
        linking: prepositions that hold the parts of a term together; others join things that merely meet in
            one sentence.
        numerals: words for numbers that are one word, and their values: cardinals, and the first ordinals.
        number_names: further words that say a number, and end it: the other ordinals, groups (*pair*,
            *dozen*).
        loose_numerals: numerals that are articles, pronouns or other words too: such a word need be no
            number.
        numeral_links: words between the parts of a number: *vingt et un*.
        scales: what a word after a number multiplies it by: ``{"mil": 1000}`` (10 mil = 10 000).
        months: their names and their numbers.
        doubles: words that may stand twice in a row: French "vous vous levez".
        pointers: adjectives and participles that belong to the sentence rather than to a term ("available",
            "described"), and adverbs that point into the text ("below").
        plural_nouns: nouns, and phrases, that name a thing in the plural only.
        locutions: phrases that do the work of one function word; the noun in them is none: "par rapport à".
        spellings: other spellings of dictionary forms, each with the usual one.
        capital_nouns: whether nouns are written with a capital, so that it belongs to the dictionary form.
        negation: an expression that finds what surely negates a clause (ne … pas), not what restricts it (ne
            … pas seulement).
        negatives: words that may say the same in other words (sans, impossible); a * stands for any ending.
        negative_prefixes: syllables that turn a word into its opposite: in-valide.
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
    number_names: dict[str, int] = field(default_factory=dict)
    loose_numerals: frozenset[str] = frozenset()
    numeral_links: frozenset[str] = frozenset()
    scales: dict[str, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    doubles: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()
    plural_nouns: frozenset[str] = frozenset()
    locutions: frozenset[str] = frozenset()
    spellings: dict[str, str] = field(default_factory=dict)
    capital_nouns: bool = False
    negation: str = ""
    negatives: frozenset[str] = frozenset()
    negative_prefixes: tuple[str, ...] = ()


_GENERAL = Language()


@functools.cache
def language_of(tag: str) -> Language:
    """The data for a tag: of the file named by it, else of an installed package, else of the general
    language.

    >>> "qu" in language_of("fr-CA").elisions, language_of("sw").tag
    (True, '')
    """
    base = bcp47.base(tag)
    if not base:
        return _GENERAL
    offered = registry.named("tm.language", base, Language) or registry.installed("tm.language", Language)
    return next((data for data in offered if data.tag == base), _GENERAL)
