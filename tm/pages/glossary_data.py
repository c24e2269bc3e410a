r"""A glossary as the page's script reads it: compact JSON, each text that comes again written once.

1. ``GlossaryData`` numbers all texts (``_number``), so that a sentence in which many terms stand costs its
   length once.
2. ``add`` makes of each concept a list: id, source terms, target terms, contexts, the documents of
   contexts that were left out, and what else is known. Empty ends of a list are left out.
3. ``json_text`` writes it so that nothing in it can end the element it stands in.

>>> from tm.direction import Direction
>>> from tm.model import Concept, Term
>>> data = GlossaryData()
>>> bread = Concept("1", (Term("pain", "fr"), Term("pão", "pt", "approved")))
>>> data.add(Entry(bread, Direction("fr", "pt")))
>>> print(data.json_text())
{"texts":[""],"concepts":[["1",[["pain"]],[["pão",1]]]]}
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from tm.model import Status
from tm.pages.marking import SharedRows, findable, marked
from tm.pages.page import CONTROL, visible
from tm.pages.reasons import reasons_for
from tm.terminology import Recogniser

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tm.direction import Direction
    from tm.language.pieces import Piece
    from tm.model import Concept, Context, Evidence, Term

SHOWN_FORMS = 4
"""Pairs of forms of a term that are shown."""

STATUSES: tuple[Status, ...] = get_args(Status)
"""A status is written as its number here."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A context as shown: both sentences cut into pieces, the terms marked."""

    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    context: Context


class Entry:
    """A concept as shown.

    >>> from tm.direction import Direction
    >>> from tm.model import Concept, Context, Evidence, Term
    >>> seen = Evidence(contexts=(Context("Du pain.", "Pão."),))
    >>> bread = Concept("1", (Term("pain", "fr"), Term("pão", "pt", evidence=seen)))
    >>> Entry(bread, Direction("fr", "pt")).quotes(1)[0].source
    (('Du ', False), ('pain', True), ('.', False))

    Attributes:
        concept: itself.
        source: its terms in the source language.
        target: its terms in the target language.
        contexts: those of its terms, the target terms first, each once.
    """

    def __init__(
        self, concept: Concept, direction: Direction, rows: tuple[SharedRows, SharedRows] | None = None
    ) -> None:
        """Nothing is marked before it is asked for: that takes longer than all else."""
        self.concept = concept
        self.source, self.target = concept.of(direction.source), concept.of(direction.target)
        evidence = [term.evidence for term in (*self.target, *self.source) if term.evidence]
        self.contexts = tuple(dict.fromkeys(context for each in evidence for context in each.contexts))
        self._direction = direction
        self._rows = rows or (SharedRows(direction.source), SharedRows(direction.target))
        self._quotes: list[Quote] = []

    @property
    def is_name(self) -> bool:
        """Whether it names one person, place, product or body: names have a section of their own."""
        main = next(iter(self.source or self.target), None)
        return main is not None and main.part_of_speech == "properNoun"

    def quotes(self, count: int) -> list[Quote]:
        """The first so many contexts, with the terms marked."""
        contexts = self.contexts[len(self._quotes) : count]
        if contexts:
            concept, direction = findable(self.concept), self._direction
            in_source, in_target = (
                Recogniser([concept], tag) for tag in (direction.source, direction.target)
            )
            sources, targets = self._rows
            self._quotes.extend(
                Quote(
                    marked(context.source, in_source, sources),
                    marked(context.target, in_target, targets),
                    context,
                )
                for context in contexts
            )
        return self._quotes[:count]


@dataclass(slots=True)
class GlossaryData:
    """Concepts on their way into a page.

    Attributes:
        contexts: how many contexts of a concept are written at most.
        characters: how many characters of a sentence at most, those around the first marked term.
    """

    contexts: int = 1000
    characters: int = 1_000_000
    _numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    _concepts: list[list[Any]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """One more concept, as the last."""
        concept = entry.concept
        left_out = [self._number(visible(context.document)) for context in entry.contexts[self.contexts :]]
        more = {
            name: visible(text)
            for name in ("definition", "subject", "note")
            if (text := getattr(concept, name))
        }
        self._concepts.append(
            _cut(
                [
                    concept.id,
                    [self._term(term) for term in entry.source],
                    [self._term(term) for term in entry.target],
                    [self._quote(quote) for quote in entry.quotes(self.contexts)],
                    left_out,
                    more,
                ]
            )
        )

    def json_text(self) -> str:
        """All of it, safe inside a script element and in a file of UTF-8."""
        fields = {"texts": list(self._numbers), "concepts": self._concepts}
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        return re.sub(f"<|{CONTROL.pattern}", lambda match: f"\\u{ord(match[0]):04x}", text)

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def _term(self, term: Term) -> list[Any]:
        return _cut(
            [
                term.text,
                STATUSES.index(term.status),
                *(self._number(visible(text)) for text in (term.part_of_speech, term.gender, term.kind)),
                term.note,
                self._evidence(term.evidence) if term.evidence else [],
            ]
        )

    def _evidence(self, evidence: Evidence) -> list[Any]:
        """Counts, confidence, and the numbers of texts: what speaks for it and against it, forms it has."""
        counts = [evidence.source_count, evidence.target_count, evidence.pair_count]
        phrases = ([self._number(visible(phrase)) for phrase in side] for side in reasons_for(evidence))
        forms = [self._number(visible(form)) for form in _forms(evidence)]
        return _cut([*counts, round(evidence.confidence, 3), *phrases, forms])

    def _quote(self, quote: Quote) -> list[Any]:
        sides = [self._marked(clipped(pieces, self.characters)) for pieces in (quote.source, quote.target)]
        place = [self._number(visible(quote.context.document)), quote.context.line]
        return _cut([*(part for side in sides for part in side), *place])

    def _marked(self, pieces: Iterable[Piece]) -> tuple[int, list[int]]:
        """The number of a sentence, and where its terms begin and end, in UTF-16 as a script counts."""
        text, length = "", 0
        marks: list[int] = []
        for piece, is_term in pieces:
            piece_shown = visible(piece)
            end = length + len(piece_shown.encode("utf-16-le")) // 2
            if is_term:
                marks.extend((length, end))
            text, length = text + piece_shown, end
        return self._number(text), marks


def clipped(pieces: tuple[Piece, ...], characters: int) -> tuple[Piece, ...]:
    """A sentence with no more than so many characters around its first term, cut between words.

    >>> clipped((("Un très vieux ", False), ("four", True), (" chauffe le village", False)), 22)
    (('… vieux ', False), ('four', True), (' chauffe …', False))
    """
    if sum(len(text) for text, _ in pieces) <= characters:
        return pieces
    first = next((number for number, (_, is_term) in enumerate(pieces) if is_term), 0)
    start = sum(len(text) for text, _ in pieces[:first])
    room = max(0, characters - len(pieces[first][0])) // 2
    return tuple(_within(pieces, start - room, start + len(pieces[first][0]) + room))


def _within(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """What of the pieces stands between two places."""
    begin = 0
    for text, is_term in pieces:
        kept, stop = text, begin + len(text)
        if not is_term and stop > end:
            words = kept[: max(0, end - begin)]
            kept = f"{words.rpartition(' ')[0]} …" if begin < end else ""
        if not is_term and begin < start:
            words = kept[start - begin :]
            kept = f"… {words.partition(' ')[2]}" if stop > start else ""
        if kept and (not is_term or (stop > start and begin < end)):
            yield kept, is_term
        begin = stop


def _forms(evidence: Evidence) -> list[str]:
    """The commonest pairs of forms, where there are several.

    >>> from tm.model import Evidence
    >>> _forms(Evidence(forms=(("fours", "fornos", 2), ("four", "forno", 1))))
    ['fours = fornos 2×', 'four = forno 1×']
    """
    shown = [
        f"{' = '.join(dict.fromkeys(filter(None, (source, target))))} {count}×"
        for source, target, count in evidence.forms[:SHOWN_FORMS]
    ]
    return shown if len(evidence.forms) > 1 else []


def _cut(cells: list[Any]) -> list[Any]:
    """A list without the empty ones at its end."""
    while cells and cells[-1] in (0, "", [], {}):
        cells.pop()
    return cells
