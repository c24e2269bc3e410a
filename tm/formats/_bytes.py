"""Files as bytes and as text: unpacks them, finds their encoding, refuses binary ones.

In: a stream. Out: its bytes or its text. ``chunks`` gives the bytes in pieces, unpacked (``packing``).
``text_pieces`` and ``whole_text`` find the encoding (``text_encoding``, ``encoding_by`` where a file declares it) and
give its text (``decoded``). ``TextFile`` is one that is written again with changes.
``writing`` opens a file to be written, ``encoded`` gives the bytes of texts.

>>> import gzip, io
>>> from tm.formats._format import Reading
>>> reading = Reading("a.txt.gz")
>>> whole_text(chunks(io.BytesIO(gzip.compress("pão".encode("utf-16"))), reading), reading)
('pão', 'utf-16-le')
"""

from __future__ import annotations

import codecs
import contextlib
import itertools
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tm import files
from tm.formats import packing
from tm.formats.notices import notice
from tm.progress import unwatched

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._format import Chunks, Reading
    from tm.progress import Progress

_BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]

_SAMPLE = 1 << 20
"""The bytes from which the encoding of a text is found that is read in pieces."""
_HEAD = 4_096
"""The bytes in which a text declares its encoding."""
_CONTROL = bytes((*range(7), *range(0x0E, 0x18)))
_MOST_CONTROL = 8
"""Of these characters a text may have so many in its first 4,096."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line of a text with its end, whatever ends it."""
_NO_TEXT = re.compile("[\0\ud800-\udfff]")

log = logging.getLogger(__name__)


FEW = 16
"""Pieces of a file that are read before anybody would look at a bar: a megabyte."""


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


# ------------------------------------------------------------------------------------------------- encodings


def unicode_signature(start: bytes) -> tuple[str, int]:
    r"""The Unicode encoding that a byte order mark or the zeros of UTF-16 show, and the length of the mark.

    >>> unicode_signature("\ufeffé".encode("utf-16-le")), unicode_signature("<?".encode("utf-16-be"))
    (('utf-16-le', 2), ('utf-16-be', 0))
    >>> unicode_signature(b"abc")
    ('', 0)
    """
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding, len(mark)
    sample = start[:1024]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Western text in UTF-16 has a zero in nearly every second byte, and never two together.
    if len(sample) >= 4 and max(even, odd) > len(sample) * 0.4 / 2 and min(even, odd) == 0:
        return ("utf-16-be" if even else "utf-16-le"), 0
    return "", 0


def text_encoding(data: bytes, reading: Reading, *, whole: bool = True) -> tuple[str, int]:
    r"""The encoding of a text, or unless it is whole of its first part, and the length of its byte order mark.

    The caller decides, then the byte order mark, the zeros of UTF-16; else it is UTF-8 when that fits, else
    windows-1252, with a warning.

    Raises:
        FormatError: these bytes are no text, or the caller's encoding does not exist.

    >>> from tm.formats._format import Reading
    >>> text_encoding("pão".encode(), Reading("a.txt")), text_encoding(b"p\xe3o", Reading("a.txt"))
    (('utf-8', 0), ('windows-1252', 0))
    """
    if reading.encoding:
        return given_encoding(data, reading)
    marked, mark = unicode_signature(data)
    if marked:
        return marked, mark
    start = data[:4096]
    if b"\0" in start or len(start) - len(start.translate(None, _CONTROL)) > _MOST_CONTROL:
        raise reading.error("this is a binary file; text was expected")
    if _is_utf8(data, whole=whole):
        return "utf-8", 0
    log.warning("%s: not UTF-8, read as windows-1252; if that is wrong, say --encoding NAME", reading.path)
    return "windows-1252", 0


_WITHOUT_MARK = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
"""Codecs that take the byte order mark for their own, and what they are once it was taken off."""


def given_encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    r"""The encoding that the caller gives, and the length of the byte order mark, which says the order in UTF-16.

    Raises:
        FormatError: there is no such encoding.

    >>> from tm.formats._format import Reading
    >>> given_encoding(b"\xfe\xff\0a", Reading("a.txt", encoding="utf-16"))
    ('utf-16-be', 2)
    """
    marked, mark = unicode_signature(data)
    given = known_encoding(reading.encoding, reading)
    is_family = given == _WITHOUT_MARK.get(marked.removesuffix("-be"))
    return marked if is_family else given, mark


_NOT_OF_FILES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
"""Python's codecs for names of hosts and for source code: no file of texts is written in them."""


def known_encoding(name: str, reading: Reading) -> str:
    """The canonical name of an encoding.

    Raises:
        FormatError: there is no such encoding.

    >>> from tm.formats._format import Reading
    >>> known_encoding("Latin-1", Reading("a.txt"))
    'iso8859-1'
    """
    try:
        "".encode(name)  # fails for base64, zip and rot13, which are codecs too
        canonical = codecs.lookup(name).name
        if canonical in _NOT_OF_FILES:
            raise LookupError(canonical)
        return _WITHOUT_MARK.get(canonical, canonical)
    except (LookupError, ValueError) as error:
        raise reading.error(
            f"unknown encoding {name!r}; UTF-8 was expected, or a name like windows-1252"
        ) from error


def declared_encoding(name: bytes, data: bytes, reading: Reading) -> str:
    """The encoding of a text that declares this one: UTF-8 where it is that, with a warning.

    No UTF-16, since the declaration could be read byte by byte.

    Raises:
        FormatError: there is no such encoding.

    >>> from tm.formats._format import Reading
    >>> declared_encoding(b"UTF-16", b"pao", Reading("a.po"))
    'utf-8'
    """
    declared = known_encoding(name.decode("ascii"), reading)
    if declared in ("utf-8", "ascii") or declared.startswith(("utf-16", "utf-32")):
        return "utf-8"
    if looks_like_utf8(data):
        log.warning("%s: declares %s but is UTF-8; read as UTF-8", reading.path, declared)
        return "utf-8"
    return declared


def encoding_by(declaration: re.Pattern[bytes], data: bytes, reading: Reading) -> tuple[str, int]:
    r"""The encoding of a text that may declare one, and the length of its byte order mark.

    The caller decides, then the byte order mark, the zeros of UTF-16, the declaration; else it is found as for
    any text.

    Args:
        declaration: finds it at the text's beginning; its first group is the name of the encoding.
        data: the text.
        reading: of it.

    Raises:
        FormatError: there is no such encoding, or these bytes are no text.

    >>> from tm.formats._format import Reading
    >>> encoding_by(re.compile(rb"coding: (\S+)"), b"# coding: latin-1\np\xe3o", Reading("a.txt"))
    ('iso8859-1', 0)
    """
    found = declaration.search(data, 0, _HEAD)
    if found is None or reading.encoding or unicode_signature(data)[0]:
        return text_encoding(data, reading)
    return declared_encoding(found[1], data, reading), 0


def _is_utf8(data: bytes, *, whole: bool = False) -> bool:
    """Whether this is UTF-8; where it is not the whole text, a character may be cut off at its end."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True


def looks_like_utf8(data: bytes) -> bool:
    """Whether the bytes have characters beyond ASCII and are well-formed UTF-8; Latin-1 is so by no chance.

    >>> looks_like_utf8("pão".encode()), looks_like_utf8("pão".encode("latin-1")), looks_like_utf8(b"pao")
    (True, False, False)
    """
    return not data.isascii() and _is_utf8(data)


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


def whole_text(chunks: Chunks, reading: Reading) -> tuple[str, str]:
    """All the text of a file, and the encoding that it was decoded from.

    Raises:
        FormatError: its encoding is not the one that was given, or it has a line beyond bounds.
    """
    file = TextFile.read(chunks, reading)
    return file.text, file.encoding
