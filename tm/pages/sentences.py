"""Sentences that the library makes (findings, errors, notices) in the languages of the pages.

The library speaks English, so that programs read the same everywhere. Each of its sentences is made of a text with
values in it, ``f"{path} has no languages"``; the catalogue ``library.*.po`` has these texts with names in braces, and
their translations. A sentence is put into another language in three steps:

1. ``in_language`` takes the parts of a message, which stand between semicolons, one at a time.
2. ``_translated`` finds the text that a part was made of: the one with the most letters of its own.
3. ``_value``: the values go into the translation; one that is itself a sentence is translated too.

What no text fits stays in English.

>>> in_language("this is a folder; did you mean fr.po?", "pt-BR")
'isto é uma pasta; você quis dizer fr.po?'
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tm.pages.messages import messages

_NAME = re.compile(r"\{(\w+)\}")

_TYPED = frozenset(("near", "option"))
"""Names of values that a reader is to type as they are: "did you mean variety?" means the check of that name."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with names in it.

    Attributes:
        text: in English.
        translation: in the other language, with the same names.
        longest: the longest piece of the text that is no name: what a sentence must have to be made of it.
        letters: how many it has beside the names.
    """

    text: str
    translation: str
    longest: str
    letters: int


def in_language(message: str, language: str) -> str:
    """A message of the library in a language, as far as its texts are known."""
    parts = message.split("; ")
    translated = [_translated(part, language) for part in parts]
    if len(parts) > 1 and None in translated and (whole := _translated(message, language)):
        return whole  # a value has a semicolon
    shown = [new or part for new, part in zip(translated, parts, strict=True)]
    return ("\N{NO-BREAK SPACE}; " if language == "fr" else "; ").join(shown)


def _translated(part: str, language: str) -> str | None:
    """A part of a message in a language; None when no text is known that it was made of."""
    catalogue = messages(language, "library")
    if part in catalogue.texts:
        return catalogue.texts[part]
    for text in _texts(language):
        if text.longest in part and (match := _pattern(text.text).fullmatch(part)):
            values = {
                name: value if name in _TYPED else _value(value, language)
                for name, value in match.groupdict().items()
            }
            return text.translation.format(**values)
    return None


def _value(value: str, language: str) -> str:
    """A value in a sentence: words of the library's own in the language, all else as it is."""
    if " " not in value or value[0] == "'":
        return messages(language, "library").texts.get(value, value)
    items = [_translated(item, language) for item in value.split(", ")]
    return (_translated(value, language) or value) if None in items else ", ".join(filter(None, items))


@functools.cache
def _texts(language: str) -> list[_Text]:
    """The texts with names in them, those that say the most first."""
    texts = []
    for text, translation in messages(language, "library").texts.items():
        if "{" in text:
            pieces = _NAME.split(text)[::2]
            letters = sum(map(str.isalpha, "".join(pieces)))
            texts.append(_Text(text, translation, max(pieces, key=len), letters))
    return sorted(texts, key=lambda text: (-text.letters, text.text.count("{")))


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    """What a text with names in it may have become.

    >>> _pattern("{name} is empty").fullmatch("memory.tm is empty")["name"]
    'memory.tm'
    """
    pieces = [
        f"(?P<{piece}>.*?)" if number % 2 else re.escape(piece)
        for number, piece in enumerate(_NAME.split(text))
    ]
    return re.compile("".join(pieces), re.DOTALL)
