"""How long work lets its steps be watched: the caller takes them one by one, and may draw a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


class Progress(Protocol):
    """Takes the steps of some work and how many there are, and gives the same steps."""

    def __call__(self, steps: Iterable[T], length: int, /) -> Iterable[T]:
        """The steps, in order."""


def unwatched(steps: Iterable[T], _length: int, /) -> Iterable[T]:
    """The steps as they are: nobody watches.

    >>> list(unwatched([1, 2], 2))
    [1, 2]
    """
    return steps
