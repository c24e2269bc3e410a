r"""A document cut into sentences, by the rules of an SRX file.

SRX 2.0 says: at every position of a paragraph the rules are tried in order. The first rule that fits decides,
that is, its first expression matches up to the position and its second from there on. A paragraph always ends
a sentence.

Trying all rules at all positions would be slow. The steps:

1. ``segment`` takes the document's language, or detects it, and gets the rules compiled by ``_splitter``.
2. ``_splitter`` joins neighbouring rules of one kind, all breaking or all not, into one expression
   (``_RuleGroup``). Within such a group order makes no difference.
3. ``_Splitter.spans`` cuts a paragraph where ``_breaks`` says; ``_distributed`` gives each segment its inline
   codes.
4. ``_breaks`` looks for the positions at which any breaking rule fits: the candidates.
5. ``_is_break`` asks the groups in order about each candidate; the first that fits decides.

>>> rules = (Rule(breaks=False, before=r"M\.", after=" "), Rule(breaks=True, before=r"\.", after=" "))
>>> splitter = _splitter(Rules("", {"all": rules}, ((".*", "all"),), cascade=False), "fr")
>>> splitter.cut("M. Roy vint. Il vit.")
['M. Roy vint.', 'Il vit.']
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from tm.document import Text
from tm.errors import FormatError
from tm.language.srx import Rule, Rules, own_rules
from tm.progress import unwatched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.document import Document, Paragraph
    from tm.model import Code
    from tm.progress import Progress

SECONDS = 2.0
"""Time limit of a search, for each 100,000 characters begun. Our rules take a hundredth of it; only hostile
rules come near."""


def segment(
    document: Document, *, language: str = "", rules: Rules | None = None, progress: Progress = unwatched
) -> Text:
    """Cut a document into segments.

    The text is kept exactly, except for the white space between segments, which belongs to none. A paragraph
    without letters is a segment too. A segment never spans paragraphs.

    Args:
        document: the paragraphs.
        language: a tag; "" for the one that the document names, else for the one that its text is in.
        rules: from an SRX file; this program's own by default.
        progress: takes the paragraphs as they are cut, and their number.

    Raises:
        FormatError: an expression of the rules takes too long on this text.

    >>> from tm.document import Document, Paragraph
    >>> paragraphs = (Paragraph("M. Roy vint. Il vit.", 1), Paragraph("Fin", 3))
    >>> text = segment(Document("a.txt", paragraphs), language="fr")
    >>> text.segments, text.paragraphs, text.lines
    (('M. Roy vint.', 'Il vit.', 'Fin'), (0, 0, 1), (1, 1, 3))
    >>> segment(Document("a.txt", (Paragraph("Le chat dort. Il rêve.", 1),))).language
    'fr'
    """
    language = language or document.language or _detected(document)
    splitter = _splitter(rules or own_rules(), language)
    paragraphs = progress(document.paragraphs, len(document.paragraphs))
    by_paragraph = [splitter.spans(paragraph.text) for paragraph in paragraphs]
    owners = tuple(number for number, spans in enumerate(by_paragraph) for _ in spans)
    return Text(
        segments=tuple(
            paragraph.text[start:end]
            for paragraph, spans in zip(document.paragraphs, by_paragraph, strict=True)
            for start, end in spans
        ),
        paragraphs=owners,
        lines=tuple(document.paragraphs[owner].line for owner in owners),
        kinds=tuple(document.paragraphs[owner].kind for owner in owners),
        language=language,
        name=document.name,
        codes=_codes(document.paragraphs, by_paragraph),
    )


def _codes(
    paragraphs: Sequence[Paragraph], spans: Sequence[Sequence[tuple[int, int]]]
) -> tuple[tuple[Code, ...], ...]:
    """The codes of each segment; () when there are none."""
    if not any(paragraph.codes for paragraph in paragraphs):
        return ()
    return tuple(
        codes
        for paragraph, of_paragraph in zip(paragraphs, spans, strict=True)
        for codes in _distributed(paragraph.codes, of_paragraph)
    )


def _distributed(codes: Sequence[Code], spans: Sequence[tuple[int, int]]) -> list[tuple[Code, ...]]:
    """The codes of a paragraph by its segments.

    Codes at the end of a sentence belong to it, but not where the next one begins at once.

    >>> from tm.model import Code
    >>> codes = [Code(4, "alone", "x"), Code(5, "open", "b"), Code(9, "close", "b")]  # Oui.<x/> <b>Non.</b>
    >>> [[(code.position, code.name) for code in each] for each in _distributed(codes, [(0, 4), (5, 9)])]
    [[(4, 'x')], [(0, 'b'), (4, 'b')]]
    """
    found: list[list[Code]] = [[] for _ in spans]
    for code in codes if spans else ():  # what has no text is no segment
        number = next(
            (
                number
                for number, (_, end) in enumerate(spans)
                if code.position < end or (code.position == end and not _opens_next(code, spans, number))
            ),
            len(spans) - 1,
        )
        start, end = spans[number]
        found[number].append(replace(code, position=min(max(code.position, start), end) - start))
    return [tuple(of_segment) for of_segment in found]


def _opens_next(code: Code, spans: Sequence[tuple[int, int]], number: int) -> bool:
    return code.kind == "open" and number + 1 < len(spans) and spans[number + 1][0] == code.position


def _detected(document: Document) -> str:
    from tm.language.detection import detect

    return detect("\n".join(paragraph.text for paragraph in document.paragraphs)).language


@dataclass(frozen=True, slots=True)
class _RuleGroup:
    """Neighbouring rules that say the same, as one expression.

    Attributes:
        breaks: what they say.
        expression: fits, with no width, the positions at which any of them fits.
        rules: the rules.
    """

    breaks: bool
    expression: regex.Pattern[str]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class _Splitter:
    """The rules for one language, compiled.

    Attributes:
        path: of their file, for messages.
        candidates: the breaking rules, each by itself.
        groups: all rules, in order.
    """

    path: str
    candidates: tuple[regex.Pattern[str], ...]
    groups: tuple[_RuleGroup, ...]

    def cut(self, text: str) -> list[str]:
        """The segments of a paragraph."""
        return [text[start:end] for start, end in self.spans(text)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the segments of a paragraph begin and end, without the white space around them."""
        ends = [0, *self._breaks(text), len(text)]
        spans = []
        for start, end in itertools.pairwise(ends):
            piece = text[start:end]
            if stripped := piece.strip():
                begin = start + len(piece) - len(piece.lstrip())
                spans.append((begin, begin + len(stripped)))
        return spans

    def _breaks(self, text: str) -> list[int]:
        seconds = time_limit(len(text))
        try:
            # Rule by rule: regex finds one expression quickly, a choice of several slowly.
            positions = {
                match.start() for rule in self.candidates for match in rule.finditer(text, 1, timeout=seconds)
            }
            return [position for position in sorted(positions) if self._is_break(text, position, seconds)]
        except TimeoutError:
            raise self._hostile(text) from None

    def _is_break(self, text: str, position: int, seconds: float) -> bool:
        """Whether the first group that fits a candidate breaks; one fits, since a breaking rule does."""
        return next(
            group.breaks for group in self.groups if group.expression.match(text, position, timeout=seconds)
        )

    def _hostile(self, text: str) -> FormatError:
        """The error that names the rule on which the search hung."""
        for rule in (rule for group in self.groups for rule in group.rules):
            try:
                list(regex.compile(rule.expression, regex.V1).finditer(text, timeout=SECONDS / 4))
            except TimeoutError:
                return self._fault(rule, "this rule takes too long on this text; simplify its repetitions")
        return self._fault(self.groups[0].rules[0], "the rules together take too long on this text")

    def _fault(self, rule: Rule, what: str) -> FormatError:
        return FormatError(what, path=self.path, line=rule.line, column=rule.column)


def time_limit(length: int) -> float:
    """Seconds that one search may take in a text of this many characters.

    >>> time_limit(0) == time_limit(99_999) == SECONDS, time_limit(100_000) == 2 * SECONDS
    (True, True)
    """
    return SECONDS * (1 + length // 100_000)


@functools.cache
def _splitter(rules: Rules, language: str) -> _Splitter:
    listed = rules.of(language)
    groups = []
    for breaks, neighbours in itertools.groupby(listed, key=lambda rule: rule.breaks):
        members = tuple(neighbours)
        groups.append(_RuleGroup(breaks, _any_of(members), members))
    candidates = tuple(_any_of([rule]) for rule in listed if rule.breaks)
    return _Splitter(rules.path, candidates, tuple(groups))


def _any_of(rules: Sequence[Rule]) -> regex.Pattern[str]:
    return regex.compile("|".join(rule.expression for rule in rules), regex.V1)
