"""Whether a memory is as it was written: what is hurt of it, and what can be saved (``tm check -m``).

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as store:
...     _ = store.add([Unit((Variant("fr", Segment("oui")),))])
...     inspected(store)
Inspected(units=1, damages=())
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.errors import OptionError
from tm.store import open_store
from tm.store.protocol import Inspectable
from tm.values import dataclass

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    from tm.model import Unit
    from tm.store.inspection import Damage
    from tm.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Inspected:
    """What an inspection found.

    Attributes:
        units: how many are whole.
        damages: what is not as it was written.
    """

    units: int
    damages: tuple[Damage, ...] = ()


def inspect_memory(address: str | os.PathLike[str]) -> Inspected:
    """Read everything that a memory holds.

    Raises:
        StoreError: it cannot be opened, be it for damage.
        OptionError: it is of a kind that does not know what was written.
    """
    with open_store(address) as store:
        return inspected(store)


def inspected(store: Store) -> Inspected:
    """Likewise of an open memory."""
    return Inspected(sum(1 for _ in whole_units(store, [])), tuple(_inspectable(store).damages()))


def whole_units(store: Store, lost: list[Damage]) -> Iterator[Unit]:
    """The units that are as they were written; ``lost`` takes what is hurt.

    Raises:
        OptionError: the memory is of a kind that does not know what was written.
    """
    return _inspectable(store).whole_units(lost)


def _inspectable(store: Store) -> Inspectable:
    if not isinstance(store, Inspectable):
        raise OptionError(
            f"{store.name}: a memory of this kind does not know what was written; nothing to inspect"
        )
    return store
