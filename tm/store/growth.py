"""The index grows by runs, which are made while others write, and put in by a short transaction.

1. ``due`` says whether so many units wait, and up to which one the next runs go.
2. ``made`` reads these units, and those of smaller runs before them: so a memory that is fed little by little has
   few runs. Texts never change, so that it matters to nobody what is written meanwhile.
3. ``put`` writes the runs in the place of those that they were joined with, if the index is still as it was.

>>> from tm.model import Segment, Unit, Variant
>>> from tm.store.sqlite import SQLiteStore
>>> store = SQLiteStore(":memory:", create=True)
>>> store.add([Unit((Variant("fr", Segment(text)),)) for text in ("un pont", "un quai")]).added
2
>>> connection, encoders = store._connection, runs.Encoders()
>>> growths = [made(connection, encoders, due(connection, 1)) for _ in range(2)]
>>> [put(connection, growth) for growth in growths], due(connection, 1)  # the second came too late
([True, False], None)
"""

from __future__ import annotations

import contextlib
import hashlib
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.errors import FormatError
from tm.locks import locked
from tm.store import compounds, run_table, runs, seals, variants
from tm.store.postings import posting_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tm.store.encoder import Encoder
    from tm.store.runs import Encoders, Run

    _Posting = tuple[int, int, int, int, bytes]


class Due(NamedTuple):
    """Units that are to be indexed.

    Attributes:
        after: the last unit that is in the index.
        upto: the last unit of the new runs.
    """

    after: int
    upto: int


class Growth(NamedTuple):
    """Runs that are made and not written yet.

    Attributes:
        due: the units for which they were made.
        joined: the numbers and digests of the runs whose units they have, too.
        rows: of the table of runs.
        postings: the rows of their lists.
        words: of each language the words in them.
    """

    due: Due
    joined: list[tuple[int, str]]
    rows: list[run_table.NewRun]
    postings: list[_Posting]
    words: list[tuple[str, str]]


@contextlib.contextmanager
def turn(path: Path | None) -> Iterator[bool]:
    """Whether nobody else makes runs of a memory at the moment; nobody begins to before the end.

    >>> with turn(None) as is_free:
    ...     is_free
    True
    """
    with contextlib.ExitStack() as stack:
        is_free = True
        if path:
            with contextlib.suppress(FormatError):  # runs that two have made are put in once
                lock = locked(path.with_name(f"{path.name}.index"), wait=False)
                is_free = stack.enter_context(lock)
        yield is_free


def due(connection: sqlite3.Connection, least: int) -> Due | None:
    """The next units to be indexed; None when fewer wait than are worth it."""
    last, newest = run_table.waiting(connection)
    return Due(last, min(newest, last + variants.RUN)) if newest - last >= least else None


def made(connection: sqlite3.Connection, encoders: Encoders, units: Due) -> Growth:
    """The runs of some units, each language by itself, with those that are joined with them.

    To be called in a transaction, or nobody else may write.
    """
    after, joined = _joined(connection, units)
    growth = Growth(units, joined, [], [], [])
    number = _last_number(connection, before=joined) + 1
    for base, collector in runs.collected(connection, encoders, after, units.upto).items():
        run, letters = collector.run()
        tokens, places, firsts = runs.posting_lists(run)
        growth.rows.append(_row(connection, number, base, (after, units.upto), run))
        growth.postings.extend(_posting_rows(number, tokens, runs.packed(places, firsts)))
        growth.rows.append(compounds.row(number + 1, base, (after, units.upto), letters))
        growth.words.extend((base, word) for word in _words(collector.encoder, set(tokens)))
        number += 2
    encoders.forget_many()
    return growth


def put(connection: sqlite3.Connection, growth: Growth) -> bool:
    """Write the runs, inside the caller's transaction; False when the index has grown otherwise meanwhile."""
    last, _ = run_table.waiting(connection)
    if last != growth.due.after or growth.joined != _current(connection, growth.joined):
        return False
    for number, _ in growth.joined:
        connection.execute("DELETE FROM posting WHERE id BETWEEN ? AND ?", runs.posting_ids(number))
    run_table.replace(connection, [number for number, _ in growth.joined], growth.rows)
    connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", growth.postings)
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", growth.words)
    return True


def _joined(connection: sqlite3.Connection, units: Due) -> tuple[int, list[tuple[int, str]]]:
    """The runs before some units that are no larger than the new ones, as long as all their units fit into one run.

    Returns:
        The unit after which the new runs begin, and the numbers and digests of the runs before that they take in.
    """
    after, joined = units.after, list[tuple[int, str]]()
    while True:
        rows = connection.execute("SELECT id, digest, after FROM run WHERE last = ?", (after,)).fetchall()
        if not rows or after - rows[0][2] > units.upto - after or units.upto - rows[0][2] > variants.RUN:
            return after, sorted(joined)
        joined += [(number, digest) for number, digest, _ in rows]
        after = rows[0][2]


def _current(connection: sqlite3.Connection, joined: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The runs of these numbers as they are now."""
    rows = (
        connection.execute("SELECT id, digest FROM run WHERE id = ?", (number,)).fetchone()
        for number, _ in joined
    )
    return [row for row in rows if row]


def _last_number(connection: sqlite3.Connection, before: Sequence[tuple[int, str]]) -> int:
    """The number of the last run that stays."""
    least = min((number for number, _ in before), default=None)
    (number,) = connection.execute(
        "SELECT coalesce(max(id), 0) FROM run WHERE id < coalesce(?, id + 1)", (least,)
    ).fetchone()
    return int(number)


def _row(
    connection: sqlite3.Connection, number: int, base: str, unit_range: tuple[int, int], run: Run
) -> run_table.NewRun:
    after, _ = unit_range
    before = runs.last_digest(connection, base, upto=after)
    digest = hashlib.blake2b(before.encode(), digest_size=16)
    for part in run:
        digest.update(part.tobytes())
    sizes = np.stack(np.unique(run.lengths, return_counts=True)).astype("<u4")
    units = run.units.astype("<u4").tobytes()
    described = run_table.StoredRun(number, base, *unit_range, digest.hexdigest(), sizes.tobytes())
    return run_table.NewRun(described, units)


def _posting_rows(
    run_id: int, tokens: Sequence[int], lists: Iterable[tuple[int, bytes]]
) -> Iterator[_Posting]:
    """The rows of a run's lists, each with the next one's number; an empty list for the token 0 begins them.

    >>> rows = _posting_rows(3, [7, 9], [(1, b"a"), (1, b"b")])
    >>> [(row[0] - posting_id(3, 0), row[1] - posting_id(3, 0), row[-1]) for row in rows][:2]
    [(0, 7, b''), (7, 9, b'a')]
    """
    ids = [posting_id(run_id, token) for token in tokens]
    if tokens[:1] != [0]:
        ids, lists = [posting_id(run_id, 0), *ids], chain([(1, b"")], lists)
    for (row_id, following), (width, gaps) in zip(
        pairwise([*ids, posting_id(run_id + 1, 0)]), lists, strict=True
    ):
        yield row_id, following, seals.seal(row_id, following, width, gaps), width, gaps


def _words(encoder: Encoder, tokens: set[int]) -> list[str]:
    """The words of a run, which are looked up by their beginnings."""
    return sorted(token for token, bits in encoder.hashes.items() if bits in tokens and token[:1].isalnum())
