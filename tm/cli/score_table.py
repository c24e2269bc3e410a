"""A score as lines: the headline, what it stands on, then segment by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.cli import phrases, terminal
from tm.cli.interface_language import _, _n, later, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.model import Score
    from tm.scoring import Comparison, Report
    from tm.scoring.agreement import Disagreement
    from tm.scoring.provenance import Provenance
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
    yield f"{phrases.segments(report.segments)}, {report.source} → {report.target}"
    if report.unfinished.total:
        yield phrases.unfinished(report.unfinished)
    if report.passed_over:
        yield _n(
            "left out {count} unit of the memory that was made of this job:",
            "left out {count} units of the memory that were made of this job:",
            report.passed_over,
        )
        yield from (f"  {_provenance(each)}" for each in report.provenances)
    yield from (f"! {sentence(warning)}" for warning in report.warnings)
    yield from _coverage(report)
    yield from _headline(report.agreement, report.reference_files)
    yield from _bands(report.bands)
    yield from _origins(report.origins)
    yield from _terms(report)
    yield from _consistency(report, everything=everything)
    if comparison:
        yield from _comparison(comparison)
    yield from _segments(report, everything=everything)


def _provenance(provenance: Provenance) -> str:
    """A change of the memory that was made of this job."""
    document = provenance.document if provenance.document != provenance.file else ""
    files = ", ".join(filter(None, (provenance.file, document)))
    change = _("change {number} ({files})", number=provenance.change, files=files)
    return f"{change}: {phrases.counted(provenance.units, 'units')}"


def _coverage(report: Report) -> Iterator[str]:
    rows = [
        (phrases.band(coverage.band), coverage.segments, coverage.words, coverage.characters)
        for coverage in report.coverage
        if coverage.segments
    ]
    yield from ("", _("What the memory knows of the sources"))
    yield from _indented(rows, (_("match"), _("segments"), _("words"), _("characters")))
    share = f"{report.leverage:.0%}"
    yield "  " + _("{share} of the words are in matches of 75 and more, or repeated", share=share)


def _headline(agreement: Agreement, references: Sequence[str]) -> Iterator[str]:
    yield ""
    if references:
        yield _n(
            "Agreement with {files}: {count} segment of which they have a translation",
            "Agreement with {files}: {count} segments of which they have a translation",
            agreement.segments,
            files=", ".join(references),
        )
    else:
        yield _n(
            "Agreement with the memory: {count} segment whose source it has",
            "Agreement with the memory: {count} segments whose source it has",
            agreement.segments,
        )
    if agreement.identical is None:
        return
    rows = [
        (score.name, f"{score.value:.2f}", _interval(score), score.signature)
        for score in agreement.scores.values()
    ]
    yield from _indented(rows)
    hits = round(agreement.identical.value * agreement.segments)
    low, high = agreement.identical.low or 0, agreement.identical.high or 0
    share = _(
        "{hits} of {all}, {low} to {high} in others like them",
        hits=hits,
        all=agreement.segments,
        low=f"{low:.0%}",
        high=f"{high:.0%}",
    )
    to = _("identical to a reference: {share}") if references else _("identical to the memory: {share}")
    yield f"  {to.format(share=share)}"
    for score in agreement.folded.values():
        figure = f"{score.name} {score.value:.2f}"
        yield "  " + _(
            "{figure} when typography (quotes, apostrophes, dashes, spaces) is not counted", figure=figure
        )


def _interval(score: Score) -> str:
    if score.low is None or score.high is None:
        return ""
    return _("{low} to {high}", low=f"{score.low:.2f}", high=f"{score.high:.2f}")


def _bands(bands: Sequence[Agreement]) -> Iterator[str]:
    if bands:
        rows = [
            (
                phrases.band(band.band),
                band.segments,
                *(f"{score.value:.1f}" for score in band.scores.values()),
            )
            for band in bands
        ]
        yield from ("", _("Against the best fuzzy match, by band (not part of the above)"))
        yield from _indented(
            rows, (_("match"), _("segments"), *(score.name for score in bands[0].scores.values()))
        )


def _origins(origins: Sequence[Agreement]) -> Iterator[str]:
    if origins:
        rows = [
            (
                _("its source") if each.band == "exact" else phrases.band(each.band),
                each.origin,
                each.segments,
                *(f"{score.value:.1f}" for score in each.scores.values()),
            )
            for each in origins
        ]
        names = (score.name for score in origins[0].scores.values())
        yield from ("", _("By what made the memory's translation"))
        yield from _indented(rows, (_("match"), _("origin"), _("segments"), *names))


def _terms(report: Report) -> Iterator[str]:
    if report.terms.score is None:
        return
    low, high = report.terms.score.low or 0, report.terms.score.high or 0
    share = _(
        "{hits} of {all}, {low} to {high} in others like them",
        hits=report.terms.kept,
        all=report.terms.wanted,
        low=f"{low:.0%}",
        high=f"{high:.0%}",
    )
    yield from ("", _("Terms as in the glossary: {share}", share=share))
    rows = [
        (
            use.term,
            " | ".join(use.expected),
            _("{count} of {all}", count=use.kept, all=use.wanted),
            _("{count} forbidden", count=use.forbidden) if use.forbidden else "",
        )
        for use in report.terms.concepts
        if use.kept < use.wanted or use.forbidden
    ]
    yield from _indented(rows)


def _consistency(report: Report, *, everything: bool) -> Iterator[str]:
    found = report.consistency
    if not (found.repeated or found.known or found.targets):
        return
    yield from ("", _("Consistency"))
    inside = _("no source is repeated")
    if found.repeated:
        inside = _n(
            "{alike} of {count} repeated source translated one way",
            "{alike} of {count} repeated sources translated one way",
            found.repeated,
            alike=found.alike,
        )
    yield "  " + _("inside the job: {figures}", figures=inside)
    yield from _several(later("{count} in several ways"), found.sources, everything=everything)
    yield from _several(
        later("{count} translations of several sources"), found.targets, everything=everything
    )
    if not found.known:
        yield "  " + _("against the memory: it has none of the sources")
        return
    yield "  " + _n(
        "against the memory: {kept} of {count} source that it has is translated as there",
        "against the memory: {kept} of {count} sources that it has are translated as there",
        found.known,
        kept=found.kept,
    )
    # Of a machine's output nearly each line would be listed, and stands below with its segment.
    is_like_a_machines = found.known >= TELLING and found.kept < found.known / 2
    if everything or not (report.is_machine or is_like_a_machines):
        yield from _several(later("{count} otherwise"), found.unlike_memory, everything=everything)


def _several(title: str, several: Sequence[Disagreement], *, everything: bool) -> Iterator[str]:
    if several:
        yield f"    {_(title, count=len(several))}"
    for disagreement in several if everything else several[:SEVERAL]:
        yield f"      {_flat(disagreement.text)}  ({_numbered(disagreement.segments)})"
        yield from (f"        · {_flat(text)}" for text in disagreement.others)
    if len(several) > SEVERAL and not everything:
        yield "      " + _("and {count} more; -v shows all", count=len(several) - SEVERAL)


def _comparison(comparison: Comparison) -> Iterator[str]:
    yield ""
    yield _n(
        "Compared with the other translation, on {count} segment the memory has",
        "Compared with the other translation, on {count} segments the memory has",
        comparison.segments,
    )
    if comparison.unequal:
        yield from _tests(comparison)
    else:
        yield "  " + _("the two agree equally with the memory on every segment: there is nothing to test")
    if terms := comparison.terms:
        yield "  " + _(
            "terms as in the glossary: this {first}, other {second}, p randomisation {p}",
            first=f"{terms.first:.1%}",
            second=f"{terms.second:.1%}",
            p=f"{terms.randomisation:.4f}",
        )
    rows = [
        (terminal.severity(each.severity), each.check, each.first, each.second)
        for each in comparison.findings
    ]
    if rows:
        yield from _indented(rows, (_("findings"), "", _("this"), _("other")))
    for row in comparison.differing:
        yield f"  {row.number}: {_flat(row.source)}"
        yield f"    {_('this'):5} {row.first_score:5.1f}  {_flat(row.first)}"
        yield f"    {_('other'):5} {row.second_score:5.1f}  {_flat(row.second)}"


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
    yield from _indented(rows, ("", _("this"), _("other"), _("p randomisation"), _("p bootstrap")))
    if comparison.unequal < ENOUGH:
        yield "  ! " + _n(
            "the two agree unequally on {count} segment only: too few for the p-values to mean anything",
            "the two agree unequally on {count} segments only: too few for the p-values to mean anything",
            comparison.unequal,
        )
    else:
        yield "  " + _(
            "go by the randomisation: the bootstrap calls chance a difference 12 to 15 times of 100, not 5"
        )


def _flat(text: str) -> str:
    """A text of several lines in one, as a table shows it."""
    return " ".join(text.split())


def _numbered(segments: Sequence[int]) -> str:
    numbers = ", ".join(map(str, segments))
    if len(segments) > 1:
        return _("segments {numbers}", numbers=numbers)
    return _("segment {number}", number=numbers)


def _segments(report: Report, *, everything: bool) -> Iterator[str]:
    from tm.scoring import metrics

    rows = report.rows
    if len(rows) > SHOWN and not everything:
        rows = tuple(row for row in rows if row.findings or row.number in report.drifted)[:SHOWN]
    table = _indented(
        [_segment(row, [metric.key for metric in metrics()]) for row in rows],
        (_("segment"), _("match"), *(metric.name for metric in metrics()), _("drift")),
    )
    yield from ("", _("Segments, each against the memory's translation"))
    yield from table[:1]
    for row, line in zip(rows, table[1:], strict=True):
        yield line
        yield from (f"           {remark}" for remark in _remarks(row, drifted=row.number in report.drifted))
    if more := len(report.rows) - len(rows):
        yield "  " + _n("{count} more segment; -v shows all", "{count} more segments; -v shows all", more)


def _remarks(row: SegmentScore, *, drifted: bool) -> Iterator[str]:
    if row.exact and not row.identical:
        yield from (_("memory: {text}", text=_flat(reference)) for reference in row.references)
    edits = [edit for edit in row.edits if edit.operation != "equal"]
    changes = [
        f"{edit.stored.strip() or '–'} → {edit.new.strip() or '–'}"
        for edit in edits
        if edit.stored.strip() or edit.new.strip()
    ]
    if changes:
        yield _("source changed: {changes}", changes=", ".join(changes))
    elif edits:
        yield _("source changed: inline codes or spaces")
    if drifted:
        yield _("drift: left the memory, though the source hardly changed")
    yield from map(terminal.finding_line, row.findings)


def _segment(row: SegmentScore, metrics: Sequence[str]) -> tuple[object, ...]:
    figures = [f"{row.scores[key]:.1f}" if key in row.scores else "" for key in metrics]
    match = f"{row.percent} %" if row.percent else _("new")
    return (
        row.number,
        match + (f" {_('repeated')}" if row.band.endswith("repetitions") else ""),
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
