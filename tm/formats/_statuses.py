"""What other programs say of a term, as one of our statuses.

Read are the words of TBX (``administrativeStatus``, ``normativeAuthorization``, ``processStatus``) and of
TermWeb, MultiTerm, IATE, Weblate, Crowdin, memoQ, Lokalise, however they are written: ``Not recommended``,
``notRecommended`` and ``not_recommended`` are one word.

>>> [status_of(word) for word in ("preferredTerm-admn-sts", "Not recommended", "Under discussion", "oui")]
['preferred', 'forbidden', 'candidate', None]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.model import Status

_WORDS: dict[Status, str] = {
    "preferred": "preferred standardized standardised legal regulated recommended",
    "approved": "approved admitted accepted acceptable allowed permitted valid validated verified final finalized"
    " finalised active reviewed released reliable veryreliable",
    "forbidden": "forbidden deprecated superseded notrecommended obsolete donotuse dontuse nottobeused prohibited"
    " banned blacklisted disallowed notallowed notpermitted avoid outdated negative",
    "rejected": "rejected declined refused invalid notaterm noterm",
    "candidate": "candidate new proposed proposal suggested suggestion underreview inreview toreview review"
    " underdiscussion provisional provisionallyprocessed unprocessed draft pending unreviewed unverified"
    " notverified reliabilitynotverified minimumreliability unapproved notapproved unconfirmed needsreview"
    " inprogress waiting waitingforapproval onhold open fuzzy",
    "do-not-translate": "donottranslate dnt untranslatable nottranslatable nontranslatable readonly",
}
_STATUSES: dict[str, Status] = {word: status for status, words in _WORDS.items() for word in words.split()}


def status_of(word: str) -> Status | None:
    """The status that a word of another program means; None when the word is not known.

    >>> status_of("Obsolete"), status_of("standardizedTerm"), status_of("do-not-translate")
    ('forbidden', 'preferred', 'do-not-translate')
    """
    letters = re.sub(r"[^a-z]", "", word.casefold().removesuffix("-admn-sts"))
    return _STATUSES.get(letters) or _STATUSES.get(letters.removesuffix("term"))
