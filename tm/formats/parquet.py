"""Apache Parquet: the columns of TSV, for programs of data science; units only. Needs the extra ``[arrow]``.

In: a file's bytes. Out: a unit for each row; and the way back.

1. ``_rows`` gives the rows as cells; of data sets with a column ``translation`` its languages are columns.
2. ``_unit_rows`` makes units of the rows, as of those of a table.
3. To write, ``_Schema`` says what each column is: scores are numbers, all else is text.

A column that stands twice in a table (two notes) is called ``note_2``, since no program takes a name twice.

>>> _Schema.of(["fr", "pt", "note", "note", "confidence"], [["oui", "sim", "", "", "0.9"]]).names
('fr', 'pt', 'note', 'note_2', 'confidence')
"""

from __future__ import annotations

import importlib
import io
import itertools
import json
import math
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tm.errors import MissingExtraError
from tm.formats import _unit_rows
from tm.formats._columns import SAMPLE, find_columns
from tm.formats._format import MAX_CHARACTERS, Format
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tm.formats._format import Chunks, Reading, Writing
    from tm.formats._rows import Row
    from tm.model import Unit


SCORES = ("confidence", "misaligned", "truncated", "too-long")
"""The columns that are written as numbers: what the aligner and the cleaning say of a unit."""

_BATCH = 1_000
"""Rows that are read at a time."""
_GROUP = 20_000
"""Rows that are written at a time, a row group."""
_IN_MEMORY = 1 << 24
"""Bytes of a file that are held in memory; more go to disk, since Parquet is read from its end."""
_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can hold and UTF-8 cannot."""
_NAME = b"ponte.name"
"""Under what the description of a column has the name that it has in a table."""


def _arrow() -> Any:  # noqa: ANN401 - the package has no types
    """The package.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet", "arrow") from error
    return importlib.import_module("pyarrow")


# ------------------------------------------------------------------------------------------------- reading


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each row; its number stands for the line."""
    arrow = _arrow()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        for piece in chunks:
            spool.write(piece)
        spool.seek(0)
        rows = _guarded(_rows(arrow, spool, reading), arrow, reading)
        first = list(itertools.islice(rows, SAMPLE + 1))
        if len(first) > 1:
            # Names that say no language are none of a table's, but a table without a head.
            begin = 0 if find_columns(first, reading).header else 1
            yield from _unit_rows.read(itertools.chain(first[begin:], rows), reading)


def _guarded(rows: Iterator[Row], arrow: Any, reading: Reading) -> Iterator[Row]:  # noqa: ANN401
    """The rows; what the package says of a damaged file is said as of any file."""
    try:
        yield from rows
    except (arrow.ArrowException, OSError, ValueError, UnicodeDecodeError) as error:
        what = " ".join(str(error).split())[:200]
        raise reading.error(f"no Parquet file, or a damaged one: {what}") from error


def _rows(arrow: Any, file: Any, reading: Reading) -> Iterator[Row]:  # noqa: ANN401
    """The names of the columns as row 0, then the rows."""
    table = arrow.parquet.ParquetFile(file)
    heads: list[str] = []
    for field in table.schema_arrow:
        if arrow.types.is_struct(field.type):
            heads += [inner.name for inner in field.type]
        else:
            heads.append((field.metadata or {}).get(_NAME, field.name.encode()).decode())
    yield 0, heads
    numbers = itertools.count(1)
    for batch in table.iter_batches(_BATCH, use_threads=False):
        columns: list[list[Any]] = []
        for column in batch.columns:
            columns += [inner.to_pylist() for inner in _parts(arrow, column)]
        for values in zip(*columns, strict=True):
            number = next(numbers)
            cells = list(map(_cell, values, heads))
            if any(len(cell) > MAX_CHARACTERS for cell in cells):
                raise reading.error(f"a cell of more than {MAX_CHARACTERS} characters", number)
            yield number, cells


def _parts(arrow: Any, column: Any) -> list[Any]:  # noqa: ANN401
    """The columns of which one is made: of ``translation`` one for each language."""
    return column.flatten() if arrow.types.is_struct(column.type) else [column]


def _cell(value: object, name: str = "") -> str:
    """A value of a column as a cell; a score with three decimals, as it is written in tables.

    >>> [_cell(value) for value in (None, "oui", 0.93, 7, ["a", "b"])], _cell(0.93, "confidence")
    (['', 'oui', '0.93', '7', '["a", "b"]'], '0.930')
    """
    if isinstance(value, str):
        return value
    if value is None or value != value:  # what is not itself is no number
        return ""
    if name in SCORES and isinstance(value, float) and round(value, 3) == value:
        return f"{value:.3f}"
    return (
        json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
    )


# ------------------------------------------------------------------------------------------------- writing


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    """Write one unit a row; return the number of units."""
    return _unit_rows.write(units, writing, lambda rows: _write(stream, rows, writing))


def _write(stream: BinaryIO, rows: Iterator[list[str]], writing: Writing) -> None:
    """Rows, the first of them the names of the columns."""
    arrow = _arrow()
    names = next(rows, [])
    block = list(itertools.islice(rows, _GROUP))
    described = _Schema.of(names, block)
    schema = arrow.schema(
        [
            arrow.field(
                name, arrow.float64() if is_score else arrow.string(), metadata={_NAME: head.encode()}
            )
            for name, is_score, head in zip(described.names, described.are_scores, names, strict=True)
        ]
    )
    replaced = 0
    with arrow.parquet.ParquetWriter(_Counted(stream), schema, compression="zstd") as writer:
        while block:
            columns: list[list[str | float | None]] = []
            for cells, is_score in zip(zip(*block, strict=True), described.are_scores, strict=True):
                replaced += sum(len(_HALF.findall(cell)) for cell in cells if not cell.isascii())
                columns.append([_value(cell, is_score=is_score) for cell in cells])
            writer.write_table(
                arrow.Table.from_arrays(list(map(arrow.array, columns, schema.types)), schema=schema)
            )
            block = list(itertools.islice(rows, _GROUP))
    notice("{path}: {characters} that no text can hold became U+FFFD", path=writing.path, characters=replaced)


@dataclass(frozen=True, slots=True)
class _Schema:
    """The columns of a file.

    Attributes:
        names: none of them twice.
        are_scores: whether each holds numbers.
    """

    names: tuple[str, ...]
    are_scores: tuple[bool, ...]

    @classmethod
    def of(cls, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> _Schema:
        """Those of a table with these names; a column of scores is one if its first cells are numbers."""
        seen = Counter[str]()
        names = []
        for head in heads:
            seen[head] += 1
            names.append(head if seen[head] == 1 else f"{head}_{seen[head]}")
        return cls(
            tuple(names),
            tuple(
                head in SCORES and all(_is_number(row[number]) for row in rows if row[number])
                for number, head in enumerate(heads)
            ),
        )


def _is_number(cell: str) -> bool:
    """Whether a cell is a finite number.

    >>> _is_number("0.93"), _is_number("high"), _is_number("nan")
    (True, False, False)
    """
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def _value(cell: str, *, is_score: bool) -> str | float | None:
    """A cell as a value; an empty one, and in a column of scores one that is no number, is none."""
    if is_score:
        return float(cell) if _is_number(cell) else None
    return (cell if cell.isascii() else _HALF.sub("\ufffd", cell)) or None


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes it was given, which a pipe does not."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream, self._count = stream, 0

    def writable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The bytes so far."""
        return self._count

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever holds bytes
        """Give data on."""
        self._stream.write(data)
        self._count += len(data)
        return len(data)


PARQUET = Format(
    "parquet",
    (".parquet",),
    "Apache Parquet: units as columns (extra arrow)",
    read_units=read,
    write_units=write,
    holds=_unit_rows.HOLDS,
)
