"""A text as terms are recognised in it: its words, each with the keys by which its forms are one word.

1. ``word_row`` cuts the text into tokens. Paths, options, addresses, placeholders and names in code are no
   words (``tm.language.protected``): each is one token with its own spelling for a key.
2. ``_pieces`` cuts a compound at its hyphens, so that each part has its own plural (``timbres-poste``), and
   gives each piece its keys: the folded word and all its lemmas. An acronym has its spelling, too.
3. ``_settled`` decides, once the text is known, what a word in capitals is: an acronym, or any word of a text
   that is all in capitals.

>>> [sorted(word.keys) for word in word_row("Les timbres-poste", "fr").words]
[['timbre', 'timbrer', 'timbres'], ['poste', 'poster']]
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tm import bcp47
from tm.language import fold, tokens, without_accents
from tm.language.languages import language_of
from tm.language.lemmas import general_rate, is_acronym
from tm.language.protected import prose_tokens, spans
from tm.language.readings import common_words, has_readings
from tm.language.tokens import reaches_across
from tm.terminology.parts import Parts
from tm.terminology.word_keys import EXACT, PLAIN, exact_key, is_unknown, word_keys

if TYPE_CHECKING:
    from tm.language import Token

_CLITICS = frozenset(
    "je tu il elle on nous vous ils elles ce t le la les lui leur moi toi y en là ci"
    " se me te lhe lhes lo los las no na nos nas o a os as vos mo to".split()
)
"""What may hang on a word by a hyphen, and is a word of its own."""

_VOWELS = frozenset("aeiou")

_SHORT = 3
"""Letters up to which a word in capitals, among words that are not, is an acronym only."""

_COMMON_RATE = 50.0
"""Uses per million words from which a word is that word in a text all in capitals, and no acronym; where a
language has readings, its 1,000 commonest words are."""


_NONE: frozenset[str] = frozenset()


class Word(NamedTuple):
    """A word, or a part of a compound.

    Attributes:
        keys: what it may be, see ``EXACT`` and ``PLAIN``; empty for a mark.
        start, end: its place in the piece of text that it was cut from, see ``Row.span``.
        token: the number of its token there, see ``Row.token``.
        begins, ends: whether a term may begin, or end, with it.
        joined: the keys of its whole compound written without hyphens; only at the first part.
        parts: of how many parts the compound is.
    """

    keys: frozenset[str]
    start: int
    end: int
    token: int
    begins: bool = True
    ends: bool = True
    joined: frozenset[str] = _NONE
    parts: int = 1


@dataclass(frozen=True)
class Row:
    """The words of a text; articles are none. Several recognisers can share it.

    Attributes:
        words: in order.
        tokens: all tokens of the text, articles and marks too.
        language: its tag.
        starts: where the piece of text begins that each word was cut from.
        firsts: the number of that piece's first token.
    """

    words: list[Word]
    tokens: list[str]
    language: str
    starts: list[int]
    firsts: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The place in the text of the words with these numbers and between them.

        >>> word_row("Un gros pain blanc", "fr").span(0, 1)
        (3, 12)
        """
        return self.starts[first] + self.words[first].start, self.starts[last] + self.words[last].end

    def token(self, word: int) -> int:
        """The number of the token that a word belongs to.

        >>> word_row("La grand-mère", "fr").token(1)
        1
        """
        return self.firsts[word] + self.words[word].token

    @functools.cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the words with which a term may begin, by each of their keys.

        >>> word_row("Le pain, du pain", "fr").places["pain"]
        [0, 3]
        """
        numbers: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            if word.begins:
                for key in word.keys | word.joined if word.joined else word.keys:
                    numbers.setdefault(key, []).append(number)
        return numbers

    @functools.cached_property
    def parts(self) -> Parts:
        """What its words are; the text is tagged once, if at all."""
        return Parts(self)


class _Piece(NamedTuple):
    """A part of a token: its place there, and its keys; ``exact`` for an acronym."""

    start: int
    end: int
    keys: frozenset[str]
    begins: bool = True
    ends: bool = True
    exact: str = ""


def word_row(text: str, language: str) -> Row:
    r"""The words of a text.

    Most texts are looked up piece by piece: what stands between white space was nearly always seen before.

    >>> [sorted(word.keys) for word in word_row("du pain dans /tmp/pain", "fr").words]
    [['de', 'du'], ['pain'], ['dans'], ['\x03/tmp/pain']]
    """
    return _row(text, language, capitals=text.isupper())


def _row(text: str, language: str, *, capitals: bool) -> Row:
    code = spans(text, language)
    if code or reaches_across(text):
        words, forms = _cut(prose_tokens(text, language, code), language, capitals=capitals)
        return Row(words, forms, language, [0] * len(words), [0] * len(words))
    words, forms, starts, firsts = [], [], [], []
    start = 0
    for chunk in text.split():
        start = text.index(chunk, start)
        its_words, its_forms = _of_chunk(chunk, language, capitals)
        starts += [start] * len(its_words)
        firsts += [len(forms)] * len(its_words)
        words += its_words
        forms += its_forms
        start += len(chunk)
    if not words and capitals:
        return _row(text, language, capitals=False)  # an acronym spelt like an article
    return Row(words, forms, language, starts, firsts)


@functools.lru_cache(maxsize=1 << 16)
def _of_chunk(chunk: str, language: str, capitals: bool) -> tuple[list[Word], list[str]]:  # noqa: FBT001
    return _cut(tokens(chunk, language), language, capitals=capitals)


def _cut(cut: list[Token], language: str, *, capitals: bool) -> tuple[list[Word], list[str]]:
    """The words and the forms of tokens; ``capitals`` for those of a text that is all in capitals."""
    words: list[Word] = []
    forms: list[str] = []
    for token in cut:
        number = len(forms)
        forms.append(token.text)
        if token.kind == "code":
            words.append(Word(frozenset({exact_key(token.text)}), token.start, token.end, number))
            continue
        pieces, joined = _pieces(token.text, token.kind, language)
        for at, piece in enumerate(pieces):
            keys = piece.keys
            if capitals and not keys:
                continue
            if piece.exact:
                keys = _settled(piece, token.text, language, all_capitals=capitals)
            start, end, whole = (
                token.start + piece.start,
                token.start + piece.end,
                joined if at == 0 else _NONE,
            )
            words.append(Word(keys, start, end, number, piece.begins, piece.ends, whole, len(pieces)))
    return words, forms


@functools.lru_cache(maxsize=1 << 16)
def _pieces(form: str, kind: str, language: str) -> tuple[tuple[_Piece, ...], frozenset[str]]:
    """The parts of a token, and the keys of the whole if there are several; no part for an article."""
    if kind != "word":
        return (_Piece(0, len(form), frozenset({fold(form)})),), frozenset()
    rules = language_of(language)
    folded = fold(form)
    if folded in rules.articles and folded not in rules.contractions:
        article = _piece(form, 0, language)._replace(keys=_NONE)
        return ((article,) if is_acronym(form) else ()), _NONE
    parts = re.split("[-\u2010\u2011]", form)
    if len(parts) == 1 or is_acronym(form):
        return (_piece(form, 0, language),), frozenset()
    pieces: list[_Piece] = []
    first_clitic = len(parts)
    while first_clitic > 1 and fold(parts[first_clitic - 1]) in _CLITICS:
        first_clitic -= 1
    start = 0
    for number, part in enumerate(parts):
        if part and not (0 < number < len(parts) - 1 and fold(part) in rules.articles):
            piece = _piece(part, start, language)
            begins = number == 0 or number >= first_clitic
            ends = number >= first_clitic - 1
            pieces.append(piece._replace(begins=begins, ends=ends))
        start += len(part) + 1
    return tuple(pieces), _joined(parts, language)


def _joined(parts: list[str], language: str) -> frozenset[str]:
    """The keys of a compound without its hyphens; Portuguese doubles r and s behind a vowel (*autorretrato*)."""
    keys = word_keys("".join(parts), language)
    if (
        len(parts) == 2
        and parts[0][-1:] in _VOWELS
        and parts[1][:1] in ("r", "s")
        and bcp47.base(language) == "pt"
    ):
        keys |= word_keys(parts[0] + parts[1][0] + parts[1], language)
    return keys


def _piece(form: str, start: int, language: str) -> _Piece:
    exact = ""
    if is_acronym(form):
        exact = exact_key(form.removesuffix("s"))
    elif form[:1].isupper() and is_unknown(fold(form), language):
        exact = exact_key(form).upper()
    return _Piece(start, start + len(form), word_keys(form, language), exact=exact)


def _settled(piece: _Piece, form: str, language: str, *, all_capitals: bool) -> frozenset[str]:
    """The keys of a word that may be an acronym, in its text."""
    folded = fold(form)
    is_common = folded in language_of(language).stop_words or _is_common(folded, language)
    if all_capitals and is_common:
        return piece.keys
    if is_acronym(form) and not all_capitals and len(form) <= _SHORT:
        return frozenset({piece.exact})
    return piece.keys | {piece.exact}


def _is_common(folded: str, language: str) -> bool:
    if has_readings(language):
        return folded in common_words(language)
    return general_rate(folded, language) > _COMMON_RATE


def term_row(text: str, language: str) -> list[Word]:
    r"""The words of a term, with their places in it: an acronym has its spelling only; in a language without
    readings a word also has its plain letters.

    >>> [sorted(word.keys) for word in term_row("plan ET", "fr")]
    [['plan'], ['\x03ET']]
    """
    row = word_row(text, language)
    words = []
    for at, word in enumerate(row.words):
        start, end = row.span(at, at)
        keys = _of_term(word.keys, text[start:end], text, language)
        words.append(word._replace(keys=keys, start=start, end=end))
    return words


def _of_term(keys: frozenset[str], spelling: str, term: str, language: str) -> frozenset[str]:
    """The keys of a term's word."""
    if is_acronym(spelling) and not (term.isupper() and " " in term):
        return frozenset({exact_key(spelling.removesuffix("s"))})
    words = frozenset(key for key in keys if not key.startswith(EXACT))
    if not has_readings(language):
        words |= {PLAIN + without_accents(key) for key in words if key[:1].isalpha()}
    return words or keys
