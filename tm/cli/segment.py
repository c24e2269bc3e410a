"""``tm segment``: a text to one sentence a line."""

from __future__ import annotations

import itertools

import click

from tm.cli import options, terminal


@click.command("segment")
@click.argument("path", metavar="FILE")
@options.source_language
@options.from_format
@click.option("--srx", "srx_path", metavar="RULES", help="An SRX file, 1.0 or 2.0, instead of our own rules.")
@options.encoding
@options.as_json
@options.quiet
def command(
    path: str,
    source: str | None,
    from_format: str | None,
    srx_path: str | None,
    encoding: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """A text to one sentence a line.

    \b
    tm segment seeds/000_0ca37edf7db833c1.txt
    tm segment manual.docx -s pt-BR --srx house.srx

    A blank line stands between paragraphs. The rules are those of the text's language; an SRX file may be one of OmegaT,
    Okapi or LanguageTool.
    """
    from tm.formats import read_document
    from tm.language import read_rules, segment

    rules = read_rules(srx_path) if srx_path else None
    text = segment(
        read_document(path, format=from_format or "", encoding=encoding or ""),
        language=source or "",
        rules=rules,
    )
    if rules and not quiet:
        for note in rules.notes:
            terminal.note(note)
        if not rules.of(text.language):
            terminal.note(f"{srx_path}: no rules for {text.language}; each paragraph is one segment")
    rows = zip(text.segments, text.paragraphs, text.lines, strict=True)
    if as_json:
        segments = [{"text": words, "paragraph": number + 1, "line": line} for words, number, line in rows]
        terminal.json_object({"file": path, "language": text.language, "segments": segments})
        return
    for number, paragraph in itertools.groupby(rows, key=lambda row: row[1]):
        if number:
            terminal.data()
        for words, _, _ in paragraph:
            terminal.data(words)
