"""How a memory is opened by its address: which kind of store has its scheme.

A back end is one module of this room, or of another package (entry point ``tm.store``), that offers a
``Backend``.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import registry
from tm.errors import OptionError
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.progress import Progress
    from tm.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Backend:
    """A kind of store.

    Attributes:
        scheme: what stands before the colon of its addresses.
        open: takes what follows the scheme, and whether to create what is not there.
        renew: takes what follows the scheme, and brings a memory of an older version up to date, watched by
            a ``Progress``. ``open`` does so unwatched. None where nothing takes long.
        exists: takes what follows the scheme; whether there is anything. None where nothing stays.
        take_back: likewise; removes a memory that was made and holds nothing. None where nothing need be removed.
        called: likewise; what people call the memory. None where that is a file's name.
    """

    scheme: str
    open: Callable[[str, bool], Store]
    renew: Callable[[str, Progress], None] | None = None
    exists: Callable[[str], bool] | None = None
    take_back: Callable[[str], object] | None = None
    called: Callable[[str], str] | None = None


_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+]+):(?P<rest>.*)", re.DOTALL)  # two letters: C:\ is a drive


def is_address(text: str) -> bool:
    """Whether a text begins with a scheme, as addresses do; a drive's letter is none.

    >>> is_address("sqlite:news.tm"), is_address("news.tm"), is_address("C:/news.tm")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def open_store(address: str | os.PathLike[str], *, create: bool = False) -> Store:
    """The memory at a path or an address (``sqlite:old.tm``).

    Args:
        address: a path is an SQLite file.
        create: make an empty memory when there is none.

    Raises:
        StoreError: there is no memory, or it is damaged, locked or of a newer version.
        OptionError: no back end has the address's scheme.

    >>> from tm.model import Segment, Unit, Variant
    >>> with open_store(":memory:", create=True) as store:
    ...     store.add([Unit((Variant("fr", Segment("carte")), Variant("pt", Segment("mapa"))))])
    ...     len(store), store.languages()
    Added(added=1)
    (1, {'fr': 1, 'pt': 1})
    """
    backend, place = _found(address)
    return backend.open(place, create)


def renew(address: str | os.PathLike[str], progress: Progress) -> None:
    """Bring a memory of an older version up to date before it is opened, so that somebody may watch.

    Args:
        address: of a memory, or of none.
        progress: takes the steps.

    Raises:
        StoreError: it is damaged, locked, or of an older version and may not be written.

    >>> renew(":memory:", lambda steps, length: steps)
    """
    backend, place = _found(address)
    if backend.renew:
        backend.renew(place, progress)


def exists(address: str | os.PathLike[str]) -> bool:
    """Whether there is anything at an address, a memory or not.

    Raises:
        StoreError: where it would be cannot be reached.

    >>> exists("no such.tm"), exists(__file__)
    (False, True)
    """
    backend, place = _found(address)
    return backend.exists is not None and backend.exists(place)


def take_back(address: str | os.PathLike[str]) -> None:
    """Remove a memory that was made and into which nothing came; any other stays.

    >>> take_back("no such.tm")
    """
    backend, place = _found(address)
    if backend.take_back:
        backend.take_back(place)


@functools.lru_cache(maxsize=256)
def short_name(address: str) -> str:
    """What people call a memory: without the folders, or the server, where it is.

    >>> short_name("/srv/news.tm"), short_name("sqlite:a/old.tm"), short_name("postgresql://h/office?memory=news")
    ('news.tm', 'old.tm', 'news')
    """
    with contextlib.suppress(OptionError):  # nothing is opened, so that anything may stand here
        backend, place = _found(address)
        return backend.called(place) if backend.called else PurePath(place).name
    return PurePath(address).name


def _found(address: str | os.PathLike[str]) -> tuple[Backend, str]:
    text = os.fspath(address)
    parts = _ADDRESS.fullmatch(text)
    return (_backend(parts["scheme"]), parts["rest"]) if parts else (_backend("sqlite"), text)


def _backend(scheme: str) -> Backend:
    offered: tuple[Backend, ...] = registry.named("tm.store", scheme, Backend) or (
        *registry.listed("tm.store", Backend),
        *registry.installed(
            "tm.memory", Backend
        ),  # where stores were offered before they had a room of their own
    )
    by_scheme = {backend.scheme: backend for backend in reversed(offered)}
    if scheme not in by_scheme:
        raise OptionError(f"{scheme}: is not a kind of memory; known are: {', '.join(sorted(by_scheme))}")
    return by_scheme[scheme]
