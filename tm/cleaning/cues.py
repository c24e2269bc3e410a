"""What the marks of two texts say of their ends: one that is cut off has lost its final mark, one to which another
was added has a sentence more.

>>> cues("Le pain est cuit.", "O pão") == OTHER_MARK | LOST_MARK
True
>>> cues("Le pain.", "O pão. A ponte.") == MORE, cues("Le pain.", "O pão.")
(True, 0)
"""

from __future__ import annotations

import re

from tm.checks.punctuation import final_mark

OTHER_MARK, LOST_MARK, MORE, FEWER = 1, 2, 4, 8
"""The target ends with another mark; with none, where the source has one; it has sentences more; or fewer."""

_SENTENCE = re.compile(r"[.!?:;…](?=\s+[^\W\d_a-zà-ÿ])")


def cues(source: str, target: str) -> int:
    """The cues of a unit, added up."""
    mark, other = final_mark(source), final_mark(target)
    found = 0 if mark == other else OTHER_MARK | (LOST_MARK if not other and mark != "," else 0)
    sentences, others = len(_SENTENCE.findall(source)), len(_SENTENCE.findall(target))
    return found | (MORE if others > sentences else FEWER if others < sentences else 0)
