"""Parts of a text that stand in the memory: for each word the longest stretch from there that some unit has.

1. ``subsegments`` makes key tokens of the text's words; marks count nothing.
2. ``_longest`` asks the stores how far each stretch goes (``Store.stretches``) and takes the longest first.
3. It looks the stretch up (``concordance.passages``); where no unit has it any more, it tries the two that
   are one token shorter. What lies within a part is passed over.

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> store = open_store(":memory:", create=True)
>>> variants = Variant("fr", Segment("Le vieux pont dort.")), Variant("pt", Segment("A velha ponte dorme."))
>>> store.add([Unit(variants)]).added
1
>>> text = "Sous le vieux pont coule la Seine"
>>> [text[part.start : part.end] for part in subsegments(store, text, Direction("fr", "pt"))]
['le vieux pont']
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from tm.language import keyed
from tm.language.keys import WORDS
from tm.language.languages import language_of
from tm.memory.concordance import Passage, passages
from tm.memory.memories import searchable
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.store.protocol import Store, Stores

LEAST = 2
"""Words of a part at least. A single word is a matter for a dictionary."""

MOST = 60
"""Words of a text that are looked at: of a whole page nobody wants the parts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that stands in the memory.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        length: in words.
        passage: the newest unit in which it stands, and where it stands there.
    """

    start: int
    end: int
    length: int
    passage: Passage


def subsegments(stores: Stores, text: str, direction: Direction) -> Iterator[Part]:
    """The longest parts of a text that stand in the memory, the longest first; none lies within another one.

    A part has two words or more, not all of them function words. The text as a whole is no part of itself.

    Args:
        stores: a memory, or several, one after the other.
        text: in the source language; its first ``MOST`` words are looked at.
        direction: from which language into which; units without one of them are passed over.

    Raises:
        FormatError: the memory lacks one of the languages; says which it has.
    """
    memories = searchable(stores, direction)
    words = [token for token in keyed(text, direction.source) if token.kind in WORDS][:MOST]
    for start, end, passage in _longest(memories, [word.key for word in words], direction):
        if end - start < len(words):
            yield Part(words[start].start, words[end - 1].end, end - start, passage)


def _longest(
    stores: list[Store], keys: list[str], direction: Direction
) -> Iterator[tuple[int, int, Passage]]:
    """(first token, end, passage) of each stretch, the longest first.

    A unit of the index may be gone from the memory or lack the target language: then the two stretches that
    are one token shorter are tried.
    """
    function_words = language_of(direction.source).stop_words
    is_word = [key[:1].isalpha() for key in keys]
    has_content = [word and key not in function_words for key, word in zip(keys, is_word, strict=True)]
    seeds = [position for position, has in enumerate(has_content) if has]
    ends_by_store = [store.stretches(keys, direction.source, seeds) for store in stores]
    ends = list(map(max, zip(*ends_by_store, strict=True)))
    waiting = [(start - end, start) for start, end in enumerate(ends)]
    heapq.heapify(waiting)
    parts: list[tuple[int, int]] = []
    tried = set()
    while waiting:
        negative, start = heapq.heappop(waiting)
        end = start - negative
        within = any(first <= start and end <= last for first, last in parts)
        if (
            within
            or (start, end) in tried
            or sum(is_word[start:end]) < LEAST
            or not any(has_content[start:end])
        ):
            continue
        tried.add((start, end))
        passage = next(passages(stores, keys[start:end], direction), None)
        if passage is None:
            heapq.heappush(waiting, (negative + 1, start))
            heapq.heappush(waiting, (negative + 1, start + 1))
        else:
            parts.append((start, end))
            yield start, end, passage
