"""Units that mean the same as a text, whatever their words: the nearest by their sentence vectors.

1. A ``MeaningSearch`` has a model, and the vectors of each memory and language that was asked for (``text_vectors.py``).
   Whoever asks more than once keeps it: to load a model takes seconds.
2. ``alike`` makes the vector of a text, asks all memories for what is nearest, fetches the units, and passes over
   those that are gone.

A text may be in any language that the model knows: vectors of translations are near each other.

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> from tm.vectors import Plain
>>> bread = Plain(lambda texts: [[float("p" in text), float("v" in text)] for text in texts])
>>> store = open_store(":memory:", create=True)
>>> for source, target in (("Le pain", "O pão"), ("Le vin", "O vinho")):
...     _ = store.add([Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))])
>>> search = MeaningSearch(bread)
>>> (matches,) = alike([store], [Segment("pain")], Direction("fr", "pt"), search, minimum=50, limit=5)
>>> [(match.percent, match.target) for match in matches]
[(100, 'O pão')]
"""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING

from tm import bcp47
from tm.memory.memories import searchable
from tm.memory.text_vectors import TextVectors
from tm.model import Match
from tm.progress import unwatched
from tm.vectors import check_languages, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Segment
    from tm.progress import Progress
    from tm.store.protocol import Store, Stores
    from tm.vectors import Model


class MeaningSearch:
    """A model, and the vectors of each memory and language that was asked for. It belongs to one thread at a time.

    Attributes:
        model: makes vectors.
    """

    def __init__(self, vectors: str | Model) -> None:
        """Load the model.

        Args:
            vectors: what makes vectors, by its name (``tm.vectors.opened``) or open.

        Raises:
            MissingExtraError: what makes them is not installed.
            OptionError: there is no such model.
            FormatError: a file of vectors cannot be read.
        """
        self._name = vectors if isinstance(vectors, str) else ""
        self.model = opened(vectors) if isinstance(vectors, str) else vectors
        self._of_memories: dict[tuple[Store, str], TextVectors] = {}

    def of(self, store: Store, language: str) -> TextVectors:
        """The vectors of a memory in a language."""
        key = store, bcp47.base(language)
        if key not in self._of_memories:
            check_languages(self._name, [language])
            self._of_memories[key] = TextVectors(store, language, self.model)
        return self._of_memories[key]

    def missing(self, stores: Iterable[Store], language: str) -> int:
        """How many texts of memories have no vector yet, as far as that was asked for."""
        return sum(self.of(store, language).missing for store in stores)

    def follow(self, is_late: Callable[[], bool] = bool) -> bool:
        """Make the vectors that are missing, of all that was asked for; whether all are there now.

        Args:
            is_late: asked now and then; once it holds, the rest waits.
        """
        for vectors in self._of_memories.values():
            vectors.follow(is_late=is_late)
        return not any(vectors.missing for vectors in self._of_memories.values())

    def save(self) -> None:
        """Keep all vectors that were made."""
        for vectors in self._of_memories.values():
            vectors.save()


def alike(
    stores: Stores,
    queries: Iterable[Segment],
    direction: Direction,
    search: MeaningSearch,
    *,
    minimum: int,
    limit: int,
    within: Sequence[Store] = (),
    progress: Progress = unwatched,
    is_late: Callable[[], bool] = bool,
) -> Iterator[list[Match]]:
    """For each text the units whose source means the same: percent is the cosine of the vectors.

    Args:
        stores: a memory, or several that are searched as one.
        queries: the texts, in any language that the model knows.
        direction: from the language that is looked in, into that of the translations.
        search: has the vectors.
        minimum: the least percent.
        limit: at most so many units.
        within: the same memories as a search sees them that means some units only (``tm.store.meant``); none = all
            units. Vectors are those of all units all the same.
        progress: takes the texts of which vectors are made.
        is_late: asked now and then; once it holds, only what has a vector is looked in (``search.missing``
            says how many texts have none), and after the first text no more are looked up.

    Raises:
        FormatError: the memories lack one of the languages.
    """
    memories = searchable(stores, direction)
    memories_vectors = [search.of(store, direction.source) for store in memories]
    for number, query in enumerate(queries):
        if number and is_late():
            return
        vector = search.model.directions(search.model.parts([query.text]))[0]
        for vectors in memories_vectors:
            vectors.follow(progress, is_late)
        nearest = [vectors.nearest(vector, minimum / 100) for vectors in memories_vectors]
        by_store = (
            _matches(store, hits, direction) for store, hits in zip(within or memories, nearest, strict=True)
        )
        yield list(islice(heapq.merge(*by_store, key=lambda match: -match.percent), limit))


def _matches(store: Store, hits: Iterable[tuple[float, int]], direction: Direction) -> Iterator[Match]:
    """The units of hits that are there, in the languages asked for."""
    seen = set()
    for cosine, number in hits:
        unit = next(iter(store.fetch([number])), None)
        pair = unit and unit.pair(direction.source, direction.target)
        if unit and pair and (texts := (pair.source.text, pair.target.text)) not in seen:
            seen.add(texts)
            percent = min(100, round(100 * cosine))
            target = pair.target
            yield Match(
                unit,
                pair,
                percent,
                percent,
                target=target.text,
                codes=target.codes,
                number=number,
                memory=store.name,
            )
