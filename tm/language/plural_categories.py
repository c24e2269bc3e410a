"""The plural categories of a language, as ICU, Android, Apple and Fluent name them (Unicode CLDR 48, cardinals).

>>> categories("pt-BR"), needed("pt-BR"), needed("ru")
(('one', 'many', 'other'), ('one', 'other'), ('one', 'few', 'many', 'other'))
"""

from __future__ import annotations

from tm import bcp47

ALL = ("zero", "one", "two", "few", "many", "other")
"""Every category that a language may have, in the order of CLDR."""

_LANGUAGES = {
    "other": "bm bo dz id ig ii ja jv km ko lo ms my sah ses sg su th to vi wo yo yue zh",
    "zero one other": "ksh lag lv prg",
    "one two other": "he iu iw naq se sma smj smn sms",
    "one few other": "bs hr mo ro sh shi sr",
    "one many other": "ca es fr it lld pt scn vec",
    "one few many other": "be cs lt pl ru sk uk",
    "one two few other": "dsb gd hsb sl",
    "one two few many other": "br ga gv mt",
    "zero one two few many other": "ar ars cy kw",
}
_BY_LANGUAGE = {tag: tuple(row.split()) for row, tags in _LANGUAGES.items() for tag in tags.split()}
_OF_MILLIONS = frozenset(_LANGUAGES["one many other"].split())
"""Their "many" is for round millions, and messages do without it."""


def categories(language: str) -> tuple[str, ...]:
    """The categories that a language has; "one" and "other" for one that is not known.

    >>> categories("ja"), categories("")
    (('other',), ('one', 'other'))
    """
    return _BY_LANGUAGE.get(bcp47.base(language) if language else "", ("one", "other"))


def needed(language: str) -> tuple[str, ...]:
    """The categories that a message in a language has to have."""
    return tuple(
        name for name in categories(language) if name != "many" or bcp47.base(language) not in _OF_MILLIONS
    )
