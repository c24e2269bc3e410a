"""A concept's terms, marked in its contexts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tm.language.pieces import pieces

if TYPE_CHECKING:
    from tm.language.pieces import Piece
    from tm.model import Concept
    from tm.terminology import Recogniser
    from tm.terminology.wording import Row


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


class SharedRows:
    """The words of sentences of one language, cut once: many terms of a glossary stand in the same sentence.

    >>> rows = SharedRows("fr")
    >>> rows["Du pain."] is rows["Du pain."]
    True
    """

    def __init__(self, language: str) -> None:
        """No sentence is cut yet."""
        self._language = language
        self._rows: dict[str, Row] = {}

    def __getitem__(self, text: str) -> Row:
        """The words of a sentence."""
        if text not in self._rows:
            from tm.terminology.wording import word_row

            self._rows[text] = word_row(text, self._language)
        return self._rows[text]


def marked(text: str, recogniser: Recogniser, rows: SharedRows | None = None) -> tuple[Piece, ...]:
    """A sentence cut into pieces, with the terms of the recogniser marked; all pieces joined are the
    sentence.

    >>> from tm.model import Concept, Term
    >>> from tm.terminology import Recogniser
    >>> marked("Les levains dorment.", Recogniser([Concept("1", (Term("levain", "fr"),))], "fr"))
    (('Les ', False), ('levains', True), (' dorment.', False))
    """
    terms = recogniser.recognise_words(rows[text]) if rows else recogniser.recognise(text)
    return pieces(text, [(term.start, term.end) for term in terms])
