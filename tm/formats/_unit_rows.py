"""Units as rows of a table, whatever file the rows stand in. ``_glossary.py`` does the same for concepts.

In: rows (``_rows.Row``). Out: units; and the way back.

1. ``read`` asks ``_columns.find_columns`` what each column holds; ``unit_of`` makes a unit of a row.
2. ``write`` makes a ``_Table`` of the units, whose columns are those that the first units need
   (``named_cells``), and gives its rows to a function that writes them.

The columns with texts have the name of a language (``fr``, ``pt-BR``), or are called ``source`` and
``target``. Others are ``tuid``, ``note``, and properties without their ``x-``: ``origin``, ``confidence``,
``document``, ``line``, ``previous``. A table may also have two columns and no header.

>>> from tm.formats._format import Reading
>>> rows = [(1, ["fr", "pt", "note"]), (2, ["oui", "sim", "familiar"]), (3, ["non", "", ""])]
>>> units = list(read(iter(rows), Reading("a.tsv")))
>>> [variant.segment.text for variant in units[0].variants], units[0].annotations[0].text, units[1].place.line
(['oui', 'sim'], 'familiar', 3)
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from tm.formats._columns import SAMPLE, Columns, find_columns
from tm.formats.notices import Notices
from tm.model import Annotation, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._format import Feature, Reading, TermFeature, Writing
    from tm.formats._rows import Row
    from tm.model import Attributes


DOUBLED = "{path}: left out {texts} beside another in the same language"
"""What is left out where a language has one place only."""

HOLDS: frozenset[Feature] = frozenset(("languages", "annotations"))
"""What a table keeps of a unit."""
HOLDS_OF_TERMS: frozenset[TermFeature] = frozenset(
    ("statuses", "contexts", "counts", "definitions", "notes", "grammar", "synonyms", "identifiers")
)
"""What a table keeps of a concept."""

LOOKAHEAD = 1_000
"""Units that a writer looks at before it writes the header."""

_Key: TypeAlias = tuple[str, int]
"""A column beside the texts: its name, and its number among those with that name, from 0."""

IDENTIFIER = ("tuid", "id")
"""The names of the column that holds a unit's identifier."""


def read(rows: Iterator[Row], reading: Reading) -> Iterator[Unit]:
    """Read one unit from each row."""
    first = list(itertools.islice(rows, SAMPLE))
    if not first:
        return
    columns = find_columns(first, reading)
    for _, language in columns.languages:
        reading.account.declare(language)
    for line, cells in itertools.chain(first[columns.header :], rows):
        if len(cells) < 2 and not columns.header:
            reading.fault("one column; source and target were expected", line)
        elif columns.width and len(cells) > columns.width:
            reading.fault(f"{len(cells)} cells; the header has {columns.width}", line)
        elif unit := unit_of(cells, columns, Place(reading.path, line)):
            yield unit


def unit_of(cells: list[str], columns: Columns, place: Place | None = None) -> Unit | None:
    """The unit of a row; None when the row has no text. The place gets the row's identifier.

    >>> unit = unit_of(["oui", "sim", "7"], Columns(((0, "fr"), (1, "pt")), ((2, "id"),)))
    >>> [variant.language for variant in unit.variants], unit.attributes
    (['fr', 'pt'], (('tuid', '7'),))
    """
    variants = [
        Variant(language, Segment(cells[number]))
        for number, language in columns.languages
        if number < len(cells) and cells[number]
    ]
    if not variants:
        return None
    if columns.header:
        filled = [
            (name, cells[number]) for number, name in columns.named if number < len(cells) and cells[number]
        ]
    else:
        filled = [("note", cell) for cell in cells[columns.notes :] if cell]
    if not filled:
        return Unit(tuple(variants), place=place)
    attributes = tuple(("tuid", text) for name, text in filled if name in IDENTIFIER)
    return Unit(
        tuple(variants),
        attributes,
        tuple(annotation_of(name, text) for name, text in filled if name not in IDENTIFIER),
        with_id(place, attributes),
    )


def with_id(place: Place | None, attributes: Attributes) -> Place | None:
    """The place with the identifier that is the first of a unit's attributes; unchanged without one.

    >>> with_id(Place("a.tsv", 2), (("tuid", "7"),))
    Place(path='a.tsv', line=2, column=0, id='7')
    """
    return place._replace(id=attributes[0][1]) if place and attributes else place


def annotation_of(name: str, text: str) -> Annotation:
    """The note or property of a column.

    >>> annotation_of("document", "pont.txt").type, annotation_of("prop:Client", "a").type
    ('x-document', 'Client')
    """
    if name == "note":
        return Annotation("note", text)
    return Annotation("prop", text, name.removeprefix("prop:") if name.startswith("prop:") else f"x-{name}")


# ------------------------------------------------------------------------------------------------- writing


def write(
    units: Iterable[Unit], writing: Writing, write_rows: Callable[[Iterator[list[str]]], object]
) -> int:
    """Give the rows to a function that writes them; return the number of units.

    The first row is a header with the languages; then there is a row for each unit.

    >>> from tm.formats._format import Writing
    >>> variants = (Variant("fr", Segment("oui")), Variant("pt", Segment("sim")))
    >>> unit = Unit(variants, annotations=(Annotation("note", "bref"),))
    >>> write([unit], Writing("a.tsv"), lambda rows: print(list(rows)))
    [['fr', 'pt', 'note'], ['oui', 'sim', 'bref']]
    1
    """
    table = _Table(units, writing)
    write_rows(table.rows())
    return table.written


class _Table:
    """Units as rows. The columns are those that the first units need, or the two languages asked for."""

    def __init__(self, units: Iterable[Unit], writing: Writing) -> None:
        stream = iter(units)
        first = list(itertools.islice(stream, LOOKAHEAD))
        self._units = itertools.chain(first, stream)
        self._writing = writing
        self._languages = _languages(first, writing)
        self._keys = list(dict.fromkeys(key for unit in first for key, _ in named_cells(unit)))
        self.written = 0

    def rows(self) -> Iterator[list[str]]:
        """The header, then a row for each unit; logs what was left out."""
        if self._languages:
            yield [*self._languages, *(name for name, _ in self._keys)]
        left_out = Notices()
        for unit in self._units:
            texts = self._texts(unit)
            if not any(texts):
                left_out.notice("{path}: left out {units} without text in these languages", "units")
                continue
            cells = dict(named_cells(unit))
            left_out.notice(
                "{path}: left out {values} of notes or properties that none of the first units has",
                "values",
                len(cells.keys() - set(self._keys)),
            )
            left_out.notice(DOUBLED, "texts", doubled(unit, self._writing))
            self.written += 1
            yield [*texts, *(cells.get(key, "") for key in self._keys)]
        left_out.log(self._writing.path)

    def _texts(self, unit: Unit) -> list[str]:
        if self._writing.source and self._writing.target:
            pair = unit.pair(self._writing.source, self._writing.target)
            return [pair.source.text, pair.target.text] if pair else []
        by_language = {variant.language: variant.segment.text for variant in reversed(unit.variants)}
        return [by_language.get(language, "") for language in self._languages]


def _languages(units: list[Unit], writing: Writing) -> list[str]:
    if writing.source and writing.target:
        return [writing.source, writing.target]
    tags = dict.fromkeys(variant.language for unit in units for variant in unit.variants)
    return sorted(tags, key=lambda tag: (tag != writing.source, tag == writing.target))


def doubled(unit: Unit, writing: Writing) -> int:
    """How many texts of a unit are left out, since another one is in the same language; none where two are asked for.

    >>> from tm.formats._format import Writing
    >>> variants = [Variant(language, Segment(text)) for language, text in (("fr", "oui"), ("fr", "si"), ("pt", "sim"))]
    >>> doubled(Unit(tuple(variants)), Writing("a.tsv")), doubled(Unit(tuple(variants)), Writing("a.tsv", "fr", "pt"))
    (1, 0)
    """
    if writing.source and writing.target:
        return 0
    texts = {(variant.language, variant.segment.text) for variant in unit.variants}
    return len(texts) - len({language for language, _ in texts})


def named_cells(unit: Unit) -> Iterator[tuple[_Key, str]]:
    """What a unit says beside its texts: the column of each cell, and its text.

    >>> list(named_cells(Unit((), (("tuid", "7"),), (Annotation("prop", "a.txt", "x-document"),))))
    [(('tuid', 0), '7'), (('document', 0), 'a.txt')]
    """
    for name, value in unit.attributes:
        if name == "tuid":
            yield ("tuid", 0), value
    seen = Counter[str]()
    for annotation in unit.annotations:
        name = "note" if annotation.name == "note" else _column_name(annotation.type)
        yield (name, seen[name]), annotation.text
        seen[name] += 1


def _column_name(property_type: str) -> str:
    short = property_type.removeprefix("x-")
    return (
        short
        if short != property_type and short.islower() and short not in ("note", *IDENTIFIER)
        else f"prop:{property_type}"
    )
