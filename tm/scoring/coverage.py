"""What the memory has of each segment of a job: the best match, its band, and all translations of the very same source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.memory import Query, find, find_all
from tm.memory.leverage import LEAST, Repetitions, band

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tm.direction import Direction
    from tm.model import Match, Pair
    from tm.store import Store

_FEW, _ALL = 4, 1000


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory knows of one segment of a job.

    Attributes:
        match: the best, None below ``LEAST``.
        band: one of ``tm.memory.leverage.BANDS``.
        references: when the memory has this very source (keys equal), all its translations of it, best first; else ().
    """

    match: Match | None
    band: str
    references: tuple[str, ...] = ()


def look_up(
    job: Sequence[Pair], store: Store, direction: Direction, *, own: Collection[str] = ()
) -> list[Known]:
    """What the memory knows of each segment.

    Args:
        job: the pairs in order; the segment before each is its context.
        store: the memory.
        direction: from which language into which.
        own: names of the job's own files, without folders: units that came from them (``x-document``) are passed over.
    """
    queries = [
        Query(pair.source, before.source.text if before else "")
        for before, pair in zip([None, *job], job, strict=False)
    ]
    repetitions = Repetitions()
    known = []
    for pair, query, found in zip(job, queries, _search(store, queries, direction), strict=True):
        key = language.key(query.segment, direction.source)
        matches = [match for match in found if file_name(match.unit.property("x-document")) not in own]
        same = [
            match
            for match in matches
            if language.key(match.pair.source, direction.source) == key and _numbers_fit(match)
        ]
        best = matches[0] if matches else None
        repeated = repetitions.take(pair.source, pair.document)
        references = tuple(dict.fromkeys(language.nfc(match.target) for match in same))
        known.append(Known(best, band(best.percent if best else 0, repeated), references))
    return known


def file_name(path: str) -> str:
    """The last part of a path of any system.

    >>> file_name("jobs/new.tsv"), file_name("jobs\\\\new.tsv")
    ('new.tsv', 'new.tsv')
    """
    return path.replace("\\", "/").rpartition("/")[2]


def _search(store: Store, queries: Sequence[Query], direction: Direction) -> Iterator[list[Match]]:
    """The best few matches of each; where all of them have the very words of the source, all such."""
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


def _numbers_fit(match: Match) -> bool:
    return match.adapted or "numbers" not in dict(match.penalties)
