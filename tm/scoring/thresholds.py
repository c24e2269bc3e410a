"""What a build may demand of a score: ``chrf=60,terms=0.9``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.errors import OptionError, nearest
from tm.scoring.metrics import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.model import Score
    from tm.scoring.metrics import Metric
    from tm.scoring.report import Report


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure that can be demanded.

    Attributes:
        name: as in ``--fail-under``.
        about: what is compared, with its unit.
        figure: takes it from a report; None when the job has nothing to compute it from.
        why_none: says why a report has no such figure.
        at_most: whether the demand is an upper limit.
    """

    name: str
    about: str
    figure: Callable[[Report], float | None]
    why_none: Callable[[Report], str]
    at_most: bool = False


def _value(score: Score | None) -> float | None:
    return score.value if score else None


def _errors(report: Report) -> float | None:
    return sum(finding.severity == "error" for finding in report.findings) if report.segments else None


def _drifted(report: Report) -> float | None:
    return float(len(report.drifted)) if any(row.drift is not None for row in report.rows) else None


def _no_segment(report: Report) -> str:
    rest = f" ({report.unfinished})" if report.unfinished.total else ""
    return f"no segment of the job is finished{rest}"


def _no_reference(report: Report) -> str:
    if not report.segments:
        return _no_segment(report)
    return "no segment has a reference" if report.reference_files else "the memory has none of the sources"


def _no_match(report: Report) -> str:
    return "the memory has nothing like the sources" if report.segments else _no_segment(report)


def _no_term(report: Report) -> str:
    if not report.segments:
        return _no_segment(report)
    glossary = report.terms.glossary
    return "no term of the glossary is in the sources" if glossary else "there is no glossary (--terms)"


_OURS = {
    threshold.name: threshold
    for threshold in (
        Threshold(
            "identical",
            "share, 0-1, at least",
            lambda report: _value(report.agreement.identical),
            _no_reference,
        ),
        Threshold("terms", "share, 0-1, at least", lambda report: _value(report.terms.score), _no_term),
        Threshold(
            "leverage",
            "share of words, 0-1, at least",
            lambda report: report.leverage if report.segments else None,
            _no_segment,
        ),
        Threshold("drift", "segments, at most", _drifted, _no_match, at_most=True),
        Threshold("errors", "findings, at most", _errors, _no_segment, at_most=True),
    )
}


def thresholds() -> dict[str, Threshold]:
    """All figures that can be demanded, by name: those of each metric, and of the rest of the report.

    >>> thresholds()["chrf"].about, thresholds()["ter"].about
    ('chrF2++, 0-100, at least', 'TER, at most')
    """
    return {metric.key: _of_metric(metric) for metric in metrics()} | _OURS


def _of_metric(metric: Metric) -> Threshold:
    scale = [metric.name, metric.scale, "at least" if metric.higher_is_better else "at most"]
    return Threshold(
        metric.key,
        ", ".join(filter(None, scale)),
        lambda report: _value(report.agreement.scores.get(metric.key)),
        _no_reference,
        at_most=not metric.higher_is_better,
    )


def parse(text: str) -> dict[str, float]:
    """Demands by name.

    Raises:
        OptionError: a name is not known (says which is nearest), or a number is none.

    >>> parse("chrf=60, terms=0.9")
    {'chrf': 60.0, 'terms': 0.9}
    """
    all_thresholds = thresholds()
    demands = {}
    for part in text.split(","):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if name not in all_thresholds:
            hint = nearest(name, all_thresholds) or f"; known are {', '.join(all_thresholds)}"
            raise OptionError(f"no threshold is called {name!r}{hint}")
        try:
            demands[name] = float(number)
        except ValueError as error:
            raise OptionError(f"{part.strip()!r} has no number; write it like {name}=0.9") from error
    return demands


def unmeasured(report: Report, demands: dict[str, float]) -> list[str]:
    """The names among the demands whose figure the report does not have."""
    all_thresholds = thresholds()
    return [name for name in demands if all_thresholds[name].figure(report) is None]


def missed(report: Report, demands: dict[str, float]) -> list[str]:
    """One line for each demand that the report does not meet; a figure that could not be measured meets
    none."""
    all_thresholds = thresholds()
    lines = []
    for name, demand in demands.items():
        threshold = all_thresholds[name]
        figure = threshold.figure(report)
        if figure is None:
            lines.append(f"{name} could not be measured: {threshold.why_none(report)}")
        elif figure > demand if threshold.at_most else figure < demand:
            relation = "more than" if threshold.at_most else "less than"
            lines.append(f"{name} is {figure:g}, {relation} {demand:g}")
    return lines
