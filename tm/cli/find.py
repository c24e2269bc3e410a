"""``tm find``: look a text up in the memory."""

from __future__ import annotations

import contextlib
import sys
from itertools import islice
from typing import TYPE_CHECKING

import click

from tm.cli import options, terminal
from tm.cli.find_lines import Answer, fields, show
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.work import jobs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tm.memory import Passage
    from tm.model import Match
    from tm.store import Store
    from tm.terminology import Recogniser


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
@click.option("--words", is_flag=True, help="TEXT is words that may stand anywhere, in any order.")
@click.option("--regex", is_flag=True, help="TEXT is a regular expression; all texts are read.")
@click.option("--terms", "glossary", metavar="GLOSSARY", help="TBX, TSV or CSV; its terms in TEXT are shown.")
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
    words: bool,
    regex: bool,
    glossary: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Look a text up in the memory.

    \b
    tm find "apprentissage en profondeur" -m out/memory.tm
    tm find - -m news.tm -m old.tm --min 85 < lines.txt
    tm find "une IA générative" -m out/memory.tm --terms out/glossary.tbx
    tm find "recherch* Twitter" --words -m out/memory.tm

    Shows stored texts and their translations: first those like the text (100 is the same text, 95 to 99 the same words, less
    how much of the words is the same), then those in which it stands, then, where nothing is alike, those in which parts of it stand.
    A word with an asterisk right behind it (recherch*) stands for all words that begin so.

    "-" reads texts from stdin, one a line, and answers in order. The languages are those of the memory.
    """
    from tm.memory import anywhere, find_all, searched
    from tm.model import Segment
    from tm.store import open_store

    if words and regex:
        raise OptionError("--words and --regex exclude each other")
    passages = searched if regex else anywhere if words else None

    texts = [text] if text != "-" else _lines()
    with contextlib.ExitStack() as stack:
        stores = [stack.enter_context(open_store(path)) for path in memory_path]
        source, target = jobs.languages(stores, source or "", target or "")
        if side == "target":
            source, target = target, source
        recogniser = _recogniser(glossary, source, target) if glossary else None
        asked = [] if passages else map(Segment, texts)
        found = find_all(stores, asked, Direction(source, target), minimum=minimum, limit=limit)
        answers = (
            Answer(query, passages=list(islice(passages(stores, query, Direction(source, target)), limit)))
            if passages
            else _answer(stores, query, next(found), Direction(source, target), limit, recogniser)
            for query in texts
        )
        if as_json:
            queries = [fields(answer, target) for answer in answers]
            terminal.json_object({"source": source, "target": target, "queries": queries})
            return
        for number, answer in enumerate(answers):
            if text == "-":
                terminal.data(("\n" if number else "") + f"> {answer.query}")
            show(answer, target)
            if not passages and not answer.matches and not quiet:
                terminal.note(f"nothing at {minimum} percent or more")
            elif passages and not answer.passages and not quiet:
                terminal.note("found in no text")


def _recogniser(glossary: str, source: str, target: str) -> Recogniser:
    from tm.formats import read_concepts
    from tm.terminology import Recogniser

    return Recogniser(read_concepts(glossary, direction=Direction(source, target)), source)


def _answer(
    stores: Sequence[Store],
    query: str,
    matches: list[Match],
    direction: Direction,
    limit: int,
    recogniser: Recogniser | None,
) -> Answer:
    """Matches, other units in which the text stands, and, where there are neither, units in which parts of it stand."""
    from tm.memory import concordance, subsegments

    passages = _elsewhere(concordance(stores, query, direction), matches, limit)
    parts = [] if matches or passages else list(islice(subsegments(stores, query, direction), limit))
    return Answer(query, matches, passages, parts, recogniser.recognise(query) if recogniser else [])


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
