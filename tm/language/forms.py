"""Which words are forms of one word: the plural of a noun, the feminine of an adjective, a verb conjugated.

Two words are forms of one word when ``form_key`` gives the same for both: the lemma, if it begins with the
word's own first letters (``SAME_LETTERS``, accents aside), or if the word is among the commonest of its
language; else the word itself. So all forms in a list of words are found by their first letters and among the
common words, with no need to look at any other word of the list (``other_forms_begin``, ``common_forms``).

>>> [form_key(word, "fr") for word in ("fichiers", "sélectionnez", "sélectionnées", "sont", "xyz")]
['fichier', 'sélectionner', 'sélectionner', 'être', 'xyz']
"""

from __future__ import annotations

import functools

from tm import bcp47
from tm.language import lemmas, readings
from tm.language.languages import language_of
from tm.language.text import without_accents

SAME_LETTERS = 3
"""Letters at the beginning that a word must have in common with its lemma, unless it is a common word. With 2
the words of a memory that must be looked at are twice to three times as many, and the forms gained few: 38
lemmas of 8,000 in a memory of French manuals have forms that differ within 2 letters, 72 within 3."""

COMMON = 1_000
"""How many of a language's words are common: among them are nearly all forms that do not begin like their
lemma (est, vont, yeux), since only words in daily use stay irregular."""


def has_forms(language: str) -> bool:
    """Whether lemmas of this language are known.

    >>> has_forms("pt-BR"), has_forms("xx"), has_forms("")
    (True, False, False)
    """
    return lemmas.is_lemmatised(language)


@functools.lru_cache(maxsize=1 << 17)
def form_key(word: str, language: str) -> str:
    """The same for all forms of a word.

    Args:
        word: folded, as a key token is.
        language: a tag.

    >>> form_key("écoles", "fr") == form_key("école", "fr"), form_key("écoles", "xx")
    (True, 'écoles')
    """
    if not word[:1].isalpha():
        return word
    entry = _entry(word, language)
    if entry != word:
        entry = _entry(entry, language)
    begins_alike = without_accents(word)[:SAME_LETTERS] == without_accents(entry)[:SAME_LETTERS]
    return entry if begins_alike or word in _common(bcp47.base(language)) else word


@functools.lru_cache(maxsize=1 << 17)
def _entry(word: str, language: str) -> str:
    """The lemma, in which every word that ends in s and is not in the dictionary is a plural.

    ``form_key`` asks twice: the lemma of a participle's feminine is its masculine, whose lemma is the verb.
    """
    entry = lemmas.dictionary_form(word, language)
    return word.removesuffix("s") if entry is None else entry


def other_forms_begin(key: str) -> str:
    """What all forms with this key begin with, accents aside, but for common words and the key itself.

    Shorter than ``SAME_LETTERS`` it is the whole word.

    >>> other_forms_begin("école"), other_forms_begin("le")
    ('eco', 'le')
    """
    return without_accents(key)[:SAME_LETTERS]


def common_forms(key: str, language: str) -> frozenset[str]:
    """The common words with this key.

    >>> common_forms("le", "fr") >= {"l'", "la", "le", "les"}, "sont" in common_forms("être", "fr")
    (True, True)
    """
    return _by_key(bcp47.base(language)).get(key, frozenset())


def is_told_by_beginnings(language: str) -> bool:
    """Whether ``beginning`` is known, while the lemmas of the language take a second to load.

    >>> [is_told_by_beginnings(language) for language in ("de-AT", "fr", "xx")]
    [True, False, False]
    """
    base = bcp47.base(language)
    return not readings.has_readings(base) and bool(readings.common_words(base))


def beginning(word: str, language: str) -> str:
    """What the key of a word begins with, told without its lemma: equal for all forms of a word.

    Args:
        word: folded.
        language: one for which ``is_told_by_beginnings`` is true.

    >>> beginning("fueron", "es"), beginning("ser", "es"), beginning("ventanas", "es")
    ('ser', 'ser', 'ven')
    """
    return other_forms_begin(readings.common_words(bcp47.base(language)).get(word, word))


def common_beginning(start: str, language: str) -> frozenset[str]:
    """The common words with this ``beginning``.

    >>> common_beginning("ser", "es") >= {"es", "son", "fueron"}
    True
    """
    return _by_beginning(bcp47.base(language)).get(start, frozenset())


@functools.cache
def _by_beginning(base: str) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    for word in readings.common_words(base):
        words.setdefault(beginning(word, base), set()).add(word)
    return {start: frozenset(alike) for start, alike in words.items()}


@functools.cache
def _common(base: str) -> frozenset[str]:
    elided = {f"{word}'" for word in language_of(base).elisions}
    return frozenset(elided).union(readings.common_words(base) or lemmas.commonest(base, COMMON))


@functools.cache
def _by_key(base: str) -> dict[str, frozenset[str]]:
    words: dict[str, set[str]] = {}
    keys = readings.common_words(base)
    for word in _common(base):
        words.setdefault(keys.get(word) or form_key(word, base), set()).add(word)
    return {key: frozenset(forms) for key, forms in words.items()}
