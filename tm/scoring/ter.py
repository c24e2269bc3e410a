"""Translation edit rate: the edits of words and the moves of phrases that turn a translation into its
reference.

Snover et al. (2006), "A Study of Translation Edit Rate with Targeted Human Annotation". The answer is that of
sacrebleu (Tercom's search: greedy, one move at a time, each the one that saves most) to the last edit.

1. ``edits`` makes a character of each word (``_Goal.letters``) and takes the best move again and again.
2. ``_best_move`` tries to move each of the ``_common_phrases`` to where the ``_alignment`` puts its like.
3. ``_Goal.distance`` says what is left to edit after a move; ``_moved`` makes the moved text.

>>> edits("a velha ponte dorme".split(), "a ponte velha dorme bem".split())  # one move, one word put in
2

What is done differently:

a) A move is tried by the plain Levenshtein distance of rapidfuzz first. sacrebleu's own distance stays within
   a beam of 25 words around the diagonal; so it is never smaller, and up to a distance of 24 it is equal,
   since a path that leaves the beam costs more than that. Only what could be the best move, at a greater
   distance, goes through the beam.
b) Where as many words differ as the two bags of words differ, no move can save anything, and none is looked
   for.
c) The alignment is read from the bit vectors of Hyyrö (2003), which give a row of the matrix in a dozen
   operations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.lib_ter import BeamEditDistance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 10
"""Words of a moved phrase at most; Tercom's."""
FARTHEST = 50
"""Words at most between a phrase and its like in the reference; Tercom's."""
TRIED = 1000
"""Moves that are tried for one segment; the round that reaches this number makes no move. sacrebleu's."""
BEAM = 25
"""Words to either side of the diagonal; sacrebleu's."""


def edits(translation: Sequence[str], reference: Sequence[str]) -> int:
    """How many words must be put in, taken out or replaced, and how many phrases moved.

    >>> edits("a velha ponte".split(), "a ponte velha".split())
    1
    >>> edits("a ponte".split(), [])
    2
    """
    if not reference:
        return len(translation)
    goal = _Goal(reference)
    text = goal.letters(translation)
    distance, moves, tried = goal.distance(text), 0, 0
    least = max(len(text), len(goal.text)) - (Counter(text) & Counter(goal.text)).total()
    while distance > least:
        best, tried = _best_move(text, goal, distance, tried)
        if tried >= TRIED or best is None:
            break
        text, distance, moves = best.text, distance - best.saves, moves + 1
    return moves + distance


class _Goal:
    """The reference, each of its words as one character."""

    def __init__(self, words: Sequence[str]) -> None:
        self._letters: dict[str, str] = {}
        self._beam = BeamEditDistance(list(words))
        self.text = self.letters(words)
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, letter in enumerate(self.text):
            self.places[letter].append(place)

    def letters(self, words: Sequence[str]) -> str:
        """The words as characters, the same one for the same word; beyond the surrogates, which are no
        characters.

        >>> goal = _Goal(["a", "ponte"])
        >>> goal.letters(["ponte", "a"]) == goal.text[::-1]
        True
        """
        letters = self._letters
        return "".join(letters.setdefault(word, chr(0x10000 + len(letters))) for word in words)

    def beam(self, text: str) -> tuple[int, str]:
        """The distance as sacrebleu has it, and its operations: d takes a word out, i puts one in."""
        words = {letter: word for word, letter in self._letters.items()}
        distance, operations = self._beam([words[letter] for letter in text])
        return int(distance), operations

    def distance(self, text: str, at_most: int | None = None) -> int:
        """The distance as sacrebleu has it; when that is greater than ``at_most``, any greater number."""
        plain = Levenshtein.distance(text, self.text, score_cutoff=at_most)
        if plain < BEAM or (at_most is not None and plain > at_most):
            return plain
        return self.beam(text)[0]


class _Move(NamedTuple):
    """A phrase that is moved. The greatest is the best, in Tercom's order: most saved, longest, first, to the
    start."""

    saves: int
    length: int
    minus_start: int
    minus_place: int
    text: str


def _best_move(text: str, goal: _Goal, distance: int, tried: int) -> tuple[_Move | None, int]:
    """The move that saves most, None when no move saves anything; and how many were tried, earlier ones
    included."""
    align, goal_errors, text_errors = _alignment(text, goal, distance)
    best: _Move | None = None
    for start, place, length in _common_phrases(text, goal):
        end = start + length
        if (
            text_errors[end] == text_errors[start]
            or goal_errors[place + length] == goal_errors[place]
            or start <= align[place] < end
        ):
            continue
        before = -1
        # The phrase may go before its like in the goal, or after any word of that.
        for number in range(place - 1, place + length):
            to = align[number] + 1 if number >= 0 else 0
            if to == before:
                continue
            before = to
            tried += 1
            moved = _moved(text, start, end, to)
            at_most = distance - (best.saves if best else 1)
            remaining = goal.distance(moved, at_most)
            if remaining <= at_most:
                move = _Move(distance - remaining, length, -start, -to, moved)
                best = move if best is None else max(best, move)
        if tried >= TRIED:
            break
    return best, tried


def _common_phrases(text: str, goal: _Goal) -> Iterator[tuple[int, int, int]]:
    """Where each phrase that both have stands in the text and in the goal, and its length in words."""
    for start, letter in enumerate(text):
        for place in goal.places.get(letter, ()):
            if abs(place - start) > FARTHEST:
                continue
            for length in range(1, min(LONGEST, len(text) - start, len(goal.text) - place) + 1):
                if text[start + length - 1] != goal.text[place + length - 1]:
                    break
                yield start, place, length


def _moved(text: str, start: int, end: int, to: int) -> str:
    """The text with ``text[start:end]`` put before ``to``; a ``to`` within the phrase counts on behind it, as
    in Tercom.

    >>> _moved("abcde", 0, 2, 4), _moved("abcde", 3, 5, 1), _moved("abcde", 0, 2, 1)
    ('cdabe', 'adebc', 'cabde')
    """
    phrase = text[start:end]
    if to < start:
        return text[:to] + phrase + text[to:start] + text[end:]
    if to > end:
        return text[:start] + text[end:to] + phrase + text[to:]
    behind = to + end - start
    return text[:start] + text[end:behind] + phrase + text[behind:]


# ------------------------------------------------------------------------------------------------- alignment


def _alignment(text: str, goal: _Goal, distance: int) -> tuple[list[int], list[int], list[int]]:
    """Which word of the text each word of the goal is set against, and the errors before each place of both.

    A word of the goal that the text does not have is set against the word before, -1 at the beginning.
    """
    operations = _operations(text, goal.text) if distance < BEAM else goal.beam(text)[1]
    at = -1
    align, goal_errors, text_errors = [], [], []
    for operation in operations:
        if operation != "i":
            at += 1
            text_errors.append(operation != " ")
        if operation != "d":
            align.append(at)
            goal_errors.append(operation != " ")
    return align, [0, *accumulate(goal_errors)], [0, *accumulate(text_errors)]


def _operations(text: str, goal: str) -> str:
    """From text to goal by the fewest edits: " " keep, s replace, d take out, i put in; preferred in this
    order.

    >>> _operations("abcd", "acde"), _operations("abc", "acd")
    (' d  i', ' ss')
    """
    mask = (1 << len(goal)) - 1
    places: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(goal):
        places[letter] |= 1 << place
    plus, minus = mask, 0
    rows = []
    for letter in text:
        same = places.get(letter, 0)
        diagonal = ((((same & plus) + plus) ^ plus) | same | minus) & mask
        across = (minus | ~(diagonal | plus)) & mask
        rows.append((diagonal, across))
        shifted = across << 1 | 1
        plus, minus = ((diagonal & plus) << 1 | ~(diagonal | shifted)) & mask, shifted & diagonal & mask
    operations = []
    row, column = len(text), len(goal)
    while row and column:
        diagonal, across = rows[row - 1]
        bit = 1 << (column - 1)
        if text[row - 1] == goal[column - 1]:
            operation = " "
        elif not diagonal & bit:
            operation = "s"
        else:
            operation = "d" if across & bit else "i"
        operations.append(operation)
        row -= operation != "i"
        column -= operation != "d"
    return "i" * column + "d" * row + "".join(reversed(operations))
