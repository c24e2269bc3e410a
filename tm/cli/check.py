"""``tm check``: what is wrong with translations."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tm import files
from tm.cli import options, terminal

if TYPE_CHECKING:
    from tm.direction import Direction


@click.command("check")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@options.terms("TBX, TSV or CSV; without one terms are not checked.")
@click.option("--only", metavar="CHECK,...", default="", help="These checks alone: number,term.")
@click.option(
    "--gap",
    type=click.IntRange(0, 3),
    default=0,
    metavar="N",
    help="Adjectives that may stand inside a term: 1 takes 'base commune de données' for 'base de données'.",
)
@options.direction
@options.from_format
@options.reports
@click.option("--complete", is_flag=True, help="Exit 1 when something is not translated, or is a draft.")
@options.quiet
def command(
    paths: tuple[str, ...],
    glossary: str,
    only: str,
    gap: int,
    asked: Direction,
    from_format: str,
    as_json: bool,
    as_github: bool,
    junit: str | None,
    sarif: str | None,
    complete: bool,
    quiet: bool,
) -> int:
    """Find what is wrong with translations.

    \b
    tm check news.tsv --terms out/glossary.tbx
    tm check fr.po --only number,placeholder --github

    FILE is units (TMX, XLIFF, PO, TSV …); two text files with a segment a line will do too. One finding a
    line, with its place in the file; exit code 1 when one of them is an error. What waits for a translator
    and what is a draft (fuzzy, needs-review …) is counted and not checked; --complete fails over it.

    Checks: number, untranslated, empty, code, placeholder, address, limit, term (error or warning);
    punctuation, space, doubled, length, capital, inconsistent, variety (warning); french (info).
    """
    from tm.checks import reporting
    from tm.checks.sarif import write_sarif
    from tm.work.checking import check_files

    for out in filter(None, (junit, sarif)):
        files.keep_apart(out, paths)
    names = [name.strip() for name in only.split(",") if name.strip()]
    checked = check_files(paths, asked=asked, format=from_format, glossary=glossary, only=names, inserted=gap)
    findings, unfinished = checked.findings, checked.unfinished
    if as_json:
        counts = {"segments": checked.segments, **unfinished.counts()}
        terminal.json_object(
            {**asdict(checked.direction), **counts, "findings": [asdict(finding) for finding in findings]}
        )
    else:
        for line in reporting.github(findings) if as_github else ():
            terminal.data(line)
        for finding in () if as_github else findings:
            terminal.finding(finding)
    if junit:
        reporting.write_junit(junit, "tm check", checked.checks, findings)
    if sarif:
        write_sarif(sarif, checked.checks, findings)
    severities = Counter(finding.severity for finding in findings)
    if not quiet:
        figures = f"{severities['error']} errors, {severities['warning']} warnings"
        summary = f"{terminal.counted(checked.segments, 'segment')}: {figures}"
        terminal.note("; ".join(filter(None, (summary, str(unfinished)))))
    left_out = terminal.report_left_out(checked.left_out, checked.files)
    return 1 if left_out or severities["error"] or (complete and unfinished.total) else 0
