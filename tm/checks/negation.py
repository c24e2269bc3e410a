"""A negation that only one side has: "ne fermez pas" became "feche".

What negates is data of the languages (``Language.negation``). The same may be said in other words, without
*not*: "sans", "impossible", "ne … que". So a translation is doubted only where nothing in it is negative;
where a word has a negative prefix (*inválido*), it is an info. Silent where the file of a language has no
negations.

>>> from tm.direction import Direction
>>> to_portuguese = Direction("fr", "pt")
>>> NEGATION.messages("Ne fermez pas la porte.", "Feche a porta.", to_portuguese)
['the negation of the source is not in the translation: Ne fermez pas']
>>> NEGATION.messages("Ouvrez la porte.", "Não abra a porta.", to_portuguese)
['a negation that the source has not: Não']
>>> NEGATION.messages("Elle n'est pas là.", "Ela está ausente.", to_portuguese)
[]
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.languages import language_of
from tm.language.lemmas import general_rate
from tm.language.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Severity

_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
_KNOWN = 0.05
"""Occurrences per million words from which the rest behind a negative prefix is a word: valide in
invalide."""
_SHORTEST = 4
"""Letters of such a rest."""


def _examine(translation: Translation) -> Iterator[Remark]:
    direction = translation.direction
    if not (_negation(direction.source) and _negation(direction.target)):
        return
    source, target = nfc(translation.source_prose), nfc(translation.target_prose)
    lost, new = _places(source, direction.source), _places(target, direction.target)
    if lost and not new and (severity := _doubt(target, direction.target)):
        start, end = lost[0]
        message = f"the negation of the source is not in the translation: {source[start:end]}"
        yield Remark(message, severity, source_spans=tuple(lost))
    elif new and not lost and (severity := _doubt(source, direction.source)):
        start, end = new[0]
        yield Remark(
            f"a negation that the source has not: {target[start:end]}", severity, target_spans=tuple(new)
        )


@functools.cache
def _negation(language: str) -> re.Pattern[str] | None:
    expression = language_of(language).negation
    return re.compile(expression, re.IGNORECASE) if expression else None


def _places(text: str, language: str) -> list[tuple[int, int]]:
    """Where a text surely negates."""
    expression = _negation(language)
    return [match.span() for match in expression.finditer(text)] if expression else []


def _doubt(text: str, language: str) -> Severity | None:
    """How surely a text says nothing negative; None where a word of it may.

    >>> _doubt("La porte est ouverte.", "fr"), _doubt("Sans porte.", "fr"), _doubt("Une clé invalide", "fr")
    ('warning', None, 'info')
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    if any(map(_negatives(language).fullmatch, words)):
        return None
    return "info" if any(_is_opposite(word, language) for word in words) else "warning"


@functools.cache
def _negatives(language: str) -> re.Pattern[str]:
    words = sorted(language_of(language).negatives)
    return re.compile("|".join(word.replace("*", ".*") for word in words))


def _is_opposite(word: str, language: str) -> bool:
    """Whether a word is the opposite of the rest behind its negative prefix."""
    rests = (word.removeprefix(prefix) for prefix in language_of(language).negative_prefixes)
    return any(
        len(word) > len(rest) >= _SHORTEST and general_rate(rest, language) >= _KNOWN for rest in rests
    )


NEGATION = Check("negation", "Negations that only one side has.", one_by_one(_examine))
