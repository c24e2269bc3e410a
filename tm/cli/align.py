"""``tm align``: two texts to pairs of sentences."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tm import files
from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import FormatError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.alignment.embeddings import Embed
    from tm.model import Bead, Concept, Pair, Text

    Aligned = tuple[Text, Text, list[Bead]]


@click.command("align")
@click.argument("source_path", metavar="SOURCE", required=False)
@click.argument("target_path", metavar="TARGET", required=False)
@click.option(
    "-o", "--output", "out", metavar="PATH", default="-", help="File, or folder for many [default: stdout]."
)
@options.to_format
@click.option("--segmented", is_flag=True, help="The lines of the files are the segments, empty ones too.")
@click.option(
    "--list",
    "list_path",
    metavar="PAIRS",
    help="A file with SOURCE, a tab and TARGET on each line, aligned as one run.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out beads below this, 0-1.",
)
@click.option(
    "-m", "--memory", "memory_path", metavar="PATH", help="A memory that teaches the aligner words."
)
@click.option("--terms", "glossary", metavar="GLOSSARY", help="A glossary that does.")
@click.option(
    "--vectors",
    metavar="MODEL",
    help="Sentence vectors as further evidence: an .npz file, or a sentence-transformers model.",
)
@options.encoding
@options.languages
@options.quiet
def command(
    source_path: str | None,
    target_path: str | None,
    out: str,
    to_format: str | None,
    segmented: bool,
    list_path: str | None,
    min_confidence: float,
    memory_path: str | None,
    glossary: str | None,
    vectors: str | None,
    encoding: str | None,
    source: str | None,
    target: str | None,
    quiet: bool,
) -> None:
    """Two texts to pairs of sentences.

    \b
    tm align seeds/000_0ca37edf7db833c1.txt seeds/004_b4824e2bc52a60be.txt -o seeds.tsv
    tm align report.fr.txt report.pt.txt -o report.tmx --min-confidence 0.9

    The output is units as TMX, TSV or any other format of ours; with .html a page with the texts side by side; with .beads
    one bead a line, [0,1]:[0]:confidence, by 0-based segment numbers. Segments without translation stand in .html and .beads.

    SOURCE and TARGET may be folders, whose documents are paired by name, else by content. Folders and --list are one run:
    the pairs teach each other their words. -o is then a folder, where each result has the name of its source, or one file
    for all. A memory (-m) and a glossary (--terms) teach words too, which helps short documents most.
    """
    from tm.alignment import align_texts

    paths = _listed(list_path, source_path, target_path)
    folders = len(paths) == 1 and all(path.is_dir() for path in paths[0])
    if folders:
        columns = [sorted(file for file in path.rglob("*") if file.is_file()) for path in paths[0]]
    else:
        columns = [list(column) for column in zip(*paths, strict=True)]
    texts = [
        _texts(column, tag, encoding or "", segmented=segmented)
        for column, tag in zip(columns, (source, target), strict=True)
    ]
    pairs = _paired(*texts) if folders else list(zip(*texts, strict=True))
    found = align_texts(
        pairs, units=_known(memory_path, pairs), concepts=_concepts(glossary, pairs), embed=_embed(vectors)
    )
    aligned = [
        (one, other, [bead for bead in beads if bead.confidence >= min_confidence])
        for (one, other), beads in zip(pairs, found, strict=True)
    ]
    many = folders or list_path is not None
    for path, part in _places(aligned, out, to_format, many=many):
        _write(path, part, to_format)
        if not quiet and out != "-":
            pairs_found = sum(bool(bead.source and bead.target) for _, _, beads in part for bead in beads)
            terminal.note(f"{path}: {pairs_found} pairs of segments")


def _known(memory_path: str | None, pairs: Sequence[tuple[Text, Text]]) -> list[Pair]:
    """What the memory has in the languages of the texts."""
    if memory_path is None or not pairs:
        return []
    from tm.store import open_store

    source, target = (text.language for text in pairs[0])
    with open_store(memory_path) as store:
        return [pair for unit in store.units() if (pair := unit.pair(source, target))]


def _concepts(glossary: str | None, pairs: Sequence[tuple[Text, Text]]) -> list[Concept]:
    if glossary is None or not pairs:
        return []
    from tm.formats import read_concepts

    return read_concepts(glossary, direction=Direction(pairs[0][0].language, pairs[0][1].language))


def _embed(vectors: str | None) -> Embed | None:
    if vectors is None:
        return None
    from tm.alignment import embeddings

    return embeddings.from_file(vectors) if vectors.endswith(".npz") else embeddings.from_model(vectors)


def _listed(list_path: str | None, source: str | None, target: str | None) -> list[tuple[Path, Path]]:
    if list_path is None:
        if source is None or target is None:
            raise click.UsageError("Missing SOURCE and TARGET, or --list.")
        return [(Path(source), Path(target))]
    if source is not None:
        raise click.UsageError("--list names the files; SOURCE and TARGET are not wanted.")
    paths = []
    with files.reading(list_path) as stream:
        for number, line in enumerate(stream.read().decode("utf-8-sig", "replace").splitlines(), 1):
            cells = line.split("\t")
            if line.strip() and len(cells) != 2:
                raise FormatError("two paths parted by a tab were expected", path=list_path, line=number)
            if line.strip():
                paths.append((Path(cells[0].strip()), Path(cells[1].strip())))
    if not paths:
        raise FormatError(
            "names no files; a source path, a tab and a target path a line were expected", path=list_path
        )
    return paths


def _texts(paths: Sequence[Path], language: str | None, encoding: str, *, segmented: bool) -> list[Text]:
    """The texts of one side, in one language: as given, else as a document says, else what they tell together."""
    if segmented:
        texts = [_lines(path) for path in paths]
        tag = language or _told("\n".join(text.segments) for text in texts)
        return [replace(text, language=tag) for text in texts]
    from tm.formats import read_document
    from tm.language import segment

    documents = [read_document(path, encoding=encoding) for path in paths]
    said = language or next((document.language for document in documents if document.language), "")
    tag = said or _told(paragraph.text for document in documents for paragraph in document.paragraphs)
    return [segment(document, language=tag) for document in documents]


def _told(texts: Iterable[str]) -> str:
    from tm.language import detect

    return detect("\n".join(texts)).language


def _lines(path: Path) -> Text:
    """A file whose lines are the segments; its last line may end without a line end."""
    from tm.model import Text

    with files.reading(path) as stream:
        content = stream.read()
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError("is not UTF-8; --segmented wants UTF-8", path=path, line=line) from error
    if lines[-1] == "":
        lines.pop()
    segments = tuple(line.removesuffix("\r") for line in lines)
    return Text(segments, lines=tuple(range(1, len(segments) + 1)), name=str(path))


def _paired(sources: list[Text], targets: list[Text]) -> list[tuple[Text, Text]]:
    from tm.alignment import pair_documents

    if not sources or not targets:
        raise OptionError("a folder is empty; two folders with documents were expected")
    texts = sources + targets
    pairing = pair_documents(texts, Direction(sources[0].language, targets[0].language))
    for number in pairing.alone:
        terminal.note(f"{texts[number].name}: no partner found; left out")
    for i, j, score in pairing.pairs:
        terminal.note(f"{texts[i].name} = {texts[j].name} ({score:.2f})")
    return [(texts[i], texts[j]) for i, j, _ in pairing.pairs]


def _places(
    aligned: list[Aligned], out: str, to_format: str | None, *, many: bool
) -> list[tuple[str, list[Aligned]]]:
    """Each file to write with what goes into it."""
    if not many or out == "-" or (Path(out).suffix and not Path(out).is_dir()):
        return [(out, aligned)]
    Path(out).mkdir(parents=True, exist_ok=True)
    named: dict[str, list[Aligned]] = {}
    for part in aligned:
        path = str(Path(out) / f"{Path(part[0].name).stem}.{to_format or 'tsv'}")
        if path in named:
            raise OptionError(
                f"{named[path][0][0].name} and {part[0].name} would both become {path}; align them apart"
            )
        named[path] = [part]
    return list(named.items())


def _write(path: str, aligned: list[Aligned], to_format: str | None) -> None:
    from tm.alignment import bead_lines, bead_units

    form = to_format or Path(path).suffix.removeprefix(".") or "tsv"
    if form == "beads":
        if len(aligned) > 1:
            raise OptionError("beads of several pairs need a folder each file of its own; give -o DIR")
        _put(path, b"".join(bead_lines(beads) for _, _, beads in aligned))
    elif form == "html":
        from tm.pages import alignment_page

        names = [f"{one.name} – {other.name}" for one, other, _ in aligned]
        _put(path, alignment_page(aligned, title=names[0] if len(names) == 1 else "Alignment").encode())
    else:
        from tm.formats import write_units

        source, target = (aligned[0][0].language, aligned[0][1].language) if aligned else ("", "")
        units = itertools.chain.from_iterable(bead_units(*part) for part in aligned)
        write_units(path, units, format=form, direction=Direction(source, target))


def _put(path: str, content: bytes) -> None:
    with files.writing(path) as stream:
        stream.write(content)
