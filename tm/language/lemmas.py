"""What stands in a dictionary for a word, and how often a language uses it.

Lemmas come from simplemma (Barbaresi; nouns 97 % right for French, 94 % for Portuguese), rates from wordfreq (Speer),
both for some dozens of languages; any other language falls back to the folded word and the rate 0.
"""

from __future__ import annotations

import functools

from tm import bcp47
from tm.language.text import fold, plain_typography

CAPITAL_NOUNS = frozenset({"de", "lb"})
"""Languages in which a capital is part of a noun; for all others simplemma wants small letters."""

CUT_BY_OTHERS = frozenset({"ja", "ko", "zh"})
"""Languages that wordfreq cuts into words with packages that we do not install; our tokens are looked up as they are."""


@functools.lru_cache(maxsize=1 << 17)
def lemma(word: str, language: str = "") -> str:
    """The word's dictionary form, case-folded: equal for the forms of one word.

    Acronyms keep their letters and lose their plural ending. A word unknown to the dictionary that ends in s is taken
    for a plural where the language uses it more often without.

    Args:
        word: one token, as it stands in a text.
        language: a tag; without one, or for a language simplemma does not know, the folded word itself.

    >>> lemma("chevaux", "fr"), lemma("Canções", "pt-BR"), lemma("GPUs", "pt"), lemma("aujourd’hui", "xx")
    ('cheval', 'canção', 'gpu', "aujourd'hui")
    >>> lemma("tweets", "fr"), lemma("virus", "fr")
    ('tweet', 'virus')
    """
    folded = fold(word)
    if is_acronym(word):
        return folded.removesuffix("s") if word[-1] == "s" else folded
    base = bcp47.base(language) if language else ""
    if base not in _lemmatised() or not folded.strip("'").isalpha():
        return folded
    import simplemma

    form = plain_typography(word) if base in CAPITAL_NOUNS else folded
    found: str = simplemma.lemmatize(form, lang=base).casefold()
    if found == folded and found.endswith("s") and not simplemma.is_known(folded, lang=base):
        singular = found.removesuffix("s")
        return singular if general_rate(singular, base) > general_rate(found, base) else found
    return found


def is_acronym(word: str) -> bool:
    """Whether the word is written like one: two capitals or more and nothing else but digits, hyphens and a plural s.

    >>> [is_acronym(word) for word in ("IA", "GPUs", "COVID-19", "Ana", "I", "2019")]
    [True, True, True, False, False, False]
    """
    letters = [c for c in word.removesuffix("s") if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


@functools.lru_cache(maxsize=1 << 17)
def general_rate(word: str, language: str) -> float:
    """How often the language at large uses this very form: occurrences per million words, 0.0 when never seen.

    >>> general_rate("de", "fr") > 10_000 > 100 > general_rate("boulanger", "fr") > 0
    True
    >>> general_rate("boulanger", "xx")
    0.0
    >>> general_rate("橋", "ja") > 1, general_rate("猫", "zh") > 1
    (True, True)
    """
    base = bcp47.base(language) if language else ""
    if base not in _rated():
        return 0.0
    import wordfreq

    if base in CUT_BY_OTHERS:
        return float(wordfreq.get_frequency_dict(base).get(word, 0.0)) * 1e6
    return float(wordfreq.word_frequency(word, base)) * 1e6


@functools.cache
def _lemmatised() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


@functools.cache
def _rated() -> frozenset[str]:
    import wordfreq

    return frozenset(wordfreq.available_languages())
