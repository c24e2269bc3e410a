"""Capitals: a sentence that begins with one, a heading written in capitals throughout; and the reverse.

>>> CAPITALS.messages("Ouvrez la porte.", "abra a porta."), CAPITALS.messages("ouvrir la porte", "Abrir a porta")
(['begins with a small letter, the source with a capital'], ['begins with a capital, the source with a small letter'])
>>> CAPITALS.messages("ATTENTION AUX MARCHES", "Cuidado com os degraus")
['the source is in capitals, the translation is not']
>>> CAPITALS.messages("Ouvrir le fichier", "ABRIR O ARQUIVO")
['the translation is in capitals, the source is not']
>>> CAPITALS.messages("Print affiche : print", "print mostra"), CAPITALS.messages("XIXe siècle", "século XIX")
([], [])
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tm.checks.check import Check, OneByOne, Remark, Translation
from tm.language.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.language import Token
    from tm.model import Span

_OPENING = "\"'«»“”„‘’([¿¡—–-*"
_WORDS = re.compile(r"[^\W\d_]{2,}")
_ROMAN = re.compile(r"(?:[IVXLCDM]{2,}|[VX](?=e|è|ª|º))(?:e|er|re|ère|ème|nd|º|ª)?")
_NAME = re.compile(r"[^\W\d_]\w*(?:_\w|(?<=[^\W\d_])[A-Z])\w*|[^\W\d_]\w*_(?!\w)")
"""A name with a capital or an underscore inside, as programs have."""
_SMALL = "begins with a small letter, the source with a capital"
_HABIT, _FEW = 0.01, 5
"""Share and number of segments with a small letter from which it is a habit."""
_LETTERS = 6
"""Letters from which a text in capitals is a heading, and no acronym or time (3:00 PM)."""


def _settled(remarks: Sequence[tuple[int, Remark]], translations: int) -> Iterator[tuple[int, Remark]]:
    # Where many segments begin so, it is a habit of the project, as French lists have it.
    lost = sum(remark.message == _SMALL for _, remark in remarks)
    is_habit = lost > max(_FEW, _HABIT * translations)
    for number, remark in remarks:
        yield number, replace(remark, severity="info") if is_habit and remark.message == _SMALL else remark


def _of_one(translation: Translation) -> Iterator[Remark]:
    source, target = translation.source_prose, translation.target_prose
    if _has_cases(target):
        if _is_in_capitals(source) and not target.isupper():
            mended = _in_capitals(translation)
            yield Remark("the source is in capitals, the translation is not", "info", mended)
            return
        if _is_in_capitals(target) and not source.isupper() and _has_cases(source):
            yield Remark("the translation is in capitals, the source is not", "warning")
            return
    yield from _at_beginning(translation)


def _at_beginning(translation: Translation) -> Iterator[Remark]:
    if name := _renamed(translation):
        yield Remark("begins with a capital, the source with a small letter", "info", target_spans=(name,))
        return
    first, translated = _first_word(translation.source_tokens), _first_word(translation.target_tokens)
    if first is None or translated is None:
        return
    # A word that stands in the source too is a name, or from a program: print, asyncio.
    if any(token.text == translated.text for token in translation.source_tokens):
        return
    place = ((translated.start, translated.end),)
    if first.text[0].isupper() and translated.text[0].islower() and not _ROMAN.fullmatch(first.text):
        mended = _with(translation, translated, str.upper)
        yield Remark(_SMALL, "warning", mended, target_spans=place)
    if _is_small(first.text) and _begins_large(translated.text) and not _may_be_name(translated, translation):
        mended = _with(translation, translated, str.lower)
        yield Remark(
            "begins with a capital, the source with a small letter", "info", mended, target_spans=place
        )


def _renamed(translation: Translation) -> Span | None:
    """Where a translation begins with a name of the source in another case: *MacOS*, *Add_help*."""
    name, written = _NAME.match(translation.source), _NAME.match(translation.target)
    if name and written and written[0] != name[0] and written[0] == name[0][0].upper() + name[0][1:]:
        return written.span()
    return None


def _is_in_capitals(text: str) -> bool:
    """Whether a text is a heading in capitals throughout."""
    return text.isupper() and sum(map(len, _WORDS.findall(text))) >= _LETTERS and len(text.split()) > 1


def _has_cases(text: str) -> bool:
    return text.lower() != text.upper()


def _is_small(word: str) -> bool:
    return word.islower()


def _begins_large(word: str) -> bool:
    return word[0].isupper() and word[1:] == word[1:].lower()


def _may_be_name(word: Token, translation: Translation) -> bool:
    """Whether the first word of a translation is a noun of German, or begins like a name of the source."""
    if language_of(translation.direction.target).capital_nouns:
        return True
    return any(
        token.text[:1].isupper() and token.text[:2].casefold() == word.text[:2].casefold()
        for token in translation.source_tokens
    )


def _first_word(tokens: list[Token]) -> Token | None:
    """The word at the beginning of the text; None if it begins with a number, markup or the like."""
    begins = next((token for token in tokens if token.text not in _OPENING), None)
    return begins if begins is not None and begins.kind == "word" else None


def _with(translation: Translation, word: Token, case: Callable[[str], str]) -> str:
    """The translation with the first letter of a word in another case."""
    target, start = translation.target, word.start
    return target[:start] + case(target[start]) + target[start + 1 :]


def _in_capitals(translation: Translation) -> str:
    """The translation in capitals, but for paths, placeholders and the like."""
    text, capitals, at = translation.target, "", 0
    for start, end in translation.target_code:
        capitals += text[at:start].upper() + text[start:end]
        at = end
    return capitals + text[at:].upper()


CAPITALS = Check(
    "capital",
    "Capitals at the beginning, or throughout, that only one side has.",
    OneByOne(_of_one, _settled),
)
