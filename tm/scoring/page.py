"""The score as a page of one file: figures, bands as bars, and each segment beside what the memory has for
it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.language.pieces import pieces
from tm.memory import edits
from tm.model import Edit, Segment
from tm.pages.messages import ENGLISH
from tm.pages.page import render
from tm.scoring.metrics import metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.language.pieces import Piece
    from tm.model import Finding
    from tm.scoring.comparison import Comparison
    from tm.scoring.report import Report, SegmentScore


@dataclass(frozen=True, slots=True)
class _Row:
    """A segment as shown: both sides as changes from what the memory has, and what the filters know it by."""

    score: SegmentScore
    source: tuple[Edit, ...]
    target: tuple[Edit, ...]
    states: tuple[str, ...]

    @property
    def checks(self) -> list[str]:
        """The checks that have a finding in it."""
        return sorted({finding.check for finding in self.score.findings})

    def marked(self, finding: Finding) -> tuple[Piece, ...]:
        """The translation with the places marked that a finding is about; nothing when it names none."""
        return pieces(finding.target, finding.target_spans) if finding.target_spans else ()

    @property
    def figures(self) -> list[tuple[str, float]]:
        """Its scores by the names of their metrics."""
        return [
            (metric.name, self.score.scores[metric.key])
            for metric in metrics()
            if metric.key in self.score.scores
        ]


def score_page(
    report: Report,
    *,
    title: str,
    comparison: Comparison | None = None,
    missed: Sequence[str] = (),
    language: str = ENGLISH,
) -> str:
    """A score as a page of one file.

    Args:
        report: of ``tm.scoring.score``.
        title: of the page.
        comparison: with another translation.
        missed: a line for each demand that is not met.
        language: of the page, one of ``tm.pages.messages.LANGUAGES``.

    Returns:
        HTML, the same for the same input.
    """
    rows = sorted([_row(score, report) for score in report.rows], key=_badness)
    states = Counter(state for row in rows for state in row.states)
    checks = Counter(check for row in rows for check in row.checks)
    return render(
        "score.html",
        language=language,
        title=title,
        comparison=comparison,
        missed=missed,
        report=report,
        rows=rows,
        states=[(state, states[state]) for state in _STATES],
        checks=sorted(checks.items()),
        words=sum(count.words for count in report.coverage),
    )


_STATES = ("errors", "findings", "different", "drift")
"""What segments can be filtered by; "different" is a source that the memory has with another translation."""


def _badness(row: _Row) -> tuple[object, ...]:
    """The worst first: errors, warnings, what left the memory, then the least agreement; in order of the
    job."""
    counts = Counter(finding.severity for finding in row.score.findings)
    agreement = row.score.scores.get("chrf", 100.0)
    return -counts["error"], -counts["warning"], "drift" not in row.states, agreement, row.score.number


def _row(score: SegmentScore, report: Report) -> _Row:
    is_in_state = {
        "errors": any(finding.severity == "error" for finding in score.findings),
        "findings": bool(score.findings),
        "different": score.exact and not score.identical,
        "drift": score.number in report.drifted,
    }
    return _Row(
        score,
        score.edits or _unchanged(score.source),
        _target(score, report.target),
        tuple(state for state in _STATES if is_in_state[state]),
    )


def _target(score: SegmentScore, language: str) -> tuple[Edit, ...]:
    if not score.references or score.identical:
        return _unchanged(score.translation)
    return edits(Segment(score.references[0]), Segment(score.translation), language)


def _unchanged(text: str) -> tuple[Edit, ...]:
    return (Edit("equal", text, text),)
