r"""Comma-separated values (RFC 4180): units, or a glossary with its decisions. ``tsv.py`` tells how.

>>> from tm.formats.authoring import Reading
>>> [unit] = read(iter([b"fr;pt-BR;note\nle pont;a ponte;sur le Tage\n"]), Reading("bridges.csv"))
>>> [variant.segment.text for variant in unit.variants], unit.annotations[0].text
(['le pont', 'a ponte'], 'sur le Tage')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats import _glossary, _glossary_writer, _row_filling, _rows, _unit_rows
from tm.formats._format import Format, Reading, Writing
from tm.formats.notation import separated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling
    from tm.formats.notation import Notation
    from tm.model import Concept, Unit


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each record."""
    return _unit_rows.read(_rows.csv_rows(chunks, reading), reading)


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write a header with the languages, then one unit a record; return the number of units."""
    return _unit_rows.write(units, writing, lambda rows: _rows.write_csv(stream, rows, writing))


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    r"""Write the table again with the fillings in its target column; it keeps its separator.

    >>> from io import BytesIO
    >>> from tm.formats.authoring import Filling, Reading
    >>> from tm.model import Segment
    >>> filled = BytesIO()
    >>> fill(iter([b"fr;pt\noui;\n"]), filled, [Filling(Segment("sim"), 101, "day")], Reading("day.csv"))
    1
    >>> filled.getvalue()
    b'fr;pt;match;match-origin\noui;sim;101;day\n'
    """
    data = b"".join(chunks)
    delimiter, _ = _rows.separated_rows(iter([data]), reading)
    return _row_filling.fill(
        iter([data]),
        stream,
        fillings,
        reading,
        _rows.csv_rows,
        lambda out, rows: _rows.write_csv(out, rows, Writing(reading.path), delimiter),
    )


def read_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    return _glossary.read(_rows.csv_rows(chunks, reading), reading)


def write_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a header, then the concepts in order; return the number of concepts."""
    return _glossary_writer.write(concepts, writing, lambda rows: _rows.write_csv(stream, rows, writing))


def _notation(text: str) -> Notation:
    delimiter, _ = _rows.separated_rows(iter([text.encode("utf-8", "replace")]), Reading(""))
    return separated(delimiter)


CSV = Format(
    "csv",
    (".csv",),
    "Comma-separated values: units, or a glossary with its decisions",
    read_units=read,
    write_units=write,
    notation=_notation,
    fill=fill,
    read_concepts=read_glossary,
    write_concepts=write_glossary,
    holds=_unit_rows.HOLDS,
    holds_of_terms=_unit_rows.HOLDS_OF_TERMS,
)
