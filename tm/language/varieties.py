"""Which variety of its language a text is in, by words, spellings and turns that one of them alone uses, or uses more.

What shows a variety is data, in a file of the language (``pt_varieties.py``); a language without such a file has none.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tm import registry

_CHARACTERS = 30_000
"""A text shows its variety in its first pages or not at all."""

_CERTAIN = 3.0
"""By so many nats must a variety lead the other, that is twenty to one, before it is said."""

_PURE = 2.0
"""And its marks must weigh so many times the other's: a text that mixes both is in neither."""


@dataclass(frozen=True, slots=True)
class Variety:
    """A variety of a language and what shows it.

    Attributes:
        tag: BCP 47, with the region.
        marks: (weight, expression), each expression for a word or a turn in any case. The weight is the logarithm of
            how many times likelier it is in this variety than in the other.
    """

    tag: str
    marks: tuple[tuple[float, str], ...]

    def found(self, text: str) -> dict[str, float]:
        """The marks in a text, case-folded, with their weights; the heaviest first, then in the text's order."""
        found: dict[str, float] = {}
        for weight, pattern in _patterns(self):
            for mark in pattern.findall(text):
                found.setdefault(mark.casefold(), weight)
        return found


@functools.cache
def _patterns(variety: Variety) -> list[tuple[float, re.Pattern[str]]]:
    by_weight: dict[float, list[str]] = {}
    for weight, expression in variety.marks:
        by_weight.setdefault(weight, []).append(expression)
    return [
        (weight, re.compile(rf"\b(?:{'|'.join(by_weight[weight])})\b", re.IGNORECASE))
        for weight in sorted(by_weight, reverse=True)
    ]


def variety(language: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The variety of a text in a language, and why; the language itself when that cannot be told.

    Every different mark counts once, however often it stands in the text: what a text is about proves little.

    Args:
        language: a tag without region.
        text: in NFC.

    >>> variety("pt", "Os usuários estão baixando o aplicativo.")
    ('pt-BR', ('pt-BR: usuários, estão baixando, aplicativo',))
    >>> variety("pt", "Os utilizadores estão a descarregar a aplicação.")[0], variety("pt", "O gato dorme.")
    ('pt-PT', ('pt', ()))
    """
    known = [v for v in registry.listed("tm.language", Variety) if v.tag.startswith(f"{language}-")]
    found = {v.tag: v.found(text[:_CHARACTERS]) for v in known}
    ranked = sorted(found, key=lambda tag: -sum(found[tag].values()))
    reasons = tuple(f"{tag}: {', '.join(list(found[tag])[:6])}" for tag in ranked if found[tag])
    if not reasons:
        return language, ()
    first, second = (sum(found[tag].values()) for tag in ranked[:2])
    clear = first - second >= _CERTAIN and first >= _PURE * second
    return (ranked[0] if clear else language), reasons
