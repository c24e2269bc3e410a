"""Where work in stages keeps what each stage makes: in memory, or in files that outlive a killed process.

The texts of a large job are cut into *shards*, each with a shelf of its own. A stage is a function that takes
a shelf, reads from it what earlier stages made, and returns what the next step of the whole needs to know.
``staged`` applies a stage to all shards, by ``map`` or by anything that is called like it (processes, a
cluster), and passes over the shards that have its result already.

>>> shelves = [MemoryShelf({"numbers": [1, 2]}), MemoryShelf({"numbers": [3]})]
>>> staged(map, "sum", lambda shelf: sum(shelf.get("numbers")), shelves)
[3, 3]
>>> staged(map, "sum", lambda shelf: 0, shelves)  # is there already
[3, 3]
"""

from __future__ import annotations

import contextlib
import itertools
import pickle
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from tm import files
from tm.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    P = ParamSpec("P")
    T = TypeVar("T")
    R = TypeVar("R")


class Each(Protocol):
    """What applies a function to each of many things and gives the results in their order, as ``map`` does."""

    def __call__(self, function: Callable[[T], R], things: Sequence[T], /) -> Iterable[R]:
        """The results; the first error of the function is raised."""


class Shelf(Protocol):
    """Values by name."""

    def put(self, name: str, value: object) -> None:
        """Keep a value, in place of an older one."""

    def get(self, name: str) -> Any:  # noqa: ANN401 - what was put there
        """The value of that name."""

    def drop(self, name: str) -> None:
        """Forget a value, if there is one."""

    def keep_only(self, names: Collection[str]) -> None:
        """Forget all values but these."""

    def __contains__(self, name: str) -> bool:
        """Whether there is a value of that name."""


@dataclass(frozen=True, slots=True)
class MemoryShelf:
    """Values in memory, by reference.

    >>> shelf = MemoryShelf({"a": 1})
    >>> shelf.drop("a")
    >>> "a" in shelf
    False
    """

    values: dict[str, object] = field(default_factory=dict)

    def put(self, name: str, value: object) -> None:
        """Keep a value."""
        self.values[name] = value

    def get(self, name: str) -> Any:  # noqa: ANN401 - what was put there
        """The value of that name."""
        return self.values[name]

    def drop(self, name: str) -> None:
        """Forget a value."""
        self.values.pop(name, None)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget all values but these."""
        for name in self.values.keys() - set(names):
            self.drop(name)

    def __contains__(self, name: str) -> bool:
        """Whether there is a value of that name."""
        return name in self.values


@dataclass(frozen=True, slots=True)
class FileShelf:
    """Values in files of one folder, each written aside and renamed, so that it is whole or not there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     shelf = FileShelf(folder)
    ...     shelf.put("sums", {"a": 1.5})
    ...     shelf.get("sums"), "sums" in shelf, "a" in shelf
    ({'a': 1.5}, True, False)

    Attributes:
        folder: where they are; made with the first value.
    """

    folder: str

    def put(self, name: str, value: object) -> None:
        """Keep a value."""
        files.folder(self.folder)
        with files.writing(self._path(name)) as stream:
            pickle.dump(value, stream, protocol=5)

    def get(self, name: str) -> Any:  # noqa: ANN401 - what was put there
        """The value of that name.

        Raises:
            FormatError: the file is damaged, or holds what no stage makes.
        """
        path = self._path(name)
        with files.reading(path) as stream:
            try:
                return _Unpickler(stream).load()
            except (pickle.UnpicklingError, EOFError, AttributeError, ValueError, IndexError) as error:
                what = "is no result of a stage; delete the folder, and it is made again"
                raise FormatError(what, path=path) from error

    def drop(self, name: str) -> None:
        """Forget a value."""
        self._path(name).unlink(missing_ok=True)

    def keep_only(self, names: Collection[str]) -> None:
        """Forget all values but these."""
        for path in Path(self.folder).glob("*"):
            if path.name not in names:
                path.unlink()

    def __contains__(self, name: str) -> bool:
        """Whether there is a value of that name."""
        return self._path(name).exists()

    def _path(self, name: str) -> Path:
        return Path(self.folder, name)


BLOCK = 500
"""Values of a stream that are in memory at a time."""


def put_stream(path: str, values: Iterable[object]) -> None:
    """Write values into a file as they come, aside until all are there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     put_stream(f"{folder}/squares", (number**2 for number in range(1000)))
    ...     sum(stream(f"{folder}/squares"))
    332833500
    """
    rest = iter(values)
    with files.writing(path) as file:
        while block := list(itertools.islice(rest, BLOCK)):
            pickle.dump(block, file, protocol=5)


def stream(path: str) -> Iterator[Any]:
    """The values of such a file, one by one."""
    with files.reading(path) as file, contextlib.suppress(EOFError):  # behind the last block
        while True:
            yield from _Unpickler(file).load()


_ARRAYS = {
    ("numpy", "dtype"),
    ("numpy", "ndarray"),
    ("numpy._core.multiarray", "_reconstruct"),
    ("numpy._core.multiarray", "scalar"),
    ("numpy._core.numeric", "_frombuffer"),
}
"""What numpy's arrays are made of when they are read from a file."""


class _Unpickler(pickle.Unpickler):
    """Reads our own values and arrays only: a file that somebody else put there runs none of their code."""

    def find_class(self, module: str, name: str) -> object:
        """A class of this package, or a part of an array."""
        if (module, name) in _ARRAYS:
            return super().find_class(module, name)
        value = super().find_class(module, name) if module.startswith("tm.") and "." not in name else None
        if not isinstance(value, type) or value.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")
        return value


def staged(
    each: Each,
    name: str,
    stage: Callable[Concatenate[Any, P], R],
    shelves: Sequence[Shelf],
    *arguments: P.args,
    **options: P.kwargs,
) -> list[R]:
    """The results of a stage, in the order of the shelves, each of which keeps its own under the stage's name.

    Args:
        each: applies a function to many shelves, as ``map`` does.
        name: of the stage.
        stage: takes a shelf, then the arguments.
        shelves: one for each shard.
        arguments: of the stage, the same for all shards.
        options: likewise, by name.
    """
    run = partial(_kept, name, stage, arguments, options)
    missing = [number for number, shelf in enumerate(shelves) if name not in shelf]
    fresh: Iterator[R] = iter(each(run, [shelves[number] for number in missing]))
    made = dict(zip(missing, fresh, strict=True))
    return [made[number] if number in made else shelf.get(name) for number, shelf in enumerate(shelves)]


def _kept(
    name: str,
    stage: Callable[..., R],
    arguments: tuple[object, ...],
    options: dict[str, object],
    shelf: Shelf,
) -> R:
    """The result of a stage for one shard, kept on its shelf."""
    result = stage(shelf, *arguments, **options)
    shelf.put(name, result)
    return result
