"""Dataclasses whose code is made when the first of their values is.

The standard decorator writes and compiles six methods for each class, which takes nearly a thousandth of a
second: a look-up that loads thirty classes and makes values of ten spent a fifth of its time on that.

1. ``dataclass`` is used like the standard one; to a type checker it is the standard one. ``_made`` gives the
   class its slots, and the methods that need not be compiled: equality, hash, text, pickling, that nothing changes.
2. ``_compiled`` makes ``__init__`` when the first value is made.
3. What ``dataclasses.fields``, ``replace`` and ``inspect.signature`` look at is made when they do (``_Later``).

>>> @dataclass(frozen=True, slots=True)
... class Place:
...     '''Where something stands.'''
...     path: str
...     line: int = 0
>>> Place("a.po"), Place("a.po") == Place("a.po", 0)
(Place(path='a.po', line=0), True)
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False) -> Callable[[type], type]:
        """``dataclasses.dataclass`` with slots, for classes that inherit no fields."""
        assert slots
        return lambda cls: _made(cls, frozen=frozen)


def _made(original: type, *, frozen: bool) -> type:
    """The class with slots and methods."""
    namespace = dict(original.__dict__)
    names = tuple(namespace["__annotations__"])
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    del namespace["__dict__"], namespace["__weakref__"]
    namespace |= {"__slots__": names, "__match_args__": names, "__qualname__": original.__qualname__}
    cls = type(original)(original.__name__, original.__bases__, namespace)

    def init(self: Any, *given: Any, **named: Any) -> None:  # noqa: ANN401 - of any field
        cls.__init__ = _compiled(cls, names, defaults)  # type: ignore[misc]
        type.__getattribute__(cls, "__init__")(self, *given, **named)

    methods = {
        "__init__": init,
        "__dataclass_fields__": _Later("__dataclass_fields__", lambda: _fields(cls, defaults)),
        "__signature__": _Later("__signature__", lambda: _signature(cls, names, defaults)),
        **_comparing(names, defaults, frozen=frozen),
        **(_FROZEN if frozen else {}),
    }
    for name, method in methods.items():
        if name not in namespace:
            setattr(cls, name, method)
    return cls


def _comparing(names: tuple[str, ...], defaults: dict[str, Any], *, frozen: bool) -> dict[str, Any]:
    """Equality, hash and text of a class."""

    def having(option: str) -> list[str]:
        return [name for name in names if getattr(defaults.get(name), option, True)]

    shown, values_of = having("repr"), attrgetter(*having("compare"))

    def equal(self: Any, other: object) -> bool:  # noqa: ANN401
        return values_of(self) == values_of(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:  # noqa: ANN401
        return hash(values_of(self))

    def text(self: Any) -> str:  # noqa: ANN401
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({fields})"

    return {"__eq__": equal, "__hash__": hashed if frozen else None, "__repr__": text}


def _refuse(_: Any, name: str, *__: Any) -> None:  # noqa: ANN401
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _state(self: Any) -> list[Any]:  # noqa: ANN401
    return [getattr(self, name) for name in self.__match_args__]


def _set_state(self: Any, state: list[Any]) -> None:  # noqa: ANN401
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


_FROZEN: dict[str, Any] = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
"""What a class has whose values never change."""


def _compiled(cls: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """The ``__init__`` of a class: each argument is put into its slot."""
    used: dict[str, Any] = {"MISSING": dataclasses.MISSING}
    parameters, lines = ["self"], []
    for name in names:
        used[f"set_{name}"] = cls.__dict__[name].__set__
        default: Any = defaults.get(name, dataclasses.MISSING)
        make: Any = dataclasses.MISSING
        if isinstance(default, dataclasses.Field):
            default, make = default.default, default.default_factory
        if default is not dataclasses.MISSING:
            used[f"default_{name}"] = default
            parameters.append(f"{name}=default_{name}")
        elif make is not dataclasses.MISSING:
            used[f"make_{name}"] = make
            parameters.append(f"{name}=MISSING")
            lines.append(f"    if {name} is MISSING: {name} = make_{name}()")
        else:
            parameters.append(name)
        lines.append(f"    set_{name}(self, {name})")
    source = [f"def __init__({', '.join(parameters)}):", *lines]
    exec("\n".join(source), used)  # noqa: S102 - the names are those of our own fields
    init: Callable[..., None] = used["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


class _Later:
    """An attribute of a class that is made when it is first asked for."""

    def __init__(self, name: str, make: Callable[[], Any]) -> None:
        self.name, self.make = name, make

    def __get__(self, instance: object, owner: type) -> Any:  # noqa: ANN401
        setattr(owner, self.name, self.make())
        return getattr(owner, self.name)


def _fields(cls: type, defaults: dict[str, Any]) -> dict[str, Any]:
    """The standard library's fields of a class."""
    namespace = {"__annotations__": cls.__annotations__, "__module__": cls.__module__, **defaults}
    standard: Any = dataclasses.dataclass(init=False, repr=False, eq=False)
    fields: dict[str, Any] = standard(type(cls.__name__, (), namespace)).__dataclass_fields__
    return fields


def _signature(cls: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Any:  # noqa: ANN401
    import inspect

    made = inspect.signature(_compiled(cls, names, defaults))
    parameters = [*made.parameters.values()][1:]
    annotated = [each.replace(annotation=cls.__annotations__[each.name]) for each in parameters]
    return made.replace(parameters=annotated, return_annotation=None)
