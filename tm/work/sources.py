"""Units from a file of any format, or from a memory, which is taken like any file of units.

1. ``is_memory`` tells a memory by its address, its extension or its first bytes.
2. ``read_units`` reads either; ``units_in`` gives the units of open memories, those that are meant.

>>> import tempfile
>>> from tm.model import Segment, Unit, Variant
>>> with tempfile.TemporaryDirectory() as folder:
...     path = f"{folder}/a.tm"
...     with open_store(path, create=True) as store:
...         store.add([Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))]).added
...     is_memory(path), [unit.variants[1].segment.text for unit in read_units(path)]
1
(True, ['sim'])
"""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47, formats
from tm.databases import is_database
from tm.direction import UNDECIDED, Direction
from tm.errors import FormatError, OptionError
from tm.formats import Format
from tm.language import detect
from tm.model import Place
from tm.progress import unwatched
from tm.store import open_store, records
from tm.store.addresses import is_address
from tm.store.identity import identify
from tm.store.where import Where, admitted, parsed_where
from tm.work.numbered import TABLES, without_numbers

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Unit
    from tm.progress import Progress
    from tm.store import Store

_SAMPLE = 100
"""Rows that show whether a workbook is a table of units."""
_CLEAR = 0.35
"""The least confidence in a language; single words are below it, three short sentences above."""

MEMORY = Format(
    "memory",
    (".tm",),
    "A memory",
    holds=frozenset(("codes", "annotations", "attributes", "languages")),
)
"""What a memory is among the formats: it is read and written by its store alone."""


def is_memory(path: str | os.PathLike[str], format: str = "") -> bool:  # noqa: A002 - as in tm.formats
    """Whether a path is that of a memory, or the address of one.

    >>> is_memory("sqlite:news"), is_memory("news.tm"), is_memory("news.tmx"), is_memory("news.tm", "tsv")
    (True, True, False, False)
    """
    name = os.fspath(path)
    if format or name == "-":
        return format in (MEMORY.name, *MEMORY.extensions)
    if Path(name).suffix.lower() in MEMORY.extensions:
        return True
    return not formats.formats_of(name) and (is_address(name) or is_database(name))


def is_document(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    encoding: str = "",
) -> bool:
    """Whether a file is read as a document. A workbook is one unless it is a table of units or terms.

    Where nothing names the languages of a table, its second column must be able to be a translation.

    >>> is_document("news.docx"), is_document("news.tmx"), is_document("news.xlsx", format="workbook")
    (True, False, True)
    """
    if is_memory(path, format) or not formats.look_up(path, "read_document", format):
        return False
    if not formats.look_up(path, "read_units", format):
        return True
    if os.fspath(path) == "-":
        return False
    unnamed = Direction("und", "und")  # no language is looked for, and nothing is said of one
    try:
        rows = formats.read_units(path, format=format, direction=unnamed, encoding=encoding)
        if not format and _is_of_one_language(islice(rows, _SAMPLE)):
            return True
        next(formats.read_units(path, format=format, direction=direction, encoding=encoding), None)
    except FormatError:
        return True
    return False


def _is_of_one_language(rows: Iterable[Unit]) -> bool:
    """Whether in rows without named languages the second texts are no translations of the first ones.

    >>> from tm.model import Segment, Unit, Variant
    >>> def row(*texts):
    ...     return Unit(tuple(Variant("und", Segment(text)) for text in texts))
    >>> _is_of_one_language([row("Le pont", "Les ouvriers"), row("La route", "La police")])
    True
    >>> _is_of_one_language([row("Le pont", "12"), row("La route", "30 €"), row("La rive", "7")])
    True
    >>> _is_of_one_language([row("mer", "mar"), row("os", "osso")])
    False
    """
    pairs = [unit.variants for unit in rows if len(unit.variants) > 1]
    if not pairs or any(variant.language != "und" for pair in pairs for variant in pair):
        return False
    sides = [[pair[side].segment.text for pair in pairs] for side in (0, 1)]
    if sum(any(map(str.isalpha, text)) for text in sides[1]) * 2 < len(pairs):
        return True
    one, other = (detect("\n".join(texts)) for texts in sides)
    is_clear = min(one.confidence, other.confidence) >= _CLEAR
    return is_clear and bcp47.base(one.language) == bcp47.base(other.language)


def read_units(
    path: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    encoding: str = "",
    problems: list[FormatError] | None = None,
    account: formats.Account | None = None,
    progress: Progress = unwatched,
) -> formats.Units:
    """The units of a file or of a memory, one by one as they are asked for.

    The arguments and errors are those of ``tm.formats.read_units``; a memory needs but the last of them. The numbers
    of a table that was exported with them are no part of its units.

    Raises:
        StoreError: the memory cannot be used.
    """
    if is_memory(path, format):
        return formats.Units(_units_of_memory(path, progress))
    units = formats.read_units(
        path,
        format=format,
        direction=direction,
        encoding=encoding,
        problems=problems,
        account=account,
        progress=progress,
    )
    if formats.find_format(path, "read_units", format).name in TABLES:
        return formats.Units(map(without_numbers, units))
    return units


def _units_of_memory(path: str | os.PathLike[str], progress: Progress) -> Iterator[Unit]:
    """The units, each with its number in the place of an id, by which tm edit and tm remove take it."""
    with open_store(path) as store:
        for stored in progress(store.all_stored(), len(store)):
            yield replace(stored.unit, place=Place(os.fspath(path), id=str(stored.number)))


def refuse_itself(store: Store, path: str) -> None:
    """Refuse a memory that is to be added to itself.

    Raises:
        OptionError: it is.

    >>> with open_store(":memory:", create=True) as store:
    ...     refuse_itself(store, "news.tsv")
    """
    if is_memory(path) and _place_of(path) == _place_of(store.name):
        raise OptionError(f"{path}: is the memory that it would be added to; another one was expected")


def refuse_as_output(out: str | os.PathLike[str], format_: str, command: str) -> None:
    """Refuse to write units over a memory, or into one, as into a file.

    Args:
        out: what is to be written.
        format_: its format's name, "" = by the extension.
        command: what adds the units.

    Raises:
        OptionError: it is a memory.

    >>> refuse_as_output("b.tm", "", "tm add a.tmx")
    Traceback (most recent call last):
    tm.errors.OptionError: b.tm: is a memory, which is added to, not written: tm add a.tmx -m b.tm
    """
    if is_memory(out, format_):
        memory = shlex.quote(os.fspath(out))
        raise OptionError(f"{out}: is a memory, which is added to, not written: {command} -m {memory}")


def refuse_over_input(out: str | os.PathLike[str], path: str | os.PathLike[str]) -> None:
    """Refuse to write over the file that is read: nothing would take that back.

    Raises:
        OptionError: both are the same file.

    >>> refuse_over_input("./in.tmx", "in.tmx")
    Traceback (most recent call last):
    tm.errors.OptionError: ./in.tmx: is the file that is read; another name was expected
    """
    if os.path.realpath(out) == os.path.realpath(path):
        raise OptionError(f"{os.fspath(out)}: is the file that is read; another name was expected")


def _place_of(address: str) -> str:
    """An address as one of a file, its links followed.

    >>> _place_of("sqlite:/tmp/../a.tm")
    '/a.tm'
    """
    return os.path.realpath(address.removeprefix("sqlite:"))


def units_in(
    stores: Sequence[Store],
    where: Where | str,
    counts: Counter[str],
    progress: Progress = unwatched,
) -> Iterator[Unit]:
    """The units of memories that are meant, one memory after the other, a unit that several have once.

    Args:
        stores: open.
        where: which units are meant; none of its conditions means all.
        counts: gets how many were "admitted", "left out" and "in several memories".
        progress: takes the units of a memory as they are read, and their number.

    >>> from collections import Counter
    >>> counts = Counter()
    >>> with open_store(":memory:", create=True) as store:
    ...     list(units_in([store, store], "author=rui", counts)), dict(counts)
    ([], {})
    """
    meant = parsed_where(where)
    units: Iterator[Unit]
    seen: set[int] = set()
    for store in stores:
        if meant:
            all_stored = progress(store.all_stored(), len(store))
            units = (stored.unit for stored in admitted(all_stored, meant, counts))
        else:
            units = iter(progress(store.units(), len(store)))
        if len(stores) == 1:
            yield from units
            return
        of_store = set()
        for unit in units:
            content = identify(unit, records.record_of(unit)).content
            if content in seen:
                counts["in several memories"] += 1
            else:
                of_store.add(content)
                yield unit
        seen |= of_store
