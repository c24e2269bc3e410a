"""A text cut at places in it, so that they can be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Piece = tuple[str, bool]
"""Some text, and whether it is to be marked."""


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text in pieces, those in the spans marked; all pieces joined are the text.

    Args:
        text: any.
        spans: the first offset and the one after the last, in any order; where two overlap, both are one
            mark.

    >>> pieces("Avec 50 g", [(5, 7)])
    (('Avec ', False), ('50', True), (' g', False))
    >>> pieces("oui", [])
    (('oui', False),)
    """
    return tuple(_pieces(text, sorted(spans)))


def _pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in spans:
        if end <= max(start, done):
            continue
        if start > done:
            yield text[done:start], False
        yield text[max(start, done) : end], True
        done = end
    if done < len(text):
        yield text[done:], False
