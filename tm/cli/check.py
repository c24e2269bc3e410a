"""``tm check``: what is wrong with translations."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

import click

from tm.cli import ci, options, progress, terminal

if TYPE_CHECKING:
    from tm.direction import Direction


@click.command("check")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--terms", "glossary", metavar="GLOSSARY", help="TBX, TSV or CSV; without one terms are not checked."
)
@click.option("--only", metavar="CHECK,...", default="", help="These checks alone: number,term.")
@options.direction
@options.from_format
@options.as_json
@click.option(
    "--github", "as_github", is_flag=True, help="Annotations for a GitHub workflow, instead of lines."
)
@click.option("--junit", metavar="PATH", help="Also write JUnit XML.")
@click.option("--complete", is_flag=True, help="Exit 1 when something is not translated, or is a draft.")
@options.quiet
def command(
    paths: tuple[str, ...],
    glossary: str | None,
    only: str,
    asked: Direction,
    from_format: str | None,
    as_json: bool,
    as_github: bool,
    junit: str | None,
    complete: bool,
    quiet: bool,
) -> None:
    """Find what is wrong with translations.

    \b
    tm check news.tsv --terms out/glossary.tbx
    tm check fr.po --only number,placeholder --github

    FILE is units (TMX, XLIFF, PO, TSV …); two text files with a segment a line will do too. One finding a line, with its
    place in the file; exit code 1 when one of them is an error. What waits for a translator and what is a draft (fuzzy,
    needs-review …) is counted and not checked; --complete fails over it.

    Checks: number, untranslated, empty, code, placeholder, address, limit, term (error or warning); punctuation, space, doubled,
    length, capital, inconsistent, variety (warning); french (info).
    """
    from tm.work.checking import check_files

    names = [name.strip() for name in only.split(",") if name.strip()]
    checked = check_files(paths, asked=asked, format=from_format or "", glossary=glossary or "", only=names)
    if as_json:
        terminal.json_object({
            "source": checked.direction.source,
            "target": checked.direction.target,
            "segments": checked.segments,
            **progress.fields(checked.unfinished),
            "findings": [dataclasses.asdict(finding) for finding in checked.findings],
        })  # fmt: skip
    else:
        lines = ci.github(checked.findings) if as_github else map(ci.line, checked.findings)
        for line in lines:
            terminal.data(line)
    if junit:
        ci.write_junit(junit, "tm check", checked.checks, checked.findings)
    counts = Counter(finding.severity for finding in checked.findings)
    if not quiet:
        figures = f"{counts['error']} errors, {counts['warning']} warnings"
        summary = f"{terminal.counted(checked.segments, 'segment')}: {figures}"
        terminal.note("; ".join(filter(None, (summary, progress.words(checked.unfinished)))))
    unread = terminal.report_left_out(checked.left_out, checked.files)
    if unread or counts["error"] or (complete and checked.unfinished.total):
        raise click.exceptions.Exit(1)
