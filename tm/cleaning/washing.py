"""What is wrong with the units of a memory: each unit by itself, then all of them together.

1. ``Washing.look`` takes the units. ``_own_fault`` looks at each alone, cheap questions first;
   a repair is made before the next question, so that what is repaired is whole.
2. Units that say the same are known by their letters; the best stays.
3. ``Washing.faults`` asks the words and lengths of all others (``translation.py``).

What a person vouches for has no fault; it is better than any duplicate of it.

>>> from tm.direction import Direction
>>> washing = Washing(Direction("fr", "pt"))
>>> for number, (source, target) in enumerate([("Le pain", "O pão"), ("LE PAIN", "O PÃO"), ("été", "verÃ£o")]):
...     washing.look([Washable(number, source, target)])
>>> {number: (fault.kind, fault.repaired) for number, fault in washing.faults().items()}
{1: ('duplicate', None), 2: ('mojibake', ('été', 'verão'))}
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tm import bcp47
from tm.checks import leftovers, mojibake
from tm.checks.check import Job, Translation, checks
from tm.checks.foreign import foreign
from tm.checks.untranslated import is_copy
from tm.choices import check_choice
from tm.cleaning import duplicates, markup
from tm.cleaning.fault import KINDS, Fault
from tm.cleaning.translation import BARS, UNSCORED, Lesson, doubted
from tm.language.detection import detect
from tm.language.protected import without_code
from tm.model import Pair, Segment
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from tm.cleaning.fault import Kind
    from tm.cleaning.translation import Doubt, Scores
    from tm.direction import Direction
    from tm.shelves import Each

    Question = Callable[[str, str, Direction], Fault | None]

_DIGITS = re.compile(r"\d+")
AT_ONCE, WINDOW = 2_000, 16
"""How many units are looked at by themselves at once, and how many such parts while workers do it."""

SURE_TO_GO, SURE_OF_COPY = 0.8, 0.97
"""Least confidence of the language of a text, among all, for which a unit goes out; and where both texts are
the same, which names and titles often are."""


@dataclass(frozen=True, slots=True)
class Washable:
    """A unit as it is washed.

    Attributes:
        number: by which its fault is named.
        source: its text.
        target: its translation.
        context: where it stands; two that stand elsewhere are no duplicates.
        is_spared: a person vouches for it.
    """

    number: int
    source: str
    target: str
    context: str = ""
    is_spared: bool = False


class Washing:
    """The units of one memory or file, and what is wrong with them."""

    def __init__(self, direction: Direction, only: Collection[str] = ()) -> None:
        """Nothing to wash yet.

        Args:
            direction: from which language into which.
            only: kinds of faults; none = all.

        Raises:
            OptionError: one of them is no kind.
        """
        for name in only:
            check_choice("kind", name, tuple(KINDS))
        self.kinds = frozenset(only or KINDS)
        self._direction = direction
        self._faults: dict[int, Fault] = {}
        self._best: dict[int, tuple[tuple[bool, tuple[int, int]], int]] = {}
        self._lesson, self._numbers = Lesson(), array("q")
        self._spared: set[int] = set()
        self.scores: dict[int, Scores] = {}

    def look(self, units: Iterable[Washable], each: Each = map) -> None:
        """Look at more units.

        Args:
            units: in order.
            each: looks at ``AT_ONCE`` units by themselves on workers, as ``map`` does.
        """
        stream = iter(units)
        own_faults = partial(_own_faults, self._direction, self.kinds)
        size = 1 if each is map else WINDOW
        while window := [part for _ in range(size) if (part := list(islice(stream, AT_ONCE)))]:
            for part, faults in zip(window, each(own_faults, window), strict=True):
                for unit, fault in zip(part, faults, strict=True):
                    self._add(unit, fault)

    def _add(self, unit: Washable, fault: Fault | None) -> None:
        """Take in a unit, with what is wrong with it by itself."""
        self.scores[unit.number] = UNSCORED
        if fault:
            self._faults[unit.number] = fault
        source, target = (fault and fault.repaired) or (unit.source, unit.target)
        if fault and not fault.repaired:
            return
        if "duplicate" in self.kinds and not self._is_best(unit, source, target):
            return
        if self.kinds & BARS.keys():
            if unit.is_spared:
                self._spared.add(len(self._numbers))
            self._lesson.add(source, target)
            self._numbers.append(unit.number)

    def _is_best(self, unit: Washable, source: str, target: str) -> bool:
        """Whether a unit is the best so far of those that say the same; the worse gets its fault."""
        key = hash((duplicates.letters(source), duplicates.letters(target), unit.context))
        worth = unit.is_spared, duplicates.worth(source, target)
        if key not in self._best:
            self._best[key] = worth, unit.number
            return True
        best, number = self._best[key]
        if unit.is_spared and best[0]:
            return True
        if worth > best:
            self._best[key], worse = (worth, unit.number), number
        else:
            worse = unit.number
        self._faults[worse] = Fault("duplicate", "says the same as", better=self._best[key][1])
        return worse != unit.number

    def faults(self) -> dict[int, Fault]:
        """What is wrong with each of the units that were added, by number."""
        if self.kinds & BARS.keys():
            units = [
                place
                for place, number in enumerate(self._numbers)
                if number not in self._faults or self._faults[number].repaired
            ]
            doubts, scores = doubted(self._lesson, units, self._spared)
            self.scores |= {self._numbers[place]: of_unit for place, of_unit in scores.items()}
            for place, (doubt, of_unit) in doubts.items():
                if doubt in self.kinds:
                    self._faults[self._numbers[place]] = Fault(doubt, _reason(doubt, of_unit))
        return dict(sorted(self._faults.items()))


def _reason(doubt: Doubt, of_unit: Scores) -> str:
    what = {
        "misaligned": "the words of the two texts do not translate each other",
        "truncated": "nothing translates the end of the source",
        "too-long": "the end of the translation translates nothing",
    }[doubt]
    return f"{what} (log odds {of_unit.of(doubt):.1f}, from {BARS[doubt]:g})"


# ------------------------------------------------------------------------------------------- one unit


def _own_faults(
    direction: Direction, kinds: Collection[str], units: Sequence[Washable]
) -> list[Fault | None]:
    """What is wrong with each of these units by itself."""
    questions = [ask for kind, ask in _QUESTIONS.items() if kind in kinds]
    return [
        None if unit.is_spared else _own_fault(unit.source, unit.target, direction, questions)
        for unit in units
    ]


def _own_fault(source: str, target: str, direction: Direction, questions: Iterable[Question]) -> Fault | None:
    """What is wrong with a unit, seen by itself."""
    first: Fault | None = None
    for ask in questions:
        fault = ask(source, target, direction)
        if fault is None:
            continue
        if fault.repaired is None:
            return fault
        source, target = fault.repaired
        first = Fault((first or fault).kind, (first or fault).reason, fault.repaired)
    return first


def _mojibake(source: str, target: str, _: Direction) -> Fault | None:
    words = mojibake.broken(source, target), mojibake.broken(target, source)
    if not any(words):
        return None
    texts = [
        mojibake.restored(text) if word else text for word, text in zip(words, (source, target), strict=True)
    ]
    return Fault(
        "mojibake",
        f"letters are broken: {words[0] or words[1]}",
        (texts[0], texts[1]) if all(texts) else None,
    )


def _machine(source: str, target: str, _: Direction) -> Fault | None:
    what = leftovers.left(target, source)
    if not what:
        return None
    repaired = leftovers.repaired(target)
    return Fault("machine", what, (source, repaired) if repaired else None)


def _markup(source: str, target: str, _: Direction) -> Fault | None:
    if what := markup.left(target, source):
        repaired = markup.repaired(target)
        return Fault("markup", what, (source, repaired) if repaired else None)
    what = markup.left(source, target)
    return Fault("markup", what.replace("the source", "the translation")) if what else None


def _untranslated(source: str, target: str, direction: Direction) -> Fault | None:
    if is_copy(source, target) and checks()["untranslated"].messages(source, target, direction):
        return Fault("untranslated", "the translation is the source")
    return None


def _wrong_language(source: str, target: str, direction: Direction) -> Fault | None:
    least = SURE_OF_COPY if is_copy(source, target) else SURE_TO_GO
    for side, text, language in (
        ("source", source, direction.source),
        ("translation", target, direction.target),
    ):
        if language and (actual := foreign(text, language)) and _is_surely(actual, text, language, least):
            return Fault("wrong-language", f"the {side} is in {actual}, not in {language}")
    return None


def _is_surely(actual: str, text: str, language: str, least: float) -> bool:
    """Whether the language of a text is sure among all, and that one: what goes out for good must be."""
    detection = detect(without_code(text, language))
    return bcp47.base(detection.language) == actual and detection.confidence >= least


def _number(source: str, target: str, direction: Direction) -> Fault | None:
    of_source, of_target = _DIGITS.findall(source), _DIGITS.findall(target)
    if sorted(of_source) == sorted(of_target):
        return None
    if changed := _one_changed(of_source, of_target):
        return Fault("number", "number {} in the source, {} in the translation".format(*changed))
    job = Job([Translation(Pair(Segment(source), Segment(target)), direction)])
    for _, remark in checks()["number"].examine(job):
        if remark.severity == "error" and " in the source, " in remark.message:
            return Fault("number", remark.message)
    return None


def _one_changed(source: list[str], target: list[str]) -> tuple[str, str] | None:
    """The one number that is another in the translation, where all others are there.

    >>> _one_changed(["12", "59", "59"], ["12", "59", "95"]), _one_changed(["3", "50"], ["3", "5"])
    (('59', '95'), None)
    """
    missing, added = Counter(source) - Counter(target), Counter(target) - Counter(source)
    if len(source) != len(target) or not missing.total() == added.total() == 1:
        return None
    (lost,), (new,) = missing, added
    is_same = lost.strip("0") == new.strip("0") or lost.endswith(new) or new.endswith(lost)
    return None if is_same else (lost, new)


_QUESTIONS: dict[Kind, Question] = {
    "mojibake": _mojibake,
    "machine": _machine,
    "markup": _markup,
    "untranslated": _untranslated,
    "wrong-language": _wrong_language,
    "number": _number,
}
"""The kinds that a unit shows by itself, in the order of ``KINDS``."""
