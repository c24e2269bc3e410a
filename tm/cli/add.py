"""``tm add``: files into the memory."""

from __future__ import annotations

import dataclasses
import functools
from itertools import groupby, starmap
from typing import TYPE_CHECKING, Any

import click

from tm import bcp47
from tm.cli import options, terminal
from tm.cli.clock import now
from tm.cli.interface_language import _, _n, joined, later, sentence
from tm.cli.values import Choice, File, LanguageTag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.direction import Direction
    from tm.errors import FormatError
    from tm.store import Added
    from tm.work.adding import Addition


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="FILE... | SOURCE TARGET", type=File())
@options.memory
@options.direction
@options.from_format
@options.encoding
@click.option(
    "--origin",
    default="",
    metavar="NAME",
    help="How made, whatever the file says: imported, machine, unreviewed.",
)
@click.option(
    "--on-same",
    type=Choice(["keep", "replace", "both"]),
    help="When the memory has another translation of the same source.  [default: keep; from OmegaT replace]",
)
@click.option(
    "--pivot",
    type=LanguageTag(),
    help="Join catalogues of two languages over this one, which both translate.",
)
@options.author("Who adds them.")
@click.option("--dry-run", is_flag=True, help="Say what would be added; leave the memory as it is.")
@options.recover
@options.workers
@options.as_json
@options.quiet
def command(
    paths: tuple[str, ...],
    memory_path: str,
    asked: Direction,
    from_format: str,
    pivot: str | None,
    recover: bool,
    as_json: bool,
    quiet: bool,
    **reading: Any,  # noqa: ANN401 - what add_files takes under the same names
) -> int:
    """Files into the memory.

    \b
    tm add news.tmx catalogue.tsv
    tm add locale/
    tm add omegat-project/
    tm add report.fr.txt report.pt.txt -s fr -t pt-BR
    tm add --pivot en fr.po pt_BR.po

    Of files of translations, and of folders of them, what is finished is taken: nothing fuzzy, nothing that
    waits for a translator or a review. Two documents are aligned first; of two texts named after their
    languages (test.fr test.pt) the lines are taken when there are as many. With -s and -t only units of these
    two languages are taken. With --pivot catalogues, or folders of them, are joined where context and source
    text are the same. What is in the memory already is not added again, so a command that was cut off can be
    run again.

    A source that the memory has with another translation, and in no other context: keep leaves the new one
    out, replace puts it in the place of the old ones, both keeps all. Several translations in one file are all
    kept. What the memory has already is brought up to date, and confirmed when it came from a machine or an
    alignment. From the folder of an OmegaT project the translator's own work is taken
    (omegat/project_save.tmx), and replaces. tm undo takes the last addition back. With --workers many files are
    read at a time.
    """
    from tm.work.adding import add_files

    problems: list[FormatError] | None = [] if recover else None
    addition = add_files(
        memory_path,
        paths,
        direction=asked,
        format=from_format,
        pivot=pivot or "",
        date=now(),
        problems=problems,
        acknowledge=None if quiet else _acknowledge,
        progress=functools.partial(terminal.progress, quiet=quiet),
        **reading,
    )
    if as_json:
        counts = {"read": addition.read, "unfinished": sum(addition.unfinished.values())}
        counts |= {"dry_run": reading["dry_run"], **dataclasses.asdict(addition.added)}
        left_out_files = list(map(str, addition.rejected))
        files = {"left_out_files": left_out_files, "passed_over": addition.passed_over}
        terminal.json_object({"memory": memory_path, "left_out": addition.left_out, **files, **counts})
    elif not quiet:
        for line in _summary(addition, memory_path, dry_run=reading["dry_run"]):
            terminal.data(line)
    left_out = terminal.report_left_out(addition.rejected, addition.count)
    return terminal.report_problems(problems) or left_out


def _acknowledge(on_disk: int) -> None:
    terminal.note(_("committed {count}", count=on_disk))


def _summary(addition: Addition, memory: str, *, dry_run: bool) -> Iterator[str]:
    added, read = addition.added, addition.read
    counts = {"added": added.added, "memory": memory}
    if not read:
        yield _("nothing added: the input holds no units")
    elif dry_run:
        yield _n(
            "would add {added} of {count} unit to {memory}",
            "would add {added} of {count} units to {memory}",
            read,
            **counts,
        )
    else:
        yield _n(
            "added {added} of {count} unit to {memory}",
            "added {added} of {count} units to {memory}",
            read,
            **counts,
        )
    yield from (_(text, count=count) for count, text in _reasons(added) if count)
    yield from _apart(added.apart)
    if addition.left_out:
        yield _("left out: {texts}", texts=", ".join(starmap(_left_out, addition.left_out.items())))
    if addition.passed_over:
        yield _("passed over, of no format with units: {files}", files=", ".join(addition.passed_over))


def _reasons(added: Added) -> Iterator[tuple[int, str]]:
    """How many units did not simply come in, and why."""
    yield added.same, later("{count} in the memory already")
    yield added.confirmed, later("{count} confirmed: the memory had the same from a machine or an alignment")
    yield added.updated, later("{count} in the memory already, brought up to date (dates, notes, properties)")
    if added.replaced:
        gone = _n("{count} older unit went out", "{count} older units went out", added.gone)
        yield added.replaced, joined(_("{count} put in the place of older translations"), gone)
    yield (
        added.kept,
        later("{count} left out: the memory has another translation (--on-same replace or both)"),
    )
    yield (
        added.barred,
        later("{count} left out: removed or edited in the memory before (--origin imported brings it back)"),
    )


def _apart(tags: Sequence[str]) -> Iterator[str]:
    """A line for each language of which the memory holds several regions."""
    for _language, regions in groupby(tags, bcp47.without_region):
        *some, last = regions
        yield _("{tags} and {last} are kept apart", tags=", ".join(some), last=last)


def _left_out(reason: str, count: int) -> str:
    if reason == "draft":
        return _n("{count} draft", "{count} drafts", count)
    return f"{count} {sentence(reason)}"
