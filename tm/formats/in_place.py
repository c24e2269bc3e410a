"""Texts of a file changed in place: every other byte of it stays.

In: a file's bytes and changes (``notation.Change``). Out: the new bytes, in the same encoding.

>>> from tm.formats.notation import Change
>>> change_texts(b"fr\\tpt\\noui\\tsim \\n", "a.tsv", [Change("sim ", "sim", 2)])
(b'fr\\tpt\\noui\\tsim\\n', {0})
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from tm.errors import FormatError
from tm.formats.finding import look_up
from tm.formats.notation import XML, changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tm.formats.notation import Change

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|\bcharset=([\w.:-]+)""")
_HEAD = 4000
"""Bytes at the beginning in which a file says its encoding."""


def change_texts(
    data: bytes,
    path: str,
    changes: Sequence[Change],
    format: str = "",  # noqa: A002 - as in tm.formats
) -> tuple[bytes, set[int]]:
    """The file with the changes, and the numbers of those that found their place.

    Args:
        data: the file.
        path: its name, for its format and for messages.
        changes: in any order.
        format: a format's name; "" = by the extension.

    Raises:
        FormatError: the texts of such a file cannot be changed in place; says why.
    """
    # A text with a segment a line has no units, and can be changed as well.
    known = look_up(path, "read_units", format) or look_up(path, "read_document", format)
    if known is None or known.notation is None:
        name = known.name if known else "such"
        raise FormatError(
            f"{name} files cannot be changed in place; convert it, or mend it by hand", path=path
        )
    for mark, encoding in _encodings(data):
        try:
            text = data[mark:].decode(encoding)
            if text.encode(encoding) == data[mark:]:
                break
        except (UnicodeError, LookupError):
            continue
    else:
        raise FormatError("is packed, or in an encoding that is not known; mend it by hand", path=path)
    notation = known.notation(text)
    new, done = changed(text, notation, changes)
    try:
        content = new.encode(encoding, "xmlcharrefreplace" if notation is XML else "strict")
    except UnicodeEncodeError as error:
        what = f"{encoding} has no {new[error.start]!r}; save the file as UTF-8"
        raise FormatError(what, path=path) from error
    return data[:mark] + content, done


def _encodings(data: bytes) -> Iterator[tuple[int, str]]:
    """What the file may be encoded in, the likeliest first, each with the length of the mark that says so."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield len(mark), encoding
    yield from ((0, (xml or po).decode("ascii")) for xml, po in _DECLARED.findall(data[:_HEAD]))
    yield 0, "utf-8"
