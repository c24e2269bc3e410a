"""``tm pretranslate``: fill a file from the memory."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from tm.cli import options, phrases, terminal
from tm.cli.interface_language import _, later
from tm.cli.values import File
from tm.errors import OptionError

if TYPE_CHECKING:
    from tm.direction import Direction


REMARKS = {
    "several translations": later("several translations; the first that tm find shows is put there"),
    "variety": later("in another variety of the language; nothing better is there"),
    "codes not adapted": later("codes left out, since their place in the translation is not certain"),
}
"""What the remarks on fillings say in full."""

OUTCOMES = {
    "kept": later("kept"),
    "nothing found": later("nothing found"),
    "one form of a plural found": later("one form of a plural found"),
}
"""What became of segments that were not filled; the others are in a band."""


@click.command("pretranslate")
@click.argument("path", metavar="FILE", type=File())
@click.option("-o", "--output", "out", type=File(), metavar="OUT", required=True, help="The filled file.")
@options.memories
@options.direction
@options.from_format
@options.encoding
@options.minimum(102, "The least likeness.")
@click.option("--overwrite", is_flag=True, help="Replace translations that are there.")
@options.as_json
@options.quiet
def command(
    path: str,
    out: str,
    memory_path: tuple[str, ...],
    asked: Direction,
    from_format: str,
    as_json: bool,
    quiet: bool,
    **given: Any,  # noqa: ANN401 - what pretranslate_file takes under the same names
) -> None:
    """Fill a file from the memory.

    \b
    tm pretranslate report.xlf -o report.pt.xlf -m out/memory.tm
    tm pretranslate catalogue.po -o pt_BR.po -m out/memory.tm --min 85

    FILE is XLIFF, PO, TSV, CSV, a document (Word, PowerPoint, Excel, OpenDocument, EPUB, HTML, Markdown,
    subtitles), strings of software (JSON, ARB, Android, Java properties, Fluent), or plain text with a segment
    a line. Finished translations stay. What is below 100 percent is marked for a translator, with percent and
    origin, the way the format does it: a state and an alternative in XLIFF, fuzzy and a comment in PO, columns
    in a table; documents and strings have no way. Numbers, dates, placeholders and inline codes that differ are
    put in where that is certain.

    The output keeps the format of FILE. Plain text is taken to be in a language of the memory unless it is
    clearly in another.
    """
    from tm.work.memories import open_memories
    from tm.work.pretranslation import pretranslate_file

    if out == "-" and as_json:
        raise OptionError(_("stdout holds one thing, the file or --json; give the file a name with -o"))
    with open_memories(memory_path) as stores:
        bar = partial(terminal.progress, quiet=quiet)
        done = pretranslate_file(path, out, stores, asked, format=from_format, progress=bar, **given)
    if as_json:
        fields = {
            "file": path,
            "output": out,
            **asdict(done.direction),
            "segments": done.outcomes,
            "remarks": done.remarks,
        }
        terminal.json_object(fields)
    elif not quiet:
        terminal.note(f"{out}: {phrases.filled(done.filled, done.segments)}")
        for line in terminal.table(
            [
                (_(OUTCOMES[outcome]) if outcome in OUTCOMES else phrases.band(outcome), count)
                for outcome, count in done.outcomes.items()
            ],
            right=[1],
        ):
            terminal.note(f"  {line}")
        for remark, count in done.remarks.items():
            terminal.note(f"{count} × {_(REMARKS.get(remark, remark))}")
