"""Whether one translation of a job agrees better with the memory than another one, or the difference may be
chance.

1. ``compare`` takes the segments that both reports have and the memory has too.
2. ``compare_figures`` runs two tests for all metrics: approximate randomisation (``_randomisation``; Riezler
   & Maxwell 2005), which is to be believed, and paired bootstrap (``_bootstrap``; Koehn 2004), which is
   usual. Each is a product of matrices: how often a segment was drawn (``uncertainty.py``) or swapped
   (``_swaps``) × what it counts.
3. ``_p_values`` says how often chance alone makes as great a difference.
4. ``_differing`` names the segments that differ most; terms and findings are compared, too.

The draws and the way to count are sacrebleu's, and so are the p-values.

>>> by_chance, differences = np.array([[0.5, 2.0, 3.0]]), np.array([1.0])
>>> _p_values(by_chance, differences)  # two of three trials are beyond; one is added to both
[0.75]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tm.errors import OptionError
from tm.scoring import formulas, uncertainty
from tm.scoring.metrics import Measured, Metric, measure, metrics

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tm.scoring.metrics import Statistics
    from tm.scoring.report import Report, SegmentScore

    _Rows = list[tuple[SegmentScore, SegmentScore]]

TRIALS = 10_000
"""Trials of the randomisation; sacrebleu's."""
SHOWN = 20
"""The segments that differ most: so many are named at most."""
_CELLS = 4_000_000
_SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """One metric of two translations of the same segments.

    Attributes:
        name: of the metric.
        first: its value for the first translation.
        second: for the second.
        bootstrap: p-value by paired bootstrap: how likely such a difference is by the choice of segments.
        randomisation: p-value by approximate randomisation: how likely it is if the two are equally good.
    """

    name: str
    first: float
    second: float
    bootstrap: float
    randomisation: float


@dataclass(frozen=True, slots=True)
class FindingComparison:
    """How often a check reports something of a severity in each of two translations.

    Attributes:
        check: its name.
        severity: "error", "warning" or "info".
        first: the findings in the first translation.
        second: in the second.
    """

    check: str
    severity: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class SegmentComparison:
    """A segment of which the two translations agree with the memory unequally.

    Attributes:
        number: from 1.
        source: its text.
        first: the first translation.
        second: the second.
        first_score: chrF2++ of the first.
        second_score: of the second.
    """

    number: int
    source: str
    first: str
    second: str
    first_score: float
    second_score: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two translations of a job.

    Attributes:
        segments: how many both have and the memory has too; the figures stand on these.
        unequal: in how many of these the two differ by chrF2++. With few of them no test can tell chance from
            skill: the p-values are then too small, since sacrebleu does not count equal differences.
        figures: by metric key; empty without such segments.
        differing: the segments that differ most by chrF2++, the most first.
        terms: the shares of terms as in the glossary, on all segments that both have finished; None without
            any.
        findings: of all checks, on the same segments, errors first.
        unequal_terms: in how many of these the two keep unequally many terms; with few no p-value means
            anything.
    """

    segments: int
    unequal: int
    figures: dict[str, FigureComparison]
    differing: tuple[SegmentComparison, ...]
    terms: FigureComparison | None = None
    findings: tuple[FindingComparison, ...] = ()
    unequal_terms: int = 0


def compare(first: Report, second: Report) -> Comparison:
    """Compare two translations of the same sources, both scored against the same memory.

    What one of them has not finished is passed over.

    Raises:
        OptionError: the sources are not the same; names the first segment that differs.
    """
    counts = [len(report.rows) + report.unfinished.total for report in (first, second)]
    if counts[0] != counts[1]:
        raise OptionError(f"the jobs have {counts[0]} and {counts[1]} segments; the same sources are needed")
    of_second = {row.number: row for row in second.rows}
    finished = [(row, of_second[row.number]) for row in first.rows if row.number in of_second]
    for row, second_row in finished:
        if row.source != second_row.source:
            raise OptionError(
                f"segment {row.number}: the two jobs have different sources; the same ones are needed"
            )
    exact = [pair for pair in finished if pair[0].exact and pair[1].exact]
    terms, findings = _compare_terms(finished), _compare_findings(finished)
    unequal_terms = sum(_kept(row) != _kept(second_row) for row, second_row in finished)
    if not exact:
        return Comparison(0, 0, {}, (), terms, findings, unequal_terms)
    references = [row.references for row, _ in exact]
    measured = [
        [
            measure(metric, [pair[side].translation for pair in exact], references, first.target)
            for metric in metrics()
        ]
        for side in (0, 1)
    ]
    figures = compare_figures(*measured)
    differing = _differing(exact)
    keys = [metric.key for metric in metrics()]
    by_key = dict(zip(keys, figures, strict=True))
    return Comparison(
        len(exact), len(differing), by_key, tuple(differing[:SHOWN]), terms, findings, unequal_terms
    )


def _kept(row: SegmentScore) -> int:
    return sum(use.kept for use in row.terms)


def _compare_terms(rows: _Rows) -> FigureComparison | None:
    """Both shares of terms as in the glossary, tested like a metric."""
    metric = Metric("terms", "terms", True, lambda *_: np.zeros((0, 2)), 2, formulas.share)  # noqa: FBT003
    sides = []
    for side in (0, 1):
        counts = [[_kept(row[side]), sum(use.wanted for use in row[side].terms)] for row in rows]
        statistics = np.array(counts, np.float64).reshape(-1, 2)
        share = float(formulas.share(statistics.sum(axis=0, keepdims=True))[0])
        sides.append([Measured(metric, share, "", (), statistics)])
    if not sides[0][0].statistics[:, 1].any():
        return None
    return compare_figures(*sides)[0]


def _compare_findings(rows: _Rows) -> tuple[FindingComparison, ...]:
    counts = [
        Counter((finding.severity, finding.check) for row in rows for finding in row[side].findings)
        for side in (0, 1)
    ]
    kinds = sorted(
        counts[0].keys() | counts[1].keys(), key=lambda kind: (_SEVERITIES.index(kind[0]), kind[1])
    )
    return tuple(
        FindingComparison(check, severity, *(count[severity, check] for count in counts))
        for severity, check in kinds
    )


def _differing(rows: _Rows) -> list[SegmentComparison]:
    """The segments whose chrF2++ differs, most first."""
    differing = [
        SegmentComparison(
            first.number,
            first.source,
            first.translation,
            second.translation,
            first.scores["chrf"],
            second.scores["chrf"],
        )
        for first, second in rows
        if first.scores["chrf"] != second.scores["chrf"]
    ]
    return sorted(differing, key=lambda row: -abs(row.first_score - row.second_score))


def compare_figures(
    first: Sequence[Measured],
    second: Sequence[Measured],
    *,
    resamples: int = uncertainty.RESAMPLES,
    trials: int = TRIALS,
    seed: int = uncertainty.SEED,
) -> list[FigureComparison]:
    """Both tests for several metrics, all from the same draws.

    Args:
        first: what the metrics say of one translation.
        second: the same metrics, segments and references for the other.
        resamples: of the bootstrap.
        trials: of the randomisation.
        seed: of both.
    """
    first_rows, second_rows = (
        np.hstack([measured.statistics for measured in side]) for side in (first, second)
    )
    metrics = [measured.metric for measured in first]
    # By the same formulas as the resamples', so that equal differences are equal to the last bit.
    first_scores, second_scores = (
        _scores(metrics, rows.sum(axis=0, keepdims=True)) for rows in (first_rows, second_rows)
    )
    differences = np.abs(first_scores - second_scores)[:, 0]
    bootstrap = _bootstrap(metrics, first_rows, second_rows, differences, resamples, seed)
    randomisation = _randomisation(metrics, first_rows, second_rows, differences, trials, seed)
    return [
        FigureComparison(measured.metric.name, measured.score, second_measured.score, *p_values)
        for measured, second_measured, *p_values in zip(first, second, bootstrap, randomisation, strict=True)
    ]


def _bootstrap(
    metrics: Sequence[Metric],
    first: Statistics,
    second: Statistics,
    differences: NDArray[np.float64],
    resamples: int,
    seed: int,
) -> list[float]:
    sums = uncertainty.resampled(np.hstack([first, second]), resamples, seed)
    width = first.shape[1]
    drawn = np.abs(_scores(metrics, sums[:, :width]) - _scores(metrics, sums[:, width:]))
    # Resamples scatter around the measured difference; centred on none, they tell how far chance goes.
    return _p_values(drawn - drawn.mean(axis=1, keepdims=True), differences)


def _randomisation(
    metrics: Sequence[Metric],
    first: Statistics,
    second: Statistics,
    differences: NDArray[np.float64],
    trials: int,
    seed: int,
) -> list[float]:
    change = first - second
    mixed = np.vstack([swaps @ change for swaps in _swaps(len(change), trials, seed)]) + second.sum(axis=0)
    remaining = first.sum(axis=0) + second.sum(axis=0) - mixed
    return _p_values(np.abs(_scores(metrics, mixed) - _scores(metrics, remaining)), differences)


def _scores(metrics: Sequence[Metric], sums: Statistics) -> NDArray[np.float64]:
    """Metrics × rows of sums, whose columns are the metrics' statistics side by side."""
    ends = np.cumsum([metric.columns for metric in metrics])
    parts = np.split(sums, ends[:-1], axis=1)
    return np.array([metric.of_sums(part) for metric, part in zip(metrics, parts, strict=True)])


def _swaps(segments: int, trials: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """For each trial, which segments are taken from the first translation; a block of trials at a time."""
    generator = np.random.default_rng(seed)
    # One random number makes 32 coins, and each call begins with a new one: blocks of 32 rows waste none.
    height = max(32, _CELLS // segments // 32 * 32)
    for begin in range(0, trials, height):
        coins = generator.integers(2, size=(min(height, trials - begin), segments), dtype=bool)
        yield coins.astype(np.float64)


def _p_values(by_chance: NDArray[np.float64], differences: NDArray[np.float64]) -> list[float]:
    """For each metric (a row of differences by chance) the share that is beyond the measured difference."""
    beyond = (by_chance > differences[:, None]).sum(axis=1)
    return [(int(count) + 1) / (by_chance.shape[1] + 1) for count in beyond]
