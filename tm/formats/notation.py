r"""How a file writes its texts, so that one of them can be changed in place and every other character stays.

In: a file as text, and changes (``Change``): which text is to become which, and between which lines it stands. Out:
the file with the changes. The steps:

1. ``changed`` takes the part of the file where a text must stand, and decodes it (``Notation.decoded``) into
   characters that know where they are written: ``&amp;`` is one, an escape is one, a tag is none.
2. It looks the text up there, as a whole: ``END`` stands where a text begins or ends.
3. Only the characters that differ are written anew (``_edits``), as the format writes them (``Notation.encoded``).

Whether the file then says what it should is for the caller to see: who reads it again knows.

>>> file = '<tu><seg>R&amp;D , <ph>x</ph>sim</seg></tu>'
>>> changed(file, XML, [Change("R&D , sim", "R&D, sim", 1)])
('<tu><seg>R&amp;D, <ph>x</ph>sim</seg></tu>', {0})
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

END = "\0"
"""Stands between two texts of a file."""

Written: TypeAlias = "tuple[str, int, int]"
"""A character, the offset where its writing begins, and the one after its end."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How a format writes texts.

    Attributes:
        decoded: the characters of a piece of a file in order, with ``END`` between texts.
        encoded: some characters as they are written inside a text.
    """

    decoded: Callable[[str], Iterator[Written]]
    encoded: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """A text of a file that is to become another one.

    Attributes:
        old: the text as it was read.
        new: what it shall be.
        line: 1-based, where its unit begins.
        column: likewise, 0 when not known.
        end: line and column where the next unit begins; none after the last.
        passed: how many texts like it probably stand before it in its unit.
    """

    old: str
    new: str
    line: int
    column: int = 0
    end: tuple[int, int] | None = None
    passed: int = 0


def changed(text: str, notation: Notation, changes: Sequence[Change]) -> tuple[str, set[int]]:
    """The file with the changes, and the numbers of those that found their place.

    Args:
        text: the whole file.
        notation: its format's.
        changes: in any order; of two with the same text and unit each takes its own place.
    """
    lines = [0, *(match.end() for match in re.finditer("\r\n?|\n", text))]
    parts: dict[tuple[int, int], tuple[str, list[Written]]] = {}
    taken: set[int] = set()
    edits: list[tuple[int, int, str]] = []
    done = set()
    for number, change in enumerate(changes):
        start = _offset(lines, change.line, change.column)
        end = _offset(lines, *change.end) if change.end else len(text)
        if (start, end) not in parts:
            characters = [(END, 0, 0), *notation.decoded(text[start:end]), (END, end - start, end - start)]
            parts[start, end] = "".join(character for character, _, _ in characters), characters
        decoded, characters = parts[start, end]
        places = [at for at in _places(decoded, change.old) if start + characters[at + 1][1] not in taken]
        if places:
            at = places[change.passed % len(places)] + 1
            taken.add(start + characters[at][1])
            written = characters[at : at + len(change.old)]
            edits += [
                (start + first, start + last, new) for first, last, new in _edits(written, change, notation)
            ]
            done.add(number)
    return _edited(text, edits), done


def _offset(lines: Sequence[int], line: int, column: int) -> int:
    return lines[min(line, len(lines)) - 1] + max(column - 1, 0) if line else 0


def _places(decoded: str, text: str) -> Iterator[int]:
    """The offsets of the ends before each place where the text stands as a whole."""
    at = decoded.find(END + text + END)
    while at >= 0:
        yield at
        at = decoded.find(END + text + END, at + 1)


def _edits(written: Sequence[Written], change: Change, notation: Notation) -> Iterator[tuple[int, int, str]]:
    """What to write where, so that the old text becomes the new one; what no text shows stays."""
    import difflib

    matcher = difflib.SequenceMatcher(None, change.old, change.new, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind == "equal":
            continue
        new = notation.encoded(change.new[new_first:new_last])
        if first == last:
            at = written[first - 1][2] if first else written[0][1] if written else 0
            yield at, at, new
        for number, (_, start, end) in enumerate(written[first:last]):
            yield start, end, "" if number else new


def _edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


# ------------------------------------------------------------------------------------------------- XML

_NATIVE = frozenset("bpt ept ph it ut".split())
"""Elements whose content is code of the document, and no text."""
_INLINE = _NATIVE | frozenset("g x bx ex mrk pc sc ec cp sm em hi sub".split())
"""Elements that stand inside a text."""
_XML = re.compile(
    r"""<!--.*?--> | <!\[CDATA\[(?P<cdata>.*?)\]\]> | <[!?][^>]*> | (?P<break>\r\n?)
      | <(?P<close>/?)(?P<name>[^\s<>/]+)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*?)(?P<alone>/?)>
      | (?P<reference>&\#?\w+;) | (?P<character>.)""",
    re.DOTALL | re.VERBOSE,
)


def _of_xml(text: str) -> Iterator[Written]:
    hidden = 0
    marks: list[bool] = []
    for match in _XML.finditer(text):
        if name := match["name"]:
            name = name.rpartition(":")[2]
            opens = not match["close"] and not match["alone"]
            if name in _NATIVE:
                hidden += opens - bool(match["close"])
            if name not in _INLINE or (name == "mrk" and _parts_text(match, marks)):
                yield END, match.start(), match.end()
        elif match["cdata"]:
            start = match.start("cdata")
            yield from ((c, start + at, start + at + 1) for at, c in enumerate(match["cdata"]) if not hidden)
        elif not hidden and (match["break"] or match["reference"] or match["character"]):
            yield _xml_character(match), match.start(), match.end()


def _xml_character(match: re.Match[str]) -> str:
    if match["break"]:
        return "\n"
    if not match["reference"]:
        return match["character"]
    import html

    return html.unescape(match["reference"])


def _parts_text(match: re.Match[str], marks: list[bool]) -> bool:
    """Whether a tag ``<mrk>`` or ``</mrk>`` is that of a segment; ``marks`` are those that are open."""
    if match["close"]:
        return marks.pop() if marks else False
    is_segment = bool(re.search(r"""\bmtype\s*=\s*["']seg["']""", match["rest"]))
    if not match["alone"]:
        marks.append(is_segment)
    return is_segment


XML = Notation(_of_xml, lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


# ------------------------------------------------------------------------------------------------- catalogues

_PO = re.compile(r'"(?P<string>(?:[^"\\\n]|\\.)*)"|(?P<space>\s+)|#[^\n]*|[^\s"]+|"')
_PO_ESCAPE = re.compile(r"\\(?P<escaped>.)|[^\\]", re.DOTALL)
_PO_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_PO_WRITTEN = {character: f"\\{name}" for name, character in _PO_ESCAPES.items()} | {'"': '\\"', "\\": "\\\\"}


def _of_po(text: str) -> Iterator[Written]:
    for match in _PO.finditer(text):
        if match["string"] is not None:
            for piece in _PO_ESCAPE.finditer(text, match.start("string"), match.end("string")):
                escaped = piece["escaped"]
                yield _PO_ESCAPES.get(escaped, escaped) if escaped else piece[0], piece.start(), piece.end()
        elif not match["space"]:
            yield END, match.start(), match.end()


PO = Notation(_of_po, lambda text: "".join(_PO_WRITTEN.get(character, character) for character in text))


# ------------------------------------------------------------------------------------------------- JSON

_JSON = re.compile(r'"(?P<string>(?:[^"\\]|\\.)*)"|[^"]+|"', re.DOTALL)
_JSON_ESCAPE = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.|.", re.DOTALL)


def _of_json(text: str) -> Iterator[Written]:
    for match in _JSON.finditer(text):
        yield END, match.start(), match.start()
        if match["string"] is not None:
            for piece in _JSON_ESCAPE.finditer(text, match.start("string"), match.end("string")):
                character = json.loads(f'"{piece[0]}"') if piece[0][0] == "\\" else piece[0]
                yield character, piece.start(), piece.end()
        yield END, match.end(), match.end()


JSON = Notation(_of_json, lambda text: json.dumps(text, ensure_ascii=False)[1:-1])


# ------------------------------------------------------------------------------------------------- tables, lines


def _table(separators: str, *, quotes: str) -> Callable[[str], Iterator[Written]]:
    """Decodes tables with these separators.

    Args:
        separators: of cells, any of them.
        quotes: what a cell in quotation marks holds, as a pattern.
    """
    pattern = re.compile(
        rf'(?:(?<=[{separators}\r\n])|\A)"(?P<cell>{quotes})"(?=[{separators}\r\n]|\Z)|(?P<end>[{separators}\r\n])|.',
        re.DOTALL,
    )

    def decoded(text: str) -> Iterator[Written]:
        for match in pattern.finditer(text):
            if match["cell"] is not None:
                for piece in re.finditer(r'""|(?s:.)', match["cell"]):
                    start = match.start("cell")
                    yield piece[0][0], start + piece.start(), start + piece.end()
            else:
                yield END if match["end"] else match[0], match.start(), match.end()

    return decoded


TSV = Notation(_table("\t", quotes=r'(?=[^\t\r\n]*"")(?:[^"\t\r\n]|"")*'), lambda text: text)
LINES = Notation(_table("\r\n", quotes=r"(?!)"), lambda text: text)
_SEPARATED = {separator: _table(re.escape(separator), quotes=r'(?:[^"]|"")*') for separator in ",;\t|"}


def separated(delimiter: str) -> Notation:
    """The notation of a table with this separator.

    >>> changed('a,"b ""c"" , d"', separated(","), [Change('b "c" , d', 'b "c", d', 1)])[0]
    'a,"b ""c"", d"'
    """
    return Notation(_SEPARATED[delimiter], lambda text: text.replace('"', '""'))
