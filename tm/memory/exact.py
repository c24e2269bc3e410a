"""Matches of 100 and more: units that have the very text of a query, which a memory finds without a search.

1. ``certain`` makes matches of such units, all together: several translations make each other uncertain.
2. ``exact_matches`` asks the stores that find equal texts at once (``tm.store.protocol.Exact``), for many queries at a
   time.

>>> from tm.direction import Direction
>>> from tm.memory.query import Query
>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> unit = Unit((Variant("fr", Segment("Oui.")), Variant("pt", Segment("Sim."))))
>>> queries = [Query(Segment(text)) for text in ("Oui.", "oui !", "!")]
>>> with open_store(":memory:", create=True) as store:
...     store.add([unit]).added
...     matches = exact_matches([store], queries, Direction("fr", "pt"), 5)
...     [of_query and [match.target for match in of_query] for of_query in matches]
1
[['Sim.'], [], None]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tm.language import fold
from tm.memory.certainty import apart_of, decided
from tm.memory.ranking import Ranking
from tm.memory.similarity import edits_of_same, same
from tm.model import Match
from tm.store import Texts, records
from tm.store.protocol import is_exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.direction import Direction
    from tm.memory.query import Query
    from tm.model import Pair, Unit
    from tm.store.protocol import Numbered, Store


class Rival(NamedTuple):
    """A unit that may be among the best.

    Attributes:
        number: its name in its memory.
        memory: the name of that.
        unit: all of it.
        pair: its texts in the two languages.
    """

    number: int
    memory: str
    unit: Unit
    pair: Pair


def certain(
    rivals: Iterable[Rival], query: Query, direction: Direction, *, with_edits: bool = False
) -> list[Match]:
    """The matches of all units that have the very text of a query; nothing need be adapted in them.

    >>> from tm.direction import Direction
    >>> from tm.memory.query import Query
    >>> from tm.model import Pair, Segment, Unit
    >>> rivals = [Rival(1, "", Unit(()), Pair(Segment("oui"), Segment(text))) for text in ("sim", "pois")]
    >>> [match.percent for match in certain(rivals, Query(Segment("oui")), Direction("fr", "pt"))]
    [99, 99]
    """
    return decided([_match(rival, query, direction, with_edits) for rival in rivals], direction)


def exact_matches(
    stores: Sequence[Store],
    queries: Sequence[Query],
    direction: Direction,
    limit: int,
    *,
    with_edits: bool = False,
) -> list[list[Match] | None]:
    """For each query the matches of the units with its very text, best first, as many as the limit allows, of
    whatever percent; None for all that some store does not find without a search.
    """
    texts = Texts([query.segment for query in queries], direction.source)
    by_store = [
        store.exact(texts, direction.source) if is_exact(store) else [None] * len(queries) for store in stores
    ]
    names = [store.name for store in stores]
    best: list[list[Match] | None] = []
    for query, lists in zip(queries, zip(*by_store, strict=True), strict=True):
        if None in lists:
            best.append(None)
            continue
        rivals = _rivals(names, lists, query, direction)
        matches = certain(rivals, query, direction, with_edits=with_edits)
        best.append(_best(matches, direction, limit) if len(matches) > 1 else matches)
    return best


def _rivals(
    names: Sequence[str], lists: Sequence[Numbered | None], query: Query, direction: Direction
) -> list[Rival]:
    rivals = []
    for name, units in zip(names, lists, strict=True):
        for number, unit in units or ():
            pair = unit.pair(direction.source, direction.target)
            if pair and same(pair.source, query.segment):
                rivals.append(Rival(number, name, unit, pair))
    return rivals


def _best(matches: Iterable[Match], direction: Direction, limit: int) -> list[Match]:
    ranking = Ranking(limit, direction.target)
    for match in matches:
        ranking.offer(match)
    return ranking.best()


def _match(rival: Rival, query: Query, direction: Direction, with_edits: bool) -> Match:  # noqa: FBT001
    number, memory, unit, pair = rival
    percent, apart = apart_of(unit, 100 + shared_context(unit, query), direction)
    return Match(
        unit,
        pair,
        percent,
        100,
        apart,
        edits_of_same(pair.source, query.segment) if with_edits else (),
        target=pair.target.text,
        codes=pair.target.codes,
        number=number,
        memory=memory,
    )


def shared_context(unit: Unit, query: Query) -> int:
    """How many of the two contexts are the same: the segment before, the key.

    >>> from tm.memory.query import Query
    >>> from tm.model import Annotation, Segment, Unit
    >>> unit = Unit((), annotations=(Annotation("prop", "Avant.", "x-previous"),))
    >>> shared_context(unit, Query(Segment("oui"), "avant."))
    1
    """
    if not unit.annotations:
        return 0
    before, key = records.context(unit)
    same_before = bool(before and query.previous) and fold(before) == fold(query.previous)
    return same_before + bool(key and key == query.identifier)
