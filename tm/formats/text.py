r"""Plain text: each line that is not blank is a paragraph.

In: a file's bytes, in whatever encoding ``_encodings`` finds. Out: a document. ``read`` gives its
paragraphs, ``fill`` writes the file again with translations in place of its lines.

>>> from tm.formats.authoring import Reading
>>> document = read(iter([b"Le pont\n\n  Il pleut. \n"]), Reading("day.txt"))
>>> [(paragraph.line, paragraph.text) for paragraph in document.paragraphs]
[(1, 'Le pont'), (3, 'Il pleut.')]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _bytes, notation
from tm.formats._format import Format

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the lines with their numbers, without the white space around them."""
    file = _bytes.TextFile.read(chunks, reading)
    paragraphs = tuple(
        Paragraph(line.strip(), number)
        for number, line in enumerate(_LINE_BREAK.split(file.text), 1)
        if line and not line.isspace()
    )
    if not paragraphs:
        raise reading.error("the file is empty; text was expected", 1, 1)
    return Document(reading.path, paragraphs, file.encoding)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    r"""Write the file again with the fillings; see ``tm.formats.fill``.

    There is one filling for each line that is not blank; the white space around a line stays.

    >>> from io import BytesIO
    >>> from tm.formats.authoring import Filling, Reading
    >>> from tm.model import Segment
    >>> filled = BytesIO()
    >>> fill(iter([b"  Oui.\n\nNon.\n"]), filled, [Filling(Segment("Sim."), 100), None], Reading("day.txt"))
    1
    >>> filled.getvalue()
    b'  Sim.\n\nNon.\n'
    """
    file = _bytes.TextFile.read(chunks, reading)
    supply, lines = iter(fillings), []
    written = 0
    for line in _bytes.LINE.findall(file.text):
        bare = line.strip()
        filling = next(supply, None) if bare else None
        if filling is not None:
            line = line.replace(bare, " ".join(filling.target.text.split()), 1)  # noqa: PLW2901
            written += 1
        lines.append(line)
    stream.write(file.encoded("".join(lines)))
    return written


TEXT = Format(
    "text",
    (".txt",),
    "Plain text, a paragraph a line",
    read_document=read,
    fill=fill,
    notation=lambda _: notation.LINES,
    is_by_line=True,
)
