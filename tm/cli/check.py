"""``tm check``: what is wrong with translations."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tm import files
from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, _n, joined, sentence
from tm.cli.values import File, Names, WholeNumber, check_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.checks.suppression import Rule
    from tm.direction import Direction
    from tm.work.checking import Checked
    from tm.work.fixing import Fixed


class _Rule(click.ParamType["Rule"]):
    """Which findings are ignored: a table of ``tm.toml``, or its fields as one text."""

    name = "rule"
    takes_tables = True
    """A settings file may have tables for it (``tm.cli.settings``)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Rule:  # noqa: ANN401, ARG002
        """Refuse what says nothing."""
        from tm.checks.suppression import Rule

        return value if isinstance(value, Rule) else Rule.parsed(value)


@click.command("check")
@click.argument("paths", metavar="FILE...", nargs=-1, type=File())
@click.option(
    "-m",
    "--memory",
    "inspected",
    type=File(),
    metavar="PATH",
    help="Instead of files: is this memory damaged?",
)
@options.terms("TBX, TSV or CSV; without one terms are not checked.")
@click.option(
    "--only",
    type=Names(check_names),
    metavar="CHECK,...",
    default="",
    help="These checks alone: number,term.",
)
@click.option(
    "--syntax",
    "syntaxes",
    metavar="NAME,...",
    default="",
    help="What the placeholders are: icu,laravel, or a flag of PO (c-format). Without it: what they look like.",
)
@click.option(
    "--gap",
    type=WholeNumber(0, 3),
    default=0,
    metavar="N",
    help="Adjectives that may stand inside a term: 1 takes 'base commune de données' for 'base de données'.",
)
@options.direction
@options.from_format
@options.reports
@click.option(
    "--ignore",
    "ignored",
    type=_Rule(),
    multiple=True,
    help="What not to report: check=french,file=docs/*.po,unit=menu.*,reason=…; more than once. In tm.toml: "
    "[[check.ignore]].",
)
@click.option("--baseline", type=File(), metavar="PATH", help="Do not report the findings of this baseline.")
@click.option(
    "--write-baseline", type=File(), metavar="PATH", help="Write the findings of this run as a baseline."
)
@click.option("--fix", is_flag=True, help="Write safe suggestions into the files; all else in them stays.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change, and write nothing.")
@click.option("--complete", is_flag=True, help="Exit 1 when something is not translated, or is a draft.")
@options.quiet
def command(
    paths: tuple[str, ...],
    inspected: str | None,
    glossary: str,
    only: str,
    syntaxes: str,
    gap: int,
    asked: Direction,
    from_format: str,
    as_json: bool,
    as_github: bool,
    junit: str | None,
    sarif: str | None,
    ignored: tuple[Rule, ...],
    baseline: str | None,
    write_baseline: str | None,
    fix: bool,
    dry_run: bool,
    complete: bool,
    quiet: bool,
) -> int:
    """Find what is wrong with translations.

    \b
    tm check news.tsv --terms out/glossary.tbx
    tm check fr.po --only number,placeholder --github

    FILE is units (TMX, XLIFF, PO, TSV …); two text files with a segment a line will do too. One finding a
    line, with its place in the file; exit code 1 when one of them is an error. What waits for a translator
    and what is a draft (fuzzy, needs-review …) is counted and not checked; --complete fails over it. What
    --ignore, tm.toml or a baseline names is not reported, and counted.

    With -m a memory is read from end to end instead: what is not as it was written is named, exit code 1.

    Checks: number, untranslated, language, mojibake, empty, code, placeholder, markup, address, limit, term
    (error or warning); numberformat, lookalike, invisible, entity, leftover, accelerator, escape, name,
    punctuation, quotes, space, doubled, length, capital, inconsistent, variety, negation,
    propername (warning); misaligned, french (info).
    """
    from tm.checks import reporting
    from tm.checks.baseline import write_baseline as baseline_of
    from tm.checks.sarif import write_sarif
    from tm.work.checking import Checked, check_files
    from tm.work.fixing import Fixed, fix_files

    if bool(inspected) == bool(paths):
        raise click.UsageError(
            _("either files with translations or a memory were expected: FILE... or -m MEMORY")
        )
    if inspected:
        others = {parameter.name or "" for parameter in command.params} - {"inspected", "as_json", "quiet"}
        if options.is_said(*others):
            raise click.UsageError(
                _("with -m a memory is read as it is; --json or --quiet may stand beside it")
            )
        return _inspect(inspected, as_json, quiet)
    for out in filter(None, (junit, sarif, write_baseline)):
        files.keep_apart(out, paths)
    names, said = ([name.strip() for name in text.split(",") if name.strip()] for text in (only, syntaxes))
    if dry_run and not fix:
        raise click.UsageError(_("--dry-run goes with --fix."))
    bar = functools.partial(terminal.progress, quiet=quiet)
    run = functools.partial(fix_files, write=not dry_run) if fix else check_files
    outcome = run(
        paths,
        progress=bar,
        asked=asked,
        format=from_format,
        glossary=glossary,
        only=names,
        syntaxes=said,
        inserted=gap,
        ignored=ignored,
        baseline="" if write_baseline else baseline or "",
    )
    fixed = outcome if isinstance(outcome, Fixed) else None
    checked = outcome if isinstance(outcome, Checked) else outcome.checked
    findings, unfinished = checked.findings, checked.unfinished
    if as_json:
        suppressed = [
            {**reporting.fields(finding), "reason": reason} for finding, reason in checked.suppressed
        ]
        counts = {"segments": checked.segments, **unfinished.counts()}
        terminal.json_object(
            {
                **asdict(checked.direction),
                **counts,
                "findings": list(map(reporting.fields, findings)),
                "suppressed": suppressed,
                "unused": [str(rule) for rule in checked.unused],
                "outdated": checked.outdated,
                "left_out": list(map(str, checked.left_out)),
                **(_fixed_fields(fixed) if fixed else {}),
            }
        )
    else:
        for line in fixed.differences if fixed and dry_run else ():
            terminal.data(line)
        for line in reporting.github(findings) if as_github else ():
            terminal.data(line)
        for finding in () if as_github else findings:
            terminal.finding(finding)
    if junit:
        reporting.write_junit(junit, "tm check", checked.checks, findings)
    if sarif:
        write_sarif(sarif, checked.checks, findings, checked.suppressed)
    severities = Counter(finding.severity for finding in findings)
    if not quiet:
        segments = _n("{count} segment", "{count} segments", checked.segments)
        errors = _n("{count} error", "{count} errors", severities["error"])
        warnings = _n("{count} warning", "{count} warnings", severities["warning"])
        summary = _("{segments}: {errors}, {warnings}", segments=segments, errors=errors, warnings=warnings)
        terminal.note(joined(summary, *_suppression(checked), phrases.unfinished(unfinished)))
    if fixed:
        for line in _fixed_lines(fixed, dry_run=dry_run):
            terminal.note(line)
    for rule in checked.unused:
        terminal.note(_("ignores nothing: {rule}", rule=rule))
    if write_baseline:
        rows = baseline_of(write_baseline, findings)
        terminal.note(f"{write_baseline}: {_n('{count} finding', '{count} findings', rows)}")
        return terminal.report_left_out(checked.left_out, checked.files)
    left_out = terminal.report_left_out(checked.left_out, checked.files)
    return 1 if left_out or severities["error"] or (complete and unfinished.total) else 0


def _fixed_fields(fixed: Fixed) -> dict[str, object]:
    left = [{**asdict(finding), "reason": reason} for finding, reason in fixed.left]
    return {"fixed": [asdict(finding) for finding in fixed.fixed], "left": left}


def _fixed_lines(fixed: Fixed, *, dry_run: bool) -> Iterator[str]:
    """What was fixed, by file, and what could not be written."""
    for path, count in Counter(finding.file for finding in fixed.fixed).items():
        if dry_run:
            fixes = _n("would be fixed: {count} finding", "would be fixed: {count} findings", count)
        else:
            fixes = _n("fixed: {count} finding", "fixed: {count} findings", count)
        yield f"{path}: {fixes}"
    for finding, reason in fixed.left:
        about = f"{sentence(finding.message)} [{finding.check}]: {sentence(reason)}"
        yield f"{finding.file}:{finding.line}: {_('not written: {finding}', finding=about)}"


def _inspect(memory: str, as_json: bool, quiet: bool) -> int:
    """Say what of a memory is hurt."""
    from tm.work.inspecting import inspect_memory

    found = inspect_memory(memory)
    if as_json:
        damages = [damage._asdict() for damage in found.damages]
        terminal.json_object({"memory": memory, "units": found.units, "damages": damages})
        return int(bool(found.damages))
    for damage in found.damages:
        terminal.data(f"{memory}: {sentence(str(damage))}")
    if not quiet:
        hurt = _("nothing is hurt")
        if found.damages:
            hurt = _(
                "{count} hurt; tm export OUT.tmx -m {memory} --recover saves what is whole",
                count=len(found.damages),
                memory=memory,
            )
        whole = _n("{count} whole unit", "{count} whole units", found.units)
        terminal.note(f"{memory}: {whole}, {hurt}")
    return 1 if found.damages else 0


def _suppression(checked: Checked) -> Iterator[str]:
    """How much is not reported, and how much of the baseline is not there any more."""
    reasons = Counter(reason for _, reason in checked.suppressed)
    if reasons:
        counts = ", ".join(f"{count} {sentence(reason)}" for reason, count in reasons.items())
        yield _("not reported: {counts}", counts=counts)
    if checked.outdated:
        yield _n(
            "{count} of the baseline is no longer there",
            "{count} of the baseline are no longer there",
            checked.outdated,
        )
