"""Two texts to pairs of sentences: what ``tm align`` and ``tm add SOURCE TARGET`` do.

1. ``align`` takes two texts in memory, ``align_files`` pairs of files or two folders, as one run.
2. ``aligning_folders`` finds the pairs of two folders; ``read_list`` reads pairs from a file.
3. ``alignment_batches`` cuts many pairs into batches. ``Run`` takes the shards of a batch through the stages of
   ``aligning_shards``: documents are read, the direction is decided by all of the first batch, they are segmented and
   aligned. ``Teachers`` teach words, and so does each batch the later ones.
4. ``alignment_output.write`` writes the results of a batch before the next one is read.

Without workers a batch is one shard, in memory; with workers it is many, in a folder (``work_folder``). The
order of the arguments says which text is the source, unless the direction asked for says otherwise.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tm import files
from tm.choices import check_share
from tm.direction import UNDECIDED, Direction
from tm.document import Text
from tm.errors import FormatError
from tm.progress import unwatched
from tm.work import alignments as results
from tm.work.aligning_folders import FilePairs, above, pair_folders, pair_folders_on_workers
from tm.work.aligning_shards import Reading
from tm.work.alignment_batches import Batches, cut, text_size
from tm.work.alignment_lessons import NOT_COVERED, Coverage, Lessons, Teachers
from tm.work.alignment_output import Writing, write
from tm.work.alignment_run import excerpt_size, in_memory, in_process, on_workers
from tm.work.inputs import Rejects
from tm.work.segmenting import document_of, read_paragraphs
from tm.work.sources import refuse_as_output
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.errors import TMError
    from tm.files import AnyPath
    from tm.progress import Progress
    from tm.store.protocol import Store
    from tm.work.aligning_shards import Read
    from tm.work.alignments import Alignment, Written


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """What became of pairs of files.

    Attributes:
        direction: from which language into which.
        alignments: one for each pair of documents; () when they were to be written, or made on workers.
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
    memory: AnyPath | Store = "",
    glossary: AnyPath = "",
    vectors: str = "",
    dictionary: AnyPath = "",
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
    teachers = Teachers(memory, glossary, vectors, dictionary)
    return _alone(_as_read(source), _as_read(target), direction, teachers, min_confidence)


def _alone(source: Read, target: Read, asked: Direction, teachers: Teachers, least: float) -> Alignment:
    """Two documents as a run of their own."""
    run = in_memory([(source, target)])
    run.segment(*run.decided(asked))
    run.align(Lessons(teachers, run.direction, in_process=True))
    return run.alignments(least)[0]


def _as_read(given: str | Sequence[str] | Text) -> Read:
    if isinstance(given, Text):
        return given
    if isinstance(given, str):
        return document_of(given)
    segments = tuple(given)
    return Text(segments, lines=tuple(range(1, len(segments) + 1)))


# ------------------------------------------------------------------------------------------- files


def align_files(
    pairs: Sequence[tuple[AnyPath, AnyPath]],
    out: AnyPath = "",
    *,
    to_format: str = "",
    direction: Direction = UNDECIDED,
    encoding: str = "",
    segmented: bool = False,
    lines: str = "auto",
    min_confidence: float = 0.0,
    memory: AnyPath | Store = "",
    glossary: AnyPath = "",
    vectors: str = "",
    dictionary: AnyPath = "",
    workers: str = "",
    shard_count: int = 0,
    language: str = "en",
    progress: Progress = unwatched,
) -> AlignedFiles:
    """Align files with their translations, as one run: the pairs teach each other their words.

    Args:
        pairs: source and target; or one pair of folders, whose documents are paired by name or content.
        out: where the result is written, see ``tm.work.alignment_output.write``; "" = nowhere.
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
        progress: takes what is read and compared of two folders, without workers what is encoded and the segments that
            are aligned in each pass, on workers the shards of each stage, as they are done, and their number.

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
    pairing = FilePairs([(os.fspath(source), os.fspath(target)) for source, target in pairs])
    rejects = Rejects(len(pairs))
    is_folders = len(pairs) == 1 and all(Path(path).is_dir() for path in pairs[0])
    with working(workers, progress) as each, ExitStack() as stack:
        if is_folders and workers:
            pairing, rejects = pair_folders_on_workers(*pairs[0], reading, direction, out, each, progress)
        elif is_folders:
            pairing, rejects = pair_folders(*pairs[0], reading, direction, progress)
        direction = pairing.direction if is_folders else direction
        below = above(pairing.paths[0][0], pairs[0]) if is_folders else ""
        is_one = len(pairs) == 1 and not is_folders
        writing = Writing(out, to_format, min_confidence, reading.base, is_one, below, language)
        parts = cut([sum(map(text_size, paths)) for paths in pairing.paths])
        if len(parts) > 1:  # what was read to find the pairs is read again, so that it is not all in memory
            pairing = replace(pairing, documents={})
        if workers:
            settings = {**asdict(reading), "asked": str(direction)}
            runs = stack.enter_context(on_workers(pairing.paths, parts, out, shard_count, settings, each))
        else:
            runs = in_process(pairing.paths, parts, pairing.documents)
        watched = unwatched if workers else progress
        batches = Batches(runs, reading, teachers, rejects, watched, in_process=not workers)
        batches.begin(direction, excerpt_size(len(parts[0])))
        sources = [paths[batches.is_turned] for paths in pairing.paths]
        writing.check(sources)
        alignments: list[Alignment] = []
        written: tuple[Written, ...] = ()
        if os.fspath(out):
            written = tuple(write(batches, writing, sources))
        else:
            for run in batches:
                alignments += [] if workers else run.alignments(min_confidence)
        return AlignedFiles(
            batches.direction,
            tuple(alignments),
            pairing.matched,
            pairing.alone,
            tuple(rejects.errors),
            rejects.count,
            written,
            batches.coverage,
        )


def align_documents(
    source: AnyPath,
    target: AnyPath,
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
    return _alone(documents[0], documents[1], direction, Teachers(), 0.0)


def read_list(path: AnyPath) -> list[tuple[str, str]]:
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
        if len(cells) != 2 or "\0" in line:
            raise FormatError("two paths parted by a tab were expected", path=path, line=number)
        pairs.append((cells[0].strip(), cells[1].strip()))
    if not pairs:
        what = "names no files; a source path, a tab and a target path a line were expected"
        raise FormatError(what, path=path)
    return pairs
