"""Units that say the same: they differ in case, spaces, quotes or marks alone.

>>> key = letters("Le pain est « cuit ».")
>>> letters('LE PAIN EST "CUIT"') == key, letters("Le pain est cru.") == key, letters("C++") == letters("C")
(True, False, False)
"""

from __future__ import annotations

import re

from tm.language.text import nfc

_MARKS = re.compile(r"[\s\"'«»“”„‘’‚‹›()!¡\[\]{}…–—]+|[.,:;](?!\d)|(?<!\d)[.,:;]|(?<=[^\W\d_])-(?=[^\W\d_])")
"""What two that say the same may differ in. A point within a number is none, nor is what asks a question."""


def letters(text: str) -> str:
    """The text case-folded, without spaces, quotes and most marks.

    >>> letters("Version 1.5."), letters("Prêt ?"), letters("porte-fenêtre : -5")
    ('version1.5', 'prêt?', 'portefenêtre-5')
    """
    return _MARKS.sub("", nfc(text).casefold())


def worth(source: str, target: str) -> tuple[int, int]:
    """By which the better of two units that say the same is known: the case of a sentence, then tidy spaces.

    >>> worth("Le pain.", "O pão.") > worth("LE PAIN.", "O PÃO.") > worth("LE  PAIN.", "O PÃO.")
    True
    """
    text = source + target
    is_cased = text != text.upper() and text != text.lower()
    is_tidy = all(side == side.strip() and "  " not in side for side in (source, target))
    return int(is_cased), int(is_tidy)
