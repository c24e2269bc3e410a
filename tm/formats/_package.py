"""Office Open XML packages (ECMA-376, part 2): a zip of XML parts, opened within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from tm.formats import _bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

    from tm.formats._format import Chunks, Reading

MAX_PACKED = 200_000_000
"""Bytes of a package; it must be in memory, since a zip is read from its end."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""How the files of Office before 2007 begin, and those with a password."""


def opened(chunks: Chunks, reading: Reading) -> zipfile.ZipFile:
    """The package in these bytes.

    Raises:
        FormatError: it is none, or it would expand beyond all reason.
    """
    data = bytearray()
    for piece in chunks:
        data += piece
        if len(data) > MAX_PACKED:
            raise reading.error(f"a file of more than {MAX_PACKED} bytes")
    if data.startswith(_OLD_OFFICE):
        raise reading.error("a file of an old Office, or one with a password; save it anew without")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise reading.error(f"no Office file: {error}") from error
    expanded = sum(part.file_size for part in package.infolist())  # zipfile reads no more than that of a part
    if expanded > max(_bytes.FREE_EXPANSION, _bytes.MAX_EXPANSION * len(data)):
        raise reading.error(
            f"a zip that expands more than {_bytes.MAX_EXPANSION} times; unpack it by hand if it is no attack"
        )
    return package


def part(package: zipfile.ZipFile, name: str, reading: Reading) -> _Element | None:
    """The root of an XML part; None when the package has no such part.

    Raises:
        FormatError: the part is damaged, or no XML as the standard wants it.
    """
    from lxml import etree

    if name not in package.NameToInfo:
        return None
    try:
        root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise reading.error(f"{name} in it is damaged: {error}") from error
    except etree.XMLSyntaxError as error:
        raise reading.error(f"{name} in it is not well-formed XML: {error.msg}", *error.position) from error
    if root.getroottree().docinfo.doctype:
        raise reading.error(f"{name} in it has a DOCTYPE, which no Office file has")
    return root
