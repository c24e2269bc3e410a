"""What ``tm find`` prints: matches with their differences in colour on a terminal, passages, parts, terms; or all of it as JSON."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tm.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tm.memory import Part, Passage
    from tm.model import Match, Pair
    from tm.terminology import Occurrence

Styled = list[tuple[str, str]]
"""A line in pieces, each with its style."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the memory and the glossary have for a text."""

    query: str
    matches: list[Match] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    terms: list[Occurrence] = field(default_factory=list)


def show(answer: Answer, target: str) -> None:
    """Print an answer."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    coloured = sys.stdout.isatty() and not plain
    for lines in _entries(answer, target, coloured=coloured):
        for number, line in enumerate(lines):
            _print(line if number == 0 else [("     ", ""), *line], coloured=coloured)


def _print(line: Styled, *, coloured: bool) -> None:
    if not coloured:
        terminal.data("".join(text for text, _ in line))
        return
    from rich.console import Console
    from rich.text import Text

    pieces = [(terminal.printable(text), style) for text, style in line]
    Console(highlight=False, soft_wrap=True).print(Text.assemble(*pieces))


def _entries(answer: Answer, target: str, *, coloured: bool) -> Iterator[list[Styled]]:
    for match in answer.matches:
        source = _differences(match) if coloured else [(match.pair.source.text, "")]
        said = ", ".join(_remarks(match))
        yield [[(f"{match.percent:>3}  ", "bold"), *source], *_below(match.target, said)]
    for passage in answer.passages:
        yield [
            [("  …  ", ""), *_marked(passage)],
            *_below(passage.pair.target.text, place(passage.pair)),
        ]
    for part in answer.parts:
        text = answer.query[part.start : part.end]
        yield [
            [("  ~  ", ""), (text, "bold")],
            _marked(part.passage),
            *_below(part.passage.pair.target.text, place(part.passage.pair)),
        ]
    for term in answer.terms:
        yield [
            [("  =  ", ""), (answer.query[term.start : term.end], "bold"), (f": {_said(term, target)}", "")]
        ]


def _below(text: str, said: str) -> list[Styled]:
    return [[(text, style)] for text, style in ((text, ""), (said, "dim")) if text]


def _differences(match: Match) -> Styled:
    """What only the stored text has is red and struck out, what only the new one has is green."""
    pieces: Styled = []
    for edit in match.edits:
        if edit.operation == "equal":
            pieces.append((edit.stored, ""))
        else:
            pieces += [(edit.stored, "red strike"), (edit.new, "green")]
    return pieces


def _marked(passage: Passage) -> Styled:
    text, done = passage.pair.source.text, 0
    pieces: Styled = []
    for start, end in passage.places:
        pieces += [(text[done:start], ""), (text[start:end], "bold")]
        done = end
    return [*pieces, (text[done:], "")]


def _remarks(match: Match) -> Iterator[str]:
    if match.percent > 100:
        yield "same context" if match.percent == 101 else "same context twice over"
    if match.penalties:
        yield f"{match.base} of the words, " + ", ".join(f"-{lost} {kind}" for kind, lost in match.penalties)
    if match.adapted:
        yield "numbers adapted"
    if match.pair.document:
        yield place(match.pair)


def place(pair: Pair) -> str:
    """Where a pair comes from, "" when that is not known."""
    return f"{pair.document}:{pair.line}" if pair.line else pair.document


def _said(term: Occurrence, target: str) -> str:
    """The translations of a term, with what was decided about them; rejected ones are none."""
    decided = ("forbidden", "do-not-translate")
    return ", ".join(
        each.text + (f" ({each.status})" if each.status in decided else "")
        for each in term.concept.of(target)
        if each.status != "rejected"
    )


# ------------------------------------------------------------------------------------------------- JSON


def fields(answer: Answer, target: str) -> dict[str, Any]:
    """An answer for ``--json``."""
    return {
        "text": answer.query,
        "matches": [_match_fields(match) for match in answer.matches],
        "concordance": [_passage_fields(passage) for passage in answer.passages],
        "parts": [
            {
                "text": answer.query[part.start : part.end],
                "start": part.start,
                "end": part.end,
                "in": _passage_fields(part.passage),
            }
            for part in answer.parts
        ],
        "terms": [
            {
                "text": answer.query[term.start : term.end],
                "start": term.start,
                "end": term.end,
                "translations": [
                    {"text": each.text, "status": each.status} for each in term.concept.of(target)
                ],
            }
            for term in answer.terms
        ],
    }


def _passage_fields(passage: Passage) -> dict[str, Any]:
    return {
        "source": passage.pair.source.text,
        "target": passage.pair.target.text,
        "places": [{"start": start, "end": end} for start, end in passage.places],
        "document": passage.pair.document,
        "line": passage.pair.line,
    }


def _match_fields(match: Match) -> dict[str, Any]:
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
