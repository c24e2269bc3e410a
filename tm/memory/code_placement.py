"""Inline codes put into a translation that has none of them: where each belongs, or that nobody can tell.

In: the new segment with its codes, a translation, and the codes of the stored pair. Out: the translation with
the codes of the new segment whose place is certain, and those that have none.

1. ``_elements`` takes the codes of the new segment as pairs and single ones.
2. ``_taken_over`` puts those where the stored pair has the same ones: at the place of its translation.
3. ``_Sides.place`` puts a pair, ``_Sides.spot`` a single code: where ``_Sides.border`` sees the same border
   in both texts (at their ends, before or behind what is the same in both, at a colon or bracket), else at
   words that stand once in each: names, numbers, placeholders.
4. ``_nested`` leaves all out where pairs would cross.

>>> from tm.model import Code, Pair, Segment
>>> from tm.direction import Direction
>>> bold = Code(12, "open", "g", (("id", "1"),)), Code(14, "close", "g")
>>> new = Segment("Cliquez sur OK.", bold)
>>> stored = Pair(Segment("Cliquez sur OK."), Segment("Clique em OK."))
>>> placed = place_codes(new, stored.target, stored, Direction("fr", "pt"))
>>> [(code.position, code.kind) for code in placed.codes]
[(10, 'open'), (12, 'close')]
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tm.language import nfc, tokens
from tm.language.languages import language_of
from tm.memory.similarity import same_code
from tm.model import Code, Pair, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.language import Token
    from tm.model import Attributes

_DIVIDERS = frozenset(":()[]–—")
"""Marks that part a text into pieces that stay pieces in a translation."""


_NATIVE = frozenset(("equiv-text", "equiv", "disp"))
"""Attributes of XLIFF that say what a code stands for."""

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][\w:.-]*)(?:\s[^<>]*?)?(?P<empty>/?)>")

_Name: TypeAlias = "tuple[str, str, Attributes, Segment | None]"


class _Element(NamedTuple):
    """A pair of codes, or a single one: the numbers of its codes in the segment."""

    first: int
    last: int


def place_codes(new: Segment, translation: Segment, stored: Pair, direction: Direction) -> Segment:
    """The translation with the codes of the new segment, without those whose place is not certain.

    Args:
        new: the text that is being translated.
        translation: of the stored text, with the codes of the stored translation.
        stored: the pair that the translation comes from.
        direction: from which language into which.
    """
    sides = _Sides(new.text, translation.text, direction)
    taken_over = _taken_over(new, Pair(stored.source, translation))
    places: dict[int, int] = {}
    for element in _elements(new.codes):
        if element.first in taken_over and element.last in taken_over:
            places |= {number: taken_over[number] for number in element}
        elif element.first == element.last:
            spot = sides.spot(new.codes[element.first].position)
            places |= {element.first: spot} if spot is not None else {}
        else:
            place = sides.place(*(new.codes[number].position for number in element))
            places |= dict(zip(element, place, strict=True)) if place else {}
    codes = [replace(new.codes[number], position=places[number]) for number in sorted(places)]
    return Segment(translation.text, _nested(codes))


def _elements(codes: Sequence[Code]) -> list[_Element]:
    """The codes as pairs and single ones, in the order of their beginnings.

    >>> bold, line, end = (Code(0, "alone", "x", (("equiv-text", tag),)) for tag in ("<b>", "<br>", "</b>"))
    >>> _elements([bold, line, end])
    [_Element(first=0, last=2), _Element(first=1, last=1)]
    """
    opened: list[tuple[int, str]] = []
    elements: list[_Element] = []
    for number, code in enumerate(codes):
        kind, name = _half(code)
        partner = next((at for at in reversed(range(len(opened))) if opened[at][1] == name), None)
        if kind == "open":
            opened.append((number, name))
        elif kind == "close" and partner is not None:
            elements.append(_Element(opened[partner][0], number))
            elements += [_Element(inside, inside) for inside, _ in opened[partner + 1 :]]
            del opened[partner:]
        else:
            elements.append(_Element(number, number))
    return sorted(elements + [_Element(number, number) for number, _ in opened])


def _half(code: Code) -> tuple[str, str]:
    """Which half of a pair a code is, and of which: a code that says it is alone may stand for ``<b>`` or ``</b>``.

    >>> _half(Code(0, "alone", "x", (("id", "CLOSE_BOLD_TEXT"), ("equiv-text", "</b>"))))
    ('close', 'b')
    """
    if code.kind != "alone":
        return code.kind, ""
    stands_for = next((value for name, value in code.attributes if name in _NATIVE), "")
    tag = _TAG.fullmatch(code.content.text if code.content else stands_for)
    if not tag or tag["empty"]:
        return "alone", ""
    return "close" if tag["closing"] else "open", tag["name"]


# ------------------------------------------------------------------------------------------- the stored codes


def _taken_over(new: Segment, stored: Pair) -> dict[int, int]:
    """The places of those codes of the new segment that the stored source has at the same place: where its
    translation has them.

    Which codes of the stored translation belong to which of its source is certain where they stand once in
    each; where several are alike the new ones must be alike too.
    """
    source, target = stored.source.codes, stored.target.codes
    matched: dict[_Name, list[_Element]] = {}
    free = _elements(source)
    for element in _elements(new.codes):
        if old := _counterpart(element, new, free, stored.source):
            free.remove(old)
            matched.setdefault(_name(source[old.first]), []).append(element)
    counts = Counter(_name(source[element.first]) for element in _elements(source))
    in_target: dict[_Name, list[_Element]] = {}
    for element in _elements(target):
        in_target.setdefault(_name(target[element.first]), []).append(element)
    places: dict[int, int] = {}
    for name, elements in matched.items():
        first, *others = (new.codes[element.first] for element in elements)
        are_alike = len(elements) == counts[name] and all(same_code(first, code) for code in others)
        if counts[name] == len(in_target.get(name, ())) and are_alike:
            for element, translated in zip(elements, in_target[name], strict=True):
                places |= {
                    number: target[at].position for number, at in zip(element, translated, strict=True)
                }
    return places


def _counterpart(
    element: _Element, new: Segment, free: Sequence[_Element], stored: Segment
) -> _Element | None:
    """The pair or single code of the stored source at the same place, one with equal codes first."""
    at_place = [
        old
        for old in free
        if (old.first == old.last) == (element.first == element.last)
        and all(
            _half(stored.codes[at])[0] == _half(new.codes[number])[0]
            and _at_the_same_place(stored, stored.codes[at], new, new.codes[number])
            for at, number in zip(old, element, strict=True)
        )
    ]
    code = new.codes[element.first]
    return next(
        (old for old in at_place if same_code(stored.codes[old.first], code)), next(iter(at_place), None)
    )


def _name(code: Code) -> _Name:
    return code.kind, code.name, code.attributes, code.content


def _at_the_same_place(stored: Segment, old: Code, new: Segment, code: Code) -> bool:
    """Whether as many words stand before both codes, or behind both."""
    parts = [
        (segment.text[: at.position], segment.text[at.position :])
        for segment, at in ((stored, old), (new, code))
    ]
    return any(len(one.split()) == len(two.split()) for one, two in zip(*parts, strict=True))


# ------------------------------------------------------------------------------------------- the new codes


class _Side:
    """One of the two texts: its tokens as they are compared, and which of them stand once in it."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.tokens = tokens(text, language)
        self.texts = [nfc(token.text) for token in self.tokens]
        self.counts = Counter(self.texts)

    def before(self, position: int) -> int:
        """How many tokens begin before a position."""
        return sum(token.start < position for token in self.tokens)

    def between(self, number: int, *, behind: bool) -> int:
        """The offset between a token and the one before it: behind that one, or before the token itself.

        >>> side = _Side(" oui, non ", "fr")
        >>> [side.between(number, behind=behind) for number in (0, 2, 3) for behind in (True, False)]
        [0, 1, 5, 6, 9, 10]
        """
        if behind:
            return self.tokens[number - 1].end if number else 0
        return self.tokens[number].start if number < len(self.tokens) else len(self.text)


class _Sides:
    """The new text and the translation, with what both have in common."""

    def __init__(self, new: str, translation: str, direction: Direction) -> None:
        self.new = _Side(new, direction.source)
        self.translation = _Side(translation, direction.target)
        self._languages = language_of(direction.source), language_of(direction.target)

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a pair of codes from start to end belongs in the translation; None when nobody can tell."""
        first, last = self.border(start), self.border(end)
        if first is not None and last is not None and first <= last and (first < last) == (start < end):
            return first, last
        marked = slice(self.new.before(start), self.new.before(end))
        texts = self.new.texts[marked]
        if (
            not any(map(self._is_telling, self.new.tokens[marked]))
            or self.new.tokens[marked.stop - 1].end > end
        ):
            return None
        if (
            len(_spots(self.new.texts, texts)) != 1
            or len(spots := _spots(self.translation.texts, texts)) != 1
        ):
            return None
        found = self.translation.tokens[spots[0] : spots[0] + len(texts)]
        return found[0].start, found[-1].end

    def border(self, position: int) -> int | None:
        """Where the translation has the same border between two parts of the text; None when nobody can tell.

        It has where nothing stands before or behind the border, or the very same in both texts, or where a
        mark that parts texts stands once in each.
        """
        new, translation = self.new, self.translation
        number = new.before(position)
        if number and new.tokens[number - 1].end > position:
            return None
        is_behind = position == new.between(number, behind=True)
        head, tail = new.texts[:number], new.texts[number:]
        if head == translation.texts[:number] and self._are_the_same(new.tokens[:number]):
            return translation.between(number, behind=is_behind)
        from_end = len(translation.texts) - len(tail)
        if from_end >= 0 and tail == translation.texts[from_end:] and self._are_the_same(new.tokens[number:]):
            return translation.between(from_end, behind=is_behind)
        if head and self._parts(head[-1]):
            return translation.between(translation.texts.index(head[-1]) + 1, behind=is_behind)
        if tail and self._parts(tail[0]):
            return translation.between(translation.texts.index(tail[0]), behind=is_behind)
        return None

    def spot(self, position: int) -> int | None:
        """Where a single code belongs: at a border, or at a word it touches; None when nobody can tell."""
        if (border := self.border(position)) is not None:
            return border
        new, translation = self.new, self.translation
        number = new.before(position)
        if not 0 < number < len(new.tokens):
            return None
        before, behind = new.tokens[number - 1], new.tokens[number]
        touched = [token for token in (before, behind) if position in (token.start, token.end)]
        for token in touched if len(touched) == 1 else ():
            text = nfc(token.text)
            if self._is_telling(token) and new.counts[text] == translation.counts[text] == 1:
                at = translation.texts.index(text)
                return translation.tokens[at].end if token is before else translation.tokens[at].start
        return None

    def _parts(self, text: str) -> bool:
        return text in _DIVIDERS and self.new.counts[text] == self.translation.counts[text] == 1

    def _are_the_same(self, same: Sequence[Token]) -> bool:
        return all(token.kind == "punctuation" or self._is_telling(token) for token in same)

    def _is_telling(self, token: Token) -> bool:
        """Whether a token of both languages means the same in both: a short word of grammar may not."""
        if token.kind != "word":
            return token.kind != "punctuation"
        word = token.text
        if word != word.lower() or any(map(str.isdigit, word)):
            return len(word) > 1
        return len(word) > 3 and not any(word.casefold() in data.stop_words for data in self._languages)


def _spots(texts: Sequence[str], part: Sequence[str]) -> list[int]:
    return [at for at in range(len(texts) - len(part) + 1) if texts[at : at + len(part)] == part]


def _nested(codes: list[Code]) -> tuple[Code, ...]:
    """The codes in the order of their places; none when pairs would cross.

    >>> first, second = [[Code(at, "open", n), Code(at + 4, "close", n)] for at, n in ((0, "i"), (4, "b"))]
    >>> _nested([*second, *first])[1].name
    'i'
    """
    order = {"close": 0, "alone": 1, "open": 2}
    for ranks in (dict.fromkeys(order, 0), order):
        ordered = sorted(codes, key=lambda code: (code.position, ranks[code.kind]))
        if _are_nested(ordered, codes):
            return tuple(ordered)
    return ()


def _are_nested(ordered: list[Code], codes: list[Code]) -> bool:
    """Whether each pair of the new order was a pair before."""

    def partners(of: list[Code]) -> set[tuple[int, int]]:
        numbers = {id(code): number for number, code in enumerate(codes)}
        return {(numbers[id(of[e.first])], numbers[id(of[e.last])]) for e in _elements(of)}

    return partners(ordered) == partners(codes)
