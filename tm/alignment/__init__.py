"""Two segmented texts go in, beads come out: which sentences translate which, and how sure that is.

Gale & Church (1993) for the lengths and the dynamic programme, Brown et al. (1993) for the words, Moore
(2002) for joining both in passes. Start with ``passes.py``; docs/alignment.md says how much each part
contributes.
"""

from __future__ import annotations

from tm.alignment.contents import translated
from tm.alignment.documents import Pairing, pair_documents
from tm.alignment.options import Options
from tm.alignment.passes import align_texts
from tm.alignment.results import bead_lines, bead_units, read_beads

__all__ = [
    "Options",
    "Pairing",
    "align_texts",
    "bead_lines",
    "bead_units",
    "pair_documents",
    "read_beads",
    "translated",
]
