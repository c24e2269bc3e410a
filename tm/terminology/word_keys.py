"""The keys by which the forms and the spellings of a word are one word.

Two words are one where they share a key. A word's keys are its folded form and all its dictionary forms, in
the usual spelling of its language (``usual``): *chevaux* has *cheval*, *avions* has *avion* and *avoir*,
*oeil* has what *œil* has, *entrainement* what *entraînement* has.

>>> sorted(word_keys("avions", "fr")), sorted(word_keys("clefs", "fr")), sorted(word_keys("Ecole", "fr"))
(['avion', 'avions', 'avoir'], ['clefs', 'clé'], ['ecole', 'école'])
"""

from __future__ import annotations

import functools
import re

from tm import bcp47
from tm.language import fold, plain_typography, without_accents
from tm.language.keys import unaccented
from tm.language.languages import language_of
from tm.language.lemmas import dictionary_form, general_rate, lemma, without_genitive
from tm.language.readings import has_readings, readings

EXACT = "\x03"
"""Before the spelling of what is found as it is written only: an acronym, a name in code."""

PLAIN = "\x04"
"""Before a word without its accents, for languages without readings."""

MASCULINE = "\x05"
"""Before the masculine of a feminine that the dictionary has for a word of its own (*directrice*). Only terms
of several words are found by it: a *calculatrice* is no *calculateur*, a *directrice générale* is a
*directeur général*."""

_FEMININES = {"fr": (("trice", "teur"), ("euse", "eur"), ("ière", "ier"), ("ienne", "ien"))}

_KNOWN_RATE = 1.0
"""Uses per million words from which a word in small letters is an ordinary one, without readings."""

_NASAL = re.compile("[êô](?=[mn])")
_TWO_LETTERS = str.maketrans({"œ": "oe", "æ": "ae"})
_CIRCUMFLEX = {"i": "î", "u": "û"}
_DROPPED = re.compile("[iu]")


def word_keys(form: str, language: str) -> frozenset[str]:
    """The keys of a word; with ligatures in two letters.

    >>> sorted(word_keys("œil", "fr")), MASCULINE + "directeur" in word_keys("directrice", "fr")
    (['oeil'], True)
    """
    folded = fold(form)
    if (owner := without_genitive(folded, language)) != folded:
        return word_keys(owner, language) | {folded}
    contracted = language_of(language).contractions.get(folded)
    if has_readings(language):
        known = _lemmas(form, folded, language)
        keys = known | {contracted[0] if contracted else folded if known else _lemma(folded, language)}
        keys.update([_lemma(key, language) for key in keys if key != folded])
        keys.add(folded)
        if folded in known:  # avó is a word of its own, no form of avô
            keys -= {key for key in keys if key != folded and unaccented(key) == unaccented(folded)}
        keys |= {MASCULINE + masculine for masculine in _masculines(keys, language)}
    else:
        keys = {folded, contracted[0] if contracted else lemma(folded, language)}
        if form.isupper():
            keys.add(PLAIN + without_accents(folded))
    return frozenset(usual(key, language) for key in keys if key)


def feminines(keys: frozenset[str]) -> frozenset[str]:
    """The keys of a term's word, and those of its feminines.

    >>> sorted(feminines(frozenset({"directeur"}))) == ["\\x05directeur", "directeur"]
    True
    """
    return keys | {MASCULINE + key for key in keys if key.endswith(("eur", "ier", "ien"))}


def is_unknown(folded: str, language: str) -> bool:
    """Whether a word in small letters is no ordinary word of the language.

    >>> is_unknown("pain", "fr"), is_unknown("xyz", "fr")
    (False, True)
    """
    if folded in language_of(language).stop_words:
        return False
    if has_readings(language):
        return not readings(folded, language)
    return general_rate(folded, language) < _KNOWN_RATE


def exact_key(form: str) -> str:
    r"""The key of what is found as it is written.

    >>> exact_key("GPU")
    '\x03GPU'
    """
    return EXACT + plain_typography(form)


def _lemmas(form: str, folded: str, language: str) -> set[str]:
    """The dictionary forms; a capital may lack its accent, and a word one that the spelling of 1990 drops."""
    known = _known(folded, language)
    if form[:1].isupper() and (not known or form.isupper()):
        known = known | {reading.lemma.casefold() for reading in readings(folded, language, accents=False)}
    if not known and bcp47.base(language) == "fr":
        for letter in _DROPPED.finditer(folded):
            written = folded[: letter.start()] + _CIRCUMFLEX[letter[0]] + folded[letter.end() :]
            known |= _known(written, language)
    return known


@functools.lru_cache(maxsize=1 << 16)
def _lemma(folded: str, language: str) -> str:
    """The dictionary form; of a word in s that no dictionary has what is before the s: no rates are loaded."""
    entry = dictionary_form(folded, language)
    return folded.removesuffix("s") if entry is None else entry


def _known(folded: str, language: str) -> set[str]:
    return {reading.lemma.casefold() for reading in readings(folded, language)}


def _masculines(keys: set[str], language: str) -> set[str]:
    """The masculines of words that can be feminine."""
    endings = _FEMININES.get(bcp47.base(language), ())
    masculines = {
        key.removesuffix(ending) + masculine
        for key in keys
        for ending, masculine in endings
        if key.endswith(ending)
    }
    return {word for word in masculines if any(part == "NOUN" for _, part in readings(word, language))}


def usual(key: str, language: str) -> str:
    """A key in the usual spelling: other spellings of a language, ligatures; Portuguese ``ônibus`` and
    ``ónibus``.

    >>> usual("évènement", "fr"), usual("cœur", "fr"), usual("ônibus", "pt")
    ('événement', 'coeur', 'ónibus')
    """
    key = language_of(language).spellings.get(key, key)
    if bcp47.base(language) == "pt":
        key = _NASAL.sub(lambda match: "é" if match[0] == "ê" else "ó", key)
    return key.translate(_TWO_LETTERS)
