"""Aligned texts, side by side, with doubtful and unaligned beads marked.

``alignment_page`` makes a section of each pair of texts. ``_complete`` adds a bead for each segment that no
bead holds, ``_rows`` looks the segments up, and the template ``alignment.html`` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tm.document import Bead
from tm.pages.messages import ENGLISH
from tm.pages.page import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.document import Text

DOUBTFUL = 0.8
"""Confidence below which a bead is marked. Confidences are calibrated: one in five or more of such beads is
wrong."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A segment as shown: 1-based number, 1-based line (0 = not known), text."""

    number: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A bead as shown; ``opens`` says that a new paragraph of the source begins with it."""

    source: tuple[_Sentence, ...]
    target: tuple[_Sentence, ...]
    confidence: float
    opens: bool

    @property
    def type(self) -> str:
        """How many segments translate how many, e.g. "1–2"."""
        return f"{len(self.source)}–{len(self.target)}"

    @property
    def unaligned(self) -> bool:
        """Whether one side is empty."""
        return not (self.source and self.target)

    @property
    def doubtful(self) -> bool:
        """Whether it is to be marked for its confidence."""
        return self.confidence < DOUBTFUL

    @property
    def states(self) -> str:
        """The words by which the page's filter selects it."""
        return " ".join(name for name in ("doubtful", "unaligned") if getattr(self, name))


@dataclass(frozen=True, slots=True)
class _Section:
    """Two documents and the rows between them."""

    source: Text
    target: Text
    rows: tuple[_Row, ...]

    @property
    def doubtful(self) -> int:
        """How many rows are doubtful."""
        return sum(row.doubtful for row in self.rows)

    @property
    def unaligned(self) -> int:
        """How many rows are unaligned."""
        return sum(row.unaligned for row in self.rows)


def alignment_page(
    alignments: Sequence[tuple[Text, Text, Sequence[Bead]]], *, title: str, language: str = ENGLISH
) -> str:
    """Aligned documents as a page of one file: every segment, side by side, doubtful and unaligned beads
    marked.

    Args:
        alignments: for each pair of documents the source text, the target text and the beads between them. A
            segment that no bead holds is shown as unaligned, with confidence 0.
        title: of the page.
        language: likewise, one of ``tm.pages.messages.LANGUAGES``.

    Returns:
        HTML, the same for the same input.

    >>> from tm.document import Text
    >>> source, target = Text(("Il pleut.",), language="fr"), Text(("Está chovendo.",), language="pt-BR")
    >>> page = alignment_page([(source, target, [Bead((0,), (0,), 0.98)])], title="Rain")
    >>> '<span lang="pt-BR" dir="ltr">Está chovendo.</span>' in page
    True
    """
    sections = [_section(source, target, beads) for source, target, beads in alignments]
    rows = [row for section in sections for row in section.rows]
    return render(
        "alignment.html",
        language=language,
        title=title,
        sections=sections,
        beads=len(rows),
        doubtful=sum(row.doubtful for row in rows),
        unaligned=sum(row.unaligned for row in rows),
        threshold=DOUBTFUL,
    )


def _section(source: Text, target: Text, beads: Sequence[Bead]) -> _Section:
    return _Section(source, target, tuple(_rows(source, target, _complete(source, target, beads))))


def _rows(source: Text, target: Text, beads: Iterator[Bead]) -> Iterator[_Row]:
    before = -1
    for bead in beads:
        paragraph = source.paragraphs[bead.source[0]] if source.paragraphs and bead.source else before
        yield _Row(
            tuple(_sentence(source, number) for number in bead.source),
            tuple(_sentence(target, number) for number in bead.target),
            bead.confidence,
            opens=paragraph != before,
        )
        before = paragraph


def _sentence(text: Text, number: int) -> _Sentence:
    return _Sentence(number + 1, text.lines[number] if text.lines else 0, text.segments[number])


def _complete(source: Text, target: Text, beads: Sequence[Bead]) -> Iterator[Bead]:
    """The beads, and in between the segments that no bead holds: a page must not hide a sentence."""
    missing_source = _missing(len(source.segments), [bead.source for bead in beads])
    missing_target = _missing(len(target.segments), [bead.target for bead in beads])
    for bead in beads:
        while bead.source and missing_source and missing_source[-1] < bead.source[0]:
            yield Bead((missing_source.pop(),), (), 0.0)
        while bead.target and missing_target and missing_target[-1] < bead.target[0]:
            yield Bead((), (missing_target.pop(),), 0.0)
        yield bead
    yield from (Bead((number,), (), 0.0) for number in reversed(missing_source))
    yield from (Bead((), (number,), 0.0) for number in reversed(missing_target))


def _missing(length: int, held: Sequence[tuple[int, ...]]) -> list[int]:
    """The segments that no bead holds, by number, the last first."""
    return sorted(set(range(length)).difference(*held), reverse=True)
