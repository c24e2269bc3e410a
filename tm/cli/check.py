"""``tm check``: what is wrong with translations."""

from __future__ import annotations

import dataclasses
from collections import Counter

import click

from tm.cli import ci, options, progress, terminal
from tm.direction import Direction
from tm.work import jobs


@click.command("check")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--terms", "glossary", metavar="GLOSSARY", help="TBX, TSV or CSV; without one terms are not checked."
)
@click.option("--only", metavar="CHECK,...", default="", help="These checks alone: number,term.")
@options.languages
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
    source: str | None,
    target: str | None,
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
    from tm.checks import checks, run_checks
    from tm.formats import read_concepts
    from tm.formats.states import is_examined, unfinished

    job = jobs.read_job(paths, from_format or "", source or "", target or "")
    concepts = read_concepts(glossary, direction=Direction(job.source, job.target)) if glossary else []
    names = [name.strip() for name in only.split(",") if name.strip()]
    found = run_checks(job.pairs, Direction(job.source, job.target), concepts=concepts, only=names)
    numbers = job.numbers_in_files()
    findings = [dataclasses.replace(finding, segment=numbers[finding.segment - 1]) for finding in found]
    left = unfinished(job.pairs)
    checked = sum(map(is_examined, job.pairs))
    if as_json:
        terminal.json_object({
            "source": job.source,
            "target": job.target,
            "segments": checked,
            **progress.fields(left),
            "findings": [dataclasses.asdict(finding) for finding in findings],
        })  # fmt: skip
    elif as_github:
        for line in ci.github(findings):
            terminal.data(line)
    else:
        for finding in findings:
            terminal.data(ci.line(finding))
    if junit:
        ci.write_junit(junit, "tm check", names or sorted(checks()), findings)
    counts = Counter(finding.severity for finding in findings)
    if not quiet:
        figures = f"{counts['error']} errors, {counts['warning']} warnings"
        summary = f"{terminal.counted(checked, 'segment')}: {figures}"
        terminal.note("; ".join(filter(None, (summary, progress.words(left)))))
    if counts["error"] or (complete and left.total):
        raise click.exceptions.Exit(1)
