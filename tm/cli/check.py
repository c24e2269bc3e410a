"""``tm check``: what is wrong with translations."""

from __future__ import annotations

import dataclasses
from collections import Counter

import click

from tm.cli import ci, options, terminal
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
    quiet: bool,
) -> None:
    """Find what is wrong with translations.

    \b
    tm check news.tsv --terms out/glossary.tbx
    tm check fr.po --only number,placeholder --github

    FILE is units (TMX, XLIFF, PO, TSV …); two text files with a segment a line will do too. One finding a line; exit code
    1 when one of them is an error.

    Checks: number, untranslated, empty, code, placeholder, address, term (error or warning); punctuation, space, doubled,
    length, capital, inconsistent, variety (warning); french (info).
    """
    from tm.checks import checks, run_checks
    from tm.formats import read_concepts

    job = jobs.read_job(paths, from_format or "", source or "", target or "")
    concepts = read_concepts(glossary, direction=Direction(job.source, job.target)) if glossary else []
    names = [name.strip() for name in only.split(",") if name.strip()]
    found = run_checks(job.pairs, Direction(job.source, job.target), concepts=concepts, only=names)
    numbers = job.numbers_in_files()
    findings = [dataclasses.replace(finding, segment=numbers[finding.segment - 1]) for finding in found]
    if as_json:
        terminal.json_object({
            "source": job.source,
            "target": job.target,
            "segments": len(job.pairs),
            "findings": [dataclasses.asdict(finding) for finding in findings],
        })  # fmt: skip
    elif as_github:
        for line in ci.github(findings):
            terminal.data(line)
    else:
        for finding in findings:
            terminal.data(f"{finding.file}: segment {finding.segment}: {finding.severity}: {finding.message}")
    if junit:
        ci.write_junit(junit, "tm check", names or sorted(checks()), findings)
    counts = Counter(finding.severity for finding in findings)
    if not quiet:
        terminal.note(f"{len(job.pairs)} segments: {counts['error']} errors, {counts['warning']} warnings")
    if counts["error"]:
        raise click.exceptions.Exit(1)
