"""Parts of a text that stand in the memory: for each word the longest stretch from there that some unit has."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.language import key_tokens, tokens
from tm.language.languages import language_of
from tm.memory.concordance import Passage, passages
from tm.model import Segment

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.store.protocol import Store

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


def subsegments(stores: Store | Sequence[Store], text: str, direction: Direction) -> Iterator[Part]:
    """The longest parts of a text that stand in the memory, the longest first; none lies within another one.

    A part has two words or more, not all of them function words. The text as a whole is no part of itself.

    Args:
        stores: a memory, or several, one after the other.
        text: in the source language; its first ``MOST`` tokens are looked at.
        direction: from which language into which.
        target: the other; units without it are passed over.
    """
    memories = list(stores) if isinstance(stores, Sequence) else [stores]
    keys = key_tokens(Segment(text), direction.source)[:MOST]
    places = tokens(text, direction.source)
    for start, end, passage in _longest(memories, keys, direction):
        if end - start < len(keys):
            yield Part(places[start].start, places[end - 1].end, end - start, passage)


def _longest(
    stores: list[Store], keys: list[str], direction: Direction
) -> Iterator[tuple[int, int, Passage]]:
    """(first token, end, passage) of each stretch, the longest first.

    What the index has may be gone from the memory or lack the target; then the two stretches that are one shorter are tried.
    """
    function_words = language_of(direction.source).stop_words
    words = [key[:1].isalpha() for key in keys]
    content = [word and key not in function_words for key, word in zip(keys, words, strict=True)]
    seeds = [place for place, good in enumerate(content) if good]
    ends = [
        max(some)
        for some in zip(*(store.stretches(keys, direction.source, seeds) for store in stores), strict=True)
    ]
    waiting = [(start - end, start) for start, end in enumerate(ends)]
    heapq.heapify(waiting)
    found: list[tuple[int, int]] = []
    tried = set()
    while waiting:
        negative, start = heapq.heappop(waiting)
        end = start - negative
        within = any(first <= start and end <= last for first, last in found)
        if within or (start, end) in tried or sum(words[start:end]) < LEAST or not any(content[start:end]):
            continue
        tried.add((start, end))
        passage = next(passages(stores, keys[start:end], direction), None)
        if passage is None:
            heapq.heappush(waiting, (negative + 1, start))
            heapq.heappush(waiting, (negative + 1, start + 1))
        else:
            found.append((start, end))
            yield start, end, passage
