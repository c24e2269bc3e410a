r"""Subtitles (SubRip and WebVTT) as a document: a paragraph for each cue.

In: a file's bytes. Out: a document (``read``), or the file again with translations in place of its texts
(``fill``): numbers, times, notes and styles stay. ``_cues.py`` finds the texts and writes them.

>>> from tm.formats.authoring import Reading
>>> time = b"00:00:01,000 --> 00:00:02,000\n"
>>> cues = b"1\n" + time + b"- Oui.\n- Non.\n\n2\n" + time + b"Le pont\ntient.\n"
>>> [(paragraph.line, paragraph.text) for paragraph in read(iter([cues]), Reading("a.srt")).paragraphs]
[(3, '- Oui.'), (4, '- Non.'), (8, 'Le pont tient.')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tm.document import Document, Paragraph
from tm.formats import _bytes, _inline_filling
from tm.formats._cues import is_webvtt, lines_outside, texts_of, writer
from tm.formats._format import Format
from tm.formats.notices import notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from tm.formats._format import Chunks, Filling, Reading


def read(chunks: Chunks, reading: Reading) -> Document:
    """Read the cues; the lines of one are joined, unless each begins with a dash."""
    file = _bytes.TextFile.read(chunks, reading)
    paragraphs = tuple(
        Paragraph(place.segment.text, line, codes=place.segment.codes) for line, place in texts_of(file.text)
    )
    if not paragraphs:
        raise reading.error("there is no text in the file: no line of times with one behind it", 1, 1)
    if not is_webvtt(file.text):
        notice(
            "{path}: left out {lines} behind a blank line in a cue; take that line out",
            path=reading.path,
            lines=lines_outside(file.text),
        )
    return Document(reading.path, paragraphs, file.encoding)


def fill(chunks: Chunks, stream: BinaryIO, fillings: Iterable[Filling | None], reading: Reading) -> int:
    """Write the file again with the fillings, one for each paragraph of ``read``; see ``tm.formats.fill``."""
    file = _bytes.TextFile.read(chunks, reading)
    places = [place for _, place in texts_of(file.text)]
    filled, written = _inline_filling.put(file.text, places, fillings, writer(file.text))
    stream.write(file.encoded(filled))
    return written


SRT = Format("srt", (".srt",), "SubRip subtitles, a paragraph a cue", read_document=read, fill=fill)
VTT = Format("vtt", (".vtt",), "WebVTT subtitles, a paragraph a cue", read_document=read, fill=fill)
