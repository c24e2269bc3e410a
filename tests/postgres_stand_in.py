"""What stands in for a connection to PostgreSQL where there is no server: an SQLite file for each memory.

The statements of a memory's tables are the same for both engines, so that all but ``_postgres_connection.py`` is tried.
"""

import contextlib
import sqlite3
import uuid

from tm.store.opening import Connection
from tm.store.seals import Kept


class StandIn:
    """``PostgresConnection`` without PostgreSQL; ``folder`` is set by who puts it in its place."""

    folder = None
    total_changes = 0
    is_closed = False

    def __init__(self, address):
        self.name = address.shown
        self.path = self.folder / f"{address.schema}.db"
        self._database = sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, factory=Connection
        )
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.create_collation("C", lambda one, two: (one > two) - (one < two))
        for name, count, function in (
            ("to_regclass", 1, self._table),
            ("gen_random_uuid", 0, lambda: str(uuid.uuid4())),
            ("hashtext", 1, hash),
            ("quote_ident", 1, str),
            ("to_regnamespace", 1, lambda _: None),
            ("has_schema_privilege", 2, lambda *_: None),
            ("pg_advisory_xact_lock", 1, lambda _: None),
        ):
            self._database.create_function(name, count, function)

    def _table(self, name):
        row = self._database.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        return row and name

    def execute(self, statement, parameters=(), /):
        return self._database.execute(statement.replace("::text", ""), parameters)

    stream = execute

    def executemany(self, statement, parameters, /):
        self._database.executemany(statement, parameters)

    def insert(self, table, columns, rows, /):
        self._database.insert(table, columns, rows)

    def kept(self):
        return Kept.read(self)

    @contextlib.contextmanager
    def moment(self, *, together=False):
        with self._all_or_nothing("BEGIN"):
            yield

    @contextlib.contextmanager
    def transaction(self, table="change"):
        with self._all_or_nothing("BEGIN IMMEDIATE"):
            yield

    @contextlib.contextmanager
    def _all_or_nothing(self, begin):
        self.execute(begin)
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            self.execute("ROLLBACK")
            raise

    def make_schema(self, name):
        pass

    def drop_schema(self, name):
        for table in ("memory", "change", "unit", "language", "variant", "note", "kept"):
            self.execute(f"DROP TABLE {table}")

    def is_alive(self):
        return not self.is_closed

    def close(self):
        self.is_closed = True
        self._database.close()
