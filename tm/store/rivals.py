"""The units of a memory that have the same source as a new one: which are the same unit, which translate it otherwise.

>>> def known(number, content, extra=None, *tags):
...     return Known(number, content, whole=number, finished=True, extra=extra, tags=tags)
>>> in_menu = '[[],[["prop","menu","x-context",[]]]]'
>>> rivals = Rivals([known(1, 7, in_menu), known(2, 8)])
>>> [stored.number for stored in rivals.same(known(0, 7))]
[1]
>>> [stored.number for stored in rivals.others(known(0, 7), frozenset())[0]]
[2]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm.store import records
from tm.store.identity import contexts, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEW = 8
"""So many units are looked at one by one; of more, those with the same context are found first."""


@dataclass(slots=True, eq=False)
class Known:
    """What an addition knows of a unit.

    Attributes:
        number: the unit's; 0 of a new one.
        content: as in its ``Identity``.
        whole: likewise.
        finished: whether the addition that brought it was finished.
        extra: as in its ``Record``.
        tags: of its variants in order; () when all variants of a language have the same tag.
        removed: whether a person took it out, or changed its texts.
    """

    number: int
    content: int
    whole: int
    finished: bool
    extra: str | None = None
    tags: tuple[str, ...] = ()
    removed: bool = False
    _read: tuple[records.Context, str] | None = field(default=None, init=False, repr=False)

    @property
    def context(self) -> records.Context:
        """The segment before it and the key of its format, each "" when not known."""
        if self._read is None:
            self._read = records.context_and_origin(self.extra)
        return self._read[0]

    @property
    def origin(self) -> str:
        """How it was made; "" when it does not say."""
        if self._read is None:
            self._read = records.context_and_origin(self.extra)
        return self._read[1]


class Rivals:
    """The units with one source; those that were taken out by a person are kept apart."""

    def __init__(self, units: Iterable[Known]) -> None:
        """Of units in order of arrival."""
        self._units: list[Known] = []
        self._removed: list[Known] = []
        for known in units:
            (self._removed if known.removed else self._units).append(known)
        self._by_context: dict[tuple[int, str], list[Known]] | None = None

    def same(self, new: Known) -> list[Known]:
        """The units that are this one: those of its very context and regions, else those it does not
        contradict, of its context or of its regions first.

        Units of the addition under way, or of one that was cut off, are the same only in the first way.
        """
        alike: dict[tuple[bool, bool], list[Known]] = {}
        for known in self._near(new.context):
            if known.content != new.content:
                continue
            likenesses = contexts(known.context, new.context), regions(known.tags, new.tags)
            if likenesses == ("equal", "equal") or (known.finished and "other" not in likenesses):
                key = likenesses[0] == "open", likenesses[1] == "open"
                alike.setdefault(key, []).append(known)
        return alike[min(alike)] if alike else []

    def others(self, new: Known, parted: frozenset[str]) -> tuple[list[Known], list[Known]]:
        """The units of finished additions with other translations of the same source in the same context.

        Args:
            new: the unit.
            parted: the languages of which regions are kept apart.

        Returns:
            Those in the same languages; those in other regions of them, the same texts included.
        """
        translations, apart = [], []
        for known in self._near(new.context):
            if not known.finished or contexts(known.context, new.context) == "other":
                continue
            has_same_texts = known.content == new.content
            if regions(known.tags, new.tags, frozenset() if has_same_texts else parted) == "other":
                apart.append(known)
            elif not has_same_texts:
                translations.append(known)
        return translations, apart

    def was_removed(self, new: Known) -> bool:
        """Whether a person took this unit out: in its context, or in another one and it stands nowhere now."""
        removed = [
            known
            for known in self._removed
            if known.content == new.content and regions(known.tags, new.tags) != "other"
        ]
        if any(contexts(known.context, new.context) != "other" for known in removed):
            return True
        return bool(removed) and not any(known.content == new.content for known in self._units)

    def add(self, known: Known) -> None:
        """One more unit."""
        self._units.append(known)
        if self._by_context is not None:
            for part in _parts(known.context):
                self._by_context.setdefault(part, []).append(known)

    def discard(self, gone: Sequence[Known]) -> None:
        """Units that went out."""
        if gone:
            numbers = {known.number for known in gone}
            self._units = [known for known in self._units if known.number not in numbers]
            self._by_context = None

    def _near(self, context: records.Context) -> Iterable[Known]:
        """All units whose context does not contradict this one, and perhaps more."""
        if len(self._units) <= FEW or not any(context):
            return self._units
        if self._by_context is None:
            self._by_context = {}
            for known in self._units:
                for part in _parts(known.context):
                    self._by_context.setdefault(part, []).append(known)
        parts = [_NOWHERE, *_parts(context)]
        near = {known.number: known for part in parts for known in self._by_context.get(part, ())}
        return near.values()


_NOWHERE = (-1, "")


def _parts(context: records.Context) -> Iterator[tuple[int, str]]:
    """What a unit is looked up by: the parts of its context; one for all units without.

    >>> list(_parts(("Avant.", ""))), list(_parts(("", "")))
    ([(0, 'Avant.')], [(-1, '')])
    """
    if not any(context):
        yield _NOWHERE
    yield from ((number, text) for number, text in enumerate(context) if text)
