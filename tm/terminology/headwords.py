"""The base form of a term, as the headword of a glossary: *roues dentées*, *roue dentée*.

It is made by the forms of the words alone, not by how often a form was seen: a headword stays when a paragraph
is deleted. The steps of ``headword``, in the order in which they work:

1. ``_parts`` cuts the term into its head (to the first preposition) and what follows.
2. The words of the head go into the singular, gender kept (``_head``); so does an adjective behind the
   complement that belongs to the head (``_behind``). Two things joined by *et* or *ou* stay as they are.
3. ``_small`` takes capitals off words that are no names.
4. A lone adjective stands in the masculine, a verb in the infinitive (``_lone``).

>>> headword("Roues dentées", "NA", "fr"), headword("moulins à vent", "NLN", "fr"), headword("bases de données", "NLN", "fr")
('roue dentée', 'moulin à vent', 'base de données')
>>> headword("systèmes de fichier distribués", "NLNA", "fr"), headword("droits et obligations", "N.N", "fr")
('système de fichier distribué', 'droits et obligations')
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING

from tm.language import fold
from tm.language.genders import masculine, noun_gender, shown_gender
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_acronym, lemma, without_genitive
from tm.language.readings import has_readings, is_entry, readings
from tm.language.singular import is_conjugated, is_plural, may_be_conjugated, singular
from tm.language.unspaced import word_tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tm.language.tokens import Token

_AGREEING = "NPAp"
"""Classes of words that have a plural; behind a noun participles have it, too (``V``)."""

_MUCH = 3.0
"""How many times as common as the feminine the masculine must be, for a noun to stand in the masculine."""

_BOTH = frozenset("et ou e and or y".split())
"""Words that join two things: a term of both has them in the plural, or not, as it is said."""


def headword(
    text: str, classes: str, language: str, *, seen: Collection[str] = (), is_plain: bool = False
) -> str:
    """The base form of a term.

    Args:
        text: the term as it stands in a text, or a form of it.
        classes: a letter for each of its tokens, see ``Sentence.classes``.
        language: its tag. Without readings of the language nothing but an acronym's *s* is taken off.
        seen: words that the texts have in small letters.
        is_plain: whether the other language's term has no capitals, so that those here are a title's.

    >>> headword("Conversions Raster", "NP", "fr", seen={"raster"}), headword("maire de Lyon", "NLP", "fr")
    ('conversion raster', 'maire de Lyon')
    >>> headword("normalisées", "p", "fr"), headword("représentent", "V", "fr")
    ('normalisé', 'représenter')
    """
    if text != text.lower():
        text = _without_capitals(text, classes, language, seen=seen, is_plain=is_plain)
    return _base_form(text, classes, language)


@functools.lru_cache(maxsize=1 << 15)
def _base_form(text: str, classes: str, language: str) -> str:
    """The base form of a term whose capitals are its own."""
    cut = word_tokens(text, language)
    if len(cut) == 1 and "N" in classes:
        classes = "N"  # they are those of another form, with an article or a preposition (a vulnerabilidades)
    if len(cut) != len(classes) or not has_readings(language):
        return singular(text, language) if is_acronym(text) else text
    words = [token.text for token in cut]
    if without_genitive(fold(words[-1]), language) != fold(words[-1]):
        words[-1] = words[-1][:-2]
    if len(words) == 1:
        words = [_lone(words[0], classes, language)]
    elif not any(fold(word) in _BOTH for word in words) and not _names_many(words, language):
        words = _singular(words, classes, language)
    return _spaced(words, text, cut)


def _spaced(words: Sequence[str], text: str, cut: Sequence[Token]) -> str:
    """The words with what stands between the tokens in the text."""
    gaps = [text[before.end : after.start] for before, after in itertools.pairwise(cut)]
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _without_capitals(
    text: str, classes: str, language: str, *, seen: Collection[str], is_plain: bool
) -> str:
    """The term without the capitals of a title or of the beginning of a sentence."""
    cut = word_tokens(text, language)
    if len(cut) != len(classes) or not has_readings(language):
        return text
    words = _small([token.text for token in cut], classes, language, seen=seen, is_plain=is_plain)
    return _spaced(words, text, cut)


@functools.lru_cache(maxsize=1 << 15)
def head_gender(text: str, classes: str, language: str) -> str:
    """The gender of a term in its base form: that of its first noun, else what its adjectives
    show; "" for a term without a noun, and where it is not known.

    >>> head_gender("roda dentada", "NA", "pt"), head_gender("moulin à vent", "NLN", "fr"), head_gender("rond", "A", "fr")
    ('feminine', 'masculine', '')
    """
    cut = word_tokens(text, language)
    link = re.search("[LO.]", classes)
    end = link.start() if link else len(classes)
    nouns = [at for at in range(end) if classes[at] in "NP"]
    if len(cut) != len(classes) or not nouns or not has_readings(language):
        return ""
    words = [token.text for token in cut]
    noun = words[nouns[0]]
    if not is_acronym(noun) and (gender := noun_gender(singular(noun, language), language)):
        return gender
    adjectives = [words[at] for at in range(end) if classes[at] in "Ap"]
    shown = {shown_gender(adjective, language) for adjective in adjectives} - {""}
    return shown.pop() if len(shown) == 1 else ""


@functools.lru_cache(maxsize=1 << 15)
def is_cut(text: str, classes: str, language: str) -> bool:
    """Whether a phrase is a piece of a longer one, or of a clause: its adjective has another number or gender
    than its noun, or a conjugated verb stands in it.

    >>> is_cut("pain disponibles", "NA", "fr"), is_cut("prix disponibles", "NA", "fr")
    (True, False)
    >>> is_cut("code partagée", "Np", "fr"), is_cut("boulanger augmente", "NA", "fr")
    (True, True)
    """
    if len(classes) == 1 or not has_readings(language):
        return False
    words = _words(text, language)
    if len(words) != len(classes):
        return False
    if any(
        kind in "NAp" and is_conjugated(word, language)
        for word, kind in zip(words[1:], classes[1:], strict=True)
    ):
        return True
    at = re.match("N+[Ap]", classes)
    if not at:
        return False
    noun, adjective = words[at.end() - 2], words[at.end() - 1]
    if noun.endswith(("s", "x")) or not noun.islower() or not _is_native(noun, language):
        return False
    gender = shown_gender(singular(adjective, language), language)
    is_other = gender == "feminine" and noun_gender(noun, language) == "masculine"
    return is_other or is_plural(adjective, language)


@functools.lru_cache(maxsize=1 << 15)
def has_pointer(text: str, classes: str, language: str) -> bool:
    """Whether a phrase begins or ends with an adjective that belongs to the sentence (*donné*, *disponible*), or
    holds a word that points into the text (*ci-dessous*).

    >>> has_pointer("mesure de dureté donnée", "NLNp", "fr"), has_pointer("base de données", "NLN", "fr")
    (True, False)
    """
    pointers = language_of(language).pointers
    if len(classes) == 1 or not pointers:
        return False
    words = _words(text, language)
    if len(words) != len(classes):
        return False
    if any(kind in "R." and fold(word) in pointers for word, kind in zip(words, classes, strict=True)):
        return True
    ends = {0: words[0]} | ({} if classes[-2] in "LOD" else {len(words) - 1: words[-1]})
    ones = {at: fold(singular(word, language)) for at, word in ends.items()}
    return any(
        classes[at] in "ApV" and not pointers.isdisjoint({one.removesuffix("e"), masculine(one, language)})
        for at, one in ones.items()
    )


def ends_in_verb(text: str, classes: str, language: str) -> bool:
    """Whether a phrase of several words ends in a conjugated verb; of a form that can be a noun, too, its class
    says what it is.

    >>> ends_in_verb("moulin à vent tournent", "NLNV", "fr"), ends_in_verb("aide à démarrer", "NLV", "fr")
    (True, False)
    >>> ends_in_verb("pâte à pain repose", "NLNV", "fr"), ends_in_verb("moulin à marche", "NLN", "fr")
    (True, False)
    """
    words = _words(text, language)
    is_one = may_be_conjugated if classes.endswith("V") else is_conjugated
    return len(words) == len(classes) > 1 and is_one(words[-1], language)


_PLAIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿ]+(?: [A-Za-zÀ-ÖØ-öø-ÿ]+)*")
"""Words of letters with one space between them: each is a token."""


@functools.lru_cache(maxsize=1 << 12)
def _words(text: str, language: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(text):
        return tuple(text.split(" "))
    return tuple([token.text for token in word_tokens(text, language)])


def _names_many(words: Sequence[str], language: str) -> bool:
    """Whether the term, or its first noun, is used in the plural only, or a number stands before it."""
    plural, first = language_of(language).plural_nouns, fold(words[0])
    whole = fold(" ".join(words)).replace("' ", "'")
    return first in plural or whole in plural or first in language_of(language).numerals or first.isdigit()


def _singular(words: list[str], classes: str, language: str) -> list[str]:
    """The words of a phrase in the singular, as far as they name the one thing."""
    link = re.search("[LOD]", classes)
    end = link.start() if link else len(classes)
    result = [*_head(words[:end], classes[:end], language), *words[end:]]
    if link:
        _behind(result, words, classes, end, language)
    is_noun = is_entry(fold(result[0]), "NOUN", language)  # prática, beside prático
    if classes[0] in "Ap" and not set(classes[:end]) & set("NP") and not is_noun:
        result[0] = masculine(result[0], language)
    return result


def _head(words: Sequence[str], classes: str, language: str) -> list[str]:
    """The head in the singular; behind a noun that is singular already, and behind a participle, a noun has a
    number of its own (*orientée événements*), but for foreign words (*service meshes*)."""
    result = list(words)
    has_own = False
    for at, (word, kind) in enumerate(zip(words, classes, strict=True)):
        if kind not in _AGREEING and not (kind == "V" and at):
            continue
        is_native = _is_native(word, language)
        has_own = has_own or (at > 0 and kind == "N" and classes[at - 1] in "pV")
        if has_own and is_native:
            continue
        result[at] = singular(word, language)
        is_singular = kind == "N" and result[at] == word and not word.endswith(("s", "x", "z"))
        has_own = has_own or (is_singular and is_native)
    return result


def _is_native(word: str, language: str) -> bool:
    return bool(readings(fold(word), language))


def _behind(result: list[str], words: Sequence[str], classes: str, link: int, language: str) -> None:
    """Put adjectives that end the phrase into the singular where no noun behind the link can be a plural:
    they belong to the head."""
    nouns = [at for at in range(link, len(words)) if classes[at] in "NP"]
    if any(_may_be_plural(words[at], language) for at in nouns):
        return
    for at in range(nouns[-1] + 1 if nouns else len(words), len(words)):
        if classes[at] in "ApV":
            result[at] = singular(words[at], language)


def _may_be_plural(word: str, language: str) -> bool:
    return word.endswith(("s", "x", "z")) or is_acronym(word) or is_plural(word, language)


def _lone(word: str, kind: str, language: str) -> str:
    """A word alone: a noun in the singular, an adjective in the masculine, a verb in the infinitive."""
    if kind == "V":
        verbs = [reading.lemma for reading in readings(fold(word), language) if reading.part == "VERB"]
        entry = lemma(word, language)
        return entry if entry in verbs or not verbs else verbs[0]
    one = singular(word, language)
    if fold(one) in language_of(language).plural_nouns:
        return one
    if kind in "Ap":
        return masculine(one, language)
    known = {reading.part for reading in readings(fold(one), language)}
    if kind not in "NP" or not (known == {"NOUN"} or _is_participle(one, language)):
        return one
    # The feminine of a person (cliente) or participle (recebida); many a feminine is a thing (física, entrée).
    other = masculine(one, language)
    is_commoner = general_rate(fold(other), language) > _MUCH * general_rate(fold(one), language)
    return other if is_commoner else one


def _is_participle(word: str, language: str) -> bool:
    """Whether a word is a participle and no noun of its own: *recebida*, not *entrada*."""
    known = readings(fold(word), language)
    nominal = {reading.lemma for reading in known if reading.part in ("NOUN", "ADJ")}
    return any(reading.part == "VERB" for reading in known) and bool(nominal) and fold(word) not in nominal


def _small(
    words: Sequence[str], classes: str, language: str, *, seen: Collection[str], is_plain: bool
) -> list[str]:
    """The words without the capitals that they owe to a title or the beginning of a sentence.

    Words with capitals side by side are a name or not, all of them.
    """
    result = list(words)
    if language_of(language).capital_nouns:
        return result
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end][:1].isupper() and words[end][1:].islower():
            end += 1
        if is_plain or all(
            fold(word) in seen or (kind != "P" and readings(fold(word), language))
            for word, kind in zip(words[at:end], classes[at:end], strict=True)
        ):
            result[at:end] = [word.lower() for word in words[at:end]]
        at = end + 1
    return result
