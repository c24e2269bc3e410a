"""``tm stats``: count what a memory or files hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, _n
from tm.cli.values import File

if TYPE_CHECKING:
    from tm.direction import Direction
    from tm.errors import FormatError
    from tm.work.counting import Count


@click.command("stats")
@click.argument("paths", metavar="[FILE...]", nargs=-1, type=File())
@options.memory
@options.where
@options.from_format
@options.direction
@options.encoding
@options.recover
@options.as_json
@options.quiet
def command(
    paths: tuple[str, ...],
    memory_path: str,
    where: str,
    from_format: str,
    asked: Direction,
    encoding: str,
    recover: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Count what a memory or a file holds.

    \b
    tm stats -m out/memory.tm
    tm stats memory.tmx --json
    tm stats loc/
    tm stats -m news.tm --where "origin=machine"

    Of a memory or a file of translations it counts units, and in each language segments, words and
    characters; of a glossary concepts (as units) and terms (as segments); of a document paragraphs and
    sentences. In PO and XLIFF a unit is a source text, and the segments counted are the translations that
    stand there; how many of them XLIFF only proposes (alt-trans, matches) is said. Of a folder all files are
    counted that can be read.
    """
    from tm.work.counting import Counts, count_files, count_memory
    from tm.work.memories import open_memories

    problems: list[FormatError] | None = [] if recover else None
    if paths and where:
        raise click.UsageError(_("--where is for the units of a memory; name it with -m, and no file"))
    if not paths and options.is_said("from_format", "encoding"):
        raise click.UsageError(_("--from and --encoding are for a FILE"))
    bar = partial(terminal.progress, quiet=quiet)
    if paths:
        counts = count_files(
            paths, asked, format=from_format, encoding=encoding, problems=problems, progress=bar
        )
    else:
        with open_memories([memory_path]) as (store,):
            counts = Counts((count_memory(store, asked, where=where, progress=bar),))
    count = len(counts.files) + len(counts.left_out)
    if as_json:
        files = [{"file": file.name, **_fields(file)} for file in counts.files]
        left_out = [str(error) for error in counts.left_out]
        many = {"files": files, "left_out": left_out} if count > 1 else {}
        meant = {"not_meant": counts.total.not_meant} if where else {}
        terminal.json_object({**_fields(counts.total), **meant, **many})
    else:
        for line in _lines(counts.total) if count == 1 else _lines_of_files(counts.files, counts.total):
            terminal.data(line)
    if (not_meant := counts.total.not_meant) and not quiet:
        terminal.note(phrases.left_out_by_where(not_meant))
    if counts.passed_over and not quiet:
        terminal.note(phrases.passed_over(counts.passed_over))
    return max(terminal.report_left_out(counts.left_out, count), terminal.report_problems(problems))


def _fields(count: Count) -> dict[str, Any]:
    return {
        "units": count.units,
        "segments": count.segments,
        **({"candidates": count.candidates} if count.candidates else {}),
        "words": count.words,
        "characters": count.characters,
        "languages": {tag: size.segments for tag, size in count.languages.items()},
    }


def _lines(count: Count) -> list[str]:
    rows = [[tag, size.segments, size.words, size.characters] for tag, size in count.languages.items()]
    header = [_("language"), _("segments"), _("words"), _("characters")]
    first = [phrases.counted(count.units, "units")]
    if count.candidates:
        first.append(
            _n("{count} candidate for a translation", "{count} candidates for translations", count.candidates)
        )
    return [", ".join(first), *terminal.table(rows, header=header, right=[1, 2, 3])]


def _lines_of_files(files: tuple[Count, ...], total: Count) -> list[str]:
    """A line for each file, then the table of all."""
    rows = [[file.name, file.units, file.segments, file.words] for file in files]
    header = [_("file"), _("units"), _("segments"), _("words")]
    return [*terminal.table(rows, header=header, right=[1, 2, 3]), "", *_lines(total)]
