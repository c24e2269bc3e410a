"""The words of a memory's runs, kept in order (table ``word``), and those that a wildcard stands for.

``words`` reads the words that begin like a ``Prefix`` as one range. For an ``Unaccented`` it walks down the
words letter by letter (``_without_accents``): for each beginning it asks which of the characters follow that
are the next letter, with or without accents (``_branches``). So a look-up reads a few rows for each letter,
however many words there are.
"""

from __future__ import annotations

import functools
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from itertools import chain, starmap
from typing import TYPE_CHECKING

from tm.language.keys import unaccented
from tm.store.wildcards import Prefix, Unaccented

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

LAST = "\U0010ffff"
"""The last character there is: whatever begins like a word comes before the word with this behind it."""

COMPOSED = (
    (0xC0, 0x3100),
    (0xA660, 0xAC00),
    (0xFB1D, 0xFE30),
    (0x10100, 0x11E00),
    (0x16A00, 0x17000),
    (0x1BC00, 0x1EA00),
)
"""Where the characters are that have accents or are accents, of those that Unicode's composition (NFC) keeps."""

LATIN = ((0xC0, 0x250), (0x1E00, 0x1F00))
"""Where those are that have accents on Latin letters: they are soon looked through."""

SYLLABLES = range(0xAC00, 0xD7A4)
"""Korean syllables: Unicode takes them apart as if they were letters with accents."""


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
        plain = unaccented(beginning)
        if isinstance(wanted, Prefix) and plain.startswith(wanted):
            yield from _beginning(connection, base, beginning)
            continue
        if plain == wanted and _is_word(connection, base, beginning):
            yield beginning
        if wanted.startswith(plain):
            following = _written(wanted[len(plain) : len(plain) + 1])
            waiting += _branches(connection, base, beginning, following)


def _is_word(connection: sqlite3.Connection, base: str, text: str) -> bool:
    row = connection.execute("SELECT 1 FROM word WHERE base = ? AND text = ?", (base, text)).fetchone()
    return row is not None


def _branches(
    connection: sqlite3.Connection, base: str, beginning: str, following: Sequence[str]
) -> Iterator[str]:
    """What words begin with: the beginning and one of these characters, which ascend."""
    index = 0
    while index < len(following):
        (word,) = connection.execute(
            "SELECT min(text) FROM word WHERE base = ? AND text >= ? AND text < ?",
            (base, beginning + following[index], beginning + LAST),
        ).fetchone()
        if word is None:
            return
        character = word[len(beginning)]
        index = bisect_left(following, character, index)
        if following[index : index + 1] == [character]:
            yield beginning + character
            index += 1


@functools.cache
def _written(letter: str) -> list[str]:
    """A letter with and without accents, and the marks that may follow one, in order.

    >>> [character for character in _written("ß") if character.isalpha()], "é" in _written("e")
    (['ß'], True)
    """
    syllables = map(chr, SYLLABLES) if "\u1100" <= letter < "\u1200" else ()  # of which it is the first part
    composed = _composed(LATIN if letter < "\u0250" else COMPOSED)[letter]
    return sorted(dict.fromkeys([*letter, *composed, *_marks(), *syllables]))


@functools.cache
def _composed(blocks: Sequence[tuple[int, int]]) -> dict[str, list[str]]:
    """By letter, all characters of some blocks that are it with accents, or begin with it."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for character in map(chr, chain(*starmap(range, blocks))):
        if unicodedata.decomposition(character) or character in "æœ":
            by_letter[unaccented(character)[:1]].append(character)
    return by_letter


@functools.cache
def _marks() -> list[str]:
    """The characters that are accents."""
    return [*filter(unicodedata.combining, map(chr, chain(*starmap(range, COMPOSED))))]
