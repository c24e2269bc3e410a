"""Text made comparable: one normaliser for every part of the program.

The text itself is never changed; these functions derive from it what is compared.
"""

from __future__ import annotations

import unicodedata

_VARIANTS = {
    **dict.fromkeys("’‘ʼ′‛`´", "'"),
    **dict.fromkeys("“”„‟«»″‹›", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(
        "\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u3000", " "
    ),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...",
}
_TYPOGRAPHY = str.maketrans(_VARIANTS)


def nfc(text: str) -> str:
    """The text with accents composed (Unicode NFC)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def plain_typography(text: str) -> str:
    """NFC, with apostrophes, quotes, dashes and spaces in their plain forms; invisible joiners are dropped.

    >>> plain_typography("l’IA – « oui »")
    'l\\'IA - " oui "'
    """
    return text if text.isascii() else nfc(text).translate(_TYPOGRAPHY)


def fold(text: str) -> str:
    """Plain typography without case, white space runs as one space: equal for texts that differ in writing only.

    >>> fold("L’École  EST") == fold("l'école est")
    True
    """
    return " ".join(plain_typography(text).casefold().split())


def without_accents(text: str) -> str:
    """Letters without their marks; for finding cognates, not for comparing.

    >>> without_accents("génération"), without_accents("geração")
    ('generation', 'geracao')
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
