"""``tm score``: new translations against memory and glossary."""

from __future__ import annotations

import functools
from dataclasses import asdict
from typing import Any

import click

from tm import files
from tm.cli import options, score_table, terminal
from tm.cli.interface_language import _, sentence
from tm.cli.values import File


@click.command("score")
@click.argument("paths", metavar="JOB...", nargs=-1, required=True, type=File())
@options.memory
@options.terms("TBX, TSV or CSV; without one terms are not scored.")
@options.direction
@options.from_format
@click.option(
    "--fail-under",
    "demands",
    metavar="NAME=N,...",
    default="",
    help="Exit 1 when a figure is worse: chrf=60,terms=0.9,errors=0.",
)
@click.option(
    "--compare",
    "other",
    type=File(),
    metavar="JOB",
    default="",
    help="Another translation of the same sources, tested against this one.",
)
@click.option(
    "--reference",
    "references",
    type=File(),
    metavar="FILE",
    multiple=True,
    help="A reference translation of the same sources; give it again for several.",
)
@options.where
@click.option(
    "--with-own", is_flag=True, help="Count units of the memory, too, that were made of the job itself."
)
@options.reports
@click.option("--html", type=File(), metavar="PATH", help="Also write a page of one file.")
@options.page_language
@options.quiet
@click.option(
    "-v", "--verbose", is_flag=True, help="Show all segments, not only those with something to say."
)
def command(
    paths: tuple[str, ...],
    memory_path: str,
    from_format: str,
    as_json: bool,
    as_github: bool,
    html: str | None,
    junit: str | None,
    sarif: str | None,
    language: str,
    quiet: bool,
    verbose: bool,
    **given: Any,  # noqa: ANN401 - what score_files takes under the same names
) -> int:
    """Score new translations against memory and glossary.

    \b
    tm score new.tsv -m out/memory.tm --terms out/glossary.tbx
    tm score new.tmx -m out/memory.tm --fail-under chrf=60,terms=0.9,errors=0
    tm score source.txt translation.txt -m out/memory.tm
    tm score test.fr mine.pt --reference first.pt --reference second.pt
    tm score new.tsv --compare old.tsv -m out/memory.tm

    JOB is files of units (TMX, XLIFF, PO, TSV …), or two text files of any name with a segment a line. The headline
    (BLEU, chrF2++ and TER, sacrebleu's own figures) stands on the segments whose source the memory has; those
    it only has something like are shown by band and never mixed in. What waits for a translator and what is a
    draft is counted and not scored. Units of the memory that were made of this very job, whatever its file
    was called, are left out, and it is said; --where "change!=2" leaves out what a change brought.

    Names for --fail-under, at least: bleu, chrf, chrf2, identical, terms, leverage (the share of words in
    matches of 75 and more, or repeated); at most: ter, drift (segments that left the memory's translation,
    though the source hardly changed), errors.
    """
    from tm.checks import checks, reporting
    from tm.checks.sarif import write_sarif
    from tm.pages.messages import messages
    from tm.scoring import score_page
    from tm.work.scoring import score_files

    for out in filter(None, (html, junit, sarif)):
        files.keep_apart(out, paths)
    bar = functools.partial(terminal.progress, quiet=quiet)
    scored = score_files(paths, memory_path, format=from_format, progress=bar, **given)
    report, missed = scored.report, scored.missed
    if as_json:
        fields = asdict(report) | {**report.unfinished.counts(), "missed": missed}
        comparison = {"comparison": asdict(scored.comparison)} if scored.comparison else {}
        left_out_files = list(map(str, scored.left_out))
        terminal.json_object(
            {"job": paths, "memory": memory_path, **fields, **comparison, "left_out": left_out_files}
        )
    else:
        table = score_table.lines(report, scored.comparison, everything=verbose)
        for line in reporting.github(report.findings, missed) if as_github else table:
            terminal.data(line)
    if html:
        title = messages(language).gettext("Score of {jobs}").format(jobs=", ".join(paths))
        page = score_page(report, title=title, comparison=scored.comparison, missed=missed, language=language)
        with files.writing(html) as stream:
            stream.write(page.encode("utf-8", "replace"))
    if junit:
        reporting.write_junit(junit, "tm score", sorted(checks()), report.findings, missed)
    if sarif:
        write_sarif(sarif, sorted(checks()), report.findings)
    for demand in missed:
        terminal.note(_("missed: {demand}", demand=sentence(demand)))
    left_out = terminal.report_left_out(scored.left_out, scored.files)
    return 1 if left_out or missed else 0
