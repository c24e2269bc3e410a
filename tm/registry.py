"""How formats, checks, languages and back ends are found: a room offers every value of a kind at the top of its modules.

A new format is one file in ``tm/formats`` with one ``Format(…)`` value; nothing else is edited. Other packages offer
theirs through an entry point of the room's name (``tm.formats = "my_package.my_module"``).
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

T = TypeVar("T")


@functools.cache
def offers(room: str, kind: type[T]) -> tuple[T, ...]:
    """Every value of ``kind`` at the top level of the modules of ``room``, in order of module name, then of definition.

    Args:
        room: a package of ours, e.g. ``"tm.formats"``.
        kind: the class whose instances are wanted.

    Returns:
        Each value once; the built-in ones first, then those of installed packages.
    """
    found: dict[int, T] = {}
    for module in _modules(room):
        for value in vars(module).values():
            if isinstance(value, kind):
                found.setdefault(id(value), value)
    return tuple(found.values())


def _modules(room: str) -> Iterator[ModuleType]:
    package = importlib.import_module(room)
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        if not entry.name.startswith("_"):
            yield importlib.import_module(f"{room}.{entry.name}")
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=room), key=lambda point: point.name):
        yield importlib.import_module(point.value)
