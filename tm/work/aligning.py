"""Two texts to pairs of sentences: what ``tm align`` and ``tm add SOURCE TARGET`` do.

1. ``align`` takes two texts in memory, ``align_files`` pairs of files or two folders, as one run.
2. ``_files`` and ``_folders`` read the documents of both sides; ``read_list`` reads the pairs from a file.
3. ``_directed`` decides the language of each side and cuts the documents into segments.
4. ``_paired`` finds the pairs of two folders.
5. ``_aligned`` aligns all pairs as one run, so that they teach each other their words. ``_Teachers`` do too.

The order of the arguments says which text is the source, unless the direction asked for says otherwise.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47, files
from tm.alignment import align_texts, pair_documents
from tm.choices import check_share
from tm.direction import UNDECIDED, Direction, decided_for_two, not_there
from tm.document import Document, Text
from tm.errors import FormatError, OptionError
from tm.files import read_lines
from tm.formats import language_of_extension
from tm.language import detect
from tm.language import segment as cut
from tm.store import open_store
from tm.work import alignments as results
from tm.work.alignments import Alignment, Written
from tm.work.glossary import read_glossary
from tm.work.inputs import Rejects, find_inputs
from tm.work.memories import pairs_in
from tm.work.segmenting import document_of, read_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.alignment.embeddings import Embed
    from tm.errors import TMError
    from tm.model import Concept, Pair
    from tm.store.protocol import Store

Path_: TypeAlias = "str | os.PathLike[str]"
_Read: TypeAlias = "Document | Text"
_Column: TypeAlias = "list[_Read]"


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """What became of pairs of files.

    Attributes:
        direction: from which language into which.
        alignments: one for each pair of documents.
        matched: of folders, the names of the pairs and how sure each is (0–1).
        alone: of folders, the names of documents without a partner.
        left_out: documents that could not be read, each with its error.
        count: how many documents, or pairs of them, there were.
        written: the files with the results, when they were to be written.
    """

    direction: Direction
    alignments: tuple[Alignment, ...]
    matched: tuple[tuple[str, str, float], ...] = ()
    alone: tuple[str, ...] = ()
    left_out: tuple[TMError, ...] = ()
    count: int = 1
    written: tuple[Written, ...] = ()


# ------------------------------------------------------------------------------------------- texts


def align(
    source: str | Sequence[str] | Text,
    target: str | Sequence[str] | Text,
    *,
    direction: Direction = UNDECIDED,
    min_confidence: float = 0.0,
    memory: Path_ | Store = "",
    glossary: Path_ = "",
    vectors: str = "",
) -> Alignment:
    """Align two texts.

    Args:
        source: a text, which is segmented; or its segments.
        target: likewise.
        direction: the languages; a side that is "" is detected.
        min_confidence: leave out beads below this, 0–1.
        memory: a memory, or its address, whose units teach the aligner words.
        glossary: a file whose terms do.
        vectors: sentence vectors as evidence: an .npz file, or the name of a sentence-transformers model.

    Raises:
        OptionError: a least confidence that is not from 0 to 1.
        FormatError: the glossary or the vectors cannot be read, or memory or glossary lack the languages.
        StoreError: the memory cannot be used.

    >>> aligned = align("La carte de 1924. Elle est vieille.", "O mapa de 1924. É velho.")
    >>> [str(bead)[:7] for bead in aligned.beads], aligned.source.language
    (['[0]:[0]', '[1]:[1]'], 'fr')
    >>> align(["La carte de 1924. Elle est vieille."], ["O mapa de 1924. É velho."]).pair_count
    1
    """
    check_share("min_confidence", min_confidence)
    sources, targets = _directed([_as_read(source)], [_as_read(target)], direction)
    teachers = _Teachers(memory, glossary, vectors)
    return _aligned([(sources[0], targets[0])], teachers, min_confidence)[0]


def _as_read(given: str | Sequence[str] | Text) -> _Read:
    if isinstance(given, Text):
        return given
    if isinstance(given, str):
        return document_of(given)
    segments = tuple(given)
    return Text(segments, lines=tuple(range(1, len(segments) + 1)))


@dataclass(frozen=True, slots=True)
class _Teachers:
    """What teaches the aligner words beside the texts."""

    memory: Path_ | Store = ""
    glossary: Path_ = ""
    vectors: str = ""

    def units(self, direction: Direction) -> Iterator[Pair]:
        """What the memory has in this direction, as it is read."""
        if not isinstance(self.memory, (str, os.PathLike)):
            yield from _pairs(self.memory, direction)
        elif os.fspath(self.memory):
            with open_store(self.memory) as store:
                yield from _pairs(store, direction)

    def concepts(self, direction: Direction) -> list[Concept]:
        """The glossary's concepts."""
        return read_glossary(self.glossary, direction) if os.fspath(self.glossary) else []

    def embed(self) -> Embed | None:
        """What gives the vectors of sentences."""
        if not self.vectors:
            return None
        from tm.alignment import embeddings

        is_file = self.vectors.endswith(".npz")
        return embeddings.from_file(self.vectors) if is_file else embeddings.from_model(self.vectors)


def _pairs(store: Store, direction: Direction) -> Iterator[Pair]:
    pairs = pairs_in(store, direction)
    first = next(pairs, None)
    if first:
        yield first
        yield from pairs
    elif len(store):
        raise not_there(direction, len(store), store.languages(), path=store.name)


def _aligned(
    texts: list[tuple[Text, Text]], teachers: _Teachers, min_confidence: float
) -> tuple[Alignment, ...]:
    """The pairs of texts, aligned as one run."""
    if not texts:
        return ()
    direction = Direction(texts[0][0].language, texts[0][1].language)
    units, concepts = teachers.units(direction), teachers.concepts(direction)
    results = align_texts(texts, units=units, concepts=concepts, embed=teachers.embed())
    return tuple(
        Alignment(source, target, tuple(bead for bead in beads if bead.confidence >= min_confidence))
        for (source, target), beads in zip(texts, results, strict=True)
    )


# ------------------------------------------------------------------------------------------- files


def align_files(
    pairs: Sequence[tuple[Path_, Path_]],
    out: Path_ = "",
    *,
    to_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
    segmented: bool = False,
    lines: str = "auto",
    min_confidence: float = 0.0,
    memory: Path_ | Store = "",
    glossary: Path_ = "",
    vectors: str = "",
) -> AlignedFiles:
    """Align files with their translations, as one run: the pairs teach each other their words.

    Args:
        pairs: source and target; or one pair of folders, whose documents are paired by name or content.
        out: where the result is written, see ``tm.work.alignments.write``; "" = nowhere.
        to_format: its format, a format of units, "beads" or "html"; "" = by the extension.
        direction: see ``align``; it holds for all pairs.
        encoding: of all files; "" = found.
        segmented: the lines of the files are the segments, empty ones too.
        lines: how those of a plain text are read, see ``tm.work.segmenting.read_paragraphs``.
        min_confidence: see ``align``, as the following.
        memory: a memory that teaches words.
        glossary: a glossary that does.
        vectors: sentence vectors.

    Raises:
        OptionError: no such format, or two folders in which nothing is paired.
        FormatError: a file cannot be read, and it is the only one; or the result cannot be written.
        StoreError: the memory cannot be used.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     test, hypothesis = Path(folder, "test.fr"), Path(folder, "hyp.pt")
    ...     _ = test.write_text("La carte de 1924.\\n"), hypothesis.write_text("O mapa de 1924.\\n")
    ...     aligned = align_files([(test, hypothesis)])
    >>> print(aligned.direction, aligned.alignments[0].pair_count)
    fr → pt 1
    """
    check_share("min_confidence", min_confidence)
    if os.fspath(out):
        results.check_output(out, to_format)
        files.keep_apart(out, (path for pair in pairs for path in pair))
    is_folders = len(pairs) == 1 and all(Path(path).is_dir() for path in pairs[0])
    reading = _Reading(encoding, segmented, lines)
    sources, targets, rejects = _folders(*pairs[0], reading) if is_folders else _files(pairs, reading)
    named = _languages_of_folders(*pairs[0]) if is_folders else None
    source_texts, target_texts = _directed(sources, targets, direction, named)
    if is_folders:
        pairing = _paired(source_texts, target_texts)
    else:
        pairing = _Pairing(list(zip(source_texts, target_texts, strict=True)))
    texts = pairing.texts
    is_one = len(pairs) == 1 and not is_folders
    below = _above(texts, pairs[0]) if is_folders else ""
    if os.fspath(out) and not is_one and results.is_folder(out):
        results.output_names([source.name for source, _ in texts], to_format, below=below)
    aligned = _aligned(texts, _Teachers(memory, glossary, vectors), min_confidence)
    return AlignedFiles(
        Direction(texts[0][0].language, texts[0][1].language),
        aligned,
        pairing.matched,
        pairing.alone,
        tuple(rejects.errors),
        rejects.count,
        tuple(results.write(out, aligned, format=to_format, is_one=is_one, below=below))
        if os.fspath(out)
        else (),
    )


def _above(texts: Sequence[tuple[Text, Text]], folders: tuple[Path_, Path_]) -> str:
    """The folder in which the sources stand, of two."""
    first = Path(os.path.abspath(texts[0][0].name))
    return os.fspath(next(folder for folder in folders if first.is_relative_to(os.path.abspath(folder))))


def align_documents(
    source: Path_,
    target: Path_,
    *,
    direction: Direction = UNDECIDED,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
) -> Alignment:
    """Align two documents whose format is given. The arguments and errors are those of ``align_files``.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text, translation = Path(folder, "a.fr"), Path(folder, "a.pt")
    ...     _ = text.write_text("Oui."), translation.write_text("Sim.")
    ...     align_documents(text, translation, format="text", direction=Direction("fr", "pt")).pair_count
    1
    """
    sources, targets = (
        [read_paragraphs(path, format=format, encoding=encoding)] for path in (source, target)
    )
    source_texts, target_texts = _directed([*sources], [*targets], direction)
    return _aligned([(source_texts[0], target_texts[0])], _Teachers(), 0.0)[0]


def read_list(path: Path_) -> list[tuple[str, str]]:
    """The pairs of files that a list names: a source path, a tab and a target path on each line.

    Raises:
        FormatError: the list cannot be read, a line is no pair, or there is none.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
    ...     print("a.fr.txt", "a.pt.txt", sep=chr(9), file=file, flush=True)
    ...     read_list(file.name)
    [('a.fr.txt', 'a.pt.txt')]
    """
    pairs = []
    with files.reading(path) as stream:
        lines = stream.read().decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 2:
            raise FormatError("two paths parted by a tab were expected", path=path, line=number)
        pairs.append((cells[0].strip(), cells[1].strip()))
    if not pairs:
        what = "names no files; a source path, a tab and a target path a line were expected"
        raise FormatError(what, path=path)
    return pairs


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the files are read."""

    encoding: str
    segmented: bool
    lines: str

    def document(self, path: Path_) -> _Read:
        """One file, its lines as they are when they are the segments."""
        if self.segmented:
            segments = tuple(read_lines(path))
            numbers = tuple(range(1, len(segments) + 1))
            return Text(segments, lines=numbers, language=language_of_extension(path), name=os.fspath(path))
        return read_paragraphs(path, encoding=self.encoding, lines=self.lines)


def _files(pairs: Sequence[tuple[Path_, Path_]], reading: _Reading) -> tuple[_Column, _Column, Rejects]:
    """The documents of both sides; where one of two cannot be read both are left out."""
    rejects = Rejects(len(pairs))
    sources: _Column = []
    targets: _Column = []
    for source_path, target_path in pairs:
        with rejects.catch():
            source, target = reading.document(source_path), reading.document(target_path)
            sources.append(source)
            targets.append(target)
    return sources, targets, rejects


def _folders(source: Path_, target: Path_, reading: _Reading) -> tuple[_Column, _Column, Rejects]:
    """The documents of two folders."""
    form = "text" if reading.segmented else ""
    inputs = [find_inputs([folder], "read_document", format=form).paths for folder in (source, target)]
    rejects = Rejects(sum(map(len, inputs)))
    columns: tuple[_Column, _Column] = [], []
    for paths, column in zip(inputs, columns, strict=True):
        for path in paths:
            with rejects.catch():
                column.append(reading.document(path))
    if not all(columns):
        raise rejects.errors[0]
    return *columns, rejects


@dataclass(frozen=True, slots=True)
class _Pairing:
    """The pairs of texts, and of folders what ``AlignedFiles`` says."""

    texts: list[tuple[Text, Text]]
    matched: tuple[tuple[str, str, float], ...] = ()
    alone: tuple[str, ...] = ()


def _paired(sources: Sequence[Text], targets: Sequence[Text]) -> _Pairing:
    """The documents of two folders that translate each other."""
    texts = [*sources, *targets]
    direction = Direction(sources[0].language, targets[0].language)
    pairing = pair_documents(texts, direction)
    if not pairing.pairs:
        names = ", ".join(text.name for text in texts)
        what = f"no document is the translation of another among {names} ({direction})"
        raise OptionError(f"{what}; name two of them: tm align SOURCE TARGET")
    return _Pairing(
        [(texts[source], texts[target]) for source, target, _ in pairing.pairs],
        tuple((texts[source].name, texts[target].name, score) for source, target, score in pairing.pairs),
        tuple(texts[number].name for number in pairing.alone),
    )


# ------------------------------------------------------------------------------------------- languages


def _directed(
    sources: _Column, targets: _Column, asked: Direction, named: tuple[str, str] | None = None
) -> tuple[list[Text], list[Text]]:
    """The texts of both sides, segmented; the sides are exchanged where the direction asked for says so.

    ``named`` are the languages where something else than the texts says them.
    """
    tags = named or tuple(
        _language_of(column, is_detected=not asked.is_known) for column in (sources, targets)
    )
    direction, is_turned = decided_for_two(asked, *tags)
    if is_turned:
        sources, targets = targets, sources
    return _segmented(sources, direction.source), _segmented(targets, direction.target)


def _languages_of_folders(source: Path_, target: Path_) -> tuple[str, str] | None:
    """The languages that two folders have for names, as ``fr`` and ``pt-BR``; None when they have others.

    >>> _languages_of_folders("site/fr", "site/pt_BR"), _languages_of_folders("fr", "texts")
    (('fr', 'pt-BR'), None)
    """
    names = [Path(os.path.abspath(folder)).name for folder in (source, target)]
    if not all(map(bcp47.is_tag, names)) or bcp47.canonical(names[0]) == bcp47.canonical(names[1]):
        return None
    return bcp47.canonical(names[0]), bcp47.canonical(names[1])


def _language_of(column: _Column, *, is_detected: bool) -> str:
    """The language of one side: as a document says, else as all its texts show together."""
    named = next((document.language for document in column if document.language), "")
    if named or not is_detected:
        return named
    return detect("\n".join(text for document in column for text in _texts_of(document))).language


def _texts_of(document: _Read) -> Sequence[str]:
    if isinstance(document, Text):
        return document.segments
    return [paragraph.text for paragraph in document.paragraphs]


def _segmented(column: _Column, language: str) -> list[Text]:
    return [
        replace(document, language=language)
        if isinstance(document, Text)
        else cut(document, language=language)
        for document in column
    ]
