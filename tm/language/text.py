"""Text made comparable: one normaliser for every part of the program.

The text itself is never changed. These functions derive from it what is compared, each from the one before:

1. ``nfc`` composes accents.
2. ``plain_typography`` also writes apostrophes, quotes, dashes and spaces in their plain forms.
3. ``fold`` also drops case and surplus white space: two texts are equal here if they differ in writing only.

``fold_with_places`` says where in the text each character of its fold stands. ``without_accents`` stands
apart: it takes marks off letters, to find words of one origin in two languages.

>>> written = "L’E\N{COMBINING ACUTE ACCENT}cole\N{NO-BREAK SPACE}: «  Est » – Ouest"
>>> nfc(written)
'L’École\xa0: «  Est » – Ouest'
>>> plain_typography(written)
'L\\'École : "  Est " - Ouest'
>>> fold(written)
'l\\'école : " est " - ouest'
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APOSTROPHES = (
    "\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{PRIME}\N{GRAVE ACCENT}\N{ACUTE ACCENT}"
)
"""All but the plain one."""

_QUOTES = (
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
    "\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}\N{DOUBLE PRIME}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
_DASHES = (
    "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}"
)
_SPACES = (
    "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{EN QUAD}\N{EM QUAD}\N{EN SPACE}\N{EM SPACE}"
    "\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}\N{FIGURE SPACE}\N{PUNCTUATION SPACE}"
    "\N{THIN SPACE}\N{HAIR SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}"
)
INVISIBLE = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # in which direction a text runs
    "\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"  # an emoji as a text or as a picture
)
"""Characters that nobody sees: they carry no weight, wherever they stand."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(INVISIBLE, ""),
        **{
            chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)
        },  # of full width, as Japanese has them
        "\N{HORIZONTAL ELLIPSIS}": "...",
    }
)


def nfc(text: str) -> str:
    """The text with accents composed (Unicode NFC).

    >>> len("e\N{COMBINING ACUTE ACCENT}"), nfc("e\N{COMBINING ACUTE ACCENT}")
    (2, 'é')
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def plain_typography(text: str) -> str:
    """NFC, with apostrophes, quotes, dashes and spaces in their plain forms; what nobody sees is dropped.

    >>> plain_typography("l’IA – « oui »")
    'l\\'IA - " oui "'
    >>> plain_typography("co\N{SOFT HYPHEN}opérer…")
    'coopérer...'
    >>> plain_typography("\N{RIGHT-TO-LEFT MARK}3%") == "3%", plain_typography("（Ａ１）")
    (True, '(A1)')
    """
    return text if text.isascii() and "`" not in text else nfc(text).translate(_TYPOGRAPHY)


def fold(text: str) -> str:
    """Plain typography without case, each run of white space one space.

    Two texts fold to the same if they differ in writing only.

    >>> fold("L’École  EST") == fold("l'école est")
    True
    >>> fold("Straße"), fold("mars") == fold("marche")
    ('strasse', False)
    """
    return " ".join(plain_typography(text).casefold().split())


def fold_with_places(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """``fold``, and for each character of it where in the text it begins and ends.

    >>> fold_with_places("Oui…")
    ('oui...', [0, 1, 2, 3, 3, 3], [1, 2, 3, 4, 4, 4])
    """
    folded = fold(text)
    # Nothing is dropped and nothing grows: one character for each.
    if len(folded) == len(text) and not _DROPPED.search(text) and nfc(text) == text:
        return folded, range(len(text)), range(1, len(text) + 1)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    for cluster in _clusters(text):
        start, end = end, end + len(cluster)
        for character in plain_typography(cluster).casefold():
            if character.isspace() and (not characters or characters[-1] == " "):
                continue
            characters.append(" " if character.isspace() else character)
            starts.append(start)
            ends.append(end)
    if characters and characters[-1] == " ":
        del characters[-1], starts[-1], ends[-1]
    return "".join(characters), starts, ends


_DROPPED = re.compile(rf"[{INVISIBLE}]|\s\s|^\s|\s$")


def _clusters(text: str) -> Iterator[str]:
    """The text in parts that NFC composes each by itself: a character with the marks behind it."""
    start = 0
    for index, character in enumerate(text):
        if index > start and not _composes(character):
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


@functools.lru_cache(maxsize=1 << 10)
def _composes(character: str) -> bool:
    """Whether the character may become one with the one before: a mark, or a vowel or final of Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def without_accents(text: str) -> str:
    """Letters without their marks; for finding cognates, not for comparing.

    >>> without_accents("génération"), without_accents("geração")
    ('generation', 'geracao')
    """
    if text.isascii():
        return text
    return "".join([c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)])
