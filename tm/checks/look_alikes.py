"""Letters that look like those of the word's script and are none: a Cyrillic а in "página".

A search does not find such a word, and a voice spells it. A word is one of Latin letters when most of its
letters are; Greek letters that stand for a quantity (Δx, kΩ) look like no Latin one.

>>> LOOK_ALIKE.messages("Ouvrez la page.", "Abrа a página.")
['Abrа: а is a Cyrillic letter']
>>> LOOK_ALIKE.messages("Ouvrez la page.", "Откройте cтраницу.")
['cтраницу: c is a Latin letter']
>>> LOOK_ALIKE.messages("Voir Δx et Москва.", "Veja Δx e Москва."), LOOK_ALIKE.messages("x", "Nо\N{GREEK SMALL LETTER PI}")
([], [])
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one

if TYPE_CHECKING:
    from collections.abc import Iterator

_CYRILLIC = dict(zip("аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhqwABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("οανρικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpikuABEZHIKMNOPTYX", strict=True))
_TO_LATIN = str.maketrans(_CYRILLIC | _GREEK)
_TO_CYRILLIC = str.maketrans({latin: letter for letter, latin in _CYRILLIC.items()})
_TO_GREEK = str.maketrans({latin: letter for letter, latin in _GREEK.items()})
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLAIN = re.compile(r"[\0-\u036f\u2000-\uffff]*")
"""Texts without a Greek or Cyrillic letter: by far the most."""
_SCRIPTS = {"Latin": _TO_LATIN, "Cyrillic": _TO_CYRILLIC, "Greek": _TO_GREEK}


def _examine(translation: Translation) -> Iterator[Remark]:
    target = translation.target
    if _PLAIN.fullmatch(target):
        return
    mended, message = target, ""
    places = []
    for match in _WORD.finditer(target):
        word = match[0]
        restored = _restored(word)
        if restored != word and word not in translation.source:
            mended = mended[: match.start()] + restored + mended[match.end() :]
            message = message or _message(word, restored)
            places.append(match.span())
    if message:
        # What stands in code is for a person to mend.
        is_prose = all(translation.target_prose[start:end].isalpha() for start, end in places)
        yield Remark(message, "warning", mended if is_prose else None, target_spans=tuple(places))


def _restored(word: str) -> str:
    """The word in letters of one script; as it is where it mixes more than look-alikes.

    >>> _restored("pаginа"), _restored("Δx"), _restored("Москва")
    ('pagina', 'Δx', 'Москва')
    """
    scripts = [_script(letter) for letter in word]
    if len(set(scripts)) == 1:
        return word
    most = max(("Latin", "Cyrillic", "Greek"), key=scripts.count)
    restored = word.translate(_SCRIPTS[most])
    is_whole = all(_script(letter) == most for letter in restored)
    return restored if is_whole and 2 * scripts.count(most) > len(word) else word


def _script(letter: str) -> str:
    if letter < "\u0370":
        return "Latin"
    return unicodedata.name(letter, "").partition(" ")[0].title()


def _message(word: str, restored: str) -> str:
    wrong = next(letter for letter, right in zip(word, restored, strict=True) if letter != right)
    return f"{word}: {wrong} is a {_script(wrong)} letter"


LOOK_ALIKE = Check("lookalike", "Letters of another script inside a word.", one_by_one(_examine))
