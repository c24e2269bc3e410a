r"""Which encoding a text is in: what the caller says, the file's first bytes, what it declares, or what fits.

In: bytes. Out: the canonical name of an encoding and the length of the byte order mark. ``text_encoding`` finds that of
any text, ``encoding_by`` that of one that may declare it (XML, HTML); ``_bytes`` gives the text.

>>> from tm.formats._format import Reading
>>> text_encoding("\ufeffpão".encode(), Reading("a.txt")), text_encoding(b"p\xe3o", Reading("a.txt"))
(('utf-8', 3), ('windows-1252', 0))
"""

from __future__ import annotations

import codecs
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from tm.formats._format import Reading

log = logging.getLogger(__name__)

_BOMS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_HEAD = 4_096
"""The bytes in which a text declares its encoding, and shows that it is one."""
_CONTROL = bytes((*range(7), *range(0x0E, 0x18)))
_MOST_CONTROL = 8
"""Of these characters the head of a text may have so many."""


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
    start = data[:_HEAD]
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

    >>> import re
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
