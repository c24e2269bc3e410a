"""Segments by their letters: compounds may be written in one word, in two or with a hyphen.

Such texts share few words or none, so that the lists of words do not lead from *Envoyer un email* to *Envoyer un
e-mail*. Beside each run the memory keeps, for each segment with words, 32 bits made of all its letters
(``tm.language.keys.letters``), in order, with the unit (``entries``); ``units_with`` looks a text up.

1. ``spelled`` makes a number of some letters, ``joined`` that of two parts from the numbers of both: so an
   ``Encoder`` makes those of segments from those of their words, which it has met before.
2. ``bits`` makes 32 bits of such a number.

>>> joined(spelled("e"), spelled("mail")) == spelled("email")
True
>>> import numpy as np
>>> stored = entries(np.array([bits(spelled("email")), bits(spelled("lettre"))], np.uint64), np.array([7, 8]))
>>> units_with([read(stored)], of_keys(["e", "mail"])), units_with([read(stored)], of_keys(["mail"]))
([7], [])
"""

from __future__ import annotations

import functools
import sys
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from tm.language.keys import letters
from tm.store import run_table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tm.store.ragged import Numbers

    Entries = array[int]
    """Of a run: eight bytes for each segment with words, its bits before its unit, ascending."""

_BASE = 0x9E3779B97F4A7C15
"""Odd, so that each step of the sum can be undone: other letters make another number."""

_ALL = (1 << 64) - 1

FEW = 20
"""Texts that are looked up one by one, without numpy."""


class Spelled(NamedTuple):
    """Letters as a number: the sum of each character times a power of ``_BASE``, in 64 bits; and how many."""

    number: int
    length: int


@functools.lru_cache(maxsize=1 << 16)
def spelled(text: str) -> Spelled:
    """The number of some letters.

    >>> spelled(""), spelled("a")
    (Spelled(number=0, length=0), Spelled(number=97, length=1))
    """
    number = 0
    for character in reversed(text):
        number = (number * _BASE + ord(character)) & _ALL
    return Spelled(number, len(text))


def joined(first: Spelled, second: Spelled) -> Spelled:
    """The number of two parts that stand one after another.

    >>> joined(spelled("mot"), spelled("clé")) == spelled("motclé")
    True
    """
    number = (first.number + second.number * power(first.length)) & _ALL
    return Spelled(number, first.length + second.length)


@functools.lru_cache(maxsize=1 << 12)
def power(exponent: int) -> int:
    """``_BASE`` to this power, in 64 bits.

    >>> power(0), power(1) == _BASE
    (1, True)
    """
    return pow(_BASE, exponent, 1 << 64)


def bits(letters_of_text: Spelled) -> int:
    """32 bits of a text's number, 1 and up; 0 for a text without words.

    >>> bits(spelled("")), bits(spelled("a")) > 0
    (0, True)
    """
    if not letters_of_text.length:
        return 0
    number = letters_of_text.number
    return max(1, ((number ^ number >> 32) * _BASE & _ALL) >> 32)


def of_keys(keys: Sequence[str]) -> int:
    """The bits of a text with these key tokens.

    >>> of_keys(["mot", "clé"]) == of_keys(["motcle"]), of_keys(["!"])
    (True, 0)
    """
    number = length = 0
    for key in keys:  # as ``joined`` does it
        of_part, characters = of_key(key)
        number += of_part * power(length)
        length += characters
    return bits(Spelled(number & _ALL, length))


@functools.lru_cache(maxsize=1 << 16)
def of_key(key: str) -> Spelled:
    """The number of a key token's letters; no letters where it is no word.

    >>> of_key("l'") == spelled("l"), of_key("?").length
    (True, 0)
    """
    return spelled(letters([key]))


# ------------------------------------------------------------------------------------------------- arrays


def bits_of(numbers: NDArray[np.uint64], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """``bits`` of many.

    >>> import numpy as np
    >>> bits_of(np.array([0, 97], np.uint64), np.array([0, 1])).tolist() == [0, bits(spelled("a"))]
    True
    """
    import numpy as np

    mixed = (numbers ^ numbers >> np.uint64(32)) * np.uint64(_BASE) >> np.uint64(32)
    return np.where(lengths > 0, np.maximum(mixed, np.uint64(1)), np.uint64(0))


def bits_of_rows(owners: Numbers, spelled: NDArray[np.uint64], rows: int) -> NDArray[np.uint64]:
    """The bits of each row's letters, from those of its parts: ``joined`` of all together.

    Args:
        owners: the row of each part, ascending.
        spelled: in two rows the numbers and the lengths of the parts.
        rows: how many there are.

    >>> import numpy as np
    >>> parts = np.array([spelled(part) for part in ("e", "mail", "mot")], np.uint64).T
    >>> bits_of_rows(np.array([0, 0, 2]), parts, 3).tolist() == [*map(of_keys, (["email"], [], ["mot"]))]
    True
    """
    import numpy as np

    numbers, lengths = spelled[0], spelled[1].astype(np.int64)
    ends = np.cumsum(lengths)
    begins = np.searchsorted(owners, np.arange(rows + 1))  # the first part of each row
    before = np.r_[0, ends][begins]
    places = ends - lengths - before[owners]
    powers = np.full(int(places.max(initial=0)) + 1, power(1), np.uint64)
    powers[0] = 1
    sums = np.r_[np.uint64(0), np.cumsum(numbers * np.cumprod(powers)[places], dtype=np.uint64)]
    return bits_of(sums[begins[1:]] - sums[begins[:-1]], np.diff(before))


def entries(all_bits: NDArray[np.uint64], units: NDArray[np.integer]) -> bytes:
    """What a run keeps of its segments, ``Entries`` as bytes."""
    import numpy as np

    numbers = all_bits << np.uint64(32) | units.astype(np.uint64)
    return np.sort(numbers[all_bits > 0]).astype("<u8").tobytes()


def read(stored: bytes) -> Entries:
    """What a run keeps, as numbers.

    >>> read(bytes([7, 0, 0, 0, 1, 0, 0, 0]))[0] == 1 << 32 | 7
    True
    """
    numbers = array("Q", stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def units_with(runs: Iterable[Entries], text_bits: int) -> list[int]:
    """The units of some runs whose segments have these bits.

    >>> units_with([array("Q", [5 << 32 | 7])], 5), units_with([], 5)
    ([7], [])
    """
    least, units = text_bits << 32, []
    for stored in runs:
        index, count = bisect_left(stored, least), len(stored)
        while index < count and stored[index] >> 32 == text_bits:
            units.append(stored[index] & 0xFFFFFFFF)
            index += 1
    return units


def _of_many(stored: Entries, all_bits: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """For each of the bits that a segment of a run has its units."""
    import numpy as np

    numbers = np.frombuffer(stored, np.uint64)
    least = np.array(all_bits, np.uint64) << np.uint64(32)
    first = np.searchsorted(numbers, least)
    behind = np.searchsorted(numbers, least + np.uint64(1 << 32))
    for index in np.flatnonzero((behind > first) & (least > 0)).tolist():
        yield index, (numbers[first[index] : behind[index]] & np.uint64(0xFFFFFFFF)).tolist()


# ------------------------------------------------------------------------------------------------- the memory


def row(number: int, base: str, unit_range: tuple[int, int], stored: bytes) -> run_table.NewRun:
    """The entries of a run, as they stand beside it in the table of runs.

    >>> row(4, "fr", (0, 7), b"").described.base
    'fr letters'
    """
    import hashlib  # a look-up does without

    digest = hashlib.blake2b(stored, digest_size=16).hexdigest()
    return run_table.NewRun(run_table.StoredRun(number, _row(base), *unit_range, digest, b""), stored)


def inspect(connection: sqlite3.Connection, base: str) -> None:
    """Read the entries of all runs of a language.

    Raises:
        DamagedError: some are not what was written.
    """
    for run in run_table.runs(connection, _row(base)):
        run_table.units(connection, run.id)


class Letters:
    """The entries of a language's runs; those of a run are read once, as long as the run stays.

    >>> import numpy as np
    >>> from tm.store.sqlite import SQLiteStore
    >>> connection = SQLiteStore(":memory:", create=True)._connection
    >>> stored = entries(np.array([of_keys(["oui"])], np.uint64), np.array([1]))
    >>> run_table.replace(connection, [], [row(1, "fr", (0, 1), stored)])
    >>> Letters(connection).units("fr", [of_keys(["o", "ui"]), of_keys(["non"]), 0], 1)
    [[1], [], []]
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._stored: dict[str, _Stored] = {}

    def units(self, base: str, all_bits: Sequence[int], last: int) -> list[list[int]]:
        """For each of these bits the units of all runs of a language whose segments have them; none for 0.

        To be called in a transaction, in which ``last`` is the last unit that is in a run.
        """
        runs = self._upto(base, last).by_digest.values()
        if len(all_bits) <= FEW:
            return [units_with(runs, text_bits) if text_bits else [] for text_bits in all_bits]
        units: list[list[int]] = [[] for _ in all_bits]
        for stored in runs:
            for index, units_of_run in _of_many(stored, all_bits):
                units[index] += units_of_run
        return units

    def are_kept(self, base: str, last: int) -> bool:
        """Whether all runs of a language have their letters beside them: those of early versions have not."""
        return self._upto(base, last).are_all

    def _upto(self, base: str, last: int) -> _Stored:
        before = self._stored.get(base)
        if before is None or before.last != last:
            kept = before.by_digest if before else {}
            letters = run_table.runs(self._connection, _row(base))
            by_digest = {
                run.digest: kept[run.digest]
                if run.digest in kept
                else read(run_table.units(self._connection, run.id))
                for run in letters
            }
            are_all = len(letters) == len(run_table.runs(self._connection, base))
            self._stored[base] = _Stored(last, by_digest, are_all)
        return self._stored[base]


class _Stored(NamedTuple):
    """The entries of a language's runs up to a unit, and whether no run is without."""

    last: int
    by_digest: dict[str, Entries]
    are_all: bool


def _row(base: str) -> str:
    """In place of the language in the table of runs."""
    return f"{base} letters"
