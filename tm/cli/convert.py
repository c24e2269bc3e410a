"""``tm convert``: one format to another."""

from __future__ import annotations

import functools
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import click

from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, _n
from tm.cli.values import File, WholeNumber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.direction import Direction
    from tm.errors import FormatError
    from tm.formats import Format
    from tm.work.conversion import Conversion


def _list_formats(context: click.Context, _parameter: click.Parameter, is_set: bool) -> None:
    if not is_set or context.resilient_parsing:
        return
    for line in format_lines():
        terminal.data(line)
    context.exit()


def format_lines() -> list[str]:
    """The formats and what each can do, as a table."""
    from tm.formats import formats

    rows = [(form.name, " ".join(form.extensions), _abilities(form), form.summary) for form in formats()]
    return terminal.table(rows, header=(_("name"), _("extensions"), "units glossary document", ""))


def _abilities(form: Format) -> str:
    """The letters r and w under the three kinds of content."""
    units = ("r" if form.read_units else "-") + ("w" if form.write_units else "-")
    glossary = ("r" if form.read_concepts else "-") + ("w" if form.write_concepts else "-")
    return f"{units:5} {glossary:8} {'r-' if form.read_document else '--'}"


@click.command("convert")
@click.argument("paths", nargs=-1, required=True, metavar="IN... OUT", type=File())
@options.from_format
@options.to_format
@options.direction
@options.encoding
@options.recover
@options.workers
@click.option(
    "--shard-size",
    type=WholeNumber(1),
    metavar="N",
    help="Write files of N units each: OUT-00001.tsv, OUT-00002.tsv …",
)
@options.as_json
@options.quiet
@click.option(
    "--skeleton",
    type=File(),
    metavar="DOCUMENT",
    help="OUT is this document again, with the translations of IN, which was made from it.",
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; list all that is wrong with IN.")
@click.option(
    "--formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="List the formats and what each can do: read (r), write (w).",
)
def command(
    paths: tuple[str, ...],
    asked: Direction,
    to_format: str,
    recover: bool,
    workers: str,
    shard_size: int | None,
    as_json: bool,
    quiet: bool,
    only_check: bool,
    skeleton: str | None,
    **reading: str,
) -> int:
    """One format to another.

    \b
    tm convert memory.tmx memory.tsv -s fr -t pt-BR
    tm convert glossary.tbx glossary.csv
    tm convert - memory.tmx.gz --from tsv -s fr -t pt-BR < pairs.tsv
    tm convert article.docx job.xlf -s fr -t pt-BR
    tm convert job.xlf article.pt.docx --skeleton article.docx
    tm convert locale/ more.tmx tables/ --to tsv --workers 2
    tm convert --check glossary.tbx

    What the other format can hold is kept; what it cannot is said. A glossary stays a glossary where it can;
    where not, each concept becomes a unit. A document becomes its sentences. "-" is stdin or stdout. Of many
    files, or folders of them, OUT is a folder. --check reads to the end and lists every fault, of TBX also
    what its standard forbids; exit code 1 when there is one.
    """
    from tm.work.conversion import faults
    from tm.work.conversions import convert_files

    if only_check:
        if len(paths) > 1:
            raise click.UsageError(_("--check writes nothing and takes one file; give no OUT"))
        return _show_faults(paths[0], faults(paths[0], direction=asked, **reading), as_json, quiet)
    if len(paths) < 2:
        raise click.UsageError(f"{_('Missing argument')} 'OUT'.")
    if as_json and paths[-1] == "-":
        raise click.UsageError(_("stdout holds one thing, the file or --json; give the file a name"))
    if skeleton:
        return _document(paths, skeleton, asked, as_json, quiet, to_format=to_format, **reading)
    problems: list[FormatError] | None = [] if recover else None
    conversions = convert_files(
        paths[:-1],
        paths[-1],
        to_format=to_format,
        direction=asked,
        problems=problems,
        shard_size=shard_size or 0,
        workers=workers,
        progress=functools.partial(terminal.progress, quiet=quiet),
        **reading,
    )
    if as_json:
        left_out_files = [str(error) for error in conversions.rejected]
        converted = [
            {each.name: getattr(done, each.name) for each in fields(done)} for done in conversions.done
        ]
        terminal.json_object({"files": converted, "left_out": left_out_files})
    for done in () if quiet or as_json else conversions.done:
        _report(done)
    left_out = terminal.report_left_out(conversions.rejected, conversions.count)
    return terminal.report_problems(problems) or left_out


def _show_faults(path: str, faults: Sequence[FormatError], as_json: bool, quiet: bool) -> int:
    """Print what is wrong with a file; the exit code that follows from it."""
    if as_json:
        places = [{"line": fault.line, "column": fault.column, "what": fault.what} for fault in faults]
        terminal.json_object({"path": path, "faults": places})
        return int(bool(faults))
    for fault in faults:
        terminal.data(terminal.message(fault))
    if not quiet:
        terminal.note(f"{path}: {_n('{count} fault', '{count} faults', len(faults))}")
    return int(bool(faults))


def _document(
    paths: tuple[str, ...],
    skeleton: str,
    asked: Direction,
    as_json: bool,
    quiet: bool,
    *,
    to_format: str,
    from_format: str,
    encoding: str,
) -> int:
    """Write a document from a file of translations, and say what became of its segments."""
    from tm.work.document_filling import write_document

    if len(paths) > 2 or to_format:
        raise click.UsageError(_("--skeleton takes one IN and one OUT, which has the format of the skeleton"))
    path, out = paths
    done = write_document(path, skeleton, out, asked, format=from_format, encoding=encoding)
    if as_json:
        terminal.json_object({"path": path, "document": skeleton, "out": out, **asdict(done)})
    elif not quiet:
        terminal.note(f"{out}: {phrases.filled(done.filled, done.filled + done.waiting)}")
        if done.left_over:
            left_over = _n(
                "{count} translation is of no segment of {document}",
                "{count} translations are of no segment of {document}",
                done.left_over,
                document=skeleton,
            )
            terminal.note(f"{path}: {left_over}")
    return 0


def _report(done: Conversion) -> None:
    written = phrases.counted(done.written, done.kind)
    out = ", ".join(done.outs) or done.out
    if done.files > 1 and not done.outs:
        written = _("{units} in {files} files", units=written, files=done.files)
    terminal.note(f"{out}: {written}")
    for what, count in sorted(done.lost.items()):
        terminal.note(f"{out}: {phrases.not_held(count, done.kind, what)}")
    if done.unread:
        names = ", ".join(f"{count} {name}" for name, count in sorted(done.unread.items()))
        if done.kind == "concepts":
            left_out = _("elements that are in none of its concepts were left out: {names}", names=names)
        else:
            left_out = _("elements that are in none of its units were left out: {names}", names=names)
        terminal.note(f"{done.path}: {left_out}")
