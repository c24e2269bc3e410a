"""From a segment to its matches: search by words, then percent, context, and what several translations mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from tm.direction import Direction
from tm.language import fold, key_tokens, nfc
from tm.memory.adaptation import adapted_numbers
from tm.memory.similarity import EQUAL_WORDS, KINDS, edits, likeness
from tm.model import Match, Segment
from tm.store import records

if TYPE_CHECKING:
    from tm.model import Unit
    from tm.store.protocol import Store

ORIGIN_PENALTIES = {"aligned": 1, "unreviewed": 2, "machine": 10}
"""What a unit loses by how it was made (``x-origin``), after everything else."""

BATCH = 1_000
"""Queries looked up together."""

FIRST, BELOW = 0.7, 0.65
"""The base that is tried first by who wants the best match alone from below the other: a search from 0.7 takes a tenth of the
time of one from 0.5 (``bench/ideas.py``)."""


@dataclass(frozen=True, slots=True)
class Query:
    """A segment to look up, with its context where that is known.

    Attributes:
        segment: the text.
        previous: the segment before it.
        identifier: the key its format gives it (msgctxt, a resource's id).
    """

    segment: Segment
    previous: str = ""
    identifier: str = ""


def find(
    stores: Store | Sequence[Store],
    segment: Segment,
    direction: Direction,
    *,
    minimum: int = 70,
    limit: int = 5,
    previous: str = "",
    identifier: str = "",
) -> list[Match]:
    """The units that resemble a segment, best first.

    Args:
        stores: a memory, or several that are searched as one.
        segment: what to look up.
        direction: from which language into which.
        minimum: the least percent, 1–100. Every unit that reaches it is found.
        limit: how many at most.
        previous: the segment before, for 101.
        identifier: the key its format gives it, for 101.

    Returns:
        By percent, then base, the same text before a similar one, the newest first. Units with the same texts show once.
    """
    query = Query(segment, previous, identifier)
    return next(find_all(stores, [query], direction, minimum=minimum, limit=limit))


def find_all(
    stores: Store | Sequence[Store],
    segments: Iterable[Segment | Query],
    direction: Direction,
    *,
    minimum: int = 70,
    limit: int = 1,
) -> Iterator[list[Match]]:
    """``find`` for each of many segments, in order; they are taken as a stream and looked up many at a time."""
    memories = list(stores) if isinstance(stores, Sequence) else [stores]
    search = _Search(memories, direction.source, direction.target, minimum, limit)
    stream = (segment if isinstance(segment, Query) else Query(segment) for segment in segments)
    while batch := list(islice(stream, BATCH)):
        yield from search.matches(batch)


@dataclass(frozen=True)
class _Search:
    stores: list[Store]
    source: str
    target: str
    minimum: int
    limit: int

    def matches(self, queries: list[Query]) -> Iterator[list[Match]]:
        """The best matches of each query.

        Who wants one match only often has it from a higher base, where a search is quicker.
        """
        keys = [key_tokens(query.segment, self.source) for query in queries]
        base = min(max(self.minimum, 1), 100) / 100 if self.minimum < EQUAL_WORDS else 1.0
        steps = [FIRST] if self.limit == 1 and base < BELOW else []
        best: dict[int, list[Match]] = {}
        for least in (*steps, base):
            left = [number for number in range(len(queries)) if number not in best]
            found = [
                store.similar([keys[number] for number in left], self.source, least) for store in self.stores
            ]
            for number, *hits in zip(left, *found, strict=True):
                ranking = self._ranking(queries[number], hits) if any(hits) else _Ranking(self.limit)
                if least == base or ranking.full(_bound(least)):
                    best[number] = self._told(ranking, queries[number])
        return (best[number] for number in range(len(queries)))

    def _ranking(self, query: Query, hits: Sequence[list[tuple[float, int]]]) -> _Ranking:
        """The best of what each store found; each list is best first."""
        ranking = _Ranking(self.limit)
        merged = [(likeness, store, number) for store, some in enumerate(hits) for likeness, number in some]
        if len(hits) > 1:
            merged.sort(key=lambda hit: -hit[0])
        equal = [hit for hit in merged if hit[0] == 1.0]
        for found in decided([match for hit in equal for match in self._match(query, hit)]):
            ranking.offer(found)
        for hit in merged[len(equal) :]:
            if ranking.full(_bound(hit[0])):
                break
            for match in self._match(query, hit):
                ranking.offer(match)
        return ranking

    def _told(self, ranking: _Ranking, query: Query) -> list[Match]:
        """The best that reach the minimum, with their edits."""
        best = [match for match in ranking.best() if match.percent >= self.minimum]
        return [replace(match, edits=edits(match.pair.source, query.segment, self.source)) for match in best]

    def _match(self, query: Query, hit: tuple[float, int, int]) -> Iterator[Match]:
        for unit in self.stores[hit[1]].fetch([hit[2]]):
            match = match_of(unit, query, Direction(self.source, self.target))
            if match is not None:
                yield match


def _bound(base: float) -> int:
    """The most percent that a unit with other words can have."""
    return min(EQUAL_WORDS - 1, int(100 * base + 1e-9))


def match_of(unit: Unit, query: Query, direction: Direction) -> Match | None:
    """What a unit is worth for a query, without its edits; None when it lacks one of the languages."""
    pair = unit.pair(direction.source, direction.target)
    if pair is None:
        return None
    found = likeness(pair.source, query.segment, direction.source)
    percent, penalties = found.percent, found.penalties
    if percent == 100:
        percent += _shared_context(unit, query)
    lost = ORIGIN_PENALTIES.get(unit.property(records.ORIGIN), 0)
    if lost:
        percent = max(0, percent - lost)
        penalties = (*penalties, (unit.property(records.ORIGIN), lost))
    proposal = adapted_numbers(pair, found.numbers, direction)
    return Match(
        unit,
        pair,
        percent,
        found.base,
        penalties,
        target=(proposal or pair.target).text,
        adapted=proposal is not None,
    )


def _shared_context(unit: Unit, query: Query) -> int:
    before, key = records.context(unit)
    same_before = bool(before and query.previous) and fold(before) == fold(query.previous)
    return same_before + bool(key and key == query.identifier)


def decided(matches: list[Match]) -> list[Match]:
    """Where the same text has several translations none is certain: 99, unless the context decides for one.

    Args:
        matches: all of one query whose words are the same.
    """
    if len(matches) < 2:
        return matches
    exact = [match for match in matches if _text_percent(match) >= 100]
    top = max(map(_text_percent, exact), default=0)
    translations = {nfc(match.pair.target.text) for match in exact}
    best = {nfc(match.pair.target.text) for match in exact if _text_percent(match) == top}
    if len(translations) < 2:
        return matches
    certain = next(iter(best)) if top > 100 and len(best) == 1 else None
    return [
        match
        if _text_percent(match) < 100 or nfc(match.pair.target.text) == certain
        else replace(
            match,
            percent=match.percent - (_text_percent(match) - 99),
            penalties=(("several translations", _text_percent(match) - 99), *match.penalties),
        )
        for match in matches
    ]


def _text_percent(match: Match) -> int:
    """The percent before the penalty by origin."""
    return match.percent + sum(lost for kind, lost in match.penalties if kind in ORIGIN_PENALTIES)


class _Ranking:
    """The best matches so far, each pair of texts once."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.found: dict[tuple[Segment, Segment], Match] = {}

    def offer(self, match: Match) -> None:
        texts = match.pair.source, match.pair.target
        known = self.found.get(texts)
        if known is None or _rank(match) > _rank(known):
            self.found[texts] = match

    def full(self, bound: int) -> bool:
        """Whether a match of at most this percent, offered after all so far, would come too late."""
        return len(self.found) >= self.limit and self.best()[-1].percent >= bound

    def best(self) -> list[Match]:
        return sorted(self.found.values(), key=_rank, reverse=True)[: self.limit]


def _rank(match: Match) -> tuple[int, int, int, str]:
    """Of equals the one offered first goes first: matches are offered by base, then the last added first.

    Dates decide where the words are the same, and only there: all of these are offered, of the others only some.
    """
    unlike = sum(lost for kind, lost in match.penalties if kind in KINDS)
    dates = dict(match.unit.attributes) if match.base == 100 else {}
    return match.percent, match.base, -unlike, dates.get("changedate") or dates.get("creationdate") or ""
