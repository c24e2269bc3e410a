"""Another glossary taken into a glossary, by one locked change; what both decided differently is listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from tm import bcp47
from tm.choices import check_choice
from tm.direction import UNDECIDED, Direction, decided
from tm.formats import Account
from tm.terminology.joining import Conflict, Joined, OnConflict, join, statements
from tm.work import decision_log
from tm.work.glossary_file import (
    NOBODY,
    By,
    change_glossary,
    languages_in,
    open_glossary,
    read_decisions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tm.files import AnyPath
    from tm.model import Concept
    from tm.terminology.history import Change


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        count: how many concepts the other glossary has.
        conflicts: what both decided differently.
        contradictions: what a row of the other glossary says that another row of it denies, in words.
        changes: the concepts of the glossary that it changed; () of a dry run.
    """

    count: int
    conflicts: tuple[Conflict, ...]
    contradictions: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def import_terms(
    path: AnyPath,
    into: AnyPath,
    *,
    asked: Direction = UNDECIDED,
    format: str = "",  # noqa: A002
    on_conflict: OnConflict = "ours",
    choices: Mapping[Conflict, OnConflict] | None = None,
    name: str = "",
    mark: str = "",
    dry_run: bool = False,
    by: By = NOBODY,
) -> Imported:
    """Take another glossary into a glossary, which keeps its ids, its notes and its decisions.

    What the other one said already when it was imported before, under the same name, is no conflict.

    Args:
        path: of the other glossary.
        into: the glossary, which is written anew; made when it is not there.
        asked: the languages; a side that is "" is as the glossary says, else as the other one does.
        format: the other glossary's format; "" = by the extension.
        on_conflict: whose decision holds where both decided; "both" = ours, and theirs beside it.
        choices: of which conflicts another one's decision holds.
        name: what the other glossary is called; "" = as its file.
        mark: by which ``undo_terms`` finds the import.
        dry_run: say what would be done; the glossary stays as it is.
        by: who imports it, and when.

    Raises:
        OptionError: no such way with conflicts.
        FormatError: a glossary cannot be read or written, or lacks the languages.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "client.tsv")
    ...     _ = path.write_text("fr\\tpt\\nfour\\tforno\\n")
    ...     imported = import_terms(path, path.with_name("glossary.tbx"))
    >>> imported.count, imported.conflicts, len(imported.changes)
    (1, (), 1)
    """
    check_choice("on_conflict", on_conflict, get_args(OnConflict))
    name = name or Path(path).name
    details: dict[str, object] = {"file": name, "mark": mark} if mark else {"file": name}
    results: list[tuple[int, Joined]] = []
    account = Account()
    changes: tuple[Change, ...] = ()

    def change(concepts: list[Concept], direction: Direction) -> tuple[Concept, ...]:
        concepts_read = read_decisions(path, direction, format, account)
        imported = [_in_order(concept, direction) for concept in concepts_read]
        decided(direction, languages_in(imported))
        details["imported"] = statements(imported)
        joined = join(concepts, imported, on_conflict=on_conflict, choices=choices, last=_last(into, name))
        results.append((len(imported), joined))
        return joined.concepts

    if dry_run:
        change(*(open_glossary(into, asked) if Path(into).exists() else ([], asked)))
    else:
        changed = change_glossary(into, change, asked=asked, action="import", by=by, details=details)
        changes = changed.changes
    count, joined = results[0]
    return Imported(count, joined.conflicts, tuple(account.contradictions), changes)


def _last(into: AnyPath, name: str) -> dict[str, str]:
    """What a file of that name said when it was last imported."""
    for entry in decision_log.standing(decision_log.read_log(into)):
        if entry.details.get("file") == name:
            return dict(entry.details.get("imported", {}))
    return {}


def _in_order(concept: Concept, direction: Direction) -> Concept:
    """The concept with the terms of the source language first."""
    source = bcp47.base(direction.source)
    return replace(
        concept, terms=tuple(sorted(concept.terms, key=lambda term: bcp47.base(term.language) != source))
    )
