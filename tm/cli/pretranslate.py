"""``tm pretranslate``: fill a file from the memory."""

from __future__ import annotations

import contextlib
from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from tm.cli import options, terminal
from tm.direction import Direction
from tm.errors import OptionError
from tm.work import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.formats import Filling
    from tm.work.pretranslation import Decision


@click.command("pretranslate")
@click.argument("path", metavar="FILE")
@click.option("-o", "--output", "out", metavar="OUT", required=True, help="The filled file.")
@options.memories
@options.languages
@options.from_format
@options.encoding
@click.option(
    "--min",
    "minimum",
    type=click.IntRange(1, 102),
    default=70,
    show_default=True,
    metavar="PERCENT",
    help="The least likeness.",
)
@click.option("--overwrite", is_flag=True, help="Replace translations that are there.")
@options.as_json
@options.quiet
def command(
    path: str,
    out: str,
    memory_path: tuple[str, ...],
    source: str | None,
    target: str | None,
    from_format: str | None,
    encoding: str | None,
    minimum: int,
    overwrite: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Fill a file from the memory.

    \b
    tm pretranslate report.xlf -o report.pt.xlf -m out/memory.tm
    tm pretranslate catalogue.po -o pt_BR.po -m out/memory.tm --min 85

    FILE is XLIFF, PO, TSV, CSV, or plain text with a segment a line. Finished translations stay. What is below 100 percent is
    marked for a translator, with percent and origin, the way the format does it: a state and an alternative in XLIFF, fuzzy and
    a comment in PO, columns in a table; plain text has no way. Numbers that differ are put in where that is certain.

    The output keeps the format of FILE. Plain text is taken to be in a language of the memory unless it is clearly in another.
    """
    from tm.formats import fill, find_format, formats_of
    from tm.store import open_store
    from tm.work.pretranslation import pretranslate, read_segments

    if path == "-" or (out == "-" and as_json):
        raise OptionError("the file is read twice, and stdout holds one thing: give it a name")
    form = find_format(path, "fill", from_format or "")
    same_name = PurePath(out).suffix.lower() == PurePath(path).suffix.lower()
    others = [] if same_name else formats_of(out)
    if others and form not in others:
        raise OptionError(
            f"{out}: the output is {path} with translations put in, {form.name} as it is; "
            f"name it {form.extensions[0]}, or convert the input first (tm convert)"
        )
    form_and_encoding = {"format": from_format or "", "encoding": encoding or ""}
    outcomes: Counter[str] = Counter()
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(open_store(each)) for each in memory_path]
        units = read_segments(
            path,
            direction=Direction(source or "", target or ""),
            known=jobs.sources_in(stores, target or ""),
            **form_and_encoding,
        )
        said = source or ""
        source, target = jobs.languages(stores, source or "", target or "", jobs.tags_of(units))
        jobs.refuse_other_languages(path, units, source, said=bool(said))
        decisions = pretranslate(
            units, stores, Direction(source, target), minimum=minimum, overwrite=overwrite
        )
        fillings = _counted(terminal.progress(decisions, len(units), quiet=quiet), outcomes)
        fill(path, out, fillings, direction=Direction(said, target), **form_and_encoding)
    if as_json:
        terminal.json_object(
            {"file": path, "output": out, "source": source, "target": target, "segments": dict(outcomes)}
        )
    elif not quiet:
        for line in _summary(out, outcomes):
            terminal.note(line)


def _counted(decisions: Iterator[Decision], outcomes: Counter[str]) -> Iterator[Filling | None]:
    for decision in decisions:
        outcomes[decision.outcome] += 1
        yield decision.filling


def _summary(out: str, outcomes: Counter[str]) -> Iterator[str]:
    from tm.memory.leverage import BANDS
    from tm.work.pretranslation import HALF, KEPT, UNKNOWN

    filled = sum(outcomes[band] for band in BANDS)
    yield f"{out}: filled {filled} of {outcomes.total()} segments"
    rows = [(name, outcomes[name]) for name in (*BANDS, KEPT, HALF, UNKNOWN) if outcomes[name]]
    yield from (f"  {line}" for line in terminal.table(rows, right=[1]))
