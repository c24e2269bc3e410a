"""``tm score``: new translations against memory and glossary."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from tm import files
from tm.cli import ci, options, progress, score_table, terminal
from tm.direction import Direction

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.work.scoring import Scored


@click.command("score")
@click.argument("paths", metavar="JOB...", nargs=-1, required=True)
@options.memory
@click.option(
    "--terms", "glossary", metavar="GLOSSARY", help="TBX, TSV or CSV; without one terms are not scored."
)
@options.direction
@options.from_format
@click.option(
    "--fail-under",
    "demands",
    metavar="NAME=N,...",
    help="Exit 1 when a figure is worse: chrf=60,terms=0.9,errors=0.",
)
@click.option(
    "--compare",
    "other",
    metavar="JOB",
    help="Another translation of the same sources, tested against this one.",
)
@options.as_json
@click.option(
    "--github", "as_github", is_flag=True, help="Annotations for a GitHub workflow, instead of the table."
)
@click.option("--html", metavar="PATH", help="Also write a page of one file.")
@click.option("--junit", metavar="PATH", help="Also write JUnit XML.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Show all segments, not only those with something to say."
)
def command(
    paths: tuple[str, ...],
    memory_path: str,
    glossary: str | None,
    asked: Direction,
    from_format: str | None,
    demands: str | None,
    other: str | None,
    as_json: bool,
    as_github: bool,
    html: str | None,
    junit: str | None,
    verbose: bool,
) -> None:
    """Score new translations against memory and glossary.

    \b
    tm score new.tsv -m out/memory.tm --terms out/glossary.tbx
    tm score new.tmx -m out/memory.tm --fail-under chrf=60,terms=0.9,errors=0
    tm score source.txt translation.txt -m out/memory.tm
    tm score new.tsv --compare old.tsv -m out/memory.tm

    JOB is files of units (TMX, XLIFF, PO, TSV …), or two text files with a segment a line. The headline (BLEU, chrF2++ and
    TER, sacrebleu's own figures) stands on the segments whose source the memory has; those it only has something like
    are shown by band and never mixed in. What waits for a translator and what is a draft is counted and not scored.

    Names for --fail-under: bleu, chrf, identical, terms, leverage (at least); ter, drift, errors (at most).
    """
    from tm.checks import checks
    from tm.scoring import score_page
    from tm.work.scoring import score_files

    scored = score_files(
        paths,
        memory_path,
        asked=asked,
        format=from_format or "",
        glossary=glossary or "",
        other=other or "",
        demands=demands or "",
    )
    report = scored.report
    if as_json:
        terminal.json_object({"job": paths, "memory": memory_path, **_fields(scored)})
    else:
        table = score_table.lines(report, scored.comparison, everything=verbose)
        for line in ci.github(report.findings, scored.missed) if as_github else table:
            terminal.data(line)
    if html:
        page = score_page(report, title=f"Score of {', '.join(paths)}")
        with files.writing(html) as stream:
            stream.write(page.encode("utf-8", "replace"))
    if junit:
        ci.write_junit(junit, "tm score", sorted(checks()), report.findings, scored.missed)
    for line in scored.missed:
        terminal.note(f"missed: {line}")
    for name in scored.unmeasured:
        terminal.note(f"not measured: {name}; nothing here to take it from, so it fails nothing")
    unread = terminal.report_left_out(scored.left_out, scored.files)
    if unread or scored.missed:
        raise click.exceptions.Exit(1)


def _fields(scored: Scored) -> dict[str, Any]:
    """The report as ``--json`` shows it."""
    fields = dataclasses.asdict(scored.report)
    fields |= {**progress.fields(scored.report.unfinished), "missed": scored.missed}
    if scored.comparison:
        fields["comparison"] = dataclasses.asdict(scored.comparison)
    return fields
