"""JSON lines as machine translation uses them: ``{"translation": {"fr": "…", "pt-BR": "…"}, "id": "1"}``.

In: a file's bytes. Out: a unit for each line (``read``, ``_unit``); and the way back (``write``, ``_line``).
The keys beside ``translation`` are the names of a table's columns (``_unit_rows.py``); a list holds several
values.

>>> from tm.formats._format import Reading
>>> line = b'{"translation": {"fr": "oui", "pt": "sim"}, "id": "7", "document": "a.txt"}'
>>> (unit,) = read(iter([line]), Reading("a.jsonl"))
>>> unit.pair("fr", "pt").target.text, unit.place.id, unit.property("x-document")
('sim', '7', 'a.txt')
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tm.formats import _rows, _unit_rows, notation
from tm.formats._format import Format
from tm.formats.notices import notice
from tm.model import Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from tm.formats._format import Chunks, Reading, Writing


_KEYS = {"tuid": "id", "translation": "prop:x-translation"}
"""Columns that have another name in this format."""


def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
    """Read one unit from each line; blank lines are passed over."""
    for number, line in enumerate(_rows.text_lines(chunks, reading), 1):
        if not line.strip():
            continue
        try:
            unit = _unit(json.loads(line), Place(reading.path, number))
        except json.JSONDecodeError as error:
            reading.fault(f"not JSON: {error.msg}", number, error.colno)
        except (ValueError, RecursionError) as error:
            reading.fault(str(error), number)
        else:
            yield unit


def _unit(record: object, place: Place) -> Unit:
    """The unit of a record.

    Raises:
        ValueError: the record holds no texts.
    """
    if not isinstance(record, dict) or not _is_texts(record.get("translation")):
        raise ValueError('an object with "translation": {"fr": "…", "pt": "…"} was expected')
    variants = tuple(
        Variant(language, Segment(text)) for language, text in record["translation"].items() if text
    )
    if not variants:
        raise ValueError("no text in any language")
    filled = [
        (name, text) for name, value in record.items() if name != "translation" for text in _texts(value)
    ]
    attributes = tuple(("tuid", text) for name, text in filled if name in _unit_rows.IDENTIFIER)
    return Unit(
        variants,
        attributes,
        tuple(
            _unit_rows.annotation_of(name, text) for name, text in filled if name not in _unit_rows.IDENTIFIER
        ),
        _unit_rows.with_id(place, attributes),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str | None) for text in value.values())


def _texts(value: object) -> list[str]:
    """A value as texts; any other value as JSON.

    >>> _texts(["a", 1, None]), _texts(True)
    (['a', '1'], ['true'])
    """
    values = value if isinstance(value, list) else [value]
    return [
        item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
        for item in values
        if item is not None
    ]


def write(stream: BinaryIO, units: Iterable[Unit], writing: Writing) -> int:
    r"""Write one unit a line; return the number of units.

    When source and target language are both asked for, only their texts are written.

    >>> from io import BytesIO
    >>> from tm.formats._format import Writing
    >>> lines, variants = BytesIO(), (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
    >>> write(lines, [Unit(variants)], Writing("a.jsonl")), lines.getvalue()
    (1, b'{"translation": {"fr": "oui", "pt": "sim"}}\n')
    """
    count = left_out = second = 0
    for unit in units:
        texts = _texts_of(unit, writing)
        if texts:
            second += _unit_rows.doubled(unit, writing)
            stream.write(_line({"translation": texts, **_described(unit)}))
        count += bool(texts)
        left_out += not texts
    notice("{path}: left out {units} without text in these languages", path=writing.path, units=left_out)
    notice(_unit_rows.DOUBLED, path=writing.path, texts=second)
    return count


def _texts_of(unit: Unit, writing: Writing) -> dict[str, str]:
    texts: dict[str, str] = {}
    if writing.source and writing.target:
        if pair := unit.pair(writing.source, writing.target):
            texts = {writing.source: pair.source.text, writing.target: pair.target.text}
    else:
        for variant in unit.variants:
            texts.setdefault(variant.language, variant.segment.text)
    return texts if any(texts.values()) else {}


def _described(unit: Unit) -> dict[str, str | list[str]]:
    texts_of: dict[str, list[str]] = {}
    for (name, _), text in _unit_rows.named_cells(unit):
        texts_of.setdefault(_KEYS.get(name, name), []).append(text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in texts_of.items()}


def _line(record: dict[str, object]) -> bytes:
    try:
        return f"{json.dumps(record, ensure_ascii=False)}\n".encode()
    except UnicodeEncodeError:  # half a character, which only an escape of JSON can hold
        return f"{json.dumps(record)}\n".encode()


JSONL = Format(
    "jsonl",
    (".jsonl",),
    "JSON lines of translations, as data sets for machine translation",
    read_units=read,
    write_units=write,
    notation=lambda _: notation.JSON,
    holds=_unit_rows.HOLDS,
)
