"""A translation put into a line of a Word paragraph: its texts change, its runs and all between them stay.

Text behind a code takes the runs that the source has behind that code (``_word_runs.Line.pieces``), text
before the first code the first ones. Where the codes of the translation come in another order, the runs are moved
(``_word_order``); where that is not possible those codes are kept that come one after the other, as many as can
be (``_rising``). What stands between the runs, such as a footnote, stays where it is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from tm.formats import _package
from tm.formats._drawings import fallbacks
from tm.formats._office_language import set_language
from tm.formats._office_names import SPACE, name
from tm.formats._word_order import arranged
from tm.formats._word_runs import Line
from tm.language import omegat_tags

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from tm.formats._format import Filling, Reading
    from tm.model import Segment

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/"
"""Texts of slides keep their spaces, and have no attributes."""
_DRAWING_OF_DIAGRAM = re.compile(r"(?:word|ppt)/diagrams/drawing\d*\.xml")
"""What shows the texts of a diagram again."""


def put(line: Line, target: Segment) -> bool:
    """Put a translation into a line; whether anything changed.

    >>> from lxml import etree
    >>> from tm.formats._office_names import WORD
    >>> from tm.formats._word_runs import lines
    >>> run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    >>> runs = run.format("", "pont ") + run.format("<w:b/>", "noir")
    >>> paragraph = etree.fromstring(f'<w:p xmlns:w="{WORD[0][1:-1]}">{runs}</w:p>')
    >>> put(next(lines(paragraph)), omegat_tags.hidden("ponte <t0/>preta"))
    True
    >>> [element.text for element in paragraph.iter(f"{WORD[0]}t")]
    ['ponte ', 'preta']
    """
    if _in_order(target) == _in_order(line.segment):
        return False
    places = {
        number: code.position
        for code in reversed(target.codes)
        if (number := omegat_tags.number_of(code)) is not None and number < len(line.pieces) - 1
    }
    stays = _place_fixed(line, target.text, places)
    codes = sorted((position, number) for number, position in places.items())
    numbers = [number for _, number in codes]
    if numbers != sorted(numbers) and not arranged(line, numbers):
        codes = [codes[place] for place in _rising(numbers)]
    texts = _texts(target.text, codes, len(line.pieces))
    for number, text in stays.items():
        texts[number] = text
    before, behind = line.ends
    in_order = [0, *(number + 1 for _, number in codes)]
    in_order = sorted({*in_order, *stays}) if stays else in_order
    last = [number for number in in_order if texts[number] or not number][-1]
    for number, (elements, text) in enumerate(zip(line.pieces, texts, strict=True)):
        lead, tail = before if number == 0 else "", behind if number == last else ""
        _set(elements, f"{lead}{text}{tail}")
        _unbind(elements)
    return True


class Text(Protocol):
    """A text that knows how to take a translation, such as that in an attribute."""

    @property
    def segment(self) -> Segment:
        """The text."""
        ...

    def put(self, target: Segment) -> bool:
        """Put a translation in place of the text; whether anything changed."""
        ...


Fillable: TypeAlias = "Line | Text"
"""What a translation is put into."""

TextsOf: TypeAlias = "Callable[[_Element], Iterable[Fillable]]"
"""Gives the texts in an element, in order."""


class Filled(NamedTuple):
    """What became of a part, or of a file.

    Attributes:
        written: how many fillings were put in.
        waiting: how many texts got none.
        is_changed: whether anything changed.
    """

    written: int
    waiting: int
    is_changed: bool


def fill_parts(
    package: zipfile.ZipFile,
    parts: Iterable[tuple[str, TextsOf]],
    again: TextsOf,
    fillings: Iterable[Filling | None],
    reading: Reading,
) -> tuple[Filled, dict[str, bytes]]:
    """Put fillings into the texts of parts of a package; a run that changes says ``reading.target``.

    Args:
        package: the file.
        parts: those with text in order, each with what gives the texts in an element of it.
        again: gives the texts in an element of a diagram's drawing, which shows those of the diagram again.
        fillings: one for each text of all parts.
        reading: for errors.

    Returns:
        What became of the file, and the parts that changed.
    """
    supply = iter(fillings)
    targets: dict[str, Segment] = {}
    written = waiting = 0
    changed: dict[str, bytes] = {}
    for path, texts_of in parts:
        root = _package.part(package, path, reading)
        if root is not None:
            filled = put_all(root, texts_of, supply, reading.target, targets)
            written += filled.written
            waiting += filled.waiting
            changed |= {path: _package.xml(root)} if filled.is_changed else {}
    drawings = sorted(filter(_DRAWING_OF_DIAGRAM.fullmatch, package.NameToInfo)) if targets else ()
    for path in drawings:
        root = _package.part(package, path, reading)
        if root is not None and _repeat(again(root), targets, reading.target):
            changed[path] = _package.xml(root)
    return Filled(written, waiting, bool(changed)), changed


def put_all(
    root: _Element,
    texts_of: TextsOf,
    fillings: Iterator[Filling | None],
    language: str = "",
    targets: dict[str, Segment] | None = None,
) -> Filled:
    """Put fillings into all texts of a part, and into those that it repeats for old programs.

    Args:
        root: the part.
        texts_of: gives the texts in an element, in order.
        fillings: one for each text; as many are taken as there are texts.
        language: what the runs that change say they are in; "" = what they said before.
        targets: takes what was put in, by the text that it is for.
    """
    repeated = [(list(texts_of(choice)), list(texts_of(again))) for choice, again in fallbacks(root)]
    before = [{omegat_tags.shown(line.segment) for line in lines} for lines, _ in repeated]
    every = [(line, next(fillings, None)) for line in texts_of(root)]
    given = [(line, filling) for line, filling in every if filling]
    here = {omegat_tags.shown(line.segment): filling.target for line, filling in given}
    changes = [_put(line, filling.target, language) for line, filling in given]
    for texts, (_, lines) in zip(before, repeated, strict=True):
        of_these = {text: target for text, target in here.items() if text in texts}
        changes.append(_repeat(lines, of_these, language))
    if targets is not None:
        targets |= here
    return Filled(len(given), len(every) - len(given), any(changes))


def _repeat(lines: Iterable[Fillable], targets: Mapping[str, Segment], language: str) -> bool:
    """Put into texts that stand there again what their first ones became; whether anything changed."""
    known = [(line, targets.get(omegat_tags.shown(line.segment))) for line in lines]
    changes = [_put(line, target, language) for line, target in known if target]
    return any(changes)


def _put(line: Fillable, target: Segment, language: str) -> bool:
    if not isinstance(line, Line):
        return line.put(target)
    is_changed = put(line, target)
    if is_changed and language:
        for run in _runs(line):
            set_language(run, language)
    return is_changed


def _runs(line: Line) -> Iterator[_Element]:
    """What holds the texts of a line that are not empty."""
    for element in itertools.chain.from_iterable(line.pieces):
        if element.text and (run := element.getparent()) is not None:
            yield run


def _in_order(segment: Segment) -> tuple[str, list[tuple[int, int | None]]]:
    return segment.text, [(code.position, omegat_tags.number_of(code)) for code in segment.codes]


def _place_fixed(line: Line, text: str, places: dict[int, int]) -> dict[int, str]:
    """Find results of fields and formulas in a translation that has not their codes.

    Args:
        line: the line.
        text: the translation.
        places: where each code stands in it, by its number; takes those of what was found.

    Returns:
        By their numbers the pieces that were not found, which stay as they are: their texts.
    """
    codes = {omegat_tags.number_of(code): code.position for code in line.segment.codes}
    count = len(line.pieces)
    bounds = [0, *(codes.get(number, 0) for number in range(count - 1)), len(line.segment.text)]
    stays: dict[int, str] = {}
    position = 0
    for first, last in _rows(line.fixed):
        if all(code in places for code in (first - 1, last) if 0 <= code < count - 1):
            continue
        start, end = bounds[first], bounds[last + 1]
        result = line.segment.text[start:end].strip()
        start = line.segment.text.index(result, start)
        found = re.search(rf"(?<!\w){re.escape(result)}(?!\w)", text[position:])
        if found:
            moved = position + found.start() - start
            start, position = position + found.start(), position + found.end()
            inner = [bounds[number + 1] + moved for number in range(first, last)]
            after = zip(range(first - 1, last + 1), (start, *inner, position), strict=True)
            places.update((number, at) for number, at in after if 0 <= number < count - 1)
        elif not places.keys() & {first - 1, last}:
            lead = " " if line.segment.text[:start].endswith(" ") else ""
            stays |= {
                number: line.segment.text[bounds[number] : bounds[number + 1]]
                for number in range(first, last + 1)
            }
            stays[first] = lead + stays[first]
            places |= {} if first or last == count - 1 else {last: 0}
    return stays


def _rows(numbers: Collection[int]) -> list[tuple[int, int]]:
    """The first and the last of each row of numbers that follow one another.

    >>> _rows({1, 2, 5})
    [(1, 2), (5, 5)]
    """
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    return list(zip(firsts, lasts, strict=True))


def _texts(text: str, codes: Sequence[tuple[int, int]], count: int) -> list[str]:
    """The text for each of the pieces of a line; "" for a piece whose code the translation has not.

    Args:
        text: the translation.
        codes: where each code stands in it, in order, and its number.
        count: of the pieces.
    """
    texts = [""] * count
    piece, start = 0, 0
    for position, number in codes:
        texts[piece] += text[start:position]
        piece, start = number + 1, position
    texts[piece] += text[start:]
    return texts


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest sequence in which each number is greater than the one before (Schensted 1961).

    >>> _rising([2, 0, 1, 1])
    [1, 3]
    """
    least: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(least, number)
        before.append(ends[at - 1] if at else -1)
        least[at : at + 1] = [number]
        ends[at : at + 1] = [place]
    chain: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def _unbind(elements: Sequence[_Element]) -> None:
    """Part content controls around these elements from the data that Word would put over the translation.

    >>> from lxml import etree
    >>> control = etree.fromstring("<sdt><sdtPr><dataBinding/></sdtPr><sdtContent><t/></sdtContent></sdt>")
    >>> _unbind(list(control.iter("t")))
    >>> etree.tostring(control).decode()
    '<sdt><sdtPr/><sdtContent><t/></sdtContent></sdt>'
    """
    for element in elements[:1]:
        for control in element.iterancestors("{*}sdt"):
            for properties in control.iterchildren("{*}sdtPr"):
                for binding in properties.findall("{*}dataBinding"):
                    properties.remove(binding)


def _set(elements: Sequence[_Element], text: str) -> None:
    """Write a text into the first of these elements, made one of text; the others go or become empty."""
    first = next((each for each in elements if name(each) == "t"), elements[0])
    if name(first) != "t":
        first.tag = str(first.tag).replace("noBreakHyphen", "t")
    for element in elements:
        parent = element.getparent()
        if name(element) == "t":
            del element[:]  # comments
            element.text = text if element is first else ""
        elif parent is not None:
            parent.remove(element)
    if (text != text.strip() or "  " in text) and not str(first.tag).startswith(_DRAWING):
        first.set(SPACE, "preserve")
