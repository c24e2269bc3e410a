"""Parts of a text that stand in the memory: for each word the longest stretch from there that some unit has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.language import key_tokens, tokens
from tm.language.languages import language as language_of
from tm.memory.concordance import Passage, passages
from tm.model import Segment

if TYPE_CHECKING:
    from tm.memory.store import Store

LEAST = 2
"""Words to a part. One is a matter for a dictionary."""

MOST = 60
"""Tokens of a text that are looked at; who looks up a page does not want its parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that stands in the memory.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        length: in tokens.
        passage: the newest unit in which it stands, and where it stands there.
    """

    start: int
    end: int
    length: int
    passage: Passage


def subsegments(stores: Store | Sequence[Store], text: str, source: str, target: str) -> list[Part]:
    """The longest parts of a text that stand in the memory, the longest first; none lies within another one.

    A part has two words or more, not all of them function words. The text as a whole is no part of itself.

    Args:
        stores: a memory, or several, one after the other.
        text: in the source language; its first ``MOST`` tokens are looked at.
        source: language tag.
        target: the other; units without it are passed over.
    """
    memories = list(stores) if isinstance(stores, Sequence) else [stores]
    keys = key_tokens(Segment(text), source)[:MOST]
    places = tokens(text, source)
    found = [
        Part(places[start].start, places[end - 1].end, end - start, passage)
        for start, end, passage in _longest(memories, keys, source, target)
        if end - start < len(keys)
    ]
    return sorted(found, key=lambda part: -part.length)


def _longest(
    stores: list[Store], keys: list[str], source: str, target: str
) -> Iterator[tuple[int, int, Passage]]:
    """(first token, end, passage) of each longest stretch: what stands in a unit does so without its last token too, so
    that the end never goes back."""
    function_words = language_of(source).stop_words
    end, best = 0, None
    for start in range(len(keys)):
        grown = False
        end = max(end, min(start + LEAST, len(keys)) - 1)
        while end < len(keys):
            stretch = keys[start : end + 1]
            passage = next(passages(stores, stretch, source, target), None)
            if passage is None:
                break
            end, best, grown = end + 1, passage, True
        words = [key for key in keys[start:end] if key[:1].isalpha()]
        if grown and best and len(words) > 1 and not function_words.issuperset(words):
            yield start, end, best
