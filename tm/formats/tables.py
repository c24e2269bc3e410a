"""Tables in text files: TSV and CSV, of units (``_unit_rows.py``) or of a glossary (``_glossary.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats import _glossary, _row_filling, _rows, _unit_rows
from tm.formats._format import Format, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading
    from tm.model import Concept, Unit


def read_tsv(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """One unit a line."""
    return _unit_rows.read(_rows.tsv_rows(chunks, reading), reading)


def read_csv(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """One unit a record."""
    return _unit_rows.read(_rows.csv_rows(chunks, reading), reading)


def write_tsv(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """A header with the languages, then one unit a line."""
    return _unit_rows.write(units, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


def write_csv(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """A header with the languages, then one unit a record."""
    return _unit_rows.write(units, writing, lambda rows: _rows.write_csv(stream, rows, writing))


def fill_tsv(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """See ``tm.formats.fill``."""
    return _row_filling.fill(
        _rows.tsv_rows(chunks, reading),
        fillings,
        reading,
        lambda rows: _rows.write_tsv(stream, rows, Writing(reading.path)),
    )


def fill_csv(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Likewise; the separator stays."""
    delimiter, rows = _rows.separated_rows(chunks, reading)
    return _row_filling.fill(
        rows,
        fillings,
        reading,
        lambda filled: _rows.write_csv(stream, filled, Writing(reading.path), delimiter),
    )


def read_tsv_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """The concepts in the order in which they first appear."""
    return _glossary.read(_rows.tsv_rows(chunks, reading), reading)


def read_csv_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Likewise."""
    return _glossary.read(_rows.csv_rows(chunks, reading), reading)


def write_tsv_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """A header, then the concepts in order."""
    return _glossary.write(concepts, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


def write_csv_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Likewise."""
    return _glossary.write(concepts, writing, lambda rows: _rows.write_csv(stream, rows, writing))


TSV = Format(
    "tsv",
    (".tsv",),
    "Tab-separated values: units, or a glossary with its decisions",
    read_units=read_tsv,
    write_units=write_tsv,
    fill=fill_tsv,
    read_concepts=read_tsv_glossary,
    write_concepts=write_tsv_glossary,
    holds=_unit_rows.HOLDS,
    holds_of_terms=_unit_rows.HOLDS_OF_TERMS,
)
CSV = Format(
    "csv",
    (".csv",),
    "Comma-separated values: units, or a glossary with its decisions",
    read_units=read_csv,
    write_units=write_csv,
    fill=fill_csv,
    read_concepts=read_csv_glossary,
    write_concepts=write_csv_glossary,
    holds=_unit_rows.HOLDS,
    holds_of_terms=_unit_rows.HOLDS_OF_TERMS,
)
