"""The singular of a noun, adjective or participle, its gender kept: *rodas dentadas*, *roda dentada*.

1. ``singular`` leaves names that are plural only (``Language.plural_nouns``) and what has no plural's ending.
2. A compound is tried whole, then part by part (``_of_compound``): *procès-verbaux*, *couves-flores*.
3. ``_candidates`` makes the words that may have this plural, by the endings of the language.
4. ``_known`` asks the readings which of them is a word of the same lemma: *papéis* and *fáceis* end alike.
5. ``_guessed`` decides about words that no source has, by their end and by how often the language uses them.

>>> [singular(word, "fr") for word in ("travaux", "noyaux", "normalisées", "virus", "yeux", "mégaoctets")]
['travail', 'noyau', 'normalisée', 'virus', 'œil', 'mégaoctet']
>>> [singular(word, "pt") for word in ("papéis", "fáceis", "pães", "redes", "países", "lápis", "metadados")]
['papel', 'fácil', 'pão', 'rede', 'país', 'lápis', 'metadado']
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_acronym
from tm.language.readings import readings
from tm.language.text import fold, plain_typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language.readings import Reading

_ENDINGS = {
    "fr": (
        ("eaux", ("eau",)),
        ("aux", ("al", "ail", "au")),
        ("eux", ("eu",)),
        ("oux", ("ou",)),
        ("s", ("",)),
    ),
    "pt": (
        ("ões", ("ão",)),
        ("ães", ("ão", "ãe")),
        ("ãos", ("ão",)),
        ("ais", ("al", "ai")),
        ("éis", ("el",)),
        ("eis", ("el", "il", "ei")),
        ("óis", ("ol", "ói")),
        ("uis", ("ul", "ui")),
        ("is", ("il", "i")),
        ("ns", ("m", "n")),
        ("eses", ("ês", "ese")),
        ("ases", ("ás", "ase")),
        ("íses", ("ís",)),
        ("uses", ("us", "use")),
        ("res", ("r", "re")),
        ("les", ("l", "le")),
        ("ízes", ("iz",)),
        ("zes", ("z", "ze")),
        ("s", ("",)),
    ),
}
"""Endings of plurals, and what stands there in the singular, the likelier first."""

_ALWAYS_PLURAL = {"fr": ("aux", "œux", "oeux"), "pt": ("ões", "ães", "éis", "óis", "ais", "uis", "ns")}
"""Endings that no singular of more than five letters has, but for words of the dictionary."""

_SINGULAR_TOO = {"fr": re.compile("(?:[uioay]|è|ss)s$|x$"), "pt": re.compile("(?:[uiy]|ê|s)s$")}
"""Ends of words that are as often no plurals."""

_INVARIABLE = frozenset("ADV ADP CCONJ SCONJ DET PRON INTJ".split())
"""Parts of speech of words that have no plural: *plus* is no participle of *plaire* in the plural."""

_IRREGULAR = {"fr": {"baux": "bail", "vœux": "vœu", "voeux": "voeu"}}
"""Plurals that the readings have wrong."""

_PARTICIPLES = {"fr": re.compile("(?:[éiu]e?|[ts]e?|s)s$|is$"), "pt": re.compile("[dts][oa]s$")}
"""Ends of participles in the plural."""

_MAY_BE_PARTICIPLE = {
    ("fr", True): re.compile("ée?s?$"),
    ("fr", False): re.compile("(?<!e)(?:[iu]e?s?|(?<!n)(?<![^t]rai)te?s?|se?s?|[^e]nts?|nte?s?)$"),
    ("pt", True): re.compile("[dts][oa]s?$|[áí]veis$"),
}
"""Ends of participles: of French verbs in -er, of others, of Portuguese verbs, and of *escaláveis*."""

_WORD = 6
"""Letters from which a word all in capitals is no acronym if the language has it in small letters."""

_LEAST_SHARE = 0.05
"""How often the language must use the word without its s, against the word with it, for that to be a
plural."""

_PREFIXES = frozenset("sous hors trans après plus moins très pós trás mais bis".split())
"""First parts of a compound that end in s and are no plurals."""

_LINKS = frozenset("de en à du la le au l d da do e a".split())
"""Parts of a compound behind which nothing changes: *arcs-en-ciel*."""

_VERBS = {
    "fr": frozenset(
        """
        abat brise casse chasse coupe couvre cure essuie garde gratte lance lave ouvre pare passe perce porte
        presse protège ramasse sèche serre taille tire tourne vide
        """.split()
    ),
    "pt": frozenset(
        "abre apaga caça conta corta lança lava limpa louva mata para porta quebra saca salva tira toca".split()
    ),
}
"""Verbs whose compounds have their *s* in the singular, too: *un porte-avions*, *um saca-rolhas*."""


@functools.lru_cache(maxsize=1 << 16)
def singular(word: str, language: str) -> str:
    """The singular of a noun, adjective or participle; the word itself where it is none, or has none.

    Args:
        word: as it stands in a text; its capitals are kept.
        language: a tag; one without a table of endings has no plurals.

    >>> singular("GPUs", "pt"), singular("ténèbres", "fr"), singular("Modèles", "fr"), singular("timbres-poste", "fr")
    ('GPU', 'ténèbres', 'Modèle', 'timbre-poste')
    """
    base = bcp47.base(language) if language else ""
    if base not in _ENDINGS:
        return word
    folded = fold(word)
    if is_acronym(word) and not (len(word) >= _WORD and word.isupper() and _nominal(folded, base)):
        return word.removesuffix("s")
    if any(letter.isupper() for letter in word[1:]) and not word.isupper():
        return word  # a name: PaaS, SARS-CoV-2
    result = _singular(folded, base)
    return word if result == folded else _written_like(result, word)


def is_plural(word: str, language: str) -> bool:
    """Whether a noun, adjective or participle is surely a plural.

    >>> is_plural("roues", "fr"), is_plural("temps", "fr")
    (True, False)
    """
    return singular(word, language) != word


@functools.lru_cache(maxsize=1 << 16)
def is_conjugated(word: str, language: str) -> bool:
    """Whether a word is a conjugated verb or a gerund and can be nothing else.

    >>> [is_conjugated(word, "fr") for word in ("augmente", "semblent", "pourrait", "soustrait", "porte")]
    [True, True, True, False, False]
    >>> [is_conjugated(word, "pt") for word in ("requer", "mede", "descansa", "acoplado", "testar")]
    [True, True, True, False, False]
    """
    base, folded = bcp47.base(language) if language else "", fold(word)
    known = _readings(word, language)
    if any(reading.part != "VERB" for reading in known):
        return False
    if base == "fr" and known and _nominal(folded.removesuffix("e"), base):
        return False  # a feminine: floue
    # What its infinitive only adds an r to is no participle: descansa.
    is_shorter = base == "pt" and f"{folded}r" in {reading.lemma for reading in known}
    return is_shorter or may_be_conjugated(word, language)


def may_be_conjugated(word: str, language: str) -> bool:
    """Whether a word can be a conjugated verb or a gerund, and no infinitive or participle.

    >>> [may_be_conjugated(word, "fr") for word in ("augmente", "porte", "porté", "porter", "vent")]
    [True, True, False, False, False]
    """
    base, folded = bcp47.base(language) if language else "", fold(word)
    lemmas = {reading.lemma for reading in _readings(word, language) if reading.part == "VERB"}
    if not lemmas or folded in lemmas:
        return False
    regular = all(lemma.endswith("er") for lemma in lemmas) or base == "pt"
    return not _MAY_BE_PARTICIPLE[base, regular].search(folded)


def _readings(word: str, language: str) -> tuple[Reading, ...]:
    """The readings of a word in the languages of which it is known how participles end."""
    base = bcp47.base(language) if language else ""
    return readings(fold(word), language) if base in _ENDINGS else ()


def _written_like(result: str, word: str) -> str:
    """The singular with the word's capitals and its apostrophes."""
    if word.isupper() and len(word) > 1:
        return result.upper()
    plain = plain_typography(word)
    shared = next(
        (at for at, (one, two) in enumerate(zip(result, plain, strict=False)) if one != two.casefold()),
        min(len(result), len(plain)),
    )
    return plain[:shared] + result[shared:]


@functools.lru_cache(maxsize=1 << 16)
def _singular(folded: str, base: str) -> str:
    """The singular of a folded word."""
    if folded in language_of(base).plural_nouns or not folded.endswith(("s", "x")):
        return "-".join(_of_compound(folded, base)) if "-" in folded else folded
    if irregular := _IRREGULAR.get(base, {}).get(folded):
        return irregular
    lemmas = frozenset(reading.lemma for reading in _nominal(folded, base))
    if not lemmas and any(reading.part in _INVARIABLE for reading in readings(folded, base)):
        return folded
    candidates = list(_candidates(folded, base))
    parts = _of_compound(folded, base) if "-" in folded else []
    if parts and (
        parts[0] in _VERBS[base] or (not folded.startswith(parts[0]) and not folded.endswith(parts[-1]))
    ):
        return "-".join(parts)
    if known := _known(folded, candidates, lemmas, base):
        return known
    if parts:
        return "-".join(parts)
    return _guessed(folded, candidates, base)


def _nominal(folded: str, base: str) -> list[Reading]:
    return [reading for reading in readings(folded, base) if reading.part in ("NOUN", "ADJ")]


def _candidates(folded: str, base: str) -> Iterator[str]:
    """The words of which this one may be the plural."""
    for ending, singulars in _ENDINGS[base]:
        if folded.endswith(ending) and len(folded) > len(ending) + (ending == "s"):
            yield from (folded.removesuffix(ending) + end for end in singulars)
            return


def _known(folded: str, candidates: list[str], lemmas: frozenset[str], base: str) -> str:
    """The singular that the readings know, "" where they know neither the word nor a singular of it."""
    for candidate in candidates:
        if candidate in lemmas:
            return candidate
    for candidate in candidates:
        if any(reading.lemma in lemmas for reading in _nominal(candidate, base)):
            return candidate
    if folded in lemmas:
        return folded
    is_participle = _PARTICIPLES[base].search(folded)
    verbs = {reading.lemma for reading in _verbal(folded, base)} if is_participle else set()
    for candidate in candidates:
        if any(reading.lemma in verbs for reading in _verbal(candidate, base)):
            return candidate
    if lemmas and not folded.endswith("es"):
        return min(lemmas)
    if candidates and (lemmas or (verbs and folded.endswith("es"))):
        return candidates[0]
    return folded if verbs else ""


def _verbal(folded: str, base: str) -> list[Reading]:
    return [reading for reading in readings(folded, base) if reading.part in ("VERB", "ADJ")]


def _of_compound(folded: str, base: str) -> list[str]:
    """The parts of a compound, each in the singular, up to a preposition; as it is behind a verb."""
    parts = folded.split("-")
    if parts[0] in _VERBS[base]:
        return parts
    for number, part in enumerate(parts):
        if part in _LINKS:
            break
        if part not in _PREFIXES:
            parts[number] = _singular(part, base)
    return parts


def _guessed(folded: str, candidates: list[str], base: str) -> str:
    """The singular of a word that no source has."""
    if folded.endswith("shes"):  # English: meshes
        return folded.removesuffix("es")
    for start in range(2, len(folded) - 4):
        end = folded[start:]
        if _nominal(end, base) and (shorter := _singular(end, base)) != end:
            return folded[:start] + shorter
    if not candidates:
        return folded
    best = max(candidates, key=lambda candidate: general_rate(candidate, base))
    rate, of_best = general_rate(folded, base), general_rate(best, base)
    if folded.endswith(_ALWAYS_PLURAL[base]) and len(folded) > 5:
        return best
    if _SINGULAR_TOO[base].search(folded):
        return best if of_best > rate else folded
    return best if of_best >= _LEAST_SHARE * rate else folded
