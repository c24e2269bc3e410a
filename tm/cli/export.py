"""``tm export``: the memory or the glossary to a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from tm import files
from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import FormatError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.model import Concept, Unit

_PROJECT = "omegat:"


@dataclass(frozen=True, slots=True)
class _Export:
    """What is exported, and how; ``left_out`` counts the texts of other varieties."""

    memory: str
    glossary: str
    format: str
    source: str
    target: str
    variety: str
    left_out: Counter[str] = field(default_factory=Counter)


@click.command("export")
@click.argument("outs", nargs=-1, required=True, metavar="FILE...")
@options.memory
@click.option("--terms", "glossary", metavar="GLOSSARY", help="The glossary to export: TBX, TSV, CSV …")
@click.option(
    "--variant",
    "variety",
    type=options.LanguageTag(),
    help="Of its language only this variety, e.g. pt-BR: what is in another is left out and counted.",
)
@options.to_format
@options.languages
@options.quiet
def command(
    outs: tuple[str, ...],
    memory_path: str,
    glossary: str | None,
    variety: str | None,
    to_format: str | None,
    source: str | None,
    target: str | None,
    quiet: bool,
) -> None:
    """The memory or the glossary to a file.

    \b
    tm export memory.tmx pairs.tsv -m out/memory.tm -s fr -t pt-BR
    tm export glossary.tbx glossary.html --terms out/glossary.tsv
    tm export omegat:project -m out/memory.tm --terms out/glossary.tsv --variant pt-BR

    The extension says the format. With --terms the glossary is exported (.tbx .tsv .csv .xlsx .utf8 .html), without it the memory
    (.tmx .xlf .po .tsv .csv .xlsx .jsonl). "-" is stdout; say its format with --to. omegat:DIR puts both into the folder of an
    OmegaT project, where it takes them by itself: tm/auto/memory.tmx and, with --terms, glossary/glossary.utf8.
    """
    for out in outs:
        export = _Export(
            memory_path, glossary or "", to_format or "", source or "", target or "", variety or ""
        )
        if out.startswith(_PROJECT):
            told = _export_project(Path(out.removeprefix(_PROJECT)), export)
        elif glossary:
            told = [_export_glossary(out, export)]
        else:
            told = [_export_memory(out, export)]
        if not quiet:
            for line in told:
                terminal.note(line)
            for tag, count in sorted(export.left_out.items()):
                terminal.note(f"{out}: left out {count} texts in {tag}")


def _export_project(folder: Path, export: _Export) -> list[str]:
    places = [folder / "tm/auto/memory.tmx", folder / "glossary/glossary.utf8"]
    for place in places:
        files.folder(place.parent)
    told = [_export_memory(str(places[0]), replace(export, format="tmx"))]
    if export.glossary:
        told.append(_export_glossary(str(places[1]), replace(export, format="omegat")))
    return told


def _export_memory(out: str, export: _Export) -> str:
    from tm.formats import look_up, write_units
    from tm.formats.languages import checked
    from tm.store import open_store

    if not look_up(out, "write_units", export.format) and (
        _is_page(out, export.format) or look_up(out, "write_concepts", export.format)
    ):
        raise OptionError(f"{out} is for a glossary; say which one: tm export {out} --terms GLOSSARY")
    with open_store(export.memory) as store:
        units = store.units()
        if export.source or export.target:
            units = checked(units, Direction(export.source, export.target), path=export.memory)
        if export.variety:
            units = _in_variety(units, export)
        count = write_units(
            out, units, format=export.format, direction=Direction(export.source, export.target)
        )
    return f"{out}: {count} units"


def _in_variety(units: Iterable[Unit], export: _Export) -> Iterator[Unit]:
    from tm.formats.varieties import units_in

    kept = 0
    for unit in units_in(units, export.variety, export.left_out):
        kept += 1
        yield unit
    if not kept and export.left_out:
        found = ", ".join(sorted(export.left_out))
        raise FormatError(f"no unit is in {export.variety}; found: {found}", path=export.memory)


def _export_glossary(out: str, export: _Export) -> str:
    from tm.formats import find_format, read_concepts, write_concepts
    from tm.formats.varieties import concepts_in
    from tm.terminology import published

    concepts = read_concepts(export.glossary, direction=Direction(export.source, export.target))
    if export.variety:
        concepts = list(concepts_in(concepts, export.variety, export.left_out))
    if _is_page(out, export.format):
        return f"{out}: {_write_page(out, concepts, export.source, export.target)} concepts"
    if find_format(out, "write_concepts", export.format).name.startswith("tbx"):
        concepts = published(concepts)
    count = write_concepts(
        out, concepts, format=export.format, direction=Direction(export.source, export.target)
    )
    return f"{out}: {count} concepts"


def _is_page(out: str, to_format: str) -> bool:
    return (to_format or PurePath(out).suffix.lower().removeprefix(".")) in ("html", "htm")


def _write_page(out: str, concepts: Sequence[Concept], source: str, target: str) -> int:
    from tm.formats import glossary_direction
    from tm.pages import glossary_page

    direction = glossary_direction(concepts, Direction(source, target))
    title = f"Glossary {direction.source} – {direction.target}"
    page = glossary_page(concepts, direction=direction, title=title)
    with files.writing(out) as stream:
        stream.write(page.encode())
    return len(concepts)
