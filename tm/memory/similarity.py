"""How alike two segments are, in percent, with the reasons: base, penalties, edits.

1. ``likeness`` is 100 for segments that are the ``same``.
2. ``_pieces`` cuts both texts into words and inline codes, each with a key that leaves out case, typography,
   the value of numbers and all of a code but its kind.
3. ``_aligned`` sets the keys against each other (Levenshtein). The base is 1 - distance / the longer length.
4. ``_differences`` looks at words with equal keys: case, white space, typography, numbers, codes. Each costs
   a penalty, all together ``AT_MOST``, so that 95 to 99 means *the words are the same* and 100 *the text is
   the same*.
5. ``edits`` gives the same alignment as parts of the two texts (``_spans``).

docs/metrics.md explains each step with an example.

>>> stored, new = Segment("Ouvrez 3 portes."), Segment("ouvrez 12 portes !")
>>> alike = likeness(stored, new, "fr")
>>> alike.base, alike.percent, alike.penalties
(75, 72, (('case', 1), ('numbers', 2)))
>>> alike.changes
(Change(kind='number', stored='3', new='12'),)
>>> [(edit.operation, edit.stored, edit.new) for edit in edits(stored, new, "fr")]
[('replace', 'Ouvrez 3 ', 'ouvrez 12 '), ('equal', 'portes', 'portes '), ('replace', '.', '!')]
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
"""Segments with equal words get so much at least, all others less."""

AT_MOST = 100 - EQUAL_WORDS
"""The most that all penalties take together, so that words count more than anything else."""

KINDS = ("case", "white space", "typography", "numbers", "codes")
"""The kinds of differences between equal words, in the order in which they are subtracted."""

NUMBER, NUMBERS_AT_MOST = 2, 5
CODE, CODES_AT_MOST = 1, 3
"""Penalties of one number and of one code, and of all of them. A wrong number is worse than wrong case or
typography, which cost 1 each however often they differ: a translator who overlooks it changes what the text
says."""

ChangeKind = Literal["number", "placeholder", "address", "code name"]

Operation = Literal["equal", "insert", "delete", "replace"]

_fold = functools.lru_cache(maxsize=1 << 14)(fold)

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


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two segments are.

    Attributes:
        percent: 0–100.
        base: 0–100, the likeness of the words alone, rounded down.
        penalties: what was subtracted and why, together ``AT_MOST``.
        changes: the numbers that differ between equal words, in order.
    """

    percent: int
    base: int
    penalties: tuple[tuple[str, int], ...] = ()
    changes: tuple[Change, ...] = ()


def likeness(stored: Segment, new: Segment, language: str = "") -> Likeness:
    """Compare a segment of the memory with a new one.

    >>> from tm.model import Segment
    >>> likeness(Segment("Fermez la porte."), Segment("Fermez la fenêtre."), "fr").percent
    75
    >>> alike = likeness(Segment("Fermez la porte."), Segment("fermez  la porte."), "fr")
    >>> alike.percent, alike.penalties
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
    penalty = sum(amount for _, amount in penalties)
    percent = 100 - penalty if not distance else max(0, min(EQUAL_WORDS - 1, base - penalty))
    return Likeness(percent, base, penalties, tuple(differences.changes))


def edits(stored: Segment, new: Segment, language: str = "") -> tuple[Edit, ...]:
    """What separates a segment of the memory from a new one, by the alignment that the percent comes from.

    All parts joined are the two texts; equal and different parts take turns.

    >>> from tm.model import Segment
    >>> stored, new = Segment("Fermez la porte."), Segment("Fermez la fenêtre.")
    >>> [(edit.stored, edit.new) for edit in edits(stored, new, "fr")]
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
    """Whether two segments are 100 percent alike: equal text (after NFC) with equal codes.

    >>> same(Segment("\u00e9t\u00e9"), Segment("e\u0301te\u0301")), same(Segment("Oui"), Segment("oui"))
    (True, False)
    """
    if nfc(stored.text) != nfc(new.text) or len(stored.codes) != len(new.codes):
        return False
    codes = zip(_in_order(stored.codes), _in_order(new.codes), strict=True)
    return all(
        old_code.kind == new_code.kind
        and nfc(stored.text[: old_code.position]) == nfc(new.text[: new_code.position])
        and same_code(old_code, new_code)
        for old_code, new_code in codes
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

    Attributes:
        key: what is compared.
        kind: of a token, or "code".
        text: as it is written.
        gap: the white space before it.
        start, end: where it stands in the text; a code has no length.
        code: the code.
        depth: for a code inside a token, how many characters of the token stand behind it.
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
    end = next_code = 0
    for token in tokens(text, language):
        key = NUMBER_KEY if token.kind == "number" else _fold(token.text)
        while next_code < len(codes) and codes[next_code].position <= token.start:
            pieces.append(_code_piece(codes[next_code], text, end))
            end = pieces[-1].end
            next_code += 1
        pieces.append(_Piece(key, token.kind, token.text, text[end : token.start], token.start, token.end))
        end = token.end
    for code in codes[next_code:]:
        pieces.append(_code_piece(code, text, end))
        end = pieces[-1].end
    return pieces


def _code_piece(code: Code, text: str, end: int) -> _Piece:
    """The piece of a code; the piece before it ends at ``end``."""
    start = max(end, code.position)
    return _Piece(
        f"\x01{code.kind}", "code", "", text[end:start], start, start, code, depth=max(0, end - code.position)
    )


class _Step(NamedTuple):
    """A part of the alignment: the stored pieces from ``old`` to ``old_end`` against the new ones from
    ``new`` on."""

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
    """What differs between words with equal keys.

    >>> differences = _Differences()
    >>> differences.gap(" ", "\u00a0")
    >>> for old, new in zip(_pieces(Segment("Un 3"), "fr"), _pieces(Segment("un 4"), "fr")):
    ...     differences.piece(old, new)
    >>> differences.penalties(), differences.changes
    ((('case', 1), ('typography', 1), ('numbers', 2)), [Change(kind='number', stored='3', new='4')])
    """

    def __init__(self) -> None:
        self.case = self.space = self.typography = False
        self.codes = 0
        self.changes: list[Change] = []

    def penalties(self) -> tuple[tuple[str, int], ...]:
        """What to subtract for each kind, in the order of ``KINDS``, ``AT_MOST`` for all together."""
        amounts = (
            int(self.case),
            int(self.space),
            int(self.typography),
            min(NUMBER * len(self.changes), NUMBERS_AT_MOST),
            min(CODE * self.codes, CODES_AT_MOST),
        )
        remaining, penalties = AT_MOST, []
        for kind, amount in zip(KINDS, amounts, strict=True):
            taken = min(amount, remaining)
            remaining -= taken
            if taken:
                penalties.append((kind, taken))
        return tuple(penalties)

    def gap(self, old: str, new: str) -> None:
        """Note how the white space before two words differs."""
        if old == new:
            return
        if plain_typography(old) == plain_typography(new):
            self.typography = True
        else:
            self.space = True

    def piece(self, old: _Piece, new: _Piece) -> None:
        """Note how two words, numbers or codes with equal keys differ."""
        if old.code is not None or new.code is not None:
            is_same = old.code is not None and new.code is not None and same_code(old.code, new.code)
            self.codes += not is_same or old.depth != new.depth
            return
        if old.text == new.text:
            return
        old_text, new_text = nfc(old.text), nfc(new.text)
        if old_text == new_text:
            return
        if plain_typography(old_text) == plain_typography(new_text):
            self.typography = True
        elif old.kind == new.kind == "number":
            self.changes.append(Change("number", old.text, new.text))
        else:
            self.case = True
            self.typography |= old_text.casefold() != new_text.casefold()


def _differences(
    olds: list[_Piece], news: list[_Piece], steps: list[_Step], tails: tuple[str, str]
) -> _Differences:
    differences = _Differences()
    if not olds and not news:
        differences.gap(*tails)
    for step in steps:
        if not step.equal:
            continue
        pairs = zip(olds[step.old : step.old_end], news[step.new : step.new_end], strict=True)
        for index, (old, new) in enumerate(pairs):
            differences.piece(old, new)
            # The space before a step belongs to the different words before it, unless both texts begin here.
            if index or step.old == step.new == 0:
                differences.gap(old.gap, new.gap)
        if step.old_end == len(olds) and step.new_end == len(news):
            differences.gap(*tails)
    return differences


# ------------------------------------------------------------------------------------------------- edits


def _edits(
    stored: str, new: str, olds: list[_Piece], news: list[_Piece], steps: list[_Step]
) -> Iterator[Edit]:
    """The spans of one kind, joined: each piece goes with the white space after it."""
    if not olds or not news:
        operation: Operation = "insert" if not stored else "delete" if not new else "replace"
        yield Edit(operation, stored, new)
        return
    old_bounds, new_bounds = _bounds(olds, stored), _bounds(news, new)
    joined: list[_Span] = []
    for step in steps:
        for span in _spans(step, olds, news):
            if joined and (joined[-1].operation == "equal") == (span.operation == "equal"):
                joined[-1] = joined[-1].joined(span)
            else:
                joined.append(span)
    for span in joined:
        before = stored[old_bounds[span.old] : old_bounds[span.old_end]]
        after = new[new_bounds[span.new] : new_bounds[span.new_end]]
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


def _spans(step: _Step, olds: list[_Piece], news: list[_Piece]) -> Iterator[_Span]:
    """The spans of one step. Pieces with equal keys but different texts are replaced ones here."""
    if not step.equal:
        operation: Operation = (
            "insert" if step.old == step.old_end else "delete" if step.new == step.new_end else "replace"
        )
        yield _Span(operation, step.old, step.old_end, step.new, step.new_end)
        return
    pairs = zip(olds[step.old : step.old_end], news[step.new : step.new_end], strict=True)
    old, new = step.old, step.new
    for is_equal, group in groupby(pairs, key=lambda pair: nfc(pair[0].text) == nfc(pair[1].text)):
        count = len(list(group))
        yield _Span("equal" if is_equal else "replace", old, old + count, new, new + count)
        old, new = old + count, new + count


def _tail(pieces: list[_Piece], text: str) -> str:
    """The white space behind the last piece."""
    return text[pieces[-1].end :] if pieces else text


def _bounds(pieces: list[_Piece], text: str) -> list[int]:
    """Where each piece begins, with the first at 0 and the text's end behind the last."""
    return [0, *(piece.start for piece in pieces[1:]), len(text)]
