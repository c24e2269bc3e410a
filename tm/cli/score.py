"""``tm score``: new translations against memory and glossary."""

from __future__ import annotations

import dataclasses

import click

from tm.cli import jobs, options, score_table, terminal


@click.command("score")
@click.argument("paths", metavar="JOB...", nargs=-1, required=True)
@options.memory
@click.option(
    "--terms", "glossary", metavar="GLOSSARY", help="TBX, TSV or CSV; without one terms are not scored."
)
@options.languages
@options.from_format
@click.option(
    "--fail-under",
    "demands",
    metavar="NAME=N,...",
    help="Exit 1 when a figure is worse: chrf=60,terms=0.9,errors=0.",
)
@options.as_json
@options.verbose
def command(
    paths: tuple[str, ...],
    memory_path: str,
    glossary: str | None,
    source: str | None,
    target: str | None,
    from_format: str | None,
    demands: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Score new translations against memory and glossary.

    \b
    tm score new.tsv -m out/memory.tm --terms out/glossary.tbx
    tm score new.tmx -m out/memory.tm --fail-under chrf=60,terms=0.9,errors=0
    tm score source.txt translation.txt -m out/memory.tm

    JOB is files of units (TMX, XLIFF, PO, TSV …), or two text files with a segment a line. The headline (BLEU, chrF2++ and
    TER, sacrebleu's own figures) stands on the segments whose source the memory has; those it only has something like
    are shown by band and never mixed in. -v shows all segments.

    Names for --fail-under: bleu, chrf, identical, terms, leverage (at least); ter, drift, errors (at most).
    """
    from tm.formats import read_concepts
    from tm.memory import open_store
    from tm.scoring import score, thresholds

    wanted = thresholds.parse(demands) if demands else {}
    with open_store(memory_path) as store:
        job = jobs.read_job(paths, from_format or "", source or "", target or "", list(store.languages()))
        concepts = read_concepts(glossary, source=job.source, target=job.target) if glossary else []
        report = score(job.pairs, store, concepts, job.source, job.target, own=paths)
    missed = thresholds.missed(report, wanted)
    if as_json:
        fields = dataclasses.asdict(report)
        terminal.json_object({"job": paths, "memory": memory_path, **fields, "missed": missed})
    else:
        for line in score_table.lines(report, everything=verbose):
            terminal.data(line)
    for line in missed:
        terminal.note(f"missed: {line}")
    if missed:
        raise click.exceptions.Exit(1)
