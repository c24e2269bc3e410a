"""Acronyms and their full forms: *indice de qualité par couleur normalisée (IQCN)*.

1. ``full_forms`` finds the phrases of a sentence that an acronym beside them spells, however long they are.
2. ``in_brackets`` and ``rank`` say of any phrase and any acronym whether, and how surely, they belong together.

>>> from tm.terminology.sentences import analyse
>>> sentence = analyse(["Un indice de qualité par couleur normalisée (IQCN) sert au tri."], "fr")[0]
>>> [sentence.surface(*span) for span in full_forms(sentence)]
['indice de qualité par couleur normalisée']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.language.lemmas import is_acronym
from tm.language.text import fold, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.terminology.sentences import Sentence

    Span = tuple[int, int]

_OPENING, _CLOSING = "([（", ")]）"

_LITTLE = 3
"""Letters of a word that an acronym may leave out: *de*, *par*."""

_TOKENS_A_LETTER = 3
"""Most tokens of a full form for each letter of its acronym: *indice de la qualité* has two for each."""


def spells(acronym: str, full_form: str) -> bool:
    """Whether the letters of an acronym are the initials of the words of a full form, little words aside.

    >>> spells("IQCN", "índice de qualidade por cor normalizada"), spells("IQCN", "cor normalizada")
    (True, False)
    """
    letters = _letters(acronym)
    words = _plain(full_form).replace("'", " ").replace("-", " ").split()
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
        elif len(word) > _LITTLE:
            return False
    return at == len(letters) and bool(words)


def ends_in(acronym: str, full_form: str) -> bool:
    """Whether a full form has the last letters of an acronym only.

    >>> ends_in("IQCN", "couleur normalisée"), ends_in("IQCN", "indice de qualité par couleur normalisée")
    (True, False)
    """
    return any(spells(acronym[start:], full_form) for start in range(1, len(acronym) - 1))


def _letters(acronym: str) -> str:
    """What the words of a full form begin with; the *s* of a plural is none of it: *GPUs*."""
    return "".join(letter for letter in _plain(acronym.removesuffix("s")) if letter.isalnum())


def _plain(text: str) -> str:
    return without_accents(fold(text))


def full_forms(sentence: Sentence) -> Iterator[Span]:
    """The phrases beside an acronym, one of the two in brackets, that it spells; as token ranges.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Le TC (taux de cendres) de la farine (FB)"], "fr")[0]
    >>> [sentence.surface(*span) for span in full_forms(sentence)]
    ['taux de cendres']
    """
    if not any(bracket in sentence.text for bracket in _OPENING):
        return
    tokens = [sentence.surface(at, at + 1) for at in range(len(sentence.classes))]
    for at, token in enumerate(tokens):
        if not is_acronym(token):
            continue
        longest = _TOKENS_A_LETTER * len(token)
        if at and tokens[at - 1] in _OPENING:
            end = at - 1
            starts = range(end - 1, max(-1, end - 1 - longest), -1)
        elif tokens[at + 1 : at + 2] and tokens[at + 1] in _OPENING:
            stops = range(at + 2, min(len(tokens), at + 3 + longest))
            end = next((to for to in stops if tokens[to] in _CLOSING), 0)
            starts = range(at + 2, min(end, at + 4))
        else:
            continue
        spelt = (start for start in starts if _begins(token, tokens[start]))
        if (
            start := next((start for start in spelt if spells(token, sentence.surface(start, end))), -1)
        ) >= 0:
            yield start, end


def _begins(acronym: str, word: str) -> bool:
    return _plain(word)[:1] == _letters(acronym)[:1]


def in_brackets(sentence: Sentence, full_form: Span, acronym: Span) -> bool:
    """Whether one of two token ranges stands in brackets right behind the other, no matter which.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Le taux de cendres (TC)"], "fr")[0]
    >>> in_brackets(sentence, (1, 4), (5, 6)), in_brackets(sentence, (1, 2), (5, 6))
    (True, False)
    """
    first, second = sorted((full_form, acronym))
    if first[1] >= second[0] or second[1] >= len(sentence.starts):
        return False
    between = sentence.text[sentence.ends[first[1] - 1] : sentence.starts[second[0]]]
    behind = sentence.text[sentence.ends[second[1] - 1] : sentence.ends[second[1]]].strip()
    return re.fullmatch(r"\s*[(\[（]\s*(?:\S{1,3}[\s'’])?", between) is not None and behind in tuple(_CLOSING)


def rank(sentence: Sentence, full_form: Span, acronym: Span) -> int:
    """How surely a phrase is the full form of the acronym beside it: 2 if the acronym spells it, 1 if both
    begin alike and so nothing is cut off, else 0.

    >>> from tm.terminology.sentences import analyse
    >>> sentence = analyse(["Le taux de cendres (TC)"], "fr")[0]
    >>> [rank(sentence, (start, 4), (5, 6)) for start in (1, 3)]
    [2, 0]
    """
    short, full = sentence.surface(*acronym), sentence.surface(*full_form)
    return 2 if spells(short, full) else int(_begins(short, full))
