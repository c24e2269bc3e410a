"""The answer to a query: matches, passages, parts and terms, joined as a translator reads them.

1. ``find`` looks at the options, decides the direction (``memories.direction_in``) and gives ``Answers``.
2. A ``_Lookup`` answers texts: ``find_all`` gives the matches of many texts at a time; where a text has none,
   ``find_inflected`` gives those with other forms of the words; ``concordance`` gives the units in which the
   text stands and that are no match; where there is nothing yet, ``subsegments`` gives the parts of the text
   that stand in the memory; the ``Recogniser`` gives its terms.
3. ``_standing`` answers words in any order (``anywhere``) or a regular expression (``searched``) with
   passages alone, ``_meaning`` a text by what it means (``alike``) with matches alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile, tee
from typing import TYPE_CHECKING, Any, Literal, get_args

from tm.choices import check_choice, check_count, check_percent
from tm.direction import UNDECIDED
from tm.memory import anywhere, concordance, find_all, find_inflected, searched, subsegments
from tm.memory.concordance import AS_TYPED, WIDENED
from tm.model import Segment
from tm.progress import unwatched
from tm.store.meant import MeantUnits
from tm.store.protocol import listed
from tm.values import dataclass
from tm.work.memories import direction_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.direction import Direction
    from tm.memory import Part, Passage
    from tm.memory.concordance import By
    from tm.memory.meaning import MeaningSearch
    from tm.model import Concept, Match
    from tm.progress import Progress
    from tm.store.protocol import Store, Stores
    from tm.store.stored import Stored
    from tm.store.where import Where
    from tm.terminology import Occurrence, Recogniser

Kind = Literal["text", "words", "regex", "meaning"]
"""What a query is: a text that matches are wanted for, words in any order, a regular expression, or a text, in any
language, for which units are wanted that mean the same."""

Side = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the memories and the glossary have for a query.

    Attributes:
        query: the text that was looked up.
        matches: units like it, best first; of a query by meaning units that mean the same, with the cosine of
            sentence vectors as percent.
        passages: other units in which it stands, the newest first; then those in which it stands with other
            accents, then with other forms of its words.
        parts: parts of it that stand in units, the longest first; only where there is none of the others.
        terms: of the glossary in it, in order.
        inflected: units like it but for the forms of its words, best first, with the second figure as percent
            (``tm.memory.find_inflected``). Other accents and forms are looked for where there are no matches
            and fewer passages than the limit, or where that was asked for.
        is_partial: the time was over before all was looked for.
        without_vector: texts of the memories that a query by meaning did not look at, since their vectors are still
            to be made.
    """

    query: str
    matches: tuple[Match, ...] = ()
    passages: tuple[Passage, ...] = ()
    parts: tuple[Part, ...] = ()
    terms: tuple[Occurrence, ...] = ()
    inflected: tuple[Match, ...] = ()
    is_partial: bool = False
    without_vector: int = 0


class Answers(Iterator[Answer]):
    """The answers to queries in order, made as they are asked for.

    Attributes:
        direction: from the language of the queries into the one of the translations.
    """

    def __init__(
        self,
        direction: Direction,
        answers: Iterator[Answer],
        stores: Sequence[Store] = (),
        meant: Sequence[MeantUnits] = (),
    ) -> None:
        """Keep them."""
        self.direction = direction
        self._answers = answers
        self._stores = {store.name: store for store in stores}
        self._meant = meant

    def __next__(self) -> Answer:
        """The answer to the next query."""
        return next(self._answers)

    @property
    def not_meant(self) -> int:
        """How many units that would have come into question ``where`` has left out so far."""
        return sum(len(meant.left_out) for meant in self._meant)

    def stored(self, found: Match | Passage) -> Stored | None:
        """The unit of a match or a passage as its memory holds it; None when it is gone meanwhile."""
        return next(iter(self._stores[found.memory].stored([found.number])), None)


def find(
    stores: Stores,
    queries: str | Segment | Iterable[str | Segment],
    asked: Direction = UNDECIDED,
    *,
    minimum: int = 70,
    limit: int = 5,
    side: Side = "source",
    kind: Kind = "text",
    forms: bool = False,
    glossary: str | os.PathLike[str] | Iterable[Concept] | Recogniser = (),
    where: Where | str = "",
    is_late: Callable[[], bool] = bool,
    vectors: str | MeaningSearch = "use",
    progress: Progress = unwatched,
) -> Answers:
    """Look texts up in memories.

    Args:
        stores: an open memory, or several that are searched as one.
        queries: a text or many; many are taken as a stream.
        asked: from which language into which; UNDECIDED = the memory's own.
        minimum: the least percent of a match, 1–100.
        limit: how many matches, passages or parts at most.
        side: "target" looks in the translations.
        kind: "text", "words" (in any order, ``word*`` for a beginning), "regex", or "meaning".
        forms: look for units with other forms of the words although there are matches.
        glossary: a file, concepts, or what recognises them, whose terms are marked in a text; "" is none.
        where: which units are looked in; "" = all (``tm.store.where``).
        is_late: asked now and then; once it holds, what is found so far is the answer.
        vectors: what makes sentence vectors for a query by meaning, by its name (``tm.vectors.opened``); or a search
            that was used before.
        progress: takes the texts of units that have no vector yet, while these are made.

    Raises:
        OptionError: an option makes no sense.
        MissingExtraError: a query by meaning, and what makes vectors is not installed.
        FormatError: the memories lack the languages, or the glossary cannot be read.

    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     ready = Variant("fr", Segment("Le pain est prêt.")), Variant("pt", Segment("O pão está pronto."))
    ...     _ = store.add([Unit(ready)])
    ...     (answer,) = find(store, "Le pain est cuit.", minimum=60)
    ...     (fragment,) = find(store, "le pain")
    >>> [(match.percent, match.target) for match in answer.matches]
    [(75, 'O pão está pronto.')]
    >>> [passage.pair.target.text for passage in fragment.passages]
    ['O pão está pronto.']
    """
    check_percent("minimum", minimum)
    check_count("limit", limit)
    check_choice("side", side, get_args(Side))
    check_choice("kind", kind, get_args(Kind))
    memories = listed(stores)
    named = direction_in(memories, asked)
    direction = named.reversed() if side == "target" else named
    meant = meant_units(memories, where) if where else []
    searched_in = [units.store for units in meant] or memories
    segments = map(_segment, [queries] if isinstance(queries, str | Segment) else queries)
    if kind == "meaning":
        options: dict[str, Any] = {
            "minimum": minimum,
            "limit": limit,
            "progress": progress,
            "is_late": is_late,
        }
        matches = _meaning(memories, segments, direction, vectors, within=searched_in, **options)
        return Answers(direction, matches, memories, meant)
    if kind != "text":
        passages = _standing(searched_in, segments, direction, kind, limit, is_late)
        return Answers(direction, passages, memories, meant)
    recogniser = _recogniser(glossary, named, direction.source)
    lookup = _Lookup(searched_in, direction, minimum, limit, is_late, forms=forms)
    return Answers(direction, lookup.answers(segments, recogniser), memories, meant)


def _recogniser(
    glossary: str | os.PathLike[str] | Iterable[Concept] | Recogniser, direction: Direction, language: str
) -> Recogniser | None:
    """What finds the terms of a glossary in texts of a language; None without terms.

    What it needs is imported here: a look-up without a glossary shall not wait for it.
    """
    if isinstance(glossary, str | os.PathLike):
        if not os.fspath(glossary):
            return None
        from tm.formats import read_concepts

        glossary = read_concepts(glossary, direction=direction)
    if not isinstance(glossary, Iterable):
        return glossary
    concepts = list(glossary)
    if not concepts:
        return None
    from tm.terminology import Recogniser

    return Recogniser(concepts, language)


def _segment(query: str | Segment) -> Segment:
    return Segment(query) if isinstance(query, str) else query


def _standing(
    stores: Sequence[Store],
    queries: Iterable[Segment],
    direction: Direction,
    kind: Kind,
    limit: int,
    is_late: Callable[[], bool],
) -> Iterator[Answer]:
    """For each query the units in which its words, or its expression, are found."""
    passages = searched if kind == "regex" else anywhere
    for query in queries:
        found = islice(passages(stores, query.text, direction), limit)
        in_time = tuple(takewhile(lambda _: not is_late(), found))
        yield Answer(query.text, passages=in_time, is_partial=len(in_time) < limit and is_late())


def _meaning(
    stores: Sequence[Store],
    queries: Iterable[Segment],
    direction: Direction,
    vectors: str | MeaningSearch,
    **options: Any,  # noqa: ANN401 - those of alike
) -> Iterator[Answer]:
    """For each query the units that mean the same."""
    from tm.memory.meaning import MeaningSearch, alike  # most look-ups do not wait for NumPy

    search = MeaningSearch(vectors) if isinstance(vectors, str) else vectors
    looked_up, answered = tee(queries)
    matches_of_queries = alike(stores, looked_up, direction, search, **options)
    for query in answered:
        matches = next(matches_of_queries, None)
        missing = search.missing(stores, direction.source)
        is_partial = matches is None or missing > 0
        yield Answer(query.text, tuple(matches or ()), is_partial=is_partial, without_vector=missing)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What is asked about texts."""

    stores: Sequence[Store]
    direction: Direction
    minimum: int
    limit: int
    is_late: Callable[[], bool]
    forms: bool

    def answers(self, queries: Iterable[Segment], recogniser: Recogniser | None) -> Iterator[Answer]:
        """For each text its matches, the passages beside them, else parts; and its terms."""
        looked_up, answered = tee(queries)
        matches = find_all(self.stores, looked_up, self.direction, minimum=self.minimum, limit=self.limit)
        for best, query in zip(matches, answered, strict=True):
            passages = self._passages(query.text, AS_TYPED, _texts(best), self.limit)
            has_few = not best and len(passages) < self.limit
            inflected = self._inflected(query, self.limit - len(best)) if has_few or self.forms else []
            if has_few:
                shown = [*_texts(inflected), *_texts(passages)]
                passages += self._passages(query.text, WIDENED, shown, self.limit - len(passages))
            is_empty = not (best or inflected or passages or self.is_late())
            parts = islice(
                subsegments(self.stores, query.text, self.direction), self.limit if is_empty else 0
            )
            terms = recogniser.recognise(query.text) if recogniser else ()
            found = query.text, tuple(best), passages, tuple(parts), tuple(terms), tuple(inflected)
            yield Answer(*found, is_partial=self.is_late())

    def _passages(
        self, text: str, by: Sequence[By], shown: Sequence[tuple[Segment, Segment]], limit: int
    ) -> tuple[Passage, ...]:
        """The first units in which a text stands and whose texts are not shown yet."""
        if self.is_late():
            return ()
        passages = takewhile(lambda _: not self.is_late(), concordance(self.stores, text, self.direction, by))
        return tuple(islice((each for each in passages if _texts([each])[0] not in shown), limit))

    def _inflected(self, query: Segment, limit: int) -> list[Match]:
        if limit < 1 or self.is_late():
            return []
        return find_inflected(self.stores, query, self.direction, minimum=self.minimum, limit=limit)


def _texts(found: Iterable[Match | Passage]) -> list[tuple[Segment, Segment]]:
    return [(each.pair.source, each.pair.target) for each in found]


def meant_units(memories: Sequence[Store], where: Where | str) -> list[MeantUnits]:
    """The memories as far as conditions let one see them; none without conditions.

    >>> meant_units([], "author=rui")
    []
    """
    from tm.store.where import parsed_where  # most searches have no conditions

    conditions = parsed_where(where)
    return [MeantUnits(store, conditions) for store in memories] if conditions else []
