r"""Apple's ``Localizable.strings``: ``"key" = "text";``, each with the comment before it.

In: a file's bytes. Out: a unit for each text, or the file with translations in their place (``_strings``). The folder
says the language: ``pt-BR.lproj``. UTF-16 is found by its mark. A list of properties in XML is ``stringsdict.py``'s.

>>> from tm.formats.authoring import Reading
>>> file = b'/* the menu */\n"open" = "Ouvrir \\"%@\\"";\n'
>>> (unit,) = STRINGS.read_units(iter([file]), Reading("fr.lproj/Localizable.strings"))
>>> unit.variants[0].segment.text, unit.variants[0].language, unit.annotations[0].text
('Ouvrir "%@"', 'fr', 'the menu')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tm.formats import _strings
from tm.formats._format import Format
from tm.formats._strings import Entry, Scanned
from tm.model import Segment

if TYPE_CHECKING:
    from tm.formats._strings import Write
    from tm.formats.authoring import Reading

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_TOKEN = re.compile(
    rf"\s*(?:/\*(?P<comment>.*?)\*/|//(?P<line>[^\n]*)"
    rf"|(?:{_QUOTED.replace('(', '(?P<key>', 1)}|(?P<bare>[\w.$/:-]+))\s*"
    rf"(?:=\s*{_QUOTED.replace('(', '(?P<text>', 1)}\s*)?;)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:[Uu]([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
_WRITTEN = {"\\": r"\\", '"': r"\"", "\r": r"\r", "\t": r"\t"}


def _scan(text: str, reading: Reading) -> Scanned:
    line_of = _strings.line_finder(text)
    entries, note, at = list[Entry](), "", 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        if match["comment"] is not None or match["line"] is not None:
            note = " ".join((match["comment"] or match["line"] or "").split())
            continue
        key = match["bare"] or _meant(match["key"])
        if match["text"] is not None and match["text"].strip():
            start, end = match.span("text")
            segment = Segment(_meant(match["text"]))
            entries.append(Entry(key, segment, start, end, line_of(start), note))
        note = ""
    if text[at:].strip():
        rest = at + len(text[at:]) - len(text[at:].lstrip())
        raise reading.error('"key" = "text"; was expected', line_of(rest))
    return Scanned(entries)


def _meant(written: str) -> str:
    r"""The text that is written so.

    >>> _meant(r"un\n\"deux\" \U00e9")
    'un\n"deux" é'
    """

    def character(match: re.Match[str]) -> str:
        """What an escape stands for."""
        return chr(int(match[1], 16)) if match[1] else _MEANT.get(match[2], match[2])

    return _strings.whole(_ESCAPE.sub(character, written))


def _writer(text: str) -> Write:
    """What writes texts with their escapes; line breaks as the source has them."""

    def write(target: Segment, entry: Entry) -> str:
        """The text as it stands between quotes."""
        written = "".join(_WRITTEN.get(character, character) for character in target.text)
        return written if "\n" in text[entry.start : entry.end] else written.replace("\n", r"\n")

    return write


STRINGS = Format(
    "strings",
    (".strings",),
    "Strings of an app of Apple",
    read_units=_strings.reader(_scan),
    fill=_strings.filler(_scan, _writer),
    keyed=True,
)
