"""The strings of software in files of one language: each text has a key, the same in the file of each language.

In: a file's bytes and a ``Scan``, which finds the texts of its format. Out: a unit for each text, with the key
as its identifier; or the file with translations in the place of its texts, every other character as it was.

1. ``reader`` and ``filler`` make a format's functions from its ``Scan`` and its ``Writer``.
2. ``_language`` finds the language: the file's path, what it says, what the caller asks for, its texts.
3. ``_further`` makes the plural forms that the target language has and the file has not (``Forms``).

Files of two languages become units with two texts in ``tm.work.pivot``.

>>> from tm.formats._format import Reading
>>> def scan(text, reading):
...     return Scanned([Entry("menu", Segment(text[5:]), 5, len(text), 1)])
>>> (unit,) = reader(scan)(iter([b"menu=Ouvrir"]), Reading("fr/app.strings"))
>>> unit.variants[0].language, unit.variants[0].segment.text, unit.property(IDENTIFIER)
('fr', 'Ouvrir', 'menu')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TypeAlias

from tm.formats import _bytes, _xml, locales
from tm.formats._encodings import text_encoding
from tm.formats.demands import IDENTIFIER
from tm.formats.filling import fitted, for_xml
from tm.language import plural_categories
from tm.model import Annotation, Place, Segment, Unit, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats.filling import Fill


_SAMPLE = 200
"""The texts from which the language is found."""


class Forms(NamedTuple):
    """The plural forms beside the one for all other numbers, before which further ones are written.

    Attributes:
        quantities: the names of those that the file has.
        at: the offset where further ones are written.
        before: what stands before the name of one there,
        between: between name and text,
        after: and behind the text.
    """

    quantities: frozenset[str]
    at: int
    before: str
    between: str
    after: str


class Entry(NamedTuple):
    """A text of a file.

    Attributes:
        key: what the program finds it by.
        segment: the text, with markup as codes; a code's attribute ``id`` is its place among ``elements``.
        start: the offset where it is written.
        end: the one behind it.
        line: 1-based.
        note: what is said to translators.
        elements: what a format knows of its codes and placeholders.
        forms: the other forms of the plural whose last one it is.
    """

    key: str
    segment: Segment
    start: int
    end: int
    line: int
    note: str = ""
    elements: Sequence[Any] = ()
    forms: Forms | None = None


class Scanned(NamedTuple):
    """The texts of a file, and the language that it says it is in; "" for none."""

    entries: list[Entry]
    language: str = ""


Scan: TypeAlias = "Callable[[str, Reading], Scanned]"
"""Finds the texts in a file given as text; raises a FormatError when it is no such file."""
Write: TypeAlias = "Callable[[Segment, Entry], str]"
"""A translation as it is written in the place of an entry."""
Writer: TypeAlias = "Callable[[str], Write]"
"""Looks once at a file given as text, and gives what writes translations in it."""


def reader(scan: Scan, *, is_xml: bool = False) -> Callable[[Chunks, Reading], Iterator[Unit]]:
    """What reads the units of a format."""

    def read(chunks: Chunks, reading: Reading) -> Iterator[Unit]:
        text = _file(chunks, reading, is_xml=is_xml).text
        scanned = scan(text, reading)
        language = _language(scanned, reading)
        reading.account.declare(language.replace("und", ""))
        for entry in scanned.entries:
            notes = [Annotation("note", entry.note)] if entry.note else []
            yield Unit(
                (Variant(language, entry.segment),),
                (),
                (*notes, Annotation("prop", entry.key, IDENTIFIER)),
                Place(reading.path, entry.line, 0, entry.key),
            )

    return read


def filler(scan: Scan, writer: Writer, *, is_xml: bool = False) -> Fill:
    """What puts translations in the place of the texts of a format."""

    def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
        file = _file(chunks, reading, is_xml=is_xml)
        text, write = file.text, writer(file.text)
        supply, pieces, last, count = iter(fillings), list[str](), 0, 0
        for entry in scan(text, replace(reading, problems=None)).entries:
            filling = next(supply, None)
            if filling is None or filling.target == entry.segment:
                continue
            written = write(fitted(filling.target, entry.segment), entry)
            if entry.forms:
                pieces += [text[last : entry.forms.at], *_further(entry.forms, written, reading.target)]
                last = entry.forms.at
            pieces += [text[last : entry.start], written]
            last = entry.end
            count += 1
        stream.write(
            file.encoded("".join([*pieces, text[last:]]), "xmlcharrefreplace" if is_xml else "strict")
        )
        return count

    return for_xml(fill) if is_xml else fill


def _further(forms: Forms, written: str, language: str) -> list[str]:
    """The forms that the target language has and the file has not, with the text of the one for all other numbers.

    >>> _further(Forms(frozenset(("one", "other")), 0, "[", "] ", ", "), "dias", "pt")
    ['[many] dias, ']
    """
    if not language or "other" not in forms.quantities:
        return []
    missing = [name for name in plural_categories.categories(language) if name not in forms.quantities]
    return [f"{forms.before}{name}{forms.between}{written}{forms.after}" for name in missing]


def _file(chunks: Chunks, reading: Reading, *, is_xml: bool) -> _bytes.TextFile:
    """The file; one in XML may declare its encoding."""
    file = _bytes.TextFile.read(chunks, reading, _xml.text_encoding if is_xml else text_encoding)
    if not file.text.strip():
        raise reading.error("the file is empty; strings were expected", 1, 1)
    return file


def _language(scanned: Scanned, reading: Reading) -> str:
    from tm.language import detect

    said = locales.of_path(reading.path)[0] or scanned.language or reading.source
    if said:
        return said
    return detect("\n".join(entry.segment.text for entry in scanned.entries[:_SAMPLE])).language or "und"


def xml_root(text: str, reading: Reading, tag: str, expected: str) -> Any:  # noqa: ANN401 - lxml is loaded late
    """The root of a file in XML, as lxml has it.

    Args:
        text: the file.
        reading: of it.
        tag: the root's.
        expected: what the root is, for an error.

    Raises:
        FormatError: the file is not well-formed, or has another root.

    >>> from tm.formats._format import Reading
    >>> len(xml_root("<plist><dict/></plist>", Reading("a.stringsdict"), "plist", "<plist>"))
    1
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        what = " ".join(error.msg.split()).split(", line ")[0]  # the place stands before the message
        raise reading.error(f"not well-formed: {what}", line, column) from error
    if root.tag != tag:
        raise reading.error(f"the root is <{root.tag!s}>; {expected} was expected", 1)
    return root


def whole(text: str) -> str:
    r"""The text with characters in the place of their halves, which escapes give one by one.

    >>> whole("\ud83d\ude00"), whole("\ud83d")
    ('😀', '\ufffd')
    """
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def blank_before(text: str, offset: int) -> str:
    r"""The white space before an offset.

    >>> blank_before("one\n  two", 6)
    '\n  '
    """
    start = offset
    while start and text[start - 1].isspace():
        start -= 1
    return text[start:offset]


def line_finder(text: str) -> Callable[[int], int]:
    r"""What gives the 1-based line of an offset.

    >>> line_of = line_finder("a\nb")
    >>> line_of(1), line_of(2)
    (1, 2)
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda offset: bisect_left(ends, offset) + 1
