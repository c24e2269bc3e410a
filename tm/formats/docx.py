"""Word documents (Office Open XML, ECMA-376): paragraphs in reading order, with their inline codes.

In: a file's bytes. Out: a document: its paragraphs, then foot- and endnotes, comments, headers and footers, the
texts of charts, diagrams and building blocks, at last what the file says of itself.

1. ``_parts`` finds the XML parts with text by what the document refers to; ``_kinds_of_styles`` reads the
   kind of text of each style.
2. ``_blocks`` walks through the paragraphs of a part; ``_word_runs.lines`` gives the lines of one, ``_kind``
   its kind.

A heading has an outline level, or a style whose name says it (in English, in every language's Word); a list
item has a numbering. Left out are deletions under change tracking, hidden text and field codes.

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as package:
...     paragraph = "<w:p><w:r><w:t>Le pont</w:t><w:br/><w:t>tient.</w:t></w:r></w:p>"
...     space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
...     content = f'<w:document xmlns:w="{space}"><w:body>{paragraph}</w:body></w:document>'
...     package.writestr("word/document.xml", content)
>>> [block.text for block in read(iter([file.getvalue()]), Reading("a.docx")).paragraphs]
['Le pont', 'tient.']
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _package, _word_filling
from tm.formats._drawings import descriptions, labels, properties
from tm.formats._format import Format
from tm.formats._office_language import set_default_language
from tm.formats._office_names import attribute, name
from tm.formats._word_runs import SKIPPED, is_mark_deleted, lines
from tm.formats.filling import for_xml
from tm.formats.notices import notice

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from tm.document import BlockKind
    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._word_filling import Fillable


_DOCUMENT = "word/document.xml"
"""Where the text is unless the package says that it is elsewhere."""
_STYLES = "word/styles.xml"
_PARTS: dict[str, BlockKind] = {
    "footnotes": "note",
    "endnotes": "note",
    "comments": "note",
    "header": "header",
    "footer": "footer",
    "chart": "text",
    "diagramData": "text",
    "glossaryDocument": "text",
}
"""The kinds of parts with text beside the document, in their order, and what it is there."""
_USUAL = re.compile(r"word/(footnotes|endnotes|comments|header|footer)\d*\.xml")

_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"(?:heading|title|subtitle)\b.*", re.IGNORECASE)


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the paragraphs; a line break or a tab in one ends it.

    The number of a paragraph in the file stands for its line.
    """
    package = _package.opened(chunks, reading)
    kinds = _kinds_of_styles(_package.part(package, _STYLES, reading))
    blocks = [
        block
        for path, kind in _parts(package, reading)
        if (root := _package.part(package, path, reading)) is not None
        for block in _blocks(root, kinds, kind)
    ]
    document = _document(package, reading)
    held = sum(kind == "aFChunk" for kind, _ in _package.related(package, document, reading).values())
    notice(
        "{path}: left out {documents} held in it; save it anew with Word", path=reading.path, documents=held
    )
    paragraphs = tuple(
        Paragraph(line.segment.text, number, kind, line.segment.codes)
        for number, (kind, of_block) in enumerate(blocks, 1)
        for line in of_block
    )
    if not paragraphs:
        raise reading.error("there is no text in the document")
    return Document(reading.path, paragraphs)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the document again with the fillings; see ``tm.formats.fill``.

    There is one filling for each line of a paragraph, in the order of ``read``. Parts in which nothing is
    filled stay as they are, byte for byte. What is filled says the language of the translation, and so do the
    styles where all is filled.
    """
    package = _package.opened(chunks, reading)
    parts = ((path, partial(_lines, kind=kind)) for path, kind in _parts(package, reading))
    again = partial(_lines, kind="text")
    filled, changed = _word_filling.fill_parts(package, parts, again, fillings, reading)
    if reading.target and filled.is_changed and not filled.waiting:
        styles = _package.part(package, _STYLES, reading)
        if styles is not None and set_default_language(styles, reading.target):
            changed[_STYLES] = _package.xml(styles)
    _package.rewrite(package, changed, stream, reading)
    return filled.written


def _lines(element: _Element, kind: BlockKind) -> Iterator[Fillable]:
    """All texts in an element, in the order of ``read``."""
    return (line for _, of_block in _blocks(element, {}, kind) for line in of_block)


def _document(package: zipfile.ZipFile, reading: Reading) -> str:
    """The part that is the document.

    Raises:
        FormatError: there is none in the package.
    """
    of_package = _package.related(package, "", reading).values()
    path = next((path for kind, path in of_package if kind == "officeDocument"), _DOCUMENT)
    if path not in package.NameToInfo:
        raise reading.error(f"no {path} in it; a Word document has one")
    return path


def _parts(package: zipfile.ZipFile, reading: Reading) -> Iterator[tuple[str, BlockKind]]:
    """The parts with text: the document, then those that it refers to or that are called as Word calls them."""
    document = _document(package, reading)
    yield document, "text"
    belonging = [*_package.related(package, document, reading).values()]
    belonging += [(match[1], path) for path in package.NameToInfo if (match := _USUAL.fullmatch(path))]
    for kind_of_part, kind in _PARTS.items():
        paths = {path for of, path in belonging if of == kind_of_part}
        yield from ((path, kind) for path in sorted(paths, key=_number))
    yield from ((path, "text") for path in _package.properties(package, reading))


def _number(path: str) -> tuple[int, str]:
    """What the parts of one kind are sorted by.

    >>> sorted(["word/header10.xml", "word/header9.xml", "word/header.xml"], key=_number)
    ['word/header.xml', 'word/header9.xml', 'word/header10.xml']
    """
    digits = _DIGITS.findall(path)
    return int(digits[-1]) if digits else 0, path


def _blocks(
    element: _Element, kinds: dict[str, BlockKind], kind: BlockKind = "text"
) -> Iterator[tuple[BlockKind, list[Fillable]]]:
    """The kind and lines of the paragraphs in an element, descriptions of pictures and tables among them.

    A text box comes after its paragraph.
    """
    joined: list[_Element] = []
    for child in element:
        tag = name(child)
        if tag == "tblPr" or (tag == "sdtPr" and next(child.iterancestors("{*}p"), None) is None):
            yield kind, list(descriptions(child))
        if tag in SKIPPED or attribute(child, "type") in ("separator", "continuationSeparator"):
            continue
        if tag == "p":
            joined.append(child)
            following = child.getnext()
            if is_mark_deleted(child) and following is not None and name(following) == "p":
                continue
            described = [text for each in joined for part in each for text in descriptions(part)]
            yield _kind(child, kinds, kind), [*lines(*joined), *described]
            yield from (block for each in joined[:-1] for block in _blocks(each, kinds, kind))
            joined.clear()
        if tag == "strCache":
            yield kind, list(labels(child))
        if about := list(properties(child)):
            yield kind, list(about)
        yield from _blocks(child, kinds, "cell" if tag == "tc" and kind == "text" else kind)


def _kind(paragraph: _Element, kinds: dict[str, BlockKind], around: BlockKind) -> BlockKind:
    """The kind of a paragraph: where it stands, else what its own properties say, else its style."""
    if around != "text":
        return around
    properties = next((child for child in paragraph if name(child) == "pPr"), None)
    if properties is None:
        return around
    style = next((attribute(child, "val") for child in properties if name(child) == "pStyle"), "")
    return _kind_of(properties) or kinds.get(style, around)


def _kind_of(properties: _Element) -> BlockKind | None:
    """The kind that the properties of a paragraph say.

    Numbering 0 takes the numbering of the style away; outline level 9 is running text.
    """
    for child in properties:
        if name(child) == "outlineLvl" and attribute(child, "val") in tuple("012345678"):
            return "heading"
    for child in properties:
        if name(child) == "numPr":
            numbers = [attribute(element, "val") for element in child if name(element) == "numId"]
            return "text" if numbers == ["0"] else "item"
    return None


def _kinds_of_styles(styles: _Element | None) -> dict[str, BlockKind]:
    """The kind of text of each style, by its id; a style inherits that of the one it is based on."""
    kinds: dict[str, BlockKind] = {}
    based: dict[str, str] = {}
    for style in styles if styles is not None else ():
        children = {name(child): child for child in style}
        id_ = attribute(style, "styleId")
        if "name" in children and _HEADING.fullmatch(attribute(children["name"], "val")):
            kinds[id_] = "heading"
        elif "pPr" in children and (kind := _kind_of(children["pPr"])):
            kinds[id_] = kind
        elif "basedOn" in children:
            based[id_] = attribute(children["basedOn"], "val")
    for id_ in based:
        ancestry = [id_]  # it ends before a style that is in it already
        while (parent := based.get(ancestry[-1])) and parent not in ancestry:
            ancestry.append(parent)
        if ancestry[-1] in kinds:
            kinds[id_] = kinds[ancestry[-1]]
    return kinds


DOCX = Format(
    "docx",
    (".docx", ".docm", ".dotx", ".dotm"),
    "Word document, its blocks of text",
    read_document=read,
    fill=for_xml(fill),
)
