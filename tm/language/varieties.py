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
class Sense:
    """A form that shows a variety as the translation of certain words only.

    Attributes:
        source: an expression for the words, of any of several languages.
        form: an expression for the form.
        without: an expression for words beside which it shows nothing; "" for none.
    """

    source: str
    form: str
    without: str = ""

    @classmethod
    def of(cls, words: str, forms: str) -> Sense:
        """A sense from a line of data: words with a space between, a ``!`` before those that forbid it.

        >>> Sense.of("teams? !time", "equipas?")
        Sense(source='\\\\b(?:teams?)\\\\b', form='\\\\b(?:equipas?)\\\\b', without='\\\\b(?:time)')
        """
        meant = [word.replace("_", r"\s+") for word in words.split()]
        forbidden = "|".join(word[1:] for word in meant if word[0] == "!")
        wanted = "|".join(word for word in meant if word[0] != "!")
        return cls(
            rf"\b(?:{wanted})\b",
            rf"\b(?:{'|'.join(forms.split())})\b",
            rf"\b(?:{forbidden})" if forbidden else "",
        )

    def is_meant(self, source: str) -> bool:
        """Whether a source has one of the words, and none that forbids it.

        >>> sense = Sense.of("teams? !equip", "equipas?")
        >>> sense.is_meant("Two teams."), sense.is_meant("The team's equipment")
        (True, False)
        """
        if not re.search(self.source, source, re.IGNORECASE):
            return False
        return not (self.without and re.search(self.without, source, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Variety:
    """A variety of a language and its marks.

    Attributes:
        tag: BCP 47, with the region.
        marks: (weight, expression), each expression for a word or a turn in any case. The weight is the
            logarithm of how many times likelier it is in this variety than in the other.
        unless: (form, context), expressions: a mark that begins so proves nothing in a text with the context.
        senses: forms that are marks as the translation of certain words.
    """

    tag: str
    marks: tuple[tuple[float, str], ...]
    unless: tuple[tuple[str, str], ...] = ()
    senses: tuple[Sense, ...] = ()

    def marks_in(self, text: str) -> dict[str, float]:
        """The marks in a text, case-folded, with their weights; the heaviest first, then in the text's order.

        >>> Variety("pt-BR", ((2.0, "trem"), (4.0, r"ônibus"))).marks_in("O trem, o Ônibus e o TREM.")
        {'ônibus': 4.0, 'trem': 2.0}
        """
        weights: dict[str, float] = {}
        for weight, pattern in _patterns(self):
            for mark in pattern.findall(text):
                weights.setdefault(mark.casefold(), weight)
        for form, context in self.unless if weights else ():
            if re.search(context, text, re.IGNORECASE):
                weights = {mark: weight for mark, weight in weights.items() if not re.match(form, mark)}
        return weights

    def is_shown(self, mark: str, source: str) -> bool:
        """Whether a mark shows the variety in a translation of this source: as a sense it must be meant.

        >>> variety = Variety("pt-PT", (), senses=(Sense.of("download", "descarregar"),))
        >>> [variety.is_shown("descarregar", source) for source in ("Download it", "Flush the queue")]
        [True, False]
        >>> variety.is_shown("ecrã", "Flush the queue")
        True
        """
        senses = [sense for sense in self.senses if re.fullmatch(sense.form, mark, re.IGNORECASE)]
        return not senses or any(sense.is_meant(source) for sense in senses)

    def senses_in(self, text: str, source: str) -> list[str]:
        """The forms of a text that are marks as the translation of what its source says.

        >>> sense = Sense.of("teams? !equip", "equipas?")
        >>> variety = Variety("pt-PT", (), senses=(sense,))
        >>> variety.senses_in("A equipa ganhou.", "The team won."), variety.senses_in("A equipa", "He equips it")
        (['equipa'], [])
        """
        forms = []
        for sense in self.senses:
            form = re.search(sense.form, text, re.IGNORECASE)
            if form and sense.is_meant(source):
                forms.append(form[0])
        return forms


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
