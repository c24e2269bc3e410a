"""A memory that a team shares, on a PostgreSQL server: ``postgresql://host/db?memory=name``.

The server has the truth: units, history, notes (``postgres_schema.py``), read and written by the same code as an SQLite
memory's (``tables.py``). The search is ours: each host has the units and their index in a file of its cache
(``mirror.py``), which follows the server by the numbers of units and changes. So a look-up asks the server one thing: the
newest numbers (``_newest``).

Who writes waits for a turn (a lock on the table ``change``), so that numbers come without gaps and in order, and what a
host has up to a number is all there is up to it.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, TypeVar, cast

from tm.errors import MissingExtraError, StoreError
from tm.store import asking, history, postgres_address, rows, seals
from tm.store.addresses import Backend
from tm.store.opening import MovedError, Naming, is_damage
from tm.store.postgres_schema import MIGRATIONS
from tm.store.schema import NEWER, RENEWED
from tm.store.tables import TableStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.model import Unit
    from tm.store._postgres_connection import PostgresConnection
    from tm.store.database import Tables
    from tm.store.inspection import Damage
    from tm.store.mirror import Mirror
    from tm.store.postgres_address import Address
    from tm.store.protocol import Hits, Numbered
    from tm.store.stored import Stored
    from tm.store.texts import Texts

T = TypeVar("T")

_MAKING = "SELECT pg_advisory_xact_lock(hashtext(?))"
_MAY_BE_USED = "SELECT has_schema_privilege(to_regnamespace(quote_ident(?)), 'USAGE')"
_TABLE = "SELECT to_regclass('memory') IS NOT NULL"


class PostgresStore(TableStore):
    """A ``tm.store.protocol.Store`` on a PostgreSQL server."""

    def __init__(self, address: Address, *, create: bool = False) -> None:
        """Connect; see ``tm.store.open_store``. A memory of an older version is brought up to date."""
        self.name = address.shown
        self._address = address
        self._lock = threading.Lock()
        self._free: list[PostgresConnection] = []
        self._is_closed = False
        self._mirror: Mirror | None = None
        self._languages: tuple[seals.Kept | None, dict[str, int]] = (None, {})
        try:
            with self._writing() as tables:
                self._identity = self._prepared(tables, create=create)
        except BaseException:
            self.close()
            raise

    def _prepared(self, tables: PostgresConnection, *, create: bool) -> str:
        """The identity of the memory, once its tables are as this program knows them."""
        (is_there,) = tables.execute(_TABLE).fetchone()
        if not is_there:
            self._check_usage(tables)
        if not is_there and not create:
            raise StoreError(f"{self.name}: no such memory; tm add FILE -m '{self.name}' makes it")
        version, identity = self._version(tables) if is_there else (0, "")
        if version < len(MIGRATIONS):
            with tables.transaction(table=""):
                tables.execute(_MAKING, (self._address.schema,))
                (is_there,) = tables.execute(_TABLE).fetchone()
                version, identity = self._version(tables) if is_there else (0, "")
                if version < len(MIGRATIONS):
                    identity = self._renewed(tables, version)
        return identity

    def _check_usage(self, tables: PostgresConnection) -> None:
        """Refuse a memory that is there and not to be seen."""
        (may_be_used,) = tables.execute(_MAY_BE_USED, (self._address.schema,)).fetchone()
        if may_be_used is False:
            schema = self._address.schema
            raise StoreError(
                f'{self.name}: may not be read; its owner grants it by GRANT USAGE ON SCHEMA "{schema}"'
            )

    def _version(self, tables: PostgresConnection) -> tuple[int, str]:
        version, identity = tables.execute("SELECT version, identity FROM memory").fetchone()
        if version > len(MIGRATIONS):
            raise StoreError(f"{self.name}: {NEWER.format(version, len(MIGRATIONS))}")
        return version, identity

    def _renewed(self, tables: PostgresConnection, version: int) -> str:
        if not version:
            tables.make_schema(self._address.schema)
        for script in MIGRATIONS[version:]:
            for statement in filter(str.strip, script.split(";")):
                tables.execute(statement)
        if not version:
            tables.execute("INSERT INTO memory SELECT 0, gen_random_uuid()::text")
            seals.Kept(0, 0, 0, 0).write(tables)
        tables.execute("UPDATE memory SET version = ?", (len(MIGRATIONS),))
        return self._version(tables)[1]

    def close(self) -> None:
        """Let go of the connections, and of the search's file."""
        with self._lock:
            self._is_closed = True
            free, self._free = self._free, []
            mirror, self._mirror = self._mirror, None
        for connection in free:
            connection.close()
        if mirror is not None:
            mirror.close()

    # --------------------------------------------------------------------------------------------- reading

    def fetch(self, numbers: Sequence[int]) -> list[Unit]:
        """The units of these numbers, in their order; one that is gone is left out."""
        return self._shown(lambda mirror: mirror.fetch(numbers), lambda tables: rows.fetch(tables, numbers))

    def stored(self, numbers: Sequence[int]) -> list[Stored]:
        """The units of these numbers with what brought them; one that is gone is left out."""
        return self._shown(lambda mirror: mirror.stored(numbers), lambda tables: rows.stored(tables, numbers))

    def _shown(self, of_mirror: Callable[[Mirror], T], of_server: Callable[[Tables], T]) -> T:
        """Units as this host has them, if it has any open; else, and where they are hurt, as the server has them."""
        if self._mirror is not None:
            with self._searching() as mirror:
                try:
                    return of_mirror(mirror)
                except StoreError as error:
                    if not is_damage(error):
                        raise
            with self._reading() as tables:
                units = of_server(tables)
            self._discard(mirror)  # since the server has them whole
            return units
        with self._reading() as tables:
            return of_server(tables)

    def languages(self) -> dict[str, int]:
        """How many variants there are in each language; read again only when the memory has changed."""
        kept = self._newest()
        if self._languages[0] != kept:
            with self._writing() as tables:  # what came after these counts was asked changes them
                self._languages = kept, history.languages(tables)
        return dict(self._languages[1])

    def note(self, name: str) -> str:
        """A small string kept with the memory."""
        with self._writing() as tables:
            return history.note(tables, name)

    # --------------------------------------------------------------------------------------------- searching

    def generation(self) -> int:
        """A number that grows with each change of the units, whoever makes it."""
        kept = self._newest()
        return kept.units + kept.changes

    def _newest(self) -> seals.Kept:
        """The counts of the memory now."""
        return asking.answer(self, self._asked)

    def _asked(self) -> seals.Kept:
        with self._writing() as tables:
            return tables.kept()

    def similar(self, queries: Sequence[Sequence[str]], language: str, minimum: float) -> Iterator[Hits]:
        """For each query all units with a variant of this language whose words are like it, best first."""
        with self._searching() as mirror:
            yield from mirror.similar(queries, language, minimum)

    def exact(self, texts: Texts, language: str) -> list[Numbered | None]:
        """For each text the units that have it in a variant of this language; None where only a search tells."""
        return self._shown(
            lambda mirror: mirror.exact(texts, language),
            lambda tables: rows.numbered(tables, self._spelled(texts, language)),
        )

    def _spelled(self, texts: Texts, language: str) -> list[list[int] | None]:
        with self._searching() as mirror:
            return mirror.spelled(texts, language)

    def containing(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens one after another, the newest first."""
        with self._searching() as mirror:
            yield from mirror.containing(query, language)

    def holding(self, query: Sequence[str], language: str) -> Iterator[int]:
        """The numbers of all units with the query's key tokens anywhere, the newest first."""
        with self._searching() as mirror:
            yield from mirror.holding(query, language)

    def words(self, wildcard: str, language: str) -> list[str]:
        """The words for which a wildcard stands, in order; of units that are gone, too."""
        with self._searching() as mirror:
            return mirror.words(wildcard, language)

    def stretches(self, query: Sequence[str], language: str, seeds: Sequence[int]) -> list[int]:
        """For each of the query's key tokens the end of the longest stretch from there that some unit has."""
        with self._searching() as mirror:
            return mirror.stretches(query, language, seeds)

    @contextlib.contextmanager
    def _searching(self) -> Iterator[Mirror]:
        """The units and their index on this host, with all that the server has now.

        Raises:
            StoreError: the server does not answer; or the file on this host was damaged, and is gone.
        """
        from tm.store import mirror

        newest = self._newest()
        of_host = self._mirror
        try:
            if of_host is None or not of_host.has(newest):
                with self._writing() as tables, self._lock:
                    if self._mirror is None:
                        self._mirror = mirror.opened_mirror(self._identity, self.name, tables)
                    of_host = self._mirror
                with self._writing() as tables, tables.moment(together=True):
                    asking.learn(self, of_host.follow(tables))
            yield of_host
        except MovedError as error:
            self._let_go(of_host)
            raise StoreError(
                f"{self.name}: what this host had of it for the search has gone, and is made anew; ask again"
            ) from error
        except StoreError as error:
            if not is_damage(error):
                raise
            self._discard(of_host)
            raise StoreError(
                f"{self.name}: what this host had of it for the search was damaged, and is made anew; ask again"
            ) from error

    def _discard(self, damaged: Mirror | None) -> None:
        """Remove the file on this host, unless another thread has, which met the damage too."""
        from tm.store import mirror

        with self._lock:  # none is opened meanwhile
            if self._mirror is damaged:
                self._mirror = None
                mirror.discard(self._identity, damaged)

    def _let_go(self, gone: Mirror | None) -> None:
        """Close what is no file of this host any more, unless another thread has."""
        with self._lock:
            if gone is not None and self._mirror is gone:
                self._mirror = None
                gone.close()

    # --------------------------------------------------------------------------------------------- inside

    @contextlib.contextmanager
    def _writing(self) -> Iterator[PostgresConnection]:
        """A connection for the caller alone."""
        from tm.store._postgres_connection import PostgresConnection

        with self._lock:
            if self._is_closed:
                raise StoreError(f"{self.name}: the memory is closed; open it again")
            connection = None
            while self._free and connection is None:
                connection = self._free.pop()
                if not connection.is_alive():
                    connection.close()
                    connection = None
        connection = connection or PostgresConnection(self._address)
        try:
            with Naming(self.name):
                yield connection
        finally:
            with self._lock:
                is_kept = not (connection.is_closed or self._is_closed)
                if is_kept:
                    self._free.append(connection)
            if not is_kept:
                connection.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[PostgresConnection]:
        with self._writing() as connection, connection.moment():
            yield connection

    @contextlib.contextmanager
    def _transaction(self, tables: Tables) -> Iterator[None]:
        try:
            with cast("PostgresConnection", tables).transaction():
                version = tables.execute("SELECT version FROM memory")
                yield
                if version.fetchone()[0] > len(MIGRATIONS):  # read now, when nothing need be waited for
                    raise StoreError(f"{self.name}: {RENEWED}")
        finally:
            asking.forget(self)

    def _damages_of_index(self) -> Iterator[Damage]:
        with self._searching() as mirror:
            yield from mirror.damages()


def _opened(rest: str, create: bool) -> PostgresStore:  # noqa: FBT001 - as ``Backend.open`` is called
    return PostgresStore(_address(rest), create=create)


def _exists(rest: str) -> bool:
    with contextlib.closing(_connected(rest)) as tables:
        return bool(tables.execute(_TABLE).fetchone()[0])


def _take_back(rest: str) -> None:
    """Remove a memory that nobody has written into, nor is about to; what cannot be removed stays."""
    from tm.store import copying

    address = _address(rest)
    with (
        contextlib.suppress(StoreError),
        contextlib.closing(_connected(rest)) as tables,
        tables.transaction(),
    ):
        if copying.is_empty(tables):
            tables.drop_schema(address.schema)


def _connected(rest: str) -> PostgresConnection:
    address = _address(rest)
    from tm.store._postgres_connection import PostgresConnection

    return PostgresConnection(address)


def _address(rest: str) -> Address:
    address = postgres_address.parsed(rest)
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("a memory on PostgreSQL", "postgres") from error
    return address


def _called(rest: str) -> str:
    return postgres_address.parsed(rest).schema.removeprefix(postgres_address.SCHEMA)


POSTGRESQL = Backend(postgres_address.SCHEME, _opened, exists=_exists, take_back=_take_back, called=_called)
