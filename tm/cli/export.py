"""``tm export``: the memory or the glossary to a file."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from tm import files
from tm.cli import options, terminal
from tm.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Concept


@click.command("export")
@click.argument("outs", nargs=-1, required=True, metavar="FILE...")
@options.memory
@click.option("--terms", "glossary", metavar="GLOSSARY", help="The glossary to export: TBX, TSV, CSV …")
@options.to_format
@options.languages
@options.quiet
def command(
    outs: tuple[str, ...],
    memory_path: str,
    glossary: str | None,
    to_format: str | None,
    source: str | None,
    target: str | None,
    quiet: bool,
) -> None:
    """The memory or the glossary to a file.

    \b
    tm export memory.tmx pairs.tsv -m out/memory.tm -s fr -t pt-BR
    tm export glossary.tbx glossary.html --terms out/glossary.tsv

    The extension says the format. With --terms the glossary is exported (.tbx .tsv .csv .utf8 .html), without it the memory
    (.tmx .xlf .po .tsv .csv). "-" is stdout; say its format with --to.
    """
    for out in outs:
        if glossary:
            count = _export_glossary(out, glossary, to_format or "", source or "", target or "")
        else:
            count = _export_memory(out, memory_path, to_format or "", source or "", target or "")
        if not quiet:
            terminal.note(f"{out}: {count} {'concepts' if glossary else 'units'}")


def _export_memory(out: str, memory_path: str, to_format: str, source: str, target: str) -> int:
    from tm.formats import look_up, write_units
    from tm.memory import open_store

    if not look_up(out, "write_units", to_format) and (
        _is_page(out, to_format) or look_up(out, "write_concepts", to_format)
    ):
        raise OptionError(f"{out} is for a glossary; say which one: tm export {out} --terms GLOSSARY")
    with open_store(memory_path) as store:
        return write_units(out, store.units(), format=to_format, source=source, target=target)


def _export_glossary(out: str, glossary: str, to_format: str, source: str, target: str) -> int:
    from tm.formats import find_format, read_concepts, write_concepts
    from tm.terminology import published

    concepts = read_concepts(glossary, source=source, target=target)
    if _is_page(out, to_format):
        return _write_page(out, concepts, source, target)
    if find_format(out, "write_concepts", to_format).name.startswith("tbx"):
        concepts = published(concepts)
    return write_concepts(out, concepts, format=to_format, source=source, target=target)


def _is_page(out: str, to_format: str) -> bool:
    return (to_format or PurePath(out).suffix.lower().removeprefix(".")) in ("html", "htm")


def _write_page(out: str, concepts: Sequence[Concept], source: str, target: str) -> int:
    from tm.formats import glossary_languages
    from tm.pages import glossary_page

    source, target = glossary_languages(concepts, source, target)
    page = glossary_page(concepts, source=source, target=target, title=f"Glossary {source} – {target}")
    with files.writing(out) as stream:
        stream.write(page.encode())
    return len(concepts)
