"""A memory of which only some units are seen: what a search with ``--where`` looks in.

The search asks a store for the numbers of units that may fit, then fetches them, and passes over those that are
gone; here a unit that is not meant counts as gone. So what is found is the best of what is meant.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> from tm.store.where import parsed_where
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add(Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non"))
...     meant = MeantUnits(store, parsed_where("text=oui"))
...     [unit.variants[0].segment.text for unit in meant.store.fetch([1, 2])], meant.left_out
(['oui'], {2})
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Unit
    from tm.store.protocol import Store
    from tm.store.stored import Stored


class Admission(Protocol):
    """Says which units are meant, as ``tm.store.where.Where`` does."""

    def admits(self, stored: Stored) -> bool:
        """Whether a unit is meant."""


class MeantUnits:
    """The units of a memory that are meant.

    Attributes:
        left_out: the numbers of those that were asked for and are not meant.
    """

    def __init__(self, store: Store, where: Admission) -> None:
        """Look at a memory, which stays the caller's to close."""
        self.left_out: set[int] = set()
        self._store, self._where = store, where

    @property
    def store(self) -> Store:
        """The memory as the search takes it."""
        return cast("Store", _View(self._store, self))

    def among(self, stored: Stored) -> bool:
        """Whether a unit is meant."""
        if self._where.admits(stored):
            return True
        self.left_out.add(stored.number)
        return False


class _View:
    """Everything that a store does, but of the units only those that are meant."""

    def __init__(self, store: Store, meant: MeantUnits) -> None:
        self._store, self._meant = store, meant

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def __len__(self) -> int:
        return len(self._store)

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        return [stored.unit for stored in self.stored(numbers)]

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        return [stored for stored in self._store.stored(numbers) if self._meant.among(stored)]

    def units(self) -> Iterator[Unit]:
        return (stored.unit for stored in self.all_stored())

    def all_stored(self, after: int = 0) -> Iterator[Stored]:
        return (stored for stored in self._store.all_stored(after) if self._meant.among(stored))
