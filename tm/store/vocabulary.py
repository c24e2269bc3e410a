"""The words of a memory's runs, kept in order (table ``word``), and those that a wildcard stands for.

``words`` reads the words that begin like a ``Prefix`` as one range. For an ``Unaccented`` it walks down the
words letter by letter (``_without_accents``): of the letters that follow a beginning only those are gone down
that are the wanted letter but for accents. So a look-up reads a few hundred rows, however many words there
are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.language.text import without_accents
from tm.store.wildcards import Prefix, Unaccented

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

LAST = "\U0010ffff"
"""The last character there is: whatever begins like a word comes before the word with this behind it."""


def words(connection: sqlite3.Connection, base: str, wildcard: str) -> list[str]:
    """The words of the runs of a language that a wildcard stands for. Some may stand in no run any more.

    >>> import sqlite3
    >>> connection = sqlite3.connect(":memory:")
    >>> _ = connection.execute("CREATE TABLE word (base TEXT, text TEXT)")
    >>> for word in ("ecole", "été", "école", "écoles"):
    ...     _ = connection.execute("INSERT INTO word VALUES ('fr', ?)", (word,))
    >>> words(connection, "fr", Prefix("é")), words(connection, "fr", Unaccented("ecole"))
    (['école', 'écoles', 'été'], ['ecole', 'école'])
    """
    if isinstance(wildcard, Unaccented):
        return sorted(_without_accents(connection, base, wildcard))
    if isinstance(wildcard, Prefix):
        return _beginning(connection, base, wildcard)
    return [wildcard]


def _beginning(connection: sqlite3.Connection, base: str, beginning: str) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM word WHERE base = ? AND text >= ? AND text < ? ORDER BY text",
        (base, beginning, beginning + LAST),
    )
    return [word for (word,) in rows]


def _without_accents(connection: sqlite3.Connection, base: str, wanted: Unaccented) -> Iterator[str]:
    """The words that are, or begin like, the wanted one, accents aside."""
    waiting = [""]
    while waiting:
        beginning = waiting.pop()
        plain = without_accents(beginning)
        if isinstance(wanted, Prefix) and plain.startswith(wanted):
            yield from _beginning(connection, base, beginning)
            continue
        for word in _branches(connection, base, beginning):
            if word == beginning:
                if plain == wanted:
                    yield word
            elif wanted.startswith(without_accents(longer := word[: len(beginning) + 1])):
                waiting.append(longer)


def _branches(connection: sqlite3.Connection, base: str, beginning: str) -> Iterator[str]:
    """The first word for each character that follows this beginning; the beginning itself if it is a word."""
    lowest = beginning
    while True:
        row = connection.execute(
            "SELECT min(text) FROM word WHERE base = ? AND text >= ? AND text < ?",
            (base, lowest, beginning + LAST),
        ).fetchone()
        if row[0] is None:
            return
        yield row[0]
        lowest = row[0][: len(beginning) + 1] + (LAST if len(row[0]) > len(beginning) else "\0")
