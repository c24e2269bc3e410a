"""What is wrong with the units of a memory: each unit by itself, then all of them together.

1. ``Washing.look`` takes the units. ``_looked`` looks at some of them by themselves (``alone.py``) and notes
   what they say and teach; it runs on workers.
2. Of units that say the same (``duplicates.py``) the best stays.
3. ``Washing.faults`` asks the words and lengths of all others (``translation.py``), and their sentence vectors when
   there is a model (``meaning.py``), on workers too.

What a person vouches for has no fault; it is better than any duplicate of it.

>>> from tm.direction import Direction
>>> washing = Washing(Direction("fr", "pt"))
>>> pairs = ("Le pain", "O pão"), ("LE PAIN", "O PÃO"), ("été", "verÃ£o")
>>> washing.look(Washable(number, *pair) for number, pair in enumerate(pairs))
>>> {number: (fault.kind, fault.repaired) for number, fault in washing.faults().items()}
{1: ('duplicate', None), 2: ('mojibake', ('été', 'verão'))}
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tm.choices import check_choice
from tm.cleaning import duplicates
from tm.cleaning.alone import own_fault
from tm.cleaning.fault import KINDS, Fault
from tm.cleaning.meaning import cosines
from tm.cleaning.translation import BARS, UNSCORED, Lesson, ScoresByNumber, doubted, taught
from tm.progress import unwatched
from tm.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from tm.cleaning.translation import Doubt, Taught
    from tm.direction import Direction
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.vectors import Model

AT_ONCE, WINDOW = 2_000, 16
"""How many units are looked at by themselves at once, and how many such parts while workers do it."""


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


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is seen of some units by themselves.

    Attributes:
        numbers: of all of them.
        faults: of those that have one, by number.
        whole: which of them have no fault, or none any more, by their places.
        keys: of each whole one; those that say the same have the same.
        worths: likewise; of those that say the same the best stays.
        spared: likewise, whether a person vouches for it.
        taught: what the whole ones teach; None where no words are asked.
        pairs: source and target of the whole ones; none without vectors.
    """

    numbers: NDArray[np.int64]
    faults: dict[int, Fault]
    whole: NDArray[np.int64]
    keys: NDArray[np.uint64]
    worths: NDArray[np.int8]
    spared: NDArray[np.bool_]
    taught: Taught | None
    pairs: list[tuple[str, str]]


def _looked(
    direction: Direction, kinds: Collection[str], units: Sequence[Washable], *, keeps_pairs: bool
) -> _Looked:
    """Look at each of these units by itself."""
    faults = dict[int, Fault]()
    whole, pairs = list[int](), list[tuple[str, str]]()
    for place, unit in enumerate(units):
        fault = None if unit.is_spared else own_fault(unit.source, unit.target, direction, kinds)
        if fault:
            faults[unit.number] = fault
        if not fault or fault.repaired:
            whole.append(place)
            pairs.append((fault and fault.repaired) or (unit.source, unit.target))
    asks_duplicates = "duplicate" in kinds
    keys = [
        duplicates.number_of(*map(duplicates.letters, pair), units[place].context)
        for place, pair in zip(whole, pairs, strict=True)
        if asks_duplicates
    ]
    return _Looked(
        numbers=np.array([unit.number for unit in units], np.int64),
        faults=faults,
        whole=np.array(whole, np.int64),
        keys=np.array(keys, np.uint64),
        worths=np.array([duplicates.worth(*pair) for pair in pairs if asks_duplicates], np.int8),
        spared=np.array([units[place].is_spared for place in whole], np.bool_),
        taught=taught(pairs) if kinds & BARS.keys() else None,
        pairs=pairs if keeps_pairs else [],
    )


def _open(opened: Callable[[], Model]) -> None:
    """Open the model, so that what it lacks is said before many units are looked at; it is kept for later."""
    opened()


class Washing:
    """The units of one memory or file, and what is wrong with them."""

    def __init__(
        self,
        direction: Direction,
        only: Collection[str] = (),
        opened: Callable[[], Model] | None = None,
    ) -> None:
        """Nothing to wash yet.

        Args:
            direction: from which language into which.
            only: kinds of faults; none = all.
            opened: opens a model of sentence vectors, on workers too; None = without.

        Raises:
            OptionError: one of them is no kind.
        """
        for name in only:
            check_choice("kind", name, tuple(KINDS))
        self.kinds = frozenset(only or KINDS)
        self._direction = direction
        self._opened = opened if self.kinds & BARS.keys() else None
        self._pairs: list[tuple[str, str]] = []
        self._faults: dict[int, Fault] = {}
        self._all: list[NDArray[np.int64]] = []
        self._whole: list[
            tuple[NDArray[np.int64], NDArray[np.uint64], NDArray[np.int8], NDArray[np.bool_]]
        ] = []
        self._lesson = Lesson()
        self.scores = ScoresByNumber(np.zeros(0, np.int64), np.zeros((0, len(BARS))))

    def look(self, units: Iterable[Washable], each: Each = map) -> None:
        """Look at more units.

        Args:
            units: in order of their numbers.
            each: looks at ``AT_ONCE`` units by themselves on workers, as ``map`` does.

        Raises:
            MissingExtraError: what makes the vectors is not installed.
            OptionError: there is no such model.
            FormatError: a file of vectors cannot be read.
        """
        if self._opened:
            list(each(_open, [self._opened]))
        stream = iter(units)
        looked = partial(_looked, self._direction, self.kinds, keeps_pairs=self._opened is not None)
        size = 1 if each is map else WINDOW
        while window := [part for _ in range(size) if (part := list(islice(stream, AT_ONCE)))]:
            for seen in each(looked, window):
                self._faults |= seen.faults
                self._all.append(seen.numbers)
                self._whole.append((seen.numbers[seen.whole], seen.keys, seen.worths, seen.spared))
                self._pairs += seen.pairs
                if seen.taught:
                    self._lesson.add(seen.taught)

    def faults(self, each: Each = map, progress: Progress = unwatched) -> dict[int, Fault]:
        """What is wrong with each of the units that were looked at, by number; ``scores`` are known then.

        Args:
            each: asks the words of many units on workers, as ``map`` does.
            progress: takes parts of the units as their vectors are made, and as their words are asked, and their
                number, once for each round.
        """
        if not self._all:
            return {}
        numbers, keys, worths, spared = (np.concatenate(column) for column in zip(*self._whole, strict=True))
        is_left = np.ones(len(numbers), np.bool_)
        if "duplicate" in self.kinds:
            for worse, better in duplicates.worse(keys, worths, spared).items():
                is_left[worse] = False
                fault = Fault("duplicate", "says the same as", better=int(numbers[better]))
                self._faults[int(numbers[worse])] = fault
        scores = np.full((sum(map(len, self._all)), len(BARS)), UNSCORED)
        every = np.concatenate(self._all)
        if self.kinds & BARS.keys():
            left = np.flatnonzero(is_left)
            if self._opened:
                pairs = [self._pairs[place] for place in left.tolist()]
                self._lesson.compare(left, cosines(pairs, self._opened, each, progress))
            doubts, rows = doubted(self._lesson, left, spared, each, progress)
            scores[np.searchsorted(every, numbers)] = rows
            for place, (doubt, score) in doubts.items():
                if doubt in self.kinds:
                    self._faults[int(numbers[place])] = Fault(doubt, _reason(doubt, score))
        self.scores = ScoresByNumber(every, scores)
        return dict(sorted(self._faults.items()))


def _reason(doubt: Doubt, score: float) -> str:
    what = {
        "misaligned": "the words of the two texts do not translate each other",
        "truncated": "nothing translates the end of the source",
        "too-long": "the end of the translation translates nothing",
    }[doubt]
    return f"{what} (log odds {score:.1f}, from {BARS[doubt]:g})"
