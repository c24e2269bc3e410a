r"""Tab-separated values: units, or a glossary with its decisions; one unit or pair of terms a line.

In: a file's bytes. Out: units or concepts; and the way back. ``csv.py`` does the same for commas.

1. ``_rows`` parts a file into rows of cells.
2. ``_columns.find_columns`` says which column holds what.
3. ``_unit_rows`` makes units of the rows, ``_glossary`` makes concepts; both also go the other way.
4. ``_row_filling`` puts translations into the rows.

>>> from tm.formats.authoring import Reading
>>> [concept] = read_glossary(iter([b"fr\tpt\tstatus\npont\tponte\tpreferred\n"]), Reading("terms.tsv"))
>>> [(term.text, term.status) for term in concept.terms]
[('pont', 'approved'), ('ponte', 'preferred')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.formats import _glossary, _glossary_writer, _row_filling, _rows, _unit_rows, notation
from tm.formats._format import Format, Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading
    from tm.model import Concept, Unit


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each line."""
    return _unit_rows.read(_rows.tsv_rows(chunks, reading), reading)


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    r"""Write a header with the languages, then one unit a line; return the number of units.

    >>> from io import BytesIO
    >>> from tm.model import Segment, Unit, Variant
    >>> table = BytesIO()
    >>> unit = Unit((Variant("fr", Segment("oui")), Variant("pt", Segment("sim"))))
    >>> write(table, [unit], Writing("answers.tsv")), table.getvalue()
    (1, b'fr\tpt\noui\tsim\n')
    """
    return _unit_rows.write(units, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the table again with the fillings in its target column; see ``tm.formats.fill``."""
    return _row_filling.fill(
        chunks,
        stream,
        fillings,
        reading,
        _rows.tsv_rows,
        lambda out, rows: _rows.write_tsv(out, rows, Writing(reading.path)),
    )


def read_glossary(chunks: Chunks, reading: Reading) -> Iterator[Concept]:
    """Read the concepts in the order in which they first appear."""
    return _glossary.read(_rows.tsv_rows(chunks, reading), reading)


def write_glossary(stream: BinaryIO, concepts: Iterable[Concept], writing: Writing) -> int:
    """Write a header, then the concepts in order; return the number of concepts."""
    return _glossary_writer.write(concepts, writing, lambda rows: _rows.write_tsv(stream, rows, writing))


TSV = Format(
    "tsv",
    (".tsv",),
    "Tab-separated values: units, or a glossary with its decisions",
    read_units=read,
    write_units=write,
    notation=lambda _: notation.TSV,
    fill=fill,
    read_concepts=read_glossary,
    write_concepts=write_glossary,
    holds=_unit_rows.HOLDS,
    holds_of_terms=_unit_rows.HOLDS_OF_TERMS,
)
