"""From a segment to its matches: search by words, then percent, context, and what several translations mean.

1. ``find_all`` takes queries in batches; ``_Search.matches`` asks for equal texts (``exact.py``) where only these
   count, else each store for units with similar words (``_searched``).
2. ``_Search._ranking`` goes through the hits, best first, and stops when no later one can be better
   (``most_percent``). Of units with the query's words, many where these are one name or number, those come first
   that may rank highest (``most_alike``).
3. ``match_of`` makes a match of a unit: percent (``similarity.py``), the same context (``shared_context``),
   what its variety and its origin cost (``certainty.py``).
4. ``exact.certain`` makes those of units with the very same source: several translations make all of them
   uncertain.
5. ``ranking.py`` keeps the best matches in order; ``_Search._explained`` says what differs, and
   puts what is no word in the new text into the translation (``adaptation.py``).

>>> from tm.direction import Direction
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> def unit(source, target):
...     return Unit((Variant("fr", Segment(source)), Variant("pt", Segment(target))))
>>> with open_store(":memory:", create=True) as store:
...     units = [unit("Ouvrez la porte.", "Abra a porta."), unit("Fermez la porte.", "Feche a porta.")]
...     store.add(units).added
...     for match in find(store, Segment("Ouvrez la porte"), Direction("fr", "pt"), minimum=50):
...         print(match.percent, match.target, [(edit.stored, edit.new) for edit in match.edits])
2
99 Abra a porta. [('Ouvrez la porte', 'Ouvrez la porte'), ('.', '')]
65 Feche a porta. [('Fermez ', 'Ouvrez '), ('la porte', 'la porte'), ('.', '')]
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from tm.choices import check_count, check_percent
from tm.direction import Direction
from tm.memory.certainty import apart_of
from tm.memory.exact import Rival, certain, exact_matches, shared_context
from tm.memory.hits import AHEAD, Hits, Units
from tm.memory.memories import searchable
from tm.memory.query import Query
from tm.memory.ranking import Ranking, rank_of
from tm.memory.similarity import EQUAL_WORDS, edits, likeness, most_alike, same
from tm.model import Match, Segment
from tm.store import Texts
from tm.store.protocol import listed
from tm.store.tolerance import EPSILON
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.memory.hits import Hit
    from tm.memory.ranking import Rank
    from tm.model import Unit
    from tm.store.protocol import Store, Stores

BATCH = 1_000
"""Queries looked up together."""

FIRST, BELOW = 0.7, 0.65
"""When only the best match is wanted and the minimum is below ``BELOW``, search from ``FIRST`` first, and
lower only for queries without a match. A search from 0.7 takes a tenth of the time of one from 0.5
(``bench/ideas.py``)."""


SAME_TEXT = 100
"""The least percent of a unit that has the query's text, in whatever context."""


def find(
    stores: Stores,
    segment: Segment | str,
    direction: Direction | str,
    target: str = "",
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
        direction: from which language into which; or the source language's tag.
        target: with a tag: the other language's.
        minimum: the least percent, 1–100; 101 and 102 for the same context. Every unit that reaches it is
            found.
        limit: how many at most.
        previous: the segment before, for 101.
        identifier: the key its format gives it, for 101.

    Returns:
        By percent, then the asked variety before another one, a translation that is its source last; then by
        base, the same text before a similar one, the newest first. Units with the same texts show once.

    Raises:
        OptionError: the minimum is no percent, or the limit no count.
        FormatError: the memory lacks one of the languages; says which it has.

    >>> from tm.direction import Direction
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     find(store, Segment("oui"), Direction("fr", "pt"), minimum=170)
    Traceback (most recent call last):
    tm.errors.OptionError: minimum is 170; a percent from 1 to 102 was expected, such as 70
    """
    query = Query(Segment(segment) if isinstance(segment, str) else segment, previous, identifier)
    return next(find_all(stores, [query], direction, target, minimum=minimum, limit=limit))


def find_all(
    stores: Stores,
    segments: Iterable[Segment | Query],
    direction: Direction | str,
    target: str = "",
    *,
    minimum: int = 70,
    limit: int = 1,
    with_edits: bool = True,
) -> Iterator[list[Match]]:
    """``find`` for each of many segments, in order; they are taken as a stream and looked up many at a time.

    Without edits, which only those need who show them, matches have none and come sooner.
    """
    check_percent("minimum", minimum, highest=102)
    check_count("limit", limit)
    asked = Direction.of(direction, target)
    memories = listed(stores)
    search = _Search(memories, asked, minimum, limit, with_edits)
    stream = (segment if isinstance(segment, Query) else Query(segment) for segment in segments)
    is_served = False
    while batch := list(islice(stream, BATCH)):
        matches = [*search.matches(batch)]
        if not is_served and not all(matches):  # where all have matches the memories have the languages
            searchable(memories, asked)
        is_served = True
        yield from matches
    if not is_served:
        searchable(memories, asked)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is asked of the memories."""

    stores: list[Store]
    direction: Direction
    minimum: int
    limit: int
    with_edits: bool

    def matches(self, queries: list[Query]) -> Iterator[list[Match]]:
        """The best matches of each query. Only units with the very same text can be a match of 100 and more, and
        these are found without a search."""
        best: dict[int, list[Match]] = {}
        if self.minimum >= SAME_TEXT:
            exact = exact_matches(
                self.stores, queries, self.direction, self.limit, with_edits=self.with_edits
            )
            best = {
                number: [match for match in matches if match.percent >= self.minimum]
                for number, matches in enumerate(exact)
                if matches is not None
            }
        if len(best) < len(queries):
            best |= self._searched(queries, [number for number in range(len(queries)) if number not in best])
        return (best.get(number, []) for number in range(len(queries)))

    def _searched(self, queries: list[Query], numbers: list[int]) -> dict[int, list[Match]]:
        """The best matches of the queries of some numbers, which have any; a single match is looked for among the
        most similar units first."""
        texts = Texts([query.segment for query in queries], self.direction.source)
        base = self.minimum / 100 if self.minimum < EQUAL_WORDS else 1.0
        steps = [FIRST] if self.limit == 1 and base < BELOW else []
        best: dict[int, list[Match]] = {}
        units = Units(self.stores)
        for least in (*steps, base):
            open_queries = [number for number in numbers if number not in best]
            open_texts = texts.some(open_queries)
            hits_by_store = [store.similar(open_texts, self.direction.source, least) for store in self.stores]
            hits = [Hits.joined(hits) for hits in zip(*hits_by_store, strict=True)]
            units.fetch(hit for of_query in hits for hit in of_query.first(self.limit))
            for number, of_query in zip(open_queries, hits, strict=True):
                if not any(of_query):
                    continue
                ranking = self._ranking(queries[number], of_query, units)
                if least == base or ranking.is_full(most_percent(least)):
                    best[number] = self._explained(ranking, queries[number])
        return best

    def _ranking(self, query: Query, hits: Hits, units: Units) -> Ranking:
        """The best of what the stores found."""
        ranking = Ranking(self.limit, self.direction.target)
        exact: list[Rival] = []
        written_otherwise: list[Rival] = []
        for hit in hits.equal:
            if rival := self._rival(hit, units.unit(hit)):
                if same(rival.pair.source, query.segment):
                    exact.append(rival)
                else:
                    written_otherwise.append(rival)
        for match in certain(exact, query, self.direction):
            ranking.offer(match)
        if not ranking.is_full(100):
            for rival in written_otherwise:
                ranking.place(rival.pair)
            highest = [(self._most(rival, query), rival) for rival in written_otherwise]
            for percent, rival in sorted(highest, key=itemgetter(0), reverse=True):
                if ranking.is_full(percent + 1):
                    break
                if not ranking.excludes(rival.pair, self._highest_rank(rival, percent)):
                    ranking.offer(self._match(rival, query))
        for index, hit in enumerate(hits.others):
            if ranking.is_full(most_percent(hit.base)):
                break
            if rival := self._rival(hit, units.unit(hit, hits.others[index + 1 : index + AHEAD])):
                ranking.offer(self._match(rival, query))
        return ranking

    def _rival(self, hit: Hit, unit: Unit | None) -> Rival | None:
        """The unit of a hit; None when it is gone, or lacks a language."""
        pair = unit and unit.pair(self.direction.source, self.direction.target)
        return Rival(hit.unit, self.stores[hit.store].name, unit, pair) if unit and pair else None

    def _most(self, rival: Rival, query: Query) -> int:
        return most_alike(rival.pair.source, query.segment, self.direction.source)

    def _highest_rank(self, rival: Rival, most: int) -> Rank:
        """The highest rank of a unit with the query's words whose text has this percent at most."""
        percent, apart = apart_of(rival.unit, most, self.direction)
        figures = percent, 100, 100 - most
        return rank_of(rival.unit, rival.pair, figures, apart, self.direction.target)

    def _match(self, rival: Rival, query: Query) -> Match:
        return _match(rival, query, self.direction)

    def _explained(self, ranking: Ranking, query: Query) -> list[Match]:
        """The best that reach the minimum, with their translations adapted, and their edits if asked for."""
        best = [match for match in ranking.best() if match.percent >= self.minimum]
        with_edits = explained if self.with_edits else adapted
        return [with_edits(match, query.segment, self.direction) for match in best]


def most_percent(base: float) -> int:
    """The most percent that a unit with other words can have.

    >>> most_percent(0.7), most_percent(0.99)
    (70, 94)
    """
    return min(EQUAL_WORDS - 1, int(100 * base + EPSILON))


def match_of(
    unit: Unit, query: Query, direction: Direction, *, number: int = 0, memory: str = ""
) -> Match | None:
    """The match of a unit for a query, without its edits, its translation as it is stored; None when the unit
    lacks one of the languages.

    The number and the memory are the unit's.

    >>> from tm.direction import Direction
    >>> from tm.model import Annotation, Unit, Variant
    >>> pair = Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))
    >>> unit = Unit(pair, annotations=(Annotation("prop", "machine", "x-origin"),))
    >>> match = match_of(unit, Query(Segment("oui")), Direction("fr", "pt"))
    >>> match.percent, match.penalties
    (90, (('machine', 10),))
    """
    pair = unit.pair(direction.source, direction.target)
    return None if pair is None else _match(Rival(number, memory, unit, pair), query, direction)


def _match(rival: Rival, query: Query, direction: Direction) -> Match:
    number, memory, unit, pair = rival
    alike = likeness(pair.source, query.segment, direction.source)
    percent = alike.percent
    if percent == 100:
        percent += shared_context(unit, query)
    percent, apart = apart_of(unit, percent, direction)
    return Match(
        unit,
        pair,
        percent,
        alike.base,
        (*alike.penalties, *apart),
        target=pair.target.text,
        codes=pair.target.codes,
        number=number,
        memory=memory,
    )


def explained(match: Match, new: Segment, direction: Direction) -> Match:
    """The match with its edits, and with what is no word in the new text put into its translation.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Unit
    >>> match = Match(Unit(()), Pair(Segment("Page 1"), Segment("Página 1")), 98, 100, (("numbers", 2),))
    >>> match = explained(match, Segment("Page 2"), Direction("fr", "pt"))
    >>> match.target, [(edit.stored, edit.new) for edit in match.edits]
    ('Página 2', [('Page ', 'Page '), ('1', '2')])
    """
    return replace(adapted(match, new, direction), edits=edits(match.pair.source, new, direction.source))


def adapted(match: Match, new: Segment, direction: Direction) -> Match:
    """The match with what is no word in the new text put into its translation.

    >>> from tm.direction import Direction
    >>> from tm.model import Pair, Unit
    >>> match = Match(Unit(()), Pair(Segment("Page 1"), Segment("Página 1")), 98, 100, (("numbers", 2),))
    >>> adapted(match, Segment("Page 2"), Direction("fr", "pt")).target
    'Página 2'
    """
    pair = match.pair
    has_codes = new.codes or pair.source.codes or pair.target.codes
    if not match.penalties and not has_codes and not any(map(str.isdigit, new.text)):
        return match
    alike = likeness(pair.source, new, direction.source)
    if alike.percent == 100 or not (alike.changes or has_codes or any(map(str.isdigit, new.text))):
        return match
    from tm.memory.adaptation import adapt  # most matches need nothing of it

    made = adapt(pair, new, alike.changes, direction)
    return replace(
        match,
        target=made.target.text,
        codes=made.target.codes,
        adapted=bool(made.adapted),
        adaptations=made.adapted,
        unadapted=made.unadapted,
    )
