"""The copy of a memory that is kept elsewhere: its units and their index on this host, which can be deleted.

A ``Mirror`` is an SQLite memory to which nobody adds but ``follow``: it brings what has come since, by the numbers of
units and changes (``following.py``), and indexes it. That is all there is to do, however long a host was away.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tm.errors import StoreError, reason
from tm.store import following, index, opening, variants
from tm.store.records import DamagedError
from tm.store.seals import Kept
from tm.store.sqlite import SQLiteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.store.database import Database, Tables
    from tm.store.inspection import Damage

log = logging.getLogger(__name__)

MANY = 50_000
"""Units whose coming takes some seconds, and is said."""

_LAST_UNIT = "SELECT id, source, content, whole, added FROM unit ORDER BY id DESC LIMIT 1"
_SAME_UNIT = "SELECT id, source, content, whole, added FROM unit WHERE id = ?"
_LAST_CHANGE = "SELECT id, date, action, name FROM change ORDER BY id DESC LIMIT 1"
_SAME_CHANGE = "SELECT id, date, action, name FROM change WHERE id = ?"


class Mirror(SQLiteStore):
    """An SQLite memory that follows another one."""

    _is_copy = True

    def __init__(self, path: Path, name: str) -> None:
        """Open the file of the memory of a name, or begin it."""
        super().__init__(os.fspath(path), create=True)
        self.name = name
        self._followed: Kept | None = None
        self._following = threading.Lock()
        with self._session() as session:  # who has a source is asked of the memory itself, by additions
            session.connection.execute("DROP INDEX IF EXISTS unit_source")

    def damages(self) -> Iterator[Damage]:
        """What is hurt of the index."""
        yield from self._damages_of_index()

    def is_of(self, tables: Database) -> bool:
        """Whether what is in it came from there: a server may have been given a copy of earlier days."""
        with self._session() as session:
            unit, change = (
                session.connection.execute(last).fetchone() for last in (_LAST_UNIT, _LAST_CHANGE)
            )
        return (unit is None or tables.execute(_SAME_UNIT, unit[:1]).fetchone() == unit) and (
            change is None or tables.execute(_SAME_CHANGE, change[:1]).fetchone() == change
        )

    def has(self, kept: Kept) -> bool:
        """Whether it followed when the memory had these counts."""
        return self._followed == kept

    def follow(self, tables: Tables) -> Kept:
        """Bring what is new.

        Args:
            tables: of the memory, in a transaction in which nothing is read yet.

        Returns:
            The counts of the memory then.

        Raises:
            DamagedError: the memory has less than it had.
        """
        with self._following:
            now = Kept.read(tables)
            if self._followed and (now.units < self._followed.units or now.changes < self._followed.changes):
                raise DamagedError  # the server was given a copy of earlier days
            many = now.units - self._known().units
            if many > MANY:
                log.warning("%s: %d units come to this host, for its search", self.name, many)
            while not self._bring(tables, now):
                self._grow(variants.RUN)
            self._grow(index.LEAST)
            self._followed = now
            return now

    def _known(self) -> Kept:
        with self._session() as session:
            return Kept.read(session.connection)

    def _bring(self, tables: Tables, now: Kept) -> bool:
        """Bring the next units, unless another program on this host has done it; whether all is there now."""
        with self._session() as session:
            connection = session.connection
            connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is brought again
            with self._transaction(connection):
                before = Kept.read(connection)
                upto = max(before.units, min(now.units, before.units + following.TOGETHER))
                is_last = upto >= now.units
                following.bring(tables, connection, before, upto, is_last=is_last)
                after = before._replace(units=upto)
                if is_last and after.changes < now.changes:
                    after = after._replace(changes=now.changes, present=now.present)
                after.write(connection)
        return is_last


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
        if not opening.is_damage(error):
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


def _path(identity: str) -> Path:
    return cache_folder() / "memories" / f"{identity}.tm"


def cache_folder() -> Path:
    """Where this host's user has what can be made again: ``$XDG_CACHE_HOME``, else ``~/.cache``, and there ``ponte``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser(), "ponte")
