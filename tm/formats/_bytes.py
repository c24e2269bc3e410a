"""Files as bytes and as text: gzip and xz seen through, encodings found out, what is no text refused."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import itertools
import logging
import lzma
import os
import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from tm import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tm.formats._format import Chunks, Reading

CHUNK = 1 << 16
MAX_EXPANSION = 200
"""Times the packed size. Text packs 3 to 30 times; gzip's limit, reached by blanks only, is 1032, xz's 7000."""
FREE_EXPANSION = 20_000_000
"""Bytes that may come out of a packed file before its expansion counts."""

MAX_MEMORY = 100_000_000
"""Bytes that unpacking xz may take; its highest level takes 68 million."""

_BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]

_NO_TEXT = re.compile("[\0\ud800-\udfff]")

log = logging.getLogger(__name__)


def chunks(stream: BinaryIO, reading: Reading) -> Chunks:
    """The bytes of a stream in pieces; unpacked when they are gzip's or xz's, whatever the file's name.

    Raises:
        FormatError: packed data that are damaged, or expand beyond all reason.
    """
    pieces = iter(lambda: stream.read(CHUNK), b"")
    first = next(pieces, b"")
    pieces = _chain(first, pieces)
    for start, name, new_engine in _PACKERS:
        if first.startswith(start):
            return _unpacked(pieces, reading, name, new_engine)
    return pieces


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


class _Gzip:
    """zlib's engine with the manners of lzma's."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(wbits=31)
        self._left = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._engine.decompress(self._left + data, max_length)
        self._left = self._engine.unconsumed_tail
        return out

    @property
    def needs_input(self) -> bool:
        return not self._left

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_MEMORY)


_PACKERS: tuple[tuple[bytes, str, Callable[[], _Gzip | lzma.LZMADecompressor]], ...] = (
    (b"\x1f\x8b", "gzip", _Gzip),
    (b"\xfd7zXZ\0", "xz", _xz),
)
"""How packed files begin, what they are called, and what unpacks them."""


def _unpacked(
    packed: Iterator[bytes],
    reading: Reading,
    name: str,
    new_engine: Callable[[], _Gzip | lzma.LZMADecompressor],
) -> Chunks:
    """The bytes of the packed files that follow each other, with zeros between them or not."""
    engine = new_engine()
    taken = given = 0
    for piece in packed:
        taken += len(piece)
        rest = piece
        while True:
            if engine.eof:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                engine = new_engine()
            try:
                data = engine.decompress(rest, CHUNK)
            except (zlib.error, lzma.LZMAError) as error:
                raise reading.error(
                    f"damaged {name} data ({error}) after {given} bytes; unpack it by hand to see more"
                ) from error
            given += len(data)
            if given > max(FREE_EXPANSION, MAX_EXPANSION * taken):
                raise reading.error(
                    f"{name} data that expand more than {MAX_EXPANSION} times; unpack it by hand if it is no attack"
                )
            if data:
                yield data
            rest = engine.unused_data if engine.eof else b""
            if not engine.eof and engine.needs_input:
                break
    if not engine.eof:
        reading.fault(f"the {name} data end early, after {given} unpacked bytes")


@contextlib.contextmanager
def writing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Like ``tm.files.writing``, packed when the name ends in ``.gz`` or ``.xz``; always the same bytes for the same input."""
    with files.writing(path) as stream:
        if os.fspath(path).endswith(".gz"):
            with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
                yield cast("BinaryIO", packed)
        elif os.fspath(path).endswith(".xz"):
            with lzma.LZMAFile(stream, "wb") as packed_small:
                yield cast("BinaryIO", packed_small)
        else:
            yield stream


# ------------------------------------------------------------------------------------------------- encodings


def unicode_signature(start: bytes) -> tuple[str, int]:
    """The Unicode encoding that a byte order mark or the zeros of UTF-16 show, and the length of the mark.

    >>> unicode_signature("﻿é".encode("utf-16-le")), unicode_signature("<?".encode("utf-16-be")), unicode_signature(b"abc")
    (('utf-16-le', 2), ('utf-16-be', 0), ('', 0))
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


def text_encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    """The encoding of a text (or of its first part) and the length of its byte order mark.

    By the caller's word, the byte order mark, the pattern of UTF-16; else UTF-8 when that fits, else
    windows-1252, with a notice.

    Raises:
        FormatError: these bytes are no text, or the caller's encoding does not exist.
    """
    marked, mark = unicode_signature(data)
    if reading.encoding:
        return known_encoding(reading.encoding, reading), mark if marked else 0
    if marked:
        return marked, mark
    control = sum(
        data[:4096].count(byte) for byte in b"\0\1\2\3\4\5\6\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17"
    )
    if b"\0" in data[:4096] or control > 8:
        raise reading.error("this is a binary file; text was expected")
    if _is_utf8(data):
        return "utf-8", 0
    log.warning("%s: not UTF-8, read as windows-1252; if that is wrong, say --encoding NAME", reading.path)
    return "windows-1252", 0


def known_encoding(name: str, reading: Reading) -> str:
    """The encoding's canonical name.

    Raises:
        FormatError: there is no such encoding.
    """
    try:
        "".encode(name)  # refuses base64, zip and rot13, which are codecs too
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise reading.error(
            f"unknown encoding {name!r}; UTF-8 was expected, or a name like windows-1252"
        ) from error


def _is_utf8(data: bytes) -> bool:
    """Whether this is UTF-8; a character cut off at the end is fine."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def looks_like_utf8(data: bytes) -> bool:
    """Whether these bytes have characters beyond ASCII and all of them are well-formed UTF-8, as no text in Latin-1 is by chance."""
    return not data.isascii() and _is_utf8(data)


def decoded(pieces: Iterator[bytes], encoding: str, reading: Reading) -> Iterator[str]:
    """The text of the bytes, piece by piece.

    Raises:
        FormatError: bytes that this encoding does not have; names the line.
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
    """Where one stands after this text."""
    lines = text.count("\n")
    return line + lines, len(text) - text.rfind("\n") if lines else column + len(text)


def encoded(texts: Iterable[str], path: str) -> Iterator[bytes]:
    """Texts in UTF-8. Half a character (a lone surrogate, as JSON can hold) and U+0000, which makes a file binary, become U+FFFD.

    At the end it is said how many did.
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
    if replaced:
        log.warning("%s: %d characters that no text can hold became U+FFFD", path, replaced)


def at_least(size: int, pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first ``size`` bytes or more, so far as there are, and the rest."""
    start = b""
    while len(start) < size and (piece := next(pieces, b"")):
        start += piece
    return start, pieces


def text_pieces(pieces: Iterator[bytes], reading: Reading) -> Iterator[str]:
    """The text of a file in pieces, its encoding found from the first megabyte."""
    start, rest = at_least(1 << 20, pieces)
    encoding, mark = text_encoding(start, reading)
    return decoded(filter(None, itertools.chain([start[mark:]], rest)), encoding, reading)


def whole_text(chunks: Chunks, reading: Reading) -> tuple[str, str]:
    """All the text of a file, and the encoding it was decoded from."""
    data = b"".join(chunks)
    encoding, mark = text_encoding(data, reading)
    return "".join(decoded(filter(None, iter([data[mark:]])), encoding, reading)), encoding
