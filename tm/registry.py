"""How formats, checks, metrics, languages and stores are found: as values at the top of a room's modules.

A new format is one file in ``tm/formats`` with one ``Format(…)`` value; nothing else is edited. Other
packages offer theirs through an entry point of the room's name (``tm.formats = "my_package.my_module"``).
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import pkgutil
import sys
from typing import TypeVar

T = TypeVar("T")


@functools.cache
def offers(room: str, kind: type[T]) -> tuple[T, ...]:
    """Every value of ``kind`` at the top level of the room's modules, in order of module, then of definition.

    Args:
        room: a package of this program, e.g. ``"tm.formats"``.
        kind: the class whose instances are wanted.

    Returns:
        Each value once.

    >>> from tm.language.varieties import Variety
    >>> [variety.tag for variety in offers("tm.language", Variety)]
    ['pt-BR', 'pt-PT']
    """
    package = importlib.import_module(room)
    names = sorted(entry.name for entry in pkgutil.iter_modules(package.__path__))
    return _values([f"{room}.{name}" for name in names if not name.startswith("_")], kind)


@functools.cache
def named(room: str, name: str, kind: type[T]) -> tuple[T, ...]:
    """The values of one module of the room, without loading the others; none without such a module.

    >>> from tm.language.languages import Language
    >>> [offered.tag for offered in named("tm.language", "fr", Language)]
    ['fr']
    """
    module = f"{room}.{name}"
    exists = name.isidentifier() and not name.startswith("_") and importlib.util.find_spec(module)
    return _values([module], kind) if exists else ()


@functools.cache
def installed(room: str, kind: type[T]) -> tuple[T, ...]:
    """Every value of ``kind`` that installed packages offer for the room, in order of entry points' names.

    Ask only after ``offers`` or ``named``: Python takes 40 ms of CPU to list entry points. It is asked only
    if some package on ``sys.path`` mentions the room, which takes 2 ms to see.
    """
    if not any(_mentions(folder, f"[{room}]".encode()) for folder in sys.path):
        return ()
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=room), key=lambda point: point.name)
    return _values([point.value for point in points], kind)


def listed(room: str, kind: type[T]) -> tuple[T, ...]:
    """Every value of ``kind``: the room's own, then those of installed packages."""
    return (*offers(room, kind), *installed(room, kind))  # type: ignore[arg-type]  # a class is hashable


def _mentions(folder: str, section: bytes) -> bool:
    """Whether a package in this folder of ``sys.path`` has entry points in the section; an archive may."""
    try:
        names = os.listdir(folder or ".")
    except NotADirectoryError:
        return os.path.exists(folder)
    except OSError:
        return False
    return any(
        section in _content(os.path.join(folder, name, "entry_points.txt"))
        for name in names
        if name.endswith((".dist-info", ".egg-info"))
    )


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def _values(modules: list[str], kind: type[T]) -> tuple[T, ...]:
    """The values of ``kind`` at the top level of the modules; a value that several modules name comes
    once."""
    values: dict[int, T] = {}
    for name in modules:
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, kind):
                values.setdefault(id(value), value)
    return tuple(values.values())
