"""What ``tm find`` prints: matches with their differences in colour on a terminal, passages, parts, terms."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tm.cli import terminal
from tm.cli.interface_language import _, later, sentence
from tm.store.records import context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.memory import Passage
    from tm.model import Match, Pair
    from tm.terminology import Occurrence
    from tm.work.answers import Answer, Answers

_BY = {"words": "", "accents": later("other accents"), "forms": later("other forms of the words")}
"""What is said of a passage by what its words are."""

Styled = list[tuple[str, str]]
"""A line in pieces, each with its style."""


def show(answer: Answer, answers: Answers, *, details: bool = False) -> None:
    """Print one of the answers."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    coloured = sys.stdout.isatty() and not plain
    for lines in _entries(answer, answers, details=details, coloured=coloured):
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


def _entries(answer: Answer, answers: Answers, *, details: bool, coloured: bool) -> Iterator[list[Styled]]:
    def more(found: Match | Passage) -> list[Styled]:
        """A line with what the unit is named by, when that is asked for."""
        return [[(", ".join(_details(found, answers)), "dim")]] if details else []

    for match in answer.matches:
        yield [*_match(match, _remarks(match), coloured=coloured), *more(match)]
    if answer.inflected:
        yield [[(_("the same but for the forms of the words:"), "dim")]]
    for match in answer.inflected:
        yield [*_match(match, _remarks_on_inflected(match), coloured=coloured), *more(match)]
    for passage in answer.passages:
        remarks = ", ".join(filter(None, (_BY[passage.by] and _(_BY[passage.by]), _place(passage.pair))))
        yield [[("  …  ", ""), *_marked(passage)], *_below(passage.pair.target.text, remarks), *more(passage)]
    for part in answer.parts:
        pair = part.passage.pair
        first = [("  ~  ", ""), (answer.query[part.start : part.end], "bold")]
        yield [first, _marked(part.passage), *_below(pair.target.text, _place(pair)), *more(part.passage)]
    for term in answer.terms:
        translations = f": {_translations(term, answers.direction.target)}"
        yield [[("  =  ", ""), (answer.query[term.start : term.end], "bold"), (translations, "")]]


def _match(match: Match, remarks: Iterable[str], *, coloured: bool) -> list[Styled]:
    source = _differences(match) if coloured else [(match.pair.source.text, "")]
    return [[(f"{match.percent:>3}  ", "bold"), *source], *_below(match.target, ", ".join(remarks))]


def _below(translation: str, remarks: str) -> list[Styled]:
    return [[(text, style)] for text, style in ((translation, ""), (remarks, "dim")) if text]


def _differences(match: Match) -> Styled:
    """What only the stored text has is red and struck out, what only the new one has is green."""
    pieces: Styled = [] if match.edits else [(match.pair.source.text, "")]
    for edit in match.edits:
        if edit.operation == "equal":
            pieces.append((edit.stored, ""))
        else:
            pieces += [(edit.stored, "red strike"), (edit.new, "green")]
    return pieces


def _marked(passage: Passage) -> Styled:
    text, upto = passage.pair.source.text, 0
    pieces: Styled = []
    for start, end in passage.places:
        pieces += [(text[upto:start], ""), (text[start:end], "bold")]
        upto = end
    return [*pieces, (text[upto:], "")]


def _remarks(match: Match) -> Iterator[str]:
    if match.percent > 100:
        yield _("same context") if match.percent == 101 else _("same context twice over")
    if match.penalties:
        yield _("{percent} of the words", percent=match.base)
    yield from _more_remarks(match)


def _remarks_on_inflected(match: Match) -> Iterator[str]:
    yield _("{percent} of the words as they are", percent=match.base)
    yield from _more_remarks(match)


def _more_remarks(match: Match) -> Iterator[str]:
    yield from (f"-{percent} {sentence(reason)}" for reason, percent in match.penalties)
    if match.adaptations:
        yield _("{texts} adapted", texts=", ".join(map(sentence, match.adaptations)))
    if match.unadapted:
        yield _("{texts} not adapted", texts=", ".join(map(sentence, match.unadapted)))
    if match.pair.document:
        yield _place(match.pair)


def _details(found: Match | Passage, answers: Answers) -> Iterator[str]:
    """The unit's number and memory, and where it comes from."""
    yield _("unit {number} of {memory}", number=found.number, memory=found.memory)
    stored = answers.stored(found)
    if stored is None:
        return
    yield from filter(None, (stored.changed, stored.author, stored.origin))
    if stored.file:
        yield _("from {file}", file=stored.file)
    before, key = context(stored.unit)
    if key:
        yield _("context {key}", key=key)
    if before:
        yield _("after {text}", text=before)


def _place(pair: Pair) -> str:
    """Where a pair comes from, "" when that is not known."""
    return f"{pair.document}:{pair.line}" if pair.line else pair.document


def _translations(term: Occurrence, target: str) -> str:
    """The translations of a term, with what was decided about them; rejected ones are none."""
    marked = ("forbidden", "do-not-translate")
    return ", ".join(
        translation.text + (f" ({_(translation.status)})" if translation.status in marked else "")
        for translation in term.concept.of(target)
        if translation.status != "rejected"
    )
