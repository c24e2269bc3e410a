"""Numbers in words: *vingt et un*, *cento e vinte e três*, *two hundred and five*, *veintiún mil*.

The words are those of the languages' files (``Language.numerals``, ``number_names``, ``scales``). A number
grows word by word while each is smaller than the place that it fills (``_Sum``): twenty takes one to nine, a
hundred takes all below; a scale multiplies what stands before it.

>>> [(word.text, word.value) for word in spoken("De vingt et un à deux cents millions", "fr")]
[('vingt et un', 21), ('deux cents millions', 200000000)]
>>> [word.value for word in spoken("quatre-vingt-dix-sept, soixante et onze, cent vingt-troisième", "fr")]
[97, 71, 123]
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tm import bcp47
from tm.language.languages import language_of

_WORD = re.compile(r"[^\W\d_]+")
_JOINTS = frozenset({" ", "-", "\u00a0", "\u202f", "\u2011", "\u2010"})
_ARTICLE = re.compile(r"\b(?:les|ces|ses|the|these|those|os|as|los|las)\s$", re.IGNORECASE)
SHOWN_BY_PLURAL = frozenset({"neuf", "mille"})
"""Cardinals that are adjectives or nouns too: before a plural they are numbers."""
_PLURAL = re.compile(r"\s[^\W\d_]+[sx]\b")
_HALVES = frozenset({"demi", "demie", "meio", "meia", "half", "medio", "media"})
_SHARE = re.compile(r"\b(?:pour|por|per)\s$", re.IGNORECASE)


class Spoken(NamedTuple):
    """A number in words.

    Attributes:
        text: its words.
        start: where they begin.
        end: where they end.
        value: the number.
        is_loose: whether it is one word that may be another part of speech.
    """

    text: str
    start: int
    end: int
    value: int
    is_loose: bool


class Vocabulary(NamedTuple):
    """The words of a language's numbers.

    Attributes:
        values: each word's.
        final: which of them end a number.
        loose: which of them may be other words.
        links: words between the parts of a number.
        multiplies: whether *hundred* multiplies the word before it: not in Portuguese and Spanish.
        counts_by_twenty: whether sixty and eighty take ten to nineteen, as in French.
    """

    values: dict[str, int]
    final: frozenset[str]
    loose: frozenset[str]
    links: frozenset[str]
    multiplies: bool
    counts_by_twenty: bool


@functools.cache
def vocabulary(language: str) -> Vocabulary:
    """The numerals of a language; empty for one whose file has none.

    >>> vocabulary("en").values["thousand"], vocabulary("tlh").values
    (1000, {})
    """
    data, base = language_of(language), bcp47.base(language) if language else ""
    return Vocabulary(
        {
            word: value
            for word, value in (data.numerals | data.scales | data.number_names).items()
            if " " not in word
        },
        frozenset(data.number_names),
        data.loose_numerals,
        data.numeral_links,
        base in {"fr", "en"},
        base == "fr",
    )


class _Sum:
    """A number that grows by its words."""

    def __init__(self, words: Vocabulary) -> None:
        """Begin with nothing."""
        self._words = words
        self._above = self._below = 0
        self._smallest_scale = 10**18
        self._started = False
        self.is_complete = False

    @property
    def value(self) -> int:
        """The number so far."""
        return self._above + self._below

    def take(self, word: str, linked: str = "") -> bool:
        """Add a word if the number can have it there; say whether it could.

        Args:
            word: a numeral.
            linked: the link before it, if any.
        """
        value = self._words.values[word]
        if self.is_complete or (linked and not self._may_be_linked(value)) or not self._add(value):
            return False
        self._started = True
        self.is_complete = word in self._words.final and (value < 20 or value >= 100)
        return True

    def _may_be_linked(self, value: int) -> bool:
        if self._words.counts_by_twenty:
            return value in (1, 11) and self._below % 100 >= 20
        if "and" in self._words.links:
            return value < 100 and self._below % 100 == 0
        return value < 1000

    def _add(self, value: int) -> bool:
        """Add a value where it fits."""
        if value >= 1000:
            return self._scale(value)
        below = self._below
        if not self._started or (not below and self._above):
            self._below = value
            return not self._started or value > 0
        last, tens = below % 10, below % 100
        if value == 100 and self._words.multiplies and 1 <= below <= 19:
            self._below *= 100
        elif self._words.counts_by_twenty and value == 20 and tens == 4:
            self._below += 76
        elif below and self._is_room(value, last, tens):
            self._below += value
        else:
            return False
        return True

    def _is_room(self, value: int, last: int, tens: int) -> bool:
        """Whether a value below a hundred fits behind these last digits."""
        if self._words.counts_by_twenty and 7 <= value < 20:
            if value >= 10:
                return tens in (0, 60, 80)
            return last == 0 or tens in (10, 70, 90)
        if value < 10:
            return value > 0 and last == 0 and tens != 10
        return value < 100 and tens == 0

    def _scale(self, value: int) -> bool:
        """Multiply what stands before a scale: the last part, or *dois mil* before *milhões*."""
        if value < self._smallest_scale:
            self._above += (self._below or 1) * value
            if not self._below and self._above > value:
                return False
        elif self._above and self._above < value:
            self._above = (self._above + self._below) * value
        else:
            return False
        self._below, self._smallest_scale = 0, value
        return True


def spoken(text: str, language: str) -> list[Spoken]:
    """The numbers in words of a text, in order.

    >>> [word.value for word in spoken("two hundred and five, twenty-first, a thousand; one", "en")]
    [205, 21, 1000, 1]
    >>> [word.value for word in spoken("dois mil trezentos e um, cem por cento, dois e três", "pt")]
    [2301, 100, 2, 3]
    >>> [word.value for word in spoken("treinta y dos, mil millones, un millón y medio", "es")]
    [32, 1000000000, 1500000]
    """
    words = vocabulary(language)
    if not words.values:
        return []
    found: list[Spoken] = []
    run: list[re.Match[str]] = []
    tokens = list(_WORD.finditer(text))
    folded = [match[0].casefold() for match in tokens]
    at = 0
    while at < len(tokens):
        if folded[at] not in words.values or _is_share(text, tokens[at]):
            at += 1
            continue
        number = _Sum(words)
        number.take(folded[at])
        run = [tokens[at]]
        at += 1
        while at < len(tokens):
            step = _step(text, tokens, folded, at, words)
            link = folded[at] if step == 2 else ""
            if not step or folded[at + step - 1] in _HALVES or not number.take(folded[at + step - 1], link):
                break
            run.append(tokens[at + step - 1])
            at += step
        half, at = _half(tokens, folded, at, words)
        start, end = run[0].start(), tokens[at - 1].end()
        is_both = number.value == 2 and _ARTICLE.search(text, max(0, start - 6), start) is not None
        word = run[0][0].casefold() if len(run) == 1 else ""
        is_loose = (is_both and len(run) == 1) or word in words.loose
        if word in SHOWN_BY_PLURAL and _PLURAL.match(text, end):
            is_loose = False
        found.append(Spoken(text[start:end], start, end, number.value + half, is_loose))
    return found


def _half(tokens: list[re.Match[str]], folded: list[str], at: int, words: Vocabulary) -> tuple[int, int]:
    """Half of the scale before here, where *and a half* follows, and where the number then ends; else 0."""
    scale = words.values[folded[at - 1]]
    end = at + 1 + (folded[at + 1 : at + 2] == ["a"])
    follows = folded[at : at + 1] and folded[at] in words.links and end < len(tokens)
    if scale < 1000 or not follows or folded[end] not in _HALVES:
        return 0, at
    gap = tokens[end].string[tokens[at - 1].end() : tokens[end].start()]
    return (scale // 2, end + 1) if not re.search(r"[^\w\s-]", gap) else (0, at)


def _step(text: str, tokens: list[re.Match[str]], folded: list[str], at: int, words: Vocabulary) -> int:
    """How many words on the next part of a number stands: 1, 2 behind a link, 0 if there is none."""
    if text[tokens[at - 1].end() : tokens[at].start()] not in _JOINTS:
        return 0
    if folded[at] in words.values:
        return 1
    is_link = folded[at] in words.links and at + 1 < len(tokens) and folded[at + 1] in words.values
    return 2 if is_link and text[tokens[at].end() : tokens[at + 1].start()] in _JOINTS else 0


def _is_share(text: str, token: re.Match[str]) -> bool:
    """Whether this is the *cent* of *pour cent*."""
    return token[0][0] in "cC" and _SHARE.search(text, max(0, token.start() - 5), token.start()) is not None
