"""The names of the months: those of a language's file, and those of CLDR for two hundred more languages.

>>> months_of("fr")["mars"], months_of("pl")["marca"], months_of("pt")["dez"], months_of("")
(3, 3, 12, {})
"""

from __future__ import annotations

import functools
from pathlib import Path

from tm import bcp47
from tm.language.languages import language_of

_DATA = Path(__file__).parent.parent.joinpath("data", "months.tsv")


@functools.cache
def months_of(language: str) -> dict[str, int]:
    """The names of months and their numbers, case-folded; of each the name that stands in a date comes first.

    >>> list(months_of("cs"))[:2], months_of("tlh")
    (['ledna', 'leden'], {})
    """
    months = dict(language_of(language).months)
    base = bcp47.base(language) if language else ""
    for month, names in enumerate(_names().get(base, ()), 1):
        for name in names.split("|"):
            months.setdefault(name, month)
    return months


@functools.cache
def _names() -> dict[str, list[str]]:
    """The columns of the file by language."""
    rows = (line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return {tag: names for tag, *names in rows}
