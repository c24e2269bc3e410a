"""Everything that knows what a word and a sentence is.

In: text. Out: keys, tokens, lemmas, sentences, the language itself. Segmentation follows SRX 2.0 (GALA/LISA,
2008). Start with ``tokens.py``, then ``keys.py``. What belongs to one language stands in that language's file
(``fr.py``); the table in ``languages.py`` says what that can be.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from tm.language.keys import KeyToken, key, key_tokens, keyed
from tm.language.text import fold, nfc, plain_typography, without_accents
from tm.language.tokens import Token, numbers, tokens, word_count, words

if TYPE_CHECKING:
    from tm.language.detection import Detection, detect
    from tm.language.segmentation import segment
    from tm.language.srx import Rules, read_rules

_LATER = {
    "Detection": "detection",
    "detect": "detection",
    "segment": "segmentation",
    "Rules": "srx",
    "read_rules": "srx",
}
"""Names whose modules are loaded with their first use: looking up a text needs neither rules nor word
lists."""

__all__ = [
    "Detection",
    "KeyToken",
    "Rules",
    "Token",
    "detect",
    "fold",
    "key",
    "key_tokens",
    "keyed",
    "nfc",
    "numbers",
    "plain_typography",
    "read_rules",
    "segment",
    "tokens",
    "without_accents",
    "word_count",
    "words",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value
