"""What stands between the words of two segments, compared: marks, codes, white space.

1. ``compare`` goes from one pair of words that stay to the next. Most have the same between them (``_is_nothing``).
2. Among other words only marks count (``_other_words``), unless there are codes.
3. ``_Between`` compares all that stands between the same words of both texts.

>>> from tm.memory.pieces import aligned, pieces_of
>>> from tm.memory.penalties import Differences
>>> from tm.model import Segment
>>> stored, new, found = pieces_of(Segment("Oui, 3."), "fr"), pieces_of(Segment("Oui 3 !"), "fr"), Differences()
>>> compare(found, stored, new, aligned(stored, new)[0])
>>> found.penalties()
(('marks', 2),)
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tm.language import nfc, plain_typography
from tm.language.keys import WORDS
from tm.memory.penalties import Change
from tm.memory.shortest import distance, links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.memory.penalties import Differences
    from tm.memory.pieces import Link, Piece, Pieces
    from tm.model import Attributes, Code

_NUMBERING = frozenset({"i", "x", "id", "rid", "pos"})
"""Attributes by which a format counts its codes; they differ from file to file."""

_NO_ITEMS = WORDS | {"hyphen"}
"""Kinds of what does not count beside words."""


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
        other_marks = _compare_marks(result, self.old.marks(), self.new.marks())
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
            result.counts["codes"] += moved or not is_same_code(old, new)
            if old.kind == "tag" and old.folded != new.folded:
                result.changes.append(Change("placeholder", old.text, new.text))
        return are_placed


def compare(
    result: Differences,
    stored: Pieces,
    new: Pieces,
    alignment: Sequence[Link],
    first: int = 0,
    last: int = 0,
) -> None:
    """Note what differs before the first words that stay, between them, behind the last; and inside compounds. The
    ``first`` and the ``last`` words of both texts are left out.

    >>> from tm.memory.pieces import aligned, pieces_of
    >>> from tm.memory.penalties import Differences
    >>> from tm.model import Segment
    >>> stored, new, found = pieces_of(Segment("Oui  3"), "fr"), pieces_of(Segment("Oui 3"), "fr"), Differences()
    >>> compare(found, stored, new, aligned(stored, new)[0])
    >>> found.penalties()
    (('white space', 1),)
    """
    old_end = new_end = first
    for link in alignment:
        _compare(result, stored, old_end, link.old, new, new_end, link.new)
        old_end, new_end = link.old_end, link.new_end
        if old_end - link.old > 1 or new_end - link.new > 1:
            _inside(result, stored, link.old, old_end)
            _inside(result, new, link.new, new_end)
    _compare(result, stored, old_end, len(stored.words) - last, new, new_end, len(new.words) - last)


def _inside(result: Differences, pieces: Pieces, first: int, end: int) -> None:
    """Note what stands inside a compound."""
    inside = [_side(pieces, number, number) for number in range(first + 1, end)]
    if any(side.items for side in inside):
        nothing = _Side([], [], [], has_words=True)
        for side in inside:
            _Between(side._replace(has_words=True), nothing).compare(result)


def _compare(
    result: Differences,
    stored: Pieces,
    old_first: int,
    old_end: int,
    new: Pieces,
    new_first: int,
    new_end: int,
) -> None:
    """Note what differs between the words before ``old_first`` and ``new_first`` and those that stay next."""
    if _is_nothing(stored, old_first, old_end, new, new_first, new_end):
        return
    if old_first != old_end or new_first != new_end:
        olds, news = _among(stored, old_first, old_end), _among(new, new_first, new_end)
        if olds is not None and news is not None:
            _compare_marks(result, olds, news)
            return
    _Between(_side(stored, old_first, old_end), _side(new, new_first, new_end)).compare(result)


def _among(pieces: Pieces, first: int, end: int) -> list[Piece] | None:
    """The marks among words that the other text does not have; None where something else counts too."""
    all_pieces, words = pieces.pieces, pieces.words
    if not pieces.has_words():
        return None
    begin = words[first - 1] + 1 if first else 0
    behind = words[end] if end < len(words) else len(all_pieces)
    marks = [piece for piece in all_pieces[begin:behind] if piece.kind not in _NO_ITEMS]
    return None if any(piece.kind != "mark" for piece in marks) else marks


def _compare_marks(result: Differences, olds: Sequence[Piece], news: Sequence[Piece]) -> int:
    """Note the marks that differ; how many there are only in one text."""
    if not olds or not news:
        others = len(olds) + len(news)
    else:
        pairs = links(olds, news, key=attrgetter("key"), are_equal=_is_same_mark)
        others = distance(olds, news, pairs)
        result.counts["typography"] += sum([nfc(olds[a].text) != nfc(news[b].text) for a, b in pairs])
    result.counts["marks"] += others
    return others


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


def is_same_code(old: Piece, new: Piece) -> bool:
    """Whether two pieces are codes that do the same, or the same tag in the text.

    >>> from tm.memory.pieces import pieces_of
    >>> from tm.model import Segment
    >>> old, new = (pieces_of(Segment(text), "fr").pieces[0] for text in ("<b>", "<i>"))
    >>> is_same_code(old, old), is_same_code(old, new)
    (True, False)
    """
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
