"""A stretch of work for which a memory that others write into, too, is asked once whether there is anything new.

Each look-up asks for the newest unit and change before it reads, which is a message to the server. Where one piece
of work reads many times (the languages, what is similar, the units), all of it is of one moment with ``asked_once``, and the
message is one. What the memory's own program writes meanwhile is seen all the same (``forget``).

>>> times = []
>>> def newest():
...     times.append("asked")
...     return len(times)
>>> with asked_once():
...     answer("a", newest), answer("a", newest), answer("b", newest)
(1, 1, 2)
>>> answer("a", newest)
3
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class _Answers(threading.local):
    """What the stretch of work of a thread was told."""

    by_asked: dict[object, object] | None = None


_answers = _Answers()


class asked_once:  # noqa: N801 - a context manager; one of contextlib's takes as long as what it saves
    """See the module."""

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        """Begin; inside another one nothing new begins."""
        self._before = _answers.by_asked
        _answers.by_asked = {} if self._before is None else self._before

    def __exit__(self, *_: object) -> None:
        """End."""
        _answers.by_asked = self._before


def answer(asked: Hashable, ask: Callable[[], T]) -> T:
    """What somebody answers; what was answered already within the stretch of work."""
    answers = _answers.by_asked
    if answers is None:
        return ask()
    if asked not in answers:
        answers[asked] = ask()
    return cast("T", answers[asked])


def learn(asked: Hashable, value: object) -> None:
    """Take what was heard otherwise as the answer for the rest of the stretch of work."""
    if _answers.by_asked is not None:
        _answers.by_asked[asked] = value


def forget(asked: Hashable) -> None:
    """Ask anew the next time."""
    if _answers.by_asked is not None:
        _answers.by_asked.pop(asked, None)
