r"""Wordfast Classic's memory: a text with tabs, one unit a line, read with ``--from wordfast`` since it ends in ``.txt``.

In: a file's bytes. Out: units. The first line is a header whose cells begin with ``%``. A unit has its date, who
made it, how often it was used, and then twice a language and a text; attributes may follow. ``&'0A;`` is a
character by its number in windows-1252, and ``&tA;`` stands for a code of the document.

>>> from tm.formats._format import Reading
>>> file = b"%20240101~120000\t%AB\t%TU=1\t%FR-FR\t%Wordfast TM\t%PT-BR\t%\n"
>>> file += b"20240102~101010\tAB\t0\tFR-FR\tun &tA;pont&tB;\tPT-BR\tuma &tA;ponte&tB;\n"
>>> [unit] = WORDFAST.read_units(iter([file]), Reading("a.txt"))
>>> [(variant.language, variant.segment.text) for variant in unit.variants]
[('fr-FR', 'un pont'), ('pt-BR', 'uma ponte')]
>>> unit.attributes
(('changedate', '20240102T101010Z'), ('changeid', 'AB'), ('usagecount', '0'))
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats import _rows
from tm.formats._format import Format
from tm.model import Code, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats._format import Chunks, Reading

_DATE = re.compile(r"%?(\d{8})~(\d{6})")
_CHARACTER = re.compile(r"&'([0-9A-Fa-f]{2});")
_CODE = re.compile(r"&t[A-Z0-9]{1,3};")
_CELLS = 7
"""Date, user, use, language, source, language, target; what follows are attributes of the memory's own."""


def begins_memory(cell: str) -> bool:
    """Whether the first cell of a file is that of a Wordfast memory: a date, as its header has it or a unit.

    >>> begins_memory("%20240101~120000"), begins_memory("pont")
    (True, False)
    """
    return bool(_DATE.fullmatch(cell.strip()))


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each line behind the header."""
    rows = _rows.tsv_rows(chunks, reading)
    first = next(rows, None)
    if first is None:
        raise reading.error("the file is empty; a Wordfast memory was expected", 1, 1)
    for number, (line, cells) in enumerate(itertools.chain([first], rows)):
        if number == 0 and not begins_memory(cells[0]):
            raise reading.error(
                "no Wordfast memory; its first line begins with a date like %20240101~120000", line, 1
            )
        if cells[0].startswith("%"):
            continue
        if len(cells) < _CELLS or not all(bcp47.is_tag(cells[at].strip()) for at in (3, 5)):
            reading.fault(
                "date, user, use, language, source, language and target were expected, with tabs between",
                line,
            )
            continue
        if unit := _unit(cells, Place(reading.path, line)):
            yield unit


def _unit(cells: list[str], place: Place) -> Unit | None:
    """The unit of a line; None when it has no text."""
    date = _DATE.fullmatch(cells[0].strip())
    said = (
        ("changedate", f"{date[1]}T{date[2]}Z" if date else ""),
        ("changeid", cells[1].strip()),
        ("usagecount", cells[2].strip()),
    )
    variants = [
        Variant(bcp47.canonical(cells[at].strip()), _segment(cells[at + 1]))
        for at in (3, 5)
        if cells[at + 1].strip()
    ]
    attributes = tuple((name, value) for name, value in said if value)
    return Unit(tuple(variants), attributes, (), place) if variants else None


def _segment(cell: str) -> Segment:
    """The text of a cell with its codes.

    >>> segment = _segment("a&'26;b &tA;c")
    >>> segment.text, segment.codes[0].position, segment.codes[0].content.text
    ('a&b c', 4, '&tA;')
    """
    text, codes, kept = "", list[Code](), 0
    for match in _CODE.finditer(cell):
        text += _plain(cell[kept : match.start()])
        kept = match.end()
        codes.append(Code(len(text), "alone", "ph", (("x", str(len(codes) + 1)),), Segment(match[0])))
    return Segment(text + _plain(cell[kept:]), tuple(codes))


def _plain(text: str) -> str:
    return _CHARACTER.sub(lambda match: bytes([int(match[1], 16)]).decode("windows-1252", "replace"), text)


WORDFAST = Format(
    "wordfast",
    (".wordfast",),
    "Wordfast Classic's memory (read with --from wordfast)",
    read_units=read,
    translated=True,
)
