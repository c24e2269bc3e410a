"""A score as lines: the headline, what it stands on, then segment by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.checks.reporting import as_line
from tm.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Score
    from tm.scoring import Comparison, Report
    from tm.scoring.agreement import Disagreement
    from tm.scoring.report import Agreement, SegmentScore

SHOWN, SEVERAL = 50, 10
"""Segments, and inconsistent texts, shown at most without -v."""
TELLING = 20
"""Sources that a job and the memory share before their translations tell that a machine made the job."""
ENOUGH = 20
"""Segments that must differ before a p-value means anything."""


def lines(report: Report, comparison: Comparison | None = None, *, everything: bool) -> Iterator[str]:
    """The report in lines.

    Args:
        report: the score.
        comparison: with another translation, if one was asked for.
        everything: show all segments; else, of more than SHOWN, only those that have findings or drifted.
    """
    yield f"{terminal.counted(report.segments, 'segment')}, {report.source} → {report.target}"
    if report.unfinished.total:
        yield str(report.unfinished)
    if report.passed_over:
        yield f"left out {terminal.counted(report.passed_over, 'unit')} of the memory that were made of this job:"
        yield from (f"  {each}" for each in report.provenances)
    yield from (f"! {warning}" for warning in report.warnings)
    yield from _coverage(report)
    yield from _headline(report.agreement, report.reference_files)
    yield from _bands(report.bands)
    yield from _origins(report.origins)
    yield from _terms(report)
    yield from _consistency(report, everything=everything)
    if comparison:
        yield from _comparison(comparison)
    yield from _segments(report, everything=everything)


def _coverage(report: Report) -> Iterator[str]:
    rows = [(c.band, c.segments, c.words, c.characters) for c in report.coverage if c.segments]
    yield from ("", "What the memory knows of the sources")
    yield from _indented(rows, ("match", "segments", "words", "characters"))
    yield f"  {report.leverage:.0%} of the words are in matches of 75 and more, or repeated"


def _headline(agreement: Agreement, references: Sequence[str]) -> Iterator[str]:
    segments = terminal.counted(agreement.segments, "segment")
    if references:
        yield from (
            "",
            f"Agreement with {', '.join(references)}: {segments} of which they have a translation",
        )
    else:
        yield from ("", f"Agreement with the memory: {segments} whose source it has")
    if agreement.identical is None:
        return
    rows = [
        (score.name, f"{score.value:.2f}", _interval(score), score.signature)
        for score in agreement.scores.values()
    ]
    yield from _indented(rows)
    hits = round(agreement.identical.value * agreement.segments)
    low, high = agreement.identical.low or 0, agreement.identical.high or 0
    to = "a reference" if references else "the memory"
    yield f"  identical to {to}: {hits} of {agreement.segments}, {low:.0%} to {high:.0%} in others like them"
    for score in agreement.folded.values():
        figure = f"{score.name} {score.value:.2f}"
        yield f"  {figure} when typography (quotes, apostrophes, dashes, spaces) is not counted"


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


def _origins(origins: Sequence[Agreement]) -> Iterator[str]:
    if origins:
        rows = [
            (
                "its source" if each.band == "exact" else each.band,
                each.origin,
                each.segments,
                *(f"{score.value:.1f}" for score in each.scores.values()),
            )
            for each in origins
        ]
        names = (score.name for score in origins[0].scores.values())
        yield from ("", "By what made the memory's translation")
        yield from _indented(rows, ("match", "origin", "segments", *names))


def _terms(report: Report) -> Iterator[str]:
    if report.terms.score is None:
        return
    low, high = report.terms.score.low or 0, report.terms.score.high or 0
    share = f"{report.terms.kept} of {report.terms.wanted}, {low:.0%} to {high:.0%} in others like them"
    yield from ("", f"Terms as in the glossary: {share}")
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


def _consistency(report: Report, *, everything: bool) -> Iterator[str]:
    found = report.consistency
    if not (found.repeated or found.known or found.targets):
        return
    yield from ("", "Consistency")
    inside = f"{found.alike} of {found.repeated} repeated sources translated one way"
    yield f"  inside the job: {inside if found.repeated else 'no source is repeated'}"
    yield from _several("in several ways", found.sources, everything=everything)
    yield from _several("translations of several sources", found.targets, everything=everything)
    if not found.known:
        yield "  against the memory: it has none of the sources"
        return
    yield f"  against the memory: {found.kept} of {found.known} sources that it has are translated as there"
    # Of a machine's output nearly each line would be listed, and stands below with its segment.
    is_like_a_machines = found.known >= TELLING and found.kept < found.known / 2
    if everything or not (report.is_machine or is_like_a_machines):
        yield from _several("otherwise", found.unlike_memory, everything=everything)


def _several(title: str, several: Sequence[Disagreement], *, everything: bool) -> Iterator[str]:
    if several:
        yield f"    {len(several)} {title}"
    for disagreement in several if everything else several[:SEVERAL]:
        yield f"      {_flat(disagreement.text)}  ({_numbered(disagreement.segments)})"
        yield from (f"        · {_flat(text)}" for text in disagreement.others)
    if len(several) > SEVERAL and not everything:
        yield f"      and {len(several) - SEVERAL} more; -v shows all"


def _comparison(comparison: Comparison) -> Iterator[str]:
    segments = terminal.counted(comparison.segments, "segment")
    yield from ("", f"Compared with the other translation, on {segments} the memory has")
    if comparison.unequal:
        yield from _tests(comparison)
    else:
        yield "  the two agree equally with the memory on every segment: there is nothing to test"
    if terms := comparison.terms:
        shares = (
            f"this {terms.first:.1%}, other {terms.second:.1%}, p randomisation {terms.randomisation:.4f}"
        )
        yield f"  terms as in the glossary: {shares}"
    rows = [(each.severity, each.check, each.first, each.second) for each in comparison.findings]
    if rows:
        yield from _indented(rows, ("findings", "", "this", "other"))
    for row in comparison.differing:
        yield f"  {row.number}: {_flat(row.source)}"
        yield f"    this  {row.first_score:5.1f}  {_flat(row.first)}"
        yield f"    other {row.second_score:5.1f}  {_flat(row.second)}"


def _tests(comparison: Comparison) -> Iterator[str]:
    rows = [
        (
            figure.name,
            f"{figure.first:.2f}",
            f"{figure.second:.2f}",
            f"{figure.randomisation:.4f}",
            f"{figure.bootstrap:.4f}",
        )
        for figure in comparison.figures.values()
    ]
    yield from _indented(rows, ("", "this", "other", "p randomisation", "p bootstrap"))
    if comparison.unequal < ENOUGH:
        few = f"the two agree unequally on {comparison.unequal} segments only"
        yield f"  ! {few}: too few for the p-values to mean anything"
    else:
        yield "  go by the randomisation: the bootstrap calls chance a difference 12 to 15 times of 100, not 5"


def _flat(text: str) -> str:
    """A text of several lines in one, as a table shows it."""
    return " ".join(text.split())


def _numbered(segments: Sequence[int]) -> str:
    return f"segment{'s' * (len(segments) > 1)} {', '.join(map(str, segments))}"


def _segments(report: Report, *, everything: bool) -> Iterator[str]:
    from tm.scoring import metrics

    rows = report.rows
    if len(rows) > SHOWN and not everything:
        rows = tuple(row for row in rows if row.findings or row.number in report.drifted)[:SHOWN]
    table = _indented(
        [_segment(row, [metric.key for metric in metrics()]) for row in rows],
        ("segment", "match", *(metric.name for metric in metrics()), "drift"),
    )
    yield from ("", "Segments, each against the memory's translation")
    yield from table[:1]
    for row, line in zip(rows, table[1:], strict=True):
        yield line
        yield from (f"           {remark}" for remark in _remarks(row, drifted=row.number in report.drifted))
    if len(rows) < len(report.rows):
        yield f"  {len(report.rows) - len(rows)} more segments; -v shows all"


def _remarks(row: SegmentScore, *, drifted: bool) -> Iterator[str]:
    if row.exact and not row.identical:
        yield from (f"memory: {_flat(reference)}" for reference in row.references)
    changes = [
        f"{edit.stored.strip() or '–'} → {edit.new.strip() or '–'}"
        for edit in row.edits
        if edit.operation != "equal"
    ]
    if changes:
        yield f"source changed: {', '.join(changes)}"
    if drifted:
        yield "drift: left the memory, though the source hardly changed"
    yield from map(as_line, row.findings)


def _segment(row: SegmentScore, metrics: Sequence[str]) -> tuple[object, ...]:
    figures = [f"{row.scores[key]:.1f}" if key in row.scores else "" for key in metrics]
    match = f"{row.percent} %" if row.percent else "new"
    return (
        row.number,
        match + (" repeated" if row.band.endswith("repetitions") else ""),
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
