r"""Java properties (``messages_fr.properties``), read and filled through moz.l10n.

In: a file's bytes. Out: a unit for each entry, or the file with translations in their place (``_strings``).

1. ``_scan`` has moz.l10n find the entries; ``_value`` finds where the text of one stands. Keys that run on in the
   next line, which it does not know, are put on one line for it (``_with_whole_keys``).
2. ``_writer`` has moz.l10n write a text; a file that writes ``\u00e9`` for *é* goes on so.

>>> from tm.formats.authoring import Reading
>>> file = b'# the first page\nhome.title = Bienvenue, {0}\\n\\\n    chez nous\n'
>>> (unit,) = PROPERTIES.read_units(iter([file]), Reading("messages_fr.properties"))
>>> unit.variants[0].segment.text, unit.place.line
('Bienvenue, {0}\nchez nous', 2)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.formats import _bytes, _strings
from tm.formats._format import Format
from tm.formats._strings import Entry, Scanned

if TYPE_CHECKING:
    from tm.formats._strings import Write
    from tm.formats.authoring import Reading
    from tm.model import Segment

_CONTINUED = re.compile(r"(?<!\\)((?:\\\\)*)(\\(?:\r\n|\r|\n)[ \t\f]*)")
_NAME = re.compile(r"[ \t\f]*(?:\\(?:\r\n|\r|\n)[ \t\f]*|\\.|[^=:\s\\])*")
_KEY = re.compile(rf"{_NAME.pattern}[ \t\f]*(?:[=:][ \t\f]*)?")
_LOGICAL = re.compile(
    r"(?P<comment>[ \t\f]*[#!][^\r\n]*(?:\r\n|\r|\n)?)|(?:\\(?:\r\n|.)|[^\\\r\n])*(?:\r\n|\r|\n|\\?\Z)",
    re.DOTALL,
)
"""A comment, or a line with those that it runs on in."""
_JOINT = "\ufdd0"
"""What stands in a key for the end of a line, as long as that; no text has it, since it is no character."""


def _scan(text: str, reading: Reading) -> Scanned:
    from tm.formats._moz import entries_of, segment_of

    text = _with_whole_keys(text)
    starts = [match.start() for match in _bytes.LINE.finditer(text)] + [len(text)]
    entries = []
    for moz, message in entries_of("properties", text, reading):
        assert moz.linepos is not None
        start, end = _value(
            text, starts[moz.linepos.key - 1], starts[min(moz.linepos.end - 1, len(starts) - 1)]
        )
        segment, elements = segment_of(message.pattern)
        if segment.text.strip():
            key = ".".join(moz.id).replace(_JOINT, "")
            entries.append(Entry(key, segment, start, end, moz.linepos.key, moz.comment, elements))
    if not entries:
        raise reading.error("no key has a text; key = text was expected", 1, 1)
    return Scanned(entries)


def _with_whole_keys(text: str) -> str:
    r"""The file with each key on one line, as long as before.

    >>> len(_with_whole_keys("a\\\n  b = c")), _with_whole_keys("a\\\n  b = c").replace(_JOINT, "-")
    (10, 'a----b = c')
    """
    if not _CONTINUED.search(text):
        return text
    pieces, at = list[str](), 0
    while at < len(text) and (line := _LOGICAL.match(text, at)) and line.end() > at:
        key = _NAME.match(text, at, line.end())
        end = key.end() if key and not line["comment"] else at
        joined = _CONTINUED.sub(lambda match: match[1] + _JOINT * len(match[2]), text[at:end])
        pieces += [joined, text[end : line.end()]]
        at = line.end()
    return "".join([*pieces, text[at:]])


def _value(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The offsets of the text of an entry whose lines stand between two offsets.

    >>> _value("a b = c\r\n", 0, 9), _value("x=\\\n  y\n\n", 0, 9)
    ((2, 7), (2, 7))
    """
    found = _KEY.match(text, start, end)
    assert found is not None  # it matches nothing at all too
    while end > found.end() and text[end - 1] in "\r\n":
        end -= 1
    return found.end(), max(found.end(), end)


def _writer(text: str) -> Write:
    """What writes texts; in a file of ASCII with escapes."""
    from tm.formats import _moz

    is_ascii = text.isascii()

    def write(target: Segment, entry: Entry) -> str:
        """The text as moz.l10n writes it."""
        written = _moz.written("properties", target, entry.elements)
        return re.sub(r"[^\x00-\x7f]", lambda match: _escaped(match[0]), written) if is_ascii else written

    return write


def _escaped(character: str) -> str:
    r"""A character as Java's escapes.

    >>> _escaped("é"), _escaped("😀")
    ('\\u00e9', '\\ud83d\\ude00')
    """
    data = character.encode("utf-16-be")
    return "".join(f"\\u{data[at : at + 2].hex()}" for at in range(0, len(data), 2))


PROPERTIES = Format(
    "properties",
    (".properties",),
    "Java properties",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _writer),
    keyed=True,
)
