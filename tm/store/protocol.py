"""What a memory can do. How one is opened by its address is said in ``addresses.py``."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, TypeGuard, runtime_checkable

from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from tm.model import Unit
    from tm.store.addition import Arriving
    from tm.store.inspection import Damage
    from tm.store.stored import Stored
    from tm.store.texts import Texts

    Numbered: TypeAlias = list[tuple[int, Unit]]
    """Units, each with its number."""

OnSame = Literal["keep", "replace", "both"]
"""What happens to a unit when the memory has its source already (same text and languages, no other context) but
with another translation:

- "keep": the stored units stay, the new one is left out.
- "replace": the new unit takes the place of all of them.
- "both": all are in the memory.

Only earlier imports count: when one file translates a sentence in two ways, it means to, and both are added.
A unit that is in the memory with all its texts is never stored twice, whatever is chosen here: its dates, notes
and properties are brought up to date, and a better origin confirms it."""

Hits: TypeAlias = list[tuple[float, int]]
"""What a look-up finds: likenesses, above 0 and up to 1, each with the number of its unit."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the units of one ``Store.add``. Each unit is counted once, in one of the first seven.

    Attributes:
        added: units that are new in the memory.
        same: units that the memory had already.
        replaced: units that took the place of older translations.
        kept: units left out because the memory has another translation, by ``on_same="keep"``.
        confirmed: units that the memory had from a worse origin: a person says what a machine said.
        updated: units that the memory had, with other or fewer dates, notes or properties.
        barred: aligned units left out because a person took them out of the memory before.
        superseded: older units of the same name that went out because they are not among the new ones.
        gone: older units that went out for those ``replaced``.
        apart: the tags of units with the same source that are different units only by their regions.

    >>> Added(3, barred=1)
    Added(added=3, barred=1)
    """

    added: int = 0
    same: int = 0
    replaced: int = 0
    kept: int = 0
    confirmed: int = 0
    updated: int = 0
    barred: int = 0
    superseded: int = 0
    gone: int = 0
    apart: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """What there was of anything."""
        counts = ((each.name, getattr(self, each.name)) for each in fields(Added))
        return f"Added({', '.join(f'{name}={count!r}' for name, count in counts if count)})"

    def __add__(self, more: Added) -> Added:
        """Both additions together.

        >>> Added(1, same=2, apart=("fr-CA", "fr-FR")) + Added(3, apart=("fr-CA", "fr-FR"))
        Added(added=4, same=2, apart=('fr-CA', 'fr-FR'))
        """
        sums = {each.name: getattr(self, each.name) + getattr(more, each.name) for each in fields(Added)}
        return Added(**{**sums, "apart": tuple(sorted(set(sums["apart"])))})

    @property
    def written(self) -> int:
        """How many of the units were written into the memory, whole or in part."""
        return self.added + self.replaced + self.confirmed + self.updated


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a memory's history.

    Attributes:
        number: counted from 1, in order.
        date: as the caller gave it, "" when not.
        action: "add", "edit", "remove", "undo".
        name: what was added, e.g. the file's name.
        added: units that came in.
        removed: units that went out.
        finished: False when the work was cut off; what it had acknowledged is in the memory.
        author: who made it, "" when that is not known.
    """

    number: int
    date: str
    action: str
    name: str
    added: int
    removed: int
    finished: bool
    author: str = ""


class Store(Protocol):
    """A memory: units kept in order of arrival, found again by their words.

    A store is a context manager. Each method may raise a ``StoreError``: the memory is damaged, locked, gone, or closed;
    other errors are named where they are raised. Threads may share it, if it has a file or an address; what one of them
    has begun to read (an iterator) it reads to the end itself.
    """

    @property
    def name(self) -> str:
        """Its address, for messages."""

    def __enter__(self) -> Store:
        """Itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""

    def close(self) -> None:
        """Let go of the file or connection. What was added is safe already."""

    def __len__(self) -> int:
        """How many units there are."""

    def units(self) -> Iterator[Unit]:
        """All units exactly as they were added, in order of arrival."""

    def languages(self) -> dict[str, int]:
        """How many variants there are in each language, tags as they came, in order of first arrival."""

    def add(
        self,
        units: Iterable[Arriving],
        *,
        origin: str = "",
        on_same: OnSame = "keep",
        supersede: bool = False,
        dry_run: bool = False,
        name: str = "",
        date: str = "",
        author: str = "",
        acknowledge: Callable[[int], None] | None = None,
    ) -> Added:
        """Keep units; each batch is on disk before it is acknowledged.

        Args:
            units: taken as a stream; when it raises, what was acknowledged stays. Those that ``identified`` gave
                have their origin already.
            origin: how they were made ("imported", "aligned", "machine"), whatever they say themselves; "" =
                as they say.
            on_same: see ``OnSame``.
            supersede: these units are all there is of ``name``: units that earlier additions of this name
                brought and that are not among these go out, in the same transaction (so all are held in
                memory). Units that came by another name stay.
            dry_run: count only; the memory stays as it is. The open store remembers what dry runs would have
                added, about 400 bytes a unit, so that the next one counts as if they had been additions; each
                change of the units that it makes lets it forget them.
            name: what is being added, for the history.
            date: when, for the history; the library itself has no clock.
            author: who adds them, for the history.
            acknowledge: called with the number of this call's units that are on disk, after each batch.

        Raises:
            OptionError: ``on_same`` is none of its choices.
            ValueError: a unit has no variant.
        """

    def remove(
        self,
        numbers: Sequence[int],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> list[int]:
        """Take out units that a person does not want; the change is a "remove".

        Args:
            numbers: of units; those that are not there, or not any more, are passed over.
            name: what the history says of it.
            date: when, for the history.
            author: who does it, likewise.
            dry_run: leave the memory as it is.

        Returns:
            The numbers of the units that were there, in the order asked.
        """

    def edit(
        self,
        units: Mapping[int, Unit | None],
        *,
        name: str = "",
        date: str = "",
        author: str = "",
        dry_run: bool = False,
    ) -> dict[int, int]:
        """Put new units in the places of stored ones; the change is an "edit".

        The old unit goes out, and the new one gets a number of its own. It keeps the old one's file
        (``Stored.file``). A unit that has the new one's texts and context already goes out too.

        Args:
            units: the new unit for each number, None for one that goes out in the same change; those that
                are not there, or not any more, are passed over.
            name: what the history says of it.
            date: when, for the history.
            author: who does it, likewise.
            dry_run: leave the memory as it is.

        Returns:
            For each unit that was there the number that it has now; its own when nothing changes, 0 when it
            went out.

        Raises:
            ValueError: a new unit has no variant.
        """

    def undo(self, *, date: str = "", author: str = "", change: int = 0) -> Change | None:
        """Take back the last change that has not been taken back.

        Args:
            date: when, for the history.
            author: who does it, likewise.
            change: the number of the change that is meant; 0 = whichever is the last.

        Returns:
            What was taken back; None when there is nothing, or another change than the one that is meant is the last.
        """

    def log(self) -> list[Change]:
        """The history, oldest first."""

    def note(self, name: str) -> str:
        """A small string kept with the memory, "" when there is none of that name."""

    def set_note(self, name: str, value: str) -> None:
        """Keep a small string with the memory; setting what it is already changes nothing."""

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        """The units of these numbers, in their order; a unit that is gone is left out."""

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        """Like ``fetch``, each unit with its number and what brought it."""

    def all_stored(self, after: int = 0) -> Iterator[Stored]:
        """Like ``units``, each unit with its number and what brought it; those after a number."""

    def similar(self, queries: Sequence[Sequence[str]], language: str, minimum: float) -> Iterator[Hits]:
        """For each query all units with a variant of this language whose words are like it.

        Args:
            queries: key tokens (``tm.language.key_tokens``), and ``OneOf``: any of its words in a text is
                that token. Two of them in a query are the same or have no word in common. ``Texts`` have the
                key tokens of segments.
            language: regions do not matter here: every variant of the same language is compared.
            minimum: the least likeness, in (0, 1].

        Yields:
            For each query (likeness, unit number), best first, then newest first. The likeness is 1 -
            Levenshtein / the longer length, in tokens. Units that are gone may be among the hits, and units
            less like the query than their likeness says (where hashes of tokens collide). None is missing.
        """

    def containing(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units in which the query's key tokens stand one after another, the newest first.

        A wildcard among them (``tm.store.wildcards``) stands for several words. For the language, and for units
        that may be among the results by mistake, see ``similar``.
        """

    def holding(self, query: Sequence[str], language: str) -> Iterator[int]:
        """Like ``containing``, but the tokens may stand anywhere in the text, in any order."""

    def words(self, wildcard: str, language: str) -> list[str]:
        """The words for which a wildcard stands (``tm.store.wildcards``), in order; of units that are gone,
        too."""

    def stretches(self, query: Sequence[str], language: str, seeds: Sequence[int]) -> list[int]:
        """The longest stretches of the query's key tokens that stand one after another in some unit.

        For the language, and for units that may be among the results by mistake, see ``similar``.

        Args:
            query: key tokens.
            language: regions do not matter.
            seeds: positions in the query, ascending; only stretches that contain a seed are guaranteed.

        Returns:
            For each position in the query, where the longest stretch ends that begins there and lies within
            no longer one. Where there is none: the position itself, or the end of some shorter stretch.
        """


@runtime_checkable
class Inspectable(Protocol):
    """A store that knows whether what it holds is what was written."""

    def damages(self) -> Iterator[Damage]:
        """All that is not as it was written."""

    def whole_units(self, lost: list[Damage]) -> Iterator[Unit]:
        """The units that are as they were written; ``lost`` takes what is hurt."""


@runtime_checkable
class Counted(Protocol):
    """A store that tells by a number whether it has changed."""

    def generation(self) -> int:
        """A number that grows with each change of the units, whoever makes it."""


@runtime_checkable
class Exact(Protocol):
    """A store that finds equal texts at once, without a search."""

    def exact(self, texts: Texts, language: str) -> list[Numbered | None]:
        """For each text the units that have it in a variant of this language.

        Args:
            texts: what is looked up.
            language: regions do not matter.

        Returns:
            The units, the newest first, of one moment; None where the store cannot tell without a search. Units whose
            text only looks like it may be among them.
        """


def is_exact(store: Store) -> TypeGuard[Exact]:
    """Whether a store is ``Exact``.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     is_exact(store)
    True
    """
    return _is_exact(type(store))


@functools.cache  # to look at a value takes as long as an exact look-up
def _is_exact(kind: type[Store]) -> bool:
    return issubclass(kind, Exact)


Stores: TypeAlias = Store | Sequence[Store]
"""A memory, or several that are searched as one."""


def listed(stores: Stores) -> list[Store]:
    """The memories as a list, also when there is only one.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     listed(store) == [store], listed((store, store)) == [store, store]
    (True, True)
    """
    return list(stores) if isinstance(stores, Sequence) else [stores]
