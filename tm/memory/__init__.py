"""Units found again: matches for a text, in percent, each with its reasons.

In: a text and the stores (``tm.store``) to look in. Out: matches, passages and parts, and the leverage of
whole jobs. Start with ``similarity.py`` (how alike two segments are), then ``matching.py`` (from a segment to
its matches). ``open_store`` is offered here too, where programs of the first edition import it from.
"""

from tm.memory.concordance import Passage, anywhere, concordance, searched
from tm.memory.inflexion import find_inflected
from tm.memory.matching import find, find_all
from tm.memory.query import Query
from tm.memory.similarity import Change, Likeness, edits, likeness
from tm.memory.subsegments import Part, subsegments
from tm.store import open_store

__all__ = [
    "Change",
    "Likeness",
    "Part",
    "Passage",
    "Query",
    "anywhere",
    "concordance",
    "edits",
    "find",
    "find_all",
    "find_inflected",
    "likeness",
    "open_store",
    "searched",
    "subsegments",
]
