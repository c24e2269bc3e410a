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
from typing import TYPE_CHECKING, Literal

from tm import files
from tm.direction import UNDECIDED, Direction, parsed
from tm.errors import FormatError, OptionError
from tm.formats import find_format, glossary_direction, look_up, write_concepts, write_units
from tm.formats.languages import checked
from tm.formats.varieties import concepts_in, units_in
from tm.store import open_store
from tm.work.glossary import read_glossary
from tm.work.inputs import find_inputs
from tm.work.memories import direction_in
from tm.work.omegat import found_documents, open_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Concept, Unit
    from tm.store.protocol import Store

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
    """

    path: str
    kind: Literal["units", "concepts", "documents", "project"]
    count: int
    left_out: dict[str, int] = field(default_factory=dict)
    direction: Direction = UNDECIDED


def export(
    out: str | os.PathLike[str],
    *,
    memory: str | os.PathLike[str] = "memory.tm",
    glossary: str | os.PathLike[str] = "",
    format: str = "",  # noqa: A002 - as in tm.formats
    direction: Direction = UNDECIDED,
    variety: str = "",
    documents: Sequence[str | os.PathLike[str]] = (),
) -> list[Exported]:
    """Write the glossary, when one is given, else the memory; both into an OmegaT project.

    Args:
        out: the file; "-" is stdout; ``omegat:DIR`` is the folder of a project.
        memory: its address.
        glossary: a file; "" = the memory is exported.
        format: a format's name, or "html" for a glossary's page; "" = by the extension.
        direction: the languages wanted; all when it is undecided.
        variety: a tag with a region: texts in other varieties of its language are left out.
        documents: for a project, texts to be translated in it, or folders of them, beside those that the
            units come from as far as these are found.

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
    if name.startswith(PROJECT):
        project = name.removeprefix(PROJECT)
        return _export_project(project, memory, glossary, direction, variety, documents)
    if documents:
        hint = f"tm export {PROJECT}DIR --documents PATH"
        raise OptionError(f"documents are for a project; {name} is none: {hint}")
    if os.fspath(glossary):
        return [export_glossary(glossary, name, format=format, direction=direction, variety=variety)]
    if not look_up(name, "write_units", format) and (
        _is_page(name, format) or look_up(name, "write_concepts", format)
    ):
        raise OptionError(f"{name} is for a glossary; say which one: tm export {name} --terms GLOSSARY")
    with open_store(memory) as store:
        return [export_memory(store, name, format=format, direction=direction, variety=variety)]


def _export_project(
    folder: str,
    memory: str | os.PathLike[str],
    glossary: str | os.PathLike[str],
    asked: Direction,
    variety: str,
    documents: Sequence[str | os.PathLike[str]],
) -> list[Exported]:
    """Both into the folders where OmegaT takes them by itself, and the documents."""
    given = find_inputs(documents, "read_document").paths if documents else []
    left_out, names = Counter[str](), dict[str, None]()
    with open_store(memory) as store:
        project = open_project(folder, asked)
        if project.is_new:
            wanted = Direction(asked.source, asked.target or parsed(variety).source)
            project = replace(project, direction=direction_in([store], wanted))
        project.make()
        units = store.units()
        if variety:
            units = _in_variety(units, parsed(variety).source, left_out, store.name)
        units = checked(units, project.direction, path=store.name)
        count = write_units(project.memory, project.units(units, names), direction=project.direction)
    written = [
        Exported(os.fspath(project.file), "project", 1, direction=project.direction),
        Exported(os.fspath(project.memory), "units", count, dict(left_out)),
    ]
    found = found_documents(names, [Path(), Path(memory).parent, Path(memory).parent.parent])
    if copied := project.take([*map(Path, given), *found]):
        written.append(Exported(os.fspath(project.source), "documents", copied))
    if os.fspath(glossary):
        direction = project.direction
        written.append(
            export_glossary(glossary, project.glossary, format="omegat", direction=direction, variety=variety)
        )
    return written


# ------------------------------------------------------------------------------------------- memory


def export_memory(
    store: Store,
    out: str | os.PathLike[str],
    *,
    format: str = "",  # noqa: A002
    direction: Direction = UNDECIDED,
    variety: str = "",
) -> Exported:
    """Write the units of a memory. The arguments and errors are those of ``export``.

    >>> with open_store(":memory:", create=True) as store:
    ...     export_memory(store, os.devnull, format="tmx").count
    0
    """
    units, left_out = store.units(), Counter[str]()
    if direction != UNDECIDED:
        units = checked(units, direction, path=store.name)
    if variety:
        units = _in_variety(units, parsed(variety).source, left_out, store.name)
    count = write_units(out, units, format=format, direction=direction)
    return Exported(os.fspath(out), "units", count, dict(left_out))


def _in_variety(units: Iterable[Unit], variety: str, left_out: Counter[str], memory: str) -> Iterator[Unit]:
    """The units in one variety; a fault behind the last one when there were units in others only."""
    is_empty = True
    for unit in units_in(units, variety, left_out):
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
) -> Exported:
    """Write a glossary, a file or concepts. The other arguments and the errors are those of ``export``.

    TBX gets only the concepts that are fit to publish.

    >>> export_glossary([], os.devnull, format="tsv").count
    0
    """
    if isinstance(glossary, (str, os.PathLike)):
        glossary = read_glossary(glossary, direction)
    concepts = list(glossary)
    left_out = Counter[str]()
    if variety:
        concepts = list(concepts_in(concepts, parsed(variety).source, left_out))
    if _is_page(out, format):
        count = _write_page(out, concepts, direction)
    else:
        if find_format(out, "write_concepts", format).name.startswith("tbx"):
            from tm.terminology import published

            concepts = published(concepts)
        count = write_concepts(out, concepts, format=format, direction=direction)
    return Exported(os.fspath(out), "concepts", count, dict(left_out))


def _is_page(out: str | os.PathLike[str], format_: str) -> bool:
    return (format_ or PurePath(out).suffix.lower().removeprefix(".")) in ("html", "htm")


def _write_page(out: str | os.PathLike[str], concepts: Sequence[Concept], asked: Direction) -> int:
    from tm.pages import glossary_page

    direction = glossary_direction(concepts, asked)
    title = f"Glossary {direction.source} – {direction.target}"
    page = glossary_page(concepts, direction=direction, title=title)
    with files.writing(out) as stream:
        stream.write(page.encode())
    return len(concepts)
