"""What the memory has of each segment of a job: the best match, its band, and all translations of the very
same source.

1. ``look_up`` makes a query of each segment, with the segment before it as its context.
2. ``_search`` finds the best few matches; where all of them have the segment's words, it finds all such
   units.
3. The references are the translations of the very same source, adapted (``_is_adapted``).

>>> from tm.direction import Direction
>>> from tm.model import Pair, Segment, Unit, Variant
>>> from tm.store import open_store
>>> job = [Pair(Segment("Oui."), Segment("Sim.")), Pair(Segment("Le pont dort."), Segment("A ponte dorme."))]
>>> with open_store(":memory:", create=True) as store:
...     store.add([Unit((Variant("fr", Segment("OUI.")), Variant("pt", Segment("Pois."))))]).added
...     [(known.band, known.in_memory) for known in look_up(job, store, Direction("fr", "pt"))]
1
[('95–99', ('Pois.',)), ('new', ())]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.memory import Query, find, find_all
from tm.memory.leverage import LEAST, Repetitions, band
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Match, Pair, Segment
    from tm.progress import Progress
    from tm.store import Store

_FEW, _ALL = 4, 1000
"""Matches of a segment that are looked at: most sources have fewer than four translations; of a source with
more, all are references, up to the second number."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory knows of one segment of a job.

    Attributes:
        match: the best match, None below ``LEAST`` percent.
        band: one of ``tm.memory.leverage.BANDS``.
        in_memory: when the memory has this very source (keys equal), all its translations of it, best first;
            else (). Those in another variety only when there is none in the asked one.
        rivals: the matches with these translations; else those with the best match's source.
        given: references from elsewhere, () for none; None when the memory's translations are the references.
    """

    match: Match | None
    band: str
    in_memory: tuple[str, ...] = ()
    rivals: tuple[Match, ...] = ()
    given: tuple[str, ...] | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """What the headline compares the translation with."""
        return self.in_memory if self.given is None else self.given


def look_up(
    job: Sequence[Pair], store: Store, direction: Direction, progress: Progress = unwatched
) -> list[Known]:
    """What the memory knows of each segment.

    Args:
        job: the pairs in order; the segment before each is its context.
        store: the memory.
        direction: from which language into which.
        progress: takes the segments as they are looked up, and their number.
    """
    queries = [
        Query(pair.source, before.source.text if before else "")
        for before, pair in zip([None, *job], job, strict=False)
    ]
    repetitions = Repetitions()
    results = []
    searched = zip(job, queries, _search(store, queries, direction), strict=True)
    for pair, query, matches in progress(searched, len(job)):
        same = _with_the_source(query.segment, matches, direction)
        in_asked_variety = [match for match in same if "variety" not in dict(match.penalties)]
        best = matches[0] if matches else None
        rivals = (in_asked_variety or same) if same else _with_the_same_source(matches)
        repeated = repetitions.take(pair.source, pair.document)
        in_memory = tuple(dict.fromkeys(language.nfc(match.target) for match in rivals)) if same else ()
        results.append(Known(best, band(best.percent if best else 0, repeated), in_memory, tuple(rivals)))
    return results


def _with_the_source(source: Segment, matches: Sequence[Match], direction: Direction) -> list[Match]:
    """The matches whose source is this one (keys equal)."""
    key = language.key(source, direction.source) if matches else ""
    return [
        match
        for match in matches
        if language.key(match.pair.source, direction.source) == key and _is_adapted(match)
    ]


def _search(store: Store, queries: Sequence[Query], direction: Direction) -> Iterator[list[Match]]:
    """The best few matches of each query; where all of these have the query's words, all such matches."""
    first = find_all(store, queries, direction, minimum=LEAST, limit=_FEW)
    for query, matches in zip(queries, first, strict=True):
        if len(matches) == _FEW and matches[-1].base == 100:
            yield find(
                store,
                query.segment,
                direction,
                minimum=LEAST,
                limit=_ALL,
                previous=query.previous,
            )
        else:
            yield matches


def _with_the_same_source(matches: Sequence[Match]) -> list[Match]:
    """The best match and the memory's other translations of its source."""
    return [match for match in matches if match.pair.source.text == matches[0].pair.source.text]


def _is_adapted(match: Match) -> bool:
    """Whether all that is no word in the new text stands in the translation; codes are no part of a text."""
    return set(match.unadapted) <= {"codes"}
