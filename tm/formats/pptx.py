"""Slides of PowerPoint (Office Open XML, ECMA-376) as a document, with their inline codes.

In: a file's bytes. Out: a document (``read``): of each slide in order its texts, the descriptions of its
pictures, the texts of its charts and diagrams, its notes and comments; then what a master shows on every slide,
and what the file says of itself; or the file again with translations in place of its texts (``fill``). A slide's
texts have runs as a Word document has (``_word_runs.py``).

>>> import io, zipfile
>>> from tm.formats.authoring import Reading
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as package:
...     texts = "<a:p><a:r><a:t>Le pont</a:t></a:r><a:br/><a:r><a:t>tient.</a:t></a:r></a:p>"
...     space = "http://schemas.openxmlformats.org/drawingml/2006/main"
...     package.writestr("ppt/slides/slide1.xml", f'<p:sld xmlns:p="p" xmlns:a="{space}">{texts}</p:sld>')
>>> [paragraph.text for paragraph in read(iter([file.getvalue()]), Reading("a.pptx")).paragraphs]
['Le pont', 'tient.']
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _package, _word_filling
from tm.formats._drawings import descriptions, labels, properties, remark
from tm.formats._format import Format
from tm.formats._office_names import name
from tm.formats._word_runs import SKIPPED, lines
from tm.formats.filling import for_xml

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from tm.document import BlockKind
    from tm.formats._format import Chunks, Filling, Reading
    from tm.formats._word_filling import Fillable

_PRESENTATION = "ppt/presentation.xml"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_MASTER = re.compile(r"ppt/slide(?:Masters|Layouts)/\w+\.xml")
_BELONGING: dict[str, BlockKind] = {
    "chart": "text",
    "chartEx": "text",
    "diagramData": "text",
    "notesSlide": "note",
    "comments": "note",
}
"""The kinds of parts whose texts are read with a slide, and what these are."""
_KINDS: dict[str, BlockKind] = {
    "title": "heading",
    "ctrTitle": "heading",
    "subTitle": "heading",
    "ftr": "footer",
    "hdr": "header",
}
"""What the text of a placeholder is."""


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the paragraphs; a line break in one ends it. The number of each stands for its line."""
    package = _opened(chunks, reading)
    texts = [
        text
        for path, kind in _parts(package, reading)
        if (root := _package.part(package, path, reading)) is not None
        for text in _texts(root, kind, is_master=bool(_MASTER.fullmatch(path)))
    ]
    paragraphs = tuple(
        Paragraph(text.segment.text, number, kind, text.segment.codes)
        for number, (kind, text) in enumerate(texts, 1)
    )
    if not paragraphs:
        raise reading.error("there is no text on the slides")
    return Document(reading.path, paragraphs)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the slides again with the fillings; see ``tm.formats.fill``.

    There is one filling for each paragraph of ``read``. Parts in which nothing is filled stay byte for byte.
    """
    package = _opened(chunks, reading)
    parts = (
        (path, partial(_fillable, kind=kind, is_master=bool(_MASTER.fullmatch(path))))
        for path, kind in _parts(package, reading)
    )
    again = partial(_fillable, kind="text", is_master=False)
    filled, changed = _word_filling.fill_parts(package, parts, again, fillings, reading)
    _package.rewrite(package, changed, stream, reading)
    return filled.written


def _fillable(element: _Element, *, kind: BlockKind, is_master: bool) -> Iterator[Fillable]:
    return (text for _, text in _texts(element, kind, is_master=is_master))


def _opened(chunks: Chunks, reading: Reading) -> zipfile.ZipFile:
    package = _package.opened(chunks, reading)
    if not any(map(_SLIDE.fullmatch, package.NameToInfo)):
        raise reading.error("no slides in it; a presentation of PowerPoint has some")
    return package


def _parts(package: zipfile.ZipFile, reading: Reading) -> Iterator[tuple[str, BlockKind]]:
    """The parts with texts: slides as they are shown, each with what belongs to it; then masters."""
    numbered = [match for path in package.NameToInfo if (match := _SLIDE.fullmatch(path))]
    by_number = [match[0] for match in sorted(numbered, key=lambda match: int(match[1]))]
    shown = [path for path in _shown(package, reading) if path in by_number]
    taken: set[str] = set()
    for slide in dict.fromkeys((*shown, *by_number)):
        yield slide, "text"
        for kind, path in _package.related(package, slide, reading).values():
            if kind in _BELONGING and path not in taken:
                taken.add(path)
                yield path, _BELONGING[kind]
    masters = sorted(filter(_MASTER.fullmatch, package.NameToInfo))
    yield from ((path, "text") for path in (*masters, *_package.properties(package, reading)))


def _shown(package: zipfile.ZipFile, reading: Reading) -> Iterator[str]:
    """The slides in the order in which they are shown."""
    presentation = _package.part(package, _PRESENTATION, reading)
    related = _package.related(package, _PRESENTATION, reading)
    for slide in presentation.iter("{*}sldId") if presentation is not None else ():
        ids = (value for key, value in slide.attrib.items() if key.endswith("}id"))
        yield from (related[id_][1] for id_ in ids if id_ in related)


def _texts(element: _Element, kind: BlockKind, *, is_master: bool) -> Iterator[tuple[BlockKind, Fillable]]:
    """The texts in an element with their kinds, each picture's description where it stands.

    On a master or a layout a placeholder only says what goes there, and is not shown.
    """
    for child in element:
        tag = name(child)
        if tag in SKIPPED:
            continue
        if tag == "p":
            yield from ((kind, line) for line in lines(child))
        elif tag in ("cNvPr", "docPr"):
            yield from (("text", text) for text in descriptions(child))
        elif tag == "strCache":
            yield from ((kind, text) for text in labels(child))
        elif found := [*properties(child), *remark(child)]:
            yield from ((kind, text) for text in found)
        elif tag == "sp" and is_master and _placeholder(child):
            continue
        else:
            here = _KINDS.get(_placeholder(child), kind) if tag == "sp" else "cell" if tag == "tc" else kind
            yield from _texts(child, "note" if kind == "note" else here, is_master=is_master)


def _placeholder(shape: _Element) -> str:
    """Which placeholder a shape fills: "title", "body" …; "" for none."""
    mark = next((each for each in shape.iter() if name(each) == "ph"), None)
    return "" if mark is None else mark.get("type") or "body"


PPTX = Format(
    "pptx",
    (".pptx", ".potx", ".ppsx", ".pptm", ".potm", ".ppsm"),
    "Slides of PowerPoint, their blocks of text",
    read_document=read,
    fill=for_xml(fill),
)
