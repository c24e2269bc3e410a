"""What a memory knows of itself: its history, its languages, and its notes, each row with its seal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.store import seals
from tm.store.protocol import Change
from tm.store.records import DamagedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tm.store.database import Database

_CHANGES = "SELECT id, date, action, name, added, removed, finished, undone, seal FROM change"
_LAST = f"{_CHANGES} WHERE action <> 'undo' AND undone IS NULL ORDER BY id DESC LIMIT 1"

LAST_CHANGE = "SELECT coalesce(max(id), 0) FROM change"

AUTHOR = "author of change "
"""What the names of the notes begin with that say who made a change; its number follows."""

_Row = tuple[int, str, str, str, int, int, int, int | None, int]


def changes(connection: Database) -> list[Change]:
    """The history, oldest first.

    Raises:
        DamagedError: one is not what was written, or is lost.
    """
    authors = _authors(connection)
    history = [_change(row, authors) for row in connection.execute(f"{_CHANGES} ORDER BY id")]
    if [change.number for change in history] != [*range(1, seals.Kept.read(connection).changes + 1)]:
        raise DamagedError
    return history


def last_change(connection: Database) -> Change | None:
    """The last change that is not undone and undid nothing itself."""
    row = connection.execute(_LAST).fetchone()
    return _change(row, _authors(connection, row[0])) if row else None


def _authors(connection: Database, change: int | None = None) -> dict[int, str]:
    """Who made changes, or one; those of whom nobody knows it are left out."""
    names = (f"{AUTHOR}{change}",) * 2 if change else (AUTHOR, f"{AUTHOR}~")
    notes = connection.execute("SELECT name, value, seal FROM note WHERE name BETWEEN ? AND ?", names)
    authors = {}
    for name, value, sealed in notes:
        seals.check(sealed, name, value)
        number = name.removeprefix(AUTHOR)
        if number.isdecimal():
            authors[int(number)] = value
    return authors


def _change(row: _Row, authors: Mapping[int, str]) -> Change:
    number, date, action, name, added, removed, finished, undone, sealed = row
    seals.check(sealed, number, date, action, name, added, removed, finished, undone)
    author = authors.get(number, "")
    return Change(number, date, action, name, added, removed, finished=bool(finished), author=author)


def write_author(connection: Database, change: int, author: str) -> None:
    """Keep who made a change; nothing where that is not known."""
    if author:
        write_note(connection, f"{AUTHOR}{change}", author)


def begun(connection: Database, date: str, action: str, name: str, last: int | None = None) -> int:
    """The number of a new change, of which nothing is counted yet: -1 until it is.

    Args:
        connection: of the memory, in a transaction.
        date: when, for the history.
        action: likewise.
        name: likewise.
        last: the number of the newest change; None = it is asked for.
    """
    if last is None:
        (last,) = connection.execute(LAST_CHANGE).fetchone()
    connection.execute(
        "INSERT INTO change (id, date, action, name, added) VALUES (?, ?, ?, ?, -1)",
        (last + 1, date, action, name),
    )
    return last + 1


def undo(connection: Database, date: str, author: str = "", meant: int = 0) -> Change | None:
    """Take back the last change that is not undone, inside the caller's transaction; None when there is none.

    Args:
        connection: of the memory.
        date: when, for the history.
        author: who does it, likewise.
        meant: the number of the change that must be the last; where it is not, nothing is done. 0 = whichever is.
    """
    change = last_change(connection)
    if change is None or meant not in (0, change.number):
        return None
    number = begun(connection, date, "undo", change.name)
    write_author(connection, number, author)
    returned = seals.mark(connection, None, "removed = ?", change.number)
    removed = seals.mark(connection, number, "added = ? AND removed IS NULL", change.number)
    connection.execute(
        "UPDATE change SET added = ?, removed = ?, finished = 1 WHERE id = ?", (returned, removed, number)
    )
    connection.execute(
        "UPDATE language SET variants = (SELECT count(*) FROM variant JOIN unit ON unit.id = unit"
        " WHERE language = language.id AND removed IS NULL)"
    )
    connection.execute("UPDATE change SET undone = ? WHERE id = ?", (number, change.number))
    seals.seal_changed(connection, change.number, 0)
    seals.seal_changed(connection, number, returned - removed)
    return change


def languages(connection: Database) -> dict[str, int]:
    """How many variants there are in each language, in order of first arrival."""
    counts = {}
    for tag, base, variants, sealed in connection.execute(
        "SELECT tag, base, variants, seal FROM language ORDER BY id"
    ):
        seals.check(sealed, tag, base, variants)
        if variants:
            counts[tag] = variants
    return counts


def note(connection: Database, name: str) -> str:
    """A note, "" when there is none of this name."""
    row = connection.execute("SELECT value, seal FROM note WHERE name = ?", (name,)).fetchone()
    if row is None:
        return ""
    value, sealed = row
    seals.check(sealed, name, value)
    return str(value)


def write_note(connection: Database, name: str, value: str) -> None:
    """Keep a note in the place of the one before."""
    connection.execute("DELETE FROM note WHERE name = ?", (name,))
    connection.execute("INSERT INTO note VALUES (?, ?, ?)", (name, value, seals.seal(name, value)))
