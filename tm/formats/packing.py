"""Packed files: gzip, bzip2, xz and zstd, told by their first bytes when read, by their names when written.

``unpacked`` gives the bytes of a packed file in pieces, and refuses what expands beyond all reason.
``packing`` opens a file to be written packed. ``unpacked_name`` is a file's name without the packer's ending.

>>> unpacked_name("corpus.tsv.zst"), unpacked_name("corpus.tsv")
('corpus.tsv', 'corpus.tsv')
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import importlib
import lzma
import os
import re
import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from tm.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tm.formats._format import Chunks, Reading

CHUNK = 1 << 18
"""The most bytes of a piece."""
MAX_EXPANSION = 200
"""How many times its packed size a file may expand.

Text expands 3 to 30 times. Only blanks reach the limit of gzip, 1032, and that of xz, 7000.
"""
FREE_EXPANSION = 20_000_000
"""The bytes that a packed file may expand to, however many times its size they are."""

MAX_MEMORY = 100_000_000
"""The bytes of memory that unpacking xz may take; its highest level takes 68 million."""


class _Engine(Protocol):
    """What unpacks one packed file."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack data; at most ``max_length`` bytes come out."""

    @property
    def needs_input(self) -> bool:
        """Whether all data given were unpacked."""

    @property
    def eof(self) -> bool:
        """Whether the end of the packed file was reached."""

    @property
    def unused_data(self) -> bytes:
        """The bytes behind the end of the packed file."""


class _Gzip:
    """The engine of zlib with the methods of the others."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(wbits=31)
        self._left = b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack data; at most ``max_length`` bytes come out."""
        out = self._engine.decompress(self._left + data, max_length)
        self._left = self._engine.unconsumed_tail
        return out

    @property
    def needs_input(self) -> bool:
        """Whether all data given were unpacked."""
        return not self._left

    @property
    def eof(self) -> bool:
        """Whether the end of the packed file was reached."""
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        """The bytes behind the end of the packed file."""
        return self._engine.unused_data


def zstd() -> Any:  # noqa: ANN401 - a module that older Pythons lack
    """Python's module for zstd, or the package that older ones take for it.

    Raises:
        MissingExtraError: there is neither.
    """
    for name in ("compression.zstd", "backports.zstd"):
        with contextlib.suppress(ImportError):
            return importlib.import_module(name)
    raise MissingExtraError("zstd", "zstd")


@dataclass(frozen=True, slots=True)
class _Packer:
    """One way to pack a file.

    Attributes:
        name: of the packer.
        ending: of packed files' names.
        start: what their first bytes are.
        engine: makes what unpacks one.
        faults: what that raises on damaged data.
        opened: opens a stream that packs what it is given into another one, always the same bytes.
    """

    name: str
    ending: str
    start: re.Pattern[bytes]
    engine: Callable[[], _Engine]
    faults: Callable[[], tuple[type[Exception], ...]]
    opened: Callable[[BinaryIO], contextlib.AbstractContextManager[Any]]


_PACKERS = (
    _Packer(
        "gzip",
        ".gz",
        re.compile(rb"\x1f\x8b"),
        _Gzip,
        lambda: (zlib.error,),
        lambda stream: gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0),
    ),
    _Packer(
        "xz",
        ".xz",
        re.compile(rb"\xfd7zXZ\0"),
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=MAX_MEMORY),
        lambda: (lzma.LZMAError,),
        partial(lzma.LZMAFile, mode="wb"),
    ),
    _Packer(
        "bzip2",
        ".bz2",
        re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),  # three letters alone may begin a text
        bz2.BZ2Decompressor,
        lambda: (OSError, ValueError),
        partial(bz2.BZ2File, mode="wb"),
    ),
    _Packer(
        "zstd",
        ".zst",
        re.compile(rb"\x28\xb5\x2f\xfd"),
        lambda: cast("_Engine", zstd().ZstdDecompressor()),
        lambda: (zstd().ZstdError,),
        lambda stream: cast("contextlib.AbstractContextManager[Any]", zstd().ZstdFile(stream, "wb")),
    ),
)
ENDINGS = tuple(packer.ending for packer in _PACKERS)
"""What the names of packed files end in."""


def unpacked_name(path: str | os.PathLike[str]) -> str:
    """A file's name without the packer's ending; the heading has examples."""
    name = os.fspath(path)
    return next((name[: -len(ending)] for ending in ENDINGS if name.lower().endswith(ending)), name)


def unpacked(first: bytes, packed: Iterator[bytes], reading: Reading) -> Chunks:
    """The bytes of a file, unpacked when it is packed, whatever its name.

    Args:
        first: its first bytes.
        packed: all its bytes, these included.
        reading: the file.

    Raises:
        FormatError: packed data are damaged, or expand beyond all reason.
        MissingExtraError: nothing here unpacks it.

    >>> from tm.formats._format import Reading
    >>> data = gzip.compress(b"oui")
    >>> list(unpacked(data, iter([data]), Reading("a.txt")))
    [b'oui']
    """
    packer = next((each for each in _PACKERS if each.start.match(first)), None)
    return _unpacked(packed, reading, packer) if packer else packed


def _unpacked(packed: Iterator[bytes], reading: Reading, packer: _Packer) -> Chunks:
    """The bytes of packed files that follow each other, with zeros between them or not."""
    engine, faults, name = packer.engine(), packer.faults(), packer.name
    taken = given = 0
    for piece in packed:
        taken += len(piece)
        rest = piece
        while True:
            if engine.eof:
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                engine = packer.engine()
            try:
                data = engine.decompress(rest, CHUNK)
            except faults as error:
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
def packing(path: str | os.PathLike[str], stream: BinaryIO) -> Iterator[BinaryIO]:
    """What is written into a stream packed, when the file's name says so: the same bytes for the same input.

    >>> import io
    >>> stream = io.BytesIO()
    >>> with packing("a.txt.gz", stream) as packed:
    ...     _ = packed.write(b"oui")
    >>> gzip.decompress(stream.getvalue())
    b'oui'
    """
    packer = next((each for each in _PACKERS if os.fspath(path).lower().endswith(each.ending)), None)
    with packer.opened(stream) if packer else contextlib.nullcontext(stream) as packed:
        yield cast("BinaryIO", packed)
