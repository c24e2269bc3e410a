"""The text of a Word paragraph with its inline codes, where OmegaT has them too.

Word cuts the text of a paragraph into runs: where it becomes bold, where a link begins, and at places that mean
nothing to a reader. OmegaT shows all that stands between two pieces of text as one code, counted in each stretch
of text (``<t0/>``); what stands before the first piece and behind the last is none. So does this module:

1. ``_pieces`` walks through a paragraph: texts, each with its look; what stands between; where a line ends.
2. ``lines`` joins the pieces of a line; a code says by its type what changes there: ``+b`` begins bold,
   ``-hyperlink`` ends a link, ``footnoteReference`` is one. A ``Line`` knows the elements of each of its pieces,
   for ``_word_filling.py`` to put a translation into them.

>>> from lxml import etree
>>> word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
>>> run = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
>>> runs = run.format("", "Le ") + run.format("<w:b/>", "pont")
>>> (line,) = lines(etree.fromstring(f'<w:p xmlns:w="{word}">{runs}</w:p>'))
>>> codes = line.segment.codes
>>> line.segment.text, [(code.position, code.content.text, dict(code.attributes)["type"]) for code in codes]
('Le pont', [(3, '<t0/>', '+b')])
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tm.formats._office_names import attribute, name
from tm.formats._word_fields import Fields
from tm.language import omegat_tags
from tm.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from tm.model import Code

SKIPPED = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "rPh", "sectPr", "tblPr", "instrText"))
"""``Fallback`` repeats the text of a text box for old programs, ``rPh`` how a text is spoken."""
ENDS = frozenset(("br", "cr", "tab", "ptab"))
"""What ends a line, as in OmegaT: a tab too, since what stands on its sides belongs to two columns."""
_LOOKS = frozenset("b i u strike vertAlign smallCaps caps rStyle highlight color hlinkClick".split())
"""The properties of a run that a reader sees."""
_LOOKS_OF_SLIDES = ("b", "i", "u", "strike", "baseline", "cap")
"""Likewise where they are attributes (DrawingML)."""
MARKS = frozenset(
    "footnoteReference endnoteReference footnoteRef endnoteRef drawing pict object sym softHyphen".split()
)
_FIELDS = frozenset(("fld",))
"""Fields of a slide, such as its number: a program works out their text."""
_OFF = ("", "0", "false", "off", "none", "noStrike")
_LINE_BREAKS = re.compile(r"[ \t]*[\t\r\n\f][ \t\r\n\f]*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text with its look; or, without text, a mark, or the end of a line.

    A fixed one is no word of a sentence: the result of a field, a formula.
    """

    text: str
    look: frozenset[str] = frozenset()
    mark: str = ""
    element: _Element | None = None
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph.

    Attributes:
        segment: its text, without the white space at its ends, with its codes.
        pieces: the elements of the text before the first code, between two codes, and behind the last.
        ends: the white space at its ends.
        fixed: the numbers of the pieces that are no words: results of fields, formulas.
    """

    segment: Segment
    pieces: tuple[tuple[_Element, ...], ...]
    ends: tuple[str, str]
    fixed: frozenset[int] = frozenset()


def lines(*paragraphs: _Element) -> Iterator[Line]:
    """The lines of a paragraph that have text, without the paragraphs in it, with their codes.

    Several are one whose inner marks were deleted.
    """
    pieces: list[_Piece] = []
    fields = Fields()
    found = (piece for paragraph in paragraphs for piece in _pieces(paragraph, frozenset(), fields))
    for piece in (*found, _Piece("\n")):
        if piece.text != "\n":
            pieces.append(piece)
            continue
        if line := _line(pieces):
            yield line
        pieces.clear()


def is_mark_deleted(paragraph: _Element) -> bool:
    """Whether a tracked change took away the mark that ends a paragraph: its text runs on in the next one."""
    return any(name(each) in ("del", "moveFrom") for each in _properties(paragraph, "pPr", "rPr"))


def _pieces(element: _Element, look: frozenset[str], fields: Fields) -> Iterator[_Piece]:
    for child in element:
        tag = name(child)
        if fields.note(child):
            continue
        if tag == "t":
            text = (child.text or "") + "".join(comment.tail or "" for comment in child)
            if text := _LINE_BREAKS.sub(" ", text):
                yield _Piece(text, look, element=child, is_fixed=fields.is_result or "oMath" in look)
        elif tag in ENDS:
            yield _Piece("\n")
        elif tag == "noBreakHyphen":
            yield _Piece("\u2011", look, mark=tag, element=child)
        elif tag == "r":
            if not _is_hidden(child):
                yield from _pieces(child, look | _look(child), fields)
        elif tag in _FIELDS:
            yield _Piece("", look, mark=tag)
        elif tag in MARKS:
            yield _Piece("", look, mark=tag)
            yield from _pieces(child, look, fields)
        elif tag == "fldSimple":
            fields.begin(attribute(child, "instr"))
            yield from _pieces(child, look | {tag}, fields)
            fields.end()
        elif tag and tag not in SKIPPED and tag != "p":
            yield from _pieces(child, look | {tag} if _is_around_runs(tag, element) else look, fields)


def _is_around_runs(tag: str, parent: _Element) -> bool:
    """Whether an element stands around runs of a paragraph, such as a link."""
    return name(parent) != "r" and tag not in ("sdtContent", "proofErr", "bookmarkStart", "bookmarkEnd")


def _properties(element: _Element, outer: str = "rPr", *inner: str) -> Iterator[_Element]:
    """What stands in the child of that name, or in a child of it."""
    for child in element:
        if name(child) == outer:
            yield from _properties(child, *inner) if inner else child


def _is_hidden(run: _Element) -> bool:
    return any(
        name(each) == "vanish" and attribute(each, "val") not in ("0", "false", "off")
        for each in _properties(run)
    )


def _look(run: _Element) -> frozenset[str]:
    return frozenset(
        name(each)
        for each in _properties(run)
        if name(each) in _LOOKS and (attribute(each, "val") or "on") not in _OFF
    ) | frozenset(
        look
        for properties in run
        if name(properties) == "rPr"
        for look in _LOOKS_OF_SLIDES
        if properties.get(look, "") not in _OFF
    )


def _line(pieces: Sequence[_Piece]) -> Line | None:
    """The pieces of a line as a text with codes; None when there is no text."""
    filled = [number for number, piece in enumerate(pieces) if piece.text.strip()]
    if not filled:
        return None
    pieces = pieces[filled[0] : filled[-1] + 1]
    text = ""
    codes: list[Code] = []
    elements: list[list[_Element]] = [[]]
    fixed: set[int] = set()
    before: _Piece | None = None
    marks: list[str] = []
    for piece in pieces:
        if not piece.text:
            marks.append(piece.mark)
            continue
        if before and not (piece.mark or before.mark):
            kind = " ".join([*_changes(before.look, piece.look), *marks])
            codes.append(omegat_tags.alone(len(text), "t", len(codes), kind))
            elements.append([])
        text += piece.text
        elements[-1] += [piece.element] if piece.element is not None else []
        fixed |= {len(codes)} if piece.is_fixed else set()
        before, marks = piece, []
    bare = text.strip()
    lead = len(text) - len(text.lstrip())
    segment = Segment(bare, tuple(replace(code, position=code.position - lead) for code in codes))
    ends = text[:lead], text[lead + len(bare) :]
    return Line(segment, tuple(map(tuple, elements)), ends, frozenset(fixed))


def _changes(before: frozenset[str], after: frozenset[str]) -> list[str]:
    """What ends and what begins between two pieces."""
    return [
        *(f"-{look}" for look in sorted(before - after)),
        *(f"+{look}" for look in sorted(after - before)),
    ]
