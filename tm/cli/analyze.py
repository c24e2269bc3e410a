"""``tm analyze``: how much of a job the memory knows."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, _n, later
from tm.cli.values import File
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tm.direction import Direction
    from tm.work.analysis import Analysis, FileAnalysis

HEADER = (later("band"), later("segments"), later("words"), later("characters"), later("weighted words"))
"""The columns, in English for programs that read CSV."""


@click.command("analyze")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=File())
@options.memories
@options.direction
@options.from_format
@options.encoding
@click.option(
    "--rates", metavar="NAME=RATE,...", default="", help="What a word counts: 100=0.2,95=0.3,new=1."
)
@click.option("--internal-fuzzy", is_flag=True, help="A segment may also be like an earlier one of the job.")
@click.option("--csv", "as_csv", is_flag=True, help="Rows as CSV.")
@options.as_json
@options.quiet
def command(
    paths: tuple[str, ...],
    memory_path: tuple[str, ...],
    asked: Direction,
    from_format: str,
    internal_fuzzy: bool,
    as_csv: bool,
    as_json: bool,
    quiet: bool,
    **given: str,
) -> int:
    """How much of a job the memory knows.

    \b
    tm analyze report.xlf catalogue.po -m out/memory.tm
    tm analyze loc/ -m out/memory.tm --rates 100=0.2,95=0.4 --csv

    Each segment counts in the band of its best match: 102 and 101 are the same text in the same context, 100
    the same text, 95–99 the same words. Repetitions stood in the job before. Plain text has a segment a line,
    other documents are segmented. Weighted words are the words of each band at its rate. Of a folder all
    files count that can be read.
    """
    from tm.work.analysis import analyze
    from tm.work.memories import open_memories

    if as_csv and as_json:
        raise OptionError(_("--csv and --json are two ways to print the same; choose one"))
    with open_memories(memory_path) as stores:
        analysis = analyze(
            paths,
            stores,
            asked,
            format=from_format,
            internal_fuzzy=internal_fuzzy,
            progress=partial(terminal.progress, quiet=quiet),
            **given,
        )
    if as_json:
        terminal.json_object(_fields(analysis))
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("file", *HEADER))
        for file in analysis.files:
            writer.writerows((file.path, *row) for row in _rows(file, analysis.rates))
    else:
        for line in _table(analysis):
            terminal.data(line)
        if internal_fuzzy and not quiet:
            terminal.note(
                _n(
                    "{count} segment is most like an earlier one of the job",
                    "{count} segments are most like an earlier one of the job",
                    analysis.internal,
                )
            )
    if analysis.passed_over and not quiet:
        terminal.note(phrases.passed_over(analysis.passed_over))
    unfinished = analysis.total.unfinished
    if 0 < unfinished.total < analysis.total.sizes[0] and not quiet:
        terminal.note(phrases.unfinished(unfinished))
    return terminal.report_left_out(analysis.left_out, len(analysis.files) + len(analysis.left_out))


def _rows(file: FileAnalysis, rates: Mapping[str, float]) -> list[tuple[object, ...]]:
    return [
        (band.band, band.segments, band.words, band.characters, f"{band.words * rates[band.band]:.1f}")
        for band in file.bands
    ]


def _table(analysis: Analysis) -> Iterator[str]:
    """Each file's bands, then those of all."""
    files = [(file.path, file) for file in analysis.files]
    if len(files) > 1:
        files.append((_("{count} files", count=len(files)), analysis.total))
    for number, (name, file) in enumerate(files):
        total = (_("total"), *file.sizes, f"{file.weighted_words:.1f}")
        yield ("\n" if number else "") + name
        rows = [(phrases.band(str(band)), *counts) for band, *counts in _rows(file, analysis.rates)]
        yield from terminal.table([*rows, total], header=list(map(_, HEADER)), right=range(1, 5))


def _fields(analysis: Analysis) -> dict[str, Any]:
    def bands(file: FileAnalysis) -> dict[str, Any]:
        """The counts of a file, or of all."""
        weighted_words = round(file.weighted_words, 1)
        counts = [asdict(band) for band in file.bands]
        return {**file.unfinished.counts(), "bands": counts, "weighted_words": weighted_words}

    return {
        **asdict(analysis.direction),
        "rates": analysis.rates,
        "left_out": [str(error) for error in analysis.left_out],
        "files": [{"file": file.path, **bands(file)} for file in analysis.files],
        "total": bands(analysis.total),
    }
