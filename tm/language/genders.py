"""The gender of a noun, where no article shows it.

One file per language, ``data/genders-fr.txt``, made by ``bench/make_genders.py``: a line for each gender,
with the endings that have it (``-ion``), and the nouns that have it against their ending (``page``) or whose
ending says nothing. The longest ending decides.

1. ``_entries`` reads the file of a language.
2. ``noun_gender`` looks the noun up, then its endings, the longest first.
3. ``shown_gender`` reads the gender off an adjective: *roue dentée* is feminine, *forno elétrico* masculine.

>>> [noun_gender(word, "fr") for word in ("dureté", "comité", "page", "moulinage")]
['feminine', 'masculine', 'feminine', 'masculine']
>>> [noun_gender(word, "pt") for word in ("problema", "viagem", "mapa", "árvore")]
['masculine', 'feminine', 'masculine', 'feminine']
"""

from __future__ import annotations

import functools
from typing import Any

from tm import bcp47
from tm.language.readings import is_entry, readings
from tm.language.text import fold

LONGEST = 6
"""Letters of the longest ending in a file."""

GENDERS = {"m": "masculine", "f": "feminine"}
"""What the letters at the beginning of a file's lines stand for."""


@functools.lru_cache(maxsize=1 << 14)
def noun_gender(noun: str, language: str) -> str:
    """The gender of a noun in the singular: masculine, feminine, or "" where that is not known.

    Of a compound the first part counts.

    >>> noun_gender("palavra-chave", "pt"), noun_gender("Haus", "de"), noun_gender("", "fr")
    ('feminine', '', '')
    """
    folded = fold(noun)
    entries = _entries(bcp47.base(language) if language else "")
    for word in dict.fromkeys((folded, folded.split("-")[0])):
        if word in entries:
            return entries[word]
    word = folded.split("-")[0]
    for length in range(min(LONGEST, len(word) - 1), 0, -1):
        if gender := entries.get(f"-{word[-length:]}"):
            return gender
    return ""


_FEMININES = {
    "fr": (
        ("ée", "é"),
        ("ale", "al"),
        ("elle", "el"),
        ("ive", "if"),
        ("euse", "eux"),
        ("ienne", "ien"),
        ("ante", "ant"),
        ("ente", "ent"),
        ("e", ""),
    ),
    "pt": (("ada", "ado"), ("ida", "ido"), ("ica", "ico"), ("iva", "ivo"), ("osa", "oso"), ("a", "o")),
}
"""Endings of feminine adjectives with those of the masculine; a single letter is tried on known words
only."""


def shown_gender(adjective: str, language: str) -> str:
    """The gender that the form of an adjective or participle in the singular shows, "" for one of two
    genders.

    >>> shown_gender("dentée", "fr"), shown_gender("électrique", "fr"), shown_gender("elétrico", "pt")
    ('feminine', '', 'masculine')
    """
    folded, base = fold(adjective), bcp47.base(language)
    if fold(masculine(folded, language)) != folded:
        return "feminine"
    if (base == "fr" and not folded.endswith("e")) or (base == "pt" and folded.endswith("o")):
        return "masculine"
    return ""


@functools.lru_cache(maxsize=1 << 16)
def masculine(adjective: str, language: str) -> str:
    """The masculine of an adjective or participle in the singular.

    >>> [masculine(word, "fr") for word in ("distribuée", "artificielle", "nouvelle", "bref")]
    ['distribué', 'artificiel', 'nouveau', 'bref']
    >>> [masculine(word, "pt") for word in ("robusta", "cristã", "livre")]
    ['robusto', 'cristão', 'livre']
    """
    folded = fold(adjective)
    known = [reading for reading in readings(folded, language) if reading.part in ("ADJ", "NOUN")]
    verbs = {reading.lemma for reading in readings(folded, language) if reading.part == "VERB"}
    verbs |= {folded.removesuffix("ée") + "er"} if folded.endswith("ée") else set()
    verbs |= {reading.lemma for reading in known if is_entry(reading.lemma, "VERB", language)}
    entries = [reading.lemma for reading in known if reading.lemma == folded or reading.lemma not in verbs]
    adjectives = [reading.lemma for reading in known if reading.part == "ADJ" and reading.lemma in entries]
    best = next((entry for entry in (*adjectives, *entries) if entry != folded), "")
    if entries:
        return best if best and folded not in adjectives else adjective
    for feminine, end in _FEMININES.get(bcp47.base(language), ()):
        if folded.endswith(feminine):
            shorter = folded.removesuffix(feminine) + end
            is_known = bool(readings(shorter, language))
            if is_known or (not readings(folded, language) and len(feminine) > 1):
                return shorter
    return adjective


def _file(name: str) -> Any:  # noqa: ANN401 - importlib's Traversable moved between versions
    from importlib import resources

    return resources.files("tm.language").joinpath("data", name)


@functools.cache
def _entries(base: str) -> dict[str, str]:
    """The genders of the endings and nouns of a language; nothing without a file."""
    file = _file(f"genders-{base}.txt")
    if not base or not file.is_file():
        return {}
    entries: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        letter, *words = line.split()
        entries.update(dict.fromkeys(words, GENDERS[letter]))
    return entries
