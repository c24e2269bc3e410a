"""A word typed twice: "o o modelo".

>>> from tm.direction import Direction
>>> DOUBLED.messages("Ouvrez la porte.", "Abra a a porta.")
['a a: the word stands twice']
>>> DOUBLED.messages("Ele se levanta.", "Vous vous levez.", Direction("pt", "fr"))
[]
>>> DOUBLED.messages("Très très bon", "Muito muito bom")
[]
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tm import language
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.language import Token


def _examine(translation: Translation) -> Iterator[Remark]:
    if next(_doubles(translation.source, translation.source_tokens), None):
        return
    may_stand_twice = language_of(translation.direction.target).doubles
    text = translation.target
    for first, second in _doubles(text, translation.target_tokens):
        if language.fold(second.text) not in may_stand_twice:
            yield Remark(
                f"{first.text} {second.text}: the word stands twice",
                "warning",
                suggestion=text[: first.end] + text[second.end :],
                target_spans=((first.start, second.end),),
            )


def _doubles(text: str, tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Two tokens in a row that are the same word, with only white space between."""
    for first, second in pairwise(tokens):
        if (
            first.kind == second.kind == "word"
            and first.text.isalpha()
            and text[first.end : second.start].isspace()
            and language.fold(first.text) == language.fold(second.text)
        ):
            yield first, second


DOUBLED = Check("doubled", "Words that stand twice in a row.", one_by_one(_examine))
