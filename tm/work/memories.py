"""The memories of a verb: opened together, asked as one, and the direction that they have.

1. ``open_memories`` opens those that are named and closes all of them again.
2. ``direction_in`` decides from which language into which, and refuses a pair that no memory has.
3. ``pairs_in`` are a memory's pairs in that direction, unit by unit.

>>> from tm.model import Segment, Unit, Variant
>>> with open_memories([":memory:"], create=True) as stores:
...     stores[0].add([Unit((Variant("fr", Segment("four")), Variant("pt-BR", Segment("forno"))))])
...     print(direction_in(stores), direction_in(stores, Direction(target="fr")), sep="; ")
Added(added=1)
fr → pt-BR; pt-BR → fr
"""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import UNDECIDED, Direction, decided, not_there
from tm.errors import OptionError
from tm.progress import unwatched
from tm.store import open_store
from tm.store.protocol import listed

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Pair, Unit
    from tm.progress import Progress
    from tm.store.protocol import Store, Stores

log = logging.getLogger(__name__)


@contextlib.contextmanager
def open_memories(
    addresses: Iterable[str | os.PathLike[str]], *, create: bool = False
) -> Iterator[list[Store]]:
    """Open memories for as long as the block lasts.

    Args:
        addresses: paths or addresses (``tm.store.open_store``).
        create: whether to make what is not there.

    Raises:
        OptionError: none is named.
        StoreError: one cannot be opened.

    >>> with open_memories([":memory:", ":memory:"], create=True) as stores:
    ...     len(stores)
    2
    """
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(open_store(address, create=create)) for address in addresses]
        if not stores:
            raise OptionError("no memory is named; one or more were expected")
        yield stores


def languages_in(stores: Iterable[Store]) -> list[str]:
    """The languages of memories, in order of appearance."""
    return list(dict.fromkeys(tag for store in stores for tag in store.languages()))


def languages_of(units: Iterable[Unit]) -> list[str]:
    """The languages of units, in order of appearance."""
    return list(dict.fromkeys(variant.language for unit in units for variant in unit.variants))


def direction_in(stores: Stores, asked: Direction = UNDECIDED, in_file: Sequence[str] = ()) -> Direction:
    """From which language into which a verb looks up: as asked, else the file's, else the memory's.

    A memory that lacks the languages is passed over, and logged, when another one has them.

    Args:
        stores: a memory or several.
        asked: from the flags or the settings.
        in_file: the languages of the file that is looked up, its source first.

    Raises:
        FormatError: no memory has these languages.

    >>> with open_memories([":memory:"], create=True) as stores:
    ...     direction_in(stores, Direction("fr", "de"))
    Traceback (most recent call last):
    tm.errors.FormatError: :memory:: holds no units
    """
    memories = listed(stores)
    in_memory = languages_in(memories)
    direction = decided(asked, in_file, in_memory)
    if not direction.is_served_by(in_memory):
        raise not_there(direction, sum(map(len, memories)), in_memory, path=memories[0].name)
    for store in memories:
        if not direction.is_served_by(store.languages()):
            log.warning("%s: passed over; it has no units %s", store.name, direction)
    return direction


def pairs_in(store: Store, direction: Direction, progress: Progress = unwatched) -> Iterator[Pair]:
    """The pairs of a memory in a direction, in order of arrival; units that lack one of its languages are passed over.

    Args:
        store: the memory.
        direction: from which language into which.
        progress: takes the units as they are read, and their number.

    >>> from tm.model import Segment, Unit, Variant
    >>> with open_memories([":memory:"], create=True) as (store,):
    ...     _ = store.add([Unit((Variant("fr", Segment("four")), Variant("pt-BR", Segment("forno"))))])
    ...     [(pair.source.text, pair.target.text) for pair in pairs_in(store, Direction("pt", "fr"))]
    [('forno', 'four')]
    """
    for unit in progress(store.units(), len(store)):
        if pair := unit.pair(direction.source, direction.target):
            yield pair


def sources_in(stores: Stores, target: str) -> list[str]:
    """The languages that memories can translate from, into a target language ("" = any)."""
    tags = languages_in(listed(stores))
    return [tag for tag in tags if not target or bcp47.base(tag) != bcp47.base(target)]
