"""What each column of a table holds: a language, by its tag or its name; anything else, by its name.

In: the first rows of a table. Out: ``Columns``. ``find_columns`` decides whether the first row is a header
(``_text_columns``), and takes the languages from its heads (``_languages``), else from the texts
(``_column_languages``). Without a header the first two columns are source and target.

>>> from tm.formats._format import Reading
>>> rows = [(1, ["id", "fr", "pt-BR", "Client"]), (2, ["7", "oui", "sim", "a"])]
>>> find_columns(rows, Reading("a.tsv"))
Columns(languages=((1, 'fr'), (2, 'pt-BR')), named=((0, 'id'), (3, 'client')), header=True, width=4)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats import _term_rows
from tm.formats._column_languages import TAG, are_words, text_languages, two_languages, without_named
from tm.formats._language_names import language_of_name
from tm.formats._term_columns import is_named, is_translation_in, language_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.formats._format import Reading
    from tm.formats._rows import Row

SAMPLE = 100
"""Rows from which the languages of a table are found when it does not name them."""

_MOST_TITLES = 6
"""How many of the first lines may be a title above a table, and the names of its columns."""

_SOURCE = frozenset(
    (
        *("source", "src", "source term", "source_term", "source text", "source language", "term source"),
        *("terme source", "texte source", "langue source", "termo de origem", "termo fonte", "quelle"),
    )
)
_TARGET = frozenset(
    (
        *("target", "tgt", "target term", "target_term", "target text", "target language", "translation"),
        *("translations", "term target", "terme cible", "texte cible", "langue cible", "termo de destino"),
        *("traduction", "tradução", "traducción", "übersetzung", "termo alvo", "ziel"),
    )
)
_TERM = frozenset(("term", "terme", "termo"))
"""Heads of the source column where the other text column is a translation."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Attributes:
        languages: the number of each text column, and its language.
        named: the number and name of each other column that has a name.
        header: whether the first row is a header.
        width: the number of columns; 0 when rows may differ.
        notes: the first column after the texts that may hold a note, where there is no header.
    """

    languages: tuple[tuple[int, str], ...]
    named: tuple[tuple[int, str], ...] = ()
    header: bool = True
    width: int = 0
    notes: int = field(default=2, repr=False)


def find_columns(rows: Sequence[Row], reading: Reading) -> Columns:
    """The columns, from the first rows of a table.

    The first row is a header when two of its cells are different languages, or "source" and "target". Else the first
    two columns are source and target; their languages are the caller's, or are found from their texts. A table
    with a term a row is a glossary (``_term_rows``); here it has one column of texts.

    Raises:
        FormatError: there is no second column.

    >>> from tm.formats._format import Reading
    >>> find_columns([(1, ["le pont", "a ponte"])], Reading("a.tsv", "fr", "pt"))
    Columns(languages=((0, 'fr'), (1, 'pt')), named=(), header=False, width=0)
    >>> find_columns([(1, ["Français", "Português (Brasil)", "Note"])], Reading("a.tsv")).languages
    ((0, 'fr'), (1, 'pt-BR'))
    """
    width = len(rows[0][1])
    rows = [(line, without_empty(cells)) for line, cells in rows]
    if columns := _with_codes(rows, reading):
        return columns
    line, first = rows[0]
    names = [cell.strip() for cell in first]
    if (layout := _term_rows.find(rows, reading)) and layout.term >= 0:
        return Columns(((layout.term, "und"),), _named(names, [layout.term]), width=width)
    text_columns = _text_columns(names, rows, reading)
    if len(text_columns) < 2:
        if len(first) < 2:
            raise reading.error(
                "one column; source and target were expected, with a tab (TSV) or comma (CSV) between", line
            )
        return Columns(tuple(enumerate(text_languages(rows, (0, 1), reading))), header=False)
    languages = _languages(names, text_columns, rows[1:], reading)
    return Columns(tuple(languages.items()), _named(names, text_columns), width=width)


def _text_columns(names: Sequence[str], rows: Sequence[Row], reading: Reading) -> list[int]:
    """The columns of texts by what heads them; fewer than two where the first row heads nothing.

    >>> from tm.formats._format import Reading
    >>> names = ["id", "French", "Francês"], ["id", "fr", "pt"]
    >>> [_text_columns(heads, [(1, heads)], Reading("a.tsv")) for heads in names]
    [[], [1, 2]]
    """
    found = [number for number, name in enumerate(names) if _is_text_column(name, reading)]
    is_of_words = are_words(rows, found, reading)
    if len(found) != 2:  # beside two languages, and alone, "id" is an identifier and not Indonesian
        found = [number for number in found if not is_named(names[number].lower())]
    if len({_language(names[number]) for number in found}) < 2 <= len(found):
        _refuse_doubled([names[number] for number in found], reading, rows[0][0])
        found = []  # "French" and "Francês" are a term and its translation
    if is_of_words:
        found = []
    if len(found) == 1:
        found = sorted([*found, *(number for number, name in enumerate(names) if name.lower() in _TERM)])
    if len(found) != 2 and any(names[number].lower() in _TERM for number in found):
        found = []
    return _with_terms(names, found, reading)


def _languages(
    names: Sequence[str], text_columns: Sequence[int], below: Sequence[Row], reading: Reading
) -> dict[int, str]:
    """The language of each column of texts: as its head says, or as the rows below it where that is "source"."""
    unnamed = tuple(
        number
        for word in (_SOURCE | _TERM, _TARGET)
        for number in text_columns
        if names[number].lower() in word
    )
    heads = [_language(names[number]) for number in text_columns if number not in unnamed]
    found = two_languages(below, unnamed, without_named(heads, reading), names)
    detected = dict(zip(unnamed, found, strict=False))
    return {number: detected.get(number) or _language(names[number]) for number in text_columns}


def _named(names: Sequence[str], text_columns: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """The other columns that have a name."""
    return tuple(
        (number, _plain(name)) for number, name in enumerate(names) if name and number not in text_columns
    )


def without_empty(cells: Sequence[str]) -> list[str]:
    """The cells without the empty ones at the end, which spreadsheets write for columns once used; two stay.

    >>> without_empty(["pont", "ponte", "", " "]), without_empty(["pont", "", ""])
    (['pont', 'ponte'], ['pont', ''])
    """
    end = len(cells)
    while end > 2 and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])


def _with_terms(names: Sequence[str], text_columns: list[int], reading: Reading) -> list[int]:
    """The text columns with the one headed "term", where the others are translations or lack the source language.

    Beside "fr" and "pt" such a column is the term's name in the termbase.

    >>> from tm.formats._format import Reading
    >>> names = ["term", "pos", "translation_pt", "translation_de"]
    >>> _with_terms(names, [2, 3], Reading("a.csv")), _with_terms(["term", "fr", "pt"], [1, 2], Reading("a.csv"))
    ([0, 2, 3], [1, 2])
    """
    terms = [number for number, name in enumerate(names) if name.lower() in _TERM | _SOURCE]
    texts = [number for number in text_columns if not is_named(names[number].lower())]
    if len(terms) != 1 or not texts or terms[0] in texts:
        return text_columns
    tags = [_language(names[number]) for number in texts]
    lacks_source = bool(reading.source) and bcp47.choose(reading.source, tags) is None
    if lacks_source or all(is_translation_in(names[number]) for number in texts):
        return sorted([*terms, *texts])
    return text_columns


def _refuse_doubled(heads: Sequence[str], reading: Reading, line: int) -> None:
    """Refuse two columns under the tag that is asked for.

    Raises:
        FormatError: so they are.
    """
    tags = {bcp47.canonical(head) for head in heads if TAG.fullmatch(head)}
    if len(tags) == 1 and tags & {reading.source, reading.target}:
        raise reading.error(f"two columns are headed {min(tags)}; two languages were expected", line)


def _with_codes(rows: Sequence[Row], reading: Reading) -> Columns | None:
    """The columns of a DeepL glossary: two texts, then the codes of their languages in every row.

    A row above that names the columns is its header. A fifth column of numbers says how relevant the pair is.

    Raises:
        FormatError: the rows are of several directions.

    >>> from tm.formats._format import Reading
    >>> _with_codes([(1, ["réseau", "rede", "FR", "PT-BR"])], Reading("a.csv")).languages
    ((0, 'fr'), (1, 'pt-BR'))
    """
    header = [cell.strip() for cell in rows[0][1]]
    has_header = len(rows) > 1 and header[0].lower() in _SOURCE
    below = [cells for _, cells in rows[has_header:]]
    if not all(len(cells) >= 4 if has_header else len(cells) in (4, 5) for cells in below):
        return None
    if len(rows) == 1 and all(TAG.fullmatch(cell) or is_named(cell.lower()) for cell in header[:2]):
        return None  # a header without rows: fr, pt, en, es; concept, status, fr, pt
    codes = {tuple(cell.strip() for cell in cells[2:4]): line for line, cells in rows[has_header:]}
    pairs = {
        tuple(bcp47.canonical(code) for code in pair if _is_code(code)): line for pair, line in codes.items()
    }
    if not all(len(set(pair)) == 2 for pair in pairs):
        return None
    if len(pairs) > 1:
        directions = ", ".join(" → ".join(pair) for pair in pairs)
        raise reading.error(
            f"rows of several directions ({directions}); one was expected", max(pairs.values())
        )
    named = [(number, _plain(name)) for number, name in enumerate(header) if number > 3 and name]
    is_relevance = all(re.fullmatch(r"[\d.,]*", cell) for cells in below for cell in cells[4:])
    return Columns(
        tuple(enumerate(next(iter(pairs)))),
        tuple(named) if has_header else (),
        header=has_header,
        notes=5 if is_relevance else 4,
    )


def _is_code(cell: str) -> bool:
    return bool(TAG.fullmatch(cell)) and bcp47.is_tag(bcp47.canonical(cell))


def _plain(name: str) -> str:
    """The name of a column without capitals; the name of a property after ``prop:`` keeps them.

    >>> _plain("Document"), _plain("prop:Client")
    ('document', 'prop:Client')
    """
    return name if name.startswith("prop:") else name.lower()


def _is_text_column(name: str, reading: Reading) -> bool:
    if name.lower() in _SOURCE | _TARGET:
        return True
    if language_of_name(name) or language_in(name):
        return True
    if name.lower() != "id" and is_named(name.lower()):
        return False  # no table has terms in Pos or Def
    if TAG.fullmatch(name) is None:
        return False
    return bcp47.canonical(name) in (reading.source, reading.target) or bcp47.is_tag(name)


def header_row(rows: Sequence[Row], reading: Reading) -> int | None:
    """The number of the row that names two languages; above it are lines of one cell at most.

    >>> from tm.formats._format import Reading
    >>> header_row([(1, ["Glossary"]), (2, ["fr", "pt"])], Reading("a.csv"))
    1
    """
    for number, (_, cells) in enumerate(rows[:_MOST_TITLES]):
        if sum(map(bool, map(str.strip, cells))) > 1:
            return number if names_languages(rows[number:], reading) else None
    return None


def names_languages(rows: Sequence[Row], reading: Reading) -> bool:
    """Whether the first row names two languages, so that it heads a table.

    >>> from tm.formats._format import Reading
    >>> names_languages([(1, ["fr", "pt-BR"])], Reading("a.csv"))
    True
    >>> names_languages([(1, ["mer", "mar"]), (2, ["la rivière", "o rio"])], Reading("a.csv"))
    False
    """
    names = [cell.strip() for cell in rows[0][1]]
    numbers = [number for number, name in enumerate(names) if name and _is_text_column(name, reading)]
    is_of_two = len({_language(names[number]) for number in numbers}) > 1
    return is_of_two and not are_words(rows, numbers, reading)


def _language(name: str) -> str:
    """The tag that a column's head says, by itself or by the language's name.

    >>> _language("pt_br"), _language("Português")
    ('pt-BR', 'pt')
    """
    return language_of_name(name) or language_in(name) or bcp47.canonical(name)
