r"""Tables in text files: TSV and CSV, of units or of a glossary.

In: a file's bytes. Out: units or concepts; and the way back.

1. ``_rows`` parts a file into rows of cells.
2. ``_columns.find_columns`` says which column holds what.
3. ``_unit_rows`` makes units of the rows, ``_glossary`` makes concepts; both also go the other way.
4. ``_row_filling`` puts translations into the rows.

>>> from tm.formats.authoring import Reading
>>> [unit] = read_csv(iter([b"fr;pt-BR;note\nle pont;a ponte;sur le Tage\n"]), Reading("bridges.csv"))
>>> [variant.segment.text for variant in unit.variants], unit.annotations[0].text
(['le pont', 'a ponte'], 'sur le Tage')
>>> [concept] = read_tsv_glossary(iter([b"fr\tpt\tstatus\npont\tponte\tpreferred\n"]), Reading("terms.tsv"))
>>> [(term.text, term.status) for term in concept.terms]
[('pont', 'approved'), ('ponte', 'preferred')]
"""

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
    """Read one unit from each line."""
    return _unit_rows.read(_rows.tsv_rows(chunks, reading), reading)


def read_csv(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each record."""
    return _unit_rows.read(_rows.csv_rows(chunks, reading), reading)


def write_tsv(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    r"""Write a header with the languages, then one unit a line; return the number of units.

    >>> from io import BytesIO
    >>> from tm.model import Segment, Unit, Variant
    >>> table = BytesIO()
    >>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
    >>> write_tsv(table, [unit], Writing("answers.tsv")), table.getvalue()
    (1, b'fr\tpt\noui\tsim\n')
    """
    return _unit_rows.write(units, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


def write_csv(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write a header with the languages, then one unit a record; return the number of units."""
    return _unit_rows.write(units, writing, lambda rows: _rows.write_csv(stream, rows, writing))


def fill_tsv(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the table again with the fillings in its target column; see ``tm.formats.fill``."""
    return _row_filling.fill(
        _rows.tsv_rows(chunks, reading),
        fillings,
        reading,
        lambda rows: _rows.write_tsv(stream, rows, Writing(reading.path)),
    )


def fill_csv(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    r"""Write the table again with the fillings in its target column; it keeps its separator.

    >>> from io import BytesIO
    >>> from tm.formats.authoring import Filling, Reading
    >>> from tm.model import Segment
    >>> filled = BytesIO()
    >>> fill_csv(iter([b"fr;pt\noui;\n"]), filled, [Filling(Segment("sim"), 101, "day")], Reading("day.csv"))
    1
    >>> filled.getvalue()
    b'fr;pt;match;match-origin\r\noui;sim;101;day\r\n'
    """
    delimiter, rows = _rows.separated_rows(chunks, reading)
    return _row_filling.fill(
        rows,
        fillings,
        reading,
        lambda filled: _rows.write_csv(stream, filled, Writing(reading.path), delimiter),
    )


def read_tsv_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    return _glossary.read(_rows.tsv_rows(chunks, reading), reading)


def read_csv_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    return _glossary.read(_rows.csv_rows(chunks, reading), reading)


def write_tsv_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a header, then the concepts in order; return the number of concepts."""
    return _glossary.write(concepts, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


def write_csv_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a header, then the concepts in order; return the number of concepts."""
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
