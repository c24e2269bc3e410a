"""A segment's words, numbers, punctuation marks and codes.

Each number is one token whatever its writing (10 000, 10.000, 3,5, 12/03/2018), likewise each address, placeholder and
inline code; punctuation stands mark by mark; elided articles and pronouns (l', d', qu') are tokens of their own.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from tm.language import text as _text
from tm.language.languages import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.model import Segment

Kind = Literal["word", "number", "punctuation", "url", "placeholder", "code"]

NUMBER_KEY = "\x02"
"""Stands for any number in a key: two texts that differ in their numbers only have the same key."""

_LETTER = r"[^\W\d_]"
_MARKS = r"\u0300-\u036f"
_URL = r"""
    (?:https?|ftp|file)://[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’] | \bwww\.[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]}'’]
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ """
_PLACEHOLDER = r"""
    %(?:\(\w+\))?[-+0\#]*\d*(?:\.\d+)?[sdifgxXrc](?!\w) | %\d+\$?[sd@]? (?=\W|$)(?<!\d%)
  | \$?\{\w*(?:[.:!\[][^{}\s]*)?\} | </?[A-Za-z][^<>]*> | &\#?\w+; """
_NUMBER = r"""
    (?<![\w])(?: \d{1,3}(?:[\ \u00a0\u202f\u2009.,'’]\d{3})+(?!\d)(?:[.,]\d+)? | \d+(?:[.,:/-]\d+)* )(?![^\W_]) """
_WORD = rf"""
    [^\W_](?:[\w{_MARKS}\u00ad\u200b-\u200d])*(?:[-‐‑][^\W_][\w{_MARKS}]*)* (?: ['’ʼ] (?={_LETTER}) )? """
_PUNCTUATION = r"[^\w\s] | _"
_TOKEN = re.compile(
    rf"(?P<url>{_URL}) | (?P<placeholder>{_PLACEHOLDER}) | (?P<number>{_NUMBER}) | (?P<word>{_WORD})"
    rf" | (?P<punctuation>{_PUNCTUATION})",
    re.VERBOSE,
)

_MARKUP = re.compile(r"[@%{<&]|://|www\.")
"""Without one of these there is neither address nor placeholder in a text: nine texts of ten are read by less."""
_ACROSS = re.compile(r"\d\s\d|<")
"""Without one of these no token reaches across white space."""
_PARTS = re.compile(rf"((?!))|({_NUMBER})|({_WORD}|{_PUNCTUATION})", re.VERBOSE)
_PARTS_OF_MARKUP = re.compile(rf"({_URL}|{_PLACEHOLDER})|({_NUMBER})|({_WORD}|{_PUNCTUATION})", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Token:
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
    for found in _TOKEN.finditer(text):
        kind: Kind = found.lastgroup  # type: ignore[assignment]
        begin, end = found.span()
        if start >= 0:
            begin, start = start, -1
        if kind == "word" and text[end - 1] in "'’ʼ" and text[begin : end - 1].casefold() not in elisions:
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
    if _ACROSS.search(text):
        return _keys_of(text, language(language_tag).elisions)
    return list(chain.from_iterable(map(_stretches(language_tag).__getitem__, text.split())))


def _keys_of(text: str, elisions: frozenset[str]) -> list[str]:
    parts = _PARTS_OF_MARKUP if _MARKUP.search(text) else _PARTS
    keys = []
    begun = ""
    for markup, number, part in parts.findall(text):
        if number:
            keys.append(NUMBER_KEY)
            continue
        whole = begun + (part or markup)
        begun = ""
        if len(part) > 1 and part[-1] in "'’ʼ" and whole[:-1].casefold() not in elisions:
            begun = whole
            continue
        keys.append(_text.fold(whole))
    return keys


class _Stretches(dict[str, list[str]]):
    """The keys of what stands between white space in texts of one language; most of it was seen before."""

    def __init__(self, elisions: frozenset[str]) -> None:
        super().__init__()
        self.elisions = elisions

    def __missing__(self, stretch: str) -> list[str]:
        if len(self) == 1 << 17:
            self.clear()
        self[stretch] = keys = _keys_of(stretch, self.elisions)
        return keys


@functools.cache
def _stretches(language_tag: str) -> _Stretches:
    return _Stretches(language(language_tag).elisions)


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
