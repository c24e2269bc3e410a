"""The search of a memory that is kept elsewhere: its texts and their index on this host, which can be deleted.

A ``Mirror`` is an SQLite memory to which nobody adds but ``follow``: it brings what has come since, by the
numbers of units, and indexes it. Units and their texts never change and no number is used twice, so that this is all
there is to do, however long a host was away. Units that went out are in it too, as in every index; whether one is
there is asked of the memory itself, which shows the units.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tm.errors import StoreError, reason
from tm.store import index, opening, run_table, variants
from tm.store.ledger import UNIT, VARIANT, language_number
from tm.store.records import DamagedError
from tm.store.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.store.database import Database, Tables
    from tm.store.inspection import Damage

    _Row = tuple[int, int, str, str, str | None, int]

log = logging.getLogger(__name__)

MANY = 50_000
"""Units whose coming takes some seconds, and is said."""

TOGETHER = 20_000
"""Units that are brought together."""

_NEWER = (
    "SELECT unit, position, tag, text, extra, variant.seal FROM variant JOIN language ON language.id = language"
    " WHERE unit > ? AND unit <= ? ORDER BY unit, position"
)
_NOT_KEPT = (0, 0, 0, 0, None, None, 0)
"""What a unit has beside its texts: it is looked up in the memory itself."""

_LAST = "SELECT unit, seal FROM variant WHERE unit = (SELECT max(unit) FROM variant) AND position = 0"
_SAME = "SELECT unit, seal FROM variant WHERE unit = ? AND position = 0"


class Mirror(SQLiteStore):
    """An SQLite memory that follows another one."""

    def __init__(self, path: Path, name: str) -> None:
        """Open the file of the memory of a name, or begin it."""
        super().__init__(os.fspath(path), create=True)
        self.name = name
        self.upto = 0
        self._following = threading.Lock()

    def damages(self) -> Iterator[Damage]:
        """What is hurt of the index."""
        yield from self._damages_of_index()

    def is_of(self, tables: Database) -> bool:
        """Whether what is in it came from there: a server may have been given a copy of earlier days."""
        with self._session() as session:
            last = session.connection.execute(_LAST).fetchone()
        return last is None or tables.execute(_SAME, last[:1]).fetchone() == last

    def follow(self, tables: Tables, newest: int) -> None:
        """Bring the units up to the newest, if they are not here."""
        if newest <= self.upto:
            return
        with self._following:
            if newest - self.upto > MANY and newest - self._last() > MANY:
                log.warning(
                    "%s: %d units come to this host, for its search", self.name, newest - self._last()
                )
            while self.upto < newest:
                self._bring(tables, newest)
                self._grow(index.LEAST if self.upto == newest else variants.RUN)

    def _last(self) -> int:
        with self._session() as session:
            return run_table.waiting(session.connection)[1]

    def _bring(self, tables: Tables, newest: int) -> None:
        """Bring the next units, unless another program on this host has done it."""
        with self._session() as session, self._transaction(session.connection):
            mine = session.connection
            _, last = run_table.waiting(mine)
            upto = min(newest, last + TOGETHER)
            rows: list[_Row] = tables.execute(_NEWER, (last, upto)).fetchall()
            languages = {tag: language_number(mine, tag) for tag in dict.fromkeys(row[2] for row in rows)}
            mine.insert("variant", VARIANT, [(*row[:2], languages[row[2]], *row[3:]) for row in rows])
            mine.insert("unit", UNIT, [(number, *_NOT_KEPT) for number in range(last + 1, upto + 1)])
            self.upto = max(last, upto)


def opened_mirror(identity: str, name: str, tables: Tables) -> Mirror:
    """The mirror of a memory on this host; one that is damaged, or of a copy of earlier days, begins anew.

    Args:
        identity: the memory's own, wherever it is and whatever it is called.
        name: its address, for messages.
        tables: of the memory.

    Raises:
        StoreError: there is no place for it.
    """
    path = _path(identity)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{name}: this host has no place for its search: {path.parent}: {reason(error)}; set XDG_CACHE_HOME"
        ) from error
    mirror = None
    try:
        mirror = Mirror(path, name)
        if mirror.is_of(tables):
            return mirror
    except StoreError as error:
        if not is_damage(error):
            raise
    discard(identity, mirror)
    return Mirror(path, name)


def discard(identity: str, mirror: Mirror | None) -> None:
    """Remove the mirror of a memory; who has it open goes on with what is no file any more."""
    if mirror is not None:
        mirror.close()
    path = _path(identity)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink(missing_ok=True)


def is_damage(error: StoreError) -> bool:
    """Whether an error says that an SQLite file is not what was written.

    >>> is_damage(StoreError("the server does not answer"))
    False
    """
    cause = error.__cause__
    return isinstance(cause, (sqlite3.Error, DamagedError)) and opening.reason(cause) == opening.DAMAGED


def _path(identity: str) -> Path:
    return cache_folder() / "memories" / f"{identity}.tm"


def cache_folder() -> Path:
    """Where this host's user has what can be made again: ``$XDG_CACHE_HOME``, else ``~/.cache``, and there ``ponte``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser(), "ponte")
