"""Units that say the same: they differ in case, spaces, quotes or marks alone.

>>> key = letters("Le pain est « cuit ».")
>>> letters('LE PAIN EST "CUIT"') == key, letters("Le pain est cru.") == key, letters("C++") == letters("C")
(True, False, False)
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import numpy as np

from tm.language.text import nfc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MARKS = re.compile(r"[\s\"'«»“”„‘’‚‹›()!¡\[\]{}…–—]+|[.,:;](?!\d)|(?<!\d)[.,:;]|(?<=[^\W\d_])-(?=[^\W\d_])")
"""What two that say the same may differ in. A point within a number is none, nor is what asks a question."""


def letters(text: str) -> str:
    """The text case-folded, without spaces, quotes and most marks.

    >>> letters("Version 1.5."), letters("Prêt ?"), letters("porte-fenêtre : -5")
    ('version1.5', 'prêt?', 'portefenêtre-5')
    """
    return _MARKS.sub("", nfc(text).casefold())


def number_of(*texts: str) -> int:
    """A number of 64 bits that stands for some texts, in any process.

    >>> number_of("a", "b") == number_of("a", "b") != number_of("ab", "")
    True
    """
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest(), "little")


def worth(source: str, target: str) -> int:
    """By which the better of two units that say the same is known: the case of a sentence, then tidy spaces.

    >>> worth("Le pain.", "O pão.") > worth("LE PAIN.", "O PÃO.") > worth("LE  PAIN.", "O PÃO.")
    True
    """
    text = source + target
    is_cased = text != text.upper() and text != text.lower()
    is_tidy = all(side == side.strip() and "  " not in side for side in (source, target))
    return 2 * is_cased + is_tidy


def worse(keys: NDArray[np.uint64], worths: NDArray[np.int8], is_spared: NDArray[np.bool_]) -> dict[int, int]:
    """The units that say the same as a better one, each with that one, by their places.

    Args:
        keys: of each unit: those that say the same have the same.
        worths: the best stays, of equals the first.
        is_spared: those that stay; they are better than any other.

    >>> worse(np.array([7, 8, 7, 7], np.uint64), np.array([1, 0, 3, 3], np.int8), np.array([False] * 4))
    {0: 2, 3: 2}
    """
    ranks = worths + np.int8(4) * is_spared
    order = np.lexsort((-ranks, keys))
    is_first = np.append(True, keys[order][1:] != keys[order][:-1])[: len(order)]
    best = order[is_first][np.cumsum(is_first) - 1]
    is_worse = (best != order) & ~is_spared[order]
    return dict(sorted(zip(order[is_worse].tolist(), best[is_worse].tolist(), strict=True)))
