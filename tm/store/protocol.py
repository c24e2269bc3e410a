"""What a memory can do, and how one is opened by its address.

A back end is one module of this room (or of another package, entry point ``tm.store``) that offers a ``Backend``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from tm import registry
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

    from tm.model import Unit

OnSame = Literal["keep", "replace", "both"]
"""What happens to a unit whose source the memory has already, with the same context and languages, translated otherwise:
the stored one is kept and the new one left out; the new one replaces it; both are kept.

Only earlier imports count: when one file translates a sentence in two ways, it says so on purpose, and both are kept.
A unit whose texts and context are all in the memory already is never stored twice, whatever is chosen here; with "replace"
its attributes and notes are brought up to date."""


class Prefix(str):
    """The beginning of a word, as a key token that stands for all words that begin so."""

    __slots__ = ()


def fits(wanted: str, token: str) -> bool:
    """Whether a key token is the wanted one, or begins as a ``Prefix`` says.

    >>> fits(Prefix("intell"), "intelligence"), fits("intell", "intelligence")
    (True, False)
    """
    return token.startswith(wanted) if isinstance(wanted, Prefix) else token == wanted


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the units of one ``add``.

    Attributes:
        added: units that are new in the memory.
        same: units that were there already.
        replaced: units that took the place of an older one (they are not counted in ``added``).
        kept: units left out because the memory has another translation, by ``on_same="keep"``.
        superseded: older units of the same name that went out because the new ones no longer say them.
    """

    added: int = 0
    same: int = 0
    replaced: int = 0
    kept: int = 0
    superseded: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a memory's history.

    Attributes:
        number: counted from 1, in order.
        date: as the caller gave it, "" when not.
        action: "add", "undo", "clean".
        name: what was added, e.g. the file's name.
        added: units that came in.
        removed: units that went out.
        finished: False when the work was cut off; what it had acknowledged is in the memory.
    """

    number: int
    date: str
    action: str
    name: str
    added: int
    removed: int
    finished: bool


class Store(Protocol):
    """A memory: units kept in order of arrival, found again by their words.

    A store is a context manager and belongs to one thread. All its errors are ``StoreError``.
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
        units: Iterable[Unit],
        *,
        origin: str = "",
        on_same: OnSame = "keep",
        supersede: bool = False,
        dry_run: bool = False,
        name: str = "",
        date: str = "",
        acknowledge: Callable[[int], None] | None = None,
    ) -> Added:
        """Keep units; each batch is on disk before it is acknowledged.

        Args:
            units: taken as a stream; when it raises, what was acknowledged stays.
            origin: how they were made ("imported", "aligned", "machine"), for units that do not say it themselves.
            on_same: see ``OnSame``.
            supersede: these units are all that ``name`` has to say: what earlier additions of that name brought and these lack
                goes out, in the same transaction (so they are held in memory). Units that came by another name stay.
            dry_run: count only; the memory stays as it is. Dry runs that follow each other count on each other.
            name: what is being added, for the history.
            date: when, for the history; the library itself has no clock.
            acknowledge: called with the number of this call's units that are on disk, after each batch.
        """

    def undo(self, *, date: str = "") -> Change | None:
        """Take back the last change that has not been taken back; None when there is none."""

    def log(self) -> list[Change]:
        """The history, oldest first."""

    def note(self, name: str) -> str:
        """A small string kept with the memory, "" when there is none of that name."""

    def set_note(self, name: str, value: str) -> None:
        """Keep a small string with the memory; setting what it is already changes nothing."""

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        """The units of these numbers, as ``similar`` gives them; a unit that is gone is left out."""

    def similar(
        self, queries: Sequence[Sequence[str]], language: str, minimum: float
    ) -> Iterator[list[tuple[float, int]]]:
        """For each query all units with a variant of this language whose words are like it.

        Args:
            queries: key tokens (``tm.language.key_tokens``).
            language: regions do not matter here: every variant of the same language is compared.
            minimum: the least base, in (0, 1].

        Yields:
            For each query (base, unit number), best first, then newest first; base is
            1 - Levenshtein / the longer length, in tokens. Units that are gone may be among them, and, where hashes
            of tokens collide, units less like the query than it seems; none is missing.
        """

    def containing(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units in which the query's key tokens stand one after another, the newest first.

        A ``Prefix`` among them stands for every word that begins with it. The language and what may be among the units is as in
        ``similar``.
        """

    def holding(self, query: Sequence[str], language: str) -> Iterator[int]:
        """``containing``, but the tokens may stand anywhere in the text, in any order."""

    def stretches(self, query: Sequence[str], language: str, seeds: Sequence[int]) -> list[int]:
        """How far the query's key tokens stand one after another in some unit: for each of them where that ends.

        The language and what may be among the units is as in ``similar``.

        Args:
            query: key tokens.
            language: regions do not matter.
            seeds: places in the query, ascending; of stretches with none of them in it some may be missing.

        Returns:
            For each place the end of the longest stretch that begins there and is not within another one; the place itself,
            or the end of some shorter stretch, where there is none.
        """


@dataclass(frozen=True, slots=True)
class Backend:
    """A kind of store.

    Attributes:
        scheme: what stands before the colon of its addresses.
        open: takes what follows the scheme, and whether to create what is not there.
    """

    scheme: str
    open: Callable[[str, bool], Store]


_ADDRESS = re.compile(r"(?P<scheme>[a-z][a-z0-9+]+):(?P<rest>.*)", re.DOTALL)  # two letters: C:\ is a drive


def open_store(address: str | os.PathLike[str], *, create: bool = False) -> Store:
    """The memory at a path or an address (``sqlite:old.tm``).

    Args:
        address: a path is an SQLite file.
        create: make an empty memory when there is none.

    Raises:
        StoreError: there is none, it is no memory, damaged, locked or of a newer version.
        OptionError: nobody knows the address's scheme.

    >>> from tm.model import Segment, Unit, Variant
    >>> with open_store(":memory:", create=True) as store:
    ...     store.add([Unit((Variant("fr", Segment("carte")), Variant("pt", Segment("mapa"))))])
    ...     len(store), store.languages()
    Added(added=1, same=0, replaced=0, kept=0, superseded=0)
    (1, {'fr': 1, 'pt': 1})
    """
    text = os.fspath(address)
    found = _ADDRESS.fullmatch(text)
    if not found:
        return _backend("sqlite").open(text, create)
    return _backend(found["scheme"]).open(found["rest"], create)


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
