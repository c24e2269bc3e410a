"""Glossaries with a term a row, or with several columns of one language: IATE, Lingohub, memoQ.

In: the rows of a table. Out: its terms one by one, each with its language and with what is said of it.

1. ``find`` looks at the first rows: a column of languages beside one of terms (``L_CODE`` and ``T_TERM``), or
   heads of which two name the same language.
2. ``Layout.terms`` gives the terms of a row. In the second kind of table a column without a language in its name
   describes the term before it, where its name comes more than once.

>>> rows = [(1, ["E_ID", "L_CODE", "T_TERM", "T_EVALUATION"]), (2, ["7", "fr", "pont", "Preferred"])]
>>> from tm.formats._format import Reading
>>> layout = find(rows, Reading("a.csv"))
>>> layout.languages, list(layout.terms(rows[1][1]))
(('fr',), [TermCells(language='fr', text='pont', cells={'concept': '7', 'status': 'preferred'})])
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47
from tm.formats._language_names import language_of_name
from tm.formats._term_columns import cells_of, is_named, language_in, language_named, our_name, parted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.formats._format import Reading
    from tm.formats._rows import Row

_LANGUAGE_HEADS = frozenset(
    "l_code|language|language code|language_code|lang|locale|term locale|termlocale|culture"
    "|langue|code langue|idioma|língua|código do idioma|sprache|lingua".split("|")
)
_TERM_HEADS = frozenset("t_term|term|term text|term_text|terme|termo|término|termine|benennung".split("|"))
_CONCEPT_HEADS = frozenset(("id", "entryid", "entry", "cid", "e_id"))
"""Heads of the concept's id in a table with a term a row, beside those of other tables."""


@dataclass(frozen=True, slots=True)
class TermCells:
    """A term of a row.

    Attributes:
        language: a tag.
        text: the term.
        cells: what is said of it and of its concept, by our names.
    """

    language: str
    text: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the terms of a row stand.

    Attributes:
        languages: all, in order.
        term: the number of the column of terms; -1 where each language has columns.
        language: the number of the column of languages.
        named: the other columns with our names for them.
        groups: of each column with terms its number and language, and the columns that describe it.
    """

    languages: tuple[str, ...]
    term: int = -1
    language: int = -1
    named: tuple[tuple[int, str], ...] = ()
    groups: tuple[tuple[int, str, tuple[tuple[int, str], ...]], ...] = ()

    def terms(self, cells: Sequence[str]) -> Iterator[TermCells]:
        """The terms of a row, with what is said of them."""
        about = cells_of(cells, self.named)
        if self.term >= 0:
            language = language_named(_cell(cells, self.language))
            yield TermCells(language, _cell(cells, self.term), about)
            return
        for number, language, columns in self.groups:
            if text := _cell(cells, number):
                yield TermCells(language, text, {**about, **cells_of(cells, columns)})


def find(rows: Sequence[Row], reading: Reading) -> Layout | None:
    """The layout of a table with a term a row or with several columns of one language; None for any other.

    Raises:
        FormatError: it has a term a row, and nothing says which of them are of one concept.
    """
    heads = [cell.strip().lower() for cell in rows[0][1]]
    return _with_language_column(heads, rows[1:], reading) or _with_repeated_languages(heads)


def _with_language_column(heads: list[str], rows: Sequence[Row], reading: Reading) -> Layout | None:
    """A table whose rows say the language of their term; each row must say one. Without rows it has the languages
    that are asked for: a glossary of which nothing could be given away is a header."""
    languages = [number for number, head in enumerate(heads) if head in _LANGUAGE_HEADS]
    terms = [number for number, head in enumerate(heads) if head in _TERM_HEADS]
    concepts = [
        number for number, head in enumerate(heads) if head in _CONCEPT_HEADS or our_name(head) == "concept"
    ]
    if not (len(languages) == len(terms) == 1 and (rows or concepts)):
        return None
    asked = [reading.source, reading.target]
    tags = [language_named(_cell(cells, languages[0])) for _, cells in rows] or asked
    if not all(tags) or (len(set(tags)) == 1 and not concepts):
        return None
    if not concepts:
        raise reading.error(
            "a term a row, and no column says which of them are of one concept; a column headed Concept ID was expected",
            1,
        )
    named = [
        (number, "concept" if number == concepts[0] else our_name(head))
        for number, head in enumerate(heads)
        if head and number not in (languages[0], terms[0])
    ]
    return Layout(tuple(dict.fromkeys(tags)), terms[0], languages[0], tuple(named))


def _with_repeated_languages(heads: list[str]) -> Layout | None:
    """A table with several columns of one language, all alike: "French", "Term_Info", "French", "Term_Info"."""
    if len(set(heads)) == len(heads):
        return None
    tags = {number: tag for number, head in enumerate(heads) if (tag := _language_of_head(head))}
    if len(set(tags.values())) < 2 or max(Counter(heads[number] for number in tags).values()) < 2:
        return None
    often = {head for head, count in Counter(heads).items() if count > 1}
    columns: dict[int, list[tuple[int, str]]] = {number: [] for number in tags}
    named = []
    for number, head in enumerate(heads):
        before = [place for place in tags if place < number]
        name, language = parted(head)
        if not head or number in tags:
            continue
        if head in often and before:
            columns[before[-1]].append((number, our_name(head)))
        elif not language:
            named.append((number, our_name(head)))
        elif language == next(iter(tags.values())):
            named.append((number, our_name(name)))
    groups = tuple((number, tag, tuple(columns[number])) for number, tag in tags.items())
    return Layout(tuple(dict.fromkeys(tags.values())), named=tuple(named), groups=groups)


def _language_of_head(head: str) -> str:
    if len(head) > 3 or "-" in head:  # "id" and "pos" are languages, and names of columns
        return (
            language_of_name(head)
            or language_in(head)
            or (bcp47.canonical(head) if "-" in head and bcp47.is_tag(head) else "")
        )
    return bcp47.canonical(head) if not is_named(head) and bcp47.is_tag(head) else ""


def _cell(cells: Sequence[str], number: int) -> str:
    return cells[number].strip() if number < len(cells) else ""
