"""Two texts to pairs of sentences: what ``tm align`` and ``tm add SOURCE TARGET`` do.

1. ``align`` takes two texts in memory, ``align_files`` pairs of files or two folders, as one run.
2. ``_folders`` finds the pairs of two folders; ``read_list`` reads pairs from a file.
3. ``Run`` takes the shards of the run through the stages of ``aligning_shards``: documents are read, the
   direction is decided by all of them, they are segmented and aligned. ``Teachers`` teach words.
4. ``alignment_run.write`` writes the results.

Without workers there is one shard, in memory; with workers there are many, in a folder (``work_folder``). The
order of the arguments says which text is the source, unless the direction asked for says otherwise.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tm import bcp47, files
from tm.alignment import pair_documents
from tm.choices import check_share
from tm.direction import UNDECIDED, Direction, decided_for_two
from tm.document import Text
from tm.errors import FormatError, OptionError
from tm.progress import unwatched
from tm.shelves import MemoryShelf
from tm.work import aligning_shards as shards
from tm.work import alignments as results
from tm.work.aligning_shards import Reading, segmented
from tm.work.alignment_run import (
    NOT_COVERED,
    Coverage,
    Run,
    Teachers,
    Writing,
    excerpt_size,
    in_memory,
    language_of,
    on_workers,
    write,
)
from tm.work.inputs import Rejects, find_inputs
from tm.work.segmenting import document_of, read_paragraphs
from tm.work.sources import refuse_as_output
from tm.work.work_folder import remembered
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.errors import TMError
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.store.protocol import Store
    from tm.work.aligning_shards import Read
    from tm.work.alignments import Alignment, Written

Path_: TypeAlias = "str | os.PathLike[str]"

NAMED = 10
"""How many documents an error names."""


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """What became of pairs of files.

    Attributes:
        direction: from which language into which.
        alignments: one for each pair of documents; () when they were made on workers, which write them.
        matched: of folders, the names of the pairs and how sure each is (0–1).
        alone: of folders, the names of documents without a partner.
        left_out: documents that could not be read, each with its error.
        count: how many documents, or pairs of them, there were.
        written: the files with the results, when they were to be written.
        coverage: what dictionaries taught.
    """

    direction: Direction
    alignments: tuple[Alignment, ...]
    matched: tuple[tuple[str, str, float], ...] = ()
    alone: tuple[str, ...] = ()
    left_out: tuple[TMError, ...] = ()
    count: int = 1
    written: tuple[Written, ...] = ()
    coverage: Coverage = NOT_COVERED


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
    dictionary: Path_ = "",
) -> Alignment:
    """Align two texts.

    Args:
        source: a text, which is segmented; or its segments.
        target: likewise.
        direction: the languages; a side that is "" is detected.
        min_confidence: leave out beads below this, 0–1.
        memory: a memory, or its address, whose units teach the aligner words.
        glossary: a file whose terms do.
        vectors: sentence vectors as evidence: an .npz file, "use" for the model of the extra [vectors], or
            the name of a sentence-transformers model.
        dictionary: a dictionary that teaches words: a table with a word, a tab and a translation on each
            line, the ``.index`` of one for dictd, or "auto" for the installed ones of FreeDict.

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
    run = in_memory([(_as_read(source), _as_read(target))])
    run.segment(direction)
    run.align(Teachers(memory, glossary, vectors, dictionary))
    return run.alignments(min_confidence)[0]


def _as_read(given: str | Sequence[str] | Text) -> Read:
    if isinstance(given, Text):
        return given
    if isinstance(given, str):
        return document_of(given)
    segments = tuple(given)
    return Text(segments, lines=tuple(range(1, len(segments) + 1)))


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
    dictionary: Path_ = "",
    workers: str = "",
    shard_count: int = 0,
    language: str = "en",
    progress: Progress = unwatched,
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
        dictionary: a dictionary.
        workers: a number of processes, or ``dask://HOST:8786``; "" = in this process. The results are the
            same. What the stages make is kept beside ``out``, so that a second run does what is missing only.
        shard_count: into how many shards the pairs are cut for workers; 0 = by their size.
        language: of pages.
        progress: takes what is read and compared of two folders, what is encoded without workers, and the shards of each
            stage on workers, as they are done, and their number.

    Raises:
        OptionError: no such format, two folders in which nothing is paired, or no such workers.
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
        refuse_as_output(out, to_format, "tm add SOURCE TARGET")
        results.check_output(out, to_format)
        files.keep_apart(out, (path for pair in pairs for path in pair))
    teachers = Teachers(memory, glossary, vectors, dictionary)
    reading = Reading(encoding, segmented, lines, os.getcwd() if workers else "")
    pairing = _Pairing([(os.fspath(source), os.fspath(target)) for source, target in pairs])
    rejects = Rejects(len(pairs))
    is_folders = len(pairs) == 1 and all(Path(path).is_dir() for path in pairs[0])
    with working(workers, progress) as each, ExitStack() as stack:
        if is_folders and workers:
            pairing, rejects = _folders_on_workers(*pairs[0], reading, direction, out, each, progress)
        elif is_folders:
            pairing, rejects = _folders(*pairs[0], reading, direction, progress)
        direction = pairing.direction if is_folders else direction
        below = _above(pairing.paths[0][0], pairs[0]) if is_folders else ""
        is_one = len(pairs) == 1 and not is_folders
        writing = Writing(out, to_format, min_confidence, reading.base, is_one, below, language)
        if workers:
            settings = {**asdict(reading), "asked": str(direction)}
            run = stack.enter_context(on_workers(pairing.paths, out, shard_count, settings, each))
        elif is_folders:
            run = in_memory(pairing.documents)
        else:
            run = Run([MemoryShelf({"pairs": pairing.paths})], MemoryShelf())
        for error in run.read(reading, excerpt_size(len(pairing.paths))):
            with rejects.catch():
                raise error
        run.segment(direction)
        writing.check(run.names)
        run.align(teachers, unwatched if workers else progress)
        return AlignedFiles(
            run.direction,
            () if workers else tuple(run.alignments(min_confidence)),
            pairing.matched,
            pairing.alone,
            tuple(rejects.errors),
            rejects.count,
            tuple(write(run, writing)) if os.fspath(out) else (),
            run.coverage,
        )


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
    documents = [read_paragraphs(path, format=format, encoding=encoding) for path in (source, target)]
    run = in_memory([(documents[0], documents[1])])
    run.segment(direction)
    run.align(Teachers())
    return run.alignments(0.0)[0]


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


# ------------------------------------------------------------------------------------------- folders


@dataclass(frozen=True, slots=True)
class _Pairing:
    """The pairs of files, and of folders what ``AlignedFiles`` says and what was read."""

    paths: list[tuple[str, str]]
    documents: Sequence[tuple[Read, Read]] = ()
    direction: Direction = UNDECIDED
    matched: tuple[tuple[str, str, float], ...] = ()
    alone: tuple[str, ...] = ()


def _documents_in(folder: Path_, reading: Reading) -> list[str]:
    return find_inputs([folder], "read_document", format="text" if reading.segmented else "").paths


def _folders_on_workers(
    source: Path_,
    target: Path_,
    reading: Reading,
    asked: Direction,
    out: Path_,
    each: Each,
    progress: Progress,
) -> tuple[_Pairing, Rejects]:
    """As ``_folders``, without the documents; a second run with the same result reads no document for it."""
    paths = [path for folder in (source, target) for path in _documents_in(folder, reading)]
    settings = {**asdict(reading), "asked": str(asked), "folders": [os.fspath(source), os.fspath(target)]}

    def pair_up() -> tuple[_Pairing, Rejects]:
        """Read all documents."""
        pairing, rejects = _folders(source, target, reading, asked, progress)
        return replace(pairing, documents=()), rejects

    return remembered(out, paths, settings, each, pair_up)


def _folders(
    source: Path_, target: Path_, reading: Reading, asked: Direction, progress: Progress
) -> tuple[_Pairing, Rejects]:
    """The documents of two folders that translate each other."""
    inputs = [_documents_in(folder, reading) for folder in (source, target)]
    rejects = Rejects(sum(map(len, inputs)))
    columns: list[list[Read]] = [[], []]
    for paths, column in zip(inputs, columns, strict=True):
        for path in progress(paths, len(paths)):
            with rejects.catch():
                column.append(reading.document(path))
    if not all(columns):
        raise rejects.errors[0]
    return _paired(columns, asked, _languages_of_folders(source, target), progress), rejects


def _paired(
    columns: list[list[Read]], asked: Direction, named: tuple[str, str] | None, progress: Progress
) -> _Pairing:
    """The pairs among the documents of two folders, the source first; ``named`` are the languages that the
    folders have for names."""
    samples = [
        shards.sample([(each, each) for each in column], excerpt_size(len(column))) for column in columns
    ]
    tags = named or tuple(language_of([each], 0, is_detected=not asked.is_known) for each in samples)
    direction, is_turned = decided_for_two(asked, *tags)
    sources, targets = reversed(columns) if is_turned else columns
    documents = [*sources, *targets]
    texts = [segmented(each, direction.source) for each in sources]
    texts += [segmented(each, direction.target) for each in targets]
    pairing = pair_documents(texts, direction, progress=progress)
    names = [text.name for text in texts]
    if not pairing.pairs:
        names = [*names[:NAMED], f"… ({len(names)})"] if len(names) > NAMED else names
        what = f"no document is the translation of another among {', '.join(names)} ({direction})"
        raise OptionError(f"{what}; name two of them: tm align SOURCE TARGET")
    return _Pairing(
        [(names[first], names[second]) for first, second, _ in pairing.pairs],
        [(documents[first], documents[second]) for first, second, _ in pairing.pairs],
        direction,
        tuple((names[first], names[second], score) for first, second, score in pairing.pairs),
        tuple(names[number] for number in pairing.alone),
    )


def _languages_of_folders(source: Path_, target: Path_) -> tuple[str, str] | None:
    """The languages that two folders have for names, as ``fr`` and ``pt-BR``; None when they have others.

    >>> _languages_of_folders("site/fr", "site/pt_BR"), _languages_of_folders("fr", "texts")
    (('fr', 'pt-BR'), None)
    """
    names = [Path(os.path.abspath(folder)).name for folder in (source, target)]
    if not all(map(bcp47.is_tag, names)) or bcp47.canonical(names[0]) == bcp47.canonical(names[1]):
        return None
    return bcp47.canonical(names[0]), bcp47.canonical(names[1])


def _above(source: str, folders: tuple[Path_, Path_]) -> str:
    """The folder in which a source stands, of two."""
    path = Path(os.path.abspath(source))
    return os.fspath(next(folder for folder in folders if path.is_relative_to(os.path.abspath(folder))))
