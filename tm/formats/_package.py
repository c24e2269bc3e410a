"""Packages of Office Open XML (ECMA-376, part 2), OpenDocument and EPUB: zips of XML, opened within limits.

``opened`` opens the package in a file's bytes; ``part`` gives the root of one of its XML parts, ``text_of``
the part as a text; ``rewrite`` writes the package again.

>>> from tm.formats.authoring import Reading
>>> buffer = io.BytesIO()
>>> with zipfile.ZipFile(buffer, "w") as archive:
...     archive.writestr("word/document.xml", "<document/>")
>>> package = opened(iter([buffer.getvalue()]), Reading("letter.docx"))
>>> part(package, "word/document.xml", Reading("letter.docx")).tag
'document'
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from tm.formats import packing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

    from lxml.etree import _Element

    from tm.formats._format import Chunks, Reading

MAX_PACKED = 200_000_000
"""The most bytes of a package; all of it is in memory, since a zip is read from its end."""
_DECLARATION = re.compile(r"(\A\s*<\?xml\s[^>]*encoding\s*=\s*[\"'])(?!utf-8)[^\"']*([\"'])", re.IGNORECASE)
_POSITION = re.compile(r"\s*,?\s*line \d+, column \d+\Z")
"""What lxml adds to its messages."""
_HARMLESS = "DTD_XMLID_VALUE"
"""What lxml says of an id that is no name of XML; such files are opened by all programs."""
_ENCRYPTED = (("META-INF/manifest.xml", b"encryption-data"), ("META-INF/rights.xml", b""))
"""What a part of OpenDocument says where there is a password, and the part of a book that is copy-protected."""
_IS_ENCRYPTED = 1
"""The flag of a member of a zip with a password."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""The first bytes of files of Office before 2007, and of files with a password."""


def opened(chunks: Chunks, reading: Reading) -> zipfile.ZipFile:
    """The package in these bytes.

    Raises:
        FormatError: there is no package, or it would expand beyond all reason.
    """
    data = all_bytes(chunks, reading)
    if data.startswith(_OLD_OFFICE):
        raise reading.error("a file of an old Office, or one with a password; save it anew without")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if data.startswith(b"PK"):
            raise reading.error("a damaged document, whose end is missing; fetch it again") from error
        raise reading.error(f"no package of a document (a zip of its parts): {error}") from error
    expanded = sum(part.file_size for part in package.infolist())  # zipfile reads no more of a part
    if expanded > max(packing.FREE_EXPANSION, packing.MAX_EXPANSION * len(data)):
        raise reading.error(
            f"a zip that expands more than {packing.MAX_EXPANSION} times; unpack it by hand if it is no attack"
        )
    if any(member.flag_bits & _IS_ENCRYPTED for member in package.infolist()) or any(
        name in package.NameToInfo and word in content(package, name, reading) for name, word in _ENCRYPTED
    ):
        raise reading.error("has a password or is copy-protected; save it anew without")
    return package


def all_bytes(chunks: Chunks, reading: Reading) -> bytes:
    """All bytes of a file that is read from its end.

    Raises:
        FormatError: there are too many of them.
    """
    data = bytearray()
    for piece in chunks:
        data += piece
        if len(data) > MAX_PACKED:
            raise reading.error(f"a file of more than {MAX_PACKED} bytes")
    return bytes(data)


def part(package: zipfile.ZipFile, name: str, reading: Reading) -> _Element | None:
    """The root of an XML part; None when the package has no such part.

    Raises:
        FormatError: the part is damaged, or is not the XML that the standard wants.
    """
    from lxml import etree

    if name not in package.NameToInfo:
        return None
    data = _content(package, package.NameToInfo[name], reading)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(fault.type_name != _HARMLESS for fault in parser.error_log):
            what = _POSITION.sub("", error.msg)
            raise reading.error(f"{name} in it is not well-formed XML: {what}", *error.position) from error
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        raise reading.error(f"{name} in it declares entities, which no Office file does")
    return root


def related(package: zipfile.ZipFile, name: str, reading: Reading) -> dict[str, tuple[str, str]]:
    """What a part of Office Open XML refers to inside the package: by its id the kind and name of each part.

    Raises:
        FormatError: as of ``part``.
    """
    folder, _, file = name.rpartition("/")
    relations = part(package, f"{folder}/_rels/{file}.rels".lstrip("/"), reading)
    targets: dict[str, tuple[str, str]] = {}
    for relation in relations if relations is not None else ():
        if relation.get("TargetMode") == "External" or not isinstance(relation.tag, str):
            continue
        path = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        targets[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], path
    return targets


def properties(package: zipfile.ZipFile, reading: Reading) -> list[str]:
    """The names of the parts in which a file of Office Open XML says what it is about.

    Raises:
        FormatError: as of ``part``.
    """
    return [path for kind, path in related(package, "", reading).values() if kind == "core-properties"]


def text_of(package: zipfile.ZipFile, name: str, reading: Reading) -> str | None:
    """An XML part as a text, well-formed and with UTF-8 declared; None when the package has no such part.

    Raises:
        FormatError: as of ``part``.
    """
    root = part(package, name, reading)
    if root is None:
        return None
    data = content(package, name, reading)
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    text = data.decode("utf-8" if encoding.upper() in ("UTF-8", "US-ASCII") else encoding)
    return _DECLARATION.sub(r"\1UTF-8\2", text.removeprefix("\ufeff"))


def content(package: zipfile.ZipFile, name: str, reading: Reading) -> bytes:
    """The bytes of a part that is there.

    Raises:
        FormatError: the part is damaged.
    """
    return _content(package, package.NameToInfo[name], reading)


def _content(package: zipfile.ZipFile, member: zipfile.ZipInfo, reading: Reading) -> bytes:
    try:
        return package.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise reading.error(f"{member.filename} in it is damaged: {error}") from error


def rewrite(
    package: zipfile.ZipFile, changed: Mapping[str, bytes], stream: BinaryIO, reading: Reading
) -> None:
    """Write the package again with other content for some of its parts; all others stay byte for byte.

    Args:
        package: from ``opened``.
        changed: the parts that changed, by their names; where there is none, the very file is written.
        stream: takes the new package; it need not be one that can go back.
        reading: for errors.

    Raises:
        FormatError: a part is damaged.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as copy:
        for member in package.infolist():
            data = _content(package, member, reading)
            copy.writestr(member, changed.get(member.filename, data), compress_type=member.compress_type)
    if changed or package.fp is None:
        stream.write(written.getvalue())
        return
    package.fp.seek(0)
    stream.write(package.fp.read())


def xml(root: _Element) -> bytes:
    """A part of Office Open XML whose root is this.

    >>> from lxml import etree
    >>> xml(etree.fromstring("<p>é</p>")).decode().splitlines()
    ["<?xml version='1.0' encoding='UTF-8' standalone='yes'?>", '<p>é</p>']
    """
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
