"""Documents that are filled from memories: cut into segments, and put together again paragraph by paragraph.

In: a document. Out: its segments as units for a look-up (``Parted.units``), and for each paragraph what is put
there (``Parted.fillings``). A memory counts the codes of each segment from 0, a document those of each paragraph:
``Parted`` turns one into the other.

>>> from tm.document import Document, Paragraph
>>> from tm.model import Segment
>>> parted = parted_document(Document("a.docx", (Paragraph("Oui. Non.", 1), Paragraph("Fin.", 2))), "fr")
>>> [unit.variants[0].segment.text for unit in parted.units]
['Oui.', 'Non.', 'Fin.']
>>> fillings = parted.fillings([Filling(Segment("Sim."), 100), None, None])
>>> [filling and filling.target.text for filling in fillings]
['Sim. Non.', None]
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.formats import Filling
from tm.language import omegat_tags, segment
from tm.model import Code, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tm.document import Document, Paragraph, Text


@dataclass(frozen=True, slots=True)
class Parted:
    """A document and its segments.

    Attributes:
        document: the document.
        text: its segments, each with the number of its paragraph.
    """

    document: Document
    text: Text

    @property
    def units(self) -> list[Unit]:
        """A unit for each segment, its codes counted as in a memory."""
        segments = map(self.text.segment, range(len(self.text.segments)))
        return [
            Unit((Variant(self.text.language, omegat_tags.counted(each, omegat_tags.counts(each.codes))),))
            for each in segments
        ]

    def fillings(self, of_segments: Iterable[Filling | None]) -> Iterator[Filling | None]:
        """What is put into each paragraph, as long as fillings of its segments come; None where nothing is."""
        owned = zip(self.text.paragraphs, itertools.count(), of_segments, strict=False)
        for owner, group in itertools.groupby(owned, key=lambda item: item[0]):
            members = [(self.text.segment(number), filling) for _, number, filling in group]
            if any(filling for _, filling in members):
                yield _joined(self.document.paragraphs[owner], members)
            else:
                yield None


def parted_document(document: Document, language: str) -> Parted:
    """A document cut into segments of a language."""
    return Parted(document, segment(document, language=language))


def _joined(paragraph: Paragraph, members: Sequence[tuple[Segment, Filling | None]]) -> Filling:
    """The paragraph with the translations of its segments in their places; what stands between stays."""
    text, codes, position = "", list[Code](), 0
    for source, filling in members:
        start = paragraph.text.index(source.text, position)
        text += paragraph.text[position:start]
        piece = _numbered(filling.target, source) if filling else source
        codes += [replace(code, position=code.position + len(text)) for code in piece.codes]
        text += piece.text
        position = start + len(source.text)
    given = [filling for _, filling in members if filling]
    remarks = tuple(dict.fromkeys(remark for filling in given for remark in filling.remarks))
    percent = min(filling.percent for filling in given)
    return Filling(Segment(text + paragraph.text[position:], tuple(codes)), percent, remarks=remarks)


def _numbered(target: Segment, source: Segment) -> Segment:
    """The translation with the numbers that the codes of its source have in the paragraph; others are left out."""
    numbers = {place: number for number, place in omegat_tags.counts(source.codes).items()}
    return Segment(
        target.text,
        tuple(
            omegat_tags.renumbered(code, numbers[number])
            for code in target.codes
            if (number := omegat_tags.number_of(code)) in numbers and number is not None
        ),
    )
