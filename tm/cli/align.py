"""``tm align``: two texts to pairs of sentences."""

from __future__ import annotations

import functools
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, terminal
from tm.cli.interface_language import _, _n
from tm.cli.phrases import coverage_line
from tm.cli.values import File

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.work.aligning import AlignedFiles


@click.command("align")
@click.argument("source_path", metavar="SOURCE", required=False, type=File())
@click.argument("target_path", metavar="TARGET", required=False, type=File())
@click.option(
    "-o",
    "--output",
    "out",
    type=File(),
    metavar="PATH",
    default="-",
    help="File, or folder for many [default: stdout].",
)
@options.to_format
@click.option("--segmented", is_flag=True, help="The lines of the files are the segments, empty ones too.")
@options.lines
@click.option(
    "--list", "list_path", type=File(), metavar="PAIRS", help="A file with SOURCE, a tab and TARGET a line."
)
@options.min_confidence(0.0, "Leave out beads below this, 0-1.")
@click.option(
    "-m",
    "--memory",
    "memory_path",
    type=File(),
    metavar="PATH",
    default="",
    help="A memory, which teaches the aligner.",
)
@options.terms("A glossary, which does so too.")
@options.vectors
@options.dictionary
@options.workers
@options.shards
@options.encoding
@options.page_language
@options.direction
@options.as_json
@options.quiet
def command(
    source_path: str | None,
    target_path: str | None,
    list_path: str | None,
    out: str,
    memory_path: str,
    dictionary: str,
    asked: Direction,
    shard_count: int | None,
    as_json: bool,
    quiet: bool,
    **reading: Any,  # noqa: ANN401 - what align_files takes under the same names
) -> int:
    """Two texts to pairs of sentences.

    \b
    tm align seeds/000_0ca37edf7db833c1.txt seeds/004_b4824e2bc52a60be.txt -o seeds.tsv
    tm align report.fr.txt report.pt.txt -o report.tmx --min-confidence 0.9

    A bead is a few segments with those that translate them. The output is beads as units of TMX, TSV or any
    other format of ours; with .html a page with the texts side by side; with .beads one bead a line,
    [0,1]:[0]:confidence, by 0-based segment numbers. Segments without translation stand in tables (with an empty side), .html and .beads.

    SOURCE and TARGET may be folders, whose documents are paired by name, else by content. Folders and --list
    are one run: the pairs teach each other their words; of many, results come in batches, each taught by
    those before. -o is then a folder, where each result has the name and the folders of its source, or one
    file for all. A memory (-m) and a glossary (--terms) teach words too, which helps short documents most; so
    does a dictionary, which helps free translations most.

    With --workers many files are worked on at a time, with the same results. What is done is kept in -o's
    folder .work, so that a run that was cut off goes on where it was.
    """
    from tm.work.aligning import align_files, read_list

    if list_path and source_path:
        raise click.UsageError(_("--list names the files; SOURCE and TARGET are not wanted."))
    if source_path and not target_path:
        raise click.UsageError(_("Missing TARGET; what one folder holds in two languages, tm build pairs."))
    if not list_path and not target_path:
        raise click.UsageError(_("Missing SOURCE and TARGET, or --list."))
    if as_json and out == "-":
        raise click.UsageError(_("stdout holds one thing, the file or --json; give the file a name with -o"))
    pairs = read_list(list_path) if list_path else [(source_path or "", target_path or "")]
    aligned = align_files(
        pairs,
        out,
        direction=asked,
        memory=memory_path,
        dictionary="" if dictionary == "none" else dictionary,
        shard_count=shard_count or 0,
        progress=functools.partial(terminal.progress, quiet=quiet),
        **reading,
    )
    if as_json:
        terminal.json_object(_fields(aligned))
    elif not quiet:
        if aligned.coverage.dictionaries:
            terminal.note(coverage_line(aligned.coverage))
        for name in aligned.alone:
            terminal.note(_("{file}: no partner found; left out", file=name))
        for source, target, score in aligned.matched:
            terminal.note(f"{source} = {target} ({score:.2f})")
        for file in aligned.written if out != "-" else ():
            terminal.note(_pairs(file.path, file.pair_count))
    return terminal.report_left_out(aligned.left_out, aligned.count, of_pairs=bool(list_path))


def _fields(aligned: AlignedFiles) -> dict[str, Any]:
    return {
        **asdict(aligned.direction),
        "matched": [list(match) for match in aligned.matched],
        "alone": list(aligned.alone),
        "coverage": asdict(aligned.coverage),
        "written": [asdict(file) for file in aligned.written],
        "left_out": [str(error) for error in aligned.left_out],
    }


def _pairs(path: str, count: int) -> str:
    return _n("{file}: {count} pair of segments", "{file}: {count} pairs of segments", count, file=path)
