"""A memory read page by page, and its last change taken back when it still is the last.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     texts = ("un", "um"), ("deux", "dois"), ("trois", "três")
...     units = (Unit((Variant("fr", Segment(fr)), Variant("pt", Segment(pt)))) for fr, pt in texts)
...     _ = store.add(units)
...     first = browse(store, limit=2)
...     second = browse(store, after=first.next)
...     [stored.number for stored in first.units], first.next, [stored.number for stored in second.units]
([1, 2], 2, [3])
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.choices import check_count
from tm.store.where import admitted, parsed_where

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.store import Change, Store
    from tm.store.stored import Stored


@dataclass(frozen=True, slots=True)
class Page:
    """Some units in order of arrival.

    Attributes:
        units: of this page.
        next: what the next page comes after; 0 at the end.
        is_partial: the time was over before the page was full.
    """

    units: tuple[Stored, ...]
    next: int = 0
    is_partial: bool = False


def browse(
    store: Store, where: str = "", *, after: int = 0, limit: int = 50, is_late: Callable[[], bool] = bool
) -> Page:
    """A page of a memory.

    Args:
        store: an open memory.
        where: which units are meant (``tm.store.where``); "" = all.
        after: the number that the page before said.
        limit: how many units at most.
        is_late: asked now and then; once it holds, the page ends.

    Raises:
        OptionError: the conditions are none, or the limit is no count.
    """
    check_count("limit", limit)
    conditions = parsed_where(where)
    units: list[Stored] = []
    last = after
    for stored in store.all_stored(after):
        if len(units) == limit:
            return Page(tuple(units), last)
        last = stored.number
        units += admitted([stored], conditions, Counter())
        if is_late():
            return Page(tuple(units), last, is_partial=True)
    return Page(tuple(units))


def undo_only(store: Store, number: int, *, date: str = "", author: str = "") -> Change | None:
    """Take back a change if it is the last one that stands; None when another one is.

    Args:
        store: an open memory, to which nobody else writes meanwhile.
        number: of the change.
        date: when, for the history.
        author: who does it, likewise.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     undo_only(store, 7)
    """
    standing: list[Change] = []
    for change in store.log():
        if change.action != "undo":
            standing.append(change)
        elif standing:
            standing.pop()
    is_last = bool(standing) and standing[-1].number == number
    return store.undo(date=date, author=author) if is_last else None
