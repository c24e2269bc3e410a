"""The main job: documents in; memory, TMX, glossary and pages out. It reads like the recipe it is.

Run again into the same folder it gives the same bytes and doubles nothing. What a person changed there stays:
decisions in ``glossary.tsv`` are carried on, and an output file that was edited since is left alone, its new
version written beside it.

1. ``find_inputs`` and ``read_documents`` read what was named; ``direction_of`` decides the languages;
   ``pair_up`` pairs.
2. ``align_together`` aligns all pairs as one run, ``_remember`` puts their units into the memory.
3. ``_candidates`` extracts the terms, ``_write_glossary`` writes them with every decision,
   ``_write_views`` the files and pages made of them.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tm import files
from tm.direction import UNDECIDED, Direction
from tm.errors import OptionError
from tm.formats import notices
from tm.locks import locked
from tm.progress import unwatched
from tm.work.alignments import Alignment
from tm.work.documents import ReadDocument, direction_of, pair_up, read_documents
from tm.work.glossary import read_glossary
from tm.work.glossary_file import change_glossary
from tm.work.inputs import Inputs, Rejects, find_inputs
from tm.work.memories import pairs_in
from tm.work.outputs import Outputs
from tm.work.shared_glossary import GLOSSARY
from tm.work.workers import working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.errors import TMError
    from tm.model import Concept
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.store import Added, Store
    from tm.work.alignment_lessons import Coverage

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Built:
    """What was done, for the summary.

    Attributes:
        direction: from which language into which.
        documents: all that were read, in order.
        skipped: files of a given folder that are no documents.
        left_out: documents that could not be read, each with its error.
        alone: documents without a partner.
        alignments: one per pair of documents.
        added: what came into the memory.
        units: how many the memory now holds.
        concepts: the whole glossary, best first.
        coverage: what dictionaries taught.
        written: the output files, in order.
        kept: output files that a person had changed; the new version stands in ``written`` as
            ``NAME.new.EXT``.
    """

    direction: Direction
    documents: tuple[ReadDocument, ...]
    skipped: tuple[str, ...]
    left_out: tuple[TMError, ...]
    alone: tuple[ReadDocument, ...]
    alignments: tuple[Alignment, ...]
    added: Added
    units: int
    concepts: tuple[Concept, ...]
    coverage: Coverage
    written: tuple[Path, ...] = field(default=())
    kept: tuple[Path, ...] = field(default=())

    @property
    def strangers(self) -> tuple[Alignment, ...]:
        """Pairs of documents that have nothing in common, so that they hardly belong together."""
        return tuple(alignment for alignment in self.alignments if not alignment.score)

    @property
    def decided_count(self) -> int:
        """How many concepts a person has decided on."""
        undecided = ("candidate", "rejected")
        return sum(any(term.status not in undecided for term in concept.terms) for concept in self.concepts)


def build(
    paths: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    direction: Direction = UNDECIDED,
    encoding: str = "",
    decisions: Sequence[Concept] | str | os.PathLike[str] = (),
    language: str = "en",
    vectors: str = "",
    dictionary: str | os.PathLike[str] = "",
    workers: str = "",
    stage: Callable[[str], None] = lambda _: None,
    progress: Progress = unwatched,
) -> Built:
    """Documents to memory, TMX, glossary and pages.

    Args:
        paths: documents, or folders of them.
        out: the folder to write into; made when it is not there.
        direction: what is asked for; a side that is not said is decided by
            ``tm.work.documents.direction_of``.
        encoding: of all documents; "" = found.
        decisions: concepts decided elsewhere, or a file of them, added to those of ``glossary.tsv`` in the
            folder.
        language: of the pages, one of ``tm.pages.messages.LANGUAGES``.
        vectors: sentence vectors as evidence in the alignment, see ``tm.work.aligning.align``.
        dictionary: what teaches words there, see the same.
        workers: what aligns the documents and extracts the terms of many, see ``tm.work.workers``; "" = this
            process. The bytes are the same.
        stage: is told what begins, e.g. "aligning 2 documents".
        progress: takes the steps of each stage, and their number: the documents as they are read, parts of them
            as they are aligned, the units as their terms are gathered.

    Raises:
        OptionError: the documents cannot be paired: one alone, all in one language, three languages.
        MissingExtraError: what makes sentence vectors is not installed.
        FormatError: no document or the dictionary can be read, none is in a language asked for, or the folder not written.
        StoreError: the folder's memory cannot be used.
    """
    from tm.formats import write_units
    from tm.store import open_store
    from tm.store.addresses import is_address
    from tm.work.alignment_lessons import Teachers
    from tm.work.alignment_run import align_together

    if is_address(os.fspath(out)):
        raise OptionError(f"{os.fspath(out)}: is a memory; a folder was expected")
    folder = Path(out)
    inputs = find_inputs(paths, "read_document", skip=lambda path: _is_ours(path, folder))
    _refuse_one(inputs)
    stage(f"reading {notices.counted(len(inputs.files), 'documents')}")
    rejects = Rejects(len(inputs.files))
    watched = progress(inputs.files, len(inputs.files))
    documents = read_documents(watched, direction, rejects, encoding=encoding)
    if len(documents) < 2:
        raise rejects.errors[0]
    direction = direction_of(documents, direction, _languages_of(folder / "memory.tm"))
    texts, alone = pair_up(documents, direction)
    if isinstance(decisions, (str, os.PathLike)):
        decisions = read_glossary(decisions, direction)
    teachers = Teachers(vectors=vectors, dictionary=dictionary)
    for given in teachers.dictionaries(direction):
        files.readable(given.path)
    decided = [*_decisions(files.folder(out) / GLOSSARY, direction), *decisions]
    stage(f"aligning {notices.counted(len(texts), 'pairs')}")
    with working(workers) as each, open_store(folder / "memory.tm", create=True) as store:
        aligned, coverage = align_together(texts, folder, teachers, direction, each, progress)
        alignments = tuple(
            Alignment(source, target, tuple(beads))
            for (source, target), beads in zip(texts, aligned, strict=True)
        )
        added = _remember(store, alignments)
        # What another build finds and writes into the folder at the same time would be mixed with this one's.
        with locked(folder / "memory.tmx"):
            stage("extracting terms")
            candidates = _candidates(store, direction, decided, each, progress)
            stage("writing")
            outputs = Outputs(folder, store)
            with outputs.placing("memory.tmx") as path:
                write_units(path, store.units(), direction=direction)
            concepts = _write_glossary(outputs, candidates, decisions, direction)
            _write_views(outputs, alignments, concepts, direction, language)
        return Built(
            direction=direction,
            documents=tuple(documents),
            skipped=inputs.passed_over,
            left_out=tuple(rejects.errors),
            alone=tuple(alone),
            alignments=alignments,
            added=added,
            units=len(store),
            concepts=tuple(concepts),
            coverage=coverage,
            written=(folder / "memory.tm", *outputs.written),
            kept=tuple(outputs.kept),
        )


def _refuse_one(inputs: Inputs) -> None:
    """Two documents are needed.

    Raises:
        OptionError: there is one only.
        FormatError: and that one is not there.
    """
    if len(inputs.files) > 1:
        return
    path = files.readable(inputs.files[0].path)
    hint = f"; of no document format: {', '.join(inputs.passed_over)}" if inputs.passed_over else ""
    raise OptionError(f"two documents are needed, a text and its translation; found only {path}{hint}")


def _is_ours(file: Path, out: Path) -> bool:
    """Whether a run into this folder writes, or has written, a file of this name there."""
    stem = file.stem.removesuffix(".new")
    return stem in ("memory", "glossary", "alignment") and file.parent.resolve() == out.resolve()


def _languages_of(memory: Path) -> list[str]:
    """The languages of a memory in order; none when it is not there yet."""
    from tm.store import open_store

    if not memory.exists():
        return []
    with open_store(memory, create=True) as store:  # another build may have only just begun it
        return list(store.languages())


# -------------------------------------------------------------------------------- memory and glossary


def _remember(store: Store, alignments: Sequence[Alignment]) -> Added:
    """The units of each pair of documents into the memory; what it has already is not added again.

    A pair of documents speaks for itself: what it said in an earlier run and says no longer goes out. What a
    person put into the memory by other ways stays, also where the documents say something else.
    """
    from tm.store import Added

    total = Added()
    for alignment in alignments:
        name = f"{alignment.source.name} = {alignment.target.name}"
        total += store.add(alignment.units(), name=name, supersede=True)
    return total


def _decisions(path: Path, direction: Direction) -> list[Concept]:
    """What stands in the glossary file, if there is one."""
    from tm.formats import read_concepts

    return read_concepts(path, direction=direction) if path.exists() else []


def _candidates(
    store: Store, direction: Direction, decided: Sequence[Concept], each: Each, progress: Progress
) -> list[Concept]:
    """The memory's terms, found with what was decided."""
    from tm.work.kept_terms import terms_of_memory

    pairs = pairs_in(store, direction, progress)
    return terms_of_memory(store.name, pairs, direction, decided=decided, each=each)


# -------------------------------------------------------------------------------- writing


def _write_glossary(
    outputs: Outputs, candidates: Sequence[Concept], elsewhere: Sequence[Concept], direction: Direction
) -> list[Concept]:
    """The glossary with every decision, also with those that came while the terms were found."""
    from tm.terminology import merge

    with outputs.placing(GLOSSARY, is_ours=True) as path:
        return change_glossary(
            path, lambda current, _: merge(candidates, [*current, *elsewhere]), asked=direction
        ).concepts


def _write_views(
    outputs: Outputs,
    alignments: Sequence[Alignment],
    concepts: Sequence[Concept],
    direction: Direction,
    language: str,
) -> None:
    """The glossary for other programs, and the pages."""
    from tm.formats import write_concepts
    from tm.pages import alignment_page, glossary_page
    from tm.pages.messages import messages
    from tm.terminology import published

    for name in ("glossary.tbx", "glossary.csv", "glossary.utf8"):
        shown = published(concepts) if name.endswith(".tbx") else concepts
        if name.endswith(".tbx") and not shown:
            log.warning(
                "%s: not written: no concept to publish; TBX wants one at least", outputs.folder / name
            )
            continue
        with outputs.placing(name) as path:
            write_concepts(path, shown, direction=direction)
    names = " – ".join(dict.fromkeys((direction.source, direction.target)))
    word = messages(language).gettext("Alignment")
    texts = [(alignment.source, alignment.target, alignment.beads) for alignment in alignments]
    pages = {
        "glossary.html": glossary_page(concepts, direction=direction, language=language),
        "alignment.html": alignment_page(texts, title=f"{word} {names}", language=language),
    }
    for name, page in pages.items():
        with outputs.placing(name) as path, files.writing(path) as stream:
            stream.write(page.encode())
