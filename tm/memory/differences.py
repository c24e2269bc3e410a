"""What differs between two segments besides their words, and what it costs.

1. ``differences`` goes along the alignment of the words, but for what is the very same text at the beginning and
   at the end. ``_word`` looks at each pair of words, ``between.py`` at the marks, codes and white space from one
   pair to the next.
2. ``penalties.py`` says what each kind costs.

>>> from tm.memory.pieces import aligned, pieces_of
>>> from tm.model import Segment
>>> stored, new = pieces_of(Segment("L’an 3 : oui"), "fr"), pieces_of(Segment("L'an 4, OUI"), "fr")
>>> differences(stored, new, aligned(stored, new)[0]).penalties()
(('case', 1), ('typography', 1), ('marks', 1), ('numbers', 2))
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tm.language import nfc, plain_typography, without_accents
from tm.memory import between
from tm.memory.penalties import AT_MOST, COSTS, Change, Differences
from tm.memory.pieces import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.memory.pieces import Link, Piece, Pieces


def differences(stored: Pieces, new: Pieces, alignment: Sequence[Link]) -> Differences:
    """Everything but the words that differs, given which words stay (``pieces.aligned``)."""
    result = Differences()
    first = _equal_beginning(stored, new, alignment)
    last = _equal_end(stored, new, alignment[first:])
    links_between = alignment[first : len(alignment) - last]
    for link in links_between:
        if link.old_end - link.old == link.new_end - link.new == 1:
            old, other = stored.word_pieces[link.old], new.word_pieces[link.new]
            if old is not other:
                _word(result, old, other)
        else:
            _compound(result, stored, new, link)
    between.compare(result, stored, new, links_between, first, last)
    return result


def least_penalty(stored: Pieces, new: Pieces) -> int:
    """What the differences of two texts cost at least, given that their words are the same and the texts are not.

    It comes from what is cheap to see: numbers and names at the same place, and how many marks more one has.

    >>> from tm.memory.pieces import pieces_of
    >>> from tm.model import Segment
    >>> least_penalty(pieces_of(Segment("« %s »."), "fr"), pieces_of(Segment("%d"), "fr"))
    5
    """
    if len(stored.word_pieces) != len(new.word_pieces):
        return 1
    numbers = names = 0
    for old, other in zip(stored.word_pieces, new.word_pieces, strict=True):
        if old is other or old.folded == other.folded:
            continue
        if old.key != other.key:
            return 1
        numbers += old.kind == "number"
        names += old.kind in ("placeholder", "address", "code name")
    penalty = 0
    for kind, count in (
        ("numbers", numbers),
        ("placeholders", names),
        ("marks", abs(stored.marks() - new.marks())),
    ):
        cost, most = COSTS[kind]
        penalty += min(cost * count, most)
    return max(1, min(penalty, AT_MOST))


def _equal_beginning(stored: Pieces, new: Pieces, alignment: Sequence[Link]) -> int:
    """How many words at the beginning stay, with the very same text up to the last of them: nothing differs there."""
    equal = _equal_pieces(stored.pieces, new.pieces)
    count = min(bisect_left(stored.words, equal), bisect_left(new.words, equal))
    if not count or alignment[count - 1 : count] != [(count - 1, count, count - 1, count)]:
        return 0
    old_end, new_end = stored.end(stored.words[count - 1]), new.end(new.words[count - 1])
    return count if stored.text[:old_end] == new.text[:new_end] else 0


def _equal_end(stored: Pieces, new: Pieces, alignment: Sequence[Link]) -> int:
    """How many words at the end stay, with the very same text from the first of them on."""
    equal = _equal_pieces(reversed(stored.pieces), reversed(new.pieces))
    olds, news = len(stored.words), len(new.words)
    old_count = olds - bisect_left(stored.words, len(stored.pieces) - equal)
    new_count = news - bisect_left(new.words, len(new.pieces) - equal)
    count = min(old_count, new_count, len(alignment))
    if not count or alignment[-count][::2] != (olds - count, news - count):
        return 0
    old_start, new_start = stored.starts[stored.words[-count]], new.starts[new.words[-count]]
    return count if stored.text[old_start:] == new.text[new_start:] else 0


def _equal_pieces(olds: Iterable[Piece], news: Iterable[Piece]) -> int:
    """How many pieces are the same at the beginning; a code never is, which looks at more than itself."""
    equal = 0
    for old, new in zip(olds, news, strict=False):
        if (old is not new and old != new) or old.code:
            break
        equal += 1
    return equal


# ------------------------------------------------------------------------------------------------- words


def _compound(result: Differences, stored: Pieces, new: Pieces, link: Link) -> None:
    """Compare the words that are one compound, in one of the texts or in both."""
    olds = stored.word_pieces[link.old : link.old_end]
    news = new.word_pieces[link.new : link.new_end]
    result.counts["typography"] += 1
    _writing(result, "".join(old.text for old in olds), "".join(new.text for new in news))


def _word(result: Differences, old: Piece, new: Piece) -> None:
    """Compare two words that stand for each other; in a text without words, two marks or codes."""
    if old.code is not None and new.code is not None:
        result.counts["codes"] += not between.is_same_code(old, new)
    elif old.text == new.text:
        return
    elif old.kind == "word" or new.kind == "word":
        _writing(result, old.text, new.text)
    elif plain_typography(old.text) == plain_typography(new.text):
        result.counts["typography"] += nfc(old.text) != nfc(new.text)
    elif old.kind == "number":
        result.counts["numbers"] += 1
        result.changes.append(Change("number", old.text, new.text))
    elif old.kind in ("placeholder", "address", "code name"):
        result.counts["placeholders"] += 1
        result.changes.append(Change(old.kind, old.text, new.text))
    else:
        result.counts["typography"] += 1


def _writing(result: Differences, old: str, new: str) -> None:
    """Compare the writing of what is the same word."""
    old, new = nfc(old), nfc(new)
    if old == new:
        return
    if bare(old) == bare(new):
        result.counts["typography"] += 1
        return
    result.counts["case"] += _cased(old) != _cased(new)
    result.counts["typography"] += old.casefold() != new.casefold()


def _cased(word: str) -> str:
    """A word without accents and apostrophes: what differs now in writings of one word is their case."""
    return without_accents(bare(word)).replace("'", "")
