"""``tm convert``: one format to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tm.cli import options, terminal

if TYPE_CHECKING:
    from tm.errors import FormatError
    from tm.formats import Format


def _list_formats(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or context.resilient_parsing:
        return
    from tm.formats import formats

    rows = [(each.name, " ".join(each.extensions), _abilities(each), each.summary) for each in formats()]
    for line in terminal.table(rows, header=("name", "extensions", "units glossary document", "")):
        terminal.data(line)
    context.exit()


def _abilities(each: Format) -> str:
    """The letters r and w under the three kinds of content."""
    units = ("r" if each.read_units else "-") + ("w" if each.write_units else "-")
    glossary = ("r" if each.read_concepts else "-") + ("w" if each.write_concepts else "-")
    return f"{units:5} {glossary:8} {'r-' if each.read_document else '--'}"


@click.command("convert")
@click.argument("path", metavar="IN")
@click.argument("out", metavar="OUT", required=False)
@options.from_format
@options.to_format
@options.languages
@options.encoding
@options.recover
@options.quiet
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
    path: str,
    out: str | None,
    from_format: str | None,
    to_format: str | None,
    source: str | None,
    target: str | None,
    encoding: str | None,
    recover: bool,
    quiet: bool,
    only_check: bool,
) -> int:
    """One format to another.

    \b
    tm convert memory.tmx memory.tsv -s fr -t pt-BR
    tm convert glossary.tbx glossary.csv
    tm convert - memory.tmx.gz --from tsv -s fr -t pt-BR < pairs.tsv
    tm convert article.docx job.xlf -s fr -t pt-BR
    tm convert --check glossary.tbx

    What the other format can hold is kept; what it cannot is said. A glossary stays a glossary where it can; where not, each
    concept becomes a unit. A document becomes its sentences. "-" is stdin or stdout. --check reads to the end and lists every fault, of TBX also what its standard
    forbids; exit code 1 when there is one.
    """
    from tm.work.conversion import convert, faults

    if only_check:
        if out is not None:
            raise click.UsageError("--check writes nothing; leave OUT away")
        found = faults(
            path,
            from_format=from_format or "",
            source=source or "",
            target=target or "",
            encoding=encoding or "",
        )
        for fault in found:
            terminal.data(str(fault))
        if not quiet:
            terminal.note(f"{path}: {len(found)} faults")
        return int(bool(found))
    if out is None:
        raise click.UsageError("Missing argument 'OUT'.")
    problems: list[FormatError] | None = [] if recover else None
    done = convert(
        path,
        out,
        from_format=from_format or "",
        to_format=to_format or "",
        source=source or "",
        target=target or "",
        encoding=encoding or "",
        problems=problems,
    )
    if not quiet:
        terminal.note(f"{out}: {done.written} {done.kind}")
        for what, count in sorted(done.lost.items()):
            terminal.note(f"{out}: {count} {done.kind} had {what}; not all of that fits into this format")
        if done.unread:
            left_out = ", ".join(f"{count} {name}" for name, count in sorted(done.unread.items()))
            terminal.note(f"{path}: elements that are in none of its {done.kind} were left out: {left_out}")
    return terminal.report_problems(problems)
