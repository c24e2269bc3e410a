"""The units of one language that are not in the index yet: those after the last run, read once each.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.sqlite import SQLiteStore
>>> store = SQLiteStore(":memory:", create=True)
>>> def add(text):
...     store.add([Unit((Variant("fr", Segment(text)),))])
>>> add("un été")
>>> tail = Tail(store._connection, "fr")
>>> tail.follow(0, 1)
>>> add("oui")
>>> tail.follow(0, 2)  # only the second is read
>>> tail.units, tail.unaccented
([(1, ['un', 'été']), (2, ['oui'])], [(1, ['un', 'ete']), (2, ['oui'])])
>>> tail.follow(1, 2)  # the first is in a run now
>>> tail.units, tail.spelled([compounds.of_keys(["ou", "i"]), compounds.of_keys(["un", "ete"]), 0])
([(2, ['oui'])], [[2], [], []])
>>> tail.near(["mais", "oui"], 0.5), tail.near(["mais", "non"], 0.5)
([(2, ['oui'])], [])
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from tm.language import key_tokens
from tm.store import compounds, plain, variants
from tm.store.records import variant_of
from tm.store.tolerance import EPSILON, SLACK

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from tm.store.protocol import Hits
    from tm.store.variants import Row

    Tokenised: TypeAlias = list[tuple[int, list[str]]]
    """Units, each with the key tokens of one of its variants."""

PAIRS = 100_000
"""Pairs of tokens that are compared in plain Python in the time that rapidfuzz takes to load."""


class Tail:
    """The units of a language from one unit to another.

    Attributes:
        after: the unit before the first.
        upto: the last unit.
        units: with their tokens, in order.
    """

    def __init__(self, connection: sqlite3.Connection, base: str) -> None:
        """Nothing is read yet."""
        self._connection, self._base = connection, base
        self._start(0)

    def _start(self, after: int) -> None:
        self.after = self.upto = after
        self.units: Tokenised = []
        self._drop_derived()

    def _drop_derived(self) -> None:
        self._unaccented: Tokenised = []
        self._lettered = self._listed = 0
        self._by_letters: dict[int, list[int]] = defaultdict(list)
        self._places: dict[str, list[int]] = defaultdict(list)

    def follow(self, after: int, upto: int) -> None:
        """Read the units that came, and drop those that are in a run now, inside the caller's transaction."""
        if after < self.after or upto < self.upto or after >= self.upto:
            self._start(after)
        if after > self.after:
            self.after, self.units = after, self.units[self.place_after(after) :]
            self._drop_derived()
        if upto > self.upto:
            self.units += tokenised(variants.between(self._connection, self.upto, upto, self._base))
            self.upto = upto

    @property
    def unaccented(self) -> Tokenised:
        """The units as those queries see them that name no word."""
        self._unaccented += comparable(self.units[len(self._unaccented) :], {})
        return self._unaccented

    def near(self, query: Sequence[str], minimum: float, after: int = 0) -> Tokenised:
        """Of the units after one, as ``unaccented``, all that may be so like a query, and some others.

        A match lacks few of the query's tokens: of any that are more, the rarest ones, it has one.
        """
        units = self.unaccented
        lacking = len(query) - math.ceil(minimum * len(query) - EPSILON)
        first = self.place_after(after)
        if lacking >= len(query):
            return units[first:]
        for place in range(self._listed, len(units)):
            for token in {*units[place][1]}:
                self._places[token].append(place)
        self._listed = len(units)
        candidates = set[int]()
        for places, times in sorted(
            [(self._places.get(token, ()), times) for token, times in Counter(query).items()],
            key=lambda listed: len(listed[0]),
        ):
            candidates.update(places)
            lacking -= times
            if lacking < 0:
                break
        return [units[place] for place in sorted(candidates) if place >= first]

    def place_after(self, unit: int) -> int:
        """How many of the units come before the first that is newer than one."""
        return bisect_right(self.units, unit, key=itemgetter(0))

    def spelled(self, all_bits: Sequence[int]) -> list[list[int]]:
        """For each of some letters (``compounds.bits``) the units that have them; none for 0."""
        for unit, tokens in self.units[self._lettered :]:
            self._by_letters[compounds.of_keys(tokens)].append(unit)
        self._lettered = len(self.units)
        return [self._by_letters[bits] if bits and bits in self._by_letters else [] for bits in all_bits]


def tokenised(rows: Iterable[Row]) -> Tokenised:
    """The key tokens of variants."""
    return [
        (unit, key_tokens(variant_of(tag, text, extra).segment, base))
        for base, unit, tag, text, extra in rows
    ]


def comparable(stored: Tokenised, name_of: Mapping[str, str]) -> Tokenised:
    """The same as they are compared.

    >>> comparable([(1, ["été"])], {})
    [(1, ['ete'])]
    """
    return [(unit, plain.comparable(tokens, name_of)) for unit, tokens in stored]


def _sharing(query: Sequence[str], stored: Tokenised, minimum: float) -> Tokenised:
    """The stored segments that share enough tokens to match. Without any, rapidfuzz need not be imported.

    >>> _sharing(["le", "pont"], [(1, ["le", "port"]), (2, ["le", "pont", "vieux"])], 0.6)
    [(2, ['le', 'pont', 'vieux'])]
    """
    of_query = Counter(query)
    shortest, longest = minimum * len(query) - EPSILON, len(query) / minimum + EPSILON
    return [
        (unit, tokens)
        for unit, tokens in stored
        if shortest <= len(tokens) <= longest
        and (of_query & Counter(tokens)).total() >= minimum * max(len(query), len(tokens)) - EPSILON
    ]


def compared(query: Sequence[str], stored: Tokenised, minimum: float) -> Hits:
    """The stored segments that reach the minimum; by rapidfuzz if it is worth loading.

    >>> compared(["le", "pont"], [(1, ["le", "port"]), (2, ["le", "pont"])], 0.6)
    [(1.0, 2)]
    """
    sharing = _sharing(query, stored, minimum)
    if len(query) * sum(len(tokens) for _, tokens in sharing) < PAIRS:
        hits = [(plain.likeness(query, tokens), unit) for unit, tokens in sharing]
    else:
        from rapidfuzz.distance import Levenshtein

        likeness, cutoff = Levenshtein.normalized_similarity, minimum - SLACK
        hits = [(likeness(query, tokens, score_cutoff=cutoff), unit) for unit, tokens in sharing]
    return [hit for hit in hits if hit[0] >= minimum - EPSILON]
