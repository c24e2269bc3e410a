"""A score as lines that a translator reads from the top: the headline, what it stands on, then segment by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Score
    from tm.scoring import Report
    from tm.scoring.report import Agreement, SegmentScore

SHOWN = 50


def lines(report: Report, *, everything: bool) -> Iterator[str]:
    """The report in lines; ``everything`` shows all segments.

    Without it and with more than SHOWN segments, only those appear that have findings or drifted.
    """
    yield f"{report.segments} segments, {report.source} → {report.target}"
    yield from (f"! {warning}" for warning in report.warnings)
    yield from _coverage(report)
    yield from _headline(report.agreement)
    yield from _bands(report.bands)
    yield from _terms(report)
    yield from _consistency(report)
    yield from _segments(report, everything=everything)


def _coverage(report: Report) -> Iterator[str]:
    rows = [(c.band, c.segments, c.words, c.characters) for c in report.coverage if c.segments]
    yield from ("", "What the memory knows of the sources")
    yield from _indented(rows, ("match", "segments", "words", "characters"))
    yield f"  {report.leverage:.0%} of the words are in matches of 75 and more, or repeated"


def _headline(agreement: Agreement) -> Iterator[str]:
    yield from ("", f"Agreement with the memory: {agreement.segments} segments whose source it has")
    if agreement.identical is None:
        return
    rows = [
        (score.name, f"{score.value:.2f}", _interval(score), score.signature)
        for score in agreement.scores.values()
    ]
    yield from _indented(rows)
    hits = round(agreement.identical.value * agreement.segments)
    yield f"  identical to the memory: {hits} of {agreement.segments}"
    for score in agreement.folded.values():
        yield f"  {score.name} {score.value:.2f} when typography (quotes, apostrophes, dashes, spaces) is not counted"


def _interval(score: Score) -> str:
    return "" if score.low is None or score.high is None else f"{score.low:.2f} to {score.high:.2f}"


def _bands(bands: Sequence[Agreement]) -> Iterator[str]:
    if bands:
        rows = [
            (band.band, band.segments, *(f"{score.value:.1f}" for score in band.scores.values()))
            for band in bands
        ]
        yield from ("", "Against the best fuzzy match, by band (not part of the above)")
        yield from _indented(rows, ("match", "segments", *(score.name for score in bands[0].scores.values())))


def _terms(report: Report) -> Iterator[str]:
    if report.terms.score is None:
        return
    yield from ("", f"Terms as in the glossary: {report.terms.kept} of {report.terms.wanted}")
    rows = [
        (
            use.term,
            " | ".join(use.expected),
            f"{use.kept} of {use.wanted}",
            f"{use.forbidden} forbidden" if use.forbidden else "",
        )
        for use in report.terms.concepts
        if use.kept < use.wanted or use.forbidden
    ]
    yield from _indented(rows)


def _consistency(report: Report) -> Iterator[str]:
    several = report.consistency.sources
    if report.consistency.repeated or several:
        repeated, alike = report.consistency.repeated, report.consistency.alike
        yield from ("", f"Consistency: {alike} of {repeated} repeated sources translated one way")
    for each in several[:SHOWN]:
        yield f"  {', '.join(map(str, each.segments))}: {each.text}"
        yield from (f"    → {other}" for other in each.others)


def _segments(report: Report, *, everything: bool) -> Iterator[str]:
    rows = report.rows
    if len(rows) > SHOWN and not everything:
        rows = tuple(row for row in rows if row.findings or row.number in report.drifted)
    shown = rows if everything else rows[:SHOWN]
    names = [score.name for score in report.agreement.scores.values()] or ["BLEU", "chrF2++", "TER"]
    lines = _indented([_segment(row) for row in shown], ("segment", "match", *names, "drift"))
    yield from ("", "Segments, each against the memory's translation")
    yield from lines[:1]
    for row, line in zip(shown, lines[1:], strict=True):
        yield line
        yield from (
            f"           {finding.severity}, {finding.check}: {finding.message}" for finding in row.findings
        )
    if len(shown) < len(report.rows):
        yield f"  {len(report.rows) - len(shown)} more without findings; -v shows all"


def _segment(row: SegmentScore) -> tuple[object, ...]:
    figures = [f"{row.scores[key]:.1f}" if key in row.scores else "" for key in ("bleu", "chrf", "ter")]
    match = f"{row.percent} %" if row.percent else "new"
    return (
        row.number,
        match + (" repeated" if row.band == "repetitions" else ""),
        *figures,
        "" if row.drift is None else f"{row.drift:.2f}",
    )


def _indented(rows: Sequence[Sequence[object]], header: Sequence[str] = ()) -> list[str]:
    right = [
        column
        for column in range(len(rows[0]) if rows else 0)
        if all(
            str(row[column]).rstrip(" %").replace(".", "").replace("-", "").isdecimal() or not row[column]
            for row in rows
        )
    ]
    return [f"  {line}" for line in terminal.table(rows, header=header, right=right)]
