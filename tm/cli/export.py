"""``tm export``: the memory or the glossary to a file."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, _n, sentence
from tm.cli.values import File, LanguageTag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.direction import Direction
    from tm.work.exporting import Exported


@click.command("export")
@click.argument("outs", nargs=-1, required=True, metavar="FILE...", type=File())
@options.memories_all
@options.terms("The glossary to export: TBX, TSV, CSV …")
@click.option(
    "--variant",
    "variety",
    type=LanguageTag(),
    help="Of its language only this variety, e.g. pt-BR: what is in another is left out and counted.",
)
@click.option(
    "--documents",
    multiple=True,
    type=File(),
    metavar="PATH",
    help="For an OmegaT project: a text to be translated in it, or a folder of them.",
)
@options.where
@click.option(
    "--numbers", is_flag=True, help="Into a table also the numbers of the units, for tm edit --table."
)
@click.option("--recover", is_flag=True, help="Of a damaged memory what is whole; the rest is listed.")
@options.to_format
@options.page_language
@options.direction
@options.as_json
@options.quiet
def command(
    outs: tuple[str, ...],
    memory_path: tuple[str, ...],
    glossary: str,
    variety: str | None,
    documents: tuple[str, ...],
    where: str,
    numbers: bool,
    recover: bool,
    to_format: str,
    language: str,
    asked: Direction,
    as_json: bool,
    quiet: bool,
) -> int:
    """The memory or the glossary to a file.

    \b
    tm export memory.tmx pairs.tsv -m out/memory.tm -s fr -t pt-BR
    tm export all.tmx -m news.tm -m old.tm
    tm export rui.tmx -m news.tm --where "author=rui date>=2020"
    tm export glossary.tbx glossary.html --terms out/glossary.tsv
    tm export omegat:project -m out/memory.tm --terms out/glossary.tsv --variant pt-BR

    The extension says the format. With --terms the glossary is exported (.tbx .tsv .csv .xlsx .utf8 .html),
    or with --to in the form that another program imports: deepl, google, microsoft, weblate, crowdin,
    lokalise, memoq, phrase, termweb, multiterm, iate; what the program cannot hold is named. Without --terms
    the memory is exported (.tmx .xlf .po .tsv .csv .xlsx .jsonl); of several memories all units, those that
    more than one has once. "-" is stdout; say its format with --to.

    omegat:DIR makes a project that OmegaT opens, or brings one up to date: the memory and, with --terms, the
    glossary where OmegaT takes them by itself, the rules for segments, and the documents that the units come
    from, as far as they are found, or those of --documents. Translations and texts that the project has are
    never touched. tm add DIR takes back what was translated there.
    """
    from tm.work.exporting import export

    if as_json and "-" in outs:
        raise click.UsageError(_("stdout holds one thing, the file or --json; give the file a name"))
    is_hurt = False
    files: list[dict[str, Any]] = []
    for out in outs:
        written = export(
            out,
            memory=memory_path,
            glossary=glossary,
            format=to_format,
            direction=asked,
            variety=variety or "",
            documents=documents,
            where=where,
            numbers=numbers,
            recover=recover,
            language=language,
            progress=functools.partial(terminal.progress, quiet=quiet),
        )
        files += map(_fields, written)
        for damage in (damage for file in written for damage in file.damages):
            is_hurt = True
            terminal.note(f"{out}: {_('left out: {texts}', texts=sentence(str(damage)))}")
        if quiet or as_json:
            continue
        left_out = Counter[str]()
        for file in written:
            left_out.update(file.left_out)
            for line in _lines(file):
                terminal.note(f"{', '.join(file.outs) or file.path}: {line}")
        for tag, count in sorted(left_out.items()):
            texts = _n("left out {count} text in {tag}", "left out {count} texts in {tag}", count, tag=tag)
            terminal.note(f"{out}: {texts}")
    if as_json:
        terminal.json_object({"files": files})
    return int(is_hurt)


def _fields(file: Exported) -> dict[str, Any]:
    return {
        "path": str(file.path),
        "kind": file.kind,
        "count": file.count,
        "left_out": dict(file.left_out),
        "direction": str(file.direction),
        "not_meant": file.not_meant,
        "repeated": file.repeated,
        "lost": dict(file.lost),
        "damages": [str(damage) for damage in file.damages],
        "outs": file.outs,
    }


def _lines(file: Exported) -> Iterator[str]:
    """What a file holds, and what it does not."""
    yield str(file.direction) if file.kind == "project" else phrases.counted(file.count, file.kind)
    for what, count in sorted(file.lost.items()):
        yield phrases.not_held(count, "concepts", what)
    if file.repeated:
        yield _n(
            "{count} unit in several memories, written once",
            "{count} units in several memories, written once",
            file.repeated,
        )
    if file.not_meant:
        yield phrases.left_out_by_where(file.not_meant)
