"""Text left in the source language: the whole segment, or a run of words in it.

Names, numbers, codes and cognates are the same in both languages; so the evidence is words that the source language
uses much and the target language hardly (rates of wordfreq). Without rates for a language, a copied sentence is.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from tm import bcp47, language
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.direction import Direction
from tm.language.lemmas import general_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

_CODE = re.compile(r"`[^`]*`|\{[^{}]*\}|<[^<>]*>|:[\w:]+:(?=`)")
_PROSE_WORD = re.compile(r"(?<![^\s\"“«(‘'’*])[^\W\d_]{2,}(?:-[^\W\d_]+)*(?=[\"”»)’',;:!?….*]*(?:\s|$)|['’])")
_FOREIGN = 20.0
"""How many times more the source language must use a word: les, fichier are foreign to Portuguese, normal is not."""
_KNOWN = 0.2
"""Occurrences per million words below which a language's rate of a word says nothing."""
_RUN = 4
"""So many words of the source in a row, two of them foreign, are text left behind; fewer may be a title or a name."""
_SENTENCE = 4
"""So many words in small letters, copied, are a sentence and not a name; used where there are no rates."""


def _examine(translation: Translation) -> Iterator[Remark]:
    source_language, target_language = translation.source_language, translation.target_language
    if bcp47.base(source_language) == bcp47.base(target_language):
        return
    source, target = _words(translation.source), _words(translation.target)
    shared = set(source) & set(target)
    if not shared:
        return
    foreign = {word for word in shared if _is_foreign(word, Direction(source_language, target_language))}
    if language.fold(translation.source) == language.fold(translation.target):
        if foreign or (
            len(shared) >= _SENTENCE and not _has_rates(shared, Direction(source_language, target_language))
        ):
            yield Remark("left untranslated: the translation is the source")
    elif len(foreign) >= 2:
        run = _longest_common_run(source, target)
        if len(run) >= _RUN and len(foreign.intersection(run)) >= 2:
            yield Remark(f"partly untranslated: {' '.join(run)}", "warning")


def _words(text: str) -> list[str]:
    """The words of running text, folded: no code, and no names."""
    words = _PROSE_WORD.findall(_CODE.sub(" ` ", text))
    small = [word.islower() for word in words]
    return [
        language.fold(word)
        for place, word in enumerate(words)
        if small[place] or (place == 0 and all(small[1:]))
    ]


def _is_foreign(word: str, direction: Direction) -> bool:
    rate = general_rate(word, direction.source)
    return rate >= _KNOWN and rate > _FOREIGN * general_rate(word, direction.target)


def _has_rates(words: set[str], direction: Direction) -> bool:
    return all(any(general_rate(word, tag) for word in words) for tag in (direction.source, direction.target))


def _longest_common_run(source: list[str], target: list[str]) -> list[str]:
    found = difflib.SequenceMatcher(None, source, target, autojunk=False).find_longest_match()
    return source[found.a : found.a + found.size]


UNTRANSLATED = Check("untranslated", "Text left in the source language.", one_by_one(_examine))
