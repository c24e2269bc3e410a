"""How much of a job the memory knows already: each segment's best match, in the bands that translators are paid by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import language
from tm.memory import Query, find, find_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tm.memory import Store
    from tm.model import Match, Pair, Segment

BANDS = ("102", "101", "100", "repetitions", "95–99", "85–94", "75–84", "50–74", "new")
"""Of matches by percent, best first. A repetition is a segment that the job had before and the memory has not at 100."""

_FEW, _ALL = 4, 1000
LEAST = 50
"""Percent below which the words two segments share are chance."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory knows of one segment of a job.

    Attributes:
        match: the best, None below ``LEAST``.
        band: one of ``BANDS``.
        references: when the memory has this very source (keys equal), all its translations of it, best first; else ().
    """

    match: Match | None
    band: str
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandCount:
    """How much of the job lies in a band: segments, words and characters of the source."""

    band: str
    segments: int = 0
    words: int = 0
    characters: int = 0


def look_up(
    job: Sequence[Pair], store: Store, source: str, target: str, *, own: Collection[str] = ()
) -> list[Known]:
    """What the memory knows of each segment.

    Args:
        job: the pairs in order; the segment before each is its context.
        store: the memory.
        source: language tag.
        target: likewise.
        own: names of the job's own files, without folders: units that came from them (``x-document``) are passed over.
    """
    queries = [
        Query(pair.source, before.source.text if before else "")
        for before, pair in zip([None, *job[:-1]], job, strict=True)
    ]
    seen: set[str] = set()
    known = []
    for query, found in zip(queries, _search(store, queries, source, target), strict=True):
        key = language.key(query.segment, source)
        matches = [match for match in found if file_name(match.unit.property("x-document")) not in own]
        same = [
            match
            for match in matches
            if language.key(match.pair.source, source) == key and _numbers_fit(match)
        ]
        best = matches[0] if matches else None
        band = _band(best.percent if best else 0, repeated=key in seen)
        known.append(Known(best, band, tuple(dict.fromkeys(language.nfc(match.target) for match in same))))
        seen.add(key)
    return known


def file_name(path: str) -> str:
    """The last part of a path of any system.

    >>> file_name("jobs/new.tsv"), file_name("jobs\\\\new.tsv")
    ('new.tsv', 'new.tsv')
    """
    return path.replace("\\", "/").rpartition("/")[2]


def _search(store: Store, queries: Sequence[Query], source: str, target: str) -> Iterator[list[Match]]:
    """The best few matches of each; where all of them have the very words of the source, all such."""
    first = find_all(store, queries, source, target, minimum=LEAST, limit=_FEW)
    for query, matches in zip(queries, first, strict=True):
        if len(matches) == _FEW and matches[-1].base == 100:
            yield find(
                store,
                query.segment,
                source,
                target,
                minimum=LEAST,
                limit=_ALL,
                previous=query.previous,
            )
        else:
            yield matches


def _numbers_fit(match: Match) -> bool:
    return match.adapted or "numbers" not in dict(match.penalties)


def _band(percent: int, *, repeated: bool) -> str:
    if percent >= 100:
        return str(percent)
    if repeated:
        return "repetitions"
    return next((band for least, band in _LEAST_OF_BANDS if percent >= least), "new")


_LEAST_OF_BANDS = ((95, "95–99"), (85, "85–94"), (75, "75–84"), (LEAST, "50–74"))


def count_bands(segments: Iterable[Segment], bands: Iterable[str], source: str) -> tuple[BandCount, ...]:
    """Every band with what lies in it, empty ones too.

    Args:
        segments: of the job, in the source language.
        bands: of each.
        source: language tag.

    >>> from tm.model import Segment
    >>> count_bands([Segment("Deux mots"), Segment("Non")], ["100", "new"], "fr")[2]
    BandCount(band='100', segments=1, words=2, characters=9)
    """
    totals = {band: [0, 0, 0] for band in BANDS}
    for segment, band in zip(segments, bands, strict=True):
        sizes = (1, len(language.words(segment.text, source)), len(segment.text))
        totals[band] = [sum(both) for both in zip(totals[band], sizes, strict=True)]
    return tuple(BandCount(band, *total) for band, total in totals.items())
