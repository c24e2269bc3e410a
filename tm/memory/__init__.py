"""Units kept, and found again.

In: units from files and alignments. Out: matches for a text, in percent, each with its reasons.
Start with ``store.py`` (what a memory can do), then ``similarity.py`` (how alike two segments are) and ``matching.py``
(from a segment to its matches); ``sqlite.py`` keeps the units, ``index.py`` finds those worth comparing.
"""

from tm.memory.concordance import Passage, anywhere, concordance, searched
from tm.memory.matching import Query, find, find_all
from tm.memory.similarity import Likeness, edits, likeness
from tm.memory.store import Added, Backend, Change, Store, open_store
from tm.memory.subsegments import Part, subsegments

__all__ = [
    "Added",
    "Backend",
    "Change",
    "Likeness",
    "Part",
    "Passage",
    "Query",
    "Store",
    "anywhere",
    "concordance",
    "edits",
    "find",
    "find_all",
    "likeness",
    "open_store",
    "searched",
    "subsegments",
]
