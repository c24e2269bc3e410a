"""Capitals: a sentence that begins with one, a heading written in capitals throughout.

>>> CAPITALS.messages("Ouvrez la porte.", "abra a porta.")
['begins with a small letter, the source with a capital']
>>> CAPITALS.messages("ATTENTION AUX MARCHES", "Cuidado com os degraus")
['the source is in capitals, the translation is not']
>>> CAPITALS.messages("Print affiche : print", "print mostra"), CAPITALS.messages("porte", "Porta")
([], [])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.protected import spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language import Token

_OPENING = "\"'«»“”„‘’([¿¡—–-"


def _examine(translation: Translation) -> Iterator[Remark]:
    target, prose = translation.target, translation.target_prose
    if (
        translation.source_prose.isupper()
        and len(translation.source_tokens) > 1
        and not prose.isupper()
        and _has_cases(prose)
    ):
        yield Remark("the source is in capitals, the translation is not", "info", _in_capitals(translation))
        return
    first, translated = _first_word(translation.source_tokens), _first_word(translation.target_tokens)
    if first is None or translated is None:
        return
    # A word that stands in the source too is a name from a program: print, asyncio.
    is_name = any(token.text == translated.text for token in translation.source_tokens)
    if first.text[0].isupper() and translated.text[0].islower() and not is_name:
        start = translated.start
        yield Remark(
            "begins with a small letter, the source with a capital",
            "warning",
            target[:start] + target[start].upper() + target[start + 1 :],
        )


def _first_word(tokens: list[Token]) -> Token | None:
    """The word at the beginning of the text; None if it begins with a number, markup or the like."""
    begins = next((token for token in tokens if token.text not in _OPENING), None)
    return begins if begins is not None and begins.kind == "word" else None


def _in_capitals(translation: Translation) -> str:
    """The translation in capitals, but for paths, placeholders and the like."""
    text, capitals, at = translation.target, "", 0
    for start, end in spans(text, translation.direction.target):
        capitals += text[at:start].upper() + text[start:end]
        at = end
    return capitals + text[at:].upper()


def _has_cases(text: str) -> bool:
    return text.lower() != text.upper()


CAPITALS = Check(
    "capital", "Capitals at the beginning, or throughout, that the translation has not.", one_by_one(_examine)
)
