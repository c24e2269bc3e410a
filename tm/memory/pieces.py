"""A segment cut into pieces: words, marks and inline codes, as the percent looks at them.

1. ``pieces_of`` cuts: the tokens of ``tm.language.keyed`` and the codes, in order. ``Pieces.words`` are what
   the base counts.
2. ``same_words`` says whether two words are one word written in two ways.
3. ``aligned`` sets the words of two segments against each other (``shortest.py``). When their letters are the
   same, they are compounds written otherwise (``_by_letters``): *e-mail*, *email*.

>>> from tm.model import Segment
>>> stored, new = pieces_of(Segment("Un e-mail."), "fr"), pieces_of(Segment("Un email !"), "fr")
>>> [piece.text for piece in stored.pieces], [stored.pieces[index].text for index in stored.words]
(['Un', 'e', '-', 'mail', '.'], ['Un', 'e', 'mail'])
>>> aligned(stored, new)
([Link(old=0, old_end=1, new=0, new_end=1), Link(old=1, old_end=3, new=1, new_end=2)], 0)
"""

from __future__ import annotations

import functools
import math
from collections import deque
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language import keyed, plain_typography, without_accents
from tm.language.keys import WORDS, letters, reaches_across, unaccented
from tm.language.tokens import ChunkCache
from tm.memory.shortest import distance, links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.language.keys import KeyKind
    from tm.model import Code, Segment

_WRITING = str.maketrans({"&": "", "_": "", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss", "ẞ": "SS"})
"""Access keys, and letters that are written as two."""

_AT_ITS_BEGINNING = [0]
"""Where the pieces of most chunks stand in them: there is one, the whole chunk."""


class Piece(NamedTuple):
    """A token or a code, wherever it stands: texts share the pieces of what both have.

    Attributes:
        key: the same for what may be equal: without accents.
        kind: of a token, or "code".
        text: as it is written.
        folded: likewise without case and typography.
        code: the code.
        depth: for a code inside a token, how many characters of the token stand behind it.
    """

    key: str
    kind: KeyKind | Literal["code"]
    text: str
    folded: str
    code: Code | None = None
    depth: int = 0


class Pieces(NamedTuple):
    """A segment's pieces.

    Attributes:
        text: of the segment.
        pieces: in order.
        starts: where each stands in the text, of which it has as many characters as its own text.
        words: the indexes of those that the base counts: the words, or all where there is no word.
        word_pieces: these.
    """

    text: str
    pieces: list[Piece]
    starts: list[int]
    words: list[int]
    word_pieces: list[Piece]

    def end(self, index: int) -> int:
        """Where a piece ends.

        >>> from tm.model import Segment
        >>> pieces_of(Segment("« Oui »"), "fr").end(1)
        5
        """
        return self.starts[index] + len(self.pieces[index].text)

    def has_words(self) -> bool:
        """Whether a word is among them.

        >>> from tm.model import Segment
        >>> pieces_of(Segment("« Oui »"), "fr").has_words(), pieces_of(Segment("!"), "fr").has_words()
        (True, False)
        """
        return bool(self.words) and self.word_pieces[0].kind in WORDS

    def marks(self) -> int:
        """How many marks stand between words; 0 where there is no word.

        >>> from tm.model import Segment
        >>> pieces_of(Segment("« Oui »"), "fr").marks(), pieces_of(Segment("!"), "fr").marks()
        (2, 0)
        """
        return [piece.kind for piece in self.pieces].count("mark") if self.has_words() else 0

    def letters(self) -> str:
        """The words' letters, "" where there is no word (``tm.language.keys.letters``).

        >>> from tm.model import Segment
        >>> pieces_of(Segment("Un e-mail"), "fr").letters()
        'unemail'
        """
        return letters([piece.key for piece in self.word_pieces]) if self.has_words() else ""


@functools.lru_cache(maxsize=1 << 10)  # many are compared with many, in a job all the more
def pieces_of(segment: Segment, language: str) -> Pieces:
    """The pieces of a segment; its words are ``tm.language.key_tokens``.

    >>> from tm.model import Segment
    >>> pieces_of(Segment("!"), "fr").words, pieces_of(Segment("Non !"), "fr").words
    ([0], [0])
    """
    text = segment.text
    pieces: list[Piece] = []
    starts: list[int] = []
    by_chunk, place = _pieces_by_chunk(language), 0
    for chunk in [text] if reaches_across(text) else text.split():
        place = text.index(chunk, place)
        of_chunk, starts_in_chunk = by_chunk[chunk]
        pieces += of_chunk
        if starts_in_chunk == _AT_ITS_BEGINNING:
            starts.append(place)
        else:
            starts += [place + start for start in starts_in_chunk]
        place += len(chunk)
    if segment.codes:
        pieces, starts = _with_codes(pieces, starts, segment.codes)
    words = [index for index, piece in enumerate(pieces) if piece.kind in WORDS]
    words = words or [*range(len(pieces))]
    return Pieces(text, pieces, starts, words, [pieces[index] for index in words])


@functools.cache
def _pieces_by_chunk(language: str) -> ChunkCache[tuple[list[Piece], list[int]]]:
    return ChunkCache(lambda chunk: _pieces(chunk, language))


def _pieces(text: str, language: str) -> tuple[list[Piece], list[int]]:
    """The tokens of a text as pieces, and where they stand."""
    tokens = keyed(text, language)
    pieces = [
        Piece(unaccented(key), kind, text[start:end], folded) for key, kind, folded, start, end in tokens
    ]
    return pieces, [token.start for token in tokens]


def _with_codes(
    tokens: Sequence[Piece], places: Sequence[int], all_codes: Sequence[Code]
) -> tuple[list[Piece], list[int]]:
    """Tokens and codes in order: a code comes before the token that starts at its position, not inside one."""
    codes = deque(sorted(all_codes, key=lambda code: code.position))
    pieces: list[Piece] = []
    starts: list[int] = []
    end = 0
    for token, start in [*zip(tokens, places, strict=True), (None, math.inf)]:
        while codes and codes[0].position <= start:
            code = codes.popleft()
            key, depth = f"\x01{code.kind}", max(0, end - code.position)
            pieces.append(Piece(key, "code", "", key, code, depth))
            end = max(end, code.position)
            starts.append(end)
        if token is not None:
            pieces.append(token)
            starts.append(int(start))
            end = int(start) + len(token.text)
    return pieces, starts


# ------------------------------------------------------------------------------------------------- words


def bare(word: str) -> str:
    """A word as written, in plain typography and without access keys.

    >>> bare("Ou&vrir"), bare("L’"), bare("Cœur")
    ('Ouvrir', "L'", 'Coeur')
    """
    return plain_typography(word).translate(_WRITING)


def same_words(old: Piece, new: Piece) -> bool:
    """Whether two pieces with one key are one word: accents may only be missing on capitals.

    >>> from tm.model import Segment
    >>> def word(text):
    ...     return pieces_of(Segment(text), "fr").pieces[0]
    >>> [same_words(word("école"), word(other)) for other in ("Ecole", "ÉCOLE", "ecole")]
    [True, True, False]
    """
    if old is new:
        return True
    if old.key != new.key:
        return False
    return old.kind != "word" or old.folded == new.folded or same_letters(old.text, new.text)


def same_letters(old: str, new: str) -> bool:
    """Whether two words are the same, accents that are missing on capitals aside.

    >>> same_letters("DEJA", "déjà"), same_letters("deja", "déjà"), same_letters("OEUVRE", "œuvre")
    (True, False, True)
    """
    old, new = bare(old), bare(new)
    if old.casefold() == new.casefold():
        return True
    return len(old) == len(new) and all(map(_same_letter, old, new))


def _same_letter(old: str, new: str) -> bool:
    if old.casefold() == new.casefold():
        return True
    plain_old, plain_new = without_accents(old), without_accents(new)
    is_missing = (old == plain_old and old.isupper()) or (new == plain_new and new.isupper())
    return is_missing and plain_old.casefold() == plain_new.casefold()


# ------------------------------------------------------------------------------------------------- alignment


class Link(NamedTuple):
    """Words that stay: those of the stored text from ``old`` on are those of the new text from ``new`` on."""

    old: int
    old_end: int
    new: int
    new_end: int


def aligned(stored: Pieces, new: Pieces) -> tuple[list[Link], int]:
    """Which words stay, in order, and the distance: how many are dropped, added or replaced.

    >>> from tm.model import Segment
    >>> aligned(pieces_of(Segment("un"), "fr"), pieces_of(Segment("un mot"), "fr"))
    ([Link(old=0, old_end=1, new=0, new_end=1)], 1)
    """
    olds, news = stored.word_pieces, new.word_pieces
    pairs = links(olds, news, key=attrgetter("key"), are_equal=same_words)
    words_apart = distance(olds, news, pairs)
    if words_apart and _have_same_letters(stored, new, pairs):
        groups = _by_letters(olds, news)
        if groups is not None:
            return groups, 0
    return [Link(old, old + 1, new, new + 1) for old, new in pairs], words_apart


def _have_same_letters(stored: Pieces, new: Pieces, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the words of two segments have the same letters; most differ in those of the first word that differs.

    Args:
        stored: one segment.
        new: another one.
        pairs: which words are equal, so that their letters are the same.
    """
    equal = 0
    while equal < len(pairs) and pairs[equal] == (equal, equal):
        equal += 1
    if equal < len(stored.words) and equal < len(new.words):
        old, other = (pieces.word_pieces[equal].key.replace("'", "") for pieces in (stored, new))
        if not old.startswith(other) and not other.startswith(old):
            return False
    return stored.has_words() and stored.letters() == new.letters()


def _by_letters(olds: list[Piece], news: list[Piece]) -> list[Link] | None:
    """The words linked where both texts begin a new one, given that their letters are the same.

    None when other words result all the same: accents count, unless they are missing on capitals.
    """
    old_at, new_at = _ends(olds), _ends(news)
    groups = []
    old = new = 0
    for end in sorted(old_at.keys() & new_at.keys()):
        group = Link(old, old_at[end], new, new_at[end])
        if not _is_compound(olds[old : group.old_end], news[new : group.new_end]):
            return None
        groups.append(group)
        old, new = group.old_end, group.new_end
    return groups


def _ends(words: Sequence[Piece]) -> dict[int, int]:
    """Where words end among the letters of all, with how many words end there."""
    ends = accumulate(len(letters([word.key])) for word in words)
    return {end: count for count, end in enumerate(ends, 1)}


def _is_compound(olds: Sequence[Piece], news: Sequence[Piece]) -> bool:
    if len(olds) == len(news) == 1 and same_words(olds[0], news[0]):
        return True
    return same_letters(_joined(olds), _joined(news))


def _joined(words: Sequence[Piece]) -> str:
    return bare("".join(word.text for word in words)).replace("'", "")
