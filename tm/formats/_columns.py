"""Which column of a table is what: languages by their tags, the rest by their names; or, without a header, source and target.

>>> from tm.formats._format import Reading
>>> rows = [(1, ["id", "fr", "pt-BR", "Client"]), (2, ["7", "oui", "sim", "a"])]
>>> find_columns(rows, Reading("a.tsv"))
Columns(languages=((1, 'fr'), (2, 'pt-BR')), named=((0, 'id'), (3, 'client')), header=True, width=4)
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm import bcp47

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.formats._format import Reading
    from tm.formats._rows import Row

log = logging.getLogger(__name__)

SAMPLE = 100
"""Rows looked at to find the languages of a table that does not say."""

LEAST_CONFIDENCE = 0.35
"""Of a language found from texts: single words are below it, three short sentences above."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
_SOURCE = frozenset(("source", "src", "source term", "source_term"))
_TARGET = frozenset(("target", "tgt", "target term", "target_term", "translation"))


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    Attributes:
        languages: number of each text column, and its language.
        named: number and name of each other column that has one.
        header: whether the first row is a header.
        width: how many columns there are; 0 when rows may differ.
    """

    languages: tuple[tuple[int, str], ...]
    named: tuple[tuple[int, str], ...] = ()
    header: bool = True
    width: int = 0


def find_columns(rows: Sequence[Row], reading: Reading) -> Columns:
    """The columns, from the first rows of a table.

    The first row is a header when two of its cells say a language or "source" and "target"; else the first
    two columns are the source and the target, and their languages the caller's, or what their texts look
    like.

    Raises:
        FormatError: there is no second column.
    """
    line, first = rows[0]
    names = [cell.strip() for cell in first]
    texts = [number for number, name in enumerate(names) if _is_text(name, reading)]
    if len(texts) > 2:  # beside two languages, "id" is an identifier rather than Indonesian
        texts = [number for number in texts if names[number].lower() != "id"]
    if len(texts) < 2:
        if len(first) < 2:
            raise reading.error(
                "one column; source and target were expected, with a tab (TSV) or comma (CSV) between", line
            )
        return Columns(tuple(enumerate(text_languages(rows, (0, 1), reading))), header=False)
    unsaid = tuple(number for word in (_SOURCE, _TARGET) for number in texts if names[number].lower() in word)
    detected = dict(zip(unsaid, text_languages(rows[1:], unsaid, reading), strict=False))
    return Columns(
        tuple((number, detected.get(number) or bcp47.canonical(names[number])) for number in texts),
        tuple((number, _plain(name)) for number, name in enumerate(names) if name and number not in texts),
        width=len(first),
    )


def _plain(name: str) -> str:
    """A column's name without capitals; those of a property that keeps its own name stay."""
    return name if name.startswith("prop:") else name.lower()


def _is_text(name: str, reading: Reading) -> bool:
    if name.lower() in _SOURCE | _TARGET:
        return True
    if _TAG.fullmatch(name) is None:
        return False
    return bcp47.canonical(name) in (reading.source, reading.target) or bcp47.is_tag(name)


def text_languages(rows: Sequence[Row], numbers: tuple[int, ...], reading: Reading) -> list[str]:
    """The languages of a source and a target column: the caller's, else found from the texts, else ``und``, with a notice."""
    languages: list[str] = []
    for number, asked in zip(numbers, (reading.source, reading.target), strict=False):
        texts = "\n".join(cells[number] for _, cells in rows if len(cells) > number)
        language = asked or _detected(texts, (*languages, reading.target))
        if not language:
            log.warning(
                "%s: the language of column %d is not clear; say it with -s and -t", reading.path, number + 1
            )
        languages.append(language or "und")
    return languages


def _detected(texts: str, taken: tuple[str, ...]) -> str:
    """The language of a column; "" when there is too little text to say, or when it would be that of another column."""
    from tm.language import detect

    detection = detect(texts)
    if detection.confidence < LEAST_CONFIDENCE or bcp47.base(detection.language) in map(
        bcp47.base, filter(None, taken)
    ):
        return ""
    return detection.language
