"""A memory's units in a table with their numbers, and the table taken back after somebody worked on it.

1. ``numbered`` gives a unit three properties, which a table shows as columns: its ``number``; a ``check``, by
   which the number is known to be of this memory; and what the table ``covers``, as conditions of
   ``tm.store.where``, by which it is known whether a unit without a row had one.
2. ``compare_table`` says which rows are changed, which are missing, and which must be left alone.
3. ``take_back`` makes edits of the former and, when that is asked for, removals of the missing ones.

>>> import pathlib, tempfile
>>> from tm.model import Variant
>>> from tm.store import open_store
>>> from tm.work.exporting import export_memory
>>> with tempfile.TemporaryDirectory() as folder, open_store(":memory:", create=True) as store:
...     pairs = ("four", "fogão"), ("pain", "pão"), ("sel", "sal")
...     units = [Unit((Variant("fr", Segment(one)), Variant("pt", Segment(two)))) for one, two in pairs]
...     _ = store.add(units)
...     table = pathlib.Path(folder, "table.tsv")
...     _ = export_memory(store, table, numbers=True)
...     lines = table.read_text().replace("fogão", "forno").splitlines(keepends=True)
...     _ = table.write_text("".join(lines[:3]))
...     done = take_back(store, compare_table(store, table), remove_missing=True)
...     [(change.before.number, change.number) for change in (*done.edits.changes, *done.removals.changes)]
...     [stored.unit.variants[1].segment.text for stored in store.all_stored()]
[(1, 4), (3, 0)]
['pão', 'forno']
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.formats import find_format, read_units
from tm.model import Annotation, Segment, Unit
from tm.store.where import admitted, parsed_where
from tm.work.alteration import Alteration, altered
from tm.work.editing import Editing, put_back, take_out

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from tm.store import Store
    from tm.store.stored import Stored

NUMBER, CHECK, COVERS = "x-number", "x-check", "x-covers"

TABLES = ("tsv", "csv", "xlsx")
"""The formats that can be taken back: a person works on them, and all their columns have names."""

_LETTERS = "bcdfghjkqvwxz"
"""Letters of a check: no vowels, so that no spreadsheet takes one for a month or a number."""


_WHOLE = re.compile(r"([0-9]+|[0-9]{1,3}(?:[  \u202f.,'’][0-9]{3})+)(?:[.,]0{1,2})?")
"""A whole number, with or without thousands apart, with or without decimals."""

_LAST = re.compile(r"change<=(\d+)")

log = logging.getLogger(__name__)


def check_format(out: str | os.PathLike[str], format_: str) -> None:
    """Refuse what is no table.

    Raises:
        OptionError: it is none.

    >>> check_format("memory.tmx", "")
    Traceback (most recent call last):
    tm.errors.OptionError: memory.tmx: numbers are for tables: .tsv, .csv, .xlsx
    """
    if find_format(out, "write_units", format_).name not in TABLES:
        raise OptionError(f"{os.fspath(out)}: numbers are for tables: .tsv, .csv, .xlsx")


def covered(store: Store, direction: Direction, where: str) -> str:
    """The conditions that hold for the units of a table: those there are now, in both languages.

    Another region of a language counts, since its units have rows too.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     covered(store, Direction("fr", "pt-BR"), "author=rui")
    'change<=0 language=fr language=pt author=rui'
    """
    last = max((change.number for change in store.log()), default=0)
    languages = f"language={bcp47.base(direction.source)} language={bcp47.base(direction.target)}"
    return f"change<={last} {languages} {where}".strip()


def numbered(units: Iterable[Stored], covers: str) -> Iterator[Unit]:
    """Units with the properties that make their rows known again."""
    for stored in units:
        texts = {NUMBER: str(stored.number), CHECK: _check(stored.unit), COVERS: covers}
        marks = tuple(Annotation("prop", text, name) for name, text in texts.items())
        unit = without_numbers(stored.unit)
        yield replace(unit, annotations=(*marks, *unit.annotations))


def without_numbers(unit: Unit) -> Unit:
    """The unit of a row without what only makes the row known again.

    >>> from tm.store.stored import Stored
    >>> unit = Unit((), annotations=(Annotation("note", "bref"),))
    >>> [marked] = numbered([Stored(12, unit, 1, "", "")], "change<=1")
    >>> without_numbers(marked) == unit, without_numbers(unit) is unit
    (True, True)
    """
    if not unit.annotations or not re.fullmatch(f"[{_LETTERS}]{{6}}", unit.property(CHECK)):
        return unit
    kept = (note for note in unit.annotations if note.type not in (NUMBER, CHECK, COVERS))
    return replace(unit, annotations=tuple(kept))


def _check(unit: Unit) -> str:
    """Six letters that depend on the texts of a unit."""
    texts = "\0".join(f"{variant.language}\0{variant.segment.text}" for variant in unit.variants)
    digest = hashlib.blake2b(texts.encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest)


# ------------------------------------------------------------------------------------------- taken back


@dataclass(frozen=True)
class Comparison:
    """A table beside the memory that it came from.

    Attributes:
        table: its file's name.
        changed: the units of changed rows, each as it is stored, as its row has it, and how many inline codes
            are left out.
        missing: the units without a row, of those that the table covers.
        left_alone: rows that are not taken, each as a line that says why.
        unnumbered: how many rows have no number.
    """

    table: str
    changed: list[tuple[Stored, Unit, int]] = field(default_factory=list)
    missing: list[Stored] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    unnumbered: int = 0


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of the units of a table.

    Attributes:
        edits: of changed rows.
        removals: of missing ones.
    """

    edits: Editing
    removals: Editing


def compare_table(
    store: Store,
    path: str | os.PathLike[str],
    *,
    author: str = "",
    date: str = "",
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
) -> Comparison:
    """What was changed in a table since it was exported with numbers.

    Texts are compared, and the columns ``note`` and ``origin``; an emptied note stays.

    Args:
        store: the memory that the table is of.
        path: a TSV, CSV or XLSX file.
        author: who changed it.
        date: when.
        format: of the file; "" = by the extension.
        encoding: likewise; "" = found.

    Raises:
        OptionError: the table has no numbers, or those of another memory.
        FormatError: the file cannot be read.
    """
    rows = list(read_units(path, format=format, encoding=encoding))
    by_number: dict[int, list[Unit]] = {}
    for row in rows:
        if row.property(NUMBER):
            by_number.setdefault(_number(row), []).append(row)
    if not by_number:
        raise OptionError(f"{os.fspath(path)}: has no numbers of units; tm export FILE --numbers writes them")
    unnumbered = sum(not row.property(NUMBER) for row in rows)
    comparison = Comparison(PurePath(path).name, unnumbered=unnumbered)
    units = {stored.number: stored for stored in store.stored(list(by_number))}
    _check_memory(store, [(stored, row) for number, stored in units.items() for row in by_number[number]])
    direction = next((_direction(row) for row in rows if len(row.variants) > 1), UNDECIDED)
    for number, same_number in by_number.items():
        if reason := _why_not(number, same_number, units):
            comparison.left_alone.append(f"{same_number[0].place}: {number}: {reason}")
            continue
        alteration = _alteration(units[number].unit, same_number[0], direction, author)
        if alteration != Alteration(author=author):
            unit, lost = altered(units[number].unit, alteration, direction, date=date)
            comparison.changed.append((units[number], unit, lost))
    covers = {row.property(COVERS) for same_number in by_number.values() for row in same_number}
    if len(covers) == 1 and all(covers):
        comparison.missing.extend(_missing(store, covers.pop(), direction, by_number))
    return comparison


def _missing(store: Store, covers: str, direction: Direction, by_number: Container[int]) -> Iterator[Stored]:
    """The units that a table covers and that have no row in it; none when the memory was taken back since,
    because units may have come back then that had no row."""
    last = int(match[1]) if (match := _LAST.match(covers)) else 0
    if any(change.action == "undo" and change.number > last for change in store.log()):
        log.warning("%s: was taken back since the export; missing rows are passed over", store.name)
        return
    for stored in admitted(store.all_stored(), parsed_where(covers), Counter()):
        if stored.number not in by_number and stored.unit.pair(direction.source, direction.target):
            yield stored


def take_back(
    store: Store,
    comparison: Comparison,
    *,
    remove_missing: bool = False,
    date: str = "",
    author: str = "",
    dry_run: bool = False,
) -> TakenBack:
    """Make edits of a table's changed rows, and removals of the missing ones when that is asked for.

    Each kind is one change of the history, the edits first.

    Args:
        store: the memory that the table is of.
        comparison: of the table with it.
        remove_missing: whether units without a row are taken out.
        date: when, for the history.
        author: who changed the table, likewise.
        dry_run: leave the memory as it is.
    """
    missing = comparison.missing if remove_missing else []
    return TakenBack(
        put_back(store, comparison.changed, by=comparison.table, date=date, author=author, dry_run=dry_run),
        take_out(store, missing, by=comparison.table, date=date, author=author, dry_run=dry_run),
    )


def _number(row: Unit) -> int:
    """The number of a row as a spreadsheet may write a whole one: 12, 12.0, 12,00, 1.234, 1 234, 1'234."""
    text = row.property(NUMBER)
    match = _WHOLE.fullmatch(text)
    if not match:
        raise OptionError(f"{row.place}: {text!r} is no number of a unit; one such as 12 was expected")
    return int(re.sub(r"[^0-9]", "", match[1]))


def _check_memory(store: Store, pairs: Sequence[tuple[Stored, Unit]]) -> None:
    """Refuse numbers of another memory.

    Raises:
        OptionError: a row's check is not that of the unit with its number.
    """
    for stored, row in pairs:
        if row.property(CHECK) != _check(stored.unit):
            raise OptionError(
                f"{row.place}: {stored.number} is another unit in {store.name}: the table is of another memory, "
                "or its columns number and check were changed; export it again with --numbers"
            )


def _why_not(number: int, rows: Sequence[Unit], units: dict[int, Stored]) -> str:
    """Why the rows of a number are left alone, "" when they are not."""
    if number not in units:
        return "has changed or gone in the memory since the export; left alone"
    if len({(row.variants, row.annotations) for row in rows}) > 1:
        return f"stands in {len(rows)} rows, which differ; left alone"
    if len(rows[0].variants) < 2:
        return "a text is empty; left alone (to take the unit out, delete its row, or tm remove)"
    return ""


def _direction(row: Unit) -> Direction:
    return Direction(row.variants[0].language, row.variants[1].language)


def _alteration(unit: Unit, row: Unit, direction: Direction, author: str) -> Alteration:
    """What a row says otherwise than its unit."""
    pair, new = unit.pair(direction.source, direction.target), row.variants
    if pair is None:
        return Alteration(author=author)
    notes, new_notes = _notes(unit), _notes(row)
    return Alteration(
        _changed(pair.source, new[0].segment),
        _changed(pair.target, new[1].segment),
        new_notes[0] if len(new_notes) == 1 and len(notes) < 2 and new_notes != notes else None,
        row.property("x-origin") if row.property("x-origin") not in ("", unit.property("x-origin")) else None,
        author,
    )


def _changed(stored: Segment, new: Segment) -> str | None:
    """The new text; None where a table would show the stored one so."""
    return None if _in_a_cell(stored.text) == _in_a_cell(new.text) else new.text


def _in_a_cell(text: str) -> str:
    r"""A text with its white space as every kind of table can hold it.

    >>> _in_a_cell("un\r\ndeux\ttrois")
    'un deux trois'
    """
    return re.sub(r"\r\n|[\t\r\n]", " ", text)


def _notes(unit: Unit) -> list[str]:
    return [_in_a_cell(note.text) for note in unit.annotations if note.name == "note"]
