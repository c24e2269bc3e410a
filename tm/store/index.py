"""Which units are worth comparing: those that share enough tokens with the text.

1. ``growth.py`` indexes units that wait for it; ``Index.growing`` does so inside one transaction.
2. ``Index.similar`` asks the runs (``_from_runs``, by ``postings.py``) and compares the units after the last
   run one by one (``tail.py``).
3. For many queries it takes arrays of the runs from the file beside the memory, or makes them
   (``kept_arrays.py``), and asks them all queries at once (``_from_arrays``, by ``queries.py``). So it does when it
   is asked one by one again and again, if the file is there.
4. ``Index.containing``, ``holding`` and ``stretches`` look phrases up, in the tail and in the runs.
5. ``_compounds`` finds the texts whose letters are the query's (``compounds.py``).
6. ``_best_first`` puts the hits in order, each unit once.

Each look-up reads the memory as it is at one moment (``_moment``), whatever others write meanwhile. Nothing that
was read is forgotten when units come: texts and runs never change, so that only what is new is read.

A memory of three segments, indexed and asked:

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import runs
>>> from tm.store.sqlite import SQLiteStore
>>> store = SQLiteStore(":memory:", create=True)
>>> texts = ["vieux pont", "le pont", "le vieux pont"]
>>> store.add([Unit((Variant("fr", Segment(text)),)) for text in texts]).added
3
>>> connection, index = store._connection, store._index
>>> [*index.growing(1)]
[3]

The segments lie by length, "vieux pont le pont le vieux pont", so that "le" has the places 2 and 4, "pont" 1,
3 and 6, "vieux" 0 and 5. Each list is the first place, then the gaps to the next:

>>> for word in ("le", "pont", "vieux"):
...     row_id = runs.posting_id(1, hashed(word, "fr"))
...     (gaps,) = connection.execute("SELECT gaps FROM posting WHERE id = ?", (row_id,)).fetchone()
...     print(word, list(gaps))
le [2, 2]
pont [1, 2, 3]
vieux [0, 5]

"le beau pont" at 0.6 must share 2 of its 3 tokens. The places 2 and 3 lie in the second segment, unit 2, the
places 4 and 6 in the third; the first has "pont" only:

>>> [[(round(likeness, 2), unit) for likeness, unit in hits]
...  for hits in store.similar([["le", "beau", "pont"]], "fr", 0.6)]
[[(0.67, 3), (0.67, 2)]]
"""

from __future__ import annotations

import json
import threading
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tm.language.keys import unaccented
from tm.store import compounds, plain, rows, run_table, turns, variants, vocabulary
from tm.store.tail import Tail, comparable, compared, tokenised
from tm.store.texts import Texts
from tm.store.variants import hashed
from tm.store.wildcards import OneOf, Prefix, Unaccented, fits, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tm.store.kept_arrays import KeptArrays, Snapshot
    from tm.store.lexicon import Lexicon
    from tm.store.opening import Connection
    from tm.store.postings import Postings, Slot
    from tm.store.protocol import Hits, Numbered
    from tm.store.queries import Queries
    from tm.store.runs import Encoders

    Lookup: TypeAlias = Callable[[list[Slot], int], tuple[list[int], int] | None]
    """``Postings.containing`` or ``Postings.holding``."""

LEAST = 1_000
"""Units that are worth a run of the index; fewer are compared one by one in about 20 ms."""

MANY = 100
"""Queries that are worth making arrays: as many as can be answered in that time. Arrays then serve single
queries too."""

ALL = 500
"""Queries of an open memory, one by one, that took as long as arrays take to make: a server asks on."""

SOME = 20
"""Queries after which arrays that lie beside the memory are worth loading, which takes .4 s for a million units:
at that size an answer then takes a tenth of the time."""

KEPT = 1 << 12
"""Wildcards whose words are kept: the forms of a word are asked for twice, for matches and for passages."""


class _Words(NamedTuple):
    """The words of a wildcard that were in the memory when a unit was its last."""

    upto: int
    words: list[str]


class SharedArrays:
    """What the connections of a memory share: the arrays of each language, and how many texts it was asked for."""

    def __init__(self) -> None:
        """There are none yet."""
        self.of_languages: dict[str, KeptArrays] = {}
        self.asked: Counter[str] = Counter()
        self.making = threading.Lock()


class _Moment(turns.Snapshot):
    """The memory as it is at one moment, for an index."""

    __slots__ = ("_index",)

    def __init__(self, index: Index) -> None:
        super().__init__(index.connection)
        self._index = index

    def __enter__(self) -> None:
        super().__enter__()
        try:
            self._index.seen = run_table.waiting(self._connection)
        except BaseException:
            self.__exit__()
            raise


class Index:
    """The index of an open memory; what it has read is kept, and only what is new is read when the memory grows.

    Attributes:
        connection: to the memory.
        seen: the last unit that was in the index, and the last of the memory, at the moment of the look-up.
    """

    def __init__(self, connection: Connection, path: Path | None, arrays: SharedArrays | None = None) -> None:
        """Nothing is read before it is asked for. The path is the memory's; files of arrays are put beside
        it. The arrays are those of the memory's other connections, too."""
        self.connection, self._path = connection, path
        self._shared = arrays or SharedArrays()
        self._encoders: Encoders | None = None
        self.seen = (0, 0)
        self._letters = compounds.Letters(connection)
        self._lexicons: dict[str, Lexicon] = {}
        self._tails: dict[str, Tail] = {}
        self._postings: dict[str, tuple[int, Postings]] = {}
        self._words: dict[tuple[type, str, str], _Words] = {}

    @property
    def encoders(self) -> Encoders:
        """Of the languages that are indexed."""
        if self._encoders is None:
            from tm.store.runs import Encoders  # numpy, which small memories do without

            self._encoders = Encoders()
        return self._encoders

    def growing(self, least: int) -> Iterator[int]:
        """Index the waiting units as long as there are at least so many, inside the caller's transaction; yields the
        last unit of each run when it is written."""
        last, newest = run_table.waiting(self.connection)
        if newest - last < least:
            return
        from tm.store import growth

        while units := growth.due(self.connection, least):
            growth.put(self.connection, growth.made(self.connection, self.encoders, units))
            yield units.upto

    def similar(self, queries: Sequence[Sequence[str]], base: str, minimum: float) -> Iterator[Hits]:
        """See ``tm.store.protocol.Store.similar``."""
        with self._moment():
            literal = isinstance(queries, Texts) or OneOf not in {*map(type, chain.from_iterable(queries))}
            arrays = self._arrays_for(base, len(queries)) if literal else None
            hits_of_each = self._from_arrays(arrays, queries, base, minimum) if arrays else []
        if arrays:
            yield from hits_of_each
            return
        for query in queries:
            name_of = names(query)
            asked = query if name_of else [*map(unaccented, query)]
            with self._moment():
                hits = self._from_runs(asked, base, minimum)
                tail = self._tail(base)
                near = comparable(tail.units, name_of) if name_of else tail.near(asked, minimum)
                hits += compared(asked, near, minimum)
                spelled = 0 if name_of else compounds.of_keys(query)
                hits += ((1.0, unit) for unit in self._compounds([spelled], base)[0])
            yield _best_first(hits)

    def exact(self, texts: Texts, base: str) -> list[Numbered | None]:
        """See ``tm.store.protocol.Exact``."""
        with self._moment():
            return rows.numbered(self.connection, self._spelled(texts, base))

    def spelled(self, texts: Texts, base: str) -> list[list[int] | None]:
        """The numbers alone of ``exact``, those of units that are gone among them."""
        with self._moment():
            return self._spelled(texts, base)

    def _spelled(self, texts: Texts, base: str) -> list[list[int] | None]:
        if not self._letters.are_kept(base, self.seen[0]):
            return [None] * len(texts)
        is_few = len(texts) <= compounds.FEW
        letters = [*map(compounds.of_keys, texts)] if is_few else self._as_numbers(texts, base)[1]
        numbers = self._compounds(letters, base)
        return [
            sorted({*of_text}, reverse=True) if bits else None
            for bits, of_text in zip(letters, numbers, strict=True)
        ]

    def containing(self, query: Sequence[str], base: str) -> Iterator[int]:
        """See ``tm.store.protocol.Store.containing``."""
        return self._newest_first(query, base, plain.in_a_row, lambda postings: postings.containing)

    def holding(self, query: Sequence[str], base: str) -> Iterator[int]:
        """See ``tm.store.protocol.Store.holding``."""
        return self._newest_first(query, base, plain.together, lambda postings: postings.holding)

    def _newest_first(
        self,
        query: Sequence[str],
        base: str,
        is_in_text: Callable[[Sequence[str], list[str]], bool],
        lookup_of: Callable[[Postings], Lookup],
    ) -> Iterator[int]:
        """The units of the tail, then those of each run, the last run first."""
        with self._moment():
            below, *in_tail = self.seen[0] + 1, *reversed(self._tail(base).units)
        yield from (unit for unit, tokens in in_tail if is_in_text(query, tokens))
        while True:
            with self._moment():
                postings = self._postings_of(base)
                answer = lookup_of(postings)(self._slots(query, base), below) if postings else None
            if answer is None:
                return
            units, below = answer
            yield from units

    def _slots(self, query: Sequence[str], base: str) -> list[Slot]:
        """For each token of a query the hashes of the words that it stands for."""
        return [
            # Accents are no part of a hash: a whole word without them has one.
            (hashed(token, base),)
            if isinstance(token, Unaccented) and not isinstance(token, Prefix)
            else tuple(sorted({hashed(word, base) for word in self._words_of_runs(token, base)}))
            for token in query
        ]

    def _words_of_runs(self, token: str, base: str) -> Iterable[str]:
        return token.words if isinstance(token, OneOf) else vocabulary.words(self.connection, base, token)

    def words(self, wildcard: str, base: str) -> list[str]:
        """See ``tm.store.protocol.Store.words``."""
        key = type(wildcard), wildcard, base
        with self._moment():
            last, newest = self.seen
            before = self._words.get(key)
            if before and before.upto == newest:
                return before.words
            if before is None or not last <= before.upto < newest:
                before = _Words(last, [*self._words_of_runs(wildcard, base)] if last else [])
            tail = self._tail(base)
            newer = tail.units[tail.place_after(before.upto) :]
            tokens = {*chain.from_iterable(tokens for _, tokens in newer)}
            fitting = {token for token in tokens if token[:1].isalnum() and fits(wildcard, token)}
            if len(self._words) == KEPT:
                self._words.clear()
            self._words[key] = _Words(newest, sorted(fitting.union(before.words)))
            return self._words[key].words

    def stretches(self, query: Sequence[str], base: str, seeds: Sequence[int]) -> list[int]:
        """See ``tm.store.protocol.Store.stretches``."""
        ends = list(range(len(query)))
        with self._moment():
            for _, tokens in self._tail(base).units:
                plain.lengthen(ends, query, tokens)
            if postings := self._postings_of(base):
                postings.lengthen(ends, [hashed(token, base) for token in query], seeds)
        return ends

    def _moment(self) -> _Moment:
        return _Moment(self)

    def _postings_of(self, base: str) -> Postings | None:
        last, _ = self.seen
        if not last:
            return None
        from tm.store import postings

        of_run, before = self._postings.get(base, (0, None))
        if before is None or of_run != last:
            before = postings.Postings.read(self.connection, base, before)
            self._postings[base] = last, before
        return before

    def _from_runs(self, query: Sequence[str], base: str, minimum: float) -> Hits:
        postings = self._postings_of(base)
        if postings is None:
            return []
        hits, unsure = postings.similar(_disjoint(self._slots(query, base)), minimum)
        stored = tokenised(variants.of_units(self.connection, json.dumps(unsure), base))
        return hits + compared(query, comparable(stored, names(query)), minimum)

    def _tail(self, base: str) -> Tail:
        """The units after the last run."""
        if base not in self._tails:
            self._tails[base] = Tail(self.connection, base)
        self._tails[base].follow(*self.seen)
        return self._tails[base]

    def _compounds(self, all_bits: Sequence[int], base: str) -> list[list[int]]:
        """For each of some letters (``compounds.bits``) the units that have them, whatever their words; none for
        0."""
        in_tail = self._tail(base).spelled(all_bits)
        in_runs = self._letters.units(base, all_bits, self.seen[0])
        return [[*tail, *units] for tail, units in zip(in_tail, in_runs, strict=True)]

    def _from_arrays(
        self, arrays: Snapshot, queries: Sequence[Sequence[str]], base: str, minimum: float
    ) -> list[Hits]:
        from tm.store.queries import Found

        hashed_queries, letters = self._as_numbers(queries, base)
        hits = [part.similar(hashed_queries, minimum) for part in arrays.parts()]
        hits.append(Found.equal(self._compounds(letters, base)))
        tail = self._tail(base)
        if tail.place_after(arrays.upto) < len(tail.units):
            asked = [[*map(unaccented, query)] for query in queries]
            near = [tail.near(query, minimum, arrays.upto) for query in asked]
            hits.append(Found.of([compared(*pair, minimum) for pair in zip(asked, near, strict=True)]))
        return Found.joined(hits).by_query(len(queries))

    def _as_numbers(self, queries: Sequence[Sequence[str]], base: str) -> tuple[Queries, list[int]]:
        """The queries' hashes, and the bits of their letters."""
        if isinstance(queries, Texts) and len(queries) > compounds.FEW:
            if base not in self._lexicons:
                from tm.store.lexicon import Lexicon

                self._lexicons[base] = Lexicon(base)
            return self._lexicons[base].read(queries.segments)
        from tm.store.queries import Words

        read = [*queries]
        words = Words(read)
        is_few = len(read) <= compounds.FEW
        return words.hashed(base), [*map(compounds.of_keys, read)] if is_few else words.letters()

    def _arrays_for(self, base: str, queries: int) -> Snapshot | None:
        """The arrays, if they are there or so many queries more are worth making or loading them.

        One thread makes them; who asks little meanwhile is answered without.
        """
        if base not in self._shared.of_languages:
            if not self._shared.making.acquire(blocking=queries >= MANY):
                return None
            try:
                if base not in self._shared.of_languages and not self._begin_arrays(base, queries):
                    return None
            finally:
                self._shared.making.release()
        arrays = self._shared.of_languages[base]
        return arrays.follow(self.connection, self.encoders, self.seen, queries)

    def _begin_arrays(self, base: str, queries: int) -> bool:
        before, self._shared.asked[base] = self._shared.asked[base], self._shared.asked[base] + queries
        path = self._path and self._path.with_name(f"{self._path.name}.{base or 'und'}.arrays")
        is_many = queries >= MANY or self._shared.asked[base] >= ALL
        if not is_many and not (before <= SOME < self._shared.asked[base] and path and path.exists()):
            return False
        from tm.store.kept_arrays import KeptArrays

        arrays = KeptArrays(path, base)
        if is_many:
            arrays.follow(self.connection, self.encoders, self.seen, MANY)
        elif not arrays.load(self.connection):
            return False
        self._shared.of_languages[base] = arrays
        return True


def _disjoint(slots: list[Slot]) -> list[Slot]:
    """The same, those with a hash in common as one, so that each place belongs to one slot.

    Accents are no part of a hash: forms of "a" and of "à" may share one. Units then look more alike than they
    are, never less.

    >>> _disjoint([(1, 2), (5,), (2, 3)])
    [(1, 2, 3), (5,), (1, 2, 3)]
    """
    groups: list[set[int]] = []
    for slot in slots:
        apart = [group for group in groups if group.isdisjoint(slot)]
        groups = [*apart, set(slot).union(*(group for group in groups if group not in apart))]
    slot_of = {bits: tuple(sorted(group)) for group in groups for bits in group}
    return [slot_of[slot[0]] if slot else slot for slot in slots]


def _best_first(hits: Hits) -> Hits:
    """Each unit once, with the best of its variants; best first, then newest first.

    >>> _best_first([(0.5, 1), (0.75, 2), (0.75, 1)])
    [(0.75, 2), (0.75, 1)]
    """
    best: dict[int, float] = defaultdict(float)
    for likeness, unit in hits:
        best[unit] = max(likeness, best[unit])
    return sorted(((likeness, unit) for unit, likeness in best.items()), reverse=True)
