"""The best matches of a query, in order.

``Ranking`` keeps them; ``rank_of`` says what they are ordered by.
"""

from __future__ import annotations

import heapq
from operator import itemgetter
from typing import TYPE_CHECKING

from tm.language import words
from tm.memory.penalties import KINDS

if TYPE_CHECKING:
    from typing import TypeAlias

    from tm.model import Match, Pair, Segment, Unit

    Rank: TypeAlias = tuple[int, int, int, int, bool, str]
    Texts: TypeAlias = tuple[Segment, Segment]
    Penalties: TypeAlias = tuple[tuple[str, int], ...]


class Ranking:
    """The best matches so far, each pair of texts once; of equal rank the one that has its place first.

    >>> from tm.model import Match, Pair, Segment, Unit
    >>> ranking = Ranking(limit=1)
    >>> for percent in (70, 80):
    ...     ranking.offer(Match(Unit(()), Pair(Segment("oui"), Segment("sim")), percent, percent))
    >>> [match.percent for match in ranking.best()], ranking.is_full(80), ranking.is_full(81)
    ([80], True, False)
    """

    def __init__(self, limit: int, target: str = "") -> None:
        """For so many matches into a target language."""
        self.limit, self.target = limit, target
        self.places: dict[Texts, int] = {}
        """Which pair of texts came when, as numbers that fall."""
        self.by_texts: dict[Texts, tuple[tuple[Rank, int], Match]] = {}
        self.last: tuple[Rank, int] | None = None
        """The rank and the place of the last of the best, when it is known."""

    def place(self, pair: Pair) -> int:
        """Give the texts of a pair the next place, unless they have one."""
        return self.places.setdefault((pair.source, pair.target), -len(self.places))

    def offer(self, match: Match) -> None:
        """Take a match unless an equal or better one has the same texts."""
        texts = match.pair.source, match.pair.target
        rank = _rank(match, self.target), self.place(match.pair)
        known = self.by_texts.get(texts)
        if known is None or rank > known[0]:
            self.by_texts[texts] = rank, match
            self.last = None

    def is_full(self, bound: int) -> bool:
        """Whether later matches of at most this percent cannot be among the best any more."""
        last = self._last()
        return last is not None and last[0][:2] >= (bound, 0)

    def excludes(self, pair: Pair, highest: Rank) -> bool:
        """Whether a match of this pair cannot be among the best, since it has at most this rank."""
        last = self._last()
        return last is not None and (highest, self.place(pair)) < last

    def _last(self) -> tuple[Rank, int] | None:
        if self.last is None and len(self.by_texts) >= self.limit:
            self.last = heapq.nlargest(self.limit, [rank for rank, _ in self.by_texts.values()])[-1]
        return self.last

    def best(self) -> list[Match]:
        """The best matches, best first, as many as the limit allows."""
        ranked = heapq.nlargest(self.limit, self.by_texts.values(), key=itemgetter(0))
        return [match for _, match in ranked]


def _rank(match: Match, target: str) -> Rank:
    """What matches are ordered by: percent, preference, base, what differs between equal words, tag, date.

    Ties keep the order of arrival: by base, then the last added first.

    Tags and dates break ties only where the words are the same, because only those units are all seen.
    """
    penalty = sum([amount for kind, amount in match.penalties if kind in KINDS])
    figures = match.percent, match.base, penalty
    return rank_of(match.unit, match.pair, figures, match.penalties, target)


def rank_of(unit: Unit, pair: Pair, figures: tuple[int, int, int], penalties: Penalties, target: str) -> Rank:
    """The rank of a unit with this percent, base, and penalty for what differs between equal words.

    >>> from tm.model import Pair, Segment, Unit
    >>> rank_of(Unit(()), Pair(Segment("oui"), Segment("sim")), (78, 80, 2), (("numbers", 2),), "pt")
    (78, 0, 80, -2, False, '')
    """
    percent, base, penalty = figures
    preference = _preference(pair, penalties)
    if base < 100:
        return percent, preference, base, -penalty, False, ""
    has_tag = target in [variant.language for variant in unit.variants]
    dates = dict(unit.attributes)
    date = dates.get("changedate") or dates.get("creationdate") or ""
    return percent, preference, base, -penalty, has_tag, date


def _preference(pair: Pair, penalties: Penalties) -> int:
    """0, or less for what goes last among equals: another variety; a translation that is its source.

    >>> from tm.model import Pair, Segment
    >>> def copied(text):
    ...     return Pair(Segment(text), Segment(text))
    >>> _preference(copied("Oui"), ()), _preference(copied("3 %"), ()), _preference(Pair(Segment("Oui"), Segment("OUI")), ())
    (-2, 0, -2)
    """
    source, target = pair.source.text.strip(), pair.target.text.strip()
    is_copied = source.casefold() == target.casefold() and any(
        any(map(str.isalpha, word)) for word in words(source)
    )
    return -2 * is_copied - ("variety" in [kind for kind, _ in penalties])
