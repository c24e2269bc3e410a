"""Pairs of texts, however long: aligned section by section along their corridors.

The steps of ``align_pairs``, in the order in which they work:

1. ``Texts`` are a pair with its corridor, which says what positions are looked at (``anchors.corridor``). A short pair
   is one span. A long one is cut where the texts surely meet (``_cut``): by its anchors, later by the sure beads of the
   pass before. From the third pass on what stands among sure beads is kept as it is (``_stretches``).
2. As many spans as fit into memory are aligned side by side (``side_by_side``): ``evidence.evidence``, then
   ``beads.best``.
3. A span that is longer is aligned section after section (``Texts.one_by_one``). ``_safe`` keeps the beads of a section
   but for those near its end, which was only guessed; the next one begins there.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tm.alignment.anchors import SURE, corridor, exact
from tm.alignment.beads import best
from tm.alignment.evidence import evidence
from tm.alignment.words import price
from tm.document import Bead

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tm.alignment.anchors import Corridor
    from tm.alignment.beads import Evidence
    from tm.alignment.evidence import Knowledge
    from tm.alignment.layout import Leanings
    from tm.alignment.options import Options
    from tm.alignment.vocabulary import Side
    from tm.alignment.words import Freedom, WordEvidence

    Position = tuple[int, int]

CELLS = 120_000
"""Most positions that are looked at together; they take about 20 MB."""

GUARD = 40
"""Source segments at the end of a section that are aligned again with the next one, since the end is only
guessed. No measurement is kept; in the tests sections give the beads of the whole."""

AMONG = 4
"""Sure beads on both sides of one, for it to be kept, or to end a section."""

SPAN = 150
"""Source segments from which a section may end at a sure bead: so many sections are side by side that a step for all
costs little more than for one."""


def align_pairs(
    pairs: Sequence[Texts], before: Sequence[Sequence[Bead]], *, keep_sure: bool = False
) -> Generator[int, None, list[tuple[list[Bead], Freedom | None]]]:
    """The beads of pairs of texts, and how freely each is translated (``WordEvidence.freedom``); None where only parts
    of a long text were aligned again. Yields the number of source segments whenever some are aligned.

    Args:
        pairs: as the pass knows them.
        before: the beads of each in the pass before; none in the first one.
        keep_sure: that pass knew nearly as much, so that of a long text sure beads far from others are kept.
    """
    spans = [
        list(texts.spans(beads, keep_sure=keep_sure)) for texts, beads in zip(pairs, before, strict=True)
    ]
    results: dict[tuple[int, int], tuple[Sequence[Bead], Freedom]] = {}
    small: list[tuple[int, int]] = []
    for number, place in ((number, place) for number, own in enumerate(spans) for place in range(len(own))):
        span = spans[number][place]
        if span.kept:
            results[number, place] = span.kept, np.zeros((2, 2))
            yield span.rows
        elif pairs[number].fits(span):
            small.append((number, place))
        else:
            results[number, place] = yield from pairs[number].one_by_one(span)
    chosen = [(pairs[number], spans[number][place]) for number, place in small]
    for group in _groups(chosen):
        found = side_by_side([chosen[n] for n in group])
        results |= zip((small[n] for n in group), found, strict=True)
        yield sum(chosen[n][1].rows for n in group)
    return [
        _joined([results[number, place] for place in range(len(own))], is_whole=not any(s.kept for s in own))
        for number, own in enumerate(spans)
    ]


def _joined(
    parts: Sequence[tuple[Sequence[Bead], Freedom]], *, is_whole: bool
) -> tuple[list[Bead], Freedom | None]:
    """The beads of the parts of a pair of texts, and how freely it is translated."""
    beads = [bead for own, _ in parts for bead in own]
    freedom: Freedom = np.sum([free for _, free in parts] or [np.zeros((2, 2))], axis=0)
    return beads, freedom if is_whole else None


def _groups(spans: Sequence[tuple[Texts, _Span]]) -> Iterator[list[int]]:
    """The numbers of spans in groups of at most ``CELLS`` positions when all are as large as the largest; shorter ones
    with shorter ones."""
    group: list[int] = []
    widest = 0
    for number in sorted(range(len(spans)), key=lambda number: spans[number][1].rows):
        texts, span = spans[number]
        _, width = texts.window(span)
        widest = max(widest, width)
        if group and (len(group) + 1) * widest * (span.rows + 1) > CELLS:
            yield group
            group, widest = [], width
        group.append(number)
    if group:
        yield group


def side_by_side(spans: Sequence[tuple[Texts, _Span]]) -> list[tuple[list[Bead], Freedom]]:
    """The beads of each span, and how freely it is translated; of texts of one pass."""
    judged = [texts.judged(span) for texts, span in spans]
    chosen = best([each for each, _ in judged], spans[0][0].price)
    return [
        (_moved(section, span.begin), words.freedom(section))
        for (_, span), (_, words), section in zip(spans, judged, chosen, strict=True)
    ]


class _Span(NamedTuple):
    """A part of two texts, from one position to another, with the beads that are kept as they are."""

    begin: Position
    end: Position
    kept: Sequence[Bead] = ()

    @property
    def rows(self) -> int:
        """How many source segments it has."""
        return self.end[0] - self.begin[0]


def _cut(meets: Iterable[Position], end: Position) -> Iterator[_Span]:
    """The spans of a long text, of ``SPAN`` source segments and more, which end where the texts surely meet.

    >>> [span.end for span in _cut([(n, n) for n in range(400)], (400, 400))]
    [(150, 150), (300, 300), (400, 400)]
    """
    begin = (0, 0)
    for at in meets:
        if at[0] - begin[0] >= SPAN:
            yield _Span(begin, at)
            begin = at
    yield _Span(begin, end)


def _stretches(beads: Sequence[Bead]) -> Iterator[_Span]:
    """The spans of a long text by turns: beads that are kept because they stand among sure ones, and what is between.

    >>> pairs = [Bead((n,), (n,)) for n in range(400)]
    >>> unsure = [*pairs[:60], Bead((60,), (60,), 0.5), *pairs[61:]]
    >>> [(*span.end, len(span.kept)) for span in _stretches(unsure)]
    [(56, 56, 56), (65, 65, 0), (400, 400, 335)]
    """
    is_sure, positions = _among_sure(beads), _positions(beads)
    bounds = [0, *(np.flatnonzero(np.diff(is_sure)) + 1).tolist(), len(beads)]
    for first, behind in itertools.pairwise(bounds):
        kept = beads[first:behind] if is_sure[first] else ()
        yield _Span(positions[first], positions[behind], kept)


def _positions(beads: Sequence[Bead]) -> list[Position]:
    """Where each bead begins, and where the last one ends.

    >>> _positions([Bead((0, 1), (0,)), Bead((), (1,))])
    [(0, 0), (2, 1), (2, 2)]
    """
    rows = itertools.accumulate((len(bead.source) for bead in beads), initial=0)
    columns = itertools.accumulate((len(bead.target) for bead in beads), initial=0)
    return list(zip(rows, columns, strict=True))


def _among_sure(beads: Sequence[Bead]) -> NDArray[np.bool_]:
    """Whether each bead, and ``AMONG`` ones on both sides of it, are sure pairs."""
    sure = np.array([bool(bead.source and bead.target) and bead.confidence >= SURE for bead in beads])
    unsure = np.concatenate([[0], np.cumsum(~sure)])
    numbers = np.arange(len(sure))
    first, behind = np.maximum(numbers - AMONG, 0), np.minimum(numbers + AMONG + 1, len(sure))
    among: NDArray[np.bool_] = unsure[behind] == unsure[first]
    return among


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts as a pass knows them.

    Attributes:
        sides: the source and the target text.
        looks: what the look of their lines tells.
        points: where the texts meet, in rising order.
        around: which positions are looked at.
        knowledge: of the pass.
        options: the weights.
    """

    sides: tuple[Side, Side]
    looks: tuple[Leanings, Leanings]
    points: Sequence[Position]
    around: Corridor
    knowledge: Knowledge
    options: Options

    @classmethod
    def of(
        cls,
        sides: tuple[Side, Side],
        looks: tuple[Leanings, Leanings],
        points: Sequence[Position],
        knowledge: Knowledge,
        options: Options,
    ) -> Texts:
        """The texts with the corridor around the points."""
        around = corridor(points, len(sides[0]), len(sides[1]))
        if knowledge.usual is not None:
            usual, held = knowledge.usual, options.held_text
            sides = sides[0].within(usual[0], held), sides[1].within(usual[1], held)
        return cls(sides, looks, points, around, knowledge, options)

    def spans(self, before: Sequence[Bead], *, keep_sure: bool) -> Iterator[_Span]:
        """The whole, or the parts of a long text."""
        whole = _Span((0, 0), (len(self.sides[0]), len(self.sides[1])))
        if self.fits(whole):
            return iter([whole])
        if not before:
            return _cut(exact(self.points), whole.end)
        if keep_sure:
            return _stretches(before)
        # Without the end of the last bead, which is no beginning.
        return _cut(itertools.compress(_positions(before), _among_sure(before)), whole.end)

    def fits(self, span: _Span) -> bool:
        """Whether a span is one section."""
        return _end(self.around, span.begin[0], span.end[0]) == span.end[0]

    def one_by_one(self, span: _Span) -> Generator[int, None, tuple[list[Bead], Freedom]]:
        """The beads of a span, section after section, and how freely they are translated."""
        beads: list[Bead] = []
        freedom = np.zeros((2, 2))
        (i, j), (rows, columns) = span.begin, span.end
        while i < rows or j < columns:
            last = _end(self.around, i, rows)
            to = columns if last == rows else min(columns, max(j, self.around.middle(last)))
            judged, words = self.judged(_Span((i, j), (last, to)))
            (section,) = best([judged], self.price)
            if last < rows:
                section = _safe(section, last - i)
            freedom += words.freedom(section)
            beads += _moved(section, (i, j))
            done = sum(len(bead.source) for bead in section)
            i += done
            j += sum(len(bead.target) for bead in section)
            yield done
        return beads, freedom

    def judged(self, span: _Span) -> tuple[Evidence, WordEvidence]:
        """The evidence in a span, counted from its beginning, and what words say there."""
        (i, j), (last, to) = span.begin, span.end
        starts, width = self.window(span)
        parts = self.sides[0].part(i, last), self.sides[1].part(j, to)
        looks = self.looks[0].part(i, last), self.looks[1].part(j, to)
        return evidence(parts, looks, starts, width, self.knowledge, self.options)

    def window(self, span: _Span) -> tuple[NDArray[np.int64], int]:
        """Where the corridor begins at each source position of a span, and its width."""
        (i, j), (last, to) = span.begin, span.end
        starts = np.clip(self.around.low[i : last + 1] - j, 0, to - j)
        starts[0] = 0
        width = int((np.clip(self.around.high[i : last + 1] - j, 0, to - j) - starts).max()) + 1
        return starts, max(width, to - j - int(starts[-1]) + 1)

    @property
    def price(self) -> float:
        """What a segment left alone must pay."""
        return price(self.knowledge.free, self.options) if self.knowledge.habits else 0.0


def _end(around: Corridor, begin: int, rows: int) -> int:
    """The source position where a section that begins at ``begin`` ends, so that it has at most ``CELLS`` positions.

    >>> from tm.alignment.anchors import corridor
    >>> _end(corridor([], 100, 100), 0, 100), _end(corridor([], 9000, 9000), 0, 9000)
    (100, 299)
    """
    widths = np.maximum.accumulate(around.high[begin : rows + 1] - around.low[begin : rows + 1] + 1)
    cells = widths * np.arange(1, len(widths) + 1)
    end = begin + max(int(np.searchsorted(cells, CELLS)), 2 * GUARD)
    return rows if end + GUARD >= rows else end


def _safe(beads: list[Bead], rows: int) -> list[Bead]:
    """The beads up to the last pair before the guard; half of them where there is no such pair, at least one.

    >>> pairs = [Bead((n,), (n,)) for n in range(100)]
    >>> len(_safe(pairs, 100)), len(_safe(pairs[:30], 30)), len(_safe(pairs[:1], 1))
    (60, 15, 1)
    """
    ends = [
        number
        for number, bead in enumerate(beads, 1)
        if bead.source and bead.target and bead.source[-1] < rows - GUARD
    ]
    return beads[: ends[-1]] if ends else beads[: max(1, len(beads) // 2)]


def _moved(beads: Sequence[Bead], by: Position) -> list[Bead]:
    """The beads of a section with the segment numbers of the whole text.

    >>> _moved([Bead((0,), (1,), 0.5)], (10, 20))
    [Bead(source=(10,), target=(21,), confidence=0.5)]
    """
    return [
        Bead(
            tuple(number + by[0] for number in bead.source),
            tuple(number + by[1] for number in bead.target),
            bead.confidence,
        )
        for bead in beads
    ]
