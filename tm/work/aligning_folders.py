"""Two folders to pairs of files: which document of one translates which of the other.

By their names where that tells it, else by what stands in them (``tm.alignment.documents``). Only what tells the
languages and what has no partner by its name is read for it, so that the results of a large run begin before all
is read.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47
from tm.alignment import pair_documents
from tm.alignment.documents import without_partner
from tm.direction import UNDECIDED, Direction, decided_for_two
from tm.document import Text
from tm.errors import OptionError
from tm.work import aligning_shards as shards
from tm.work.aligning_shards import segmented
from tm.work.alignment_batches import FIRST, text_size
from tm.work.alignment_run import excerpt_size, language_of
from tm.work.inputs import Rejects, find_inputs
from tm.work.work_folder import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tm.files import AnyPath
    from tm.progress import Progress
    from tm.shelves import Each
    from tm.work.aligning_shards import Read, Reading


NAMED = 10
"""How many documents an error names."""


@dataclass(frozen=True, slots=True)
class FilePairs:
    """The pairs of files, and of folders what ``AlignedFiles`` says and the documents that were read, by their paths."""

    paths: list[tuple[str, str]]
    documents: Mapping[str, Read] = field(default_factory=dict)
    direction: Direction = UNDECIDED
    matched: tuple[tuple[str, str, float], ...] = ()
    alone: tuple[str, ...] = ()


def _documents_in(folder: AnyPath, reading: Reading) -> list[str]:
    return find_inputs([folder], "read_document", format="text" if reading.segmented else "").paths


def pair_folders_on_workers(
    source: AnyPath,
    target: AnyPath,
    reading: Reading,
    asked: Direction,
    out: AnyPath,
    each: Each,
    progress: Progress,
) -> tuple[FilePairs, Rejects]:
    """As ``pair_folders``, without the documents; a second run with the same result reads no document for it."""
    paths = [path for folder in (source, target) for path in _documents_in(folder, reading)]
    settings = {**asdict(reading), "asked": str(asked), "folders": [os.fspath(source), os.fspath(target)]}

    def pair_up() -> tuple[FilePairs, Rejects]:
        """Read the documents that are looked at."""
        pairing, rejects = pair_folders(source, target, reading, asked, progress)
        return replace(pairing, documents={}), rejects

    return remembered(out, paths, settings, each, pair_up)


def pair_folders(
    source: AnyPath, target: AnyPath, reading: Reading, asked: Direction, progress: Progress
) -> tuple[FilePairs, Rejects]:
    """The documents of two folders that translate each other. Read are as many as tell the languages, and those that
    have no partner by their names."""
    columns = [_documents_in(folder, reading) for folder in (source, target)]
    rejects = Rejects(sum(map(len, columns)))
    documents: dict[str, Read] = {}
    tried: set[str] = set()

    def read(paths: list[str]) -> list[str]:
        """Read some documents; returns those that could be read."""
        tried.update(paths)
        for path in progress(paths, len(paths)):
            with rejects.catch():
                documents[path] = reading.document(path)
        return [path for path in paths if path in documents]

    heads = [read(_head(paths)) or read(paths[len(_head(paths)) :]) for paths in columns]
    if not all(heads):
        raise rejects.errors[0]
    samples = [
        shards.sample([(documents[path], documents[path]) for path in head], excerpt_size(len(head)))
        for head in heads
    ]
    named = _languages_of_folders(source, target)
    tags = named or tuple(language_of([each], 0, is_detected=not asked.is_known) for each in samples)
    direction, is_turned = decided_for_two(asked, *tags)
    columns = [[path for path in paths if path in documents or path not in tried] for paths in columns]
    texts = _by_names(columns[is_turned], columns[not is_turned], direction)
    while unread := [
        texts[n].name for n in without_partner(texts, direction) if texts[n].name not in documents
    ]:
        read(unread)
        texts = [text for text in texts if text.name in documents or text.name not in tried]
    looked_at = set(without_partner(texts, direction))
    texts = [
        segmented(documents[text.name], text.language) if number in looked_at else text
        for number, text in enumerate(texts)
    ]
    return _paired(texts, documents, direction, progress), rejects


def _head(paths: list[str]) -> list[str]:
    """The first documents of a folder, from which its language is told: as much as is in the first batch."""
    sizes = itertools.accumulate(map(text_size, paths))
    return [path for path, size in zip(paths, sizes, strict=True) if size < FIRST] or paths[:1]


def _by_names(sources: Sequence[str], targets: Sequence[str], direction: Direction) -> list[Text]:
    """Texts of which nothing is known but their names and languages."""
    texts = [Text((), language=direction.source, name=path) for path in sources]
    return texts + [Text((), language=direction.target, name=path) for path in targets]


def _paired(
    texts: Sequence[Text], documents: Mapping[str, Read], direction: Direction, progress: Progress
) -> FilePairs:
    """The pairs among the documents of two folders, the source first."""
    pairing = pair_documents(texts, direction, progress=progress)
    names = [text.name for text in texts]
    if not pairing.pairs:
        names = [*names[:NAMED], f"… ({len(names)})"] if len(names) > NAMED else names
        what = f"no document is the translation of another among {', '.join(names)} ({direction})"
        raise OptionError(f"{what}; name two of them: tm align SOURCE TARGET")
    return FilePairs(
        [(names[first], names[second]) for first, second, _ in pairing.pairs],
        documents,
        direction,
        tuple((names[first], names[second], score) for first, second, score in pairing.pairs),
        tuple(names[number] for number in pairing.alone),
    )


def _languages_of_folders(source: AnyPath, target: AnyPath) -> tuple[str, str] | None:
    """The languages that two folders have for names, as ``fr`` and ``pt-BR``; None when they have others.

    >>> _languages_of_folders("site/fr", "site/pt_BR"), _languages_of_folders("fr", "texts")
    (('fr', 'pt-BR'), None)
    """
    names = [Path(os.path.abspath(folder)).name for folder in (source, target)]
    if not all(map(bcp47.is_tag, names)) or bcp47.canonical(names[0]) == bcp47.canonical(names[1]):
        return None
    return bcp47.canonical(names[0]), bcp47.canonical(names[1])


def above(source: str, folders: tuple[AnyPath, AnyPath]) -> str:
    """The folder in which a source stands, of two."""
    path = Path(os.path.abspath(source))
    return os.fspath(next(folder for folder in folders if path.is_relative_to(os.path.abspath(folder))))
