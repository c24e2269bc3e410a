"""Text left in the source language: the whole segment, or several words of it in a row.

Names, numbers, codes and cognates are the same in both languages. So the evidence is *foreign* words, which
the source language uses much more often than the target language (rates of wordfreq). Where a language has no
rates, a copied sentence is evidence enough.

>>> from tm.direction import Direction
>>> to_portuguese = Direction("fr", "pt")
>>> UNTRANSLATED.messages("La porte est fermée.", "La porte est fermée.", to_portuguese)
['left untranslated: the translation is the source']
>>> UNTRANSLATED.messages("Ouvrez et prenez les clés.", "Abra et prenez les clés.", to_portuguese)
['partly untranslated: et prenez les clés']
>>> [UNTRANSLATED.messages(text, text, to_portuguese) for text in ("Maria Cavalcanti", "Normal")]
[[], []]
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from tm import bcp47, language
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.language.lemmas import general_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.model import Severity

_CODE = re.compile(r"`[^`]*`|\{[^{}]*\}|<[^<>]*>|:[\w:]+:(?=`)")
_PROSE_WORD = re.compile(r"(?<![^\s\"“«(‘'’*])[^\W\d_]{2,}(?:-[^\W\d_]+)*(?=[\"”»)’',;:!?….*]*(?:\s|$)|['’])")
_CITED = re.compile(r"\*[^*]+\*|\"[^\"]+\"|“[^”]+”|« ?[^»]+ ?»")
"""A title or a quotation."""
_FOREIGN = 20.0
"""How many times more often the source language uses a foreign word: les, fichier are foreign to Portuguese,
normal is not."""
_FOREIGN_ALONE = 5.0
"""The same where nothing but the source stands there."""
_KNOWN, _KNOWN_ALONE = 0.2, 0.02
"""Occurrences per million words below which a word's rate says nothing."""
_ONLY_THERE, _COMMON = 100.0, 1.0
"""The same for one word alone, so that it is no name and no loan: *Enregistrer* is French, *Fusion* and
*Jungle* may stay."""
_IN_A_ROW = 4
"""Words in a row, two of them foreign, from which text was left behind; fewer may be a title or a name."""
_SENTENCE = 4
"""Copied words in small letters from which they are a sentence and no name, where there are no rates."""
_SURE = 2
"""Foreign words from which a text of three words or more is surely no name."""


def _examine(translation: Translation) -> Iterator[Remark]:
    direction = translation.direction
    if bcp47.base(direction.source) == bcp47.base(direction.target):
        return
    if is_copy(translation.source, translation.target):
        if severity := _severity(translation):
            yield Remark("left untranslated: the translation is the source", severity)
        return
    source, target = _words(translation.source_prose), _words(translation.target_prose)
    if _rows(source).isdisjoint(_rows(target)):
        return
    copied = _longest_common_words(source, target)
    foreign = [word for word in set(copied) if _is_foreign(word, direction, _FOREIGN, _KNOWN)]
    if len(foreign) >= 2:
        yield Remark(f"partly untranslated: {' '.join(copied)}", "warning")


def _rows(words: list[str]) -> set[tuple[str, ...]]:
    """All rows of so many words as text that was left behind has. Most translations share none with their
    source, and no rates need be loaded."""
    return set(zip(*(words[start:] for start in range(_IN_A_ROW)), strict=False))


def is_copy(source: str, target: str) -> bool:
    """Whether two texts differ in writing only.

    >>> is_copy("Le pain", "le  pain"), is_copy("Le pain", "O pão")
    (True, False)
    """
    if any(source.count(letter) != target.count(letter) for letter in "nrs"):
        return False
    return language.fold(source) == language.fold(target)


def _severity(translation: Translation) -> Severity | None:
    """How surely a copy should have been translated; None where it may be right."""
    direction = translation.direction
    words = _words(translation.source_prose)
    foreign = {word for word in words if _is_foreign(word, direction, _FOREIGN_ALONE, _KNOWN_ALONE)}
    if not foreign:
        return "error" if len(words) >= _SENTENCE and not _has_rates(set(words), direction) else None
    if len(foreign) >= _SURE and len(_words(_CITED.sub(" ", translation.source_prose))) > _SURE:
        return "error"
    if len(words) > 1 or len(translation.source.split()) > 1:
        return "warning"
    # One small word alone is as likely a name in code, and an English one a word of programs.
    if translation.source.strip().islower() or not _is_foreign(words[0], direction, _ONLY_THERE, _COMMON):
        return "info"
    return "warning"


def _words(text: str) -> list[str]:
    """The words of running text, folded, without code and names."""
    words = _PROSE_WORD.findall(_CODE.sub(" ` ", text))
    is_small = [word.islower() for word in words]
    return [
        language.fold(word)
        for number, word in enumerate(words)
        if is_small[number] or (number == 0 and not word.isupper() and all(is_small[1:]))
    ]


def _is_foreign(word: str, direction: Direction, times: float, known: float) -> bool:
    rate = general_rate(word, direction.source)
    return rate >= known and rate > times * general_rate(word, direction.target)


def _has_rates(words: set[str], direction: Direction) -> bool:
    return all(any(general_rate(word, tag) for word in words) for tag in (direction.source, direction.target))


def _longest_common_words(source: list[str], target: list[str]) -> list[str]:
    """The most words in a row that both have."""
    block = difflib.SequenceMatcher(None, source, target, autojunk=False).find_longest_match()
    return source[block.a : block.a + block.size]


UNTRANSLATED = Check("untranslated", "Text left in the source language.", one_by_one(_examine))
