"""``tm find``: look a text up in the memory."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from tm.cli import jobs, options, terminal
from tm.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.memory import Passage
    from tm.model import Match, Pair


@click.command("find")
@click.argument("text")
@options.memories
@options.languages
@click.option(
    "--min",
    "minimum",
    type=click.IntRange(1, 100),
    default=70,
    show_default=True,
    metavar="PERCENT",
    help="The least likeness. Every unit that reaches it is found.",
)
@click.option(
    "-n",
    "limit",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    metavar="N",
    help="At most so many matches.",
)
@click.option(
    "--in",
    "side",
    type=click.Choice(["source", "target"]),
    default="source",
    show_default=True,
    help="In which language to look.",
)
@options.as_json
@options.quiet
def command(
    text: str,
    memory_path: tuple[str, ...],
    source: str | None,
    target: str | None,
    minimum: int,
    limit: int,
    side: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Look a text up in the memory.

    \b
    tm find "L'intelligence artificielle" -m out/memory.tm
    tm find - -m news.tm -m old.tm --min 85 < lines.txt

    Shows stored texts and their translations: first those like the text (100 is the same text, 95 to 99 the same words, less
    how much of the words is the same), then those in which it stands. "-" reads texts from stdin, one a line, and answers in
    order. The languages are those of the memory.
    """
    from tm.memory import concordance, find_all, open_store
    from tm.model import Segment

    texts = [text] if text != "-" else _lines()
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(open_store(path)) for path in memory_path]
        source, target = jobs.languages(stores, source or "", target or "")
        if side == "target":
            source, target = target, source
        found = find_all(stores, map(Segment, texts), source, target, minimum=minimum, limit=limit)
        answers = (
            _Answer(query, matches, _elsewhere(concordance(stores, query, source, target), matches, limit))
            for query, matches in zip(texts, found, strict=True)
        )
        if as_json:
            queries = [answer.fields() for answer in answers]
            terminal.json_object({"source": source, "target": target, "queries": queries})
            return
        for number, answer in enumerate(answers):
            if text == "-":
                terminal.data(("\n" if number else "") + f"> {answer.query}")
            answer.show()
            if not answer.matches and not quiet:
                terminal.note(f"nothing at {minimum} percent or more")


@dataclass(frozen=True, slots=True)
class _Answer:
    query: str
    matches: list[Match]
    passages: list[Passage]

    def show(self) -> None:
        for match in self.matches:
            _show(match)
        for passage in self.passages:
            _show_passage(passage)

    def fields(self) -> dict[str, Any]:
        return {
            "text": self.query,
            "matches": [_fields(match) for match in self.matches],
            "concordance": [_passage_fields(passage) for passage in self.passages],
        }


def _elsewhere(passages: Iterable[Passage], matches: list[Match], limit: int) -> list[Passage]:
    """The first passages that are not among the matches."""
    shown = [(match.pair.source, match.pair.target) for match in matches]
    others = (each for each in passages if (each.pair.source, each.pair.target) not in shown)
    return list(islice(others, limit))


def _lines() -> list[str]:
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError("not UTF-8; UTF-8 was expected", path="-", line=line) from error


# ------------------------------------------------------------------------------------------------- showing


def _show(match: Match) -> None:
    """The stored text, its translation, and what there is to say about them."""
    said = ", ".join(_remarks(match))
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        _show_in_colour(match, said)
        return
    terminal.data(f"{match.percent:>3}  {match.pair.source.text}")
    for line in filter(None, (match.target, said)):
        terminal.data(f"     {line}")


def _show_passage(passage: Passage) -> None:
    """The stored text with the phrase in it, and its translation."""
    text, place = passage.pair.source.text, _place(passage.pair)
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.text import Text

        parts = text[: passage.start], text[passage.start : passage.end], text[passage.end :]
        styles = "", "bold", ""
        shown = [(terminal.printable(part), style) for part, style in zip(parts, styles, strict=True)]
        console = Console(highlight=False, soft_wrap=True)
        console.print(Text.assemble("  …  ", *shown))
        console.print(Text(f"     {terminal.printable(passage.pair.target.text)}"))
        if place:
            console.print(Text(f"     {terminal.printable(place)}", style="dim"))
        return
    terminal.data(f"  …  {text}")
    for line in filter(None, (passage.pair.target.text, place)):
        terminal.data(f"     {line}")


def _place(pair: Pair) -> str:
    return f"{pair.document}:{pair.line}" if pair.line else pair.document


def _passage_fields(passage: Passage) -> dict[str, Any]:
    return {
        "source": passage.pair.source.text,
        "target": passage.pair.target.text,
        "start": passage.start,
        "end": passage.end,
        "document": passage.pair.document,
        "line": passage.pair.line,
    }


def _remarks(match: Match) -> Iterator[str]:
    if match.percent > 100:
        yield "same context" if match.percent == 101 else "same context twice over"
    if match.penalties:
        yield f"{match.base} of the words, " + ", ".join(f"-{lost} {kind}" for kind, lost in match.penalties)
    if match.adapted:
        yield "numbers adapted"
    if match.pair.document:
        yield _place(match.pair)


def _show_in_colour(match: Match, said: str) -> None:
    """What only the stored text has is red and struck out, what only the new one has is green."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    source = Text(f"{match.percent:>3}  ", style="bold")
    for edit in match.edits:
        if edit.operation == "equal":
            source.append(terminal.printable(edit.stored), style="not bold")
        else:
            source.append(terminal.printable(edit.stored), style="not bold red strike")
            source.append(terminal.printable(edit.new), style="not bold green")
    console.print(source)
    console.print(Text(f"     {terminal.printable(match.target)}"))
    if said:
        console.print(Text(f"     {terminal.printable(said)}", style="dim"))


def _fields(match: Match) -> dict[str, Any]:
    return {
        "percent": match.percent,
        "base": match.base,
        "penalties": [{"reason": reason, "percent": lost} for reason, lost in match.penalties],
        "source": match.pair.source.text,
        "target": match.target,
        "stored_target": match.pair.target.text,
        "adapted": match.adapted,
        "edits": [
            {"operation": edit.operation, "stored": edit.stored, "new": edit.new} for edit in match.edits
        ],
        "origin": match.unit.property("x-origin"),
        "document": match.pair.document,
        "line": match.pair.line,
    }
