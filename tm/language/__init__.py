"""Everything that knows what a word and a sentence is.

In: text. Out: keys, tokens, lemmas, sentences, the language itself. Segmentation follows SRX 2.0 (GALA/LISA, 2008).
Start with ``tokens.py``. What belongs to one language stands in that language's file (``fr.py``).
"""

from tm.language.detection import Detection, detect
from tm.language.segmentation import segment
from tm.language.srx import Rules, read_rules
from tm.language.text import fold, nfc, plain_typography
from tm.language.tokens import KeyEncoder, Token, key, key_tokens, numbers, tokens, words

__all__ = [
    "Detection",
    "KeyEncoder",
    "Rules",
    "Token",
    "detect",
    "fold",
    "key",
    "key_tokens",
    "nfc",
    "numbers",
    "plain_typography",
    "read_rules",
    "segment",
    "tokens",
    "words",
]
