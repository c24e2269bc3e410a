"""A concept's terms found again in its contexts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.language import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Term

Piece = tuple[str, bool]
"""Some text, and whether it is a term."""


def marked(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """A sentence cut into pieces, those that are one of the terms (all of one language) marked; joined they are the text.

    >>> from tm.model import Term
    >>> marked("Le levain dort.", [Term("levain", "fr")])
    (('Le ', False), ('levain', True), (' dort.', False))
    """
    return tuple(_pieces(text, _spans(text, terms)))


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if start > done:
            yield text[done:start], False
        yield text[start:end], True
        done = end
    if done < len(text):
        yield text[done:], False


def _spans(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms stand, in order; of those that overlap the longest."""
    if not terms:
        return []
    found = tokens(text, terms[0].language)
    keys = [fold(token.text) for token in found]
    wanted = sorted(
        ([fold(token.text) for token in tokens(term.text, term.language)] for term in terms),
        key=len,
        reverse=True,
    )
    spans, at = [], 0
    while at < len(keys):
        length = next((len(term) for term in wanted if term and keys[at : at + len(term)] == term), 0)
        if length:
            spans.append((found[at].start, found[at + length - 1].end))
        at += length or 1
    return spans
