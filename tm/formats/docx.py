"""Word documents (Office Open XML, ECMA-376): paragraphs in reading order, without their markup.

In: a file's bytes. Out: a document: its paragraphs, then the foot- and endnotes.

1. ``_package.part`` gives the XML parts; ``_kinds_of_styles`` reads the kind of text of each style.
2. ``_blocks`` walks through the paragraphs; ``_texts`` gives the text of one, ``_kind`` its kind.

A heading has an outline level, or a style whose name says it (in English, in every language's Word); a list
item has a numbering. Left out are deletions under change tracking, hidden text, field codes, headers and
footers.

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as package:
...     paragraph = "<w:p><w:r><w:t>Le pont</w:t><w:br/><w:t>tient.</w:t></w:r></w:p>"
...     content = f'<w:document xmlns:w="{_WORD[0][1:-1]}"><w:body>{paragraph}</w:body></w:document>'
...     package.writestr("word/document.xml", content)
>>> [block.text for block in read(iter([file.getvalue()]), Reading("a.docx")).paragraphs]
['Le pont', 'tient.']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from tm.formats import _package
from tm.formats._format import Format
from tm.model import Document, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from tm.formats._format import Chunks, Reading

Kind = Literal["text", "heading", "item", "cell"]

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
"""The namespaces of the transitional and of the strict standard."""
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "instrText"))
"""``Fallback`` repeats the text of a text box for old programs."""
_SPACES = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011"}
_HEADING = re.compile(r"(?:heading|title|subtitle)\b.*", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the paragraphs; a line break in one ends it.

    The number of a paragraph in the file stands for its line.
    """
    package = _package.opened(chunks, reading)
    document = _package.part(package, "word/document.xml", reading)
    if document is None:
        raise reading.error("no word/document.xml in it; a Word document has one")
    kinds = _kinds_of_styles(_package.part(package, "word/styles.xml", reading))
    notes = [_package.part(package, f"word/{name}.xml", reading) for name in ("footnotes", "endnotes")]
    blocks = [block for root in (document, *notes) if root is not None for block in _blocks(root, kinds)]
    paragraphs = tuple(
        Paragraph(text, number, kind)
        for number, (kind, lines) in enumerate(blocks, 1)
        for line in lines.split("\n")
        if (text := _SPACE.sub(" ", line).strip())
    )
    if not paragraphs:
        raise reading.error("there is no text in the document")
    return Document(reading.path, paragraphs)


def _name(element: _Element) -> str:
    """The local name; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(element: _Element, kinds: dict[str, Kind], kind: Kind = "text") -> Iterator[tuple[Kind, str]]:
    """The kind and text of the paragraphs in an element; a text box comes after its paragraph."""
    for child in element:
        name = _name(child)
        if name in _SKIPPED or _attribute(child, "type") in ("separator", "continuationSeparator"):
            continue
        if name == "p":
            yield _kind(child, kinds, kind), "".join(_texts(child))
        yield from _blocks(child, kinds, "cell" if name == "tc" else kind)


def _texts(element: _Element) -> Iterator[str]:
    """The texts of a paragraph, without those of paragraphs in it."""
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name in _SPACES:
            yield _SPACES[name]
        elif name not in _SKIPPED and name != "p" and not (name == "r" and _is_hidden(child)):
            yield from _texts(child)


def _is_hidden(run: _Element) -> bool:
    return any(
        _name(property_) == "vanish" and _attribute(property_, "val") not in ("0", "false", "off")
        for properties in run
        if _name(properties) == "rPr"
        for property_ in properties
    )


def _kind(paragraph: _Element, kinds: dict[str, Kind], around: Kind) -> Kind:
    """The kind of a paragraph: a cell in a table, else what its own properties say, else its style."""
    if around == "cell":
        return around
    properties = next((child for child in paragraph if _name(child) == "pPr"), None)
    if properties is None:
        return around
    style = next((_attribute(child, "val") for child in properties if _name(child) == "pStyle"), "")
    return _kind_of(properties) or kinds.get(style, around)


def _kind_of(properties: _Element) -> Kind | None:
    """The kind that the properties of a paragraph say.

    Numbering 0 takes the numbering of the style away; outline level 9 is running text.
    """
    for child in properties:
        if _name(child) == "outlineLvl" and _attribute(child, "val") in tuple("012345678"):
            return "heading"
    for child in properties:
        if _name(child) == "numPr":
            numbers = [_attribute(element, "val") for element in child if _name(element) == "numId"]
            return "text" if numbers == ["0"] else "item"
    return None


def _kinds_of_styles(styles: _Element | None) -> dict[str, Kind]:
    """The kind of text of each style, by its id; a style inherits that of the one it is based on."""
    kinds: dict[str, Kind] = {}
    based: dict[str, str] = {}
    for style in styles if styles is not None else ():
        children = {_name(child): child for child in style}
        id_ = _attribute(style, "styleId")
        if "name" in children and _HEADING.fullmatch(_attribute(children["name"], "val")):
            kinds[id_] = "heading"
        elif "pPr" in children and (kind := _kind_of(children["pPr"])):
            kinds[id_] = kind
        elif "basedOn" in children:
            based[id_] = _attribute(children["basedOn"], "val")
    for id_ in based:
        ancestry = [id_]  # it ends before a style that is in it already
        while (parent := based.get(ancestry[-1])) and parent not in ancestry:
            ancestry.append(parent)
        if ancestry[-1] in kinds:
            kinds[id_] = kinds[ancestry[-1]]
    return kinds


def _attribute(element: _Element, name: str) -> str:
    return next((value for space in _WORD if (value := element.get(f"{space}{name}")) is not None), "")


DOCX = Format("docx", (".docx",), "Word document, its blocks of text", read_document=read)
