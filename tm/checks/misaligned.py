"""Translations that have nothing of their source: of another segment, it may be.

Two languages that write alike share names, numbers, codes and words of one origin (document, documento). Of
six long words on each side nearly all translations share at least one; where none is shared, the two texts
speak of other things. Said of Romance languages and English, and where no language is known.

>>> source = "Le conseil municipal prépare la rénovation complète du théâtre historique avant septembre."
>>> MISALIGNED.messages(source, "Uma tempestade violenta derrubou árvores enormes perto daquela estrada velha.")
['nothing of the source is in the translation: is it that of another segment?']
>>> MISALIGNED.messages(source, "O conselho municipal prepara a renovação completa do teatro histórico antes de setembro.")
[]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.checks.untranslated import is_copy
from tm.language.text import nfc, without_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:[._-][^\W_]+)*")
_LONG = 5
"""Letters from which a word shows its origin."""
_SAME = 4
"""Letters that two words of one origin begin with, and at least half of the longer one."""
_FEWEST = 6
"""Long words of either text from which it says anything that none is shared."""
_ROMANCE = frozenset({"fr", "pt", "es", "it", "ca", "gl", "ro", "oc", "en"})
"""Languages that share many long words."""


def _examine(translation: Translation) -> Iterator[Remark]:
    direction = translation.direction
    tags = {bcp47.base(tag) for tag in (direction.source, direction.target) if tag}
    if not tags <= _ROMANCE or is_copy(translation.source, translation.target):
        return
    source, target = _long_words(translation.source), _long_words(translation.target)
    if min(len(source), len(target)) >= _FEWEST and not _share_a_word(source, target):
        yield Remark("nothing of the source is in the translation: is it that of another segment?", "info")


def _long_words(text: str) -> list[str]:
    words = (without_accents(word) for word in _WORD.findall(nfc(text).casefold()))
    return [word for word in words if len(word) >= _LONG or any(map(str.isdigit, word))]


def _share_a_word(source: list[str], target: list[str]) -> bool:
    """Whether a word of one text is like one of the other."""
    by_beginning: dict[str, list[str]] = {}
    for word in target:
        by_beginning.setdefault(word[:_SAME], []).append(word)
    return any(_is_alike(word, like) for word in source for like in by_beginning.get(word[:_SAME], ()))


def _is_alike(one: str, two: str) -> bool:
    """Whether two words begin alike for half of the longer one.

    >>> _is_alike("document", "documento"), _is_alike("contre", "contrabando")
    (True, False)
    """
    same = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    return one == two or (same >= _SAME and 2 * same >= max(len(one), len(two)))


MISALIGNED = Check("misaligned", "Translations that have nothing of their source.", one_by_one(_examine))
