"""Which variety of its language a text is in.

Words, spellings and turns show it that only one variety uses, or uses more. They are data, in a file of the
language (``pt_varieties.py``). A language without such a file has no varieties. The steps:

1. ``variety`` asks the registry for the ``Variety`` values of the language.
2. ``Variety.marks_in`` collects the marks of each in the first pages of the text; each different mark counts
   once.
3. ``variety`` adds up their weights, and answers if one variety is clearly ahead.

>>> north, south = Variety("xx-NN", ((4.0, "loch"), (1.0, "wee"))), Variety("xx-SS", ((4.0, "lake"),))
>>> north.marks_in("A wee loch, a wee boat."), south.marks_in("A wee loch, a wee boat.")
({'loch': 4.0, 'wee': 1.0}, {})
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tm import registry

_CHARACTERS = 30_000
"""A text shows its variety in its first pages or not at all."""

_CERTAIN = 3.0
"""Nats by which the first variety must lead the second: twenty to one."""

_PURE = 2.0
"""The first variety's marks must weigh this many times the second's: a text that mixes both is in neither."""


@dataclass(frozen=True, slots=True)
class Variety:
    """A variety of a language and its marks.

    Attributes:
        tag: BCP 47, with the region.
        marks: (weight, expression), each expression for a word or a turn in any case. The weight is the
            logarithm of how many times likelier it is in this variety than in the other.
    """

    tag: str
    marks: tuple[tuple[float, str], ...]

    def marks_in(self, text: str) -> dict[str, float]:
        """The marks in a text, case-folded, with their weights; the heaviest first, then in the text's order.

        >>> Variety("pt-BR", ((2.0, "trem"), (4.0, r"ônibus"))).marks_in("O trem, o Ônibus e o TREM.")
        {'ônibus': 4.0, 'trem': 2.0}
        """
        weights: dict[str, float] = {}
        for weight, pattern in _patterns(self):
            for mark in pattern.findall(text):
                weights.setdefault(mark.casefold(), weight)
        return weights


@functools.cache
def _patterns(kind: Variety) -> list[tuple[float, re.Pattern[str]]]:
    """The marks as one expression for each weight, the heaviest first."""
    by_weight: dict[float, list[str]] = {}
    for weight, expression in kind.marks:
        by_weight.setdefault(weight, []).append(expression)
    return [
        (weight, re.compile(rf"\b(?:{'|'.join(by_weight[weight])})\b", re.IGNORECASE))
        for weight in sorted(by_weight, reverse=True)
    ]


def variety(language: str, text: str) -> tuple[str, tuple[str, ...]]:
    """The variety of a text in a language, and why; the language itself when no variety is clearly ahead.

    Each different mark counts once, however often it stands in the text: what a text is about proves little.

    Args:
        language: a tag without region.
        text: in NFC.

    Returns:
        The tag, and for each variety that has marks in the text a phrase with up to six of them.

    >>> variety("pt", "Os usuários estão baixando o aplicativo.")
    ('pt-BR', ('pt-BR: usuários, estão baixando, aplicativo',))
    >>> variety("pt", "Os utilizadores estão a descarregar a aplicação.")[0], variety("pt", "O gato dorme.")
    ('pt-PT', ('pt', ()))
    """
    candidates = [v for v in registry.listed("tm.language", Variety) if v.tag.startswith(f"{language}-")]
    marks = {v.tag: v.marks_in(text[:_CHARACTERS]) for v in candidates}
    ranked = sorted(marks, key=lambda tag: -sum(marks[tag].values()))
    reasons = tuple(f"{tag}: {', '.join(list(marks[tag])[:6])}" for tag in ranked if marks[tag])
    if not reasons:
        return language, ()
    first, second = (sum(marks[tag].values()) for tag in ranked[:2])
    is_clear = first - second >= _CERTAIN and first >= _PURE * second
    return (ranked[0] if is_clear else language), reasons
