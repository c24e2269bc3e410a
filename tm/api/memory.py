"""A memory as Python sees it: units in, matches out, one direction. What is looked up in it stands in ``lookup.py``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tm.api.given import (
    direction_given,
    is_path,
    items_given,
    numbers_given,
    path_given,
    string_given,
    units_of,
    warn_left_out,
)
from tm.api.lookup import SearchableMemory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tm.api.given import Path, TextPair
    from tm.direction import Direction
    from tm.model import Unit
    from tm.store import Added, Change, OnSame, Stored
    from tm.work.editing import Editing


class Memory(SearchableMemory):
    """Units kept in one file, found again by what they say.

    A memory is a context manager; what was added is on disk at once, closing only lets go of the file. It
    belongs to one thread.

    Args:
        path: an SQLite file, made when it is not there; ":memory:" keeps units until the memory is closed; or
            another address, e.g. ``sqlite:news.tm``.
        source_lang: the language translated from; "" = the first of the memory, or of what is added.
        target_lang: likewise the other one.
        create: whether to make what is not there.

    Raises:
        StoreError: the file is no memory, damaged, locked or of a newer version.
        OptionError: a language is no tag.

    >>> with Memory(":memory:", source_lang="fr", target_lang="pt") as memory:
    ...     _ = memory.add([("Le pain est chaud.", "O pão está quente.")])
    ...     _ = memory.add([("Le four est froid.", "O forno está frio.")])
    ...     [(match.percent, match.target) for match in memory.find("Le pain est froid.")]
    [(75, 'O forno está frio.'), (75, 'O pão está quente.')]
    """

    def add(
        self,
        *given: Path | Iterable[TextPair | Unit],
        origin: str = "",
        on_same: OnSame | None = None,
        name: str = "",
        author: str = "",
    ) -> Added:
        """Keep units: what is there already is not added again.

        Args:
            given: lists of pairs and units (``(source, target)`` tuples of strings, ``Pair``, ``Unit``); and
                paths: files, folders, or two documents, a text and its translation, which are aligned first.
            origin: how they were made: "imported", "aligned", "machine", "unreviewed".
            on_same: "keep", "replace" or "both", when the memory has another translation of the same source;
                None = keep, but replace what comes from an OmegaT project.
            name: what the history calls it; "" = the file's name.
            author: who adds them, for the history.

        Raises:
            OptionError: a choice that makes no sense, or something that is no pair.
            FormatError: a file that cannot be read.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     memory.add([("pain", "pão")]).added, memory.add([("pain", "pão")]).added
        (1, 0)
        """
        from tm.store import Added

        options: dict[str, Any] = {
            "origin": string_given("origin", origin),
            "on_same": on_same,
            "name": string_given("name", name),
            "author": string_given("author", author),
        }
        paths = [path_given("a file", item) for item in given if is_path(item)]
        lists: list[Any] = [item for item in given if not is_path(item)]
        counts = [self._add_units(item, **options) for item in lists]
        if paths:
            counts.append(self._add_files(paths, **options))
        return sum(counts, Added())

    def _add_files(self, paths: list[str], **options: Any) -> Added:  # noqa: ANN401 - those of add
        from tm.work.adding import add_files

        result = add_files(self._store, paths, direction=self._asked, date=_now(), **options)
        warn_left_out(result.rejected)
        return result.added

    def _add_units(
        self,
        given: Iterable[TextPair | Unit],
        on_same: OnSame | None,
        **options: Any,  # noqa: ANN401
    ) -> Added:
        items = list(items_given(given, "a path or a list of pairs, (source, target),"))
        units = list(units_of(items, self._direction_of(items)))
        return self._store.add(units, date=_now(), on_same=on_same or "keep", **options)

    def _direction_of(self, items: list[TextPair | Unit]) -> Direction:
        """The languages of pairs that do not say them."""
        from tm.api.given import pairs_of
        from tm.model import Unit

        pairs = pairs_of([item for item in items if not isinstance(item, Unit)])
        if not pairs or self._asked.is_known:
            return self._asked
        return direction_given(self._asked.source, self._asked.target, pairs, list(self._store.languages()))

    def stored(self, *numbers: int, where: str = "") -> list[Stored]:
        """Units with their numbers, and where they came from: those of the numbers, or all, or those that
        are meant (see ``find``); a number of no unit is passed over.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("pain", "pão"), ("four", "forno")], name="bread.tsv")
        ...     [(each.number, each.file) for each in memory.stored(where="text=pain")]
        [(1, 'bread.tsv')]
        """
        from tm.store.where import parsed_where

        meant = parsed_where(string_given("where", where))
        units = self._store.stored(numbers_given(numbers)) if numbers else self._store.all_stored()
        return [unit for unit in units if meant.admits(unit)]

    def edit(
        self,
        *numbers: int,
        source: str | None = None,
        target: str | None = None,
        note: str | None = None,
        origin: str | None = None,
        author: str = "",
        old_source: str = "",
        old_target: str = "",
        where: str = "",
    ) -> Editing:
        """Change units; what is None stays. Each gets a new number.

        Args:
            numbers: of the units.
            source: the new source text.
            target: the new translation.
            note: the note, in the place of those it has; "" takes them out.
            origin: how it was made; with a text it is "edited" by itself.
            author: who changes it.
            old_source: names the one unit with this source text, where there is no number.
            old_target: likewise its translation.
            where: which units are meant, alone or beside the others (see ``find``).

        Raises:
            OptionError: a number is no unit's, or the texts are those of several units or none.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("four", "fogão")])
        ...     (change,) = memory.edit(1, target="forno").changes
        ...     change.number, memory.find("four")[0].target
        (2, 'forno')
        """
        from tm.work.alteration import Alteration
        from tm.work.editing import Selection, edit_units

        selection = Selection(
            numbers_given(numbers), **_strings(source=old_source, target=old_target, where=where)
        )
        given = {"source": source, "target": target, "note": note, "origin": origin}
        said = {name: text for name, text in given.items() if text is not None}
        alteration = Alteration(**_strings(author=author, **said))
        return edit_units(self._store, selection, alteration, self._asked, date=_now())

    def remove(
        self, *numbers: int, source: str = "", target: str = "", where: str = "", author: str = ""
    ) -> Editing:
        """Take units out: those of the numbers, the one with these texts, or those that are meant.

        Args:
            numbers: of the units.
            source: names the one unit with this source text, where there is no number.
            target: likewise its translation.
            where: which units are meant, alone or beside the others (see ``find``).
            author: who takes them out, for the history.

        Raises:
            OptionError: a number is no unit's, or the texts are those of several units or none.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("four", "fogão"), ("four", "forno")])
        ...     _ = memory.remove(source="four", target="fogão")
        ...     [match.target for match in memory.find("four")]
        ['forno']
        """
        from tm.work.editing import Selection, remove_units

        selection = Selection(numbers_given(numbers), **_strings(source=source, target=target, where=where))
        by = string_given("author", author)
        return remove_units(self._store, selection, self._asked, date=_now(), author=by)

    def export(self, path: Path, *, where: str = "", numbers: bool = False) -> int:
        """Write units into a file, all or those that are meant (see ``find``); how many.

        With ``numbers`` a table (.tsv, .csv, .xlsx) can be taken back: ``tm edit --table``.
        """
        from tm.work.exporting import export_memory

        path, where = path_given("path", path), string_given("where", where)
        return export_memory(self._store, path, direction=self._asked, where=where, numbers=numbers).count

    def log(self) -> list[Change]:
        """The history, oldest first."""
        return self._store.log()

    def undo(self, *, author: str = "") -> Change | None:
        """Take back the last change, which it gives; None when there is none. The history names the author.

        >>> with Memory(source_lang="fr", target_lang="pt") as memory:
        ...     _ = memory.add([("pain", "pão")])
        ...     memory.undo().action, len(memory)
        ('add', 0)
        """
        return self._store.undo(date=_now(), author=string_given("author", author))


def _strings(**given: str) -> dict[str, str]:
    return {name: string_given(name, text) for name, text in given.items()}


def _now() -> str:
    """For the history, which the library keeps without a clock."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
