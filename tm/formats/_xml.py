"""XML read safely with expat. ``_escaping.py`` makes texts fit for XML that is written.

In: a file's bytes. Out: the calls of a reader's handlers.

1. ``utf8`` finds the encoding (``_encoding``) and gives the bytes as UTF-8, so that reading can go on in the
   middle of the file after a fault.
2. ``XmlFile.parse`` gives them to expat piece by piece (``_fed``), or to a ``Shortcut``
   (``_parse_between_shortcuts``).
3. After a fault, which ``_explained`` puts into words, ``_resumed`` looks for the next unit, and a new parser
   goes on there, as ``Resumption`` says.

Nothing is ever fetched. A DOCTYPE is normal; small internal entities are expanded, external ones are refused.

>>> from tm.formats.authoring import Reading
>>> texts = []
>>> def connect(parser):
...     parser.CharacterDataHandler = texts.append
>>> for _ in XmlFile(Reading("a.xml"), connect).parse(iter([b"<a>d&amp;eacute;", b"j&#224;</a>"])):
...     pass
>>> "".join(texts)
'd&eacute;jà'
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from tm.errors import FormatError
from tm.formats import _bytes, _encodings, _escaping, packing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tm.formats._format import Chunks, Reading
    from tm.model import Attributes

MAX_ENTITY = 1_000
"""Characters that one entity may stand for, with the entities in it expanded.

Expat itself limits the sum of all entities to 100 times the size of the file.
"""
MAX_DEPTH = 100
"""Elements that may stand in one another."""
MAX_ATTRIBUTES = 200
"""Attributes of one element."""

_DECLARATION = re.compile(rb"""\A\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_REFERENCE = re.compile(r"&([^\s#;&]+);")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
"""Those that XML has by itself; the one of the sign that begins all of them is the last."""


_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""U+FFFE and U+FFFF, well-formed in UTF-8 and not allowed in XML."""


@dataclass(frozen=True, slots=True)
class Resumption:
    """How to go on after a fault.

    Attributes:
        unit: finds the start tag of the next unit.
        prologue: gives the start tags of the elements that the unit stands in.
        longest: the most bytes that ``unit`` can match.
    """

    unit: re.Pattern[bytes]
    prologue: Callable[[], str]
    longest: int = 64


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A way past expat for units so plain that one expression reads them.

    It is not taken in a piece with U+FFFE or U+FFFF.

    Attributes:
        end: the end tag of a unit.
        take: reads the plain units that follow each other in a piece. It takes the piece, an offset and the
            line there; it gives the offset behind the units, and the line there.
    """

    end: bytes
    take: Callable[[bytes, int, int], tuple[int, int]]


class XmlFile:
    """An XML file on its way through expat.

    Attributes:
        reading: the options.
        parser: the expat parser at work; after each fault a new one.
        units: the number of units read, which the reader counts; the message about a file that ends early
            says it.
    """

    def __init__(self, reading: Reading, connect: Callable[[expat.XMLParserType], None]) -> None:
        """Begin with an empty file.

        Args:
            reading: the options.
            connect: sets the handlers of a new parser, and forgets what the reader had half-read.
        """
        self.reading = reading
        self.units = 0
        self._connect = connect
        self._shortcut: Shortcut | None = None
        self._entities: dict[str, int] = {}
        self._lines = 0  # in the pieces that the parser is done with
        self._start(b"")

    @property
    def line(self) -> int:
        """The line where the parser stands, 1-based."""
        return self.parser.CurrentLineNumber + self._lines_before

    @property
    def place(self) -> tuple[int, int]:
        """The line and column where the parser stands, 1-based."""
        return self._place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber)

    def error(self, what: str) -> FormatError:
        """A fault at the parser's place, for a handler to raise."""
        self._fault_at = self.parser.CurrentByteIndex
        return self.reading.error(what, *self.place)

    def unit_ended(self) -> None:
        """Count a unit. A reader with a shortcut calls it at the end tag of each unit."""
        self.units += 1
        parser = self.parser
        self._end_tag = (parser.CurrentByteIndex, parser.CurrentLineNumber, parser.CurrentColumnNumber)

    def _place(self, line: int, column: int) -> tuple[int, int]:
        """The place in the file, 1-based, of a line and column of the parser."""
        shift = self._columns_before if line == self._shifted_line else 0
        return line + self._lines_before, column + shift + 1

    def parse(
        self, chunks: Chunks, resumption: Resumption | None = None, shortcut: Shortcut | None = None
    ) -> Iterator[None]:
        """Run the handlers over the file; pause after every piece, so that a reader can hand out what it has.

        Raises:
            FormatError: the first fault. When ``reading.problems`` is a list, faults go there, and reading
                goes on at the next unit if it can.
        """
        self._shortcut = shortcut
        pieces = utf8(chunks, self.reading)
        first = next(pieces, b"")
        if not first:
            raise self.reading.error("the file is empty", 1, 1)
        held, seeking = b"", False
        for piece in itertools.chain([first], pieces):
            rest, held = held + piece, b""
            while rest:
                if seeking and resumption:
                    rest, held = self._resumed(rest, resumption)
                    seeking = not rest
                elif fault := self._fed(rest):
                    yield
                    self._note(fault)
                    if resumption is None:
                        return
                    at = self._fault_at - self._bytes_before
                    # At the end of an empty element expat stands behind it already. Else go past the fault.
                    at += not (at > 1 and rest[at - 2 : at] == b"/>")
                    rest, seeking = self._dropped(rest, at), True
                else:
                    break
            yield
        if not seeking and (fault := self._fed(b"", final=True)):
            self._note(fault)
        yield

    def _start(self, prologue: bytes) -> None:
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = packing.CHUNK
        parser.ordered_attributes = True
        parser.EntityDeclHandler = self._entity_declared
        parser.ExternalEntityRefHandler = self._external_entity
        parser.SkippedEntityHandler = self._skipped_entity
        self._connect(parser)
        # The parser did not see all bytes: its offset less ``_bytes_before`` is an offset in the piece.
        self._lines_before = self._lines
        self._bytes_before = len(prologue)
        self._columns_before = self._shifted_line = 0
        self._fault_at = 0
        self._end_tag = (-1, 0, 0)
        parser.Parse(prologue)

    def _fed(self, piece: bytes, *, final: bool = False) -> FormatError | None:
        """Give the parser a piece; the shortcut gets what it can read.

        Returns:
            The fault in the piece, if there is one.
        """
        try:
            if self._shortcut and not final and not any(character in piece for character in _NONCHARACTERS):
                lines = self._parse_between_shortcuts(piece, self._shortcut)
            else:
                self.parser.Parse(piece, final)
                lines = piece.count(b"\n")
        except expat.ExpatError as error:
            self._fault_at = self.parser.ErrorByteIndex
            place = self._place(self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber)
            what = self._explained(error.code, piece)
            fault = self.reading.error(
                f"{what}; {self.units} units were read before" if final else what, *place
            )
            fault.__cause__ = error
            return fault
        except FormatError as error:
            return error
        self._bytes_before += len(piece)
        self._lines += lines
        return None

    def _parse_between_shortcuts(self, piece: bytes, shortcut: Shortcut) -> int:
        """Let the parser go to the end of a unit, and try the shortcut from there on; again and again.

        Returns:
            The number of line breaks in the piece.
        """
        start, length, lines = 0, len(shortcut.end), 0
        while start < len(piece):
            tag = piece.find(shortcut.end, start)
            end = tag + length if tag >= 0 else len(piece)
            self.parser.Parse(piece[start:end])
            lines += piece.count(b"\n", start, end)
            start = end
            # These bytes may stand in a comment: the parser knows whether they were an end tag.
            if self._end_tag[0] - self._bytes_before == tag >= 0:
                line = self._end_tag[1] + self._lines_before
                start, line_behind = shortcut.take(piece, end, line)
                if start > end:
                    self._pass_over(piece[end:start], line_behind - line, length)
                    lines += line_behind - line
        return lines

    def _pass_over(self, taken: bytes, lines: int, length: int) -> None:
        """Correct the parser's place for bytes that the parser does not get.

        Args:
            taken: the bytes.
            lines: the line breaks in them.
            length: the length of the end tag before them.
        """
        last = len(taken[taken.rfind(b"\n") + 1 :].decode())
        _, line, column = self._end_tag
        if lines:
            self._columns_before = last - column - length
        else:
            self._columns_before = last + (self._columns_before if line == self._shifted_line else 0)
        self._shifted_line = line
        self._lines_before += lines
        self._bytes_before -= len(taken)

    def _note(self, fault: FormatError) -> None:
        if self.reading.problems is None:
            raise fault
        self.reading.problems.append(fault)

    def _dropped(self, piece: bytes, count: int) -> bytes:
        """The piece without its first bytes; their lines are counted."""
        self._lines += piece.count(b"\n", 0, max(0, count))
        return piece[max(0, count) :]

    def _resumed(self, piece: bytes, resumption: Resumption) -> tuple[bytes, bytes]:
        """The piece from the next unit on, for a new parser.

        When there is no unit in it, the second value holds back the end of the piece: a tag may be cut in two
        there.
        """
        if match := resumption.unit.search(piece):
            rest = self._dropped(piece, match.start())
            self._start(resumption.prologue().encode())
            return rest, b""
        return b"", self._dropped(piece, len(piece) - resumption.longest)

    def _explained(self, code: int, piece: bytes) -> str:
        """What expat calls the fault, and its likely cause."""
        at = max(0, self._fault_at - self._bytes_before)
        before, at_fault = piece[max(0, at - 40) : at], piece[at : at + 40].decode("utf-8", "surrogateescape")
        what = expat.ErrorString(code) or f"error {code}"
        if what == "undefined entity":
            return f"the entity {at_fault.split(';')[0]}; is not defined; write the character itself"
        if "invalid token" not in what:
            return f"not well-formed XML: {what}"
        if re.search(rb"&[^;\s<]*$", before):
            return "not well-formed XML: a bare &; write &amp;"
        if before.endswith(b"<"):
            return "not well-formed XML: a bare <; write &lt;"
        if "\udc80" <= at_fault[:1] <= "\udcff":
            wrong = ord(at_fault[0]) - 0xDC00
            return f"byte 0x{wrong:02X} is not UTF-8; if the file is in another encoding, declare it or say --encoding NAME"
        if _escaping.FORBIDDEN.match(at_fault):
            return f"XML does not allow the character U+{ord(at_fault[0]):04X}; take it out"
        return what

    # Entities. The DTD is not read, so its ``&eacute;`` would vanish from the text: an entity that cannot be
    # expanded is a fault.

    def _entity_declared(self, name: str, is_parameter: bool, value: str | None, *_: str | None) -> None:  # noqa: FBT001
        if is_parameter or value is None:
            return
        inside = sum(self._entities.get(entity, 0) for entity in _REFERENCE.findall(value))
        self._entities.setdefault(name, len(value) + inside)
        if len(value) + inside > MAX_ENTITY:
            raise self.error(
                f"the entity &{name}; stands for more than {MAX_ENTITY} characters; write the text itself"
            )

    def _external_entity(self, context: str | None, *_: str | None) -> int:
        raise self.error(
            f"the entity &{context}; is in another file, which is never fetched; write its text here"
        )

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001
        if not is_parameter:
            raise self.error(
                f"the entity &{name}; is not defined in this file, and a DTD is never fetched; write the character itself"
            )


def utf8(chunks: Chunks, reading: Reading) -> Iterator[bytes]:
    """An XML file's bytes as UTF-8, without a byte order mark.

    Raises:
        FormatError: the encoding does not exist, or does not have these bytes.

    >>> from tm.formats.authoring import Reading
    >>> latin = ["<?xml version='1.0' encoding='latin-1'?><a>pão</a>".encode("latin-1")]
    >>> b"".join(utf8(iter(latin), Reading("a.xml"))).decode()[-10:]
    '<a>pão</a>'
    """
    start, rest = _bytes.at_least(1 << 18, chunks)
    encoding, mark = _encoding(start, reading)
    pieces = filter(None, itertools.chain([start[mark:]], rest))
    if encoding in ("utf-8", "ascii"):
        return pieces
    return (text.encode("utf-8") for text in _bytes.decoded(pieces, encoding, reading))


def _encoding(start: bytes, reading: Reading) -> tuple[str, int]:
    """The encoding, and the length of the byte order mark.

    The caller decides, then the byte order mark, the zeros of UTF-16, the declaration; else it is UTF-8.
    """
    if reading.encoding:
        return _encodings.given_encoding(start, reading)
    marked, mark = _encodings.unicode_signature(start)
    declaration = _DECLARATION.match(start)
    if marked or declaration is None:
        return marked or "utf-8", mark
    return _encodings.declared_encoding(declaration[1], start, reading), 0


def text_encoding(data: bytes, reading: Reading) -> tuple[str, int]:
    """The encoding of a whole file of XML that is read as a text, and the length of its byte order mark.

    What is no UTF-8, and declares nothing, is read as any text is: people write such files by hand.

    Raises:
        FormatError: the encoding does not exist, or these bytes are no text.

    >>> from tm.formats.authoring import Reading
    >>> text_encoding("<?xml version='1.0' encoding='windows-1251'?>".encode(), Reading("a.xml"))
    ('cp1251', 0)
    """
    return _encodings.encoding_by(_DECLARATION, data, reading)


def unescaped(text: str) -> str:
    """A text with the characters that the five entities of XML stand for; other references stay.

    >>> unescaped("R&amp;D &quot;1&quot; &amp;lt;")
    'R&D "1" &lt;'
    """
    if "&" in text:
        for reference, character in _ENTITIES:
            text = text.replace(reference, character)
    return text


def pairs(attributes: list[str]) -> Attributes:
    """Expat's flat list of names and values as pairs.

    >>> pairs(["a", "1", "b", "2"])
    (('a', '1'), ('b', '2'))
    """
    return tuple(zip(attributes[::2], attributes[1::2], strict=True))
