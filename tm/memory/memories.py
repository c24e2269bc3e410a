"""Whether memories have the languages that a search is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.direction import not_there
from tm.store.protocol import listed

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.store.protocol import Store, Stores


def searchable(stores: Stores, direction: Direction) -> list[Store]:
    """The memories, once it is clear that they have both languages between them. Empty memories may be
    searched.

    Raises:
        FormatError: no variant is in one of the languages; says which languages there are.

    >>> from tm.direction import Direction
    >>> from tm.model import Segment, Unit, Variant
    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     store.add([Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))]).added
    ...     searchable(store, Direction("fr", "de"))
    Traceback (most recent call last):
    tm.errors.FormatError: :memory:: 0 of 1 units are fr → de; found: fr, pt
    """
    memories = listed(stores)
    tags = [tag for store in memories for tag in store.languages()]
    if tags and not direction.is_served_by(tags):
        names = ", ".join(store.name for store in memories)
        raise not_there(direction, sum(map(len, memories)), tags, path=names)
    return memories
