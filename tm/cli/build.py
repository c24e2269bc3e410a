"""``tm build``: the main job."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tm.direction import Direction
    from tm.model import Concept
    from tm.work.alignments import Alignment
    from tm.work.building import Built


@click.command("build")
@click.argument("documents", nargs=-1, required=True, metavar="DOCS...")
@click.option(
    "-o", "--output", "out", required=True, metavar="DIR", help="Folder for the results; made when missing."
)
@click.option(
    "--terms", "glossary", metavar="FILE", help="A glossary whose decisions count, besides DIR/glossary.tsv."
)
@options.encoding
@options.direction
@options.as_json
@options.quiet
@options.verbose
def command(
    documents: tuple[str, ...],
    out: str,
    glossary: str | None,
    encoding: str | None,
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
    from tm.formats import read_concepts
    from tm.work.building import build

    built = build(
        documents,
        out,
        direction=asked,
        encoding=encoding or "",
        decisions=read_concepts(glossary, direction=asked) if glossary else (),
        stage=_status(quiet=quiet or as_json),
    )
    if as_json:
        terminal.json_object(_fields(built))
    elif not quiet:
        for line in _summary(built, verbose=verbose):
            terminal.data(line)
    for path in built.kept:
        terminal.note(
            f"{path}: changed since it was written, so it was left; the new version is {path.stem}.new{path.suffix}"
            + (
                "; to take over its decisions: tm terms import " + str(path)
                if path.name.startswith("glossary")
                else ""
            )
        )
    for skipped in built.skipped:
        terminal.note(f"{skipped}: no document format of ours; passed over")
    for document in built.alone:
        terminal.note(f"{document.path}: no partner found among the documents; left out")
    strangers = [alignment for alignment in built.alignments if not alignment.score]
    for alignment in strangers:
        terminal.note(
            f"{alignment.target.name}: nothing in it translates {alignment.source.name}; check that they belong together"
        )
    unread = terminal.report_left_out(built.left_out, len(built.documents) + len(built.left_out))
    return 1 if unread or built.alone or strangers else 0


def _status(*, quiet: bool) -> Callable[[str], None]:
    """Tells on a terminal what is being done; silent elsewhere."""
    if quiet or not sys.stderr.isatty():
        return lambda _: None
    return lambda what: terminal.note(f"{what} …")


def _summary(built: Built, *, verbose: bool) -> list[str]:
    lines = []
    for document in built.documents:
        lines.append(
            f"read     {document.path}: {document.text.language}, {terminal.counted(len(document.text.segments), 'segment')}"
            + ("" if document.encoding in ("utf-8", "ascii") else f", decoded from {document.encoding}")
        )
        if verbose and document.detection:
            lines += [f"         {reason}" for reason in document.detection.evidence]
    for alignment in built.alignments:
        lines.append(f"paired   {alignment.source.name} = {alignment.target.name} ({alignment.score:.2f})")
        linked = [bead for bead in alignment.beads if bead.source and bead.target]
        left = sum(
            len(bead.source) + len(bead.target)
            for bead in alignment.beads
            if not (bead.source and bead.target)
        )
        doubtful = sum(bead.confidence < 0.8 for bead in linked)
        lines.append(
            f"aligned  {terminal.counted(len(linked), 'pair')} of segments, {doubtful} doubtful; "
            f"{terminal.counted(left, 'segment')} without translation"
        )
        if verbose:
            lines += _left_over(alignment)
    gone = f", {built.added.superseded} older gone" if built.added.superseded else ""
    lines.append(
        f"memory   {terminal.counted(built.units, 'unit')} {built.direction} ({built.added.added} new{gone})"
    )
    decided = sum(any(t.status not in ("candidate", "rejected") for t in c.terms) for c in built.concepts)
    lines.append(f"glossary {terminal.counted(len(built.concepts), 'term')}, {decided} decided")
    lines += [f"         {_shown(concept, built)}" for concept in built.concepts[:5]]
    lines.append(f"wrote    {', '.join(str(path) for path in built.written)}")
    return lines


def _left_over(alignment: Alignment) -> list[str]:
    lines = []
    for bead in alignment.beads:
        if not bead.target:
            lines += [
                f"         only in {alignment.source.name}: {alignment.source.segments[i]}"
                for i in bead.source
            ]
        if not bead.source:
            lines += [
                f"         only in {alignment.target.name}: {alignment.target.segments[i]}"
                for i in bead.target
            ]
    return lines


def _shown(concept: Concept, built: Built) -> str:
    sides = (
        ", ".join(term.text for term in concept.of(tag))
        for tag in (built.direction.source, built.direction.target)
    )
    return " = ".join(sides)


def _fields(built: Built) -> dict[str, Any]:
    return {
        "source": built.direction.source,
        "target": built.direction.target,
        "documents": [
            {
                "path": str(each.path),
                "language": each.text.language,
                "evidence": list(each.detection.evidence) if each.detection else [],
                "encoding": each.encoding,
                "segments": len(each.text.segments),
            }
            for each in built.documents
        ],
        "alignments": [
            {
                "source": each.source.name,
                "target": each.target.name,
                "score": round(each.score, 4),
                "beads": [
                    [list(bead.source), list(bead.target), round(bead.confidence, 3)] for bead in each.beads
                ],
            }
            for each in built.alignments
        ],
        "units": built.units,
        "added": built.added.added,
        "terms": len(built.concepts),
        "skipped": [str(path) for path in built.skipped],
        "alone": [str(each.path) for each in built.alone],
        "kept": [str(path) for path in built.kept],
        "written": [str(path) for path in built.written],
    }
