"""A whole memory put into an empty one of any kind: numbers, history, notes and what went out, so that nothing is lost.

The rows go over as they are, each looked at by its seal on the way, all within one transaction of the caller's.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store import open_store
>>> with open_store(":memory:", create=True) as old, open_store(":memory:", create=True) as new:
...     _ = old.add([Unit((Variant("fr", Segment(text)),)) for text in ("oui", "non")], name="a.tsv")
...     _ = old.remove([1], author="ana")
...     old.copy_into(new)
...     [(each.number, each.file) for each in new.all_stored()], new.log()[-1].author, new.undo().number, len(new)
([(2, 'a.tsv')], 'ana', 2, 2)
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from tm.store import seals
from tm.store.ledger import UNIT, VARIANT
from tm.store.opening import Naming
from tm.store.records import DamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tm.store.database import Database, Tables

    Row = tuple[Any, ...]

TOGETHER = 20_000
"""Rows that are written together."""

CHANGE = ("id", "date", "action", "name", "added", "removed", "finished", "undone", "seal")
LANGUAGE = ("id", "tag", "base", "variants", "seal")
NOTE = ("name", "value", "seal")

_UNITS = (
    "SELECT id, source, content, whole, added, removed, extra, (SELECT count(*) FROM variant WHERE unit = unit.id), seal"
    " FROM unit ORDER BY id"
)
_VARIANTS = "SELECT unit, position, language, text, extra, seal FROM variant ORDER BY unit, position"
_CHANGES = "SELECT id, date, action, name, added, removed, finished, undone, seal FROM change ORDER BY id"
_LANGUAGES = "SELECT id, tag, base, variants, seal FROM language ORDER BY id"
_NOTES = "SELECT name, value, seal FROM note ORDER BY name"


def is_empty(tables: Database) -> bool:
    """Whether a memory has nothing and never had."""
    kept = seals.Kept.read(tables)
    return not kept.changes and tables.execute("SELECT 1 FROM note").fetchone() is None


def length(tables: Tables) -> int:
    """How many steps it takes to copy a memory, at least."""
    return seals.Kept.read(tables).units // TOGETHER + 1


def steps(old: Tables, new: Tables, name: str) -> Iterator[int]:
    """Copy all rows into an empty memory; yields the number of each step when it is done.

    Args:
        old: where nothing changes meanwhile.
        new: in a transaction.
        name: the address of the old one, for messages.

    Raises:
        StoreError: a row is not what was written, or is lost.
    """

    def read(statement: str, sealed: Callable[[Row], Row]) -> Iterator[Row]:
        with Naming(name):
            yield from map(sealed, old.stream(statement))

    _put(new, "change", CHANGE, read(_CHANGES, _sealed))
    _put(new, "language", LANGUAGE, read(_LANGUAGES, _sealed_language))
    _put(new, "note", NOTE, read(_NOTES, _sealed))
    with Naming(name):
        kept = seals.Kept.read(old)
        tags = dict(old.execute("SELECT id, tag FROM language").fetchall())
    units = 0
    stream = read(_UNITS, _sealed_unit)
    while several := [*islice(stream, TOGETHER)]:
        new.insert("unit", UNIT, several)
        units += len(several)
        yield units // TOGETHER
    _put(new, "variant", VARIANT, read(_VARIANTS, lambda row: _sealed_text(row, tags)))
    with Naming(name):
        if units != kept.units:
            raise DamagedError
    kept._replace(runs=0).write(new)


def _put(new: Tables, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    while several := [*islice(rows, TOGETHER)]:
        new.insert(table, columns, several)


def _sealed(row: Row) -> Row:
    seals.check(row[-1], *row[:-1])
    return row


def _sealed_language(row: Row) -> Row:
    seals.check(row[-1], *row[1:-1])
    return row


def _sealed_unit(row: Row) -> Row:
    """A unit without the number of its variants, which its seal knows."""
    *fields, variants, sealed = row
    seals.check(sealed, *fields, variants)
    return (*fields, sealed)


def _sealed_text(row: Row, tags: dict[int, str]) -> Row:
    unit, position, language, text, extra, sealed = row
    if language not in tags or seals.of_text(unit, position, tags[language], text, extra) != sealed:
        raise DamagedError
    return row
