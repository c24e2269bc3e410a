"""Key tokens that stand for several words, for ``Store.containing``, ``holding``, ``similar`` and ``words``.

Each is a string, and ``fits`` says which words it stands for:

>>> words = ["ecole", "école", "écoles", "rivière"]
>>> for wildcard in (Prefix("éco"), Unaccented("école"), UnaccentedPrefix("éco"), OneOf("X", ("école", "y"))):
...     print([word for word in words if fits(wildcard, word)])
['école', 'écoles']
['ecole', 'école']
['ecole', 'école', 'écoles']
['école']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from tm.language.keys import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Prefix(str):
    """The beginning of a word; it stands for all words that begin so.

    >>> Prefix("pont") == "pont", isinstance("pont", Prefix)
    (True, False)
    """

    __slots__ = ()


class Unaccented(str):
    """A word without its accents and ligatures; it stands for all words that are the same without theirs.

    >>> Unaccented("école")
    'ecole'
    """

    __slots__ = ()

    def __new__(cls, word: str) -> Self:
        """Take the accents off."""
        return super().__new__(cls, unaccented(word))


class UnaccentedPrefix(Unaccented, Prefix):
    """The beginning of a word without its accents; it stands for all words that begin so without theirs."""

    __slots__ = ()


class OneOf(str):
    """A name for some words; it stands for each of them.

    Attributes:
        words: what it stands for.

    >>> OneOf("fichier", ["fichier", "fichiers"]) == "fichier"
    True
    """

    __slots__ = ("words",)

    words: frozenset[str]

    def __new__(cls, name: str, words: Iterable[str]) -> Self:
        """A name that is no word itself, if ``Store.similar`` is to be asked for it."""
        named = super().__new__(cls, name)
        named.words = frozenset(words)
        return named


def fits(asked: str, token: str) -> bool:
    """Whether a key token is the one asked for, or one of the words that it stands for.

    >>> fits(Prefix("intell"), "intelligence"), fits("intell", "intelligence")
    (True, False)
    """
    if isinstance(asked, OneOf):
        return token in asked.words
    if isinstance(asked, Unaccented):
        token = unaccented(token)
    return token.startswith(asked) if isinstance(asked, Prefix) else token == asked


def names(query: Sequence[str]) -> dict[str, str]:
    """The name of each word that a ``OneOf`` of a query stands for.

    >>> sorted(names([OneOf("F", ["fichier", "fichiers"]), "ouvert"]).items())
    [('fichier', 'F'), ('fichiers', 'F')]
    """
    return {word: str(asked) for asked in query if isinstance(asked, OneOf) for word in asked.words}
