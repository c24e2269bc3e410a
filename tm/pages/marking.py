"""A concept's terms, marked in its contexts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm.language.pieces import pieces

if TYPE_CHECKING:
    from tm.language.pieces import Piece
    from tm.model import Concept
    from tm.terminology import Recogniser


def findable(concept: Concept) -> Concept:
    """The concept with its rejected terms as candidates, so that they are marked too.

    >>> from tm.model import Term
    >>> from tm.model import Concept
    >>> [term.status for term in findable(Concept("1", (Term("pain", "fr", status="rejected"),))).terms]
    ['candidate']
    """
    if all(term.status != "rejected" for term in concept.terms):
        return concept
    terms = (
        replace(term, status="candidate" if term.status == "rejected" else term.status)
        for term in concept.terms
    )
    return replace(concept, terms=tuple(terms))


def marked(text: str, recogniser: Recogniser) -> tuple[Piece, ...]:
    """A sentence cut into pieces, with the terms of the recogniser marked; all pieces joined are the
    sentence.

    >>> from tm.model import Concept, Term
    >>> from tm.terminology import Recogniser
    >>> marked("Les levains dorment.", Recogniser([Concept("1", (Term("levain", "fr"),))], "fr"))
    (('Les ', False), ('levains', True), (' dorment.', False))
    """
    return pieces(text, [(term.start, term.end) for term in recogniser.recognise(text)])
