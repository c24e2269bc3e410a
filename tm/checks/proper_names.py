"""Names and acronyms that became others: "Dupont" was written "Duponte", "SQL" became "SLQ".

Many names and acronyms are translated (Londres, London; ONU, UN), so that a difference alone says nothing.
But then the translation's form is the one that its language uses. So a form is doubted that the language uses
less than that of the source (rates of wordfreq): *Genève* may become *Genebra* in Portuguese, not *Genova*.
The steps:

1. ``_changed_names`` has the words with a capital inside a sentence that only one side has, and pairs those
   that are written alike.
2. ``_changed_acronyms`` has the acronym that each side alone has, where it is one.
3. ``_is_doubted`` compares their rates in the language of the translation.

>>> from tm.direction import Direction
>>> to_portuguese = Direction("fr", "pt")
>>> PROPER_NAMES.messages("Le pont de Pierre Dupont", "A ponte de Pierre Duponte", to_portuguese)
['the name Dupont of the source is Duponte in the translation']
>>> PROPER_NAMES.messages("La base SQL est à Genève.", "A base SLQ fica em Genebra.", to_portuguese)
['the acronym SQL of the source is SLQ in the translation']
>>> PROPER_NAMES.messages("L'ONU est à Londres.", "The UN is in London.", Direction("fr", "en"))
[]
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_lemmatised
from tm.language.text import nfc, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"(?<![\w.'’/-])[^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*(?![\w/])")
_ACRONYM = re.compile(r"(?<![\w.%/-])[A-Z]{2,8}(?![\w%])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_WORD = re.compile(r"[^\W_]+")
_OPENING = " \"'«“‘(*["
_BETWEEN_SENTENCES = ".!?:…;|•–—-_*`"
"""Marks behind which a capital says nothing."""
_ALIKE = 0.7
"""Share of letters that a name and its misspelling have in common: the names of 12,500 reviewed pairs that
differ more are translated."""
_SURELY_ALIKE = 0.8
"""The same for two names neither of which the language knows."""


def _examine(translation: Translation) -> Iterator[Remark]:
    language = translation.direction.target
    source, target = nfc(translation.source_prose), nfc(translation.target_prose)
    if not language or not is_lemmatised(language) or source.isupper() or target.isupper():
        return
    tags = translation.direction.source, language
    if not any(language_of(tag).capital_nouns for tag in tags):
        yield from _remarks("name", _changed_names(source, target), translation)
    yield from _remarks("acronym", _changed_acronyms(source, target), translation)


def _remarks(
    what: str, pairs: list[tuple[re.Match[str], re.Match[str]]], translation: Translation
) -> Iterator[Remark]:
    for name, counterpart in pairs:
        if _is_doubted(name[0], counterpart[0], translation.direction.target):
            message = f"the {what} {name[0]} of the source is {counterpart[0]} in the translation"
            yield Remark(message, "warning", None, (name.span(),), (counterpart.span(),))


def _changed_names(source: str, target: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """The names of a sentence that its translation has not, each with one alike that only the translation
    has."""
    names = [match for match in _lacking(_NAME, source, target) if _is_inside(source, match)]
    counterparts = list(_lacking(_NAME, target, source)) if names else []
    return [
        (name, counterpart)
        for name in names
        for counterpart in counterparts
        if _likeness(name[0], counterpart[0]) >= _ALIKE
    ]


def _changed_acronyms(source: str, target: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """The acronym that only the source has and that which only the translation has, where there is one
    each."""
    lost = [match for match in _lacking(_ACRONYM, source, target) if not _ROMAN.fullmatch(match[0])]
    new = [match for match in _lacking(_ACRONYM, target, source) if not _ROMAN.fullmatch(match[0])]
    return list(zip(lost, new, strict=True)) if len(lost) == len(new) == 1 else []


def _lacking(expression: re.Pattern[str], text: str, other_text: str) -> Iterator[re.Match[str]]:
    """The words that the other text has not, in any case; of names, none in capitals throughout."""
    other_words: set[str] = set()
    for match in expression.finditer(text):
        word = match[0]
        if word[0].isupper() and (expression is _ACRONYM or not word.isupper()):
            other_words = other_words or set(_WORD.findall(other_text.casefold()))
            if not other_words.issuperset(_WORD.findall(word.casefold())):
                yield match


def _is_inside(text: str, word: re.Match[str]) -> bool:
    """Whether a word stands inside a sentence, where a capital shows a name."""
    before = text[: word.start()].rstrip(_OPENING)
    return bool(before) and before[-1] not in _BETWEEN_SENTENCES


def _likeness(word: str, counterpart: str) -> float:
    """The share of letters in common; 0.0 for names that differ in accents alone."""
    word, counterpart = without_accents(word.casefold()), without_accents(counterpart.casefold())
    return (
        0.0
        if word == counterpart
        else difflib.SequenceMatcher(None, word, counterpart, autojunk=False).ratio()
    )


def _is_doubted(name: str, counterpart: str, language: str) -> bool:
    """Whether the form of a translation is used less in its language than that of the source.

    >>> _is_doubted("Lisbonne", "Lisboa", "pt"), _is_doubted("Lisboa", "Lisbao", "pt")
    (False, True)
    """
    of_source, of_target = (general_rate(word.casefold(), language) for word in (name, counterpart))
    if not of_source and not of_target:
        return _likeness(name, counterpart) >= _SURELY_ALIKE
    return of_target < of_source


PROPER_NAMES = Check("propername", "Names and acronyms that are written otherwise.", one_by_one(_examine))
