"""Texts that are surely in another language than their own.

Detection is costly; it is asked only where several words are *foreign*: far commoner in another of the
languages of most users than in the text's own.

>>> foreign("The bread is in the oven of the baker.", "pt-BR")
'en'
>>> foreign("O pão está no forno do padeiro.", "pt-BR"), foreign("Le pain", "pt-BR")
('', '')
>>> from tm.direction import Direction
>>> texts = "Cliquez ici pour ouvrir le fichier.", "Click here to open the file now."
>>> FOREIGN.messages(*texts, Direction("fr", "pt-BR"))
['the translation is in en, not in pt-BR']
"""

from __future__ import annotations

import contextlib
import functools
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks.check import Check, Remark, Translation, one_by_one
from tm.checks.untranslated import is_copy
from tm.language.detection import instead_of
from tm.language.protected import without_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tm.model import Severity

FEWEST = 4
"""Words from which a text shows its language."""

FEWEST_NEW = 2
"""The same for words none of which the source has: so they are no names."""

SURE = 0.99
"""Least confidence of the detection."""

OTHERS = ("en", "fr", "es", "pt", "de", "it", "nl", "ru", "pl", "ca", "ro")
"""Languages of which a foreign word is asked."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_CITED = re.compile(r"`[^`\n]+`__?|(?<!\*)\*[^*\n]+\*(?!\*)|\"[^\"]+\"|“[^”]+”|«[^»]+»")
"""A title, a quotation or the name of a link, which may stay in its language."""
_RATIO = 10.0
"""How many times commoner a foreign word is in another language."""
_LEAST = 5e-8
"""Least rate of a word of its own language: the rarest that anybody lists."""
_SHARE = 0.4
"""Share of foreign words from which the language is looked at; names and titles are fewer."""


def foreign(text: str, language: str, fewest: int = FEWEST) -> str:
    """The language of a text that is surely not in its own; "" where it may be.

    Args:
        text: of a unit.
        language: in which it should be.
        fewest: words that the text must have.
    """
    base = bcp47.base(language)
    if not _looks_foreign(text, base, fewest):
        return ""
    prose = without_code(text, language)
    if not _looks_foreign(prose, base, fewest):
        return ""
    detection = instead_of(prose, base, OTHERS, SURE)
    return detection.language if detection.confidence >= SURE and detection.language in OTHERS else ""


def _looks_foreign(text: str, base: str, fewest: int) -> bool:
    words = _WORD.findall(text.casefold())
    if len(words) < fewest:
        return False
    return sum(map(_judged(base).__getitem__, words)) >= max(2, _SHARE * len(words))


class _Judged(dict[str, bool]):
    """Whether words are foreign to a language: each is looked up once."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, word: str) -> bool:
        """Look a new word up."""
        rate = max(_rates(self._base).get(word, 0.0), _LEAST)
        others = (_rates(other).get(word, 0.0) for other in OTHERS if other != self._base)
        self[word] = any(other > _RATIO * rate for other in others)
        return self[word]


@functools.cache
def _judged(base: str) -> _Judged:
    return _Judged(base)


@functools.cache
def _rates(base: str) -> Mapping[str, float]:
    """How often a language uses its words; none where nobody has counted."""
    import wordfreq

    rates: dict[str, float] = {}
    with contextlib.suppress(LookupError):
        rates = wordfreq.get_frequency_dict(base, "small")
    return rates


def _examine(translation: Translation) -> Iterator[Remark]:
    language, target = translation.direction.target, translation.target
    if not language or is_copy(translation.source, target):
        return
    severity: Severity = "error"
    actual = foreign(target, language)
    if actual and (not foreign(_CITED.sub(" _ ", target), language) or _is_half_the_source(translation)):
        severity = "warning"
    elif not actual and (short := _new_words(translation)):
        actual, severity = foreign(short, language, FEWEST_NEW), "warning"
    if actual:
        yield Remark(f"the translation is in {actual}, not in {language}", severity)


def _is_half_the_source(translation: Translation) -> bool:
    """Whether half of the translation's words stand in the source, too: a title or a name that both have."""
    source, target = (
        _WORD.findall(text.casefold()) for text in (translation.source_prose, translation.target_prose)
    )
    return 2 * sum(word in source for word in target) >= len(target)


def _new_words(translation: Translation) -> str:
    """The words of a short translation, none of which the source has; "" where one has."""
    source, target = (
        _WORD.findall(text.casefold()) for text in (translation.source, translation.target_prose)
    )
    return "" if len(target) >= FEWEST or set(source) & set(target) else " ".join(target)


FOREIGN = Check("language", "Translations in another language.", one_by_one(_examine))
