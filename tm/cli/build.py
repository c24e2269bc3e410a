"""``tm build``: the main job."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.work.building import Built


@click.command("build")
@click.argument("documents", nargs=-1, required=True, metavar="DOCS...")
@click.option(
    "-o", "--output", "out", required=True, metavar="DIR", help="Folder for the results; made when missing."
)
@options.terms("A glossary whose decisions count, besides DIR/glossary.tsv.")
@options.workers
@options.encoding
@options.page_language
@options.direction
@options.as_json
@options.quiet
@options.verbose
def command(
    documents: tuple[str, ...],
    out: str,
    glossary: str,
    workers: str,
    encoding: str,
    language: str,
    asked: Direction,
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Documents to memory, TMX, glossary and pages: the main job.

    \b
    tm build seeds/ -o out/
    tm build report.fr.txt report.pt.txt -o out/ -s fr -t pt-BR

    DOCS are documents or folders of them. Documents that translate each other are paired (by name, else by
    content), cut into sentences and aligned. The source language is that of -s, else that of DIR's memory,
    else French beside Portuguese, else that of the first document. DIR then holds memory.tm, memory.tmx,
    glossary.tsv (where you decide on terms), glossary.tbx, .csv, .utf8 (OmegaT) and .html, and
    alignment.html.

    Run it again after an edit: nothing is doubled, decisions in glossary.tsv are kept, and an output file
    that you changed is left as it is, its new version written beside it.

    Exit code 1: all was done, but a document could not be read, has no partner, or nothing in common with it.
    """
    from tm.work.building import build

    options.bring_up_to_date([str(Path(out) / "memory.tm")], quiet=quiet or as_json)
    stage = _note_stage if sys.stderr.isatty() and not (quiet or as_json) else _pass_over
    built = build(
        documents,
        out,
        direction=asked,
        encoding=encoding,
        decisions=glossary or (),
        language=language,
        workers=workers,
        stage=stage,
    )
    if as_json:
        terminal.json_object(_fields(built))
    elif not quiet:
        for line in _summary(built, verbose=verbose):
            terminal.data(line)
    for line in _remarks(built):
        terminal.note(line)
    left_out = terminal.report_left_out(built.left_out, len(built.documents) + len(built.left_out))
    return 1 if left_out or built.alone or built.strangers else 0


def _note_stage(what: str) -> None:
    terminal.note(f"{what} …")


def _pass_over(_: str) -> None:
    """Nobody reads along."""


def _summary(built: Built, *, verbose: bool) -> Iterator[str]:
    for document in built.documents:
        text, encoding = document.text, document.encoding
        decoded = "" if encoding in ("utf-8", "ascii") else f", decoded from {encoding}"
        segments = terminal.counted(len(text.segments), "segment")
        yield f"read     {document.path}: {text.language}, {segments}{decoded}"
        if verbose and document.detection:
            yield from (f"         {reason}" for reason in document.detection.evidence)
    for alignment in built.alignments:
        yield f"paired   {alignment.source.name} = {alignment.target.name} ({alignment.score:.2f})"
        unaligned = list(alignment.unaligned())
        pairs = terminal.counted(alignment.pair_count, "pair")
        segments = terminal.counted(len(unaligned), "segment")
        doubtful = alignment.doubtful_count
        yield f"aligned  {pairs} of segments, {doubtful} doubtful; {segments} without translation"
        if verbose:
            yield from (f"         only in {name}: {text}" for name, text in unaligned)
    added = built.added
    counts = ((added.updated, "brought up to date"), (added.superseded, "older gone"))
    counted = [f"{added.added} new", *(f"{count} {what}" for count, what in counts if count)]
    units = terminal.counted(built.units, "unit")
    yield f"memory   {units} {built.direction} ({', '.join(counted)})"
    if added.kept:
        yield f"         {added.kept} left out: the memory has another translation"
    if added.barred:
        yield f"         {added.barred} left out: removed or edited in the memory before"
    yield f"glossary {terminal.counted(len(built.concepts), 'term')}, {built.decided_count} decided"
    for concept in built.concepts[:5]:
        sides = (concept.of(built.direction.source), concept.of(built.direction.target))
        yield f"         {' = '.join(', '.join(term.text for term in side) for side in sides)}"
    yield f"wrote    {', '.join(map(str, built.written))}"


def _remarks(built: Built) -> Iterator[str]:
    """What a person should look at."""
    for path in built.kept:
        new = f"{path.stem}.new{path.suffix}"
        is_glossary = path.name.startswith("glossary")
        hint = f"; to take over its decisions: tm terms import {path}" if is_glossary else ""
        yield f"{path}: changed since it was written, so it was left; the new version is {new}{hint}"
    yield from (f"{path}: no document format of ours; passed over" for path in built.skipped)
    for document in built.alone:
        yield f"{document.path}: no partner found among the documents; left out"
    for alignment in built.strangers:
        source, target = alignment.source.name, alignment.target.name
        yield f"{target}: nothing in it translates {source}; check that they belong together"


def _fields(built: Built) -> dict[str, Any]:
    documents = [
        {
            "path": str(document.path),
            "language": document.text.language,
            "evidence": list(document.detection.evidence) if document.detection else [],
            "encoding": document.encoding,
            "segments": len(document.text.segments),
        }
        for document in built.documents
    ]
    alignments = [
        {
            "source": alignment.source.name,
            "target": alignment.target.name,
            "score": round(alignment.score, 4),
            "beads": [[bead.source, bead.target, round(bead.confidence, 3)] for bead in alignment.beads],
        }
        for alignment in built.alignments
    ]
    return {
        **asdict(built.direction),
        "documents": documents,
        "alignments": alignments,
        "units": built.units,
        **{name: count for name, count in asdict(built.added).items() if name != "apart"},
        "terms": len(built.concepts),
        "skipped": built.skipped,
        "alone": [str(document.path) for document in built.alone],
        "kept": [str(path) for path in built.kept],
        "written": [str(path) for path in built.written],
    }
