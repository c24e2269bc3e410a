"""The memory or a glossary to files.

1. ``export`` takes what a person names: a file, or the folder of an OmegaT project, which takes both.
2. ``export_memory`` writes the units of an open memory, ``export_glossary`` concepts.
3. ``_export_project`` makes or updates a project (``tm.work.omegat``).
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias

from tm import files
from tm.direction import UNDECIDED, Direction, parsed
from tm.errors import FormatError, OptionError
from tm.formats import find_format, glossary_direction, look_up, write_concepts, write_units
from tm.formats.languages import checked
from tm.formats.notices import notice
from tm.formats.varieties import concepts_in
from tm.formats.varieties import units_in as units_in_variety
from tm.progress import unwatched
from tm.store.protocol import listed
from tm.store.where import admitted, parsed_where
from tm.work.glossary import read_glossary
from tm.work.inputs import find_inputs
from tm.work.inspecting import whole_units
from tm.work.losses import COUNTED, weighed_concepts
from tm.work.memories import direction_in, open_memories
from tm.work.numbered import check_format, covered, numbered
from tm.work.omegat import found_documents, open_project
from tm.work.sources import refuse_as_output, units_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Concept, Unit
    from tm.progress import Progress
    from tm.store.inspection import Damage
    from tm.store.protocol import Store, Stores
    from tm.store.where import Where


_Addresses: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"

PROJECT = "omegat:"
"""Before the folder of an OmegaT project."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written.

    Attributes:
        path: the file.
        kind: what it holds; a project is the file that makes a folder one, and holds no more than its languages.
        count: how many.
        left_out: texts in other varieties of the language, by their tags.
        direction: of a project.
        not_meant: how many units ``where`` left out.
        repeated: how many units were in a memory before theirs too, and so came once.
        damages: what of a damaged memory could not be saved.
        outs: the names of the files, where the format writes several.
        lost: what the format does not hold of what a person may say in a glossary, and how many concepts had it.
    """

    path: str
    kind: Literal["units", "concepts", "documents", "project"]
    count: int
    left_out: dict[str, int] = field(default_factory=dict)
    direction: Direction = UNDECIDED
    not_meant: int = 0
    repeated: int = 0
    lost: dict[str, int] = field(default_factory=dict)
    damages: tuple[Damage, ...] = ()
    outs: tuple[str, ...] = ()


def export(
    out: str | os.PathLike[str],
    *,
    memory: _Addresses = "memory.tm",
    glossary: str | os.PathLike[str] = "",
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    variety: str = "",
    documents: Sequence[str | os.PathLike[str]] = (),
    where: Where | str = "",
    numbers: bool = False,
    recover: bool = False,
    language: str = "en",
    progress: Progress = unwatched,
) -> list[Exported]:
    """Write the glossary, when one is given, else the memories; both into an OmegaT project.

    Args:
        out: the file; "-" is stdout; ``omegat:DIR`` is the folder of a project.
        memory: its address, or those of several, whose units are written one memory after the other.
        glossary: a file; "" = the memory is exported.
        format: a format's name, or "html" for a glossary's page; "" = by the extension.
        direction: the languages wanted; all when it is undecided.
        variety: a tag with a region: texts in other varieties of its language are left out.
        documents: for a project, texts to be translated in it, or folders of them, beside those that the
            units come from as far as these are found.
        where: which units of the memories are meant; "" = all (``tm.store.where``).
        numbers: with the numbers of the units, so that a table can be taken back (``tm.work.numbered``).
        recover: only what is whole of a damaged memory; what is not is listed.
        language: of a page, one of ``tm.pages.messages.LANGUAGES``.
        progress: takes the units of a memory as they are written, and their number.

    Raises:
        OptionError: no such format, or a page or glossary format without a glossary.
        FormatError: a file cannot be read or written, or holds nothing in the languages asked for.
        StoreError: the memory cannot be used.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "terms.tsv")
    ...     _ = table.write_text("fr\\tpt\\nfichier\\tarquivo\\n")
    ...     written = export(table.with_suffix(".tbx"), glossary=table)
    >>> [(file.count, file.kind) for file in written]
    [(1, 'concepts')]
    """
    name = os.fspath(out)
    if recover and (
        numbers or variety or where or documents or name.startswith(PROJECT) or os.fspath(glossary)
    ):
        raise OptionError(
            f"{name}: what is whole of a memory goes into a file of units, with no other choice made"
        )
    if numbers and (name.startswith(PROJECT) or os.fspath(glossary)):
        raise OptionError(f"{name}: numbers are for the units of a memory in a table: .tsv, .csv, .xlsx")
    if name.startswith(PROJECT):
        project = name.removeprefix(PROJECT)
        return _export_project(
            project, _listed(memory), glossary, direction, variety, documents, where, progress
        )
    if documents:
        hint = f"tm export {PROJECT}DIR --documents PATH"
        raise OptionError(f"documents are for a project; {name} is none: {hint}")
    if os.fspath(glossary):
        written = export_glossary(
            glossary, name, format=format, direction=direction, variety=variety, language=language
        )
        return [written]
    if not look_up(name, "write_units", format) and (
        _is_page(name, format) or look_up(name, "write_concepts", format)
    ):
        raise OptionError(f"{name} is for a glossary; say which one: tm export {name} --terms GLOSSARY")
    refuse_as_output(name, format, "tm add MEMORY")
    with open_memories(_listed(memory)) as stores:
        if recover:
            return [_export_whole(stores, name, format, direction)]
        written = export_memory(
            stores,
            name,
            format=format,
            direction=direction,
            variety=variety,
            where=where,
            numbers=numbers,
            progress=progress,
        )
        return [written]


def _listed(memory: _Addresses) -> list[str | os.PathLike[str]]:
    return [memory] if isinstance(memory, (str, os.PathLike)) else list(memory)


def _export_project(
    folder: str,
    memories: Sequence[str | os.PathLike[str]],
    glossary: str | os.PathLike[str],
    asked: Direction,
    variety: str,
    documents: Sequence[str | os.PathLike[str]],
    where: Where | str,
    progress: Progress,
) -> list[Exported]:
    """Both into the folders where OmegaT takes them by itself, and the documents."""
    given = [Path(path) for path in find_inputs(documents, "read_document").paths] if documents else []
    folders = [place for memory in memories for place in (Path(memory).parent, Path(memory).parent.parent)]
    with open_memories(memories) as stores:
        project = open_project(folder, asked)
        if project.is_new:
            wanted = Direction(asked.source, asked.target or parsed(variety).source)
            project = replace(project, direction=direction_in(stores, wanted))
        project.make()
        names = dict.fromkeys(unit.property("x-document") for store in stores for unit in store.units())
        copied = project.take([*given, *found_documents(filter(None, names), [Path(), *folders])])
        export = _Export(stores, project.direction, variety, where, progress)
        count = write_units(project.memory, project.units(export.units()), direction=project.direction)
    written = [
        Exported(os.fspath(project.file), "project", 1, direction=project.direction),
        export.written(project.memory, count),
    ]
    if copied:
        written.append(Exported(os.fspath(project.source), "documents", copied))
    if os.fspath(glossary):
        direction = project.direction
        written.append(
            export_glossary(glossary, project.glossary, format="omegat", direction=direction, variety=variety)
        )
    return written


# ------------------------------------------------------------------------------------------- memory


def export_memory(
    stores: Stores,
    out: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    variety: str = "",
    where: Where | str = "",
    numbers: bool = False,
    progress: Progress = unwatched,
) -> Exported:
    """Write the units of a memory or of several. The arguments and errors are those of ``export``.

    >>> from tm.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     export_memory(store, os.devnull, format="tmx").count
    0
    """
    if numbers:
        return _export_numbered(listed(stores), out, format, direction, variety, where, progress)
    export = _Export(listed(stores), direction, variety, where, progress)
    outs: list[str] = []
    count = write_units(out, export.units(), format=format, direction=direction, outs=outs)
    return replace(export.written(out, count), outs=tuple(outs))


def _export_whole(
    stores: Sequence[Store], out: str | os.PathLike[str], format_: str, direction: Direction
) -> Exported:
    """What is whole of damaged memories."""
    lost: list[Damage] = []
    units = (unit for store in stores for unit in whole_units(store, lost))
    count = write_units(out, units, format=format_, direction=direction)
    return Exported(os.fspath(out), "units", count, damages=tuple(lost))


def _export_numbered(
    stores: Sequence[Store],
    out: str | os.PathLike[str],
    format_: str,
    asked: Direction,
    variety: str,
    where: Where | str,
    progress: Progress,
) -> Exported:
    """A table with numbers, in two languages."""
    check_format(out, format_)
    if len(stores) > 1 or variety:
        raise OptionError("numbers are of the units of one memory, whole: give one memory, and no variety")
    store, counts = stores[0], Counter[str]()
    direction = direction_in(store, asked)
    meant = parsed_where(where)
    covers = covered(store, direction, meant.text)
    all_stored = progress(store.all_stored(), len(store))
    units = numbered(admitted(all_stored, meant, counts), covers)
    units = checked(units, direction, path=store.name)
    count = write_units(out, units, format=format_, direction=direction)
    return Exported(os.fspath(out), "units", count, not_meant=counts["left out"])


@dataclass(frozen=True)
class _Export:
    """What is written of memories, and what was left out of it so far."""

    stores: Sequence[Store]
    direction: Direction
    variety: str
    where: Where | str
    progress: Progress
    other_varieties: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def units(self) -> Iterator[Unit]:
        """The units that are meant, one memory after the other."""
        names = ", ".join(store.name for store in self.stores)
        units: Iterator[Unit] = units_in(self.stores, self.where, self.counts, self.progress)
        if self.variety:
            units = _in_variety(units, parsed(self.variety).source, self.other_varieties, names)
        if self.direction != UNDECIDED:
            units = checked(units, self.direction, path=names)
        return units

    def written(self, path: str | os.PathLike[str], count: int) -> Exported:
        """What became of them."""
        return Exported(
            os.fspath(path),
            "units",
            count,
            dict(self.other_varieties),
            not_meant=self.counts["left out"],
            repeated=self.counts["in several memories"],
        )


def _in_variety(units: Iterable[Unit], variety: str, left_out: Counter[str], memory: str) -> Iterator[Unit]:
    """The units in one variety; a fault behind the last one when there were units in others only."""
    is_empty = True
    for unit in units_in_variety(units, variety, left_out):
        is_empty = False
        yield unit
    if is_empty and left_out:
        raise FormatError(f"no unit is in {variety}; found: {', '.join(sorted(left_out))}", path=memory)


# ------------------------------------------------------------------------------------------- glossary


def export_glossary(
    glossary: str | os.PathLike[str] | Sequence[Concept],
    out: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    variety: str = "",
    language: str = "en",
) -> Exported:
    """Write a glossary, a file or concepts. The other arguments and the errors are those of ``export``.

    TBX gets only the concepts that are fit to publish; a page is in the language named.

    >>> export_glossary([], os.devnull, format="tsv").count
    0
    """
    if isinstance(glossary, (str, os.PathLike)):
        glossary = read_glossary(glossary, direction)
    concepts = list(glossary)
    left_out, lost = Counter[str](), Counter[str]()
    if variety:
        concepts = list(concepts_in(concepts, parsed(variety).source, left_out))
    if _is_page(out, format):
        count = _write_page(out, concepts, direction, language)
    else:
        writer = find_format(out, "write_concepts", format, ["html"])
        if writer.name.startswith("tbx"):
            from tm.terminology import published

            meant = sum(any(term.status != "rejected" for term in concept.terms) for concept in concepts)
            concepts = published(concepts)
            notice(
                "{path}: left out {concepts} without a translation to offer",
                path=os.fspath(out),
                concepts=meant - len(concepts),
            )
        weighed = weighed_concepts(concepts, writer, lost)
        count = write_concepts(out, weighed, format=format, direction=direction)
    decided = {what: concepts_with_it for what, concepts_with_it in lost.items() if what not in COUNTED}
    return Exported(os.fspath(out), "concepts", count, dict(left_out), lost=decided)


def _is_page(out: str | os.PathLike[str], format_: str) -> bool:
    return (format_ or PurePath(out).suffix.lower().removeprefix(".")) in ("html", "htm")


def _write_page(
    out: str | os.PathLike[str], concepts: Sequence[Concept], asked: Direction, language: str
) -> int:
    from tm.pages import glossary_page

    direction = glossary_direction(concepts, asked)
    page = glossary_page(concepts, direction=direction, language=language)
    with files.writing(out) as stream:
        stream.write(page.encode())
    return len(concepts)
