"""How alike two segments are, in percent, with the reasons: base, penalties, edits.

The words decide the base, 1 - Levenshtein / the longer length over key tokens (numbers as NUM, codes by
kind). What words do not show (case, white space, typography, which number, which code) is subtracted, so that
95 to 99 means *the words are the same* and 100 means *the text is the same*. docs/metrics.md explains each
step with an example.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from tm.language import fold, nfc, plain_typography, tokens
from tm.language.tokens import NUMBER_KEY
from tm.model import Edit, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.language.tokens import Kind
    from tm.model import Attributes, Code

EQUAL_WORDS = 95
"""Equal words never get less, other words always do."""

AT_MOST = 100 - EQUAL_WORDS
"""All penalties together, so that the words stay what counts most."""

KINDS = ("case", "white space", "typography", "numbers", "codes")
"""Of differences between equal words, in the order in which they are subtracted."""

NUMBER, NUMBERS_AT_MOST = 2, 5
CODE, CODES_AT_MOST = 1, 3

Operation = Literal["equal", "insert", "delete", "replace"]

_fold = functools.lru_cache(maxsize=1 << 14)(fold)

_NUMBERING = frozenset({"i", "x", "id", "rid", "pos"})
"""Attributes by which a format counts its codes; the same code has other ones in the next file."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two segments are.

    Attributes:
        percent: 0–100.
        base: 0–100, the likeness of the words alone, rounded down.
        penalties: what was subtracted and why, together 5 at most.
        numbers: of the same words, the pairs of numbers (stored, new) that differ.
    """

    percent: int
    base: int
    penalties: tuple[tuple[str, int], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()


def likeness(stored: Segment, new: Segment, language: str = "") -> Likeness:
    """Compare a segment of the memory with a new one.

    >>> from tm.model import Segment
    >>> likeness(Segment("Fermez la porte."), Segment("Fermez la fenêtre."), "fr").percent
    75
    >>> found = likeness(Segment("Fermez la porte."), Segment("fermez  la porte."), "fr")
    >>> found.percent, found.penalties
    (98, (('case', 1), ('white space', 1)))
    """
    if same(stored, new):
        return Likeness(100, 100)
    olds, news, steps = _aligned(stored, new, language)
    longer = max(len(olds), len(news))
    distance = sum(max(step.old_end - step.old, step.new_end - step.new) for step in steps if not step.equal)
    base = 100 * (longer - distance) // longer if longer else 100
    differences = _differences(olds, news, steps, (_tail(olds, stored.text), _tail(news, new.text)))
    penalties = differences.penalties()
    lost = sum(amount for _, amount in penalties)
    percent = 100 - lost if not distance else max(0, min(EQUAL_WORDS - 1, base - lost))
    return Likeness(percent, base, penalties, tuple(differences.numbers))


def edits(stored: Segment, new: Segment, language: str = "") -> tuple[Edit, ...]:
    """What separates a segment of the memory from a new one, by the alignment that the percent comes from.

    All parts joined are the two texts; equal and other parts take turns.

    >>> from tm.model import Segment
    >>> [(edit.stored, edit.new) for edit in edits(Segment("Fermez la porte."), Segment("Fermez la fenêtre."), "fr")]
    [('Fermez la ', 'Fermez la '), ('porte', 'fenêtre'), ('.', '.')]
    """
    if same(stored, new):
        return (Edit("equal", stored.text, new.text),) if new.text else ()
    return tuple(_edits(stored.text, new.text, *_aligned(stored, new, language)))


@functools.lru_cache(maxsize=64)  # the edits of the best matches are asked for after all percents are known
def _aligned(stored: Segment, new: Segment, language: str) -> tuple[list[_Piece], list[_Piece], list[_Step]]:
    olds, news = _pieces(stored, language), _pieces(new, language)
    return olds, news, _steps([piece.key for piece in olds], [piece.key for piece in news])


def same(stored: Segment, new: Segment) -> bool:
    """Whether two segments are 100 percent alike: equal text (after NFC) with equal codes."""
    if nfc(stored.text) != nfc(new.text) or len(stored.codes) != len(new.codes):
        return False
    codes = zip(_in_order(stored.codes), _in_order(new.codes), strict=True)
    return all(
        one.kind == other.kind
        and nfc(stored.text[: one.position]) == nfc(new.text[: other.position])
        and same_code(one, other)
        for one, other in codes
    )


def _in_order(codes: Sequence[Code]) -> list[Code]:
    return sorted(codes, key=lambda code: code.position)


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


# ------------------------------------------------------------------------------------------------- pieces


class _Piece(NamedTuple):
    """A token or a code, with the white space before it.

    ``start`` and ``end`` are where it stands in the text; a code has no length. ``depth`` is how many
    characters of the token before a code stand behind it.
    """

    key: str
    kind: Kind
    text: str
    gap: str
    start: int
    end: int
    code: Code | None = None
    depth: int = 0


@functools.lru_cache(maxsize=64)  # the new segment is compared with many stored ones
def _pieces(segment: Segment, language: str) -> list[_Piece]:
    """The pieces whose keys are ``tm.language.key_tokens``, in the same order."""
    text, codes = segment.text, _in_order(segment.codes)
    pieces: list[_Piece] = []
    end = done = 0
    for token in tokens(text, language):
        key = NUMBER_KEY if token.kind == "number" else _fold(token.text)
        while done < len(codes) and codes[done].position <= token.start:
            pieces.append(_code_piece(codes[done], text, end))
            end = pieces[-1].end
            done += 1
        pieces.append(_Piece(key, token.kind, token.text, text[end : token.start], token.start, token.end))
        end = token.end
    for code in codes[done:]:
        pieces.append(_code_piece(code, text, end))
        end = pieces[-1].end
    return pieces


def _code_piece(code: Code, text: str, end: int) -> _Piece:
    """The piece of a code that follows what ends there."""
    place = max(end, code.position)
    return _Piece(
        f"\x01{code.kind}", "code", "", text[end:place], place, place, code, depth=max(0, end - code.position)
    )


class _Step(NamedTuple):
    """A stretch of the alignment: old[old:old_end] against new[new:new_end]."""

    equal: bool
    old: int
    old_end: int
    new: int
    new_end: int


def _steps(olds: list[str], news: list[str]) -> list[_Step]:
    from rapidfuzz.distance import Levenshtein

    steps = Levenshtein.opcodes(olds, news)
    return [
        _Step(step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in steps
    ]


# ------------------------------------------------------------------------------------------------- penalties


class _Differences:
    """What differs between words that are the same."""

    def __init__(self) -> None:
        self.case = self.space = self.typography = False
        self.codes = 0
        self.numbers: list[tuple[str, str]] = []

    def penalties(self) -> tuple[tuple[str, int], ...]:
        amounts = (
            int(self.case),
            int(self.space),
            int(self.typography),
            min(NUMBER * len(self.numbers), NUMBERS_AT_MOST),
            min(CODE * self.codes, CODES_AT_MOST),
        )
        left, found = AT_MOST, []
        for kind, amount in zip(KINDS, amounts, strict=True):
            taken = min(amount, left)
            left -= taken
            if taken:
                found.append((kind, taken))
        return tuple(found)

    def gap(self, old: str, new: str) -> None:
        if old == new:
            return
        if plain_typography(old) == plain_typography(new):
            self.typography = True
        else:
            self.space = True

    def piece(self, old: _Piece, new: _Piece) -> None:
        if old.code is not None or new.code is not None:
            alike = old.code is not None and new.code is not None and same_code(old.code, new.code)
            self.codes += not alike or old.depth != new.depth
            return
        if old.text == new.text:
            return
        one, other = nfc(old.text), nfc(new.text)
        if one == other:
            return
        if plain_typography(one) == plain_typography(other):
            self.typography = True
        elif old.kind == new.kind == "number":
            self.numbers.append((old.text, new.text))
        else:
            self.case = True
            self.typography |= one.casefold() != other.casefold()


def _differences(
    olds: list[_Piece], news: list[_Piece], steps: list[_Step], tails: tuple[str, str]
) -> _Differences:
    found = _Differences()
    if not olds and not news:
        found.gap(*tails)
    for step in steps:
        if not step.equal:
            continue
        pairs = zip(olds[step.old : step.old_end], news[step.new : step.new_end], strict=True)
        for number, (old, new) in enumerate(pairs):
            found.piece(old, new)
            # The space before a stretch belongs to the words there, which differ, but for the two beginnings.
            if number or step.old == step.new == 0:
                found.gap(old.gap, new.gap)
        if step.old_end == len(olds) and step.new_end == len(news):
            found.gap(*tails)
    return found


# ------------------------------------------------------------------------------------------------- edits


def _edits(
    stored: str, new: str, olds: list[_Piece], news: list[_Piece], steps: list[_Step]
) -> Iterator[Edit]:
    """Each piece with the white space after it, neighbours of one kind together; the parts joined are the two
    texts."""
    if not olds or not news:
        operation: Operation = "insert" if not stored else "delete" if not new else "replace"
        yield Edit(operation, stored, new)
        return
    old_bounds, new_bounds = _bounds(olds, stored), _bounds(news, new)
    runs: list[_Run] = []
    for step in steps:
        for run in _runs(step, olds, news):
            if runs and (runs[-1].operation == "equal") == (run.operation == "equal"):
                runs[-1] = runs[-1].joined(run)
            else:
                runs.append(run)
    for run in runs:
        before = stored[old_bounds[run.old] : old_bounds[run.old_end]]
        after = new[new_bounds[run.new] : new_bounds[run.new_end]]
        if before or after:
            yield Edit(run.operation, before, after)


class _Run(NamedTuple):
    operation: Operation
    old: int
    old_end: int
    new: int
    new_end: int

    def joined(self, after: _Run) -> _Run:
        operation = self.operation if self.operation == after.operation else "replace"
        return _Run(operation, self.old, after.old_end, self.new, after.new_end)


def _runs(step: _Step, olds: list[_Piece], news: list[_Piece]) -> Iterator[_Run]:
    if not step.equal:
        operation: Operation = (
            "insert" if step.old == step.old_end else "delete" if step.new == step.new_end else "replace"
        )
        yield _Run(operation, step.old, step.old_end, step.new, step.new_end)
        return
    pairs = zip(olds[step.old : step.old_end], news[step.new : step.new_end], strict=True)
    old, new = step.old, step.new
    for alike, some in groupby(pairs, key=lambda pair: nfc(pair[0].text) == nfc(pair[1].text)):
        count = len(list(some))
        yield _Run("equal" if alike else "replace", old, old + count, new, new + count)
        old, new = old + count, new + count


def _tail(pieces: list[_Piece], text: str) -> str:
    return text[pieces[-1].end :] if pieces else text


def _bounds(pieces: list[_Piece], text: str) -> list[int]:
    return [0, *(piece.start for piece in pieces[1:]), len(text)]
