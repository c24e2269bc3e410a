"""Terms and their translations.

In: aligned sentence pairs, and a glossary with decisions. Out: concepts, best first; their occurrences in
running text.
Justeson & Katz (1995) for what looks like a term, Liang, Taskar & Klein (2006) for which words translate each
other.
Start with ``extraction.py``, the recipe: sentences → words → pairing (of candidates) → gathering → termhood;
``glossary.py`` and ``decisions.py`` keep what people decide, ``revision.py`` changes the rest, ``history.py``
takes changes back, ``joining.py`` takes another glossary in; ``recognition.py`` and ``use.py`` find terms in
texts.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from tm.terminology.decisions import decide
from tm.terminology.glossary import is_decided, merge, published, term_pairs

if TYPE_CHECKING:
    from tm.terminology.extraction import extract
    from tm.terminology.recognition import Occurrence, Recogniser, recognise

_LATER = {
    "extract": "extraction",
    "Occurrence": "recognition",
    "Recogniser": "recognition",
    "recognise": "recognition",
}
"""Names whose modules are loaded with their first use: a decision needs neither taggers nor word lists."""

__all__ = [
    "Occurrence",
    "Recogniser",
    "decide",
    "extract",
    "is_decided",
    "merge",
    "published",
    "recognise",
    "term_pairs",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value
