"""Text made comparable: one normaliser for every part of the program.

The text itself is never changed. These functions derive from it what is compared, each from the one before:

1. ``nfc`` composes accents.
2. ``plain_typography`` also writes apostrophes, quotes, dashes and spaces in their plain forms.
3. ``fold`` also drops case and surplus white space: two texts are equal here if they differ in writing only.

``without_accents`` stands apart: it takes marks off letters, to find words of one origin in two languages.

>>> written = "L’E\N{COMBINING ACUTE ACCENT}cole\N{NO-BREAK SPACE}: «  Est » – Ouest"
>>> nfc(written)
'L’École\xa0: «  Est » – Ouest'
>>> plain_typography(written)
'L\\'École : "  Est " - Ouest'
>>> fold(written)
'l\\'école : " est " - ouest'
"""

from __future__ import annotations

import unicodedata

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
)
"""Characters that nobody sees: they carry no weight, wherever they stand."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(_QUOTES, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(INVISIBLE, ""),
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
    """NFC, with apostrophes, quotes, dashes and spaces in their plain forms; invisible joiners are dropped.

    >>> plain_typography("l’IA – « oui »")
    'l\\'IA - " oui "'
    >>> plain_typography("co\N{SOFT HYPHEN}opérer…")
    'coopérer...'
    """
    return text if text.isascii() else nfc(text).translate(_TYPOGRAPHY)


def fold(text: str) -> str:
    """Plain typography without case, each run of white space one space.

    Two texts fold to the same if they differ in writing only.

    >>> fold("L’École  EST") == fold("l'école est")
    True
    >>> fold("Straße"), fold("mars") == fold("marche")
    ('strasse', False)
    """
    return " ".join(plain_typography(text).casefold().split())


def without_accents(text: str) -> str:
    """Letters without their marks; for finding cognates, not for comparing.

    >>> without_accents("génération"), without_accents("geração")
    ('generation', 'geracao')
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
