"""Documents that come back translated: cut into segments, and put together again paragraph by paragraph.

In: a document. Out: its segments as units for a look-up (``Parted.units``), and for each paragraph what is put
there (``Parted.fillings``). A memory counts the codes of each segment from 0, a document those of each paragraph:
``Parted`` turns one into the other. ``write_document`` takes the translations from a file, such as the XLIFF that
``tm convert`` made of the document and a translator filled.

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
import os
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm import bcp47
from tm.direction import Direction
from tm.errors import FormatError, OptionError
from tm.formats import Filling, fill, find_format, look_up, read_document, states
from tm.formats.parts import parts
from tm.language import omegat_tags, segment
from tm.model import Code, Segment, Unit, Variant
from tm.work.sources import read_units, refuse_over_input

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
    edges: set[int] = set()
    for source, filling in members:
        start = paragraph.text.index(source.text, position)
        text += paragraph.text[position:start]
        piece = _numbered(filling.target, source) if filling else source
        ends, begins = _missing_halves(source, piece)
        first = len(codes)
        codes += [replace(code, position=len(text)) for code in ends]
        codes += [replace(code, position=code.position + len(text)) for code in piece.codes]
        text += piece.text
        codes += [replace(code, position=len(text)) for code in begins]
        edges |= {*range(first, first + len(ends)), *range(len(codes) - len(begins), len(codes))}
        position = start + len(source.text)
    numbers = [omegat_tags.number_of(code) for code in codes]
    kept = {number for at, number in enumerate(numbers) if at not in edges}
    codes = [code for at, code in enumerate(codes) if numbers[at] in kept]
    given = [filling for _, filling in members if filling]
    remarks = tuple(dict.fromkeys(remark for filling in given for remark in filling.remarks))
    percent = min(filling.percent for filling in given)
    return Filling(Segment(text + paragraph.text[position:], tuple(codes)), percent, remarks=remarks)


def _missing_halves(source: Segment, target: Segment) -> tuple[list[Code], list[Code]]:
    """The halves of pairs that reach into other sentences and that a translation has not: closing, opening ones.

    What stands formatted in the other sentences stays so: a pair ends before this one, or begins behind it.

    >>> _missing_halves(omegat_tags.hidden("Le <b0>pont."), Segment("A ponte."))[1][0].content.text
    '<b0>'
    """
    counts = Counter(map(omegat_tags.number_of, source.codes))
    there = {omegat_tags.number_of(code) for code in target.codes}
    missing = [
        (code.content.text, code)
        for code in source.codes
        if code.content
        and counts[omegat_tags.number_of(code)] == 1
        and omegat_tags.number_of(code) not in there
    ]
    ends = [code for shown, code in missing if shown.startswith("</")]
    return ends, [code for shown, code in missing if not shown.startswith("</") and not shown.endswith("/>")]


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


# --------------------------------------------------------------------------------- from a file of translations


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document that was written from a file of translations.

    Attributes:
        filled: how many of its segments are translated.
        waiting: how many stay as they are, since the file has no translation of them.
        left_over: how many translations of the file are of no segment of the document.
    """

    filled: int
    waiting: int
    left_over: int


def write_document(
    path: str | os.PathLike[str],
    skeleton: str | os.PathLike[str],
    out: str | os.PathLike[str],
    asked: Direction,
    *,
    format: str = "",  # noqa: A002 - as in tm.formats
    encoding: str = "",
) -> WrittenDocument:
    """Write a document again with the translations of a file that was made from it.

    A segment takes the first translation of its text, codes included, that no segment before it took.

    Args:
        path: the file of units, e.g. XLIFF.
        skeleton: the document that the file was made from.
        out: the document to be written.
        asked: from which language into which; a side that is not said is that of the file.
        format: of the file; "" = by the extension.
        encoding: of the file; "" = found.

    Raises:
        OptionError: nothing can be put into the document's format, or the output's name promises another one.
        FormatError: a file cannot be read, or the file has no translation of any segment of the document.
    """
    form = find_format(skeleton, "read_document")
    if form.fill is None:
        raise OptionError(f"{os.fspath(skeleton)}: translations cannot be put into documents of this format")
    promised = look_up(out, "read_document")
    if promised and promised.name != form.name:
        raise OptionError(
            f"{os.fspath(out)}: would be {form.name} as {os.fspath(skeleton)} is; another extension was expected"
        )
    refuse_over_input(out, skeleton)
    given: defaultdict[str, deque[Segment]] = defaultdict(deque)
    languages: dict[str, None] = {}
    into = asked.target
    for unit in read_units(path, format=format, direction=asked, encoding=encoding):
        for part in parts(unit):
            languages[part.variants[0].language] = None
            source, target = _sides(part, asked)
            if (
                target
                and (target.segment.text or target.segment.codes)
                and states.state_of(part) != "rejected"
            ):
                given[omegat_tags.shown(source)].append(target.segment)
                into = into or target.language
    document = read_document(skeleton)
    parted = parted_document(document, asked.source or document.language or next(iter(languages), ""))
    fillings = [_taken(given, parted.text.segment(number)) for number in range(len(parted.text.segments))]
    filled = sum(filling is not None for filling in fillings)
    if not filled:
        what = f"has no translation of any segment of {os.fspath(skeleton)}; the file that was made from it was expected"
        if not given:
            what = "nothing in it is translated; a file with translations was expected"
        raise FormatError(what, path=os.fspath(path))
    said = bcp47.canonical(into) if bcp47.is_tag(into) and bcp47.base(into) != "und" else ""
    fill(skeleton, out, parted.fillings(fillings), direction=Direction(asked.source, said))
    return WrittenDocument(filled, len(fillings) - filled, sum(map(len, given.values())))


def _sides(part: Unit, asked: Direction) -> tuple[Segment, Variant | None]:
    """The source of a part of a unit, and its translation if there is one."""
    tags = [variant.language for variant in part.variants]
    wanted = bcp47.choose(asked.target, tags) if asked.target else None
    sources = [tag for tag in tags if tag != wanted]
    source = bcp47.choose(asked.source, tags) if asked.source else next(iter(sources), None)
    others = [tag for tag in tags if tag != source]
    target = bcp47.choose(asked.target, others) if asked.target else next(iter(others), None)
    texts = {variant.language: variant for variant in part.variants}
    return texts[source].segment if source else Segment(""), texts.get(target) if target else None


def _taken(given: dict[str, deque[Segment]], source: Segment) -> Filling | None:
    waiting = given.get(omegat_tags.shown(source))
    if not waiting:
        return None
    return Filling(omegat_tags.counted(waiting.popleft(), omegat_tags.counts(source.codes)), 100)
