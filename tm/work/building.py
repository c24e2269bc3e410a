"""The main job: documents in; memory, TMX, glossary and pages out. It reads like the recipe it is.

Run again into the same folder it gives the same bytes and doubles nothing. What a person changed there stays: decisions in
``glossary.tsv`` are carried on, and an output file that was edited since is left alone, its new version written beside it.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tm import bcp47, files
from tm.direction import Direction
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tm.language.detection import Detection
    from tm.model import Bead, Concept, Text, Unit
    from tm.store.protocol import Added, Store

log = logging.getLogger(__name__)

DECISIONS = "glossary.tsv"
"""The glossary's own file in the output folder: plain, one term pair a line, where a person decides."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was read.

    Attributes:
        path: where it is.
        text: its segments, with the language found.
        detection: why that language; None when the caller said it.
        encoding: what it was decoded from.
    """

    path: Path
    text: Text
    detection: Detection | None
    encoding: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents and the beads between them; ``score`` is the share of them that is translated (0–1)."""

    source: Text
    target: Text
    beads: tuple[Bead, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Built:
    """What was done, for the summary.

    Attributes:
        source: language, a tag.
        target: likewise.
        documents: all that were read, in order.
        skipped: files of a given folder that are no documents.
        alone: documents without a partner.
        alignments: one per pair of documents.
        added: what came into the memory.
        units: how many the memory now holds.
        concepts: the whole glossary, best first.
        written: the output files, in order.
        kept: output files that a person had changed; the new version stands in ``written`` as ``NAME.new.EXT``.
    """

    source: str
    target: str
    documents: tuple[Source, ...]
    skipped: tuple[Path, ...]
    alone: tuple[Source, ...]
    alignments: tuple[Alignment, ...]
    added: Added
    units: int
    concepts: tuple[Concept, ...]
    written: tuple[Path, ...] = field(default=())
    kept: tuple[Path, ...] = field(default=())


def build(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    source: str = "",
    target: str = "",
    encoding: str = "",
    decisions: Sequence[Concept] = (),
    stage: Callable[[str], None] = lambda _: None,
) -> Built:
    """Documents to memory, TMX, glossary and pages.

    Args:
        paths: documents, or folders of them.
        out: the folder to write into; made when it is not there.
        source: language to translate from; "" = that of the first document.
        target: the other one; "" = found.
        encoding: of all documents; "" = found.
        decisions: concepts decided elsewhere, added to those of ``glossary.tsv`` in the folder.
        stage: is told what begins, e.g. "aligning 2 documents".

    Raises:
        OptionError: the documents cannot be paired: one alone, all in one language, three languages.
        FormatError: a document cannot be read or the folder not written.
        StoreError: the folder's memory cannot be used.
    """
    from tm.alignment import align_texts, bead_units, translated
    from tm.store import open_store

    documents, skipped = _collect(paths, Path(out))
    stage(f"reading {len(documents)} documents")
    sources = [_read(path, name, (source, target), encoding) for path, name in documents.items()]
    source, target = _languages(sources, source, target)
    pairs, alone = _pairs(sources, Direction(source, target))
    folder = files.folder(out)
    decided = [*_decisions(folder / DECISIONS, Direction(source, target)), *decisions]
    stage(f"aligning {len(pairs)} pairs")
    texts = [(sources[i].text, sources[j].text) for i, j in pairs]
    with open_store(folder / "memory.tm", create=True) as store:
        beads = align_texts(texts)
        alignments = tuple(
            Alignment(one, other, tuple(found), translated(one, other, found))
            for (one, other), found in zip(texts, beads, strict=True)
        )
        added = _remember(
            store,
            {
                f"{a.source.name} = {a.target.name}": list(bead_units(a.source, a.target, a.beads))
                for a in alignments
            },
        )
        stage("extracting terms")
        concepts = _glossary(store, Direction(source, target), decided)
        stage("writing")
        written, kept = _write(store, folder, alignments, concepts, Direction(source, target))
        return Built(
            source=source,
            target=target,
            documents=tuple(sources),
            skipped=tuple(skipped),
            alone=tuple(sources[number] for number in alone),
            alignments=alignments,
            added=added,
            units=len(store),
            concepts=tuple(concepts),
            written=tuple(written),
            kept=tuple(kept),
        )


# ------------------------------------------------------------------------------------------------- reading


def _collect(paths: Sequence[str | Path], out: Path) -> tuple[dict[Path, str], list[Path]]:
    """The documents named or found in folders (sorted there), each with the name it goes by; and the files passed over.

    The name is the path below the folder that was given, so that results do not depend on where that folder lies. Hidden
    files and our own results in the output folder are not looked at.
    """
    from tm.formats import reads_documents

    documents: dict[Path, str] = {}
    skipped: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            taken = {known.name for known in documents}
            documents[files.readable(path)] = "/".join(path.parts[-2:]) if path.name in taken else path.name
            continue
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path)
            if any(part.startswith(".") for part in name.parts) or not file.is_file() or _is_ours(file, out):
                continue
            if reads_documents(file):
                documents[file] = name.as_posix()
            else:
                skipped.append(file)
    if len(documents) < 2:
        found = f"only {next(iter(documents))}" if documents else f"none in {', '.join(map(str, paths))}"
        passed = f"; of no document format: {', '.join(map(str, skipped))}" if skipped else ""
        raise OptionError(f"two documents are needed, a text and its translation; found {found}{passed}")
    return documents, skipped


def _is_ours(file: Path, out: Path) -> bool:
    """Whether a run into this folder writes, or has written, a file of this name there."""
    stem = file.stem.removesuffix(".new")
    return stem in ("memory", "glossary", "alignment") and file.parent.resolve() == out.resolve()


def _read(path: Path, name: str, wanted: tuple[str, str], encoding: str) -> Source:
    """One document, its language found (narrowed to the wanted tags where those name its language) and segmented."""
    from tm.formats import read_document
    from tm.language import detect, segment

    document = replace(read_document(path, encoding=encoding), name=_printable(name))
    if document.language:
        return Source(path, segment(document, language=document.language), None, document.encoding)
    detection = detect("\n".join(paragraph.text for paragraph in document.paragraphs))
    said = [tag for tag in wanted if tag and bcp47.base(tag) == bcp47.base(detection.language)]
    language = said[0] if said else detection.language
    return Source(path, segment(document, language=language), detection, document.encoding)


def _printable(name: str) -> str:
    """A file name that is no Unicode can be opened but not written down."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _languages(sources: Sequence[Source], source: str, target: str) -> tuple[str, str]:
    """The two languages of the job, checked against those found."""
    by_base: dict[str, str] = {}
    for each in sources:
        tag = each.text.language
        known = by_base.setdefault(bcp47.base(tag), tag)
        if known != tag:  # two varieties of one language: the language alone is true of both
            by_base[bcp47.base(tag)] = bcp47.base(tag)
    if source and bcp47.base(source) == bcp47.base(target or "und") and source == target:
        raise OptionError(f"source and target language are both {source}; two were expected")
    listing = "; ".join(f"{each.path} is {each.text.language or 'unknown'}" for each in sources)
    for said in (source, target):
        if said and bcp47.base(said) not in by_base:
            raise OptionError(f"no document is in {said}: {listing}")
    if len(by_base) == 1:
        raise OptionError(f"all documents are in one language, a translation is missing: {listing}")
    others = [
        tag
        for base, tag in by_base.items()
        if base not in (bcp47.base(source or "und"), bcp47.base(target or "und"))
    ]
    if others and source and target:
        raise OptionError(
            f"documents in other languages than {source} and {target}: {listing}; leave them out"
        )
    if len(others) > 2 - bool(source) - bool(target):
        raise OptionError(f"more than two languages; give the documents of two: {listing}")
    source = source or others.pop(0)
    return source, target or others.pop(0)


def _pairs(sources: Sequence[Source], direction: Direction) -> tuple[list[tuple[int, int]], list[int]]:
    """The documents that translate each other, by number, and those left alone. Two documents are a pair because they were given."""
    from tm.alignment import pair_documents

    if len(sources) == 2:
        first = 0 if bcp47.base(sources[0].text.language) == bcp47.base(direction.source) else 1
        return [(first, 1 - first)], []
    pairing = pair_documents([each.text for each in sources], direction)
    if not pairing.pairs:
        raise OptionError(
            f"no document is the translation of another among {_names(sources)}; name the two: tm build SOURCE TARGET -o DIR"
        )
    return [(i, j) for i, j, _ in pairing.pairs], list(pairing.alone)


def _names(sources: Sequence[Source]) -> str:
    return ", ".join(str(each.path) for each in sources)


# ------------------------------------------------------------------------------------------------- memory and glossary


def _remember(store: Store, units: dict[str, list[Unit]]) -> Added:
    """The units of each pair of documents into the memory; what it has already is not added again.

    A pair of documents speaks for itself: what it said in an earlier run and says no longer goes out. What a person put into the
    memory by other ways stays, also where the documents say something else.
    """
    from tm.store import Added

    total = Added()
    for name, aligned in units.items():
        added = store.add(aligned, name=name, supersede=True)
        total = Added(*(getattr(total, each.name) + getattr(added, each.name) for each in fields(Added)))
    return total


def _decisions(path: Path, direction: Direction) -> list[Concept]:
    """What stands in the glossary file, if there is one."""
    from tm.formats import read_concepts

    return read_concepts(path, direction=direction) if path.exists() else []


def _glossary(store: Store, direction: Direction, decided: Sequence[Concept]) -> list[Concept]:
    """The memory's terms, with every decision."""
    from tm.terminology import extract, merge

    pairs = [pair for unit in store.units() if (pair := unit.pair(direction.source, direction.target))]
    return merge(extract(pairs, direction, decided=decided), decided)


# ------------------------------------------------------------------------------------------------- writing


def _write(
    store: Store,
    folder: Path,
    alignments: Sequence[Alignment],
    concepts: Sequence[Concept],
    direction: Direction,
) -> tuple[list[Path], list[Path]]:
    """Every output file whose bytes changed; those a person edited are left, their new version goes beside them."""
    from tm.formats import write_concepts, write_units
    from tm.pages import alignment_page, glossary_page
    from tm.terminology import published

    written: list[Path] = [folder / "memory.tm"]
    kept: list[Path] = []

    def place(name: str) -> Path:
        path = folder / name
        if path.exists() and name != DECISIONS and store.note(f"wrote {name}") != _digest(path):
            kept.append(path)
            path = _beside(path)
        elif store.note(f"wrote {_beside(path).name}") and _beside(path).exists():
            _beside(path).unlink()  # the edit that it stood beside is gone
        written.append(path)
        return path

    def remember(path: Path) -> None:
        if kept and path == _beside(kept[-1]) and _digest(path) == _digest(kept[-1]):
            path.unlink()  # no person's work: a run was cut off before it could note what it wrote
            path = written[-1] = kept.pop()
        if store.note(f"wrote {path.name}") != _digest(path):
            store.set_note(f"wrote {path.name}", _digest(path))

    def page(name: str, html: str) -> None:
        path = place(name)
        with files.writing(path) as stream:
            stream.write(html.encode())
        remember(path)

    names = " – ".join(dict.fromkeys((direction.source, direction.target)))
    tmx = place("memory.tmx")
    write_units(tmx, store.units(), direction=direction)
    remember(tmx)
    for name in (DECISIONS, "glossary.tbx", "glossary.csv", "glossary.utf8"):
        shown = published(concepts) if name.endswith(".tbx") else concepts
        if name.endswith(".tbx") and not shown:
            log.warning("%s: not written: no concept to publish; TBX wants one at least", folder / name)
            continue
        path = place(name)
        write_concepts(path, shown, direction=direction)
        remember(path)
    page("glossary.html", glossary_page(concepts, direction=direction, title=f"Glossary {names}"))
    page(
        "alignment.html",
        alignment_page([(a.source, a.target, a.beads) for a in alignments], title=f"Alignment {names}"),
    )
    return written, kept


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}.new{path.suffix}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
