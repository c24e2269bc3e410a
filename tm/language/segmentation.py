"""A document cut into sentences, by the rules of an SRX file.

SRX 2.0, as its text has it: at every place of a paragraph the rules are tried in order; the first whose two expressions
fit, one ending there and one beginning there, decides. Line ends of the document end sentences whatever the rules say.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from tm.errors import FormatError
from tm.language.srx import Rule, Rules, own_rules
from tm.model import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.model import Document

_SECONDS = 2.0
"""How long a search may take, for each 100,000 characters begun. Ours take a hundredth of it; only hostile ones come near."""


def segment(document: Document, *, language: str = "", rules: Rules | None = None) -> Text:
    """Cut a document into segments.

    The text is kept exactly, but for the white space between segments, which goes to neither. A paragraph without
    letters is a segment all the same; a segment never spans paragraphs.

    Args:
        document: the paragraphs.
        language: a tag; "" for what the document says of itself, else what its text tells.
        rules: from an SRX file; ours by default.

    Raises:
        FormatError: an expression of the rules takes for ever on this text.

    >>> from tm.model import Document, Paragraph
    >>> text = segment(Document("a.txt", (Paragraph("M. Roy vint. Il vit.", 1), Paragraph("Fin", 3))), language="fr")
    >>> text.segments, text.paragraphs, text.lines
    (('M. Roy vint.', 'Il vit.', 'Fin'), (0, 0, 1), (1, 1, 3))
    """
    language = language or document.language or _detected(document)
    splitter = _splitter(rules or own_rules(), language)
    cut = [splitter.cut(paragraph.text) for paragraph in document.paragraphs]
    numbers = tuple(number for number, segments in enumerate(cut) for _ in segments)
    return Text(
        segments=tuple(itertools.chain.from_iterable(cut)),
        paragraphs=numbers,
        lines=tuple(document.paragraphs[number].line for number in numbers),
        kinds=tuple(document.paragraphs[number].kind for number in numbers),
        language=language,
        name=document.name,
    )


def _detected(document: Document) -> str:
    from tm.language.detection import detect

    return detect("\n".join(paragraph.text for paragraph in document.paragraphs)).language


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring rules that say the same, as one expression: among themselves their order makes no difference."""

    breaks: bool
    places: regex.Pattern[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Splitter:
    """The rules for one language, compiled."""

    path: str
    candidates: tuple[regex.Pattern[str], ...]
    runs: tuple[_Run, ...]

    def cut(self, text: str) -> list[str]:
        """The segments of a paragraph."""
        places = [0, *self._breaks(text), len(text)]
        pieces = (text[start:end].strip() for start, end in itertools.pairwise(places))
        return [piece for piece in pieces if piece]

    def _breaks(self, text: str) -> list[int]:
        seconds = _SECONDS * (1 + len(text) // 100_000)
        try:
            # Searched rule by rule: regex is quick to find where one expression may fit, slow with a choice of several.
            found = [
                match.start() for rule in self.candidates for match in rule.finditer(text, 1, timeout=seconds)
            ]
            return [place for place in sorted(set(found)) if self._is_break(text, place, seconds)]
        except TimeoutError:
            raise self._hostile(text) from None

    def _is_break(self, text: str, place: int, seconds: float) -> bool:
        for run in self.runs:
            if run.places.match(text, place, timeout=seconds):
                return run.breaks
        return False

    def _hostile(self, text: str) -> FormatError:
        """The error that names the rule on which the search hung."""
        for rule in (rule for run in self.runs for rule in run.rules):
            try:
                list(regex.compile(rule.expression, regex.V1).finditer(text, timeout=_SECONDS / 4))
            except TimeoutError:
                return self._fault(rule, "this rule takes too long on this text; simplify its repetitions")
        return self._fault(self.runs[0].rules[0], "the rules together take too long on this text")

    def _fault(self, rule: Rule, what: str) -> FormatError:
        return FormatError(what, path=self.path, line=rule.line, column=rule.column)


@functools.cache
def _splitter(rules: Rules, language: str) -> _Splitter:
    listed = rules.of(language)
    runs = tuple(
        _Run(breaks, _any_of(run), run)
        for breaks, run in (
            (breaks, tuple(group))
            for breaks, group in itertools.groupby(listed, key=lambda rule: rule.breaks)
        )
    )
    candidates = tuple(_any_of([rule]) for rule in listed if rule.breaks)
    return _Splitter(rules.path, candidates, runs)


def _any_of(rules: Sequence[Rule]) -> regex.Pattern[str]:
    return regex.compile("|".join(rule.expression for rule in rules), regex.V1)
