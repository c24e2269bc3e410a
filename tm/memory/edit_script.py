"""The edits between two segments: the alignment of their words, with the marks and codes between them.

1. ``_kept`` links pieces: the words that stay, and between them the marks and codes that are equal.
2. ``_spans`` makes parts of one kind, ``edit_script`` joins them: each piece goes with the white space after it.

>>> from tm.memory.pieces import aligned, pieces_of
>>> from tm.model import Segment
>>> stored, new = pieces_of(Segment("Oui, un mot."), "fr"), pieces_of(Segment("Oui, deux."), "fr")
>>> [(edit.operation, edit.stored, edit.new) for edit in edit_script(stored, new, aligned(stored, new)[0])]
[('equal', 'Oui, ', 'Oui, '), ('replace', 'un mot', 'deux'), ('equal', '.', '.')]
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language import nfc
from tm.memory.shortest import links
from tm.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.memory.pieces import Link, Piece, Pieces

Operation = Literal["equal", "insert", "delete", "replace"]


def edit_script(stored: Pieces, new: Pieces, alignment: Sequence[Link]) -> Iterator[Edit]:
    """The spans of one kind, joined.

    Args:
        stored: the pieces of one text.
        new: of the other one.
        alignment: which words stay (``pieces.aligned``).
    """
    olds, news = stored.pieces, new.pieces
    if not olds or not news:
        operation: Operation = "insert" if not stored.text else "delete" if not new.text else "replace"
        yield Edit(operation, stored.text, new.text)
        return
    old_bounds, new_bounds = _bounds(stored), _bounds(new)
    joined: list[_Span] = []
    for span in _spans(olds, news, _kept(stored, new, alignment)):
        if joined and (joined[-1].operation == "equal") == (span.operation == "equal"):
            joined[-1] = joined[-1].joined(span)
        else:
            joined.append(span)
    for span in joined:
        before = stored.text[old_bounds[span.old] : old_bounds[span.old_end]]
        after = new.text[new_bounds[span.new] : new_bounds[span.new_end]]
        if before or after:
            yield Edit(span.operation, before, after)


class _Span(NamedTuple):
    """Neighbouring pieces of both sides with one operation."""

    operation: Operation
    old: int
    old_end: int
    new: int
    new_end: int

    def joined(self, after: _Span) -> _Span:
        """This span and the next one as one.

        >>> _Span("delete", 0, 1, 0, 0).joined(_Span("insert", 1, 1, 0, 2))
        _Span(operation='replace', old=0, old_end=1, new=0, new_end=2)
        """
        operation = self.operation if self.operation == after.operation else "replace"
        return _Span(operation, self.old, after.old_end, self.new, after.new_end)


def _spans(olds: Sequence[Piece], news: Sequence[Piece], kept: Sequence[tuple[int, int]]) -> Iterator[_Span]:
    """What stands between kept pieces, and each of these. One that is written otherwise is replaced."""
    old_end = new_end = 0
    for old, new in [*kept, (len(olds), len(news))]:
        if old_end < old or new_end < new:
            operation: Operation = "insert" if old_end == old else "delete" if new_end == new else "replace"
            yield _Span(operation, old_end, old, new_end, new)
        if old < len(olds):
            is_equal = nfc(olds[old].text) == nfc(news[new].text)
            yield _Span("equal" if is_equal else "replace", old, old + 1, new, new + 1)
        old_end, new_end = old + 1, new + 1


def _kept(stored: Pieces, new: Pieces, alignment: Sequence[Link]) -> list[tuple[int, int]]:
    """The indexes of pieces that stay, words or not; compounds written otherwise do not."""
    words = [
        (stored.words[link.old], new.words[link.new])
        for link in alignment
        if link.old_end - link.old == link.new_end - link.new == 1
    ]
    kept, old_end, new_end = [], 0, 0
    for old, after in [*words, (len(stored.pieces), len(new.pieces))]:
        between = links(
            stored.pieces[old_end:old], new.pieces[new_end:after], key=attrgetter("key"), are_equal=_are_equal
        )
        kept += [(old_end + index, new_end + place) for index, place in between]
        kept.append((old, after))
        old_end, new_end = old + 1, after + 1
    return kept[:-1]


def _are_equal(old: Piece, new: Piece) -> bool:
    return old.kind == new.kind and old.key == new.key and old.kind in ("mark", "code", "tag", "hyphen")


def _bounds(pieces: Pieces) -> list[int]:
    """Where each piece begins, with the first at 0 and the text's end behind the last."""
    return [0, *pieces.starts[1:], len(pieces.text)]
