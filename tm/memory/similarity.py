"""How alike two segments are, in percent, with the reasons: base, penalties, changes.

1. ``likeness`` is 100 for segments that are the ``same``.
2. ``pieces.py`` cuts both texts into words, marks and inline codes, and sets the words against each other
   (Levenshtein). The base is 1 - distance / the longer length, in words.
3. ``differences.py`` says what else differs: case, white space, typography, marks, numbers, placeholders, codes.
   Each kind costs a penalty, all together ``AT_MOST``, so that 95 to 99 means *the words are the same* and 100
   *the text is the same*.
4. ``edits`` gives the same alignment as parts of the two texts (``edit_script.py``).

docs/metrics.md explains each step with an example.

>>> stored, new = Segment("Ouvrez 3 portes."), Segment("ouvrez 12 portes !")
>>> alike = likeness(stored, new, "fr")
>>> alike.base, alike.percent, alike.penalties
(100, 96, (('case', 1), ('marks', 1), ('numbers', 2)))
>>> alike.changes
(Change(kind='number', stored='3', new='12'),)
>>> [(edit.operation, edit.stored, edit.new) for edit in edits(stored, new, "fr")]
[('replace', 'Ouvrez 3 ', 'ouvrez 12 '), ('equal', 'portes', 'portes '), ('replace', '.', '!')]
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tm.language import nfc
from tm.memory.between import same_code
from tm.memory.differences import differences, least_penalty
from tm.memory.edit_script import edit_script
from tm.memory.penalties import AT_MOST, KINDS, Change
from tm.memory.pieces import aligned, pieces_of
from tm.model import Edit, Segment
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.memory.pieces import Link, Pieces
    from tm.model import Code

__all__ = [
    "AT_MOST",
    "EQUAL_WORDS",
    "KINDS",
    "Change",
    "Likeness",
    "edits",
    "edits_of_same",
    "likeness",
    "most_alike",
    "same",
    "same_code",
]

EQUAL_WORDS = 100 - AT_MOST
"""Segments with equal words get so much at least, all others less."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two segments are.

    Attributes:
        percent: 0–100.
        base: 0–100, the likeness of the words alone, rounded down.
        penalties: what was subtracted and why, together ``AT_MOST``.
        changes: numbers, placeholders, addresses and names in code that differ, in order.
    """

    percent: int
    base: int
    penalties: tuple[tuple[str, int], ...] = ()
    changes: tuple[Change, ...] = ()


@functools.lru_cache(maxsize=64)  # of the best matches it is asked for again, for what is put in
def likeness(stored: Segment, new: Segment, language: str = "") -> Likeness:
    """Compare a segment of the memory with a new one.

    >>> from tm.model import Segment
    >>> likeness(Segment("Fermez la porte."), Segment("Fermez la fenêtre."), "fr").percent
    66
    >>> alike = likeness(Segment("Fermez la porte."), Segment("fermez  la porte."), "fr")
    >>> alike.percent, alike.penalties
    (98, (('case', 1), ('white space', 1)))
    """
    if same(stored, new):
        return Likeness(100, 100)
    olds, news, alignment, distance = _aligned(stored, new, language)
    longer = max(len(olds.words), len(news.words))
    base = 100 * (longer - distance) // longer if distance else 100
    found = differences(olds, news, alignment)
    penalties = found.penalties()
    if not distance and not penalties:
        penalties = (("typography", 1),)
    penalty = sum(amount for _, amount in penalties)
    percent = max(0, min(EQUAL_WORDS - 1, base - penalty)) if distance else 100 - penalty
    return Likeness(percent, base, penalties, tuple(found.changes))


def most_alike(stored: Segment, new: Segment, language: str = "") -> int:
    """The most percent that ``likeness`` can have of two segments that have the same words and are not the same.

    It takes a tenth of the time.

    >>> from tm.model import Segment
    >>> stored, new = Segment("Ouvrez 3 portes !"), Segment("ouvrez 12 portes")
    >>> most_alike(stored, new, "fr"), likeness(stored, new, "fr").percent
    (97, 96)
    """
    return 100 - least_penalty(pieces_of(stored, language), pieces_of(new, language))


def edits(stored: Segment, new: Segment, language: str = "") -> tuple[Edit, ...]:
    """What separates a segment of the memory from a new one, by the alignment that the percent comes from.

    All parts joined are the two texts; equal and different parts take turns.

    >>> from tm.model import Segment
    >>> stored, new = Segment("Fermez la porte."), Segment("Fermez la fenêtre.")
    >>> [(edit.stored, edit.new) for edit in edits(stored, new, "fr")]
    [('Fermez la ', 'Fermez la '), ('porte', 'fenêtre'), ('.', '.')]
    """
    if same(stored, new):
        return edits_of_same(stored, new)
    olds, news, alignment, _ = _aligned(stored, new, language)
    return tuple(edit_script(olds, news, alignment))


def edits_of_same(stored: Segment, new: Segment) -> tuple[Edit, ...]:
    """``edits`` of segments that are the ``same``.

    >>> from tm.model import Segment
    >>> edits_of_same(Segment("oui"), Segment("oui"))
    (Edit(operation='equal', stored='oui', new='oui'),)
    """
    return (Edit("equal", stored.text, new.text),) if new.text else ()


@functools.lru_cache(maxsize=64)  # the edits of the best matches are asked for after all percents are known
def _aligned(stored: Segment, new: Segment, language: str) -> tuple[Pieces, Pieces, list[Link], int]:
    olds, news = pieces_of(stored, language), pieces_of(new, language)
    return olds, news, *aligned(olds, news)


def same(stored: Segment, new: Segment) -> bool:
    """Whether two segments are 100 percent alike: equal text (after NFC) with equal codes.

    >>> same(Segment("\u00e9t\u00e9"), Segment("e\u0301te\u0301")), same(Segment("Oui"), Segment("oui"))
    (True, False)
    """
    is_text_equal = stored.text == new.text or nfc(stored.text) == nfc(new.text)
    if not is_text_equal or len(stored.codes) != len(new.codes):
        return False
    if not new.codes:
        return True
    codes = zip(_in_order(stored.codes), _in_order(new.codes), strict=True)
    return all(
        old_code.kind == new_code.kind
        and nfc(stored.text[: old_code.position]) == nfc(new.text[: new_code.position])
        and same_code(old_code, new_code)
        for old_code, new_code in codes
    )


def _in_order(codes: Sequence[Code]) -> list[Code]:
    return sorted(codes, key=lambda code: code.position)
