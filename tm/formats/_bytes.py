"""Files as bytes and as text: unpacked, decoded, written.

In: a stream. Out: its bytes or its text. ``chunks`` gives the bytes in pieces, unpacked (``packing``).
``text_pieces`` gives their text, piece by piece (``decoded``), ``TextFile`` all of it, to be written again with changes;
``_encodings`` finds the encoding. ``writing`` opens a file to be written, ``encoded`` gives the bytes of texts.

>>> import gzip, io
>>> from tm.formats._format import Reading
>>> reading = Reading("a.txt.gz")
>>> file = TextFile.read(chunks(io.BytesIO(gzip.compress("pão".encode("utf-16"))), reading), reading)
>>> file.text, file.encoding
('pão', 'utf-16-le')
"""

from __future__ import annotations

import codecs
import contextlib
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tm import files
from tm.formats import packing
from tm.formats._encodings import text_encoding
from tm.formats.notices import notice
from tm.progress import unwatched

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._format import Chunks, Reading
    from tm.progress import Progress

_SAMPLE = 1 << 20
"""The bytes from which the encoding of a text is found that is read in pieces."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line of a text with its end, whatever ends it."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")

FEW = 16
"""Pieces of a file that are read before anybody would look at a bar: four megabytes."""


def chunks(stream: BinaryIO, reading: Reading, progress: Progress = unwatched) -> Chunks:
    """The bytes of a stream in pieces; unpacked when they are packed, whatever the file's name.

    Args:
        stream: of a file, or another.
        reading: of it.
        progress: takes the pieces of a file that is not small as they are read, and their number.

    Raises:
        FormatError: packed data are damaged, or expand beyond all reason.
    """
    pieces = iter(lambda: stream.read(packing.CHUNK), b"")
    if progress is not unwatched:
        count = -(-files.size_of(stream) // packing.CHUNK)
        pieces = iter(progress(pieces, count)) if count > FEW else pieces
    first = next(pieces, b"")
    return packing.unpacked(first, _chain(first, pieces), reading)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


@contextlib.contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file to be written, as ``tm.files.writing``; a name in ``.gz``, ``.bz2``, ``.xz`` or ``.zst`` has it packed.

    The same input always gives the same bytes.
    """
    with files.writing(path) as stream, packing.packing(path, stream) as packed:
        yield packed


def decoded(pieces: Iterator[bytes], encoding: str, reading: Reading) -> Iterator[str]:
    r"""The text of the bytes, piece by piece.

    Raises:
        FormatError: the encoding does not have these bytes; names their place.

    >>> from tm.formats._format import Reading
    >>> list(decoded(iter([b"p\xc3", b"\xa3o"]), "utf-8", Reading("a.txt")))
    ['p', 'ão']
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line, column = 1, 1
    for piece in itertools.chain(pieces, [b""]):
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "ignore")
            raise reading.error(
                f"byte 0x{error.object[error.start]:02X} is not {encoding}; say the right one with --encoding NAME",
                *_behind(before, line, column),
            ) from error
        line, column = _behind(text, line, column)
        if text:
            yield text


def _behind(text: str, line: int, column: int) -> tuple[int, int]:
    r"""The line and column behind a text that begins at this line and column.

    >>> _behind("un\ndeux", 3, 8)
    (4, 5)
    """
    lines = text.count("\n")
    return line + lines, len(text) - text.rfind("\n") if lines else column + len(text)


def encoded(texts: Iterable[str], path: str) -> Iterator[bytes]:
    r"""Texts in UTF-8; characters that no text file can hold become U+FFFD, and their number is logged.

    These are halves of characters (lone surrogates, which JSON can hold), and U+0000, which makes a file
    binary.

    >>> list(encoded(["a\0b"], "a.txt"))
    [b'a\xef\xbf\xbdb']
    """
    replaced = 0
    for text in texts:
        try:
            data = text.encode()
        except UnicodeEncodeError:
            data = b"\0"
        if b"\0" in data:
            changed, count = _NO_TEXT.subn("\ufffd", text)
            replaced += count
            data = changed.encode()
        yield data
    notice("{path}: {characters} that no text can hold became U+FFFD", path=path, characters=replaced)


def at_least(size: int, pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first ``size`` bytes or more, as far as there are so many, and the rest.

    >>> start, rest = at_least(3, iter([b"ab", b"cd", b"ef"]))
    >>> start, list(rest)
    (b'abcd', [b'ef'])
    """
    start = b""
    while len(start) < size and (piece := next(pieces, b"")):
        start += piece
    return start, pieces


def text_pieces(pieces: Iterator[bytes], reading: Reading) -> Iterator[str]:
    """The text of a file in pieces; its encoding is found from the first megabyte."""
    start, rest = at_least(_SAMPLE, pieces)
    encoding, mark = text_encoding(start, reading, whole=len(start) < _SAMPLE)
    return decoded(filter(None, itertools.chain([start[mark:]], rest)), encoding, reading)


def in_encoding(text: str, encoding: str, mark: bytes = b"", errors: str = "strict") -> bytes:
    r"""The bytes of a text in its file's own encoding; in UTF-8 where that lacks one of its characters.

    Args:
        text: the text of the file.
        encoding: its encoding.
        mark: its byte order mark, which UTF-8 in the place of another encoding does without.
        errors: what becomes of a character that the encoding lacks, as in ``str.encode``.

    >>> in_encoding("ação", "latin-1"), in_encoding("œuf", "latin-1")
    (b'a\xe7\xe3o', b'\xc5\x93uf')
    """
    try:
        return mark + text.encode(encoding, errors)
    except UnicodeEncodeError:
        return b"".join(encoded([text], ""))


@dataclass(frozen=True, slots=True)
class TextFile:
    """All the text of a file, to be written again with changes.

    Attributes:
        text: without a byte order mark.
        encoding: what it was decoded from.
        mark: the byte order mark, b"" without one.
        data: its bytes; an encoding may have several for one text.

    >>> from tm.formats._format import Reading
    >>> file = TextFile.read(iter(["pão".encode("latin-1")]), Reading("a.txt", encoding="latin-1"))
    >>> file.text, file.encoded(file.text)
    ('pão', b'p\xe3o')
    """

    text: str
    encoding: str
    mark: bytes
    data: bytes

    @classmethod
    def read(
        cls,
        chunks: Chunks,
        reading: Reading,
        find_encoding: Callable[[bytes, Reading], tuple[str, int]] = text_encoding,
    ) -> TextFile:
        """The file in these bytes.

        Args:
            chunks: the bytes.
            reading: of the file.
            find_encoding: gives its encoding and the length of its byte order mark.

        Raises:
            FormatError: its encoding is not the one that was given, or it has a line beyond bounds.
        """
        data = b"".join(files.short_lines(chunks, reading.path))
        encoding, mark = find_encoding(data, reading)
        text = "".join(decoded(filter(None, iter([data[mark:]])), encoding, reading))
        return cls(text, encoding, data[:mark], data)

    def encoded(self, text: str, errors: str = "strict") -> bytes:
        """The bytes of another text for this file, see ``in_encoding``; those of the file for the same text."""
        return self.data if text == self.text else in_encoding(text, self.encoding, self.mark, errors)
