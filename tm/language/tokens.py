"""A segment's words, numbers, punctuation marks and codes.

Each number is one token whatever its writing (10 000, 10.000, 3,5, 12/03/2018), and so is each address,
placeholder and inline code. Each punctuation mark is a token. Elided articles and pronouns (l', d', qu') are
tokens of their own.

The steps:

1. ``_grammar`` chooses the expressions for a text: short ones for Latin letters, longer ones for all scripts.
2. ``_tokens`` runs the expression ``_Grammar.token`` over the text. A word ends at an apostrophe at first;
   unless it is an elision of the language, ``_tokens`` joins it to what follows.
3. ``word_count`` has a fast way for millions of segments. ``reaches_across`` says whether a token may hold
   white space; if not, the text is cut at white space into chunks, and what ``words`` gave for each chunk is
   looked up in a ``ChunkCache``.

``keys.py`` has the tokens by which texts are compared.

>>> [(token.text, token.kind) for token in tokens("L’an 10 000 !", "fr")]
[('L’', 'word'), ('an', 'word'), ('10 000', 'number'), ('!', 'punctuation')]
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from tm.language.languages import language_of
from tm.language.numerals import GROUPED
from tm.language.text import APOSTROPHES, INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


T = TypeVar("T")

Kind = Literal["word", "number", "punctuation", "url", "placeholder", "code"]

COMBINING = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    r"\u0670\u06d6-\u06dc\u06df-\u06ed\u0900-\u0963\u0971-\u0d7f\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc"
    r"\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
)
"""Combining marks, and the letters between them. They belong to the letter before them; ``re`` does not know
that."""

UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Scripts written without spaces between words, as ranges for a set of ``re``: Thai, Lao, Burmese, Khmer,
kana, Chinese characters. Each of their characters is a token."""

_APOSTROPHES = "'" + APOSTROPHES
LETTER_APOSTROPHE = "\N{MODIFIER LETTER APOSTROPHE}"
"""The one apostrophe that is a letter to ``re``."""

_DIGITS_ACROSS = re.compile(r"\d\s\d")
TAG_ACROSS = re.compile(r"</?[A-Za-z][^<>\s]*\s[^<>]*>|\{\{[^{}\s]*\s[^{}]*\}\}")
"""If neither matches, no token of the text holds white space."""
_PLAIN = re.compile(r"[\0-\xac\xae-\u02ff\u2010-\u2029\u202f-\u205f\u2070-\u2bff]*")
"""Texts in Latin letters: no mark, nothing invisible, nothing unspaced. The expressions for those compile
slowly."""


class _Grammar:
    """Expressions for the tokens of a text.

    Each is compiled when it is first used: all together take as long as looking up a text.
    """

    def __init__(self, joined: str = "", alone: str = "") -> None:
        """Prepare the parts of the expressions.

        Args:
            joined: ranges of characters that continue a word: marks and invisible ones.
            alone: ranges of characters that are words by themselves.
        """
        self._url = r"""
            (?:https?|ftp|file)://[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’]
          | \bwww\.[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’]
          | (?<![\w.+-]) [\w.+-]++@[\w-]+(?:\.[\w-]+)+ """
        self._placeholder = r"""
            %(?:\(\w+\))?[-+0\#]*\d*(?:\.\d+)?[sdifgxXrc](?!\w) | %\d+\$?[sd@]? (?=\W|$)(?<!\d%)
          | \{\{[^{}]*\}\} | [$%\#]?\{\w*(?:[.:!\[][^{}\s]*)?\} | </?[A-Za-z][^<>]*> | &\#?\w+; """
        none = LETTER_APOSTROPHE + alone
        self._number = rf"""
            (?<![^\W{none}]) (?: {GROUPED} | \d+(?:[.,:/-]\d+)+ | \d+(?![^\W_{none}]) ) """
        more = rf"(?:[{joined}]+[^\W{none}]*)*" if joined else ""
        letters = rf"[^\W_{none}] [^\W{none}]* {more}"
        version = r"[vV]\d+(?:\.\d+)+(?!\w)"
        single = rf"(?=\w)[{alone}][{COMBINING}]* |" if alone else ""
        self._word = (
            rf"{version} | {single} {letters} (?:[-‐‑]{letters})*"
            rf" (?: [{_APOSTROPHES}] (?=[^\W\d_{LETTER_APOSTROPHE}]) )?"
        )
        self._punctuation = rf"[^\w\s{joined and INVISIBLE}] | [_{LETTER_APOSTROPHE}]"

    @functools.cached_property
    def token(self) -> re.Pattern[str]:
        """One token; the group that matched names its kind."""
        return re.compile(
            rf"(?P<url>{self._url}) | (?P<placeholder>{self._placeholder}) | (?P<number>{self._number})"
            rf" | (?P<word>{self._word}) | (?P<punctuation>{self._punctuation})",
            re.VERBOSE,
        )


_grammar_of = functools.cache(_Grammar)


def _grammar(text: str) -> _Grammar:
    """The expressions that are enough for this text."""
    if text.isascii() or _PLAIN.fullmatch(text):
        return _grammar_of()
    return _grammar_of(COMBINING + INVISIBLE, UNSPACED if re.search(f"[{UNSPACED}]", text) else "")


class Token(NamedTuple):
    """A token and where it stands: ``text[start:end]``."""

    text: str
    start: int
    end: int
    kind: Kind


def tokens(text: str, language_tag: str = "") -> list[Token]:
    """The tokens of a text in order. White space stands between tokens and is no token.

    Args:
        text: any text; offsets refer to it as it came.
        language_tag: its language decides at which apostrophes words end (French ``l'``, no English one).

    >>> [token.text for token in tokens("L’IA a coûté 10 000 $, dit-il.", "fr")]
    ['L’', 'IA', 'a', 'coûté', '10 000', '$', ',', 'dit-il', '.']
    >>> [token.text for token in tokens("don't aujourd'hui", "en")]
    ["don't", "aujourd'hui"]
    >>> tokens("Oui !")[1]
    Token(text='!', start=4, end=5, kind='punctuation')
    """
    return list(_tokens(text, language_tag))


def _tokens(text: str, language_tag: str) -> Iterator[Token]:
    elisions = language_of(language_tag).elisions
    word_start = -1
    for match in _grammar(text).token.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        start, end = match.span()
        if word_start >= 0:
            start, word_start = word_start, -1
        if (
            kind == "word"
            and text[end - 1] in _APOSTROPHES
            and text[start : end - 1].casefold() not in elisions
        ):
            # An apostrophe inside a word: go on to its end.
            word_start = start
            continue
        yield Token(text[start:end], start, end, kind)


def words(text: str, language_tag: str = "") -> list[str]:
    """The words and numbers alone, as they stand in the text.

    >>> words("Oui, 3 fois !")
    ['Oui', '3', 'fois']
    >>> words("L'eau", "fr"), words("%s <b>")
    (["L'", 'eau'], [])
    """
    return [token.text for token in _tokens(text, language_tag) if token.kind in ("word", "number")]


def word_count(text: str, language_tag: str = "") -> int:
    """The number of ``words``, many times as fast.

    >>> word_count("Oui, 3 fois !")
    3
    """
    if reaches_across(text):
        return len(words(text, language_tag))
    return sum(map(_counts_by_chunk(language_tag).__getitem__, text.split()))


def reaches_across(text: str) -> bool:
    """Whether a token of the text may hold white space.

    >>> reaches_across("10 000 ans"), reaches_across('<a href="x">'), reaches_across("deux ans")
    (True, True, False)
    """
    return bool(_DIGITS_ACROSS.search(text) or (("<" in text or "{{" in text) and TAG_ACROSS.search(text)))


class ChunkCache(dict[str, T]):
    """What a function gives for chunks, pieces of text between white space; computed once for each chunk.

    >>> lengths = ChunkCache(len)
    >>> [lengths[chunk] for chunk in "un mot un".split()], len(lengths)
    ([2, 3, 2], 2)
    """

    def __init__(self, compute: Callable[[str], T]) -> None:
        """Start empty; ``compute`` must give the same for the same chunk each time."""
        super().__init__()
        self.compute = compute

    def __missing__(self, chunk: str) -> T:
        """Compute and remember; 131,072 chunks at most, to bound memory."""
        if len(self) == 1 << 17:
            self.clear()
        self[chunk] = value = self.compute(chunk)
        return value


@functools.cache
def _counts_by_chunk(language_tag: str) -> ChunkCache[int]:
    return ChunkCache(lambda chunk: len(words(chunk, language_tag)))


def numbers(text: str, language_tag: str = "") -> list[str]:
    """The numbers of a text as they stand in it.

    >>> numbers("10.000 GPUs em 2015, 3,5 %")
    ['10.000', '2015', '3,5']
    >>> numbers("GPT4, 3D, %1")
    []
    """
    return [token.text for token in _tokens(text, language_tag) if token.kind == "number"]
