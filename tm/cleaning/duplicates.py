"""Units that say the same: they differ in case, spaces, quotes or marks alone.

>>> key = letters("Le pain est « cuit ».")
>>> letters('LE PAIN EST "CUIT"') == key, letters("Le pain est cru.") == key, letters("C++") == letters("C")
(True, False, False)
"""

from __future__ import annotations

import functools
import unicodedata

from tm.language.text import nfc


def letters(text: str) -> str:
    """The letters, digits and symbols of a text, case-folded; no marks, no spaces."""
    folded = nfc(text).casefold()
    return folded if folded.isalnum() else "".join(filter(_is_kept, folded))


@functools.lru_cache(maxsize=1 << 14)
def _is_kept(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMNS" or letter in "%#@&*\\/"


def worth(source: str, target: str) -> tuple[int, int]:
    """By which the better of two units that say the same is known: the case of a sentence, then tidy spaces.

    >>> worth("Le pain.", "O pão.") > worth("LE PAIN.", "O PÃO.") > worth("LE  PAIN.", "O PÃO.")
    True
    """
    text = source + target
    is_cased = text != text.upper() and text != text.lower()
    is_tidy = all(side == side.strip() and "  " not in side for side in (source, target))
    return int(is_cased), int(is_tidy)
