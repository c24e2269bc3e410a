"""A connection to PostgreSQL that takes the statements of a memory's tables (``database.py``), and what its errors mean.

PostgreSQL's text cannot have U+0000. It is kept as U+001A and "0", and U+001A as itself and "1"; both are rare.

>>> written("a\\0b"), read(written("\\0\\x1a0")) == "\\0\\x1a0"
('a\\x1a0b', True)
>>> translated("SELECT 1 FROM unit WHERE id IN (SELECT value FROM json_each(?)) AND added = ?")
'SELECT 1 FROM unit WHERE id IN (SELECT value FROM (SELECT json_array_elements_text(%s::json)::bigint AS value) AS numbers) AND added = %s'
"""

from __future__ import annotations

import contextlib
import functools
import select
import sys
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from psycopg.pq import ExecStatus, PipelineStatus
from psycopg.types.string import StrDumper, TextLoader

from tm.errors import StoreError
from tm.store.seals import Kept, check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from psycopg.abc import Buffer

    from tm.store.database import Rows
    from tm.store.postgres_address import Address

WAIT = 30
"""Seconds to wait for another program that is writing."""

FEW = 50
"""Rows that are sent sooner as statements than by COPY, for which all that was sent before must be waited for."""

FETCHED = 2_000
"""Rows of a stream that are fetched together."""

_PASSING = ("starting up", "shutting down", "recovery", "too many", "slots", "terminating")
"""What a server says that lets somebody in later; it speaks the language of its own settings."""

_KEPT = b"SELECT units, present, changes, runs, seal FROM kept"
_NUMBERS = "(SELECT json_array_elements_text(%s::json)::bigint AS value) AS numbers"
_ESCAPE, _ZERO = "\x1a", "\0"


@functools.lru_cache(maxsize=256)
def translated(statement: str) -> str:
    """A statement of ours in PostgreSQL's words."""
    return statement.replace("json_each(?)", _NUMBERS).replace("?", "%s")


def written(text: str) -> str:
    """A text as the server can keep it."""
    if _ZERO in text or _ESCAPE in text:
        return text.replace(_ESCAPE, f"{_ESCAPE}1").replace(_ZERO, f"{_ESCAPE}0")
    return text


def read(text: str) -> str:
    """The text that ``written`` made this of."""
    if _ESCAPE in text:
        return text.replace(f"{_ESCAPE}0", _ZERO).replace(f"{_ESCAPE}1", _ESCAPE)
    return text


class _Dumper(StrDumper):
    """Texts on their way to the server."""

    def dump(self, obj: str) -> Buffer | None:
        """As bytes."""
        return super().dump(written(obj))


class _Loader(TextLoader):
    """Texts on their way back."""

    def load(self, data: Buffer) -> str | bytes:
        """As a string: the server has UTF-8 only."""
        return read(str(data, "utf-8"))


class PostgresConnection:
    """``tm.store.database.Tables`` of one memory on a server."""

    total_changes = 0
    """Who reads by a connection does not write by it meanwhile."""

    def __init__(self, address: Address) -> None:
        """Connect.

        Raises:
            StoreError: the server is not there, or lets nobody in.
        """
        self.name = address.shown
        self._pipeline = contextlib.ExitStack()
        with self._errors():
            self._connection = psycopg.connect(
                address.database, autocommit=True, client_encoding="utf8", application_name="ponte-tm"
            )
        self._connection.adapters.register_dumper(str, _Dumper)
        self._connection.adapters.register_loader("text", _Loader)
        try:
            self._prepare(address.schema)
        except BaseException:
            self.close()
            raise

    def _prepare(self, schema: str) -> None:
        (encoding, commit) = self.execute(
            "SELECT current_setting('server_encoding'), current_setting('synchronous_commit')"
        ).fetchone()
        if encoding != "UTF8":
            raise StoreError(f"{self.name}: the database is kept in {encoding}; one in UTF8 was expected")
        if commit == "off":  # what is acknowledged must be on disk
            self.execute("SET synchronous_commit = on")
        self.execute("SELECT set_config('search_path', quote_ident(?), false)", (schema,))
        self.execute(f"SET lock_timeout = '{WAIT}s'")

    def make_schema(self, name: str) -> None:
        """Make the schema of a memory."""
        with self._errors():
            self._connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(name)))

    def drop_schema(self, name: str) -> None:
        """Remove the schema of a memory with all that is in it."""
        with self._errors():
            self._connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Rows:
        """Do what a statement says."""
        with self._errors():
            return self._connection.execute(translated(statement), parameters or None)

    def kept(self) -> Kept:
        """``Kept.read``, asked of libpq itself: in a fifth of the time, since it is asked before each look-up."""
        result = self._connection.pgconn.exec_(_KEPT)
        if result.status != ExecStatus.TUPLES_OK or result.ntuples != 1:
            return Kept.read(self)  # which says what is wrong
        *counts, sealed = (int(result.get_value(0, column) or 0) for column in range(result.nfields))
        check(sealed, *counts)
        return Kept(*counts)

    def executemany(self, statement: str, parameters: Iterable[Sequence[Any]], /) -> None:
        """Do it for each of some parameters."""
        with self._errors(), self._connection.cursor() as cursor:
            cursor.executemany(translated(statement), parameters)

    def stream(self, statement: str, parameters: Sequence[Any] = (), /) -> Iterator[Any]:
        """Like ``execute``, but the rows are fetched as they are asked for; inside a transaction."""
        with self._errors(), self._connection.cursor(name="stream") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(translated(statement), parameters or None)
            yield from cursor

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], /) -> None:
        """Put rows into a table, by COPY; a few by statements for which nobody waits."""
        several = list(rows)
        names = f"{table} ({', '.join(columns)})"
        if len(several) <= FEW:
            marks = ", ".join("?" * len(columns))
            self.executemany(f"INSERT INTO {names} VALUES ({marks})", several)  # noqa: S608 - names of ours
            return
        with self._errors():
            is_pipeline = self._connection.pgconn.pipeline_status != PipelineStatus.OFF
            self._pipeline.close()  # what was sent is waited for: there is no COPY in a pipeline
            with self._connection.cursor() as cursor, cursor.copy(f"COPY {names} FROM STDIN") as copy:
                for row in several:
                    copy.write_row(row)
            if is_pipeline:
                self._pipeline.enter_context(self._connection.pipeline())

    @contextlib.contextmanager
    def _together(self) -> Iterator[None]:
        """Statements are sent without waiting for the answers to those before, until one of these is read."""
        with self._errors(), self._pipeline:
            self._pipeline.enter_context(self._connection.pipeline())
            try:
                yield
            except BaseException:
                with contextlib.suppress(psycopg.Error):  # which comes from the first one
                    self._pipeline.close()
                raise

    @contextlib.contextmanager
    def moment(self, *, together: bool = False) -> Iterator[None]:
        """All that is read inside was there at one moment.

        Args:
            together: send statements as ``_together`` does; then there are no streams.
        """
        try:
            with self._together() if together else contextlib.nullcontext():
                self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield
                self.execute("COMMIT")
        except BaseException:
            self._end("ROLLBACK")
            raise

    @contextlib.contextmanager
    def transaction(self, table: str = "change") -> Iterator[None]:
        """All that is written inside comes at once or not at all; who writes waits for a turn.

        Args:
            table: what one may have at a time; those who only read do not wait. Statements are sent as
                ``_together`` does then, so that no count of rows written is known.
        """
        try:
            with self._together() if table else contextlib.nullcontext():
                self.execute("BEGIN")
                if table:
                    self.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
                yield
                self.execute("COMMIT")
        except BaseException:
            self._end("ROLLBACK")
            raise

    def _end(self, statement: str) -> None:
        if not self._connection.closed:
            with contextlib.suppress(StoreError):
                self.execute(statement)

    @property
    def is_closed(self) -> bool:
        """Whether it has hung up itself, or noticed that the server has."""
        return self._connection.closed

    def is_alive(self) -> bool:
        """Whether the server has not hung up, as far as the system knows."""
        return not self._connection.closed and not _readable(self._connection.fileno())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def __del__(self) -> None:
        """Close what nobody closed."""
        if hasattr(self, "_connection"):
            self._connection.close()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise StoreError(f"{self.name}: {reason(error)}") from error


def _readable(number: int) -> bool:
    """Whether something came in; where the system can say so of any number of a file, and not of the first 1,024 only."""
    if sys.platform == "win32":
        return bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))


def reason(error: psycopg.Error) -> str:
    """What an error means, and what to do.

    >>> reason(psycopg.errors.LockNotAvailable("canceling statement"))
    'another program is writing to it; waited 30 seconds, try again when it is done'
    """
    said = " ".join((error.diag.message_primary or str(error)).split())
    match error:
        case psycopg.errors.LockNotAvailable():
            return f"another program is writing to it; waited {WAIT} seconds, try again when it is done"
        case psycopg.errors.InsufficientPrivilege() | psycopg.errors.ReadOnlySqlTransaction():
            return f"may not be written or read ({said}); the owner of the memory can grant it"
        case psycopg.errors.DiskFull():
            return "the server's disk is full; what was acknowledged is safe, make room and run it again"
        case psycopg.OperationalError() if error.sqlstate is None or error.sqlstate.startswith(("08", "57")):
            return unanswered(said)
    return said


def unanswered(said: str) -> str:
    """Why there is no connection, or none any more, and what to do.

    Args:
        said: by libpq, or by the server; a server that lets nobody in calls that fatal.

    >>> unanswered('connection to server at "h", port 5432 failed: FATAL: database "office" does not exist')
    'the server refuses (database "office" does not exist); the address names the database and the user'
    >>> unanswered('connection to server on socket "/s" failed: fe_sendauth: no password supplied')
    'the server refuses (fe_sendauth: no password supplied); it is taken from PGPASSWORD, ~/.pgpass or a service file'
    >>> unanswered("connection failed: FATAL: the database system is starting up")
    'the server does not answer (the database system is starting up); what was acknowledged is safe, see that it runs'
    """
    cause = said.rpartition(" failed: ")[2].partition(" Is the server running")[0]
    cause, is_fatal = cause.partition(" This probably means")[0].removeprefix("FATAL: "), "FATAL: " in cause
    if "password" in cause or "authentication" in cause:
        return f"the server refuses ({cause}); it is taken from PGPASSWORD, ~/.pgpass or a service file"
    if is_fatal and not any(word in cause for word in _PASSING):
        return f"the server refuses ({cause}); the address names the database and the user"
    return f"the server does not answer ({cause}); what was acknowledged is safe, see that it runs"
