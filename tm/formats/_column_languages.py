"""The languages of a table's columns where their heads do not settle it: found from the texts below.

In: the first rows of a table. Out: languages. ``text_languages`` finds those of a source and a target column,
``two_languages`` refuses columns of which neither is clear; ``are_words`` tells heads that are codes of languages
from words of a table without heads ("mer" and "mar").

>>> from tm.formats._format import Reading
>>> text_languages([(1, ["le pont sur la rivière", "a ponte sobre o rio"])], (0, 1), Reading("a.tsv"))
['fr', 'pt']
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tm import bcp47

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.formats._format import Reading
    from tm.formats._rows import Row

log = logging.getLogger(__name__)

TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?")
"""A code of a language, as columns are headed by them."""

LEAST_CONFIDENCE = 0.35
"""The least confidence in a language found from texts.

Single words are below it, three short sentences above.
"""

_VOWEL = re.compile("[aeiouy]", re.IGNORECASE)
"""What a word has; "fr" and "pt" are none."""


def text_languages(rows: Sequence[Row], numbers: tuple[int, ...], reading: Reading) -> list[str]:
    """The languages of a source and a target column.

    They are the caller's, else found from the texts, else ``und``, with a warning if there are any texts.

    >>> from tm.formats._format import Reading
    >>> text_languages([(1, ["3,14", "42"])], (0, 1), Reading("a.tsv", target="pt"))
    ['und', 'pt']
    """
    languages: list[str] = []
    for number, asked in zip(numbers, (reading.source, reading.target), strict=False):
        text = "\n".join(cells[number] for _, cells in rows if len(cells) > number)
        language = asked or _detected(text, (*languages, reading.target))
        if not language and text:
            log.warning(
                "%s: the language of column %d is not clear; say it with -s and -t", reading.path, number + 1
            )
        languages.append(language or "und")
    return languages


def _detected(text: str, taken: tuple[str, ...]) -> str:
    """The language of a column.

    It is "" when there is too little text, or when another column has the language already.
    """
    from tm.language import detect

    detection = detect(text)
    if detection.confidence < LEAST_CONFIDENCE or bcp47.base(detection.language) in map(
        bcp47.base, filter(None, taken)
    ):
        return ""
    return detection.language


def two_languages(
    rows: Sequence[Row], numbers: tuple[int, ...], reading: Reading, heads: Sequence[str]
) -> list[str]:
    """As ``text_languages``; two columns without a language would be one, and the second text lost.

    Raises:
        FormatError: neither column's language is clear.
    """
    languages = text_languages(rows, numbers, reading)
    if languages == ["und", "und"] and reading.source != "und":
        columns = ", ".join(filter(None, heads))
        raise reading.error(
            f"of neither column the language is clear; say it with -s and -t (columns: {columns})"
        )
    return languages


def without_named(heads: Sequence[str], reading: Reading) -> Reading:
    """The reading without the languages that columns name: no other column is in one of them.

    >>> from tm.formats._format import Reading
    >>> without_named(["fr", "de"], Reading("a.csv", "fr", "pt")).source
    ''
    """
    source, target = (
        "" if tag and bcp47.choose(tag, heads) else tag for tag in (reading.source, reading.target)
    )
    return replace(reading, source=source, target=target)


def are_words(rows: Sequence[Row], numbers: Sequence[int], reading: Reading) -> bool:
    """Whether two codes of languages in the first row are words of the table: "mer" and "mar" over French and
    Portuguese.

    They are none without a vowel, nor where they fit a language that is asked for, or that one of the columns
    is in. Else they are where both are frequent words of their columns' languages; where these are not known,
    unless a code is well known.

    >>> from tm.formats._format import Reading
    >>> rows = [(1, ["mer", "mar"]), (2, ["le bord de la rivière", "a margem do rio"])]
    >>> are_words(rows, (0, 1), Reading("a.tsv"))
    True
    >>> are_words([(1, ["fr", "pt"]), *rows], (0, 1), Reading("a.tsv"))
    False
    """
    heads = [rows[0][1][number].strip() for number in numbers]
    if len(heads) != 2 or not all(TAG.fullmatch(head) and _VOWEL.search(head) for head in heads):
        return False
    tags = [bcp47.canonical(head) for head in heads]
    asked = reading.source, reading.target
    if any(bcp47.choose(tag, tags) for tag in asked if tag):
        return False
    found = [_language_below(rows[1:], number) for number in numbers]
    if any(bcp47.base(one) == bcp47.base(tag) for one, tag in zip(found, tags, strict=True) if one):
        return False
    languages = [said or one for one, said in zip(found, asked, strict=True)]
    well_known = _well_known().intersection(map(bcp47.base, tags))
    if not any(languages) or (len(well_known) == 2 and not all(languages)):
        return not well_known
    return all(_is_word(head, language) for head, language in zip(heads, languages, strict=True) if language)


def _language_below(rows: Sequence[Row], number: int) -> str:
    """The language of a column's texts; "" when it is not clear."""
    from tm.language import detect

    detection = detect("\n".join(cells[number] for _, cells in rows if len(cells) > number))
    return detection.language if detection.confidence >= LEAST_CONFIDENCE else ""


def _well_known() -> set[str]:
    from tm.language.profiles import PROFILES

    return {bcp47.base(profile.tag) for profile in PROFILES}


def _is_word(head: str, language: str) -> bool:
    """Whether a language uses the word at least once in a hundred thousand.

    >>> _is_word("mer", "fr"), _is_word("pt", "fr")
    (True, False)
    """
    import wordfreq

    try:
        return bool(wordfreq.get_frequency_dict(bcp47.base(language), "small").get(head.lower(), 0) >= 1e-5)
    except LookupError:
        return False
