"""What differs between two segments besides their words, and what it costs.

1. ``differences`` goes along the alignment of the words, but for what is the very same text at the beginning and
   at the end. ``_word`` looks at each pair of words, ``_Between`` at the marks, codes and white space from one
   pair to the next.
2. ``Differences.penalties`` says what each kind costs: each is capped, ``AT_MOST`` bounds all together.

>>> from tm.memory.pieces import aligned, pieces_of
>>> from tm.model import Segment
>>> stored, new = pieces_of(Segment("L’an 3 : oui"), "fr"), pieces_of(Segment("L'an 4, OUI"), "fr")
>>> differences(stored, new, aligned(stored, new)[0]).penalties()
(('case', 1), ('typography', 1), ('marks', 1), ('numbers', 2))
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import field
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language import nfc, plain_typography, without_accents
from tm.memory.pieces import bare
from tm.memory.shortest import distance, links
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.memory.pieces import Link, Piece, Pieces
    from tm.model import Attributes, Code

AT_MOST = 5
"""The most that all penalties take together, so that words count more than anything else."""

KINDS = ("case", "white space", "typography", "marks", "numbers", "placeholders", "codes")
"""The kinds of differences, in the order in which they are told."""

COSTS = {
    "numbers": (2, 5),
    "placeholders": (2, 4),
    "codes": (1, 3),
    "marks": (1, 3),
    "case": (1, 1),
    "white space": (1, 1),
    "typography": (1, 1),
}
"""What one difference of a kind costs, and all of them at most, in the order in which they are subtracted. What a
translator must change comes first: who overlooks a number changes what the text says."""

ChangeKind = Literal["number", "placeholder", "address", "code name"]

_NUMBERING = frozenset({"i", "x", "id", "rid", "pos"})
"""Attributes by which a format counts its codes; they differ from file to file."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is no word and stands otherwise in the new text than in the stored one, at the same place.

    >>> Change("number", "12", "13")
    Change(kind='number', stored='12', new='13')

    Attributes:
        kind: what it is.
        stored: as the stored text has it.
        new: as the new text has it.
    """

    kind: ChangeKind
    stored: str
    new: str


@dataclass(slots=True)
class Differences:
    """How often two segments differ, by kind.

    Attributes:
        counts: by ``KINDS``.
        changes: numbers, placeholders, addresses and names in code that differ, in order.
    """

    counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    changes: list[Change] = field(default_factory=list)

    def penalties(self) -> tuple[tuple[str, int], ...]:
        """What to subtract for each kind, in the order of ``KINDS``, ``AT_MOST`` for all together.

        >>> Differences(defaultdict(int, {"case": 3, "numbers": 2})).penalties()
        (('case', 1), ('numbers', 4))
        """
        if not any(self.counts.values()):
            return ()
        remaining, taken = AT_MOST, {}
        for kind, (cost, most) in COSTS.items():
            if remaining and (count := self.counts.get(kind, 0)):
                taken[kind] = min(cost * count, most, remaining)
                remaining -= taken[kind]
        return tuple([(kind, taken[kind]) for kind in KINDS if kind in taken])


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
    for between in _betweens(stored, new, links_between, first, last):
        between.compare(result)
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
        ("marks", abs(stored.marks - new.marks)),
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
        result.counts["codes"] += not _is_same_code(old, new)
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


# ------------------------------------------------------------------------------------------------- between


class _Side(NamedTuple):
    """What stands between two words of a text.

    Attributes:
        items: marks, codes and tags.
        gaps: white space and hyphens around them: one more than there are items.
        access_keys: those that stand alone.
        has_words: whether words stand there that the other text does not have.
    """

    items: list[Piece]
    gaps: list[str]
    access_keys: list[str]
    has_words: bool

    def marks(self) -> list[Piece]:
        return [item for item in self.items if item.kind == "mark"]

    def codes(self) -> list[tuple[int, Piece]]:
        """Each with the number of marks before it."""
        marks, codes = 0, []
        for item in self.items:
            if item.kind == "mark":
                marks += 1
            else:
                codes.append((marks, item))
        return codes


class _Between(NamedTuple):
    """What stands between the same words in both texts."""

    old: _Side
    new: _Side

    def compare(self, result: Differences) -> None:
        """Note what differs."""
        has_words = self.old.has_words or self.new.has_words
        result.counts["typography"] += self.old.access_keys != self.new.access_keys
        olds, news = self.old.marks(), self.new.marks()
        pairs = links(olds, news, key=attrgetter("key"), are_equal=_is_same_mark)
        other_marks = distance(olds, news, pairs)
        result.counts["marks"] += other_marks
        result.counts["typography"] += sum(nfc(olds[a].text) != nfc(news[b].text) for a, b in pairs)
        same_place = not (has_words or other_marks)
        are_placed = self._compare_codes(result, same_place=same_place)
        if not same_place:
            return
        if are_placed:
            for old, new in zip(self.old.gaps, self.new.gaps, strict=True):
                _gap(result, old, new)
        else:
            _gap(result, _without_codes(self.old), _without_codes(self.new))

    def _compare_codes(self, result: Differences, *, same_place: bool) -> bool:
        """Note the codes that differ; whether the same kinds of codes stand behind the same marks."""
        olds, news = self.old.codes(), self.new.codes()
        if not olds and not news:
            return True
        pairs = links(
            olds, news, key=_code_kind, are_equal=lambda old, new: _code_kind(old) == _code_kind(new)
        )
        others = distance(olds, news, pairs)
        result.counts["codes"] += others
        are_placed = not others
        for old_index, new_index in pairs:
            (old_marks, old), (new_marks, new) = olds[old_index], news[new_index]
            moved = same_place and old_marks != new_marks
            are_placed = are_placed and not moved
            result.counts["codes"] += moved or not _is_same_code(old, new)
            if old.kind == "tag" and old.folded != new.folded:
                result.changes.append(Change("placeholder", old.text, new.text))
        return are_placed


def _betweens(
    stored: Pieces, new: Pieces, alignment: Sequence[Link], first: int, last: int
) -> Iterator[_Between]:
    """Before the first words that stay, between them, behind the last; and inside compounds. The ``first`` and the
    ``last`` words of both texts are left out."""
    old_end = new_end = first
    for link in alignment:
        if not _is_nothing(stored, old_end, link.old, new, new_end, link.new):
            yield _Between(_side(stored, old_end, link.old), _side(new, new_end, link.new))
        for pieces, first, end in ((stored, link.old, link.old_end), (new, link.new, link.new_end)):
            inside = [_side(pieces, number, number) for number in range(first + 1, end)]
            if any(side.items for side in inside):
                nothing = _Side([], [], [], has_words=True)
                for side in inside:
                    yield _Between(side._replace(has_words=True), nothing)
        old_end, new_end = link.old_end, link.new_end
    olds, news = len(stored.words) - last, len(new.words) - last
    if not _is_nothing(stored, old_end, olds, new, new_end, news):
        yield _Between(_side(stored, old_end, olds), _side(new, new_end, news))


def _is_nothing(
    stored: Pieces, old_first: int, old_end: int, new: Pieces, new_first: int, new_end: int
) -> bool:
    """Whether nothing but words stands between words that stay, or the same text without codes, as before most."""
    if 0 < old_first == old_end < len(stored.words) and 0 < new_first == new_end < len(new.words):
        old, other = stored.words[old_end], new.words[new_end]
        if (
            old - 1 == stored.words[old_end - 1] and other - 1 == new.words[new_end - 1]
        ):  # as between most words
            gap = stored.text[stored.end(old - 1) : stored.starts[old]]
            return gap == new.text[new.end(other - 1) : new.starts[other]]
    begin, behind, place, stop = _range(stored, old_first, old_end)
    new_begin, new_behind, new_place, new_stop = _range(new, new_first, new_end)
    if old_first != old_end or new_first != new_end:
        return behind - begin == old_end - old_first and new_behind - new_begin == new_end - new_first
    if stored.text[place:stop] != new.text[new_place:new_stop]:
        return False
    olds, news = stored.pieces[begin:behind], new.pieces[new_begin:new_behind]
    return (not olds and not news) or (
        len(olds) == len(news)
        and all(
            old.key == other.key and not old.code and not other.code
            for old, other in zip(olds, news, strict=True)
        )
    )


def _range(pieces: Pieces, first: int, end: int) -> tuple[int, int, int, int]:
    """From which piece to which, and from where to where in the text: behind the word before ``first`` and before
    the word ``end``."""
    text, all_pieces, starts, words, *_ = pieces
    begin = words[first - 1] + 1 if first else 0
    behind = words[end] if end < len(words) else len(all_pieces)
    place = starts[begin - 1] + len(all_pieces[begin - 1].text) if begin else 0
    stop = starts[behind] if behind < len(starts) else len(text)
    return begin, behind, place, stop


def _side(pieces: Pieces, first: int, end: int) -> _Side:
    """What stands behind the word before ``first`` and before the word ``end``."""
    begin, behind, place, stop = _range(pieces, first, end)
    words = {*pieces.words[first:end]}
    items, access_keys, gaps = [], [], [""]
    for index in range(begin, behind):
        piece = pieces.pieces[index]
        if piece.kind == "hyphen":
            continue
        gaps[-1] += pieces.text[place : pieces.starts[index]]
        place = pieces.end(index)
        if piece.kind == "access key":
            access_keys.append(piece.text)
        elif index not in words:
            items.append(piece)
            gaps.append("")
    gaps[-1] += pieces.text[place:stop]
    return _Side(items, gaps, access_keys, has_words=first != end)


def _gap(result: Differences, old: str, new: str) -> None:
    """Compare white space, and hyphens between words."""
    if old == new:
        return
    plain_old, plain_new = plain_typography(old), plain_typography(new)
    is_writing = plain_old == plain_new or "-" in plain_old or "-" in plain_new
    result.counts["typography" if is_writing else "white space"] += 1


def _without_codes(side: _Side) -> str:
    return re.sub(r"\s+", " ", "".join(side.gaps))


def _is_same_mark(old: Piece, new: Piece) -> bool:
    return old.key == new.key


# ------------------------------------------------------------------------------------------------- codes


def _code_kind(placed: tuple[int, Piece]) -> str:
    _, piece = placed
    return piece.key if piece.code else "</>" if piece.text.startswith("</") else "<>"


def _is_same_code(old: Piece, new: Piece) -> bool:
    if old.code is None or new.code is None:
        return nfc(old.text) == nfc(new.text)
    return same_code(old.code, new.code) and old.depth == new.depth


def same_code(stored: Code, new: Code) -> bool:
    """Whether two codes do the same: equal native code where both have it, else equal names and attributes.

    >>> from tm.model import Code
    >>> same_code(Code(0, "open", "g", (("id", "1"),)), Code(0, "open", "g", (("id", "2"),)))
    True
    """
    if stored.content is not None and new.content is not None:
        return stored.content.text == new.content.text
    return stored.name == new.name and _meaning(stored.attributes) == _meaning(new.attributes)


def _meaning(attributes: Attributes) -> list[tuple[str, str]]:
    return sorted(pair for pair in attributes if pair[0] not in _NUMBERING)
