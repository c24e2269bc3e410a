"""A word's dictionary form, and how often its language uses it.

Lemmas come from simplemma (Barbaresi; nouns 97 % right for French, 94 % for Portuguese), rates from wordfreq
(Speer), both for some dozens of languages. Any other language has the folded word as lemma, and the rate 0.

1. ``is_acronym`` recognises acronyms; ``lemma`` only takes the plural ending off them.
2. ``dictionary_form`` asks simplemma for any other word, if that has the language (``_of_simplemma``). The
   words of its French, Portuguese, Spanish and English dictionaries stand in the files of ``readings.py``:
   for those it is not even loaded.
3. For a word ending in s that simplemma does not know, ``lemma`` compares two ``general_rate``s: is it
   commoner without the s, then it is a plural.

>>> [lemma(word, "fr") for word in ("ONGs", "Journaux", "tweets", "virus")]
['ong', 'journal', 'tweet', 'virus']
"""

from __future__ import annotations

import functools
from typing import Any

from tm import bcp47
from tm.language import readings
from tm.language.languages import language_of
from tm.language.text import fold, plain_typography
from tm.language.unspaced import simplified

_WITHOUT_SPACES = frozenset({"ja", "ko", "zh"})
"""Languages that wordfreq cuts into words with packages that we do not install: tokens are looked up as they
are."""

_NO_OWNERS = frozenset("it that he she what who there here where how when why let this".split())
"""English words behind which *'s* is a verb or a pronoun."""


@functools.lru_cache(maxsize=1 << 17)
def lemma(word: str, language: str = "") -> str:
    """The word's dictionary form, case-folded: equal for the forms of one word.

    An acronym keeps its letters and loses its plural ending. A word that ends in s and is not in the
    dictionary is taken as a plural if the language uses it more often without the s.

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
    entry = dictionary_form(word, language)
    if entry is not None:
        return entry
    singular, base = folded.removesuffix("s"), bcp47.base(language)
    return singular if general_rate(singular, base) > general_rate(folded, base) else folded


def without_genitive(folded: str, language: str) -> str:
    """A word without the ending of the English genitive.

    >>> [without_genitive(word, "en") for word in ("knife's", "its", "it's")], without_genitive("knife's", "fr")
    (['knife', 'its', "it's"], "knife's")
    """
    if not folded.endswith("'s") or bcp47.base(language) != "en":
        return folded
    owner = folded.removesuffix("'s")
    return folded if owner in _NO_OWNERS else owner


def dictionary_form(word: str, language: str) -> str | None:
    """The word's dictionary form, case-folded; None for a word that ends in s and is not in the dictionary.

    The folded word for a language simplemma does not know, and for what is no word.

    >>> dictionary_form("Chevaux", "fr"), dictionary_form("tweets", "fr"), dictionary_form("tweets", "xx")
    ('cheval', None, 'tweets')
    """
    folded = fold(word)
    base = bcp47.base(language) if language else ""
    if not is_lemmatised(base) or not folded.strip("'").isalpha():
        return folded
    form = plain_typography(word) if language_of(base).capital_nouns else folded
    if readings.has_readings(base):  # simplemma, which takes a twelfth of a second to load, need not be
        if entry := _dictionary(base).get(form):
            return entry.casefold()
        if not _may_have_rules(form, base):
            entry = _dictionary(base).get(form.capitalize())
            return entry.casefold() if entry else None if folded.endswith("s") else folded
    lemmatizer, look_up = _lemmatizer(base)
    entry = lemmatizer.lemmatize(form, base).casefold()
    is_unknown = entry == folded and entry.endswith("s") and look_up.get_lemma(folded, base) is None
    return None if is_unknown else entry


_RULED = {"fr": (0, ""), "pt": (6, "aáeimosu")}
"""By language how many letters a word has at least, and which is its last, if simplemma has a rule for it."""


def _may_have_rules(form: str, base: str) -> bool:
    """Whether simplemma may know more of a word in small letters than its dictionary says.

    >>> [_may_have_rules(form, "pt") for form in ("tuitaram", "web", "framework")]
    [True, False, False]
    """
    least, endings = _RULED.get(base, (0, form))
    return not form.isalpha() or (len(form) >= least and form[-1] in endings)


def is_acronym(word: str) -> bool:
    """Whether the word looks like an acronym: two or more capitals, with digits, hyphens and a plural s at
    most.

    >>> [is_acronym(word) for word in ("IA", "GPUs", "COVID-19", "Ana", "I", "2019")]
    [True, True, True, False, False, False]
    """
    if word.islower():
        return False
    letters = [c for c in word.removesuffix("s") if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


@functools.lru_cache(maxsize=1 << 17)
def general_rate(word: str, language: str) -> float:
    """How often general language has this very form, per million words; 0.0 for a form never seen.

    >>> general_rate("de", "fr") > 10_000 > 100 > general_rate("boulanger", "fr") > 0
    True
    >>> general_rate("boulanger", "xx")
    0.0
    >>> general_rate("橋", "ja") > 1, general_rate("貓", "zh-TW") == general_rate("猫", "zh") > 1
    (True, True)
    """
    base = bcp47.base(language) if language else ""
    if base not in _rated():
        return 0.0
    import wordfreq

    if base in _WITHOUT_SPACES:
        known = simplified(word) if base == "zh" else word
        return float(wordfreq.get_frequency_dict(base).get(known, 0.0)) * 1e6
    return float(wordfreq.word_frequency(word, base)) * 1e6


def is_lemmatised(language: str) -> bool:
    """Whether lemmas of a language are known.

    >>> is_lemmatised("fr-CA"), is_lemmatised("xx")
    (True, False)
    """
    base = bcp47.base(language) if language else ""
    return bool(base) and (bool(readings.common_words(base)) or base in _of_simplemma())


def commonest(language: str, count: int) -> list[str]:
    """The words that a language uses most; none of a language whose rates are not known.

    >>> commonest("fr", 3), commonest("xx", 3)
    (['de', 'la', 'le'], [])
    """
    base = bcp47.base(language) if language else ""
    if base not in _rated() or base in _WITHOUT_SPACES:
        return []
    import wordfreq

    return list(wordfreq.top_n_list(base, count, wordlist="small"))


@functools.cache
def _lemmatizer(base: str) -> tuple[Any, Any]:
    """What gives simplemma's lemmas of a language, and what looks a form up in its dictionary.

    The dictionary of a language that has readings is theirs: nothing is unpacked.
    """
    from simplemma.lemmatizer import Lemmatizer
    from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

    factory = _Readings() if readings.has_readings(base) else DEFAULT_DICTIONARY_FACTORY
    strategy = DefaultStrategy(dictionary_factory=factory)
    return Lemmatizer(lemmatization_strategy=strategy), DictionaryLookupStrategy(factory)


class _Readings:
    """Gives simplemma the dictionaries of ``readings``."""

    @staticmethod
    def get_dictionary(lang: str) -> readings.Dictionary:
        return _dictionary(lang)


@functools.cache
def _dictionary(base: str) -> readings.Dictionary:
    return readings.Dictionary(base)


@functools.cache
def _of_simplemma() -> frozenset[str]:
    """The languages of simplemma."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


@functools.cache
def _rated() -> frozenset[str]:
    """The languages of wordfreq."""
    import wordfreq

    return frozenset(wordfreq.available_languages())
