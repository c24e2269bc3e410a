"""A segment's words, numbers, punctuation marks and codes.

Each number is one token whatever its writing (10 000, 10.000, 3,5, 12/03/2018), likewise each address, placeholder and
inline code; punctuation stands mark by mark; elided articles and pronouns (l', d', qu') are tokens of their own.
"""

from __future__ import annotations

import functools
import re
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from tm.language import text as _text
from tm.language.languages import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tm.model import Segment

T = TypeVar("T")

Kind = Literal["word", "number", "punctuation", "url", "placeholder", "code"]

NUMBER_KEY = "\x02"
"""Stands for any number in a key: two texts that differ in their numbers only have the same key."""

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners, byte order mark: of no weight, wherever they stand."""

_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06ed\u0900-\u0963\u0971-\u0d7f\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    r"\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff"
)
"""Combining marks, and letters between them: they belong to the letter before them, which ``re`` does not know."""

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters: written without spaces, so that each is a token of its own."""

_APOSTROPHES = "'’ʼ‘‛′´`"
_LETTER = "ʼ"
"""The one among them that is a letter to ``re``."""

_MARKUP = re.compile(r"[@%{<&]|://|www\.")
"""Without one of these there is neither address nor placeholder in a text: nine texts of ten are read by less."""
_DIGITS_ACROSS = re.compile(r"\d\s\d")
_TAG_ACROSS = re.compile(r"</?[A-Za-z][^<>\s]*\s[^<>]*>|\{\{[^{}\s]*\s[^{}]*\}\}")
"""Where neither is found no token reaches across white space."""
_PLAIN = re.compile(r"[\0-\xac\xae-\u02ff\u2010-\u205f\u2070-\u2bff]*")
"""Texts in Latin letters: no mark, nothing invisible, nothing unspaced. What finds those takes long to compile."""


class _Grammar:
    """Expressions for tokens by kind, and for what keys are made of: markup, number, anything else.

    Each is compiled when it is first used: together they take as long as looking a text up.
    """

    def __init__(self, joined: str = "", alone: str = "") -> None:
        """For texts in which these characters, and no others of their kind, go on a word or are words by themselves."""
        self._url = r"""
            (?:https?|ftp|file)://[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’] | \bwww\.[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’]
          | (?<![\w.+-]) [\w.+-]++@[\w-]+(?:\.[\w-]+)+ """
        self._placeholder = r"""
            %(?:\(\w+\))?[-+0\#]*\d*(?:\.\d+)?[sdifgxXrc](?!\w) | %\d+\$?[sd@]? (?=\W|$)(?<!\d%)
          | \{\{[^{}]*\}\} | [$%\#]?\{\w*(?:[.:!\[][^{}\s]*)?\} | </?[A-Za-z][^<>]*> | &\#?\w+; """
        none = _LETTER + alone
        self._number = rf"""
            (?<![^\W{none}]) (?: \d{{1,3}}(?:[\ \u00a0\u202f\u2009.,'’]\d{{3}})+(?!\d)(?:[.,]\d+)?
                                | \d+(?:[.,:/-]\d+)+ | \d+(?![^\W_{none}]) ) """
        more = rf"(?:[{joined}]+[^\W{none}]*)*" if joined else ""
        run = rf"[^\W_{none}] [^\W{none}]* {more}"
        version = r"[vV]\d+(?:\.\d+)+(?!\w)"
        single = rf"(?=\w)[{alone}][{_MARKS}]* |" if alone else ""
        self._word = (
            rf"{version} | {single} {run} (?:[-‐‑]{run})* (?: [{_APOSTROPHES}] (?=[^\W\d_{_LETTER}]) )?"
        )
        self._punctuation = rf"[^\w\s{joined and _INVISIBLE}] | [_{_LETTER}]"

    @functools.cached_property
    def token(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<url>{self._url}) | (?P<placeholder>{self._placeholder}) | (?P<number>{self._number})"
            rf" | (?P<word>{self._word}) | (?P<punctuation>{self._punctuation})",
            re.VERBOSE,
        )

    @functools.cached_property
    def parts(self) -> re.Pattern[str]:
        return re.compile(rf"((?!)) | ({self._number}) | ({self._word} | {self._punctuation})", re.VERBOSE)

    @functools.cached_property
    def parts_of_markup(self) -> re.Pattern[str]:
        return re.compile(
            rf"({self._url} | {self._placeholder}) | ({self._number}) | ({self._word} | {self._punctuation})",
            re.VERBOSE,
        )


_grammar_of = functools.cache(_Grammar)


def _grammar(text: str) -> _Grammar:
    if text.isascii() or _PLAIN.fullmatch(text):
        return _grammar_of()
    return _grammar_of(_MARKS + _INVISIBLE, _UNSPACED if re.search(f"[{_UNSPACED}]", text) else "")


class Token(NamedTuple):
    """A token and where it stands: ``text[start:end]``."""

    text: str
    start: int
    end: int
    kind: Kind


def tokens(text: str, language_tag: str = "") -> list[Token]:
    """The tokens of a text in order; white space is between them.

    Args:
        text: any text; offsets refer to it as it came.
        language_tag: its language decides which apostrophes part words (French ``l'``, English not).

    >>> [token.text for token in tokens("L’IA a coûté 10 000 $, dit-il.", "fr")]
    ['L’', 'IA', 'a', 'coûté', '10 000', '$', ',', 'dit-il', '.']
    >>> [token.text for token in tokens("don't aujourd'hui", "en")]
    ["don't", "aujourd'hui"]
    """
    return list(_tokens(text, language_tag))


def _tokens(text: str, language_tag: str) -> Iterator[Token]:
    elisions = language(language_tag).elisions
    start = -1
    for found in _grammar(text).token.finditer(text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        begin, end = found.span()
        if start >= 0:
            begin, start = start, -1
        if (
            kind == "word"
            and text[end - 1] in _APOSTROPHES
            and text[begin : end - 1].casefold() not in elisions
        ):
            # An apostrophe inside a word: go on to its end.
            start = begin
            continue
        yield Token(text[begin:end], begin, end, kind)


def words(text: str, language_tag: str = "") -> list[str]:
    """The words and numbers alone, as they stand in the text.

    >>> words("Oui, 3 fois !")
    ['Oui', '3', 'fois']
    """
    return [token.text for token in _tokens(text, language_tag) if token.kind in ("word", "number")]


def word_count(text: str, language_tag: str = "") -> int:
    """How many ``words`` there are, many times as fast.

    >>> word_count("Oui, 3 fois !")
    3
    """
    if _reaches_across(text):
        return len(words(text, language_tag))
    return sum(map(_counts(language_tag).__getitem__, text.split()))


def token_key(token: Token) -> str:
    """What is compared of a token: folded; any number is NUMBER_KEY."""
    return NUMBER_KEY if token.kind == "number" else _text.fold(token.text)


def key_tokens(segment: Segment, language_tag: str = "") -> list[str]:
    """The comparable tokens of a segment, inline codes among them by their kind.

    Two segments with equal key tokens differ in case, spaces, typography, numbers or codes' content at most.

    >>> from tm.model import Segment
    >>> key_tokens(Segment("L’an 2018"), "fr") == key_tokens(Segment("l'an  2019"), "fr")
    True
    """
    if not segment.codes:
        return _keys(segment.text, language_tag)
    # A code comes before the token that starts at its position; sorting is stable and codes are put first.
    keyed = [(code.position, f"\x01{code.kind}") for code in segment.codes]
    keyed += [(token.start, token_key(token)) for token in _tokens(segment.text, language_tag)]
    return [key for _, key in sorted(keyed, key=lambda at: at[0])]


def _keys(text: str, language_tag: str) -> list[str]:
    """``token_key`` of each of the text's tokens, many times as fast: a memory makes millions of them."""
    if _reaches_across(text):
        return keys_of(text, language_tag)
    return list(chain.from_iterable(map(_stretches(language_tag).__getitem__, text.split())))


def _reaches_across(text: str) -> bool:
    """Whether a token of the text may have white space in it."""
    return bool(_DIGITS_ACROSS.search(text) or tag_reaches_across(text))


def tag_reaches_across(text: str) -> bool:
    """Whether a tag or a placeholder of the text may have white space in it."""
    return ("<" in text or "{{" in text) and bool(_TAG_ACROSS.search(text))


def keys_of(text: str, language_tag: str) -> list[str]:
    """The key tokens of a text, looked for one after the other.

    Those of a part of a text are among the text's own if no token reaches across its ends: white space ends all tokens, but for
    numbers between digits and what ``tag_reaches_across`` tells.
    """
    elisions = language(language_tag).elisions
    grammar = _grammar(text)
    parts = grammar.parts_of_markup if _MARKUP.search(text) else grammar.parts
    keys = []
    begun = ""
    for markup, number, part in parts.findall(text):
        if number:
            keys.append(NUMBER_KEY)
            continue
        whole = begun + (part or markup)
        begun = ""
        if len(part) > 1 and part[-1] in _APOSTROPHES and whole[:-1].casefold() not in elisions:
            begun = whole
            continue
        # What is no markup has no white space in it, so that folding is less than ``fold``.
        keys.append(_text.plain_typography(whole).casefold() if part else _text.fold(whole))
    return keys


class Stretches(dict[str, T]):
    """What is made of each text that stands between white space; most of them were seen before."""

    def __init__(self, made: Callable[[str], T]) -> None:
        """``made`` gives the same for the same text each time."""
        super().__init__()
        self.made = made

    def __missing__(self, stretch: str) -> T:
        """Made and remembered."""
        if len(self) == 1 << 17:
            self.clear()
        self[stretch] = made = self.made(stretch)
        return made


@functools.cache
def _stretches(language_tag: str) -> Stretches[list[str]]:
    return Stretches(lambda stretch: keys_of(stretch, language_tag))


@functools.cache
def _counts(language_tag: str) -> Stretches[int]:
    return Stretches(lambda stretch: len(words(stretch, language_tag)))


def key(segment: Segment, language_tag: str = "") -> str:
    """The key tokens as one string: the segment's identity for exact search.

    >>> from tm.model import Segment
    >>> key(Segment("« Oui ! »"), "fr") == key(Segment('"oui!"'), "fr")
    True
    """
    return " ".join(key_tokens(segment, language_tag))


def numbers(text: str, language_tag: str = "") -> list[str]:
    """The numbers of a text as they stand in it.

    >>> numbers("10.000 GPUs em 2015, 3,5 %")
    ['10.000', '2015', '3,5']
    """
    return [token.text for token in _tokens(text, language_tag) if token.kind == "number"]
