"""What other programs say of a term, as one of our statuses; also in French, Portuguese, Spanish, German, Italian.

Read are the words of TBX (``administrativeStatus``, ``normativeAuthorization``, ``processStatus``) and of
TermWeb, MultiTerm, IATE, Weblate, Crowdin, memoQ, Lokalise, however they are written: ``Not recommended``,
``notRecommended`` and ``not_recommended`` are one word.

>>> [status_of(word) for word in ("preferredTerm-admn-sts", "Not recommended", "Under discussion", "oui")]
['preferred', 'forbidden', 'candidate', None]
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tm.model import Status

_WORDS: dict[Status, str] = {
    "preferred": "preferred standardized standardised legal regulated recommended prefere preferentiel privilegie"
    " recommande aprivilegier preferido preferencial preferente recomendado bevorzugt vorzugsbenennung vorzugsterm preferito",
    "approved": "approved admitted accepted acceptable allowed permitted valid validated verified final finalized"
    " finalised active reviewed released reliable veryreliable approuve valide accepte admis"
    " aprovado validado aceito admitido aprobado aceptado genehmigt freigegeben zulassig erlaubt approvato",
    "forbidden": "forbidden deprecated superseded notrecommended obsolete donotuse dontuse nottobeused prohibited"
    " banned blacklisted disallowed notallowed notpermitted avoid outdated negative"
    " interdit proscrit aeviter deconseille perime nepasutiliser proibido desaconselhado naousar evitar obsoleto"
    " prohibido desaconsejado nousar verboten unzulassig veraltet nichtverwenden vermeiden vietato sconsigliato",
    "rejected": "rejected declined refused invalid notaterm noterm rejete refuse rejeitado recusado rechazado abgelehnt"
    " rifiutato",
    "candidate": "candidate new proposed proposal suggested suggestion underreview inreview toreview review"
    " underdiscussion provisional provisionallyprocessed unprocessed draft pending unreviewed unverified"
    " notverified reliabilitynotverified minimumreliability unapproved notapproved unconfirmed needsreview"
    " inprogress waiting waitingforapproval onhold open fuzzy candidat propose brouillon"
    " arevoir provisoire nonvalide candidato proposto rascunho emrevisao provisorio propuesto borrador pendiente pendente"
    " kandidat vorgeschlagen entwurf vorschlag vorlaufig proposta bozza",
    "do-not-translate": "donottranslate dnt untranslatable nottranslatable nontranslatable readonly"
    " nepastraduire naotraduzir notraducir nichtubersetzen",
}
_STATUSES: dict[str, Status] = {word: status for status, words in _WORDS.items() for word in words.split()}

RELIABILITY: dict[str, Status] = {
    **dict.fromkeys(("1", "2"), "candidate"),
    **dict.fromkeys(("3", "4"), "approved"),
}
"""IATE's codes: not verified, minimum reliability, reliable, very reliable."""


@functools.lru_cache(maxsize=1 << 12)  # it is asked about texts too
def status_of(word: str) -> Status | None:
    """The status that a word of another program means; None when the word is not known.

    >>> status_of("Obsolete"), status_of("standardizedTerm"), status_of("do-not-translate"), status_of("À éviter")
    ('forbidden', 'preferred', 'do-not-translate', 'forbidden')
    """
    plain = unicodedata.normalize("NFD", word.casefold().removesuffix("-admn-sts"))
    letters = re.sub(r"[^a-z]", "", plain)
    return _STATUSES.get(letters) or _STATUSES.get(letters.removesuffix("term"))
