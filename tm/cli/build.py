"""``tm build``: the main job."""

from __future__ import annotations

import functools
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, terminal
from tm.cli.interface_language import _, _n, joined, sentence
from tm.cli.phrases import coverage_line
from tm.cli.values import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.work.building import Built


LABELS = ("read", "paired", "aligned", "memory", "glossary", "wrote")
"""What the lines of the summary are about."""


@click.command("build")
@click.argument("documents", nargs=-1, required=True, metavar="DOCS...", type=File())
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    type=File(),
    metavar="DIR",
    help="Folder for the results; made when missing.",
)
@options.terms("A glossary whose decisions count, besides DIR/glossary.tsv.")
@options.vectors
@options.dictionary
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
    vectors: str,
    dictionary: str,
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

    memory = Path(out) / "memory.tm"
    if memory.exists():
        options.bring_up_to_date([str(memory)], quiet=quiet)
    stage = _note_stage if sys.stderr.isatty() and not (quiet or as_json) else _pass_over
    built = build(
        documents,
        out,
        direction=asked,
        encoding=encoding,
        decisions=glossary or (),
        language=language,
        vectors=vectors,
        dictionary="" if dictionary == "none" else dictionary,
        workers=workers,
        stage=stage,
        progress=functools.partial(terminal.progress, quiet=quiet),
    )
    if as_json:
        terminal.json_object(_fields(built))
    elif not quiet:
        for line in _summary(built, verbose=verbose):
            terminal.data(line)
    if built.coverage.dictionaries and not (quiet or as_json):
        terminal.note(coverage_line(built.coverage))
    for line in _remarks(built):
        terminal.note(line)
    left_out = terminal.report_left_out(built.left_out, len(built.documents) + len(built.left_out))
    return 1 if left_out or built.alone or built.strangers else 0


def _note_stage(what: str) -> None:
    terminal.note(f"{sentence(what)} …")


def _pass_over(_: str) -> None:
    """Nobody reads along."""


def _summary(built: Built, *, verbose: bool) -> Iterator[str]:
    for document in built.documents:
        encoding = document.encoding
        segments = _n("{count} segment", "{count} segments", len(document.text.segments))
        decoded = [] if encoding in ("utf-8", "ascii") else [_("decoded from {encoding}", encoding=encoding)]
        yield _line(_("read"), f"{document.path}: {', '.join([document.text.language, segments, *decoded])}")
        if verbose and document.detection:
            yield from (_line("", sentence(reason)) for reason in document.detection.evidence)
    for alignment in built.alignments:
        yield _line(_("paired"), f"{alignment.source.name} = {alignment.target.name} ({alignment.score:.2f})")
        unaligned = list(alignment.unaligned())
        pairs = _n(
            "{count} pair of segments, {doubtful} doubtful",
            "{count} pairs of segments, {doubtful} doubtful",
            alignment.pair_count,
            doubtful=alignment.doubtful_count,
        )
        lone = _n(
            "{count} segment without translation", "{count} segments without translation", len(unaligned)
        )
        yield _line(_("aligned"), joined(pairs, lone))
        if verbose:
            for name, text in unaligned:
                yield _line("", _("only in {file}: {text}", file=name, text=text))
    added = built.added
    counts = [_("{count} new", count=added.added)]
    if added.updated:
        counts.append(_("{count} brought up to date", count=added.updated))
    if added.superseded:
        counts.append(_("{count} older gone", count=added.superseded))
    units = _n("{count} unit", "{count} units", built.units)
    yield _line(_("memory"), f"{units} {built.direction} ({', '.join(counts)})")
    if added.kept:
        yield _line("", _("{count} left out: the memory has another translation", count=added.kept))
    if added.barred:
        yield _line("", _("{count} left out: removed or edited in the memory before", count=added.barred))
    terms = _n("{count} term", "{count} terms", len(built.concepts))
    yield _line(_("glossary"), f"{terms}, {_('{count} decided', count=built.decided_count)}")
    for concept in built.concepts[:5]:
        sides = (concept.of(built.direction.source), concept.of(built.direction.target))
        yield _line("", " = ".join(", ".join(term.text for term in side) for side in sides))
    yield _line(_("wrote"), ", ".join(map(str, built.written)))


def _line(what: str, text: str) -> str:
    """A line of the summary, under a word that says what it is about."""
    width = max(len(_(label)) for label in LABELS)
    return f"{what:{width}} {text}"


def _remarks(built: Built) -> Iterator[str]:
    """What a person should look at."""
    for path in built.kept:
        new = f"{path.stem}.new{path.suffix}"
        left = _(
            "{file}: changed since it was written, so it was left; the new version is {new}",
            file=path,
            new=new,
        )
        if path.name.startswith("glossary"):
            left = joined(left, _("to take over its decisions: tm terms import {file}", file=path))
        yield left
    yield from (_("{file}: no document format of ours; passed over", file=path) for path in built.skipped)
    for document in built.alone:
        yield _("{file}: no partner found among the documents; left out", file=document.path)
    for alignment in built.strangers:
        source, target = alignment.source.name, alignment.target.name
        yield _(
            "{target}: nothing in it translates {source}; check that they belong together",
            target=target,
            source=source,
        )


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
        "coverage": asdict(built.coverage),
        "terms": len(built.concepts),
        "skipped": built.skipped,
        "alone": [str(document.path) for document in built.alone],
        "strangers": [[pair.source.name, pair.target.name] for pair in built.strangers],
        "left_out": list(map(str, built.left_out)),
        "kept": [str(path) for path in built.kept],
        "written": [str(path) for path in built.written],
    }
