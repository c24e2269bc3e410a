"""Letters broken by a wrong encoding: UTF-8 read as Windows-1252, or letters that were not in a code page.

1. ``_BROKEN`` finds the letters that UTF-8 read as Windows-1252 or Latin-1 shows in the place of one letter;
   ``restored`` reads them rightly, which is a repair where all of them become letters.
2. U+FFFD stands for what could not be read, and for good.
3. A question mark inside a word stands for a letter that a code page has not, where the source has no such.

>>> broken("prÃ³ximo cafÃ©"), restored("prÃ³ximo cafÃ©")
('prÃ³ximo', 'próximo café')
>>> broken("caf\ufffd"), broken("pr?ximo caf? l? fora"), broken("São João? Não.")
('caf\ufffd', 'pr?ximo', '')
>>> MOJIBAKE.messages("Le café est prêt.", "O cafÃ© está pronto."), MOJIBAKE.messages("Prénom", "Pr?nome")
(['letters are broken: cafÃ©'], ['letters are lost: Pr?nome'])
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.checks.check import Check, Remark, Translation, one_by_one, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEAD = "ÂÃÄÅÆÇÈÉÊËÌÍÎÏâðÐ"
_SECOND = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_BROKEN = re.compile(
    rf"[ÂÃÄÅ](?:[{_SECOND}]|\ufffd)|[â][€\x80\x82„†ˆ‰][{_SECOND}]?|ï»¿|[\x80-\x9f]|Ã(?=\s|$|[a-z])|â€"
)
_LOST = re.compile(r"(?<!\S)\S*\ufffd\S*")
_QUESTION = re.compile(
    r"(?<![^\W\d_])[^\W\d_]+\?{1,3}[^\W\d_?=&]+|(?<=\s)\?[^\W\d_]{2,}|(?<=[^\W\d_?]\s)\?(?=\s[a-zà-ÿ])"
)
_CODE = re.compile(r"``[^`]*``|`[^`]*`|(?<![^\s`])\S*(?:://|[=&/\\%])\S*")
_BYTES = {bytes([number]).decode("cp1252", "replace"): number for number in range(128, 256)}


def broken(text: str, beside: str = "") -> str:
    """The first broken word of a text, "" when there is none.

    Args:
        text: that may be broken.
        beside: its counterpart: what stands in it too is meant.
    """
    if text.isascii() and "?" not in text:
        return ""
    for match in _BROKEN.finditer(text):
        if match[0] not in beside:
            return _word_at(text, match.start())
    if (lost := _LOST.search(text)) and "\ufffd" not in beside:
        return lost[0]
    question = _QUESTION.search(_CODE.sub(" ", text)) if "?" in text else None
    return question[0] if question and not _QUESTION.search(beside) else ""


def restored(text: str) -> str:
    """The text with its broken letters read rightly; "" where not all of them can be.

    >>> restored("É â€œboaâ€\x9d"), restored("Ã sombra")
    ('É “boa”', '')
    """
    result, count = _RUN.subn(_read, text)
    return result if count and not broken(result) and not _RUN.search(result) else ""


_RUN = re.compile(rf"[{_LEAD}][{_SECOND}]{{1,3}}")


def _read(match: re.Match[str]) -> str:
    """The letters for which a run of wrongly read ones stands; the run itself when it stands for none."""
    try:
        return bytes(_BYTES.get(letter, ord(letter)) for letter in match[0]).decode()
    except (UnicodeDecodeError, ValueError):
        return match[0]


def _word_at(text: str, place: int) -> str:
    start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    end = text.find(" ", place)
    return text[start : end if end > 0 else len(text)]


def _examine(translation: Translation) -> Iterator[Remark]:
    word = broken(translation.target, translation.source)
    if not word:
        return
    places = spans_of(translation.target, word)
    if not _BROKEN.search(word):
        # Nobody can tell which letter stood there; and a question mark may be meant.
        yield Remark(f"letters are lost: {word}", "warning", target_spans=places)
        return
    mended = restored(translation.target) or None
    yield Remark(f"letters are broken: {word}", "error", mended, target_spans=places)


MOJIBAKE = Check("mojibake", "Letters broken by a wrong encoding.", one_by_one(_examine))
