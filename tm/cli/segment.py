"""``tm segment``: a text to one sentence a line."""

from __future__ import annotations

import functools
import itertools

import click

from tm.cli import options, terminal
from tm.cli.values import File


@click.command("segment")
@click.argument("path", metavar="FILE", type=File())
@options.source_language
@options.from_format
@click.option(
    "--srx",
    type=File(),
    metavar="RULES",
    default="",
    help="An SRX file, 1.0 or 2.0, instead of our own rules.",
)
@options.lines
@options.encoding
@options.as_json
@options.quiet
def command(
    path: str,
    source: str | None,
    from_format: str,
    srx: str,
    lines: str,
    encoding: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """A text to one sentence a line.

    \b
    tm segment seeds/000_0ca37edf7db833c1.txt
    tm segment manual.docx -s pt-BR --srx house.srx

    A blank line stands between paragraphs. Where the lines of a plain text look wrapped at a width they are put
    together, which is said. The rules are those of the text's language; an SRX file may be one
    of OmegaT, Okapi or LanguageTool.
    """
    from tm.work.segmenting import segment_file

    text = segment_file(
        path,
        language=source or "",
        format=from_format,
        encoding=encoding,
        srx=srx,
        lines=lines,
        progress=functools.partial(terminal.progress, quiet=quiet),
    )
    rows = zip(text.segments, text.paragraphs, text.lines, strict=True)
    if as_json:
        segments = [{"text": words, "paragraph": number + 1, "line": line} for words, number, line in rows]
        terminal.json_object({"file": path, "language": text.language, "segments": segments})
        return
    for number, paragraph in itertools.groupby(rows, key=lambda row: row[1]):
        if number:
            terminal.data()
        for words, _number, _line in paragraph:
            terminal.data(words)
