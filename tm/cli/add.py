"""``tm add``: files into the memory."""

from __future__ import annotations

import dataclasses
from itertools import groupby, starmap
from typing import TYPE_CHECKING, Any

import click

from tm import bcp47
from tm.cli import options, terminal
from tm.cli.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.direction import Direction
    from tm.errors import FormatError
    from tm.work.adding import Addition


@click.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="FILE... | SOURCE TARGET")
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
    type=click.Choice(["keep", "replace", "both"]),
    help="When the memory has another translation of the same source.  [default: keep; from OmegaT replace]",
)
@click.option(
    "--pivot",
    type=options.LanguageTag(),
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
        acknowledge=None if quiet else lambda on_disk: terminal.note(f"committed {on_disk}"),
        **reading,
    )
    if as_json:
        counts = {"read": addition.read, "unfinished": sum(addition.unfinished.values())}
        counts |= {"dry_run": reading["dry_run"], **dataclasses.asdict(addition.added)}
        terminal.json_object({"memory": memory_path, "left_out": addition.left_out, **counts})
    elif not quiet:
        for line in _summary(addition, memory_path, "would add" if reading["dry_run"] else "added"):
            terminal.data(line)
    left_out = terminal.report_left_out(addition.rejected, addition.count)
    return terminal.report_problems(problems) or left_out


def _summary(addition: Addition, memory: str, verb: str) -> Iterator[str]:
    added = addition.added
    if addition.read:
        yield f"{verb} {added.added} of {addition.read} units to {memory}"
    else:
        yield "nothing added: the input holds no units"
    replaced = "put in the place of older translations; "
    reasons = (
        (added.same, "in the memory already"),
        (added.confirmed, "confirmed: the memory had the same from a machine or an alignment"),
        (added.updated, "in the memory already, brought up to date (dates, notes, properties)"),
        (added.replaced, f"{replaced}{terminal.counted(added.gone, 'older unit')} went out"),
        (added.kept, "left out: the memory has another translation (--on-same replace or both)"),
        (added.barred, "left out: removed or edited in the memory before (--origin imported brings it back)"),
    )
    yield from (f"{count} {reason}" for count, reason in reasons if count)
    yield from _apart(added.apart)
    if addition.left_out:
        yield f"left out: {', '.join(starmap(_left_out, addition.left_out.items()))}"
    if addition.passed_over:
        yield f"passed over, of no format with units: {', '.join(addition.passed_over)}"


def _apart(tags: Sequence[str]) -> Iterator[str]:
    """A line for each language of which the memory holds several regions."""
    for _, regions in groupby(tags, bcp47.without_region):
        *some, last = regions
        yield f"{', '.join(some)} and {last} are kept apart"


def _left_out(reason: str, count: int) -> str:
    return terminal.counted(count, reason) if reason == "draft" else f"{count} {reason}"
