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

from tm.terminology.decisions import decide
from tm.terminology.extraction import LEAST, extract
from tm.terminology.glossary import is_decided, merge, published, term_pairs
from tm.terminology.recognition import Occurrence, Recogniser, recognise

__all__ = [
    "LEAST",
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
